"""Drafts: which kinds there are, what a template may say, and what a scan does with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailrescue.model.interview import Direction, Me
from mailrescue.model.words import Address


class DraftKind(StrEnum):
    """The five mails (SPEC section 4)."""

    CONFIRMATION = "confirmation"
    NO_SHOW = "no-show"
    MISSED_CALL = "missed-call"
    RESCHEDULE = "reschedule"
    THANK_YOU = "thank-you"


class Action(StrEnum):
    """What a scan did with a draft, or with ``--dry-run`` would do."""

    CREATED = "created"
    REFRESHED = "refreshed"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a template may know. Times are aware; templates name them through the ``clock`` and ``day`` filters, in the draft's language.

    ``to`` may have an empty name; its email is empty where no human is known. ``their_zone`` None where unknown.
    ``available_until`` None once it has passed. ``calls_shown`` counts the user's own unanswered calls that a call log shows.
    ``ask_them_to_call``: a second attempt failed, R7. ``rescheduled``: the slot was moved, before or after it was missed, R8.
    ``slots`` are free times to offer, ``accepted`` is the time of theirs that the user can make; never both.
    ``they_tried``: they said that they called or left a message, or a notice of a call shows it (missed-call).
    ``they_apologised``: their message says sorry; ``after_the_slot``: it came after the slot had begun (reschedule).
    ``same_week``: it is still the slot's week, so that "this week" is true. ``link``: where both join a video interview, where the invite shows it.
    """

    kind: DraftKind
    language: str
    me: Me
    to: Address
    direction: Direction
    start: datetime
    end: datetime
    their_zone: str | None = None
    salutation: str = ""
    formal: bool = True
    company: str | None = None
    role: str | None = None
    phone: str | None = None
    access_code: str | None = None
    available_until: datetime | None = None
    calls_shown: int = 0
    ask_them_to_call: bool = False
    rescheduled: bool = False
    slots: tuple[tuple[datetime, datetime], ...] = ()
    accepted: datetime | None = None
    knows_calendar: bool = False
    they_tried: bool = False
    they_apologised: bool = False
    after_the_slot: bool = False
    same_week: bool = True
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """The headers of a draft. ``key`` names the interview's slot and the kind, ``subject`` stands as it will be written (with its Re:)."""

    key: str
    from_: Address
    to: tuple[Address, ...]
    subject: str
    date: datetime
    in_reply_to: str | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A complete RFC 5322 message, CRLF line ends, ready to APPEND, and its Message-ID (which carries key and digest)."""

    message_id: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """What a message's Message-ID says of it: the draft's key, and whether recipients, subject and text are still as written."""

    key: str
    untouched: bool
