"""What the journal remembers of mail, and where it lay."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailrescue.journal import Journal
from tests.builders import START, message


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param(["Junk", "INBOX"], "INBOX", id="the user took it out of Junk"),
        pytest.param(["INBOX", "Junk"], "INBOX", id="a copy in Junk changes nothing"),
        pytest.param(["INBOX", "Archive"], "INBOX", id="archived, it stays as first read"),
    ],
)
def test_where_a_message_lies(tmp_path: Path, seen: list[str], expected: str) -> None:
    """A message stays as it was first read, but what was read in Junk is read anew where it lies now."""
    journal = Journal.open(tmp_path)
    for mailbox in seen:
        journal.keep("mine", mailbox, "1", [message(1, START, mailbox=mailbox)], doubted="Junk")
    assert [expected] == [kept.ref.mailbox for kept in journal.messages("mine")]
    journal.close()
