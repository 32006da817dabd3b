"""Which invites are phone interviews of the user, or video interviews where they want these, and their fields (SPEC section 3).

Four conditions, asked in order; the first that does not hold rejects the event and says in which words that shows. Each is
decided in a file of its own: purpose.py (a conversation about a job), candidate.py (the user is the candidate), medium.py
(by telephone or by video); what needs no words is here. Pure: no clock, no mailbox, no network.
"""

from __future__ import annotations

from mailrescue.judgement.candidate import user_is_candidate
from mailrescue.judgement.case import Case
from mailrescue.judgement.fields.company import company
from mailrescue.judgement.fields.direction import who_dials
from mailrescue.judgement.fields.interviewer import interviewer
from mailrescue.judgement.fields.link import link
from mailrescue.judgement.fields.manner import formal, salutation
from mailrescue.judgement.fields.number import Line, line
from mailrescue.judgement.fields.role import role
from mailrescue.judgement.medium import medium
from mailrescue.judgement.purpose import about_a_job
from mailrescue.judgement.ruling import Ruling
from mailrescue.model.interview import Direction, Finding, Me, Medium, Rejection, Status
from mailrescue.model.lexicon import Lexicon
from mailrescue.model.mail import Message
from mailrescue.model.scheduling import Invite


def judge(invite: Invite, message: Message, me: Me, lexicon: Lexicon) -> Finding | Rejection:
    """The interview that the invite is, or why it is none of those that ``me.modes`` names. ``message`` is the mail that carried it."""
    case = Case(invite, message, me, lexicon)
    reasons: list[str] = []
    for condition in CONDITIONS:
        ruling = condition(case)
        if not ruling.holds:
            return Rejection(invite.summary, ruling.reasons)
        reasons += ruling.reasons
    how, reason = medium(case)
    if how not in me.modes:
        return Rejection(invite.summary, (reason,))
    return _finding(case, how, [*reasons, reason])


def is_an_invitation(case: Case) -> Ruling:
    """RFC 5546: a REPLY or COUNTER is its writer's word; only the user's own refusal tells something of an interview."""
    method = case.invite.method
    if method == "REPLY":
        if case.sent_by_me and _partstat(case) == "DECLINED":
            return Ruling(True, ("the user declined it",))
        return Ruling(False, ("an answer to an invitation, not an invitation",))
    if method in ("COUNTER", "DECLINECOUNTER", "REFRESH"):
        return Ruling(False, (f"a {method} changes nothing until the organizer updates",))
    return Ruling(True, ())


def has_a_time(case: Case) -> Ruling:
    """Condition 4: a start time; an all-day event has none."""
    if case.invite.all_day:
        return Ruling(False, ("it lasts all day and has no start time",))
    if case.invite.start is None or case.invite.end is None:
        return Ruling(False, (f"it has no start time: {case.invite.why_no_time or 'none is given'}",))
    return Ruling(True, ())


def is_for_the_user(case: Case) -> Ruling:
    """The user set it, is invited, or received the mail themselves."""
    if case.organized_by_me or case.sent_by_me or _invited_as(case):
        return Ruling(True, ())
    return Ruling(False, ("neither the event nor the mail is addressed to the user",))


#: asked in this order, the cheap ones first; last of all comes the medium
CONDITIONS = (is_an_invitation, has_a_time, is_for_the_user, about_a_job, user_is_candidate)


def _finding(case: Case, how: Medium, reasons: list[str]) -> Finding:
    invite = case.invite
    assert invite.start is not None
    assert invite.end is not None
    video = how is Medium.VIDEO
    direction, why_direction = (Direction.BOTH_JOIN, "") if video else who_dials(case)
    chosen = interviewer(case)
    number = Line(None, None, "") if video else line(case, direction, chosen.writes)
    house, why_company = company(case)
    name = chosen.address.name if chosen.address else ""
    return Finding(
        uid=invite.uid,
        recurrence_id=invite.recurrence_id,
        summary=invite.summary,
        start=invite.start,
        end=invite.end,
        direction=direction,
        phone=number.phone,
        access_code=number.access_code,
        interviewer=chosen.address,
        why_no_address=chosen.why_no_address,
        company=house,
        language=case.ranking[0][0] if case.ranking else None,
        status=_status(case),
        zone=invite.zone if invite.zone != case.me.timezone else None,
        invited_as=_invited_as(case),
        reasons=tuple(r for r in (*reasons, why_direction, number.reason, chosen.reason, why_company) if r),
        formal=formal(case),
        salutation=salutation(case, name),
        role=role(case),
        link=link(case) if video else None,
    )


def _status(case: Case) -> Status:
    if case.invite.method == "CANCEL" or case.invite.status == "CANCELLED":
        return Status.CANCELLED
    return Status.DECLINED if _partstat(case) == "DECLINED" else Status.SCHEDULED


def _partstat(case: Case) -> str:
    return next((a.partstat for a in case.invite.attendees if case.me.is_me(a.address.email)), "")


def _invited_as(case: Case) -> str | None:
    """Which address of the user's was invited: as attendee, else as the mail was addressed, else as it was delivered."""
    shown = [a.address.email for a in case.invite.attendees]
    shown += [a.email for a in (*case.message.to, *case.message.cc)]
    shown += [case.message.header(name).strip("<> ").lower() for name in ("delivered-to", "x-original-to", "envelope-to")]
    if case.organized_by_me and case.invite.organizer:
        shown.append(case.invite.organizer.email)
    if case.sent_by_me and case.message.from_:
        shown.append(case.message.from_.email)
    return next((email for email in shown if email and case.me.is_me(email)), None)


__all__ = ["CONDITIONS", "judge"]
