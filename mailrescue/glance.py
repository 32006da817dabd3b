"""Whether a scan would find anything new, told before the rest of the program is even loaded: most starts by cron end here.

The last scan left what it looked at (``unchanged``): if all of it is as it was, no mailbox has moved, and no moment has come at which a
draft becomes due or stale, that scan would do nothing and say so. Everything else, and every doubt, is for the scan itself.
It writes nothing. What it costs is measured in docs/PERFORMANCE.md; so it imports little, and reads its few words without argparse.
"""

from __future__ import annotations

import os

from mailrescue import unchanged

TYPE_CHECKING = False       # typing itself would be a twentieth of a glance
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from mailrescue.stores.probe import Opened


class Glance:
    """What was seen. ``lines`` is what the scan would print, None where it must run; then ``opened`` are sessions that it may use (account: session),
    with where the mailboxes were found, and ``refused`` the accounts whose login the server has just refused.
    """

    def __init__(self) -> None:
        self.lines: list[str] | None = None
        self.opened: dict[str, tuple[Opened, Mapping[str, Any]]] = {}
        self.refused: list[str] = []


def look(words: Sequence[str], environ: Mapping[str, str], clock: Callable[[], float]) -> Glance:
    """Look, where the words ask for a plain scan. ``clock`` gives seconds since 1970, read only if the words name no time."""
    seen = Glance()
    asked = _asked(words, environ)
    record = unchanged.read(asked["state"], asked["config"], environ) if asked else None
    accounts = _accounts(record, asked) if record and asked else None
    if not accounts or not asked:
        return seen
    now = asked["now"] if asked["now"] is not None else clock()
    if not all(account["from"] <= now < account["until"] for account in accounts):
        return seen
    if all([_same(account, environ, seen) for account in accounts]):        # noqa: C419  each, so that no session waits for another account's
        for session, _ in seen.opened.values():
            session.close()
        _stamp(asked["state"], now)
        seen.lines = [] if asked["quiet"] else [f"{account['name']}: nothing new to draft" for account in accounts]
    return seen


def _stamp(state: str, now: float) -> None:
    """As commands.lock.stamp: doctor and status ask when the last scan was."""
    try:
        os.utime(os.path.join(state, "lock"), (now, now))
    except OSError:
        return


# ---- the words -----------------------------------------------------------------------------------------------------


def _asked(words: Sequence[str], environ: Mapping[str, str]) -> dict[str, Any] | None:
    """The words of a plain scan; None where they say anything else, which argparse reads better."""
    asked: dict[str, Any] = {"quiet": False, "account": None, "now": None, "config": environ.get("MAILRESCUE_CONFIG"), "state": environ.get("MAILRESCUE_STATE_DIR")}
    rest, scan = list(words), False
    while rest:
        word = rest.pop(0)
        if word == "scan" and not scan:
            scan = True
        elif word in ("-q", "--quiet") and not scan:
            asked["quiet"] = True
        elif word in ("--config", "--state-dir") and not scan and rest:
            asked["config" if word == "--config" else "state"] = rest.pop(0)
        elif word == "--account" and scan and rest:
            asked["account"] = rest.pop(0)
        elif word == "--now" and scan and rest and (moment := _moment(rest.pop(0))) is not None:
            asked["now"] = moment
        else:
            return None
    asked["config"] = _place(asked["config"], environ, "XDG_CONFIG_HOME", "~/.config", "/config.toml")
    asked["state"] = _place(asked["state"], environ, "XDG_STATE_HOME", "~/.local/state", "")
    return asked if scan and asked["config"] and asked["state"] else None


def _moment(text: str) -> float | None:
    from datetime import datetime

    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return None


def _place(named: str | None, environ: Mapping[str, str], variable: str, otherwise: str, below: str) -> str:
    """As config.config_file and config.state_folder place them, on Linux; elsewhere they must be named."""
    if named:
        return os.path.abspath(os.path.expanduser(named))
    if os.name != "posix" or os.uname().sysname == "Darwin":
        return ""
    base = environ.get(variable, "").strip() or os.path.expanduser(otherwise)
    return f"{base}/mailrescue{below}"


def _accounts(record: Mapping[str, Any], asked: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    if asked["account"] is not None:
        return [record["accounts"][asked["account"]]] if asked["account"] in record["accounts"] else None
    return list(record["accounts"].values()) if record["everything"] else None


# ---- the mail ------------------------------------------------------------------------------------------------------


def _same(account: Mapping[str, Any], environ: Mapping[str, str], seen: Glance) -> bool:
    """Whether all its mailboxes stand where they stood."""
    marks: Mapping[str, str] = account["marks"]
    if account["kind"] == "maildir":
        return all(_folder_mark(path) == mark for path, mark in marks.items())
    from mailrescue.errors import MailrescueError
    from mailrescue.stores import probe

    try:
        session = probe.ask(account, lambda: _secret(account, environ))
    except probe.Refused:
        seen.refused.append(account["name"])
        return False
    except (probe.Unusual, MailrescueError, OSError, ValueError):       # the last two: from the secret's command or file
        return False
    seen.opened[account["name"]] = session, account
    return all(probe.mark(session.standing[name], name == account["drafts"]) == mark for name, mark in marks.items())


def _folder_mark(path: str) -> str:
    """As stores.maildir.folder_mark gives it: that module costs more than the whole look."""
    try:
        seen = os.stat(path)
    except OSError:
        return ""
    return f"{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}"


def _secret(account: Mapping[str, Any], environ: Mapping[str, str]) -> str:
    """The secret, from where ``secrets`` would take it; the two cheap ways are gone here, because its imports cost as much as the rest."""
    if command := account["command"]:
        return _said_by(command, environ)
    folder = environ.get("CREDENTIALS_DIRECTORY")
    path = f"{folder}/mailrescue.{account['name']}"
    if folder and os.path.isfile(path):
        with open(path, encoding="utf-8", newline="\n") as file:
            return _first_line(file.read(65536))
    from mailrescue import secrets
    from mailrescue.model.account import ImapAccount

    return secrets.secret_of(ImapAccount(name=account["name"], host=account["host"], user=account["user"]), environ)()


def _said_by(command: Sequence[str], environ: Mapping[str, str]) -> str:
    """What the account's command prints, run without a shell and a terminal. Whatever goes wrong is an OSError: ``secrets`` says it better, later."""
    import select

    ours, theirs = os.pipe()
    try:
        silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 2)]
        process = os.posix_spawnp(command[0], list(command), dict(environ), file_actions=[*silent, (os.POSIX_SPAWN_DUP2, theirs, 1)], setsid=True)
    finally:
        os.close(theirs)
    said, ended, waiting = b"", False, select.poll()
    waiting.register(ours, select.POLLIN)
    try:
        while not ended and waiting.poll(_COMMAND_MS):
            octets = os.read(ours, 65536)
            said, ended = said + octets, not octets
    finally:
        os.close(ours)
        if not ended:
            os.killpg(process, 9)
    if os.waitpid(process, 0)[1] or not ended:
        raise OSError(f"{command[0]} gave no secret")
    return _first_line(said.decode("utf-8"))


_COMMAND_MS = 30_000


def _first_line(text: str) -> str:
    line = text.partition("\n")[0].removesuffix("\r")
    if not line.strip() or "\0" in line:
        raise ValueError("no secret")
    return line
