"""What doctor finds, and the cure that it names: real stores and a real server, each fault made by hand."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailrescue.commands import doctor
from mailrescue.commands.doctor import Check, Level
from mailrescue.model.account import ImapAccount
from mailrescue.model.mail import MessageRef
from mailrescue.stores.base import Listed
from mailrescue.wiring import Workshop
from tests import servers

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ME = '[me]\nname = "Delphine"\naddresses = ["delphine@calloway.example"]\ntimezone = "Europe/Paris"\nlanguages = ["en"]\n'


class Home:
    """A user's folder with a configuration and, if nothing else is said, a Maildir."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {"HOME": str(folder), "TZ": "Europe/Paris", "PATH": "/nowhere"}
        self.maildir = servers.make_maildir(folder / "Mail", ("Drafts", "Sent", "Trash"))
        self.configure(ME + '[accounts.local]\ntype = "maildir"\npath = "Mail"\n')

    def configure(self, text: str) -> None:
        (self.folder / "config.toml").write_text(text)

    def workshop(self) -> Workshop:
        return Workshop(self.folder / "config.toml", self.folder / "state", self.environ)

    def checks(self, now: datetime = NOON) -> list[Check]:
        """All of them; whatever is not good names a cure."""
        checks = list(doctor.examine(self.workshop(), self.environ, now))
        assert [] == [check for check in checks if check.level is not Level.GOOD and not check.cure]
        return checks

    def bad(self, now: datetime = NOON) -> list[tuple[str, str]]:
        """What is not good, and its cure."""
        return [(check.what, check.cure) for check in self.checks(now) if check.level is not Level.GOOD and check.name != "schedule"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_all_is_well(home: Home) -> None:
    """Every line good; only nobody runs the scan yet."""
    assert [] == home.bad()
    assert [("nothing runs the scan", "mailrescue schedule install")] == [(c.what, c.cure) for c in home.checks() if c.name == "schedule"]


def test_every_mistake_of_the_configuration_is_a_line(home: Home) -> None:
    """And nothing else is looked at."""
    home.configure(ME.replace("Paris", "Pariss") + '[accounts.local]\ntype = "maildir"\npaht = "Mail"\n')

    assert [
        (f"{home.folder}/config.toml has 3 mistakes", "mend what is listed"),
        ('me.timezone: "Europe/Pariss" is no time zone', 'write timezone = "Europe/Paris"'),
        ("accounts.local.paht: unknown key", "did you mean path?"),
        ("accounts.local.path: this is missing", 'write path = "~/Mail"'),
    ] == home.bad()


def test_no_configuration_at_all(home: Home) -> None:
    """The cure is the wizard."""
    (home.folder / "config.toml").unlink()

    ((what, cure),) = home.bad()

    assert "there is no configuration" in what
    assert "mailrescue setup" in cure


def test_a_mailbox_without_sent_and_trash_is_worth_a_note(home: Home) -> None:
    """Not bad: drafts are written all the same."""
    for folder in (".Sent", ".Trash"):
        (home.maildir / folder).rename(home.folder / folder)

    assert [
        ("no Sent mailbox: what you send yourself is not seen", "write sent under [accounts.local]"),
        ("no Trash: an outdated draft is removed for good", "write trash under [accounts.local]"),
    ] == home.bad()


def test_no_drafts_mailbox_is_bad(home: Home) -> None:
    """It lists what there is."""
    (home.maildir / ".Drafts").rename(home.maildir / ".Angefangenes")

    ((what, cure),) = home.bad()

    assert "no Drafts mailbox is found in account local" in what
    assert "'Angefangenes'" in what
    assert 'say which it is: drafts = "…" under [accounts.local]' == cure


def test_another_zone_than_the_systems_is_worth_a_note(home: Home) -> None:
    """Somebody who travels means it so."""
    home.environ["TZ"] = "America/New_York"

    assert [("Europe/Paris, and the system says America/New_York", "fine if your mails are to say the first; otherwise set me.timezone")] == home.bad()


def test_a_template_that_cannot_be_used_is_bad(home: Home) -> None:
    """Named with its line; the built-in one serves meanwhile."""
    (home.folder / "templates" / "en").mkdir(parents=True)
    (home.folder / "templates" / "en" / "no-show.txt.j2").write_text("Hi {{ nobody.knows }},\n")

    problems = [check for check in home.checks() if check.name == "templates"]

    assert {Level.BAD} == {check.level for check in problems}
    assert "no-show.txt.j2:1" in problems[0].what


def test_mail_from_the_future_shows_a_slow_clock(home: Home) -> None:
    """The server's stamp lies ahead of this computer's clock."""
    path = home.maildir / "cur" / "1.example:2,S"
    path.write_bytes(b"Subject: x\n\nx\n")
    os.utime(path, ((NOON + timedelta(minutes=45)).timestamp(),) * 2)

    assert [("mail arrived 45 minutes ahead of this computer's clock", "set the clock: timedatectl set-ntp true")] == home.bad()


@pytest.mark.parametrize(
    ("host", "calendar", "levels"),
    [
        pytest.param("outlook.office365.com", False, [Level.WARNING], id="Office 365 that shows no invite"),
        pytest.param("outlook.office365.com", True, [Level.GOOD], id="Office 365 that does"),
        pytest.param("imap.calloway.example", False, [], id="another server"),
    ],
)
def test_the_setting_of_office_365_is_thought_of(host: str, calendar: bool, levels: list[Level]) -> None:
    """It may give mail programs a link in the place of an invite."""
    newest = [Listed(MessageRef("INBOX", 1, "1"), NOON, 100, calendar)]

    checks = list(doctor._office365(newest, ImapAccount(name="work", host=host, user="u")))

    assert levels == [check.level for check in checks]
    assert all("send meeting invitations in iCalendar format" in check.cure for check in checks if check.level is Level.WARNING)


@pytest.mark.parametrize(
    ("account", "name", "words"),
    [
        pytest.param('password_command = ["false"]', "secret", "false failed with status 1", id="no secret"),
        pytest.param('password_command = ["echo", "wrong"]', "login", "refused the login of doctor@example.org", id="a wrong one"),
        pytest.param('token_command = ["echo", "token"]', "login", "does not take what auth = \"oauth2\" gives", id="a way that the server does not take"),
    ],
)
@pytest.mark.server
@pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")
def test_a_login_that_fails_says_where(home: Home, dovecot_server: servers.Server, account: str, name: str, words: str) -> None:
    """One bad line for this account, with its name, and a cure."""
    home.environ["PATH"] = os.environ["PATH"]
    if "doctor@example.org" not in (dovecot_server.folder / "passwd").read_text():
        dovecot_server.add("doctor@example.org")
    place = f'host = "localhost"\nport = {dovecot_server.tls_port}\nca_file = "{dovecot_server.ca_file}"\nuser = "doctor@example.org"\n'
    home.configure(f'{ME}[accounts.work]\ntype = "imap"\n{place}{account}\n')

    (bad,) = (check for check in home.checks() if check.level is Level.BAD)

    assert (name, "work") == (bad.name, bad.account)
    assert words in bad.what


def test_a_server_that_is_away_is_told_as_such(home: Home) -> None:
    """Nobody listens on that port."""
    (port,) = servers.free_ports(1)
    home.configure(f'{ME}[accounts.work]\ntype = "imap"\nhost = "localhost"\nport = {port}\nuser = "u"\n')

    assert [("server", Level.BAD)] == [(check.name, check.level) for check in home.checks() if check.account == "work" and check.level is Level.BAD]


def test_as_cron_sees_what_cron_sees(tmp_path: Path) -> None:
    """HOME, LOGNAME, SHELL and PATH, and nothing else of this session."""
    shows = tmp_path / "mailrescue"
    shows.write_text(f"#!{sys.executable}\n" + "import json, os\nprint(json.dumps({'checks': [{'name': ' '.join(sorted(os.environ)), 'level': 'good', 'what': os.environ['PATH'], 'cure': '', 'account': ''}]}))\n")
    shows.chmod(0o755)

    (check,) = doctor.as_cron([str(shows)], {**os.environ, "HOME": str(tmp_path), "LOGNAME": "lea"})

    assert {"HOME", "LOGNAME", "PATH", "SHELL"} == set(check.name.split()) - {"LC_CTYPE", "PWD", "_"}
    assert "/usr/bin:/bin" == check.what


def test_a_program_that_cron_cannot_run_is_bad(tmp_path: Path) -> None:
    """With what to type to see it."""
    (check,) = doctor.as_cron([str(tmp_path / "gone")], {"HOME": str(tmp_path)})

    assert Level.BAD is check.level
    assert "env -i HOME=$HOME" in check.cure


def test_the_text_has_one_line_a_check_and_the_cure_below() -> None:
    """Signs that grep finds."""
    checks = [Check("server", Level.GOOD, "imap.example.org:993", account="work"), Check("login", Level.BAD, "refused", "renew it", "work")]

    assert ["ok    server        work: imap.example.org:993", "BAD   login         work: refused", "                    → renew it"] == doctor.text(checks)
