"""``scan``: one pass over every account, each on its own: one that fails does not stop the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailrescue.commands import remembering
from mailrescue.commands.remembering import Memory
from mailrescue.errors import LoginRefused, MailrescueError, PassingFault, UncertainDraft
from mailrescue.glance import Glance
from mailrescue.journal import Journal
from mailrescue.model.account import Account
from mailrescue.model.plan import Report
from mailrescue.wiring import Workshop

#: a passing fault is silent so long, then told once in so long
_PATIENCE = timedelta(hours=6)
_REMINDER = timedelta(days=1)
#: so many passing faults in a row are answered with waiting, 4 minutes first and then ever longer, up to half an hour
_FAULTS, _LONGEST_WAIT = 3, timedelta(minutes=30)
#: seconds that a whole run may take: less than cron's period
RUN_SECONDS = 240
#: logins refused in a row before no more are tried: most servers lock an account out soon after
_LOGINS = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """How the scan of one account ended. ``tell`` says whether the error is worth a line to somebody who is not watching."""

    report: Report
    error: MailrescueError | None = None
    tell: bool = True


def scan(workshop: Workshop, accounts: tuple[Account, ...], now: datetime, *, dry_run: bool, seen: Glance | None = None) -> list[Ended]:
    """Scan each account at ``now``. Raises CannotCreate or CannotWrite where the state cannot be kept at all.

    ``seen`` is what a glance before it left: sessions to go on with, and logins that were refused.
    """
    import time

    workshop.until = time.monotonic() + RUN_SECONDS
    journal = workshop.journal(dry_run=dry_run)
    try:
        memory = None if dry_run else remembering.Memory(workshop, journal, accounts, now)
        ended = [_one(workshop, account, journal, now, memory, seen, dry_run=dry_run) for account in accounts]
        if memory:
            memory.keep()
        return ended
    finally:
        journal.close()


def _one(workshop: Workshop, account: Account, journal: Journal, now: datetime, memory: Memory | None, seen: Glance | None, *, dry_run: bool) -> Ended:
    from mailrescue import rescue

    if seen and account.name in seen.refused:
        _count_refusal(workshop, account, journal)
    opened = seen.opened.get(account.name) if seen else None
    try:
        _mind_refusals(workshop, account, journal)
        _mind_faults(account, journal, now)
        store = workshop.store(account, renew=journal.note(account.name, "logins refused") is not None, opened=opened)
        try:
            report = rescue.scan(workshop.desk(account, journal, store), now, dry_run=dry_run)
            if memory:
                memory.note(account, store, report)
        finally:
            store.close()
    except MailrescueError as error:
        return Ended(Report(account.name, error=str(error)), error, _worth_telling(workshop, journal, account, error, now))
    if report.uncertain:
        doubt = UncertainDraft("; ".join(report.uncertain), "look into Drafts, and write that mail yourself if it is not there")
        return Ended(replace(report, error=str(doubt)), doubt, _worth_telling(workshop, journal, account, doubt, now))
    for name in ("trouble since", "trouble told", "logins refused", "faults"):
        if journal.note(account.name, name) is not None:
            journal.set_note(account.name, name, None)
    return Ended(report)


def _mind_refusals(workshop: Workshop, account: Account, journal: Journal) -> None:
    """Try no login that was refused three times in a row, until the configuration changes or a check by hand succeeds."""
    count, _, of = (journal.note(account.name, "logins refused") or "0 ").partition(" ")
    if int(count) >= _LOGINS and of == _stamp(workshop):
        raise LoginRefused(f"{account.name}: the login was refused {count} times in a row and is not tried again", f"renew it with mailrescue login {account.name}; where a command gives it, run mailrescue doctor once it is mended")


def _count_refusal(workshop: Workshop, account: Account, journal: Journal) -> None:
    count, _, _ = (journal.note(account.name, "logins refused") or "0 ").partition(" ")
    journal.set_note(account.name, "logins refused", f"{int(count) + 1} {_stamp(workshop)}")


def _mind_faults(account: Account, journal: Journal, now: datetime) -> None:
    """Leave a server alone for a while that failed several times in a row. Raises PassingFault, which counts for no further one."""
    count, _, last = (journal.note(account.name, "faults") or "0 ").partition(" ")
    if int(count) < _FAULTS:
        return
    until = datetime.fromisoformat(last) + min(timedelta(minutes=2 ** min(int(count) - 1, 10)), _LONGEST_WAIT)
    if datetime.fromisoformat(last) <= now < until:
        raise _Waiting(f"{account.name} failed {count} times in a row and is left alone until {until:%H:%M}", "the next scan after that tries again")


class _Waiting(PassingFault):
    """The account is left alone for now."""


def _stamp(workshop: Workshop) -> str:
    return str(workshop.config.path.stat().st_mtime_ns)


def _worth_telling(workshop: Workshop, journal: Journal, account: Account, error: MailrescueError, now: datetime) -> bool:
    name, told = account.name, journal.note(account.name, "trouble told")
    if isinstance(error, LoginRefused):
        _count_refusal(workshop, account, journal)
    if isinstance(error, PassingFault) and not isinstance(error, _Waiting):
        count, _, _ = (journal.note(name, "faults") or "0 ").partition(" ")
        journal.set_note(name, "faults", f"{int(count) + 1} {now.isoformat()}")
    since = journal.note(name, "trouble since")
    if since is None:
        journal.set_note(name, "trouble since", since := now.isoformat())
    if isinstance(error, PassingFault) and now - datetime.fromisoformat(since) < _PATIENCE:
        return False
    if isinstance(error, PassingFault | LoginRefused | UncertainDraft) and told and now - datetime.fromisoformat(told) < _REMINDER:
        return False
    journal.set_note(name, "trouble told", now.isoformat())
    return True
