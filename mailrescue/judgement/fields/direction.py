"""Who dials: they, the user, or nobody says.

Asked in this order: what is said of it outright; what a denial or a case that may come shows ("do not ring us", "if I have not
called by ten"); that they get in touch; the place; forms of a verb, wherever its object stands; last, that they dial in a case
that may come. That the user dials in such a case ("any questions, ring me on …") says nothing of the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailrescue.judgement.case import EVENT, Case
from mailrescue.judgement.ruling import quoted
from mailrescue.judgement.words import Said, is_own
from mailrescue.model.interview import Direction
from mailrescue.model.lexicon import within

_ORDER = ("location", "description", "conference", "comment", "body", "title", "subject", "signature")
_A_WORD_BETWEEN = re.compile(r"[^\w,:;()–—]{1,3}(?:\w{1,10}[^\w,:;()–—]{1,3})?")     # "not be ringing", "instead of us calling"
_THEY, _YOU = "they_dial", "you_dial"
_LOOSELY = "_loosely"
_UNTIL = {_THEY: "never", _YOU: "sentence"}     # "call me on … if anything comes up" is a fallback, "I'll call you, if that suits" is none


def who_dials(case: Case) -> tuple[Direction, str]:
    """The direction, and the reason with the words that it rests on."""
    talk = _Talk(case)
    if told := talk.tells():
        return told
    if contact := case.words.for_sure("they_contact", until="never"):
        return Direction.THEY_CALL, quoted(contact[:1], "says that they get in touch")
    if place := _by_place(case):
        return place
    if told := _Talk(case, _LOOSELY).tells():
        return told
    if if_at_all := talk.held[_THEY]:
        return Direction.THEY_CALL, quoted(if_at_all[:2], "says that they dial, though not for sure")
    return Direction.UNKNOWN, "nobody says who dials"


def _by_place(case: Case) -> tuple[Direction, str] | None:
    """What the place or a conference's number tells, None where they tell nothing."""
    numbers = case.words.numbers
    if any(n.place == "location" and is_own(n.mention, case.me.phone) for n in numbers):
        return Direction.THEY_CALL, "the place is the user's own number"
    if case.words.said("bridge_stated") and case.words.said("access_code") and (given := [n for n in numbers if not n.in_block]):
        return Direction.YOU_CALL, f"'{given[0].mention.raw}' is a conference to dial into"
    bridge = [n for n in numbers if not n.in_block and (n.mention.suffix or n.place == "location")]
    if bridge and (bridge[0].mention.suffix or case.words.said("access_code")):
        return Direction.YOU_CALL, f"'{bridge[0].mention.raw}' is a conference to dial into"
    if bridge and bridge[0].place == "location":
        return Direction.YOU_CALL, f"the place is the number '{bridge[0].mention.raw}'"
    return None


class _Talk:
    """What is said of dialling, each phrase under the concept that it holds for, as if they had said it.

    In what the user wrote, "I" is the user: what says "they dial" elsewhere says "you dial" there. Where a call is called off, "I
    shall not call", "no need to call me" and "I was to call" tell what the plan was.
    """

    def __init__(self, case: Case, how: str = "") -> None:
        self._case, self._words, self._how = case, case.words, how
        self._places = EVENT if case.one_of_several and any(case.words.said(c, *EVENT) for c in (_THEY, _YOU)) else ()
        self._asked = self._open_questions()
        self.held: dict[str, list[Said]] = {_THEY: [], _YOU: []}       # said, neither denied nor given up
        self._denied: dict[str, list[Said]] = {_THEY: [], _YOU: []}
        for concept, contrary in ((_THEY, _YOU), (_YOU, _THEY)):
            for said in self._own_hits(concept, contrary):
                into = self._denied if not case.called_off and self._is_denied(said) else self.held
                into[contrary if self._is_the_users(said) else concept].append(said)

    def tells(self) -> tuple[Direction, str] | None:
        """What is said outright, else what is shown; None where neither is."""
        return next((_stronger(they, you) for they, you in (self._stated(), self._shown()) if they or you), None)

    def _stated(self) -> tuple[list[Said], list[Said]]:
        """Where it is said of what will be that they, and that the user dials."""
        sure = {(s.start, s.end) for c in (_THEY, _YOU) for s in self._words.for_sure(c + self._how, *self._places, until=_UNTIL[c])}
        they, you = ([said for said in self.held[c] if (said.start, said.end) in sure] for c in (_THEY, _YOU))
        return they, you

    def _shown(self) -> tuple[list[Said], list[Said]]:
        """What shows, without a statement, that they or that the user was to dial."""
        sides: tuple[list[Said], list[Said]] = ([], [])
        for concept, side in (("spared", 0), ("they_expected", 0), ("you_expected", 1)):
            for said in self._words.said(concept, *self._places) if not (self._case.called_off and concept == "spared") else ():
                sides[1 - side if self._is_the_users(said) else side].append(said)
        for concept, side in ((_YOU, 0), (_THEY, 1)):
            sides[side].extend(self._denied[concept])
        return sides

    def _own_hits(self, concept: str, contrary: str) -> Iterable[Said]:
        """The concept's hits but those within or beside a longer one, those that ask who calls whom, and those that tell what was planned once."""
        hits = self._words.said(concept + self._how, *self._places)
        longer, spared = [*hits, *self._words.said(contrary + self._how)], self._words.said("spared")
        for said in hits:
            if said.sentence in self._asked or any(_outdoes(other, said) for other in longer if other.concept != said.concept or within(said, [other])):
                continue
            if self._case.called_off or not (self._words.given_up(said) or within(said, spared)):
                yield said

    def _open_questions(self) -> set[int]:
        dialling = [*self._words.said(_THEY), *self._words.said(_YOU)]
        return {asked.sentence for asked in self._words.said("open_question") if not _answered(asked, dialling)}

    def _is_the_users(self, said: Said) -> bool:
        return self._case.words_by_me(said.place)

    def _is_denied(self, said: Said) -> bool:
        """Whether "not" or its like stands right before the words, within them, or, as in German, right behind."""
        text, void = self._words.text, self._words.said("not_denied")
        for no in self._words.said("denied"):
            if no.sentence != said.sentence or within(no, void):
                continue
            if said.start <= no.start < said.end or (no.end <= said.start and _A_WORD_BETWEEN.fullmatch(text, no.end, said.start)):
                return True
        behind = (no for no in self._words.said("denied_behind") if no.sentence == said.sentence and not within(no, void))
        return any(said.end <= no.start and _A_WORD_BETWEEN.fullmatch(text, said.end, no.start) for no in behind)


def _outdoes(rival: Said, said: Said) -> bool:
    """Whether the rival's words overlap these, and are more, or as many and come first: "give you a ring", then "ring at the number"."""
    return rival.start < said.end and said.start < rival.end and _strength(rival) > _strength(said)


def _strength(said: Said) -> tuple[int, int]:
    return len(said.words.split()), -said.start


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
