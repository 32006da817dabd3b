"""What people's words mean: one folder a language, one TOML file a field, loaded here into a Lexicon.

A file holds tables of phrases: ``[concept]`` with ``phrases = […]`` (and ``about``, a sentence for the next native speaker),
or ``[lists]`` with named word lists that phrases may use as ``{name}``. The syntax of phrases stands in model/lexicon.py.
A language is read when first asked for; adding one is adding a folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mailrescue.model.lexicon import Lexicon


def load(*folders: Path) -> Lexicon:
    """The built-in languages and those found in ``folders`` (each with one folder a language); a later one adds to an earlier.

    Raises ValueError, naming the file, where a file is no TOML or has another shape.
    """
    return Lexicon(_Languages((Path(__file__).parent, *folders)))


class _Languages(Mapping[str, Mapping[str, tuple[str, ...]]]):
    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._places: dict[str, list[Path]] = {}
        for folder in folders:
            for place in sorted(p for p in folder.iterdir() if p.is_dir() and any(p.glob("*.toml"))):
                self._places.setdefault(place.name, []).append(place)
        self._read: dict[str, dict[str, tuple[str, ...]]] = {}

    def __getitem__(self, language: str) -> Mapping[str, tuple[str, ...]]:
        if language not in self._read:
            self._read[language] = _read(self._places[language])
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _read(places: list[Path]) -> dict[str, tuple[str, ...]]:
    import tomllib

    found: dict[str, tuple[str, ...]] = {}
    for path in (file for place in places for file in sorted(place.glob("*.toml"))):
        try:
            tables = tomllib.loads(path.read_text("utf-8"))
            for name, table in tables.items():
                named = table.items() if name == "lists" else [(name, table["phrases"])]
                for key, phrases in named:
                    found[key] = (*found.get(key, ()), *(str(p) for p in phrases))
        except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
            raise ValueError(f"{path}: not a vocabulary file: {error}") from error
    return found
