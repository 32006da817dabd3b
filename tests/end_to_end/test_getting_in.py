"""From an address to drafts that appear by themselves: the installed command against a real Dovecot, by password and by token, with a keyring of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests import servers
from tests.authorization_server import CLIENT, Provider, authorization_server
from tests.rings import entries, make_ring

PASSWORD, NOW = servers.PASSWORD, "2026-11-24T14:20:00+01:00"

pytestmark = [pytest.mark.server, pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")]

INVITE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Calloway//Test//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:getting-in@moorland.example
DTSTAMP:20261120T090000Z
DTSTART:{start:%Y%m%dT%H%M%SZ}
DTEND:{end:%Y%m%dT%H%M%SZ}
SUMMARY:Phone interview - Archivist
DESCRIPTION:I will call you on your mobile. Olive Bracken
ORGANIZER;CN=Olive Bracken:mailto:olive.bracken@moorland.example
ATTENDEE;CN=Lea;PARTSTAT=ACCEPTED:mailto:{user}
END:VEVENT
END:VCALENDAR
"""


def invite(user: str, start: datetime = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)) -> bytes:
    """A phone interview, at 14:00 in Paris if nothing else is said, to which they call."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Olive Bracken <olive.bracken@moorland.example>", user, "Phone interview - Archivist"
    mail["Date"], mail["Message-ID"] = "Fri, 20 Nov 2026 10:00:00 +0100", "<getting-in-1@moorland.example>"
    mail.set_content("Looking forward to our call.\nOlive Bracken")
    mail.add_alternative(INVITE.format(user=user, start=start, end=start + timedelta(minutes=30)), subtype="calendar", params={"method": "REQUEST"})
    return mail.as_bytes()


class Newcomer:
    """Somebody with an address, a keyring and nothing else. ``home`` is all that they have on disk."""

    def __init__(self, home: Path, server: servers.Server, user: str) -> None:
        self.home, self.server, self.user = home, server, user
        self.environ = {"PATH": f"{home / 'bin'}:{os.environ['PATH']}", "LANG": "en_GB.UTF-8", **make_ring(home)}
        (home / "bin").mkdir()

    def run(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([str(Path(sys.executable).with_name("mailrescue")), *words], env=self.environ, input=given, capture_output=True, text=True, timeout=90)

    def set_up(self, *more: str, given: str = f"{PASSWORD}\n") -> subprocess.CompletedProcess[str]:
        """``setup`` with everything said, for this server and its private authority."""
        you = ("--name", "Lea Calloway", "--address", self.user, "--phone", "+33 6 39 98 41 07", "--timezone", "Europe/Paris", "--language", "en")
        there = ("--host", "localhost", "--port", str(self.server.tls_port), "--ca-file", str(self.server.ca_file), "--schedule", "none", "--now", NOW)
        return self.run("setup", *you, *there, *more, given=given)

    @property
    def config(self) -> Path:
        return self.home / ".config" / "mailrescue" / "config.toml"

    def written(self) -> dict[str, Any]:
        return tomllib.loads(self.config.read_text())

    def checks(self, *words: str) -> dict[str, str]:
        """``doctor``: each check's name and level; of several the worst."""
        rows = json.loads(self.run("doctor", "--json", *words).stdout)["checks"]
        order = ["good", "warning", "bad"]
        return {row["name"]: max((r["level"] for r in rows if r["name"] == row["name"]), key=order.index) for row in rows}

    def drafts(self) -> int:
        session = self.server.client(self.user)
        (count,) = session.select("Drafts", readonly=True)[1]
        session.logout()
        return int(count or 0)

    def receives(self, octets: bytes) -> None:
        session = self.server.client(self.user)
        assert "OK" == session.append("INBOX", "", '"20-Nov-2026 10:00:00 +0100"', octets)[0]
        session.logout()

    def files_with(self, secret: str) -> list[Path]:
        """The files of the home in which that text stands."""
        return [path for path in self.home.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


@pytest.fixture
def newcomer(tmp_path: Path, dovecot_server: servers.Server, request: pytest.FixtureRequest) -> Newcomer:
    name = f"getting-in-{abs(hash(request.node.nodeid)) % 10**9}@example.org"
    return Newcomer(tmp_path / "home", dovecot_server, dovecot_server.add(name))


# ---- by password ----------------------------------------------------------------------------------------------------------


def test_one_command_and_the_mailbox_is_in_view(newcomer: Newcomer) -> None:
    """The login is tried, the mailboxes are shown, the phone interview is named with what would be drafted; nothing is written into the mailbox."""
    newcomer.receives(invite(newcomer.user))

    done = newcomer.set_up("--password-stdin")

    assert (0, "") == (done.returncode, done.stderr)
    for words in ("your number: +33 6 39 98 41 07", "Drafts   Drafts", "Sent     Sent", "1 phone interview in view", "today 14:00  Phone interview - Archivist, Olive Bracken", "would have drafted the no-show draft"):
        assert words in done.stdout
    assert 0 == newcomer.drafts()


def test_the_configuration_is_the_owners_alone_and_holds_no_secret(newcomer: Newcomer) -> None:
    """The password lies in the keyring and nowhere else."""
    newcomer.set_up("--password-stdin")

    assert 0o600 == newcomer.config.stat().st_mode & 0o777
    assert {"type": "imap", "host": "localhost", "user": newcomer.user, "port": newcomer.server.tls_port, "ca_file": newcomer.server.ca_file, "auth": "keyring"} == newcomer.written()["accounts"]["personal"]
    assert "# calendars = [" in newcomer.config.read_text()
    assert {f"mailrescue personal:{newcomer.user}": PASSWORD} == entries(newcomer.home)
    assert [newcomer.home / "ring"] == [path.parent for path in newcomer.files_with(PASSWORD)]


def test_a_login_that_is_refused_leaves_nothing_behind(newcomer: Newcomer) -> None:
    """Neither a configuration nor a password."""
    done = newcomer.set_up("--password-stdin", given="wrong\n")

    assert 77 == done.returncode
    assert "refused the login" in done.stderr
    assert not newcomer.config.exists()
    assert {} == entries(newcomer.home)


def test_what_the_user_wrote_into_the_configuration_stays(newcomer: Newcomer) -> None:
    """Comments, order, policy and other accounts; a second setup of the same mailbox changes that account alone."""
    newcomer.set_up("--password-stdin")
    by_hand = newcomer.config.read_text().replace('auth = "keyring"', 'auth = "keyring"\ncalendars = []  # none yet') + "\n[policy]\nslots = 4   # I like to offer more\n"
    newcomer.config.write_text(by_hand)

    done = newcomer.set_up("--password-command", f"echo {PASSWORD}", given="")

    assert 0 == done.returncode, done.stderr
    kept = newcomer.config.read_text()
    assert "slots = 4   # I like to offer more" in kept
    assert "calendars = []  # none yet" in kept
    assert ("command", ["echo", PASSWORD]) == (newcomer.written()["accounts"]["personal"]["auth"], newcomer.written()["accounts"]["personal"]["password_command"])
    assert ["personal"] == list(newcomer.written()["accounts"])


def test_nothing_is_scheduled_that_nobody_asked_for(newcomer: Newcomer) -> None:
    """Where nobody can be asked, the schedule waits for the word."""
    done = newcomer.set_up("--password-stdin", "--schedule", "ask")

    assert "nothing runs it yet; when you want that: mailrescue schedule install" in done.stdout


def test_a_second_mailbox_is_a_second_account(newcomer: Newcomer) -> None:
    """Its address joins the user's own; the first account stays as it is."""
    newcomer.set_up("--password-stdin")
    first = newcomer.written()["accounts"]["personal"]
    other = newcomer.server.add(f"second-{newcomer.user}")

    done = newcomer.set_up("--password-stdin", "--address", other, "--user", other)

    assert 0 == done.returncode, done.stderr
    assert first == newcomer.written()["accounts"]["personal"]
    assert other == newcomer.written()["accounts"]["account2"]["user"]
    assert [newcomer.user, other] == newcomer.written()["me"]["addresses"]


def test_an_account_that_fails_does_not_stop_the_others(newcomer: Newcomer) -> None:
    """Its name stands in the message, ``doctor`` says that it has not succeeded, and ends with 1. The other's invite went to an alias with a plus."""
    newcomer.set_up("--password-stdin", "--address", "lea@calloway.example")
    newcomer.config.write_text(newcomer.config.read_text().replace("[accounts.personal]", '[accounts.broken]\ntype = "maildir"\npath = "/nowhere"\n\n[accounts.personal]'))
    newcomer.receives(invite("lea+jobs@calloway.example"))

    done = newcomer.run("-v", "scan", "--now", NOW)
    examined = newcomer.run("doctor", "--json", "--now", NOW)

    assert 69 == done.returncode
    assert done.stderr.startswith("mailrescue: broken: ")
    assert "personal" not in done.stderr
    assert 1 == newcomer.drafts()
    assert {("last scan", "warning", "broken"), ("last scan", "good", "personal")} <= {(row["name"], row["level"], row["account"]) for row in json.loads(examined.stdout)["checks"]}
    assert 1 == examined.returncode


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        pytest.param(("setup", "--yes"), "your name", id="no name"),
        pytest.param(("setup", "--yes", "--name", "L", "--address", "lea"), "'lea' is no mail address", id="no address"),
        pytest.param(("setup", "--yes", "--password-command", "pass show 'my"), "--password-command: No closing quotation", id="half a command"),
        pytest.param(("setup", "--yes", "--provider", "google"), "add --client-id", id="a provider of tokens alone"),
        pytest.param(("setup", "--yes", "--name", "L", "--address", "a@b.example", "--timezone", "Europe/Paris", "--phone", "12"), "'12' is no telephone number", id="no number"),
    ],
)
def test_what_nobody_is_there_to_answer_is_named_with_its_option(newcomer: Newcomer, words: tuple[str, ...], problem: str) -> None:
    """Without a terminal the wizard does not wait."""
    done = newcomer.run(*words)

    assert 64 == done.returncode
    assert problem in done.stderr


# ---- staying in ------------------------------------------------------------------------------------------------------------


def test_doctor_finds_everything_in_place_here_and_as_cron(newcomer: Newcomer) -> None:
    """In the bare environment, too, the keyring gives the password."""
    newcomer.set_up("--password-stdin")

    here, there = newcomer.checks(), newcomer.checks("--as-cron")

    assert {"good"} == {here[name] for name in ("configuration", "templates", "server", "secret", "login", "withdrawing", "mailboxes", "clock")}
    assert {"good"} == {there[name] for name in ("configuration", "secret", "login", "mailboxes")}


@pytest.mark.slow
def test_a_password_that_was_changed_is_bad_and_login_mends_it(newcomer: Newcomer) -> None:
    """Three scans try, the fourth does not; ``login`` with the new password, and scans go on."""
    newcomer.set_up("--password-stdin")
    (entry,) = (newcomer.home / "ring").iterdir()
    entry.write_text("the old one")

    statuses = [newcomer.run("-q", "scan").returncode for _ in range(3)]
    fourth = newcomer.run("-v", "scan")
    checks = newcomer.checks()
    renewed = newcomer.run("login", "--password-stdin", given=f"{PASSWORD}\n")

    assert [77, 77, 77] == statuses
    assert "is not tried again" in fourth.stderr
    assert "bad" == checks["login"]
    assert (0, "") == (renewed.returncode, renewed.stderr)
    assert 0 == newcomer.run("scan").returncode


def test_a_monitor_is_told_when_scans_stop(newcomer: Newcomer) -> None:
    """``status --max-age``: silent while all is well, one line and 1 when it is not."""
    newcomer.set_up("--password-stdin")

    before = newcomer.run("status", "--max-age", "2h", "--now", NOW)
    newcomer.run("scan", "--now", NOW)
    soon = newcomer.run("status", "--max-age", "2h", "--now", "2026-11-24T16:00:00+01:00")
    late = newcomer.run("status", "--max-age", "2h", "--now", "2026-11-24T17:00:00+01:00")

    assert (1, "personal: no scan has run yet\n") == (before.returncode, before.stdout)
    assert (0, "") == (soon.returncode, soon.stdout)
    assert (1, "personal: the last scan was at 2026-11-24 14:20\n") == (late.returncode, late.stdout)


# ---- Debian's own cron --------------------------------------------------------------------------------------------------------


def unpacked_cron() -> Path:
    """Debian's cron and crontab, downloaded once and unpacked beside the system, which stays as it is."""
    place = Path.home() / ".cache" / "mailrescue-tests" / "cron"
    if not (place / "usr/sbin/cron").exists():
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o777)         # apt downloads as another user
            got = subprocess.run(["apt-get", "download", "cron"], cwd=folder, capture_output=True, text=True)
            if got.returncode != 0:
                pytest.skip(f"cron cannot be downloaded: {got.stderr[-200:]}")
            (package,) = Path(folder).glob("cron_*.deb")
            place.mkdir(parents=True)
            subprocess.run(["dpkg-deb", "-x", str(package), str(place)], check=True)
    return place


#: a spool, a /run and an /etc/cron.d of its own; then our line of every five minutes becomes one of every minute, so that the test need not wait for five
CRON = """
set -e
mount --make-rprivate /
mkdir -p "$HOME/spool/cron/crontabs" "$HOME/run"
mount --bind "$HOME/spool" /var/spool
mount --bind "$HOME/run" /run
mount -t tmpfs none /etc/cron.d
echo "HOME=$HOME" | crontab -
mailrescue schedule install --using cron
mailrescue schedule show
crontab -l | sed 's,^\\*/5 ,* ,' | crontab -
exec cron -f
"""

#: a /run and a control group of its own; there systemd's user manager runs, and our timer of every five minutes becomes one of every three seconds
SYSTEMD = """
set -e
mount --make-rprivate /
mount -t tmpfs none /run
mkdir -p /run/systemd/system /run/groups "$XDG_RUNTIME_DIR"
mount -t cgroup2 none /run/groups
mkdir -p /run/groups/mailrescue-test
echo $$ > /run/groups/mailrescue-test/cgroup.procs
exec unshare --cgroup --pid --fork --kill-child --mount-proc sh -ec '
umount /run/groups
mount -t tmpfs none /sys/fs/cgroup
mount -t cgroup2 none /sys/fs/cgroup
/lib/systemd/systemd --user --log-target=null &
until systemctl --user is-system-running; do sleep 0.1; done 2>/dev/null
mailrescue schedule install --using systemd
mailrescue schedule show
mkdir "$HOME/.config/systemd/user/mailrescue.timer.d"
printf "[Timer]\\nOnCalendar=\\nOnCalendar=*:*:0/3\\nRandomizedDelaySec=0\\nAccuracySec=1us\\n" > "$HOME/.config/systemd/user/mailrescue.timer.d/soon.conf"
systemctl --user daemon-reload
systemctl --user restart mailrescue.timer
wait
'
"""


@pytest.mark.slow
@pytest.mark.timeout(200)
@pytest.mark.skipif(os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "apt-get", "dpkg-deb"))), reason="needs root for a mount namespace, and apt-get")
def test_debians_cron_writes_a_draft(newcomer: Newcomer) -> None:
    """The real daemon in a mount namespace of its own: set up, scheduled, and within two minutes a draft lies there; nobody typed scan."""
    cron = unpacked_cron()

    told = drafted_by(newcomer, CRON, f"{cron / 'usr/bin'}:{cron / 'usr/sbin'}")

    assert "tried in cron's bare environment: the login succeeds there, too" in told
    assert "the crontab's line */5 * * * *" in told


def cannot_run_systemd() -> str:
    """What is in the way of a user manager in namespaces of its own; empty where nothing is."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not Path("/lib/systemd/systemd").exists():
        return "needs root for namespaces, and systemd"
    if Path(sys.executable).is_relative_to("/tmp"):
        return "the unit has a /tmp of its own, and would not find this Python"
    trial = "mount --make-rprivate / && mount -t tmpfs none /run && mkdir /run/groups && mount -t cgroup2 none /run/groups && mkdir -p /run/groups/mailrescue-test"
    tried = subprocess.run(["unshare", "--mount", "--cgroup", "--pid", "--fork", "--mount-proc", "sh", "-c", trial], capture_output=True, text=True)
    return f"no namespaces with control groups here: {tried.stderr.strip()[-100:]}" if tried.returncode else ""


@pytest.mark.slow
@pytest.mark.timeout(200)
def test_systemds_user_manager_writes_a_draft(dovecot_server: servers.Server) -> None:
    """The unit as it is installed, its sandbox in force (root's manager can make one): the home may be written to, /tmp is another."""
    if why := cannot_run_systemd():
        pytest.skip(why)
    place = Path.home() / ".cache" / "mailrescue-tests"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as folder:
        newcomer = Newcomer(Path(folder, "home"), dovecot_server, dovecot_server.add("under-systemd@example.org"))

        told = drafted_by(newcomer, SYSTEMD, "/usr/bin")

    assert "a systemd timer runs it every five minutes" in told
    assert "mailrescue.timer (active)" in told


def drafted_by(newcomer: Newcomer, script: str, path: str) -> str:
    """Set up, let the script's scheduler run until a draft lies there, and give what was told."""
    authority = newcomer.home / "authority.pem"
    authority.write_bytes(Path(str(newcomer.server.ca_file)).read_bytes())
    newcomer.set_up("--password-stdin", "--ca-file", str(authority))
    newcomer.receives(invite(newcomer.user, datetime.now(UTC) - timedelta(minutes=20)))
    environ = {**newcomer.environ, "PATH": f"{path}:{Path(sys.executable).parent}:{os.environ['PATH']}", "XDG_RUNTIME_DIR": "/run/user/0"}

    scheduler = subprocess.Popen(["unshare", "--mount", "sh", "-c", script], env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        end = time.monotonic() + 150
        while newcomer.drafts() == 0 and time.monotonic() < end and scheduler.poll() is None:
            time.sleep(0.5)
    finally:
        scheduler.kill()        # unshare minds no SIGTERM; with it goes all that runs in its namespaces
    told = scheduler.communicate(timeout=20)[0]
    assert 1 == newcomer.drafts(), told
    return told


# ---- by token ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["xoauth2", "oauthbearer"])
def by_token(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[servers.Server, Provider]]:
    """A Dovecot that takes tokens in that form alone, and asks the provider whether they hold (RFC 7662); both have the same authority."""
    with servers.mail_folder() as folder, authorization_server(folder) as provider:
        asks = f"""
introspection_url = {provider.url("/introspect")}
introspection_mode = post
active_attribute = active
active_value = true
username_attribute = username
tls_ca_cert_file = {provider.ca_file}
force_introspection = yes
"""
        (folder / "oauth2.conf").write_text(asks)
        servers.give(folder)
        settings = f"auth_mechanisms = {request.param}\npassdb {{\n  driver = oauth2\n  mechanisms = {request.param}\n  args = {folder}/oauth2.conf\n}}\n"
        maildir = servers.make_maildir(folder / "Maildir", tuple(servers.USUAL))
        with servers.dovecot(maildir, settings=settings) as server:
            yield server, provider


class TokenNewcomer(Newcomer):
    """Logs in on the provider's page. Everything is said as loudly as it can be, and remembered."""

    def __init__(self, home: Path, server: servers.Server, provider: Provider) -> None:
        super().__init__(home, server, provider.user)
        authorities = home / "authorities.pem"
        authorities.write_bytes(Path(str(server.ca_file)).read_bytes() + Path(provider.ca_file).read_bytes())
        self.authorities, self.provider, self.said = str(authorities), provider, ""
        browser = home / "bin" / "browser"
        browser.write_text(BROWSER.format(python=sys.executable, authorities=authorities))
        browser.chmod(0o755)
        self.environ["BROWSER"] = f"{browser} %s"

    def run(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        done = super().run("-vv", *words, given=given)
        self.said += done.stdout + done.stderr
        return done

    def log_in_by(self, *where: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """``setup`` with the provider's endpoints."""
        return self.set_up("--client-id", CLIENT, "--token-url", self.provider.url("/token"), "--scope", "imap offline", "--ca-file", self.authorities, *where, given=given)

    def leaks(self) -> list[str]:
        """What of all that is confidential stands in an output, or in a file that is not the keyring's."""
        ring = self.home / "ring"
        return [secret for secret in self.provider.confidential if secret in self.said or {path.parent for path in self.files_with(secret)} - {ring}]


#: what a browser does on the page of somebody who is logged in there
BROWSER = """\
#!{python}
import ssl, sys, urllib.request
trusting = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile="{authorities}"))
urllib.request.build_opener(trusting).open(sys.argv[1], timeout=20).read()
"""


@pytest.fixture
def token_newcomer(by_token: tuple[servers.Server, Provider], tmp_path: Path) -> TokenNewcomer:
    server, provider = by_token
    provider.revoke()
    provider.expires_in, provider.interval, provider.client_secret = 3600, 1, ""
    provider.device_answers[:] = []
    provider.confidential.clear()
    newcomer = TokenNewcomer(tmp_path / "home", server, provider)
    provider.log.clear()
    return newcomer


@pytest.mark.slow
def test_a_device_login_renews_itself_and_is_mended_when_it_was_taken_back(token_newcomer: TokenNewcomer) -> None:
    """A code is shown and Dovecot takes the tokens; a scan renews the one that ends; 77 names the cure when access was taken back, and ``login`` is it."""
    provider = token_newcomer.provider
    provider.expires_in = 60
    done = token_newcomer.log_in_by("--device-url", provider.url("/device"))
    provider.expires_in = 3600
    scans = [token_newcomer.run("scan").returncode for _ in range(2)]
    seen = token_newcomer.checks("--as-cron")
    renewals = [form for form in provider.asked("/token") if form["grant_type"] == "refresh_token"]
    provider.revoke()
    refused, told, again, after = (token_newcomer.run(*words) for words in (("scan",), ("scan",), ("login", "personal"), ("scan",)))

    assert 0 == done.returncode, done.stderr
    assert "type the code ABCD-EFGH" in done.stdout
    assert {"client_id", "token_url", "device_url", "scope"} == set(token_newcomer.written()["accounts"]["personal"]["oauth2"])
    assert ([0, 0], {"good"}) == (scans, {seen[name] for name in ("secret", "login", "mailboxes")})
    assert 2 == len(renewals)       # setup's own preview renews the first token; the scans renew that one once
    assert (77, 77, 0, 0) == (refused.returncode, told.returncode, again.returncode, after.returncode)
    assert "has ended (invalid_grant" in told.stderr
    assert "mailrescue login personal" in told.stderr
    assert [] == token_newcomer.leaks()


@pytest.mark.slow
def test_a_browser_login_reaches_the_mailbox_and_a_refused_token_is_sent_once(token_newcomer: TokenNewcomer) -> None:
    """Loopback, PKCE and the client's secret; later the provider sees one introspection of a token that it forgot, and the next scan renews it."""
    provider = token_newcomer.provider
    provider.client_secret = "GOCSPX-of-the-client"

    done = token_newcomer.log_in_by("--provider", "google", "--authorize-url", provider.url("/authorize"), "--password-stdin", given="GOCSPX-of-the-client\n")
    asked = {form["code_challenge_method"] for form in provider.asked("/authorize")}
    scan = token_newcomer.run("scan")
    provider.access.clear()
    provider.log.clear()
    refused, after = token_newcomer.run("scan"), token_newcomer.run("scan")

    assert 0 == done.returncode, done.stderr
    assert ({"S256"}, 0) == (asked, scan.returncode)
    assert (77, 0) == (refused.returncode, after.returncode)
    tokens = [form["token"] for form in provider.asked("/introspect")]
    assert 2 == len(tokens) == len(set(tokens))
    assert [] == token_newcomer.leaks()
    assert len(provider.confidential) > 5
