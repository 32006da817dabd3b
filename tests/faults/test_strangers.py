"""Somebody who is not the organiser cancels or moves the interview: the installed command ignores it, says so, and drafts what is due."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults import rig

COMMAND = str(Path(sys.executable).with_name("mailrescue"))


def said_by(sender: bytes, method: bytes, hour: bytes = b"14") -> bytes:
    """The invite again with a higher SEQUENCE, from that mailbox."""
    octets = rig.INVITE.replace(b"From: Bea Stone <bea@granite.example>", b"From: " + sender).replace(b"<invite-1@", b"<invite-2@")
    octets = octets.replace(b"method=REQUEST", b"method=" + method).replace(b"METHOD:REQUEST", b"METHOD:" + method)
    return re.sub(rb"(DTSTART[^\r]*T)14", rb"\g<1>" + hour, octets).replace(b"SUMMARY:", b"SEQUENCE:9\r\nSUMMARY:").replace(b"DTSTAMP:2020", b"DTSTAMP:2021")


def scanned(home: Path, *mail: bytes) -> dict[str, Any]:
    """What ``scan --json`` says of a Maildir with the invite and this mail, at the moment at which a draft is due."""
    for folder in ("", ".Drafts", ".Sent", ".Trash"):
        for part in ("cur", "new", "tmp"):
            (home / "Mail" / folder / part).mkdir(parents=True)
    for number, octets in enumerate((rig.INVITE, *mail)):
        (home / f"Mail/new/{1_700_000_000 + number}.M{number}P1.here").write_bytes(octets)
    (home / "config.toml").write_text(rig.CONFIG.partition("[accounts")[0] + f'[accounts.personal]\ntype = "maildir"\npath = "{home}/Mail"\n')
    words = [COMMAND, "--config", f"{home}/config.toml", "--state-dir", f"{home}/state", "scan", "--json", "--now", rig.DUE]
    done = subprocess.run(words, env={**os.environ, "HOME": str(home)}, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    (account,) = json.loads(done.stdout)["accounts"]
    return account      # type: ignore[no-any-return]


@pytest.mark.parametrize(("method", "hour"), [(b"CANCEL", b"14"), (b"REQUEST", b"17"), (b"PUBLISH", b"17")], ids=["cancels", "moves", "publishes"])
@pytest.mark.parametrize("sender", [b"Mal Ory <mal@evil.example>", b'"bea@granite.example" <mal@evil.example>\r\nReply-To: bea@granite.example'], ids=["openly", "in disguise"])
def test_a_stranger(tmp_path: Path, sender: bytes, method: bytes, hour: bytes) -> None:
    """The draft for 14:00 is written, to the organiser alone, and what was ignored is told."""
    account = scanned(tmp_path, said_by(sender, method, hour))
    (draft,) = list((tmp_path / "Mail/.Drafts/cur").iterdir())
    assert b"\nTo: Bea Stone <bea@granite.example>\n" in draft.read_bytes().replace(b"\r\n", b"\n")
    assert b"at 14:00" in draft.read_bytes()
    assert "by mal@evil.example, who is not the organiser, is ignored" in json.dumps(account)


@pytest.mark.parametrize(("method", "hour"), [(b"CANCEL", b"14"), (b"REQUEST", b"17")], ids=["cancels", "moves"])
def test_the_organiser(tmp_path: Path, method: bytes, hour: bytes) -> None:
    """The same from the organiser, or from her organisation, counts."""
    scanned(tmp_path, said_by(b"Bea's office <office@granite.example>", method, hour))
    assert [] == list((tmp_path / "Mail/.Drafts/cur").iterdir())
