"""Nothing in a mail makes the program connect, look up a name or start a process: whole commands run, and Python itself tells of each such thing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import rig
from tests.faults.rig import ROOT, Worker
from tests.servers import Server

PLACE = "http://127.0.0.1:9/x"
MAIL = {
    "html": f'Content-Type: text/html\r\n\r\n<html><head><base href="{PLACE}"><link rel=stylesheet href="{PLACE}"><meta http-equiv=refresh content="0;url={PLACE}"></head>'
    f'<body background="{PLACE}"><img src="{PLACE}"><iframe src="{PLACE}"></iframe><script src="{PLACE}"></script><a href="{PLACE}" ping="{PLACE}">the call at 14:00</a>',
    "entity": f'Content-Type: text/xml\r\n\r\n<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "{PLACE}">]><x>&y;</x>',
    "external body": f'Content-Type: message/external-body; access-type=URL; URL="{PLACE}"\r\n\r\nContent-Type: text/calendar\r\n\r\n',
    "headers": f"List-Unsubscribe: <{PLACE}>\r\nDisposition-Notification-To: spy@host.invalid\r\nReturn-Receipt-To: spy@host.invalid\r\nContent-Location: {PLACE}\r\n\r\n{PLACE}",
}
#: in the invite itself, which is read to its last property
PROPERTIES = "".join(
    f"{name}:{PLACE}\r\n"
    for name in (
        "ATTACH", "URL", "ATTACH;FMTTYPE=text/calendar", "IMAGE;VALUE=URI", "CONFERENCE;VALUE=URI", "SOURCE;VALUE=URI", "STRUCTURED-DATA;VALUE=URI", "X-ALT-DESC;ALTREP=\"cid:x\"",
        f"DESCRIPTION;ALTREP=\"{PLACE}\"", "COMMENT;ALTREP=\"ftp://host.invalid/\"", "LOCATION",
    )
)  # fmt: skip
INVITE = rig.INVITE.replace(b"END:VEVENT", f"{PROPERTIES}BEGIN:VALARM\r\nACTION:PROCEDURE\r\nTRIGGER:-PT1M\r\nATTACH:{PLACE}\r\nEND:VALARM\r\nEND:VEVENT".encode())


def letter(name: str) -> bytes:
    """From the interviewer, in the thread."""
    head = f"From: Bea Stone <bea@granite.example>\r\nTo: ada@quist.example\r\nSubject: Re: Phone interview\r\nMessage-ID: <{name.replace(' ', '')}@granite.example>\r\n"
    return (head + "In-Reply-To: <invite-1@granite.example>\r\nMIME-Version: 1.0\r\n" + MAIL[name]).encode()


def test_with_mail_on_disk(tmp_path: Path) -> None:
    """A scan that drafts, an explanation, the page, the brief: no connection, no name, no process."""
    for folder in ("", ".Drafts", ".Sent", ".Trash"):
        for part in ("cur", "new", "tmp"):
            (tmp_path / "Mail" / folder / part).mkdir(parents=True)
    for number, octets in enumerate((INVITE, *map(letter, MAIL))):
        (tmp_path / f"Mail/new/{number}.M1P1.here").write_bytes(octets)
    (tmp_path / "config.toml").write_text(rig.CONFIG.partition("[accounts")[0] + f'[accounts.personal]\ntype = "maildir"\npath = "{tmp_path}/Mail"\n')
    verbs = [["scan", "--now", rig.DUE], ["explain", f"{tmp_path}/Mail/cur", f"{tmp_path}/Mail/new"], ["report", "--now", rig.DUE], ["brief", "--now", rig.DUE]]
    words = [["--config", f"{tmp_path}/config.toml", "--state-dir", f"{tmp_path}/state", *verb] for verb in verbs]
    code = f"import sys; from tests.faults.worker import _watch; _watch({str(tmp_path / 'begun')!r}); from mailrescue.cli import run; print([run(words) for words in {words!r}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True)
    assert "drafted" in done.stdout, done
    assert done.stdout.rstrip().endswith("[0, 0, 0, 0]"), done
    assert "" == (tmp_path / "begun").read_text()


@pytest.mark.server
def test_with_mail_on_a_server(dovecot_server: Server, tmp_path: Path) -> None:
    """The account's own server is all that a scan connects to."""
    worker = Worker()
    with rig.rig(dovecot_server, worker, small=True) as one:
        for octets in map(letter, MAIL):
            one.deliver("INBOX", octets)
        ran = one.scan(rig.DUE, watch=str(tmp_path / "begun"))
        assert 1 == len(one.drafts()), ran
        assert {f"socket.connect ('127.0.0.1', {one.proxy.port})"} == {line for line in (tmp_path / "begun").read_text().splitlines() if "getaddrinfo 127.0.0.1" not in line}
    worker.close()
