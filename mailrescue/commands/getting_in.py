"""The words of ``setup``, ``login``, ``doctor`` and ``schedule``: options in, values out, and the order in which they follow each other."""

from __future__ import annotations

import argparse
import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mailrescue.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from mailrescue.commands.doctor import Check
    from mailrescue.commands.setup import Given
    from mailrescue.commands.terminal import Terminal
    from mailrescue.model.account import Account, ImapAccount
    from mailrescue.oauth import Clock, Tokens
    from mailrescue.wiring import Workshop


# ---- options ----------------------------------------------------------------------------------------------------------


def setup_options(verb: argparse.ArgumentParser) -> None:
    """Everything that the wizard would ask."""
    you = verb.add_argument_group("you")
    you.add_argument("--name", default="", help="as it stands under your mails")
    you.add_argument("--address", action="append", default=[], metavar="ADDRESS", help="yours; the account's first, again for an alias (name+tag@ is you without being named)")
    you.add_argument("--phone", default="", help="for those who are to call you back")
    you.add_argument("--timezone", default="", metavar="ZONE", help="as Europe/Paris (default: the system's)")
    you.add_argument("--language", action="append", default=[], metavar="CODE", help="two letters; the first serves when in doubt")
    mailbox = verb.add_argument_group("the mailbox")
    mailbox.add_argument("--account", default="", metavar="NAME", help="its name in the configuration (default: personal)")
    mailbox.add_argument("--maildir", default="", metavar="FOLDER", help="a Maildir on this computer instead of a server")
    mailbox.add_argument("--host", default="", help="the IMAP server (default: found from the address)")
    mailbox.add_argument("--port", type=int)
    mailbox.add_argument("--security", choices=["tls", "starttls", "none"], default="")
    mailbox.add_argument("--ca-file", default="", metavar="FILE", help="the certificate of a private authority")
    mailbox.add_argument("--user", default="", help="the login's name (default: the address)")
    for role in ("drafts", "sent", "trash"):
        mailbox.add_argument(f"--{role}", default="", metavar="MAILBOX", help="where the server does not tell which it is")
    mailbox.add_argument("--calendar", action="append", default=[], metavar="PATH", help="an .ics file or a folder of them, for free times")
    secret = verb.add_argument_group("the way in (default: a password, asked for and put into the keyring)")
    secret.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    secret.add_argument("--password-command", default="", metavar="COMMAND", help="a program that prints it, with its arguments; no shell reads it")
    secret.add_argument("--token-command", default="", metavar="COMMAND", help="a program that prints an OAuth2 token")
    secret.add_argument("--client-id", default="", metavar="ID", help="OAuth2 with your own client id (docs/oauth2.md)")
    _flow_options(secret)
    secret.add_argument("--provider", default="", help="who gives the tokens: microsoft, google, fastmail (default: by the server)")
    for name in ("authorize", "token", "device"):
        secret.add_argument(f"--{name}-url", default="", metavar="URL", help=argparse.SUPPRESS)
    secret.add_argument("--scope", default="", help=argparse.SUPPRESS)
    end = verb.add_argument_group("and then")
    end.add_argument("--schedule", choices=["ask", "auto", "systemd", "cron", "launchd", "none"], default="ask", help="what runs it every five minutes (default: ask)")
    end.add_argument("--yes", action="store_true", help="ask nothing: take options and defaults")


def login_options(verb: argparse.ArgumentParser) -> None:
    """Which account, and how."""
    verb.add_argument("account", nargs="?", metavar="ACCOUNT", help="its name in the configuration; may be left out where there is one")
    _flow_options(verb)
    verb.add_argument("--password-stdin", action="store_true", help="read the password, or the client's secret, from standard input")


def _flow_options(verb: argparse._ActionsContainer) -> None:
    """``flow`` is device, browser, or empty: as the provider's row says."""
    how = verb.add_mutually_exclusive_group()
    how.add_argument("--device", dest="flow", action="store_const", const="device", default="", help="OAuth2: type a code on any device")
    how.add_argument("--browser", dest="flow", action="store_const", const="browser", help="OAuth2: a page in the browser of this computer")


def schedule_options(verb: argparse.ArgumentParser) -> None:
    """What to do, and with what."""
    verb.add_argument("action", choices=["install", "show", "remove"])
    verb.add_argument("--using", choices=["systemd", "cron", "launchd"], help="this one (default: the first that answers)")


def age(text: str) -> timedelta:
    """A length of time as a monitor's configuration says it: 90m, 2h, 1d."""
    found = re.fullmatch(r"(\d{1,5})([mhd])", text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no length of time such as 90m, 2h or 1d")
    return timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[found[2]]: int(found[1])})


def given(options: argparse.Namespace) -> Given:
    """What the options of ``setup`` say."""
    from mailrescue.commands import terminal
    from mailrescue.commands.setup import Given
    from mailrescue.model.account import OAuth2Client

    named = {key: value for key in ("provider", "authorize_url", "token_url", "device_url", "scope") if (value := getattr(options, key))}
    if named and not options.client_id:
        raise UsageError("the provider of tokens is named, and no client id", "add --client-id (docs/oauth2.md shows how to get one)")
    return Given(
        name=options.name, addresses=tuple(options.address), phone=options.phone, timezone=options.timezone, languages=tuple(options.language),
        account=options.account, maildir=options.maildir, host=options.host, port=options.port, security=options.security, ca_file=options.ca_file,
        user=options.user, password_command=terminal.command(options.password_command, "--password-command"), token_command=terminal.command(options.token_command, "--token-command"),
        oauth2=OAuth2Client(client_id=options.client_id, **named) if options.client_id else None,
        roles={role: value for role in ("drafts", "sent", "trash") if (value := getattr(options, role))},
        calendars=tuple(str(Path(c).expanduser().absolute()) for c in options.calendar),
    )  # fmt: skip


# ---- setup ------------------------------------------------------------------------------------------------------------


def set_up(options: argparse.Namespace, workshop: Workshop, terminal: Terminal, environ: Mapping[str, str], now: datetime, clock: Clock, wait: Callable[[float], None]) -> int:
    """The wizard to its end: account, schedule, cron's view, and what a scan would do now. Returns the exit status."""
    from mailrescue.commands import setup

    def by_page(account: ImapAccount, terminal: Terminal) -> Tokens:
        return fetch_tokens(account, terminal, clock, wait, options.flow)

    around = setup.Surroundings(workshop.place, environ, by_page)
    account = setup.run(given(options), terminal, around)
    status = _offer_schedule(options, workshop, terminal, environ)
    terminal.say()
    terminal.say("a first look at the mailbox, nothing is written")
    for line in _preview(workshop, account, now):
        terminal.say(line)
    return status


def _offer_schedule(options: argparse.Namespace, workshop: Workshop, terminal: Terminal, environ: Mapping[str, str]) -> int:
    from mailrescue.commands import terminal as asking

    wanted = options.schedule
    if wanted == "ask":
        somebody = not isinstance(terminal, asking.Nobody)
        wanted = "auto" if somebody and asking.yes(terminal, "run it every five minutes from now on", True, "--schedule") else "none"
    if wanted == "none":
        terminal.say("nothing runs it yet; when you want that: mailrescue schedule install")
        return 0
    lines, status = install(workshop, environ, None if wanted == "auto" else wanted)
    for line in lines:
        terminal.say(line)
    return status


def _preview(workshop: Workshop, account: Account, now: datetime) -> Iterator[str]:
    """What a scan sees, and would do, on the real mailbox; nothing is written."""
    from mailrescue.commands import scan, show

    (ended,) = scan.scan(workshop, workshop.accounts(account.name), now, dry_run=True)
    zone = workshop.config.me.timezone
    if ended.error:
        yield f"a first look at {account.name} failed: {ended.error}"
        return
    seen = ended.report.interviews
    yield f"{len(seen) or 'no'} phone interview{'' if len(seen) == 1 else 's'} in view{'; when an invite comes, it is seen' if not seen else ':'}"
    for tracked in seen:
        who = tracked.interview.finding.interviewer
        yield f"  {show.when(tracked.start, now, zone)}  {tracked.interview.finding.summary}{f', {who.name or who.email}' if who else ''}"
        if tracked.next:
            yield f"      next: the {tracked.next[0]} draft, {show.when(tracked.next[1], now, zone)}"
    lines = show.report_text(ended.report, dry_run=True, all_of_it=False)
    yield from (["what a scan would do now:", *(f"  {line}" for line in lines)] if lines else ["nothing is to be drafted at this moment"])


# ---- login ------------------------------------------------------------------------------------------------------------


def log_in(workshop: Workshop, name: str | None, terminal: Terminal, environ: Mapping[str, str], clock: Clock, wait: Callable[[float], None], how: str) -> str:
    """Renew what the keyring holds for an account, once the server has taken it. Returns the line to tell. Raises LoginRefused and the like; then nothing has changed."""
    from mailrescue import oauth, secrets
    from mailrescue.model.account import Auth, ImapAccount
    from mailrescue.wiring import greet

    account = _one_account(workshop, name)
    if not isinstance(account, ImapAccount) or account.password_command or account.token_command:
        raise UsageError(f"{account.name} needs no login here", "its command, or its folder, is all there is; see mailrescue doctor")
    if account.auth is Auth.OAUTH2:
        tokens = fetch_tokens(account, terminal, clock, wait, how)
        greet(account, lambda: tokens.access)
        oauth.keep(account, tokens, environ)
    else:
        password = terminal.secret(f"the password of {account.user} at {account.host}", "--password-stdin")
        greet(account, lambda: password)
        secrets.keep_secret(account, password, environ, 120)
    forget_refusals(workshop, account)
    return f"{account.name}: {account.host} takes the login of {account.user}; the keyring holds it"


def _one_account(workshop: Workshop, name: str | None) -> Account:
    accounts = workshop.accounts(name)
    if len(accounts) > 1:
        raise UsageError("there are several accounts", f"say which: mailrescue login {accounts[0].name}")
    return accounts[0]


def fetch_tokens(account: ImapAccount, terminal: Terminal, clock: Clock, wait: Callable[[float], None], how: str) -> Tokens:
    """A first login at the account's authorization server: by ``device`` or ``browser``, or as its row says."""
    import webbrowser

    from mailrescue import oauth

    where = oauth.endpoints_of(account)
    flow = how or where.flow
    if (flow == "device" and not where.device_url) or (flow == "browser" and not where.authorize_url):
        raise ConfigurationError(f"accounts.{account.name}.oauth2: there is no login by {flow} at this provider", "leave --device or --browser out, or write the address in the configuration")
    secret = terminal.secret("the client's secret, as the provider's console shows it", "--password-stdin") if where.secret else ""
    if flow == "device":
        return oauth.by_device(account, secret, terminal.say, wait, clock)
    return oauth.by_browser(account, secret, terminal.say, webbrowser.open, clock)


def forget_refusals(workshop: Workshop, account: Account) -> None:
    """A login has succeeded: scans try again. Writes only where they had stopped."""
    with contextlib.closing(workshop.journal(dry_run=True)) as copy:
        if copy.note(account.name, "logins refused") is None:
            return
    with contextlib.closing(workshop.journal()) as journal:
        journal.set_note(account.name, "logins refused", None)


# ---- doctor and schedule ------------------------------------------------------------------------------------------------


def examine(workshop: Workshop, environ: Mapping[str, str], now: datetime, *, as_cron: bool) -> list[Check]:
    """The checks, here or as cron would see them; a login that succeeds lets scans try again."""
    from mailrescue.commands import doctor, schedule

    if as_cron:
        return doctor.as_cron(schedule.job(environ, workshop.place, workshop.state, elsewhere=workshop.elsewhere).command[:-2], environ)
    checks = list(doctor.examine(workshop, environ, now))
    for account in {check.account for check in checks if check.name == "login" and check.level is doctor.Level.GOOD}:
        forget_refusals(workshop, *workshop.accounts(account))
    return checks


def install(workshop: Workshop, environ: Mapping[str, str], using: str | None) -> tuple[list[str], int]:
    """Install the schedule, then look as cron would: the lines to tell, and the exit status."""
    from mailrescue.commands import doctor, schedule

    scheduler = schedule.chosen(environ, using)
    for other in schedule.schedulers(environ):
        if other.name != scheduler.name and other.usable():
            other.remove()
    job = schedule.job(environ, workshop.place, workshop.state, elsewhere=workshop.elsewhere)
    lines = scheduler.install(job)
    checks = doctor.as_cron(job.command[:-2], environ)
    bad = [check for check in checks if check.level is doctor.Level.BAD]
    if not bad:
        return [*lines, "tried in cron's bare environment: the login succeeds there, too"], 0
    return [*lines, "tried in cron's bare environment, and this fails there:", *doctor.text(bad)], 1


def scheduled(environ: Mapping[str, str]) -> list[str]:
    """What is installed, a line each."""
    from mailrescue.commands import schedule

    return [what for scheduler in schedule.schedulers(environ) if (what := scheduler.installed())]


def unschedule(environ: Mapping[str, str]) -> list[str]:
    """Take out whatever is installed; the lines to tell."""
    from mailrescue.commands import schedule

    told = []
    for scheduler in schedule.schedulers(environ):
        what = scheduler.installed()
        if what:
            scheduler.remove()
            told.append(f"removed: {what}")
    return told
