"""The sentences of ``brief``, in the user's language or the interviewer's: ``templates/LANGUAGE/brief.toml``, filled in.

A user's own file of that name goes before the built-in one. What came from mail enters as values on one line, never as template
source. A sentence that fails in the user's file is said in the words of the built-in one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailrescue.drafting.flowed import tidy
from mailrescue.drafting.voice import Voice

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_FILE = "brief.toml"


def language_of(folders: Sequence[Path], wished: Sequence[str | None]) -> str:
    """The first of these languages that has sentences, English where none has."""
    return next((language for language in wished if language and any((folder / language / _FILE).is_file() for folder in folders)), "en")


class Phrases:
    """The sentences of one language, for one reader or listener.

    ``folders`` as ``Templates.folders`` has them, the user's own first. ``zone`` (IANA) is that of who reads or hears it; ``elsewhere``
    tells that it is not the user's, so that a time which is spoken names its city. ``medium`` is the interview's: [MEDIUM.table] speaks
    before [table].
    """

    def __init__(self, folders: Sequence[Path], language: str, zone: str, *, elsewhere: bool = False, medium: str = "") -> None:
        self.language, self._medium = language, medium
        self._files = [folder / language / _FILE for folder in folders]
        self._voice = Voice(language, zone, None)
        self._zone, self._elsewhere = zone, elsewhere

    def say(self, name: str, /, **values: object) -> str:
        """The sentence ``table.key`` with these values. Raises LookupError where it is in none of the files."""
        failure: Exception | None = None
        for words in self._found(name):
            try:
                return self._filled(str(words), values)
            except Exception as error:  # noqa: BLE001  a template of the user's may raise anything; the built-in one follows
                failure = error
        raise LookupError(f"no sentence is called {name!r} in {self._files[-1]}") from failure

    def each(self, name: str) -> tuple[str, ...]:
        """The sentences of a list, as they stand."""
        return next((tuple(str(item) for item in words) for words in self._found(name) if isinstance(words, list)), ())

    def compiled(self, sentence: str) -> Template:
        """The sentence as Jinja reads it. Raises TemplateSyntaxError."""
        return self._environment.from_string(sentence)

    def _found(self, name: str) -> list[Any]:
        table, _, key = name.partition(".")
        tables = [*(document.get(self._medium, {}).get(table, {}) for document in self._documents), *(document.get(table, {}) for document in self._documents)]
        return [sentences[key] for sentences in tables if key in sentences]

    def _filled(self, words: str, values: Mapping[str, object]) -> str:
        said = {name: " ".join(tidy(value).split("\n")).strip(" ") if isinstance(value, str) else value for name, value in values.items()}
        return self._voice.finish(self.compiled(words).render(said | {"region": self._voice.region})).strip()

    @cached_property
    def _documents(self) -> list[Mapping[str, Any]]:
        return [document for path in self._files if (document := _document(path)) is not None]

    @cached_property
    def _environment(self) -> ImmutableSandboxedEnvironment:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        voice, environment = self._voice, ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
        environment.filters |= {
            "clock": voice.clock, "day": voice.day, "moment": voice.moment, "on": voice.on, "phrase": voice.phrase, "spoken": self._spoken,
        }  # fmt: skip
        return environment

    def _spoken(self, moment: datetime) -> str:
        """A clock time as one says it on the telephone: on the listener's clock, and whose that is where the user's differs."""
        clock = self._voice.clock(moment)
        return self.say("say.there", clock=clock, city=self._city) if self._elsewhere else clock

    @cached_property
    def _city(self) -> str:
        from babel.dates import get_timezone_location

        return str(get_timezone_location(self._zone, locale=self.language, return_city=True))


def _document(path: Path) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None


def failing(folder: Path, language: str, zone: str) -> list[str]:
    """The names of a user's sentences whose template syntax is wrong."""
    from jinja2 import TemplateSyntaxError

    words, wrong = Phrases((folder,), language, zone), []
    for name, sentence in _sentences(_document(folder / language / _FILE) or {}):
        try:
            words.compiled(str(sentence))
        except TemplateSyntaxError:
            wrong.append(name)
    return wrong


def _sentences(table: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, Any]]:
    """Each sentence of a table and of the tables in it, by its whole name."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _sentences(value, f"{name}{key}.")
        else:
            yield f"{name}{key}", value
