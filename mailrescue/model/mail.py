"""Mail as values, in the words of RFC 5322 and RFC 9051."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Address, Passage


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Which mailbox plays which part in one account (special-use of RFC 6154), by the name that the store uses.

    ``evidence`` names further mailboxes to read: a call log, those that the account's ``mailboxes`` lists.
    Only ``drafts`` is ever written; ``trash`` receives what is withdrawn.
    """

    inbox: str
    drafts: str
    sent: str | None = None
    trash: str | None = None
    archive: str | None = None      # \All where there is one, else \Archive
    junk: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageRef:
    """The one way to point at stored mail: mailbox, UIDVALIDITY, UID (in a Maildir: 0 and the unique name)."""

    mailbox: str
    uidvalidity: int
    uid: str


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as the store holds it. ``internal_date`` (arrival) is aware. Octets may be cut at the store's size limit."""

    ref: MessageRef
    flags: frozenset[str]           # system flags as \\Seen, keywords as they are
    internal_date: datetime
    octets: bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that could not be read, and why, in words for the user."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class CallNotice:
    """What a telephone service or a call log says of one call, or of a text message.

    ``kind``: ``call`` (answered), ``unanswered`` (outgoing, nobody picked up), ``missed-call``, ``voicemail``, ``text``.
    ``number`` is E.164 or None (withheld, or only a ``name`` stands there); ``at`` is aware, the call's own time where the
    notice tells it, else arrival. ``text`` holds the words of a text message or a transcript, never to be trusted as the service's own.
    """

    kind: str
    service: str
    at: datetime
    number: str | None = None
    name: str | None = None
    direction: str = "in"           # in, out
    seconds: int | None = None
    text: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A message read: headers decoded, addresses parsed, text without quoted history, invites, and what could not be read.

    ``passages`` holds at most one of each source subject, body, signature, quoted, and any number of link.
    ``headers`` keeps the few raw headers that judgement asks for, names in lower case, values unfolded and decoded.
    """

    ref: MessageRef
    internal_date: datetime
    message_id: str                 # with its angle brackets; made from the octets where there is none
    date: datetime | None
    from_: Address | None
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    passages: tuple[Passage, ...]
    headers: tuple[tuple[str, str], ...] = ()
    invites: tuple[Invite, ...] = ()
    attachments: tuple[str, ...] = ()       # "name type" of what is attached, for look-alikes (audio, html)
    notice: CallNotice | None = None
    set_aside: tuple[SetAside, ...] = ()
    digest: str = ""                # of a message of the user's own: over recipients, subject and text, as drafts are signed

    def header(self, name: str) -> str:
        """The first value of a kept header, empty where there is none."""
        return next((value for key, value in self.headers if key == name.lower()), "")

    def passage(self, source: str) -> Passage:
        """The passage of that source, an empty one where there is none."""
        return next((p for p in self.passages if p.source == source), Passage(source, ""))

    @property
    def body(self) -> str:
        """The new text: no quoted history, no signature."""
        return self.passage("body").text
