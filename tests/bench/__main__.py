"""The figures of docs/PERFORMANCE.md, measured: the project beside the reference programs, in one interleaved run on one server.

    python -m tests.bench [--work DIR] [--references DIR] [--count N] [--runs N] [--only PART]

Trust ratios, octets and round trips, not milliseconds. ``--work`` keeps the mailboxes (2 GB for the default of 100,000 messages) and is
used again; ``--references`` is the folder of the reference programs (mkmail.py, imapserver.py, noop.py, firstscan.py, maildirscan.py).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench import relay
from tests.bench.machine import ROOT, Machine, Run, timed

SECRET = "secret"       # of every account of imapserver.py
COMPRESS = "protocol imap {\n  mail_plugins = imap_zlib\n}\n"


class Bench:
    """The servers and mailboxes of one run, and the table in the making."""

    def __init__(self, work: Path, references: Path, count: int, runs: int) -> None:
        self.work, self.references, self.count, self.runs = work, references, count, runs
        self.rows: list[tuple[str, str, str, str]] = []
        self.server: dict[str, Any] = {}
        self.port = 0

    # ---- what is measured with

    def mailbox(self, count: int) -> Path:
        path = self.work / f"mail-{count}"
        if not path.with_name(f"{path.name}.truth.jsonl").exists():
            subprocess.run([sys.executable, str(self.references / "mkmail.py"), str(path), "--count", str(count)], check=True)
        return path

    @contextlib.contextmanager
    def serving(self, count: int, extra: str = "") -> Iterator[None]:
        folder, settings = self.work / "server", self.work / "settings"
        shutil.rmtree(folder, ignore_errors=True)
        settings.write_text(extra)
        program = [sys.executable, str(self.references / "imapserver.py")]
        accounts = [word for n in (count, count // 10, 1000) for word in ("--account", f"u{n}={self.mailbox(n)}")]
        subprocess.run([*program, "start", "dovecot", str(folder), *accounts, "--conf", str(settings)], check=True, stdout=subprocess.DEVNULL)
        try:
            self.server = json.loads((folder / "server.json").read_text())
            yield
        finally:
            subprocess.run([*program, "stop", str(folder)], check=True)

    def machine(self, name: str, user: str, port: int | None = None) -> Machine:
        shutil.rmtree(self.work / name, ignore_errors=True)
        return Machine.imap(self.work / name, port or self.server["tls_port"], user, SECRET, self.server["cert"])

    def reference(self, program: str, *words: str) -> Run:
        return timed([sys.executable, str(self.references / program), *words])

    def row(self, what: str, figure: str, most: str, aim: str) -> None:
        self.rows.append((what, figure, most, aim))
        print(f"{what:<78} {figure:<44} {most:<10} {aim}", flush=True)

    def together(self, *jobs: Callable[[], Run], runs: int | None = None) -> list[list[Run]]:
        """Each in turn, so that a noisy moment hits all alike."""
        for job in jobs:
            job()
        rounds = [[job() for job in jobs] for _ in range(runs or self.runs)]
        return [list(column) for column in zip(*rounds, strict=True)]

    # ---- the rows

    def no_op(self) -> None:
        user, cert = f"u{self.count}", self.server["cert"]
        program, small = self.machine("no-op", user), self.machine("no-op-small", "u1000")
        program.settle()
        small.settle()
        floor = lambda: self.reference("noop.py", "raw", "127.0.0.1", str(self.server["tls_port"]), user, "--tls", cert)     # noqa: E731
        nothing = lambda: timed([sys.executable, "-c", "pass"])     # noqa: E731
        version, help_ = (lambda: timed([program.command()[0], "--version"])), (lambda: timed([program.command()[0], "--help"]))
        ours, raw, base, told, helped = self.together(program.scan, floor, nothing, version, help_)
        cpu = median(ours)
        self.row("no-op scan, CPU / noop.py raw", f"{cpu / median(raw):.2f} ({cpu * 1e3:.0f} ms / {median(raw) * 1e3:.0f} ms)", "3.0", "1.8")
        self.row("no-op scan, peak memory", f"{max(r.rss for r in ours):.0f} MB", "45 MB", "28 MB")
        self.row("mailrescue --version, CPU / python -c pass", f"{median(told) / median(base):.2f}", "3", "2")
        self.row("mailrescue --help, CPU / python -c pass", f"{median(helped) / median(base):.2f}", "3", "2")
        self.wire()
        self.due(cpu)
        self.many()

    def wire(self) -> None:
        for count in (1000, self.count):
            with relay.counting(self.server["tls_port"]) as counted:
                program = self.machine("wire", f"u{count}", counted.port)
                program.settle()
                counted.clear()
                program.scan()
                self.row(f"no-op over TLS at {count:,} messages: round trips; octets down", f"{counted.trips}; {counted.down}", "6; 3072", "5; 2400")

    def many(self) -> None:
        """A thousand rows of a thousand characters in the journal beside one: a glance reads none of either."""
        import sqlite3

        one, thousand = self.machine("one", "u1000"), self.machine("thousand", "u1000")
        one.settle()
        thousand.settle()
        with contextlib.closing(sqlite3.connect(thousand.state / "journal.sqlite3")) as journal:
            journal.executemany("INSERT INTO notes VALUES ('p', ?, ?)", [(f"interview {n}", "x" * 1000) for n in range(1000)])
            journal.commit()
        (thousand.state / "unchanged.json").unlink()
        thousand.settle()
        few, many = self.together(one.scan, thousand.scan)
        self.row("1,000 times as much in the state: no-op CPU / with one", f"{median(many) / median(few):.2f}", "1.3", "1.1")

    def due(self, no_op: float) -> None:
        """A scan at the moment when a draft is due: from its start to its end, the APPEND in it."""
        from tests.bench import due

        figure = due.measure(self.work / "due", self.runs)
        self.row("a due draft: CPU / no-op", f"{figure / no_op:.1f} ({figure * 1e3:.0f} ms)", "8", "5")

    def first_scan(self) -> None:
        words = (str(self.work / "server"), f"u{self.count}")
        fast = lambda: self.reference("firstscan.py", *words, "raw-newest", "--tls", "--batch", "2000")     # noqa: E731
        ours, raw = self.together(lambda: self.machine("first", f"u{self.count}").scan(), fast, runs=5)
        slow = [self.reference("firstscan.py", *words, "imapclient-bs") for _ in range(2)]
        small = self.machine("first-small", f"u{self.count // 10}").scan()
        name = f"first scan of {self.count:,}"
        self.row(f"{name}: wall / firstscan.py raw-newest", f"{wall(ours) / wall(raw):.2f} ({wall(ours):.2f} s / {wall(raw):.2f} s)", "2.5", "1.5")
        self.row(f"{name}: CPU / firstscan.py imapclient-bs", f"1/{median(slow) / median(ours):.1f} ({median(ours):.2f} s / {median(slow):.2f} s)", "1/4", "1/8")
        self.row(f"{name}: peak memory", f"{max(r.rss for r in ours):.0f} MB; {small.rss:.0f} MB at a tenth", "80 MB", "45, +5 MB")
        state = self.work / "first" / "state" / "journal.sqlite3"
        self.row(f"{name}: state", f"{state.stat().st_size / self.count:.1f} octets a message", "-", "-")
        self.octets(f"{name}: octets down a message; round trips", "320", "290")

    def compressed(self) -> None:
        self.octets(f"first scan of {self.count:,}: octets down a message with COMPRESS; round trips", "80", "60")

    def octets(self, what: str, most: str, aim: str) -> None:
        with relay.counting(self.server["tls_port"]) as counted:
            self.machine("octets", f"u{self.count}", counted.port).scan()
            self.row(what, f"{counted.down / self.count:.0f}; {counted.trips}", most, aim)

    def found(self) -> None:
        from tests.bench import finds

        truth = self.mailbox(self.count).with_name(f"mail-{self.count}.truth.jsonl")
        imap = finds.on_imap(self.server["tls_port"], f"u{self.count}", SECRET, self.server["cert"])
        self.row("invites found on Dovecot; false", finds.score_by_number(imap, truth), "300; 0", "300; 0")
        maildir = finds.in_maildir(self.mailbox(self.count))
        self.row("invites found in the Maildir; false", finds.score_by_name(maildir, truth), "300; 0", "300; 0")

    def maildir(self) -> None:
        path = self.mailbox(self.count)

        def ours() -> Run:
            shutil.rmtree(self.work / "maildir", ignore_errors=True)
            program = Machine(self.work / "maildir", f'type = "maildir"\npath = "{path}"\ndrafts = "Drafts"\n')
            return program.scan()

        for part in ("cur", "new", "tmp"):
            (path / ".Drafts" / part).mkdir(parents=True, exist_ok=True)
        mine, reference = self.together(ours, lambda: self.reference("maildirscan.py", str(path), "part-headers"), runs=3)
        figure = f"{wall(mine) / wall(reference):.2f} ({wall(mine):.2f} s / {wall(reference):.2f} s)"
        self.row(f"Maildir, first scan of {self.count:,}: wall / maildirscan.py part-headers", figure, "2", "1.2")


def median(runs: list[Run]) -> float:
    """CPU seconds."""
    return statistics.median(run.cpu for run in runs)


def wall(runs: list[Run]) -> float:
    """Wall seconds."""
    return statistics.median(run.wall for run in runs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/mailrescue-bench"))
    parser.add_argument("--references", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--only", choices=["no_op", "first_scan", "found", "compressed", "maildir"], default="")
    options = parser.parse_args()
    if not (options.references / "mkmail.py").exists():
        sys.exit(f"no reference programs in {options.references}: give --references")
    options.work.mkdir(parents=True, exist_ok=True)
    os.chmod(options.work, 0o755)       # the server's user reads below it
    bench = Bench(options.work, options.references, options.count, options.runs)
    with bench.serving(options.count):
        for part in (bench.no_op, bench.first_scan, bench.found):
            if options.only in ("", part.__name__):
                part()
    if options.only in ("", "compressed"):
        with bench.serving(options.count, COMPRESS):
            bench.compressed()
    if options.only in ("", "maildir"):
        bench.maildir()
    print("\n| figure (whole process; same run, same server) | measured | at most | aim |\n|---|---|---|---|")
    for row in bench.rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
