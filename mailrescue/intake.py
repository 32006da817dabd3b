"""New mail in: what arrived since the last scan is read once, and what may matter is kept in the journal.

Only positions tell what is new. Only messages that carry a calendar are fetched and, while an interview is in view, those recent enough
to say something about it; only what people or telephone services wrote is kept. What is older than the first look: ``lookback``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mailrescue.desk import Desk
from mailrescue.model.mail import Mailboxes, Message, MessageRef, SetAside, StoredMessage
from mailrescue.stores.base import Listed

#: how far back the first scan looks for invites, and for mail that may say something about a slot
FIRST_LOOK = timedelta(days=90)
RECENT = timedelta(days=35)
#: what no interview in view can need any more
_OUTLIVED = timedelta(days=120)
_BATCH = 50
#: an interview that mail agrees in plain words lies at most so far ahead of that mail, and a letter is no larger
_AGREED = timedelta(days=14)
_LETTER = 32 * 1024
#: so many messages read are remembered before the mailbox's end is reached
_WORTH_KEEPING = 500
#: characters of a message's new text that are kept; the longest human mail about a slot is far shorter
_KEPT_TEXT = 6000


def take_in(desk: Desk, mailboxes: Mailboxes, now: datetime) -> list[SetAside]:
    """Read what is new in every mailbox that is read at all; returns what could not be read, each once.

    Invites always, and letters of the last two weeks, which may agree an interview in plain words; all else that people and telephone
    services write once an interview is in view (``other_mail``), because only then it says anything.
    """
    set_aside: list[SetAside] = []
    everything = desk.journal.note(desk.account, _EVERYTHING) is not None
    known = {name: since for name in _read_at_all(mailboxes) if (since := desk.journal.position(desk.account, name))}
    for name, position in desk.store.positions(_read_at_all(mailboxes), known).items():
        since = known.get(name)
        if position != since:
            earlier = since if since and since.partition(":")[0] == position.partition(":")[0] else None
            set_aside += _take_in(desk, mailboxes, name, earlier, position, now, everything=everything)
    return set_aside


def other_mail(desk: Desk, mailboxes: Mailboxes, now: datetime, *, wanted: bool) -> list[SetAside] | None:
    """From the first interview in view on, what people wrote around it counts: read what is recent once, and then whatever comes.

    None where there is nothing more to read than ``take_in`` has read.
    """
    reading = desk.journal.note(desk.account, _EVERYTHING) is not None
    if wanted == reading:
        return None
    if not wanted:
        desk.journal.set_note(desk.account, _EVERYTHING, None)
        return None
    set_aside: list[SetAside] = []
    for name in _read_at_all(mailboxes):
        if position := desk.journal.position(desk.account, name):
            set_aside += _take_in(desk, mailboxes, name, None, position, now, everything=True)
    desk.journal.set_note(desk.account, _EVERYTHING, now.isoformat())
    return set_aside


_EVERYTHING = "reads all recent mail since"


def _read_at_all(mailboxes: Mailboxes) -> list[str]:
    names = [mailboxes.inbox, mailboxes.sent, *mailboxes.evidence, mailboxes.archive, mailboxes.junk]
    return list(dict.fromkeys(name for name in names if name))


def _take_in(desk: Desk, mailboxes: Mailboxes, name: str, since: str | None, position: str, now: datetime, *, everything: bool) -> list[SetAside]:
    set_aside: list[SetAside] = []
    kept: list[Message] = []
    so_far = _SoFar(desk, name)
    for batch in _arrived(desk, name, since, now, so_far.read, everything=everything):
        for stored in batch:
            message = read(desk, stored, mailboxes)
            set_aside += message.set_aside
            if _matters(message):
                kept.append(replace(message, set_aside=()))
        if so_far.is_worth_keeping(batch):
            desk.journal.keep(desk.account, name, None, kept, doubted=mailboxes.junk)
            so_far.keep()
            kept = []
    desk.journal.keep(desk.account, name, position, kept, doubted=mailboxes.junk)
    so_far.forget()
    return set_aside


def forget_outlived(desk: Desk, messages: list[Message], now: datetime) -> None:
    """Drop from the journal what can never matter again, so that it stays small."""
    old = [m.message_id for m in messages if m.internal_date < now - _OUTLIVED and all((i.end or m.internal_date) < now - RECENT for i in m.invites)]
    if old:
        desk.journal.forget(desk.account, old)


def _arrived(desk: Desk, mailbox: str, since: str | None, now: datetime, read_before: frozenset[MessageRef], *, everything: bool) -> Iterator[list[StoredMessage]]:
    wanted: list[MessageRef] = []
    for count, item in enumerate(desk.store.survey(mailbox, since, not_before=None if since else now - FIRST_LOOK), 1):
        if (item.calendar or _says_something(item, now, everything=everything)) and item.ref not in read_before:
            wanted.append(item.ref)
        if count % _BATCH == 0:
            desk.progress(mailbox, count, None)
    for begin in range(0, len(wanted), _BATCH):
        desk.progress(mailbox, begin, len(wanted))
        yield list(desk.store.fetch(wanted[begin:begin + _BATCH]))


def _says_something(item: Listed, now: datetime, *, everything: bool) -> bool:
    """Whether a message without a calendar is worth reading: all that is recent once an interview is in view; before, what may agree one in words."""
    if everything:
        return item.internal_date >= now - RECENT
    return item.ref.mailbox == "INBOX" and item.size <= _LETTER and item.internal_date >= now - _AGREED


class _SoFar:
    """How much of one mailbox was read when a scan ended in its midst: the next one goes on there. Small scans leave no trace."""

    def __init__(self, desk: Desk, mailbox: str) -> None:
        self._desk, self._mailbox, self._note = desk, mailbox, f"read so far {mailbox}"
        self._noted = desk.journal.note(desk.account, self._note) or ""
        self._since_kept = 0
        self.read = frozenset(MessageRef(mailbox, validity, uid) for validity, uid in json.loads(self._noted or "[]"))

    def is_worth_keeping(self, batch: list[StoredMessage]) -> bool:
        """Whether, with this batch read as well, so much was read that reading it again would hurt."""
        self.read |= {stored.ref for stored in batch}
        self._since_kept += len(batch)
        return self._since_kept >= _WORTH_KEEPING

    def keep(self) -> None:
        """Remember it."""
        self._noted = json.dumps([(ref.uidvalidity, ref.uid) for ref in self.read])
        self._desk.journal.set_note(self._desk.account, self._note, self._noted)
        self._since_kept = 0

    def forget(self) -> None:
        """The mailbox is read to its end."""
        if self._noted:
            self._desk.journal.set_note(self._desk.account, self._note, None)


def read(desk: Desk, stored: StoredMessage, mailboxes: Mailboxes) -> Message:
    """The message, as much of it as is kept; what could not be read in it is said in its ``set_aside``."""
    return _shortened(_read(desk, stored, mailboxes))


def _read(desk: Desk, stored: StoredMessage, mailboxes: Mailboxes) -> Message:
    from mailrescue.drafting import compose
    from mailrescue.reading import mime

    try:
        message = mime.read(stored, desk.me)
    except Exception as error:  # noqa: BLE001  the last wall: one poisoned mail must never stop a scan
        return _unreadable(stored, error)
    if stored.ref.mailbox == mailboxes.sent or (message.from_ and desk.me.is_me(message.from_.email)):
        return replace(message, digest=compose.digest_of(stored.octets))
    return message


def _unreadable(stored: StoredMessage, error: Exception) -> Message:
    ref: MessageRef = stored.ref
    why = SetAside(f"message {ref.uid} in {ref.mailbox}", f"it could not be read ({type(error).__name__})")
    return Message(ref, stored.internal_date, f"<{ref.uid}@unreadable.invalid>", None, None, None, (), (), (), "", (), (), (), set_aside=(why,))


def _matters(message: Message) -> bool:
    from mailrescue.judgement import automatic

    return bool(message.invites or message.notice or (message.from_ and not automatic.is_bulk(message)))


def _shortened(message: Message) -> Message:
    passages = tuple(
        replace(p, text=p.text[:_KEPT_TEXT], numbers=tuple(n for n in p.numbers if n.end <= _KEPT_TEXT)) for p in message.passages if p.source != "quoted"
    )
    return replace(message, passages=passages)
