"""Where a secret comes from, and what is said when it does not come. Real programs, a real child process, real keyring backends."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from mailrescue.errors import ConfigurationError
from mailrescue.model.account import Auth, ImapAccount
from mailrescue.secrets import entry_of, keep_secret, keyring_in_use, secret_of

ACCOUNT = ImapAccount(name="personal", host="imap.calloway.example", user="delphine@calloway.example")

#: a keyring backend that keeps its entries in files of one folder, and fails in the ways that real ones do
BACKEND = '''
import os, sys, time
from pathlib import Path
from keyring import errors
from keyring.backend import KeyringBackend

class Ring(KeyringBackend):
    priority = 1

    def path(self, service, user):
        return Path(os.environ["RING"], (service + " " + user).encode().hex())

    def get_password(self, service, user):
        path = self.path(service, user)
        return path.read_text() if path.exists() else None

    def set_password(self, service, user, password):
        self.path(service, user).write_text(password)

    def delete_password(self, service, user):
        self.path(service, user).unlink()

class WindowsRing(Ring):
    def set_password(self, service, user, password):
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "CredWrite: the stub received bad data")
        super().set_password(service, user, password)

class Locked(Ring):
    def get_password(self, service, user):
        raise errors.KeyringLocked("Failed to unlock the collection!")

class Failing(Ring):
    def get_password(self, service, user):
        raise OSError("the bus has gone")

class Dying(Ring):
    def get_password(self, service, user):
        os.abort()

class Silent(Ring):
    def get_password(self, service, user):
        time.sleep(600)

class Asking(Ring):
    def get_password(self, service, user):
        return input("Password: ")

class Chatty(Ring):
    def get_password(self, service, user):
        print("welcome to the keyring")
        return super().get_password(service, user)

class Bus(Ring):
    def get_password(self, service, user):
        return os.environ.get("DBUS_SESSION_BUS_ADDRESS", "no bus")
'''


@pytest.fixture
def ring(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """An environment in which the keyring is the backend of that name."""
    modules, entries = tmp_path / "modules", tmp_path / "entries"
    modules.mkdir()
    entries.mkdir()
    (modules / "rings.py").write_text(BACKEND)

    def environ(backend: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(modules), "RING": str(entries),
            "PYTHON_KEYRING_BACKEND": backend if "." in backend else f"rings.{backend}",
        }

    return environ


def told(secret: Callable[[], str]) -> str:
    """What the user reads when the secret does not come."""
    with pytest.raises(ConfigurationError) as caught:
        secret()
    assert caught.value.cure
    return str(caught.value)


def command(code: str) -> ImapAccount:
    """An account whose secret a small Python program prints."""
    return ImapAccount(name="personal", host="h", user="u", auth=Auth.COMMAND, password_command=(sys.executable, "-c", dedent(code)))


# ---- a command --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "secret"),
    [
        pytest.param(b"correct horse\n", "correct horse", id="one line"),
        pytest.param(b"correct horse", "correct horse", id="no line end"),
        pytest.param(b"correct horse\r\n", "correct horse", id="CRLF"),
        pytest.param(b"correct horse\nlogin: delphine\n", "correct horse", id="the first line of pass"),
        pytest.param(b"  spaces count \n", "  spaces count ", id="spaces"),
        pytest.param("pâté\u2028\n".encode(), "pâté\u2028", id="only a line feed ends a line"),
    ],
)
def test_the_secret_is_the_first_line_that_the_command_prints(printed: bytes, secret: str) -> None:
    """As pass, gopass and secret-tool print it."""
    account = command(f"import sys; sys.stdout.buffer.write({printed!r})")

    assert secret == secret_of(account, os.environ)()


def test_a_token_command_gives_the_token() -> None:
    """auth = "oauth2": the same, and the store logs in with a token."""
    account = ImapAccount(name="a", host="h", user="u", auth=Auth.OAUTH2, token_command=("echo", "ya29.token"))

    assert "ya29.token" == secret_of(account, os.environ)()


def test_no_shell_reads_the_command() -> None:
    """What a shell would expand arrives as it is written."""
    account = ImapAccount(name="a", host="h", user="u", auth=Auth.COMMAND, password_command=("echo", "$HOME; `id` *"))

    assert "$HOME; `id` *" == secret_of(account, os.environ)()


@pytest.mark.parametrize(
    ("account", "words"),
    [
        pytest.param(command("import sys; sys.exit('gpg: decryption failed: No secret key')"), ("password_command", "status 1", "No secret key", "run it yourself"), id="fails"),
        pytest.param(command("print()"), ("password_command", "first line holds no secret"), id="prints nothing"),
        pytest.param(command("import sys; sys.stdout.buffer.write(b'\\xff\\n')"), ("not UTF-8",), id="prints octets"),
        pytest.param(command("print('a\\0b')"), ("holds no secret",), id="prints a NUL"),
        pytest.param(ImapAccount(name="a", host="h", user="u", password_command=("/nowhere/pass",)), ("accounts.a.password_command", "/nowhere/pass cannot be run", "full path"), id="is not there"),
        pytest.param(command("input('PIN: ')"), ("status 1", "EOFError"), id="asks"),
    ],
)
def test_a_command_that_gives_no_secret_is_told(account: ImapAccount, words: tuple[str, ...]) -> None:
    """What failed, what it complained of, what to do."""
    message = told(secret_of(account, os.environ))

    assert list(words) == [word for word in words if word in message]


def test_what_a_failing_command_printed_is_not_shown() -> None:
    """It may be the secret."""
    message = told(secret_of(command("print('correct horse'); raise SystemExit(3)"), os.environ))

    assert "correct horse" not in message.partition("run it yourself")[0]


def test_a_command_that_does_not_end_is_ended_with_what_it_started() -> None:
    """A child that keeps the pipe open must not keep the scan."""
    account = command("""
        import subprocess, sys, time
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        time.sleep(600)
    """)

    assert "did not end within 0.3 s" in told(secret_of(account, os.environ, command_seconds=0.3))


def test_nothing_is_run_before_the_secret_is_needed(tmp_path: Path) -> None:
    """A scan that finds the server away does not wake the user's agent."""
    account = ImapAccount(name="a", host="h", user="u", password_command=("touch", str(tmp_path / "run")))

    secret_of(account, os.environ)

    assert not (tmp_path / "run").exists()


# ---- a credential of systemd ------------------------------------------------------------------------------------------


def test_a_credential_of_systemd_comes_before_the_keyring(tmp_path: Path, ring: Callable[[str], dict[str, str]]) -> None:
    """LoadCredentialEncrypted=mailrescue.personal puts it there for the service alone."""
    (tmp_path / "mailrescue.personal").write_text("from systemd\n")

    assert "from systemd" == secret_of(ACCOUNT, {**ring("Locked"), "CREDENTIALS_DIRECTORY": str(tmp_path)})()


def test_another_accounts_credential_is_not_taken(tmp_path: Path, ring: Callable[[str], dict[str, str]]) -> None:
    """Each account has its own; the keyring is asked next."""
    (tmp_path / "mailrescue.work").write_text("of another account\n")

    assert "holds no secret" in told(secret_of(ACCOUNT, {**ring("Ring"), "CREDENTIALS_DIRECTORY": str(tmp_path)}))


def test_an_empty_credential_is_told(tmp_path: Path) -> None:
    """It is there, so it was meant."""
    (tmp_path / "mailrescue.personal").write_text("\n")

    assert "the credential mailrescue.personal: its first line holds no secret" in told(secret_of(ACCOUNT, {"CREDENTIALS_DIRECTORY": str(tmp_path)}))


# ---- the keyring ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 8, 599, 600, 601, 1200, 1800, 4321])
def test_what_was_kept_comes_back(ring: Callable[[str], dict[str, str]], tmp_path: Path, length: int) -> None:
    """Tokens longer than what Windows' Credential Manager holds lie in several entries, none above its limit."""
    secret = "".join(chr(0x1F600 + n % 50) if n % 7 == 0 else "abcdefg"[n % 7] for n in range(length))
    environ = ring("WindowsRing")

    keep_secret(ACCOUNT, secret, environ)

    assert secret == secret_of(ACCOUNT, environ)()
    assert 2560 >= max(len(entry.read_text().encode("utf-16-le")) for entry in (tmp_path / "entries").iterdir())


def test_elsewhere_a_secret_lies_in_one_entry(ring: Callable[[str], dict[str, str]], tmp_path: Path) -> None:
    """Replaced as a whole: whoever is killed while a token is renewed leaves the old one or the new one."""
    keep_secret(ACCOUNT, "t" * 4321, ring("Ring"))

    assert 1 == len(list((tmp_path / "entries").iterdir()))
    assert "t" * 4321 == secret_of(ACCOUNT, ring("Ring"))()


def test_the_keyring_in_use_is_named_before_anything_is_typed(ring: Callable[[str], dict[str, str]]) -> None:
    """setup asks for no password that it could not keep."""
    assert "rings" == keyring_in_use(ACCOUNT, ring("Ring"))
    assert "no keyring is running here" in told(lambda: keyring_in_use(ACCOUNT, ring("keyring.backends.fail.Keyring")))


def test_a_shorter_secret_leaves_nothing_of_a_longer_one(ring: Callable[[str], dict[str, str]], tmp_path: Path) -> None:
    """A token of 1,800 characters, then an app password of exactly one entry's length."""
    environ = ring("WindowsRing")
    keep_secret(ACCOUNT, "t" * 1800, environ)

    keep_secret(ACCOUNT, "p" * 600, environ)

    assert "p" * 600 == secret_of(ACCOUNT, environ)()
    assert 1 == len(list((tmp_path / "entries").iterdir()))


def test_the_entry_is_one_that_the_user_can_write_by_hand() -> None:
    """`keyring set mailrescue personal:delphine@calloway.example`."""
    assert "personal:delphine@calloway.example" == entry_of(ACCOUNT)


def test_what_a_backend_prints_does_no_harm(ring: Callable[[str], dict[str, str]]) -> None:
    """Some greet on standard output."""
    environ = ring("Chatty")
    keep_secret(ACCOUNT, "correct horse", environ)

    assert "correct horse" == secret_of(ACCOUNT, environ)()


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        pytest.param("Ring", ("holds no secret for this account", "store it: mailrescue login personal"), id="no entry"),
        pytest.param("Locked", ("the keyring is locked", "unlock it"), id="locked"),
        pytest.param("Failing", ("the keyring failed: OSError: the bus has gone", "try it yourself"), id="failing"),
        pytest.param("Dying", ("the keyring failed: status -6",), id="dying"),
        pytest.param("Asking", ("the keyring failed: EOFError",), id="asking on the terminal"),
        pytest.param("keyring.backends.fail.Keyring", ("no keyring is running here", "log in", "password_command"), id="none"),
        pytest.param("keyring.backends.null.Keyring", ("switched off (keyring.backends.null.Keyring)", "PYTHON_KEYRING_BACKEND"), id="null"),
    ],
)
def test_each_trouble_with_the_keyring_has_its_own_words(ring: Callable[[str], dict[str, str]], backend: str, words: tuple[str, ...]) -> None:
    """Locked, absent, failing: the cures differ."""
    message = told(secret_of(ACCOUNT, ring(backend)))

    assert list(words) == [word for word in words if word in message]


def test_a_keyring_that_writes_secrets_down_readable_is_refused(ring: Callable[[str], dict[str, str]], tmp_path: Path) -> None:
    """keyrings.alt comes first by itself where no desktop runs; its file is base64."""
    package = tmp_path / "modules" / "keyrings" / "alt"
    package.mkdir(parents=True)
    (package / "file.py").write_text("import rings\nclass PlaintextKeyring(rings.Ring):\n    pass\n")

    message = told(secret_of(ACCOUNT, ring("keyrings.alt.file.PlaintextKeyring")))

    assert "writes secrets down readable (keyrings.alt.file.PlaintextKeyring)" in message


def test_a_keyring_that_waits_for_a_window_is_ended(ring: Callable[[str], dict[str, str]]) -> None:
    """Nobody sees the window while cron runs."""
    message = told(secret_of(ACCOUNT, ring("Silent"), keyring_seconds=0.5))

    assert "did not answer within 0.5 s" in message


@pytest.mark.skipif(sys.platform == "win32", reason="no D-Bus")
@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param("", "unix:path={folder}/bus", id="cron forgot to name it"),
        pytest.param("unix:path=/other", "unix:path=/other", id="named already"),
    ],
)
def test_the_sessions_bus_is_found_under_cron(ring: Callable[[str], dict[str, str]], tmp_path_factory: pytest.TempPathFactory, named: str, expected: str) -> None:
    """$XDG_RUNTIME_DIR/bus, when it is a socket and no bus is named."""
    folder = tmp_path_factory.mktemp("run")
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(folder / "bus"))
        environ = {**ring("Bus"), "XDG_RUNTIME_DIR": str(folder), **({"DBUS_SESSION_BUS_ADDRESS": named} if named else {})}

        assert expected.format(folder=folder) == secret_of(ACCOUNT, environ)()


def test_a_file_in_the_place_of_the_bus_is_none(ring: Callable[[str], dict[str, str]], tmp_path: Path) -> None:
    """Only a socket is spoken to."""
    (tmp_path / "bus").touch()

    assert f"unix:path={tmp_path}/bus" != secret_of(ACCOUNT, {**ring("Bus"), "XDG_RUNTIME_DIR": str(tmp_path)})()


def test_a_secret_stands_in_no_argument_list_and_no_environment(ring: Callable[[str], dict[str, str]], tmp_path: Path) -> None:
    """The backend looks at its own process, and at what Linux shows others of it."""
    proc = Path("/proc/self")
    if not proc.exists():
        pytest.skip("no /proc here")
    (tmp_path / "modules" / "spy.py").write_text(dedent("""
        import rings
        from pathlib import Path
        class Spy(rings.Ring):
            def set_password(self, service, user, password):
                seen = Path("/proc/self/cmdline").read_bytes() + Path("/proc/self/environ").read_bytes()
                super().set_password(service, user, "seen" if password.encode() in seen else "unseen")
    """))
    environ = ring("spy.Spy")

    keep_secret(ACCOUNT, "correct horse", environ)

    assert "unseen" == secret_of(ACCOUNT, environ)()


# ---- a real Secret Service: GNOME Keyring on a bus of its own ------------------------------------------------------------

SESSION = """
import os, sys
from mailrescue.errors import ConfigurationError
from mailrescue.model.account import ImapAccount
from mailrescue.secrets import keep_secret, keyring_in_use, secret_of

account = ImapAccount(name="personal", host="h", user="delphine@calloway.example")
if "keep" in sys.argv:
    keep_secret(account, "correct horse", os.environ)
if "token" in sys.argv:
    keep_secret(account, "t" * 5000, os.environ)
    sys.stdout.write(keyring_in_use(account, os.environ) + " ")
if "cron" in sys.argv:
    os.symlink(os.environ.pop("DBUS_SESSION_BUS_ADDRESS").split("path=")[1].split(",")[0], os.environ["XDG_RUNTIME_DIR"] + "/bus")
try:
    sys.stdout.write(secret_of(account, os.environ)())
except ConfigurationError as error:
    sys.stdout.write(str(error))
"""


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")), reason="needs dbus-run-session and gnome-keyring")
def test_gnome_keyring_unlocked_under_cron_locked_and_fresh(tmp_path: Path) -> None:
    """One user's days: nothing stored yet; stored; cron without the bus's name; restarted and nobody logged in. No window opens at any time."""

    def session(daemon: str, *words: str) -> str:
        runtime = tmp_path / f"run{len(list(tmp_path.iterdir()))}"
        runtime.mkdir(mode=0o700)
        environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(Path(__file__).parents[2])}
        script = f'{daemon} --components=secrets >/dev/null; exec "$@"'
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", script, "sh", sys.executable, "-c", SESSION, *words], env=environ, capture_output=True, text=True, timeout=60,
        )
        assert "SystemPrompter" not in done.stderr
        return done.stdout

    start, unlock = "gnome-keyring-daemon --start", "printf pw | gnome-keyring-daemon --unlock"

    assert "holds no secret" in session(start)
    assert "correct horse" == session(unlock, "keep")
    assert "correct horse" == session(unlock, "cron")
    assert "SecretService " + "t" * 5000 == session(unlock, "token", "cron")
    assert "the keyring is locked" in session(start)
