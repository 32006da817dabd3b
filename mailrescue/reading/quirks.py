"""Known faults of those who write calendars and mails, one small function each, with who writes so and the sample that shows it.

Samples are named as in the shared corpus. A function takes what was written and gives what was meant; where there is nothing to
put right it gives back what came in.
"""

from __future__ import annotations

import binascii
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from mailrescue.model.mail import SetAside
from mailrescue.model.words import Address
from mailrescue.reading import charset

if TYPE_CHECKING:
    from mailrescue.reading.ical import Component, Property

# ---------------------------------------------------------------------- octets and lines

def one_octet_letters(octets: bytes) -> bytes:
    """UTF-16 calendars, with a byte order mark (ical.net's Bug2912657.ics) or without (tine's bad_encoding.ics), as UTF-8."""
    if b"\x00" in octets[:400]:
        return charset.decode(octets).encode("utf-8", "replace")
    return octets.removeprefix(b"\xef\xbb\xbf")


_PROPERTIES = frozenset(
    "BEGIN END METHOD VERSION PRODID CALSCALE UID RECURRENCE-ID SEQUENCE DTSTAMP DTSTART DTEND DUE DURATION SUMMARY LOCATION DESCRIPTION ORGANIZER ATTENDEE STATUS "
    "TRANSP CLASS PRIORITY CREATED LAST-MODIFIED RRULE RDATE EXDATE EXRULE URL CONTACT COMMENT CATEGORIES RESOURCES GEO ATTACH RELATED-TO REQUEST-STATUS CONFERENCE COLOR "
    "IMAGE NAME REFRESH-INTERVAL SOURCE STYLED-DESCRIPTION STRUCTURED-DATA PARTICIPANT TZID TZNAME TZOFFSETFROM TZOFFSETTO TZURL TRIGGER ACTION REPEAT COMPLETED "
    "PERCENT-COMPLETE FREEBUSY ACKNOWLEDGED PROXIMITY CALENDAR-ADDRESS LOCATION-TYPE PARTICIPANT-TYPE RESOURCE-TYPE AALARM DALARM MALARM DAYLIGHT TZ".split())


def is_wrapped_without_space(line: str) -> bool:
    """A line broken without the space that marks a fold (horde-kronolith's bug11688.ics, tine's outlook_external_invitation.ics).

    A line that begins with no property's name continues the one before it.
    """
    line = line.lstrip("\ufeff \t")
    name = re.match(r"[A-Za-z0-9-]{1,60}(?=[;:])", line)
    if not name:
        return bool(line) and not re.match(r"X-[A-Z0-9-]{1,60}=", line)     # icalendar's issue_168_input.ics: a parameter gone astray
    upper = name.group().upper()
    return upper not in _PROPERTIES and not upper.startswith("X-") and not (name.group().isupper() and len(upper) > 4 and "-" in upper)


def is_soft_broken(line: str) -> bool:
    """vCalendar 1.0 wraps a quoted-printable value at "=" (horde-icalendar's charset1.ics, horde-kronolith's export1.ics)."""
    return line.endswith("=") and "QUOTED-PRINTABLE" in line[:200].upper()


def quoted_printable(value: str, parameters: dict[str, str]) -> str:
    """The value of a vCalendar 1.0 line with ENCODING=QUOTED-PRINTABLE; its line ends become those of RFC 5545."""
    if parameters.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return value
    decoded = charset.decode(binascii.a2b_qp(value.encode("utf-8", "replace")), parameters.get("CHARSET", ""))
    return decoded.replace("\r\n", "\\n").replace("\n", "\\n")


def cannot_hold(outer: str, inner: str) -> bool:
    """Whether an END is missing (tine's horde_broken.ics, james' calendar.eml): no event stands in an event."""
    if inner == "VCALENDAR":
        return outer != ""
    return inner in {"VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY"} and outer not in {"", "VCALENDAR"}


# ---------------------------------------------------------------------- times

def minutes_written_as_months(value: str) -> str:
    """Durations such as "P30M": iCalendar knows no months (RFC 5545 3.3.6), what is meant are minutes (several booking plug-ins)."""
    return re.sub(r"^([+-]?P)(\d{1,4}M)$", r"\1T\2", value)


def all_day_by_flag(properties: dict[str, str], start: str, end: str) -> bool:
    """Outlook writes an all-day event as midnight to midnight and says so apart (X-MICROSOFT-CDO-ALLDAYEVENT)."""
    said = properties.get("X-MICROSOFT-CDO-ALLDAYEVENT", properties.get("X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT", "")).strip().upper()
    return said == "TRUE" and re.search(r"T0000(?:00)?Z?$", start) is not None and (not end or re.search(r"T0000(?:00)?Z?$", end) is not None)


def end_in_the_zone_of_start(event: Component) -> Property | None:
    """DTEND without a zone beside a DTSTART that has one (ical.net's Encoding2.ics, copied from a book): the same zone is meant."""
    start, end = event.get("DTSTART"), event.get("DTEND")
    if start is None or end is None or end.parameter("TZID") or not start.parameter("TZID"):
        return end
    return type(end)(end.name, {**end.parameters, "TZID": start.parameter("TZID")}, end.value)


def no_length(length: timedelta) -> bool:
    """An end at or before the start (booking forms that leave DTEND at DTSTART): as good as none."""
    return length <= timedelta(0)


# ---------------------------------------------------------------------- people

def calendar_user(value: str, email: str) -> str:
    """The addr-spec of an ORGANIZER or ATTENDEE.

    Without mailto: (Google's REPLY, tine's google_confirm.ics), twice mailto:, "invalid:nomail" (ical4j's OZMovies.ics),
    a path or urn with the address in the EMAIL parameter (iCloud), percent signs (OX). iCloud's relay for answers to an invitation
    (2_GEZD…@imip.me.com) is read by no human: the EMAIL parameter names whom it stands for.
    """
    from urllib.parse import unquote

    bare = value.strip()[:500]
    while bare.lower().startswith("mailto:"):
        bare = bare[7:].strip()
    bare = unquote(bare).partition("?")[0]
    relayed = email and bare.lower().endswith("@imip.me.com")
    if "@" in bare and not relayed and not re.match(r"(?:urn|https?|invalid|tel|sip):|/", bare, re.I):
        return bare
    return email


# ---------------------------------------------------------------------- text

def html_in_text(text: str) -> bool:
    """Google Calendar and Calendly write HTML into DESCRIPTION, which is plain text (RFC 5545 3.8.1.5)."""
    return bool(re.search(r"<(?:br|/p|/div|/span|/a|/li|/b|html-blob)\b[^>]{0,40}>|<a\s{1,5}href=", text[:20_000], re.I))


def escaped_twice(text: str) -> str:
    """Line ends escaped twice arrive as a visible backslash and n (several applicant tracking systems)."""
    if "\n" in text or text.count("\\n") < 2:
        return text
    return text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")


# ---------------------------------------------------------------------- mail

def exchange_hides_invite(body: str) -> SetAside | None:
    """Office 365 over IMAP may replace an invitation by a link to Outlook on the web (TbSync#404, mutt-office365#4).

    Whatever its language, the text holds the address of the option, or of the item, and no calendar comes with it.
    """
    low = body[:20_000].lower()
    if "popandimap" in low or ("send meeting invitations in icalendar format" in low) or (
            "/owa/" in low and "icalendar" in low):
        return SetAside(
            "an invitation that Exchange hides behind a link",
            "in Outlook on the web open Settings, Mail, Sync email (POP and IMAP) and switch on \"Send meeting invitations in iCalendar format\"; "
            "or let an administrator run: Set-CASMailbox -ImapUseProtocolDefaults $false -ImapForceICalForCalendarRetrievalOption $true")
    return None


def exchange_could_not_convert(subject: str, from_: Address | None) -> SetAside | None:
    """Exchange puts a note of its own in the place of a message that it cannot convert for IMAP (cal.diy#2429)."""
    if re.search(r"^Retrieval using the IMAP4? protocol failed for the following message", subject) and (from_ is None or "exchange" in from_.name.lower()):
        return SetAside("a message that Exchange could not convert for IMAP", "read it in Outlook; the server gives no copy of it to a mail program")
    return None
