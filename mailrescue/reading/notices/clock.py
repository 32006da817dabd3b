"""Clock times and durations as telephone services write them, and the moment that a clock time means."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_CLOCK = re.compile(
    r"(?<![\d:.,/-])([01]?\d|2[0-3])(?:[:h.]|\s?h\s?)([0-5]\d)(?::([0-5]\d))?(?![\d:/]|[.,]\d)\s{0,2}(?:([ap])\.?\s?m\b\.?)?",
    re.I,
)
_AHEAD = re.compile(r"(?:\bat|\bà|\ba las|\ba la|\bum|\balle|\balle ore|\bore|\bom|\bàs|\bas|\bon|@|,|\d{4}|\d\d[./-]\d\d|\bt)\s{0,2}$", re.I)
_BEHIND = re.compile(r"\s{0,2}(?:uhr|hrs?\b|uur|h\b|heures|horas|[ap]\.?m)", re.I)
_LONG = re.compile(
    r"(?<![\d:])(?:(\d{1,2}):)?(\d{1,3}):(\d\d)(?![\d:])"
    r"|(?:(\d{1,3})\s{0,2}(?:h|hrs?|hours?|heures?|stunden?|std\.?|horas?|ore|uur)\b[\s,]{0,3})?"
    r"(?:(\d{1,4})\s{0,2}(?:m|mins?|mn|minutes?|minuten?|minutos?|minuti|minuto)\b\.?[\s,]{0,3}(?:and|et|und|y|e|en)?\s{0,2})?"
    r"(?:(\d{1,5})\s{0,2}(?:s|secs?|sek|seg|seconds?|secondes?|sekunden?|segundos?|secondi|secondo|seconden)\b)?",
    re.I,
)


def clock_in(text: str) -> tuple[int, int, int] | None:
    """The first clock time (hour, minute, second of 24) that a text names; a duration ("0:42 long") is none."""
    found = None
    for match in _CLOCK.finditer(text[:2000]):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        if match[4]:
            hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
        sure = bool(match[4] or _AHEAD.search(text[max(0, match.start() - 12):match.start()]) or _BEHIND.match(text, match.end()))
        if sure:
            return hour, minute, second
        found = found or ((hour, minute, second) if not text[:match.start()].strip() else None)
    return found


def moment(clock: tuple[int, int, int], sent: datetime) -> datetime:
    """When a notice sent at ``sent`` (aware) says that the call was.

    The clock is read in the zone of Date. A service that writes Date in UTC, or in its own zone, and the clock in the user's
    is off by whole half hours and prompt to the minute: then only the minutes count.
    """
    hour, minute, second = clock
    read = sent.replace(hour=hour, minute=minute, second=second, microsecond=0)
    behind = min((sent - day for day in (read, read - timedelta(days=1), read + timedelta(days=1))), key=abs)
    if timedelta(minutes=-1) <= behind <= timedelta(minutes=20):
        return sent - behind
    rest = behind % timedelta(minutes=30)
    if rest <= timedelta(minutes=5):
        return sent - rest
    if rest >= timedelta(minutes=29):
        return sent
    if timedelta(0) < behind <= timedelta(hours=12) and sent.utcoffset():
        return sent - behind
    return sent


def seconds_in(text: str) -> int | None:
    """How long ("0:42", "00:00:16", "1 min 20 s", "34 seconds"), in seconds; None where no length stands there."""
    for match in _LONG.finditer(text[:400]):
        if match[2] is not None:
            return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
        if match[4] or match[5] or match[6]:
            return int(match[4] or 0) * 3600 + int(match[5] or 0) * 60 + int(match[6] or 0)
    return None
