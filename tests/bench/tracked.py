"""A mailbox with so many phone interviews to come, each of another company: what a state costs that tracks them all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench import letters

FIRST = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
INVITED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

_MAIL = """From: Bea Stone{n} <bea@house{n}.example>
To: Me <me@example.org>
Subject: Phone interview: Engineer {n}
Date: Fri, 20 Nov 2026 09:00:00 +0000
Message-ID: <{n}@house{n}.example>
MIME-Version: 1.0
Content-Type: text/calendar; charset="utf-8"; method=REQUEST

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:{n}@house{n}.example
DTSTAMP:20261120T080000Z
DTSTART:{start}
DTEND:{end}
SUMMARY:Phone interview: Engineer {n}
DESCRIPTION:This is a phone interview for the position. I will call you.
ORGANIZER;CN=Bea Stone{n}:mailto:bea@house{n}.example
ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:me@example.org
END:VEVENT
END:VCALENDAR
"""


def fill(maildir: Path, count: int) -> None:
    """So many invites into cur/, one an hour."""
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True, exist_ok=True)
    for n in range(count):
        start = FIRST + timedelta(hours=n)
        letters.put(maildir, n, INVITED, _MAIL.format(n=n, start=f"{start:%Y%m%dT%H%M%SZ}", end=f"{start + timedelta(minutes=30):%Y%m%dT%H%M%SZ}").encode())
