"""What an IMAP server says, read: lists, strings, literals, and the FETCH, STATUS and LIST answers made of them. Pure.

Our own because IMAPClient's parser costs 85 microseconds a BODYSTRUCTURE, refuses what several servers send and recurses. An
*answer* here is one logical line: literals stand in it, each after its ``{n}`` CR LF.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

#: a parsed value: a string or an atom, NIL, or a list of such
Node = bytes | None | list["Node"]

_TOKEN = re.compile(rb'[ \t]{0,50}(?:([()])|"([^"\\]{0,65536}(?:\\.[^"\\]{0,65536}){0,4096})"|~?\{(\d{1,12})\+?\}\r?\n|([^\s()"]{1,65536}))', re.S)
_DEPTH = 120
_TOKENS = 200_000
_MONTHS = {name: number for number, name in enumerate((b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"), 1)}
_DATE_TIME = re.compile(rb"\s?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotParsed(ValueError):
    """An answer that is not what its RFC says."""


def parse_one(answer: bytes, start: int) -> Node:
    """The one value that begins at ``start``; what follows it is left alone. Raises NotParsed."""
    values = parse(answer, start, one=True)
    return values[0] if values else None


def parse(answer: bytes, start: int = 0, one: bool = False) -> list[Node]:
    """The values of an answer from ``start`` on, or the first alone. Raises NotParsed where brackets do not pair, or nest deeper than any mail."""
    root: list[Node] = []
    stack, at = [root], start
    for _ in range(_TOKENS):
        found = _TOKEN.match(answer, at)
        if found is None:
            if answer[at:].strip():
                raise NotParsed(f"not an IMAP value: {answer[at:at + 40]!r}")
            break
        at = found.end()
        bracket, quoted, literal, atom = found.groups()
        if bracket == b"(":
            inner: list[Node] = []
            stack[-1].append(inner)
            stack.append(inner)
            if len(stack) > _DEPTH:
                raise NotParsed("lists nest deeper than any mail")
        elif bracket == b")":
            stack.pop()
            if not stack:
                raise NotParsed("a bracket closes what was not open")
        elif literal is not None:
            end = at + int(literal)
            stack[-1].append(answer[at:end])
            at = end
        elif quoted is not None:
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", quoted, flags=re.S) if b"\\" in quoted else quoted)
        else:
            stack[-1].append(None if atom.upper() == b"NIL" else atom)
        if one and len(stack) == 1:
            return root
    if len(stack) != 1:
        raise NotParsed("a list does not end")
    return root


_FETCH = re.compile(rb"\* \d{1,10} FETCH \(", re.I)


def fetched(answer: bytes) -> dict[bytes, Node] | None:
    """The items of a FETCH answer by their names in upper case (``BODY[]<0>`` becomes ``BODY[]``); None where it is another answer."""
    if not _FETCH.match(answer):
        return None
    values = parse(answer, answer.index(b"("))
    items = values[0] if values and isinstance(values[0], list) else []
    found: dict[bytes, Node] = {}
    for name, value in zip(items[::2], items[1::2], strict=False):
        if isinstance(name, bytes):
            found[name.upper().partition(b"<")[0]] = value
    return found


def listed(answer: bytes) -> tuple[frozenset[str], str | None, bytes] | None:
    """Attributes, hierarchy delimiter and name (as on the wire) of a LIST answer; None where it is another answer."""
    if not answer[:7].upper().startswith((b"* LIST ", b"* XLIST")):
        return None
    values = parse(answer, answer.index(b" ", 2))
    if len(values) < 3 or not isinstance(values[0], list) or not isinstance(values[2], bytes | None):
        return None
    delimiter = values[1].decode("ascii", "replace") if isinstance(values[1], bytes) else None
    attributes = frozenset(a.decode("ascii", "replace") for a in values[0] if isinstance(a, bytes))
    return attributes, delimiter or None, values[2] if values[2] is not None else b"NIL"


def status(answer: bytes) -> tuple[bytes, dict[bytes, int]] | None:
    """Name (as on the wire) and numbers of a STATUS answer; None where it is another answer."""
    if answer[:9].upper() != b"* STATUS ":
        return None
    values = parse(answer, 8)
    if len(values) < 2 or not isinstance(values[0], bytes) or not isinstance(values[1], list):
        return None
    pairs = zip(values[1][::2], values[1][1::2], strict=False)
    return values[0], {k.upper(): int(v) for k, v in pairs if isinstance(k, bytes) and isinstance(v, bytes) and v.isdigit()}


def number(answer: bytes, code: bytes) -> int | None:
    """The number of a response code such as ``[UIDVALIDITY 3]`` in an answer."""
    found = re.search(rb"\[" + re.escape(code) + rb" (\d{1,20})\]", answer, re.I)
    return int(found[1]) if found else None


def moment(date_time: bytes) -> datetime:
    """An INTERNALDATE (RFC 9051 date-time) as an aware time; the epoch where it is none, so that the message is never left out."""
    found = _DATE_TIME.fullmatch(date_time)
    if found is None:
        return _EPOCH
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    try:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(-offset if sign == b"-" else offset) if offset else UTC
        return datetime(int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), min(int(second), 59), tzinfo=zone)
    except (ValueError, KeyError):
        return _EPOCH
