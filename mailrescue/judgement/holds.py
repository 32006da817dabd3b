"""Until when what a scan found holds, if no mail comes and nobody touches anything: at that moment a draft becomes due, or what it says stale. Pure.

Too early costs one more look; too late would miss a draft. So where the words of a draft depend on the day, midnight counts too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailrescue.judgement.due import Case, Verdict, turning_points
from mailrescue.model.draft import Facts


def until(cases: Iterable[Case], words: Iterable[datetime | None], now: datetime) -> datetime:
    """The first moment after now at which anything may change; a day from now where none is nearer. ``words`` as ``words_until`` gives them."""
    moments = [moment for case in cases for moment in turning_points(case)[:1]]
    return min((m for m in (*moments, *words) if m is not None and m > now), default=now + timedelta(days=1))


def words_until(said: Facts, verdict: Verdict, case: Case) -> datetime:
    """Until when the words of a draft stay as they are: an offered time comes too near, a proposed one passes, the day is over."""
    now, zone = case.now, ZoneInfo(said.me.timezone)
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), datetime.min.time(), zone)
    proposed: Sequence[datetime] = verdict.answers.statement.proposed if verdict.answers else ()
    near = [start - case.policy.slots_lead for start, _ in said.slots]
    return min(moment for moment in (midnight, *near, *proposed) if moment > now)

