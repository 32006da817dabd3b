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
from functools import cached_property, lru_cache
from typing import Protocol

#: language code -> concept or list name -> phrases
Phrases = Mapping[str, Mapping[str, tuple[str, ...]]]

_BETWEEN = r"[^\w.!?;]{1,6}"
_GAP = rf"(?:{_BETWEEN}\w{{1,40}}){{0,6}}?"
_KEY = 4        # letters of a word that the index looks at
#: letters that the space between words, a gap, and what goes on behind or before the letters of a phrase's word have at the most
_LONGEST_SPACE, _LONGEST_GAP, _LONGEST_REST = 6, 6 * (6 + 40), 30


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: which concept and language, which words of the text (as written), and where."""

    concept: str
    language: str
    words: str
    start: int
    end: int


class Stretch(Protocol):
    """What begins and ends somewhere in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it has ended."""


def within(one: Stretch, others: Iterable[Stretch]) -> bool:
    """Whether it lies in one of the others, from end to end."""
    return any(other.start <= one.start and one.end <= other.end for other in others)


class Lexicon:
    """All loaded vocabularies. ``phrases`` may be a lazy mapping, so that a language never met is never read."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._spoken: dict[str, _Language] = {}
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
        prepared = _prepared(text)
        found: dict[str, list[Hit]] = {concept: [] for concept in concepts}
        for language in self.languages if languages is None else languages:
            for concept, start, end in self._index(language, concepts).search(*prepared):
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
            phrases = self._phrases.get(language, {})
            spoken = self._spoken.setdefault(language, _Language(phrases))
            known = self._indexes[language, concepts] = _Index({concept: phrases.get(concept, ()) for concept in concepts}, spoken)
        return known


def fold(text: str) -> str:
    """The text without case and accents, letter for letter, so that offsets stay true."""
    return text.lower().replace("`", "'") if text.isascii() else text.translate(_FOLDED)


def letters(text: str) -> str:
    """The folded letters and digits alone: what a domain keeps of a name."""
    return "".join(c for c in fold(text) if c.isalnum())


class _Folded(dict[int, str]):
    """What each character folds to, found when first met."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFKD", chr(code))[:1].lower()[:1] or " "
        self[code] = folded = {"’": "'", "ʼ": "'", "‘": "'", "`": "'", "\u00ad": "\u00ad"}.get(letter, letter)
        return folded


_FOLDED = _Folded()


@lru_cache(maxsize=128)
def _prepared(text: str) -> tuple[str, dict[str, list[int]], frozenset[str]]:
    """The folded text, where words begin in it, by their first letters, and these words: asked for many concepts, worked out once."""
    folded = fold(text)
    words: dict[str, list[int]] = {}
    said = set()
    for match in _WORDS.finditer(folded):
        word = match[0]
        said.add(word)
        words.setdefault(word[:_KEY], []).append(match.start())
        if len(word) >= _KEY:
            words.setdefault("*" + word[-_KEY:], []).append(match.start())
    return folded, words, frozenset(said)


class _Index:
    """The phrases of some concepts, each under the first letters of the words without which it cannot stand."""

    def __init__(self, concepts: Mapping[str, Iterable[str]], language: _Language) -> None:
        self._phrases = [(concept, language.phrase(words)) for concept, phrases in concepts.items() for words in phrases]
        self._under: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, (_, phrase) in enumerate(self._phrases):
            for anchor in phrase.anchors or ():
                self._under.setdefault(anchor, []).append(number)
            if not phrase.anchors:
                self._always.append(number)

    def search(self, folded: str, words: Mapping[str, list[int]], said: frozenset[str]) -> set[tuple[str, int, int]]:
        found: set[tuple[str, int, int]] = set()
        for number in {*self._always, *(number for key in self._under.keys() & words.keys() for number in self._under[key])}:
            concept, phrase = self._phrases[number]
            if not phrase.may_stand(said):
                continue
            if phrase.begins is None:
                found.update((concept, *match.span()) for match in phrase.pattern.finditer(folded))
                continue
            for key in phrase.begins:
                for at in words.get(key, ()):
                    if match := phrase.match(folded, at):
                        found.add((concept, *match.span()))
        return found


class _Phrase:
    """One phrase; most are never tried, so what trying takes is made when it is first needed."""

    def __init__(self, words: str, language: _Language) -> None:
        self._words, self._language = fold(words), language

    @cached_property
    def anchors(self) -> frozenset[str] | None:
        """First letters of words of which the text must hold at least one; None where nothing is sure."""
        longest = max(self._needs, key=len, default="")
        return frozenset({longest[:_KEY]}) if len(longest) >= _KEY - 1 else _anchors(self._tree)

    def may_stand(self, said: frozenset[str]) -> bool:
        """Whether the words of a text allow it."""
        return self._needs <= said and ("pattern" in self.__dict__ or _may_stand(self._tree, said))

    def match(self, folded: str, at: int) -> re.Match[str] | None:
        """The match that begins there. To compile the expression costs as much as a hundred looks at whether its words stand near."""
        if "pattern" not in self.__dict__ and _end_near(self._tree, folded, at, at) < 0:
            return None
        return self.pattern.match(folded, at)

    @cached_property
    def _needs(self) -> frozenset[str]:
        """The plain words without any of which it cannot stand."""
        solid, before = self._words, ""
        while solid != before:
            solid, before = _BRACKETS.sub(" ", solid), solid
        return frozenset(word for word in solid.split() if word.isalnum())

    @cached_property
    def _tree(self) -> _Tree:
        return _parse(self._words, self._language)

    @cached_property
    def begins(self) -> frozenset[str] | None:
        """With which words a match may begin."""
        return _begins(self._tree)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches."""
        return _compiled(_pattern(self._tree))


@lru_cache(maxsize=32768)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


# A parsed phrase: a sequence of ("word", text), ("prefix", text), ("suffix", text), ("number", ""), ("gap", ""), ("one of", choices).
_Node = tuple[str, "str | _Choices"]
_Tree = list[_Node]
_TOKENS = re.compile(r"\.\.\.|[()\[\]|#]|\{[\w-]+\}|[^\s()\[\]|#{}]+")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_WORDS = re.compile(r"\w+")
_PIECES = re.compile(r"\w+|[^\w\s]+")


class _Choices:
    """Sequences of which one stands; those of a list are asked many times."""

    def __init__(self, choices: list[_Tree]) -> None:
        self.choices = [choice for several in choices for choice in _flat(several)]

    def may_stand(self, said: frozenset[str]) -> bool:
        """As ``_may_stand``, of one of them."""
        return any(_may_stand(choice, said) for choice in self.choices)

    def end_near(self, folded: str, at: int, latest: int) -> int:
        """As ``_end_near``, of the one that ends first."""
        ends = [end for choice in self.choices if (end := _end_near(choice, folded, at, latest)) >= 0]
        return min(ends, default=-1)

    @cached_property
    def longest(self) -> int:
        """Letters that one has at the most, the space before each element included."""
        return max(sum(_LONGEST_SPACE + _longest(*node) for node in choice) for choice in self.choices)

    @cached_property
    def anchors(self) -> frozenset[str] | None:
        """As ``_anchors``."""
        inner = [_anchors(choice) for choice in self.choices]
        return frozenset[str]().union(*[i for i in inner if i]) if inner and all(inner) else None

    @cached_property
    def begins(self) -> frozenset[str] | None:
        """As ``_begins``, of those that are not empty."""
        inner = [_begins(choice) for choice in self.choices if choice]
        return None if None in inner else frozenset[str]().union(*[i for i in inner if i is not None])

    @cached_property
    def pattern(self) -> str:
        """The alternatives that are not empty, as a regular expression."""
        return "|".join(filter(None, map(_pattern, self.choices)))

    @cached_property
    def optional(self) -> bool:
        """Whether none need stand."""
        return not all(self.choices)


def _flat(choice: _Tree) -> list[_Tree]:
    """A choice that is itself one of several, as these: ``[(a|b|)]`` says ``(a|b|)``, and brings its space but once."""
    several = choice[0][1] if len(choice) == 1 else None
    return several.choices if isinstance(several, _Choices) else [choice]


class _Language:
    """The phrases of one language and the lists that they may name, each parsed once, in however many concepts it stands."""

    def __init__(self, phrases: Mapping[str, tuple[str, ...]]) -> None:
        self._phrases = phrases
        self._known: dict[str, _Phrase] = {}
        self._parsed: dict[str, _Choices] = {}
        self._within: list[str] = []

    def phrase(self, words: str) -> _Phrase:
        """As it stands in the vocabulary."""
        known = self._known.get(words)
        if known is None:
            known = self._known[words] = _Phrase(words, self)
        return known

    def listed(self, name: str) -> _Choices:
        """Raises ValueError where there is none of that name, or one that names itself."""
        if name not in self._parsed:
            if name in self._within or name not in self._phrases:
                raise ValueError(f"the vocabulary has no list {name!r}, or one that names itself")
            self._within.append(name)
            self._parsed[name] = _Choices([_parse(fold(phrase), self) for phrase in self._phrases[name]])
            self._within.pop()
        return self._parsed[name]


def _parse(phrase: str, language: _Language) -> _Tree:
    tokens = _TOKENS.findall(phrase)[::-1]
    sequence = _sequence(tokens, language)
    if tokens:
        raise ValueError(f"unbalanced brackets in the phrase {phrase!r}")
    return sequence


def _sequence(tokens: list[str], language: _Language) -> _Tree:
    """Takes from the end of ``tokens``, which stand in reverse, up to what closes the sequence."""
    sequence: _Tree = []
    while tokens and tokens[-1] not in ")]|":
        token = tokens.pop()
        if token in "([":
            choices = [_sequence(tokens, language)]
            while tokens and tokens[-1] == "|":
                tokens.pop()
                choices.append(_sequence(tokens, language))
            closing = ")" if token == "(" else "]"
            if not tokens or tokens.pop() != closing:
                raise ValueError(f"a phrase lacks its {closing}")
            sequence.append(("one of", _Choices(choices if token == "(" else [*choices, []])))
        elif token == "...":
            sequence.append(("gap", ""))
        elif token == "#":
            sequence.append(("number", ""))
        elif token.startswith("{"):
            sequence.append(("one of", language.listed(token[1:-1])))
        elif token.startswith("*") and len(token) > 1:
            sequence.append(("suffix", token[1:]))
        elif token.endswith("*"):
            sequence.append(("prefix", token[:-1]))
        else:
            sequence.append(("word", token))
    return sequence


def _pattern(sequence: _Tree) -> str:
    """A regular expression for the sequence; each element but the first brings the space before it."""
    parts: list[str] = []
    for kind, value in sequence:
        if kind == "gap":
            parts.append(_GAP)
            continue
        if isinstance(value, _Choices):
            if value.optional:
                parts.append(f"(?:{_BETWEEN}(?:{value.pattern}))?" if parts else f"(?:(?:{value.pattern}){_BETWEEN})?")
                continue
            element = f"(?:{value.pattern})"
        else:
            element = _element(kind, value)
        parts.append(element if not parts or _opens(parts) else _BETWEEN + element)
    return "".join(parts)


def _element(kind: str, value: str) -> str:
    if kind == "number":
        return r"\d{1,6}"
    if kind == "suffix":
        return r"\w{0,30}" + re.escape(value)
    if kind == "prefix":
        return re.escape(value) + r"\w{0,30}"
    return r"[^\w.!?;]{0,3}".join(re.escape(piece) for piece in _PIECES.findall(value))


def _opens(parts: list[str]) -> bool:
    """Whether all that stands so far are leading optional elements, which bring their own space after them."""
    return all(part.startswith("(?:(?:") and part.endswith(f"{_BETWEEN})?") for part in parts)


def _anchors(sequence: _Tree) -> frozenset[str] | None:
    """First letters of words of which the text must hold at least one; None where nothing is sure."""
    best: frozenset[str] | None = None
    for kind, value in sequence:
        found = value.anchors if isinstance(value, _Choices) else _anchor(kind, value)
        if found and (best is None or _worth(found) > _worth(best)):
            best = found
    return best


def _anchor(kind: str, value: str) -> frozenset[str] | None:
    if kind == "suffix":
        return frozenset({"*" + value[-_KEY:]}) if len(value) >= _KEY else None
    words = _WORDS.findall(value) if kind in ("word", "prefix") else []
    if kind == "prefix" and words and value.endswith(words[-1]) and len(words[-1]) < _KEY:
        words.pop()         # it may go on
    longest = max(words, key=len, default="")
    return frozenset({longest[:_KEY]}) if longest else None


def _may_stand(sequence: _Tree, said: frozenset[str]) -> bool:
    """Whether each element's words are among those of a text; an element that is no plain word always may."""
    for kind, value in sequence:
        if not (value.may_stand(said) if isinstance(value, _Choices) else kind != "word" or value in said or not value.isalnum()):
            return False
    return True


def _end_near(sequence: _Tree, folded: str, at: int, latest: int) -> int:
    """Where at the earliest its plain words have stood, in their order and no further apart than they may be; -1 where they do not. No match ends sooner.

    It begins between ``at`` and ``latest``.
    """
    for kind, value in sequence:
        if isinstance(value, _Choices):
            at = value.end_near(folded, at, latest)
        elif kind in ("prefix", "suffix") or (kind == "word" and value.isalnum()):
            found = folded.find(value, at, latest + len(value) + _LONGEST_REST * (kind == "suffix"))
            at = found + len(value) if found >= 0 else -1
        if at < 0:
            return -1
        latest += _longest(kind, value) + _LONGEST_SPACE
    return at


def _longest(kind: str, value: str | _Choices) -> int:
    """Letters that an element has at the most."""
    if isinstance(value, _Choices):
        return value.longest
    if kind == "gap":
        return _LONGEST_GAP
    return len(value) if kind == "word" and value.isalnum() else 4 * len(value) + _LONGEST_REST


def _begins(sequence: _Tree) -> frozenset[str] | None:
    """First letters of the words with which a match may begin; None where nothing is sure."""
    found: frozenset[str] = frozenset()
    for kind, value in sequence:
        if isinstance(value, _Choices):
            if value.begins is None:
                return None
            found |= value.begins
            if not value.optional:
                return found
            continue
        if kind == "suffix":
            return found | {"*" + value[-_KEY:]} if len(value) >= _KEY else None
        first = _WORDS.match(value) if kind in ("word", "prefix") else None
        if first is None or (kind == "prefix" and len(first[0]) < _KEY):
            return None
        return found | {first[0][:_KEY]}
    return None


def _worth(anchors: frozenset[str]) -> tuple[int, int]:
    """Few and long words narrow the search best."""
    return (min(len(a) for a in anchors), -len(anchors))
