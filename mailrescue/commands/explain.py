"""``explain``: why a message, a folder of messages or a tracked interview is, or is not, a phone interview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from mailrescue.judgement.suggestion import Suggestion
from mailrescue.model.interview import Finding, Rejection, Statement
from mailrescue.model.mail import MessageRef, SetAside, StoredMessage
from mailrescue.stores.base import LARGEST
from mailrescue.wiring import Workshop


@dataclass(frozen=True, slots=True)
class Explained:
    """What was read in one message file. ``error`` says why nothing was."""

    path: Path
    error: str | None = None
    findings: tuple[Finding, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    statement: Statement | None = None
    set_aside: tuple[SetAside, ...] = ()
    suggestion: Suggestion | None = None


def files(target: Path) -> list[Path]:
    """The message files that a path stands for: itself, or a folder's by name."""
    return sorted(p for p in target.iterdir() if p.is_file() and not p.name.startswith(".")) if target.is_dir() else [target]


def explain(workshop: Workshop, paths: list[Path]) -> Iterator[Explained]:
    """Read and judge each file, in the order given. A file that cannot be read comes back with its error."""
    for path in paths:
        try:
            with path.open("rb") as file:
                octets = file.read(LARGEST)
        except OSError as error:
            yield Explained(path, f"cannot be read: {error.strerror}")
            continue
        yield _explained(workshop, path, _as_mail(octets) if path.suffix.lower() == ".ics" else octets)


def _explained(workshop: Workshop, path: Path, octets: bytes) -> Explained:
    from mailrescue.judgement import evidence, phone_interview, suggestion
    from mailrescue.reading import mime

    me, lexicon = workshop.config.me, workshop.lexicon
    message = mime.read(StoredMessage(MessageRef(str(path.parent), 0, path.name), frozenset(), _arrival(path, octets), octets), me)
    verdicts = [phone_interview.judge(invite, message, me, lexicon) for invite in message.invites]
    unreadable = not octets.strip() or (message.set_aside and not message.invites and not message.body and message.from_ is None)
    return Explained(
        path=path,
        error="; ".join(f"{s.what}: {s.why}" for s in message.set_aside) or "is no message" if unreadable else None,
        findings=tuple(v for v in verdicts if isinstance(v, Finding)),
        rejected=tuple(v for v in verdicts if isinstance(v, Rejection)),
        statement=None if message.invites else evidence.read(message, me, lexicon),
        set_aside=message.set_aside,
        suggestion=suggestion.suggestion(message, me, lexicon),
    )


def _as_mail(calendar: bytes) -> bytes:
    """A bare calendar file as the mail that a forwarding client makes of it."""
    return b"MIME-Version: 1.0\r\nContent-Type: text/calendar\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + calendar


def _arrival(path: Path, octets: bytes) -> datetime:
    """A file has no INTERNALDATE: the time of its last Received header or Date stands in, else the file's own."""
    head = octets[:65536].split(b"\n\n")[0].split(b"\r\n\r\n")[0].decode("ascii", "replace")
    for line in head.splitlines():
        if line[:5].lower() == "date:":
            try:
                return parsedate_to_datetime(line[5:].strip()[:100]).astimezone()
            except (ValueError, TypeError, OverflowError):
                break
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
