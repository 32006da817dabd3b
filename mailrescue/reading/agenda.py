"""The user's own calendars: when they are busy, and which invites lie there already. Files are read, never written.

Recurrences are left to recurring-ical-events, behind guards: rules that would count for ever are refused and told. Each series
is expanded in its own local time, so that our reading of time zones (zones.py) holds for its instances too, and nothing that
icalendar remembers of one file's time zones reaches another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mailrescue.model.interview import Me
from mailrescue.model.mail import SetAside
from mailrescue.model.scheduling import Busy, Invite
from mailrescue.reading import ical, itip, zones
from mailrescue.reading.ical import Component

if TYPE_CHECKING:
    from icalendar import Event

#: how long a window may be asked for
LONGEST_WINDOW = timedelta(days=60)
_LARGEST_FILE = 32 * 1024 * 1024
_MOST_FILES = 20_000
_MOST_EVENTS = 100_000
_LONGEST_RULE = 500
_MARGIN = timedelta(days=2)     # more than any time zone differs from another


def busy(paths: Iterable[Path], start: datetime, end: datetime, me: Me) -> tuple[tuple[Busy, ...], tuple[SetAside, ...]]:
    """When the user is busy between two aware moments, in order, and what of the calendars could not be read.

    ``paths`` are folders of .ics files (a vdir) or single files. Not busy: TRANSPARENT, cancelled, and what the user declined.
    An all-day event that is OPAQUE takes the whole day in the user's zone. Raises ValueError for a window of more than 60 days.
    """
    if end - start > LONGEST_WINDOW:
        raise ValueError("busy times are asked for at most sixty days at once")
    found: list[Busy] = []
    aside: list[SetAside] = []
    for path, octets in _files(paths, aside):
        root = ical.parse(_near(octets, start, end))
        for series in _series(root):
            try:
                found += _taken(series, me, start, end)
            except _RefusedError as refused:
                aside.append(SetAside(f"{_summary(series.master)!r} in {path.name}", str(refused)))
                found += _once(series.master, series.context(me))      # its first time, at least, is taken
    touching = {b for b in found if b.start < end and b.end > start}
    return tuple(sorted(touching, key=lambda b: (b.start, b.end, b.summary))), tuple(dict.fromkeys(aside))


def events(paths: Iterable[Path], me: Me, start: datetime | None = None, end: datetime | None = None) -> tuple[Invite, ...]:
    """The events of the user's calendars as invites, those alone that touch the window where one is given. Series are not expanded."""
    found: list[Invite] = []
    for _, octets in _files(paths, []):
        root = ical.parse(_near(octets, start, end) if start and end else octets)
        found += itip.of(root, "", me, (), _MOST_EVENTS)[0]
    return tuple(
        i for i in found if not (start and end) or (i.start is not None and i.end is not None and i.start < end and i.end > start))


# ---------------------------------------------------------------------- files

def _files(paths: Iterable[Path], aside: list[SetAside]) -> Iterator[tuple[Path, bytes]]:
    for path in paths:
        path = path.expanduser()
        try:
            if not path.is_dir():
                yield path, _octets(path)
                continue
            inside = sorted(p for p in path.rglob("*.ics") if not any(part.startswith(".") for part in p.relative_to(path).parts))
        except (OSError, ValueError) as error:
            aside.append(SetAside(f"the calendar {path}", _why(error)))
            continue
        for file in inside[:_MOST_FILES]:
            try:
                yield file, _octets(file)
            except (OSError, ValueError) as error:
                aside.append(SetAside(f"the calendar file {file}", _why(error)))


def _octets(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_FILE:
        raise ValueError(f"it is larger than {_LARGEST_FILE // 1024 // 1024} MiB")
    return path.read_bytes()


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


_BLOCK = re.compile(rb"BEGIN:VEVENT\b.*?END:VEVENT[ \t]*\r?\n?", re.S | re.I)
_STARTS = re.compile(rb"\nDTSTART[^:\n]{0,200}:(\d{8})")
_ENDS = re.compile(rb"\nDTEND[^:\n]{0,200}:(\d{8})")


def _near(octets: bytes, start: datetime, end: datetime) -> bytes:
    """The file without the single events that lie far from the window: ten years of appointments are skipped over, not read."""
    if len(octets) < 64 * 1024 or b"\x00" in octets[:400]:
        return octets
    first, last = ((moment.astimezone(UTC) + shift).strftime("%Y%m%d").encode() for moment, shift in ((start, -_MARGIN), (end, _MARGIN)))

    def kept(block: re.Match[bytes]) -> bytes:
        event = block.group()
        begins, ends = _STARTS.search(event), _ENDS.search(event)
        if not begins or re.search(rb"\n(?:RRULE|RDATE|RECURRENCE-ID|DURATION)[;:]", event):
            return event
        return event if begins[1] <= last and (ends[1] if ends else begins[1]) >= first else b""

    return _BLOCK.sub(kept, octets)


# ---------------------------------------------------------------------- series

class _RefusedError(Exception):
    """A recurrence that is not expanded, and why."""


@dataclass(frozen=True, slots=True)
class _Series:
    """The components of one UID: the master (or a lone instance), and the instances that stand apart from it."""

    calendar: Component
    vtimezones: tuple[Component, ...]
    master: Component
    apart: tuple[Component, ...]

    def context(self, me: Me) -> itip.Context:
        """What its events are read in."""
        return itip.Context(self.calendar, self.vtimezones, "", me, ())


def _series(root: Component) -> Iterator[_Series]:
    vtimezones = tuple(root.within("VTIMEZONE"))
    for calendar in (*root.within("VCALENDAR"), root):
        groups: dict[str, list[Component]] = {}
        for number, event in enumerate(c for c in calendar.components if c.name == "VEVENT"):
            groups.setdefault(event.text("UID") or f"no UID {number}", []).append(event)
        for group in groups.values():
            masters = [e for e in group if e.get("RECURRENCE-ID") is None]
            newest = max((_sequence(m) for m in masters), default=0)
            masters = [m for m in masters if _sequence(m) == newest]
            apart = tuple(e for e in group if e.get("RECURRENCE-ID") is not None)
            repeats = [m for m in masters if m.get("RRULE") or m.get("RDATE")]
            for master in repeats[:1]:
                yield _Series(calendar, vtimezones, master, apart)
            for event in [m for m in masters if m not in repeats[:1]] + ([] if repeats else list(apart)):
                yield _Series(calendar, vtimezones, event, ())


def _sequence(event: Component) -> int:
    return itip.number(event.text("SEQUENCE"))


def _taken(series: _Series, me: Me, start: datetime, end: datetime) -> list[Busy]:
    """The stretches of time that one series takes: those near the window, where it recurs."""
    if series.master.get("RRULE") or series.master.get("RDATE"):
        return list(_expanded(series, series.context(me), start, end))
    return _once(series.master, series.context(me))


def _once(event: Component, context: itip.Context) -> list[Busy]:
    span = itip.span(event, context) if _occupies(event, context.me) else None
    return [Busy(*span, summary=_summary(event))] if span else []


def _summary(event: Component) -> str:
    return " ".join(event.text("SUMMARY").split())[:200]


def _occupies(event: Component, me: Me) -> bool:
    """Whether an event keeps the user busy: neither TRANSPARENT nor cancelled, and not one that they declined."""
    if event.text("TRANSP").strip().upper() == "TRANSPARENT" or event.text("STATUS").strip().upper() == "CANCELLED":
        return False
    return not any(p.parameter("PARTSTAT").upper() == "DECLINED" and me.is_me(itip.person(p).email) for p in event.all("ATTENDEE"))


# ---------------------------------------------------------------------- recurrences

def _expanded(series: _Series, context: itip.Context, start: datetime, end: datetime) -> Iterator[Busy]:
    """The instances in the window, by recurring-ical-events, in the local time of the series."""
    from icalendar import Calendar
    from recurring_ical_events import of

    zone = _zone(series.master, context)
    shown = {str(number): event for number, event in enumerate((series.master, *series.apart))}
    calendar = Calendar()
    try:
        for number, event in shown.items():
            calendar.add_component(_floating(event, zone, context, number))
        instances = of(calendar).between(zone.to_local(start) - _MARGIN, zone.to_local(end) + _MARGIN)
    except _RefusedError:
        raise
    except Exception as error:      # third-party parsers over what anybody wrote: ValueError, KeyError, OverflowError and others
        raise _RefusedError(f"its recurrence cannot be expanded: {error}"[:200]) from error
    for instance in instances:
        event = shown.get(str(instance.get("X-NUMBER", "0")), series.master)
        if _occupies(event, context.me):
            yield Busy(_utc(instance.start, zone, context.me), _utc(instance.end, zone, context.me), _summary(event))


def _zone(event: Component, context: itip.Context) -> zones.Zone:
    """The zone in which a series recurs: of its DTSTART, UTC for one in UTC, the user's for a floating one."""
    prop = event.get("DTSTART")
    if prop and prop.value.strip().upper().endswith("Z"):
        return zones.Zone("UTC", UTC)
    start = itip.moment(prop, context)
    if start.utc is None:
        raise _RefusedError(start.why)
    if prop and prop.parameter("TZID") and (found := zones.find(prop.parameter("TZID"), context.vtimezones)):
        return found
    name = start.zone or context.me.timezone
    return zones.Zone(name, zones.zone(name))


def _floating(event: Component, zone: zones.Zone, context: itip.Context, number: str) -> Event:
    """One component as a bare, floating VEVENT of icalendar's, in the zone's local time."""
    from icalendar import Event, vRecur

    span = itip.span(event, context)
    if span is None:
        raise _RefusedError("it has no usable start time")
    by_day = itip.moment(event.get("DTSTART"), context).date
    bare = Event()
    bare.add("uid", "series")
    bare.add("x-number", number)
    bare.add("sequence", min(_sequence(event), 2**31 - 1))
    bare.add("dtstart", _local(span[0], zone, by_day, context.me))
    bare.add("dtend", _local(span[1], zone, by_day, context.me))
    for name in ("EXDATE", "RDATE"):
        days = [_local(m, zone, by_day, context.me) for m in _listed(event, name, context)]
        if days:
            bare.add(name, days)
    rule = event.text("RRULE")
    if rule:
        bare.add("rrule", vRecur.from_ical(_guarded(rule, zone, by_day)))
    instance = event.get("RECURRENCE-ID")
    if instance:
        moment = itip.moment(instance, context).utc
        if moment is None:
            raise _RefusedError("one of its instances has no usable RECURRENCE-ID")
        range_ = {"RANGE": "THISANDFUTURE"} if instance.parameter("RANGE").upper() == "THISANDFUTURE" else {}
        bare.add("recurrence-id", _local(moment, zone, by_day, context.me), parameters=range_)
    return bare


def _local(moment: datetime, zone: zones.Zone, by_day: bool, me: Me) -> date:
    if by_day:
        return moment.astimezone(zones.zone(me.timezone)).date()
    return zone.to_local(moment)


def _utc(local: date, zone: zones.Zone, me: Me) -> datetime:
    if isinstance(local, datetime):
        return zone.to_utc(local.replace(tzinfo=None))
    return datetime(local.year, local.month, local.day, tzinfo=zones.zone(me.timezone)).astimezone(UTC)


def _listed(event: Component, name: str, context: itip.Context) -> Iterator[datetime]:
    """The moments of EXDATE or RDATE lines; of a PERIOD its start. At most 2,000."""
    values = [(p, value) for p in event.all(name)[:500] for value in p.value.split(",")[:500]]
    for prop, value in values[:2000]:
        moment = itip.moment(ical.Property(name, prop.parameters, value.partition("/")[0]), context).utc
        if moment is not None:
            yield moment


_PARTS = frozenset("FREQ INTERVAL COUNT UNTIL BYDAY BYMONTH BYMONTHDAY BYYEARDAY BYWEEKNO BYSETPOS WKST BYHOUR BYMINUTE".split())
#: parts that RFC 5545 3.3.10 forbids, or that may match no day for eight thousand years, which dateutil then counts through
_ENDLESS = {"DAILY": {"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"}, "WEEKLY": {"BYMONTHDAY", "BYYEARDAY", "BYSETPOS"}}


def _guarded(rule: str, zone: zones.Zone, by_day: bool) -> str:
    """An RRULE that surely ends, its UNTIL in local time. Raises _RefusedError for one that would not, or that says nothing."""
    rule = re.sub(r"\s", "", rule)
    parts = {name.strip().upper(): value.strip().upper() for name, _, value in (p.partition("=") for p in rule[:_LONGEST_RULE].split(";")) if value}
    frequency = parts.get("FREQ", "")
    if len(rule) > _LONGEST_RULE or frequency not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise _RefusedError(f"it recurs by {frequency[:20] or 'nothing'!s}, which is not expanded")
    if not re.fullmatch(r"0*[1-9]\d{0,4}", parts.get("INTERVAL", "1")):
        raise _RefusedError("it recurs at an interval of zero, or of no number")
    if _ENDLESS.get(frequency, set()) & parts.keys():
        raise _RefusedError("its recurrence combines parts that may never meet")
    if sum(parts.get(name, "").count(",") for name in ("BYHOUR", "BYMINUTE")) > 12:
        raise _RefusedError("it recurs too often a day")
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], zone, by_day)
    return ";".join(f"{name}={value}" for name, value in parts.items() if name in _PARTS)


def _until(value: str, zone: zones.Zone, by_day: bool) -> str:
    """UNTIL as local time (RFC 5545 wants it in UTC): a bare date means that whole day."""
    match = re.match(r"(\d{8})(?:T(\d{6})(Z?))?", value)
    if not match:
        raise _RefusedError("its recurrence ends at no date")
    if by_day or match[2] is None:
        return match[1] if by_day else f"{match[1]}T235959"
    try:
        moment = datetime.strptime(f"{match[1]}{match[2]}", "%Y%m%d%H%M%S")
    except ValueError as error:
        raise _RefusedError("its recurrence ends at no date") from error
    local = zone.to_local(moment.replace(tzinfo=UTC)) if match[3] else moment
    return local.strftime("%Y%m%dT%H%M%S")
