"""What is tracked: phone interviews (and video interviews, where the user wants it), the slots they had, and what mail shows about each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailrescue.model.mail import Message
from mailrescue.model.words import Address


class Direction(StrEnum):
    """Who dials. BOTH_JOIN: nobody, each joins a video meeting."""

    THEY_CALL = "they_call"
    YOU_CALL = "you_call"
    UNKNOWN = "unknown"
    BOTH_JOIN = "both_join"


class Medium(StrEnum):
    """By what the two talk."""

    PHONE = "phone"
    VIDEO = "video"


class Status(StrEnum):
    """Whether the slot stands."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    DECLINED = "declined"


class Outcome(StrEnum):
    """What became of a slot. NO_SHOW: they were absent. MISSED: the user was."""

    UNKNOWN = "unknown"
    HAPPENED = "happened"
    NO_SHOW = "no-show"
    MISSED = "missed"


class EvidenceKind(StrEnum):
    """What a message shows (judgement/README.md of the shared folder), and what the user's own mail shows besides."""

    TALKED = "talked"
    CALL = "call"
    MISSED_CALL = "missed-call"
    VOICEMAIL = "voicemail"
    TRIED_TO_REACH = "tried-to-reach"
    RUNNING_LATE = "running-late"
    RESCHEDULE_REQUEST = "reschedule-request"
    ABSENCE_APOLOGY = "absence-apology"
    CANCELLATION = "cancellation"
    AUTO_REPLY = "auto-reply"
    OTHER = "other"
    UNANSWERED = "unanswered"       # the user's outgoing call that nobody answered
    USER_NO_SHOW = "user-no-show"   # the user wrote: I could not reach you, I was waiting for your call
    USER_MISSED = "user-missed"     # the user wrote: I am sorry that I missed your call


@dataclass(frozen=True, slots=True)
class Me:
    """The user: name, addresses in lower case, phone in E.164 and as they write it, IANA zone, languages (the first is the fallback).

    ``modes``: interviews by which medium they want watched.
    """

    name: str
    addresses: tuple[str, ...]
    phone: str | None
    phone_written: str
    timezone: str
    languages: tuple[str, ...]
    modes: tuple[Medium, ...] = (Medium.PHONE,)

    def is_me(self, email: str) -> bool:
        """Whether an address is the user's: as configured, or the same with a plus-tag."""
        local, _, domain = email.lower().partition("@")
        return f"{local.partition('+')[0]}@{domain}" in self.addresses or email.lower() in self.addresses


@dataclass(frozen=True, slots=True)
class Finding:
    """One invite judged to be a phone interview of the user, or a video interview where they want these, with the words that it rests on (SPEC section 3)."""

    uid: str
    recurrence_id: str | None
    summary: str
    start: datetime
    end: datetime
    direction: Direction
    phone: str | None
    access_code: str | None
    interviewer: Address | None     # email may be empty where only a name is known
    why_no_address: str             # empty where there is one
    company: str | None
    language: str | None
    status: Status
    zone: str | None                # the interviewer's IANA zone where known
    invited_as: str | None          # which address of the user's was invited
    reasons: tuple[str, ...]
    formal: bool = True             # False once they write tu, du, tú to the user
    salutation: str = ""            # the title they themselves show ("Mme", "Frau"), never guessed
    role: str | None = None         # the job's title where the invite names it
    link: str | None = None         # where one joins a video interview

    @property
    def medium(self) -> Medium:
        """By what they talk."""
        return Medium.VIDEO if self.direction is Direction.BOTH_JOIN else Medium.PHONE


@dataclass(frozen=True, slots=True)
class Rejection:
    """One event judged not to be a phone interview, and why."""

    summary: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one message says or shows, whichever interview it belongs to; ``text`` quotes the words that it rests on.

    ``minutes`` (a delay; with ``from_now`` counted from the mail itself) or ``at_clock`` ("16:20") for running-late.
    ``proposed`` are times that the writer proposes, aware, read with certainty, in the order given. ``zone`` is the IANA zone that
    the words name for ``at_clock`` and ``proposed``; None where they name none: then ``proposed`` was read in the user's.
    """

    kind: EvidenceKind
    text: str = ""
    minutes: int | None = None
    from_now: bool = False
    at_clock: str | None = None
    direction: str | None = None
    seconds: int | None = None
    number: str | None = None
    proposed: tuple[datetime, ...] = ()
    apology: bool = False           # the message also apologises for not having called or answered
    zone: str | None = None
    formal: bool | None = field(default=None, compare=False)    # how the writer addresses the user, where the words show it
    rule: str = field(default="", compare=False)    # the name of the rule that decided, for explain


class Author(StrEnum):
    """Whose word a message is."""

    THEIRS = "theirs"               # a human of the interviewer's side
    USER = "user"
    SERVICE = "service"             # a telephone service or a call log


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one message says, tied to a slot. ``at`` is its arrival, for a call notice the call's own time; aware."""

    kind: EvidenceKind
    at: datetime
    author: Author
    message: Message
    statement: Statement


@dataclass(frozen=True, slots=True)
class Word:
    """The user's own word on a slot (``mailrescue outcome``), and when they gave it."""

    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """One time at which an interview was to be held, as its newest revision has it.

    ``set_at``: when mail first named this start; ``revised_at``: when the newest revision of it arrived. ``replaced_at``: when the next
    slot of the same interview was set, None for the current one. ``messages`` are those that carried it, oldest first. All aware.
    ``again``: how many earlier slots of the same invite had this very start, for it may be moved away and back.
    ``by_other_means``: its newest revision is no phone interview (a video call, say), so it is called off as one.
    """

    uid: str
    recurrence_id: str | None
    start: datetime
    end: datetime
    status: Status
    finding: Finding
    set_at: datetime
    revised_at: datetime
    messages: tuple[Message, ...]
    replaced_at: datetime | None = None
    again: int = 0
    by_other_means: bool = False

    @property
    def key(self) -> tuple[str, str | None, datetime]:
        """What the user's word is tied to; and a draft, with ``again``."""
        return (self.uid, self.recurrence_id, self.start)


@dataclass(frozen=True, slots=True)
class Interview:
    """What is tracked: the slots that one conversation has had, oldest first; the last is the current one.

    ``attempt``: 1, and one more each time a slot passed without a conversation and a new one was set. ``failed_them`` tells that an
    earlier slot ended in ``no-show`` or ``unknown``; ``evidence`` is that of the current slot, oldest first, mail without a meaning of its own included.
    """

    id: str
    slots: tuple[Slot, ...]
    attempt: int
    failed_them: bool
    evidence: tuple[Evidence, ...]
    outcome: Outcome
    word: Word | None = None
    earlier: tuple[Evidence, ...] = field(default=())   # evidence of the earlier slots
    ignored: tuple[str, ...] = ()                       # revisions not believed, and why

    @property
    def slot(self) -> Slot:
        """The current slot."""
        return self.slots[-1]

    @property
    def finding(self) -> Finding:
        """What the current slot's newest revision says."""
        return self.slots[-1].finding
