"""Hostile mail by the thousand, and hostile values in every place where a draft takes something from a mail."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from email import message_from_bytes
from email.policy import compat32
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailrescue.commands import show
from mailrescue.drafting import compose
from mailrescue.model.draft import Envelope
from mailrescue.model.mail import MessageRef, StoredMessage
from mailrescue.model.words import Address
from mailrescue.reading import mime
from tests.builders import ME, START, THEM
from tests.fuzz.hostile import ROOT

#: inputs of one CI run, and in how many pieces
INPUTS = int(os.environ.get("MAILRESCUE_FUZZ_INPUTS", "10000"))
PIECES = 8

_PIECES = st.sampled_from([
    "\r\n", "\n", "\r", "\0", "\x1b[31m", "\u202e", "\u2066", "\u2028", "\x85", "Bcc: x@evil.test", "=?utf-8?q?a=0D=0ABcc:_x=40evil.test?=", "{{7*7}}", "{% raw %}", "${HOME}", "%(x)s",
    '"', "\\", "<", ">", ",", ";", "(", "@", " ", "\t", "é", "日本", "a" * 90, "-- ", ".", "From ", "\ud800",
])  # fmt: skip
_HOSTILE = st.lists(_PIECES | st.text(max_size=20), max_size=12).map("".join)
_NAMES = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("piece", range(1, PIECES + 1))
def test_mutated_mail(piece: int, tmp_path: Path) -> None:
    """No input makes reading or judging raise, take two seconds or 256 MiB, or lets a control character through to the terminal."""
    words = ["--count", str(INPUTS // PIECES), "--seed", str(piece), "--findings", str(tmp_path / "findings")]
    done = subprocess.run([sys.executable, "-m", "tests.fuzz", *words], cwd=ROOT, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr), done.stdout
    assert done.stdout.startswith(f"{INPUTS // PIECES} inputs"), done.stdout


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=_HOSTILE, subject=_HOSTILE, text=_HOSTILE, theirs=_HOSTILE)
def test_nothing_is_injected_into_a_draft(name: str, subject: str, text: str, theirs: str) -> None:
    """Whatever stands in CN, SUMMARY or the text: these headers once each, one recipient, CRLF line ends, short lines, no control character, and the digest holds."""
    envelope = Envelope("a" * 16, Address(ME.name, ME.addresses[0]), (Address(theirs, THEM.email),), f"Re: {subject}", START, "<m1@x>", ("<m1@x>",))
    octets = compose.compose(envelope, f"Dear {name},\n\n{text}\n").octets
    head, _, body = octets.partition(b"\r\n\r\n")
    parsed = message_from_bytes(octets, policy=compat32)
    assert _NAMES == parsed.keys()
    assert [THEM.email] == re.findall(r"[^\s<>,]+@[^\s<>,]+", str(parsed["To"]).rpartition("<")[2] or str(parsed["To"]))
    assert octets.endswith(b"\r\n")
    assert b"\n" not in octets.replace(b"\r\n", b"")
    assert b"\r" not in octets.replace(b"\r\n", b"")
    assert not re.search(rb"[^\x20-\x7e\r\n]", head + body)
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    signed = compose.signed(octets)
    assert signed is not None
    assert signed.untouched


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(address=_HOSTILE)
def test_an_address_that_is_none_is_not_written_to(address: str) -> None:
    """It is refused, or written as one address and nothing else."""
    envelope = Envelope("a" * 16, Address(ME.name, ME.addresses[0]), (Address("", address),), "Re: x", START, "<m1@x>", ())
    try:
        octets = compose.compose(envelope, "x\n").octets
    except ValueError:
        return
    assert 1 == octets.count(b"\r\nTo: ")
    assert re.search(rb"\r\nTo: (?:[^\r]* <)?[!-~]+@[A-Za-z0-9.-]+>?\r\n", octets)


def test_nothing_steers_a_terminal() -> None:
    """Neither an escape, nor a turn of direction, nor a line separator, which some terminals and pagers obey."""
    assert "a b c d e f g" == show.safe("a\x1bb\u202ec\u2028d\x85e\xa0f\ng")


@pytest.mark.parametrize(
    "octets",
    [
        b"From: " + b"(" * 300_000 + b"\r\n\r\nx", b"From: " + b'"' * 50_000 + b"\r\n\r\n", b"Subject: " + b"=?utf-8?b?QUJD?= " * 30_000 + b"\r\n\r\n",
        b"Content-Type: text/plain" + b"".join(b"; a*%d=x" % n for n in range(30_000)) + b"\r\n\r\n",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5_000)),
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + b"BEGIN:VALARM\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n" * 100_000 + b"END:VEVENT\r\nEND:VCALENDAR\r\n",
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:19700101T000000Z\r\nRRULE:FREQ=SECONDLY;INTERVAL=0\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 200_000, b"\r\n" + b"> " * 500_000, b"\r\n" + b"Le lundi, a ecrit :\r\n" * 50_000, b"\0" * 1_000_000, b"\r\n" + b"+49 " * 200_000,
        b"\r\n" + b"a@" * 400_000, b"\r\n" + b"12:30-" * 200_000, b"X: y\r\n" * 200_000 + b"\r\n",
    ],
    ids=["open comments", "quotes", "encoded words", "parameters", "nesting", "alarms", "every second", "html", "quoted", "attributions", "zeros", "numbers", "addresses", "times", "headers"],
)  # fmt: skip
def test_known_bombs(octets: bytes) -> None:
    """Shapes that hang or blow up Python's own parsers and those of others (notes of their bug trackers) end soon, as a message that says nothing."""
    import time

    began = time.process_time()
    message = mime.read(StoredMessage(MessageRef("INBOX", 1, "1"), frozenset(), START, octets), ME)
    assert message.notice is None
    assert time.process_time() - began < 2
