"""The figures of docs/PERFORMANCE.md, measured: the project beside the reference programs, in one interleaved run on one server.

    python -m tests.bench [--work DIR] [--references DIR] [--count N] [--runs N] [--only PART ...]

Trust ratios, octets and round trips, not milliseconds. ``--work`` keeps the mailboxes (2 GB for the default of 100,000 messages, made once, in
two minutes) and is used again; ``--references`` is the folder of the reference programs (mkmail.py, imapserver.py, noop.py, firstscan.py,
maildirscan.py). Cyrus and Courier are measured where Debian's packages are unpacked: ``--unpack`` does that, beside the system.
"""

from __future__ import annotations

import argparse
import contextlib
import imaplib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests import servers
from tests.bench import finds, judging, relay, tracked
from tests.bench.machine import ROOT, Machine, Run, timed

SECRET = "secret"       # of every account of imapserver.py
NOT_HERE = "not here: python -m tests.bench --unpack"
COURIER = servers.cyrus_prefix().with_name("courier")
COMPRESS = "protocol imap {\n  mail_plugins = imap_zlib\n}\n"


class Bench:
    """The servers and mailboxes of one run, and the table in the making."""

    def __init__(self, work: Path, references: Path, count: int, runs: int) -> None:
        self.work, self.references, self.count, self.runs = work, references, count, runs
        self.rows: list[tuple[str, str, str, str]] = []
        self.server: dict[str, Any] = {}
        self.port = 0

    # ---- what is measured with

    def mailbox(self, count: int, invites: int | None = None) -> Path:
        path = self.work / f"mail-{count}"
        if not path.with_name(f"{path.name}.truth.jsonl").exists():
            many = ["--invites", str(invites)] if invites else []
            subprocess.run([sys.executable, str(self.references / "mkmail.py"), str(path), "--count", str(count), *many], check=True)
        return path

    def interviews(self, count: int) -> Path:
        path = self.work / f"interviews-{count}"
        if not path.exists():
            tracked.fill(path, count)
        return path

    def usual(self) -> dict[str, Path]:
        """The accounts of the rows about one user."""
        boxes = {f"u{n}": self.mailbox(n) for n in (self.count, self.count // 10, 1000)}
        return boxes | {"one": self.interviews(1), "thousand": self.interviews(1000)}

    @contextlib.contextmanager
    def serving(self, accounts: Mapping[str, Path], extra: str = "", kind: str = "dovecot", prefix: Path = Path("/")) -> Iterator[None]:
        folder, settings = self.work / "server", self.work / "settings"
        shutil.rmtree(folder, ignore_errors=True)
        settings.write_text(extra)
        program = [sys.executable, str(self.references / "imapserver.py")]
        words = [word for name, path in accounts.items() for word in ("--account", f"{name}={path}")]
        subprocess.run([*program, "start", kind, str(folder), *words, "--conf", str(settings), "--prefix", str(prefix)], check=True, stdout=subprocess.DEVNULL)
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
                counted.wait()
                counted.clear()
                program.scan()
                counted.wait()
                self.row(f"no-op over TLS at {count:,} messages: round trips; octets down", f"{counted.trips}; {counted.down}", "6; 3072", "5; 2400")

    def many(self) -> None:
        """A thousand phone interviews to come beside one: a glance, and a scan that looks at everything."""
        one, thousand = self.machine("one", "one"), self.machine("thousand", "thousand")
        one.settle()
        thousand.settle()
        tracks = [len(json.loads(program.run("status", "--json").said)["accounts"][0]["interviews"]) for program in (one, thousand)]
        few, many = self.together(one.scan, thousand.scan)
        self.row(f"{tracks[1]:,} tracked interviews in the state: no-op CPU / with {tracks[0]}", f"{median(many) / median(few):.2f}", "1.3", "1.1")
        few, many = self.together(one.look, thousand.look, runs=1)
        self.row(f"{tracks[1]:,} tracked interviews, a scan that looks at all: CPU / with {tracks[0]}", f"{median(many) / median(few):.1f} ({median(many):.2f} s / {median(few):.2f} s)", "-", "-")

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
            counted.wait()
            self.row(what, f"{counted.down / self.count:.0f}; {counted.trips}", most, aim)

    def found(self) -> None:
        truth = self.mailbox(self.count).with_name(f"mail-{self.count}.truth.jsonl")
        self.row("invites found on Dovecot; false", finds.score_by_number(self.finds(f"u{self.count}"), truth), "300; 0", "300; 0")
        self.row("invites found in the Maildir; false", finds.score_by_name(finds.in_maildir(self.mailbox(self.count)), truth), "300; 0", "300; 0")

    def cyrus(self) -> None:
        """300 invites of the same kinds among 3,000 messages: Cyrus must be filled message by message."""
        if not servers.has_cyrus():
            self.row("invites found on Cyrus; false", NOT_HERE, "300; 0", "300; 0")
            return
        path = self.mailbox(3000, 300)
        with servers.cyrus(("u3000",)) as server:
            client = server.client("u3000")
            for file in sorted((path / "cur").iterdir()):
                client.append("INBOX", "(\\Seen)", imaplib.Time2Internaldate(int(file.name.partition(".")[0])), file.read_bytes())
            client.logout()
            found = finds.on_imap(server.tls_port, server.port, "u3000", server.password, server.ca_file)
        self.row("invites found on Cyrus, among 3,000; false", finds.score_by_number(found, path.with_name("mail-3000.truth.jsonl")), "300; 0", "300; 0")

    def courier(self) -> None:
        """The same, in a copy: Courier writes into what it serves."""
        if not COURIER.exists():
            self.row("invites found on Courier; false", NOT_HERE, "300; 0", "300; 0")
            return
        path, copy = self.mailbox(3000, 300), self.work / "mail-courier"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(path, copy)
        with self.serving({"u3000": copy}, kind="courier", prefix=COURIER):
            found = self.finds("u3000")
        self.row("invites found on Courier, among 3,000; false", finds.score_by_number(found, path.with_name("mail-3000.truth.jsonl")), "300; 0", "300; 0")

    def finds(self, user: str) -> set[str]:
        return finds.on_imap(self.server.get("tls_port"), self.server["port"], user, SECRET, self.server.get("cert"))

    def judging(self) -> None:
        folder = self.work / "judging"
        shutil.rmtree(folder, ignore_errors=True)
        invites = judging.write(folder, 1000)
        way = lambda name: lambda: timed([sys.executable, "-m", "tests.bench.judging", name, str(folder)])      # noqa: E731
        ours, alone = self.together(way("judged"), way("parsed"))
        figure = f"{median(ours) / median(alone):.2f} ({median(ours):.2f} s / {median(alone):.2f} s)"
        self.row(f"1,000 messages, {invites} of them invites: judged / parsed, CPU", figure, "3", "-")

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
        self.row(f"Maildir, first scan of {self.count:,}: peak memory", f"{max(r.rss for r in mine):.0f} MB", "80 MB", "45 MB")


def median(runs: list[Run]) -> float:
    """CPU seconds."""
    return statistics.median(run.cpu for run in runs)


def wall(runs: list[Run]) -> float:
    """Wall seconds."""
    return statistics.median(run.wall for run in runs)


def unpack() -> None:
    """Debian's Cyrus and Courier beside the system; gamin is installed, because each login at Courier waits a second without it."""
    servers.unpack_cyrus()
    folder = COURIER.with_name("packages")
    folder.mkdir(parents=True, exist_ok=True)
    os.chmod(folder, 0o777)         # apt downloads as another user
    subprocess.run(["apt-get", "download", "courier-imap", "courier-base", "courier-authlib", "libcourier-unicode4"], cwd=folder, check=True)
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(COURIER)], check=True)
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "gamin", "libgamin0"], check=True)


PARTS = ["no_op", "first_scan", "found", "compressed", "cyrus", "courier", "maildir", "judging"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/mailrescue-bench"))
    parser.add_argument("--references", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--unpack", action="store_true", help="fetch Cyrus and Courier, and measure nothing")
    options = parser.parse_args()
    if options.unpack:
        unpack()
        return
    if not (options.references / "mkmail.py").exists():
        sys.exit(f"no reference programs in {options.references}: give --references")
    options.work.mkdir(parents=True, exist_ok=True)
    os.chmod(options.work, 0o755)       # the server's user reads below it
    bench = Bench(options.work, options.references, options.count, options.runs)
    begun, load = time.monotonic(), os.getloadavg()[0]
    if {"no_op", "first_scan", "found"} & {*options.only}:
        with bench.serving(bench.usual()):
            for part in (bench.no_op, bench.first_scan, bench.found):
                if part.__name__ in options.only:
                    part()
    if "compressed" in options.only:
        with bench.serving(bench.usual(), COMPRESS):
            bench.compressed()
    for part in (bench.cyrus, bench.courier, bench.maildir, bench.judging):
        if part.__name__ in options.only:
            part()
    print(f"\n{time.monotonic() - begun:.0f} s; load {load:.1f} at the beginning, {os.getloadavg()[0]:.1f} at the end; {os.cpu_count()} cores")
    print("\n| figure (whole process; same run, same server) | measured | at most | aim |\n|---|---|---|---|")
    for row in bench.rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
