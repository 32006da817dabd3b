"""What every mail store promises: octets out, octets in, and nothing changed that mailrescue did not write.

Terminology (RFC 9051, RFC 6154): a *mailbox* holds messages; each has a UID, which stays valid while the mailbox's
UIDVALIDITY stays. A *position* is an opaque text that says how far a mailbox was read: for IMAP its UIDVALIDITY and
UIDNEXT, for a Maildir what tells new files from old ones. ``Drafts`` is the only mailbox ever written; everything
else is opened read-only (EXAMINE) and read without setting \\Seen (BODY.PEEK).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from mailrescue.model.mail import Mailboxes, MessageRef, StoredMessage

#: octets of a message that are read at the most; what lies behind is cut
LARGEST = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Listed:
    """A message met by a survey: where it is, when it arrived (aware), how large it is, and whether it carries, or may carry, a calendar."""

    ref: MessageRef
    internal_date: datetime
    size: int
    calendar: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a mailbox's past that was looked through: its calendars, encoded as they lie there, and how far it reached.

    ``mark`` goes into the next ``back``; ``left`` messages lie behind it, none where the mailbox's beginning is reached.
    """

    mark: str
    left: int
    calendars: tuple[tuple[MessageRef, bytes], ...]


class Withdrawal(StrEnum):
    """How a withdrawal ended."""

    TO_TRASH = "moved to Trash"
    REMOVED = "removed"                      # UID EXPUNGE of that one UID, or unlink; there is no Trash or no MOVE
    NOT_UNTOUCHED = "not as it was written"  # flags, UID or octets differ: hands off
    NOT_SAFELY = "cannot be done safely"     # neither MOVE nor UIDPLUS


class MailStore(Protocol):
    """One account's mail. Every method may raise PassingFault (network, throttling), LoginRefused or RefusedForGood; after a fault the next call connects anew."""

    def mailboxes(self) -> Mailboxes:
        """Which mailbox is which: special-use first, then configuration, then localized names.

        Raises ConfigurationError, listing the candidates, where no Drafts mailbox, or more than one, is found.
        """

    def positions(self, mailboxes: Sequence[str], known: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """Where each mailbox ends now (IMAP: STATUS, all in one write). Equal to an earlier position: nothing has arrived since.

        ``known`` are the positions of the last scan: with them a Maildir that did not change is told by three stat calls.
        A mailbox that does not exist is left out. Take positions before surveying: what arrives in between is then met twice, never missed.
        """

    def marks(self) -> Mapping[str, str]:
        """Where every mailbox that is read, and Drafts, stood when ``positions`` was last asked, closely enough to tell that a draft was touched.

        For ``glance``, which compares them without this store. Nothing where that cannot be told.
        """

    def survey(self, mailbox: str, since: str | None, not_before: datetime | None = None, before: datetime | None = None) -> Iterator[Listed]:
        """The messages that arrived after the position ``since`` (None, or one of another UIDVALIDITY: all), newest first.

        ``not_before`` (included) and ``before`` (not included), aware, limit INTERNALDATE. Costs no whole message: BODYSTRUCTURE, or the
        heads of MIME parts. In a Maildir a message whose flags changed since is met again; in no store is one left out. Between two
        messages the caller may ask the store for anything else. Raises RefusedForGood where the mailbox does not exist.
        """

    def back(self, mailbox: str, mark: str | None, before: datetime) -> Iterator[Stretch]:
        """The mailbox's past, newest first, in growing stretches: what arrived before that moment, from the mark of an earlier stretch on.

        Costs a BODYSTRUCTURE a message, or the heads of its parts, and of the calendars the part alone, cut at a size no invite has. A message may
        be met twice, and some that arrived later too; none is left out. Between two stretches the caller may ask the store for anything else.
        """

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[StoredMessage]:
        """The whole messages, cut at LARGEST octets, lines ending in CR LF, with their flags now (\\Recent is left out).

        One that is gone meanwhile, or belongs to another UIDVALIDITY, is left out.
        """

    def heads(self, mailbox: str) -> Iterator[StoredMessage]:
        """Every message of a mailbox with its flags, its octets the header alone, the empty line included. For Drafts, Sent and Trash, never for a large one."""

    def append(self, octets: bytes, when: datetime) -> MessageRef | None:
        """Store a draft in Drafts with \\Draft and \\Seen in the same command (RFC 9051 6.3.12) and INTERNALDATE ``when``.

        Returns where it lies; None where the server does not tell (no UIDPLUS). Whatever is raised, PassingFault included, leaves
        its fate uncertain: the caller must look before it appends again. Raises CannotWrite where surely nothing was stored (Maildir: disk full; IMAP: NO with a permanent code).
        """

    def withdraw(self, ref: MessageRef, sha256: str, *, struck: bool = False) -> Withdrawal:
        """Take one draft of ours out of Drafts, if in this very session it still has that UIDVALIDITY and UID,
        octets of that SHA-256 (hex) and no flag but \\Draft, \\Seen and \\Recent. MOVE to Trash, else UID EXPUNGE of that one UID.
        ``struck``: a run that was cut left it with \\Deleted, which is then taken off first.
        """

    def close(self) -> None:
        """End the session. Never raises."""
