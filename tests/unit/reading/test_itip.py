"""Calendars as they are met: one small calendar a case, and the invite that it means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailrescue.model.words import Address
from mailrescue.reading import itip


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def calendar(*lines: str, before: str = "", head: str = "METHOD:REQUEST") -> bytes:
    event = ["BEGIN:VEVENT", "UID:u@hill.example", "DTSTAMP:20270101T000000Z", "SUMMARY:Call", *lines, "END:VEVENT"]
    return (before + "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", head, *event, "END:VCALENDAR", ""])).encode()


@pytest.fixture
def one(me):
    """The one invite of a calendar."""

    def reading(octets: bytes, label: str = "", method: str = ""):
        (invite,) = itip.read(octets, label, method, me)[0]
        return invite

    return reading


OWN_RULES = "\r\n".join((
    "BEGIN:VTIMEZONE", "TZID:{name}", "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:{summer}", "TZOFFSETTO:{winter}",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:{winter}",
    "TZOFFSETTO:{summer}", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE"))


def ruled(name: str, winter: str, summer: str, start: str) -> bytes:
    rules = OWN_RULES.format(name=name, winter=winter, summer=summer)
    return calendar(f"DTSTART;TZID={name}:{start}", head=f"METHOD:REQUEST\r\n{rules}")


@pytest.mark.parametrize(("lines", "start", "end"), [
    pytest.param(["DTSTART:20270119T140000Z", "DTEND:20270119T144500Z"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 14, 45), id="DTEND"),
    pytest.param(["DTSTART:20270119T140000Z", "DURATION:PT1H15M"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 15, 15), id="DURATION"),
    pytest.param(["DTSTART:20270119T140000Z", "DTEND:20270119T144500Z", "DURATION:PT1H"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 14, 45), id="both"),
    pytest.param(["DTSTART:20270119T140000Z"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 14, 30), id="neither"),
    pytest.param(["DTSTART:20270119T140000Z", "DTEND:20270119T140000Z"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 14, 30), id="no length"),
    pytest.param(["DTSTART:20270119T140000Z", "DURATION:P20M"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 14, 20), id="minutes written as months"),
    pytest.param(["DTSTART;TZID=Asia/Tokyo:20270119T090000", "DTEND:20270119T100000"], utc(2027, 1, 19, 0), utc(2027, 1, 19, 1), id="end without zone"),
    pytest.param(["DTSTART:2027-01-19T14:00:00Z"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 14, 30), id="ISO 8601 extended"),
    pytest.param(["DTSTART:20270119T140000-0500"], utc(2027, 1, 19, 19), utc(2027, 1, 19, 19, 30), id="offset in the value"),
    pytest.param(["DTSTART:20270119T150000"], utc(2027, 1, 19, 14), utc(2027, 1, 19, 14, 30), id="floating is the user's time"),
])
def test_when(one, lines, start, end):
    """Start and end in UTC, whichever way they are written."""
    invite = one(calendar(*lines))
    assert (start, end) == (invite.start, invite.end)


@pytest.mark.parametrize(("tzid", "zone", "start"), [
    pytest.param("Europe/London", "Europe/London", utc(2027, 7, 6, 8), id="IANA without VTIMEZONE"),
    pytest.param("GMT Standard Time", "Europe/London", utc(2027, 7, 6, 8), id="Windows"),
    pytest.param("W. Europe Daylight Time", "Europe/Berlin", utc(2027, 7, 6, 7), id="Windows in summer"),
    pytest.param("FLE", "Europe/Kiev", utc(2027, 7, 6, 6), id="Windows cut short"),
    pytest.param("/freeassociation.sourceforge.net/Tzfile/Europe/Rome", "Europe/Rome", utc(2027, 7, 6, 7), id="prefixed"),
    pytest.param("/mozilla.org/20070129_1/America/Argentina/Salta", "America/Argentina/Salta", utc(2027, 7, 6, 12), id="prefixed, three deep"),
    pytest.param('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome"', "Europe/Amsterdam", utc(2027, 7, 6, 7), id="display name"),
    pytest.param('"(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris"', "Europe/Brussels", utc(2027, 7, 6, 7), id="display name in French"),
    pytest.param('"(UTC-05:00) Eastern Time (US & Canada)"', "America/New_York", utc(2027, 7, 6, 13), id="display name of a region"),
    pytest.param("Pacific Time (US & Canada)", "America/Los_Angeles", utc(2027, 7, 6, 16), id="region alone"),
    pytest.param("Europe_Madrid", "Europe/Madrid", utc(2027, 7, 6, 7), id="underscore"),
    pytest.param("UTC", None, utc(2027, 7, 6, 9), id="UTC names no place"),
    pytest.param("GMT+0530", None, utc(2027, 7, 6, 3, 30), id="an offset is a time, no place"),
])
def test_zones_by_name(one, tzid, zone, start):
    """Nine in the morning of 6 July, in the zone that the sender meant."""
    invite = one(calendar(f"DTSTART;TZID={tzid}:20270706T090000"))
    assert (start, zone) == (invite.start, invite.zone)


def test_a_known_name_beats_the_rules_of_the_file(one):
    """Some generators put any rules below a Windows name."""
    invite = one(ruled("New Zealand Standard Time", "+0100", "+0200", "20270119T090000"))
    assert (utc(2027, 1, 18, 20), "Pacific/Auckland") == (invite.start, invite.zone)


def test_one_name_with_other_rules_in_each_mail(one):
    """"Customized Time Zone" is whatever the file says: what one mail said does not reach the next, nor a third without rules."""
    assert one(ruled("Customized Time Zone", "+0100", "+0200", "20270119T090000")).start == utc(2027, 1, 19, 8)
    assert one(ruled("Customized Time Zone", "+0900", "+0900", "20270119T090000")).start == utc(2027, 1, 19, 0)
    assert one(calendar("DTSTART;TZID=Customized Time Zone:20270119T090000")).start is None


@pytest.mark.parametrize("name", ["UTC", "GMT", "EST"])
def test_a_name_of_one_offset_over_rules_with_summer_time(one, name):
    """A VTIMEZONE that moves is meant, not the name of a fixed offset that some write over it; without rules the name counts."""
    assert one(ruled(name, "+0100", "+0200", "20270719T090000")).start == utc(2027, 7, 19, 7)
    assert one(calendar(f"DTSTART;TZID={name}:20270719T090000")).start == utc(2027, 7, 19, 14 if name == "EST" else 9)


@pytest.mark.parametrize(("local", "start"), [
    pytest.param("20270328T013000", utc(2027, 3, 28, 0, 30), id="before the gap"),
    pytest.param("20270328T023000", utc(2027, 3, 28, 1, 30), id="in the gap: the offset before it"),
    pytest.param("20270328T033000", utc(2027, 3, 28, 1, 30), id="after the gap"),
    pytest.param("20271031T023000", utc(2027, 10, 31, 0, 30), id="twice: the first"),
    pytest.param("20271031T033000", utc(2027, 10, 31, 2, 30), id="after the change"),
])
def test_when_the_clocks_change(one, local, start):
    """RFC 5545 3.3.5, by an IANA zone."""
    assert start == one(calendar(f"DTSTART;TZID=Europe/Paris:{local}")).start


@pytest.mark.parametrize(("local", "start"), [
    pytest.param("20270328T013000", utc(2027, 3, 28, 0, 30), id="winter"),
    pytest.param("20270328T030000", utc(2027, 3, 28, 1), id="the first summer hour"),
    pytest.param("20270715T090000", utc(2027, 7, 15, 7), id="summer"),
    pytest.param("20271224T090000", utc(2027, 12, 24, 8), id="winter again"),
])
def test_rules_of_the_file(one, local, start):
    """A name that nobody knows, by the VTIMEZONE."""
    assert start == one(ruled("Our office", "+0100", "+0200", local)).start


@pytest.mark.parametrize(("lines", "why"), [
    pytest.param(["DTSTART;TZID=Nowhere at all:20270119T090000"], "its time zone 'Nowhere at all' is not known", id="unknown zone"),
    pytest.param(["DTSTART:20271319T090000Z"], "is no time", id="month 13"),
    pytest.param(["DTSTART:soon"], "is no time", id="words"),
    pytest.param(["DTEND:20270119T090000Z"], "it has no start time", id="absent"),
    pytest.param(["DTSTART:00010101T000000"], "is no time", id="year 1"),
])
def test_a_time_that_cannot_be_known_is_said(me, lines, why):
    """The invite comes without a time and says why, and the same is set aside."""
    (invite,), (aside,) = itip.read(calendar(*lines), "", "", me)
    assert invite.start is None
    assert why in invite.why_no_time == aside.why


@pytest.mark.parametrize("lines", [
    pytest.param(["DTSTART;VALUE=DATE:20270119"], id="a date"),
    pytest.param(["DTSTART:20270119", "DTEND:20270120"], id="a date without VALUE"),
    pytest.param(["DTSTART;TZID=Europe/Paris:20270119T000000", "DTEND;TZID=Europe/Paris:20270120T000000",
                  "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], id="Outlook's flag"),
])
def test_all_day(one, lines):
    """An all-day event is one, and lies on the day of the user."""
    invite = one(calendar(*lines))
    assert (True, utc(2027, 1, 18, 23), utc(2027, 1, 19, 23)) == (invite.all_day, invite.start, invite.end)


def _utf16(octets: bytes) -> bytes:
    return octets.decode().encode("utf-16")


@pytest.mark.parametrize("octets", [
    pytest.param(calendar("DTSTART:20270119T140000Z").replace(b"\r\n", b"\r"), id="CR alone"),
    pytest.param(calendar("DTSTART:20270119T140000Z").replace(b"\r\n", b"\n"), id="LF alone"),
    pytest.param(calendar("DTSTART:20270119T140000Z").replace(b"\r\n", b"\r\r\n"), id="CR CR LF"),
    pytest.param(_utf16(calendar("DTSTART:20270119T140000Z")), id="UTF-16"),
    pytest.param(_utf16(calendar("DTSTART:20270119T140000Z"))[2:], id="UTF-16 without mark"),
    pytest.param(b"\xef\xbb\xbf" + calendar("DTSTART:20270119T140000Z"), id="UTF-8 with mark"),
    pytest.param(calendar("DTSTART:20270119T140000Z").partition(b"END:VEVENT")[0], id="no END"),
    pytest.param(b"Your invitation:\r\n\r\n" + calendar("DTSTART:20270119T140000Z"), id="text before BEGIN"),
    pytest.param(calendar("DTSTART:20270119T140000Z", "BEGIN:VALARM", "TRIGGER:soon", "END:VALARM"), id="bad alarm"),
    pytest.param(calendar("DTSTART:20270119T140000Z", "SEQUENCE:many", "DTSTAMP:never"), id="bad neighbours"),
    pytest.param(calendar("ATTENDEE;CN=A;ROLE=REQ-PARTICIPANT:mailto:very.long.address@hill.ex", "ample", "DTSTART:20270119T140000Z"), id="wrapped without a space"),
    pytest.param(calendar("dtstart:20270119t140000z"), id="lower case"),
])
def test_bytes_that_break_other_readers(one, octets):
    """The event is read all the same."""
    assert one(octets).start == utc(2027, 1, 19, 14)


def test_a_fold_may_cut_a_letter(one):
    """Folds are undone in octets, before they become letters."""
    octets = calendar("DTSTART:20270119T140000Z", "LOCATION:Caf@@").replace(b"@@", b"\xc3\r\n \xa9")
    assert one(octets).words("location") == "Café"


def test_one_bad_event_does_not_take_the_others_along(me):
    """Each event stands for itself."""
    octets = calendar("DTSTART:soon").replace(b"END:VCALENDAR\r\n", b"") + calendar("DTSTART:20270119T140000Z").partition(b"METHOD:REQUEST\r\n")[2]
    invites, aside = itip.read(octets, "", "", me)
    assert [None, utc(2027, 1, 19, 14)] == [i.start for i in invites]
    assert len(aside) == 1


@pytest.mark.parametrize(("octets", "why"), [
    pytest.param(b"", "it is empty", id="empty"),
    pytest.param(b"Hello", "it holds no event", id="no calendar"),
    pytest.param(b"BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR", "it holds no event, only VTODO", id="a task"),
])
def test_a_calendar_without_event_is_set_aside(me, octets, why):
    """Nothing read from something is said."""
    invites, (aside,) = itip.read(octets, "", "", me)
    assert invites == ()
    assert aside.why == why


@pytest.mark.parametrize(("line", "expected"), [
    pytest.param("ORGANIZER;CN=Orla Quinn:mailto:Orla@Hill.example", Address("Orla Quinn", "orla@hill.example"), id="plain"),
    pytest.param("ORGANIZER:MAILTO:orla@hill.example", Address("", "orla@hill.example"), id="capitals"),
    pytest.param("ORGANIZER;CN=Orla:orla@hill.example", Address("Orla", "orla@hill.example"), id="no mailto"),
    pytest.param("ORGANIZER;CN=Orla:mailto:mailto:orla@hill.example", Address("Orla", "orla@hill.example"), id="mailto twice"),
    pytest.param("ORGANIZER;CN=Orla;EMAIL=orla@hill.example:/aMjk/principal/", Address("Orla", "orla@hill.example"), id="iCloud"),
    pytest.param("ORGANIZER;CN=Orla;EMAIL=orla@hill.example:mailto:2_GEZDQOBWHA3@imip.me.com", Address("Orla", "orla@hill.example"), id="iCloud's relay"),
    pytest.param("ORGANIZER;CN=Orla:mailto:2_GEZDQOBWHA3@imip.me.com", Address("Orla", "2_gezdqobwha3@imip.me.com"), id="iCloud's relay alone"),
    pytest.param('ORGANIZER;CN="Quinn, Orla":mailto:orla@hill.example', Address("Quinn, Orla", "orla@hill.example"), id="quoted"),
    pytest.param("ORGANIZER;CN=Quinn\\, Orla:mailto:orla@hill.example", Address("Quinn, Orla", "orla@hill.example"), id="escaped as if it were text"),
    pytest.param("ORGANIZER;CN=O^'Quinn^':mailto:orla@hill.example", Address('O"Quinn', "orla@hill.example"), id="RFC 6868"),
    pytest.param("ORGANIZER;CN=Orla:invalid:nomail", Address("Orla", ""), id="no address"),
])
def test_organizer(one, line, expected):
    """Who organises, however the address is spelt."""
    assert one(calendar(line)).organizer == expected


def test_sequence_beyond_32_bits(one):
    """Some use a time in milliseconds; the newest still wins by it."""
    assert one(calendar("SEQUENCE:1407317367304")).sequence == 1407317367304


def test_method_of_the_mail_where_the_calendar_has_none(one):
    """Zoom's calendars carry no METHOD."""
    assert one(calendar(head="X-NONE:1"), method="request").method == "REQUEST"
    assert one(calendar(head="METHOD:CANCEL"), method="request").method == "CANCEL"


def test_one_instance_has_one_key(one):
    """The same RECURRENCE-ID in local time and in UTC is the same instance."""
    local = one(calendar("RECURRENCE-ID;TZID=Europe/Paris:20270119T150000"))
    moment = one(calendar("RECURRENCE-ID:20270119T140000Z"))
    assert local.key == moment.key == ("u@hill.example", "20270119T140000Z")


def test_uid_made_from_content(one):
    """Without UID the same event has the same one at each reading, another event another."""
    bare = calendar("DTSTART:20270119T140000Z").replace(b"UID:u@hill.example\r\n", b"")
    assert one(bare).uid == one(bare.replace(b"20270101T000000Z", b"20270102T000000Z")).uid
    assert one(bare).uid != one(bare.replace(b"20270119T14", b"20270119T15")).uid


def test_html_where_there_is_no_description(one):
    """X-ALT-DESC stands in for DESCRIPTION."""
    invite = one(calendar("X-ALT-DESC;FMTTYPE=text/html:<html><body><p>I will\\ncall you\\, Sam.</p></body></html>"))
    assert invite.words("description") == "I will call you, Sam."


def test_conference_lines(one):
    """A tel: of CONFERENCE is a passage with its label; a video room stands apart (RFC 7986 5.11)."""
    invite = one(calendar(
        "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=Dial in:tel:+1-412-555-0123,,,654321#",
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.hill.example/room/7",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/1"))
    assert invite.words("conference") == "Dial in +1-412-555-0123,,,654321#"
    assert ("https://video.hill.example/room/7", "https://teams.microsoft.com/l/meetup-join/1") == invite.dialled_apart


def test_vcalendar_of_the_last_century(one):
    """vCalendar 1.0: quoted-printable values, broken at "="."""
    octets = calendar("DTSTART:20270119T140000Z", "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Entrevue =", "t=E9l=E9phonique=0D=0AMerci")
    assert one(octets).words("description") == "Entrevue téléphonique\nMerci"


def test_an_endless_rule_is_only_noted(one):
    """RRULE is never expanded while reading mail."""
    assert one(calendar("DTSTART:20270119T140000Z", "RRULE:FREQ=SECONDLY")).recurring


@pytest.mark.parametrize(("value", "expected"), [
    ("PT30M", timedelta(minutes=30)), ("P1DT2H", timedelta(days=1, hours=2)), ("P2W", timedelta(weeks=2)), ("-PT15M", timedelta(minutes=-15)),
    ("P", None), ("30M", None), ("PT", None), ("", None),
])
def test_duration(value, expected):
    """RFC 5545 3.3.6."""
    assert itip.duration(value) == expected
