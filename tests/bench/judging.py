"""What judging mail costs beside parsing it: each way a process of its own over the same thousand messages.

    python -m tests.bench.judging (judged | parsed) FOLDER

``parsed``: the standard library's email package and icalendar, nothing else: no header is decoded, nothing is looked for. ``judged``: read as a scan reads
them, every invite judged, every letter asked what it says, by a process that is set up as the command's is. The messages are the labelled ones of ``tests/judgement``, in turn, each under a subject of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

SETS = Path(__file__).parents[1] / "judgement"
ARRIVED = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)


def write(folder: Path, count: int) -> int:
    """So many messages into the folder; says how many of them carry an invite."""
    folder.mkdir(parents=True, exist_ok=True)
    labelled = sorted(path for kind in ("invites", "evidence") for path in SETS.glob(f"*/{kind}/*.eml"))
    for number, path in enumerate(islice(cycle(labelled), count)):
        octets = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\nSubject: ", b"\nSubject: %d " % number, 1)
        (folder / f"{number:05d}.eml").write_bytes(octets.replace(b"\n", b"\r\n"))
    return sum(path.parent.name == "invites" for path in islice(cycle(labelled), count))


def parsed(_: Path) -> Callable[[bytes], None]:
    import email
    import email.policy

    import icalendar

    def one(octets: bytes) -> None:
        for part in email.message_from_bytes(octets, policy=email.policy.default).walk():
            if part.get_content_type() == "text/calendar":
                icalendar.Calendar.from_ical(part.get_payload(decode=True))
            elif part.get_content_maintype() == "text":
                part.get_content()

    return one


def judged(folder: Path) -> Callable[[bytes], None]:
    from mailrescue import __main__, config, vocabulary
    from mailrescue.judgement import evidence, phone_interview
    from mailrescue.model.mail import MessageRef, StoredMessage
    from mailrescue.reading import mime

    __main__.collect_seldom()
    me, lexicon = config.load(SETS / "held_out" / "me.toml", {}).me, vocabulary.load()

    def one(octets: bytes) -> None:
        message = mime.read(StoredMessage(MessageRef(folder.name, 0, "1"), frozenset(), ARRIVED, octets), me)
        for invite in message.invites:
            phone_interview.judge(invite, message, me, lexicon)
        if not message.invites:
            evidence.read(message, me, lexicon)

    return one


if __name__ == "__main__":
    way, place = {"parsed": parsed, "judged": judged}[sys.argv[1]], Path(sys.argv[2])
    each = way(place)
    for file in sorted(place.iterdir()):
        each(file.read_bytes())
