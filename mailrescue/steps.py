"""The stages of a scan between mail read and drafts written, each a function: find, gather, judge, draft, report.

They join the pure judgement with what it may not import: the reading of calendars, the templates, the composing of messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from mailrescue.desk import Desk
from mailrescue.judged import Judged
from mailrescue.judgement import holds, phone_interview
from mailrescue.judgement.answer import answer
from mailrescue.judgement.due import Case, State, Verdict, next_due, verdicts
from mailrescue.judgement.facts import Calendar, facts
from mailrescue.judgement.track import Revision, track
from mailrescue.judgement.whose import Bench
from mailrescue.model.draft import DraftKind, Envelope
from mailrescue.model.interview import EvidenceKind, Finding, Interview, Rejection, Slot, Statement, Status
from mailrescue.model.mail import Mailboxes, Message, MessageRef, SetAside
from mailrescue.model.plan import Report, Step, Tracked, Wanted
from mailrescue.model.scheduling import Busy, Invite

#: how far ahead the user's calendars are read for free slots: five working days, with holidays between
_AHEAD = timedelta(days=21)
#: and how far back: an offer is computed as of the moment when its draft became due
_BEHIND = timedelta(days=30)
#: how far ahead an event of the user's calendars is looked at as an invite
_YEAR = timedelta(days=365)
#: interviews that ended longer ago are not looked at again
_LONG_OVER = timedelta(days=60)


# ---- find ----------------------------------------------------------------------------------------------------------


def find(desk: Desk, messages: Sequence[Message], now: datetime) -> tuple[list[Revision], tuple[Rejection, ...]]:
    """Every invite of the mail and of the user's calendars, judged."""
    invited = [(m, i) for m in messages for i in m.invites if i.start or i.uid]
    revisions = []
    with Judged(desk) as judged:
        for number, (message, invite) in enumerate(invited):
            desk.progress("judging the invites", number, len(invited))
            revisions.append(Revision(message, invite, judged.verdict(invite, message)))
    known = {r.invite.uid for r in revisions}
    for invite in _in_calendars(desk, now):
        if invite.uid not in known:
            message = _as_message(invite, desk)
            revisions.append(Revision(message, invite, phone_interview.judge(invite, message, desk.me, desk.lexicon)))
    revisions += _by_hand(desk, [r.verdict for r in revisions if isinstance(r.verdict, Finding)])
    return revisions, tuple(r.verdict for r in revisions if isinstance(r.verdict, Rejection))


def in_view(revisions: Sequence[Revision], now: datetime) -> bool:
    """Whether any of them is a phone interview that mail may still say something about."""
    return any(isinstance(r.verdict, Finding) and r.verdict.end > now - _LONG_OVER for r in revisions)


def _by_hand(desk: Desk, invited: Sequence[Finding]) -> list[Revision]:
    """What the user tracks though no invite told of it, until an invite of the same people for that time comes."""
    from mailrescue.judgement.suggestion import same_talk

    own = [(m, f) for m, f in desk.journal.tracked(desk.account) if not any(same_talk(f, other) for other in invited)]
    return [Revision(m, Invite("REQUEST", f.uid, None, 0, m.internal_date, f.start, f.end, f.summary, f.interviewer), f) for m, f in own]


def _in_calendars(desk: Desk, now: datetime) -> Sequence[Invite]:
    if not desk.calendars:
        return ()
    from mailrescue.reading import agenda

    return agenda.events(desk.calendars, desk.me, now - _LONG_OVER, now + _YEAR)


def _as_message(invite: Invite, desk: Desk) -> Message:
    """An event of the user's own calendar, as if it had come by mail; it has no Message-ID, so no draft answers it."""
    arrived = invite.dtstamp or invite.start or datetime(1970, 1, 1, tzinfo=UTC)
    me = tuple(a.address for a in invite.attendees if desk.me.is_me(a.address.email))
    return Message(
        MessageRef("calendar", 0, invite.uid), arrived, "", arrived, invite.organizer, None, (), me, (), invite.summary, (), (), (), invites=(invite,)
    )


# ---- gather --------------------------------------------------------------------------------------------------------


def gather(desk: Desk, mailboxes: Mailboxes, messages: Sequence[Message], revisions: Sequence[Revision]) -> list[Interview]:
    """The interviews tracked, with the evidence and the outcome of each."""
    kinds = _kinds_of_keys(revisions)
    digests = {_digest(e.message_id): e.kind for e in desk.journal.entries(desk.account)}

    @cache
    def read(message_id: str) -> Statement:
        message = by_id[message_id]
        kind = kinds.get(_key(message_id)) or digests.get(message.digest or "-")
        return _SENT.get(kind, Statement(EvidenceKind.OTHER)) if kind and message.digest else judged.statement(message)

    by_id = {m.message_id: m for m in messages}
    bench = Bench(desk.me, desk.policy, mailboxes, lambda message: read(message.message_id))
    with Judged(desk) as judged:
        return track(revisions, messages, desk.journal.words(desk.account), bench)


#: what a draft of ours that the user sent says
_SENT = {
    DraftKind.NO_SHOW: Statement(EvidenceKind.USER_NO_SHOW, "you sent the no-show mail"),
    DraftKind.MISSED_CALL: Statement(EvidenceKind.USER_MISSED, "you sent the missed-call mail"),
    DraftKind.THANK_YOU: Statement(EvidenceKind.TALKED, "you sent the thank-you mail"),
}


def _kinds_of_keys(revisions: Sequence[Revision]) -> dict[str, DraftKind]:
    from mailrescue.drafting import compose

    slots = Counter((r.verdict.uid, r.verdict.recurrence_id, r.verdict.start) for r in revisions if isinstance(r.verdict, Finding))
    return {compose.key(*_parts(slot, again, kind, "")): kind for slot, times in slots.items() for again in range(times) for kind in DraftKind}


def _key(message_id: str) -> str:
    from mailrescue.drafting import compose

    return compose.key_of(message_id) or ""


def _digest(message_id: str) -> str:
    return message_id.partition(".")[2].partition("@")[0]


# ---- judge ---------------------------------------------------------------------------------------------------------


def judge(desk: Desk, interviews: Sequence[Interview], now: datetime) -> list[Case]:
    """Each interview as it stands now; those that are long over are left alone."""
    cases = [Case.of(interview, now, desk.policy, desk.me.timezone) for interview in interviews]
    return [case for case in cases if case.end > now - _LONG_OVER]


# ---- draft ---------------------------------------------------------------------------------------------------------


def draft(desk: Desk, cases: Sequence[Case], revisions: Sequence[Revision], now: datetime) -> list[Wanted]:
    """What is wanted of each draft: composed where it is due or stands, merely named where it is off.

    ``revisions`` are all invites of the mailbox: what the user is invited to is no free time.
    """
    planned: Sequence[Busy] | None = None
    wanted: list[Wanted] = []
    for case in cases:
        for verdict in verdicts(case):
            if verdict.state is State.OFF:
                wanted.append(_off(case.interview, case.interview.slot, verdict))
                continue
            if planned is None:
                planned = (*_planned(desk, now), *_invited(desk, revisions))
            wanted.append(_composed(desk, verdict, case, _calendar(desk, cases, planned), now))
        wanted += _of_the_past(case)
    return wanted


#: kinds of which a slot has one draft; a reschedule draft answers one mail
_ONE_A_SLOT = tuple(kind for kind in DraftKind if kind is not DraftKind.RESCHEDULE)


def _off(interview: Interview, slot: Slot, verdict: Verdict) -> Wanted:
    return Wanted(_wanted_key(slot, verdict), verdict.kind, interview.id, "off", verdict.reason, _to(interview), thread=_thread(interview))


def _of_the_past(case: Case) -> list[Wanted]:
    """What is wanted of drafts for earlier slots, and of answers to earlier requests: nothing."""
    from mailrescue.drafting import compose

    interview = case.interview
    past: list[tuple[Slot, DraftKind, str]] = [(slot, kind, "") for slot in interview.slots[:-1] for kind in _ONE_A_SLOT]
    now_answered = case.to_answer.message.message_id if case.to_answer else ""
    asked = {EvidenceKind.RESCHEDULE_REQUEST, EvidenceKind.ABSENCE_APOLOGY}
    items = [(slot, e) for slot in interview.slots for e in (*interview.earlier, *interview.evidence) if e.kind in asked]
    past += [(slot, DraftKind.RESCHEDULE, e.message.message_id) for slot, e in items if e.message.message_id != now_answered or slot is not interview.slot]
    reason = "the slot has moved, or a later mail counts"
    to, thread = _to(interview), _thread(interview)
    return [Wanted(compose.key(*_parts(s.key, s.again, kind, answered)), kind, interview.id, "off", reason, to, thread=thread) for s, kind, answered in past]


def _composed(desk: Desk, verdict: Verdict, case: Case, calendar: Calendar, now: datetime) -> Wanted:
    from mailrescue.drafting import compose

    interview = case.interview
    answered = answer(verdict, interview, desk.me)
    said = facts(verdict, case, answered, desk.me, calendar)
    text = desk.templates.text(said)
    key = _wanted_key(interview.slot, verdict)
    to = (answered.to,) if answered.to else ()
    envelope = Envelope(
        key=key,
        from_=answered.from_,
        to=to,
        subject=compose.reply_subject(answered.message.subject or interview.finding.summary),
        date=now,
        in_reply_to=answered.message.message_id or None,
        references=answered.references if answered.message.message_id else (),
    )
    composed = compose.compose(envelope, text)
    reason = verdict.reason if to else f"{verdict.reason}; To is empty because {answered.why_nobody}"
    return Wanted(
        key, verdict.kind, interview.id, verdict.state, reason, tuple(a.email for a in to), envelope.subject, text, composed.message_id, composed.octets,
        _thread(interview), holds.words_until(said, verdict, case), envelope.in_reply_to or "",
    )  # fmt: skip


def _wanted_key(slot: Slot, verdict: Verdict) -> str:
    from mailrescue.drafting import compose

    answered = verdict.answers.message.message_id if verdict.kind is DraftKind.RESCHEDULE and verdict.answers else ""
    return compose.key(*_parts(slot.key, slot.again, verdict.kind, answered))


def _parts(slot: tuple[str, str | None, datetime], again: int, kind: DraftKind, answered: str) -> tuple[str, ...]:
    uid, recurrence_id, start = slot
    return (uid, recurrence_id or "", start.astimezone(UTC).isoformat(), kind, answered, *([str(again)] if again else []))


def _to(interview: Interview) -> tuple[str, ...]:
    interviewer = interview.finding.interviewer
    return (interviewer.email,) if interviewer and interviewer.email else ()


def _thread(interview: Interview) -> frozenset[str]:
    mail = [m for s in interview.slots for m in s.messages] + [e.message for e in (*interview.earlier, *interview.evidence)]
    return frozenset(m.message_id for m in mail if m.message_id)


def _planned(desk: Desk, now: datetime) -> Sequence[Busy]:
    if not desk.calendars:
        return ()
    from mailrescue.reading import agenda

    busy, _ = agenda.busy(desk.calendars, now - _BEHIND, now + _AHEAD, desk.me)
    return busy


def _invited(desk: Desk, revisions: Sequence[Revision]) -> list[Busy]:
    """What the mailbox's own invites fill: the newest revision of each, unless it is cancelled, declined, transparent or lasts all day."""
    newest: dict[tuple[str, str | None], Revision] = {}
    declined = {r.invite.key for r in revisions if _declines(desk, r)}
    for revision in revisions:
        known = newest.get(revision.invite.key)
        if revision.invite.method not in _NO_EVENT and (known is None or revision.order >= known.order):
            newest[revision.invite.key] = revision
    invites = [r.invite for key, r in newest.items() if key not in declined]
    standing = [i for i in invites if i.method != "CANCEL" and i.status != "CANCELLED" and not i.transparent and not i.all_day]
    return [Busy(i.start, i.end, i.summary) for i in standing if i.start and i.end]


#: iTIP methods that set no time of the user's: answers of others, and what is merely published (RFC 5546 1.4)
_NO_EVENT = frozenset({"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER", "PUBLISH"})


def _declines(desk: Desk, revision: Revision) -> bool:
    return any(a.partstat == "DECLINED" and desk.me.is_me(a.address.email) for a in revision.invite.attendees)


def _calendar(desk: Desk, cases: Sequence[Case], planned: Sequence[Busy]) -> Calendar:
    """What the user has planned, every interview included: the slot that is to be replaced is no time to offer either."""
    interviews = [Busy(c.start, c.end) for c in cases if c.interview.slot.status is Status.SCHEDULED]
    known = bool(desk.calendars) and all(path.exists() for path in desk.calendars)     # of one that is missing nothing is known to be free
    return Calendar(known, (*planned, *interviews))


# ---- what the plan needs to know -------------------------------------------------------------------------------------


def keys(wanted: Sequence[Wanted]) -> frozenset[str]:
    """The keys of all drafts that can be ours."""
    return frozenset(w.key for w in wanted)


def threads(wanted: Sequence[Wanted]) -> frozenset[str]:
    """The messages that drafts which are due would answer: a draft of the user's that answers one may be ours, edited."""
    return frozenset[str]().union(*(w.thread for w in wanted if w.state == "due"))


@dataclass(frozen=True, slots=True)
class Sent:
    """Drafts of ours found in Sent: by Message-ID, and by their digest and the message that they answer where the client gave them a new one.

    By the digest alone two answers to two requests, or the thanks for two talks, can be the same.
    """

    keys: frozenset[str]
    message_ids: frozenset[str]


def sent(messages: Sequence[Message], mailboxes: Mailboxes, wanted: Sequence[Wanted]) -> Sent:
    """Which drafts the user has sent."""
    mine = [m for m in messages if m.digest and m.ref.mailbox != mailboxes.drafts]
    by_digest: dict[str, list[Wanted]] = {}
    for want in wanted:
        by_digest.setdefault(_digest(want.message_id), []).append(want)
    named = {_key(m.message_id) for m in mine} - {""}
    renamed = {w.key for m in mine if not _key(m.message_id) for w in by_digest.get(m.digest, ()) if not m.in_reply_to or w.in_reply_to in m.in_reply_to}
    return Sent(frozenset(named | renamed), frozenset(m.message_id for m in mine))


# ---- report --------------------------------------------------------------------------------------------------------


def until(cases: Sequence[Case], wanted: Sequence[Wanted], now: datetime) -> datetime:
    """Until when nothing is to be done, if no mail comes and nobody touches a draft."""
    return holds.until(cases, [want.until for want in wanted], now)


def _held_otherwise(slot: Slot) -> bool:
    """Whether it became something else than a phone interview before it began: neither cancelled nor ours to tell of."""
    return slot.by_other_means and slot.revised_at < slot.start


def report(
    desk: Desk, cases: Sequence[Case], plan: Sequence[Step], notes: Sequence[str], set_aside: Sequence[SetAside], rejected: Sequence[Rejection]
) -> Report:
    """What is told of the scan: the interviews in view, and what was done with each draft."""
    missing = [f"the calendar {path} is not there: drafts offer no free times until it is" for path in desk.calendars if not path.exists()]
    in_view = [case for case in cases if case.end > case.now - desk.policy.keep_in_view and not _held_otherwise(case.interview.slot)]
    tracked = tuple(Tracked(case.interview, case.start, case.end, next_due(case)) for case in in_view)
    ignored = [line for case in in_view for line in case.interview.ignored]
    return Report(desk.account, tracked, tuple(plan), (*notes, *missing, *ignored, *(str(problem) for problem in desk.templates.failures)), tuple(set_aside), tuple(rejected))
