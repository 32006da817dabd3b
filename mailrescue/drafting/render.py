"""The words of a draft: facts in, text out, by the template ``LANGUAGE/KIND.txt.j2``.

A template sees the facts of model/draft.py and nothing else. What came from mail (names, a company, a job's title) enters as values,
cleaned to one line, and is never template source. A user's own template goes before the built-in one of the same name; where it fails,
the built-in one speaks and the failure is kept, because a draft that comes in plain words is worth more than none.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mailrescue.drafting.flowed import one_line, tidy
from mailrescue.drafting.salutation import greeting
from mailrescue.drafting.voice import Voice
from mailrescue.model.draft import DraftKind, Facts

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_SUFFIX = ".txt.j2"
_LONGEST_VALUE = 80         # characters of a company, a job's title, an access code: what is longer is no name
_LONGEST_TEXT = 8 * 1024
_DERIVED = ("greeting", "signature", "my_number", "number", "region", "tight")

#: what every template may use: the facts, and what is said from them
VARIABLES = frozenset(field.name for field in fields(Facts)) | frozenset(_DERIVED)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template, and in which line where that is known."""

    path: Path
    line: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


@dataclass(frozen=True, slots=True)
class Name:
    """One template: for which language and kind, where it lies, and whether it is the user's own."""

    language: str
    kind: DraftKind
    path: Path
    own: bool


class Templates:
    """The built-in templates, and before them those of ``user_folder``. ``failures`` gathers what went wrong with the user's own."""

    def __init__(self, user_folder: Path | None = None) -> None:
        self.folders = tuple(folder for folder in (user_folder, built_in()) if folder is not None)
        self.failures: list[Problem] = []

    def text(self, facts: Facts) -> str:
        """The draft's text: \\n line ends, one paragraph a line, one \\n at its end.

        In the facts' language, else in the first of the user's that has a template of this kind, else in English.
        Raises LookupError where not even the built-in template can be found (a broken installation).
        """
        for language in dict.fromkeys((facts.language, *facts.me.languages, "en")):
            for folder in self.folders:
                path = folder / language / f"{facts.kind}{_SUFFIX}"
                if path.is_file():
                    said = self._said(folder, path, facts, language)
                    if said:
                        return said
        raise LookupError(f"no template says {facts.kind} in any of the user's languages")

    def names(self) -> list[Name]:
        """Every template, by language and kind; a user's own hides the built-in one of the same name."""
        found: dict[tuple[str, DraftKind], Name] = {}
        for folder in reversed(self.folders):
            own = folder != self.folders[-1]
            for path, language, kind in _named(folder):
                found[language, kind] = Name(language, kind, path, own)
        return [found[name] for name in sorted(found)]

    def check(self, folder: Path, samples: Callable[[str, DraftKind], list[Facts]] | None = None) -> list[Problem]:
        """What is wrong with the templates in ``folder``: names that nothing asks for, syntax, unknown variables, empty output.

        With ``samples`` (facts for a language and a kind) each is rendered as well, so that an unknown filter or attribute shows.
        """
        problems = [
            Problem(path, None, f"nothing asks for it: a template is called LANGUAGE/KIND{_SUFFIX}, KIND one of {', '.join(DraftKind)}")
            for path in _strangers(folder)
        ]
        for path, language, kind in _named(folder):
            found = _unknown(folder, path)
            for facts in () if found or samples is None else samples(language, kind):
                found = _tried(folder, path, facts, language)[1]
                if found:
                    break
            problems += found
        return problems

    def _said(self, folder: Path, path: Path, facts: Facts, language: str) -> str:
        if folder == self.folders[-1]:
            return _render(folder, path, facts, language)
        said, problems = _tried(folder, path, facts, language)
        self.failures += [problem for problem in problems if problem not in self.failures]
        return said


def built_in() -> Path:
    """Where the built-in templates lie: within the package in a wheel, beside it in a checkout and an editable install."""
    package = Path(__file__).resolve().parent.parent
    packaged = package / "templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


def source(name: Name) -> str:
    """The template as it stands, for the user who wants to begin with it."""
    return name.path.read_text("utf-8")


# Rendering


def _render(folder: Path, path: Path, facts: Facts, language: str) -> str:
    """The text, set and tidied. Raises whatever the template raises, ValueError where it says nothing or far too much."""
    environment, voice = _environment((folder, built_in()), language, facts.me.timezone, facts.their_zone)
    template = environment.get_template(path.relative_to(folder).as_posix())
    said = re.sub(r"\n{3,}", "\n\n", tidy(voice.finish(template.render(_context(facts, voice)))))
    if not said.strip():
        raise ValueError("it says nothing")
    if len(said) > _LONGEST_TEXT:
        raise ValueError(f"it says more than {_LONGEST_TEXT} characters")
    return said


def _tried(folder: Path, path: Path, facts: Facts, language: str) -> tuple[str, list[Problem]]:
    """The text of a user's own template, or why there is none."""
    from jinja2 import TemplateSyntaxError

    try:
        return _render(folder, path, facts, language), []
    except TemplateSyntaxError as error:
        return "", [Problem(Path(error.filename or path), error.lineno, error.message or "it cannot be read")]
    except Exception as error:  # noqa: BLE001  a template is a small program of the user's: anything may come out of it
        return "", [Problem(path, _line(error, path), str(error) or type(error).__name__)]


@lru_cache(maxsize=32)
def _environment(folders: tuple[Path, ...], language: str, mine: str, theirs: str | None) -> tuple[ImmutableSandboxedEnvironment, Voice]:
    """What reads the templates for one recipient, and speaks to them; a template that it has read is read again when its file changes."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    voice = Voice(language, mine, theirs)
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(list(dict.fromkeys(folders))), undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "clock": voice.clock,
        "day": voice.day,
        "moment": voice.moment,
        "on": voice.on,
        "offered": voice.offered,
        "number": voice.number,
        "phrase": voice.phrase,
        "opening": lambda words: _capital(words) if voice.region == "CH" else words,     # Switzerland: no comma before, a capital after
        "capital": _capital,
        "paragraph": lambda words: re.sub(r"[ \n]+", " ", words).strip(" "),
    }
    return environment, voice


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _context(facts: Facts, voice: Voice) -> Mapping[str, object]:
    """What the template sees, each value that came from mail on one line and no longer than a name."""
    shown: dict[str, object] = {field.name: getattr(facts, field.name) for field in fields(Facts)}
    for name in ("company", "role", "access_code"):
        shown[name] = _short(shown[name])
    written = one_line(facts.me.phone_written)
    grouped = written.startswith("+") and not written[1:].isdigit()       # as they want to see it, and all the world can dial it
    my_number = written if grouped else voice.number(facts.me.phone) or written
    formal = facts.formal or (voice.language == "pt" and voice.region == "BR")      # Brazil's você is both
    return shown | {
        "formal": formal,
        "greeting": greeting(facts.to, one_line(facts.salutation), formal=formal, language=voice.language, region=voice.region),
        "signature": "\n".join(line for line in (one_line(facts.me.name), my_number) if line),
        "my_number": my_number,
        "number": voice.number(facts.phone),
        "link": one_line(facts.link or "") or None,
        "region": voice.region,
        "tight": bool(facts.slots) and voice.two_clocks(facts.start),     # free times on two clocks need the room of other sentences
    }


def _short(value: object) -> str | None:
    line = one_line(value) if isinstance(value, str) else ""
    return line if 0 < len(line) <= _LONGEST_VALUE else None


# Checking


def _named(folder: Path) -> Iterator[tuple[Path, str, DraftKind]]:
    for path in sorted(folder.glob(f"*/*{_SUFFIX}")):
        kind = path.name.removesuffix(_SUFFIX)
        if kind in set(DraftKind):
            yield path, path.parent.name, DraftKind(kind)


def _strangers(folder: Path) -> list[Path]:
    known = {path for path, _, _ in _named(folder)}
    return [path for path in sorted(folder.rglob("*.j2")) if path not in known and not path.name.startswith("_")]


def _unknown(folder: Path, path: Path) -> list[Problem]:
    """Syntax errors and variables that no template is given, each with its line."""
    from jinja2 import TemplateSyntaxError, meta, nodes

    environment, _ = _environment((folder, built_in()), "en", "UTC", None)
    try:
        tree = environment.parse(path.read_text("utf-8"), filename=str(path))
        undeclared = meta.find_undeclared_variables(tree) - VARIABLES - set(environment.globals)
    except (TemplateSyntaxError, UnicodeDecodeError) as error:      # an unknown filter is a syntax error, too
        return [Problem(path, getattr(error, "lineno", None), getattr(error, "message", None) or str(error))]
    places = {node.name: node.lineno for node in reversed(list(tree.find_all(nodes.Name))) if node.name in undeclared}
    return [Problem(path, line, f"nothing is called {name!r}{_nearest(name)}") for name, line in sorted(places.items(), key=lambda p: p[1])]


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, VARIABLES, 1)
    return f", perhaps {near[0]!r}" if near else ""


def _line(error: Exception, path: Path) -> int | None:
    """The template's line that raised; Jinja writes it into the traceback."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return lines[-1] if lines else None
