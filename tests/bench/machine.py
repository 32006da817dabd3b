"""One user's machine for a measurement: an account on a server (or a Maildir), a state folder, and whole processes that are timed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NOW = "2026-11-23T12:00:00+01:00"
PAST = 1_577_836_800
ROOT = Path(__file__).parents[2]
_ME = '[me]\nname = "Me"\naddresses = ["me@example.org", "ada@quist.example"]\ntimezone = "Europe/Paris"\n[accounts.p]\n'


@dataclass(frozen=True)
class Run:
    """One process: seconds of wall and CPU, its peak memory in MB, what it printed."""

    wall: float
    cpu: float
    rss: float
    said: str


def timed(command: Sequence[str], **environ: str) -> Run:
    """Run it to its end. Raises where it fails."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT)} | environ
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/")
    assert process.stdout is not None
    said = process.stdout.read().decode("utf-8", "replace")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    assert process.returncode == 0, f"{command} ended with {process.returncode}: {said[-600:]}"
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


class Machine:
    """``account`` is what stands below [accounts.p]. The password lies where systemd would put it."""

    def __init__(self, folder: Path, account: str, password: str = "") -> None:
        self.folder, self.state = folder, folder / "state"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mailrescue.p").write_text(f"{password}\n")
        (folder / "config.toml").write_text(_ME + account)
        os.utime(folder / "config.toml", (PAST, PAST))

    @classmethod
    def imap(cls, folder: Path, port: int, user: str, password: str, ca_file: str | None) -> Machine:
        secured = f'ca_file = "{ca_file}"' if ca_file else 'security = "none"'
        return cls(folder, f'type = "imap"\nhost = "127.0.0.1"\nport = {port}\nuser = "{user}"\n{secured}\n', password)

    def command(self, *words: str) -> list[str]:
        program = Path(sys.executable).with_name("mailrescue")
        start = [str(program)] if program.exists() else [sys.executable, "-m", "mailrescue"]
        return [*start, "--config", str(self.folder / "config.toml"), "--state-dir", str(self.state), "-q", *words]

    def scan(self, *words: str, now: str = NOW) -> Run:
        return timed(self.command("scan", "--now", now, *words), CREDENTIALS_DIRECTORY=str(self.folder))

    def run(self, *words: str) -> Run:
        return timed(self.command(*words, "--now", NOW), CREDENTIALS_DIRECTORY=str(self.folder))

    def look(self) -> Run:
        """A scan that has no glance to end after."""
        (self.state / "unchanged.json").unlink(missing_ok=True)
        return self.scan()

    def settle(self, times: int = 8) -> None:
        """Scan until nothing is to be done and a glance is enough."""
        for _ in range(times):
            self.scan()
            if (self.state / "unchanged.json").exists():
                return
        raise AssertionError("no scan was quiet enough to be remembered: is somebody changing the program's own files?")
