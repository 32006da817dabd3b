"""Clock times, days and stretches of time, read from words in any loaded language. Pure: no clock, no mailbox.

Two strengths. ``clocks`` and ``durations`` say what stands there. ``moments`` joins a day and a clock time where both are certain,
and ``proposals`` keeps of these what a writer proposes: an accepted time is written into a draft, so a doubt means silence
(a weekday that contradicts its date, "next Thursday", a range without a start, the old time beside the new).

The words lie in vocabulary/LANGUAGE/times.toml; a *form* there is a pattern of words with a value: ``M to H = H-M``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property, lru_cache
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from mailrescue.judgement import sentences
from mailrescue.model.lexicon import Lexicon, fold

#: a language code, several, or None for all that are loaded
Spoken = str | tuple[str, ...] | None

#: characters of a text that are looked at: a mail around a slot is short
LONGEST = 6000
#: readings of one form that are looked at: nobody proposes so many times
_MOST = 40
_SPACE = r"[\s–-]{1,3}"
#: a form's words, its choices in brackets each as one; and what of them stands for a time
_PARTS = re.compile(r"\[[^\]]*\]|\([^)]*\)|\S+")
_PLACEHOLDER = re.compile(r"HM|(?:[HMWX])(?:(?:[:.,'hu]|hs)*M?(?:h|min)?,?)")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as it stands in a text. ``sure``: no doubt between morning and afternoon is left."""

    hour: int
    minute: int
    sure: bool
    words: str
    start: int
    end: int

    @property
    def written(self) -> str:
        """As ``16:20``."""
        return f"{self.hour:02}:{self.minute:02}"


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time as it stands in a text; ``from_now``: "in ten minutes", "give me ten minutes"."""

    minutes: int
    from_now: bool
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with a clock time; aware, in the zone in which it was said. ``end`` where the words name a range, ``span`` its place in the text."""

    start: datetime
    end: datetime | None
    words: str
    span: tuple[int, int]
    zone: str | None = None         # the IANA zone that the words name, None where they name none


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that the text names; ``day`` None where it cannot be told for certain which."""

    day: date | None
    start: int
    end: int


_T = TypeVar("_T", Clock, Duration, _Day)


# ---------------------------------------------------------------------- what others ask

def clocks(text: str, lexicon: Lexicon, language: Spoken = None) -> tuple[Clock, ...]:
    """Every clock time of a text, in order; hours of 1 to 6 without more are taken for the afternoon."""
    text = text[:LONGEST]
    folded = fold(text)
    spoken = _spoken(lexicon, language)
    taken = [(d.start, d.end) for d in durations(text, lexicon, language)]
    found = [clock for speech in spoken for clock in speech.clocks(folded, text)]
    return tuple(_longest([c for c in found if not any(c.start < e and s < c.end for s, e in taken)]))


def clock(text: str, lexicon: Lexicon, language: Spoken = None, near: time | None = None) -> Clock | None:
    """The last clock time of a text (what stands first is often the old one); ``near`` settles an open half of the day to the next after it."""
    found = clocks(text, lexicon, language)
    return settled(found[-1], near) if found else None


def settled(clock: Clock, near: time | None) -> Clock:
    """An open half of the day closed: the first of both that comes after ``near`` (a clock time), less an hour of grace."""
    if clock.sure or near is None:
        return clock
    grace = max(0, near.hour * 60 + near.minute - 60)
    hours = [h for h in sorted({clock.hour % 12, clock.hour % 12 + 12}) if h * 60 + clock.minute >= grace and 7 <= h <= 21]
    return replace(clock, hour=hours[0] if hours else clock.hour, sure=len(hours) == 1)


def durations(text: str, lexicon: Lexicon, language: Spoken = None) -> tuple[Duration, ...]:
    """Every stretch of minutes or hours in a text, in order; of "5 to 10 minutes" the longer."""
    text = text[:LONGEST]
    folded = fold(text)
    return tuple(_longest([d for speech in _spoken(lexicon, language) for d in speech.durations(folded, text)]))


def moments(
    text: str, written_at: datetime, zone: str, lexicon: Lexicon, language: Spoken = None, reader_zone: str | None = None,
) -> tuple[Moment, ...]:
    """Days with clock times that are certain, in the order of the text.

    ``written_at`` (aware) says what "tomorrow" is, ``zone`` (IANA) is the writer's, ``reader_zone`` what "your time" means.
    Past moments, and those that a clock change skips or doubles, are left out.
    """
    text = text[:LONGEST]
    said = _Said(text, fold(text), written_at.astimezone(ZoneInfo(zone)), zone, reader_zone, lexicon, language)
    return tuple(m for m in said.moments() if m.start > written_at)


def proposals(
    text: str, written_at: datetime, zone: str, lexicon: Lexicon, language: Spoken = None, reader_zone: str | None = None,
) -> tuple[datetime, ...]:
    """The times that a writer proposes, aware, only those that are certain; see ``moments`` for the arguments."""
    return tuple(dict.fromkeys(m.start for m in proposed(text, written_at, zone, lexicon, language, reader_zone)))


def proposed(
    text: str, written_at: datetime, zone: str, lexicon: Lexicon, language: Spoken = None, reader_zone: str | None = None,
) -> tuple[Moment, ...]:
    """The moments of a text less those that are the old time, or that somebody cannot make."""
    found = moments(text, written_at, zone, lexicon, language, reader_zone)
    if not found:
        return ()
    folded = fold(text[:LONGEST])
    refused = [hit for concept in ("said-unable", "said-off-weak", "said-absent") for hit in lexicon.hits(concept, text[:LONGEST], _codes(lexicon, language))]
    return tuple(
        m for m in found
        if not any(speech.is_old(folded, m.span[0]) for speech in _spoken(lexicon, language))
        and not any(_same_clause(folded, m.span, (h.start, h.end)) for h in refused)
    )


def is_old(text: str, clock: Clock, lexicon: Lexicon, language: Spoken = None) -> bool:
    """Whether the words before a clock time say that it holds no longer ("instead of 9:15")."""
    folded = fold(text[:LONGEST])
    return any(speech.is_old(folded, clock.start) for speech in _spoken(lexicon, language))


def zone_named(text: str, lexicon: Lexicon, language: Spoken = None) -> str | None:
    """The IANA zone that a text names ("French time"), None where it names none or several."""
    found = {name for speech in _spoken(lexicon, language) for _, _, name in speech.zones(fold(text[:LONGEST]))} - {"my", "your"}
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------------- from words to numbers, one language

@dataclass(frozen=True)
class _Form:
    """One form: its pattern, the words without which it cannot stand, and its worth in minutes as constant, sign of M, factor of H."""

    source: str
    needs: tuple[str, ...]
    worth: str
    constant: int = 0
    sign: int = 0

    def found_in(self, folded: str) -> Iterable[re.Match[str]]:
        """Where it stands; compiled when a text holds its words."""
        return islice(self._pattern.finditer(folded), _MOST) if all(word in folded for word in self.needs) else ()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.source)


class _Speech:
    """One language's words for times, compiled."""

    def __init__(self, lexicon: Lexicon, code: str) -> None:
        listed = {name: tuple(fold(p) for p in lexicon.listed(code, f"time-{name}")) for name in _LISTS}
        self.code = code
        self.numbers = {fold(word): n for n in (*range(1, 61), 90) for word in lexicon.listed(code, f"time-number-{n}")}
        self._lead = _any(listed["clock-lead"])
        self._forms = tuple(self._form(form) for form in lexicon.listed(code, "time-clock"))
        self._stretches = tuple(self._form(form) for form in lexicon.listed(code, "time-duration"))
        self._zones = tuple((re.compile(rf"(?<!\w){_words(left)}(?!\w)"), right) for left, right in map(_sides, lexicon.listed(code, "time-zone")))
        self._yours, self._mine = _whole(listed["your-zone"]), _whole(listed["my-zone"])
        self._from_now = re.compile(rf"(?<!\w){_any(listed['from-now'])}\s{{1,2}}(?:\w{{1,12}}\s{{1,2}}){{0,3}}$")
        self._old = re.compile(rf"(?<!\w){_any(listed['old-time'])}(?:{_SPACE}{_any(listed['joined'])}){{0,2}}[\s,(:]{{0,3}}$")
        self._no_start = re.compile(rf"(?<!\w){_any(listed['no-start'])}(?:{_SPACE}{_any(listed['clock-lead'])}){{0,2}}\s{{0,2}}$")
        self._range = re.compile(rf"\s{{0,2}}{_any(listed['range'])}(?:{_SPACE}{_any(listed['clock-lead'])}){{0,2}}\s{{0,2}}")
        self._pm, self._am = _any(listed["pm"]), _any(listed["am"])
        self._unit = _whole(listed["unit"])
        self._days = _Days(lexicon, code, listed)

    # -- clock times

    def clocks(self, folded: str, text: str) -> Iterator[Clock]:
        for form in self._forms:
            for match in form.found_in(folded):
                found = self._clock(form, match, folded, text)
                if found:
                    yield found

    def _clock(self, form: _Form, match: re.Match[str], folded: str, text: str) -> Clock | None:
        hour, minute = self._value(match, "H", last=False), self._value(match, "M", last=True) or 0
        if form.worth == "LEAD" and self._counts_things(folded, match.end()):
            return None
        if hour is None:
            hour = 0
        total = 60 * hour + form.constant + form.sign * minute
        if not 0 <= total <= 24 * 60 or (minute > 59 and form.sign):
            return None
        hour, minute = divmod(total % (24 * 60), 60)
        start, end = match.span("core")
        half = {"AM": "am", "PM": "pm"}.get(form.worth) or self._half(folded, start, end)
        hour, sure = _half_of_day(hour, half, exact=folded[start:start + 1] == "0", digital=self.code != "en" and folded[start].isdigit())
        return Clock(hour, minute, sure, text[start:end], start, end)

    def _half(self, folded: str, start: int, end: int) -> str | None:
        after, before = folded[end:end + 30], folded[max(0, start - 30):start]
        for half, words in (("pm", self._pm), ("am", self._am)):
            if re.match(rf"[\s,]{{0,2}}{words}(?!\w)", after):
                return half
        for half, words in (("pm", self._pm), ("am", self._am)):
            if re.search(rf"(?<!\w){words}(?:{_SPACE}{self._lead}){{0,2}}[\s,]{{0,2}}$", before):
                return half
        return None

    def _counts_things(self, folded: str, end: int) -> bool:
        """Whether what follows a bare number makes it a count or a price: "at 20 people", "for 3 %"."""
        return bool(re.match(r"\s{0,2}[%€$£+]|[\d/]|[.,:]\d", folded[end:end + 4])) or bool(self._unit.match(folded, end + 1))

    def _value(self, match: re.Match[str], letter: str, last: bool) -> int | None:
        found = [v for k, v in match.groupdict().items() if k.startswith(letter) and v is not None]
        if not found:
            return None
        word = found[-1 if last else 0]
        return int(word) if word.isdigit() else self.numbers.get(re.sub(r"\s+", " ", word), self.numbers.get(word.replace(" ", "-")))

    # -- stretches

    def durations(self, folded: str, text: str) -> Iterator[Duration]:
        for form in self._stretches:
            for match in form.found_in(folded):
                start, end = match.span("core")
                minutes = form.constant + form.sign * (self._value(match, "M", last=True) or 0)
                number = min((match.start(name) for name, value in match.groupdict().items() if name[0] == "M" and value), default=start)
                if 0 < minutes <= 24 * 60:
                    yield Duration(minutes, bool(self._from_now.search(folded[max(0, number - 48):number])), text[start:end], start, end)

    # -- zones, old times

    def zones(self, folded: str) -> Iterator[tuple[int, int, str]]:
        for pattern, name in self._zones:
            for match in pattern.finditer(folded):
                yield *match.span(), name
        for pattern, name in ((self._yours, "your"), (self._mine, "my")):
            for match in pattern.finditer(folded):
                yield *match.span(), name

    def is_old(self, folded: str, start: int) -> bool:
        """Whether the words before say that this is the time that holds no longer."""
        return bool(self._old.search(folded[max(0, start - 60):start]))

    def has_no_start(self, folded: str, start: int) -> bool:
        """Whether the words before make it a limit ("before 10", "until 10") rather than a time."""
        return bool(self._no_start.search(folded[max(0, start - 40):start]))

    def joins(self, between: str) -> bool:
        """Whether the words between two clock times make them a range."""
        return bool(self._range.fullmatch(between))

    def days(self, folded: str, today: date, lexicon: Lexicon) -> list[_Day]:
        return self._days.found(folded, today, lexicon)

    # -- compiling

    def _form(self, form: str) -> _Form:
        left, right = _sides(form)
        core = self._pattern(left)
        lead = rf"(?<!\w){self._lead}\s{{0,2}}" if right == "LEAD" else ""
        pattern = rf"{lead}(?<![\w.:])(?<!\d[,/-])(?P<core>{core})(?!\w)"
        needs = tuple(fold(token) for token in _PARTS.findall(left) if token[0] not in "[(" and not _PLACEHOLDER.fullmatch(token))
        if right in ("AM", "PM", "LEAD"):
            return _Form(pattern, needs, right, 0, 1)
        fixed = re.fullmatch(r"(\d\d):(\d\d)", right)
        if fixed:
            return _Form(pattern, needs, "H", 60 * int(fixed[1]) + int(fixed[2]), 0)
        constant = sum(int(f"{sign or '+'}{number}") for sign, number in re.findall(r"(^|[+-])(\d+)", right))
        if re.match(r"\d+\+M", right):                      # "midi dix = 12+M": an hour, not minutes
            constant *= 60
        return _Form(pattern, needs, "H", constant, -1 if "-M" in right else 1 if "M" in right else 0)

    def _pattern(self, left: str) -> str:
        count = iter(range(20))
        parts = ""
        for token in _PARTS.findall(left):
            inner = [self._token(piece, count) for piece in token.strip("[]()").split("|")] if token[0] in "[(" else [self._token(token, count)]
            piece = f"(?:{'|'.join(inner)})"
            if token[0] == "[":
                parts += f"(?:{_SPACE}{piece})?"
            else:
                # "4pm", "10min", "d'une": digits and an apostrophe need no space
                parts += (rf"(?:{_SPACE}|(?<=[\d']))" if parts else "") + piece
        return parts

    def _token(self, token: str, count: Iterator[int]) -> str:
        if not _PLACEHOLDER.fullmatch(token):
            return _SPACE.join(re.escape(word) for word in fold(token).split())
        compound = len(re.findall("[HM]", token)) > 1
        built = re.sub("[HMWX]", lambda m: self._slot(m.group(), compound, next(count)), re.sub(r"([:.,'])", r"\\\1", token))
        return re.sub(r"(?<=\))h(?=\(|$)", r"\\s?h\\s?" if compound else r"\\s?h", built)

    def _slot(self, letter: str, compound: bool, number: int) -> str:
        if letter == "H":
            digits = r"(?:2[0-4]|1\d|0?\d)"
            return rf"(?P<H{number}>{digits}{'' if compound else '|' + self._numerals(24)})"
        if letter == "M":
            return rf"(?P<M{number}>[0-5]\d)" if compound else rf"(?P<M{number}>\d{{1,3}}|{self._numerals(90)})"
        if letter == "W":
            return rf"(?P<H{number}>{self._numerals(24)})"
        return rf"(?P<M{number}>{self._numerals(59, least=10)})"

    def _numerals(self, most: int, least: int = 1) -> str:
        words = sorted((w for w, n in self.numbers.items() if least <= n <= most), key=len, reverse=True)
        return "|".join(re.sub(r"[\s-]+", lambda _: r"[\s-]{1,2}", re.escape(w).replace(r"\ ", " ").replace(r"\-", "-")) for w in words) or r"(?!)"


_LISTS = (
    "clock-lead pm am from-now today tomorrow day-after next-week joined date-lead no-start range old-time your-zone my-zone unit"
).split()


def _half_of_day(hour: int, half: str | None, exact: bool, digital: bool) -> tuple[int, bool]:
    if half == "pm":
        return (hour % 12 + 12 if hour <= 12 else hour), True
    if half == "am":
        return (hour % 12 if hour <= 12 else hour), True
    if hour == 0 or hour > 12 or exact:
        return hour, True
    if hour < 7:
        return hour + 12, digital
    return hour, digital and hour >= 8


# ---------------------------------------------------------------------- days, one language

class _Days:
    """The ways in which one language names a day, compiled."""

    def __init__(self, lexicon: Lexicon, code: str, listed: dict[str, tuple[str, ...]]) -> None:
        self._code = code
        self._weekday = {fold(w): i for i in range(7) for w in lexicon.listed(code, f"time-weekday-{i}")}
        self._month = {fold(w): i for i in range(1, 13) for w in lexicon.listed(code, f"time-month-{i}")}
        weekday, month = _any(self._weekday), _any(self._month)
        bare = _any(w for w in self._weekday if len(w) > 3 or (code == "en" and w in ("tue", "thu", "fri")))
        lead = _any(listed["date-lead"])
        number = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|er|ste|de|e|o|a|\.)?(?!\d|[:.]\d|\s?(?:h|uhr|uur|am|pm|a\.m|p\.m|min|%|€)\b)"
        named = rf"(?:(?P<w>{weekday})\.?,?\s{{1,2}}(?:{lead}\s{{1,2}})?)?"
        surely = rf"(?P<w>{weekday})\.?,?\s{{1,2}}(?:{lead}\s{{1,2}})?"
        year = r"(?:,?\s{1,2}(?:de\s|del\s)?(?P<y>20\d\d))?"
        day, in_year = r"(?P<d>3[01]|[12]\d|0?[1-9])", r"(?P<m>1[0-2]|0?[1-9])"
        ordinal = r"(?:st|nd|rd|th)" if code == "en" else r"\." if code == "de" else r"(?:ste|de|e)" if code == "nl" else ""
        self._patterns = tuple(re.compile(rf"(?<![\w.:/-]){p}(?!\w)") for p in (
            rf"{named}{number}\s{{0,2}}(?:(?:of|de|den)\s)?(?P<m>{month})\.?{year}",
            rf"{named}(?P<m>{month})\.?\s{{1,2}}{number}{year}",
            r"(?P<y>20\d\d)-(?P<m>0\d|1[0-2])-(?P<d>[0-3]\d)",
            rf"{named}{day}/{in_year}(?:/(?P<y>20\d\d|\d\d))?(?![/:\d])",
            rf"{named}{day}\.\s?{in_year}\.(?:\s?(?P<y>20\d\d|\d\d))?(?![.:\d])",
            rf"{surely}{day}\.{in_year}(?![.:\d])",
            rf"{surely}{number}",
            rf"(?:{lead})\s{{1,2}}(?P<d>3[01]|[12]\d|0?[1-9]){ordinal}(?!\d|[:.]\d|\s?(?:h|uhr|uur|am|pm|min|heures|ore|horas)\b)",
            rf"(?P<w>{bare})",
            rf"(?P<after>{_any(listed['day-after'])})",
            rf"(?P<tomorrow>{_any(listed['tomorrow'])})",
            rf"(?P<today>{_any(listed['today'])})",
        ))
        self._next_week = _whole(listed["next-week"])

    def found(self, folded: str, today: date, lexicon: Lexicon) -> list[_Day]:
        """The days that a text names, the longest reading of each place."""
        unsure = [(h.start, h.end) for h in lexicon.hits("time-unsure-day", folded, (self._code,))]
        following = [m.span() for m in self._next_week.finditer(folded)]
        days = []
        for pattern in self._patterns:
            for match in islice(pattern.finditer(folded), _MOST):
                groups = match.groupdict()
                doubted = any(s < match.end() and match.start() < e for s, e in unsure)
                if doubted and (groups.get("tomorrow") or groups.get("today")):
                    continue
                vague = doubted and not groups.get("m")
                days.append(_Day(None if vague else self._day(groups, match, today, following), *match.span()))
        return _longest(days)

    def _day(self, groups: dict[str, str | None], match: re.Match[str], today: date, following: list[tuple[int, int]]) -> date | None:
        for name, ahead in (("today", 0), ("tomorrow", 1), ("after", 2)):
            if groups.get(name):
                return today + timedelta(days=ahead)
        weekday = self._weekday.get(groups.get("w") or "")
        if groups.get("d"):
            return self._dated(groups, weekday, today)
        return _next_weekday(weekday, today, match.span(), following) if weekday is not None else None

    def _dated(self, groups: dict[str, str | None], weekday: int | None, today: date) -> date | None:
        number, month, year = int(groups["d"] or 0), groups.get("m"), groups.get("y")
        if not month:
            candidates = [_next_with_day(number, today)]
        elif month.isdigit():
            candidates = self._numeric(number, int(month), year, today)
        else:
            candidates = [_dated(number, self._month[month], year, today)]
        sure = [day for day in dict.fromkeys(candidates) if day and (weekday is None or day.weekday() == weekday)]
        return sure[0] if len(sure) == 1 else None

    def _numeric(self, first: int, second: int, year: str | None, today: date) -> list[date | None]:
        """In English 3/12 is the third of December or the twelfth of March: both, unless a weekday tells."""
        candidates = [_dated(first, second, year, today)]
        return [*candidates, _dated(second, first, year, today)] if self._code == "en" else candidates


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        found = date(today.year, month, day)
        return found if found >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _next_with_day(number: int, today: date) -> date | None:
    """The next day of that number in its month, none more than a month ahead."""
    return next((day for day in (today + timedelta(days=n) for n in range(32)) if day.day == number), None)


def _next_weekday(weekday: int, today: date, span: tuple[int, int], following: list[tuple[int, int]]) -> date | None:
    """The day that a bare weekday means: the next to come. On the same weekday it may be today or in a week: not certain."""
    ahead = (weekday - today.weekday()) % 7
    monday = today + timedelta(days=7 - today.weekday())
    if any(s - span[1] < 12 and span[0] - e < 12 for s, e in following):
        return monday + timedelta(days=weekday)
    day = today + timedelta(days=ahead)
    return None if ahead == 0 or (following and day < monday) else day


# ---------------------------------------------------------------------- days and clocks together

@dataclass(frozen=True, slots=True)
class _Said:
    """One text under the question which moments it names."""

    text: str
    folded: str
    written: datetime
    zone: str
    reader_zone: str | None
    lexicon: Lexicon
    language: Spoken

    def moments(self) -> Iterator[Moment]:
        spoken = _spoken(self.lexicon, self.language)
        days = _longest([day for speech in spoken for day in speech.days(self.folded, self.written.date(), self.lexicon)])
        if not days:
            return
        found = [c for c in clocks(self.text, self.lexicon, self.language) if not any(c.start < d.end and d.start < c.end for d in days)]
        named = [zone for speech in spoken for zone in speech.zones(self.folded)]
        for sentence in sentences.split(self.text):
            mine = [c for c in found if sentence.start <= c.start < sentence.end]
            near = [d for d in days if sentence.start <= d.start < sentence.end]
            zones = [z for z in named if sentence.start <= z[0] < sentence.end]
            yield from self._paired(mine, near, zones, spoken)

    def _paired(self, found: list[Clock], days: list[_Day], zones: list[tuple[int, int, str]], spoken: tuple[_Speech, ...]) -> Iterator[Moment]:
        skip = False
        for place, clock in enumerate(found):
            if skip:
                skip = False
                continue
            day = _day_of(clock, days, found, self.folded)
            to = found[place + 1] if place + 1 < len(found) else None
            ranged = to is not None and self._is_range(clock, to, spoken)
            skip = ranged
            if day is None or day.day is None or (not clock.sure and clock.hour == 7):
                continue
            if not ranged and any(speech.has_no_start(self.folded, clock.start) for speech in spoken):
                continue
            moment = self._moment(day, clock, to if ranged else None, zones)
            if moment:
                yield moment

    def _is_range(self, clock: Clock, to: Clock, spoken: tuple[_Speech, ...]) -> bool:
        """"10 to 11", "10-11", "between 10 and 11"; "10 and 11" alone are two times."""
        between = self.folded[clock.end:to.start]
        return len(between) < 24 and any(speech.joins(between) for speech in spoken) and (
            not re.match(r"\s{0,2}(?:and|et|und|y|e|en)\b", between) or bool(re.search(r"(?:between|entre|zwischen|tra|fra|tussen)\W{0,2}(?:\w{1,6}\W{1,2}){0,2}$", self.folded[max(0, clock.start - 30):clock.start])))

    def _moment(self, day: _Day, clock: Clock, to: Clock | None, zones: list[tuple[int, int, str]]) -> Moment | None:
        assert day.day is not None
        name = next((z for s, _, z in zones if s >= clock.start), None) or (zones[0][2] if zones else None)
        if name == "your" and self.reader_zone is None:
            return None
        iana = self.reader_zone if name == "your" else self.zone if name in ("my", None) else name
        start = _local(day.day, clock, ZoneInfo(iana or self.zone))
        if start is None:
            return None
        end = _local(day.day, to, ZoneInfo(iana or self.zone)) if to else None
        span = (min(day.start, clock.start), max(day.end, clock.end))
        return Moment(start, end if end and end > start else None, self.text[span[0]:span[1]], span, name and iana)


_APART = re.compile(r"[;:]|\b(?:or|ou|oder|o|of|oppure|and|et|und|y|e|en|then|sinon|else|otherwise|sonst|anders)\b")


def _day_of(clock: Clock, days: list[_Day], found: list[Clock], folded: str) -> _Day | None:
    """The day that a clock time belongs to: the last before it, or the one right behind it ("at 10 on Thursday")."""
    before = max((d for d in days if d.end <= clock.start), key=lambda d: d.end, default=None)
    after = min((d for d in days if d.start >= clock.end), key=lambda d: d.start, default=None)
    if after and after.start - clock.end <= 24 and (before is None or after.start - clock.end < clock.start - before.end):
        followed = any(after.end <= c.start <= after.end + 24 for c in found)       # "Thursday 10:00, tomorrow at 11": each its own
        if not _APART.search(folded[clock.end:after.start]) and not (followed and before):
            return after
    return before


def _local(day: date, clock: Clock, zone: tzinfo) -> datetime | None:
    """That clock time on that day, None where a clock change skips it or makes it twice."""
    hour, ahead = clock.hour % 24, clock.hour // 24
    there = datetime.combine(day + timedelta(days=ahead), time(hour, clock.minute), zone)
    twice = there.replace(fold=1)
    return there if there.utcoffset() == twice.utcoffset() else None


def _same_clause(folded: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether nothing that opens a new clause stands between two spans."""
    if one[0] < other[1] and other[0] < one[1]:
        return True
    between = folded[min(one[1], other[1]):max(one[0], other[0])]
    return len(between) < 80 and not re.search(r"[.!?;,:\n–—]|\b(?:but|could|can|would|mais|aber|sondern|pero|podemos|ma|maar|mas|pourr\w+|konnen|konnten|kunnen|sind|et si)\b", between)


# ---------------------------------------------------------------------- small change

def _codes(lexicon: Lexicon, language: Spoken) -> tuple[str, ...]:
    wanted = (language,) if isinstance(language, str) else language or ()
    return tuple(code for code in wanted if code in lexicon.languages) or lexicon.languages


def _spoken(lexicon: Lexicon, language: Spoken) -> tuple[_Speech, ...]:
    return tuple(_speech(lexicon, code) for code in _codes(lexicon, language))


@lru_cache(maxsize=64)
def _speech(lexicon: Lexicon, code: str) -> _Speech:
    return _Speech(lexicon, code)


def _sides(form: str) -> tuple[str, str]:
    left, _, right = form.rpartition(" = ")
    return left, right.strip()


def _words(left: str) -> str:
    """A form without placeholders: words, (a|b), [perhaps]."""
    parts = ""
    for token in _PARTS.findall(left):
        piece = _any(fold(p) for p in token.strip("[]()").split("|"))
        parts += f"(?:{_SPACE}{piece})?" if token[0] == "[" else (_SPACE if parts else "") + piece
    return parts


def _any(words: Iterable[str]) -> str:
    """A pattern for one of these, the longest first; one that never matches where there is none."""
    ordered = sorted({w for w in words if w}, key=len, reverse=True)
    return "(?:" + "|".join(r"\s{1,2}".join(re.escape(piece) for piece in word.split()) for word in ordered) + ")" if ordered else r"(?!)"


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any(words)}(?!\w)")


def _longest(found: list[_T]) -> list[_T]:
    """Of readings that overlap the longest, in the order of the text."""
    kept: list[_T] = []
    for item in sorted(found, key=lambda i: (i.start - i.end, i.start)):
        if not any(item.start < k.end and k.start < item.end for k in kept):
            kept.append(item)
    return sorted(kept, key=lambda i: i.start)
