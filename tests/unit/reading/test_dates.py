"""Which old calendars may still lie ahead."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from mailrescue.reading.dates import may_lie_ahead

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ZONE = "BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"


def event(*lines: str) -> bytes:
    body = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", ZONE.strip(), "BEGIN:VEVENT", *lines, "SUMMARY:" + "A long title. " * 8, "END:VEVENT", "END:VCALENDAR", ""))
    return body.encode()


@pytest.mark.parametrize(
    ("octets", "ahead"),
    [
        pytest.param(event("DTSTART:20240301T100000Z"), False, id="two years ago"),
        pytest.param(event("DTSTART:20261201T100000Z"), True, id="next week"),
        pytest.param(event("DTSTART;TZID=Own:20261001T100000"), True, id="last month: mail may still come"),
        pytest.param(event("DTSTART;TZID=Own:20260901T100000"), False, id="three months ago, the zone's own rule is none of the event's"),
        pytest.param(event("DTSTART:20260801T100000Z", "RRULE:FREQ=WEEKLY;COUNT=20"), True, id="a series of twenty weeks"),
        pytest.param(event("DTSTART:20260301T100000Z", "RRULE:FREQ=WEEKLY;COUNT=4"), False, id="a series of four weeks, over"),
        pytest.param(event("DTSTART:20240301T100000Z", "RRULE:FREQ=WEEKLY;UNTIL=20261231T000000Z"), True, id="a series until the end of the year"),
        pytest.param(event("DTSTART:20240301T100000Z", "RRULE:FREQ=WEEKLY"), False, id="a series without an end, years old"),
        pytest.param(event("DTSTART:20261399T100000Z"), True, id="a date that is none"),
        pytest.param(base64.encodebytes(event("DTSTART:20240301T100000Z")), False, id="two years ago, in base64"),
        pytest.param(base64.encodebytes(event("DTSTART:20261201T100000Z")), True, id="next week, in base64"),
        pytest.param(b"\x78\x9f\x3e\x22 nothing to be read", True, id="no date to be seen"),
    ],
)
def test_what_may_lie_ahead(octets: bytes, ahead: bool) -> None:
    """When in doubt it may: then the message is read whole."""
    assert ahead is may_lie_ahead(octets, NOW)
