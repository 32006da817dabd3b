"""Free times: where there is room, and that an offer stays the same until it cannot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mailrescue.judgement.slots import free, is_free, offer
from mailrescue.model.policy import Policy
from mailrescue.model.scheduling import Busy

POLICY = Policy()
PARIS = "Europe/Paris"
HALF = timedelta(minutes=30)


def at(day: int, hour: int, minute: int = 0, zone: str = PARIS) -> datetime:
    """A time of November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def shown(spans: object) -> list[str]:
    return [f"{start.astimezone(ZoneInfo(PARIS)):%d %H:%M}" for start, _ in spans]  # type: ignore[attr-defined]


def test_an_empty_calendar() -> None:
    """Three times on three days, the first no sooner than three hours from now."""
    assert ["23 12:30", "24 09:00", "25 09:00"] == shown(free(at(23, 9, 10), HALF, (), [PARIS], POLICY))


def test_room_on_both_sides() -> None:
    """An hour between two events offers nothing to a half-hour call: thirty minutes must be clear on each side."""
    busy = [Busy(at(24, 0), at(24, 12)), Busy(at(24, 13), at(24, 23)), Busy(at(23, 0), at(23, 23))]
    assert "24" not in {s[:2] for s in shown(free(at(23, 9), HALF, busy, [PARIS], POLICY))}


def test_room_of_an_hour_and_a_half() -> None:
    """An hour and a half between two events holds a half-hour call, in the middle."""
    busy = [Busy(at(24, 0), at(24, 12)), Busy(at(24, 13, 30), at(24, 23)), Busy(at(23, 0), at(23, 23))]
    assert "24 12:30" in shown(free(at(23, 9), HALF, busy, [PARIS], POLICY))


def test_working_days_only() -> None:
    """On a Friday evening the next times are those of Monday and after."""
    assert ["30 09:00", "01 09:00", "02 09:00"] == shown(free(at(27, 17), HALF, (), [PARIS], POLICY))


def test_hours_of_both_zones() -> None:
    """Nobody is offered a time outside their own working hours: nine in New York is three in the afternoon in Paris."""
    assert ["24 15:00", "25 15:00", "26 15:00"] == shown(free(at(23, 20), HALF, (), [PARIS, "America/New_York"], POLICY))


def test_few_days_offer_more_times_each() -> None:
    """Where only one day has room, its times are offered, apart from each other."""
    busy = [Busy(at(23, 0), at(23, 23)), Busy(at(25, 0), at(30, 23))]
    assert ["24 09:00", "24 10:00", "24 11:00"] == shown(free(at(23, 9), HALF, busy, [PARIS], POLICY))


def test_an_offer_stays() -> None:
    """A draft due at ten offers the same at noon, as long as its first time is three hours away."""
    since = at(23, 10)
    assert offer(since, at(23, 10), HALF, (), [PARIS], POLICY) == offer(since, at(23, 9, 59) + timedelta(minutes=1), HALF, (), [PARIS], POLICY)
    assert ["23 13:00", "24 09:00", "25 09:00"] == shown(offer(since, since, HALF, (), [PARIS], POLICY))


def test_an_offer_is_renewed_when_a_time_comes_too_near() -> None:
    """Once its first time is less than three hours away it is offered no more."""
    renewed = shown(offer(at(23, 10), at(23, 10, 1), HALF, (), [PARIS], POLICY))
    assert ["23 13:30", "24 09:00", "25 09:00"] == renewed


@given(since=st.integers(0, 3 * 24 * 60), later=st.integers(0, 7 * 24 * 60), taken=st.lists(st.tuples(st.integers(0, 9 * 48), st.integers(1, 20)), max_size=8))
def test_whatever_is_offered_can_be_kept(since: int, later: int, taken: list[tuple[int, int]]) -> None:
    """At any moment: free with room on both sides, in the hours of work, far enough away, as many as allowed and in order."""
    due = at(23, 0) + timedelta(minutes=since)
    now = due + timedelta(minutes=later)
    busy = [Busy(at(23, 0) + half * HALF, at(23, 0) + (half + long) * HALF) for half, long in taken]
    spans = offer(due, now, HALF, busy, [PARIS], POLICY)
    assert list(spans) == sorted(spans)
    assert len(spans) <= POLICY.slots
    for start, end in spans:
        local = start.astimezone(ZoneInfo(PARIS))
        assert end - start == HALF
        assert start >= now + POLICY.slots_lead
        assert is_free(start, HALF, busy, POLICY)
        assert (9, 0) <= (local.hour, local.minute) <= (17, 30)
        assert local.weekday() < 5
