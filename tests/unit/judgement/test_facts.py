"""What a draft may say of a case."""

from __future__ import annotations

import pytest

from mailrescue.judgement.answer import answer
from mailrescue.judgement.due import State, Verdict
from mailrescue.judgement.facts import Calendar, facts
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import EvidenceKind
from tests.builders import ME, after, case, said


@pytest.mark.parametrize(("minutes", "calls"), [((2, 9), 2), ((2, 2), 1), ((2, 2, 9), 2)])
def test_a_call_that_the_log_holds_twice_is_one(minutes: tuple[int, ...], calls: int) -> None:
    """A telephone's backup uploads its log again after a restore, under other Message-IDs: "twice" needs two calls."""
    rung = [said(EvidenceKind.UNANSWERED, after(minute), number=90 + n) for n, minute in enumerate(minutes)]
    of = case(after(20), *rung)
    verdict = Verdict(DraftKind.NO_SHOW, State.DUE, "", "")
    assert calls == facts(verdict, of, answer(verdict, of.interview, ME), ME, Calendar(False, ())).calls_shown
