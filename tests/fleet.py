"""A fleet as samples/fleet runs it, under one folder: its Redis on a socket of its own, a file and a secret for each mailbox, turns, workers.

    with fleet.running(folder, names, account, password) as here:
        here.turn(); worker = here.worker(); here.wait(60)
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "samples" / "fleet"
_PAST = 1_577_836_800       # a configuration that changed just now makes the next scan look at everything
_PERSON = '[me]\nname = "Ada Quist"\naddresses = ["ada@quist.example"]\nphone = "+49 155 5010 0200"\ntimezone = "Europe/Berlin"\nlanguages = ["en"]\n'


def missing() -> str:
    """What is not installed here; empty where a fleet can run."""
    if shutil.which("redis-server") is None:
        return "redis-server is not installed"
    return "" if importlib.util.find_spec("dramatiq") and importlib.util.find_spec("redis") else "the extra fleet is not installed"


class Fleet:
    """``worker`` and ``turn`` are the sample's own commands."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._workers = folder, list[subprocess.Popen[bytes]]()
        self.redis = f"unix://{folder}/redis.sock"
        compiled_once = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        self._environ = compiled_once | {"FLEET": str(folder), "FLEET_REDIS": self.redis, "CREDENTIALS_DIRECTORY": str(folder / "secrets")}

    def add(self, name: str, account: str, password: str) -> None:
        """``account`` is what stands below [accounts.NAME]."""
        for part in ("people", "secrets", "state"):
            (self.folder / part).mkdir(mode=0o700, exist_ok=True)
        (self.folder / "secrets" / f"mailrescue.{name}").write_text(password)
        config = self.folder / "people" / f"{name}.toml"
        config.write_text(f"{_PERSON}[accounts.{name}]\n{account}")
        os.utime(config, (_PAST, _PAST))

    def turn(self) -> None:
        subprocess.run([sys.executable, "fleet.py"], cwd=SAMPLE, env=self._environ, check=True)

    def worker(self, processes: int = 1, threads: int = 2) -> subprocess.Popen[bytes]:
        """In a process group of its own, with all that it starts."""
        command = [sys.executable, "-m", "dramatiq", "fleet", "--processes", str(processes), "--threads", str(threads)]
        with (self.folder / "log").open("ab") as log:
            self._workers.append(subprocess.Popen(command, cwd=SAMPLE, env=self._environ, stdout=log, stderr=log, start_new_session=True))
        return self._workers[-1]

    def wait(self, seconds: float) -> None:
        """Until every task is done. Raises where time runs out."""
        from dramatiq.brokers.redis import RedisBroker

        RedisBroker(url=self.redis, maintenance_chance=0).join("default", interval=20, timeout=int(seconds * 1000))

    def a_minute_passes(self) -> None:
        """For Redis: who is alive makes itself heard with its next command, who is dead does not."""
        import redis

        with contextlib.closing(redis.Redis.from_url(self.redis)) as client:
            client.zadd("dramatiq:__heartbeats__", dict.fromkeys(client.zrange("dramatiq:__heartbeats__", 0, -1), 0))

    def close(self) -> None:
        for worker in self._workers:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()


@contextlib.contextmanager
def running(folder: Path, names: Sequence[str], account: str, password: str) -> Iterator[Fleet]:
    """A fleet of these names; in ``account`` {name} stands for each."""
    here = Fleet(folder)
    for name in names:
        here.add(name, account.format(name=name), password)
    command = ["redis-server", "--port", "0", "--unixsocket", str(folder / "redis.sock"), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as redis:
        try:
            assert redis.stdout
            said = next((line for line in redis.stdout if b"ready to accept connections" in line), b"")
            assert said, "redis-server does not start"
            yield here
        finally:
            here.close()
            redis.kill()
