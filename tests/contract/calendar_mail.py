"""Messages that carry a calendar, one of every kind that senders make, and look-alikes that carry none. Lines end in CR LF."""

from __future__ import annotations

import base64
import struct

_ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//mailrescue//tests//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:calendar-mail@tests.example
DTSTAMP:20261101T090000Z
DTSTART:20261130T130000Z
DTEND:20261130T133000Z
SUMMARY:Telephone call
END:VEVENT
END:VCALENDAR
"""


def _encoded(octets: bytes) -> str:
    return base64.encodebytes(octets).decode("ascii")


def _part(kind: str, body: str, *headers: str) -> str:
    return "\n".join([f"Content-Type: {kind}", *headers, "", body])


def _multipart(subtype: str, *parts: str, boundary: str = "=_b", parameters: str = "") -> str:
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"{parameters}\n\nThis is MIME.\n{inside}--{boundary}--\n'


def _message(entity: str, subject: str) -> bytes:
    head = f"From: Noor Haddad <noor@sender.example>\nTo: lea@example.org\nSubject: {subject}\nMessage-ID: <{abs(hash(subject))}@sender.example>\nMIME-Version: 1.0\n"
    return (head + entity).encode("utf-8").replace(b"\n", b"\r\n")


_TEXT = _part("text/plain; charset=utf-8", "Bis bald.\n")
_HTML = _part("text/html; charset=utf-8", "<p>Bis bald.</p>\n")
_CALENDAR = "text/calendar; charset=utf-8; method=REQUEST"
_BASE64 = "Content-Transfer-Encoding: base64"
_IN_BASE64 = _encoded(_ICS.encode())
_ATTACHED = 'Content-Disposition: attachment; filename="invite.ics"'
_HIDDEN_NAME = "=?UTF-8?B?" + base64.b64encode("Verabredung für Übermorgen.ics".encode()).decode() + "?="
_INNER = _message(_multipart("alternative", _TEXT, _part(_CALENDAR, _IN_BASE64, _BASE64), boundary="inner"), "the inner one").decode().replace("\r\n", "\n")


def _tnef(name: str, content: bytes) -> bytes:
    def attribute(level: int, identifier: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, identifier, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    start = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    return start + attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00018010, name.encode() + b"\0") + attribute(2, 0x0006800F, content)


_ENTITIES = {
    "an alternative, 8bit": _multipart("alternative", _TEXT, _HTML, _part(_CALENDAR, _ICS, "Content-Transfer-Encoding: 8bit")),
    "an alternative, base64": _multipart("alternative", _TEXT, _HTML, _part(_CALENDAR, _IN_BASE64, _BASE64)),
    "Google's, twice": _multipart(
        "mixed", _multipart("alternative", _TEXT, _part(_CALENDAR, _ICS), boundary="in"), _part('application/ics; name="invite.ics"', _IN_BASE64, _BASE64, _ATTACHED), boundary="out"
    ),
    "an octet-stream named .ics": _multipart("mixed", _TEXT, _part('application/octet-stream; name="invite.ics"', _IN_BASE64, _BASE64, _ATTACHED)),
    "application/ics": _multipart("mixed", _TEXT, _part('application/ics; name="Termin.ICS"', _IN_BASE64, _BASE64)),
    "the whole message": _part(_CALENDAR, _IN_BASE64, _BASE64),
    "a forwarded message": _multipart("mixed", _TEXT, _part("message/rfc822", _INNER, "Content-Disposition: attachment")),
    "a signed message": _multipart(
        "signed",
        _multipart("alternative", _TEXT, _part(_CALENDAR, _IN_BASE64, _BASE64), boundary="in"),
        _part('application/pkcs7-signature; name="smime.p7s"', _encoded(bytes(900)), _BASE64),
        boundary="out",
        parameters='; protocol="application/pkcs7-signature"; micalg=sha-256',
    ),
    "a name in encoded words": _multipart("mixed", _TEXT, _part(f'application/octet-stream; name="{_HIDDEN_NAME}"', _IN_BASE64, _BASE64)),
    "a name in RFC 2231 pieces": _multipart(
        "mixed", _TEXT, _part("application/octet-stream", _IN_BASE64, _BASE64, "Content-Disposition: attachment;\n filename*0*=UTF-8''Verabredung%20f%C3%BCr;\n filename*1*=%20morgen.i%63;\n filename*2=s")
    ),
    "plain text named .ics": _multipart("mixed", _TEXT, _part('text/plain; name="event.ics"', _ICS)),
    "winmail.dat": _multipart("mixed", _TEXT, _part('application/ms-tnef; name="winmail.dat"', _encoded(_tnef("invite.ics", _ICS.encode())), _BASE64)),
    "a nameless octet-stream": _multipart("mixed", _TEXT, _part("application/octet-stream", _IN_BASE64, _BASE64)),
    "vCalendar 1.0": _multipart("mixed", _TEXT, _part("text/x-vcalendar", _ICS.replace("2.0", "1.0"))),
    "mixed case": _multipart("MIXED", _TEXT, _part("TeXt/CaLeNdAr", _ICS)),
    "three multiparts deep": _multipart("mixed", _multipart("related", _multipart("alternative", _TEXT, _part(_CALENDAR, _ICS), boundary="c"), boundary="b"), boundary="a"),
    "a boundary that begins like another": _multipart("mixed", _multipart("alternative", _TEXT, _part(_CALENDAR, _ICS), boundary="mark-2"), boundary="mark"),
}

_LOOKALIKES = {
    "text that talks of invites": _part("text/plain; charset=utf-8", f'How do I read this?\n\n{_ICS}\nContent-Type: text/calendar; name="invite.ics"\n'),
    "a subject that is a file name": _part("text/plain", "See the calendar.\n"),
    "HTML that talks of invites": _multipart("alternative", _TEXT, _part("text/html", f"<pre>{_ICS}\nContent-Type: text/calendar</pre>\n")),
    "a photograph": _multipart("mixed", _TEXT, _part('image/jpeg; name="calendar 2026.jpg"', _encoded(bytes(3000)), _BASE64)),
    "a forwarded letter": _multipart("mixed", _TEXT, _part("message/rfc822", "Subject: the .ics file\n\nText/calendar is what I meant.\n")),
    "a document with a name in encoded words": _multipart("mixed", _TEXT, _part('application/pdf; name="=?utf-8?q?R=C3=A9sum=C3=A9.pdf?="', _encoded(bytes(300)), _BASE64)),
}

#: kind -> message
WITH_CALENDAR = {kind: _message(entity, f"carries {kind}") for kind, entity in _ENTITIES.items()}
WITHOUT_CALENDAR = {kind: _message(entity, "your invite.ics" if "subject" in kind else f"is {kind}") for kind, entity in _LOOKALIKES.items()}
