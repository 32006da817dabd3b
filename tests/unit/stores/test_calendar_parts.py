"""Whether a message may carry a calendar, told from its structure: by what servers say of it, and by the heads of its parts."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailrescue.stores import calendar_parts, tokens
from tests.contract.calendar_mail import WITH_CALENDAR, WITHOUT_CALENDAR

CORPUS = Path("../shared/corpus")


@pytest.mark.parametrize("octets", [pytest.param(octets, id=kind) for kind, octets in WITH_CALENDAR.items()])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"], ids=["CR LF", "LF"])
def test_calendars_in_octets(octets: bytes, end: bytes) -> None:
    """Every kind that senders make, whatever the line ends."""
    assert calendar_parts.in_octets(octets.replace(b"\r\n", end))


@pytest.mark.parametrize("octets", [pytest.param(octets, id=kind) for kind, octets in WITHOUT_CALENDAR.items()])
def test_look_alikes_in_octets(octets: bytes) -> None:
    """Text about calendars is none."""
    assert not calendar_parts.in_octets(octets)


@pytest.mark.parametrize(
    ("structure", "carries"),
    [
        pytest.param(b'("TEXT" "CALENDAR" ("CHARSET" "utf-8" "METHOD" "REQUEST") NIL NIL "7BIT" 9 1)', True, id="the whole message"),
        pytest.param(b'("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 9 1)', False, id="a letter"),
        pytest.param(b'(("text" "plain" NIL NIL NIL "7bit" 9 1)("text" "calendar" NIL NIL NIL "7bit" 9 1) "alternative" ("boundary" "x") NIL NIL)', True, id="an alternative"),
        pytest.param(
            b'(("text" "plain" NIL NIL NIL "7bit" 9 1)("application" "octet-stream" NIL NIL NIL "base64" 900 NIL ("attachment" ("filename" "Call.ICS")) NIL) "mixed")',
            True,
            id="a name in the disposition",
        ),
        pytest.param(b'("application" "octet-stream" ("name" {10}\r\nm\xc3\xbcnch.ics) NIL NIL "base64" 900)', True, id="a name in a literal, 8bit"),
        pytest.param(b'("application" "octet-stream" ("name" "=?utf-8?Q?caf=C3=A9=2Eics?=") NIL NIL "base64" 900)', True, id="a name in quoted-printable words"),
        pytest.param(b'("application" "octet-stream" ("name" "=?utf-8?B?Y2Fm?= =?utf-8?B?w6kuaWNz?=") NIL NIL "base64" 900)', True, id="a name in two words"),
        pytest.param(b'("application" "octet-stream" ("name*1*" "%69cs" "name*0*" "utf-8\'\'a%2E") NIL NIL "base64" 900)', True, id="pieces out of order"),
        pytest.param(b'("application" "octet-stream" ("name" "data.bin") NIL NIL "base64" 900)', False, id="another file"),
        pytest.param(b'("application" "octet-stream" NIL NIL NIL "base64" 900)', True, id="a nameless file"),
        pytest.param(b'("application" "octet-stream" NIL NIL NIL "base64" 9000000)', False, id="a large nameless file"),
        pytest.param(b'("application" "vnd.ms-tnef" NIL NIL NIL "base64" 9000)', True, id="TNEF by its other name"),
        pytest.param(
            b'("message" "rfc822" NIL NIL NIL "7bit" 900 (NIL "a .ics in the subject" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" NIL NIL NIL "7bit" 9 1) 20)',
            False,
            id="a forwarded letter about a file",
        ),
        pytest.param(
            b'("message" "rfc822" NIL NIL NIL "7bit" 900 (NIL "x" NIL NIL NIL NIL NIL NIL NIL NIL) (("text" "plain" NIL NIL NIL "7bit" 9 1)("text" "calendar" NIL NIL NIL "7bit" 9 1) "mixed") 20)',
            True,
            id="a forwarded invite",
        ),
        pytest.param(b'(("text" "plain" NIL NIL NIL "7bit" 9 1) "report" ("report-type" "x" "boundary" "calendar.ics" "a" "b" "c" "d") NIL NIL)', False, id="a boundary that looks like a file"),
    ],
)
def test_structures(structure: bytes, carries: bool) -> None:
    """Types, names wherever they stand, and nothing else. What carries one shows a mark, else it would not be parsed."""
    assert carries == calendar_parts.in_structure(tokens.parse_one(structure, 0))
    assert calendar_parts.structure_may(structure) or not carries


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(b"Content-Type: multipart/mixed\n\n--x\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n", id="no boundary is declared"),
        pytest.param(b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR', id="no delimiter ends it"),
        pytest.param(b"Content-Type:\n\tmultipart/mixed;\n\tboundary=x\n\n--x  \nCONTENT-TYPE:text/calendar\n\n", id="folded, spaces after the delimiter, no space"),
        pytest.param(b'Content-Type: multipart/mixed; boundary="a\\"b"\n\n--a"b\nContent-Type: text/calendar\n\nx\n--a"b--\n', id="a quote in the boundary"),
        pytest.param(b'Content-Type: application/octet-stream;\n name="invite.ics\n\nx', id="a quote that does not end"),
        pytest.param(b"Content-Type: text/calendar", id="nothing but a header"),
    ],
)
def test_broken_messages_may_carry_one(octets: bytes) -> None:
    """What cannot be told for sure is read, not left out."""
    assert calendar_parts.in_octets(octets)


def test_nesting_without_end_is_no_trouble() -> None:
    """A thousand multiparts in one another end as a message that may carry one only if it says so."""
    bomb = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(1000))
    assert not calendar_parts.in_octets(bomb)
    assert calendar_parts.in_octets(bomb + b"Content-Type: text/calendar\n\n")


def test_a_structure_without_end_is_not_parsed() -> None:
    """Brackets nested by thousands, as a hostile mail makes a server send them."""
    with pytest.raises(tokens.NotParsed):
        tokens.parse(b"(" * 5000)


@given(st.binary(max_size=400))
def test_no_octets_raise(octets: bytes) -> None:
    """Whatever arrives, there is an answer."""
    assert calendar_parts.in_octets(b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n' + octets) in (True, False)


@given(st.recursive(st.none() | st.sampled_from([b"text", b"calendar", b"message", b"rfc822", b"name", b"9"]), st.lists, max_leaves=40))
def test_no_structure_raises_but_not_parsed(node: tokens.Node) -> None:
    """However a server builds it."""
    with suppress(tokens.NotParsed):
        assert calendar_parts.in_structure(node) in (True, False)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real messages is not here")
def test_no_calendar_of_the_corpus_is_missed() -> None:
    """Against the standard library's reading of every real message: what it finds by type or name is found."""
    import email

    missed = []
    for path in sorted(CORPUS.rglob("*.eml")):
        octets = path.read_bytes()
        try:
            parts = list(email.message_from_bytes(octets).walk())
        except RecursionError:
            continue
        if any(part.get_content_type() == "text/calendar" or str(part.get_filename() or "").lower().endswith(".ics") for part in parts) and not calendar_parts.in_octets(octets):
            missed.append(str(path))
    assert [] == missed
