"""Calendar scheduling as values, in the words of RFC 5545, 5546 and 6047."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from mailrescue.model.words import Address, Passage

#: a link to a room of one of the video services
VIDEO_ROOM = re.compile(
    r"https?://[^\s<>\"]{0,60}\b(?:teams\.(?:microsoft|live)\.com|zoom\.us|zoomgov\.com|meet\.google\.com|webex\.com|whereby\.com|gotomeet(?:ing)?\.(?:me|com)|meet\.jit\.si|"
    r"bluejeans\.com|chime\.aws|join\.skype\.com|meet\.lync\.com|hangouts\.google\.com|livestorm\.co|around\.co|starleaf\.com|ringcentral\.com|vonage\.com)\b[^\s<>\"]{0,400}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """One ATTENDEE. ``cutype``, ``role`` and ``partstat`` in upper case as written, empty where absent."""

    address: Address
    partstat: str = ""
    role: str = ""
    cutype: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """One VEVENT as one message carried it.

    ``method`` is the calendar's METHOD in upper case (the MIME parameter's where the calendar has none), empty where neither says.
    ``start`` and ``end`` are aware, in UTC; None for an event without a usable time, ``why_no_time`` then says why.
    ``zone`` is the IANA name of the zone in which DTSTART was written, None where it is in UTC, floating or unknown.
    A floating time was read in the user's zone. ``end`` is DTEND, DTSTART + DURATION, or 30 minutes after the start.
    ``passages``: summary, location, description (X-ALT-DESC where there is no other), conference, contact, comment.
    """

    method: str
    uid: str
    recurrence_id: str | None
    sequence: int
    dtstamp: datetime | None
    start: datetime | None
    end: datetime | None
    summary: str
    organizer: Address | None = None
    attendees: tuple[Attendee, ...] = ()
    zone: str | None = None
    floating: bool = False
    all_day: bool = False
    why_no_time: str = ""
    status: str = ""                # CONFIRMED, TENTATIVE, CANCELLED, as written, upper case
    transparent: bool = False
    recurring: bool = False
    language: str | None = None     # LANGUAGE parameter of SUMMARY or DESCRIPTION, ISO 639-1
    prodid: str = ""
    passages: tuple[Passage, ...] = ()
    dialled_apart: tuple[str, ...] = ()     # uri of CONFERENCE and links of a video room, as written

    @property
    def key(self) -> tuple[str, str | None]:
        """What RFC 5546 calls one calendar component: (UID, RECURRENCE-ID)."""
        return (self.uid, self.recurrence_id)

    def words(self, source: str) -> str:
        """The text of that passage, empty where there is none."""
        return next((p.text for p in self.passages if p.source == source), "")


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time in one of the user's calendars that is not TRANSPARENT and not cancelled; aware, UTC."""

    start: datetime
    end: datetime
    summary: str = ""
