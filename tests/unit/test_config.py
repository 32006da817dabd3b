"""What the configuration file may say, and what is said back about each mistake."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import pytest

from mailrescue.config import Config, config_file, load, state_folder
from mailrescue.errors import ConfigurationError
from mailrescue.model.account import Auth, ImapAccount, MaildirAccount, Security
from mailrescue.model.policy import Policy

ME = """\
[me]
name = "Delphine Calloway"
addresses = ["delphine@calloway.example"]
timezone = "Europe/Paris"
"""

IMAP = """
[accounts.personal]
type = "imap"
host = "imap.calloway.example"
user = "delphine@calloway.example"
"""


class Written:
    """Writes a configuration and reads it back."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "config.toml"
        self.environ = {"HOME": str(folder / "home"), "TZ": "Europe/Paris"}

    def __call__(self, text: str) -> Config:
        self.path.write_text(dedent(text), "utf-8")
        return load(self.path, self.environ)

    def problems(self, text: str) -> dict[str, str]:
        """Each mistake with its cure."""
        with pytest.raises(ConfigurationError) as caught:
            self(text)
        assert len(caught.value.problems) == len(dict(caught.value.problems))
        return dict(caught.value.problems)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)


# ---- what is read -----------------------------------------------------------------------------------------------------


def test_the_example_of_the_specification_is_read(written: Written) -> None:
    """SPEC section 7: me, an IMAP account, a Maildir, a policy."""
    config = written("""
        [me]
        name = "Delphine Calloway"
        addresses = ["Delphine@Calloway.example", "d.calloway@mail.example"]
        phone = "+33 6 39 98 41 07"
        timezone = "Europe/Paris"
        languages = ["fr", "en"]

        [accounts.personal]
        type = "imap"
        host = "imap.calloway.example"
        user = "delphine@calloway.example"
        drafts = "Brouillons"
        mailboxes = ["Emploi"]

        [accounts.local]
        type = "maildir"
        path = "~/Mail"
        calendars = ["~/.calendars/work", "home.ics"]

        [policy]
        no_show_after_minutes = 20
        slots_day_start = "10:00"
    """)

    me = config.me
    assert (("delphine@calloway.example", "d.calloway@mail.example"), "+33639984107", "+33 6 39 98 41 07") == (me.addresses, me.phone, me.phone_written)
    assert ("Europe/Paris", ("fr", "en")) == (me.timezone, me.languages)
    home = written.path.parent / "home"
    assert (
        ImapAccount(name="personal", host="imap.calloway.example", user="delphine@calloway.example", drafts="Brouillons", mailboxes=("Emploi",)),
        MaildirAccount(name="local", path=str(home / "Mail"), calendars=(str(home / ".calendars/work"), str(written.path.parent / "home.ics"))),
    ) == config.accounts
    assert Policy(no_show_after_minutes=20, slots_day_start="10:00") == config.policy


def test_the_user_alone_is_enough_to_explain_a_message(written: Written) -> None:
    """`explain` needs no account."""
    config = written(ME)

    assert () == config.accounts
    assert Policy() == config.policy


def test_an_imap_account_needs_host_and_user_only(written: Written) -> None:
    """TLS on port 993 and the keyring are the defaults."""
    (account,) = written(ME + IMAP).accounts

    assert isinstance(account, ImapAccount)
    assert (993, Security.TLS, Auth.KEYRING) == (account.port, account.security, account.auth)


def test_a_password_command_says_by_itself_where_the_secret_is(written: Written) -> None:
    """No need to write auth = "command" beside it; ~ in the program's own path is expanded, arguments stay as they are."""
    (account,) = written(ME + IMAP + 'password_command = ["~/bin/secret", "~x"]\n').accounts

    assert isinstance(account, ImapAccount)
    assert (Auth.COMMAND, (str(written.path.parent / "home/bin/secret"), "~x")) == (account.auth, account.password_command)


def test_starttls_has_its_own_port(written: Written) -> None:
    """143 unless another is written."""
    (account,) = written(ME + IMAP + 'security = "starttls"\n').accounts

    assert isinstance(account, ImapAccount)
    assert (143, Security.STARTTLS) == (account.port, account.security)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_a_server_on_this_machine_may_go_without_encryption(written: Written, host: str) -> None:
    """Proton's bridge and the tests' Dovecot listen on loopback."""
    (account,) = written(ME + IMAP.replace("imap.calloway.example", host) + 'security = "none"\n').accounts

    assert isinstance(account, ImapAccount)
    assert account.security is Security.NONE


def test_a_file_that_begins_with_a_byte_order_mark_is_read(written: Written) -> None:
    """Windows' Notepad writes one."""
    assert "Delphine Calloway" == written("\ufeff" + ME).me.name


@pytest.mark.parametrize(
    ("phone", "zone", "e164"),
    [
        pytest.param("+33 (0)6 39 98 41 07", "Europe/Paris", "+33639984107", id="zero in brackets"),
        pytest.param("06 39 98 41 07", "Europe/Paris", "+33639984107", id="national, by the zone's country"),
        pytest.param("020 7946 0815", "Europe/London", "+442079460815", id="London"),
        pytest.param("(212) 555-0143", "America/New_York", "+12125550143", id="New York"),
        pytest.param("+1-555-010-0143", "Europe/Paris", "+15550100143", id="possible but not assigned"),
        pytest.param("", "Europe/Paris", None, id="none"),
    ],
)
def test_the_phone_is_kept_in_e164_and_as_written(written: Written, phone: str, zone: str, e164: str | None) -> None:
    """A draft shows it as the user writes it; call notices are compared in E.164."""
    line = f'phone = "{phone}"\n' if phone else ""
    me = written(ME.replace("Europe/Paris", zone) + line).me

    assert (e164, phone) == (me.phone, me.phone_written)


@pytest.mark.parametrize("tz", ["Europe/Lisbon", ":Europe/Lisbon"])
def test_the_zone_is_the_systems_where_none_is_written(written: Written, tz: str) -> None:
    """$TZ, with or without POSIX's colon."""
    written.environ["TZ"] = tz

    assert "Europe/Lisbon" == written(ME.replace('timezone = "Europe/Paris"\n', "")).me.timezone


@pytest.mark.parametrize(("text", "modes"), [("", ("phone",)), ('[interviews]\nmodes = ["video", "phone", "video"]', ("video", "phone"))])
def test_phone_interviews_alone_are_watched_unless_the_user_asks(written: Written, text: str, modes: tuple[str, ...]) -> None:
    """[interviews] modes."""
    assert modes == written(ME + text).me.modes


def test_a_language_without_templates_is_remarked_not_refused(written: Written) -> None:
    """The user may bring their own templates; mail in that language is read all the same."""
    config = written(ME + 'languages = ["en", "xx"]\n')

    assert ("en", "xx") == config.me.languages
    assert ["me.languages"] == [note.partition(":")[0] for note in config.notes if '"xx"' in note]


def test_a_calendar_that_is_not_there_is_remarked_not_refused(written: Written) -> None:
    """A disk that is not mounted must not stop the drafts."""
    config = written(ME + IMAP + 'calendars = ["nowhere.ics"]\n')

    assert ["accounts.personal.calendars"] == [note.partition(":")[0] for note in config.notes if "nowhere.ics" in note]


# ---- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem", "cure"),
    [
        pytest.param("", "me.name: this is missing", 'name = "', id="empty file, name"),
        pytest.param("", "me.addresses: this is missing", "addresses = [", id="empty file, addresses"),
        pytest.param("me = 3", "me: this must be a table", "[me]", id="no table"),
        pytest.param(ME + "fone = 1", "me.fone: unknown key", "phone", id="nearest key"),
        pytest.param(ME + "[polcy]", "polcy: unknown key", "policy", id="nearest table"),
        pytest.param(ME + "[policy]\nno_show_minutes = 3", "policy.no_show_minutes: unknown key", "no_show_", id="nearest number"),
        pytest.param(ME + IMAP + 'timezone = "Europe/Paris"', "accounts.personal.timezone: unknown key", "it belongs in [me]", id="key of another table"),
        pytest.param(ME + IMAP + 'path = "~/Mail"', "accounts.personal.path: unknown key", 'type = "maildir"', id="key of another type"),
        pytest.param(ME + IMAP + "zzz = 1", "accounts.personal.zzz: unknown key", "known here: type,", id="like none"),
        pytest.param(ME.replace("delphine@calloway.example", "delphine"), 'me.addresses: "delphine" is no mail address', "you@example.org", id="address"),
        pytest.param(ME.replace('["delphine@calloway.example"]', "[]"), "me.addresses: this must be a list of texts", "[", id="no address"),
        pytest.param(ME.replace("Calloway", "Calloway\\nBcc: x@y.example"), "me.name: this must be a line of text", "name =", id="line break in the name"),
        pytest.param(ME.replace("Europe/Paris", "Europe/Pari"), 'me.timezone: "Europe/Pari" is no time zone', "Europe/Paris", id="zone"),
        pytest.param(ME.replace("Europe/Paris", "../../etc/passwd"), 'me.timezone: "../../etc/passwd" is no time zone', "timezone", id="zone out of its folder"),
        pytest.param(ME + 'phone = "call me"', 'me.phone: "call me" is no telephone number', "+44", id="phone"),
        pytest.param(ME + 'phone = "12"', 'me.phone: "12" is no telephone number', "+44", id="short phone"),
        pytest.param(ME + "phone = 33639984107", "me.phone: this must be a line of text", '"+44', id="phone as a number"),
        pytest.param(ME + 'languages = ["French"]', 'me.languages: "french" is no language code', "two letters", id="language"),
        pytest.param(ME + 'languages = ["pt-BR"]', 'me.languages: "pt-br" is no language code', '"pt"', id="language of a country"),
        pytest.param(ME + "[accounts.a]", "accounts.a.type: this is missing", 'type = "imap"', id="type"),
        pytest.param(ME + '[accounts.a]\npath="x"', "accounts.a.type: this is missing", 'type = "maildir"', id="type, by the keys"),
        pytest.param(ME + '[accounts.a]\ntype="pop3"\nhost="x.example"\nuser="u"', 'accounts.a.type: this must be "imap" or "maildir"', "imap", id="POP3"),
        pytest.param(ME + '[accounts.a]\ntype="maildir"', "accounts.a.path: this is missing", 'path = "~/Mail"', id="path"),
        pytest.param(ME + '[accounts."a/b"]\ntype="maildir"\npath="x"', "accounts.a/b: an account's name has letters, digits, . - and _ only", "personal", id="name"),
        pytest.param(ME + "[accounts]\na = 1", "accounts.a: this must be a table", "[accounts.a]", id="account no table"),
        pytest.param(ME + IMAP.replace("imap.", "https://imap."), "accounts.personal.host: this must be the server's name alone", "host", id="a web address"),
        pytest.param(ME + IMAP.replace("imap.calloway.example", "imap.calloway.example:993"), "accounts.personal.host: this must be the server's name alone", "port = 993", id="host with port"),
        pytest.param(ME + IMAP + 'port = "993"', "accounts.personal.port: this must be a whole number from 1 to 65535", "port = 993", id="port as text"),
        pytest.param(ME + IMAP + "port = 143", "accounts.personal.security: port 143 does not speak TLS from the start", "starttls", id="STARTTLS forgotten"),
        pytest.param(ME + IMAP + 'security = "ssl"', "accounts.personal.security: this must be one of tls, starttls, none", "tls", id="security"),
        pytest.param(ME + IMAP + 'security = "none"', "accounts.personal.security: without encryption only a server on this machine is spoken to", "tls", id="plain"),
        pytest.param(ME + IMAP + 'auth = "command"', 'accounts.personal.password_command: this is missing, with auth = "command"', "pass", id="no command"),
        pytest.param(ME + IMAP + 'auth = "oauth2"', 'accounts.personal.token_command: this is missing, with auth = "oauth2"', "token_command", id="no token"),
        pytest.param(ME + IMAP + 'auth = "keyring"\npassword_command = ["x"]', "accounts.personal.auth: password_command says otherwise", "command", id="two ways"),
        pytest.param(ME + IMAP + "password_command = \"pass show 'my mail'\"", "accounts.personal.password_command: this must be a list of arguments; no shell reads it", '["pass", "show", "my mail"]', id="shell"),
        pytest.param(ME + IMAP + "password_command = []", "accounts.personal.password_command: this must be a list of texts", "pass", id="empty command"),
        pytest.param(ME + IMAP + 'calendars = ["https://calendar.example/private-x/basic.ics"]', "accounts.personal.calendars: a calendar on the web is not read: mailrescue fetches nothing", "vdirsyncer", id="web calendar"),
        pytest.param(ME + '[interviews]\nmodes = ["fax"]', 'interviews.modes: "fax" is no way to talk that mailrescue watches', '["phone", "video"]', id="mode"),
        pytest.param(ME + "[interviews]\nmodes = []", "interviews.modes: this must be a list of texts", '["phone", "video"]', id="no mode"),
        pytest.param(ME + 'modes = ["video"]', "me.modes: unknown key", "it belongs in [interviews]", id="modes of the user"),
        pytest.param(ME + "[policy]\nslots = true", "policy.slots: this must be a whole number from 1 to 10", "slots = 3", id="true is no number"),
        pytest.param(ME + "[policy]\nno_show_after_minutes = 0", "policy.no_show_after_minutes: this must be a whole number from 5 to 120", "15", id="no patience"),
        pytest.param(ME + '[policy]\nslots_day_end = "6 pm"', "policy.slots_day_end: this must be a time of day", '"18:00"', id="clock"),
        pytest.param(ME + '[policy]\nslots_day_end = "08:00"', "policy.slots_day_end: this must be later than slots_day_start", '"18:00"', id="day ends first"),
        pytest.param(ME + "[policy]\nconfirm_until_minutes = 180", "policy.confirm_until_minutes: this must be less than confirm_from_minutes", "60", id="window upside down"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_cure(written: Written, text: str, problem: str, cure: str) -> None:
    """What is wrong begins with the key; the cure says what to write."""
    problems = written.problems(text)

    assert problem in problems
    assert cure in problems[problem]


def test_all_mistakes_come_at_once(written: Written) -> None:
    """Nobody likes to mend a file ten times."""
    problems = written.problems(ME.replace("Paris", "Pari") + "fone = 1\n" + IMAP.replace("host", "hots") + "[policy]\nslots = 0\n")

    keys = {problem.partition(":")[0] for problem in problems}
    assert {"me.timezone", "me.fone", "accounts.personal.hots", "accounts.personal.host", "policy.slots"} == keys


@pytest.mark.parametrize("key", ["password", "app_password", "token", "client_secret"])
def test_a_secret_in_the_file_is_refused_and_not_repeated(written: Written, key: str) -> None:
    """The cure names the keyring and the command; the secret itself appears nowhere."""
    problems = written.problems(ME + IMAP + f'{key} = "correct horse"\n')

    assert "keyring" in problems[f"accounts.personal.{key}: no secret may stand in this file"]
    assert "correct horse" not in str(problems)


@pytest.mark.skipif(os.name != "posix", reason="rights are kept elsewhere")
@pytest.mark.parametrize(
    ("line", "mode", "told"),
    [
        pytest.param('password = "x"', 0o644, "others may read this file", id="secret, readable"),
        pytest.param('password_command = ["pass"]', 0o666, "anyone may write this file", id="command, writable"),
        pytest.param('password_command = ["pass"]', 0o644, "", id="command, readable"),
        pytest.param("", 0o644, "", id="nothing to hide"),
    ],
)
def test_who_else_may_read_or_write_the_file(written: Written, line: str, mode: int, told: str) -> None:
    """A secret is for its owner's eyes, a command that runs is for their hands."""
    written.path.write_text(ME + IMAP + line)
    written.path.chmod(mode)

    try:
        load(written.path, written.environ)
        problems = ""
    except ConfigurationError as error:
        problems = str(error.problems)

    assert told in problems
    assert bool(told) == ("chmod 600" in problems)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    """The first thing that a new user sees."""
    with pytest.raises(ConfigurationError, match=r"there is no configuration at .*nowhere\.toml.*mailrescue setup.*mailrescue demo"):
        load(tmp_path / "nowhere.toml", {})


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        pytest.param(b"[me\n", "is not TOML", id="bracket"),
        pytest.param(b"[me]\nname = 'L\xe9a'\n", "is not UTF-8", id="Latin-1"),
        pytest.param(b"a = " + b"[" * 50_000, "is not TOML", id="endless nesting"),
    ],
)
def test_a_file_that_is_no_toml_says_where(tmp_path: Path, octets: bytes, words: str) -> None:
    """One error, with the file's name."""
    path = tmp_path / "config.toml"
    path.write_bytes(octets)

    with pytest.raises(ConfigurationError, match=words):
        load(path, {})


# ---- where it lies ----------------------------------------------------------------------------------------------------


def test_the_option_beats_the_variable_beats_the_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--config, $MAILRESCUE_CONFIG, then the platform's own folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    environ = {"MAILRESCUE_CONFIG": str(tmp_path / "named.toml")}

    assert tmp_path / "given.toml" == config_file(tmp_path / "given.toml", environ)
    assert tmp_path / "named.toml" == config_file(None, environ)
    assert ("mailrescue", "config.toml") == config_file(None, {}).parts[-2:]


def test_the_state_lies_apart_from_the_configuration(tmp_path: Path) -> None:
    """--state-dir, $MAILRESCUE_STATE_DIR, then the platform's own folder."""
    environ = {"MAILRESCUE_STATE_DIR": str(tmp_path / "named")}

    assert tmp_path / "given" == state_folder(tmp_path / "given", environ)
    assert tmp_path / "named" == state_folder(None, environ)
    assert state_folder(None, {}) != config_file(None, {}).parent
