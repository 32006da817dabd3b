"""Many mailboxes: `mailrescue scan --account NAME` for each, as tasks of Dramatiq with Redis. README.md beside this says how to run it.

    dramatiq fleet      a worker: takes tasks, a scan each
    python fleet.py     a turn: a task for every mailbox; a timer does it every five minutes

A task may be given out twice, and is given out again when its worker dies: the mailbox itself tells what stands in Drafts, and each state folder has a lock.
"""

from __future__ import annotations

import logging
import os
import random
import subprocess
import sys
from pathlib import Path

import dramatiq
from dramatiq.brokers.redis import RedisBroker

FLEET = Path(os.environ.get("FLEET", "/srv/fleet"))                 # people/NAME.toml, state/NAME/
REDIS = os.environ.get("FLEET_REDIS", "redis://127.0.0.1:6379/0")
MAILRESCUE = Path(sys.executable).with_name("mailrescue")
TURN_MS = 5 * 60 * 1000
LONGEST = 300       # seconds; a scan ends by itself after 240

# Every command looks for workers that have not been heard of for a minute, and takes their tasks back: it is one look into a short list.
dramatiq.set_broker(RedisBroker(url=REDIS, heartbeat_timeout=60_000, maintenance_chance=1_000_000, dead_message_ttl=TURN_MS))
log = logging.getLogger("fleet")


@dramatiq.actor(max_age=TURN_MS, min_backoff=15_000, max_backoff=TURN_MS)
def scan(name: str) -> None:
    """Scan one mailbox. A task that is as old as a turn is dropped: the next turn's is there."""
    command = [MAILRESCUE, "--config", FLEET / "people" / f"{name}.toml", "--state-dir", FLEET / "state" / name, "--quiet", "scan", "--account", name]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", timeout=LONGEST)
    for line in done.stderr.splitlines():       # mailrescue has weighed what is worth a line to a person, and how often
        log.error("%s: exit status %d: %s", name, done.returncode, line)
    if done.returncode == os.EX_TEMPFAIL or done.returncode < 0:        # the network; a signal, such as the kernel's when memory ends
        raise dramatiq.Retry(f"{name}: exit status {done.returncode}")


def turn() -> None:
    """A task for every mailbox, in no order: where time runs out it does not always run out for the same."""
    names = [path.stem for path in (FLEET / "people").glob("*.toml")]
    random.shuffle(names)
    for name in names:
        scan.send(name)


if __name__ == "__main__":
    turn()
