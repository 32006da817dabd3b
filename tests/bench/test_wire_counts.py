"""What a scan costs on the wire, counted exactly: round trips and octets do not depend on the machine, so they are tests and not figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests import servers
from tests.bench import letters, relay
from tests.bench.machine import Machine

pytestmark = [pytest.mark.server, pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")]

THREE = {"Drafts": "\\Drafts", "Sent": "\\Sent", "Trash": "\\Trash"}
COMPRESS = "protocol imap {\n  mail_plugins = imap_zlib\n}\n"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Path]:
    """2,000 messages, all but a few older than the first look."""
    with servers.mail_folder() as folder:
        maildir = servers.make_maildir(folder / "mail")
        letters.fill(maildir, 2000, days=2000)
        servers.give(folder)
        yield maildir


@pytest.fixture
def machine(tmp_path: Path, mailbox: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Machine, relay.Count, servers.Server]]:
    settings = getattr(request, "param", "")
    with servers.dovecot(mailbox, mailboxes=THREE, settings=settings) as server, relay.counting(server.tls_port or 0) as count:
        yield Machine.imap(tmp_path, count.port, server.user, server.password, server.ca_file), count, server


def test_a_scan_that_finds_nothing_new(machine: tuple[Machine, relay.Count, servers.Server]) -> None:
    """Connect, TLS in two, LOGIN, STATUS of all in one write, a LOGOUT that nobody waits for; no more octets in a mailbox of 2,000 than in an empty one."""
    program, count, _ = machine
    program.settle()
    count.wait()
    count.clear()

    program.scan()
    count.wait()

    assert (1, 6) == (count.connections, count.trips)
    assert count.down <= 3 * 1024


def test_ten_new_messages_of_which_two_are_invites(machine: tuple[Machine, relay.Count, servers.Server]) -> None:
    """The glance's session goes on: EXAMINE and FETCH in one write, then the two messages, whole."""
    program, count, server = machine
    program.settle()
    client = server.client()
    for n in range(10):
        client.append("INBOX", "()", letters.LATEST, letters.letter(5000 + n, letters.LATEST + timedelta(hours=n), invite=n in (3, 7)).replace(b"\n", b"\r\n"))
    client.logout()
    count.wait()
    count.clear()

    program.scan()
    count.wait()

    assert (1, 8) == (count.connections, count.trips)
    assert count.down <= 16 * 1024      # the letters among them are read: one may agree an interview in plain words


@pytest.mark.parametrize(("machine", "octets"), [("", 320), (COMPRESS, 80)], ids=["plain", "COMPRESS"], indirect=["machine"])
def test_the_first_scan_of_a_large_mailbox(machine: tuple[Machine, relay.Count, servers.Server], octets: int) -> None:
    """So many octets a message, and round trips that grow with its logarithm."""
    program, count, _ = machine

    program.scan()
    count.wait()

    assert count.down / 2000 <= octets
    assert count.trips <= 20
