"""Each named step of a scan, broken in each way, on each server: exactly one draft after at most three runs, and nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import servers
from tests.faults.matrix import STEPS, Step, play
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import Rig, Worker, rig

pytestmark = [pytest.mark.server, pytest.mark.slow]
_START = {"dovecot": (servers.has_dovecot, servers.dovecot), "cyrus": (servers.has_cyrus, servers.cyrus)}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.close()


@pytest.fixture(scope="module", params=list(_START))
def server(request: pytest.FixtureRequest) -> Iterator[servers.Server]:
    there, start = _START[request.param]
    if not there():
        pytest.skip(f"{request.param} is not here; for Cyrus: python -c 'from tests.servers import *; unpack_cyrus()'")
    with start() as started:
        yield started


@pytest.fixture(scope="module", params=["none", "tls"])
def account(request: pytest.FixtureRequest, server: servers.Server, worker: Worker) -> Iterator[Rig]:
    with rig(server, worker, request.param) as one:
        yield one


@pytest.mark.parametrize("mode", Mode)
def test_one_draft_after_three_runs(account: Rig, mode: Mode) -> None:
    """All steps in one way."""
    security = "tls" if "ca_file" in account.config.read_text() else "none"
    failed = {}
    for step in (step for step in STEPS if step.security == security):
        result = play(account, step.story, cut_of(step, mode))
        if result.wrong or not result.reached:
            failed[step.name] = result.wrong or "not reached"
    assert {} == failed


def cut_of(step: Step, mode: Mode) -> Cut:
    return Cut(step.direction, step.at, mode, step.pattern)
