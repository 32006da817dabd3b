"""In which language people wrote: told by the small words of each, never by the calendar's own lines.

The caller cuts those lines first (judgement/boilerplate.py). Hints (a LANGUAGE parameter, Content-Language) are what a program
was set to, not what its user writes, so they decide only between languages that the words leave equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mailrescue.model.lexicon import Lexicon, fold

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_TERMS = ("job_interview", "interview", "by_phone", "application", "job", "conversation")
_TELLING = 1.5          # weight of small words below which the terms are asked too
_LOOKED_AT = 4000       # characters: enough to tell, and bounded


def of(text: str, lexicon: Lexicon, hints: Iterable[str] = ()) -> str | None:
    """The ISO 639-1 code of the loaded language in which the text is written, None where neither words nor hints tell."""
    ranked = ranking(text, lexicon, hints)
    return ranked[0][0] if ranked else None


def ranking(text: str, lexicon: Lexicon, hints: Iterable[str] = (), readers: Iterable[str] = ()) -> list[tuple[str, float]]:
    """Languages with the weight of their small words in the text, the likeliest first; none of weight nought.

    A text of few words ("Telefoninterview N. N.") is told by its own terms, in the end by what the reader reads.
    """
    words = _WORD.findall(fold(text[:_LOOKED_AT]))
    weights = _weights(lexicon, lexicon.languages)
    scores: dict[str, float] = {}
    for word in words:
        for code, weight in weights.get(word, ()) or weights.get(word.rpartition("'")[0] + "'", ()):
            scores[code] = scores.get(code, 0.0) + weight
    for place, hint in enumerate(dict.fromkeys(h[:2].lower() for h in hints if h)):
        if hint in lexicon.languages:
            scores[hint] = scores.get(hint, 0.0) + 0.4 / (1 + place)
    if max(scores.values(), default=0.0) < _TELLING:
        for code in lexicon.languages:
            terms = sum(min(2, len(lexicon.hits(concept, text[:_LOOKED_AT], (code,)))) for concept in _TERMS)
            if terms:
                scores[code] = scores.get(code, 0.0) + 0.5 * terms + (0.1 if code in readers else 0.0)
    return sorted(scores.items(), key=lambda item: -item[1])


@lru_cache(maxsize=64)
def stop_words(lexicon: Lexicon, languages: tuple[str, ...]) -> frozenset[str]:
    """The small words of these languages, folded."""
    return frozenset(fold(phrase) for code in languages for phrase in lexicon.listed(code, "stop_words"))


@lru_cache(maxsize=8)
def _weights(lexicon: Lexicon, languages: tuple[str, ...]) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each small word the languages that have it; a word of several languages weighs less for each."""
    owners: dict[str, list[str]] = {}
    for code in languages:
        for word in {fold(phrase) for phrase in lexicon.listed(code, "stop_words")}:
            owners.setdefault(word, []).append(code)
    return {word: tuple((code, 1.0 / len(codes) ** 1.5) for code in codes) for word, codes in owners.items()}
