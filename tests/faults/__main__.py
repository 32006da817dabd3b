"""``python -m tests.faults``: the named matrix, or with ``--every-byte`` the whole sweep, and a table of what came of it.

The sweep cuts both stories at every octet of both directions, the modes taking turns (a stall, which costs waiting, at every 64th). From APPEND on, where
something is at stake, what the client says is also cut at every octet so that it arrives late. And the process is killed before and after each
statement to SQLite, each connect, send and receive. What is at stake comes first.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests import servers
from tests.faults.matrix import REFRESH, STEPS, WRITE, Story, play
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import Rig, Worker, rig

STORIES = {story.name: story for story in (WRITE, REFRESH)}
START = {"dovecot": servers.dovecot, "cyrus": servers.cyrus}
HERE = {"dovecot": servers.has_dovecot, "cyrus": servers.has_cyrus}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every-byte", action="store_true")
    parser.add_argument("--server", choices=list(START), action="append")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--stride", type=int, default=1, help="look at every Nth octet of what comes before APPEND")
    parser.add_argument("--log", type=Path, help="write each cell that failed here, and the table when it is done")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))       # so that the servers are stopped too
    names = [name for name in options.server or START if HERE[name]()]
    began, lines = time.monotonic(), []
    with ExitStack() as stack:
        running = {name: stack.enter_context(START[name](users=()) if name == "cyrus" else START[name]()) for name in names}
        jobs = [(name, number, options) for name in names for number in range(options.jobs)]
        tasks = [multiprocessing.get_context("fork").Process(target=_job, args=(running[name], *job), daemon=False) for job in jobs for name in job[:1]]
        results: multiprocessing.SimpleQueue[str] = multiprocessing.get_context("fork").SimpleQueue()
        global _results
        _results = results
        for task in tasks:
            task.start()
        left = len(tasks)
        counts: Counter[tuple[str, str, str, str]] = Counter()
        seconds: Counter[tuple[str, str, str]] = Counter()
        while left:
            got = json.loads(results.get())
            if got is None:
                left -= 1
                continue
            row = (got["server"], got["story"], got["mode"])
            counts[(*row, "cells")] += 1
            counts[(*row, "failed")] += bool(got["wrong"])
            seconds[row] += got["seconds"]
            if got["wrong"]:
                lines.append(json.dumps(got))
                print(lines[-1], file=sys.stderr, flush=True)
            if options.log and (got["wrong"] or sum(seconds.values()) // 300 > (sum(seconds.values()) - got["seconds"]) // 300):
                options.log.write_text("\n".join((*lines, table(counts, seconds, time.monotonic() - began), "")))
    told = table(counts, seconds, time.monotonic() - began)
    print(told)
    if options.log:
        options.log.write_text("\n".join((*lines, told, "done", "")))
    return 1 if lines else 0


_results: multiprocessing.SimpleQueue[str]


def table(counts: Counter[tuple[str, str, str, str]], seconds: Counter[tuple[str, str, str]], took: float) -> str:
    """Rows of server, story and mode; a last one of all."""
    rows = [f"| {'server':8} | {'story':8} | {'mode':10} | {'cells':>6} | {'failed':>6} | {'seconds':>7} |", "|---|---|---|---|---|---|"]
    for row in sorted(seconds):
        rows.append("| {:8} | {:8} | {:10} | {:6} | {:6} | {:7.0f} |".format(*row, counts[(*row, "cells")], counts[(*row, "failed")], seconds[row]))
    cells, failed = (sum(n for key, n in counts.items() if key[3] == what) for what in ("cells", "failed"))
    rows.append(f"| {'all':8} | {'':8} | {'':10} | {cells:6} | {failed:6} | {took:7.0f} |")
    return "\n".join(rows)


def _job(server: servers.Server, name: str, number: int, options: argparse.Namespace) -> None:
    worker = Worker()
    with rig(server, worker, small=True) as one:
        for index, (story, mode, cut, order) in enumerate(_cells(one, options)):
            if index % options.jobs != number:
                continue
            began = time.monotonic()
            try:
                wrong = play(one, story, cut, thorough=index % 20 == 0, **order).wrong
            except Exception as error:  # noqa: BLE001  a cell that breaks the rig is a failed cell, and the sweep goes on
                wrong = f"{type(error).__name__}: {error}"
            what = {"server": name, "story": story.name, "mode": mode, "cut": str(cut or order), "wrong": wrong, "seconds": time.monotonic() - began}
            _results.put(json.dumps(what))
    worker.close()
    _results.put("null")


def _cells(one: Rig, options: argparse.Namespace) -> Iterator[tuple[Story, str, Cut | None, dict[str, int]]]:
    if not options.every_byte:
        yield from ((step.story, mode, Cut(step.direction, step.at, mode, step.pattern), {}) for step in STEPS if step.security == "none" for mode in Mode)
        return
    turns = itertools.cycle((Mode.RST, Mode.FIN, Mode.TRUNCATED, Mode.LATE, Mode.KILL))
    uncut = {story: _uncut(one, story) for story in STORIES.values()}
    for story, (_, points) in uncut.items():
        yield from ((story, "boundary", None, {"kill_at": point}) for point in range(1, points + 1))
    for at_stake in (True, False):
        for story, (said, _) in uncut.items():
            for direction, octets in said.items():
                written_from = _append_at(said, direction)
                for at in range(written_from, len(octets)) if at_stake else range(0, written_from, options.stride):
                    mode = Mode.STALL if at % 64 == 63 else next(turns)
                    yield story, mode, Cut(direction, at, mode), {}
                    if at_stake and direction == "c" and mode is not Mode.LATE:
                        yield story, Mode.LATE, Cut(direction, at, Mode.LATE), {}


def _append_at(said: dict[str, bytes], direction: str) -> int:
    found = re.search(rb"APPEND " if direction == "c" else rb"(?m)^\+ ", said[direction])
    assert found
    return found.start()


def _uncut(one: Rig, story: Story) -> tuple[dict[str, bytes], int]:
    """What both sides say in the first run when nothing is cut, and how many boundaries it meets."""
    one.wipe()
    if story.before:
        one.scan(story.before)
    ran = one.scan(story.runs[0], kill_at=0)
    assert ran.status == 0, ran
    return {direction: bytes(octets) for direction, octets in one.proxy.sessions[-1].said.items()}, ran.points


if __name__ == "__main__":
    sys.exit(main())
