"""Clock times, dates, cities and telephone numbers as one language says them in one region, the recipient's clock first.

Pure but for babel's and phonenumbers' tables. A draft names clock times and dates only: what is said here is as true in an hour as now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from babel.core import Locale

#: where English says 2:00 pm
_TWELVE_HOURS = frozenset("US CA AU NZ IN PH PK SG MY HK".split())
#: where English says November 24
_MONTH_FIRST = frozenset("US CA PH".split())
#: the day of the week and the month, then what stands between it and the clock
_DAYS = {
    "en": ("EEEE d MMMM", " at "),
    "fr": ("EEEE d MMMM", " à "),
    "de": ("EEEE, d. MMMM", ", um "),
    "es": ("EEEE d 'de' MMMM", " a las "),
    "it": ("EEEE d MMMM", " alle "),
    "nl": ("EEEE d MMMM", " om "),
    "pt": ("EEEE, d 'de' MMMM", ", às "),
}
#: where a language has customs of its own that drafts follow
_SPOKEN = {"fr": "FR BE CH CA LU MC".split(), "de": "DE AT CH LI LU".split(), "it": "IT CH SM".split(), "nl": "NL BE".split(), "pt": "PT BR AO MZ".split()}
_ON = {"en": "on ", "fr": "le ", "de": "am ", "es": "el ", "it": "", "nl": "op "}
_SPACE = "\u00a0"


class Voice:
    """How times, places and numbers are said to one recipient.

    ``mine`` and ``theirs`` are IANA zones, ``theirs`` None where it is unknown. A moment is said in both wherever their clocks differ then.
    """

    def __init__(self, language: str, mine: str, theirs: str | None) -> None:
        self.language = language
        self._zones = _zones(theirs, mine)
        self.region = _region(language, [_territory(zone.key) for zone in self._zones])

    def day(self, moment: datetime) -> str:
        """Tuesday 24 November, as the recipient's calendar has it."""
        return self._day(moment.astimezone(self._zones[0]))

    def clock(self, moment: datetime) -> str:
        """14:00, or where the two clocks differ 10:00 am (New York) / 4:00 pm (Paris)."""
        return " / ".join(self._clock(at) + city for at, city in self._local(moment))

    def moment(self, moment: datetime) -> str:
        """Tuesday 24 November at 14:00, each date named where the two calendars differ too."""
        return self._moment(moment, cities=True)

    def on(self, moment: datetime) -> str:
        """The same with the word before it: on Tuesday …, le mardi …, am Dienstag …, na terça-feira …"""
        if self.language == "pt":
            weekend = moment.astimezone(self._zones[0]).weekday() > 4
            return ("no " if weekend else "na ") + self.moment(moment)
        return _ON.get(self.language, "") + self.moment(moment)

    def offered(self, slots: Iterable[tuple[datetime, datetime]]) -> str:
        """One line a free time, each with a dash before it. The cities stand in the first line only, where the others follow its order."""
        starts = [start for start, _ in slots]
        alike = all(len(self._local(start)) > 1 and len({at.date() for at, _ in self._local(start)}) == 1 for start in starts)
        return "\n".join(f"- {self._moment(start, cities=not alike or start == starts[0])}" for start in starts)

    def number(self, e164: str | None) -> str:
        """+33 6 12 34 56 78; as it stands where it cannot be read, empty where there is none."""
        import phonenumbers

        if not e164:
            return ""
        try:
            return phonenumbers.format_number(phonenumbers.parse(e164), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        except phonenumbers.NumberParseException:
            return e164

    def phrase(self, value: str | None, words: str) -> str:
        """The words with the value in the place of their ``…``; empty where there is no value. French elides: poste d’Assistant."""
        if not value:
            return ""
        if self.language == "fr" and re.match("[aeiouàâäéèêëîïôöùûü]", value, re.I):
            words = words.replace(" de …", " d’…")
        return words.replace("…", value)

    def finish(self, text: str) -> str:
        """The whole text as it is set: French spaces before : ; ? that do not break (Québec: none before ; and ?)."""
        if self.language != "fr":
            return text
        if self.region == "CA":
            text = re.sub(r"[ \u00a0]+([;?!])", r"\1", text)
        return re.sub(r" +([:;?!»])", rf"{_SPACE}\1", text).replace("« ", f"«{_SPACE}")

    def two_clocks(self, moment: datetime) -> bool:
        """Whether the moment is said on two clocks."""
        return len(self._local(moment)) > 1

    # What the words above are made of

    def _moment(self, moment: datetime, *, cities: bool) -> str:
        between = _DAYS.get(self.language, ("", ", "))[1]
        local = [(at, city if cities else "") for at, city in self._local(moment)]
        if len({at.date() for at, _ in local}) == 1:
            return self._day(local[0][0]) + between + " / ".join(self._clock(at) + city for at, city in local)
        return " / ".join(self._day(at) + between + self._clock(at) + city for at, city in local)

    def _local(self, moment: datetime) -> list[tuple[datetime, str]]:
        """The moment on each clock with its city; one without a city where both show the same."""
        local = [moment.astimezone(zone) for zone in self._zones]
        if len({at.replace(tzinfo=None) for at in local}) == 1:
            return [(local[0], "")]
        return [(at, f" ({self._city(at, zone.key)})") for at, zone in zip(local, self._zones, strict=True)]

    def _day(self, local: datetime) -> str:
        from babel.dates import format_date

        pattern = "EEEE, MMMM d" if self.language == "en" and self.region in _MONTH_FIRST else _DAYS.get(self.language, ("full", ""))[0]
        said = str(format_date(local.date(), pattern, locale=self._locale))
        return said.replace(" 1 ", " 1er ") if self.language == "fr" else said

    def _clock(self, local: datetime) -> str:
        if self.language == "en" and self.region in _TWELVE_HOURS:
            return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"
        if self.language == "fr":
            return f"{local.hour}{_SPACE}h" + (f"{_SPACE}{local:%M}" if local.minute else "")
        if self.language == "de":
            return f"{local:%H.%M} Uhr" if self.region == "CH" else f"{local:%H:%M} Uhr"
        return f"{local:%H:%M} uur" if self.language == "nl" else f"{local:%H:%M}"

    def _city(self, at: datetime, zone: str) -> str:
        """The zone's city in the language; the offset where the zone lies nowhere (Etc/GMT+5 means five hours behind)."""
        from babel.dates import get_timezone_location

        if zone == "America/Montreal":      # the tz database's link to Toronto; nobody in Montréal is in Toronto
            return "Montréal"
        if not _territory(zone):
            return f"UTC{at:%z}".removesuffix("+0000")
        return str(get_timezone_location(zone, locale=self._locale, return_city=True))

    @cached_property
    def _locale(self) -> Locale:
        from babel.core import Locale, UnknownLocaleError

        region = "PT" if self.language == "pt" and self.region != "BR" else self.region
        for name in (f"{self.language}_{region}", self.language):
            try:
                return Locale.parse(name)
            except (UnknownLocaleError, ValueError):
                continue
        return Locale("en")


def _zones(theirs: str | None, mine: str) -> list[ZoneInfo]:
    """Theirs first, then the user's; what the system does not know is left out."""
    found = []
    for name in dict.fromkeys(name for name in (theirs, mine) if name):
        try:
            found.append(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError, OSError):    # a folder's name ("Europe") is an OSError
            continue
    return found or [ZoneInfo("UTC")]


def _region(language: str, territories: list[str]) -> str:
    """Whose customs count: the recipient's, or the user's where the recipient's country does not speak the language."""
    spoken = _SPOKEN.get(language, ())
    return next((territory for territory in territories if territory in spoken), territories[0])


def _territory(zone: str) -> str:
    """The country of a zone (ISO 3166), empty where it is of none."""
    from babel.core import get_global

    territory = str(get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone)) or "")
    return "" if territory in ("ZZ", "001") else territory
