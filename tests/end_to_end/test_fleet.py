"""Fifty mailboxes and two workers of samples/fleet: one is killed while it drafts, with all that it had taken, and still each mailbox has its draft, once."""

from __future__ import annotations

import imaplib
import itertools
import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import fleet, servers
from tests.builders import invite_octets
from tests.faults.proxy import Proxy

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.skipif(bool(fleet.missing()), reason=fleet.missing())]

NAMES = [f"client{number}" for number in range(50)]
NOW = datetime.now(UTC)
#: in an hour and a half: the confirmation is due
INVITED = NOW - timedelta(days=2)
INVITE = invite_octets("fleet-1", NOW + timedelta(minutes=90), INVITED)


class Withholding(Proxy):
    """From some draft on, what the server answers to APPEND is kept back until ``go``: the draft lies there, and who wrote it does not know."""

    def __init__(self, port: int, first: int) -> None:
        self._first, self._drafts = first, itertools.count(1)
        self.withheld, self.go = threading.Semaphore(0), threading.Event()
        super().__init__(port)

    def _meanwhile(self, direction: str, octets: bytes) -> None:
        if direction == "s" and b"APPENDUID" in octets and next(self._drafts) >= self._first:
            self.withheld.release()
            self.go.wait(60)


def drafts(server: servers.Server, name: str) -> int:
    hand = server.client(name)
    _, (number,) = hand.select("Drafts", readonly=True)
    hand.logout()
    return int(number or b"")


def test_a_worker_is_killed_and_each_mailbox_has_its_draft_once(dovecot_server: servers.Server, tmp_path: Path) -> None:
    """Its tasks, those in the middle of a draft included, are given to the other one."""
    for name in NAMES:
        hand = dovecot_server.client(name)
        hand.append("INBOX", "", imaplib.Time2Internaldate(INVITED), INVITE)
        hand.logout()
    proxy = Withholding(dovecot_server.port, first=20)
    account = f'type = "imap"\nhost = "127.0.0.1"\nport = {proxy.port}\nsecurity = "none"\nuser = "{{name}}"\n'

    with fleet.running(tmp_path, NAMES, account, dovecot_server.password) as here:
        here.turn()
        dies, _lives = here.worker(threads=2), here.worker(threads=2)
        for _ in range(4):
            assert proxy.withheld.acquire(timeout=60), (tmp_path / "log").read_text()
        os.killpg(dies.pid, signal.SIGKILL)
        dies.wait()
        proxy.go.set()
        here.a_minute_passes()
        here.wait(180)

    proxy.close()
    assert dict.fromkeys(NAMES, 1) == {name: drafts(dovecot_server, name) for name in NAMES}
