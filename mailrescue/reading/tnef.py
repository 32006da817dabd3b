"""winmail.dat to invites: Outlook's meeting requests that come without a text/calendar twin (MS-OXTNEF, MS-OXOCAL).

A reader of our own: tnefparse labels named properties by number alone (a location becomes an instant messaging address), loops
four thousand million times on a count that a hostile sender chose, copies the rest of the file for each attribute, and logs to
standard error, which cron would mail. What concerns us are some twenty properties; the rest is skipped over.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from mailrescue.model.interview import Me
from mailrescue.model.mail import SetAside
from mailrescue.model.scheduling import Attendee, Invite
from mailrescue.model.words import Address
from mailrescue.reading import charset, headers, hypertext, passages, rtf, zones

SIGNATURE = 0x223E9F78
_MOST_ATTRIBUTES = 2_000
_MOST_PROPERTIES = 2_000
_MOST_RECIPIENTS = 200
_LONGEST_TEXT = 60_000

# Attributes (MS-OXTNEF 2.1.3.2)
_MESSAGE_CLASS, _SUBJECT, _MESSAGE_PROPERTIES, _RECIPIENTS, _ATTACHMENT, _CODEPAGE = 0x8008, 0x8004, 0x9003, 0x9004, 0x9005, 0x9007
_DATE_START, _DATE_END = 0x0006, 0x0007
# Property sets (MS-OXPROPS 1.3.2)
_APPOINTMENT = UUID("00062002-0000-0000-c000-000000000046")
_MEETING = UUID("6ed8da90-450b-101b-98da-00aa003f1305")
_COMMON = UUID("00062008-0000-0000-c000-000000000046")
_EMBEDDED = UUID("00020307-0000-0000-c000-000000000046")        # IMessage: an attached Outlook item

#: a property's key: its number, or the set and the number within it
Key = int | tuple[UUID, int | str]
Value = bytes | str | int | datetime | None

_METHODS = (
    (re.compile(r"schedule\.meeting\.request|schedule\.mtgreq", re.I), "REQUEST", ""),
    (re.compile(r"schedule\.meeting\.cancel|schedule\.mtgcncl", re.I), "CANCEL", ""),
    (re.compile(r"schedule\.meeting\.resp\.pos|schedule\.mtgrespp", re.I), "REPLY", "ACCEPTED"),
    (re.compile(r"schedule\.meeting\.resp\.neg|schedule\.mtgrespn", re.I), "REPLY", "DECLINED"),
    (re.compile(r"schedule\.meeting\.resp\.tent|schedule\.mtgrespa", re.I), "REPLY", "TENTATIVE"),
    (re.compile(r"^ipm\.appointment", re.I), "PUBLISH", ""),
)


class _BrokenError(Exception):
    """The octets end, or lead, where they should not."""


@dataclass(slots=True)
class _Item:
    """An Outlook item: its class, its properties, its recipients, and items attached to it."""

    message_class: str = ""
    subject: str = ""
    codepage: str = "cp1252"
    properties: dict[Key, Value] = field(default_factory=dict)
    recipients: list[dict[Key, Value]] = field(default_factory=list)
    attached: list[_Item] = field(default_factory=list)
    local: dict[int, datetime] = field(default_factory=dict)        # attDateStart and attDateEnd, in the sender's local time


def read(octets: bytes, me: Me, people: Sequence[Address] = ()) -> tuple[tuple[Invite, ...], tuple[SetAside, ...]]:
    """The meeting requests in a TNEF stream; nothing where it holds another kind of item. A broken one is set aside.

    ``people`` are those of the mail that carries it; TNEF over SMTP mostly leaves the recipients to its header.
    """
    try:
        item = _item(octets, depth=0)
    except (_BrokenError, struct.error, ValueError) as error:
        return (), (SetAside("a winmail.dat", f"it is no sound TNEF: {error}"),)
    invites, aside = [], []
    for found in (item, *item.attached):
        invite = _invite(found, me, people)
        if invite:
            invites.append(invite)
            if invite.start is None:
                aside.append(SetAside(f"the event {invite.summary[:80]!r}", invite.why_no_time))
    return tuple(invites), tuple(aside)


# ---------------------------------------------------------------------- octets to an item

def _item(octets: bytes, depth: int) -> _Item:
    if len(octets) < 6 or struct.unpack_from("<I", octets)[0] != SIGNATURE:
        raise _BrokenError("it does not begin as one")
    item = _Item()
    for identity, data in _attributes(octets):
        if identity == _CODEPAGE and len(data) >= 4:
            item.codepage = f"cp{struct.unpack_from('<I', data)[0]}"
        elif identity == _MESSAGE_CLASS:
            item.message_class = charset.decode(data.rstrip(b"\0")[:200], item.codepage)
        elif identity == _SUBJECT:
            item.subject = charset.decode(data.rstrip(b"\0")[:4000], item.codepage)
        elif identity in (_DATE_START, _DATE_END) and len(data) >= 12:
            item.local |= _dated(identity, data)
        elif identity == _MESSAGE_PROPERTIES:
            item.properties.update(_properties(_Cursor(data), item.codepage))
        elif identity == _RECIPIENTS:
            rows = _Cursor(data)
            item.recipients = [_properties(rows, item.codepage) for _ in range(min(rows.number(), _MOST_RECIPIENTS))]
        elif identity == _ATTACHMENT and depth < 2:
            item.attached += _attached(data, item.codepage, depth)
    return item


def _attributes(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Identity and data of each attribute: level, identity, type, length, data, checksum. The checksum is not asked: many are wrong."""
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at + 9 > len(octets):
            return
        level, identity, _kind, length = struct.unpack_from("<BHHI", octets, at)
        if level not in (1, 2) or at + 9 + length > len(octets):
            raise _BrokenError("an attribute is longer than what is there")
        yield identity, octets[at + 9:at + 9 + length]
        at += 9 + length + 2


def _dated(identity: int, data: bytes) -> dict[int, datetime]:
    """A date of the sender's local time; some writers leave anything there (mimekit's one-file.tnef)."""
    try:
        return {identity: datetime(*struct.unpack_from("<6H", data))}
    except ValueError:
        return {}


def _attached(data: bytes, codepage: str, depth: int) -> list[_Item]:
    """The Outlook item in an attachment (mimekit's christmas.tnef), if it is one."""
    try:
        held = _properties(_Cursor(data), codepage).get(0x3701)
        if isinstance(held, bytes) and held[:16] == _EMBEDDED.bytes_le:
            return [_item(held[16:], depth + 1)]
    except (_BrokenError, struct.error, ValueError):
        return []       # what is attached to an appointment is not asked for
    return []


class _Cursor:
    """Octets read from the front; asking for more than there is raises _BrokenError."""

    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._at = 0

    def take(self, length: int) -> bytes:
        if self._at + length > len(self._octets):
            raise _BrokenError("a property is longer than what is there")
        self._at += length
        return self._octets[self._at - length:self._at]

    def number(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def padded(self, length: int) -> bytes:
        found = self.take(length)
        self.take(min(-length % 4, len(self._octets) - self._at))
        return found


def _properties(cursor: _Cursor, codepage: str) -> dict[Key, Value]:
    """A list of MAPI properties (MS-OXTNEF 2.1.3.4), those of a named set under (set, number or name)."""
    found: dict[Key, Value] = {}
    for _ in range(min(cursor.number(), _MOST_PROPERTIES)):
        kind, number = struct.unpack("<HH", cursor.take(4))
        key: Key = number
        if number >= 0x8000:
            owner = UUID(bytes_le=cursor.take(16))
            named = cursor.number() == 1
            key = (owner, cursor.padded(cursor.number()).decode("utf-16-le", "replace").rstrip("\0") if named else cursor.number())
        values = _values(cursor, kind, codepage)
        found.setdefault(key, values[0] if values else None)
    return found


_FIXED = {0x0002: 4, 0x000B: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8, 0x0040: 8, 0x0048: 16, 0x0001: 4}
_VARIABLE = frozenset((0x0000, 0x000D, 0x001E, 0x001F, 0x0102))


def _values(cursor: _Cursor, kind: int, codepage: str) -> list[Value]:
    several, kind = kind & 0x1000, kind & 0x0FFF
    if kind in _VARIABLE:
        return [_text_or_octets(cursor.padded(cursor.number()), kind, codepage) for _ in range(min(cursor.number(), _MOST_PROPERTIES))]
    if kind not in _FIXED:
        raise _BrokenError(f"it holds a property of the unknown type {kind:#06x}")
    width = _FIXED[kind]
    if not several:
        return [_fixed(cursor.take(width), kind)]
    width = 2 if kind == 0x0002 else width
    count = cursor.number()
    run = cursor.padded(count * width)
    return [_fixed(run[n:n + width], kind) for n in range(0, min(len(run), 4000), width)]


def _fixed(octets: bytes, kind: int) -> Value:
    if kind == 0x0040:
        return _filetime(int.from_bytes(octets, "little"))
    if kind in (0x0002, 0x000B):
        return int.from_bytes(octets[:2], "little")
    return int.from_bytes(octets, "little") if kind in (0x0003, 0x000A, 0x0014) else octets


def _text_or_octets(octets: bytes, kind: int, codepage: str) -> Value:
    if kind == 0x001F:
        return octets.decode("utf-16-le", "replace").rstrip("\0")
    if kind == 0x001E:
        return charset.decode(octets.rstrip(b"\0"), codepage)
    return octets


def _filetime(ticks: int) -> datetime | None:
    """Tenths of microseconds since 1601, in UTC."""
    try:
        moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None
    return moment if 1900 <= moment.year <= 2200 else None


# ---------------------------------------------------------------------- an item to an invite

def _invite(item: _Item, me: Me, people: Sequence[Address]) -> Invite | None:
    properties = item.properties
    message_class = item.message_class + " " + _text(properties, 0x001A)
    known = next(((method, answer) for pattern, method, answer in _METHODS if any(pattern.search(c) for c in message_class.split(" IPM")) or pattern.search(message_class)), None)
    if known is None:
        return None
    method, answer = known
    zone = _zone(properties)
    start = _time(properties, (_APPOINTMENT, 0x820D), 0x0060, (_COMMON, 0x8516)) or _local(item, _DATE_START, zone, me)
    end = _time(properties, (_APPOINTMENT, 0x820E), 0x0061, (_COMMON, 0x8517)) or _local(item, _DATE_END, zone, me)
    if start and (end is None or end <= start):
        minutes = properties.get((_APPOINTMENT, 0x8213))
        end = start + timedelta(minutes=minutes if isinstance(minutes, int) and 0 < minutes < 100_000 else 30)
    organizer = _organizer(properties)
    uid, instance = _identity(properties)
    sequence = properties.get((_APPOINTMENT, 0x8201))
    invite = Invite(
        method=method, uid=uid, recurrence_id=instance, sequence=sequence if isinstance(sequence, int) else 0,
        dtstamp=_time(properties, (_MEETING, 0x001A), 0x0039), start=start, end=end if start else None,
        summary=_summary(properties, item), organizer=None if method == "REPLY" else organizer,
        attendees=_attendees(item, organizer if method == "REPLY" else None, answer), zone=zone,
        all_day=properties.get((_APPOINTMENT, 0x8215)) == 1, why_no_time="" if start else "it has no start time",
        status="CANCELLED" if method == "CANCEL" else "", recurring=properties.get((_APPOINTMENT, 0x8223)) == 1, prodid="TNEF")
    return replace(invite, passages=_passages(invite, properties, me, people))


def _text(properties: Mapping[Key, Value], *keys: Key) -> str:
    return next((value for key in keys if isinstance(value := properties.get(key), str) and value.strip()), "")


def _time(properties: Mapping[Key, Value], *keys: Key) -> datetime | None:
    return next((value for key in keys if isinstance(value := properties.get(key), datetime)), None)


def _local(item: _Item, which: int, zone: str | None, me: Me) -> datetime | None:
    """attDateStart is in the sender's local time: a last resort, where no MAPI time stands there."""
    found = item.local.get(which)
    return found.replace(tzinfo=zones.zone(zone or me.timezone)).astimezone(UTC) if found and 1900 < found.year < 2200 else None


def _zone(properties: Mapping[Key, Value]) -> str | None:
    """The zone in which it was set: the key name in the time zone definition (MS-OXOCAL 2.2.1.42), else its description."""
    definition = properties.get((_APPOINTMENT, 0x825E))
    if isinstance(definition, bytes) and len(definition) > 8 and definition[0] == 2:
        length = struct.unpack_from("<H", definition, 6)[0]
        named = zones.by_name(definition[8:8 + 2 * min(length, 100)].decode("utf-16-le", "replace").strip("\0"))
        if named:
            return named
    return zones.by_name(_text(properties, (_APPOINTMENT, 0x8234))[:200])


def _summary(properties: Mapping[Key, Value], item: _Item) -> str:
    return " ".join(headers.clean(_text(properties, 0x0037, 0x0E1D, 0x0070) or item.subject).split())[:1000]


def _organizer(properties: Mapping[Key, Value]) -> Address | None:
    """Whom the item comes from: the one represented, else the sender. An Exchange-internal address (/O=…) is none."""
    for name, *emails in ((0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F)):
        address = headers.mailbox_named(_text(properties, name), _text(properties, *(e for e in emails if "@" in _text(properties, e))))
        if address.email or address.name:
            return address
    return None


def _attendees(item: _Item, replier: Address | None, answer: str) -> tuple[Attendee, ...]:
    if replier:
        return (Attendee(replier, answer),)
    found = []
    for row in item.recipients:
        address = headers.mailbox_named(_text(row, 0x3001, 0x5FF6), next((t for k in (0x39FE, 0x3003) if "@" in (t := _text(row, k))), ""))
        if address.email or address.name:
            role = "OPT-PARTICIPANT" if row.get(0x0C15) == 2 else "REQ-PARTICIPANT"
            found.append(Attendee(address, role=role, cutype="RESOURCE" if row.get(0x0C15) == 3 else ""))
    return tuple(found)


def _identity(properties: Mapping[Key, Value]) -> tuple[str, str | None]:
    """UID and instance from the global object id, as Exchange writes them into iCalendar (MS-OXCICAL 2.1.3.1.1.20.26)."""
    full, clean = properties.get((_MEETING, 0x0003)), properties.get((_MEETING, 0x0023))
    whole = full if isinstance(full, bytes) else clean if isinstance(clean, bytes) else b""
    if len(whole) < 20:
        seed = _text(properties, 0x1035) or repr(sorted(str(item) for item in properties.items()))
        from hashlib import sha256

        return f"{sha256(seed.encode('utf-8', 'replace')).hexdigest()[:32]}@no-uid.invalid", None
    year, month, day = whole[16] << 8 | whole[17], whole[18], whole[19]
    instance = f"{year:04d}{month:02d}{day:02d}" if year else None
    if whole[40:48] == b"vCal-Uid":
        return headers.plain(charset.decode(whole[52:].rstrip(b"\0")))[:1000], instance
    return (whole[:16] + bytes(4) + whole[20:])[:500].hex().upper(), instance


def _passages(invite: Invite, properties: Mapping[Key, Value], me: Me, people: Sequence[Address]) -> tuple:      # type: ignore[type-arg]
    organizer = [invite.organizer] if invite.organizer else []
    location = " ".join(headers.clean(_text(properties, (_APPOINTMENT, 0x8208), (_MEETING, 0x0002))).split())
    texts = (("summary", invite.summary), ("location", location[:4000]), ("description", _body(properties)))
    return passages.of(texts, me, invite.zone, [*organizer, *people])


def _body(properties: Mapping[Key, Value]) -> str:
    """The item's words: plain, else from HTML, else from RTF, which is all that most carry."""
    plain = _text(properties, 0x1000)
    html, compressed = properties.get(0x1013), properties.get(0x1009)
    if not plain and html:
        plain = hypertext.read(charset.decode(html) if isinstance(html, bytes) else str(html)).text
    if not plain and isinstance(compressed, bytes):
        plain = rtf.text(rtf.decompress(compressed))
    lines = plain[:_LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(headers.clean(line).rstrip() for line in lines).strip()
