"""What an installed mailrescue holds: the wheel is built once, from a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built by pip with the build backend that pyproject.toml names."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for part in ("mailrescue", "templates", "samples"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, source / part)
    done = subprocess.run([*builder(), str(folder), str(source)], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no wheel can be built here: {(done.stderr or done.stdout).strip()[-200:]}")
    (built,) = folder.glob("mailrescue-*.whl")
    return zipfile.ZipFile(built)


def builder() -> list[str]:
    """pip of this environment, or uv where it made the environment (it brings no pip)."""
    has_pip = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode == 0
    return [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir"] if has_pip else ["uv", "build", "--quiet", "--wheel", "--out-dir"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param("templates", "mailrescue/templates", id="templates"),
        pytest.param("samples", "mailrescue/samples", id="samples"),
        pytest.param("mailrescue/vocabulary", "mailrescue/vocabulary", id="vocabulary"),
    ],
)
def test_what_is_no_code_is_in_the_wheel_too(wheel: zipfile.ZipFile, ours: str, theirs: str) -> None:
    """Every file, at the place where the code looks for it."""
    here = {f"{theirs}/{path.relative_to(ROOT / ours).as_posix()}" for path in (ROOT / ours).rglob("*") if path.is_file() and "__pycache__" not in path.parts}

    assert here
    assert set() == here - set(wheel.namelist())


def test_nothing_else_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    """No tests, nothing beside our package."""
    assert {"mailrescue"} == {name.partition("/")[0].partition("-")[0] for name in wheel.namelist()}


def test_the_command_is_there(wheel: zipfile.ZipFile) -> None:
    """`mailrescue`, from the first install on."""
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    assert b"mailrescue = mailrescue.__main__:main" in wheel.read(entry_points)
