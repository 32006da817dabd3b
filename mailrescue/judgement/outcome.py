"""What became of a slot, and when it really began: read from its evidence, oldest first. Pure; knows no mailbox and no clock.

The order of belief (SPEC section 4, "Contradictions"): the user's word beats all; that they talked beats everything else;
otherwise the latest wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailrescue.model.interview import Author, Evidence, EvidenceKind, Outcome, Slot, Word

#: evidence that the two talked, and that the interviewer tried while the user did not answer
TALKED = frozenset({EvidenceKind.TALKED, EvidenceKind.CALL})
TRIED = frozenset({EvidenceKind.MISSED_CALL, EvidenceKind.VOICEMAIL, EvidenceKind.TRIED_TO_REACH})
#: evidence that nobody was there for the user
ABSENT = frozenset({EvidenceKind.UNANSWERED, EvidenceKind.USER_NO_SHOW, EvidenceKind.ABSENCE_APOLOGY})

#: a call so much before the start still is the call of this slot
EARLY = timedelta(minutes=15)


def outcome(start: datetime, evidence: Sequence[Evidence], word: Word | None) -> Outcome:
    """The outcome of a slot that began at ``start``, by its evidence, oldest first, and the user's word."""
    if word and word.outcome is not Outcome.UNKNOWN:
        return word.outcome
    found = Outcome.UNKNOWN
    for item in evidence:
        if item.at < start - EARLY:
            continue
        if item.kind in TALKED:
            return Outcome.HAPPENED
        found = _after(found, item, start)
    return found


def _after(found: Outcome, item: Evidence, start: datetime) -> Outcome:
    if item.kind in TRIED or item.kind is EvidenceKind.USER_MISSED:
        return Outcome.MISSED
    if item.kind in ABSENT:
        return Outcome.NO_SHOW
    if item.kind is EvidenceKind.RESCHEDULE_REQUEST and item.at >= start:
        # Who asks for another time after having called in vain was not absent, unless they say so themselves.
        return found if found is Outcome.MISSED and not item.statement.apology else Outcome.NO_SHOW
    return found


def talked_at(start: datetime, evidence: Sequence[Evidence]) -> datetime | None:
    """When the first evidence that they talked appeared, None where there is none."""
    return next((item.at for item in evidence if item.kind in TALKED and item.at >= start - EARLY), None)


def really(slot: Slot, evidence: Sequence[Evidence], zone: str) -> tuple[datetime, datetime]:
    """Start and end of a slot once the delays that the interviewer announced are counted in (the latest announcement wins).

    ``zone`` is the user's, for clock times of an interviewer whose own zone is unknown.
    """
    start = slot.start
    for item in evidence:
        if item.kind is EvidenceKind.RUNNING_LATE and item.author is not Author.USER:
            start = max(_announced(slot, item, zone), item.at.replace(second=0, microsecond=0))
    return start, slot.end + (start - slot.start)


def _announced(slot: Slot, item: Evidence, zone: str) -> datetime:
    said = item.statement
    if said.at_clock:
        hour, minute = (int(part) for part in said.at_clock.split(":"))
        local = slot.start.astimezone(ZoneInfo(said.zone or slot.finding.zone or zone))
        named = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        # "at 4:20" of a call at 16:00 is 16:20
        later = named + timedelta(hours=12)
        return (later if hour <= 12 and abs(later - local) < abs(named - local) else named).astimezone(slot.start.tzinfo)
    if said.minutes is None:
        return slot.start
    return (item.at.replace(second=0, microsecond=0) if said.from_now else slot.start) + timedelta(minutes=said.minutes)
