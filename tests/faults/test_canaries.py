"""The password appears in nothing that is printed or kept, at any verbosity, whatever goes wrong."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import servers
from tests.faults import rig as moments
from tests.faults.matrix import PATIENCE, STEPS
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import CONFIG, ROOT, Ran, Rig, Worker, rig

pytestmark = [pytest.mark.server, pytest.mark.slow]
CANARY = "canary-7f3a9c\"x\\y"
_SHAPES = (CANARY, "canary-7f3a9c", base64.b64encode(f"\0lea\0{CANARY}".encode()).decode())


@pytest.fixture(scope="module")
def account(dovecot_server: servers.Server) -> Iterator[Rig]:
    worker = Worker()
    with rig(dovecot_server, worker) as one:
        yield one
    worker.close()


def leaks(secrets: tuple[str, ...], ran: Ran, state: Path) -> list[str]:
    kept = {path.name: path.read_bytes() for path in state.rglob("*") if path.is_file()} if state.exists() else {}
    said = {"out": ran.out.encode(), "err": ran.err.encode(), **kept}
    return [name for name, octets in said.items() if any(secret.encode() in octets for secret in secrets)]


@pytest.mark.parametrize("verbosity", ["-q", "-v", "-vv"])
@pytest.mark.parametrize("mode", [Mode.RST, Mode.TRUNCATED, Mode.STALL])
def test_forty_failures(account: Rig, mode: Mode, verbosity: str) -> None:
    """Every named step broken; the server's password is in no output and no file of the state."""
    found = []
    account.wipe()
    for step in (step for step in STEPS if step.security == "none" and step.story.name == "write"):
        words = [verbosity if word == "-q" else word for word in account.words(moments.DUE)]
        account.proxy.cut = Cut(step.direction, step.at, mode, step.pattern)
        order = {"read_seconds": PATIENCE} if mode is Mode.STALL else {}
        ran = account.worker.run(words, account.proxy, environ={"CREDENTIALS_DIRECTORY": str(account.credentials)}, **order)
        account.proxy.cut = None
        account.proxy.let_go()
        found += [(step.name, name) for name in leaks((account.server.password,), ran, account.state)]
    assert [] == found


class Echo:
    """A server that repeats what it refuses."""

    def __init__(self, capabilities: str, refusal: str) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._capabilities, self._refusal = capabilities, refusal
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
                    tag, _, rest = line.rstrip(b"\r\n").decode().partition(" ")
                    if rest == "CAPABILITY":
                        lines.write(f"* CAPABILITY {self._capabilities}\r\n{tag} OK\r\n".encode())
                    else:
                        lines.write((self._refusal.format(tag=tag, line=rest) + "\r\n").encode())
                    lines.flush()

    def close(self) -> None:
        self._listener.close()


@pytest.mark.parametrize("verbosity", ["-q", "-vv"])
@pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4rev1 AUTH=PLAIN SASL-IR LOGINDISABLED"])
@pytest.mark.parametrize("refusal", ["{tag} NO cannot do: {line}", "{tag} BAD what is {line}?", "* BYE {line}", "{tag} NO [UNAVAILABLE] {line}", "{line}"])
def test_a_server_that_repeats_what_it_refuses(tmp_path: Path, capabilities: str, refusal: str, verbosity: str) -> None:
    """Its words are shown without the secret, in whatever shape it was sent."""
    server = Echo(capabilities, refusal)
    (tmp_path / "config.toml").write_text(CONFIG.format(port=server.port, user="lea", security="none"))
    (tmp_path / "mailrescue.personal").write_text(CANARY)
    words = [sys.executable, "-m", "mailrescue", "--config", f"{tmp_path}/config.toml", "--state-dir", f"{tmp_path}/state", verbosity, "scan", "--now", moments.DUE]
    done = subprocess.run(words, cwd=ROOT, env={"PATH": "/usr/bin:/bin", "CREDENTIALS_DIRECTORY": str(tmp_path)}, capture_output=True, text=True, timeout=60)
    server.close()
    assert done.returncode in (69, 75, 77), done.stderr
    assert [] == leaks(_SHAPES, Ran(done.returncode, done.stdout, done.stderr, 0), tmp_path / "state")


def test_the_state_is_the_users_alone(account: Rig) -> None:
    """Folder 0700, files 0600, whatever the umask."""
    account.wipe()
    account.scan(moments.DUE)
    assert {0o700} == {account.state.stat().st_mode & 0o777}
    assert {0o600} == {path.stat().st_mode & 0o777 for path in account.state.iterdir()}
