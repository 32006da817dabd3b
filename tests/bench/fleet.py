"""Mailboxes an hour: samples/fleet on this machine, the IMAP server on the same cores. First scans, scans that find nothing new, scans after a new mail.

    python -m tests.bench.fleet [--mailboxes 200] [--messages 1000] [--processes 2] [--threads 8]

Of the wall figure the server takes its part, and whoever else is at work here; the CPU a scan (ours alone, worker and engine included) is what to plan with.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests import fleet, servers
from tests.bench import letters

_TURNS = 6      # until each scan ends after a glance: what changed just now is not trusted


def measure(here: fleet.Fleet, what: str, mailboxes: int, options: argparse.Namespace, turns: int = 1) -> None:
    """So many turns, from an empty queue to an empty queue, the workers' start and end included."""
    begin, count = time.perf_counter(), mailboxes * turns
    worker = here.worker(options.processes, options.threads)
    for _ in range(turns):
        here.turn()
    here.wait(3600)
    wall = time.perf_counter() - begin
    worker.send_signal(signal.SIGTERM)
    _, _, used = os.wait4(worker.pid, 0)
    worker.returncode = 0
    cpu = (used.ru_utime + used.ru_stime) / count
    cores = os.cpu_count() or 1
    print(f"{what:<12} {wall:6.1f} s for {count}: {count / wall * 3600:>9,.0f} an hour beside the server; {cpu * 1000:4.0f} ms CPU each, {cores * 3600 / cpu:>9,.0f} an hour on {cores} cores without it", flush=True)


def arrive(mail: Path, names: Sequence[str]) -> None:
    """A letter of no interest in each mailbox."""
    for name in names:
        path = mail / name / "new" / "9999999999.M1P1.bench"
        path.write_bytes(letters.letter(999_999, letters.LATEST))
        os.chown(path, *servers.mail_owner())


def settled(state: Path) -> bool:
    """Whether the next scan of each is over after a glance."""
    return all((one / "unchanged.json").exists() for one in state.iterdir())


def main() -> None:
    """Print a line for each kind of scan, and what a mailbox leaves on the disk."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fleet", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("mailboxes", 200), ("messages", 1000), ("processes", os.cpu_count() or 1), ("threads", 8)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    names = [f"client{number}" for number in range(options.mailboxes)]
    with servers.dovecot() as server, servers.mail_folder() as folder:
        first = servers.make_maildir(server.folder / "mail" / names[0])
        letters.fill(first, options.messages, days=365)
        servers.give(first)
        for name in names[1:]:
            subprocess.run(["cp", "-al", first, first.with_name(name)], check=True)
        account = f'type = "imap"\nhost = "{server.host}"\nport = {server.tls_port}\nca_file = "{server.ca_file}"\nuser = "{{name}}"\n'
        with fleet.running(folder, names, account, server.password) as here:
            measure(here, "first scan", len(names), options)
            for _ in range(_TURNS):
                if settled(folder / "state"):
                    break
                measure(here, "second scan", len(names), options)
            assert settled(folder / "state"), "no scan was quiet enough to be remembered: is somebody changing the program's own files?"
            measure(here, "no-op scan", len(names), options, turns=5)
            arrive(server.folder / "mail", names)
            measure(here, "a new mail", len(names), options)
            octets = sum(file.stat().st_blocks * 512 for file in (folder / "state").rglob("*")) // len(names)
            print(f"state on the disk: {octets / 1024:.0f} KB a mailbox")


if __name__ == "__main__":
    main()
