"""What a long scan shows, and that one which was stopped goes on where it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailrescue import intake, steps, vocabulary
from mailrescue.commands.columns import cells, padded, wrapped
from mailrescue.commands.progress import line
from mailrescue.desk import Desk, Progress
from mailrescue.drafting.render import Templates
from mailrescue.journal import Journal
from mailrescue.stores.memory import MemoryStore
from tests import builders as make

NOW = make.START
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("done", "total", "seconds", "expected"),
    [
        (12_000, None, 3, "INBOX: looking through 12,000 messages"),
        (0, 5000, 0, "INBOX: 0 of 5,000 messages, 0 %"),
        (1250, 5000, 5, "INBOX: 1,250 of 5,000 messages, 25 %, 250 a second, 15 s left"),
        (100, 50_000, 10, "INBOX: 100 of 50,000 messages, 0 %, 10 a second, 83 min left"),
    ],
    ids=["counting", "begun", "under way", "slow"],
)
def test_says_how_far_and_how_long(done: int, total: int | None, seconds: float, expected: str) -> None:
    """Mailbox, messages, per cent, rate, time left."""
    assert expected == line("INBOX", done, total, seconds)


def desk(store: MemoryStore, journal: Journal, progress: Progress) -> Desk:
    return Desk("a", store, journal, make.ME, make.POLICY, vocabulary.load(), Templates(None), (), progress)


def test_a_stopped_scan_goes_on_where_it_was(tmp_path: Path) -> None:
    """Ctrl-C among 1,200 messages: the thousand that were read are not read again, and in the end all are known, each once."""
    store, journal = MemoryStore(), Journal.open(tmp_path)
    for number in range(1200):
        head = f"From: P{number} <p{number}@granite.example>\r\nTo: ada@quist.example\r\nSubject: Note\r\nMessage-ID: <n{number}@x>\r\n"
        store.deliver("INBOX", f"{head}Content-Type: text/calendar\r\n\r\n{CALENDAR}".encode(), NOW - timedelta(hours=1, seconds=number))

    def stopping(mailbox: str, done: int, total: int | None) -> None:
        if total and done >= 1100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        intake.take_in(desk(store, journal, stopping), store.mailboxes(), NOW)
    assert 1000 == len(journal.messages("a"))
    assert journal.position("a", "INBOX") is None

    totals = []
    intake.take_in(desk(store, journal, lambda mailbox, done, total: totals.append((mailbox, total))), store.mailboxes(), NOW)
    assert ("INBOX", 200) in totals
    assert 1200 == len(journal.messages("a"))
    assert journal.position("a", "INBOX") is not None
    assert journal.note("a", "read so far INBOX") is None


def test_stopped_while_it_judges_it_keeps_what_it_has_judged(tmp_path: Path) -> None:
    """The invites come after the mails, and are told, too."""
    journal, seen = Journal.open(tmp_path), list[tuple[str, int, int | None]]()
    mail = [make.message(n, NOW, invites=(make.invite(uid=f"u{n}"),)) for n in range(4)]

    def stopping(what: str, done: int, total: int | None) -> None:
        seen.append((what, done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        steps.find(replace(desk(MemoryStore(), journal, stopping), judged_by="rules"), mail, NOW)
    assert [("judging the invites", done, 4) for done in range(3)] == seen
    assert {("<m0@x>", "0"), ("<m1@x>", "0")} == journal.judged("a", "rules").keys()


class TestColumns:
    @pytest.mark.parametrize(("text", "expected"), [("Anne", 4), ("安妮", 4), ("e\u0301", 1), ("Ünal", 4), ("👍", 2)])
    def test_cells(self, text: str, expected: int) -> None:
        """A CJK character takes two cells, a combining accent none."""
        assert expected == cells(text)
        assert 6 == cells(padded(text, 6))

    def test_wraps_at_spaces_alone(self) -> None:
        """A number with unbreakable spaces stays whole; what is longer than the line stands by itself."""
        assert ["  call us", "  +33\u00a06\u00a039\u00a098", "  today"] == wrapped("call us +33\u00a06\u00a039\u00a098 today", 14, "  ")
        assert ["- a", "  wonderfulandendless", "  b"] == wrapped("a wonderfulandendless b", 8, "- ")
        assert ["│"] == [line.rstrip() for line in wrapped("", 20, "│ ")]
