"""Tokens: how a first login goes, when a token is renewed, and what is said when that fails. A real authorization server over TLS, a real keyring backend."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailrescue import oauth, providers
from mailrescue.errors import ConfigurationError, LoginRefused, MailrescueError, PassingFault, RefusedForGood
from mailrescue.model.account import Auth, ImapAccount, OAuth2Client
from tests.authorization_server import CLIENT, Provider, authorization_server
from tests.rings import entries, make_ring

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with authorization_server(tmp_path_factory.mktemp("provider")) as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    """As after a fresh start."""
    running.expires_in, running.interval, running.client_secret, running.rotates, running.trouble = 3600, 5, "", True, 0
    running.device_answers.clear()
    running.revoke()
    running.log.clear()
    return running


def account(provider: Provider, /, **client: str) -> ImapAccount:
    urls = {"token_url": provider.url("/token"), "device_url": provider.url("/device"), "authorize_url": provider.url("/authorize"), "scope": "imap offline"}
    own = OAuth2Client(**{"client_id": CLIENT, **urls, **client})
    return ImapAccount(name="work", host="imap.calloway.example", user="delphine@calloway.example", auth=Auth.OAUTH2, ca_file=provider.ca_file, oauth2=own)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], **make_ring(tmp_path / "home")}


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def device(provider: Provider, secret: str = "") -> tuple[oauth.Tokens, list[str], list[float]]:
    """A device login: the tokens, what was told, and the pauses that were made."""
    told: list[str] = []
    pauses: list[float] = []
    return oauth.by_device(account(provider), secret, told.append, pauses.append, at(NOON)), told, pauses


# ---- a first login -----------------------------------------------------------------------------------------------------


def test_a_code_is_typed_on_any_device(provider: Provider) -> None:
    """RFC 8628: asked every five seconds, more slowly when told so, until the user has typed it."""
    provider.device_answers[:] = ["authorization_pending", "slow_down", "authorization_pending"]

    tokens, told, pauses = device(provider)

    assert [f"open {provider.url('/type')} and type the code ABCD-EFGH"] == told
    assert [5, 5, 10, 10] == pauses
    assert {tokens.access} == provider.access
    assert NOON + timedelta(hours=1) == tokens.expires_at


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        pytest.param(["access_denied"], "was not granted (access_denied)", id="the user says no"),
        pytest.param(["expired_token"], "was not granted (expired_token)", id="the code has ended"),
        pytest.param(["authorization_pending"] * 200, "the code was not typed in time", id="nobody types it"),
    ],
)
def test_a_device_login_that_is_not_granted_says_how_to_start_again(provider: Provider, answers: list[str], words: str) -> None:
    """It ends, at the latest with the code's own time."""
    provider.interval, provider.device_answers[:] = 60, answers

    with pytest.raises(LoginRefused) as caught:
        device(provider)

    assert words in caught.value.what
    assert "log in again: mailrescue login work" == caught.value.cure


class Browser:
    """What a user's browser does with the page: follow where the provider sends it, our certificate trusted."""

    def __init__(self, provider: Provider, before: tuple[str, ...] = ()) -> None:
        self._provider, self._before = provider, before
        self.seen: list[tuple[int, str]] = []

    def __call__(self, page: str) -> None:
        self._thread = threading.Thread(target=self._visit, args=(page,))
        self._thread.start()

    def _visit(self, page: str) -> None:
        import ssl
        from urllib.parse import parse_qs, urlsplit

        back = parse_qs(urlsplit(page).query)["redirect_uri"][0]
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self._provider.ca_file)))
        for url in (*(back + one for one in self._before), page):
            try:
                with opener.open(url, timeout=20) as answer:
                    self.seen.append((answer.status, answer.read().decode()))
            except urllib.error.HTTPError as error:
                self.seen.append((error.code, error.read().decode()))


def test_a_page_in_the_browser_answers_on_loopback(provider: Provider) -> None:
    """RFC 8252 with PKCE: the provider itself checks that the verifier fits the challenge."""
    browser = Browser(provider)

    tokens = oauth.by_browser(account(provider), "", lambda _: None, browser, at(NOON))

    (asked,) = provider.asked("/authorize")
    assert ("S256", "imap offline", "delphine@calloway.example") == (asked["code_challenge_method"], asked["scope"], asked["login_hint"])
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert {tokens.refresh} == provider.refresh
    browser._thread.join()
    assert [(200, "You are logged in. Go back to mailrescue; this page can be closed.")] == browser.seen


def test_a_browser_of_the_console_may_stay_open(provider: Provider) -> None:
    """lynx and its like end when their user leaves them; the answer is taken before. Microsoft takes localhost alone as the address for it."""
    browser = Browser(provider)

    def stays(page: str) -> None:
        browser(page)
        browser._thread.join()

    oauth.by_browser(account(provider, provider="microsoft"), "", lambda _: None, stays, at(NOON))

    (asked,) = provider.asked("/authorize")
    assert re.fullmatch(r"http://localhost:\d+", asked["redirect_uri"])


def test_an_answer_that_nobody_asked_for_is_not_believed(provider: Provider) -> None:
    """Another page in the same browser can call loopback, too; it does not know the state."""
    browser = Browser(provider, before=("?code=planted&state=guessed", "favicon.ico"))

    oauth.by_browser(account(provider), "", lambda _: None, browser, at(NOON))

    assert "planted" not in {form.get("code") for form in provider.asked("/token")}
    browser._thread.join()
    assert [400, 400, 200] == [status for status, _ in browser.seen]


def test_a_user_who_says_no_in_the_browser(provider: Provider) -> None:
    """The provider sends them back with an error."""

    def says_no(page: str) -> None:
        from urllib.parse import parse_qs, urlsplit

        asked = parse_qs(urlsplit(page).query)
        answer = f"{asked['redirect_uri'][0]}?error=access_denied&state={asked['state'][0]}"
        threading.Thread(target=lambda: urllib.request.urlopen(answer, timeout=20).close()).start()

    with pytest.raises(LoginRefused, match="not granted"):
        oauth.by_browser(account(provider), "", lambda _: None, says_no, at(NOON))


def test_a_client_secret_goes_to_the_token_endpoint_alone(provider: Provider) -> None:
    """Google gives one with each client id; it is in no address that a browser's history keeps."""
    provider.client_secret = "GOCSPX-secret"

    tokens = oauth.by_browser(account(provider), "GOCSPX-secret", lambda _: None, Browser(provider), at(NOON))

    assert ["GOCSPX-secret"] == [form.get("client_secret") for form in provider.asked("/token")]
    assert "GOCSPX" not in json.dumps(provider.asked("/authorize"))
    assert "GOCSPX-secret" == tokens.client_secret


# ---- renewing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "asked"),
    [
        pytest.param(0, 1, id="just logged in"),
        pytest.param(54, 1, id="six minutes left"),
        pytest.param(56, 2, id="four minutes left: renewed ahead of its end"),
        pytest.param(600, 2, id="long over"),
    ],
)
def test_a_token_is_renewed_ahead_of_its_end(provider: Provider, environ: dict[str, str], tmp_path: Path, minutes: int, asked: int) -> None:
    """And not before: the same token serves every scan of its hour."""
    oauth.keep(account(provider), device(provider)[0], environ)

    token = oauth.token_of(account(provider), environ, tmp_path / "state", at(NOON + timedelta(minutes=minutes)))()

    assert token in provider.access
    assert asked == len(provider.asked("/token"))


def test_a_replaced_refresh_token_is_kept_before_the_new_token_is_used(provider: Provider, environ: dict[str, str], tmp_path: Path) -> None:
    """The old one is worth nothing any more: whoever is killed now must find the new one."""
    first = device(provider)[0]
    oauth.keep(account(provider), first, environ)

    token = oauth.token_of(account(provider), environ, tmp_path / "state", at(NOON), renew=True)()

    (written,) = entries(tmp_path / "home").values()
    assert (token, *provider.refresh) == (json.loads(written)["access"], json.loads(written)["refresh"])
    assert first.refresh not in provider.refresh


def test_a_refresh_token_that_stays_is_kept(provider: Provider, environ: dict[str, str], tmp_path: Path) -> None:
    """Google never replaces it, and does not repeat it."""
    provider.rotates = False
    first = device(provider)[0]
    oauth.keep(account(provider), first, environ)

    oauth.token_of(account(provider), environ, tmp_path / "state", at(NOON), renew=True)()

    assert first.refresh == oauth.kept(account(provider), environ).refresh


RENEW = """
import json, os, sys
from datetime import datetime
from pathlib import Path
from mailrescue import oauth
from mailrescue.model.account import ImapAccount, OAuth2Client
row = json.loads(sys.argv[1])
account = ImapAccount(**{**row, "oauth2": OAuth2Client(**row["oauth2"])})
now = datetime.fromisoformat(sys.argv[3])
print(oauth.token_of(account, os.environ, Path(sys.argv[2]), lambda: now)())
"""


def test_two_processes_renew_a_token_once(provider: Provider, environ: dict[str, str], tmp_path: Path) -> None:
    """A scan and a doctor in the same second: the second waits, and takes what the first has fetched."""
    from dataclasses import asdict

    own = account(provider)
    oauth.keep(own, device(provider)[0], environ)
    command = [sys.executable, "-c", RENEW, json.dumps(asdict(own)), str(tmp_path / "state"), (NOON + timedelta(hours=2)).isoformat()]
    provider.expires_in = 3 * 3600

    running = [subprocess.Popen(command, env={**environ, "PYTHONPATH": str(Path(__file__).parents[3])}, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    tokens = {process.communicate(timeout=60)[0].strip() for process in running}

    assert 1 == len(tokens)
    assert tokens <= provider.access
    assert 1 == len([form for form in provider.asked("/token") if form["grant_type"] == "refresh_token"])


def test_a_login_that_has_ended_says_why_and_what_to_do(provider: Provider, environ: dict[str, str], tmp_path: Path) -> None:
    """invalid_grant: the provider's own usual causes, for Google the seven days of a testing app."""
    oauth.keep(account(provider, provider="google"), device(provider)[0], environ)
    provider.revoke()

    with pytest.raises(LoginRefused) as caught:
        oauth.token_of(account(provider, provider="google"), environ, tmp_path / "state", at(NOON), renew=True)()

    assert "the login of delphine@calloway.example has ended (invalid_grant: Token … has been expired or revoked.)" in caught.value.what
    assert "7 days" in caught.value.what
    assert "log in again: mailrescue login work" == caught.value.cure


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [pytest.param(503, PassingFault, id="down"), pytest.param(429, PassingFault, id="too many"), pytest.param(404, RefusedForGood, id="gone"), pytest.param(307, RefusedForGood, id="leads elsewhere")],
)
def test_a_provider_in_trouble_ends_no_login(provider: Provider, trouble: int, kind: type[MailrescueError]) -> None:
    """What was kept stays; a form with a token follows no redirection."""
    tokens = device(provider)[0]
    provider.trouble = trouble

    with pytest.raises(kind):
        oauth.refreshed(account(provider), tokens, at(NOON))

    assert [] == provider.asked("/introspect")


def test_a_client_id_that_is_refused_is_the_configurations_fault(provider: Provider) -> None:
    """And said so."""
    with pytest.raises(ConfigurationError, match="the client id is refused") as caught:
        oauth.by_device(account(provider, client_id="another"), "GOCSPX-secret", lambda _: None, lambda _: None, at(NOON))  # the device endpoint takes any

    assert "no such client" in caught.value.what
    assert "GOCSPX-secret" not in caught.value.what      # though the server repeats it


def test_nothing_goes_out_in_the_clear(provider: Provider) -> None:
    """http is refused before anything is sent."""
    with pytest.raises(ConfigurationError, match="is not https"):
        oauth.refreshed(account(provider, token_url=provider.url("/token").replace("https", "http")), device(provider)[0], at(NOON))


def test_an_authority_that_is_not_trusted_gets_no_token(provider: Provider) -> None:
    """Without ca_file the test's own authority is a stranger."""
    from dataclasses import replace

    tokens = device(provider)[0]
    provider.log.clear()

    with pytest.raises(PassingFault, match="CERTIFICATE_VERIFY_FAILED"):
        oauth.refreshed(replace(account(provider), ca_file=None), tokens, at(NOON))

    assert [] == provider.log


def test_tokens_are_shown_nowhere(provider: Provider) -> None:
    """Not even where a traceback prints the value."""
    tokens = device(provider)[0]

    assert tokens.access not in repr(tokens)
    assert tokens.refresh not in str(tokens)


# ---- the table -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", providers.names_of_endpoints())
def test_each_row_can_log_in_by_its_flow(name: str) -> None:
    """Its addresses are https, and the one that its flow needs is there."""
    row = providers.endpoints(name)

    assert row is not None
    assert row.device_url if row.flow == "device" else row.authorize_url
    assert all(url.startswith("https://") for url in (row.token_url, row.device_url, row.authorize_url) if url)
    assert row.scope


def test_the_server_tells_which_row_it_is() -> None:
    """Microsoft's tokens for outlook.office365.com, without being named."""
    own = ImapAccount(name="work", host="outlook.office365.com", user="u", auth=Auth.OAUTH2, oauth2=OAuth2Client(client_id="id"))

    assert providers.endpoints("microsoft") == oauth.endpoints_of(own)


def test_a_server_that_nobody_knows_needs_its_addresses() -> None:
    """And the cure lists what to write."""
    own = ImapAccount(name="work", host="imap.calloway.example", user="u", auth=Auth.OAUTH2, oauth2=OAuth2Client(client_id="id"))

    with pytest.raises(ConfigurationError, match="write provider \\(one of microsoft, google, fastmail\\), or token_url"):
        oauth.endpoints_of(own)
