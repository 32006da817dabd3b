"""Mail in memory, held to the same promise as the others: for unit tests, and to play with. Positions count arrivals."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mailrescue.errors import RefusedForGood
from mailrescue.model.mail import Mailboxes, MessageRef, StoredMessage
from mailrescue.stores import calendar_parts, special_use
from mailrescue.stores.base import LARGEST, Listed, Stretch, Withdrawal

_OURS = frozenset({"\\Draft", "\\Seen", "\\Recent"})
_USUAL = ("INBOX", "Drafts", "Sent", "Trash", "Archive", "Junk")


class MemoryStore:
    """One account that lives as long as the object."""

    def __init__(self, name: str = "memory", mailboxes: Sequence[str] = _USUAL, overrides: Mapping[str, object] | None = None) -> None:
        """``mailboxes`` are those that the account has, by names of which special_use.py finds the parts; ``/`` parts levels."""
        self._name = name
        self._overrides = overrides or {}
        self._mail: dict[str, list[StoredMessage]] = {mailbox: [] for mailbox in mailboxes}
        self._validity = dict.fromkeys(mailboxes, 1)
        self._next_uids = dict.fromkeys(mailboxes, 1)

    # ---- the user's hands, for tests

    def deliver(self, mailbox: str, octets: bytes, when: datetime, flags: frozenset[str] = frozenset()) -> MessageRef:
        """A message arrives, or a mail program stores one."""
        ref = MessageRef(mailbox, self._validity[mailbox], str(self._next_uids[mailbox]))
        self._next_uids[mailbox] += 1
        self._mail[mailbox].append(StoredMessage(ref, flags, when, octets))
        return ref

    def set_flags(self, ref: MessageRef, flags: frozenset[str]) -> None:
        """A mail program changes flags."""
        self._mail[ref.mailbox] = [replace(m, flags=flags) if m.ref == ref else m for m in self._mail[ref.mailbox]]

    def rewrite(self, ref: MessageRef, octets: bytes) -> None:
        """The server makes something else of what it holds."""
        self._mail[ref.mailbox] = [replace(m, octets=octets) if m.ref == ref else m for m in self._mail[ref.mailbox]]

    def remove(self, ref: MessageRef) -> None:
        """A mail program deletes a message."""
        self._mail[ref.mailbox] = [m for m in self._mail[ref.mailbox] if m.ref != ref]

    def renumber(self, mailbox: str) -> None:
        """The server gives the mailbox another UIDVALIDITY."""
        self._validity[mailbox] += 1
        self._mail[mailbox] = [replace(m, ref=replace(m.ref, uidvalidity=self._validity[mailbox])) for m in self._mail[mailbox]]

    # ---- what is promised

    def mailboxes(self) -> Mailboxes:
        """See MailStore."""
        return special_use.choose(self._name, [special_use.Candidate(name, delimiter="/") for name in self._mail], self._overrides)

    def positions(self, mailboxes: Sequence[str], known: Mapping[str, str] | None = None) -> Mapping[str, str]:  # noqa: ARG002  a Maildir's help
        """See MailStore."""
        return {name: f"{self._validity[name]}:{self._next_uids[name]}" for name in mailboxes if name in self._mail}

    def marks(self) -> Mapping[str, str]:
        """See MailStore. Memory is gone before anybody compares."""
        return {}

    def survey(self, mailbox: str, since: str | None, not_before: datetime | None = None, before: datetime | None = None) -> Iterator[Listed]:
        """See MailStore."""
        validity, _, first = (since or "0:1").partition(":")
        lowest = int(first) if int(validity) == self._validity.get(mailbox) else 1
        for m in reversed(self._held(mailbox)):
            late, early = before is not None and m.internal_date >= before, not_before is not None and m.internal_date < not_before
            if int(m.ref.uid) >= lowest and not late and not early:
                yield Listed(m.ref, m.internal_date, len(m.octets), calendar_parts.in_octets(m.octets[:LARGEST]))

    def back(self, mailbox: str, mark: str | None, before: datetime) -> Iterator[Stretch]:
        """See MailStore."""
        old = [m for m in reversed(self._mail[mailbox]) if m.internal_date < before] if mark is None else []
        yield Stretch("0", 0, tuple((m.ref, m.octets) for m in old if calendar_parts.in_octets(m.octets)))

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[StoredMessage]:
        """See MailStore."""
        wanted = set(refs)
        for mailbox in dict.fromkeys(ref.mailbox for ref in refs):
            yield from (replace(m, octets=m.octets[:LARGEST]) for m in self._held(mailbox) if m.ref in wanted)

    def heads(self, mailbox: str) -> Iterator[StoredMessage]:
        """See MailStore."""
        yield from (replace(m, octets=m.octets[:calendar_parts.header_end(m.octets)]) for m in self._held(mailbox))

    def _held(self, mailbox: str) -> list[StoredMessage]:
        if mailbox not in self._mail:
            raise RefusedForGood(f"there is no mailbox {mailbox!r}", "check that it still exists")
        return list(self._mail[mailbox])

    def append(self, octets: bytes, when: datetime) -> MessageRef | None:
        """See MailStore."""
        return self.deliver(self.mailboxes().drafts, octets, when, frozenset({"\\Draft", "\\Seen"}))

    def withdraw(self, ref: MessageRef, sha256: str, *, struck: bool = False) -> Withdrawal:
        """See MailStore."""
        chosen = self.mailboxes()
        found = next((m for m in self._mail[chosen.drafts] if m.ref == ref), None)
        if found is None or not found.flags <= (_OURS | {"\\Deleted"} if struck else _OURS) or hashlib.sha256(found.octets).hexdigest() != sha256.lower():
            return Withdrawal.NOT_UNTOUCHED
        self.remove(ref)
        if chosen.trash is None:
            return Withdrawal.REMOVED
        self.deliver(chosen.trash, found.octets, found.internal_date, found.flags)
        return Withdrawal.TO_TRASH

    def close(self) -> None:
        """See MailStore. There is nothing to end."""
