"""winmail.dat: meeting requests that Outlook sends without a calendar part."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from uuid import UUID

import pytest

from mailrescue.model.words import Address
from mailrescue.reading import rtf, tnef

APPOINTMENT = UUID("00062002-0000-0000-c000-000000000046")
MEETING = UUID("6ed8da90-450b-101b-98da-00aa003f1305")
START, END = datetime(2027, 1, 19, 14, tzinfo=UTC), datetime(2027, 1, 19, 14, 45, tzinfo=UTC)


def padded(octets: bytes) -> bytes:
    return struct.pack("<I", len(octets)) + octets + bytes(-len(octets) % 4)


def prop(key: int | tuple[UUID, int], value: str | bytes | datetime | int) -> bytes:
    """One MAPI property (MS-OXTNEF 2.1.3.4)."""
    number, named = (key, b"") if isinstance(key, int) else (0x8001, key[0].bytes_le + struct.pack("<II", 0, key[1]))
    if isinstance(value, str):
        return struct.pack("<HH", 0x1F, number) + named + struct.pack("<I", 1) + padded(value.encode("utf-16-le") + b"\0\0")
    if isinstance(value, bytes):
        return struct.pack("<HH", 0x102, number) + named + struct.pack("<I", 1) + padded(value)
    if isinstance(value, datetime):
        ticks = round((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        return struct.pack("<HH", 0x40, number) + named + struct.pack("<Q", ticks)
    return struct.pack("<HH", 0x3, number) + named + struct.pack("<I", value)


def attribute(identity: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", 1, identity, 0, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def winmail(message_class: str, *properties: bytes, more: bytes = b"") -> bytes:
    listed = struct.pack("<I", len(properties)) + b"".join(properties)
    return struct.pack("<IH", tnef.SIGNATURE, 1) + attribute(0x8008, message_class.encode() + b"\0") + more + attribute(0x9003, listed)


REQUEST = (
    prop(0x37, "Telephone interview"), prop((APPOINTMENT, 0x820D), START), prop((APPOINTMENT, 0x820E), END), prop((APPOINTMENT, 0x8208), "Phone: 01632 960741"),
    prop((APPOINTMENT, 0x8201), 3), prop((APPOINTMENT, 0x8234), "(UTC+00:00) Dublin, Edinburgh, Lisbon, London"), prop(0x1000, "I will ring you.\r\nOrla"),
    prop(0x42, "Orla Quinn"), prop(0x5D02, "orla@hill.example"), prop((MEETING, 0x3), bytes.fromhex("040000008200E00074C5B7101A82E008") + bytes(4) + b"\x01" * 36))


def test_a_meeting_request(me):
    """Times are UTC, named properties are known by their set, the global object id is Exchange's UID."""
    (invite,), aside = tnef.read(winmail("IPM.Microsoft Schedule.MtgReq", *REQUEST), me)
    assert ("REQUEST", START, END, "Europe/Dublin", 3) == (invite.method, invite.start, invite.end, invite.zone, invite.sequence)
    assert invite.organizer == Address("Orla Quinn", "orla@hill.example")
    assert invite.uid == "040000008200E00074C5B7101A82E008" + "00" * 4 + "01" * 36
    assert [("summary", "Telephone interview"), ("location", "Phone: 01632 960741"), ("description", "I will ring you.\nOrla")] == [
        (p.source, p.text) for p in invite.passages]
    assert aside == ()


@pytest.mark.parametrize(("message_class", "method", "partstat"), [
    ("IPM.Schedule.Meeting.Canceled", "CANCEL", None), ("IPM.Schedule.Meeting.Resp.Pos", "REPLY", "ACCEPTED"), ("IPM.Microsoft Schedule.MtgRespN", "REPLY", "DECLINED"),
])
def test_kinds_of_items(me, message_class, method, partstat):
    """Cancellations, and answers with the answer as the attendee's."""
    (invite,), _ = tnef.read(winmail(message_class, *REQUEST), me)
    assert method == invite.method
    assert ([partstat] if partstat else []) == [a.partstat for a in invite.attendees]


def test_an_item_of_another_kind_is_no_invite(me):
    """Most winmail.dat hold a mail or attachments: nothing to read, nothing to tell."""
    assert tnef.read(winmail("IPM.Microsoft Mail.Note", prop(0x37, "Hello")), me) == ((), ())


def test_one_date_of_a_series(me):
    """The global object id carries the date of the instance; the series has the same UID without it."""
    dated = bytes.fromhex("040000008200E00074C5B7101A82E008") + b"\x07\xeb\x01\x13" + b"\x01" * 36
    (invite,), _ = tnef.read(winmail("IPM.Schedule.Meeting.Request", *REQUEST[:-1], prop((MEETING, 0x3), dated)), me)
    assert invite.key == ("040000008200E00074C5B7101A82E008" + "00" * 4 + "01" * 36, "20270119")


def test_local_start_as_a_last_resort(me):
    """attDateStart is the sender's local time: used only where no MAPI time stands there, in the zone that the item names."""
    local = attribute(0x0006, struct.pack("<7H", 2027, 1, 19, 8, 0, 0, 2))
    zone = prop((APPOINTMENT, 0x8234), "(UTC-05:00) Eastern Time (US & Canada)")
    (invite,), _ = tnef.read(winmail("IPM.Microsoft Schedule.MtgReq", zone, more=local), me)
    assert invite.start == datetime(2027, 1, 19, 13, tzinfo=UTC)


@pytest.mark.parametrize("octets", [
    pytest.param(b"", id="empty"),
    pytest.param(b"not at all", id="no signature"),
    pytest.param(winmail("IPM.Schedule.Meeting.Request", *REQUEST)[:-60], id="cut"),
    pytest.param(struct.pack("<IH", tnef.SIGNATURE, 1) + attribute(0x9003, b"\xff\xff\xff\xff"), id="four thousand million properties"),
    pytest.param(struct.pack("<IH", tnef.SIGNATURE, 1) + attribute(0x9004, b"\xff\xff\xff\xff"), id="four thousand million recipients"),
])
def test_broken_tnef_is_set_aside(me, octets):
    """With its reason, and at once."""
    invites, (aside,) = tnef.read(octets, me)
    assert invites == ()
    assert aside.why.startswith("it is no sound TNEF")


def test_rtf_to_words():
    """Outlook's body is mostly RTF alone: code page letters, Unicode, and no fonts or styles among the words."""
    source = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Riched20;}\f0 Caf\'e9 \u8211?\par I will ring\line you}"
    assert rtf.text(source) == "Café –\nI will ring\nyou"


def test_compressed_rtf():
    """The example of MS-OXRTFCP 3.1.1."""
    octets = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
    assert rtf.decompress(octets) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
