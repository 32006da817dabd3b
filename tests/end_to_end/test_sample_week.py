"""The sample week, played on a Maildir with the installed command's own words; what it must show stands in samples/week/week.toml."""

from __future__ import annotations

import email
import email.policy
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
WEEK = tomllib.loads((SAMPLES / "week" / "week.toml").read_text("utf-8"))
OTHERS = ("", ".Sent", ".Call log", ".Archive")       # what no scan may change


class Person:
    """Delphine's machine: her Maildir, her configuration, and what she does."""

    def __init__(self, home: Path) -> None:
        self.home, self.box, self.delivered = home, home / "Maildir", 0
        self.kinds: dict[str, str] = {}
        for folder in (*OTHERS, ".Drafts", ".Trash"):
            for part in ("new", "cur", "tmp"):
                (self.box / folder / part).mkdir(parents=True)
        for name in ("config.toml", "calendar.ics"):
            shutil.copy(SAMPLES / name, home / name)

    def deliver(self, octets: bytes, folder: str, at: datetime) -> None:
        self.delivered += 1
        name = f"{int(at.timestamp())}.M{self.delivered}P1.sample"
        path = self.box / (f".{folder}/cur/{name}:2,S" if folder else f"new/{name}")
        path.write_bytes(octets)
        os.utime(path, (at.timestamp(), at.timestamp()))

    def send(self, kind: str, at: datetime) -> None:
        (path,) = (path for name, path in self.drafts() if name == kind)
        self.deliver(path.read_bytes(), "Sent", at)
        path.unlink()

    def scan(self, at: datetime) -> dict[str, Any]:
        """The account's part of `scan --json`."""
        words = ["--config", "config.toml", "--state-dir", "state", "scan", "--json", "--now", at.isoformat()]
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(self.home), "TZ": "UTC"}
        done = subprocess.run([sys.executable, "-m", "mailrescue", *words], cwd=self.home, env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        (account,) = json.loads(done.stdout)["accounts"]
        self.kinds |= {draft["message_id"]: draft["kind"] for draft in account["drafts"]}
        return account

    def drafts(self) -> list[tuple[str, Path]]:
        """What stands in Drafts, each with its kind as `scan` named it."""
        return sorted((self.kinds.get(str(message(path)["Message-ID"]), "unknown"), path) for path in (self.box / ".Drafts" / "cur").iterdir())

    def others(self) -> dict[str, bytes]:
        """All mail but drafts, by place and name: flags stand in the name."""
        return {str(path): path.read_bytes() for folder in OTHERS for part in ("new", "cur") for path in (self.box / folder / part).iterdir()}


def message(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)      # type: ignore[return-value]


def words_of(path: Path) -> str:
    """The text as it is read: no line breaks, no special spaces, lower case."""
    return re.sub(r"\s+", " ", message(path).get_content()).replace("\u2019", "'").lower()


def judge_draft(path: Path, wanted: dict[str, Any], moment: str) -> None:
    draft, text = message(path), words_of(path)
    if "to" in wanted:
        assert wanted["to"] == [address.addr_spec for address in draft["To"].addresses], moment
    assert wanted.get("in_reply_to", draft["In-Reply-To"]) == draft["In-Reply-To"], moment
    for phrase in wanted.get("contains", ()):
        assert any(p.lower() in text for p in ([phrase] if isinstance(phrase, str) else phrase)), f"{moment}: {phrase} not in: {text}"
    for phrase in wanted.get("lacks", ()):
        assert phrase.lower() not in text, moment


@pytest.mark.slow
def test_the_week_goes_as_it_says(tmp_path: Path) -> None:
    """After each scan Drafts holds exactly what week.toml lists, and nothing else of the mailbox has changed."""
    person = Person(tmp_path)
    for step in WEEK["step"]:
        at = step["at"]
        if "deliver" in step:
            person.deliver((SAMPLES / "week" / step["deliver"]).read_bytes(), step.get("folder", ""), at)
        elif "send" in step:
            person.send(step["send"], at)
        else:
            before, moment, expected = person.others(), f"{at:%a %H:%M}, {step['say']}", step["expect"]
            account = person.scan(at)
            assert before == person.others(), moment
            assert sorted(d["kind"] for d in expected["drafts"]) == [kind for kind, _ in person.drafts()], moment
            for (_, path), wanted in zip(person.drafts(), sorted(expected["drafts"], key=lambda d: d["kind"]), strict=True):
                judge_draft(path, wanted, moment)
            assert expected.get("interviews", len(account["interviews"])) == len(account["interviews"]), moment
            for key in expected.keys() & {"outcome", "attempt", "direction", "phone", "status"}:
                (told,) = (interview[key] for interview in account["interviews"] if interview["uid"] == step["uid"])
                assert expected[key] == told, moment


@pytest.mark.parametrize("path", sorted((SAMPLES / "week").glob("*.eml")), ids=lambda path: path.name)
def test_a_sample_is_a_proper_message(path: Path) -> None:
    """Nothing in it is broken: what the demo shows is the ordinary case."""
    parts = [message(path), *message(path).walk()]

    assert [] == [defect for part in parts for defect in part.defects]
    assert {"From", "To", "Date", "Message-ID", "Subject"} <= {name.title().replace("-Id", "-ID") for name in message(path)}


def test_every_sample_is_delivered_once() -> None:
    """And the steps stand in the order of time."""
    assert sorted(path.name for path in (SAMPLES / "week").glob("*.eml")) == sorted(step["deliver"] for step in WEEK["step"] if "deliver" in step)
    assert sorted(step["at"] for step in WEEK["step"]) == [step["at"] for step in WEEK["step"]]
