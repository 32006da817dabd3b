"""Nothing but what grammar.py lists ever leaves the program, and no other mailbox changes by it: the whole sample week, listened to on the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests import servers
from tests.end_to_end.test_sample_week import ROOT, SAMPLES, WEEK, Person
from tests.faults.proxy import Proxy
from tests.wire.grammar import foreign, lines

FOREIGN = [
    "EXPUNGE", "CLOSE", "DELETE \"Drafts\"", "RENAME \"a\" \"b\"", "CREATE \"x\"", "SELECT \"INBOX\"", "UID FETCH 1 (BODY[])", "UID FETCH 1 (RFC822)",
    "STORE 1 +FLAGS (\\Deleted)", "UID STORE 1 +FLAGS (\\Seen)", "UID STORE 1:2 +FLAGS (\\Deleted)", "UID MOVE 1:* \"Trash\"", "UID MOVE 1 \"INBOX\"", "UID EXPUNGE 1,2",
    "UID EXPUNGE ", "UID SEARCH HEADER Message-ID \"<a@b>\"", "UID SEARCH TEXT x", "APPEND \"Sent\" (\\Draft \\Seen) \"24-Nov-2026 14:16:00 +0100\" {3}",
    "APPEND \"Drafts\" (\\Seen) \"24-Nov-2026 14:16:00 +0100\" {3}", "EXAMINE INBOX", "EXAMINE \"a\x01\"", "UNSELECT", "SUBSCRIBE \"x\"", "GETQUOTA \"\"",
]  # fmt: skip


@pytest.mark.parametrize("line", FOREIGN)
def test_the_list_would_notice(line: str) -> None:
    """A list that lets everything pass proves nothing."""
    assert [[line]] * 2 == [foreign(tag + line.encode("latin-1") + b"\r\n") for tag in (b"ABCD1 ", b"b0 ")]


class Listened(Person):
    """The same person with her mail behind Dovecot; every word said to it is kept."""

    def __init__(self, home: Path, box: Path, server: servers.Server) -> None:
        super().__init__(home)
        self.box, self.server, self.proxy = box, server, Proxy(server.port)
        text = (home / "config.toml").read_text("utf-8")
        account = f'type = "imap"\nhost = "127.0.0.1"\nport = {self.proxy.port}\nuser = "{server.user}"\nsecurity = "none"\nmailboxes = ["Call log"]\n'
        (home / "config.toml").write_text(re.sub(r'type = "maildir"\npath = "[^"]*"[^\n]*\n', account, text), "utf-8")
        (home / "secrets").mkdir()
        name = re.search(r"\[accounts\.([\w-]+)\]", text)
        assert name
        (home / "secrets" / f"mailrescue.{name[1]}").write_text(server.password)

    def deliver(self, octets: bytes, folder: str, at: datetime) -> None:
        super().deliver(octets, folder, at)
        servers.give(self.box)

    def scan(self, at: datetime) -> dict[str, Any]:
        words = ["--config", "config.toml", "--state-dir", "state", "scan", "--json", "--now", at.isoformat()]
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(self.home), "TZ": "UTC", "CREDENTIALS_DIRECTORY": str(self.home / "secrets")}
        done = subprocess.run([sys.executable, "-m", "mailrescue", *words], cwd=self.home, env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        self.proxy.settle()
        (account,) = json.loads(done.stdout)["accounts"]
        return account      # type: ignore[no-any-return]

    def everything(self) -> dict[str, object]:
        """All mailboxes but Drafts and Trash: each message's UID, flags, date and MODSEQ, and the mailbox's own numbers."""
        hand = self.server.client()
        hand.enable("CONDSTORE")
        found: dict[str, object] = {}
        for mailbox in ("INBOX", "Sent", '"Call log"', "Archive"):
            hand.select(mailbox, readonly=True)
            messages = hand.uid("FETCH", "1:*", "(FLAGS INTERNALDATE MODSEQ)")[1]
            found[mailbox] = ([re.sub(rb" ?\\Recent", b"", m) for m in messages if m], hand.response("UIDVALIDITY")[1], hand.response("HIGHESTMODSEQ")[1])
        hand.logout()
        return found


@pytest.mark.server
@pytest.mark.slow
@pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")
def test_a_week_on_the_wire(tmp_path: Path) -> None:
    """Every line is on the list; every scan leaves UIDs, flags, dates and MODSEQs of all other mailboxes as they were; one connection a scan, closed by LOGOUT."""
    with servers.mail_folder() as folder:
        box = servers.make_maildir(folder / "Maildir", ("Drafts", "Sent", "Trash", "Call log", "Archive"))
        names = {**servers.USUAL, "Call log": ""}
        with servers.dovecot(box, mailboxes=names) as server:
            person = Listened(tmp_path, box, server)
            scans = 0
            for step in WEEK["step"]:
                if "deliver" in step:
                    person.deliver((SAMPLES / "week" / step["deliver"]).read_bytes(), step.get("folder", ""), step["at"])
                elif "expect" in step:
                    before = person.everything()
                    person.scan(step["at"])
                    assert before == person.everything(), step["say"]
                    scans += 1
            said = [bytes(session.said["c"]) for session in person.proxy.sessions]
            person.proxy.close()
    assert [] == [line for one in said for line in foreign(one)]
    assert scans == len(said)
    assert {"LOGOUT"} == {list(lines(one))[-1] for one in said}
    verbs = {line.split(" ")[0] for one in said for line in lines(one)}
    assert {"APPEND", "EXAMINE", "LIST", "LOGIN"} <= verbs
