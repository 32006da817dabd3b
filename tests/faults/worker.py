"""Runs the command line as cron does, each time in a process of its own: forked from one that has everything imported, so that a thousand runs are cheap.

Reads one JSON object a line: ``words``; ``environ``; ``read_seconds`` for a server that stalls; ``kill_at``, the how-manieth boundary (before and
after each statement to SQLite, each connect, send and receive) at which the process kills itself, by SIGKILL. Answers with the child's ``pid``, then its
``status`` (negative: the signal), ``out``, ``err`` and the number of boundaries it met.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import tempfile
from types import FrameType
from typing import Any


def serve() -> None:
    _warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as points:
            pid = os.fork()
            if pid == 0:
                _child(order, out.fileno(), err.fileno(), points.fileno())
            _answer({"pid": pid})
            _, status = os.waitpid(pid, 0)
            told = [os.pread(file.fileno(), 1_000_000, 0).decode("utf-8", "replace") for file in (out, err, points)]
        _answer({"status": os.waitstatus_to_exitcode(status), "out": told[0], "err": told[1], "points": int(told[2] or 0)})


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _warm_up() -> None:
    """Import what a scan imports, and read the vocabulary once."""
    import babel.dates  # noqa: F401
    import icalendar  # noqa: F401
    import imapclient  # noqa: F401
    import jinja2  # noqa: F401
    import msgspec  # noqa: F401
    import phonenumbers  # noqa: F401
    import platformdirs  # noqa: F401

    import mailrescue.cli
    import mailrescue.commands.scan
    import mailrescue.commands.show
    import mailrescue.rescue
    import mailrescue.stores.imap
    import mailrescue.wiring  # noqa: F401
    from mailrescue import vocabulary

    lexicon = vocabulary.load()
    vocabulary.load = lambda *own: lexicon if not own else vocabulary.__dict__["load"](*own)    # type: ignore[assignment]
    _scan_a_maildir()


def _scan_a_maildir() -> None:
    """One whole scan, so that templates, zones and expressions are compiled before the first fork."""
    from tests.faults import rig

    with tempfile.TemporaryDirectory() as folder:
        for part in ("", ".Drafts", ".Sent", ".Trash"):
            for each in ("cur", "new", "tmp"):
                os.makedirs(os.path.join(folder, "Mail", part, each))
        with open(os.path.join(folder, "Mail/new/1.M1P1.here"), "wb") as file:
            file.write(rig.INVITE)
        with open(os.path.join(folder, "config.toml"), "w") as file:
            file.write(rig.CONFIG.partition("[accounts")[0] + f'[accounts.personal]\ntype = "maildir"\npath = "{folder}/Mail"\n')
        out = sys.stdout
        for now in (rig.DUE, rig.LATER):
            with open(os.devnull, "w") as sys.stdout:
                sys.argv = ["mailrescue", "--config", f"{folder}/config.toml", "--state-dir", f"{folder}/state", "-q", "scan", "--now", now]
                from mailrescue.__main__ import main

                assert main() == 0
        sys.stdout = out
        assert os.listdir(os.path.join(folder, "Mail/.Drafts/cur"))


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
