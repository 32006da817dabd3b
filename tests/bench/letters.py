"""Mail as it arrives by the thousand, small and plain to make: the structure of a newsletter, and invites."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

LATEST = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

_HEAD = """From: Ann Sender <ann{n}@example.com>
To: Me <me@example.org>
Subject: Number {n}
Date: {date}
Message-ID: <{n}.{kind}@example.com>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_{n:024x}"

--=_{n:024x}
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

Words of the letter number {n}.
--=_{n:024x}
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<p>Words of the letter number {n}.</p>
"""
_EVENT = """--=_{n:024x}
Content-Type: text/calendar; charset="utf-8"; method=REQUEST

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:{n}@example.com
DTSTAMP:{day}T080000Z
DTSTART:{day}T100000Z
DTEND:{day}T110000Z
SUMMARY:Project meeting
ORGANIZER:mailto:ann{n}@example.com
ATTENDEE:mailto:me@example.org
END:VEVENT
END:VCALENDAR
"""


def letter(n: int, when: datetime, invite: bool = False) -> bytes:
    """Lines end in LF, as they lie in a Maildir."""
    values = {"n": n, "date": f"{when:%d %b %Y %H:%M:%S} +0000", "kind": "invite" if invite else "letter", "day": f"{when + timedelta(days=3):%Y%m%d}"}
    return (_HEAD + (_EVENT if invite else "") + "--=_{n:024x}--\n").format(**values).encode()


def put(maildir: Path, number: int, when: datetime, octets: bytes) -> None:
    """One message into cur/, seen, as it arrived then."""
    path = maildir / "cur" / f"{int(when.timestamp())}.M{number:06d}P1.bench:2,S"
    path.write_bytes(octets)
    os.utime(path, (when.timestamp(), when.timestamp()))


def fill(maildir: Path, count: int, days: float, every: int = 100) -> int:
    """So many letters into cur/, spread over the days before LATEST, each hundredth an invite; says how many invites."""
    invites = 0
    for n in range(count):
        when = LATEST - timedelta(days=days * (count - n) / count)
        put(maildir, n, when, letter(n, when, n % every == 0))
        invites += n % every == 0
    return invites
