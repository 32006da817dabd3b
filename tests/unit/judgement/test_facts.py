"""What a draft may say of a case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailrescue.judgement.answer import Answer, answer
from mailrescue.judgement.due import State, Verdict
from mailrescue.judgement.facts import Calendar, facts
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import EvidenceKind
from mailrescue.model.words import Address
from tests.builders import ME, THEM, after, case, message, said, slot

COLLEAGUE = Address("Cleo Hart", "cleo@granite.example")


@pytest.mark.parametrize(("minutes", "calls"), [((2, 9), 2), ((2, 2), 1), ((2, 2, 9), 2)])
def test_a_call_that_the_log_holds_twice_is_one(minutes: tuple[int, ...], calls: int) -> None:
    """A telephone's backup uploads its log again after a restore, under other Message-IDs: "twice" needs two calls."""
    rung = [said(EvidenceKind.UNANSWERED, after(minute), number=90 + n) for n, minute in enumerate(minutes)]
    of = case(after(20), *rung)
    verdict = Verdict(DraftKind.NO_SHOW, State.DUE, "", "")
    assert calls == facts(verdict, of, answer(verdict, of.interview, ME), ME, Calendar(False, ())).calls_shown


@pytest.mark.parametrize(
    ("invited", "shown", "expected"),
    [(True, [(THEM, False)], False), (False, [(THEM, True)], True), (True, [(THEM, False), (THEM, None)], False), (True, [(COLLEAGUE, False)], True), (False, [], False)],
    ids=["Sie, then du", "du, then Sie", "a mail that shows nothing", "somebody else's du", "the invite alone"],
)
def test_as_the_recipient_last_wrote(invited: bool, shown: list[tuple[Address, bool | None]], expected: bool) -> None:
    """Who changes from Sie to du is answered with du; the du of somebody else changes nothing between these two."""
    mail = [said(EvidenceKind.OTHER, after(n), number=90 + n, formal=manner) for n, (_, manner) in enumerate(shown)]
    mail = [replace(e, message=replace(e.message, from_=writer)) for e, (writer, _) in zip(mail, shown, strict=True)]
    of = case(after(20), *mail, slot=slot(formal=invited))
    answered = Answer(THEM, "", message(1, after(0)), THEM)
    assert expected is facts(Verdict(DraftKind.NO_SHOW, State.DUE, "", ""), of, answered, ME, Calendar(False, ())).formal
