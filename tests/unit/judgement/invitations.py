"""Makers of small invitations for the tests of judging: what a case does not name has a plain default."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from mailrescue.model.interview import Me
from mailrescue.model.mail import Message, MessageRef
from mailrescue.model.scheduling import Attendee, Invite
from mailrescue.model.words import Address, Passage
from mailrescue.reading import phones, text

START = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
NINA = Me("Nina Falk", ("nina@falk.example",), "+4915550100311", "+49 155 5010 0311", "Europe/Berlin", ("de", "en"))
OMAR = Me("Omar Haddad", ("omar.haddad@post.example",), "+447700900461", "+44 7700 900461", "Europe/London", ("en",))
SOFIA = Me("Sofía Lagos", ("sofia@lagos.example",), "+34600555019", "+34 600 55 50 19", "Europe/Madrid", ("es", "en"))
RUI = Me("Rui Teles", ("rui@teles.example",), "+351910000432", "+351 910 000 432", "Europe/Lisbon", ("pt", "en"))
ELISA = Me("Elisa Neri", ("elisa@neri.example",), "+393200000187", "+39 320 000 0187", "Europe/Rome", ("it", "en"))
JOOST = Me("Joost Kamp", ("joost@kamp.example",), "+31600000277", "+31 6 0000 0277", "Europe/Amsterdam", ("nl", "en"))
ZOE = Me("Zoé Perret", ("zoe@perret.example",), "+33639980455", "+33 6 39 98 04 55", "Europe/Paris", ("fr", "en"))


def address(written: str) -> Address:
    """``Name <mailbox@domain>`` as an Address."""
    name, _, email = written.rpartition("<")
    return Address(name.strip(), email.rstrip(">").strip().lower())


def invitation(
    me: Me,
    sender: str,
    title: str,
    *,
    where: str = "",
    says: str = "",
    mail: str = "",
    subject: str = "",
    organizer: str | None = None,
    attendees: tuple[str, ...] = (),
    to: str = "",
    reply_to: str = "",
    zone: str | None = None,
    regions: tuple[str, ...] = (),
    partstat: str = "NEEDS-ACTION",
    uninvited: bool = False,
    **more: object,
) -> tuple[Invite, Message]:
    """An event and the mail that carries it. ``says`` is the description, ``mail`` the body; ``organizer`` is the sender unless named, "" for none."""
    from_ = address(sender)
    likely = (*regions, *filter(None, (phones.of_zone(zone), phones.of_zone(me.timezone))))

    def passage(source: str, words: str) -> Passage:
        return Passage(source, words, phones.find(words, likely))

    chair = from_ if organizer is None else address(organizer) if organizer else None
    guests = tuple(Attendee(address(a)) for a in attendees)
    mine = () if uninvited else (Attendee(Address(me.name, me.addresses[0]), partstat),)
    values: dict[str, object] = {
        "method": "REQUEST", "uid": "case", "recurrence_id": None, "sequence": 0, "dtstamp": START, "start": START, "end": START + timedelta(minutes=30),
        "summary": title, "organizer": chair, "attendees": (*guests, *mine), "zone": zone,
        "passages": tuple(passage(s, w) for s, w in (("summary", title), ("location", where), ("description", says)) if w),
    }  # fmt: skip
    invite = Invite(**(values | more))  # type: ignore[arg-type]
    split = text.split(mail, from_.name)
    message = Message(
        ref=MessageRef("INBOX", 1, "1"), internal_date=START - timedelta(days=5), message_id="<case@x>", date=START - timedelta(days=5), from_=from_, sender=None,
        reply_to=(address(reply_to),) if reply_to else (), to=(address(to) if to else Address(me.name, me.addresses[0]),), cc=(), subject=subject or title,
        in_reply_to=(), references=(), invites=(invite,),
        passages=tuple(passage(s, w) for s, w in (("subject", subject or title), ("body", split.new), ("signature", split.signature), ("quoted", split.quoted)) if w),
    )  # fmt: skip
    return invite, message
