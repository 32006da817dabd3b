"""``doctor``: is everything in place? Configuration, templates, secret, login, mailboxes, clock, schedule: one line each, and the cure where it is not.

Looks only: it marks nothing as read, writes nothing but a token that it had to renew, and asks nobody. ``as_cron`` has the same done by a child process in the bare
environment that cron gives to its jobs.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from mailrescue import secrets
from mailrescue.commands import lock, schedule
from mailrescue.commands.setup import ways
from mailrescue.config import zone_of_the_system
from mailrescue.errors import ConfigurationError, MailrescueError
from mailrescue.journal import Journal
from mailrescue.model.account import Account, Auth, ImapAccount
from mailrescue.model.draft import DraftKind
from mailrescue.stores.base import Listed, MailStore
from mailrescue.wiring import Workshop, greet

_CLOCK = timedelta(minutes=10)
#: after so long without a scan that succeeded, a schedule of five minutes does not work
_LATE = timedelta(hours=2)
#: of the newest messages in INBOX so many are looked at
_LOOKED_AT = 200
_CRON_SECONDS = 300.0


class Level(StrEnum):
    """How a check ended."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One line. ``account`` is empty where it concerns all; ``cure`` is empty where nothing is to be done."""

    name: str
    level: Level
    what: str
    cure: str = ""
    account: str = ""


def examine(workshop: Workshop, environ: Mapping[str, str], now: datetime) -> Iterator[Check]:
    """Every check, as it ends. Without a configuration that can be read there is only that one."""
    try:
        config = workshop.config
        accounts = workshop.accounts()
    except ConfigurationError as error:
        yield Check("configuration", Level.BAD, error.what, error.cure)
        yield from (Check("configuration", Level.BAD, what, cure) for what, cure in error.problems)
        return
    yield Check("configuration", Level.GOOD, str(config.path))
    yield from (Check("configuration", Level.WARNING, note, "fine where it is meant so; otherwise change that line") for note in config.notes)
    yield _zone(config.me.timezone, environ)
    yield from _templates(workshop, config.me.languages)
    for account in accounts:
        yield from _account(workshop, account, environ, now)
    yield from _schedule(workshop, accounts, environ, now)


def as_cron(command: Sequence[str], environ: Mapping[str, str]) -> list[Check]:
    """What ``examine`` finds in the environment that cron gives to jobs (crontab(5)): HOME, LOGNAME, SHELL, PATH and no more.

    ``command`` is mailrescue with its places, as the schedule runs it.
    """
    user = environ.get("LOGNAME") or environ.get("USER") or ""
    bare = {"HOME": environ.get("HOME", "/"), "LOGNAME": user, "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    try:
        done = subprocess.run([*command, "doctor", "--json"], env=bare, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_CRON_SECONDS, check=False)
        rows = json.loads(done.stdout)["checks"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
        return [Check("as cron", Level.BAD, f"in cron's environment nothing came back ({type(error).__name__})", "see what a scan says: env -i HOME=$HOME " + " ".join(command) + " scan")]
    return [Check(**{**row, "level": Level(row["level"])}) for row in rows]


def text(checks: Sequence[Check]) -> list[str]:
    """The lines for a person."""
    signs = {Level.GOOD: "ok  ", Level.WARNING: "note", Level.BAD: "BAD "}
    lines = []
    for check in checks:
        where = f"{check.account}: " if check.account else ""
        lines.append(f"{signs[check.level]}  {check.name:<13} {where}{check.what}")
        if check.cure:
            lines.append(f"{'':20}→ {check.cure}")
    return lines


def as_json(checks: Sequence[Check]) -> dict[str, Any]:
    """The object that ``--json`` prints: ``checks``, each with name, level, what, cure and account."""
    return {"checks": [{**asdict(check), "level": check.level.value} for check in checks]}


# ---- this computer -----------------------------------------------------------------------------------------------------


def _zone(zone: str, environ: Mapping[str, str]) -> Check:
    system = zone_of_the_system(environ)
    if system in (None, zone):
        return Check("time zone", Level.GOOD, zone)
    return Check("time zone", Level.WARNING, f"{zone}, and the system says {system}", "fine if your mails are to say the first; otherwise set me.timezone")


def _templates(workshop: Workshop, languages: Sequence[str]) -> Iterator[Check]:
    """Whether there is one for each language and kind, and whether the user's own can be used."""
    templates = workshop.templates
    there = {(name.language, name.kind) for name in templates.names()}
    missing = [f"{language}/{kind}" for language in languages for kind in DraftKind if (language, kind) not in there]
    wrong = templates.check(workshop.config.templates) if workshop.config.templates.is_dir() else []
    if missing:
        yield Check("templates", Level.WARNING, f"there is none for {', '.join(missing)}", f"write it into {workshop.config.templates}, or take the language out of me.languages")
    for problem in wrong:
        yield Check("templates", Level.BAD, str(problem), "mend it, or remove the file: the built-in one then serves")
    if not missing and not wrong:
        yield Check("templates", Level.GOOD, f"five kinds in {', '.join(languages)}")


def _schedule(workshop: Workshop, accounts: Sequence[Account], environ: Mapping[str, str], now: datetime) -> Iterator[Check]:
    found = []
    for scheduler in schedule.schedulers(environ):
        try:
            found += [what] if (what := scheduler.installed()) else []
        except MailrescueError:
            continue        # a scheduler that does not answer runs nothing
    if not found:
        yield Check("schedule", Level.WARNING, "nothing runs the scan", "mailrescue schedule install")
    elif len(found) > 1:
        yield Check("schedule", Level.WARNING, f"two run the scan: {'; '.join(found)}", "keep one: mailrescue schedule remove, then install")
    else:
        yield Check("schedule", Level.GOOD, found[0])
    journal = workshop.journal(dry_run=True)
    for account in accounts:
        yield _last_success(workshop, journal, account, bool(found), now)
    journal.close()


def _last_success(workshop: Workshop, journal: Journal, account: Account, scheduled: bool, now: datetime) -> Check:
    last, trouble = lock.last_scan(workshop.state), journal.note(account.name, "trouble since")
    if last is None:
        return Check("last scan", Level.GOOD, "none yet", account=account.name)
    fault = stale(workshop, journal, account, now, _LATE) if scheduled else ""
    if fault:
        return Check("last scan", Level.BAD, fault, "see why: mailrescue -v scan", account.name)
    if trouble:
        return Check("last scan", Level.WARNING, f"none has succeeded since {_clock_time(trouble, now)}", "see why: mailrescue -v scan", account.name)
    return Check("last scan", Level.GOOD, f"at {last.astimezone(now.tzinfo):%Y-%m-%d %H:%M}, and it succeeded", account=account.name)


def stale(workshop: Workshop, journal: Journal, account: Account, now: datetime, most: timedelta) -> str:
    """Why the account's last good scan may be longer ago than ``most``, in words; empty where it is not. For monitors, and for doctor."""
    last, trouble = lock.last_scan(workshop.state), journal.note(account.name, "trouble since")
    if last is None:
        return "no scan has run yet"
    if now - last > most:
        return f"the last scan was at {last.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if trouble and now - datetime.fromisoformat(trouble) >= most:
        return f"no scan has succeeded since {_clock_time(trouble, now)}"
    return ""


def _clock_time(noted: str, now: datetime) -> str:
    return f"{datetime.fromisoformat(noted).astimezone(now.tzinfo):%Y-%m-%d %H:%M}"


# ---- one account --------------------------------------------------------------------------------------------------------


def _account(workshop: Workshop, account: Account, environ: Mapping[str, str], now: datetime) -> Iterator[Check]:
    """From the secret to the newest mail; ends at the first thing without which the rest cannot be seen."""
    try:
        if isinstance(account, ImapAccount) and not (yield from _way_in(workshop, account, environ)):
            return
        store = workshop.store(account)
        try:
            yield from _mail(store, account, now)
        finally:
            store.close()
    except MailrescueError as error:
        yield Check(_STAGE.get(type(error).__name__, "mailbox"), Level.BAD, error.what, error.cure, account.name)


_STAGE = {"LoginRefused": "login", "ConfigurationError": "configuration", "PassingFault": "server"}


def _way_in(workshop: Workshop, account: ImapAccount, environ: Mapping[str, str]) -> Generator[Check, None, bool]:
    """The server, the secret, the login, and what the server can. Returns whether there is a way in."""
    where = f"{account.host}:{account.port}"
    by_password, by_token = ways(greet(account))
    offered = [way for way, there in (("passwords", by_password), ("OAuth2", by_token)) if there]
    yield Check("server", Level.GOOD, f"{where} takes {' and '.join(offered) or 'no login that we know'}", account=account.name)
    if not (by_token if account.auth is Auth.OAUTH2 else by_password):
        yield Check("login", Level.BAD, f"{where} does not take what auth = \"{account.auth.value}\" gives", "run mailrescue setup again", account.name)
        return False
    try:
        secret = workshop.secret(account)()
    except ConfigurationError as error:
        yield Check("secret", Level.BAD, error.what, error.cure, account.name)
        return False
    yield Check("secret", Level.GOOD, f"from {secrets.source_of(account, environ)}", account=account.name)
    can = greet(account, lambda: secret)
    yield Check("login", Level.GOOD, f"{account.user} at {where}", account=account.name)
    if account.security == "none":
        yield Check("login", Level.WARNING, "without encryption, on this machine alone", "fine here; where the server can, write security = \"starttls\"", account.name)
    if "MOVE" not in can and "UIDPLUS" not in can:
        yield Check("withdrawing", Level.WARNING, "the server has neither MOVE nor UIDPLUS: an outdated draft is left in Drafts, and told", "delete such a draft yourself when a scan names it", account.name)
    else:
        yield Check("withdrawing", Level.GOOD, f"the server has {' and '.join(sorted({'MOVE', 'UIDPLUS'} & can))}", account=account.name)
    return True


def _mail(store: MailStore, account: Account, now: datetime) -> Iterator[Check]:
    """The mailboxes, and what the newest mail tells of the clock and of invites."""
    boxes = store.mailboxes()
    yield Check("mailboxes", Level.GOOD, f"Drafts is {boxes.drafts!r}, Sent {boxes.sent!r}, Trash {boxes.trash!r}, archive {boxes.archive!r}", account=account.name)
    if boxes.sent is None:
        yield Check("mailboxes", Level.WARNING, "no Sent mailbox: what you send yourself is not seen", f"write sent under [accounts.{account.name}]", account.name)
    if boxes.trash is None:
        yield Check("mailboxes", Level.WARNING, "no Trash: an outdated draft is removed for good", f"write trash under [accounts.{account.name}]", account.name)
    newest = list(islice(store.survey(boxes.inbox, None), _LOOKED_AT))
    yield _clock(newest, account, now)
    if isinstance(account, ImapAccount):
        yield from _office365(newest, account)


def _clock(newest: Sequence[Listed], account: Account, now: datetime) -> Check:
    """A server stamps mail as it arrives; a stamp that lies ahead of us shows that our clock is behind. IMAP tells no more of its clock."""
    last = max((one.internal_date for one in newest), default=None)
    if last is None:
        return Check("clock", Level.GOOD, "INBOX is empty, so there is nothing to compare with", account=account.name)
    if last - now > _CLOCK:
        minutes = round((last - now).total_seconds() / 60)
        return Check("clock", Level.BAD, f"mail arrived {minutes} minutes ahead of this computer's clock", "set the clock: timedatectl set-ntp true", account.name)
    return Check("clock", Level.GOOD, f"no mail is ahead of it; the newest came at {last.astimezone(now.tzinfo):%Y-%m-%d %H:%M}", account=account.name)


def _office365(newest: Sequence[Listed], account: ImapAccount) -> Iterator[Check]:
    """Exchange Online may give IMAP clients a link in the place of an invite, until the user says otherwise."""
    if account.host.lower() not in ("outlook.office365.com", "imap-mail.outlook.com"):
        return
    if any(one.calendar for one in newest):
        yield Check("invites", Level.GOOD, "invites arrive as calendar data", account=account.name)
        return
    yield Check(
        "invites", Level.WARNING, f"none of the newest {len(newest)} messages carries a calendar: Outlook may hide invites from mail programs",
        "on the web: Settings, Mail, POP and IMAP: send meeting invitations in iCalendar format", account.name,
    )  # fmt: skip
