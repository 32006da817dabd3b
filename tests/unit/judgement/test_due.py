"""When which draft is due: one row for each rule of the table, and its boundaries."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from mailrescue.judgement.due import TABLE, Case, State, next_due, turning_points, verdicts
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import Author, EvidenceKind, Outcome, Status
from tests.builders import END, ME, POLICY, START, after, case, interview, message, said, slot

K, E, U = DraftKind, EvidenceKind, Author.USER
DUE, STANDS, OFF = State.DUE, State.STANDS, State.OFF


def state(kind: DraftKind, of: Case) -> State:
    return next(v.state for v in verdicts(of) if v.kind is kind)


BACK_IN_VAIN = (said(E.MISSED_CALL, after(2), Author.SERVICE), said(E.UNANSWERED, after(4), Author.SERVICE))

LOGGED_LATE = replace(said(E.MISSED_CALL, after(2), Author.SERVICE), message=message(90, after(28)))

ROWS = [
    # ---- confirmation
    ("two hours and a minute before, nothing is due", K.CONFIRMATION, case(after(-121)), OFF),
    ("two hours before, the confirmation is due", K.CONFIRMATION, case(after(-120)), DUE),
    ("a late scan still writes it", K.CONFIRMATION, case(after(-16)), DUE),
    ("a quarter of an hour before, it is only kept", K.CONFIRMATION, case(after(-15)), STANDS),
    ("at the start it goes", K.CONFIRMATION, case(after(0)), OFF),
    ("the user wrote four hours before", K.CONFIRMATION, case(after(-90), said(E.OTHER, after(hours=-4), U)), OFF),
    ("what the user wrote six hours before does not count", K.CONFIRMATION, case(after(-90), said(E.OTHER, after(hours=-6), U)), DUE),
    (
        "what the user wrote before the slot was moved does not count", K.CONFIRMATION,
        case(after(-90), said(E.OTHER, after(hours=-3), U), slot=slot(set_at=after(hours=-2))), DUE,
    ),
    ("they asked for another time", K.CONFIRMATION, case(after(-90), said(E.RESCHEDULE_REQUEST, after(hours=-9))), OFF),
    ("cancelled", K.CONFIRMATION, case(after(-90), slot=slot(status=Status.CANCELLED)), OFF),
    ("declined", K.CONFIRMATION, case(after(-90), slot=slot(status=Status.DECLINED)), OFF),
    ("a delay of ten minutes moves the start", K.CONFIRMATION, case(after(5), said(E.RUNNING_LATE, after(-10), minutes=10)), STANDS),
    # ---- no-show
    ("fourteen minutes after, it is too early to complain", K.NO_SHOW, case(after(14)), OFF),
    ("a quarter of an hour after, the no-show is due", K.NO_SHOW, case(after(15)), DUE),
    ("a day after, it is only kept", K.NO_SHOW, case(after(hours=24)), STANDS),
    ("a week after, it goes", K.NO_SHOW, case(after(days=7)), OFF),
    ("any human mail of theirs since the start", K.NO_SHOW, case(after(20), said(E.OTHER, after(5))), OFF),
    ("their mail of before the start does not count", K.NO_SHOW, case(after(20), said(E.OTHER, after(-5))), DUE),
    ("they talked", K.NO_SHOW, case(after(20), said(E.CALL, after(2), Author.SERVICE, seconds=900)), OFF),
    ("they tried", K.NO_SHOW, case(after(20), said(E.MISSED_CALL, after(2), Author.SERVICE)), OFF),
    ("they tried, and the user called back in vain", K.NO_SHOW, case(after(20), *BACK_IN_VAIN), OFF),
    ("the user's unanswered call is no contact", K.NO_SHOW, case(after(20), said(E.UNANSWERED, after(2), Author.SERVICE)), DUE),
    ("the user has written to them since", K.NO_SHOW, case(after(30), said(E.OTHER, after(20), U)), OFF),
    ("the user says that they talked", K.NO_SHOW, case(after(30), word=Outcome.HAPPENED), OFF),
    ("the user says that nobody came", K.NO_SHOW, case(after(30), word=Outcome.NO_SHOW), DUE),
    ("a delay moves it", K.NO_SHOW, case(after(34), said(E.RUNNING_LATE, after(2), minutes=20)), OFF),
    ("and is no other contact", K.NO_SHOW, case(after(35), said(E.RUNNING_LATE, after(2), minutes=20)), DUE),
    ("in ten minutes counts from the mail", K.NO_SHOW, case(after(29), said(E.RUNNING_LATE, after(5), minutes=10, from_now=True)), OFF),
    ("and no longer", K.NO_SHOW, case(after(30), said(E.RUNNING_LATE, after(5), minutes=10, from_now=True)), DUE),
    ("a new clock time is read in their zone, or the user's", K.NO_SHOW, case(after(34), said(E.RUNNING_LATE, after(2), at_clock="14:20")), OFF),
    ("and the no-show waits for it", K.NO_SHOW, case(after(35), said(E.RUNNING_LATE, after(2), at_clock="2:20")), DUE),
    ("the new start is never earlier than the mail", K.NO_SHOW, case(after(34), said(E.RUNNING_LATE, after(20), minutes=5)), OFF),
    # ---- missed call
    ("a missed call, at once", K.MISSED_CALL, case(after(3), said(E.MISSED_CALL, after(2), Author.SERVICE)), DUE),
    ("a missed call, and called back in vain", K.MISSED_CALL, case(after(20), *BACK_IN_VAIN), DUE),
    ("they tried, and are sorry for not having come", K.MISSED_CALL, case(after(20), *BACK_IN_VAIN, said(E.ABSENCE_APOLOGY, after(12))), OFF),
    ("they tried, and are sorry and wish another time", K.MISSED_CALL, case(after(20), *BACK_IN_VAIN, said(E.RESCHEDULE_REQUEST, after(12), apology=True)), OFF),
    ("they tried, and wish another time", K.MISSED_CALL, case(after(20), *BACK_IN_VAIN, said(E.RESCHEDULE_REQUEST, after(12))), DUE),
    ("they tried, but the user says that nobody came", K.MISSED_CALL, case(after(20), *BACK_IN_VAIN, word=Outcome.NO_SHOW), OFF),
    ("they say that they tried", K.MISSED_CALL, case(after(12), said(E.TRIED_TO_REACH, after(10))), DUE),
    ("the user wrote before the call log came", K.MISSED_CALL, case(END, LOGGED_LATE, said(E.USER_NO_SHOW, after(18), U)), DUE),
    ("the user excused it before the call log came", K.MISSED_CALL, case(END, LOGGED_LATE, said(E.USER_MISSED, after(18), U)), OFF),
    ("the user says missed", K.MISSED_CALL, case(END, word=Outcome.MISSED), DUE),
    ("the user wrote since", K.MISSED_CALL, case(after(20), said(E.VOICEMAIL, after(2), Author.SERVICE), said(E.OTHER, after(9), U)), OFF),
    ("the user wrote since, and then says missed", K.MISSED_CALL, case(END, said(E.TRIED_TO_REACH, after(2)), said(E.OTHER, after(9), U), word=Outcome.MISSED), OFF),
    ("the user excused it, and then says missed", K.MISSED_CALL, case(END, said(E.USER_MISSED, after(9), U), word=Outcome.MISSED), OFF),
    ("they talked since", K.MISSED_CALL, case(END, said(E.MISSED_CALL, after(2), Author.SERVICE), said(E.TALKED, after(25))), OFF),
    ("two days later it is only kept", K.MISSED_CALL, case(after(hours=48), said(E.MISSED_CALL, after(2), Author.SERVICE)), STANDS),
    ("nothing shows a call", K.MISSED_CALL, case(after(20)), OFF),
    # ---- reschedule
    ("they ask before the slot", K.RESCHEDULE, case(after(hours=-20), said(E.RESCHEDULE_REQUEST, after(hours=-21))), DUE),
    ("they are sorry for not having called", K.RESCHEDULE, case(after(50), said(E.ABSENCE_APOLOGY, after(40))), DUE),
    ("three days after their mail it is only kept", K.RESCHEDULE, case(after(days=3, hours=-21), said(E.RESCHEDULE_REQUEST, after(hours=-21))), STANDS),
    ("the user has answered", K.RESCHEDULE, case(after(60), said(E.RESCHEDULE_REQUEST, after(40)), said(E.OTHER, after(50), U)), OFF),
    ("the invite was revised after they asked", K.RESCHEDULE, case(after(60), said(E.RESCHEDULE_REQUEST, after(hours=-99))), OFF),
    ("they talked after all", K.RESCHEDULE, case(after(90), said(E.RESCHEDULE_REQUEST, after(2)), said(E.TALKED, after(60))), OFF),
    # ---- thank-you
    ("before the end, nobody has talked yet", K.THANK_YOU, case(after(29)), OFF),
    ("at the end, perhaps they talked", K.THANK_YOU, case(END), DUE),
    ("before the end, when a call log shows it", K.THANK_YOU, case(after(20), said(E.CALL, after(1), Author.SERVICE, seconds=600)), DUE),
    ("three days later it is only kept", K.THANK_YOU, case(after(30, days=3)), STANDS),
    ("nobody came", K.THANK_YOU, case(after(40), said(E.UNANSWERED, after(1), Author.SERVICE)), OFF),
    ("the user missed it", K.THANK_YOU, case(after(40), said(E.VOICEMAIL, after(1), Author.SERVICE)), OFF),
    ("they asked for another time", K.THANK_YOU, case(after(40), said(E.RESCHEDULE_REQUEST, after(hours=-1))), OFF),
    ("the user has thanked them", K.THANK_YOU, case(after(40), said(E.TALKED, after(35), U)), OFF),
    ("cancelled", K.THANK_YOU, case(after(40), slot=slot(status=Status.CANCELLED)), OFF),
    ("cancelled after a talk that did happen", K.THANK_YOU, case(after(40), said(E.TALKED, after(35)), slot=slot(status=Status.CANCELLED)), DUE),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given", "expected"), [pytest.param(*row[1:], id=f"{row[1]}: {row[0]}") for row in ROWS])
def test_the_table(kind: DraftKind, given: Case, expected: State) -> None:
    """Each row of the table, read aloud."""
    assert expected == state(kind, given)


def test_every_rule_is_reached() -> None:
    """No line of the table is dead: the rows above reach each of them."""
    reached = {(v.kind, v.rule) for row in ROWS for v in verdicts(row[2])}
    named = {(kind, rule.name) for kind, rules in TABLE.items() for rule in rules}
    assert set() == named - reached


def test_both_stand_when_nobody_knows() -> None:
    """At the end, without a sign of anything, the no-show and the thank-you are due; the user sends the one that is true."""
    assert {K.NO_SHOW, K.THANK_YOU} == {v.kind for v in verdicts(case(END)) if v.state is DUE}


@pytest.mark.parametrize(
    ("now", "expected"),
    [(after(days=-1), (K.CONFIRMATION, after(-120))), (after(-100), (K.NO_SHOW, after(15))), (after(15), (K.THANK_YOU, END)), (after(days=4), None)],
    ids=["a day before", "in the hours before", "while nobody calls", "long after"],
)
def test_what_is_due_next(now: object, expected: object) -> None:
    """Without any more mail, this becomes due next."""
    assert expected == next_due(case(now))  # type: ignore[arg-type]


def test_turning_points_lie_ahead() -> None:
    """Every moment at which something may change lies after now, and each verdict stays the same between two of them."""
    of = Case.of(interview(), START, POLICY, ME.timezone)
    points = turning_points(of)
    assert all(point > START for point in points)
    for earlier, later in pairwise(points):
        just_before = of.at(later - (later - earlier) / 1000)
        assert [v.state for v in verdicts(of.at(earlier))] == [v.state for v in verdicts(just_before)]
