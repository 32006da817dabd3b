"""The mailbox's past: invites that came before the first look and whose day may still lie ahead, found little by little.

The newest 90 days are read at once (``intake``); what lies behind them is looked through from the newest down, so many seconds a scan,
and the next scan goes on where this one stopped, or was killed. Only calendars count there: what people wrote so long ago does not.
"""

from __future__ import annotations

from datetime import datetime

from mailrescue import intake
from mailrescue.desk import Desk
from mailrescue.model.mail import Mailboxes, Message
from mailrescue.stores.base import Stretch

#: seconds that a scan spends on the past; a mailbox of 100,000 messages takes one or two on a server with a warm cache, fifteen with a cold one
SECONDS = 20


def look_back(desk: Desk, mailboxes: Mailboxes, now: datetime, seconds: float = SECONDS) -> bool:
    """Look through the past as far as the time allows; says whether all of it is done. A store whose past is done is not asked."""
    from time import monotonic

    end = monotonic() + seconds
    for mailbox in dict.fromkeys(name for name in (mailboxes.inbox, *mailboxes.evidence, mailboxes.archive) if name):
        past = _Past(desk, mailbox)
        if past.done:
            continue
        for stretch in desk.store.back(mailbox, past.mark, now - intake.FIRST_LOOK):
            past.keep(stretch, _ahead(desk, mailboxes, stretch, now))
            if monotonic() >= end and not past.done:
                return False
    return True


class _Past:
    """How far back one mailbox was looked through; anew where it is another mailbox of that name."""

    def __init__(self, desk: Desk, mailbox: str) -> None:
        self._desk, self._key = desk, f"{mailbox}\0past"
        self._which = (desk.journal.position(desk.account, mailbox) or "").partition(":")[0]
        which, _, mark = (desk.journal.position(desk.account, self._key) or "").partition(" ")
        self.mark = mark if which == self._which and mark else None
        self.done = self.mark == _DONE or not self._which
        self._total, self._mailbox = 0, mailbox

    def keep(self, stretch: Stretch, messages: list[Message]) -> None:
        """Remember what was found, and how far it goes, in one step."""
        self.mark = stretch.mark if stretch.left else _DONE
        self.done = self.mark == _DONE
        self._desk.journal.keep(self._desk.account, self._key, f"{self._which} {self.mark}", messages)
        self._total = self._total or stretch.left
        self._desk.progress(self._mailbox, self._total - stretch.left, self._total)


_DONE = "done"


def _ahead(desk: Desk, mailboxes: Mailboxes, stretch: Stretch, now: datetime) -> list[Message]:
    """The messages of a stretch whose calendar may lie ahead, read whole."""
    from mailrescue.reading import dates

    refs = list(dict.fromkeys(ref for ref, octets in stretch.calendars if dates.may_lie_ahead(octets, now)))
    found = [intake.read(desk, stored, mailboxes) for stored in desk.store.fetch(refs)] if refs else []
    return [message for message in found if message.invites]
