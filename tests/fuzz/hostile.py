"""Hostile mail, made of honest mail: what a fuzzer feeds to the reading and the judging, and what must hold of every input.

Seeds are the sample week and every message file of the tests. No coverage guides the mutations; ``python -m tests.fuzz --guided`` lets atheris do that
where it is installed.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from mailrescue import vocabulary
from mailrescue.commands.show import safe
from mailrescue.judgement import evidence, phone_interview
from mailrescue.model.interview import Me
from mailrescue.model.lexicon import Lexicon
from mailrescue.model.mail import MessageRef, StoredMessage
from mailrescue.reading import mime

ROOT = Path(__file__).parents[2]
ME = Me("Ada Quist", ("ada@quist.example",), "+4915550100200", "+49 155 5010 0200", "Europe/Berlin", ("en", "de"))
#: what no input may take
SECONDS, MEBIBYTES = 2.0, 256

_WORDS = (
    b"=?utf-8?q?a=0D=0ABcc:_x=40evil.test?=", b"=?utf-8?b?" + b"QUJD" * 400 + b"?=", b"\xe2\x80\xae", b"\x1b[2J\x1b]0;x\x07", b"\x00", b"\r\n", b"\r\n\r\n", b"{{7*7}}", b"{% for x in range(9**9) %}",
    b"${x}", b"%s%n", b"(" * 300, b'"' * 3000, b"<" * 2000, b"BEGIN:VEVENT\r\n", b"END:VCALENDAR\r\n", b"RRULE:FREQ=SECONDLY;INTERVAL=0\r\n", b"RRULE:FREQ=YEARLY;BYDAY=1MO\r\n",
    b"DTSTART:00010101T000000Z\r\n", b"DTSTART;TZID=/../../etc/passwd:20261201T140000\r\n", b"DURATION:P99999999W\r\n", b"DTEND:99991231T235959Z\r\n", b"METHOD:CANCEL\r\n",
    b"ATTACH:http://127.0.0.1:1/x\r\n", b"SEQUENCE:" + b"9" * 400 + b"\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", b"Content-Type: " + b"a*0=" * 200 + b"\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"charset=utf-7", b"charset=unknown-8bit", b"+AGEAYg-", b"> " * 500, b"On Tue wrote:\r\n" * 50, b"<div>" * 500, b"&#" + b"9" * 100 + b";",
    b"BEGIN:VALARM\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n" * 40, b"+49" + b"1" * 300, b"a@b." * 200, b"00:00-" * 300,
)  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    """Honest messages, lines ending in CR LF."""
    paths = sorted((*(ROOT / "samples").rglob("*.eml"), *(ROOT / "tests").rglob("*.eml")))
    return tuple(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for path in paths if path.stat().st_size < 40_000)


def inputs(number: int) -> Iterator[bytes]:
    """Without end, the same for the same number."""
    chance = random.Random(number)
    while True:
        octets = bytearray(chance.choice(seeds()))
        for _ in range(chance.choice((1, 1, 2, 4, 8, 20))):
            _mutate(octets, chance)
        yield bytes(octets[:200_000])


def _mutate(octets: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(octets) + 1)
    match chance.randrange(8):
        case 0:
            octets[at:at + 1] = bytes([chance.randrange(256)])
        case 1:
            octets[at:at] = chance.choice(_WORDS)
        case 2:
            line = octets.find(b"\r\n", at)
            octets[line + 2:line + 2] = chance.choice(_WORDS)
        case 3:
            del octets[at:at + chance.choice((1, 2, 10, 200))]
        case 4:
            other = chance.choice(seeds())
            start = chance.randrange(len(other))
            octets[at:at] = other[start:start + chance.choice((20, 200, 2000))]
        case 5:
            octets[at:at] = octets[at:at + chance.choice((4, 60, 600))] * chance.choice((2, 10, 60))
        case 6:
            value = octets.find(b":", at)
            end = octets.find(b"\r\n", value)
            if 0 <= value < end:
                octets[value + 1:end] = chance.choice(_WORDS)
        case _:
            depth = chance.choice((3, 40, 400))
            octets[at:at] = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))


@cache
def lexicon() -> Lexicon:
    return vocabulary.load()


def check(octets: bytes) -> None:
    """Read it, judge it, show it. AssertionError where it takes too long or lets a control character through; nothing else may be raised."""
    began = time.process_time()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024     # a worker that ran a thousand other tests is large already
    stored = StoredMessage(MessageRef("INBOX", 1, "1"), frozenset(), datetime(2026, 11, 20, tzinfo=UTC), octets)
    message = mime.read(stored, ME)
    for invite in message.invites:
        phone_interview.judge(invite, message, ME, lexicon())
    evidence.read(message, ME, lexicon())
    taken = time.process_time() - began         # of this process alone: the machine may have other things to do
    assert taken < SECONDS, f"{taken:.1f} s"
    for shown in (message.subject, message.body, *(i.summary for i in message.invites), message.from_.name if message.from_ else ""):
        assert all(c.isprintable() or c == "\n" for c in safe(shown)), "a control character reaches the terminal"
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - before
    assert used < MEBIBYTES, f"{used} MiB"
