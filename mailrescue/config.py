"""From config.toml to a frozen Config (SPEC section 7): every mistake at once, each with its key and what to write instead.

Reads that one file and looks at its permissions. It neither looks for mail nor reads a secret, and it never repairs a value
by guessing: what it cannot take as written it names.
"""

from __future__ import annotations

import re
import shlex
import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from datetime import time
from pathlib import Path
from typing import Any, TypeVar

from mailrescue.errors import ConfigurationError
from mailrescue.model.account import Account, Auth, ImapAccount, MaildirAccount, OAuth2Client, Security
from mailrescue.model.interview import Me, Medium
from mailrescue.model.policy import Policy

T = TypeVar("T")

_COMMON_KEYS = ("type", "drafts", "sent", "trash", "mailboxes", "calendars")
_IMAP_KEYS = (*_COMMON_KEYS, "host", "user", "port", "security", "ca_file", "auth", "password_command", "token_command", "oauth2")
_OAUTH2_KEYS = ("client_id", "provider", "authorize_url", "token_url", "device_url", "scope")
_MAILDIR_KEYS = (*_COMMON_KEYS, "path")
_ME_KEYS = ("name", "addresses", "phone", "timezone", "languages")
_INTERVIEW_KEYS = ("modes",)
_POLICY_KEYS = tuple(field.name for field in fields(Policy))

_SECRETS = frozenset({"password", "passwd", "pass", "app_password", "secret", "token", "access_token", "refresh_token", "client_secret"})
_KEEP_SECRETS_OUT = 'take it out of the file: keep it in the keyring (auth = "keyring"), or write password_command = ["pass", "show", "mail"]'

#: the least and the greatest that each whole number of [policy] may be
_RANGES: Mapping[str, tuple[int, int]] = {
    "confirm_from_minutes": (1, 2880), "confirm_until_minutes": (0, 2880), "confirm_latest_minutes": (0, 2880), "confirm_contact_minutes": (0, 10080),
    "no_show_after_minutes": (5, 120), "no_show_available_minutes": (5, 480), "no_show_until_hours": (1, 168),
    "missed_call_until_hours": (1, 168), "reschedule_until_days": (1, 14), "thank_you_until_days": (1, 14),
    "withdraw_after_days": (1, 90), "keep_in_view_days": (1, 365), "notice_before_minutes": (0, 60), "notice_after_minutes": (0, 240),
    "slots": (1, 10), "slots_days": (1, 10), "slots_horizon_days": (1, 30), "slots_lead_hours": (0, 168), "slots_buffer_minutes": (0, 240),
    "drafts_per_sender_per_day": (1, 50), "drafts_per_day": (1, 200),
}


@dataclass(frozen=True, slots=True)
class Config:
    """What the user wants. ``notes`` are remarks that stop nothing: a language without templates, a calendar that is not there."""

    me: Me
    accounts: tuple[Account, ...]
    policy: Policy
    path: Path
    notes: tuple[str, ...] = ()

    @property
    def templates(self) -> Path:
        """The folder whose files override the built-in templates; it need not exist."""
        return self.path.parent / "templates"

    @property
    def vocabulary(self) -> Path:
        """The folder whose files add to the built-in vocabulary; it need not exist."""
        return self.path.parent / "vocabulary"


def load(path: Path | None, environ: Mapping[str, str]) -> Config:
    """Read the configuration at ``path``, else at $MAILRESCUE_CONFIG, else in the platform's folder.

    Raises ConfigurationError: its ``problems`` name every mistake, each with its cure.
    """
    place = config_file(path, environ)
    reading = _Reading(place, environ)
    document = reading.table_of("", _document(place), ("me", "interviews", "accounts", "policy"))
    me = _me(document.table("me", _ME_KEYS), _modes(document.table("interviews", _INTERVIEW_KEYS)))
    tables = document.table("accounts")
    accounts = tuple(_account(name, tables) for name in tables.values)
    policy = _policy(document.table("policy", _POLICY_KEYS))
    _check_permissions(reading, accounts)
    _note_languages_without_templates(reading, me.languages)
    if reading.problems:
        count = "one mistake" if len(reading.problems) == 1 else f"{len(reading.problems)} mistakes"
        raise ConfigurationError(f"{place} has {count}", "mend what is listed", tuple(reading.problems))
    return Config(me, accounts, policy, place, tuple(reading.notes))


def config_file(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the configuration lies or would lie, absolute."""
    return _place(path, environ.get("MAILRESCUE_CONFIG"), "user_config_path", "config.toml")


def state_folder(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the journal lies or would lie: ``path``, else $MAILRESCUE_STATE_DIR, else the platform's folder. Absolute; not created."""
    return _place(path, environ.get("MAILRESCUE_STATE_DIR"), "user_state_path", "")


def _place(path: Path | None, named: str | None, kind: str, below: str) -> Path:
    if path is None and named:
        path = Path(named)
    if path is None:
        import platformdirs

        path = getattr(platformdirs, kind)("mailrescue", appauthor=False) / below
    return Path(path).expanduser().absolute()


def _document(place: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(place.read_text("utf-8-sig"))      # Windows' Notepad begins its files with a BOM
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigurationError(f"there is no configuration at {place}", "run mailrescue setup, or see it work first: mailrescue demo") from None
    except OSError as error:
        raise ConfigurationError(f"{place} cannot be read: {error.strerror or error}", "let yourself read it: chmod 600") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{place} is not UTF-8 text (octet {error.start})", "save it as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{place} is not TOML: {error}", "mend that line; text stands in double quotes, lists in [ ]") from error


class _Reading:
    """One reading of one file: where, with which environment, and what was found wrong or worth a remark so far."""

    def __init__(self, place: Path, environ: Mapping[str, str]) -> None:
        self.place = place
        self.environ = environ
        self.problems: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.secrets_met = False

    def table_of(self, where: str, values: dict[str, Any], known: Collection[str] | None) -> _Table:
        if known is not None:
            for key in (key for key in values if key not in known):
                self._unknown(f"{where}.{key}".lstrip("."), key, known)
        return _Table(self, where, values)

    def _unknown(self, full: str, key: str, known: Collection[str]) -> None:
        import difflib

        if key.lower() in _SECRETS:
            self.secrets_met = True
            self.problems.append((f"{full}: no secret may stand in this file", _KEEP_SECRETS_OUT))
            return
        nearest = difflib.get_close_matches(key.lower(), known, 1, 0.6)
        homes = [home for home, keys in _HOMES.items() if key in keys]
        if homes:
            cure = f"it belongs in {homes[0]}"
        elif nearest:
            cure = f"did you mean {nearest[0]}?"
        else:
            cure = f"known here: {', '.join(known)}"
        self.problems.append((f"{full}: unknown key", cure))

    def path(self, written: str) -> str:
        """``~`` expanded, a relative path taken from the configuration's folder."""
        home = self.environ.get("HOME")
        if home and (written == "~" or written.startswith("~/")):
            return str(Path(home, written[2:]))
        try:
            return str(self.place.parent / Path(written).expanduser())
        except RuntimeError:                                    # ~somebody, whom this machine does not know
            return str(self.place.parent / written)


_HOMES: Mapping[str, Collection[str]] = {"[me]": _ME_KEYS, "[interviews]": _INTERVIEW_KEYS, 'an account of type = "imap"': _IMAP_KEYS, 'an account of type = "maildir"': _MAILDIR_KEYS, "[policy]": _POLICY_KEYS}


class _Table:
    """One TOML table: hands out checked values; what is wrong goes to the reading's problems, and a harmless value comes back."""

    def __init__(self, reading: _Reading, where: str, values: dict[str, Any]) -> None:
        self.reading = reading
        self.where = where
        self.values = values

    def name(self, key: str) -> str:
        return f"{self.where}.{key}".lstrip(".")

    def wrong(self, key: str, what: str, cure: str) -> None:
        self.reading.problems.append((f"{self.name(key)}: {what}", cure))

    def table(self, key: str, known: Collection[str] | None = None) -> _Table:
        """The table below this one, an empty one where there is none; ``known`` None where the user gives the names."""
        values = self.values.get(key)
        if values is not None and not isinstance(values, dict):
            self.wrong(key, "this must be a table", f"write [{self.name(key)}]")
            values = None
        return self.reading.table_of(self.name(key), values or {}, known)

    def text(self, key: str, default: T, example: str, required: bool = False) -> str | T:
        """One line of text without control characters, outer spaces taken off."""
        value = self.values.get(key)
        if value is None:
            if required:
                self.wrong(key, "this is missing", f'write {key} = "{example}"')
            return default
        if not isinstance(value, str) or not value.strip() or not value.strip().isprintable():
            self.wrong(key, "this must be a line of text", f'write {key} = "{example}"')
            return default
        return value.strip()

    def texts(self, key: str, example: str, required: bool = False) -> tuple[str, ...]:
        """A list of such lines."""
        value = self.values.get(key)
        if value is None and not required:
            return ()
        if value is None:
            self.wrong(key, "this is missing", f"write {key} = {example}")
        elif isinstance(value, list) and all(isinstance(v, str) and v.strip() and v.isprintable() for v in value) and (value or not required):
            return tuple(v.strip() for v in value)
        else:
            self.wrong(key, "this must be a list of texts", f"write {key} = {example}")
        return ()

    def whole(self, key: str, default: int, least: int, greatest: int) -> int:
        value = self.values.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= greatest:
            return value
        self.wrong(key, f"this must be a whole number from {least} to {greatest}", f"write {key} = {default}")
        return default

    def choice(self, key: str, default: str, choices: Collection[str]) -> str:
        value = self.values.get(key, default)
        if value in choices:
            return str(value)
        self.wrong(key, f"this must be one of {', '.join(choices)}", f'write {key} = "{default}"')
        return default


# ---- [me], [interviews] -----------------------------------------------------------------------------------------------


def _me(table: _Table, modes: tuple[Medium, ...]) -> Me:
    zone = _timezone(table)
    written = table.text("phone", "", "+44 20 7946 0123")
    return Me(
        name=table.text("name", "", "Ada Example", required=True),
        addresses=_addresses(table),
        phone=_phone(table, written, zone) if written else None,
        phone_written=written,
        timezone=zone,
        languages=_languages(table),
        modes=modes,
    )


def _modes(table: _Table) -> tuple[Medium, ...]:
    if "modes" not in table.values:
        return (Medium.PHONE,)
    example = '["phone", "video"]'
    written = table.texts("modes", example, required=True)
    unknown = [mode for mode in written if mode not in set(Medium)]
    if unknown:
        table.wrong("modes", f'"{unknown[0]}" is no way to talk that mailrescue watches', f"write modes = {example}, or one of the two")
    return tuple(dict.fromkeys(Medium(mode) for mode in written if mode not in unknown)) or (Medium.PHONE,)


def _addresses(table: _Table) -> tuple[str, ...]:
    addresses = tuple(a.lower() for a in table.texts("addresses", '["you@example.org"]', required=True))
    for address in addresses:
        if not re.fullmatch(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{1,255}", address):
            table.wrong("addresses", f'"{address}" is no mail address', "write the bare address, as you@example.org")
    return addresses


def _timezone(table: _Table) -> str:
    import zoneinfo

    zone = table.text("timezone", None, "Europe/Paris") or (None if "timezone" in table.values else zone_of_the_system(table.reading.environ))
    if zone is None:
        if "timezone" not in table.values:
            table.wrong("timezone", "this is missing, and the system does not tell its zone", 'write timezone = "Europe/Paris"')
        return "UTC"
    try:
        zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        import difflib

        nearest = difflib.get_close_matches(zone, sorted(zoneinfo.available_timezones()), 1, 0.5)
        table.wrong("timezone", f'"{zone}" is no time zone', f'write timezone = "{nearest[0] if nearest else "Europe/Paris"}"')
        return "UTC"
    return zone


def zone_of_the_system(environ: Mapping[str, str], root: Path = Path("/")) -> str | None:
    """The IANA name in $TZ, behind the link /etc/localtime, or in Debian's /etc/timezone."""
    named = environ.get("TZ", "").lstrip(":")
    if named and not named.startswith("/") and "," not in named:
        return named
    link = root / "etc/localtime"
    if link.is_symlink():
        _, found, name = str(link.readlink()).partition("zoneinfo/")
        if found:
            return name.removeprefix("posix/").removeprefix("right/")
    try:
        return (root / "etc/timezone").read_text("ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _phone(table: _Table, written: str, zone: str) -> str | None:
    number = phone(written, zone)
    if number is None:
        table.wrong("phone", f'"{written}" is no telephone number', "write it with its country code, as +44 20 7946 0123")
    return number and number[0]


def phone(written: str, zone: str) -> tuple[str, str] | None:
    """The number in E.164 and as people write it abroad; None where it is none. Without a country code it is one of the time zone's country.

    Possible numbers pass, not only assigned ones: ranges open faster than tables are updated.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(written, None if written.startswith("+") else _country(zone))
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    forms = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, forms.E164), phonenumbers.format_number(number, forms.INTERNATIONAL)


def _country(zone: str) -> str | None:
    from babel.core import get_global

    country: str | None = get_global("zone_territories").get(zone)
    return country


def _languages(table: _Table) -> tuple[str, ...]:
    if "languages" not in table.values:
        return ("en",)
    languages = tuple(language.lower() for language in table.texts("languages", '["fr", "en"]', required=True))
    for language in languages:
        if not re.fullmatch(r"[a-z]{2}", language):
            table.wrong("languages", f'"{language}" is no language code', f'write two letters, as "{language[:2] if re.match("[a-z]{2}[-_]", language) else "fr"}"')
    return tuple(dict.fromkeys(languages)) or ("en",)


def _note_languages_without_templates(reading: _Reading, languages: tuple[str, ...]) -> None:
    package = Path(__file__).parent
    roots = (package / "templates", package.parent / "templates", reading.place.parent / "templates")
    for language in languages:
        if not any((root / language).is_dir() for root in roots):
            reading.notes.append(f'me.languages: there are no templates for "{language}"; write your own into {reading.place.parent / "templates" / language}')


# ---- [accounts.NAME] --------------------------------------------------------------------------------------------------


def _account(name: str, accounts: _Table) -> Account:
    kind = _kind(name, accounts)
    table = accounts.table(name, _MAILDIR_KEYS if kind == "maildir" else _IMAP_KEYS)
    if not re.fullmatch(r"[\w][\w.-]{0,63}", name):
        accounts.wrong(name, "an account's name has letters, digits, . - and _ only", "write [accounts.personal]")
    calendars = tuple(_calendar(table, written) for written in table.texts("calendars", '["~/.calendars/work"]'))
    common: dict[str, Any] = {
        "name": name,
        "drafts": table.text("drafts", None, "Drafts"),
        "sent": table.text("sent", None, "Sent"),
        "trash": table.text("trash", None, "Trash"),
        "mailboxes": table.texts("mailboxes", '["Jobs"]'),
        "calendars": calendars,
    }
    return _maildir(table, common) if kind == "maildir" else _imap(table, common)


def _kind(name: str, accounts: _Table) -> str:
    """``maildir`` or ``imap``; where it is not said, the keys that stand there tell which was meant."""
    values = accounts.values[name]
    if not isinstance(values, dict):
        return "imap"
    meant = "maildir" if "path" in values and "host" not in values else "imap"
    kind = values.get("type")
    if kind in ("imap", "maildir"):
        return str(kind)
    what = "this is missing" if kind is None else 'this must be "imap" or "maildir"'
    accounts.wrong(f"{name}.type", what, f'write type = "{meant}"')
    return meant


def _calendar(table: _Table, written: str) -> str:
    if re.match(r"(?i)(https?|webcals?)://", written):
        table.wrong("calendars", "a calendar on the web is not read: mailrescue fetches nothing", "let vdirsyncer or your calendar program keep a copy, and write its folder")
        return written
    path = table.reading.path(written)
    if not Path(path).exists():
        table.reading.notes.append(f"{table.name('calendars')}: there is no {path} now")
    return path


def _maildir(table: _Table, common: dict[str, Any]) -> MaildirAccount:
    path = table.text("path", None, "~/Mail", required=True)
    return MaildirAccount(**common, path=table.reading.path(path) if path else "")


def _imap(table: _Table, common: dict[str, Any]) -> ImapAccount:
    host = _host(table)
    security = _security(table, host)
    ca_file = table.text("ca_file", None, "~/ca.pem")
    commands = {key: _command(table, key) for key in ("password_command", "token_command")}
    client = _oauth2(table)
    return ImapAccount(
        **common,
        host=host,
        user=table.text("user", "", "you@example.org", required=True),
        port=table.whole("port", 993 if security is Security.TLS else 143, 1, 65535),
        security=security,
        ca_file=_file(table, "ca_file", ca_file) if ca_file else None,
        auth=_auth(table, commands, client),
        oauth2=client,
        password_command=commands["password_command"],
        token_command=commands["token_command"],
    )


def _host(table: _Table) -> str:
    host = table.text("host", "", "imap.example.org", required=True)
    if host.count(":") == 1:
        name, _, port = host.partition(":")
        table.wrong("host", "this must be the server's name alone", f'write host = "{name}"' + (f" and port = {port}" if port.isdigit() else ""))
    elif "/" in host or any(c.isspace() for c in host):
        table.wrong("host", "this must be the server's name alone", 'write host = "imap.example.org"')
    return host


def _security(table: _Table, host: str) -> Security:
    security = Security(table.choice("security", "tls", [s.value for s in Security]))
    if security is Security.NONE and not _is_loopback(host):
        table.wrong("security", "without encryption only a server on this machine is spoken to", 'write security = "tls", or "starttls"')
    if table.values.get("port") == 143 and "security" not in table.values:
        table.wrong("security", "port 143 does not speak TLS from the start", 'write security = "starttls"')
    return security


def _is_loopback(host: str) -> bool:
    import ipaddress

    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _command(table: _Table, key: str) -> tuple[str, ...]:
    written = table.values.get(key)
    if isinstance(written, str):
        table.wrong(key, "this must be a list of arguments; no shell reads it", f"write {key} = {_as_list(written)}")
        return ()
    arguments = table.texts(key, '["pass", "show", "mail"]', required=key in table.values)
    return (table.reading.path(arguments[0]), *arguments[1:]) if arguments and arguments[0].startswith("~") else arguments


def _as_list(written: str) -> str:
    try:
        words = shlex.split(written)
    except ValueError:
        words = written.split()
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _auth(table: _Table, commands: Mapping[str, tuple[str, ...]], client: OAuth2Client | None) -> Auth:
    """As written; a command or an OAuth2 client that stands there alone says enough."""
    password, token = commands["password_command"], commands["token_command"] or client
    meant = Auth.COMMAND if password else Auth.OAUTH2 if token else Auth.KEYRING
    auth = Auth(table.choice("auth", meant.value, [a.value for a in Auth]))
    if (password and token) or (commands["token_command"] and client):
        other = "password_command" if password else "oauth2"
        table.wrong("token_command" if commands["token_command"] else "oauth2", f"there is {other} too", "keep one of the two")
    elif auth is Auth.COMMAND and not password and "password_command" not in table.values:
        table.wrong("password_command", 'this is missing, with auth = "command"', 'write password_command = ["pass", "show", "mail"]')
    elif auth is Auth.OAUTH2 and not token and "token_command" not in table.values:
        table.wrong("token_command", 'this is missing, with auth = "oauth2"', 'write token_command = ["oama", "access", "you@example.org"], or a command like it; or oauth2 = { client_id = "…" } and run mailrescue login')
    elif auth is not meant and (password or token):
        said = "password_command" if password else "token_command" if commands["token_command"] else "oauth2"
        table.wrong("auth", f"{said} says otherwise", f'write auth = "{meant.value}", or take {said if client else "the command"} out')
    return auth


def _oauth2(table: _Table) -> OAuth2Client | None:
    """The user's own client; the secret that some providers give with it belongs into the keyring."""
    if "oauth2" not in table.values:
        return None
    own = table.table("oauth2", _OAUTH2_KEYS)
    for key in ("authorize_url", "token_url", "device_url"):
        if not own.text(key, "https://", "").startswith("https://"):
            own.wrong(key, "this must be an https address", f'write {key} = "https://…"')
    return OAuth2Client(client_id=own.text("client_id", "", "0a1b2c3d-…", required=True), **{key: own.text(key, "", "") for key in _OAUTH2_KEYS[1:]})


def _file(table: _Table, key: str, written: str) -> str:
    path = table.reading.path(written)
    if not Path(path).is_file():
        table.wrong(key, f"there is no file {path}", "mend the path")
    return path


def _check_permissions(reading: _Reading, accounts: tuple[Account, ...]) -> None:
    """Who else may read a secret, or write a command that runs as the user. Windows keeps its rights elsewhere."""
    import os

    if os.name != "posix":
        return
    mode = stat.S_IMODE(reading.place.stat().st_mode)
    commands = any(isinstance(a, ImapAccount) and (a.password_command or a.token_command) for a in accounts)
    if reading.secrets_met and mode & 0o077:
        reading.problems.append((f"{reading.place}: others may read this file, and a secret stands in it", f"chmod 600 {reading.place}, and change that password"))
    elif commands and mode & stat.S_IWOTH:
        reading.problems.append((f"{reading.place}: anyone may write this file, and it names a command to run", f"chmod 600 {reading.place}"))


# ---- [policy] ---------------------------------------------------------------------------------------------------------


def _policy(table: _Table) -> Policy:
    defaults = Policy()
    numbers = {key: table.whole(key, getattr(defaults, key), *bounds) for key, bounds in _RANGES.items()}
    clocks = {key: _clock(table, key, getattr(defaults, key)) for key in ("slots_day_start", "slots_day_end")}
    policy = Policy(**numbers, **clocks)        # type: ignore[arg-type]
    for holds, key, what in _ORDER:
        if not holds(policy):
            table.wrong(key, what, f"write {key} = {_as_toml(getattr(defaults, key))}, or move the other")
    return policy


#: what must hold between two numbers, and the key to name where it does not
_ORDER: tuple[tuple[Callable[[Policy], bool], str, str], ...] = (
    (lambda p: p.confirm_from_minutes > p.confirm_until_minutes, "confirm_until_minutes", "this must be less than confirm_from_minutes"),
    (lambda p: p.confirm_until_minutes >= p.confirm_latest_minutes, "confirm_latest_minutes", "this must be no more than confirm_until_minutes"),
    (lambda p: p.slots_from < p.slots_to, "slots_day_end", "this must be later than slots_day_start"),
    (lambda p: p.slots_days <= p.slots_horizon_days, "slots_days", "this must be no more than slots_horizon_days"),
)


def _clock(table: _Table, key: str, default: str) -> str:
    value = table.values.get(key, default)
    if isinstance(value, time):                     # 09:00:00 without quotes is a time of TOML's own
        return value.strftime("%H:%M")
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return value
    table.wrong(key, "this must be a time of day", f'write {key} = "{default}"')
    return default


def _as_toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
