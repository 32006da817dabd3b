"""The schedule: what goes into a crontab and into unit files, and that nothing else changes. ``crontab`` and ``systemctl`` are small real programs here."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mailrescue.commands.schedule import Cron, Job, Launchd, Systemd, chosen, job, program
from mailrescue.errors import CannotWrite, ConfigurationError

JOB = Job(("/home/lea/.local/bin/mailrescue", "-q", "scan"))
LINE = "*/5 * * * *  /home/lea/.local/bin/mailrescue -q scan"
BEGIN, END = "# BEGIN mailrescue: made and removed by `mailrescue schedule`", "# END mailrescue"

#: as Debian's: one file a user, "no crontab for …" and status 1 where there is none
CRONTAB = """\
import os, sys
place = os.environ["HOME"] + "/crontab"
if sys.argv[1:] == ["-l"]:
    if os.path.exists(place + ".denied"):
        sys.exit("You (lea) are not allowed to use this program (crontab)")
    if not os.path.exists(place):
        sys.exit("no crontab for lea")
    sys.stdout.write(open(place).read())
elif sys.argv[1:] == ["-"]:
    text = sys.stdin.read()
    if text and not text.endswith("\\n"):
        sys.exit("new crontab file is missing newline before EOF, can't install.")
    open(place, "w").write(text)
"""

#: a user manager that notes what it is told; without its socket it does not answer
SYSTEMCTL = """\
import os, sys
home = os.environ["HOME"]
if sys.argv[1] != "--user" or not os.path.exists(home + "/manager"):
    sys.exit("Failed to connect to bus: No medium found")
with open(home + "/manager", "a") as log:
    log.write(" ".join(sys.argv[2:]) + "\\n")
if sys.argv[2] == "is-active":
    print("active")
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A home with both programs on its PATH and nothing else."""
    (tmp_path / "bin").mkdir()
    for name, code in (("crontab", CRONTAB), ("systemctl", SYSTEMCTL)):
        path = tmp_path / "bin" / name
        path.write_text(f"#!{sys.executable}\n{code}")
        path.chmod(0o755)
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "USER": "lea"}


# ---- cron -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, f"{BEGIN}\n{LINE}\n{END}\n", id="no crontab yet"),
        pytest.param("MAILTO=lea\n0 3 * * *  backup\n", f"MAILTO=lea\n0 3 * * *  backup\n{BEGIN}\n{LINE}\n{END}\n", id="lines of the user's"),
        pytest.param(f"a\n{BEGIN}\n*/5 * * * *  /old/mailrescue -q scan\n{END}\nb\n", f"a\nb\n{BEGIN}\n{LINE}\n{END}\n", id="installed before, from elsewhere"),
        pytest.param(f"{BEGIN}\n{LINE}\n{END}\n", f"{BEGIN}\n{LINE}\n{END}\n", id="twice"),
        pytest.param(f"a\n{BEGIN}\n*/5 * * * *  /old/mailrescue -q scan\nb\n", f"a\nb\n{BEGIN}\n{LINE}\n{END}\n", id="the end mark was lost"),
        pytest.param("# no line end", f"# no line end\n{BEGIN}\n{LINE}\n{END}\n", id="no line end"),
        pytest.param("\n\na\n", f"\n\na\n{BEGIN}\n{LINE}\n{END}\n", id="empty lines"),
    ],
)
def test_the_crontab_gets_one_marked_block(environ: dict[str, str], tmp_path: Path, before: str | None, after: str) -> None:
    """However often it is installed; every other line stays, in its order."""
    if before is not None:
        (tmp_path / "crontab").write_text(before)

    Cron(environ).install(JOB)

    assert after == (tmp_path / "crontab").read_text()
    assert f"the crontab's line {LINE}" == Cron(environ).installed()


def test_where_nothing_delivers_crons_mail_it_is_said(environ: dict[str, str], tmp_path: Path) -> None:
    """Debian without a mail system: cron discards what its jobs print."""
    if shutil.which("sendmail", path="/usr/sbin:/usr/lib"):
        pytest.skip("a mail system is installed here")
    without = Cron(environ).install(JOB)
    (tmp_path / "bin" / "sendmail").write_text("")
    (tmp_path / "bin" / "sendmail").chmod(0o755)

    assert "what it says is lost" in without[-1]
    assert "mails you what it says" in Cron(environ).install(JOB)[0]


def test_removing_leaves_the_users_lines(environ: dict[str, str], tmp_path: Path) -> None:
    """And removing what is not there is fine."""
    (tmp_path / "crontab").write_text("0 3 * * *  backup\n")
    Cron(environ).install(JOB)

    Cron(environ).remove()
    Cron(environ).remove()

    assert "0 3 * * *  backup\n" == (tmp_path / "crontab").read_text()
    assert Cron(environ).installed() is None


def test_a_crontab_that_cannot_be_read_is_not_replaced(environ: dict[str, str], tmp_path: Path) -> None:
    """Not every failure of crontab -l means that there is none."""
    (tmp_path / "crontab").write_text("0 3 * * *  backup\n")
    (tmp_path / "crontab.denied").touch()

    with pytest.raises(CannotWrite, match="not allowed to use this program"):
        Cron(environ).install(JOB)

    assert "0 3 * * *  backup\n" == (tmp_path / "crontab").read_text()


def test_a_command_with_spaces_and_percent_signs_survives_cron(environ: dict[str, str], tmp_path: Path) -> None:
    """crontab(5): an unescaped % ends the command; the shell gets the words as they were."""
    words = ("/opt/my tools/mailrescue", "--config", "/home/lea/100%/it's.toml", "-q", "scan")

    Cron(environ).install(Job(words))

    line = (tmp_path / "crontab").read_text().splitlines()[1]
    assert "%" not in line.replace("\\%", "")
    assert list(words) == shlex.split(line.replace("\\%", "%"))[5:]


# ---- systemd ----------------------------------------------------------------------------------------------------------


def test_systemd_is_chosen_where_its_user_manager_answers(environ: dict[str, str], tmp_path: Path) -> None:
    """Else cron; where neither is there, the user is told what to do."""
    without = chosen(environ).name
    (tmp_path / "manager").touch()
    answering = chosen(environ).name

    assert ("cron", "systemd") == (without, answering)
    with pytest.raises(ConfigurationError, match="neither systemd's user manager nor crontab"):
        chosen({**environ, "PATH": "/nowhere"})


def test_the_timer_is_enabled_and_taken_out_without_a_trace(environ: dict[str, str], tmp_path: Path) -> None:
    """The manager hears of both."""
    (tmp_path / "manager").touch()
    timer = Systemd(environ)

    told = timer.install(JOB)
    installed = timer.installed()
    timer.remove()

    assert any("loginctl enable-linger" in line for line in told)
    assert f"the systemd timer {tmp_path}/.config/systemd/user/mailrescue.timer (active)" == installed
    assert ["daemon-reload", "enable --now mailrescue.timer", "is-active mailrescue.timer", "disable --now mailrescue.timer", "daemon-reload"] == [
        line for line in (tmp_path / "manager").read_text().splitlines() if line != "show-environment"
    ]
    assert [] == list((tmp_path / ".config/systemd/user").iterdir())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
@pytest.mark.parametrize(
    "words",
    [
        pytest.param((sys.executable, "-q", "scan"), id="plain"),
        pytest.param((sys.executable, "--config", "/home/léa/my files/100% $HOME \"x\".toml", "-q", "scan"), id="spaces, quotes, percent and dollar"),
    ],
)
def test_the_units_are_what_systemd_expects(environ: dict[str, str], tmp_path: Path, words: tuple[str, ...]) -> None:
    """systemd-analyze verify has nothing to say of them."""
    for name, text in Systemd(environ).units(Job(words, ("/var/lib/my state",))).items():
        (tmp_path / name).write_text(text)

    done = subprocess.run(["systemd-analyze", "--user", "--recursive-errors=no", "verify", str(tmp_path / "mailrescue.timer"), str(tmp_path / "mailrescue.service")],
                          capture_output=True, text=True, env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)})  # fmt: skip

    assert [] == [line for line in done.stderr.splitlines() if "mailrescue" in line]


# ---- launchd ----------------------------------------------------------------------------------------------------------


def test_the_launch_agent_is_a_property_list(environ: dict[str, str], tmp_path: Path) -> None:
    """Every five minutes by the clock, so that launchd makes up for what it slept through. (launchctl itself is not here.)"""
    launchctl = tmp_path / "bin" / "launchctl"
    launchctl.write_text(f"#!{sys.executable}\n")
    launchctl.chmod(0o755)

    Launchd(environ).install(JOB)

    agent = plistlib.loads((tmp_path / "Library/LaunchAgents/org.mailrescue.scan.plist").read_bytes())
    assert list(JOB.command) == agent["ProgramArguments"]
    assert [{"Minute": minute} for minute in range(0, 60, 5)] == agent["StartCalendarInterval"]
    Launchd(environ).remove()
    assert Launchd(environ).installed() is None


# ---- what runs ----------------------------------------------------------------------------------------------------------


def test_the_program_is_named_by_its_absolute_path() -> None:
    """Cron looks into /usr/bin and /bin only."""
    assert Path(program(os.environ)[0]).is_absolute()
    assert os.access(program(os.environ)[0], os.X_OK)


def test_places_that_a_bare_environment_would_not_find_are_named(tmp_path: Path) -> None:
    """--config and --state-dir where they were given by options or variables; a state outside of the home may be written to."""
    usual = job({"HOME": "/home/lea"}, Path("/home/lea/.config/mailrescue/config.toml"), Path("/home/lea/.local/state/mailrescue"), elsewhere=False)
    other = job({"HOME": "/home/lea"}, Path("/srv/mr.toml"), Path("/srv/state"), elsewhere=True)

    assert ("-q", "scan") == usual.command[1:]
    assert () == usual.writable
    assert ("--config", "/srv/mr.toml", "--state-dir", "/srv/state", "-q", "scan") == other.command[1:]
    assert ("/srv/state",) == other.writable
