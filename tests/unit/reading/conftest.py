"""A reader of mail for one made-up user: Sam Ashgrove, in Paris."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailrescue.model.interview import Me
from mailrescue.model.mail import Message, MessageRef, StoredMessage
from mailrescue.reading import mime

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="session")
def me() -> Me:
    return Me("Sam Ashgrove", ("sam@ashgrove.example",), "+33639980000", "06 39 98 00 00", "Europe/Paris", ("en", "fr"))


@pytest.fixture(scope="session")
def read(me: Me) -> Callable[[bytes | str], Message]:
    """Read a message: its octets, or the name of one of the files beside the tests."""

    def reading(message: bytes | str) -> Message:
        octets = (FILES / message).read_bytes() if isinstance(message, str) else message
        stored = StoredMessage(MessageRef("INBOX", 1, "1"), frozenset(), datetime(2027, 1, 12, 10, tzinfo=UTC), octets)
        return mime.read(stored, me)

    return reading
