"""The rig itself: a program that is broken on purpose must fail its cell, also where the sweep plays no more than it must."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import servers
from tests.faults.matrix import WRITE, Story
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import Rig, Worker, rig
from tests.faults.sweep import Sweep

pytestmark = [pytest.mark.server, pytest.mark.slow]

READ = Cut("c", 0, Mode.RST, rb'"Sent"\r\n')
LITERAL = Cut("c", 400, Mode.RST, rb"APPEND [^\r]*\r\n")
ANSWER = Cut("c", 0, Mode.FIN, rb"LOGOUT\r\n")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.close()


@pytest.fixture
def account(dovecot_server: servers.Server, worker: Worker) -> Iterator[Rig]:
    with rig(dovecot_server, worker, small=True) as one:
        yield one


@pytest.mark.parametrize(
    ("fault", "story", "cut", "wrong"),
    [
        ("appends twice", WRITE, ANSWER, "2 drafts in between"),
        ("loses the draft", WRITE, LITERAL, "0 drafts"),
        ("opens mail to write", WRITE, READ, "the cut run has changed something"),
        ("leaves the account alone for good", WRITE, READ, "run 2 ended with 75"),
    ],
)
def test_a_planted_fault_is_found(account: Rig, fault: str, story: Story, cut: Cut, wrong: str) -> None:
    """After the same cell of the honest program, whose later runs the sweep then knows, the broken one fails."""
    sweep = Sweep(account)
    settled = cut is not ANSWER
    honest = [sweep.cell(story, cut, settled, thorough=False) for _ in range(2)]
    assert [("", True, False), ("", True, settled)] == [(one.wrong, one.reached, one.known) for one in honest]
    assert sweep.cell(story, cut, settled, thorough=False, plant=fault).wrong.startswith(wrong)
