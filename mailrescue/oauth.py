"""Access tokens for IMAP, for those who log in on a provider's page (OAuth 2.0) and not with a password here.

Three ways to a token: a code typed on any device (RFC 8628), a page in the browser that answers on loopback (RFC 8252) with PKCE (RFC 7636),
and the refresh token of an earlier login (RFC 6749 6). One code for all providers; what differs stands in providers/table.toml. The
client id is the user's own. Everything goes over https to the authorization server and nowhere else; tokens lie in the keyring alone.

The standard library does it: Authlib with httpx, measured, is 12 packages, 19 MB and 139 ms at the start of a scan, and brings no device flow.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailrescue import providers, secrets
from mailrescue.errors import CannotCreate, ConfigurationError, LoginRefused, MailrescueError, PassingFault, RefusedForGood
from mailrescue.model.account import ImapAccount
from mailrescue.providers import Endpoints

if TYPE_CHECKING:
    import ssl

_SECONDS = 20.0
_LARGEST_ANSWER = 256 * 1024
#: a token is renewed so long before it ends: a scan takes minutes at the most, and clocks differ
_AHEAD = timedelta(minutes=5)
#: how long a browser login may take, and how long one process waits for another's refresh
_PATIENCE_SECONDS = 300.0
_LOCK_SECONDS = 60.0
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a login gave. ``expires_at`` (aware) is the access token's; ``refresh`` lives until the provider ends it."""

    access: str
    refresh: str
    expires_at: datetime
    client_secret: str = ""

    def __repr__(self) -> str:
        return f"Tokens(expires_at={self.expires_at.isoformat()})"


class _Said(Exception):
    """An error code of RFC 6749 5.2 or RFC 8628 3.5, and its description."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(code)
        self.code = code
        self.description = description


def endpoints_of(account: ImapAccount) -> Endpoints:
    """The authorization server of an account: as configured, else that of its mail provider. Raises ConfigurationError where none is known."""
    client = account.oauth2
    assert client is not None
    provider = providers.of_host(account.host)
    known = providers.endpoints(client.provider or (provider.oauth2 if provider else ""))
    own = {key: value for key in ("authorize_url", "token_url", "device_url", "scope") if (value := getattr(client, key))}
    if known is None and not {"token_url", "scope"} <= own.keys():
        names = ", ".join(providers.names_of_endpoints())
        raise ConfigurationError(
            f"accounts.{account.name}.oauth2: nobody knows where {account.host} gets its tokens",
            f"write provider (one of {names}), or token_url, scope, and authorize_url or device_url",
        )
    if known is None:
        return Endpoints(**own, flow="device" if "device_url" in own else "browser")
    return replace(known, **own)


# ---- a first login -----------------------------------------------------------------------------------------------------


def by_device(account: ImapAccount, client_secret: str, tell: Callable[[str], None], wait: Callable[[float], None], clock: Clock) -> Tokens:
    """RFC 8628: ``tell`` says where to type which code; then the token endpoint is asked until the user has done so. ``wait`` sleeps so many seconds.

    Raises LoginRefused where the user or the provider says no, or the code ends; the errors of ``refreshed`` besides.
    """
    where = endpoints_of(account)
    client = _client(account, client_secret)
    with _explained(account, where):
        begun = _post(where.device_url, {**client, "scope": where.scope}, account.ca_file)
    tell(f"open {begun.get('verification_uri') or begun.get('verification_url', '')} and type the code {begun.get('user_code', '')}")
    pause, left = _number(begun.get("interval"), 5.0, 60.0), _number(begun.get("expires_in"), 900.0, 1800.0)
    while left > 0:
        wait(pause)
        left -= pause
        try:
            return _tokens(_post(where.token_url, {**client, "grant_type": _DEVICE_GRANT, "device_code": str(begun.get("device_code", ""))}, account.ca_file), clock(), client_secret)
        except _Said as said:
            if said.code == "slow_down":
                pause += 5
            elif said.code != "authorization_pending":
                raise _refusal(account, where, said) from said
    raise _refusal(account, where, _Said("expired_token", "the code was not typed in time"))


def by_browser(account: ImapAccount, client_secret: str, tell: Callable[[str], None], open_page: Callable[[str], object], clock: Clock) -> Tokens:
    """RFC 8252: a page in the user's browser; its answer comes to a port on loopback. PKCE (S256) binds the answer to this process.

    Raises LoginRefused where the user says no or does not answer within five minutes; the errors of ``refreshed`` besides.
    """
    import base64
    import hashlib
    import secrets as random
    from urllib.parse import urlencode

    where = endpoints_of(account)
    verifier, state = random.token_urlsafe(64), random.token_urlsafe(24)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    with _Listener(state, where.redirect) as listener:
        asked = {
            "response_type": "code", "client_id": _client(account, "")["client_id"], "redirect_uri": listener.address, "scope": where.scope,
            "state": state, "code_challenge": challenge, "code_challenge_method": "S256", "login_hint": account.user, **dict(where.parameters),
        }  # fmt: skip
        page = f"{where.authorize_url}{'&' if '?' in where.authorize_url else '?'}{urlencode(asked)}"
        tell(f"your browser shows the login of {account.user}; if it does not, open {page}")
        threading.Thread(target=open_page, args=(page,), daemon=True).start()      # a browser of the console ends only when its user leaves it
        answer = listener.answer(_PATIENCE_SECONDS)
    with _explained(account, where):
        if "code" not in answer:
            raise _Said(answer.get("error", "no_answer"), answer.get("error_description", "nobody answered in the browser"))
        exchange = {**_client(account, client_secret), "grant_type": "authorization_code", "code": answer["code"], "redirect_uri": listener.address, "code_verifier": verifier}
        return _tokens(_post(where.token_url, exchange, account.ca_file), clock(), client_secret)


class _Listener:
    """One answer of a browser, on a free port of loopback. What does not carry our state is shown the door and not believed."""

    def __init__(self, state: str, address: str) -> None:
        import http.server
        from urllib.parse import parse_qsl, urlsplit

        found: dict[str, str] = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                given = dict(parse_qsl(urlsplit(self.path).query))
                ours = given.get("state") == state and ("code" in given or "error" in given)
                if ours:
                    found.update(given)
                words = "You are logged in. Go back to mailrescue; this page can be closed." if ours and "code" in given else "This is no login that mailrescue asked for."
                self.send_response(200 if ours else 400)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.end_headers()
                self.wfile.write(words.encode())

            def log_message(self, *words: object) -> None:
                """The answer's code belongs into no log."""

        self._found = found
        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self._server.timeout = 1
        self.address = address.format(port=self._server.server_port)

    def __enter__(self) -> _Listener:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()

    def answer(self, seconds: float) -> Mapping[str, str]:
        """What the browser brings; nothing where it brings nothing in that time."""
        end = time.monotonic() + seconds
        while not self._found and time.monotonic() < end:
            self._server.handle_request()
        return dict(self._found)


# ---- later ------------------------------------------------------------------------------------------------------------


def refreshed(account: ImapAccount, tokens: Tokens, clock: Clock) -> Tokens:
    """New tokens for the refresh token, which the provider may have replaced by another.

    Raises LoginRefused (the login has ended), PassingFault (network, provider in trouble), ConfigurationError (client id), RefusedForGood.
    """
    where = endpoints_of(account)
    with _explained(account, where):
        answer = _post(where.token_url, {**_client(account, tokens.client_secret), "grant_type": "refresh_token", "refresh_token": tokens.refresh}, account.ca_file)
        return _tokens(answer, clock(), tokens.client_secret, tokens.refresh)


def token_of(account: ImapAccount, environ: Mapping[str, str], state: Path, clock: Clock | None, renew: bool = False) -> Callable[[], str]:
    """What gives the account's access token when a login needs it. Nothing is read before the call.

    A token that ends within five minutes, or with ``renew`` any, is renewed first; where no ``clock`` is given, each time. What the
    provider gives in its place is in the keyring before it is used, and one process at a time does so (a lock in the folder ``state``):
    a refresh token that was replaced is worth nothing, and using it twice ends the login at some providers.
    """

    def token() -> str:
        with _alone(state):
            tokens = kept(account, environ)
            if clock is None or renew or tokens.expires_at - clock() < _AHEAD:
                tokens = refreshed(account, tokens, clock or _long_ago)
                keep(account, tokens, environ)
            return tokens.access

    return token


def keep(account: ImapAccount, tokens: Tokens, environ: Mapping[str, str]) -> None:
    """Put the tokens into the keyring in place of earlier ones. Raises ConfigurationError with the cure."""
    row = {"refresh": tokens.refresh, "access": tokens.access, "expires_at": tokens.expires_at.isoformat(), "client_secret": tokens.client_secret}
    secrets.keep_secret(account, json.dumps(row, separators=(",", ":")), environ)


def kept(account: ImapAccount, environ: Mapping[str, str]) -> Tokens:
    """The tokens in the keyring. Raises ConfigurationError with the cure."""
    written = secrets.kept_secret(account, environ)
    try:
        row = json.loads(written)
        return Tokens(row["access"], row["refresh"], datetime.fromisoformat(row["expires_at"]), row["client_secret"])
    except (ValueError, KeyError, TypeError):
        raise ConfigurationError(f"accounts.{account.name}: what the keyring holds are no tokens", f"log in again: mailrescue login {account.name}") from None


def _long_ago() -> datetime:
    """Where there is no clock the token counts as ended, so that the next to use it renews it."""
    return datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Hold the lock on tokens; the kernel frees it when its holder dies. Raises PassingFault where another process keeps it for a minute."""
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(state / "oauth2.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotCreate(f"the state folder {state} cannot be written: {error.strerror}", "free the disk or name another one with --state-dir") from error
    try:
        end = time.monotonic() + _LOCK_SECONDS
        while not _locked(file):
            if time.monotonic() > end:
                raise PassingFault("another mailrescue is renewing a token and does not end", "the next scan will try again")
            time.sleep(0.05)
        yield
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# ---- the wire --------------------------------------------------------------------------------------------------------


def _client(account: ImapAccount, secret: str) -> dict[str, str]:
    assert account.oauth2 is not None
    return {"client_id": account.oauth2.client_id} | ({"client_secret": secret} if secret else {})


def _post(url: str, fields: Mapping[str, str], ca_file: str | None) -> dict[str, Any]:
    """POST a form, read JSON. Raises _Said for an answer that is an error, PassingFault for what is none."""
    import urllib.error
    import urllib.request
    from urllib.parse import urlencode, urlsplit

    if urlsplit(url).scheme != "https":
        raise ConfigurationError(f"{url or 'the address of the authorization server'} is not https", "write it with https:// under oauth2, in the account")
    where = urlsplit(url).netloc
    request = urllib.request.Request(url, urlencode(fields).encode(), {"Accept": "application/json"})
    try:
        with _opener(ca_file).open(request, timeout=_SECONDS) as answer:
            return _object(answer.read(_LARGEST_ANSWER), where)
    except urllib.error.HTTPError as error:
        if error.code >= 500 or error.code == 429:
            raise PassingFault(f"{where} is in trouble (HTTP {error.code})", "the next scan will try again") from error
        said = _object(error.read(_LARGEST_ANSWER), where)
        raise _Said(_hushed(said.get("error", f"HTTP {error.code}"), fields)[:80], _hushed(said.get("error_description", ""), fields)[:200]) from error
    except OSError as error:
        raise PassingFault(f"no connection to {where} ({getattr(error, 'reason', None) or error})", "check the network; the next scan will try again") from error


#: what we send that nobody may read; some servers repeat what they refuse
_SECRETS = ("refresh_token", "client_secret", "code", "code_verifier", "device_code")


def _hushed(said: object, fields: Mapping[str, str]) -> str:
    """A server's words without what was sent to it in confidence."""
    words = str(said)
    for secret in filter(None, map(fields.get, _SECRETS)):
        words = words.replace(secret, "…")
    return words


def _opener(ca_file: str | None) -> Any:
    """Https that follows no redirection: a form that holds a token goes to the address that is configured."""
    import urllib.request

    class NoRedirection(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            """None: the redirection counts as an error."""

    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=_tls(ca_file)), NoRedirection())


def _tls(ca_file: str | None) -> ssl.SSLContext:
    """The system's authorities, and the account's private one."""
    import ssl

    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    return context


def _object(octets: bytes, where: str) -> dict[str, Any]:
    try:
        found = json.loads(octets)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise PassingFault(f"{where} answers in no form that OAuth 2.0 knows", "sign in to the network first, if it is a public one; check token_url")
    return found


def _tokens(answer: Mapping[str, Any], now: datetime, client_secret: str, earlier: str = "") -> Tokens:
    access, refresh = answer.get("access_token"), answer.get("refresh_token") or earlier
    if not isinstance(access, str) or not access:
        raise _Said("no_access_token", "the answer holds no access token")
    if not isinstance(refresh, str) or not refresh:
        raise _Said("no_refresh_token", "the answer holds no refresh token: the scope must ask for offline access")
    return Tokens(access, refresh, now + timedelta(seconds=_number(answer.get("expires_in"), 3600.0, 86400.0)), client_secret)


def _number(value: object, default: float, most: float) -> float:
    """A number of seconds, which some servers write as text."""
    try:
        return min(max(float(str(value)), 1.0), most)
    except ValueError:
        return default


# ---- what it means ----------------------------------------------------------------------------------------------------


@contextmanager
def _explained(account: ImapAccount, where: Endpoints) -> Iterator[None]:
    try:
        yield
    except _Said as said:
        raise _refusal(account, where, said) from said


def _refusal(account: ImapAccount, where: Endpoints, said: _Said) -> MailrescueError:
    """The error that an error code amounts to, and its cure."""
    words = f"{said.code}: {said.description}" if said.description else said.code
    again = f"log in again: mailrescue login {account.name}"
    if said.code == "invalid_grant":
        return LoginRefused(f"the login of {account.user} has ended ({words}); usual causes: {where.again}", again)
    if said.code in ("access_denied", "expired_token", "no_answer", "authorization_declined", "interaction_required", "consent_required"):
        return LoginRefused(f"the login of {account.user} was not granted ({words})", again)
    if said.code in ("invalid_client", "unauthorized_client"):
        return ConfigurationError(f"accounts.{account.name}.oauth2: the client id is refused ({words})", "check client_id, and that the app may be used from a desktop or device (docs/oauth2.md)")
    if said.code in ("temporarily_unavailable", "server_error"):
        return PassingFault(f"the login server is in trouble ({words})", "the next scan will try again")
    return RefusedForGood(f"the login server refuses ({words})", "check oauth2 in the configuration; docs/oauth2.md shows what is needed")
