"""Fixtures for tests that scan one account again and again, over a proxy that can cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import servers
from tests.faults.rig import Rig, Worker, rig


@pytest.fixture(scope="module")
def account(dovecot_server: servers.Server) -> Iterator[Rig]:
    worker = Worker()
    with rig(dovecot_server, worker) as one:
        yield one
    worker.close()
