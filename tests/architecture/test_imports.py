"""Who may import whom, and what a start that does nothing may cost."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mailrescue"
SLOW_TO_IMPORT = {"babel", "icalendar", "imapclient", "jinja2", "keyring", "msgspec", "phonenumbers", "platformdirs", "recurring_ical_events", "rich", "shtab", "tnefparse", "tomlkit"}
SENDS_MAIL = {"smtplib", "smtpd", "aiosmtplib"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported_at_the_top(tree: ast.Module) -> set[str]:
    """The packages that importing this module imports: not those inside functions, nor those for type checkers only."""
    found = set()
    pending: list[ast.stmt] = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            pending += [*node.body, *node.orelse]
        elif isinstance(node, ast.Try):
            pending += [*node.body, *node.orelse, *node.finalbody, *(s for handler in node.handlers for s in handler.body)]
        elif isinstance(node, ast.ClassDef | ast.With):
            pending += node.body
    return found


def test_the_layers_hold() -> None:
    """What pyproject.toml says of the layers: imports point down, values and judgement are pure."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"], cwd=ROOT, env=environ, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_imports_the_standard_library_and_us_at_its_top(path: Path) -> None:
    """Cron starts the program every few minutes; what is slow to import is imported where it is used."""
    foreign = imported_at_the_top(ast.parse(path.read_text("utf-8"))) - sys.stdlib_module_names - {"mailrescue"}

    assert set() == foreign


@pytest.mark.parametrize("path", modules(), ids=name)
def test_nothing_can_send_mail(path: Path) -> None:
    """mailrescue drafts. No module of it knows how to send."""
    imported = {word for line in path.read_text("utf-8").splitlines() if re.match(r"\s*(import|from)\s", line) for word in re.findall(r"[\w.]+", line)}

    assert set() == {word.partition(".")[0] for word in imported} & SENDS_MAIL


@pytest.mark.parametrize("path", modules(), ids=name)
def test_the_clock_is_read_in_the_command_line_alone(path: Path) -> None:
    """Everything else takes the moment as an argument, so that every moment can be tested."""
    reads = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and re.fullmatch(r"(datetime\.|date\.|dt\.)*(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime)|(email\.utils\.)?localtime", ast.unparse(node.func))
    }

    assert path.name == "cli.py" or set() == reads


@pytest.mark.parametrize("path", modules(), ids=name)
def test_only_the_command_line_speaks_to_the_terminal(path: Path) -> None:
    """print, and writing to standard output; a child process's answer is no speech."""
    speaks = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "sys.stdout.write", "sys.stderr.write", "input"}
    }

    assert path.name in ("cli.py", "__main__.py") or path.parent.name == "commands" or set() == speaks


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_module_says_what_it_answers(path: Path) -> None:
    """Its first lines."""
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_a_cold_start_imports_nothing_slow() -> None:
    """`mailrescue --version` needs no template engine, no IMAP client, no keyring."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-X", "importtime", "-m", "mailrescue", "--version"], env=environ, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr[-2000:]
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert set() == imported & SLOW_TO_IMPORT


def test_the_extra_for_old_pips_is_the_group_for_new_ones() -> None:
    """`pip install -e '.[test]'` and `uv run pytest` run the same tests; the group adds the checkers only."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extra, group = set(project["project"]["optional-dependencies"]["test"]), set(project["dependency-groups"]["dev"])

    assert {"mypy", "ruff"} == {re.split(r"[>=<]", requirement)[0] for requirement in group - extra}
    assert set() == extra - group
