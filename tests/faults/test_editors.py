"""A draft of ours opened, changed and saved by a mail program is the user's for ever: never changed, never withdrawn, never doubled.

Nine programs by what is known of how they save (their sources and bug trackers), one in person: neomutt, driven in a terminal.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import rig as moments
from tests.faults.rig import Rig

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(autouse=True)
def written(account: Rig) -> None:
    """Our draft stands in Drafts."""
    account.wipe()
    account.scan(moments.DUE)
    assert "" == account.verdict()


def header(octets: bytes, name: str, value: bytes | None) -> bytes:
    """That header with another value, or without it."""
    head, _, body = octets.partition(b"\r\n\r\n")
    head = re.sub(rb"(?im)^%s:[^\r]*(?:\r\n[ \t][^\r]*)*(?:\r\n|\Z)" % name.encode(), b"", head + b"\r\n").rstrip(b"\r\n")
    return head + (b"\r\n" + name.encode() + b": " + value if value else b"") + b"\r\n\r\n" + body


def edited(octets: bytes) -> bytes:
    return octets.replace(b"I would be \r\nglad to reschedule", b"I would be \r\nhappy to find another slot").replace(b"Thank you for the opportunity.", b"Many thanks.")


def renewed(octets: bytes) -> bytes:
    return header(edited(octets), "Message-ID", b"<new-one@client.example>")


def as_html(octets: bytes) -> bytes:
    head, _, body = header(header(renewed(octets), "Content-Type", None), "Content-Transfer-Encoding", None).partition(b"\r\n\r\n")
    html = b"<div>" + body.replace(b"\r\n", b"<br>\r\n") + b"</div>\r\n"
    parts = b"--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + b"--b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html + b"--b1--\r\n"
    return head + b'\r\nContent-Type: multipart/alternative; boundary="b1"\r\n\r\n' + parts


SAVED: dict[str, Callable[[bytes], bytes]] = {
    "Thunderbird": lambda o: header(header(renewed(o), "User-Agent", b"Mozilla Thunderbird"), "X-Mozilla-Draft-Info", b"internal/draft; vcard=0"),
    "K-9 Mail": lambda o: header(renewed(o), "X-K9mail-Identity", b"!l=120&o=0"),
    "Roundcube": lambda o: header(edited(o), "User-Agent", b"Roundcube Webmail"),
    "Nextcloud Mail": renewed,
    "mu4e": renewed,
    "Gmail": as_html,
    "Outlook": lambda o: header(as_html(o), "Thread-Index", b"AdpfXw=="),
    "Apple Mail": lambda o: header(renewed(o), "X-Uniform-Type-Identifier", b"com.apple.mail-draft"),
    "Proton Bridge": lambda o: header(header(renewed(o), "References", None), "In-Reply-To", None),
}


def save(one: Rig, shape: Callable[[bytes], bytes]) -> bytes:
    """Append the changed draft, then remove the one it was made from, as all of them do."""
    (before,) = one.drafts()
    after = shape(before)
    assert before != after
    one.deliver("Drafts", after, "\\Draft", "\\Seen")
    one.hand.select("Drafts")
    (uid,) = [re.search(rb"UID (\d+)", head)[1].decode() for head, octets in one.messages("Drafts") if octets == before]     # type: ignore[index]
    one.hand.select("Drafts")
    one.hand.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)")
    one.hand.uid("EXPUNGE", uid)
    one.hand.select("INBOX", readonly=True)
    return after


@pytest.mark.parametrize("client", SAVED)
def test_saved_by(account: Rig, client: str) -> None:
    """Later scans, with a reason to refresh it, leave the user's version alone and write no other."""
    after = save(account, SAVED[client])
    for now in (moments.NEXT, moments.LATER, moments.LATER_NEXT, moments.LATER_STILL):
        assert 0 == account.scan(now).status
    assert [after] == account.drafts()
    assert account.others() == account.baseline


@pytest.mark.parametrize("client", [client for client in SAVED if client != "Proton Bridge"])
def test_saved_by_and_the_state_lost(account: Rig, client: str) -> None:
    """The same for a machine that remembers nothing: what answers the same mail in much the same words stands for ours. (Proton drops what it answers.)"""
    after = save(account, SAVED[client])
    account.new_state()
    for now in (moments.NEXT, moments.LATER):
        account.scan(now)
    assert [after] == account.drafts()


@pytest.mark.parametrize("client", SAVED)
def test_saved_between_the_last_look_and_the_move(account: Rig, client: str) -> None:
    """The MOVE of the old UID finds nothing to move; the user's version stays as it is. The refreshed one, already written, goes or stays: the next scan knows."""
    kept: list[bytes] = []

    def meanwhile() -> None:
        old = next(o for o in account.drafts() if b"14:45" in o)
        kept.append(SAVED[client](old))
        account.deliver("Drafts", kept[0], "\\Draft", "\\Seen")
        uid = next(re.search(rb"UID (\d+)", head)[1].decode() for head, octets in account.messages("Drafts") if octets == old)     # type: ignore[index]
        account.hand.select("Drafts")
        account.hand.uid("STORE", uid, "+FLAGS.SILENT", "(\\Deleted)")
        account.hand.uid("EXPUNGE", uid)
        account.hand.select("INBOX", readonly=True)

    account.proxy.meanwhile = (rb"UID MOVE", meanwhile)
    account.scan(moments.LATER)
    for now in (moments.LATER_NEXT, moments.LATER_STILL):
        account.scan(now)
    assert kept[0] in account.drafts()
    assert account.others() == account.baseline


@pytest.mark.parametrize(
    ("before", "after"), [(b"MIME-Version", b"Mime-Version"), (b"be \nglad to", b"be glad \nto"), (b"missed each", b"missed Each")], ids=["header", "wrapping", "words"]
)
@pytest.mark.parametrize("state", ["known", "lost"])
def test_a_server_that_rewrites_in_place(account: Rig, before: bytes, after: bytes, state: str) -> None:
    """Other octets under the same UID, as the file in Dovecot's own Maildir has them now: the user's where the journal knows better, or the text is another."""
    (path,) = [path for path in (account.server.folder / "mail" / account.user / ".Drafts" / "cur").iterdir() if before in path.read_bytes()]
    path.write_bytes(path.read_bytes().replace(before, after))
    (rewritten,) = account.drafts()
    if state == "lost":
        account.new_state()
    for now in (moments.NEXT, moments.LATER, moments.LATER_STILL):
        assert 0 == account.scan(now).status
    assert ([rewritten] == account.drafts()) == (state == "known" or before == b"missed each")
    assert 1 == len(account.drafts())
    assert account.others() == account.baseline


# ---- neomutt in person

MUTTRC = """
set imap_user="{user}"
set imap_pass="{password}"
set ssl_starttls=no
set ssl_force_tls=no
set imap_authenticators="plain:login"
set folder="imap://127.0.0.1:{port}/"
set spoolfile="+INBOX"
set postponed="+Drafts"
set record="+Sent"
set mbox_type=Maildir
set from="ada@quist.example"
set realname="Ada Quist"
set editor="{editor}"
set sendmail="{sink}"
set edit_headers=no
set recall=no
set mark_old=no
set postpone=yes
set quit=yes
set wait_key=no
set confirmappend=no
set copy=yes
set crypt_use_gpgme=no
unset signature
"""


class Terminal:
    """A program in a terminal of 40 by 120, fed with keys once the screen shows what they answer."""

    def __init__(self, command: list[str], home: Path) -> None:
        self.seen = b""
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ.update(TERM="xterm", HOME=str(home), LINES="40", COLUMNS="120", LC_ALL="C.UTF-8")
            os.execvp(command[0], command)

    def until(self, pattern: bytes, seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not re.search(pattern, self.seen):
            assert time.monotonic() < end, self.seen[-1500:]
            if select.select([self._fd], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self._fd, 65536)
                except OSError:         # it has ended
                    assert re.search(pattern, self.seen), self.seen[-1500:]

    def press(self, keys: bytes) -> None:
        self.seen = b""
        os.write(self._fd, keys)

    def end(self) -> int:
        end = time.monotonic() + 15
        while time.monotonic() < end:
            done, status = os.waitpid(self._pid, os.WNOHANG)
            if done:
                os.close(self._fd)
                return os.waitstatus_to_exitcode(status)
            if select.select([self._fd], [], [], 0.1)[0]:
                try:
                    os.read(self._fd, 65536)
                except OSError:
                    time.sleep(0.05)
        os.kill(self._pid, 9)
        os.waitpid(self._pid, 0)
        return -9


@pytest.fixture
def neomutt(account: Rig, tmp_path: Path) -> Callable[[str], Terminal]:
    if not shutil.which("neomutt"):
        pytest.skip("neomutt is not installed: apt-get install neomutt")
    sink, log = tmp_path / "sink", tmp_path / "sent"
    sink.write_text(f'#!/bin/sh\ncat > {log}\n')
    sink.chmod(0o755)

    def start(edit: str) -> Terminal:
        editor = tmp_path / "editor"
        editor.write_text(f'#!/bin/sh\n{edit}\n')
        editor.chmod(0o755)
        text = MUTTRC.format(user=account.user, password=account.server.password, port=account.server.port, editor=editor, sink=sink)
        (tmp_path / "muttrc").write_text(text)
        return Terminal(["neomutt", "-F", str(tmp_path / "muttrc"), "-n", "-p"], tmp_path)

    return start


def recall(terminal: Terminal) -> None:
    """Choose our draft, the last of the postponed ones; the editor runs; wait for the compose screen."""
    terminal.until(rb"Re: Phone")
    terminal.press(b"*\r")
    terminal.until(rb"y:Send")


def test_neomutt_edits_and_postpones(account: Rig, neomutt: Callable[[str], Terminal]) -> None:
    """What neomutt saves is the user's: it stays as it is through all later scans, alone."""
    terminal = neomutt('sed -i "s/glad to reschedule/happy to talk tomorrow/" "$1"')
    recall(terminal)
    terminal.press(b"P")
    terminal.end()
    (after,) = account.drafts()
    assert b"happy to talk tomorrow" in after
    for now in (moments.NEXT, moments.LATER, moments.LATER_STILL):
        account.scan(now)
    assert [after] == account.drafts()


def test_neomutt_sends(account: Rig, neomutt: Callable[[str], Terminal], tmp_path: Path) -> None:
    """Sent from neomutt, through a sink: the copy in Sent is known, and no other draft is written for that slot."""
    terminal = neomutt("true")
    recall(terminal)
    terminal.press(b"y")
    terminal.end()
    assert b"14:45" in (tmp_path / "sent").read_bytes()
    assert [] == account.drafts()
    for now in (moments.NEXT, moments.LATER, moments.LATER_STILL):
        account.scan(now)
    assert [] == account.drafts()
    assert any(b"14:45" in octets for _, octets in account.messages("Sent"))
