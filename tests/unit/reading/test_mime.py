"""What a whole message comes to: headers, words, invites, and what is set aside."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailrescue.model.words import Address


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def test_google_writes_the_event_twice_and_it_counts_once(read):
    """text/calendar and the attached invite.ics are one invite, with the method that the mail declares."""
    (invite,) = read("google-invite.eml").invites
    assert ("REQUEST", "5kq2m8@google.com", utc(2027, 1, 19, 14, 30), utc(2027, 1, 19, 15)) == (
        invite.method, invite.uid, invite.start, invite.end)
    assert Address("Orla Quinn", "orla.quinn@saltonwharf.example") == invite.organizer
    assert [("orla.quinn@saltonwharf.example", "ACCEPTED"), ("sam@ashgrove.example", "NEEDS-ACTION")] == [
        (a.address.email, a.partstat) for a in invite.attendees]
    assert invite.attendees[1].address.name == "", "an address repeated as CN is no name"


def test_html_in_a_description_is_read_as_words(read):
    """Google writes <br> and links into DESCRIPTION; the number among the words is found, the video room stands apart."""
    (invite,) = read("google-invite.eml").invites
    assert invite.words("description") == "I will call you on your mobile.\nIf the line drops, dial my desk on 01632 960741."
    assert ["+441632960741"] == [n.e164 for p in invite.passages for n in p.numbers]
    assert ("https://meet.google.com/abc-defg-hij",) == invite.dialled_apart


def test_exchange_request_with_an_alarm_that_is_broken(read):
    """A bad VALARM costs nothing, a Windows zone gives its IANA name, a comma in a name stays in it."""
    message = read("exchange-request.eml")
    (invite,) = message.invites
    assert ("REQUEST", 2, "Europe/Berlin", utc(2027, 1, 19, 9, 30), "de") == (
        invite.method, invite.sequence, invite.zone, invite.start, invite.language)
    assert invite.organizer == Address("Öztürk, Deniz", "deniz.oeztuerk@nordlicht-werke.example") == message.from_
    assert message.subject == "Telefoninterview Werkstudent"
    assert message.header("thread-topic") == "Telefoninterview Werkstudent"
    assert message.set_aside == ()


def test_words_are_parted_from_the_signature(read):
    """The closing, the name and the lines of contact are the signature, its numbers told there."""
    message = read("exchange-request.eml")
    assert message.body == "Guten Tag,\n\nich rufe Sie zur vereinbarten Zeit an."
    assert message.passage("signature").text.startswith("Viele Grüße\nDeniz Öztürk")
    assert ["+493023125771"] == [n.e164 for n in message.passage("signature").numbers]


def test_invite_within_a_forwarded_message(read):
    """A message attached to a message is read too; its words are history, not the forwarder's own."""
    message = read("forwarded-as-attachment.eml")
    (invite,) = message.invites
    assert (utc(2027, 1, 20, 16), utc(2027, 1, 20, 16, 20), "America/New_York") == (invite.start, invite.end, invite.zone)
    assert invite.organizer == Address("Ignatius Vale", "ig@valeandco.example"), "iCloud puts the address in EMAIL"
    assert message.body == "This came to my box by mistake, it is yours."
    assert "212-555-0187" in message.passage("quoted").text
    assert "Call with Ignatius.ics text/calendar" in message.attachments, "RFC 2231 name"


def test_a_bounce_holds_no_invite(read):
    """What comes back in a multipart/report is the user's own mail."""
    message = read("bounced-invite.eml")
    assert message.invites == ()
    assert message.header("x-failed-recipients") == "ig@valeandco.example"
    assert message.header("content-type").startswith("multipart/report")
    assert message.body.startswith("I'm sorry to have to inform you")


def test_exchange_that_hides_the_invite_is_told_with_its_cure(read):
    """Office 365 replaces the calendar part by a link: that is set aside, with the option to switch on."""
    (aside,) = read("exchange-hides-the-invite.eml").set_aside
    assert "Send meeting invitations in iCalendar format" in aside.why


def test_calendar_without_type_or_name(read):
    """Domino sends it as application/octet-stream, three multiparts deep, in a zone by two offsets."""
    (invite,) = read("domino-octet-stream.eml").invites
    assert (utc(2027, 7, 14, 7), "Europe/Berlin") == (invite.start, invite.zone)


def test_answers_between_quoted_lines_are_new_text(read):
    """A wrapped attribution and the lines with > are history; what stands between them is not."""
    message = read("interleaved-reply.eml")
    assert message.body == "Yes, 15:30 your time.\n\nFrom 01632 960741, it is my desk."
    assert "Is the call still at half past three?" in message.passage("quoted").text
    assert message.passage("signature").text == "Orla Quinn\nSaltonwharf Ltd"
    assert message.references == ("<r0@saltonwharf.example>", "<r1@ashgrove.example>")


def test_history_below_outlooks_header_block(read):
    """Below the rule and De/Envoyé/À/Objet all is history; a postscript below the signature is still said."""
    message = read("outlook-reply.eml")
    assert message.body == "Bonjour,\n\nC'est noté, je vous appelle demain à 9 h.\n\nP.S. : la réunion porte le code 4417."
    assert "Maison Verveine" in message.passage("signature").text
    assert message.passage("quoted").text.endswith("êtes-vous disponible demain ?")


def test_html_beside_a_plain_stub(read):
    """A plain text that only sends to the HTML is none; hidden text is not read; a tel: link is told with the words before it."""
    message = read("html-only.eml")
    assert message.body == "Dear Sam,\nplease ring Mo at the usual number on Friday."
    assert ["please ring Mo at the usual number +1-503-555-0168"] == [p.text for p in message.passages if p.source == "link"]
    assert ["+15035550168"] == [n.e164 for p in message.passages if p.source == "link" for n in p.numbers]
    assert "Shall I ring you?" in message.passage("quoted").text


def test_raw_eight_bit_headers(read):
    """Headers in UTF-8 or Latin-1 without encoded words, and a body whose charset lies."""
    message = read("raw-8bit-headers.eml")
    assert message.from_ == Address("Andrés León", "andres@molinodelsol.example")
    assert message.to == (Address("Renée", "sam@ashgrove.example"), Address("Doe, Jane", "jane@molinodelsol.example"))
    assert message.subject == "Mañana a las 9 sin falta"
    assert message.body == "Le llamo mañana."


def test_message_id_is_made_where_there_is_none(read):
    """The same octets give the same identifier at each reading."""
    first, second = (read(b"From: a@b.example\n\nHi") for _ in range(2))
    assert first.message_id == second.message_id
    assert first.message_id.endswith("@no-message-id.invalid>")


@pytest.mark.parametrize("header", [
    pytest.param(b"Subject: =?utf-8?q?Hi=0D=0ABcc=3A_x=40evil.test?=", id="in an encoded word"),
    pytest.param(b"Subject: Hi\r\n\tBcc: x@evil.test", id="folded"),
    pytest.param(b"Subject: Hi\x00\x1b[31m\x85Bcc: x@evil.test", id="raw controls"),
])
def test_no_control_character_leaves_a_header(read, header):
    """CR LF out of an encoded word could become a header of the draft, or a command to the server."""
    subject = read(header + b"\r\n\r\n").subject
    assert not [c for c in subject if ord(c) < 32 or 127 <= ord(c) < 160]


def test_addresses_hold_nothing_that_turns_the_writing(read):
    """A right-to-left override in a name shows another address than the one that is written to."""
    message = read("From: \"anne\u202e@example.com\u202c\" <x\u200b@evil.example>\n\n".encode())
    assert message.from_ == Address("anne@example.com", "x@evil.example")


@pytest.mark.parametrize(("content_type", "why"), [
    ("application/pkcs7-mime; smime-type=enveloped-data", "it is encrypted (S/MIME)"),
    ("application/pkcs7-mime; smime-type=signed-data", "it is signed in a form that hides its text (S/MIME)"),
    ("application/pgp-encrypted", "it is encrypted (PGP)"),
])
def test_sealed_mail_is_told(read, content_type, why):
    """What only a key opens is set aside, not passed over."""
    (aside,) = read(f"From: a@b.example\nContent-Type: {content_type}\n\nMII\n".encode()).set_aside
    assert aside.why == why


def test_a_mail_cut_at_the_stores_limit_is_read_as_far_as_it_goes(read):
    """The last part lacks its end and its last base64 group."""
    octets = (Path(__file__).parent / "files" / "exchange-request.eml").read_bytes()
    message = read(octets[:octets.rindex(b"\r\n", 0, len(octets) - 200)])
    assert message.body.startswith("Guten Tag")
    assert message.invites[0].start == utc(2027, 1, 19, 9, 30)
