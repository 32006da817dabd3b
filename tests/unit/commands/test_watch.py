"""When `watch` listens and looks next, and what its notice says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailrescue.commands import watch
from mailrescue.model.draft import Action, DraftKind
from mailrescue.model.interview import Status
from mailrescue.model.plan import Report, Step, Tracked, Wanted
from tests import builders as make


@pytest.mark.parametrize(
    ("minutes", "near"),
    [(-136, False), (-135, True), (0, True), (119, True), (120, False)],
    ids=["asleep before", "from before the confirmation", "at the start", "an hour and a half after the end", "asleep after"],
)
def test_listens_around_the_slot(minutes: float, near: bool) -> None:
    """Connected from just before a confirmation can be due until long after the slot, asleep between."""
    assert near is watch._is_near(make.case(make.after(minutes)))


def test_a_cancelled_slot_is_not_waited_for() -> None:
    """Nothing can become due."""
    assert not watch._is_near(make.case(make.after(0), slot=make.slot(status=Status.CANCELLED)))


def test_a_notice_names_draft_and_company() -> None:
    """One sentence for each new draft; what was kept or withdrawn is none."""
    interview = make.interview()
    tracked = Tracked(interview, make.START, make.END, None)
    steps = [Step(action, Wanted("k", DraftKind.NO_SHOW, interview.id, "due", "")) for action in (Action.CREATED, Action.KEPT, Action.WITHDRAWN)]
    assert ["A no-show draft for Granite is waiting in Drafts"] == watch.notices(Report("a", (tracked,), tuple(steps)))


def test_a_connection_is_renewed_before_routers_forget_it() -> None:
    """RFC 2177 asks for 29 minutes; home routers forget sooner."""
    assert watch._RENEW_SECONDS < timedelta(minutes=10).total_seconds()
