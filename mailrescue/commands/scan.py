"""``scan``: one pass over every account, each on its own: one that fails does not stop the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailrescue.errors import LoginRefused, MailrescueError, PassingFault
from mailrescue.journal import Journal
from mailrescue.model.account import Account
from mailrescue.model.plan import Report
from mailrescue.wiring import Workshop

#: a passing fault is silent so long, then told once in so long
_PATIENCE = timedelta(hours=6)
_REMINDER = timedelta(days=1)
#: logins refused in a row before no more are tried: most servers lock an account out soon after
_LOGINS = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """How the scan of one account ended. ``tell`` says whether the error is worth a line to somebody who is not watching."""

    report: Report
    error: MailrescueError | None = None
    tell: bool = True


def scan(workshop: Workshop, accounts: tuple[Account, ...], now: datetime, *, dry_run: bool) -> list[Ended]:
    """Scan each account at ``now``. Raises CannotCreate or CannotWrite where the state cannot be kept at all."""
    journal = workshop.journal(dry_run=dry_run)
    try:
        return [_one(workshop, account, journal, now, dry_run=dry_run) for account in accounts]
    finally:
        journal.close()


def _one(workshop: Workshop, account: Account, journal: Journal, now: datetime, *, dry_run: bool) -> Ended:
    from mailrescue import rescue

    try:
        _mind_refusals(workshop, account, journal)
        store = workshop.store(account, renew=journal.note(account.name, "logins refused") is not None)
        try:
            report = rescue.scan(workshop.desk(account, journal, store), now, dry_run=dry_run)
        finally:
            store.close()
    except MailrescueError as error:
        return Ended(Report(account.name, error=str(error)), error, _worth_telling(workshop, journal, account, error, now))
    for name in ("trouble since", "trouble told", "logins refused"):
        if journal.note(account.name, name) is not None:
            journal.set_note(account.name, name, None)
    return Ended(report)


def _mind_refusals(workshop: Workshop, account: Account, journal: Journal) -> None:
    """Try no login that was refused three times in a row, until the configuration changes or a check by hand succeeds."""
    count, _, of = (journal.note(account.name, "logins refused") or "0 ").partition(" ")
    if int(count) >= _LOGINS and of == _stamp(workshop):
        raise LoginRefused(f"{account.name}: the login was refused {count} times in a row and is not tried again", "renew the password or token, then run: mailrescue doctor")


def _stamp(workshop: Workshop) -> str:
    return str(workshop.config.path.stat().st_mtime_ns)


def _worth_telling(workshop: Workshop, journal: Journal, account: Account, error: MailrescueError, now: datetime) -> bool:
    name, told = account.name, journal.note(account.name, "trouble told")
    if isinstance(error, LoginRefused):
        count, _, _ = (journal.note(name, "logins refused") or "0 ").partition(" ")
        journal.set_note(name, "logins refused", f"{int(count) + 1} {_stamp(workshop)}")
    since = journal.note(name, "trouble since")
    if since is None:
        journal.set_note(name, "trouble since", since := now.isoformat())
    if isinstance(error, PassingFault) and now - datetime.fromisoformat(since) < _PATIENCE:
        return False
    if isinstance(error, PassingFault | LoginRefused) and told and now - datetime.fromisoformat(told) < _REMINDER:
        return False
    journal.set_note(name, "trouble told", now.isoformat())
    return True
