"""``python -m tests.faults``: the named matrix, or with ``--every-byte`` the whole sweep, and a table of what came of it.

The sweep cuts both stories at every octet of both directions, the modes taking turns (a stall, which costs waiting, at every 64th). From APPEND on, where
something is at stake, what the client says is also cut at every octet so that it arrives late. And the process is killed before and after each
statement to SQLite, each connect, send and receive. What is at stake comes first. sweep.py says which runs a cell takes.
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
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests import servers
from tests.faults.matrix import REFRESH, STEPS, WRITE, Result, Story
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import Rig, Worker, rig
from tests.faults.sweep import Sweep

STORIES = {story.name: story for story in (WRITE, REFRESH)}
#: one process for many sessions, instead of one for each
_QUICK = "service imap {\n  service_count = 1000\n}\nservice imap-login {\n  service_count = 0\n  process_min_avail = 1\n}\n"
START = {"dovecot": partial(servers.dovecot, settings=_QUICK), "cyrus": partial(servers.cyrus, users=())}
HERE = {"dovecot": servers.has_dovecot, "cyrus": servers.has_cyrus}
#: cells of one account: what was removed from its mailboxes makes Cyrus slow
_FRESH = 500
#: octets by which a run may be longer than the one that was measured: its UIDs have more digits
_LONGER = 24


@dataclass(frozen=True)
class Cell:
    """One way to break a story's first run; ``kill_at`` is a boundary of the process, else ``cut`` says where.

    ``settled``: no draft can reach the server any more once the run has ended.
    """

    story: Story
    part: str
    cut: Cut | None = None
    settled: bool = False
    order: dict[str, int] = field(default_factory=dict)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--every-byte", action="store_true")
    parser.add_argument("--server", choices=list(START), action="append")
    parser.add_argument("--part", choices=["killed", "from APPEND", "before"], action="append", help="of the sweep, only this")
    parser.add_argument("--story", choices=list(STORIES), action="append", help="only this")
    parser.add_argument("--mode", choices=[mode.value for mode in Mode], action="append", help="only this")
    parser.add_argument("--jobs", type=int, default=2, help="accounts swept at once on each server")
    parser.add_argument("--stride", type=int, default=1, help="look at every Nth octet of what comes before APPEND")
    parser.add_argument("--log", type=Path, help="write each cell that failed here, and the table, every minute and when it is done")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))       # so that the servers are stopped too
    names = [name for name in options.server or START if HERE[name]()]
    fork = multiprocessing.get_context("fork")
    results: multiprocessing.SimpleQueue[str] = fork.SimpleQueue()
    table = Table()
    with ExitStack() as stack:
        running = {name: stack.enter_context(START[name]()) for name in names}
        tasks = [fork.Process(target=_job, args=(running[name], name, number, options, results)) for name in names for number in range(options.jobs)]
        for task in tasks:
            task.start()
        while table.ended < len(tasks):
            table.take(json.loads(results.get()))
            if options.log and table.a_minute_has_passed():
                options.log.write_text(f"{table}\n")
    print(table)
    if options.log:
        options.log.write_text(f"{table}\ndone\n")
    return 1 if table.failed else 0


class Table:
    """What came of the cells so far."""

    def __init__(self) -> None:
        self.ended = 0
        self.failed: list[str] = []
        self._cells: Counter[tuple[tuple[str, str, str], str]] = Counter()
        self._seconds: Counter[tuple[str, str, str]] = Counter()
        self._began = self._told = time.monotonic()

    def take(self, told: dict[str, str | float | bool] | None) -> None:
        """One cell, or None where a job has ended."""
        if told is None:
            self.ended += 1
            return
        row = (str(told["server"]), str(told["story"]), str(told["part"]))
        self._cells[row, "cells"] += bool(told["reached"])
        self._cells[row, "failed"] += bool(told["wrong"])
        self._cells[row, "beyond"] += not (told["reached"] or told["wrong"])
        self._cells[row, "known"] += bool(told["known"])
        self._seconds[row] += float(told["seconds"])
        if told["wrong"]:
            self.failed.append(json.dumps(told))
            print(self.failed[-1], file=sys.stderr, flush=True)

    def a_minute_has_passed(self) -> bool:
        if time.monotonic() - self._told < 60:
            return False
        self._told = time.monotonic()
        return True

    def __str__(self) -> str:
        """The failed cells; rows of server, story and part; a last one of all, with the seconds by the clock."""
        rows = ["| server | story | part | cells | failed | whose later runs were known | seconds |", "|---|---|---|---:|---:|---:|---:|"]
        for row in sorted(self._seconds):
            counts = [self._cells[row, what] for what in ("cells", "failed", "known")]
            rows.append("| {} | {} | {} | {:,} | {} | {:,} | {:,.0f} |".format(*row, *counts, self._seconds[row]))
        cells, failed, known = (sum(n for (_, counted), n in self._cells.items() if counted == what) for what in ("cells", "failed", "known"))
        rows.append(f"| all | | | {cells:,} | {failed} | {known:,} | {time.monotonic() - self._began:,.0f} |")
        beyond = sum(n for (_, counted), n in self._cells.items() if counted == "beyond")
        return "\n".join((*self.failed, *rows, f"{beyond} more came after the end of their session"))


def _job(server: servers.Server, name: str, number: int, options: argparse.Namespace, results: multiprocessing.SimpleQueue[str]) -> None:
    try:
        _play_mine(server, name, number, options, results)
    except BaseException as error:
        whole = {"server": name, "story": "", "part": f"job {number}", "cut": "", **vars(Result(f"the job has ended: {error!r}", False)), "seconds": 0}
        results.put(json.dumps(whole))
        raise
    finally:
        results.put("null")


def _play_mine(server: servers.Server, name: str, number: int, options: argparse.Namespace, results: multiprocessing.SimpleQueue[str]) -> None:
    worker = Worker()
    with rig(server, worker, small=True) as one:
        asked = (cell for cell in _cells(one, options) if not options.mode or (cell.cut and cell.cut.mode in options.mode))
        mine = [cell for index, cell in enumerate(asked) if index % options.jobs == number]
    for begin in range(0, len(mine), _FRESH):
        with rig(server, worker, small=True) as one:
            sweep = Sweep(one)
            for index, cell in enumerate(mine[begin:begin + _FRESH]):
                began = time.monotonic()
                try:
                    result = sweep.cell(cell.story, cell.cut, cell.settled, thorough=index % 20 == 0, **cell.order)
                except Exception as error:  # noqa: BLE001  a cell that breaks the rig is a failed cell, and the sweep goes on
                    result = Result(f"{type(error).__name__}: {error}", True)
                    sweep = Sweep(one)
                what = {"server": name, "story": cell.story.name, "part": cell.part, "cut": str(cell.cut or cell.order)}
                results.put(json.dumps({**what, **vars(result), "seconds": time.monotonic() - began}))
    worker.close()


def _cells(one: Rig, options: argparse.Namespace) -> Iterator[Cell]:
    if not options.every_byte:
        yield from (Cell(step.story, "named", Cut(step.direction, step.at, mode, step.pattern)) for step in STEPS if step.security == "none" for mode in Mode)
        return
    stories = [STORIES[name] for name in options.story or STORIES]
    for part in ("killed", "from APPEND", "before"):
        if part in (options.part or [part]):
            for story in stories:
                yield from _of(story, part, *_uncut(one, story), options.stride)


def _of(story: Story, part: str, said: dict[str, bytes], points: int, stride: int) -> Iterator[Cell]:
    """One part of one story."""
    turns = itertools.cycle((Mode.RST, Mode.FIN, Mode.TRUNCATED, Mode.LATE, Mode.KILL))
    if part == "killed":
        yield from (Cell(story, part, order={"kill_at": point}) for point in range(1, points + 1))
        return
    whole = _end_of_draft(said["c"])
    for direction, octets in said.items():
        written_from = _append_at(said, direction)
        for at in range(written_from, len(octets) + _LONGER) if part == "from APPEND" else range(0, written_from, stride):
            mode = Mode.STALL if at % 64 == 63 else next(turns)
            in_part = direction == "c" and at < whole and mode not in (Mode.LATE, Mode.TRUNCATED)
            yield Cell(story, part, Cut(direction, at, mode), settled=part == "before" or in_part)
            if part == "from APPEND" and direction == "c" and mode is not Mode.LATE:
                yield Cell(story, part, Cut(direction, at, Mode.LATE))


def _append_at(said: dict[str, bytes], direction: str) -> int:
    found = re.search(rb"APPEND " if direction == "c" else rb"(?m)^\+ ", said[direction])
    assert found
    return found.start()


def _end_of_draft(said: bytes) -> int:
    """Where the literal of APPEND ends: from there on the server may store it, whatever becomes of the connection."""
    found = re.search(rb"APPEND [^\r]*\{(\d+)\}\r\n", said)
    assert found
    return found.end() + int(found[1])


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
