"""What a draft may say: the facts of a case, chosen for one kind of draft. Pure; the templates see nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailrescue.judgement.answer import Answer
from mailrescue.judgement.due import Case, Verdict
from mailrescue.judgement.outcome import TRIED
from mailrescue.judgement.slots import Span, is_free, offer
from mailrescue.model.draft import DraftKind, Facts
from mailrescue.model.interview import Author, EvidenceKind, Me, Medium
from mailrescue.model.scheduling import Busy
from mailrescue.model.words import Address

_OFFERS = frozenset({DraftKind.NO_SHOW, DraftKind.MISSED_CALL, DraftKind.RESCHEDULE})


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the user has planned: ``known`` tells whether they named a calendar at all; ``busy`` counts other interviews too."""

    known: bool
    busy: tuple[Busy, ...]


def facts(verdict: Verdict, case: Case, answered: Answer, me: Me, calendar: Calendar) -> Facts:
    """The facts for the draft of this verdict, true at ``case.now``."""
    interview, finding = case.interview, case.interview.finding
    zones = [me.timezone, *([finding.zone] if finding.zone else [])]
    accepted = _accepted(verdict, case, calendar, me)
    offered: Sequence[Span] = ()
    if verdict.kind in _OFFERS and calendar.known and accepted is None:
        offered = offer(_since(verdict, case), case.now, case.end - case.start, calendar.busy, zones, case.policy)
    phone = finding.medium is Medium.PHONE      # of a video interview no draft speaks of calls
    language = finding.language if finding.language in me.languages else me.languages[0]
    return Facts(
        kind=verdict.kind,
        language=language or "en",
        me=me,
        to=answered.to or Address(finding.interviewer.name if finding.interviewer else "", ""),
        direction=finding.direction,
        start=case.start,
        end=case.end,
        their_zone=finding.zone,
        salutation=finding.salutation if _is_interviewer(answered, case) else "",
        formal=_formal(answered, case),
        company=finding.company,
        role=finding.role,
        phone=finding.phone,
        access_code=finding.access_code,
        link=finding.link,
        available_until=case.available_until if case.now < case.available_until else None,
        calls_shown=len({e.at.replace(second=0, microsecond=0) for e in interview.evidence if phone and e.kind is EvidenceKind.UNANSWERED}),
        ask_them_to_call=interview.failed_them,
        rescheduled=len({slot.start for slot in interview.slots}) > 1,
        slots=tuple(offered),
        accepted=accepted,
        knows_calendar=calendar.known,
        they_tried=phone and any(e.kind in TRIED for e in interview.evidence),
        they_apologised=bool(verdict.answers and (verdict.answers.statement.apology or verdict.answers.kind is EvidenceKind.ABSENCE_APOLOGY)),
        after_the_slot=bool(verdict.answers and verdict.answers.at >= interview.slot.start),
        same_week=_week(case.now, me.timezone) == _week(case.start, me.timezone) and case.now.astimezone(ZoneInfo(me.timezone)).weekday() < 5,
    )


def _accepted(verdict: Verdict, case: Case, calendar: Calendar, me: Me) -> datetime | None:
    """The first time that they propose which lies ahead and which the user is known to be free for; none where nobody says by whose clock."""
    if verdict.kind is not DraftKind.RESCHEDULE or not verdict.answers or not calendar.known:
        return None
    said, theirs = verdict.answers.statement, case.interview.finding.zone
    proposed = said.proposed if said.zone or not theirs or _same_clock(theirs, me.timezone, case.start) else ()
    length, slot = case.end - case.start, case.interview.slot
    busy = [b for b in calendar.busy if (b.start, b.end) != (slot.start, slot.end)]     # the slot that they give up
    return next((time for time in proposed if time > case.now and is_free(time, length, busy, case.policy)), None)


def _since(verdict: Verdict, case: Case) -> datetime:
    """The moment when the draft became due: the same for every scan and every machine."""
    if verdict.kind is DraftKind.NO_SHOW:
        return case.no_show_due
    return verdict.answers.at if verdict.answers else case.missed_at


def _is_interviewer(answered: Answer, case: Case) -> bool:
    interviewer = case.interview.finding.interviewer
    return bool(interviewer and answered.to and answered.to.email == interviewer.email)


def _formal(answered: Answer, case: Case) -> bool:
    """As the recipient last wrote to the user, else as the invite does."""
    interview = case.interview
    theirs = [e for e in (*interview.earlier, *interview.evidence) if e.author is Author.THEIRS and e.statement.formal is not None]
    to = answered.to.email if answered.to else ""
    last = next((e.statement.formal for e in reversed(theirs) if e.message.from_ and (e.message.from_.email == to or e.message is answered.message)), None)
    return interview.finding.formal if last is None else last


def _same_clock(one: str, other: str, at: datetime) -> bool:
    return at.astimezone(ZoneInfo(one)).utcoffset() == at.astimezone(ZoneInfo(other)).utcoffset()


def _week(moment: datetime, zone: str) -> tuple[int, int]:
    return moment.astimezone(ZoneInfo(zone)).isocalendar()[:2]
