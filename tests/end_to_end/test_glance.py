"""A scan that would find nothing ends after a glance, and everything that could make it find something is seen by the glance."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailrescue import cli, glance
from tests import servers

START = datetime.fromisoformat("2026-12-01T14:00:00+01:00")
INVITED = START - timedelta(days=3)
QUIET = START - timedelta(hours=5)          # between the invite and the time to confirm
PAST = datetime(2020, 1, 1).timestamp()

INVITE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Granite//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:glance-1@granite.example
SEQUENCE:0
DTSTAMP:20261128T080000Z
DTSTART:20261201T130000Z
DTEND:20261201T133000Z
SUMMARY:Phone interview: Data Engineer
DESCRIPTION:This is a phone interview. I will call you at +49 30 1234567.
ORGANIZER;CN=Bea Stone:mailto:bea@granite.example
ATTENDEE;CN=Ada Quist;PARTSTAT=NEEDS-ACTION:mailto:ada@quist.example
END:VEVENT
END:VCALENDAR
"""

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Own//EN\r\nEND:VCALENDAR\r\n"


def mail(subject: str, calendar: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Bea Stone <bea@granite.example>", "Ada Quist <ada@quist.example>", subject
    message["Date"], message["Message-ID"] = "Sat, 28 Nov 2026 09:00:00 +0100", f"<{abs(hash(subject))}@granite.example>"
    message.set_content("I look forward to our phone interview for the Data Engineer position.\n")
    if calendar:
        message.add_attachment(calendar.encode(), "text", "calendar", params={"method": "REQUEST", "charset": "utf-8"})
    return message.as_bytes()


class Home:
    """A user's machine: a Maildir, a configuration, a calendar, the state."""

    def __init__(self, folder: Path, account: str | None = None) -> None:
        self.folder, self.box, self.state = folder, folder / "Mail", folder / "state"
        for name in ("", ".Sent", ".Drafts", ".Trash"):
            for part in ("new", "cur", "tmp"):
                (self.box / name / part).mkdir(parents=True)
        (folder / "calendar.ics").write_text(CALENDAR)
        me = '[me]\nname = "Ada Quist"\naddresses = ["ada@quist.example"]\ntimezone = "Europe/Berlin"\n[accounts.own]\ncalendars = ["calendar.ics"]\n'
        (folder / "config.toml").write_text(me + (account or f'type = "maildir"\npath = "{self.box}"\n'))
        self.settle()

    def settle(self) -> None:
        """All that was changed was changed long ago; what changes within two seconds of a scan makes the next one look again."""
        for path in (self.folder / "config.toml", self.folder / "calendar.ics", *self.box.rglob("*")):
            if path.is_dir() or path.parent == self.folder:
                os.utime(path, (PAST, PAST))

    def deliver(self, octets: bytes, folder: str = "", at: datetime = INVITED) -> Path:
        path = self.box / folder / "new" / f"{int(at.timestamp())}.M{len(octets)}.home"
        path.write_bytes(octets)
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    def words(self, at: datetime, *more: str) -> list[str]:
        return ["--config", str(self.folder / "config.toml"), "--state-dir", str(self.state), *more[:1], "scan", "--now", at.isoformat(), *more[1:]]

    def scan(self, at: datetime) -> None:
        """Twice: what the first one writes is settled when the second one finds nothing to do."""
        for _ in range(2):
            assert 0 == cli.run(self.words(at, "-q"))
            self.settle()
        assert 0 == cli.run(self.words(at, "-q"))

    def nothing_new(self, at: datetime) -> bool:
        """Whether a glance is enough."""
        seen = glance.look(self.words(at), os.environ, lambda: pytest.fail("the time was given"))
        return seen.lines is not None

    def drafts(self) -> list[Path]:
        return sorted((self.box / ".Drafts" / "cur").iterdir())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An interview is in view, nothing is due, and the last scan found nothing to do."""
    home = Home(tmp_path)
    home.deliver(mail("Phone interview: Data Engineer", INVITE))
    home.scan(QUIET)
    return home


def test_a_glance_is_enough_where_nothing_happened(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what the scan would have said, and doctor still learns when the last scan was."""
    capsys.readouterr()
    later = QUIET + timedelta(minutes=5)

    assert ["own: nothing new to draft"] == glance.look(home.words(later), os.environ, lambda: 0.0).lines
    assert later.timestamp() == (home.state / "lock").stat().st_mtime
    assert 0 == cli.run(home.words(later))
    assert "own: nothing new to draft\n" == capsys.readouterr().out


def test_quiet_says_nothing(home: Home) -> None:
    assert [] == glance.look(home.words(QUIET, "-q"), os.environ, lambda: 0.0).lines


def edit(name: str, text: str) -> Callable[[Home], object]:
    def change(home: Home) -> None:
        path = home.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + text)

    return change


CHANGES: dict[str, Callable[[Home], object]] = {
    "new mail": lambda home: home.deliver(mail("Running late")),
    "mail sent": lambda home: home.deliver(mail("Re: Phone interview"), ".Sent"),
    "a draft of the user's": lambda home: home.deliver(mail("Something else"), ".Drafts"),
    "another setting": edit("config.toml", "[policy]\nno_show_after_minutes = 20\n"),
    "a template of the user's": edit("templates/en/confirmation.txt.j2", "Hello"),
    "a word of the user's": edit("vocabulary/en/evidence.toml", ""),
    "an event in the calendar": edit("calendar.ics", "X-WR-CALNAME:Own\r\n"),
    "the calendar is gone": lambda home: (home.folder / "calendar.ics").unlink(),
    "the user's word": lambda home: cli.run([*home.words(QUIET)[:4], "outcome", interview(home), "happened", "--now", QUIET.isoformat()]),
    "the state is a copy": lambda home: (shutil.copytree(home.state, home.folder / "copy"), shutil.rmtree(home.state), shutil.move(home.folder / "copy", home.state)),
    "the state is lost": lambda home: shutil.rmtree(home.state),
    "a run was killed as it wrote": lambda home: (home.state / "journal.sqlite3-journal").write_bytes(b"left over"),
    "the record is torn": lambda home: (home.state / "unchanged.json").write_bytes((home.state / "unchanged.json").read_bytes()[:200]),
}


def interview(home: Home) -> str:
    from mailrescue.commands import tracked
    from mailrescue.wiring import Workshop

    workshop = Workshop(home.folder / "config.toml", home.state, os.environ)
    return tracked.cases(workshop.desk(workshop.accounts()[0], workshop.journal()), QUIET)[0].interview.id


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_scan_runs_when_anything_changed(home: Home, change: Callable[[Home], object]) -> None:
    assert home.nothing_new(QUIET)

    change(home)

    assert not home.nothing_new(QUIET)


@pytest.mark.parametrize(
    ("at", "enough"),
    [
        pytest.param(QUIET - timedelta(minutes=1), False, id="the clock was set back"),
        pytest.param(START - timedelta(hours=2, minutes=1), True, id="a minute before the confirmation is due"),
        pytest.param(START - timedelta(hours=2), False, id="when the confirmation is due"),
        pytest.param(START + timedelta(minutes=15), False, id="when nobody has called"),
        pytest.param(QUIET + timedelta(days=1), False, id="a day later, whatever happens"),
    ],
)
def test_the_scan_runs_when_its_time_has_come(home: Home, at: datetime, enough: bool) -> None:
    assert enough == home.nothing_new(at)


def test_what_was_written_is_looked_at_once_more(home: Home) -> None:
    """A scan that drafted something leaves no record; the next one does, until the moment at which the draft must go."""
    due = START - timedelta(hours=2)
    assert 0 == cli.run(home.words(due, "-q"))
    assert not home.nothing_new(due)

    home.scan(due)

    assert 1 == len(home.drafts())
    assert home.nothing_new(due + timedelta(minutes=30))
    assert not home.nothing_new(START)


TOUCHES: dict[str, Callable[[Path], object]] = {
    "deleted": lambda draft: draft.unlink(),
    "flagged": lambda draft: draft.rename(draft.with_name(draft.name.replace(":2,DS", ":2,DFS"))),
    "edited": lambda draft: (draft.with_name("1.edited.home:2,DS").write_bytes(draft.read_bytes() + b"P.S.\n"), draft.unlink()),
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_a_touched_draft_is_seen(home: Home, touch: Callable[[Path], object]) -> None:
    home.scan(START - timedelta(hours=2))
    assert home.nothing_new(START - timedelta(hours=2))

    touch(home.drafts()[0])

    assert not home.nothing_new(START - timedelta(hours=2))


@pytest.mark.parametrize("words", [["-v"], ["-q", "--json"], ["-q", "--dry-run"], ["-q", "--account", "nobody"]], ids=" ".join)
def test_other_words_are_for_the_scan(home: Home, words: list[str]) -> None:
    assert glance.look(home.words(QUIET, *words), os.environ, lambda: 0.0).lines is None


def test_a_glance_loads_nothing_that_it_does_not_need(home: Home) -> None:
    """What cron starts every few minutes: no library, no TOML, no database."""
    code = "import sys; from mailrescue.__main__ import main; main(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, *home.words(QUIET)], capture_output=True, text=True, check=True)
    said, loaded = done.stdout.splitlines()

    heavy = {"argparse", "babel", "dataclasses", "email", "icalendar", "imapclient", "imaplib", "jinja2", "keyring", "msgspec", "pathlib", "phonenumbers", "sqlite3", "subprocess", "tomllib"}
    assert "own: nothing new to draft" == said
    assert set() == heavy & set(loaded.split())


# ---- on a server ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[servers.Server]:
    if not servers.has_dovecot():
        pytest.skip("needs dovecot-imapd")
    with servers.dovecot() as server:
        yield server


@pytest.fixture
def remote(tmp_path: Path, server: servers.Server, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Home:
    """The same on a server that offers CONDSTORE: a draft of ours stands, and the last scan found nothing to do."""
    user = server.add(request.node.name.translate({ord(c): "-" for c in "[] _"}))
    (tmp_path / "mailrescue.own").write_text(f"{server.password}\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    home = Home(tmp_path, f'type = "imap"\nhost = "localhost"\nport = {server.tls_port}\nuser = "{user}"\nca_file = "{server.ca_file}"\n')
    client = server.client(user)
    client.append("INBOX", "()", INVITED, mail("Phone interview: Data Engineer", INVITE).replace(b"\n", b"\r\n"))
    client.logout()
    home.scan(START - timedelta(hours=2))
    home.user = user  # type: ignore[attr-defined]
    return home


REMOTE: dict[str, tuple[str, str, list[str]]] = {
    "new mail": ("INBOX", "append", []),
    "mail sent": ("Sent", "append", []),
    "a draft flagged": ("Drafts", "store", ["1", "+FLAGS", "(\\Flagged)"]),
    "a draft deleted": ("Drafts", "store", ["1", "+FLAGS", "(\\Deleted)"]),
    "a draft edited": ("Drafts", "append", []),
}


@pytest.mark.server
@pytest.mark.parametrize(("mailbox", "deed", "words"), REMOTE.values(), ids=REMOTE)
def test_the_glance_sees_what_another_client_does(remote: Home, server: servers.Server, mailbox: str, deed: str, words: list[str]) -> None:
    at = START - timedelta(hours=2)
    assert remote.nothing_new(at)

    client = server.client(remote.user)  # type: ignore[attr-defined]
    client.select(mailbox)
    if deed == "append":
        client.append(mailbox, "()", INVITED, mail("Something").replace(b"\n", b"\r\n"))
    else:
        client.store(*words)
    client.logout()

    assert not remote.nothing_new(at)


@pytest.mark.server
def test_the_scan_goes_on_with_the_session_of_the_glance(remote: Home, server: servers.Server, capsys: pytest.CaptureFixture[str]) -> None:
    """One login, and what has come is found: the mail that asks for another time withdraws the confirmation."""
    at = START - timedelta(hours=1, minutes=50)
    client = server.client(remote.user)  # type: ignore[attr-defined]
    client.append("INBOX", "()", at, mail("Re: Phone interview: Data Engineer", INVITE.replace("METHOD:REQUEST", "METHOD:CANCEL").replace("SEQUENCE:0", "SEQUENCE:1")).replace(b"\n", b"\r\n"))
    client.logout()

    seen = glance.look(remote.words(at), os.environ, lambda: 0.0)
    assert seen.lines is None
    assert ["own"] == list(seen.opened)
    (remote.folder / "mailrescue.own").write_text("a secret that nobody takes\n")

    assert 0 == cli.run(remote.words(at), seen)
    assert "withdrew the confirmation draft" in " ".join(capsys.readouterr().out.split())


@pytest.mark.server
def test_a_refused_login_counts_once(remote: Home) -> None:
    """Three refusals in a row and no more are tried, those of the glance among them."""
    at = START - timedelta(hours=2)
    (remote.folder / "mailrescue.own").write_text("wrong\n")
    tried = []
    for _ in range(5):
        seen = glance.look(remote.words(at), os.environ, lambda: 0.0)
        tried.append(len(seen.refused))
        assert 77 == cli.run(remote.words(at), seen)

    assert [1, 0, 0, 0, 0] == tried
