"""Header fields as people and programs write them, and the values that they mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailrescue.model.words import Address
from mailrescue.reading import charset, headers, parts


@pytest.mark.parametrize(("raw", "expected"), [
    pytest.param("Orla Quinn <orla@hill.example>", [Address("Orla Quinn", "orla@hill.example")], id="plain"),
    pytest.param('"Quinn, Orla" <Orla@Hill.example>', [Address("Quinn, Orla", "orla@hill.example")], id="quoted comma"),
    pytest.param("Quinn, Orla <orla@hill.example>", [Address("Quinn, Orla", "orla@hill.example")], id="bare comma"),
    pytest.param("orla@hill.example (Orla Quinn)", [Address("Orla Quinn", "orla@hill.example")], id="name in a comment"),
    pytest.param("<orla@hill.example>; sam@ashgrove.example", [Address("", "orla@hill.example"), Address("", "sam@ashgrove.example")], id="semicolon"),
    pytest.param("Team: orla@hill.example, Sam <sam@ashgrove.example>;", [Address("", "orla@hill.example"), Address("Sam", "sam@ashgrove.example")], id="group"),
    pytest.param("undisclosed-recipients:;", [], id="empty group"),
    pytest.param("=?utf-8?q?Orla=2C_Quinn?= <orla@hill.example>", [Address("Orla, Quinn", "orla@hill.example")], id="encoded comma"),
    pytest.param('"orla@hill.example" <orla@hill.example>', [Address("", "orla@hill.example")], id="the address as its name"),
    pytest.param("'Orla Quinn' <orla@hill.example>", [Address("Orla Quinn", "orla@hill.example")], id="apostrophes"),
    pytest.param("Orla <@relay.example,@mx.example:orla@hill.example>", [Address("Orla", "orla@hill.example")], id="route"),
    pytest.param("Orla <orla@hill.example", [Address("Orla", "orla@hill.example")], id="never closed"),
    pytest.param("nobody at all", [], id="no address"),
])
def test_addresses(raw, expected):
    """RFC 5322 3.4, and what is written instead."""
    assert list(headers.addresses(raw.encode())) == expected


@pytest.mark.parametrize(("raw", "expected"), [
    pytest.param(b"=?UTF-8?B?w4k=?= =?UTF-8?B?bGnDqQ==?=", "Élié", id="adjacent words"),
    pytest.param(b"=?UTF-8?B?w4nD?= =?UTF-8?B?qQ==?=", "Éé", id="cut within a letter"),
    pytest.param(b"=?iso-8859-15?q?100_=A4?= net", "100 € net", id="Latin-9"),
    pytest.param(b"=?utf-8?q?a b?=", "a b", id="a space within"),
    pytest.param(b"=?no-such?q?caf=C3=A9?=", "café", id="unknown charset"),
    pytest.param(b"=?utf-8?b?broken", "=?utf-8?b?broken", id="never closed"),
    pytest.param("Entretien téléphonique".encode("latin-1"), "Entretien téléphonique", id="raw Latin-1"),
    pytest.param(b"Re: one\r\n two\n\tthree", "Re: one two three", id="folded"),
])
def test_subjects(raw, expected):
    """RFC 2047, and what is written instead."""
    assert headers.text(raw) == expected


@pytest.mark.parametrize(("raw", "expected"), [
    (b"Tue, 12 Jan 2027 09:15:02 +0100", datetime(2027, 1, 12, 9, 15, 2, tzinfo=timezone(timedelta(hours=1)))),
    (b"12 Jan 2027 09:15 GMT", datetime(2027, 1, 12, 9, 15, tzinfo=UTC)),
    (b"Tue, 12 Jan 2027 09:15:02 -0000", datetime(2027, 1, 12, 9, 15, 2, tzinfo=UTC)),
    (b"yesterday", None),
    (b"", None),
])
def test_dates(raw, expected):
    """Aware, or none."""
    assert headers.date(raw) == expected


@pytest.mark.parametrize(("octets", "label", "expected"), [
    pytest.param("café".encode(), "iso-8859-1", "café", id="UTF-8 labelled Latin-1"),
    pytest.param("café".encode("latin-1"), "utf-8", "café", id="Latin-1 labelled UTF-8"),
    pytest.param("café".encode("latin-1"), "iso-8859-1", "café", id="as labelled"),
    pytest.param(b"caf\x80", "iso-8859-1", "caf€", id="Windows-1252 labelled Latin-1"),
    pytest.param("café".encode(), "iso-4444-5", "café", id="no such charset"),
    pytest.param("café".encode(), "idna", "café", id="a codec that is no charset"),
    pytest.param("Привет".encode("koi8-r"), "koi8-r", "Привет", id="Cyrillic"),
    pytest.param("日本語".encode("iso-2022-jp"), "iso-2022-jp", "日本語", id="Japanese"),
    pytest.param("téléphone café"[:-1].encode() + b"\xc3", "utf-8", "téléphone caf\N{REPLACEMENT CHARACTER}", id="cut within a letter"),
    pytest.param("hello there".encode("utf-16-be"), "", "hello there", id="UTF-16 without mark"),
])
def test_charsets(octets, label, expected):
    """What was meant, whatever the label says."""
    assert charset.decode(octets, label) == expected


def test_parts_of_a_mail_with_cr_alone():
    """Classic Mac OS ended lines with CR."""
    part, _ = parts.parse(b"Subject: x\rContent-Type: text/plain\r\rHi\rthere\r")
    assert part.text(100) == "Hi\nthere\n"


def test_a_boundary_that_begins_another():
    """"b" is no delimiter where "b1" is meant."""
    octets = b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=b1\n\n--b1\n\none\n--b1--\n--b\n\ntwo\n--b--\n"
    part, _ = parts.parse(octets)
    assert [p.content for p in part.walk() if not p.parts] == [b"one", b"two"]
