"""What leaves for a server, and what cannot."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailrescue.stores import mutf7, wire
from mailrescue.stores.base import Withdrawal
from mailrescue.stores.imap import ImapStore
from tests import servers
from tests.contract.mail_store import DRAFT, digest, letter

NOW = datetime(2024, 11, 26, 14, 15, tzinfo=UTC)

#: every line that a client of ours may say; literals are the drafts themselves
_NAME = r'"(?:[^"\\]|\\.)*"'
ALLOWED = re.compile(
    rf"""[A-Z]{{4}}\d+\ (?:
      CAPABILITY | STARTTLS | LOGOUT | LOGIN\ \S+\ {_NAME} | ID\ \("name"\ "mailrescue"\)
    | LIST\ ""\ "\*"(?:\ RETURN\ \(SPECIAL-USE\))?
    | STATUS\ {_NAME}\ \(UIDNEXT\ UIDVALIDITY(\ MESSAGES(\ HIGHESTMODSEQ)?)?\)
    | EXAMINE\ {_NAME}
    | (?:UID\ )?FETCH\ [\d:,*]+\ \((?:UID|FLAGS|INTERNALDATE|RFC822\.SIZE|BODYSTRUCTURE|MODSEQ|BODY\.PEEK\[(?:HEADER)?\](?:<0\.\d+>)?|\ )+\)
    | UID\ SEARCH\ (?:RETURN\ \(ALL\)\ )?(?:(?:SINCE|BEFORE)\ \d+-\w\w\w-\d+\ ?)+
    | APPEND\ "Drafts"\ \(\\Draft\ \\Seen\)\ "[^"]*"\ \{{\d+\}}
    | SELECT\ "Drafts"(?:\ \(CONDSTORE\))?
    | UID\ MOVE\ \d+\ "Trash" | UID\ COPY\ \d+\ "Trash" | UID\ EXPUNGE\ \d+
    | UID\ STORE\ \d+\ (?:\(UNCHANGEDSINCE\ \d+\)\ )?[+-]FLAGS\ \(\\Deleted\)
    )""",
    re.X,
)


@pytest.mark.server
@pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")
@pytest.mark.parametrize("capability", [None, "IMAP4rev1", "IMAP4rev1 UIDPLUS CONDSTORE ENABLE"], ids=["all that Dovecot can", "revision 1", "no MOVE"])
def test_no_other_command_ever_leaves(capability: str | None) -> None:
    """Everything that a store does, read from the wire: a short list, Drafts and Trash alone written, one UID at a time."""
    with servers.dovecot(capability=capability) as server, servers.relay(server.port) as between:
        store = ImapStore("test", server.host, between.port, "none", "lea", lambda: server.password)
        hand = server.client("lea")
        hand.append("INBOX", "", None, letter())
        boxes = store.mailboxes()
        names = [boxes.inbox, boxes.drafts, boxes.sent or ""]
        positions = store.positions(names)
        for name in names:
            refs = [one.ref for one in (*store.survey(name, None), *store.survey(name, positions[name]), *store.survey(name, None, NOW, NOW))]
            assert len(refs) >= len(list(store.fetch(refs)))
            list(store.heads(name))
        store.append(DRAFT, NOW)
        (ours,) = store.survey(boxes.drafts, None)
        assert Withdrawal.NOT_UNTOUCHED is store.withdraw(ours.ref, digest(letter()))
        assert store.withdraw(ours.ref, digest(DRAFT)) in {Withdrawal.TO_TRASH, Withdrawal.NOT_SAFELY}
        store.close()
        hand.logout()
    said = between.all_said().replace(DRAFT, b"").replace(letter(), b"").decode("ascii")
    foreign = [line for line in said.split("\r\n") if line and not ALLOWED.fullmatch(line)]
    assert [] == foreign


@pytest.mark.server
def test_what_a_scan_without_news_costs(dovecot_server: servers.Server) -> None:
    """One write for the STATUS of all mailboxes, and nothing that grows with them."""
    with servers.relay(dovecot_server.port) as between:
        store = ImapStore("test", dovecot_server.host, between.port, "none", "no-news", lambda: dovecot_server.password)
        store.positions(["INBOX", "Sent", "Drafts"])
        store.close()
        commands = [line.split(b" ")[1] for line in between.lines()]
    assert [b"CAPABILITY", b"LOGIN", b"ID", b"STATUS", b"STATUS", b"STATUS", b"LOGOUT"] == commands


@pytest.mark.parametrize("name", ["a\r\nX1 EXPUNGE", "a\nb", "a\0b", "Été", 'a" "b'], ids=["a command", "a line", "NUL", "8bit", "a quote"])
def test_a_name_cannot_end_a_command(name: str) -> None:
    """Encoded as a mailbox's name, it is a name; as octets it is refused."""
    assert all(0x20 <= octet <= 0x7E for octet in mutf7.encode(name))
    if not name.isascii() or re.search(r"[\r\n\0]", name):
        with pytest.raises(ValueError, match="in an IMAP command"):
            wire._quoted(name.encode())
    else:
        assert b'"a\\" \\"b"' == wire._quoted(name.encode())


@pytest.mark.parametrize("uids", ["", "0", "*", "1:", "1,,2", "1 2", "1:*,3", "1)\r\nX EXPUNGE", "-1"], ids=repr)
def test_no_set_but_of_uids(uids: str) -> None:
    """An empty set, or one that means other messages than it says, is a fault of ours."""
    with pytest.raises(ValueError, match="not a set of UIDs"):
        wire.uid_fetch_command(uids, b"(UID)")


@pytest.mark.parametrize("items", [b"(BODY[])", b"(UID BODY[HEADER])", b"(RFC822)"], ids=repr)
def test_no_fetch_that_marks_a_message_seen(items: bytes) -> None:
    """BODY.PEEK or nothing."""
    with pytest.raises(ValueError, match="would set"):
        wire.uid_fetch_command("1:*", items)


def test_dangerous_calls_are_nowhere_in_the_package() -> None:
    """IMAPClient's expunge() with an empty list erases what the user flagged; search() takes line breaks."""
    source = "\n".join(path.read_text("utf-8") for path in sorted(Path("mailrescue").rglob("*.py")))
    assert [] == re.findall(r"\._?client\.(?:expunge|search|delete_messages|set_flags|close_folder|select_folder|fetch|move|copy)\(|smtplib", source)
