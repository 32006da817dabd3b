"""How the installed command ends when something is wrong: the status of sysexits.h, one line with the cure, and nothing written."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ME = '[me]\nname = "Ada Quist"\naddresses = ["ada@quist.example"]\nphone = "+49 155 5010 0200"\ntimezone = "Europe/Berlin"\n'
NOON = "2026-12-01T12:00:00+01:00"


class Place:
    """A folder with a configuration, and the command run in it."""

    def __init__(self, base: Path) -> None:
        self.base = base

    def configure(self, account: str) -> None:
        (self.base / "config.toml").write_text(f"{ME}{account}", "utf-8")
        (self.base / "config.toml").chmod(0o600)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "mailrescue", "--config", str(self.base / "config.toml"), "--state-dir", str(self.base / "state"), *words]
        return subprocess.run(call, capture_output=True, text=True, timeout=100, check=False, env={**os.environ, "HOME": str(self.base)})


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def maildir(base: Path, *folders: str) -> str:
    for folder in ("", *folders):
        for part in ("new", "cur", "tmp"):
            (base / "Maildir" / folder / part).mkdir(parents=True, exist_ok=True)
    return '[accounts.here]\ntype = "maildir"\npath = "Maildir"\n'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_no_such_command(place: Place) -> None:
    """64, and where to look."""
    done = place.run("skan")
    assert 64 == done.returncode
    assert "--help" in done.stderr


def test_no_configuration(place: Place) -> None:
    """78, and how to make one."""
    done = place.run("scan")
    assert (78, "") == (done.returncode, done.stdout)
    assert str(place.base / "config.toml") in done.stderr


def test_every_mistake_of_a_configuration(place: Place) -> None:
    """78, with every mistake and its nearest known key."""
    place.configure('[accounts.here]\ntype = "imap"\nhots = "imap.example.org"\nuser = "ada"\n[policy]\nslot = 3\n')
    done = place.run("scan")
    assert 78 == done.returncode
    assert all(word in done.stderr for word in ("accounts.here.hots", "host", "policy.slot", "slots"))


def test_no_drafts_mailbox(place: Place) -> None:
    """78, with the candidates; nothing is made in the mailbox."""
    place.configure(maildir(place.base, ".Letters"))
    before = sorted(place.base.glob("Maildir/**/*"))
    done = place.run("scan", "--now", NOON)
    assert 78 == done.returncode
    assert "Letters" in done.stderr
    assert "drafts =" in done.stderr
    assert before == sorted(place.base.glob("Maildir/**/*"))


def test_a_server_that_is_not_there(place: Place) -> None:
    """75: silent for six hours, then told once a day."""
    place.configure(
        f'[accounts.far]\ntype = "imap"\nhost = "127.0.0.1"\nport = {free_port()}\nuser = "ada"\nsecurity = "none"\npassword_command = ["echo", "x"]\n'
    )
    told = []
    for moment in ("2026-12-01T12:00", "2026-12-01T17:59", "2026-12-01T18:00", "2026-12-02T17:00", "2026-12-02T18:00"):
        done = place.run("-q", "scan", "--now", f"{moment}:00+01:00")
        assert (75, "") == (done.returncode, done.stdout)
        told.append(bool(done.stderr))
    assert [False, False, True, False, True] == told
    assert "127.0.0.1" in place.run("-v", "scan", "--now", NOON).stderr


def test_a_broken_message_stops_nothing(place: Place) -> None:
    """0: what cannot be read is set aside, and told once."""
    place.configure(maildir(place.base, ".Drafts"))
    broken = b"From: a@b.example\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\n"
    (place.base / "Maildir" / "new" / "1.broken").write_bytes(broken)
    first, second = (place.run("-v", "scan", "--now", NOON) for _ in range(2))
    assert (0, 0) == (first.returncode, second.returncode)
    assert ["set aside" in done.stdout for done in (first, second)] == [True, False]


def test_a_message_that_cannot_be_understood(place: Place) -> None:
    """65 where one was asked for."""
    place.configure("")
    (place.base / "empty.eml").write_bytes(b"")
    assert 65 == place.run("explain", str(place.base / "empty.eml")).returncode


def test_a_state_folder_that_cannot_be_written(place: Place) -> None:
    """73, and nothing is drafted."""
    place.configure(maildir(place.base, ".Drafts"))
    (place.base / "state").write_text("a file stands where the folder should be")
    done = place.run("scan", "--now", NOON)
    assert 73 == done.returncode
    assert "--state-dir" in done.stderr


def test_another_scan_holds_the_lock(place: Place) -> None:
    """0, silently; -v says it."""
    from mailrescue.commands import lock

    place.configure(maildir(place.base, ".Drafts"))
    with lock.held(place.base / "state") as alone:
        assert alone
        quiet, verbose = place.run("scan", "--now", NOON), place.run("-v", "scan", "--now", NOON)
    assert (0, "") == (quiet.returncode, quiet.stdout)
    assert "another scan" in verbose.stdout


def test_an_interview_that_is_not_there(place: Place) -> None:
    """64, naming those that are."""
    place.configure(maildir(place.base, ".Drafts"))
    done = place.run("outcome", "nobody-0101", "happened", "--now", NOON)
    assert 64 == done.returncode
    assert "run mailrescue scan first" in done.stderr


@pytest.mark.parametrize("verb", ["scan", "status", "explain", "outcome", "demo"])
def test_help(place: Place, verb: str) -> None:
    """Every command shows an example."""
    assert "example:" in place.run(verb, "--help").stdout
