"""At which number the interviewer is reached, or which the user dials; and the code of a conference.

Each number is known by the phrase that introduces it: the nearest one before it in its sentence or line, else the one just
behind it ("020 7946 0000 (my direct line)"). Never the user's own number, a fax, a switchboard, or the numbers of a video
service's block, unless people say to dial into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailrescue.judgement.case import Case
from mailrescue.judgement.words import Number, is_own
from mailrescue.model.interview import Direction

_REACH = 90             # letters before a number in which its introduction stands
_NATIONAL = 7           # digits by which a number with its country is known to be the one without
_BEHIND = 40            # letters behind it
_CODE = re.compile(r"[\s:=#.\-–(]{0,6}(\d(?:[\d -]{0,18}\d)?)\s?#?")
_KEYED = re.compile(r"(?<!\d)(\d(?: ?\d){2,11}) ?#")       # "then 4411#", whatever the word before it
_USER, _THEIRS, _DIAL, _SHARED, _NOBODY = "user", "theirs", "dial", "switchboard", "fax"
_INTRODUCTIONS = (
    ("calls_from", _THEIRS),
    ("fax", _NOBODY),
    ("switchboard", _SHARED),
    ("your_number", _USER),
    ("their_number", _THEIRS),
    ("you_dial", _DIAL),
    ("they_dial", _USER),
)


@dataclass(frozen=True, slots=True)
class Line:
    """The number chosen, the digits to key in once connected, and the reason."""

    phone: str | None
    access_code: str | None
    reason: str


def line(case: Case, direction: Direction, writer_is_called: bool = True) -> Line:
    """The interviewer's number, None where the message gives none.

    ``writer_is_called``: who signs is on the call. Where another is, a number that nothing introduces is not theirs.
    """
    own = _own_numbers(case)
    ranked = [(rank, number) for number in case.words.numbers if (rank := _rank(case, number, own, direction, writer_is_called))]
    if not ranked:
        return Line(None, None, "no number of theirs is given")
    _, number = max(ranked, key=lambda r: (r[0], -r[1].start))
    code = _access_code(case, number) if direction is not Direction.THEY_CALL else None
    return Line(_in_full(case, number), code, f"'{number.mention.raw}' is their number" + (f", code {code}" if code else ""))


def _in_full(case: Case, number: Number) -> str | None:
    """The number, where the text gives it with its country too ("211 000 111, from abroad +351 211 000 111") that one, however it was read."""
    digits = _digits(number)
    if number.mention.raw.startswith(("+", "00")):
        return number.mention.e164
    abroad = (n.mention.e164 for n in case.words.numbers if n.mention.raw.lstrip(" (").startswith(("+", "00")) and n.mention.e164)
    return next((e164 for e164 in abroad if len(digits) >= _NATIONAL and e164.endswith(digits)), number.mention.e164)


def _digits(number: Number) -> str:
    """Of a number as it is written at home, without the zero before it."""
    return re.sub(r"\D", "", number.mention.raw).lstrip("0")


def _own_numbers(case: Case) -> frozenset[str]:
    """The user's number, and those introduced as the user's anywhere."""
    own = {case.me.phone}
    for number in case.words.numbers:
        if not number.in_block and _introduction(case, number) == (_THEIRS if case.words_by_me(number.place) else _USER):
            own.add(number.mention.e164)
    return frozenset(e for e in own if e)


def _rank(case: Case, number: Number, own: frozenset[str], direction: Direction, writer_is_called: bool) -> int:
    """How likely it is the one wanted; 0 for never."""
    mention = number.mention
    if mention.e164 is None or mention.e164 in own or is_own(mention, case.me.phone):
        return 0
    if number.in_block:
        return 1 if direction is Direction.YOU_CALL and case.words.said("bridge_stated") else 0
    kind = _introduction(case, number)
    if case.words_by_me(number.place) and kind in (_USER, _THEIRS):
        kind = _THEIRS if kind == _USER else _USER
    unclaimed = number.place == "signature" or (not kind and number.place in ("body", "description"))
    if kind in (_USER, _NOBODY, _SHARED) or (unclaimed and not writer_is_called):
        return 0
    rank = {"location": 6, "description": 5, "conference": 5, "body": 4, "title": 4, "link": 3, "contact": 3}.get(number.place, 2)
    if kind == _DIAL:
        rank += 10 if direction is Direction.YOU_CALL else 4
    elif kind == _THEIRS:
        rank += 5
    if direction is Direction.YOU_CALL and (mention.suffix or number.place == "location"):
        rank += 6
    if number.place == "link" and direction is Direction.YOU_CALL:
        rank += 2
    if direction is Direction.THEY_CALL and _calls_from(case, number):
        rank += 20
    return rank


def _calls_from(case: Case, number: Number) -> bool:
    return any(said.end <= number.start and number.start - said.end < 30 and said.sentence == case.words.sentence(number.start) for said in case.words.said("calls_from"))


def _introduction(case: Case, number: Number) -> str:
    """What the nearest phrase makes of the number, empty where none stands near."""
    words = case.words
    begin = max(words.bounds(words.sentence(number.start))[0], number.start - _REACH)
    best: tuple[int, bool, int, bool, str] | None = None
    dialled = words.said("you_dial")
    for concept, kind in _INTRODUCTIONS:
        for said in words.said(concept):
            if kind == _USER and any(d.start == said.start and d.end <= said.end for d in dialled):
                continue            # "rufen Sie mich im Büro an" holds "rufen Sie … an" too
            if begin <= said.start and said.end <= number.end and said.start < number.start:
                closeness = (min(said.end, number.start), concept == "calls_from", said.end - said.start, concept == "their_number")
                if best is None or closeness > best[:4]:
                    best = (*closeness, kind)
    if best is not None and number.start - best[0] <= 3:
        return best[4]
    behind = [
        (said.start, kind)
        for concept, kind in _INTRODUCTIONS[1:5]
        for said in words.said(concept)
        if number.end <= said.start <= number.end + 6 and "(" in words.text[number.end : said.start + 1] + " "
    ]
    if behind:
        return min(behind)[1]
    return best[4] if best else ""


def _access_code(case: Case, number: Number) -> str | None:
    """The digits of the conference's PIN that stand nearest behind the number."""
    if number.mention.suffix:
        return number.mention.suffix
    words = case.words
    hosts = [(s.start, s.end) for s in words.said("host_code")]
    near: list[tuple[int, str]] = []
    for said in words.said("access_code"):
        if any(start <= said.start < end + 1 or start < said.end <= end for start, end in hosts):
            continue
        match = _CODE.match(words.text, said.end)
        digits = re.sub(r"\D", "", match[1]) if match else ""
        if 3 <= len(digits) <= 14:
            near.append((abs(said.start - number.end) + (0 if said.place == number.place else 1000), digits))
    if near:
        return min(near)[1]
    keyed = _KEYED.search(words.text, number.end, min(words.bounds(words.sentence(number.end))[1], number.end + _REACH))
    return re.sub(r"\D", "", keyed[1]) if keyed else None
