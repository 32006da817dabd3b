"""Free times to offer (R10): inside both sides' working hours, with room on both sides of all that the user has planned. Pure.

A draft's offer must not change at every scan, and must be the same on two machines that know nothing of each other. So it is
computed as of the moment when the draft became due, and anew only as of the moment when one of its times came too near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailrescue.model.policy import Policy
from mailrescue.model.scheduling import Busy

Span = tuple[datetime, datetime]

#: offers begin at a full or half hour
_STEP = timedelta(minutes=30)
#: an offer is computed anew so often at the most; a draft stands a week
_RENEWALS = 200


def offer(since: datetime, now: datetime, length: timedelta, busy: Sequence[Busy], zones: Sequence[str], policy: Policy) -> tuple[Span, ...]:
    """The free slots that a draft due ``since`` offers when read ``now``; aware times in UTC, in order.

    ``zones``: the user's IANA zone first, then the interviewer's where known; working hours hold in each of them.
    """
    moment = since
    for _ in range(_RENEWALS):
        spans = free(moment, length, busy, zones, policy)
        if not spans:
            return spans if moment >= now else free(now, length, busy, zones, policy)
        too_near = spans[0][0] - policy.slots_lead
        if too_near >= now:
            return spans
        moment = too_near + timedelta(minutes=1)
    return ()


def free(now: datetime, length: timedelta, busy: Sequence[Busy], zones: Sequence[str], policy: Policy) -> tuple[Span, ...]:
    """Up to ``policy.slots`` spans of that length on at least ``policy.slots_days`` days, as seen at ``now``; fewer where there are fewer."""
    days = [list(_on(day, now, length, busy, zones, policy)) for day in _working_days(now, zones[0], policy)]
    days = [spans for spans in days if spans]
    if not days:
        return ()
    chosen = [spans[0] for spans in days[: policy.slots]]
    for spans in days:                                      # a second time of a day only where there are too few days
        chosen += _apart(spans, chosen, policy.slots - len(chosen), length + policy.slots_buffer)
    return tuple(sorted(chosen[: policy.slots]))


def is_free(start: datetime, length: timedelta, busy: Sequence[Busy], policy: Policy) -> bool:
    """Whether the user can make that time, with room on both sides of what they have planned."""
    room = policy.slots_buffer
    return not any(event.start - room < start + length and start < event.end + room for event in busy)


def _apart(spans: list[Span], chosen: list[Span], wanted: int, distance: timedelta) -> list[Span]:
    added: list[Span] = []
    for span in spans:
        if len(added) >= wanted:
            break
        if all(abs(span[0] - other[0]) >= distance for other in (*chosen, *added)):
            added.append(span)
    return added


def _working_days(now: datetime, zone: str, policy: Policy) -> Iterator[date]:
    day, found = now.astimezone(ZoneInfo(zone)).date(), 0
    while found < policy.slots_horizon_days:
        if day.weekday() < 5:
            found += 1
            yield day
        day += timedelta(days=1)


def _on(day: date, now: datetime, length: timedelta, busy: Sequence[Busy], zones: Sequence[str], policy: Policy) -> Iterator[Span]:
    opens = datetime.combine(day, policy.slots_from, ZoneInfo(zones[0])).astimezone(now.tzinfo)
    closes = datetime.combine(day, policy.slots_to, ZoneInfo(zones[0])).astimezone(now.tzinfo)
    start = opens
    while start + length <= closes:
        at_work = all(_in_hours(start, start + length, zone, policy) for zone in zones)
        if at_work and start >= now + policy.slots_lead and is_free(start, length, busy, policy):
            yield start, start + length
        start += _STEP


def _in_hours(start: datetime, end: datetime, zone: str, policy: Policy) -> bool:
    first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    same_day = first.date() == last.date() and first.weekday() < 5
    return same_day and first.time() >= policy.slots_from and last.time() <= policy.slots_to
