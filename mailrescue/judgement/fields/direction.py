"""Who dials: they, the user, or nobody says."""

from __future__ import annotations

from mailrescue.judgement.case import EVENT, Case
from mailrescue.judgement.ruling import quoted
from mailrescue.judgement.words import Said, is_own
from mailrescue.model.interview import Direction

_ORDER = ("location", "description", "conference", "comment", "body", "title", "subject", "signature")


def who_dials(case: Case) -> tuple[Direction, str]:
    """The direction, and the reason with the words that it rests on.

    Sentences that speak of a case that may not come ("if I am late, ring me on …") count only where no other speaks.
    In an invitation that the user wrote, "I" is the user: what says "they dial" elsewhere says "you dial" there.
    """
    words = case.words
    for sure in (True, False):
        they, you = _said(case, "they_dial", sure), _said(case, "you_dial", sure)
        if they or you:
            return _stronger(you, they) if case.organized_by_me else _stronger(they, you)
    if contact := words.for_sure("they_contact", until="never"):
        return Direction.THEY_CALL, quoted(contact[:1], "says that they get in touch")
    if any(n.place == "location" and is_own(n.mention, case.me.phone) for n in words.numbers):
        return Direction.THEY_CALL, "the place is the user's own number"
    bridge = [n for n in words.numbers if not n.in_block and (n.mention.suffix or n.place == "location")]
    if bridge and (bridge[0].mention.suffix or words.said("access_code")):
        return Direction.YOU_CALL, f"'{bridge[0].mention.raw}' is a conference to dial into"
    if bridge and bridge[0].place == "location":
        return Direction.YOU_CALL, f"the place is the number '{bridge[0].mention.raw}'"
    return Direction.UNKNOWN, "nobody says who dials"


def _said(case: Case, concept: str, sure: bool) -> list[Said]:
    """The concept's hits. One that overlaps a longer hit of the other concept says nothing by itself, nor does a question who calls whom."""
    other = {"they_dial": "you_dial", "you_dial": "they_dial"}[concept]
    until = {"they_dial": "never", "you_dial": "sentence"}[concept]     # "call me on … if anything comes up" is a fallback, "I'll call you, if that suits" is none
    places = EVENT if case.one_of_several and any(case.words.said(c, *EVENT) for c in ("they_dial", "you_dial")) else ()
    rivals = case.words.said(other)
    dialling = [*case.words.said(concept), *rivals]
    open_ = {asked.sentence for asked in case.words.said("open_question") if not _answered(asked, dialling)}
    return [
        said
        for said in (case.words.for_sure(concept, *places, until=until) if sure else case.words.said(concept, *places))
        if said.sentence not in open_
        and not any(r.start < said.end and said.start < r.end and (r.end - r.start) > (said.end - said.start) for r in rivals)
    ]


def _answered(asked: Said, dialling: list[Said]) -> bool:
    """Whether the words are part of an answer: "it is me who calls" asks nothing."""
    return any(d.start <= asked.start and asked.end <= d.end and d.end - d.start > asked.end - asked.start for d in dialling)


def _stronger(they: list[Said], you: list[Said]) -> tuple[Direction, str]:
    """The side that more sentences speak for; where both are equal, the one that the event says first."""
    a, b = len({s.sentence for s in they}), len({s.sentence for s in you})
    if a == b and they and you:
        first = min([*they, *you], key=lambda s: (_ORDER.index(s.place) if s.place in _ORDER else 99, s.start))
        a += first in they
        b += first in you
    if a > b:
        return Direction.THEY_CALL, quoted(they[:2], "says that they dial")
    return Direction.YOU_CALL, quoted(you[:2], "says that the user dials")
