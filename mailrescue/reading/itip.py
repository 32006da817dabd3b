"""Calendar octets to invites (RFC 5545, 5546, 6047): what concerns an appointment between people, each event on its own.

Nothing is expanded and nothing is guessed silently: an event without a usable time says why, a calendar without an event is set
aside. Times come out in UTC; a local time is read in the zone that its sender meant (zones.py), a floating one in the user's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mailrescue.model.interview import Me
from mailrescue.model.mail import SetAside
from mailrescue.model.scheduling import VIDEO_ROOM, Attendee, Invite
from mailrescue.model.words import Address, Passage
from mailrescue.reading import headers, hypertext, ical, passages, quirks, zones
from mailrescue.reading.ical import Component, Property

#: how long an event lasts that says neither DTEND nor DURATION
USUAL_LENGTH = timedelta(minutes=30)
_MOST_EVENTS = 200
_MOST_ATTENDEES = 500
_LONGEST_TEXT = 60_000


def read(octets: bytes, label: str, method: str, me: Me, people: Sequence[Address] = ()) -> tuple[tuple[Invite, ...], tuple[SetAside, ...]]:
    """The invites of one calendar part, and what of it is set aside.

    ``label`` is the charset and ``method`` the method that the MIME part declares; ``people`` are those of the mail, whose
    domains help to read national telephone numbers. Only the first 512 KiB are read.
    """
    root = ical.parse(octets[:ical.LARGEST], label)
    invites, aside = of(root, method, me, people, _MOST_EVENTS)
    if len(octets) > ical.LARGEST:
        aside = (SetAside("a calendar", f"it is larger than {ical.LARGEST // 1024} KiB; what lies behind was not read"), *aside)
    if not invites:
        aside = (*aside, _without_event(root, octets))
    return invites, aside


def of(root: Component, method: str, me: Me, people: Sequence[Address], most: int) -> tuple[tuple[Invite, ...], tuple[SetAside, ...]]:
    """The invites of calendars already parsed, at most that many; else as ``read``."""
    aside: list[SetAside] = []
    invites: list[Invite] = []
    vtimezones = tuple(root.within("VTIMEZONE"))
    events = [(calendar, event) for calendar in _calendars(root) for event in _events(calendar)]
    for calendar, event in events[:most]:
        invite = _invite(Context(calendar, vtimezones, method, me, tuple(people)), event)
        invites.append(invite)
        if invite.start is None and invite.method not in {"REPLY", "REFRESH", "CANCEL"}:        # those may leave it out
            aside.append(SetAside(f"the event {invite.summary[:80]!r}", invite.why_no_time))
    if len(events) > most:
        aside.append(SetAside("a calendar", f"it holds more than {most} events; the others were not read"))
    return tuple(invites), tuple(aside)


def _calendars(root: Component) -> list[Component]:
    """Each VCALENDAR; the root itself where events stand outside of any (a part that lost its first lines)."""
    found = list(root.within("VCALENDAR"))
    return [*found, root] if any(c.name == "VEVENT" for c in root.components) or not found else found


def _events(calendar: Component) -> list[Component]:
    return [component for component in calendar.components if component.name == "VEVENT"]


def _without_event(root: Component, octets: bytes) -> SetAside:
    kinds = sorted({c.name for name in ("VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL", "VTIMEZONE") for c in root.within(name)})
    if kinds:
        return SetAside("a calendar", f"it holds no event, only {', '.join(kinds)}")
    return SetAside("a calendar", "it holds no event" if octets.strip() else "it is empty")


@dataclass(frozen=True, slots=True)
class Context:
    """What an event is read in: its calendar, the file's VTIMEZONEs, the method of the MIME part, the user, the people of the mail."""

    calendar: Component
    vtimezones: tuple[Component, ...]
    method: str
    me: Me
    people: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A DATE or DATE-TIME read: in UTC, and how it was written. ``utc`` None where it cannot be known, ``why`` then says so."""

    utc: datetime | None
    zone: str | None = None
    floating: bool = False
    date: bool = False
    why: str = ""


def _invite(context: Context, event: Component) -> Invite:
    start = moment(event.get("DTSTART"), context)
    all_day = start.date or quirks.all_day_by_flag(
        {p.name: p.value for p in event.properties if p.name.startswith("X-MICROSOFT")}, _value(event, "DTSTART"), _value(event, "DTEND"))
    organizer = event.get("ORGANIZER")
    stamp = event.get("DTSTAMP") or event.get("LAST-MODIFIED")
    invite = Invite(
        method=(context.calendar.text("METHOD") or context.method).strip().upper()[:20],
        uid=headers.plain(event.text("UID"))[:1000],
        recurrence_id=_recurrence_id(event.get("RECURRENCE-ID"), context),
        sequence=number(event.text("SEQUENCE")),
        dtstamp=_stamp(stamp.value) if stamp else None,
        start=start.utc,
        end=_end(event, start, context),
        summary=_line(event.text("SUMMARY"))[:1000],
        organizer=person(organizer) if organizer else None,
        attendees=tuple(_attendee(p) for p in event.all("ATTENDEE")[:_MOST_ATTENDEES]),
        zone=start.zone,
        floating=start.floating,
        all_day=all_day,
        why_no_time=start.why,
        status=event.text("STATUS").strip().upper()[:20],
        transparent=event.text("TRANSP").strip().upper() == "TRANSPARENT",
        recurring=event.get("RRULE") is not None or event.get("RDATE") is not None,
        language=_language(event),
        prodid=_line(context.calendar.text("PRODID"))[:200],
        dialled_apart=_video_links(event),
    )
    invite = replace(invite, uid=invite.uid or _made_uid(invite))
    return replace(invite, passages=_passages(event, invite, context))


def _value(event: Component, name: str) -> str:
    found = event.get(name)
    return found.value.strip() if found else ""


def _line(text: str) -> str:
    return " ".join(headers.clean(text).split())


def number(text: str) -> int:
    """SEQUENCE, also one above 32 bits (nylas' bogus_sequence_number.ics)."""
    match = re.match(r"\s*(\d{1,18})", text)
    return int(match[1]) if match else 0


def _made_uid(invite: Invite) -> str:
    """A UID for an event without one (james' meeting_without_uid.ics), from what identifies it: who, what and when."""
    who = invite.organizer.email if invite.organizer else ""
    seed = "\0".join((who, invite.summary, invite.start.isoformat() if invite.start else ""))
    return f"{hashlib.sha256(seed.encode('utf-8', 'replace')).hexdigest()[:32]}@no-uid.invalid"


# ---------------------------------------------------------------------- times

_DATE = re.compile(r"\s*\(?(\d{4})-?(\d{2})-?(\d{2})(?![\d])")
_DATE_TIME = re.compile(r"\s*\(?(\d{4})-?(\d{2})-?(\d{2})[T ](\d{2}):?(\d{2}):?(\d{2})?(?:\.\d{1,9})?\s*(Z|[+-]\d{2}:?\d{2})?", re.I)


def moment(prop: Property | None, context: Context) -> Moment:
    """A DTSTART, DTEND or RECURRENCE-ID as a moment (RFC 5545 3.3.4, 3.3.5)."""
    if prop is None:
        return Moment(None, why="it has no start time")
    wall = _DATE_TIME.match(prop.value)
    day = None if wall else _DATE.match(prop.value)
    try:
        if wall:
            year, month, date, hour, minute, second = (int(n or 0) for n in wall.groups()[:6])
            local = datetime(year, month, date, hour % 24, minute, min(second, 59)) + timedelta(days=hour == 24)
            return _placed(local, wall[7] or "", prop, context)
        if day:
            local = datetime(int(day[1]), int(day[2]), int(day[3]))
            return Moment(_within_years(zones.zone(context.me.timezone), local), date=True)
    except (ValueError, OverflowError):
        pass
    return Moment(None, why=f"its time {_line(prop.value)[:40]!r} is no time")


def _placed(local: datetime, suffix: str, prop: Property, context: Context) -> Moment:
    if suffix.upper() == "Z":
        return Moment(_within_years(UTC, local))
    if suffix:
        return Moment(_within_years(datetime.strptime(suffix.replace(":", ""), "%z").tzinfo or UTC, local))
    tzid = prop.parameter("TZID")
    if not tzid:
        return _floating(local, context)
    zone = zones.find(tzid, context.vtimezones)
    if zone is None:
        return Moment(None, why=f"its time zone {_line(tzid)[:60]!r} is not known, and the file does not define it")
    return Moment(_in_range(zone.to_utc(local)), zone=None if zone.name in {"UTC", "Etc/UTC"} else zone.name)


def _floating(local: datetime, context: Context) -> Moment:
    """A time without a zone: the calendar's own where it names one (X-WR-TIMEZONE, as Google and Apple read it), else the user's."""
    named = zones.by_name(_line(context.calendar.text("X-WR-TIMEZONE")))
    if named:
        return Moment(_within_years(zones.zone(named), local), zone=named)
    return Moment(_within_years(zones.zone(context.me.timezone), local), floating=True)


def _within_years(rule: object, local: datetime) -> datetime:
    return _in_range(local.replace(tzinfo=rule).astimezone(UTC))        # type: ignore[arg-type]


def _in_range(moment: datetime) -> datetime:
    """Raises ValueError outside 1900 to 2200, where neither calendars nor zones mean anything."""
    if not 1900 <= moment.year <= 2200:
        raise ValueError("outside of the years that calendars are made for")
    return moment


def span(event: Component, context: Context) -> tuple[datetime, datetime] | None:
    """Start and end of an event in UTC, None where it has no usable time."""
    start = moment(event.get("DTSTART"), context)
    end = _end(event, start, context)
    return (start.utc, end) if start.utc and end else None


def _end(event: Component, start: Moment, context: Context) -> datetime | None:
    """DTEND, else DTSTART + DURATION, else half an hour; a day for a date. An end at or before the start is none."""
    if start.utc is None:
        return None
    usual = timedelta(days=1) if start.date else USUAL_LENGTH
    end = moment(quirks.end_in_the_zone_of_start(event), context).utc if event.get("DTEND") else None
    if end is None:
        length = duration(event.text("DURATION"))
        end = start.utc + (length if length is not None else usual)
    return start.utc + usual if quirks.no_length(end - start.utc) else end


def duration(value: str) -> timedelta | None:
    """A DURATION (RFC 5545 3.3.6) as a length of time; None where it is none."""
    value = quirks.minutes_written_as_months(value.strip().upper())
    match = re.fullmatch(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?", value)
    if not match or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(n or 0) for n in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length


def _stamp(value: str) -> datetime | None:
    """DTSTAMP is in UTC (RFC 5545 3.8.7.2), whether or not the Z is there."""
    match = _DATE_TIME.match(value)
    if not match:
        return None
    try:
        year, month, day, hour, minute, second = (int(n or 0) for n in match.groups()[:6])
        return _in_range(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC))
    except ValueError:
        return None


def _recurrence_id(prop: Property | None, context: Context) -> str | None:
    """The instance in one spelling, so that "TZID=…:…" and "…Z" of the same moment are one key: UTC, or the bare date."""
    if prop is None:
        return None
    instance = moment(prop, context)
    if instance.utc is None:
        return _line(prop.value)[:60]
    if instance.date:
        return re.sub(r"\D", "", prop.value)[:8]
    return instance.utc.strftime("%Y%m%dT%H%M%SZ")


# ---------------------------------------------------------------------- people

def person(prop: Property) -> Address:
    """A calendar user (RFC 5545 3.3.3) with its CN. Without an address the name alone."""
    given = headers.mailbox_named("", prop.parameter("EMAIL")).email
    return headers.mailbox_named(headers.words(prop.parameter("CN")), quirks.calendar_user(prop.value, given))


def _attendee(prop: Property) -> Attendee:
    partstat, role, cutype = (headers.plain(prop.parameter(name)).upper()[:20] for name in ("PARTSTAT", "ROLE", "CUTYPE"))
    return Attendee(person(prop), partstat, role, cutype)


# ---------------------------------------------------------------------- words

def _language(event: Component) -> str | None:
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        found = event.get(name)
        match = re.match(r"([A-Za-z]{2})(?:[-_]|$)", found.parameter("LANGUAGE")) if found else None
        if match:
            return match[1].lower()
    return None


_LINKED = ("X-GOOGLE-CONFERENCE", "X-GOOGLE-HANGOUT", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK",
           "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "X-MICROSOFT-ONLINEMEETINGINFORMATION", "X-ZOOM-JOIN-URL", "X-CONFERENCE-URL")


def _video_links(event: Component) -> tuple[str, ...]:
    """The rooms that the calendar added apart from the text: CONFERENCE (RFC 7986 5.11) but for tel:, vendors' properties, URL."""
    found = [p.text.strip() for p in event.all("CONFERENCE") if not _is_tel(p.value)]
    found += [p.text.strip() for name in _LINKED for p in event.all(name)]
    found += [match.group() for p in event.all("URL") for match in VIDEO_ROOM.finditer(p.text[:2000])]
    return tuple(dict.fromkeys(_line(link)[:2000] for link in found if link))[:20]


def _is_tel(value: str) -> bool:
    return value.strip().lower().startswith("tel:")


def _passages(event: Component, invite: Invite, context: Context) -> tuple[Passage, ...]:
    people = [invite.organizer] if invite.organizer else []
    people += [a.address for a in invite.attendees[:20]] + list(context.people)
    texts = (
        ("summary", invite.summary),
        ("location", _line(_readable(event.text("LOCATION")))[:4000]),
        ("description", _description(event)[:_LONGEST_TEXT]),
        ("conference", "\n".join(_telephones(event))[:4000]),
        ("contact", "\n".join(_readable(p.text) for p in event.all("CONTACT")[:20])[:4000]),
        ("comment", "\n".join(_readable(p.text) for p in event.all("COMMENT")[:20])[:_LONGEST_TEXT]),
    )
    return passages.of(texts, context.me, invite.zone, people)


def _telephones(event: Component) -> list[str]:
    """tel: URIs with the label that stands beside them, from CONFERENCE and from URL."""
    found = [p for p in (*event.all("CONFERENCE"), *event.all("URL")) if _is_tel(p.value)]
    return [f"{_line(p.parameter('LABEL'))} {_line(p.value.strip()[4:])[:100]}".strip() for p in found[:20]]


def _description(event: Component) -> str:
    """DESCRIPTION; where it is empty, the HTML that stands in its place (tine's outlook12.ics, RFC 9073's STYLED-DESCRIPTION)."""
    plain = _readable(event.text("DESCRIPTION"))
    if plain.strip():
        return plain
    styled = event.text("X-ALT-DESC") or event.text("STYLED-DESCRIPTION")
    return hypertext.read(styled).text if styled else ""


def _readable(text: str) -> str:
    text = quirks.escaped_twice(text)
    text = hypertext.read(text.replace("\n", "<br>")).text if quirks.html_in_text(text) else text
    return "\n".join(headers.clean(line).rstrip() for line in text.split("\n")).strip()
