"""Interviews agreed in plain words: shown with the sentence, acted on only once the user tracks them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "From: {who}\nTo: Ada Quist <ada@quist.example>\nSubject: {subject}\nDate: Thu, 26 Nov 2026 09:00:00 +0100\nMessage-ID: <{id}@x>\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
AGREED = "Hello Ada,\n\nThank you for your application as a glazier. Confirmed: our phone interview is on Tuesday 1 December at 2 pm; I will call you on your mobile.\n\nKind regards,\nBea Stone\nGranite Glass\n"
CONVENU = "Bonjour Ada,\n\nSuite à votre candidature au poste de vitrière, je vous appellerai mardi 1er décembre à 15 h pour notre entretien téléphonique.\n\nCordialement,\nLuc Verre\n"
SEVERAL = "Hello Ada,\n\nFor the phone interview, would Tuesday 1 December at 2 pm or Wednesday 2 December at 3 pm suit you?\n\nBea Stone\n"
DINNER = "Hi Ada,\n\nSee you at the pub on Tuesday 1 December at 8 pm!\n\nSam\n"


class Box:
    """A Maildir and the installed command on it."""

    def __init__(self, base: Path) -> None:
        self.base = base
        for folder in ("", ".Drafts"):
            for part in ("new", "cur", "tmp"):
                (base / "Maildir" / folder / part).mkdir(parents=True)
        (base / "config.toml").write_text(
            '[me]\nname = "Ada Quist"\naddresses = ["ada@quist.example"]\nphone = "+49 155 5010 0200"\ntimezone = "Europe/Berlin"\nlanguages = ["en", "fr"]\n'
            '[accounts.here]\ntype = "maildir"\npath = "Maildir"\n', "utf-8",
        )  # fmt: skip

    def deliver(self, name: str, body: str, who: str = "Bea Stone <bea@granite.example>") -> Path:
        path = self.base / "Maildir" / "new" / f"1.{name}"
        path.write_text(HEAD.format(who=who, subject="Your application", id=name, body=body), "utf-8")
        os.utime(path, (1795680000, 1795680000))     # 2026-11-26 09:00 in Berlin
        return path

    def run(self, *words: str) -> str:
        call = [sys.executable, "-m", "mailrescue", "--config", str(self.base / "config.toml"), "--state-dir", str(self.base / "state"), *words]
        done = subprocess.run(call, capture_output=True, text=True, timeout=100, check=False)
        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout

    def drafts(self) -> int:
        return len(list((self.base / "Maildir" / ".Drafts" / "cur").iterdir()))


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_shown_but_never_acted_on(box: Box) -> None:
    """The sentence is quoted, and no draft is written for it, not even when its time comes."""
    box.deliver("agreed", AGREED)
    box.run("scan", "--now", "2026-11-27T09:00:00+01:00")
    told = box.run("status", "--now", "2026-11-27T09:00:00+01:00")
    assert "our phone interview is on Tuesday 1 December at 2 pm" in told
    assert "mailrescue track 1201-bea" in told
    box.run("scan", "--now", "2026-12-01T12:30:00+01:00")
    assert 0 == box.drafts()


def test_tracked_once_the_user_says_so(box: Box) -> None:
    """After ``track`` the suggestion is an interview like any other, and its confirmation answers the mail."""
    box.deliver("agreed", AGREED)
    box.run("scan", "--now", "2026-11-27T09:00:00+01:00")
    box.run("track", "1201-bea", "--now", "2026-11-27T09:05:00+01:00")
    report = json.loads(box.run("scan", "--json", "--now", "2026-12-01T12:30:00+01:00"))["accounts"][0]
    assert ["2026-12-01T14:00:00+01:00"] == [i["start"] for i in report["interviews"]]
    assert [("confirmation", "created", ["bea@granite.example"])] == [(d["kind"], d["action"], d["to"]) for d in report["drafts"]]
    (draft,) = (box.base / "Maildir" / ".Drafts" / "cur").iterdir()
    assert b"In-Reply-To: <agreed@x>" in draft.read_bytes()
    assert "perhaps" not in box.run("status", "--now", "2026-11-27T09:10:00+01:00")


def test_named_by_hand(box: Box) -> None:
    """``track --at --with`` follows what no mail tells; ``--forget`` ends it."""
    words = ["--at", "2026-12-01T14:00:00+01:00", "--with", "Luc Verre <luc@verre.example>", "--phone", "+33 6 39 98 00 11", "--you-call"]
    box.run("track", *words, "--company", "Verre", "--now", "2026-11-27T09:00:00+01:00")
    report = json.loads(box.run("scan", "--json", "--now", "2026-12-01T12:30:00+01:00"))["accounts"][0]
    assert [("you_call", "+33639980011", "Verre")] == [(i["direction"], i["phone"], i["company"]) for i in report["interviews"]]
    assert 1 == box.drafts()
    box.run("track", "--forget", report["interviews"][0]["id"], "--now", "2026-12-01T12:40:00+01:00")
    assert [] == json.loads(box.run("scan", "--json", "--now", "2026-12-01T12:45:00+01:00"))["accounts"][0]["interviews"]


@pytest.mark.parametrize(("name", "body", "expected"), [("agreed", AGREED, True), ("convenu", CONVENU, True), ("several", SEVERAL, False), ("dinner", DINNER, False)])
def test_explained(box: Box, name: str, body: str, expected: bool) -> None:
    """``explain`` quotes the sentence; a choice of times agrees nothing, a dinner is no interview."""
    answer = json.loads(box.run("explain", str(box.deliver(name, body)), "--json"))
    assert expected == (answer["suggestion"] is not None)
