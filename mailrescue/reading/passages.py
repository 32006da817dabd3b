"""Words with the telephone numbers among them: the one place where texts become passages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailrescue.model.interview import Me
from mailrescue.model.words import Address, Passage


def of(texts: Sequence[tuple[str, str]], me: Me, zone: str | None, people: Sequence[Address]) -> tuple[Passage, ...]:
    """Passages of the (source, text) pairs that say something. ``zone`` and ``people`` tell where a national number is dialled."""
    from mailrescue.reading import phones

    regions = likely_regions("\n".join(text for _, text in texts), me, zone, people)
    if not regions:
        return tuple(Passage(source, text) for source, text in texts if text)
    return tuple(Passage(source, text, phones.find(text, regions)) for source, text in texts if text)


def likely_regions(text: str, me: Me, zone: str | None, people: Sequence[Address]) -> tuple[str, ...]:
    """Where a national number of the text is likely to be dialled; empty where the text holds no digit at all."""
    from mailrescue.reading import phones

    if not re.search(r"\d", text):
        return ()
    others = tuple(person for person in people if not me.is_me(person.email))
    return phones.regions(me, zone, others, text)
