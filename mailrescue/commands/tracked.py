"""What the journal alone knows: the interviews tracked, without asking any server. For ``status``, ``outcome``, ``brief`` and ``explain``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailrescue import steps
from mailrescue.desk import Desk
from mailrescue.errors import UsageError
from mailrescue.journal import Journal
from mailrescue.judgement import suggestion
from mailrescue.judgement.due import Case
from mailrescue.judgement.suggestion import Suggestion
from mailrescue.judgement.track import Revision
from mailrescue.model.account import Account
from mailrescue.model.interview import Outcome, Word
from mailrescue.model.mail import Mailboxes
from mailrescue.model.plan import Report, Suggested
from mailrescue.wiring import Workshop

#: how far back mail is read for agreements in plain words
_RECENT = timedelta(days=21)


def reports(workshop: Workshop, journal: Journal, now: datetime, name: str | None = None) -> list[Report]:
    """The interviews in view of each account, as the last scan left them."""
    found = []
    for account in workshop.accounts(name):
        desk = workshop.desk(account, journal)
        known = cases(desk, now)
        words = tuple(
            Suggested(s.id, s.finding.start, str(s.message.from_.name or s.message.from_.email) if s.message.from_ else "", s.sentence, s.finding.medium)
            for s in suggestions(desk, known, now)
        )
        found.append(replace(steps.report(desk, known, (), (), (), ()), suggestions=words))
    return found


def suggestions(desk: Desk, known: Sequence[Case], now: datetime) -> list[Suggestion]:
    """Interviews to come that recent mail agrees in plain words, and that nothing tracks yet."""
    recent = [m for m in desk.journal.messages(desk.account) if m.internal_date > now - _RECENT]
    found = suggestion.suggestions(recent, [case.interview for case in known], desk.me, desk.lexicon)
    return [s for s in found if s.finding.start > now]


def cases(desk: Desk, now: datetime) -> list[Case]:
    """Every interview of one account, judged at ``now`` from what was read before."""
    return _judged(desk, now)[1]


def words(desk: Desk, now: datetime) -> dict[str, str]:
    """The text of each draft that a scan at ``now`` would want, by its Message-ID: of one that was written otherwise there is none."""
    revisions, known = _judged(desk, now)
    return {want.message_id: want.text for want in steps.draft(desk, known, revisions, now) if want.text}


def _judged(desk: Desk, now: datetime) -> tuple[list[Revision], list[Case]]:
    messages = desk.journal.messages(desk.account)
    revisions, _ = steps.find(desk, messages, now)
    return revisions, steps.judge(desk, steps.gather(desk, _mailboxes(desk), messages, revisions), now)


def chosen(workshop: Workshop, journal: Journal, now: datetime, interview: str) -> tuple[Account, Case]:
    """The interview of that id, or whose id begins so. Raises UsageError naming those that there are."""
    known = [(account, case) for account in workshop.accounts() for case in cases(workshop.desk(account, journal), now)]
    exact = [pair for pair in known if pair[1].interview.id == interview]
    found = exact or [pair for pair in known if pair[1].interview.id.startswith(interview)]
    if len(found) != 1:
        ids = ", ".join(sorted(case.interview.id for _, case in known)) or "none; run mailrescue scan first"
        raise UsageError(f"{'no interview is' if not found else 'several interviews are'} called {interview!r}", f"there are: {ids}")
    return found[0]


def at_hand(workshop: Workshop, journal: Journal, now: datetime, interview: str | None) -> tuple[Account | None, Case | None]:
    """The interview of that id, or with None the one that matters now (of all accounts). Raises UsageError as ``chosen`` does."""
    from mailrescue.commands import brief

    if interview:
        return chosen(workshop, journal, now, interview)
    owners = {id(case): (account, case) for account in workshop.accounts() for case in cases(workshop.desk(account, journal), now)}
    case = brief.at_hand([case for _, case in owners.values()])
    return owners[id(case)] if case else (None, None)


def say(journal: Journal, account: Account, case: Case, outcome: str, now: datetime) -> None:
    """Keep the user's word on the current slot."""
    journal.say(account.name, case.interview.slot.key, Word(Outcome(outcome), now))


def _mailboxes(desk: Desk) -> Mailboxes:
    sent, junk = (desk.journal.note(desk.account, f"mailbox {role}") for role in ("sent", "junk"))
    return Mailboxes(inbox="INBOX", drafts="", sent=sent, junk=junk)
