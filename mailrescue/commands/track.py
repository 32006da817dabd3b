"""``track``: follow an interview that no invite tells of, one that mail agreed in plain words or one that the user names."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from email.utils import parseaddr

from mailrescue.commands import tracked
from mailrescue.errors import UsageError
from mailrescue.journal import Journal
from mailrescue.judgement.suggestion import Suggestion
from mailrescue.model.account import Account
from mailrescue.model.interview import Direction, Finding, Status
from mailrescue.model.mail import Message, MessageRef
from mailrescue.model.words import Address
from mailrescue.wiring import Workshop


def accept(workshop: Workshop, journal: Journal, now: datetime, name: str) -> Finding:
    """Track the suggestion of that id. Raises UsageError naming those that there are."""
    known = [(account, s) for account in workshop.accounts() for s in _suggestions(workshop, account, journal, now)]
    found = [(account, s) for account, s in known if s.id == name]
    if len(found) != 1:
        ids = ", ".join(s.id for _, s in known) or "none"
        raise UsageError(f"no suggestion is called {name!r}", f"there are: {ids}; or name the interview yourself with --at and --with")
    account, chosen = found[0]
    journal.track(account.name, chosen.message, chosen.finding)
    return chosen.finding


def add(
    workshop: Workshop, journal: Journal, account: Account, now: datetime, *, at: datetime, who: str, phone: str | None, minutes: int, direction: str, company: str | None
) -> Finding:
    """Track what the user names. Raises UsageError for an address or number that is none."""
    from mailrescue.reading import phones

    me = workshop.config.me
    name, email = parseaddr(who)
    if "@" not in email:
        raise UsageError(f"{who!r} is no address", 'write --with "Anne Durand <anne@acme.example>"')
    number = phones.e164(phone, phones.regions(me, None, (), "")) if phone else None
    if phone and not number:
        raise UsageError(f"{phone!r} is no telephone number", "write it with its country code, as +44 20 7946 0123")
    uid = f"by-hand-{hashlib.sha256(f'{email} {at.isoformat()}'.encode()).hexdigest()[:16]}"
    interviewer = Address(name, email.lower())
    finding = Finding(
        uid=uid, recurrence_id=None, summary="Phone interview", start=at, end=at + timedelta(minutes=minutes), direction=Direction(direction), phone=number,
        access_code=None, interviewer=interviewer, why_no_address="", company=company, language=None, status=Status.SCHEDULED, zone=None,
        invited_as=None, reasons=("you track it yourself",),
    )  # fmt: skip
    journal.track(account.name, _no_message(finding, interviewer, now), finding)
    return finding


def forget(workshop: Workshop, journal: Journal, now: datetime, interview: str) -> None:
    """Track it no longer. Raises UsageError where it came by an invite, which only its organiser can take back."""
    account, case = tracked.chosen(workshop, journal, now, interview)
    if not journal.untrack(account.name, case.interview.slot.uid):
        raise UsageError(f"{interview} came by an invite", "decline it in your calendar; its drafts then go by themselves")


def _suggestions(workshop: Workshop, account: Account, journal: Journal, now: datetime) -> list[Suggestion]:
    desk = workshop.desk(account, journal)
    return tracked.suggestions(desk, tracked.cases(desk, now), now)


def _no_message(finding: Finding, interviewer: Address, now: datetime) -> Message:
    """It has no Message-ID, so no draft pretends to answer one."""
    return Message(MessageRef("", 0, finding.uid), now, "", now, interviewer, None, (), (), (), finding.summary, (), (), ())
