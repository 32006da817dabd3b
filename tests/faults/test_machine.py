"""What the machine does to us: killed between two steps, a full disk, a home that cannot be written, a journal that is locked, damaged, lost or copied,
fifty scans at once, two machines. Exactly one draft, and nothing else changed, against a real server."""

from __future__ import annotations

import concurrent.futures
import contextlib
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import rig as moments
from tests.faults.matrix import WRITE, play
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import ROOT, Ran, Rig

pytestmark = [pytest.mark.server, pytest.mark.slow]

#: loaded in a program of its own, it sets a limit to every file's size: the disk is full from there on
_FULL = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"


@pytest.fixture(autouse=True)
def fresh(account: Rig) -> None:
    account.wipe()


def as_a_program(one: Rig, now: str, before: str = "pass", state: Path | None = None, **more: str) -> Ran:
    """A scan as cron starts it, with some lines of Python run first."""
    words = [w if w != str(one.state) else str(state or one.state) for w in one.words(now)]
    code = f"{before}\nimport sys; sys.argv[1:] = {words!r}\nfrom mailrescue.__main__ import main\nsys.exit(main())"
    environ = {**os.environ, "CREDENTIALS_DIRECTORY": str(one.credentials), "PYTHONDONTWRITEBYTECODE": "1", **more}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60)
    return Ran(done.returncode, done.stdout, done.stderr, 0)


def test_killed_at_every_boundary(account: Rig) -> None:
    """SIGKILL before and after each statement to SQLite, each connect, send and receive of a scan that writes a draft: every seventh here, all in the sweep."""
    points = account.scan(WRITE.runs[0], kill_at=0).points
    assert points > 100
    failed = {point: result.wrong for point in range(1, points + 1, 7) if (result := play(account, WRITE, None, thorough=False, kill_at=point)).wrong}
    assert {} == failed


@pytest.mark.parametrize("room", [0, 4096, 8192, 12288, 24576])
def test_a_full_disk(account: Rig, room: int) -> None:
    """Wherever the disk is full, nothing is appended that is not in the journal; the scan ends with 73 or 74 and says so; with room again, there is one draft."""
    ran = as_a_program(account, moments.DUE, _FULL.format(room))
    if ran.status:
        assert ran.status in (73, 74), ran
        assert 1 == len(ran.err.splitlines()), ran.err
        assert [] == account.drafts()
    for now in (moments.NEXT, moments.AFTER_QUARANTINE):
        assert 0 == account.scan(now).status
    assert "" == account.verdict()


def test_a_disk_that_fills_up_on_the_way(account: Rig) -> None:
    """The journal is there and cannot grow: the same."""
    account.scan(moments.DUE, Cut("c", 0, Mode.RST))
    size = (account.state / "journal.sqlite3").stat().st_size
    ran = as_a_program(account, moments.NEXT, _FULL.format(size))
    assert (ran.status, []) in [(74, account.drafts()), (0, [])] or "" == account.verdict()
    account.scan(moments.AFTER_QUARANTINE)
    assert "" == account.verdict()


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root writes everywhere")
def test_a_home_that_cannot_be_written(account: Rig, tmp_path: Path) -> None:
    """73, one line with the cure, nothing appended."""
    ran = as_a_program(account, moments.DUE, state=Path("/proc/mailrescue"))
    assert (73, 1) == (ran.status, len(ran.err.splitlines())), ran
    assert "--state-dir" in ran.err
    assert [] == account.drafts()


def test_a_journal_that_another_program_holds(account: Rig) -> None:
    """Locked for longer than we wait: 74 and nothing appended; then all goes on."""
    account.scan(moments.DUE, Cut("c", 0, Mode.RST))
    with contextlib.closing(sqlite3.connect(account.state / "journal.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        shorter = "import sqlite3; real = sqlite3.connect; sqlite3.connect = lambda *a, **k: real(*a, **{**k, 'timeout': 0.2})"
        ran = as_a_program(account, moments.NEXT, shorter)
        assert (74, 1) == (ran.status, len(ran.err.splitlines())), ran
        assert [] == account.drafts()
    account.scan(moments.AFTER_QUARANTINE)
    assert "" == account.verdict()


@pytest.mark.parametrize("at", range(0, 100, 9))
def test_a_damaged_journal(account: Rig, at: int) -> None:
    """A page of the file lost, wherever: at most one scan ends with 74, none with a fault of ours, and there is one draft."""
    account.scan(moments.DUE)
    path = account.state / "journal.sqlite3"
    octets = bytearray(path.read_bytes())
    start = len(octets) * at // 100 // 512 * 512
    octets[start:start + 512] = os.urandom(512)
    path.write_bytes(octets)
    ran = [account.scan(now) for now in (moments.NEXT, moments.AFTER_QUARANTINE, moments.AFTER_QUARANTINE)]
    assert [] == [one.err for one in ran if one.status not in (0, 74)]
    assert 0 == ran[-1].status
    assert "" == account.verdict()


def test_a_lost_journal(account: Rig) -> None:
    """What stands in Drafts is known by its Message-ID alone, kept, and brought up to date."""
    account.scan(moments.DUE)
    account.new_state()
    account.scan(moments.NEXT)
    assert "" == account.verdict()
    account.new_state()
    account.scan(moments.LATER)
    assert "" == account.verdict(lacks=b"14:45")


def test_an_older_journal(account: Rig) -> None:
    """Brought back from a backup of before the draft was written, or before it was replaced."""
    account.scan(moments.DUE, Cut("c", 0, Mode.RST))
    empty = shutil.copytree(account.state, account.folder / "empty")
    account.scan(moments.NEXT)
    older = shutil.copytree(account.state, account.folder / "older")
    account.scan(moments.LATER)
    for state in (empty, older):
        shutil.rmtree(account.state)
        shutil.move(state, account.state)
        account.scan(moments.LATER_STILL)
        assert "" == account.verdict(lacks=b"14:45")


def test_fifty_scans_at_once(account: Rig) -> None:
    """One works, the others end quietly with 0."""
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        ran = list(pool.map(lambda _: as_a_program(account, moments.DUE), range(50)))
    assert [(0, "")] * 50 == [(one.status, one.err) for one in ran]
    account.scan(moments.NEXT)
    assert "" == account.verdict()


def test_the_holder_of_the_lock_is_killed(account: Rig) -> None:
    """The kernel frees the lock: the next scan works at once."""
    assert -9 == account.scan(moments.DUE, Cut("c", 500, Mode.KILL)).status
    assert "drafted" in account.scan(moments.NEXT).out
    assert "" == account.verdict()


def test_two_machines(account: Rig, tmp_path: Path) -> None:
    """Each with a state of its own, in turn and at the same time: one draft, brought up to date once; both know when the user has deleted it."""
    homes = (tmp_path / "one", tmp_path / "two")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for now in (moments.DUE, moments.NEXT, moments.AFTER_QUARANTINE, moments.LATER, moments.LATER_NEXT, moments.LATER_STILL):
            list(pool.map(lambda home, now=now: as_a_program(account, now, state=home), homes))
    assert "" == account.verdict(lacks=b"14:45")
    account.hand.select("Drafts")
    account.hand.uid("STORE", "2:*", "+FLAGS", "(\\Deleted)")
    account.hand.expunge()
    account.hand.select("INBOX", readonly=True)
    for home in homes:
        as_a_program(account, moments.LATER_STILL, state=home)
    assert [] == account.drafts()


def test_a_server_that_drips(account: Rig) -> None:
    """It stalls in the middle of an answer while each read would wait for long: the run ends in its time, with 75 and without a word."""
    ran = account.scan(moments.DUE, Cut("s", 900, Mode.STALL), run_seconds=0.5)
    account.proxy.let_go()
    assert (75, "") == (ran.status, ran.err)
    account.scan(moments.NEXT)
    assert "" == account.verdict()


def test_one_connection_an_account(account: Rig) -> None:
    """A scan that writes opens one connection, and says LOGOUT at its end."""
    account.scan(moments.DUE)
    (session,) = account.proxy.sessions
    assert b" LOGOUT\r\n" == bytes(session.said["c"])[-9:]


def test_nothing_new_nothing_written(account: Rig) -> None:
    """A second scan says nothing to the server that changes anything."""
    account.scan(moments.DUE)
    account.proxy.sessions.clear()
    account.scan(moments.NEXT)
    said = bytes(account.proxy.sessions[-1].said["c"])
    assert [] == [verb for verb in (b"APPEND", b"STORE", b"MOVE", b"COPY", b"EXPUNGE", b"SELECT") if verb in said]


def test_a_server_that_is_down_is_left_alone(account: Rig) -> None:
    """After three faults in a row no connection is tried for a while, each scan ending silently with 75; then it is tried again."""
    at = [f"{moments.DUE[:11]}14:{minute}:00{moments.DUE[19:]}" for minute in (16, 17, 18, 19, 20, 27)]
    tried = []
    for now in at:
        account.proxy.sessions.clear()
        ran = account.scan(now, Cut("c", 0, Mode.RST))
        assert (75, "") == (ran.status, ran.err)
        tried.append(len(account.proxy.sessions))
    assert [1, 1, 1, 0, 0, 1] == tried


def test_a_draft_that_is_nowhere_to_be_seen(account: Rig) -> None:
    """Given to the server twice, and not there when the second quarantine is over: 76 and one line that names it, once a day; 0 when it shows after all."""
    half = Cut("c", 400, Mode.RST, rb"APPEND [^\r]*\r\n")
    at = {clock: f"{moments.DUE[:11]}{clock}:00{moments.DUE[19:]}" for clock in ("14:16", "14:22", "14:25", "14:28", "14:29", "14:30")}
    cut = [account.scan(at[clock], half) for clock in ("14:16", "14:22")]
    early, told, silent = (as_a_program(account, at[clock]) for clock in ("14:25", "14:28", "14:29"))
    assert [75, 75, 0, 76, 76] == [ran.status for ran in (*cut, early, told, silent)]
    assert ["", "", "", ""] == [ran.err for ran in (*cut, early, silent)]
    assert re.fullmatch(r"mailrescue: personal: the no-show draft for granite-\d{4} was given to the server twice and does not show: look into Drafts.*\n", told.err)
    assert [] == account.drafts()
    lost = re.search(rb"APPEND [^\r]*\r\n(.*)", bytes(account.proxy.sessions[0].said["c"]), re.DOTALL)
    assert lost
    account.deliver("Drafts", lost[1].removesuffix(b"\r\n"), "\\Draft", "\\Seen")
    late = as_a_program(account, at["14:30"])
    assert (0, "") == (late.status, late.err)
    assert "" == account.verdict()


def test_limits_are_ours_alone() -> None:
    """The tests' own limits are set in the child: this process can still write."""
    assert resource.RLIM_INFINITY == resource.getrlimit(resource.RLIMIT_FSIZE)[0]
