"""A call log is believed only where the user's own telephone can have written it."""

from __future__ import annotations

import pytest

from mailrescue.model.mail import MessageRef, StoredMessage
from mailrescue.reading import mime
from tests.builders import ME, START

_LOG = "X-smssync-datatype: CALLLOG\r\nX-smssync-type: 1\r\nX-smssync-duration: 600\r\nX-smssync-address: +493020939999\r\n"
_THEM, _ME = "+493020939999@unknown.email", ME.addresses[0]


@pytest.mark.parametrize(
    ("from_", "to", "more", "believed"),
    [
        (_THEM, _ME, "", True),
        (_ME, _THEM, "", True),
        (_THEM, _ME, "Received: from mx.stranger.example by mx.quist.example; Tue, 1 Dec 2026 13:10:00 +0000\r\n", False),
        (_THEM, "somebody@else.example", "", False),
    ],
    ids=["they called", "the user called", "it came over the network", "the user is at neither end"],
)
def test_who_can_have_written_it(from_: str, to: str, more: str, believed: bool) -> None:
    octets = f"{more}From: {from_}\r\nTo: {to}\r\nSubject: Call with Bea\r\nMessage-ID: <c1@sms-backup-plus.local>\r\n{_LOG}\r\n600s\r\n".encode()
    message = mime.read(StoredMessage(MessageRef("INBOX", 1, "1"), frozenset(), START, octets), ME)
    assert believed == (message.notice is not None)
