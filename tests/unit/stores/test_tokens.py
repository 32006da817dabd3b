"""What IMAP servers say, read (RFC 9051 section 7)."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailrescue.stores import tokens


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        pytest.param(b"* 1 FETCH (UID 7 FLAGS (\\Seen $x))\r\n", {b"UID": b"7", b"FLAGS": [b"\\Seen", b"$x"]}, id="UID and flags"),
        pytest.param(b"* 1 FETCH (BODY[]<0> {5}\r\na(\"\r\n UID 7)\r\n", {b"BODY[]": b'a("\r\n', b"UID": b"7"}, id="a literal with brackets and quotes"),
        pytest.param(b'* 1 FETCH (UID 7 BODY[HEADER] "")\r\n', {b"UID": b"7", b"BODY[HEADER]": b""}, id="an empty string"),
        pytest.param(b"* 1 FETCH (BODY[] NIL UID 7)\r\n", {b"BODY[]": None, b"UID": b"7"}, id="NIL"),
        pytest.param(b'* 1 fetch (uid 7 INTERNALDATE " 1-Feb-2024 00:00:00 +0000")\r\n', {b"UID": b"7", b"INTERNALDATE": b" 1-Feb-2024 00:00:00 +0000"}, id="lower case"),
        pytest.param(b'* 1 FETCH (X-GM-LABELS ("a \\"b\\" \\\\c") UID 7)\r\n', {b"X-GM-LABELS": [b'a "b" \\c'], b"UID": b"7"}, id="escapes"),
    ],
)
def test_fetch_answers(answer: bytes, items: dict[bytes, tokens.Node]) -> None:
    """Their items by name, in whatever order."""
    assert items == tokens.fetched(answer)


@pytest.mark.parametrize("answer", [b"* 3 EXPUNGE\r\n", b"* OK [ALERT] FETCH (UID 1)\r\n", b"+ go on\r\n", b""], ids=repr)
def test_other_answers_are_no_fetch(answer: bytes) -> None:
    """They are told apart, not parsed."""
    assert tokens.fetched(answer) is None


@pytest.mark.parametrize(
    ("answer", "listed"),
    [
        pytest.param(b'* LIST (\\HasNoChildren \\Drafts) "/" Drafts\r\n', ({"\\HasNoChildren", "\\Drafts"}, "/", b"Drafts"), id="an atom"),
        pytest.param(b'* LIST () "." "INBOX.Call log"\r\n', (set(), ".", b"INBOX.Call log"), id="a string"),
        pytest.param(b'* LIST () "\\\\" "a\\\\b"\r\n', (set(), "\\", b"a\\b"), id="Exchange's backslash"),
        pytest.param(b'* LIST () "/" {8}\r\nEt\xc3\xa9 "x"\r\n', (set(), "/", b'Et\xc3\xa9 "x"'), id="a literal"),
        pytest.param(b"* LIST (\\Noselect) NIL NIL\r\n", ({"\\Noselect"}, None, b"NIL"), id="no hierarchy, a mailbox named NIL"),
        pytest.param(b'* LIST () "/" "NIL" ("CHILDINFO" ("SUBSCRIBED"))\r\n', (set(), "/", b"NIL"), id="extended data behind"),
    ],
)
def test_list_answers(answer: bytes, listed: tuple[set[str], str | None, bytes]) -> None:
    """Attributes, delimiter, name."""
    assert listed == tokens.listed(answer)


def test_status_answers() -> None:
    """A name in any shape, numbers beyond 32 bits."""
    assert (b"INBOX", {b"UIDNEXT": 4, b"UIDVALIDITY": 1}) == tokens.status(b"* STATUS INBOX (UIDNEXT 4 UIDVALIDITY 1)\r\n")
    assert (b'a "b"', {b"HIGHESTMODSEQ": 1 << 40}) == tokens.status(b'* STATUS "a \\"b\\"" (HIGHESTMODSEQ 1099511627776)\r\n')


@pytest.mark.parametrize(
    ("written", "when"),
    [
        pytest.param(b"24-Nov-2026 14:15:00 +0100", datetime(2026, 11, 24, 14, 15, tzinfo=timezone(timedelta(hours=1))), id="a zone"),
        pytest.param(b" 1-Jan-2026 00:00:00 +0000", datetime(2026, 1, 1, tzinfo=UTC), id="a day of one digit"),
        pytest.param(b"31-DEC-2016 23:59:60 -0330", datetime(2016, 12, 31, 23, 59, 59, tzinfo=timezone(-timedelta(hours=3, minutes=30))), id="a leap second"),
        pytest.param(b"31-Feb-2026 00:00:00 +0000", datetime(1970, 1, 1, tzinfo=UTC), id="no such day"),
        pytest.param(b"24-Nov-2026 14:15:00 +9999", datetime(1970, 1, 1, tzinfo=UTC), id="no such zone"),
        pytest.param(b"yesterday", datetime(1970, 1, 1, tzinfo=UTC), id="no date"),
    ],
)
def test_internal_dates(written: bytes, when: datetime) -> None:
    """Aware; a message with a broken date is old, not lost."""
    assert when == tokens.moment(written)


@given(st.binary(max_size=300))
def test_nothing_raises_but_not_parsed(octets: bytes) -> None:
    """Whatever a server says."""
    for read in (tokens.fetched, tokens.listed, tokens.status):
        for start in (b"* 1 FETCH (", b'* LIST () "/" ', b"* STATUS "):
            with suppress(tokens.NotParsed):
                read(start + octets)
