"""Every screen as the installed command shows it, on the sample mailbox: status, brief, templates, report, completion, manual, help."""

from __future__ import annotations

import itertools
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mailrescue import cli
from mailrescue.commands.columns import cells

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
WEEK = tomllib.loads((SAMPLES / "week" / "week.toml").read_text("utf-8"))
#: Wednesday of the sample week: one missed, one moved, one ahead
NOW = "2026-10-07T12:25:00+02:00"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Delphine's machine on Wednesday, after one scan of all that has come by then."""
    home = tmp_path_factory.mktemp("delphine")
    for folder in ("", ".Drafts", ".Sent", ".Trash", ".Archive", ".Call log"):
        for part in ("new", "cur", "tmp"):
            (home / "Maildir" / folder / part).mkdir(parents=True)
    for name in ("config.toml", "calendar.ics"):
        shutil.copy(SAMPLES / name, home / name)
    for number, step in enumerate(step for step in WEEK["step"] if "deliver" in step and step["at"] <= datetime.fromisoformat(NOW)):
        folder, at = step.get("folder", ""), step["at"].timestamp()
        path = home / "Maildir" / (f".{folder}/cur" if folder else "new") / f"{int(at)}.M{number}.x{':2,S' if folder else ''}"
        path.write_bytes((SAMPLES / "week" / step["deliver"]).read_bytes())
        os.utime(path, (at, at))
    done = run(home, "scan", "--now", NOW)
    assert done.returncode == 0, done.stderr
    return home


def run(home: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mailrescue", "--config", str(home / "config.toml"), "--state-dir", str(home / "state"), *words]
    return subprocess.run(command, env={**_environ(home), **environ}, capture_output=True, text=True, cwd=home)


def on_a_terminal(home: Path, columns: int, *words: str, **environ: str) -> str:
    """What the command writes to a terminal of so many columns."""
    command = [sys.executable, "-m", "mailrescue", "--config", str(home / "config.toml"), "--state-dir", str(home / "state"), *words]
    front, back = pty.openpty()
    os.set_blocking(front, True)
    process = subprocess.Popen(command, env={**_environ(home), "COLUMNS": str(columns), "LINES": "50", "TERM": "xterm-256color", **environ}, stdout=back, stderr=back, stdin=back, cwd=home)
    os.close(back)
    shown = b""
    try:
        while piece := os.read(front, 65536):
            shown += piece
    except OSError:     # Linux says EIO once the other side has hung up
        pass
    os.close(front)
    assert process.wait(60) == 0, shown
    return shown.decode().replace("\r\n", "\n")


def _environ(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MAILRESCUE") and key != "NO_COLOR"}
    return {**kept, "PYTHONPATH": str(ROOT), "HOME": str(home), "TZ": "UTC"}


def plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


class TestStatus:
    def test_fits_a_terminal(self, home: Path) -> None:
        """Eighty columns; when in words, who, the state in words, what waits and what comes next."""
        shown = plain(on_a_terminal(home, 80, "status", "--now", NOW))
        assert [] == [line for line in shown.splitlines() if cells(line) > 80]
        for words in ("To come", "Past", "tomorrow 14:00", "in 26 h", "Rosalind Haverstock", "you call them", "you missed it", "in Drafts: reschedule", "next: confirmation", "all is well"):
            assert words in shown

    @pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
    def test_has_no_colour_where_none_is_wanted(self, home: Path, environ: dict[str, str]) -> None:
        """The words say all that the colours do."""
        assert "\x1b" not in on_a_terminal(home, 80, "status", "--now", NOW, **environ)

    def test_is_plain_in_a_pipe(self, home: Path) -> None:
        """One line an interview, columns aligned, nothing to steer a terminal with."""
        lines = run(home, "status", "--now", NOW).stdout.splitlines()
        (row,) = [line for line in lines if "Rosalind" in line]
        at = lines[0].index("WHO")
        assert "tomorrow 14:00" in row
        assert row[at:].startswith("Rosalind Haverstock")
        assert "\x1b" not in "".join(lines)

    def test_json_tells_what_waits_and_how_the_account_is(self, home: Path) -> None:
        """For programs."""
        (account,) = json.loads(run(home, "status", "--json", "--now", NOW).stdout)["accounts"]
        assert {"missed-call", "reschedule"} <= {draft["kind"] for draft in account["waiting"]}
        assert account["health"]["trouble_since"] is None
        assert datetime.fromisoformat(account["health"]["last_scan"]) == datetime.fromisoformat(NOW)

    def test_says_when_scans_have_stopped(self, home: Path) -> None:
        """A schedule that no longer runs is the worst that can happen."""
        assert "See: mailrescue doctor" in run(home, "status", "--now", "2026-10-08T12:00:00+02:00").stdout


class TestBrief:
    def test_of_the_interview_at_hand(self, home: Path) -> None:
        """The call that she missed this morning: call back first (R9)."""
        shown = plain(on_a_terminal(home, 80, "brief", "--now", NOW))
        assert [] == [line for line in shown.splitlines() if cells(line) > 80]
        assert "Bertram Okonjo" in shown
        assert "Call back first, now: 01 99 00 46 12" in shown

    def test_of_one_that_is_named(self, home: Path) -> None:
        """With its check list, minutes and voicemail."""
        told = json.loads(run(home, "brief", "tidewater", "--json", "--now", NOW).stdout)
        assert "asked" == told["phase"]

    def test_of_nobody(self, home: Path) -> None:
        """An id that there is not is named, with those that there are."""
        done = run(home, "brief", "acme", "--now", NOW)
        assert 64 == done.returncode
        assert "tidewater" in done.stderr


class TestVideo:
    """``[interviews] modes``: of the sample week's video interview nothing is seen unless the user wants it."""

    @pytest.fixture
    def both(self, home: Path) -> tuple[str, str]:
        """The same configuration, for somebody who wants both."""
        (path := home / "both.toml").write_text((home / "config.toml").read_text("utf-8").replace('modes = ["phone"]', 'modes = ["phone", "video"]'), "utf-8")
        return "--config", str(path)

    def test_is_told_with_its_medium_and_link(self, home: Path, both: tuple[str, str]) -> None:
        """Beside the phone interviews, which are told as ever."""
        alone, together = (json.loads(run(home, *more, "status", "--json", "--now", NOW).stdout)["accounts"][0]["interviews"] for more in ((), both))
        video = [told for told in together if told not in alone]
        assert [told for told in together if told in alone] == alone
        assert [("Bellegarde Médias", "video", "both_join", None)] == [(told["company"], told["medium"], told["direction"], told["phone"]) for told in video]
        assert video[0]["link"].startswith("https://teams.microsoft.com/")
        assert not any("medium" in told or "link" in told for told in alone)

    def test_is_spoken_of_as_a_meeting(self, home: Path, both: tuple[str, str]) -> None:
        """In the brief and in a draft."""
        assert "You meet Hervé Jolivet (Bellegarde Médias) by video" in run(home, *both, "brief", "bellegarde", "--now", NOW).stdout
        draft = run(home, "-q", *both, "templates", "preview", "no-show", "bellegarde", "--now", "2026-10-08T17:16:00+02:00").stdout
        assert "en visioconférence" in draft
        assert "17 h 45" in draft.replace("\u00a0", " ")
        assert not re.search("appel|téléph", draft)


class TestTemplates:
    def test_preview_of_a_tracked_interview(self, home: Path) -> None:
        """As it would be drafted at that moment."""
        done = run(home, "-q", "templates", "preview", "no-show", "tidewater", "--now", "2026-10-08T14:16:00+02:00")
        assert "Dear Rosalind Haverstock," in done.stdout
        assert "14:45" in done.stdout

    @pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "nl", "pt"])
    def test_preview_of_a_sample(self, home: Path, language: str) -> None:
        """Any kind in any language."""
        done = run(home, "templates", "preview", "missed-call", "--language", language, "--now", NOW)
        assert 0 == done.returncode
        assert f"{language}/missed-call, built in" in done.stdout

    def test_eject_change_check_preview(self, home: Path) -> None:
        """A copy to change; never written over; what is wrong is told with file and line; the built-in one speaks meanwhile."""
        path = home / "templates" / "en" / "thank-you.txt.j2"
        assert str(path) in run(home, "templates", "eject", "thank-you").stdout
        assert (64, True) == ((again := run(home, "templates", "eject", "thank-you")).returncode, "is there already" in again.stderr)
        assert 0 == run(home, "templates", "check").returncode
        path.write_text("{{ greeting }}\n\n{{ intervewer }}\n{{ start | later }}\n", "utf-8")
        checked = run(home, "templates", "check")
        assert 78 == checked.returncode
        assert f"{path}:" in checked.stderr
        shown = run(home, "templates", "preview", "thank-you", "--now", NOW)
        assert "the built-in one speaks in its place" in shown.stderr
        scanned = run(home, "-v", "scan", "--dry-run", "--now", NOW).stdout
        assert f"note       {path}:" in scanned
        assert "kept       the thank-you draft for quillon" in scanned
        assert "Thank you" in shown.stdout
        assert "yours" in next(line for line in run(home, "templates", "list").stdout.splitlines() if line.startswith("en  thank-you"))
        path.unlink()


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "data", "poster", "srcset")]
        self.ids += [value or "" for name, value in attrs if name == "id"]


@pytest.fixture(scope="module")
def page(home: Path) -> Path:
    done = run(home, "report", "--now", NOW)
    assert 0 == done.returncode, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture(scope="module")
def demo() -> list[str]:
    """What the demo prints into a pipe."""
    done = subprocess.run([sys.executable, "-m", "mailrescue", "demo"], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr
    return [line.rstrip() for line in done.stdout.splitlines()]


class TestReport:
    def test_needs_nothing_else(self, page: Path) -> None:
        """No script, nothing loaded, only links within the page; readable by its owner alone."""
        found = Page(text := page.read_text("utf-8"))
        assert set() == {"script", "link", "img", "iframe", "object", "form", "base"} & set(found.tags)
        assert all(link.startswith("#") and link[1:] in found.ids for link in found.links)
        assert "default-src 'none'" in text
        assert not re.search(r"url\(|@import", text)
        assert 0 == page.stat().st_mode & 0o077

    def test_shows_mail_evidence_drafts_and_verdicts(self, page: Path) -> None:
        """The whole story of each."""
        text = page.read_text("utf-8")
        for words in ("Rosalind Haverstock", "asks for another time", "Could we find another time", "waits in Drafts", "they asked for another time and no new invite has come", "a voicemail"):
            assert words in text

    def test_shows_the_words_of_a_draft_that_waits(self, page: Path) -> None:
        """As they lie in Drafts, open to the eye; drafts that are gone have none."""
        text = page.read_text("utf-8")
        assert text.count("<details open>") == text.count("waits in Drafts") > 1
        assert "If another time suits you better, please suggest it." in text

    def test_is_opened_in_the_users_browser(self, home: Path, tmp_path: Path) -> None:
        """The one that $BROWSER names is given the page's address; the page lies there, for its owner alone."""
        browser, seen = tmp_path / "browser", tmp_path / "seen"
        browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {seen}\n')
        browser.chmod(0o700)
        done = run(home, "report", "--open", "--now", NOW, BROWSER=str(browser))
        assert 0 == done.returncode, done.stderr
        assert (home / "state" / "report.html").as_uri() == seen.read_text()
        assert 0o600 == (home / "state" / "report.html").stat().st_mode & 0o777

    def test_every_colour_can_be_read(self, page: Path) -> None:
        """WCAG 2.1, 1.4.3: all text has a contrast of at least 4.5 to what lies behind it, in light and in dark."""
        light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", page.read_text("utf-8"), re.S)[:2])
        on = [(ink, ground) for ink in ("ink", "soft") for ground in ("paper", "card")]
        on += [(word, "card") for word in ("mail", "evidence", "mine", "draft", "slot", "now", "next", "good")]
        on += [(tone, f"{tone}-bg") for tone in ("good", "open", "bad", "quiet")]
        assert [] == [(ink, ground, found) for scheme in (light, dark) for ink, ground in on if (found := _contrast(scheme[ink], scheme[ground])) < 4.5]

    def test_is_made_for_everybody(self, page: Path) -> None:
        """A language, one main heading, headings in order, landmarks, ids once, light and dark, print."""
        found = Page(text := page.read_text("utf-8"))
        levels = [int(tag[1]) for tag in found.tags if re.fullmatch("h[1-6]", tag)]
        assert 1 == levels.count(1)
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        assert {"header", "main", "nav", "footer", "article", "time", "table"} <= set(found.tags)
        assert len(set(found.ids)) == len(found.ids)
        assert '<html lang="en">' in text
        assert "prefers-color-scheme: dark" in text
        assert "@media print" in text

    def test_escapes_what_mail_says(self, home: Path, tmp_path: Path) -> None:
        """A subject and a name that are HTML are shown, not obeyed."""
        evil = (SAMPLES / "week" / "006-tidewater-invite.eml").read_bytes()
        evil = evil.replace(b"Publications Editor", b"<script>alert(1)</script>").replace(b"tidewater", b"evilwater").replace(b"Rosalind", b"<b>Rosalind</b>")
        for folder in ("", ".Drafts", ".Sent", ".Trash"):
            for part in ("new", "cur", "tmp"):
                (tmp_path / "Maildir" / folder / part).mkdir(parents=True)
        for name in ("config.toml", "calendar.ics"):
            shutil.copy(SAMPLES / name, tmp_path / name)
        (path := tmp_path / "Maildir" / "new" / "1.x.y").write_bytes(evil)
        at = datetime.fromisoformat("2026-10-05T14:00:00+02:00").timestamp()
        os.utime(path, (at, at))
        run(tmp_path, "scan", "--now", NOW)
        text = Path(run(tmp_path, "report", "--now", NOW).stdout.strip()).read_text("utf-8")
        assert "&lt;script&gt;alert(1)" in text
        assert set() == {"script", "b"} & set(Page(text).tags)

    @pytest.mark.slow
    @pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_is_drawn_by_a_real_browser(self, page: Path, tmp_path: Path, scheme: str) -> None:
        """Chromium lays it out without a complaint (its policy would name whatever the page asked for), dark where dark is preferred. It is kept off the network."""
        picture = tmp_path / f"{scheme}.png"
        words = [
            str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=900,1600", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={tmp_path / 'profile'}", f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}", "--enable-logging=stderr",
            f"--screenshot={picture}", page.as_uri(),
        ]  # fmt: skip
        done = subprocess.run(words, capture_output=True, text=True, timeout=90)
        assert picture.is_file(), done.stderr[-2000:]
        assert "CONSOLE" not in done.stderr
        assert (scheme == "dark") is _is_dark(picture)


def _contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, #rrggbb."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_dark(picture: Path) -> bool:
    """The first pixel of a PNG: one row is enough, its filter of the first pixel adds nothing."""
    import struct
    import zlib

    octets, at, data = picture.read_bytes(), 8, b""
    while at < len(octets):
        (length,) = struct.unpack(">I", octets[at:at + 4])
        if octets[at + 4:at + 8] == b"IDAT":
            data += octets[at + 8:at + 8 + length]
        at += 12 + length
    red, green, blue = zlib.decompressobj().decompress(data, 4)[1:4]
    return red + green + blue < 3 * 128


class TestWords:
    def test_the_manual_page_is_current(self) -> None:
        """docs/mailrescue.1 is what `mailrescue manual` prints; write it anew when the words have changed."""
        printed = subprocess.run([sys.executable, "-m", "mailrescue", "manual"], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True).stdout
        assert (ROOT / "docs" / "mailrescue.1").read_text("utf-8") == printed

    @pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
    def test_completion_knows_every_command(self, shell: str) -> None:
        """And bash takes it without a complaint."""
        done = subprocess.run([sys.executable, "-m", "mailrescue", "completion", shell], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert all(name in done.stdout for name in _commands())
        if shell == "bash" and shutil.which("bash"):
            assert "" == subprocess.run(["bash", "-n"], input=done.stdout, capture_output=True, text=True).stderr

    def test_every_command_has_an_example(self) -> None:
        """One that the parser itself takes."""
        parser = cli.parser()
        for name, verb in _commands().items():
            (example,) = re.findall(r"example: (.*)", verb.format_help())
            if example.startswith("mailrescue "):
                parser.parse_args([word.strip("\"'") for word in example.partition(" | ")[0].split()[1:]])
            assert name in example

    def test_the_demo_fits(self, demo: list[str]) -> None:
        """A hundred columns in a pipe."""
        assert [] == [line for line in demo if cells(line) > 100]

    def test_the_readme_shows_the_demos_own_words(self, demo: list[str]) -> None:
        """Every line of its block is a line of the demo, in that order."""
        block = re.search(r"<!-- demo -->\n```\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
        assert block
        printed = iter(demo)
        assert [] == [line for line in block[1].splitlines()[1:] if line != "…" and line.rstrip() not in printed]


def _commands() -> dict[str, object]:
    from mailrescue.commands.manual import _verbs

    return dict(_verbs(cli.parser()))
