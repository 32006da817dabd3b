"""Small makers of values: what a test does not name has a plain default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from mailrescue.judgement.due import Case
from mailrescue.judgement.outcome import outcome
from mailrescue.model.interview import (
    Author,
    Direction,
    Evidence,
    EvidenceKind,
    Finding,
    Interview,
    Me,
    Outcome,
    Slot,
    Statement,
    Status,
    Word,
)
from mailrescue.model.mail import Mailboxes, Message, MessageRef
from mailrescue.model.policy import Policy
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Address, Passage

#: the slot of all cases: Tuesday 1 December 2026, 14:00 to 14:30 in Berlin
START = datetime(2026, 12, 1, 13, 0, tzinfo=UTC)
END = START + timedelta(minutes=30)
INVITED = START - timedelta(days=4)
ME = Me("Ada Quist", ("ada@quist.example",), "+4915550100200", "+49 155 5010 0200", "Europe/Berlin", ("en", "de"))
THEM = Address("Bea Stone", "bea@granite.example")
BOXES = Mailboxes("INBOX", "Drafts", "Sent", "Trash", junk="Junk")
POLICY = Policy()


def after(minutes: float = 0, hours: float = 0, days: float = 0) -> datetime:
    """A moment counted from the slot's start; negative is before."""
    return START + timedelta(minutes=minutes, hours=hours, days=days)


def finding(start: datetime = START, end: datetime | None = None, uid: str = "u1", **more: object) -> Finding:
    values: dict[str, object] = {
        "uid": uid, "recurrence_id": None, "summary": "Phone interview", "start": start, "end": end or start + timedelta(minutes=30),
        "direction": Direction.THEY_CALL, "phone": None, "access_code": None, "interviewer": THEM, "why_no_address": "", "company": "Granite",
        "language": "en", "status": Status.SCHEDULED, "zone": None, "invited_as": ME.addresses[0], "reasons": (),
    }  # fmt: skip
    return Finding(**(values | more))  # type: ignore[arg-type]


def message(
    number: int, at: datetime, from_: Address = THEM, to: Sequence[Address] = (), subject: str = "Phone interview", body: str = "", mailbox: str = "INBOX",
    answers: Sequence[int] = (), **more: object,
) -> Message:
    """A message <m NUMBER @x>, arrived ``at``; ``answers`` names the messages of its References."""
    ids = tuple(f"<m{n}@x>" for n in answers)
    values: dict[str, object] = {
        "ref": MessageRef(mailbox, 1, str(number)), "internal_date": at, "message_id": f"<m{number}@x>", "date": at, "from_": from_, "sender": None,
        "reply_to": (), "to": tuple(to) or (Address(ME.name, ME.addresses[0]),), "cc": (), "subject": subject, "in_reply_to": ids[-1:],
        "references": ids, "passages": (Passage("subject", subject), Passage("body", body)),
    }  # fmt: skip
    return Message(**(values | more))  # type: ignore[arg-type]


def invite_octets(uid: str, start: datetime, sent: datetime) -> bytes:
    """A mail as it arrives: half an hour by telephone, to which Bea calls Ada. Its Message-ID is ``<invite@granite.example>``."""
    return f"""From: Bea Stone <bea@granite.example>
To: Ada Quist <ada@quist.example>
Subject: Phone interview, Archivist
Date: {format_datetime(sent)}
Message-ID: <invite@granite.example>
MIME-Version: 1.0
Content-Type: text/calendar; method=REQUEST; charset=utf-8

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Granite//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:{uid}@granite.example
DTSTAMP:{sent.astimezone(UTC):%Y%m%dT%H%M%SZ}
DTSTART:{start.astimezone(UTC):%Y%m%dT%H%M%SZ}
DTEND:{(start + timedelta(minutes=30)).astimezone(UTC):%Y%m%dT%H%M%SZ}
SUMMARY:Phone interview, Archivist
DESCRIPTION:Bea will call you on your mobile for your application as Archivist.
ORGANIZER;CN=Bea Stone:mailto:bea@granite.example
ATTENDEE;CN=Ada Quist;PARTSTAT=NEEDS-ACTION:mailto:ada@quist.example
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def mine(number: int, at: datetime, **more: object) -> Message:
    """A message of the user's to the interviewer, in Sent."""
    return message(number, at, Address(ME.name, ME.addresses[0]), [THEM], mailbox="Sent", **more)  # type: ignore[arg-type]


def invite(start: datetime = START, uid: str = "u1", method: str = "REQUEST", sequence: int = 0, **more: object) -> Invite:
    values: dict[str, object] = {
        "method": method, "uid": uid, "recurrence_id": None, "sequence": sequence, "dtstamp": None, "start": start, "end": start + timedelta(minutes=30),
        "summary": "Phone interview", "organizer": THEM,
    }  # fmt: skip
    return Invite(**(values | more))  # type: ignore[arg-type]


def said(kind: EvidenceKind, at: datetime, author: Author = Author.THEIRS, number: int = 90, **more: object) -> Evidence:
    carried = mine(number, at) if author is Author.USER else message(number, at)
    return Evidence(kind, at, author, carried, Statement(kind, **more))  # type: ignore[arg-type]


def slot(start: datetime = START, status: Status = Status.SCHEDULED, set_at: datetime = INVITED, **more: object) -> Slot:
    found = finding(start, **more)
    return Slot(found.uid, None, found.start, found.end, status, found, set_at, set_at, (message(1, set_at, invites=(invite(start),)),))


def interview(*evidence: Evidence, word: Outcome | None = None, said_at: datetime = END, **more: object) -> Interview:
    own = Word(word, said_at) if word else None
    current = more.pop("slot", None) or slot()
    values: dict[str, object] = {"id": "granite-1201", "slots": (current,), "attempt": 1, "failed_them": False}
    became = outcome(current.start, evidence, own)  # type: ignore[attr-defined]
    return Interview(**(values | {"evidence": evidence, "outcome": became, "word": own} | more))  # type: ignore[arg-type]


def case(now: datetime, *evidence: Evidence, **more: object) -> Case:
    return Case.of(interview(*evidence, **more), now, POLICY, ME.timezone)  # type: ignore[arg-type]
