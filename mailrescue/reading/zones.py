"""Which time zone a calendar means: a TZID, whoever wrote it, to a rule that turns local time into UTC.

The name comes before the rules that the file carries: an IANA or Windows name says what its sender meant, and rules are often
wrong (khal's tz_windows_format.ics names New Zealand over rules for +01:00). A name that nobody knows is resolved by the rules of
the file itself, then by the offset in the name; else it is said to be unknown. Nothing is remembered between two calendars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailrescue.model.lexicon import fold
from mailrescue.reading.ical import Component


@dataclass(frozen=True, slots=True)
class Observance:
    """A STANDARD or DAYLIGHT of a VTIMEZONE (RFC 5545 3.6.5): from when, the offset before and after, when it comes again each year."""

    start: datetime
    before: timedelta
    after: timedelta
    month: int = 0              # 0: it does not come again
    weekday: int = 0            # Monday is 0
    nth: int = 0                # 1 the first, -1 the last such weekday of the month; 0: the day of the month
    day: int = 0
    until: int = 9999           # the last year
    more: tuple[datetime, ...] = ()     # RDATE

    def last(self, local: datetime) -> datetime | None:
        """The local moment at which it began last, before or at ``local``; None where it had not begun yet."""
        onsets = [self.start, *self.more]
        if self.month:
            years = {min(local.year, self.until), min(local.year - 1, self.until)}
            onsets += [self._date(year).replace(hour=self.start.hour, minute=self.start.minute) for year in years if year >= self.start.year]
        return max((onset for onset in onsets if onset <= local), default=None)

    def _date(self, year: int) -> datetime:
        if not self.nth:
            first = datetime(year, self.month, min(self.day or 1, 28))
            return first + timedelta((self.weekday - first.weekday()) % 7) if self.weekday >= 0 else first
        if self.nth > 0:
            first = datetime(year, self.month, 1)
            return first + timedelta((self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        last = datetime(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(1)
        return last - timedelta((last.weekday() - self.weekday) % 7 + 7 * (-self.nth - 1))


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one VTIMEZONE."""

    observances: tuple[Observance, ...]

    def offset(self, local: datetime) -> timedelta:
        """The offset from UTC at a local time: of the observance that began last before it, else what stood before the first."""
        begun = [(onset, o.after) for o in self.observances if (onset := o.last(local))]
        if begun:
            return max(begun)[1]
        return min(self.observances, key=lambda o: o.start).before


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone found: its IANA name (None where only rules or an offset are known) and how to get from local time to UTC."""

    name: str | None
    rule: tzinfo | Rules

    def to_utc(self, local: datetime) -> datetime:
        """A naive local time in UTC. In a gap the offset before it counts, of two possible times the first (RFC 5545 3.3.5)."""
        if isinstance(self.rule, Rules):
            return (local - self.rule.offset(local)).replace(tzinfo=UTC)
        return local.replace(tzinfo=self.rule).astimezone(UTC)

    def to_local(self, moment: datetime) -> datetime:
        """An aware moment as the naive local time of the zone."""
        if isinstance(self.rule, Rules):
            local = (moment.astimezone(UTC) + self.rule.offset(moment.astimezone(UTC).replace(tzinfo=None))).replace(tzinfo=None)
            return (moment.astimezone(UTC) + self.rule.offset(local)).replace(tzinfo=None)
        return moment.astimezone(self.rule).replace(tzinfo=None)


def find(tzid: str, vtimezones: Iterable[Component] = ()) -> Zone | None:
    """The zone that a TZID means; None where nobody can know."""
    tzid = " ".join(tzid.strip(" \"'").split())[:200]
    named = by_name(tzid)
    own = next((c for c in vtimezones if _text(c, "TZID") == tzid), None)
    if named and not (own is not None and named in _FIXED and _moves(own)):
        return Zone(named, _zone(named) or UTC)
    if own is not None:
        located = by_name(_text(own, "X-LIC-LOCATION"))
        if located:
            return Zone(located, _zone(located) or UTC)
        rules = _rules(own)
        if rules:
            return Zone(None, rules)
    return _by_offset(tzid)


#: names of one offset all year round, which some write over the rules of a place that has summer time ("EST", "GMT", "UTC")
_FIXED = frozenset({"UTC", "GMT", "EST", "MST", "HST"})


def _moves(vtimezone: Component) -> bool:
    """Whether the rules know more than one offset."""
    rules = _rules(vtimezone)
    return rules is not None and len({observance.after for observance in rules.observances}) > 1


@lru_cache(maxsize=512)
def by_name(tzid: str) -> str | None:
    """The IANA zone of a name: IANA's own, one with a prefix or suffix, Windows', or the long names that people see."""
    if not tzid:
        return None
    bare = tzid.removeprefix("tzone://Microsoft/").lstrip("/")
    pieces = bare.split("/")
    tails = ["/".join(pieces[-keep:]) for keep in (3, 2) if len(pieces) >= keep]      # /freeassociation.sourceforge.net/Tzfile/Europe/Berlin
    spelled = [bare.replace(" ", "_"), re.sub("[_-]", "/", bare, count=1)]            # "Europe_Berlin", "US-Eastern"
    for name in (tzid, bare, *tails, *spelled):
        if _zone(name):
            return name
    if bare.upper() in {"UTC", "Z", "GMT", "ZULU", "COORDINATED UNIVERSAL TIME", "(UTC) COORDINATED UNIVERSAL TIME"}:
        return "UTC"
    return _windows(bare) or _long_name(bare) or _windows(f"{bare} Standard Time")


def zone(name: str) -> tzinfo:
    """The rules of an IANA zone; UTC where the system does not know the name."""
    return _zone(name) or UTC


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    # A plain name only: a key reaches the file system.
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+-]{1,30}(?:/[A-Za-z0-9_+-]{1,40}){0,2}", name) or name in {"posixrules", "localtime", "Factory"}:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return None


# ---------------------------------------------------------------------- names that are not IANA's

def _windows(name: str) -> str | None:
    """Microsoft's names, by CLDR's table; daylight names of old Outlooks ("W. Europe Daylight Time") mean the same zone."""
    if "Time" not in name and "UTC" not in name:
        return None
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    for tried in (name, name.replace("Daylight Time", "Standard Time"), name.replace("Summer Time", "Standard Time")):
        if tried in WINDOWS_TO_OLSON:
            return str(WINDOWS_TO_OLSON[tried])
    return None


#: zones that go by a region's name rather than a city's (Outlook, Zimbra, Notes, and their translations), folded
_REGIONS = {
    "eastern time": "America/New_York", "central time": "America/Chicago", "mountain time": "America/Denver", "pacific time": "America/Los_Angeles",
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver", "pacific": "America/Los_Angeles",
    "us eastern": "America/New_York", "us central": "America/Chicago", "us mountain": "America/Denver", "us pacific": "America/Los_Angeles",
    "heure de l'est": "America/New_York", "heure du centre": "America/Chicago", "heure des rocheuses": "America/Denver", "heure du pacifique": "America/Los_Angeles",
    "atlantic time": "America/Halifax", "heure de l'atlantique": "America/Halifax", "newfoundland": "America/St_Johns", "terre-neuve": "America/St_Johns",
    "arizona": "America/Phoenix", "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu", "saskatchewan": "America/Regina", "indiana": "America/Indiana/Indianapolis",
    "mitteleuropaische zeit": "Europe/Berlin", "central european time": "Europe/Berlin", "central european standard time": "Europe/Berlin", "western/central europe": "Europe/Berlin",
    "westeuropaische zeit": "Europe/Berlin", "heure d'europe centrale": "Europe/Paris", "romance": "Europe/Paris", "w. europe": "Europe/Berlin", "greenwich mean time": "Europe/London",
    "gmt standard time": "Europe/London", "india": "Asia/Kolkata", "japan": "Asia/Tokyo", "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
}
#: cities of Windows' long names that IANA names otherwise, folded
_CITIES = {
    "bern": "Europe/Zurich", "brasilia": "America/Sao_Paulo", "edinburgh": "Europe/London", "edimbourg": "Europe/London", "edimburgo": "Europe/London",
    "new delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "chennai": "Asia/Kolkata", "kolkata": "Asia/Kolkata", "beijing": "Asia/Shanghai", "osaka": "Asia/Tokyo",
    "sapporo": "Asia/Tokyo", "canberra": "Australia/Sydney", "wellington": "Pacific/Auckland", "hanoi": "Asia/Bangkok", "abu dhabi": "Asia/Dubai", "islamabad": "Asia/Karachi",
    "pretoria": "Africa/Johannesburg", "athenes": "Europe/Athens", "athen": "Europe/Athens", "atenas": "Europe/Athens", "bucarest": "Europe/Bucharest", "bukarest": "Europe/Bucharest",
    "londres": "Europe/London", "londra": "Europe/London", "londen": "Europe/London", "lisbonne": "Europe/Lisbon", "lissabon": "Europe/Lisbon", "lisbona": "Europe/Lisbon", "lisboa": "Europe/Lisbon",
    "bruxelles": "Europe/Brussels", "brussel": "Europe/Brussels", "bruselas": "Europe/Brussels", "copenhague": "Europe/Copenhagen", "kopenhagen": "Europe/Copenhagen", "parigi": "Europe/Paris",
    "parijs": "Europe/Paris", "wien": "Europe/Vienna", "wenen": "Europe/Vienna", "vienne": "Europe/Vienna", "rom": "Europe/Rome", "roma": "Europe/Rome", "varsovie": "Europe/Warsaw",
    "warschau": "Europe/Warsaw", "varsavia": "Europe/Warsaw", "varsovia": "Europe/Warsaw", "le caire": "Africa/Cairo", "kairo": "Africa/Cairo", "moscou": "Europe/Moscow", "moskau": "Europe/Moscow",
    "st. petersburg": "Europe/Moscow", "kiev": "Europe/Kyiv", "kyiv": "Europe/Kyiv", "ekaterinburg": "Asia/Yekaterinburg", "monterrey": "America/Monterrey", "guadalajara": "America/Mexico_City",
}


def _long_name(name: str) -> str | None:
    """Names as people see them: "(UTC+01:00) Amsterdam, Berlin, …", "Eastern Time (US & Canada)", "Paris, Madrid"."""
    words = re.sub(r"^\s{0,3}\([^()]{0,40}\)\s{0,3}", "", name.replace("\\", ""))
    offset = _offsets(name[:len(name) - len(words)])
    region = re.split(r"\s{0,3}[(,:]", fold(words), maxsplit=1)[0].strip()
    candidates = [_REGIONS[region]] if region in _REGIONS else []
    for piece in re.split(r"[,/:;]", words)[:12]:
        city = fold(piece).strip(" .")
        candidates += [_CITIES[city]] if city in _CITIES else _iana_cities().get(city, [])[:1]
    return next((c for c in candidates if not offset or _may_be(c, offset[0])), None)


@lru_cache(maxsize=1)
def _iana_cities() -> dict[str, list[str]]:
    """IANA's zones by the city that they are named for."""
    from zoneinfo import available_timezones

    cities: dict[str, list[str]] = {}
    for name in sorted(available_timezones()):
        area, slash, place = name.rpartition("/")
        if slash and not area.startswith(("Etc", "SystemV", "US", "posix", "right")):
            cities.setdefault(fold(place.replace("_", " ")), []).append(name)
    return cities


def _may_be(name: str, offset: timedelta) -> bool:
    """Whether a zone has that offset in winter or in summer, so that a city of that name elsewhere is not taken for it."""
    rule = _zone(name)
    return rule is not None and any(datetime(2024, month, 1, tzinfo=rule).utcoffset() == offset for month in (1, 7))


# ---------------------------------------------------------------------- offsets in names

_OFFSET = re.compile(r"(?:UTC|GMT|^|[\s(/])\s?([+-])(\d{1,2})[:.]?(\d{2})?(?!\d)")
#: a zone for a pair of standard and daylight offsets, in hours (Notes: "GMT -0500 (Standard) / GMT -0400 (Daylight)")
_PAIRS = {(-8, -7): "America/Los_Angeles", (-7, -6): "America/Denver", (-6, -5): "America/Chicago", (-5, -4): "America/New_York", (-4, -3): "America/Halifax",
          (0, 1): "Europe/London", (1, 2): "Europe/Berlin", (2, 3): "Europe/Helsinki", (10, 11): "Australia/Sydney", (12, 13): "Pacific/Auckland"}


def _offsets(name: str) -> list[timedelta]:
    found = []
    for sign, hours, minutes in _OFFSET.findall(name)[:2]:
        found.append((1 if sign == "+" else -1) * timedelta(hours=int(hours), minutes=int(minutes or 0)))
    if not found and re.match(r"\s*\(?(?:UTC|GMT)\)?\s*$", name):
        return [timedelta(0)]
    return [offset for offset in found if abs(offset) <= timedelta(hours=14)]


def _by_offset(name: str) -> Zone | None:
    """"GMT+0100", "(UTC-05:00) Somewhere", "GMT-05.00/-04.00": the offset that the name tells. POSIX' reversed Etc/GMT+5 is IANA's."""
    offsets = _offsets(name)
    if len(offsets) == 2 and offsets[0] != offsets[1]:
        low, high = sorted(offset // timedelta(minutes=1) for offset in offsets)
        paired = _PAIRS.get((low // 60, high // 60)) if low % 60 == high % 60 == 0 else None
        return Zone(paired, zone(paired)) if paired else None
    if offsets:
        return Zone(None, timezone(offsets[0]))
    return None


# ---------------------------------------------------------------------- VTIMEZONE

def _text(component: Component, name: str) -> str:
    return " ".join(component.text(name).strip(" \"'").split())[:200]


def _rules(vtimezone: Component) -> Rules | None:
    observances = tuple(o for c in vtimezone.components[:60] if c.name in {"STANDARD", "DAYLIGHT"} and (o := _observance(c)))
    return Rules(observances) if observances else None


def _observance(component: Component) -> Observance | None:
    start, after = _local(component.text("DTSTART")), _utc_offset(component.text("TZOFFSETTO"))
    if after is None:
        return None
    before = _utc_offset(component.text("TZOFFSETFROM"))
    start = start or datetime(1970, 1, 1)
    rule = dict(part.partition("=")[::2] for part in component.text("RRULE").upper().split(";")[:20])
    more = tuple(d for p in component.all("RDATE")[:50] for v in p.value.split(",")[:50] if (d := _local(v)))
    if rule.get("FREQ") != "YEARLY":
        return Observance(start, after if before is None else before, after, more=more)
    nth, weekday = _by_day(rule.get("BYDAY", ""))
    days = [int(d) for d in re.findall(r"\d{1,2}", rule.get("BYMONTHDAY", ""))[:31]]
    month = re.match(r"\d{1,2}", rule.get("BYMONTH", "")) or re.match(r"\d{1,2}", str(start.month))
    until = re.match(r"\d{4}", rule.get("UNTIL", ""))
    return Observance(
        start, after if before is None else before, after, month=min(max(int(month.group()) if month else 1, 1), 12), weekday=weekday, nth=nth,
        day=min(days) if days else start.day, until=int(until.group()) if until else 9999, more=more)


def _by_day(value: str) -> tuple[int, int]:
    """"-1SU" to (-1, 6); "SU" with a BYMONTHDAY range to (0, 6); nothing to (0, -1), the day of the month itself."""
    match = re.match(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)", value)
    if not match:
        return 0, -1
    nth = int(match[1] or 0)
    return max(-4, min(4, nth)), "MO TU WE TH FR SA SU".split().index(match[2])


def _local(value: str) -> datetime | None:
    match = re.match(r"\s*(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2}))?", value)
    try:
        return datetime(*(int(n or 0) for n in match.groups())) if match else None      # type: ignore[arg-type]
    except ValueError:
        return None


def _utc_offset(value: str) -> timedelta | None:
    match = re.match(r"\s*([+-]?)(\d{2}):?(\d{2})", value)
    if not match or int(match[2]) > 24 or int(match[3]) > 59:
        return None                 # "+5328" (khal's invalid_tzoffset.ics) is no offset of this planet
    return (-1 if match[1] == "-" else 1) * timedelta(hours=int(match[2]), minutes=int(match[3]))
