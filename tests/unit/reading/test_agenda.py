"""When the user is busy, from calendars as they lie on disk."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailrescue.reading import agenda

FILES = Path(__file__).parent / "files"


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:e@hill.example", "SUMMARY:Event", *lines, "END:VEVENT", "END:VCALENDAR", ""])


@pytest.fixture
def november(me, tmp_path):
    """The busy times of November 2026 in one calendar, and what was set aside."""

    def reading(calendar: str):
        path = tmp_path / "calendar.ics"
        path.write_text(calendar, newline="")
        taken, aside = agenda.busy([path], utc(2026, 11, 1), utc(2026, 12, 1), me)
        return [(b.start, b.end) for b in taken], [a.why for a in aside]

    return reading


def test_a_series_with_its_exceptions(me):
    """Excluded, moved, cancelled instances; a custom zone over the change of the clocks; UNTIL in UTC; an all-day OPAQUE event is busy
    all day in the user's zone; TRANSPARENT and declined events are free."""
    taken, aside = agenda.busy([FILES / "team.ics"], utc(2026, 10, 10), utc(2026, 12, 5), me)
    assert [
        (utc(2026, 10, 12, 7), "Team"), (utc(2026, 10, 19, 7), "Team"), (utc(2026, 11, 3, 13), "Team, moved"), (utc(2026, 11, 16, 8), "Team"),
        (utc(2026, 11, 18, 23), "Leave"), (utc(2026, 11, 23, 8), "Team"), (utc(2026, 11, 30, 8), "Team"),
    ] == [(b.start, b.summary) for b in taken]
    assert utc(2026, 11, 20, 23) == next(b.end for b in taken if b.summary == "Leave")
    assert aside == ()


@pytest.mark.parametrize(("rule", "why"), [
    pytest.param("FREQ=SECONDLY", "it recurs by SECONDLY", id="every second"),
    pytest.param("FREQ=HOURLY;COUNT=3", "it recurs by HOURLY", id="every hour"),
    pytest.param("FREQ=DAILY;INTERVAL=0", "an interval of zero", id="interval of zero"),
    pytest.param("FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2", "parts that may never meet", id="31 February"),
    pytest.param("FREQ=WEEKLY;BYDAY=XX", "cannot be expanded", id="no weekday"),
    pytest.param("often", "it recurs by nothing", id="no rule"),
])
def test_rules_that_would_never_end(november, rule, why):
    """They are refused and told; the first time of the event is taken all the same."""
    taken, (said,) = november(event("DTSTART:20261116T100000Z", "DTEND:20261116T101500Z", f"RRULE:{rule}"))
    assert taken == [(utc(2026, 11, 16, 10), utc(2026, 11, 16, 10, 15))]
    assert why in said


@pytest.mark.parametrize(("lines", "days"), [
    pytest.param(["DTSTART;TZID=W. Europe Standard Time:20261102T090000", "RRULE:FREQ=WEEKLY;COUNT=3"], [2, 9, 16], id="COUNT"),
    pytest.param(["DTSTART;TZID=W. Europe Standard Time:20201102T090000", "RRULE:FREQ=MONTHLY;BYDAY=1MO"], [2], id="first Monday"),
    pytest.param(["DTSTART;TZID=W. Europe Standard Time:20261105T090000", "RRULE:FREQ=WEEKLY;UNTIL=20261112"], [5, 12], id="UNTIL a date"),
    pytest.param(["DTSTART;TZID=W. Europe Standard Time:20261105T090000", "RDATE;TZID=W. Europe Standard Time:20261107T090000"], [5, 7], id="RDATE"),
])
def test_recurrences(november, lines, days):
    """Nine in the morning in Berlin, on these days of November, by a Windows zone that the file does not define."""
    taken, aside = november(event(*lines, "DURATION:PT1H"))
    assert [(utc(2026, 11, day, 8), utc(2026, 11, day, 9)) for day in days] == taken
    assert aside == []


@pytest.mark.parametrize("line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT", "ATTENDEE;PARTSTAT=DECLINED:mailto:sam@ashgrove.example"])
def test_free_all_the_same(november, line):
    """Not cancelled, not TRANSPARENT, not declined: what remains is busy."""
    lines = ("DTSTART:20261116T100000Z", "DTEND:20261116T110000Z")
    assert november(event(*lines))[0] == [(utc(2026, 11, 16, 10), utc(2026, 11, 16, 11))]
    assert november(event(*lines, line))[0] == []


def test_the_newest_revision_of_an_event_counts(november):
    """A calendar that keeps an older copy under the same UID."""
    old = event("DTSTART:20261116T100000Z", "DTEND:20261116T110000Z", "SEQUENCE:0")
    new = event("DTSTART:20261117T100000Z", "DTEND:20261117T110000Z", "SEQUENCE:1")
    both = old.replace("END:VCALENDAR\r\n", "") + new.partition("VERSION:2.0\r\n")[2]
    assert november(both)[0] == [(utc(2026, 11, 17, 10), utc(2026, 11, 17, 11))]


def test_a_folder_of_files(me, tmp_path):
    """A vdir is read file by file; what is not there, or no calendar, is told or passed over."""
    shutil.copy(FILES / "team.ics", tmp_path / "a.ics")
    (tmp_path / "b.ics").write_text(event("DTSTART:20261104T100000Z"))
    (tmp_path / "notes.txt").write_text("no calendar")
    taken, (aside,) = agenda.busy([tmp_path, tmp_path / "absent"], utc(2026, 11, 4), utc(2026, 11, 5), me)
    assert [(utc(2026, 11, 4, 10), utc(2026, 11, 4, 10, 30))] == [(b.start, b.end) for b in taken]
    assert "absent" in aside.what


def test_ten_years_of_events_are_skipped_over(me, tmp_path):
    """In a large file single events far from the window are not even parsed; those near it are found."""
    old = "".join(event(f"DTSTART:2016{m:02d}{d:02d}T100000Z", f"DTEND:2016{m:02d}{d:02d}T110000Z") for m in range(1, 13) for d in range(1, 29)) * 2
    path = tmp_path / "large.ics"
    path.write_text(old + event("DTSTART:20261104T100000Z", "DTEND:20261104T110000Z"), newline="")
    assert len(agenda._near(path.read_bytes(), utc(2026, 11, 1), utc(2026, 12, 1)).split(b"BEGIN:VEVENT")) == 2
    assert len(agenda.busy([path], utc(2026, 11, 1), utc(2026, 12, 1), me)[0]) == 1


def test_events_as_invites(me):
    """What lies in the calendar is an invite too, series unexpanded."""
    invites = agenda.events([FILES / "team.ics"], me, utc(2026, 11, 17), utc(2026, 11, 19))
    assert ["Leave", "Birthday", "Declined"] == [i.summary for i in invites]


def test_a_window_of_a_year_is_refused(me):
    """Sixty days at most."""
    with pytest.raises(ValueError, match="sixty days"):
        agenda.busy([], utc(2026, 1, 1), utc(2027, 1, 1), me)
