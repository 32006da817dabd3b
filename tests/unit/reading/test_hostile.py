"""Mail that means harm: whatever the octets, a Message comes back, and soon."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailrescue.model.interview import Me
from mailrescue.model.mail import Message, MessageRef, StoredMessage
from mailrescue.reading import agenda, hypertext, itip, mime, rtf, text, tnef

ME = Me("Sam Ashgrove", ("sam@ashgrove.example",), "+33639980000", "06 39 98 00 00", "Europe/Paris", ("en", "fr"))
SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parent / "files").iterdir())]
TORN = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def reading(octets: bytes) -> Message:
    stored = StoredMessage(MessageRef("INBOX", 1, "1"), frozenset(), datetime(2027, 1, 12, 10, tzinfo=UTC), octets)
    return mime.read(stored, ME)


def nested(depth: int) -> bytes:
    head = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return b"From: a@b.example\n" + head + b"Content-Type: text/plain\n\nHi\n"


@pytest.mark.parametrize("octets", [
    pytest.param(nested(1000), id="a thousand multiparts"),
    pytest.param(b"Content-Type: message/rfc822\n\n" * 2000, id="messages within messages"),
    pytest.param(b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nHi\n" * 50_000, id="fifty thousand parts"),
    pytest.param(b"From: " + b"(" * 50_000 + b"\n\n", id="comments in a From"),
    pytest.param(b'From: ' + b'"' * 50_000 + b"\n\n", id="quotes in a From"),
    pytest.param(b"From: " + b'"\\' * 25_000 + b"\n\n", id="escapes in a From"),
    pytest.param(b"Subject: " + b"=?utf-8?q?x?= " * 30_000 + b"\n\n", id="encoded words"),
    pytest.param(b"Subject: " + b"=?" * 30_000 + b"\n\n", id="beginnings of encoded words"),
    pytest.param(b"Content-Type: text/x; " + b"a*0*=x; " * 30_000 + b"\n\n", id="parameters"),
    pytest.param(b'Content-Type: text/x; a="' + b'\\"' * 30_000 + b"\n\n", id="a parameter that never closes"),
    pytest.param(b"X: y\n" * 200_000 + b"\nHi", id="a header of a megabyte"),
    pytest.param(b"References: " + b"<a@b>\n " * 30_000 + b"\n\n", id="references"),
    pytest.param(b"Date: " + b"1" * 5_000 + b"\n\n", id="a date of digits"),
    pytest.param(b"Date: Mon, 01 Jan 0001 00:00:00 +1400\n\n", id="before all time"),
    pytest.param(b"\n" + b"On x\n" * 5_000, id="attributions that lead nowhere"),
    pytest.param(b"\nOn " + b"a " * 30_000, id="a line of 60 kB"),
    pytest.param(b"\n" + b"\n" * 50_000 + b"x", id="blank lines"),
    pytest.param(b"\n" + b"From: x\n" * 20_000, id="labels"),
    pytest.param(b"Content-Type: text/html\n\n" + b"<div>" * 50_000, id="open elements"),
    pytest.param(b"Content-Type: text/html\n\n" + b'<a "' * 50_000, id="quotes in tags"),
    pytest.param(b"Content-Type: text/html\n\n" + b"<!--" * 50_000, id="comments in HTML"),
    pytest.param(b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 50_000, id="open events"),
    pytest.param(b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nATTENDEE" + b';X="' * 50_000 + b"\n", id="quotes in a content line"),
    pytest.param(b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nDESCRIPTION:x\n" + b" y\n" * 100_000, id="a long fold"),
    pytest.param(b"Content-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:x\n" + b"lost\n" * 50_000, id="lines without a name"),
])
@pytest.mark.timeout(10)
def test_hostile_shapes(octets):
    """Each took a reader of mail seconds, gigabytes or its stack."""
    assert reading(octets).message_id.endswith(">")


def test_what_is_too_deep_too_many_or_too_large_is_said():
    """Limits are told, never silent."""
    whys = [a.why for octets in (nested(40), b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nHi\n" * 300, b"X: y\n" * 80_000 + b"\n")
            for a in reading(octets).set_aside]
    assert ["parts are nested more than 30 deep", "it has more than 200 parts", "it is larger than 256 KiB"] == whys


@TORN
@given(st.binary(max_size=2000))
def test_any_octets_at_all(octets):
    """Never raises."""
    assert reading(octets).ref.uid == "1"


@TORN
@given(st.data())
def test_torn_mail(data):
    """Real mail cut, doubled and overwritten anywhere."""
    octets = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 6))):
        at, length = data.draw(st.integers(0, len(octets))), data.draw(st.integers(0, 60))
        octets[at:at + length] = data.draw(st.one_of(st.binary(max_size=12), st.just(bytes(octets[at:at + length]) * 2), st.sampled_from(
            [b"\r", b"\n\n", b"--b", b"=?utf-8?b?", b'"', b"BEGIN:VEVENT\n", b"END:VCALENDAR\n", b";TZID=", b"99991231T235959", b"00000000", b"\xff\xfe", b"<!--", b"<"])))
    assert reading(bytes(octets)).ref.uid == "1"


_LINES = st.sampled_from((
    "DTSTART:{}", "DTEND:{}", "DTSTART;TZID={}:20270119T090000", "DURATION:{}", "RECURRENCE-ID:{}", "SEQUENCE:{}", "DTSTAMP:{}", "ORGANIZER;CN={}:{}", "ATTENDEE:{}",
    "BEGIN:{}", "END:{}", "RRULE:{}", "SUMMARY:{}", "X-WR-TIMEZONE:{}", "TZOFFSETTO:{}", "TZID:{}", "RRULE:FREQ=YEARLY;BYDAY={};BYMONTH={}", "DESCRIPTION:{}", "CONFERENCE:{}"))
_VALUES = st.one_of(st.text(max_size=12), st.integers().map(str), st.sampled_from((
    "VEVENT", "VTIMEZONE", "STANDARD", "VALARM", "-9SU", "13", "99991231T235959", "19000101T000000Z", "PT99999H", "P9999W", "+2460", "Europe/Paris", "../../etc/passwd", "GMT+99", "0")))


@TORN
@given(st.lists(st.tuples(_LINES, _VALUES)))
def test_torn_calendars(lines):
    """Any lines in any order."""
    octets = "\n".join(["BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "BEGIN:STANDARD", *(line.replace("{}", value) for line, value in lines)]).encode("utf-8", "replace")
    invites, aside = itip.read(octets, "", "", ME)
    assert invites or aside


@TORN
@given(st.lists(st.tuples(_LINES, _VALUES), max_size=8))
def test_torn_agendas(tmp_path_factory, lines):
    """The user's calendars hold what strangers wrote."""
    path = tmp_path_factory.mktemp("agenda") / "a.ics"
    path.write_bytes("\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20270119T090000", "RRULE:FREQ=WEEKLY", *(a.replace("{}", b) for a, b in lines)]).encode("utf-8", "replace"))
    taken, _ = agenda.busy([path], datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC), ME)
    assert all(b.start.tzinfo is not None for b in taken)


@TORN
@given(st.binary(max_size=600))
def test_torn_tnef(octets):
    """Any octets behind the signature."""
    invites, aside = tnef.read(b"\x78\x9f\x3e\x22\x01\x00" + octets, ME)
    assert isinstance(invites, tuple)
    assert isinstance(aside, tuple)
    assert isinstance(rtf.text(rtf.decompress(octets)), str)


@TORN
@given(st.text(max_size=400), st.text(max_size=30))
def test_any_text_is_parted_without_loss(body, writer):
    """No visible word of a body is lost: it is new, signed or quoted."""
    split = text.split(body, writer)
    whole = f"{split.new}\n{split.signature}\n{split.quoted}"
    assert all(word in whole for word in text._visible(body).split())


@TORN
@given(st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<blockquote>", "</blockquote>", "<a href='tel:1'>", "</a>", "<pre>", "</pre>", "<", ">", "&amp;", "&#", "x", "<!--", "-->", "<style>", '"'])))
def test_any_html(pieces):
    """Tags in any order."""
    assert isinstance(hypertext.read("".join(pieces)).text, str)


def test_a_body_that_unpacks_to_nothing_but_time():
    """Base64 of five megabytes of one letter: read to its limit."""
    octets = b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"a" * 3_000_000)
    assert len(reading(octets).body) <= mime.LARGEST_BODY
