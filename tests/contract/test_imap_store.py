"""IMAP accounts keep the promise of all stores: behind a Dovecot that can do everything, behind ones that can do less, behind Cyrus."""

from __future__ import annotations

import imaplib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import count

import pytest

from mailrescue.model.mail import MessageRef
from mailrescue.stores.base import Withdrawal
from mailrescue.stores.imap import ImapStore
from tests import servers
from tests.contract.mail_store import DRAFT, NOW, ODD_NAME, MailStoreContract, digest

_names = count(1)
_WITH_ODD = {**servers.USUAL, ODD_NAME: ""}


class ImapAccount:
    """An account of its own on a server, and its owner's other mail program."""

    def __init__(self, server: servers.Server, security: str = "tls") -> None:
        self.server = server
        self.user = server.add(f"u{os.getpid()}-{next(_names)}")
        port = server.tls_port if security == "tls" else server.port
        assert port is not None
        self.store = ImapStore("test", server.host, port, security, self.user, lambda: server.password, server.ca_file, {"mailboxes": [ODD_NAME]})
        self.hand = server.client(self.user)

    def deliver(self, mailbox: str, octets: bytes, when: datetime = NOW, flags: Sequence[str] = ()) -> None:
        done, text = self.hand.append(servers.quoted(mailbox), f"({' '.join(flags)})", imaplib.Time2Internaldate(when), octets)
        assert "OK" == done, text

    def flag(self, ref: MessageRef, *flags: str) -> None:
        self.hand.select(servers.quoted(ref.mailbox))
        self.hand.uid("STORE", ref.uid, "+FLAGS", f"({' '.join(flags)})")
        self.leave()

    def remove(self, ref: MessageRef) -> None:
        self.flag(ref, "\\Deleted")
        self.hand.select(servers.quoted(ref.mailbox))
        self.hand.uid("EXPUNGE", ref.uid)
        self.leave()

    def renumber(self, mailbox: str) -> None:
        octets = [octets for _, octets in self.messages(mailbox)]
        assert "OK" == self.hand.delete(servers.quoted(mailbox))[0]
        self.hand.create(servers.quoted(mailbox))
        for one in octets:
            self.deliver(mailbox, one)

    def snapshot(self) -> dict[str, list[tuple[object, ...]]]:
        _, listed = self.hand.list()
        names = [re.sub(rb'^\([^)]*\) (?:"[^"]*"|NIL) ', b"", line).strip(b'"').decode() for line in listed if isinstance(line, bytes) and b"\\Noselect" not in line]
        decoded = [servers.mutf7.decode(name.encode()) or name for name in names]
        return {name: [(*facts(head), digest(octets)) for head, octets in self.messages(name)] for name in sorted(decoded)}

    def messages(self, mailbox: str) -> list[tuple[bytes, bytes]]:
        done, _ = self.hand.select(servers.quoted(mailbox), readonly=True)
        assert "OK" == done
        _, answers = self.hand.uid("FETCH", "1:*", "(UID FLAGS INTERNALDATE BODY.PEEK[])")
        self.leave()
        return [answer for answer in answers if isinstance(answer, tuple)]

    def leave(self) -> None:
        """No mailbox stays selected for writing; pymap knows no UNSELECT."""
        self.hand.select("INBOX", readonly=True)

    def settle(self) -> None:
        """UIDs are never given twice."""


def facts(answer: bytes) -> tuple[object, ...]:
    """UID, date and flags of a FETCH answer; \\Recent is about sessions."""
    uid, date, flags = (re.findall(pattern, answer)[0] for pattern in (rb"UID (\d+)", rb'INTERNALDATE "([^"]*)"', rb"FLAGS \(([^)]*)\)"))
    return uid, date, frozenset(flags.split()) - {b"\\Recent"}


class PymapAccount(ImapAccount):
    """The one account that pymap has, emptied of its demonstration mail."""

    def __init__(self, server: servers.Server) -> None:
        super().__init__(server, "none")
        for name in (*servers.USUAL, ODD_NAME):
            self.hand.delete(servers.quoted(name))
            self.hand.create(servers.quoted(name))
        self.hand.select("INBOX")
        self.hand.store("1:*", "+FLAGS", "(\\Deleted)")
        self.hand.expunge()
        self.leave()


class ImapContract(MailStoreContract):
    """What all servers share; subclasses say how theirs starts."""

    START: Callable[[], AbstractContextManager[servers.Server]]

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls) -> Iterator[servers.Server]:
        with cls.START() as started:
            yield started

    @pytest.fixture
    def account(self, server: servers.Server) -> Iterator[ImapAccount]:
        account = ImapAccount(server, "tls" if server.tls_port else "none")
        yield account
        account.store.close()
        account.hand.logout()

    @pytest.mark.parametrize("more", ["", "\\Flagged"], ids=["as it was left", "flagged since"])
    def test_what_a_run_that_was_cut_left_struck_out(self, account: ImapAccount, more: str) -> None:
        """It goes as it should have gone, and what lies in Trash is struck out no more; the user's hand on it counts here too."""
        ref = self.written(account)
        account.flag(ref, "\\Deleted", *([more] if more else []))
        assert (Withdrawal.NOT_UNTOUCHED if more else self.WITHDRAWN) is account.store.withdraw(ref, digest(DRAFT), struck=True)
        boxes = account.store.mailboxes()
        lie = {name: [m.flags for m in account.store.fetch([one.ref for one in account.store.survey(name, None)]) if m.octets == DRAFT] for name in (boxes.drafts, boxes.trash) if name}
        assert ([{"\\Draft", "\\Seen", "\\Deleted", more}] if more else []) == lie[boxes.drafts] or self.WITHDRAWN is Withdrawal.NOT_SAFELY
        assert all(flags == {"\\Draft", "\\Seen"} for flags in lie.get(boxes.trash or "", ()))


needs_dovecot = pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")
needs_cyrus = pytest.mark.skipif(not servers.has_cyrus(), reason="Cyrus is not unpacked: python -c 'from tests.servers import *; unpack_cyrus()'")
no_other = pytest.mark.skipif((servers.has_dovecot() or servers.has_cyrus()) and "MAILRESCUE_ALL_SERVERS" not in os.environ, reason="a real server is here: Dovecot or Cyrus")


@needs_dovecot
class TestDovecot(ImapContract):
    """Everything: SPECIAL-USE, MOVE, UIDPLUS, CONDSTORE, ESEARCH, LITERAL+; over TLS."""

    START = staticmethod(lambda: servers.dovecot(mailboxes=_WITH_ODD))

    def test_a_draft_changed_in_the_same_instant_stays(self, account: ImapAccount) -> None:
        """A keyword counts as the user's hand too."""
        ref = self.written(account)
        account.flag(ref, "$label1")
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(ref, digest(DRAFT))


@needs_dovecot
class TestDovecotOfOld(ImapContract):
    """UIDPLUS alone, no special-use, names in German below ``INBOX.``: as Courier and many providers have it. Drafts leave by COPY and UID EXPUNGE."""

    _NAMES = ("Entwürfe", "Gesendete Objekte", "Papierkorb", "Archiv", "Spamverdacht", ODD_NAME)
    START = staticmethod(lambda: servers.dovecot(mailboxes=dict.fromkeys(TestDovecotOfOld._NAMES, ""), capability="IMAP4rev1 UIDPLUS", prefix="INBOX.", separator="."))


@needs_dovecot
class TestDovecotWithCondstore(ImapContract):
    """UIDPLUS and CONDSTORE without MOVE: \\Deleted is set only while nothing changed."""

    START = staticmethod(lambda: servers.dovecot(mailboxes=_WITH_ODD, capability="IMAP4rev1 LITERAL+ SPECIAL-USE LIST-EXTENDED UIDPLUS CONDSTORE ENABLE"))


@needs_dovecot
class TestBareDovecot(ImapContract):
    """IMAP4rev1 and nothing else: what cannot be withdrawn safely is left."""

    WITHDRAWN = Withdrawal.NOT_SAFELY
    START = staticmethod(lambda: servers.dovecot(mailboxes=_WITH_ODD, capability="IMAP4rev1"))

    def test_an_untouched_draft_is_withdrawn(self, account: ImapAccount) -> None:
        """It cannot be here, and nothing is tried."""
        ref = self.written(account)
        before = account.snapshot()
        assert Withdrawal.NOT_SAFELY is account.store.withdraw(ref, digest(DRAFT))
        account.store.close()
        assert before == account.snapshot()

    def test_a_draft_is_withdrawn_once(self, account: ImapAccount) -> None:
        """It cannot be here; what the user removed is told apart from what cannot be removed."""
        ref = self.written(account)
        account.remove(ref)
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(ref, digest(DRAFT))


@needs_dovecot
class TestDovecotWithoutTrash(ImapContract):
    """Without Trash one UID is expunged."""

    WITHDRAWN = Withdrawal.REMOVED
    START = staticmethod(lambda: servers.dovecot(mailboxes={name: use for name, use in _WITH_ODD.items() if name != "Trash"}))

    def test_every_mailbox_plays_its_part(self, account: ImapAccount) -> None:
        """All but Trash."""
        assert account.store.mailboxes().trash is None


@needs_cyrus
class TestCyrus(ImapContract):
    """Another server's idea of every answer."""

    START = staticmethod(lambda: servers.cyrus(users=(), mailboxes=_WITH_ODD))


@no_other
class TestPymap(ImapContract):
    """Where neither server is installed: no special-use."""

    START = staticmethod(servers.pymap)

    @pytest.fixture
    def account(self, server: servers.Server) -> Iterator[ImapAccount]:
        account = PymapAccount(server)
        yield account
        account.store.close()
        account.hand.logout()
