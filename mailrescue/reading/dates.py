"""Whether a calendar that came long ago may still lie ahead: told by a look at its dates, without reading it as a calendar.

Ten years of mail hold hundreds of old invites, and a look costs a hundredth of what reading costs. When in doubt it may.
"""

from __future__ import annotations

import binascii
import re
from datetime import date, datetime, timedelta

#: an event is looked at so long after its day
_OVER = timedelta(days=60)
#: a series without an end that began longer ago is no interview any more
_ENDLESS = timedelta(days=366)
_ZONE = re.compile(rb"BEGIN:VTIMEZONE.{0,200000}?END:VTIMEZONE", re.I | re.S)
_DATE = re.compile(rb"(?:DTSTART|DTEND|DUE|RECURRENCE-ID|RDATE|UNTIL)(?:=|[^:\r\n]{0,200}:)(\d{4})(\d\d)(\d\d)", re.I)
_RULE = re.compile(rb"^RRULE[^:\r\n]{0,100}:([^\r\n]{1,500})", re.I | re.M)
_COUNT, _INTERVAL = re.compile(rb"COUNT=(\d{1,4})", re.I), re.compile(rb"INTERVAL=(\d{1,3})", re.I)
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{40,1000}={0,2}\s{1,4}){2,100000}[A-Za-z0-9+/=\s]{0,200}")


def may_lie_ahead(octets: bytes, now: datetime) -> bool:
    """Whether any event in a part, as it lies encoded in its message, may end later than 60 days before now; True where no date is to be seen."""
    text = _ZONE.sub(b"", octets if _DATE.search(octets) else _decoded(octets))
    days = [_day(*digits) for digits in _DATE.findall(text)]
    if not days:
        return True
    lasting = max((_lasts(rule) for rule in _RULE.findall(text)), default=timedelta())
    return bool(max(days) + lasting >= now.date() - _OVER)


def _day(year: bytes, month: bytes, day: bytes) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return date.max - _ENDLESS


def _lasts(rule: bytes) -> timedelta:
    """How long a series (RFC 5545 3.3.10) goes on at the most behind its first day, or the day that UNTIL names, which counts among the dates."""
    if b"UNTIL=" in rule.upper():
        return timedelta()
    count, interval = _COUNT.search(rule), _INTERVAL.search(rule)
    steps = int(count[1]) * (int(interval[1]) if interval else 1) if count else 0
    unit = 366 if b"YEARLY" in rule.upper() else 31 if b"MONTHLY" in rule.upper() else 7
    return min(timedelta(days=steps * unit), _ENDLESS) if count else _ENDLESS


def _decoded(octets: bytes) -> bytes:
    """What stands in base64 in it, in one piece or several."""
    pieces = []
    for found in _BASE64.finditer(octets):
        letters = b"".join(found[0].split()).rstrip(b"=")
        try:
            pieces.append(binascii.a2b_base64(letters[: len(letters) // 4 * 4]))
        except binascii.Error:
            continue
    return b"\n".join(pieces)
