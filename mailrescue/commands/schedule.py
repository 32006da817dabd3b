"""``schedule``: let the system run the scan every five minutes: a systemd user timer, a block in the crontab, or a LaunchAgent on macOS.

Each is installed by the system's own program (systemctl, crontab, launchctl), as the user, and taken out again without a trace. Whatever
else stands in a crontab stays as it is. Only Linux's two are tried by the tests.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mailrescue.errors import CannotWrite, ConfigurationError, MailrescueError

_SECONDS = 30.0
_BEGIN, _END = "# BEGIN mailrescue: made and removed by `mailrescue schedule`", "# END mailrescue"
_LABEL = "org.mailrescue.scan"

_SERVICE = """\
# Made by `mailrescue schedule install`, removed by `mailrescue schedule remove`.

[Unit]
Description=Look for phone interviews that need a mail
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={command}
TimeoutStartSec=300
# 75: the network was away, the next run will do
SuccessExitStatus=75
# A password for the account "personal" without a keyring:
# LoadCredential=mailrescue.personal:%h/.config/mailrescue/personal.password

Nice=10
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths=%h{writable}
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
LockPersonality=yes
ProtectControlGroups=yes
ProtectHostname=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
# PrivateDevices, ProtectClock and ProtectKernelModules are left out: a user's manager may not drop capabilities, and the unit would not start
UMask=0077
"""

_TIMER = """\
# Made by `mailrescue schedule install`, removed by `mailrescue schedule remove`.

[Unit]
Description=Look for phone interviews that need a mail, every five minutes

[Timer]
OnCalendar=*:0/5
RandomizedDelaySec=20
# what was due while the machine slept is done when it wakes
Persistent=yes

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to run: the whole command, its program by an absolute path. ``writable`` are folders outside the home that it writes to."""

    command: tuple[str, ...]
    writable: tuple[str, ...] = ()


class Scheduler(Protocol):
    """One of the system's ways to run things. Every method may raise CannotWrite or ConfigurationError, with the cure."""

    name: str

    def usable(self) -> bool:
        """Whether it answers here."""

    def install(self, job: Job) -> list[str]:
        """Run the job every five minutes from now on, in place of an earlier one; what to tell the user."""

    def installed(self) -> str | None:
        """What is installed, in a few words; None where nothing is."""

    def remove(self) -> None:
        """Take it out; none there is fine."""


def schedulers(environ: Mapping[str, str], platform: str = sys.platform) -> tuple[Scheduler, ...]:
    """Those of this system, the best first."""
    return (Launchd(environ),) if platform == "darwin" else (Systemd(environ), Cron(environ))


def chosen(environ: Mapping[str, str], name: str | None = None) -> Scheduler:
    """The one of that name, else the first that answers. Raises ConfigurationError where none does."""
    known = schedulers(environ)
    found = next((s for s in known if (s.name == name if name else s.usable())), None)
    if found is None:
        raise ConfigurationError("neither systemd's user manager nor crontab answers here", "install cron, or let anything run `mailrescue -q scan` every five minutes")
    return found


def job(environ: Mapping[str, str], config: Path, state: Path, *, elsewhere: bool) -> Job:
    """The scan as a scheduler is to run it; with ``elsewhere`` configuration and state lie where a bare environment would not look for them."""
    places = ("--config", str(config), "--state-dir", str(state)) if elsewhere else ()
    home = environ.get("HOME", "/")
    return Job((*program(environ), *places, "-q", "scan"), () if state.is_relative_to(home) else (str(state),))


def program(environ: Mapping[str, str]) -> tuple[str, ...]:
    """How this very mailrescue is called from anywhere: the installed command's absolute path, else Python with the module."""
    called = Path(sys.argv[0])
    if called.name == "mailrescue" and called.is_file():
        return (str(called.absolute()),)
    beside = Path(sys.executable).with_name("mailrescue")
    found = str(beside) if beside.is_file() else shutil.which("mailrescue", path=environ.get("PATH"))
    return (found,) if found else (sys.executable, "-m", "mailrescue")


# ---- systemd ---------------------------------------------------------------------------------------------------------


class Systemd:
    """A timer of the user's own service manager (systemd.timer(5))."""

    name = "systemd"

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        config = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME", "/"), ".config"))
        self._folder = Path(config, "systemd/user")

    def usable(self) -> bool:
        """See Scheduler."""
        try:
            return _run(["systemctl", "--user", "show-environment"], self._environ)[0] == 0
        except MailrescueError:
            return False

    def install(self, job: Job) -> list[str]:
        """See Scheduler."""
        for name, text in self.units(job).items():
            _write(self._folder / name, text)
        self._systemctl("daemon-reload")
        self._systemctl("enable", "--now", "mailrescue.timer")
        told = [f"a systemd timer runs it every five minutes: {self._folder / 'mailrescue.timer'}"]
        return told if self._lingers() else [*told, "it pauses while you are logged out; to let it run then too: loginctl enable-linger"]

    def units(self, job: Job) -> dict[str, str]:
        """The two unit files, by name."""
        command = " ".join(_for_systemd(word) for word in job.command)
        writable = "".join(f" {_for_systemd(folder)}" for folder in job.writable)
        return {"mailrescue.service": _SERVICE.format(command=command, writable=writable), "mailrescue.timer": _TIMER}

    def installed(self) -> str | None:
        """See Scheduler."""
        if not (self._folder / "mailrescue.timer").exists():
            return None
        active = _run(["systemctl", "--user", "is-active", "mailrescue.timer"], self._environ)[1].strip()
        return f"the systemd timer {self._folder / 'mailrescue.timer'} ({active or 'the user manager does not answer'})"

    def remove(self) -> None:
        """See Scheduler."""
        files = [self._folder / "mailrescue.timer", self._folder / "mailrescue.service"]
        if not any(file.exists() for file in files):
            return
        self._systemctl("disable", "--now", "mailrescue.timer")
        for file in files:
            file.unlink(missing_ok=True)
        self._systemctl("daemon-reload")

    def _lingers(self) -> bool:
        user = self._environ.get("USER") or self._environ.get("LOGNAME") or ""
        try:
            return _run(["loginctl", "show-user", user, "--property=Linger", "--value"], self._environ)[1].strip() == "yes"
        except MailrescueError:
            return False

    def _systemctl(self, *words: str) -> None:
        status, _, err = _run(["systemctl", "--user", *words], self._environ)
        if status != 0:
            raise CannotWrite(f"systemctl --user {' '.join(words)} failed: {err.strip()[-200:]}", "try it yourself, or use cron: mailrescue schedule install --using cron")


def _for_systemd(word: str) -> str:
    """A word of ExecStart: quoted where it must be, with the characters doubled that mean something there (systemd.service(5))."""
    plain = word.replace("%", "%%").replace("$", "$$")
    if re.fullmatch(r"[\w@%$+=:,./~-]+", plain):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ---- cron -------------------------------------------------------------------------------------------------------------


class Cron:
    """A block in the user's crontab (crontab(5)), between two marks; no other line is touched."""

    name = "cron"

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = {**environ, "LC_ALL": "C"}

    def usable(self) -> bool:
        """See Scheduler."""
        return shutil.which("crontab", path=self._environ.get("PATH")) is not None

    def install(self, job: Job) -> list[str]:
        """See Scheduler."""
        line = f"*/5 * * * *  {shlex.join(job.command)}".replace("%", "\\%")
        others = _without_block(self._read())
        self._replace("".join(f"{one}\n" for one in (*others, _BEGIN, line, _END)))
        if shutil.which("sendmail", path=f"{self._environ.get('PATH', '')}:/usr/sbin:/usr/lib"):
            return ["cron runs it every five minutes, and mails you what it says: news and errors only (crontab -l)"]
        return ["cron runs it every five minutes (crontab -l)", "nothing here delivers cron's mail, so what it says is lost: look at mailrescue status, or install a mail system"]

    def installed(self) -> str | None:
        """See Scheduler."""
        lines = self._read() if self.usable() else []
        own = lines[lines.index(_BEGIN) + 1 :] if _BEGIN in lines else []
        return f"the crontab's line {own[0]}" if own and own[0] != _END else None

    def remove(self) -> None:
        """See Scheduler."""
        if not self.usable() or _BEGIN not in (lines := self._read()):
            return
        self._replace("".join(f"{one}\n" for one in _without_block(lines)))

    def _read(self) -> list[str]:
        """The present crontab. What cannot be read is not replaced."""
        status, out, err = _run(["crontab", "-l"], self._environ)
        if status != 0 and "no crontab" not in err.lower():
            raise CannotWrite(f"the crontab cannot be read: {err.strip()[-200:] or f'status {status}'}", "see what crontab -l says")
        return out.split("\n")[:-1] if out.endswith("\n") else out.split("\n") if out and status == 0 else []

    def _replace(self, text: str) -> None:
        status, _, err = _run(["crontab", "-"], self._environ, text)
        if status != 0:
            raise CannotWrite(f"the crontab cannot be written: {err.strip()[-200:]}", "see whether you may: crontab -e")


def _without_block(lines: Sequence[str]) -> list[str]:
    """The lines outside of our marks. A block that has lost its end ends with its last line that runs us, so that nothing of the user's goes."""
    if _BEGIN not in lines:
        return list(lines)
    begin = lines.index(_BEGIN)
    after = list(lines[begin + 1 :])
    end = after.index(_END) + 1 if _END in after else 1 if after and "mailrescue" in after[0] else 0
    return _without_block([*lines[:begin], *after[end:]])


# ---- launchd ----------------------------------------------------------------------------------------------------------


class Launchd:
    """A LaunchAgent: macOS's cron sees another keychain, and skips what it slept through (launchd.plist(5)). Not tried on a Mac yet."""

    name = "launchd"

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._file = Path(environ.get("HOME", "/"), "Library/LaunchAgents", f"{_LABEL}.plist")

    def usable(self) -> bool:
        """See Scheduler."""
        return shutil.which("launchctl", path=self._environ.get("PATH")) is not None

    def install(self, job: Job) -> list[str]:
        """See Scheduler."""
        import plistlib

        self.remove()
        log = str(Path(self._environ.get("HOME", "/"), "Library/Logs/mailrescue.log"))
        every = [{"Minute": minute} for minute in range(0, 60, 5)]
        agent = {"Label": _LABEL, "ProgramArguments": list(job.command), "StartCalendarInterval": every, "ProcessType": "Background", "StandardOutPath": log, "StandardErrorPath": log}
        _write(self._file, plistlib.dumps(agent).decode())
        status, _, err = _run(["launchctl", "bootstrap", f"gui/{os.getuid()}", str(self._file)], self._environ)
        if status != 0:
            raise CannotWrite(f"launchctl does not take {self._file}: {err.strip()[-200:]}", "log in to the desktop, then try again")
        return [f"launchd runs it every five minutes: {self._file}", f"what it says stands in {log}"]

    def installed(self) -> str | None:
        """See Scheduler."""
        return f"the LaunchAgent {self._file}" if self._file.exists() else None

    def remove(self) -> None:
        """See Scheduler."""
        if self._file.exists():
            _run(["launchctl", "bootout", f"gui/{os.getuid()}/{_LABEL}"], self._environ)
            self._file.unlink()


# ---- the system's programs ---------------------------------------------------------------------------------------------


def _run(command: Sequence[str], environ: Mapping[str, str], given: str = "") -> tuple[int, str, str]:
    """Status, output and errors of a program that must be there. Raises CannotWrite."""
    found = shutil.which(command[0], path=environ.get("PATH"))
    if found is None:
        raise CannotWrite(f"there is no {command[0]} here", "install it, or use another: mailrescue schedule install --using cron")
    try:
        done = subprocess.run([found, *command[1:]], input=given, env=dict(environ), capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotWrite(f"{command[0]} does not answer: {error}", "try it yourself") from error
    return done.returncode, done.stdout, done.stderr


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror}", "make room, or check the folder's permissions") from error
