"""What people's words mean: one folder a language, one TOML file a field, loaded here into a Lexicon.

A file holds tables of phrases: ``[concept]`` with ``phrases = […]`` (and ``about``, a sentence for the next native speaker),
or ``[lists]`` with named word lists that phrases may use as ``{name}``. The syntax of phrases stands in model/lexicon.py.
A language's files are cut into tables when it is first asked for, and a table is read when its concept is: a mail needs few of them.
Adding a language is adding a folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mailrescue.model.lexicon import Lexicon

_TABLE = re.compile(r"^\[([\w-]{1,80})\][ \t]*(?:#.*)?\r?$", re.M)


def load(*folders: Path) -> Lexicon:
    """The built-in languages and those found in ``folders`` (each with one folder a language); a later one adds to an earlier.

    Where a file is no TOML or has another shape, whoever asks for what stands there gets a ValueError that names the file and the table.
    """
    return Lexicon(_Languages((Path(__file__).parent, *folders)))


class _Languages(Mapping[str, Mapping[str, tuple[str, ...]]]):
    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._places: dict[str, list[Path]] = {}
        for folder in folders:
            for place in sorted(p for p in folder.iterdir() if p.is_dir() and any(p.glob("*.toml"))):
                self._places.setdefault(place.name, []).append(place)
        self._met: dict[str, _Language] = {}

    def __getitem__(self, language: str) -> Mapping[str, tuple[str, ...]]:
        if language not in self._met:
            self._met[language] = _Language(file for place in self._places[language] for file in sorted(place.glob("*.toml")))
        return self._met[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Language(Mapping[str, tuple[str, ...]]):
    """Concepts and lists of one language by name."""

    def __init__(self, files: Iterator[Path]) -> None:
        self._tables: dict[str, list[tuple[str, str]]] = {}
        for path in files:
            text = path.read_text("utf-8")
            heads = [*_TABLE.finditer(text)]
            if _parsed(str(path), text[: heads[0].start()] if heads else text):
                raise ValueError(f"{path}: not a vocabulary file: something stands before its first table")
            for head, end in zip(heads, [*(h.start() for h in heads[1:]), len(text)], strict=True):
                self._tables.setdefault(head[1], []).append((f"{path} {head[0]}", text[head.end() : end]))
        lists = [(f"{place} {name}", name, found) for place, table in self._tables.pop("lists", ()) for name, found in _parsed(place, table).items()]
        self._read: dict[str, tuple[str, ...]] = {}
        for place, name, found in lists:
            self._read[name] = (*self._read.get(name, ()), *_phrases(place, found))

    def __getitem__(self, name: str) -> tuple[str, ...]:
        while tables := self._tables.get(name):
            place, table = tables[0]
            self._read[name] = (*self._read.get(name, ()), *_phrases(place, _parsed(place, table).get("phrases")))
            del tables[0]
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables or name in self._read

    def __iter__(self) -> Iterator[str]:
        return iter({**self._tables, **self._read})

    def __len__(self) -> int:
        return len({**self._tables, **self._read})


def _parsed(place: str, table: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(table)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{place}: not a vocabulary file: {error}") from error


def _phrases(place: str, found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise ValueError(f"{place}: not a vocabulary file: no phrases")
    return tuple(str(phrase) for phrase in found)
