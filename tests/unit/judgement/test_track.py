"""Which revision wins, which slots belong to one interview, which attempt it is, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from mailrescue.judgement.track import Revision, track
from mailrescue.judgement.whose import Bench
from mailrescue.model.interview import EvidenceKind, Interview, Outcome, Rejection, Statement, Status, Word
from mailrescue.model.mail import CallNotice, Message
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Address
from tests.builders import BOXES, END, ME, POLICY, START, THEM, after, finding, invite, message, mine

E = EvidenceKind
LATER = after(days=2)
STRANGER = Address("Carl Other", "carl@other.example")
COLLEAGUE = Address("Dee Granite", "dee@granite.example")


def tracked(messages: Sequence[Message], words: dict[tuple[str, str | None, datetime], Word] | None = None, **verdicts: object) -> list[Interview]:
    """Track what these messages tell. The body of a message is the name of the kind of evidence that it gives."""
    revisions = [Revision(m, i, _verdict(i, m)) for m in messages for i in m.invites]

    def read(mail: Message) -> Statement:
        return Statement(E(mail.body) if mail.body else E(mail.notice.kind) if mail.notice else E.OTHER)

    found = track(revisions, sorted(messages, key=lambda m: m.internal_date), words or {}, Bench(ME, POLICY, BOXES, read))
    reversed_ = track(revisions[::-1], sorted(messages, key=lambda m: m.internal_date), words or {}, Bench(ME, POLICY, BOXES, read))
    assert found == reversed_, "the order in which invites are handed over changes nothing"
    return found


def _verdict(i: Invite, mail: Message) -> object:
    if i.summary == "Video":
        return Rejection("Video", ("video",))
    status = Status.CANCELLED if i.method == "CANCEL" else Status.DECLINED if i.method == "REPLY" else Status.SCHEDULED
    return finding(i.start, uid=i.uid, status=status, interviewer=i.organizer, summary=i.summary)  # type: ignore[arg-type]


def carries(number: int, at: datetime, event: Invite, **more: object) -> Message:
    return message(number, at, invites=(event,), **more)  # type: ignore[arg-type]


FIRST = carries(1, after(days=-4), invite())


def test_one_invite_is_one_interview() -> None:
    """An invite alone: scheduled, the first attempt, nothing known."""
    (found,) = tracked([FIRST])
    assert (Status.SCHEDULED, 1, Outcome.UNKNOWN, "granite-1201") == (found.slot.status, found.attempt, found.outcome, found.id)


def test_the_newest_revision_wins_by_sequence_then_dtstamp() -> None:
    """A late copy of an old revision changes nothing; with the same SEQUENCE the later DTSTAMP wins (Google)."""
    newer = carries(2, after(days=-3), invite(LATER, sequence=1))
    stale = carries(3, after(days=-2), invite(START, sequence=0))
    assert LATER == tracked([FIRST, newer, stale])[0].slot.start
    dated = [carries(n, after(days=-n), invite(s, dtstamp=after(days=-d))) for n, s, d in ((3, START, 3), (2, LATER, 1), (1, START, 2))]
    assert LATER == tracked(dated)[0].slot.start


def test_moved_before_it_began_is_the_same_attempt() -> None:
    """A slot that moves ahead of time is rescheduled, not missed."""
    (found,) = tracked([FIRST, carries(2, after(-60), invite(LATER, sequence=1))])
    assert (1, 2, False) == (found.attempt, len(found.slots), found.failed_them)


def test_moved_after_nobody_called_is_the_second_attempt() -> None:
    """A slot that passed without a conversation and was then moved counts."""
    (found,) = tracked([FIRST, carries(2, after(60), invite(LATER, sequence=1))])
    assert (2, True, LATER) == (found.attempt, found.failed_them, found.slot.start)


def test_the_user_missed_it_so_they_have_not_failed() -> None:
    """The second attempt after the user's own absence asks nobody to call."""
    tried = message(2, after(9), body=E.TRIED_TO_REACH)
    (found,) = tracked([FIRST, tried, carries(3, after(60), invite(LATER, sequence=1))])
    assert (2, False) == (found.attempt, found.failed_them)


def test_a_new_uid_after_a_cancel_goes_on() -> None:
    """CANCEL, then a new UID from the same person: one interview, which keeps its id and shows the new slot."""
    (found,) = tracked([FIRST, carries(2, after(-90), invite(method="CANCEL", sequence=1)), carries(3, after(-80), invite(LATER, uid="u2"))])
    assert ("u2", 1, "granite-1201", Status.SCHEDULED) == (found.slot.uid, found.attempt, found.id, found.slot.status)


def test_a_new_uid_by_a_robot_that_tells_no_address() -> None:
    """A scheduler names the interviewer and the company only: the same name there goes on, another one begins anew."""
    bea, carl = Address("Bea Stone", ""), Address("Carl Other", "")
    first, again = carries(1, after(days=-4), invite(organizer=bea), subject="One"), carries(2, after(90), invite(LATER, uid="u2", organizer=bea), subject="Two")
    (found,) = tracked([first, again])
    assert ("u2", 2) == (found.slot.uid, found.attempt)
    assert 2 == len(tracked([first, carries(2, after(90), invite(LATER, uid="u2", organizer=carl), subject="Two")]))


def test_a_new_uid_while_the_old_stands_is_another_interview() -> None:
    """Two invites of one person, neither cancelled nor missed, are two interviews."""
    assert 2 == len(tracked([FIRST, carries(2, after(days=-3), invite(LATER, uid="u2"))]))


def test_a_new_uid_after_a_talk_is_another_interview() -> None:
    """Who talked and is invited again has a second interview, and the first attempt at it."""
    found = tracked([FIRST, message(2, after(40), body=E.TALKED), carries(3, after(90), invite(LATER, uid="u2"))])
    assert [(Outcome.HAPPENED, 1), (Outcome.UNKNOWN, 1)] == [(i.outcome, i.attempt) for i in found]


def test_a_new_uid_after_they_asked_for_another_time_goes_on() -> None:
    """A wish for another time, then a new UID though the old one was never cancelled."""
    (found,) = tracked([FIRST, message(2, after(hours=-20), body=E.RESCHEDULE_REQUEST), carries(3, after(hours=-19), invite(LATER, uid="u2"))])
    assert ("u2", 1) == (found.slot.uid, found.attempt)


def test_the_users_reply_declines() -> None:
    """A declining REPLY in Sent is enough; an update of the organiser's sets it again."""
    reply = carries(2, after(-600), invite(method="REPLY"), from_=Address("", ME.addresses[0]), to=[THEM], mailbox="Sent")
    assert Status.DECLINED == tracked([FIRST, reply])[0].slot.status
    assert Status.SCHEDULED == tracked([FIRST, reply, carries(3, after(-500), invite(LATER, sequence=1))])[0].slot.status


def test_an_invite_in_junk_counts_from_known_people_only() -> None:
    """A stranger's invite in Junk is none; an update by who invited before, and an invite by whom the user wrote to, count there too."""
    lure = carries(7, after(days=-3), invite(LATER, uid="u7", organizer=STRANGER), from_=STRANGER, mailbox="Junk")
    assert [] == tracked([lure])
    update = carries(2, after(days=-3), invite(LATER, sequence=1), mailbox="Junk")
    assert [LATER] == [found.slot.start for found in tracked([FIRST, update, lure])]
    written = message(8, after(days=-5), Address(ME.name, ME.addresses[0]), [STRANGER], mailbox="Sent")
    assert ["u7"] == [found.slot.uid for found in tracked([lure, written])]


def test_a_series_is_cancelled_with_its_instances() -> None:
    """A CANCEL that names no instance ends them all; one that came before an instance was set does not."""
    instance = carries(2, after(-90), invite(recurrence_id="20261201T130000Z"))
    for cancelled, expected in ((-60, Status.CANCELLED), (-120, Status.SCHEDULED)):
        (found,) = tracked([instance, carries(3, after(cancelled), invite(method="CANCEL", sequence=1))])[-1:]
        assert expected == found.slot.status


def test_the_first_instance_of_a_series_is_moved() -> None:
    """An update for the very time that the series set moves it: one interview, not two."""
    moved = carries(2, after(-90), invite(after(120), recurrence_id=f"{START.astimezone(UTC):%Y%m%dT%H%M%SZ}", sequence=1))
    (found,) = tracked([FIRST, moved])
    assert (after(120), 1) == (found.slot.start, found.attempt)


def test_moved_away_and_back() -> None:
    """The time that stands anew is another slot than the one before, with drafts and evidence of its own."""
    away, back = (carries(n, after(m), invite(after(start), sequence=n)) for n, m, start in ((2, -90, 120), (4, -60, 0)))
    (found,) = tracked([FIRST, mine(3, after(-100), body=E.OTHER), away, back])
    assert [(START, 0), (after(120), 0), (START, 1)] == [(s.start, s.again) for s in found.slots]
    assert ([], 1) == ([e.kind for e in found.evidence], found.attempt)


def test_a_stranger_cannot_cancel() -> None:
    """A CANCEL by somebody else than the organiser or their organisation is ignored, and told."""
    (found,) = tracked([FIRST, carries(2, after(-90), invite(method="CANCEL", sequence=9), from_=STRANGER)])
    assert Status.SCHEDULED == found.slot.status
    assert "carl@other.example" in found.ignored[0]


@pytest.mark.parametrize(
    ("writer", "believed"),
    [("no-reply@other.example", False), ("calendar-notification@google.com", True), ("notifications@calendly.com", True), ("carl@google.com", False)],
)
def test_robots_that_cancel(writer: str, believed: bool) -> None:
    """The calendar services write for an organiser; a no-reply of somebody else's is a stranger."""
    (found,) = tracked([FIRST, carries(2, after(-90), invite(method="CANCEL", sequence=9), from_=Address("", writer))])
    assert (Status.CANCELLED if believed else Status.SCHEDULED) == found.slot.status


def test_a_stranger_with_the_organiser_as_sender() -> None:
    """Sender is checked by nobody: DMARC looks at From."""
    (found,) = tracked([FIRST, carries(2, after(-90), invite(method="CANCEL", sequence=9), from_=STRANGER, sender=THEM)])
    assert Status.SCHEDULED == found.slot.status


def test_a_colleague_can_cancel() -> None:
    """An assistant of the same organisation cancels for the organiser."""
    (found,) = tracked([FIRST, carries(2, after(-90), invite(method="CANCEL", sequence=1), from_=COLLEAGUE)])
    assert Status.CANCELLED == found.slot.status


def test_a_phone_call_that_became_a_video_call_is_off() -> None:
    """What is no phone interview any more must not be confirmed as one."""
    (found,) = tracked([FIRST, carries(2, after(-90), invite(summary="Video", sequence=1))])
    assert (Status.CANCELLED, True) == (found.slot.status, found.slot.by_other_means)


def test_a_video_call_that_became_a_phone_call_again() -> None:
    """The newest revision says what it is."""
    (found,) = tracked([FIRST, carries(2, after(-90), invite(summary="Video", sequence=1)), carries(3, after(-80), invite(sequence=2))])
    assert (Status.SCHEDULED, False) == (found.slot.status, found.slot.by_other_means)


def test_called_off_in_words() -> None:
    """Who writes that the position is filled has called it off, though no CANCEL follows."""
    assert Status.CANCELLED == tracked([FIRST, message(2, after(-90), body=E.CANCELLATION)])[0].slot.status


def test_the_users_word_beats_all() -> None:
    """The user's own word wins over a call log."""
    words = {("u1", None, START): Word(Outcome.NO_SHOW, END)}
    assert Outcome.NO_SHOW == tracked([FIRST, message(2, after(40), body=E.TALKED)], words)[0].outcome


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([(E.TRIED_TO_REACH, 5), (E.TALKED, 30)], Outcome.HAPPENED),
        ([(E.TALKED, 30), (E.ABSENCE_APOLOGY, 60)], Outcome.HAPPENED),
        ([(E.ABSENCE_APOLOGY, 20), (E.TRIED_TO_REACH, 40)], Outcome.MISSED),
        ([(E.TRIED_TO_REACH, 20), (E.ABSENCE_APOLOGY, 40)], Outcome.NO_SHOW),
        ([(E.TRIED_TO_REACH, 5), (E.RESCHEDULE_REQUEST, 20)], Outcome.MISSED),
        ([(E.RESCHEDULE_REQUEST, 20)], Outcome.NO_SHOW),
        ([(E.RESCHEDULE_REQUEST, -20)], Outcome.UNKNOWN),
        ([(E.TALKED, -300)], Outcome.UNKNOWN),
        ([(E.RUNNING_LATE, 5)], Outcome.UNKNOWN),
    ],
    ids=lambda value: " then ".join(f"{k} at {m:+d}" for k, m in value) if isinstance(value, list) else str(value),
)
def test_contradictions(kinds: list[tuple[EvidenceKind, int]], expected: Outcome) -> None:
    """That they talked beats everything; otherwise the latest wins; what was said of another call counts for nothing."""
    mails = [message(10 + n, after(minutes), body=kind) for n, (kind, minutes) in enumerate(kinds)]
    assert expected == tracked([FIRST, *mails])[0].outcome


# ---- whose word it is --------------------------------------------------------------------------------------------


def notice(number: int, at: datetime, kind: str = "missed-call", phone: str | None = None, **more: object) -> Message:
    robot = Address("Phone", "no-reply@telephony.example")
    return message(number, at, from_=robot, notice=CallNotice(kind, "test", at, phone, withheld=phone is None, **more))  # type: ignore[arg-type]


def test_a_robot_and_a_stranger_say_nothing() -> None:
    """Mail of a robot, or of somebody who has nothing to do with the interview, is no evidence."""
    robot = message(2, after(5), from_=Address("", "no-reply@granite.example"), body=E.TALKED)
    stranger = message(3, after(6), from_=STRANGER, subject="Dinner", body=E.RUNNING_LATE)
    assert () == tracked([FIRST, robot, stranger])[0].evidence


def test_a_colleague_counts() -> None:
    """Anyone at their organisation speaks for them."""
    assert Outcome.HAPPENED == tracked([FIRST, message(2, after(13), from_=COLLEAGUE, subject="Just now", body=E.TALKED)])[0].outcome


def test_somebody_in_the_thread_counts() -> None:
    """Who writes in the thread belongs to it, whatever their domain."""
    assert Outcome.HAPPENED == tracked([FIRST, message(2, after(40), from_=STRANGER, answers=[1], body=E.TALKED)])[0].outcome


def test_junk_counts_from_known_people_only() -> None:
    """A stranger in Junk is nobody even in the thread; the interviewer in Junk is heard."""
    assert Outcome.UNKNOWN == tracked([FIRST, message(2, after(40), from_=STRANGER, answers=[1], body=E.TALKED, mailbox="Junk")])[0].outcome
    assert Outcome.HAPPENED == tracked([FIRST, message(2, after(40), body=E.TALKED, mailbox="Junk")])[0].outcome


def test_two_interviews_of_one_person_by_the_nearest_slot_before() -> None:
    """Neither thread nor person tells them apart: the mail belongs to the slot that was last."""
    second = carries(2, after(days=-3), invite(after(hours=3), uid="u2"))
    found = tracked([FIRST, second, message(3, after(hours=3, minutes=40), subject="Hello", body=E.TALKED)])
    assert [Outcome.UNKNOWN, Outcome.HAPPENED] == [i.outcome for i in found]


def test_two_interviews_of_one_person_by_thread() -> None:
    """The thread tells them apart, against the time."""
    second = carries(2, after(days=-3), invite(after(hours=3), uid="u2"), subject="Second talk")
    found = tracked([FIRST, second, message(3, after(hours=4), answers=[1], body=E.TALKED)])
    assert [Outcome.HAPPENED, Outcome.UNKNOWN] == [i.outcome for i in found]


def test_a_withheld_number_in_the_slot_of_one_interview() -> None:
    """Between five minutes before and half an hour after the end it was theirs; outside it was not."""
    assert Outcome.MISSED == tracked([FIRST, notice(2, after(-5))])[0].outcome
    assert Outcome.MISSED == tracked([FIRST, notice(2, after(60))])[0].outcome
    assert Outcome.UNKNOWN == tracked([FIRST, notice(2, after(61))])[0].outcome


def test_a_withheld_number_after_a_delay() -> None:
    """Who comes 45 minutes late calls 45 minutes late: the window moves with the slot."""
    late = message(2, after(2), body=E.RUNNING_LATE)

    def read(mail: Message) -> Statement:
        return Statement(E.RUNNING_LATE, minutes=45) if mail is late else Statement(E.MISSED_CALL)

    revisions = [Revision(FIRST, FIRST.invites[0], finding())]
    for at, expected in ((39, Outcome.UNKNOWN), (40, Outcome.MISSED), (105, Outcome.MISSED), (106, Outcome.UNKNOWN)):
        assert expected == track(revisions, [FIRST, late, notice(3, after(at))], {}, Bench(ME, POLICY, BOXES, read))[0].outcome


def test_a_withheld_number_in_the_slots_of_two() -> None:
    """Nobody can tell whose it was: it counts for neither."""
    other = carries(2, after(days=-3), invite(after(10), uid="u2", organizer=STRANGER), from_=STRANGER)
    assert {Outcome.UNKNOWN} == {i.outcome for i in tracked([FIRST, other, notice(3, after(12))])}


def test_a_withheld_number_beside_a_cancelled_interview() -> None:
    """Nobody was to call for the cancelled one: it was the other's. Cancelled only afterwards, it is nobody's as before."""
    other = carries(2, after(days=-3), invite(after(10), uid="u2", organizer=STRANGER), from_=STRANGER)
    for cancelled, expected in ((-90, Outcome.MISSED), (50, Outcome.UNKNOWN)):
        off = carries(4, after(cancelled), invite(method="CANCEL", sequence=1))
        assert expected == tracked([FIRST, other, off, notice(3, after(12))])[1].outcome


def test_another_known_number_never_counts() -> None:
    """Where their number is known, a call from another one is somebody else's."""
    known = carries(1, after(days=-4), invite())
    revisions = [Revision(known, known.invites[0], finding(phone="+4930901820"))]
    for phone, expected in (("+4930901820", Outcome.MISSED), ("+4930901829", Outcome.UNKNOWN)):
        call = notice(2, after(3), phone=phone)
        bench = Bench(ME, POLICY, BOXES, lambda m: Statement(E(m.notice.kind) if m.notice else E.OTHER))
        assert expected == track(revisions, [known, call], {}, bench)[0].outcome


def test_the_number_of_another_interviewer_never_counts() -> None:
    """A call from a number that is known to be somebody else's is theirs, though it falls into a slot for which no number is known."""
    other = carries(2, after(days=-3), invite(after(days=7), uid="u2", organizer=STRANGER), from_=STRANGER)
    revisions = [Revision(FIRST, FIRST.invites[0], finding()), Revision(other, other.invites[0], finding(after(days=7), uid="u2", interviewer=STRANGER, phone="+4930901820"))]
    bench = Bench(ME, POLICY, BOXES, lambda _: Statement(E.MISSED_CALL))
    assert [Outcome.UNKNOWN] * 2 == [i.outcome for i in track(revisions, [FIRST, other, notice(3, after(3), phone="+4930901820")], {}, bench)]
    assert Outcome.MISSED == track(revisions, [FIRST, other, notice(3, after(3), phone="+4930901829")], {}, bench)[0].outcome


def test_the_users_own_mail() -> None:
    """Mail in Sent to the interviewer is the user's word."""
    assert Outcome.NO_SHOW == tracked([FIRST, mine(2, after(20), body=E.USER_NO_SHOW)])[0].outcome
