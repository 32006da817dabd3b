"""Runs the command line as cron does, each time in a process of its own: forked from one in which a scan has run already, so that a thousand are cheap.

Reads one JSON object a line: ``words``; ``environ``; ``read_seconds`` for a server that stalls; ``kill_at``, the how-manieth boundary (before and
after each statement to SQLite, each connect, send and receive) at which the process kills itself, by SIGKILL; ``plant``, a fault that the tests must find;
``watch``, a file for every connection and every process that it begins. Answers with the child's ``pid``, then its
``status`` (negative: the signal), ``out``, ``err`` and the number of boundaries it met. ``warm``: run it in this very process, so that all that follow
find modules, expressions, templates and zones as it left them. ``here``: the same again, as ``mailrescue watch`` scans, because a fork costs as much as a scan.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import gc
import io
import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def serve() -> None:
    """Until there is no further line."""
    for line in sys.stdin:
        order = json.loads(line)
        if order.get("warm"):
            _answer(_warm(order))
            continue
        if order.get("here"):
            _answer({"pid": 0})
            _answer(_here(order))
            continue
        told = [os.memfd_create(name) for name in ("out", "err", "points")]
        pid = os.fork()
        if pid == 0:
            _child(order, *told)
        _answer({"pid": pid})
        _, status = os.waitpid(pid, 0)
        out, err, points = (os.pread(file, 1_000_000, 0).decode("utf-8", "replace") for file in told)
        for file in told:
            os.close(file)
        _answer({"status": os.waitstatus_to_exitcode(status), "out": out, "err": err, "points": int(points or 0)})


def _warm(order: dict[str, Any]) -> dict[str, Any]:
    """A first scan. What it leaves is frozen: a child's garbage collector then copies no page of it."""
    from jinja2 import Environment

    from mailrescue import vocabulary
    vocabulary.load = _remembering(vocabulary.load)             # type: ignore[assignment]
    Environment.compile = _remembering(Environment.compile)     # type: ignore[method-assign]
    ran = _here(order)
    gc.collect()
    gc.freeze()
    return ran


def _here(order: dict[str, Any]) -> dict[str, Any]:
    """The command line, in this process."""
    from mailrescue.__main__ import main

    os.environ.update(order["environ"])
    sys.argv = ["mailrescue", *order["words"]]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main()
    return {"status": status, "out": out.getvalue(), "err": err.getvalue(), "points": 0}


def _remembering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same, asked only once for the same words (what is not text is left out of account: there is one of each)."""
    known: dict[tuple[object, ...], Any] = {}

    def remembered(*words: Any, **named: Any) -> Any:
        key = (*(word for word in words if isinstance(word, str | os.PathLike)), *sorted(named.items()))
        if key not in known:
            known[key] = function(*words, **named)
        return known[key]

    return remembered


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _child(order: dict[str, Any], out: int, err: int, points: int) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    status = 70
    try:
        os.environ.update(order.get("environ", {}))
        if "read_seconds" in order:
            from mailrescue.stores import wire

            wire.READ_SECONDS = wire.CONNECT_SECONDS = order["read_seconds"]
        if "run_seconds" in order:
            from mailrescue.commands import scan

            scan.RUN_SECONDS = order["run_seconds"]
        if "watch" in order:
            _watch(order["watch"])
        if "plant" in order:
            _plant(order["plant"])
        sys.argv = ["mailrescue", *order["words"]]
        from mailrescue.__main__ import main

        counter = _Boundaries(order.get("kill_at"))
        if "kill_at" in order:
            sys.setprofile(counter)
        status = main()
        sys.setprofile(None)
        os.pwrite(points, str(counter.met).encode(), 0)
    except BaseException:  # noqa: BLE001  the child must end here, whatever it met
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _watch(path: str) -> None:
    """Python itself tells (PEP 578): where it connects, which names it looks up, and what it starts, with its words and its environment."""
    begun = ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.system")
    told = open(path, "a")      # noqa: SIM115  until the process ends

    def hook(event: str, words: tuple[Any, ...]) -> None:
        if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethostby")):
            print(event, *words[-1:] if event == "socket.connect" else words[:2], file=told, flush=True)
        elif event in begun:
            print(event, words, dict(os.environ), file=told, flush=True)

    sys.addaudithook(hook)


def _plant(fault: str) -> None:
    """Break the program, so that test_rig.py can show that it would be noticed."""
    from mailrescue.journal import Journal
    from mailrescue.model.plan import Fate
    from mailrescue.stores.wire import Wire
    from tests.faults.rig import DUE

    append, write, record, close = Wire.append, Wire._write, Journal.record, Journal.close
    match fault:
        case "appends twice":
            Wire.append = lambda *words: append(*words) and append(*words)      # type: ignore[method-assign]
        case "opens mail to write":
            loud = {b"EXAMINE": b"SELECT", b"BODY.PEEK[]": b"BODY[]"}
            said = lambda line: functools.reduce(lambda line, each: line.replace(*each), loud.items(), line)        # noqa: E731
            Wire._write = lambda self, *lines, **more: write(self, *map(said, lines), **more)      # type: ignore[method-assign]
        case "loses the draft":
            Journal.record = lambda self, account, entry: record(self, account, dataclasses.replace(entry, fate=Fate.GONE))     # type: ignore[method-assign]
        case "leaves the account alone for good":
            Journal.close = lambda self: (self.set_note("personal", "faults", f"9 {DUE}"), close(self))[1]       # type: ignore[method-assign]
        case _:
            raise AssertionError(fault)


class _Boundaries:
    """Counts where something leaves the process or enters it, and ends the process at one of them. No hook in the program itself is needed."""

    _NAMES = frozenset({"execute", "executemany", "executescript", "connect", "send", "sendall", "recv", "recv_into", "read", "write", "do_handshake"})

    def __init__(self, kill_at: int | None) -> None:
        import _socket

        self._sockets = (_socket.socket, sqlite3.Connection)
        self.kill_at = kill_at
        self.met = 0

    def __call__(self, frame: FrameType, event: str, arg: Any) -> None:
        if event not in ("c_call", "c_return") or arg.__name__ not in self._NAMES or not isinstance(getattr(arg, "__self__", None), self._sockets):
            return
        self.met += 1
        if self.met == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    serve()
