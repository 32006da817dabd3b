"""What a scan intends and what it did: values between judgement, the Drafts mailbox and the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailrescue.model.draft import Action, DraftKind
from mailrescue.model.interview import Interview, Medium, Rejection
from mailrescue.model.mail import MessageRef, SetAside


@dataclass(frozen=True, slots=True)
class Wanted:
    """What judgement wants of one draft: ``due`` (write it where it is missing), ``stands`` (keep true what stands), ``off`` (withdraw it).

    ``message_id`` and ``octets`` are the draft as it must read now; empty where it is off. ``nobody`` says why To is empty.
    """

    key: str
    kind: DraftKind
    interview: str
    state: str
    reason: str
    to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    message_id: str = ""
    octets: bytes = b""
    thread: frozenset[str] = frozenset()
    until: datetime | None = None   # so long its words stay as they are if nothing else happens
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A draft that lies in Drafts. ``key`` is empty for one that is not of ours; ``untouched`` is proved, never presumed.

    ``struck``: as it was written, but with \\Deleted. It is untouched where the journal tells that a run of ours was cut while it withdrew it.
    """

    ref: MessageRef
    message_id: str
    key: str
    untouched: bool
    sha256: str
    answers: frozenset[str] = frozenset()
    text: str = ""
    struck: bool = False


class Fate(StrEnum):
    """What the journal knows of a draft that it wrote."""

    INTENT = "intent"               # about to be appended, or appended and nobody saw how that ended
    LIVE = "live"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    GONE = "gone"                   # sent, deleted, edited or moved by the user: never written again
    FAILED = "failed"               # surely not stored


@dataclass(frozen=True, slots=True)
class Entry:
    """The journal's row of one draft that it wrote, or was about to write."""

    key: str
    message_id: str
    kind: DraftKind
    interview: str
    to: str
    fate: Fate
    at: datetime
    octets: bytes = b""
    ref: MessageRef | None = None
    sha256: str = ""
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with one draft, and why: ``write`` what is missing, then ``withdraw`` what is no longer true."""

    action: Action
    wanted: Wanted
    withdraw: tuple[Standing, ...] = ()
    message_id: str = ""            # of the draft that stands, or stood

    @property
    def writes(self) -> bool:
        """Whether a new message is appended."""
        return self.action in (Action.CREATED, Action.REFRESHED)


@dataclass(frozen=True, slots=True)
class Tracked:
    """An interview with what comes next for it."""

    interview: Interview
    start: datetime
    end: datetime
    next: tuple[DraftKind, datetime] | None


@dataclass(frozen=True, slots=True)
class Suggested:
    """An interview that mail agrees in plain words: shown, never acted on until the user tracks it."""

    id: str
    start: datetime
    who: str
    sentence: str
    medium: Medium = Medium.PHONE


@dataclass(frozen=True, slots=True)
class Report:
    """What a scan of one account found and did (or would do). ``notes`` are worth a line to the user; ``set_aside`` could not be read.

    ``uncertain`` names drafts whose fate only the user's eyes can tell.
    """

    account: str
    interviews: tuple[Tracked, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    error: str | None = None
    uncertain: tuple[str, ...] = ()
    suggestions: tuple[Suggested, ...] = ()
    until: datetime | None = None       # so long it holds if nothing else happens; None where mail is still to be read
