"""The words by which people say things, language by language, concept by concept: how the vocabulary's phrases are matched.

The phrases lie in ``mailrescue/vocabulary/LANGUAGE/*.toml``, where a native speaker can check and extend them. Matching is
our own because it must be explainable (a hit quotes the words), folded (case and accents do not count), bounded in time on
hostile text, and quick over thousands of phrases: a phrase is tried only where the text holds one of its own words.

A phrase is written as words, with

- ``(a|b c|)``  one of these, an empty one allowed;   ``[a]``  perhaps;
- ``word*``     any word that begins so;              ``#``    a number (digits);
- ``*word``     any word that ends so (German and Dutch build words so);
- ``...``       up to six words more, in the same sentence;
- ``{name}``    one of the phrases of the list ``name`` in the same language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

#: language code -> concept or list name -> phrases
Phrases = Mapping[str, Mapping[str, tuple[str, ...]]]

_BETWEEN = r"[^\w.!?;]{1,6}"
_GAP = rf"(?:{_BETWEEN}\w{{1,40}}){{0,6}}?"
_KEY = 4        # letters of a word that the index looks at


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: which concept and language, which words of the text (as written), and where."""

    concept: str
    language: str
    words: str
    start: int
    end: int


class Lexicon:
    """All loaded vocabularies. ``phrases`` may be a lazy mapping, so that a language never met is never read."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._indexes: dict[tuple[str, tuple[str, ...]], _Index] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes (ISO 639-1) of the languages loaded."""
        return tuple(self._phrases)

    def listed(self, language: str, name: str) -> tuple[str, ...]:
        """The phrases of one concept or list as they stand in the vocabulary, empty where that language has none."""
        return tuple(self._phrases[language].get(name, ())) if language in self._phrases else ()

    def hits(self, concept: str, text: str, languages: Iterable[str] | None = None) -> list[Hit]:
        """Every place where the text says the concept, in the order of the text; ``languages`` None means all."""
        return self.hits_of((concept,), text, languages)[concept]

    def hits_of(self, concepts: tuple[str, ...], text: str, languages: Iterable[str] | None = None) -> dict[str, list[Hit]]:
        """The hits of several concepts at once, as ``hits`` gives them: one walk through the text instead of many."""
        folded, words = _prepared(text)
        found: dict[str, list[Hit]] = {concept: [] for concept in concepts}
        for language in self.languages if languages is None else languages:
            for concept, start, end in self._index(language, concepts).search(folded, words):
                found[concept].append(Hit(concept, language, text[start:end], start, end))
        for hits in found.values():
            hits.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    def says(self, concept: str, text: str, languages: Iterable[str] | None = None) -> Hit | None:
        """The first hit, or None."""
        found = self.hits(concept, text, languages)
        return found[0] if found else None

    def _index(self, language: str, concepts: tuple[str, ...]) -> _Index:
        known = self._indexes.get((language, concepts))
        if known is None:
            lists = self._phrases.get(language, {})
            known = self._indexes[language, concepts] = _Index({concept: lists.get(concept, ()) for concept in concepts}, lists)
        return known


def fold(text: str) -> str:
    """The text without case and accents, letter for letter, so that offsets stay true."""
    return text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """What each character folds to, found when first met."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFKD", chr(code))[:1].lower()[:1] or " "
        self[code] = folded = {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "\u00ad": "\u00ad"}.get(letter, letter)
        return folded


_FOLDED = _Folded()


@lru_cache(maxsize=128)
def _prepared(text: str) -> tuple[str, dict[str, list[int]]]:
    """The folded text, and where words begin in it, by their first letters: asked for many concepts, worked out once."""
    folded = fold(text)
    words: dict[str, list[int]] = {}
    for match in re.finditer(r"\w+", folded):
        words.setdefault(match[0][:_KEY], []).append(match.start())
        if len(match[0]) > _KEY:
            words.setdefault("*" + match[0][-_KEY:], []).append(match.start())
    return folded, words


class _Index:
    """The phrases of some concepts, each under the first letters of the words without which it cannot stand."""

    def __init__(self, concepts: Mapping[str, Iterable[str]], lists: Mapping[str, tuple[str, ...]]) -> None:
        self._phrases: list[tuple[str, str, frozenset[str] | None]] = []     # concept, pattern, with which words a match may begin
        self._under: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, (concept, phrase) in enumerate((concept, phrase) for concept, phrases in concepts.items() for phrase in phrases):
            tree = _parse(fold(phrase), lists)
            anchors = _anchors(tree)
            self._phrases.append((concept, _pattern(tree), _begins(tree)))
            for anchor in anchors or ():
                self._under.setdefault(anchor, []).append(number)
            if not anchors:
                self._always.append(number)

    def search(self, folded: str, words: Mapping[str, list[int]]) -> set[tuple[str, int, int]]:
        found: set[tuple[str, int, int]] = set()
        for number in {*self._always, *(number for key in self._under.keys() & words.keys() for number in self._under[key])}:
            concept, pattern, begins = self._phrases[number]
            if begins is None:
                found.update((concept, *match.span()) for match in _compiled(pattern).finditer(folded))
                continue
            for key in begins:
                for at in words.get(key, ()):
                    if match := _compiled(pattern).match(folded, at):
                        found.add((concept, *match.span()))
        return found


@lru_cache(maxsize=32768)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


# A parsed phrase: a sequence of ("word", text), ("prefix", text), ("suffix", text), ("number",), ("gap",), ("one of", [sequences]).
_Node = tuple[str, object]


def _parse(phrase: str, lists: Mapping[str, tuple[str, ...]], depth: int = 0) -> list[_Node]:
    tokens = re.findall(r"\.\.\.|[()\[\]|#]|\{[\w-]+\}|[^\s()\[\]|#{}]+", phrase)
    sequence, rest = _sequence(tokens, lists, depth)
    if rest:
        raise ValueError(f"unbalanced brackets in the phrase {phrase!r}")
    return sequence


def _sequence(tokens: list[str], lists: Mapping[str, tuple[str, ...]], depth: int) -> tuple[list[_Node], list[str]]:
    sequence: list[_Node] = []
    while tokens:
        token, tokens = tokens[0], tokens[1:]
        if token in ")]|":
            return sequence, [token, *tokens]
        if token in "([":
            choices: list[list[_Node]] = []
            closing = ")" if token == "(" else "]"
            while True:
                choice, tokens = _sequence(tokens, lists, depth)
                choices.append(choice)
                if not tokens:
                    raise ValueError(f"a phrase lacks its {closing}")
                end, tokens = tokens[0], tokens[1:]
                if end == closing:
                    break
            sequence.append(("one of", choices if token == "(" else [*choices, []]))
        elif token == "...":
            sequence.append(("gap", None))
        elif token == "#":
            sequence.append(("number", None))
        elif token.startswith("{"):
            if depth > 4 or token[1:-1] not in lists:
                raise ValueError(f"the vocabulary has no list {token[1:-1]!r}, or one that names itself")
            sequence.append(("one of", [_parse(fold(p), lists, depth + 1) for p in lists[token[1:-1]]]))
        elif token.startswith("*") and len(token) > _KEY:
            sequence.append(("suffix", token[1:]))
        elif token.endswith("*"):
            sequence.append(("prefix", token[:-1]))
        else:
            sequence.append(("word", token))
    return sequence, tokens


def _pattern(sequence: list[_Node]) -> str:
    """A regular expression for the sequence; each element but the first brings the space before it."""
    parts: list[str] = []
    for kind, value in sequence:
        if kind == "gap":
            parts.append(_GAP)
            continue
        if kind == "one of":
            choices = [_pattern(choice) for choice in value]            # type: ignore[attr-defined]
            solid = "|".join(c for c in choices if c)
            optional = "" in choices
            if parts and optional:
                parts.append(f"(?:{_BETWEEN}(?:{solid}))?")
                continue
            if optional:
                parts.append(f"(?:(?:{solid}){_BETWEEN})?")
                continue
            element = f"(?:{solid})"
        else:
            element = _element(kind, str(value))
        parts.append(element if not parts or _opens(parts) else _BETWEEN + element)
    return "".join(parts)


def _element(kind: str, value: str) -> str:
    if kind == "number":
        return r"\d{1,6}"
    if kind == "suffix":
        return r"\w{0,30}" + re.escape(value)
    if kind == "prefix":
        return re.escape(value) + r"\w{0,30}"
    return r"[^\w.!?;]{0,3}".join(re.escape(piece) for piece in re.findall(r"\w+|[^\w\s]+", value))


def _opens(parts: list[str]) -> bool:
    """Whether all that stands so far are leading optional elements, which bring their own space after them."""
    return all(part.startswith("(?:(?:") and part.endswith(f"{_BETWEEN})?") for part in parts)


def _anchors(sequence: list[_Node]) -> frozenset[str] | None:
    """First letters of words of which the text must hold at least one; None where nothing is sure."""
    best: frozenset[str] | None = None
    for kind, value in sequence:
        found: frozenset[str] | None = None
        if kind == "word":
            word = max(re.findall(r"\w+", str(value)) or [""], key=len)
            found = frozenset({word[:_KEY]}) if word else None
        elif kind == "suffix":
            found = frozenset({"*" + str(value)[-_KEY:]})
        elif kind == "prefix" and len(str(value)) >= _KEY:
            found = frozenset({str(value)[:_KEY]})
        elif kind == "one of":
            inner = [_anchors(choice) for choice in value]              # type: ignore[attr-defined]
            found = frozenset().union(*[i for i in inner if i]) if inner and all(inner) else None
        if found and (best is None or _worth(found) > _worth(best)):
            best = found
    return best


def _begins(sequence: list[_Node]) -> frozenset[str] | None:
    """First letters of the words with which a match may begin; None where nothing is sure."""
    found: frozenset[str] = frozenset()
    for kind, value in sequence:
        if kind == "one of":
            inner = [_begins(choice) for choice in value if choice]     # type: ignore[attr-defined]
            if None in inner:
                return None
            found = found.union(*[i for i in inner if i is not None])
            if all(value):                                              # type: ignore[arg-type]
                return found
            continue
        if kind == "suffix":
            return found | {"*" + str(value)[-_KEY:]}
        first = re.match(r"\w+", str(value)) if kind in ("word", "prefix") else None
        if first is None or (kind == "prefix" and len(first[0]) < _KEY):
            return None
        return found | {first[0][:_KEY]}
    return None


def _worth(anchors: frozenset[str]) -> tuple[int, int]:
    """Few and long words narrow the search best."""
    return (min(len(a) for a in anchors), -len(anchors))
