"""The store in memory keeps the promise of all stores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from mailrescue.model.mail import MessageRef
from mailrescue.stores.memory import MemoryStore
from tests.contract.mail_store import NOW, ODD_NAME, MailStoreContract, digest


class MemoryAccount:
    def __init__(self) -> None:
        self.store = MemoryStore(mailboxes=("INBOX", "Drafts", "Sent", "Trash", "Archive", "Junk", ODD_NAME), overrides={"mailboxes": [ODD_NAME]})

    def deliver(self, mailbox: str, octets: bytes, when: datetime = NOW, flags: Sequence[str] = ()) -> None:
        self.store.deliver(mailbox, octets, when, frozenset(flags))

    def flag(self, ref: MessageRef, *flags: str) -> None:
        (found,) = self.store.fetch([ref])
        self.store.set_flags(ref, found.flags | set(flags))

    def remove(self, ref: MessageRef) -> None:
        self.store.remove(ref)

    def renumber(self, mailbox: str) -> None:
        self.store.renumber(mailbox)

    def snapshot(self) -> dict[str, list[tuple[object, ...]]]:
        names = self.store.positions([*("INBOX", "Drafts", "Sent", "Trash", "Archive", "Junk", ODD_NAME)])
        listed = {name: self.store.fetch([one.ref for one in self.store.survey(name, None)]) for name in names}
        return {name: [(m.ref, m.flags, m.internal_date, digest(m.octets)) for m in messages] for name, messages in listed.items()}

    def settle(self) -> None:
        """There is no clock here."""


class TestMemory(MailStoreContract):
    @pytest.fixture
    def account(self) -> MemoryAccount:
        return MemoryAccount()
