"""What a scan costs at which a draft is due: in a mailbox with one interview, on Dovecot over TLS."""

from __future__ import annotations

import shutil
import statistics
from pathlib import Path

from tests import servers
from tests.bench.machine import Machine
from tests.end_to_end.test_glance import INVITE, INVITED, QUIET, START, mail


def measure(work: Path, runs: int) -> float:
    """Median CPU seconds of a scan that writes the confirmation, each run on a fresh mailbox."""
    seconds = []
    with servers.dovecot() as server:
        for run in range(min(runs, 5)):
            shutil.rmtree(work, ignore_errors=True)
            user = server.add(f"due{run}")
            client = server.client(user)
            client.append("INBOX", "()", INVITED, mail("Phone interview: Data Engineer", INVITE).replace(b"\n", b"\r\n"))
            client.logout()
            program = Machine.imap(work, server.tls_port or 0, user, server.password, server.ca_file)
            for _ in range(2):
                program.scan(now=QUIET.isoformat())
            done = program.scan(now=(START.replace(hour=12, minute=30)).isoformat())
            assert "drafted" in done.said, done.said
            seconds.append(done.cpu)
    return statistics.median(seconds)
