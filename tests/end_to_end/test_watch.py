"""`mailrescue watch`: a mail that comes around a slot is seen within seconds, on a Maildir and behind a real IMAP server; it ends cleanly."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from mailrescue.errors import LoginRefused, PassingFault
from mailrescue.stores.arrivals import ImapArrivals, MaildirArrivals, connected
from tests import servers
from tests.builders import invite_octets

ROOT = Path(__file__).parents[2]
NOW = "2026-10-06T13:40:00+02:00"

INVITE = invite_octets("watched-1", datetime.fromisoformat("2026-10-06T14:00:00+02:00"), datetime.fromisoformat("2026-10-05T10:00:00+02:00"))

OTHER_TIME = b"""From: Bea Stone <bea@granite.example>
To: Ada Quist <ada@quist.example>
Subject: Re: Phone interview, Archivist
Date: Tue, 06 Oct 2026 13:40:05 +0200
Message-ID: <other-time@granite.example>
In-Reply-To: <invite@granite.example>
References: <invite@granite.example>
Content-Type: text/plain; charset=utf-8

Hello Ada,

something urgent has come up. Could we reschedule our call to another time this week?

Bea
""".replace(b"\n", b"\r\n")


class Watcher:
    """The installed command at work, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        assert process.stdout
        threading.Thread(target=lambda: [self._lines.put(line) for line in process.stdout or ()], daemon=True).start()

    def says(self, words: str, within: float = 20) -> str:
        """The next line with these words."""
        end, heard = time.monotonic() + within, []
        while (left := end - time.monotonic()) > 0:
            try:
                heard.append(self._lines.get(timeout=left))
            except queue.Empty:
                break
            if words in heard[-1]:
                return heard[-1]
        raise AssertionError(f"{words!r} was not said: {heard}")


@contextmanager
def watching(home: Path, account: str, *more: str) -> Iterator[Watcher]:
    """A desktop's notices are written to ``notices``, one a line."""
    (bell := home / "bin" / "notify-send").parent.mkdir()
    bell.write_text(f'#!/bin/sh\necho "$*" >> {home / "notices"}\n')
    bell.chmod(0o700)
    config = home / "config.toml"
    config.write_text(
        '[me]\nname = "Ada Quist"\naddresses = ["ada@quist.example"]\nphone = "+49 155 5010 0200"\ntimezone = "Europe/Berlin"\nlanguages = ["en"]\n' + account
    )
    config.chmod(0o600)
    words = [sys.executable, "-m", "mailrescue", "--config", str(config), "--state-dir", str(home / "state"), "-v", "watch", "--now", NOW, *more]
    environ = {**os.environ, "PATH": f"{home / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(home), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield Watcher(process)
    finally:
        process.kill()
        process.wait()


def arrive(maildir: Path, name: str, octets: bytes, at: str) -> None:
    """A delivery as a mail server makes it: written aside, then moved."""
    moment = datetime.fromisoformat(at).timestamp()
    (maildir / "tmp" / name).write_bytes(octets)
    os.utime(maildir / "tmp" / name, (moment, moment))
    (maildir / "tmp" / name).rename(maildir / "new" / name)


@pytest.mark.slow
def test_a_mail_in_a_maildir_is_seen_within_seconds(tmp_path: Path) -> None:
    """The next look would have been minutes later; with --notify the desktop is told. Ctrl-C and systemd's TERM end it with status 0."""
    box = tmp_path / "Mail"
    for folder in ("", ".Drafts", ".Sent", ".Trash"):
        for part in ("new", "cur", "tmp"):
            (box / folder / part).mkdir(parents=True)
    arrive(box, "1.a.x", INVITE, "2026-10-05T10:00:00+02:00")
    with watching(tmp_path, f'[accounts.local]\ntype = "maildir"\npath = "{box}"\n', "--notify") as watcher:
        watcher.says("drafted    the confirmation draft")
        watcher.says("listening to local")
        watcher.says("listening to local")      # the round after the bell was hung up
        arrive(box, "2.b.x", OTHER_TIME, "2026-10-06T13:40:05+02:00")
        watcher.says("drafted    the reschedule draft")
        watcher.says("listening to local")
        watcher.process.terminate()
        assert 0 == watcher.process.wait(10)
    first, second = (tmp_path / "notices").read_text("utf-8").splitlines()
    assert first.endswith("A confirmation draft for Granite is waiting in Drafts")
    assert second.endswith("A reschedule draft for Granite is waiting in Drafts")


@pytest.mark.slow
@pytest.mark.server
def test_a_mail_on_a_server_is_seen_within_seconds(dovecot_server: servers.Server, tmp_path: Path) -> None:
    """IDLE tells of it. The desktop is told nothing that nobody asked for."""
    user = dovecot_server.add("watcher@quist.example")
    account = (
        f'[accounts.work]\ntype = "imap"\nhost = "{dovecot_server.host}"\nport = {dovecot_server.port}\nsecurity = "none"\n'
        f'user = "{user}"\nauth = "command"\npassword_command = ["echo", "{servers.PASSWORD}"]\n'
    )
    with dovecot_server.client(user) as hands:
        hands.append("INBOX", None, '"05-Oct-2026 10:00:00 +0200"', INVITE)
        with watching(tmp_path, account) as watcher:
            watcher.says("drafted    the confirmation draft")
            watcher.says("listening to work")
            watcher.says("listening to work")       # the round after the bell was hung up
            hands.append("INBOX", None, '"06-Oct-2026 13:40:05 +0200"', OTHER_TIME)
            watcher.says("drafted    the reschedule draft")
            watcher.process.terminate()
            assert 0 == watcher.process.wait(10)
    assert not (tmp_path / "notices").exists()


@pytest.mark.server
def test_the_bell_rings_for_new_mail_alone(dovecot_server: servers.Server) -> None:
    """And for each connect, because nobody listened before; not for a flag that another client sets. One that breaks is made anew."""
    user = dovecot_server.add("bell@quist.example")
    bell = ImapArrivals(lambda: connected(dovecot_server.host, dovecot_server.port, "none", None, user, servers.PASSWORD, by_token=False))
    with dovecot_server.client(user) as hands:
        hands.append("INBOX", None, None, INVITE)       # type: ignore[arg-type]
        hands.select("INBOX")
        assert bell.wait(5)
        assert not bell.wait(0.3)
        hands.store("1", "+FLAGS", "\\Flagged")
        assert not bell.wait(0.5)
        hands.append("INBOX", None, None, OTHER_TIME)   # type: ignore[arg-type]
        assert bell.wait(540)       # at once: Dovecot tells of it in one piece with its answer to IDLE
        assert bell._session
        bell._session._client.socket().shutdown(2)
        with pytest.raises(PassingFault):
            bell.wait(5)
        assert bell.wait(5)
        bell.close()


@pytest.mark.server
def test_a_refused_login_is_told(dovecot_server: servers.Server) -> None:
    """The listener then waits long, so that no account is locked."""
    user = dovecot_server.add("refused@quist.example")
    with pytest.raises(LoginRefused):
        ImapArrivals(lambda: connected(dovecot_server.host, dovecot_server.port, "none", None, user, "wrong", by_token=False)).wait(1)


def test_a_maildirs_bell(tmp_path: Path) -> None:
    """Rings at first, and for a delivery into any folder, new ones included; silent else."""
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    bell = MaildirArrivals(tmp_path)
    assert bell.wait(0)
    assert not bell.wait(0)
    arrive(tmp_path, "1.a.x", INVITE, NOW)
    assert bell.wait(5)
    (tmp_path / ".Call log" / "cur").mkdir(parents=True)
    assert bell.wait(5)
    assert not bell.wait(0)
