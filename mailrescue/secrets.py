"""Where an account's password or token comes from: its command, a systemd credential, the keyring.

A secret goes from there to the server and nowhere else: into no argument list, no environment, no file, no message of ours.
Nobody is asked anything here: a scan runs while the user is away. What would ask is stopped after its time and told.

The keyring is spoken to by a child process (``python -m mailrescue.secrets``), because its backends load desktop libraries,
may wait for a window that nobody sees, and must not take the scan with them.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from mailrescue.errors import ConfigurationError
from mailrescue.model.account import ImapAccount

SERVICE = "mailrescue"

_COMMAND_SECONDS = 30.0
_KEYRING_SECONDS = 15.0
_PART = 600         # characters of one keyring entry: Windows' Credential Manager holds 1,280 UTF-16 units


def secret_of(account: ImapAccount, environ: Mapping[str, str], keyring_seconds: float = _KEYRING_SECONDS, command_seconds: float = _COMMAND_SECONDS) -> Callable[[], str]:
    """What gives the account's secret when a login needs it: a password, or with ``auth = "oauth2"`` an access token.

    The account's own command first, then ``$CREDENTIALS_DIRECTORY/mailrescue.ACCOUNT`` (systemd.exec(5), LoadCredential=),
    then the keyring. Nothing is read before the call; the call raises ConfigurationError with the cure.
    """
    command = account.password_command or account.token_command
    if command:
        return lambda: _from_command(account, command, environ, command_seconds)
    credential = _credential(account, environ)
    if credential:
        return lambda: _from_file(account, credential)
    return lambda: _from_keyring(account, environ, keyring_seconds)


def keep_secret(account: ImapAccount, secret: str, environ: Mapping[str, str], seconds: float = _KEYRING_SECONDS) -> None:
    """Put the secret into the keyring in place of an earlier one. Raises ConfigurationError with the cure."""
    _ask_keyring(account, {"do": "keep", "secret": secret}, environ, seconds)


def kept_secret(account: ImapAccount, environ: Mapping[str, str], seconds: float = _KEYRING_SECONDS) -> str:
    """What the keyring holds for the account. Raises ConfigurationError with the cure."""
    return _from_keyring(account, environ, seconds)


def keyring_in_use(account: ImapAccount, environ: Mapping[str, str], seconds: float = _KEYRING_SECONDS) -> str:
    """The name of the keyring that would hold the account's secret: there, trusted, and unlocked. Raises ConfigurationError with the cure."""
    return str(_ask_keyring(account, {"do": "name"}, environ, seconds)["name"])


def source_of(account: ImapAccount, environ: Mapping[str, str]) -> str:
    """Where ``secret_of`` would take the secret from, in words."""
    command = account.password_command or account.token_command
    if command:
        return f"the command {shlex.quote(command[0])}"
    credential = _credential(account, environ)
    return f"the credential {credential.name}" if credential else "the keyring"


def entry_of(account: ImapAccount) -> str:
    """The user name under which the keyring's service "mailrescue" holds the account's secret."""
    return f"{account.name}:{account.user}"


# ---- a command --------------------------------------------------------------------------------------------------------


def _from_command(account: ImapAccount, command: Sequence[str], environ: Mapping[str, str], seconds: float) -> str:
    key = f"accounts.{account.name}.{'password_command' if account.password_command else 'token_command'}"
    try:
        status, out, err = _run(command, b"", environ, seconds)
    except subprocess.TimeoutExpired:
        raise ConfigurationError(f"{key}: {command[0]} did not end within {seconds:g} s", "let it answer without asking anybody: unlock its agent, or use the keyring") from None
    except OSError as error:
        raise ConfigurationError(f"{key}: {command[0]} cannot be run: {error.strerror or error}", "write the program's full path; cron looks into few folders") from error
    if status != 0:
        raise ConfigurationError(f"{key}: {command[0]} failed with status {status}{_last_line(err)}", f"run it yourself and see: {shlex.join(command)}")
    return _first_line(out, key, f"let {command[0]} print the secret in its first line")


def _last_line(err: bytes) -> str:
    """The end of what a failed program complained of; its output, where a secret may stand, is never shown."""
    lines = err[-2000:].decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1][:200]}" if lines else ""


def _first_line(octets: bytes, where: str, cure: str) -> str:
    line = octets.partition(b"\n")[0].removesuffix(b"\r")
    try:
        secret = line.decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{where}: what it gives is not UTF-8 text", cure) from None
    if not secret.strip() or "\0" in secret:
        raise ConfigurationError(f"{where}: its first line holds no secret", cure)
    return secret


def _run(command: Sequence[str], given: bytes, environ: Mapping[str, str], seconds: float) -> tuple[int, bytes, bytes]:
    """Run without a shell and without a terminal, in a process group of its own that ends with its time."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(environ), start_new_session=True) as process:
        try:
            out, err = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            raise
        return process.returncode, out, err


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The program and what it started, so that nobody keeps its pipes open."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


# ---- a credential of systemd ------------------------------------------------------------------------------------------


def _credential(account: ImapAccount, environ: Mapping[str, str]) -> Path | None:
    folder = environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder, f"{SERVICE}.{account.name}") if folder else None
    return path if path is not None and path.is_file() else None


def _from_file(account: ImapAccount, path: Path) -> str:
    try:
        octets = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"the credential {path.name} cannot be read: {error.strerror or error}", "load it again: systemctl --user restart mailrescue.service") from error
    return _first_line(octets, f"the credential {path.name}", f"put the secret of account {account.name} into its first line")


# ---- the keyring, seen from the scan ----------------------------------------------------------------------------------


def _from_keyring(account: ImapAccount, environ: Mapping[str, str], seconds: float) -> str:
    answer = _ask_keyring(account, {"do": "get"}, environ, seconds)
    return str(answer["secret"])


def _ask_keyring(account: ImapAccount, request: Mapping[str, str], environ: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """Put one request to the child process. Raises ConfigurationError for whatever is not an answer."""
    given = json.dumps({**request, "user": entry_of(account)}).encode()
    try:
        status, out, err = _run([sys.executable, "-P", "-m", "mailrescue.secrets"], given, _environment(environ), seconds)
    except subprocess.TimeoutExpired:
        raise _trouble(account, "silent", f"within {seconds:g} s") from None
    try:
        answer: dict[str, Any] = json.loads(out)
    except ValueError:
        raise _trouble(account, "failing", f"status {status}{_last_line(err)}") from None
    if "trouble" in answer:
        raise _trouble(account, answer["trouble"], answer.get("detail", ""))
    return answer


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: it finds this very package, and the session's bus where cron forgot to name it."""
    found = dict(environ)
    ours = str(Path(__file__).parent.parent)
    found["PYTHONPATH"] = os.pathsep.join(filter(None, (ours, environ.get("PYTHONPATH"))))
    bus = None if environ.get("DBUS_SESSION_BUS_ADDRESS") else _session_bus(environ)
    if bus:
        found["DBUS_SESSION_BUS_ADDRESS"] = bus
    return found


def _session_bus(environ: Mapping[str, str]) -> str | None:
    """The user's bus where systemd puts its socket; cron gives jobs no DBUS_SESSION_BUS_ADDRESS. None where there is no such socket."""
    if sys.platform == "win32":
        return None
    from urllib.parse import quote

    for folder in (environ.get("XDG_RUNTIME_DIR"), f"/run/user/{os.getuid()}"):
        with suppress(OSError):
            if folder and stat.S_ISSOCK(os.stat(f"{folder}/bus").st_mode):
                return f"unix:path={quote(folder, safe='/-_.')}/bus"
    return None


def _trouble(account: ImapAccount, kind: str, detail: str) -> ConfigurationError:
    what, cure = _TROUBLES.get(kind, _TROUBLES["failing"])
    store = f"{shlex.quote(sys.executable)} -m keyring set {SERVICE} {shlex.quote(entry_of(account))}"
    facts = {"account": account.name, "detail": detail, "store": store}
    return ConfigurationError(f"accounts.{account.name}: {what.format(**facts)}", cure.format(**facts))


_OTHERWISE = "or write password_command for [accounts.{account}]"

#: what can be wrong with a keyring, and what to do about it
_TROUBLES: Mapping[str, tuple[str, str]] = {
    "absent": (
        "no keyring is running here",
        f"log in to your desktop (GNOME Keyring, KWallet, KeePassXC), {_OTHERWISE}",
    ),
    "disabled": (
        "the keyring is switched off ({detail})",
        f"take PYTHON_KEYRING_BACKEND, or default-keyring in keyringrc.cfg, out, {_OTHERWISE}",
    ),
    "plaintext": (
        "the only keyring here writes secrets down readable ({detail})",
        f"use a real one (GNOME Keyring, KWallet, KeePassXC, keyring-pass), {_OTHERWISE}",
    ),
    "locked": (
        "the keyring is locked",
        f"unlock it by logging in to your desktop; after a restart somebody must, {_OTHERWISE}",
    ),
    "silent": (
        "the keyring did not answer {detail}",
        f"see whether it waits for you in a window, and unlock it, {_OTHERWISE}",
    ),
    "failing": (
        "the keyring failed: {detail}",
        f"try it yourself: {{store}}; {_OTHERWISE}",
    ),
    "missing": (
        "the keyring holds no secret for this account",
        "store it: mailrescue login {account}",
    ),
}


# ---- the keyring, in the child process --------------------------------------------------------------------------------


class _Trouble(Exception):
    """A kind of _TROUBLES, and its detail."""


def _answer(request: Mapping[str, str]) -> dict[str, Any]:
    """Do what is asked. Every failure becomes an answer, because this process has nobody else to tell."""
    import keyring.errors

    try:
        ring = _ring()
        if request["do"] == "keep":
            _keep(ring, request["user"], request["secret"])
        elif request["do"] == "name":
            return {"name": _usable(ring)}
        else:
            _ask_nobody(ring)
            return {"secret": _get(ring, request["user"])}
    except _Trouble as trouble:
        kind, detail = trouble.args
        return {"trouble": kind, "detail": detail}
    except keyring.errors.KeyringLocked:
        return {"trouble": "locked"}
    except keyring.errors.NoKeyringError:
        return {"trouble": "absent"}
    except Exception as error:  # noqa: BLE001  backends raise whatever their desktop's library raises
        return {"trouble": "failing", "detail": f"{type(error).__name__}: {error}"[:300]}
    return {}


def _ring() -> Any:
    """The first backend that may be trusted with a secret."""
    import keyring

    chosen = keyring.get_keyring()
    backends = list(getattr(chosen, "backends", [chosen]))      # the chainer lists those that it would ask in turn
    refused = {_refused(backend): _name(backend) for backend in reversed(backends)}
    for backend in backends:
        if not _refused(backend):
            return backend
    for kind in ("plaintext", "disabled"):
        if kind in refused:
            raise _Trouble(kind, refused[kind])
    raise _Trouble("absent", "")


def _usable(ring: Any) -> str:
    """Its name, if it answers without asking anybody; that it holds nothing yet is fine."""
    try:
        _ask_nobody(ring)
    except _Trouble as trouble:
        if trouble.args[0] != "missing":
            raise
    return str(getattr(ring, "name", "") or _name(ring)).partition(" ")[0]


def _refused(backend: object) -> str:
    """Why a backend is not used, empty where it is: none at all, null, or one that keeps no secret secret (keyrings.alt)."""
    name = _name(backend)
    if name.startswith("keyring.backends.fail."):
        return "absent"
    if name.startswith("keyring.backends.null."):
        return "disabled"
    return "plaintext" if name.startswith("keyrings.alt.") or "plaintext" in name.lower() else ""


def _name(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _ask_nobody(ring: Any) -> None:
    """Secret Service would open a window to unlock a collection, or to make the first one, at each scan: see whether it must, and stop."""
    if type(ring).__module__ != "keyring.backends.SecretService":
        return
    from contextlib import closing

    import secretstorage
    from secretstorage.collection import DEFAULT_COLLECTION

    with closing(secretstorage.dbus_init()) as bus:
        try:
            collection = secretstorage.Collection(bus, getattr(ring, "preferred_collection", DEFAULT_COLLECTION))
            locked = collection.is_locked()
        except secretstorage.ItemNotFoundException:
            raise _Trouble("missing", "") from None
    if locked:
        raise _Trouble("locked", "")


def _get(ring: Any, user: str) -> str:
    """A secret that fills its entry may go on in the next."""
    secret: str | None = ring.get_password(SERVICE, user)
    if not secret:
        raise _Trouble("missing", "")
    part, number = secret, 2
    while len(part) == _PART and (part := ring.get_password(SERVICE, _numbered(user, number)) or ""):
        secret, number = secret + part, number + 1
    return secret


def _keep(ring: Any, user: str, secret: str) -> None:
    """In one entry, replaced as a whole, wherever entries may be long. Else the first entry last: until then the earlier secret's beginning stands."""
    size = _PART if "windows" in _name(ring).lower() else len(secret)
    parts = [secret[at : at + size] for at in range(0, len(secret), size)]
    _forget(ring, user, len(parts) + 1)
    for number in range(len(parts), 0, -1):
        ring.set_password(SERVICE, _numbered(user, number), parts[number - 1])


def _forget(ring: Any, user: str, first: int) -> None:
    """Every entry from that number on."""
    number = first
    while ring.get_password(SERVICE, _numbered(user, number)) is not None:
        ring.delete_password(SERVICE, _numbered(user, number))
        number += 1


def _numbered(user: str, number: int) -> str:
    return user if number == 1 else f"{user}#{number}"


def _child() -> None:
    """One request on standard input, one answer on standard output; what backends print goes to standard error."""
    answer_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    json.dump(_answer(json.load(sys.stdin)), answer_to)
    answer_to.close()


if __name__ == "__main__":
    _child()
