"""A mailbox on a real server, a phone interview in it, and scans of it that are broken on the way; then the question that counts: what stands there now?"""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests import servers
from tests.faults.proxy import Cut, Mode, Proxy

ROOT = Path(__file__).parents[2]

#: the day of the interview: tomorrow, because servers give no message a date that is still to come, and a first scan looks back for some weeks only
_DAY = (datetime.now(UTC) + timedelta(days=1)).astimezone(ZoneInfo("Europe/Berlin"))


def _at(clock: str) -> str:
    hour, minute = clock.split(":")
    return _DAY.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0).isoformat()


#: the interviewer did not call at 14:00: at 14:16 the draft is due, at 14:46 it must no longer name 14:45
DUE, NEXT, AFTER_QUARANTINE = _at("14:16"), _at("14:17"), _at("14:22")
LATER, LATER_NEXT, LATER_STILL = _at("14:46"), _at("14:47"), _at("14:52")

_INVITE = """From: Bea Stone <bea@granite.example>
To: Ada Quist <ada@quist.example>
Subject: Phone interview with Granite, Software Engineer
Date: %DATE%
Message-ID: <invite-1@granite.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=_g"

--=_g
Content-Type: text/plain; charset=utf-8

Dear Ada, I will call you at 14:00 for the phone interview. Best regards, Bea Stone
--=_g
Content-Type: text/calendar; charset=utf-8; method=REQUEST

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Granite//Calendar//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:interview-1@granite.example
DTSTAMP:20200101T080000Z
DTSTART;TZID=Europe/Berlin:%DAY%T140000
DTEND;TZID=Europe/Berlin:%DAY%T150000
SUMMARY:Phone interview: Software Engineer (Ada Quist)
DESCRIPTION:I will call you on your mobile for our phone interview about the job as Software Engineer.
ORGANIZER;CN=Bea Stone:mailto:bea@granite.example
ATTENDEE;CN=Ada Quist;PARTSTAT=ACCEPTED:mailto:ada@quist.example
END:VEVENT
END:VCALENDAR
--=_g--
"""
OTHERS = ("INBOX", "Sent", "Archive", "Junk")
_SENT = datetime.now(UTC) - timedelta(days=2)
INVITE = _INVITE.replace("%DAY%", f"{_DAY:%Y%m%d}").replace("%DATE%", format_datetime(_SENT)).replace("\n", "\r\n").encode()
LETTER = b"From: shop@store.example\r\nTo: ada@quist.example\r\nSubject: Your order\r\nMessage-ID: <order@store.example>\r\n\r\nIt is on its way.\r\n"
OWN = b"From: ada@quist.example\r\nTo: mum@quist.example\r\nSubject: Sunday\r\nMessage-ID: <own-draft@quist.example>\r\n\r\nShall I bring the cake?\r\n"
ARRIVED = imaplib.Time2Internaldate(_SENT)

CONFIG = """
[me]
name = "Ada Quist"
addresses = ["ada@quist.example"]
phone = "+49 155 5010 0200"
timezone = "Europe/Berlin"
languages = ["en"]

[accounts.personal]
type = "imap"
host = "127.0.0.1"
port = {port}
user = "{user}"
security = "{security}"
"""


@dataclass(frozen=True)
class Ran:
    """How a scan ended: its exit status (negative: the signal that killed it), and what it said."""

    status: int
    out: str
    err: str
    points: int


class Worker:
    """A process that runs the command line, again and again; see worker.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._warm = False

    def warm(self, words: Sequence[str], **order: Any) -> None:
        """A scan that makes those to come quick; only the first is needed."""
        if not self._warm:
            ran = self._ask({"words": list(words), "warm": True, **order})
            assert ran["status"] == 0, ran
            self._warm = True

    def run(self, words: Sequence[str], proxy: Proxy | None = None, **order: Any) -> Ran:
        pid = self._ask({"words": list(words), **order})["pid"]
        if proxy is not None:
            proxy.kill = lambda: _kill(pid)
        return Ran(**self._answer())

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())      # type: ignore[no-any-return]

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 9)


class Rig:
    """One account on one server, the proxy before it, and the state folders of the machines that scan it."""

    _numbers = itertools.count(1)

    def __init__(self, server: servers.Server, worker: Worker, folder: Path, security: str = "none", small: bool = False) -> None:
        self.server, self.worker, self.folder = server, worker, folder
        self.user = server.add(f"faults{os.getpid():07}x{next(self._numbers):04}")
        self.proxy = Proxy(server.tls_port if security == "tls" else server.port)   # type: ignore[arg-type]
        self.hand = server.client(self.user)
        self._eye = server.client(self.user)    # opens nothing: of a mailbox that is open, STATUS tells what the session has seen so far
        for session in (self.hand, self._eye):
            with contextlib.suppress(imaplib.IMAP4.error):
                session.enable("CONDSTORE")
        text = CONFIG.format(port=self.proxy.port, user=self.user, security=security)
        self.config = folder / "config.toml"
        self.config.write_text(text + (f'ca_file = "{server.ca_file}"\n' if security == "tls" else ""))
        self.credentials = folder / "credentials"
        self.credentials.mkdir(mode=0o700)
        (self.credentials / "mailrescue.personal").write_text(server.password)
        self._states = itertools.count(1)
        self.secret = security == "tls"     # the proxy hears nothing
        self.in_one_process = False     # scans that are not to be killed run in the worker's own process: cheaper
        self.deliver("INBOX", INVITE)
        if not small:
            self.deliver("INBOX", LETTER, "\\Flagged")
            self.deliver("Sent", LETTER.replace(b"order@", b"sent@"), "\\Seen", "\\Answered")
            self.deliver("Archive", LETTER.replace(b"order@", b"old@"), "$later")
        self.deliver("Drafts", OWN, "\\Draft")
        self.baseline, self._untouched = self.others(), self.marks(*OTHERS)
        self.new_state()
        worker.warm(self.words(DUE), environ={"CREDENTIALS_DIRECTORY": str(self.credentials)})
        self.wipe()

    def close(self) -> None:
        self.proxy.close()
        for session in (self.hand, self._eye):
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                session.logout()

    # ---- the user's hands

    def deliver(self, mailbox: str, octets: bytes, *flags: str) -> None:
        done, text = self.hand.append(mailbox, f"({' '.join(flags)})", ARRIVED, octets)
        assert done == "OK", text

    def wipe(self) -> None:
        """Drafts and Trash as they were at first, and a machine that knows nothing."""
        self.proxy.settle()
        self.proxy.let_go()
        self.proxy.sessions.clear()
        for mailbox in ("Drafts", "Trash"):
            self.hand.select(mailbox)
            _, found = self.hand.uid("FETCH", "1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            uids = [_uid(head) for head, octets in _pairs(found) if b"own-draft@" not in octets]
            if uids:
                self.hand.uid("STORE", ",".join(uids), "+FLAGS.SILENT", "(\\Deleted)")
                self.hand.uid("EXPUNGE", ",".join(uids))
            self.hand.select("INBOX", readonly=True)
        self.new_state()

    # ---- machines

    def new_state(self) -> Path:
        with contextlib.suppress(AttributeError):
            shutil.rmtree(self.state, ignore_errors=True)
        self.state = self.folder / f"state{next(self._states)}"
        return self.state

    def remembered(self) -> str | None:
        """All that the machine remembers but the UIDs of drafts, as a digest; None where a run was killed in the middle of writing it."""
        files = sorted(self.state.iterdir()) if self.state.exists() else []
        if any(path.name.endswith("-journal") for path in files):
            return None
        digest = hashlib.sha256()
        for path in files:
            digest.update(path.name.encode() + b"\0" + (_rows(path) if path.suffix == ".sqlite3" else path.read_bytes()) + b"\0")
        return digest.hexdigest()

    def words(self, now: str, *more: str) -> list[str]:
        return ["--config", str(self.config), "--state-dir", str(self.state), "-q", "scan", *more, "--now", now]

    def scan(self, now: str, cut: Cut | None = None, **order: Any) -> Ran:
        self.proxy.cut = cut
        if self.in_one_process and not order and (cut is None or cut.mode is not Mode.KILL):
            order = {"here": True}
        ran = self.worker.run(self.words(now), self.proxy, environ={"CREDENTIALS_DIRECTORY": str(self.credentials)}, **order)
        self.proxy.cut = None
        self.proxy.settle()
        return ran

    # ---- what stands there

    def drafts(self) -> list[bytes]:
        """Our drafts: all but the user's own, which must be as it was."""
        found = self.messages("Drafts")
        own = [(head, octets) for head, octets in found if octets == OWN]
        assert len(own) == 1, "the user's own draft is gone"
        assert _flags(own[0][0]) == {b"\\Draft"}, own[0][0]
        return [octets for _, octets in found if octets != OWN]

    def messages(self, mailbox: str) -> list[tuple[bytes, bytes]]:
        self.hand.select(mailbox, readonly=True)
        _, found = self.hand.uid("FETCH", "1:*", "(FLAGS INTERNALDATE BODY.PEEK[])")
        return _pairs(found)

    def others(self) -> dict[str, object]:
        """Every other mailbox: UIDs, flags, dates, octets, UIDVALIDITY and, where the server tells, HIGHESTMODSEQ."""
        found: dict[str, object] = {}
        for mailbox in OTHERS:
            messages = [(_uid(head), _flags(head), re.search(rb'INTERNALDATE "([^"]*)"', head)[1], octets) for head, octets in self.messages(mailbox)]  # type: ignore[index]
            codes = {code: self.hand.response(code)[1] for code in ("UIDVALIDITY", "HIGHESTMODSEQ")}
            found[mailbox] = (messages, [code for code in codes.values() if code != [None]])
        return found

    def marks(self, *mailboxes: str) -> list[bytes]:
        """What changes whenever anything in one of these does (all, where none is named): a message that comes or goes, a flag (HIGHESTMODSEQ, RFC 7162)."""
        asked = "(MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)"
        return [self._eye.status(mailbox, asked)[1][0] or b"" for mailbox in mailboxes or (*OTHERS, "Drafts", "Trash")]

    def verdict(self, lacks: bytes = b"", thorough: bool = True) -> str:
        """Empty where all is as it must be: exactly one draft, nothing else changed; else what is wrong. ``thorough``: by every octet, else by ``marks``."""
        try:
            drafts = self.drafts()
        except AssertionError as error:
            return str(error)
        if len(drafts) != 1:
            return f"{len(drafts)} drafts"
        if lacks and lacks in drafts[0]:
            return "the old draft stands"
        same = self.others() == self.baseline if thorough else self.marks(*OTHERS) == self._untouched
        return "" if same else "another mailbox has changed"


def _rows(journal: Path) -> bytes:
    with contextlib.closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as db:
        rows = "\n".join((*db.iterdump(), str(db.execute("PRAGMA user_version").fetchone())))
    return re.sub(r"'\d+'(?=,'[0-9a-f]{64}')", "'UID'", rows).encode()


def _pairs(found: Sequence[Any]) -> list[tuple[bytes, bytes]]:
    """What imaplib gives of a FETCH: each message's head, with what stands behind its literal, and the literal."""
    pairs = []
    for number, one in enumerate(found):
        if isinstance(one, tuple):
            behind = found[number + 1] if number + 1 < len(found) and isinstance(found[number + 1], bytes) else b""
            pairs.append((one[0] + behind, one[1]))
    return pairs


def _uid(head: bytes) -> str:
    found = re.search(rb"UID (\d+)", head)
    assert found, head
    return found[1].decode()


def _flags(head: bytes) -> set[bytes]:
    found = re.search(rb"FLAGS \(([^)]*)\)", head)
    return set(found[1].split()) - {b"\\Recent"} if found else set()


@contextlib.contextmanager
def rig(server: servers.Server, worker: Worker, security: str = "none", small: bool = False) -> Iterator[Rig]:
    """``small``: as little mail as there can be, so that every octet can be visited."""
    with tempfile.TemporaryDirectory(prefix="mailrescue-faults-") as folder:
        one = Rig(server, worker, Path(folder), security, small)
        try:
            yield one
        finally:
            one.close()
