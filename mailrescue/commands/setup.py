"""``setup``: from an address to a configuration that works. Asks what it was not told, tries the login, and only then writes anything.

What it writes: the secret into the keyring, ``[me]`` and one ``[accounts.NAME]`` into config.toml, whose other lines and comments stay as they
are. It leaves the mailbox untouched, and ends with what a scan would do now.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from mailrescue import config, oauth, providers, secrets
from mailrescue.commands import terminal as asking
from mailrescue.commands.terminal import Terminal
from mailrescue.config import Config
from mailrescue.errors import CannotWrite, ConfigurationError, LoginRefused, UsageError
from mailrescue.model.account import Account, Auth, ImapAccount, MaildirAccount, OAuth2Client, Security
from mailrescue.model.mail import Mailboxes
from mailrescue.providers import discovery
from mailrescue.wiring import greet, open_store

_ADDRESS = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,255}")
_TRIES = 3
#: seconds for the user to unlock the keyring in its window, when a secret is stored
_UNLOCK_SECONDS = 120.0

A = TypeVar("A", bound=Account)
_HEAD = "mailrescue's configuration. Every option: samples/config.toml in the source; mailrescue doctor checks it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said on the command line; empty: ask, or find out."""

    name: str = ""
    addresses: tuple[str, ...] = ()
    phone: str = ""
    timezone: str = ""
    languages: tuple[str, ...] = ()
    account: str = ""
    maildir: str = ""
    host: str = ""
    port: int | None = None
    security: str = ""
    ca_file: str = ""
    user: str = ""
    password_command: tuple[str, ...] = ()
    token_command: tuple[str, ...] = ()
    oauth2: OAuth2Client | None = None
    roles: Mapping[str, str] = field(default_factory=dict)      # drafts, sent, trash
    calendars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the configuration lies or will lie, the environment, how one logs in at a provider's page, and how servers are looked for."""

    path: Path
    environ: Mapping[str, str]
    log_in: Callable[[ImapAccount, Terminal], oauth.Tokens]
    network: discovery.Network | None = None


def run(given: Given, terminal: Terminal, around: Surroundings) -> Account:
    """Ask, find, try, write. Returns the account as it now stands in the configuration.

    Raises ConfigurationError where the present configuration is broken or the keyring fails, UsageError where nobody answers,
    LoginRefused and the stores' errors where the login does not succeed. Then nothing was written.
    """
    document, known = _present(around)
    me = _ask_me(given, terminal, around.environ, known)
    opened = _open_account(given, terminal, around, known, me)
    _tell_mailboxes(opened.mailboxes, terminal)
    if isinstance(opened.account, ImapAccount) and not (opened.account.password_command or opened.account.token_command):
        terminal.say(f"{'the tokens go' if opened.account.oauth2 else 'the password goes'} into the keyring, as {secrets.SERVICE} {secrets.entry_of(opened.account)}")
    opened.keep()
    _write(document, me, opened.account, around)
    terminal.say(f"written: {around.path}")
    return opened.account


@dataclass(frozen=True, slots=True)
class _Opened:
    """An account whose login has succeeded. ``keep`` puts what was typed, or fetched, into the keyring."""

    account: Account
    mailboxes: Mailboxes
    keep: Callable[[], None]


def _present(around: Surroundings) -> tuple[Any, Config | None]:
    """The configuration that is there, as a document whose comments are kept, and as values. Raises ConfigurationError where it is broken."""
    import tomlkit

    if not around.path.exists():
        document = tomlkit.document()
        document.add(tomlkit.comment(_HEAD))
        document.add(tomlkit.nl())
        return document, None
    known = config.load(around.path, around.environ)
    return tomlkit.parse(around.path.read_text("utf-8-sig")), known


# ---- who -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Person:
    """What goes into [me]; None for what stays as it is."""

    values: Mapping[str, Any]
    addresses: tuple[str, ...]


def _ask_me(given: Given, terminal: Terminal, environ: Mapping[str, str], known: Config | None) -> _Person:
    """[me], asked once: what the configuration says already is kept, unless an option says otherwise."""
    said: dict[str, Any] = {}
    if known is None or given.name:
        said["name"] = given.name or terminal.ask("your name, as it stands under your mails", "", "--name")
    addresses = _addresses(given, terminal, known)
    if known is None or set(addresses) - set(known.me.addresses):
        said["addresses"] = list(dict.fromkeys((*(known.me.addresses if known else ()), *addresses)))
    zone = given.timezone or (known.me.timezone if known else config.zone_of_the_system(environ) or terminal.ask("your time zone, as Europe/Paris", "", "--timezone"))
    if known is None or given.timezone:
        said["timezone"] = zone
        terminal.say(f"time zone: {zone}")
    if known is None or given.phone:
        said["phone"] = _phone(given, terminal, zone)
    if known is None or given.languages:
        said["languages"] = list(given.languages or _words(terminal.ask("languages you write in, the first when in doubt", _language(environ), "--language")))
    return _Person({key: value for key, value in said.items() if value}, addresses)


def _addresses(given: Given, terminal: Terminal, known: Config | None) -> tuple[str, ...]:
    """The address of this account first, then aliases; a plus-address is the user's without being named."""
    written = given.addresses or (known.me.addresses if known and given.maildir else ()) or _words(terminal.ask("your mail address (more than one: with spaces between)", "", "--address"))
    wrong = [a for a in written if not _ADDRESS.fullmatch(a)]
    if wrong:
        raise UsageError(f"{wrong[0]!r} is no mail address", "write it as you@example.org")
    return tuple(a.lower() for a in written)


def _phone(given: Given, terminal: Terminal, zone: str) -> str:
    """In international form; asked again while it is no number. Empty where the user gives none."""
    written = given.phone or terminal.ask("your phone number, for those who are to call you back (- for none)", "" if not given.name else "-", "--phone")
    while written != "-":
        number = config.phone(written, zone)
        if number:
            terminal.say(f"your number: {number[1]}")
            return number[1]
        if given.phone:
            raise UsageError(f"{written!r} is no telephone number", "write it with its country code, as +44 20 7946 0123")
        terminal.say("  that is no telephone number; write it with its country code, as +44 20 7946 0123")
        written = terminal.ask("your phone number (- for none)", "-", "--phone")
    return ""


def _language(environ: Mapping[str, str]) -> str:
    """The language of the user's session, where there are templates for it."""
    named = next((environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(key)), "")[:2].lower()
    return named if named in ("de", "en", "es", "fr", "it", "nl", "pt") else "en"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


# ---- where -----------------------------------------------------------------------------------------------------------


def _open_account(given: Given, terminal: Terminal, around: Surroundings, known: Config | None, me: _Person) -> _Opened:
    """The account that was meant, opened."""
    common: dict[str, Any] = {"calendars": given.calendars, **given.roles}
    if given.maildir:
        path = str(Path(given.maildir).expanduser().absolute())
        local = MaildirAccount(name=_account_name(given, known, lambda a: isinstance(a, MaildirAccount) and a.path == path), path=path, **common)
        return _Opened(*_tried(local, lambda: "", terminal), keep=lambda: None)
    server = _server(given, terminal, around, me.addresses[0])
    user = given.user or server.user
    account = ImapAccount(
        name=_account_name(given, known, lambda a: isinstance(a, ImapAccount) and (a.host, a.user) == (server.host, user)),
        host=server.host, port=server.port, security=Security(server.security), user=user, ca_file=_ca_file(given, terminal, server), **common,
    )  # fmt: skip
    return _way_in(given, terminal, around, account, server.provider)


def _account_name(given: Given, known: Config | None, is_same: Callable[[Account], bool]) -> str:
    """As given; that of the same mailbox, if it is configured already; ``personal``, or the next free name."""
    accounts = known.accounts if known else ()
    taken = {a.name for a in accounts}
    free = ("personal", *(f"account{number}" for number in range(2, 100)))
    return given.account or next((a.name for a in accounts if is_same(a)), "") or next(name for name in free if name not in taken)


def _server(given: Given, terminal: Terminal, around: Surroundings, address: str) -> discovery.Server:
    """As given, else found, else asked for."""
    if given.host:
        return _named_server(given, given.host, address, "as you say")
    found = discovery.find(address, terminal.say, around.network)
    if found and found.doubtful and not asking.yes(terminal, f"DNS names {found.host}, outside of your domain; is that your provider's server", False, "--host"):
        found = None
    if found is None:
        terminal.say("no server was found")
        return _named_server(given, terminal.ask("the name of the IMAP server", "", "--host"), address, "as you say")
    port = given.port or found.port
    terminal.say(f"the server: {found.host}:{port} ({found.by})")
    return replace(found, port=port, security=given.security or found.security)


def _named_server(given: Given, host: str, address: str, by: str) -> discovery.Server:
    security = given.security or ("starttls" if given.port == 143 else "tls")
    return discovery.Server(host, given.port or (993 if security == "tls" else 143), security, address, by, providers.of_host(host))


def _ca_file(given: Given, terminal: Terminal, server: discovery.Server) -> str | None:
    if given.ca_file:
        return str(Path(given.ca_file).expanduser().absolute())
    if server.provider and server.provider.key == "proton":
        return str(Path(terminal.ask("the certificate that Bridge exports (cert.pem)", "~/cert.pem", "--ca-file")).expanduser().absolute())
    return None


# ---- how one gets in -------------------------------------------------------------------------------------------------


class Way(StrEnum):
    """A kind of login, in the menu's words."""

    PASSWORD = "a password, kept in the keyring"
    COMMAND = "a program that prints the password, as: pass show mail"
    TOKENS = "OAuth2: you log in on the provider's own page, with a client id of yours (docs/oauth2.md)"
    TOKEN_COMMAND = "a program that prints an OAuth2 token, as: oama access you@example.org"


def _way_in(given: Given, terminal: Terminal, around: Surroundings, account: ImapAccount, provider: providers.Provider | None) -> _Opened:
    """By the way that was said, else by the one that is chosen among those that the server offers."""
    terminal.say(f"asking {account.host}:{account.port} how one may log in")
    by_password, by_token = ways(greet(account))
    way = _said(given) or _chosen(_offered(by_password, by_token, provider), terminal, account, around.environ)
    needs_token = way in (Way.TOKENS, Way.TOKEN_COMMAND)
    if not (by_token if needs_token else by_password):
        raise ConfigurationError(f"{account.host} offers no login by {'OAuth2' if needs_token else 'password'}", f"leave the option out, or take {'--password-command' if needs_token else '--client-id or --token-command'}")
    if way is Way.PASSWORD:
        return _by_password(terminal, around, account, provider)
    if way is Way.TOKENS:
        return _by_token(given, terminal, around, account, provider)
    return _by_command(given, terminal, around, account, needs_token)


def _said(given: Given) -> Way | None:
    """The way that the options name."""
    return Way.COMMAND if given.password_command else Way.TOKEN_COMMAND if given.token_command else Way.TOKENS if given.oauth2 else None


def _offered(by_password: bool, by_token: bool, provider: providers.Provider | None) -> tuple[Way, ...]:
    """The ways that can succeed, the recommended one first. Microsoft's servers still announce passwords, and refuse them."""
    passwords = by_password and not (by_token and provider is not None and provider.login == "oauth2")
    pages = by_token and provider is not None and bool(provider.oauth2)
    there = {Way.PASSWORD: passwords, Way.COMMAND: passwords, Way.TOKENS: pages, Way.TOKEN_COMMAND: by_token}
    return tuple(way for way, is_there in there.items() if is_there)


def _chosen(offered: tuple[Way, ...], terminal: Terminal, account: ImapAccount, environ: Mapping[str, str]) -> Way:
    """One question; none where there is one way, or nobody. Where no keyring works, what needs one is left out, and why is told."""
    if not offered:
        raise ConfigurationError(f"{account.host} offers no login that mailrescue knows", "see whether it does with --security tls or starttls, or under another --host")
    if isinstance(terminal, asking.Nobody):
        return offered[0]
    try:
        secrets.keyring_in_use(account, environ)
    except ConfigurationError as error:
        terminal.say(f"  {error.what}; to keep the secret there: {error.cure}")
        offered = tuple(way for way in offered if way not in (Way.PASSWORD, Way.TOKENS))
    for number, way in enumerate(offered, 1):
        terminal.say(f"  {number}. {way}{' (recommended)' if number == 1 < len(offered) else ''}")
    while len(offered) > 1:
        said = terminal.ask("how do you want to log in", "1", "--password-command, --client-id or --token-command")
        if said in map(str, range(1, len(offered) + 1)):
            return offered[int(said) - 1]
        terminal.say(f"  a number from 1 to {len(offered)}, please")
    return offered[0]


def ways(capabilities: frozenset[str]) -> tuple[bool, bool]:
    """Whether a server that says this before the login takes passwords, and tokens."""
    by_token = bool({"AUTH=XOAUTH2", "AUTH=OAUTHBEARER"} & capabilities)
    by_password = "LOGINDISABLED" not in capabilities or bool({"AUTH=PLAIN", "AUTH=LOGIN"} & capabilities)
    return by_password, by_token


def _by_password(terminal: Terminal, around: Surroundings, account: ImapAccount, provider: providers.Provider | None) -> _Opened:
    ring = secrets.keyring_in_use(account, around.environ)
    _instruct(terminal, provider)
    what = "the app password" if provider and provider.login == "app-password" else "the mailbox's password"
    for left in range(_TRIES - 1, -1, -1):
        typed = terminal.secret(f"{what} of {account.user}, for the keyring ({ring})", "--password-stdin or --password-command")
        secret = "".join(typed.split()) if provider and provider.strip_spaces else typed
        try:
            opened = _tried(account, lambda secret=secret: secret, terminal)  # type: ignore[misc]
        except LoginRefused as refused:
            if not left or isinstance(terminal, asking.Nobody):
                raise
            terminal.say(f"  {refused.what}; try again")
            continue
        return _Opened(*opened, keep=partial(secrets.keep_secret, account, secret, around.environ, _UNLOCK_SECONDS))
    raise AssertionError("the last try returns or raises")


def _by_token(given: Given, terminal: Terminal, around: Surroundings, account: ImapAccount, provider: providers.Provider | None) -> _Opened:
    account = replace(account, auth=Auth.OAUTH2)
    secrets.keyring_in_use(account, around.environ)
    _instruct(terminal, provider)
    client = given.oauth2 or OAuth2Client(client_id=terminal.ask("your client id (docs/oauth2.md shows how to get one)", "", "--client-id"))
    account = replace(account, oauth2=client)
    tokens = around.log_in(account, terminal)
    return _Opened(*_tried(account, lambda: tokens.access, terminal), keep=lambda: oauth.keep(account, tokens, around.environ))


def _by_command(given: Given, terminal: Terminal, around: Surroundings, account: ImapAccount, prints_token: bool) -> _Opened:
    """A program of the user's keeps the secret; nothing of it is kept here."""
    option = "--token-command" if prints_token else "--password-command"
    command = given.token_command if prints_token else given.password_command
    command = command or asking.command(terminal.ask("the program, with its arguments", "", option), option)
    account = replace(account, auth=Auth.OAUTH2, token_command=command) if prints_token else replace(account, auth=Auth.COMMAND, password_command=command)
    return _Opened(*_tried(account, secrets.secret_of(account, around.environ), terminal), keep=lambda: None)


def _instruct(terminal: Terminal, provider: providers.Provider | None) -> None:
    if provider is None:
        return
    terminal.say(f"{provider.title}:")
    for number, step in enumerate(provider.steps, 1):
        terminal.say(f"  {number}. {step}")
    if provider.know:
        terminal.say(f"  {provider.know}")


def _tried(account: A, secret: Callable[[], str], terminal: Terminal) -> tuple[A, Mailboxes]:
    """The account and its mailboxes, once a login has succeeded. Where no Drafts is found, the user is asked which it is."""
    if isinstance(account, ImapAccount):
        terminal.say("trying the login")
    for _ in range(_TRIES):
        store = open_store(account, secret)
        try:
            return account, store.mailboxes()
        except ConfigurationError as error:
            if account.drafts and isinstance(terminal, asking.Nobody):
                raise
            terminal.say(error.what)
            account = replace(account, drafts=terminal.ask("the mailbox for drafts", "", "--drafts"))
        finally:
            store.close()
    raise ConfigurationError(f"no Drafts mailbox was named for {account.name}", "make one in your mail program, then start again")


def _tell_mailboxes(mailboxes: Mailboxes, terminal: Terminal) -> None:
    """Which mailbox plays which part."""
    terminal.say("the login succeeded; the mailboxes are")
    for role, name, without in (
        ("Drafts", mailboxes.drafts, ""),
        ("Sent", mailboxes.sent, "not found: what you send is then not seen; name it with --sent"),
        ("Trash", mailboxes.trash, "not found: an outdated draft is then removed, or left and told"),
        ("Archive", mailboxes.archive, "not found: INBOX alone is read"),
    ):
        terminal.say(f"  {role:<8} {name or without}")


# ---- writing it down -------------------------------------------------------------------------------------------------


def _write(document: Any, me: _Person, account: Account, around: Surroundings) -> None:
    """Put both tables into the document and the document into its file, readable by its owner alone; only once the whole of it is understood.

    Raises ConfigurationError, CannotWrite; then the file is as it was.
    """
    import tomlkit

    _fill(document, "me", tomlkit.table(), _ABOUT_ME).update(me.values)
    accounts = _fill(document, "accounts", tomlkit.table(is_super_table=True))
    own = _fill(accounts, account.name, tomlkit.table(), "" if account.calendars else _ABOUT_CALENDARS)
    values = _values(account)
    for key in _MANAGED - values.keys():
        own.pop(key, None)
    own.update(values)
    path = around.path.resolve()         # a link, as those who keep their configuration in a repository have it, stays one
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
        config.load(draft, around.environ)
        os.replace(draft, path)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror}", "make room, or name another file with --config") from error
    finally:
        draft.unlink(missing_ok=True)


#: what setup decides, and takes out again where it no longer holds; everything else in the table is the user's
_MANAGED = frozenset({"type", "path", "host", "port", "security", "user", "ca_file", "auth", "password_command", "token_command", "oauth2"})


_ABOUT_ME = "addresses: all of yours, aliases too; name+tag@ is you without being named"
_ABOUT_CALENDARS = 'calendars = ["~/.calendars/personal"]   for free times: .ics files, or folders of them'


def _fill(table: Any, key: str, empty: Any, about: str = "") -> Any:
    """The table of that name, made, with a comment for whoever reads the file, where there is none."""
    import tomlkit

    if key not in table:
        if about:
            empty.add(tomlkit.comment(about))
        table[key] = empty
    return table[key]


def _values(account: Account) -> dict[str, Any]:
    """The account's table, without what is so anyway."""
    said: dict[str, Any] = {"type": "maildir", "path": account.path} if isinstance(account, MaildirAccount) else {}
    if isinstance(account, ImapAccount):
        said = {"type": "imap", "host": account.host, "user": account.user}
        said |= {"port": account.port} if account.port != (993 if account.security is Security.TLS else 143) else {}
        said |= {"security": account.security.value} if account.security is not Security.TLS else {}
        said |= {"ca_file": account.ca_file, "auth": account.auth.value}
        said |= {key: list(getattr(account, key)) for key in ("password_command", "token_command")}
        said |= {"oauth2": _inline(account.oauth2)} if account.oauth2 else {}
    said |= {key: getattr(account, key) for key in ("drafts", "sent", "trash")} | {"calendars": list(account.calendars)}
    return {key: value for key, value in said.items() if value}


def _inline(client: OAuth2Client) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    table.update({key: value for key in ("client_id", "provider", "authorize_url", "token_url", "device_url", "scope") if (value := getattr(client, key))})
    return table
