"""Password and token appear in nothing that is printed, kept, or told to another process, at any verbosity, whatever goes wrong."""

from __future__ import annotations

import base64
import itertools
import socket
import threading
from pathlib import Path

import pytest

from tests.faults import rig as moments
from tests.faults.matrix import STEPS
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import CONFIG, Ran, Rig

pytestmark = [pytest.mark.server, pytest.mark.slow]
CANARY = "canary-7f3a9c\"x\\y"
TOKEN = "ya29.canary-7f3a9c" * 60       # as long as Microsoft's


def shapes(secret: str) -> list[bytes]:
    """What must not be seen: a good part of it, and of it in base64, wherever that begins."""
    part = secret[:18].encode()
    return [part, part.replace(b"\\", b"\\\\").replace(b'"', b'\\"'), *(base64.b64encode(b"?" * before + part)[4:-4] for before in range(3))]


def leaks(secret: str, ran: Ran, *places: Path) -> list[str]:
    """Where the secret stands: in what was said, or in a file below the places."""
    kept = {path.name: path.read_bytes() for place in places for path in [place, *place.rglob("*")] if path.is_file()}
    return [name for name, octets in {"out": ran.out.encode(), "err": ran.err.encode(), **kept}.items() if any(shape in octets for shape in shapes(secret))]


def test_a_leak_would_be_seen(tmp_path: Path) -> None:
    """In the clear, quoted and in base64."""
    (tmp_path / "log").write_bytes(base64.b64encode(b"user=lea\1auth=Bearer " + TOKEN.encode()))
    assert ["out", "log"] == leaks(TOKEN, Ran(0, f"LOGIN {TOKEN}", "", 0), tmp_path)
    assert ["err"] == leaks(CANARY, Ran(0, "", r'LOGIN lea "canary-7f3a9c\"x\\y"', 0), tmp_path)


@pytest.mark.parametrize(("mode", "verbosity"), [(Mode.RST, "-q"), (Mode.RST, "-vv"), (Mode.TRUNCATED, "-vv"), (Mode.STALL, "-v")])
def test_every_step_broken(account: Rig, tmp_path: Path, mode: Mode, verbosity: str) -> None:
    """Every named step; the password is in no output, no file of the state, and no word or environment of a process that was begun."""
    found = []
    account.wipe()
    for step in (step for step in STEPS if step.security == "none" and step.story.name == "write"):
        words = [verbosity if word == "-q" else word for word in account.words(moments.DUE)]
        account.proxy.cut = Cut(step.direction, step.at, mode, step.pattern)
        order = {"read_seconds": 0.1} if mode is Mode.STALL else {}
        environ = {"CREDENTIALS_DIRECTORY": str(account.credentials)}
        ran = account.worker.run(words, account.proxy, environ=environ, watch=str(tmp_path / "begun"), **order)
        account.proxy.cut = None
        account.proxy.let_go()
        found += [(step.name, name) for name in leaks(account.server.password, ran, account.state, tmp_path)]
    assert [] == found
    assert "socket.connect" in (tmp_path / "begun").read_text()


class Echo:
    """A server that repeats what it refuses."""

    def __init__(self, capabilities: str, refusal: str) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._capabilities, self._refusal, self.heard = capabilities, refusal, b""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, client.makefile("rwb") as lines:
                lines.write(b"* OK hello\r\n")
                lines.flush()
                for line in lines:
                    self.heard += line
                    tag, _, rest = line.rstrip(b"\r\n").decode().partition(" ")
                    if rest == "CAPABILITY":
                        lines.write(f"* CAPABILITY {self._capabilities}\r\n{tag} OK done\r\n".encode())
                        lines.flush()
                        continue
                    if rest.startswith("AUTHENTICATE "):
                        lines.write(b"+ \r\n")
                        lines.flush()
                        answer = lines.readline()
                        self.heard += answer
                        rest += " " + answer.decode().strip()
                    lines.write((self._refusal.format(tag=tag, line=rest) + "\r\n").encode())
                    lines.flush()
                    break

    def close(self) -> None:
        self._listener.close()


REFUSALS = ("{tag} NO cannot do: {line}", "{tag} BAD what is {line}?", "* BYE {line}", "{tag} NO [UNAVAILABLE] {line}", "{line}")
BY_PASSWORD = ("IMAP4rev1", "IMAP4rev1 AUTH=PLAIN SASL-IR LOGINDISABLED")
BY_TOKEN = ("IMAP4rev1 AUTH=XOAUTH2 SASL-IR", "IMAP4rev1 AUTH=OAUTHBEARER SASL-IR")


@pytest.mark.parametrize("capabilities", [*BY_PASSWORD, *BY_TOKEN])
def test_a_server_that_repeats_what_it_refuses(account: Rig, tmp_path: Path, capabilities: str) -> None:
    """Forty refusals: its words are shown without the secret, in whatever shape it was sent; and the command that gives the secret is not told it."""
    secret = TOKEN if capabilities in BY_TOKEN else CANARY
    (tmp_path / "secret").write_text(secret)
    tells = f'{"token" if secret is TOKEN else "password"}_command = ["cat", "{tmp_path}/secret"]\n' + ('auth = "oauth2"\n' if secret is TOKEN else "")
    found = []
    for number, (refusal, verbosity) in enumerate(itertools.product(REFUSALS, ("-q", "-vv"))):
        server, home = Echo(capabilities, refusal), tmp_path / str(number)
        home.mkdir()
        (home / "config.toml").write_text(CONFIG.format(port=server.port, user="lea", security="none") + tells)
        words = ["--config", f"{home}/config.toml", "--state-dir", f"{home}/state", verbosity, "scan", "--now", moments.DUE]
        ran = account.worker.run(words, environ={}, watch=f"{home}/begun")
        server.close()
        assert ran.status in (69, 75, 77), ran
        assert any(shape in server.heard for shape in shapes(secret))
        assert "'cat'" in (home / "begun").read_text()
        found += [(refusal, verbosity, name) for name in leaks(secret, ran, home)]
    assert [] == found


def test_the_state_is_the_users_alone(account: Rig) -> None:
    """Folder 0700, files 0600, whatever the umask."""
    account.wipe()
    account.scan(moments.DUE)
    assert {0o700} == {account.state.stat().st_mode & 0o777}
    assert {0o600} == {path.stat().st_mode & 0o777 for path in account.state.iterdir()}
