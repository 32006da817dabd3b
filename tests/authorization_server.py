"""An OAuth 2.0 provider for the tests, on loopback over TLS: device code, authorization code with PKCE, refresh with rotation, introspection.

    with authorization_server(folder) as provider:
        provider.url("/token"), provider.ca_file, provider.log

It keeps to RFC 6749, 7636, 7662 and 8628, counts what it is asked, refuses a refresh token that it has replaced, and repeats what it refuses.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import itertools
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.servers import HOST, make_certificate

CLIENT = "0a1b2c3d-client"
Answer = tuple[int, dict[str, object]]


@dataclass
class Provider:
    """What it knows, and how it behaves: the tests turn these knobs between two requests."""

    port: int
    ca_file: str
    user: str = "lea@example.org"
    expires_in: int = 3600
    interval: int = 5
    client_secret: str = ""             # asked for where it is set
    rotates: bool = True
    device_answers: list[str] = field(default_factory=list)     # errors that the token endpoint gives before the user has typed the code
    trouble: int = 0                    # this HTTP status instead of any answer
    access: set[str] = field(default_factory=set)               # the access tokens that are valid
    refresh: set[str] = field(default_factory=set)              # the refresh tokens that are valid
    log: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    confidential: set[str] = field(default_factory=set)         # everything that went to and fro and that nobody else may read
    serial: Iterator[int] = field(default_factory=itertools.count)

    def url(self, path: str) -> str:
        return f"https://localhost:{self.port}{path}"

    def asked(self, path: str) -> list[dict[str, str]]:
        """The forms that came to that path."""
        return [form for place, form in self.log if place == path]

    def revoke(self) -> None:
        """As when the user changes the password, or takes access back."""
        self.access.clear()
        self.refresh.clear()

    # ---- endpoints

    def device(self, _: dict[str, str]) -> Answer:
        code = f"device-code-{next(self.serial)}"
        self.confidential.add(code)
        return 200, {"device_code": code, "user_code": "ABCD-EFGH", "verification_uri": self.url("/type"), "expires_in": 900, "interval": self.interval}

    def token(self, form: dict[str, str]) -> Answer:
        self.confidential |= {form[key] for key in ("client_secret", "code_verifier") if key in form}
        if form.get("client_id") != CLIENT or form.get("client_secret", "") != self.client_secret:
            return 401, {"error": "invalid_client", "error_description": f"no such client: {form}"}
        grant = form.get("grant_type", "")
        if grant.endswith(":device_code") and self.device_answers:
            return 400, {"error": self.device_answers.pop(0)}
        if grant == "authorization_code" and not self._proved(form):
            return 400, {"error": "invalid_grant", "error_description": f"they do not fit: {form}"}
        if grant == "refresh_token" and form["refresh_token"] not in self.refresh:
            return 400, {"error": "invalid_grant", "error_description": f"Token {form['refresh_token']} has been expired or revoked."}
        return 200, self._issue(form.get("refresh_token", ""))

    def _proved(self, form: dict[str, str]) -> bool:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        return self.codes.pop(form["code"], None) == challenge

    def _issue(self, used: str) -> dict[str, object]:
        number = next(self.serial)
        access, refresh = f"access-{number}-" + "a" * 40, used if used and not self.rotates else f"refresh-{number}-" + "r" * 1500
        self.confidential |= {access, refresh}
        self.access.add(access)
        self.refresh.discard(used)
        self.refresh.add(refresh)
        return {"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": self.expires_in}

    def introspect(self, form: dict[str, str]) -> Answer:
        active = form.get("token") in self.access
        return 200, {"active": active, **({"username": self.user, "email": self.user} if active else {})}


@contextlib.contextmanager
def authorization_server(folder: Path) -> Iterator[Provider]:
    """Run one; its certificate is made in that folder."""
    certificate = make_certificate(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = dict(parse_qsl(urlsplit(self.path).query))
            provider.log.append((urlsplit(self.path).path, asked))
            code = f"code-{next(provider.serial)}"
            provider.confidential.add(code)
            provider.codes[code] = asked.get("code_challenge", "")
            self.send_response(302)
            self.send_header("Location", f"{asked.get('redirect_uri')}?{urlencode({'code': code, 'state': asked.get('state', '')})}")
            self.end_headers()

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            path = urlsplit(self.path).path
            provider.log.append((path, form))
            status, answer = (provider.trouble, {}) if provider.trouble else getattr(provider, path.strip("/"))(form)
            octets = json.dumps(answer).encode()
            self.send_response(status)
            if status // 100 == 3:
                self.send_header("Location", provider.url("/introspect"))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer((HOST, 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, folder / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    provider = Provider(server.server_port, str(certificate))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
