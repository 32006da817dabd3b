"""What a rule says: whether its condition holds, and in which words that shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailrescue.judgement.words import Said

_QUOTED_MOST = 4        # clues that a reason quotes; more would hide the telling ones
_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Ruling:
    """One condition of SPEC section 3, decided."""

    holds: bool
    reasons: tuple[str, ...]


def quoted(clues: Iterable[Said | str], says: str) -> str:
    """A reason that quotes the words it rests on: "'I will call you on' says that they dial"."""
    words = dict.fromkeys(" ".join((c if isinstance(c, str) else c.words).split())[:_LONGEST_QUOTE] for c in clues)
    shown = ", ".join(f"'{w}'" for w in list(words)[:_QUOTED_MOST] if w)
    return f"{shown} {says}" if shown else says
