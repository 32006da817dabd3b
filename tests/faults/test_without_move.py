"""A server without MOVE: a draft that is replaced is copied to Trash, struck out and expunged by its UID, and each of these can be cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import servers
from tests.faults.matrix import REFRESH, play
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import Rig, Worker, rig

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")]

WITHOUT = "IMAP4rev1 SASL-IR ID ENABLE IDLE LITERAL+ UIDPLUS CONDSTORE ESEARCH SPECIAL-USE LIST-EXTENDED AUTH=PLAIN"
CUTS = {
    "the last look": ("c", rb"SELECT [^\r]*\r\n"),
    "COPY": ("c", rb"UID COPY [^\r]*\r\n"),
    "COPY answered": ("s", rb"COPYUID[^\r]*\r\n"),
    "STORE": ("c", rb"UID STORE [^\r]*\r\n"),
    "STORE answered": ("s", rb"COPYUID(?s:.*) OK Store[^\r]*\r\n"),
    "EXPUNGE begun": ("c", rb"UID EXPUNGE "),
    "EXPUNGE": ("c", rb"UID EXPUNGE [^\r]*\r\n"),
    "EXPUNGE answered": ("s", rb"\* \d+ EXPUNGE\r\n"),
}


@pytest.fixture(scope="module")
def account() -> Iterator[Rig]:
    worker = Worker()
    with servers.dovecot(capability=WITHOUT) as server, rig(server, worker, small=True) as one:
        yield one
    worker.close()


@pytest.mark.parametrize("step", CUTS)
def test_a_withdrawal_that_is_cut(account: Rig, step: str) -> None:
    """The new draft alone stands after at most three runs: what was struck out and left behind is taken away by the next."""
    direction, pattern = CUTS[step]
    account.in_one_process = True
    ended = {mode: play(account, REFRESH, Cut(direction, 0, mode, pattern), thorough=False) for mode in Mode if mode is not Mode.STALL}
    assert dict.fromkeys(ended, ("", True)) == {mode: (result.wrong, result.reached) for mode, result in ended.items()}


def test_struck_out_by_the_user(account: Rig) -> None:
    """Other mail programs strike out what their user deletes: that is the user's, is not expunged, and no other is written in its place."""
    account.wipe()
    account.scan(REFRESH.before)
    account.hand.select("Drafts")
    account.hand.uid("STORE", "2:*", "+FLAGS", "(\\Deleted)")
    (struck,) = account.drafts()
    for now in REFRESH.runs:
        assert 0 == account.scan(now).status
    assert [struck] == account.drafts()
