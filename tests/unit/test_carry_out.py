"""The draft protocol: whatever is cut at whatever moment, exactly one draft, after at most three runs, and nothing else changed."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailrescue import vocabulary
from mailrescue.carry_out import adopt, carry_out, remembered, standing
from mailrescue.desk import Desk
from mailrescue.drafting import compose
from mailrescue.drafting.render import Templates
from mailrescue.drafts import QUARANTINE, plan
from mailrescue.errors import CannotWrite, PassingFault
from mailrescue.journal import Journal
from mailrescue.model.draft import Action, DraftKind, Envelope
from mailrescue.model.mail import MessageRef, StoredMessage
from mailrescue.model.plan import Step, Wanted
from mailrescue.model.words import Address
from mailrescue.stores.base import Withdrawal
from mailrescue.stores.memory import MemoryStore
from tests.builders import ME, POLICY, THEM, after

LEXICON = vocabulary.load()
KEY = compose.key("u1", "confirmation")
NOW = after(-90)
USERS = b"From: ada@quist.example\r\nMessage-ID: <own@x>\r\nSubject: Cake\r\n\r\nEggs, flour, butter.\r\n"


def wanted(text: str = "I look forward to our call at 14:00.\n", state: str = "due", at: datetime = NOW) -> Wanted:
    envelope = Envelope(KEY, Address(ME.name, ME.addresses[0]), (THEM,), "Re: Phone interview", at, "<m1@x>", ("<m1@x>",))
    composed = compose.compose(envelope, text)
    return Wanted(KEY, DraftKind.CONFIRMATION, "granite-1201", state, "why", (THEM.email,), "Re: Phone interview", text, composed.message_id, composed.octets)


class Cut(MemoryStore):
    """A store whose connection breaks where the test says."""

    cut_at: str = ""
    late: bytes = b""
    appended = 0

    def append(self, octets: bytes, when: datetime) -> MessageRef | None:
        self.appended += 1
        if self.cut_at == "before append":
            raise PassingFault("the connection broke")
        if self.cut_at == "disk full":
            raise CannotWrite("the disk is full")
        if self.cut_at == "late":
            self.late = octets
            raise PassingFault("the connection broke, and the octets were on their way")
        ref = super().append(octets, when)
        if self.cut_at == "after append":
            raise PassingFault("the answer never came")
        if self.cut_at == "false appenduid":
            return self.heads_of("Drafts")[0].ref
        return None if self.cut_at == "no uidplus" else ref

    def heads_of(self, mailbox: str) -> list[StoredMessage]:
        return list(self.heads(mailbox))

    def deliver(self, mailbox: str, octets: bytes, when: datetime, flags: frozenset[str] = frozenset()) -> MessageRef:
        if self.cut_at == "server rewrites":
            octets = re.sub(rb"(?m)^(Message-ID|In-Reply-To|References): [^\r]*\r\n", b"", octets).replace(b"MIME-", b"Message-ID: <new@server>\r\nMIME-")
        if self.cut_at == "server adds a header":
            octets = octets.replace(b"MIME-Version", ADDED_HEADER)
        if self.cut_at == "server rewrites the text":
            octets = octets.replace(b"I look", b"We look")
        return super().deliver(mailbox, octets, when, flags)

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[StoredMessage]:
        if self.cut_at == "before look":
            raise PassingFault("the connection broke")
        return super().fetch(refs)

    def withdraw(self, ref: MessageRef, sha256: str, *, struck: bool = False) -> Withdrawal:
        if self.cut_at == "before move":
            raise PassingFault("the connection broke")
        if self.cut_at == "struck out":
            self.set_flags(ref, frozenset({"\\Draft", "\\Seen", "\\Deleted"}))
            raise PassingFault("the connection broke between STORE and UID EXPUNGE")
        ended = super().withdraw(ref, sha256, struck=struck)
        if self.cut_at == "after move":
            raise PassingFault("the answer never came")
        return ended


class Rig:
    """A mailbox with one draft of the user's own, and runs over it."""

    def __init__(self, folder: Path) -> None:
        self.store = Cut()
        self.folder = folder
        self.own = self.store.deliver("Drafts", USERS, NOW, frozenset({"\\Draft"}))

    def run(self, want: Wanted, now: datetime = NOW, cut: str = "", hide: bool = False) -> list[Step]:
        """A scan; with ``hide`` one that looked before the other machine wrote."""
        journal = Journal.open(self.folder)
        try:
            return self._run(journal, want, now, cut, hide)
        except (PassingFault, CannotWrite):
            return []
        finally:
            self.store.cut_at = ""
            journal.close()

    def _run(self, journal: Journal, want: Wanted, now: datetime, cut: str, hide: bool) -> list[Step]:
        desk = Desk("a", self.store, journal, ME, POLICY, LEXICON, Templates(None))
        boxes = self.store.mailboxes()
        lying = [] if hide else standing(desk, boxes, frozenset({KEY}), frozenset())
        sent = frozenset(compose_id(m.octets) for m in self.store.heads("Sent"))
        entries = remembered(desk, boxes, lying, sent, now)
        steps, _ = plan([want], lying, entries, frozenset(), POLICY, now)
        adopt(desk, entries, lying, steps, now)
        self.store.cut_at = cut
        with contextlib.suppress(PassingFault, CannotWrite):
            carry_out(desk, boxes, steps, entries, now)
        return steps

    @property
    def appends(self) -> int:
        return self.store.appended

    @property
    def drafts(self) -> list[bytes]:
        return [m.octets for m in self.all("Drafts") if m.ref != self.own]

    def all(self, mailbox: str) -> list[StoredMessage]:
        return list(self.store.fetch([h.ref for h in self.store.heads(mailbox)]))


def compose_id(octets: bytes) -> str:
    from mailrescue.carry_out import own_id

    return own_id(octets)


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path / "state")


CUTS = ["before append", "after append", "late", "before look", "no uidplus", "false appenduid", "disk full"]


@pytest.mark.parametrize("cut", CUTS)
def test_cut_while_writing(rig: Rig, cut: str) -> None:
    """Cut anywhere around APPEND: one draft after at most three runs, and the user's own draft as it was."""
    rig.run(wanted(), cut=cut)
    if cut == "late":
        rig.store.append(rig.store.late, NOW)
    rig.run(wanted(at=NOW + timedelta(minutes=1)), NOW + timedelta(minutes=1))
    rig.run(wanted(at=NOW + QUARANTINE), NOW + QUARANTINE)
    assert 1 == len(rig.drafts)
    assert USERS in [m.octets for m in rig.all("Drafts")]


def test_no_second_append_before_the_quarantine_is_over(rig: Rig) -> None:
    """Octets that were on their way may still arrive: nothing is written again for five minutes."""
    rig.run(wanted(), cut="late")
    assert [] == rig.run(wanted(), NOW + QUARANTINE - timedelta(seconds=1))
    rig.store.append(rig.store.late, NOW)
    rig.run(wanted(), NOW + QUARANTINE)
    assert 1 == len(rig.drafts)


def test_the_retry_has_identical_octets(rig: Rig) -> None:
    """The one retry writes what the first try wrote, so that a server that matches Message-IDs stores it once."""
    first = wanted()
    rig.run(first, cut="before append")
    rig.run(wanted(at=NOW + QUARANTINE), NOW + QUARANTINE)
    assert [first.octets] == rig.drafts


@pytest.mark.parametrize("cut", ["before append", "after append", "late", "before look", "before move", "after move", "struck out"])
def test_cut_while_refreshing(rig: Rig, cut: str) -> None:
    """Cut anywhere in a refresh: never no draft at all, and in the end the new one alone, even where its octets arrive late."""
    rig.run(wanted())
    new = "I look forward to our call at 14:20.\n"
    rig.run(wanted(new), NOW + timedelta(minutes=1), cut=cut)
    assert rig.drafts
    rig.run(wanted(new), NOW + timedelta(minutes=2))
    if cut == "late":
        rig.store.append(rig.store.late, NOW)
    for minutes in (3, 8):
        rig.run(wanted(new), NOW + timedelta(minutes=minutes))
    assert [b"14:20" in octets for octets in rig.drafts] == [True]


@pytest.mark.parametrize("cut", ["before move", "after move", "struck out"])
def test_cut_while_withdrawing(rig: Rig, cut: str) -> None:
    """Cut around the move to Trash: gone in the end, and still ours to write when it is due anew."""
    rig.run(wanted())
    rig.run(wanted(state="off"), NOW + timedelta(minutes=1), cut=cut)
    rig.run(wanted(state="off"), NOW + timedelta(minutes=2))
    assert [] == rig.drafts
    rig.run(wanted(), NOW + timedelta(minutes=3))
    assert 1 == len(rig.drafts)


def test_wanted_again_while_it_is_half_withdrawn(rig: Rig) -> None:
    """Struck out by a run that was cut, and the very same text is due again: it goes first, whatever cuts that too, and is then written anew."""
    rig.run(wanted())
    rig.run(wanted(state="off"), NOW + timedelta(minutes=1), cut="struck out")
    for minutes, cut in enumerate(("before move", "", ""), 2):
        rig.run(wanted(), NOW + timedelta(minutes=minutes), cut=cut)
    (draft,) = [m for m in rig.all("Drafts") if m.ref != rig.own]
    assert {"\\Draft", "\\Seen"} == draft.flags


@pytest.mark.parametrize(
    ("touch", "what"),
    [
        (lambda rig, ref: rig.store.set_flags(ref, frozenset({"\\Draft", "\\Seen", "\\Flagged"})), "flagged"),
        (lambda rig, ref: rig.store.set_flags(ref, frozenset({"\\Draft", "\\Seen", "later"})), "a keyword"),
        (lambda rig, ref: rig.store.set_flags(ref, frozenset({"\\Draft", "\\Seen", "\\Deleted"})), "struck out"),
    ],
)
def test_touched_drafts_stay(rig: Rig, touch: Callable[[Rig, MessageRef], None], what: str) -> None:
    """A flag or a keyword makes it the user's: never withdrawn, never replaced, never doubled."""
    rig.run(wanted())
    (ref,) = [m.ref for m in rig.all("Drafts") if m.ref != rig.own]
    touch(rig, ref)
    for want in (wanted(state="off"), wanted("Another text altogether, at 15:00.\n"), wanted()):
        assert [] == rig.run(want, NOW + timedelta(minutes=1)), what
    assert 1 == len(rig.drafts)


def test_deleted_drafts_stay_deleted(rig: Rig) -> None:
    """What the user deleted is not written again, as long as the journal remembers; it is seen at the next run."""
    rig.run(wanted())
    (draft,) = [m for m in rig.all("Drafts") if m.ref != rig.own]
    rig.store.remove(draft.ref)
    assert [] == rig.run(wanted(), NOW + timedelta(minutes=1))
    assert [] == rig.run(wanted("Other words at 14:20.\n"), NOW + timedelta(minutes=2))


def test_lost_state_doubles_nothing(rig: Rig, tmp_path: Path) -> None:
    """With an empty journal the draft is recognised by its Message-ID, kept, and withdrawn when its time comes."""
    rig.run(wanted())
    rig.folder = tmp_path / "another machine"
    assert [Action.KEPT] == [s.action for s in rig.run(wanted(), NOW + timedelta(minutes=1))]
    assert [Action.WITHDRAWN] == [s.action for s in rig.run(wanted(state="off"), NOW + timedelta(minutes=2))]
    assert [] == rig.drafts


def test_a_server_that_makes_something_else_of_it(rig: Rig) -> None:
    """Proton's bridge and Exchange store a draft of their own making: it is the user's, and no second one is written."""
    rig.run(wanted(), cut="server rewrites")
    for minutes in (1, 6, 12):
        assert [] == rig.run(wanted(), NOW + timedelta(minutes=minutes))
    assert 1 == len(rig.drafts)


ADDED_HEADER = b"X-Server-Id: 7\r\nMIME-Version"


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"MIME-Version", ADDED_HEADER), (b"look forward to", b"look forward\r\nto"), (b"14:00", b"14:00 (CET)"), (b"<ada@quist.example>", b"<ada@alias.example>")],
    ids=["adds a header", "wraps anew", "changes words", "writes another sender"],
)
def test_a_server_that_rewrites_what_stands(rig: Rig, before: bytes, after: bytes) -> None:
    """Other octets under the same UID, some time after they were looked at: the user's, never withdrawn, never replaced, never doubled."""
    rig.run(wanted())
    (draft,) = [m for m in rig.all("Drafts") if m.ref != rig.own]
    rewritten = draft.octets.replace(before, after)
    assert draft.octets != rewritten
    rig.store.rewrite(draft.ref, rewritten)
    for minutes, want in enumerate((wanted(state="off"), wanted("Another text altogether, at 15:00.\n"), wanted()), 1):
        assert [] == rig.run(want, NOW + timedelta(minutes=minutes))
    assert [rewritten] == rig.drafts


@pytest.mark.parametrize(("cut", "ours"), [("server adds a header", True), ("server rewrites the text", False)])
def test_a_server_that_rewrites_what_it_stores(rig: Rig, cut: str, ours: bool) -> None:
    """Other octets from the first look on: ours while recipients, subject and text are what was written; else the user's, and not doubled."""
    rig.run(wanted(), cut=cut)
    for minutes in (1, 6, 12):
        rig.run(wanted(), NOW + timedelta(minutes=minutes))
    assert 1 == len(rig.drafts)
    rig.run(wanted(state="off"), NOW + timedelta(minutes=13))
    assert (0 if ours else 1) == len(rig.drafts)


def test_two_tries_and_no_more(rig: Rig) -> None:
    """One retry after the quarantine; then only the user's eyes can tell."""
    for minutes in (0, 6, 12, 18, 60):
        rig.run(wanted(), NOW + timedelta(minutes=minutes), cut="before append")
    assert 2 == rig.appends


def test_written_again_after_it_was_withdrawn(rig: Rig) -> None:
    """A copy that we moved to Trash earlier does not pass for the one that was cut."""
    rig.run(wanted())
    rig.run(wanted(state="off"), NOW + timedelta(minutes=1))
    again = NOW + timedelta(minutes=2)
    rig.run(wanted(at=again), again, cut="before append")
    for minutes in (3, 8):
        rig.run(wanted(at=NOW + timedelta(minutes=minutes)), NOW + timedelta(minutes=minutes))
    assert 1 == len(rig.drafts)


def test_thrown_away_before_we_looked(rig: Rig) -> None:
    """The answer to APPEND never came, and the user has thrown the draft away meanwhile: it stays there."""
    rig.run(wanted(), cut="after append")
    (draft,) = [m for m in rig.all("Drafts") if m.ref != rig.own]
    rig.store.remove(draft.ref)
    rig.store.deliver("Trash", draft.octets, NOW)
    for minutes in (1, 6, 12):
        assert [] == rig.run(wanted(), NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize("through", ["", "Trash"])
def test_saved_again_unchanged(rig: Rig, through: str) -> None:
    """The same octets under another UID: a mail program saved it, or the user brought it back from Trash. Theirs for ever."""
    rig.run(wanted())
    if through:
        rig.run(wanted(state="off"), NOW + timedelta(minutes=1))
    (draft,) = [m for m in rig.all(through or "Drafts") if m.ref != rig.own]
    rig.store.remove(draft.ref)
    rig.store.deliver("Drafts", draft.octets, NOW, draft.flags)
    for want in (wanted(), wanted(state="off"), wanted("Another text altogether.\n")):
        assert [] == rig.run(want, NOW + timedelta(minutes=2))
    assert [draft.octets] == rig.drafts


def test_flagged_once_and_no_longer(rig: Rig) -> None:
    """Seen flagged by one scan: the user's for ever, even without its flag."""
    rig.run(wanted())
    (draft,) = [m for m in rig.all("Drafts") if m.ref != rig.own]
    rig.store.set_flags(draft.ref, draft.flags | {"\\Flagged"})
    rig.run(wanted(), NOW + timedelta(minutes=1))
    rig.store.set_flags(draft.ref, draft.flags)
    assert [] == rig.run(wanted(state="off"), NOW + timedelta(minutes=2))
    assert 1 == len(rig.drafts)


def test_uids_given_anew(rig: Rig) -> None:
    """Another UIDVALIDITY, the same octets: ours still, and withdrawn when its time comes."""
    rig.run(wanted())
    rig.store.renumber("Drafts")
    rig.own = next(m.ref for m in rig.all("Drafts") if m.octets == USERS)
    assert [Action.KEPT] == [s.action for s in rig.run(wanted(), NOW + timedelta(minutes=1))]
    assert [Action.WITHDRAWN] == [s.action for s in rig.run(wanted(state="off"), NOW + timedelta(minutes=2))]
    assert [] == rig.drafts


def test_an_older_journal(rig: Rig, tmp_path: Path) -> None:
    """A journal brought back from a backup: nothing is written twice, nothing of the user's removed."""
    rig.run(wanted())
    older = shutil.copytree(rig.folder, tmp_path / "backup")
    rig.run(wanted("I look forward to our call at 14:20.\n"), NOW + timedelta(minutes=1))
    rig.folder = Path(older)
    for minutes in (2, 8):
        rig.run(wanted("I look forward to our call at 14:20.\n"), NOW + timedelta(minutes=minutes))
    assert [b"14:20" in octets for octets in rig.drafts] == [True]


def test_two_machines_that_word_it_differently(rig: Rig, tmp_path: Path) -> None:
    """Each has templates of its own: after each had its say the draft stands still."""
    homes = (tmp_path / "one", tmp_path / "two")
    said = []
    for minutes in range(8):
        rig.folder = homes[minutes % 2]
        text = f"Machine {minutes % 2} looks forward to our call at 14:00.\n"
        said.append([s.action for s in rig.run(wanted(text, at=NOW + timedelta(minutes=minutes)), NOW + timedelta(minutes=minutes))])
    assert [[Action.KEPT]] * 4 == said[-4:]
    assert 1 == len(rig.drafts)


def test_two_machines_in_the_same_instant(rig: Rig, tmp_path: Path) -> None:
    """Both wrote it: the later copy goes, the first stays, and each machine knows it; deleted by the user it stays away on both."""
    homes = (tmp_path / "one", tmp_path / "two")
    for home in homes:
        rig.folder = home
        rig.run(wanted(), hide=True)
    assert 2 == len(rig.drafts)
    for minutes, home in enumerate((*homes, *homes), 1):
        rig.folder = home
        rig.run(wanted(), NOW + timedelta(minutes=minutes))
    (draft,) = [m for m in rig.all("Drafts") if m.ref != rig.own]
    assert "2" == draft.ref.uid
    rig.store.remove(draft.ref)
    for home in homes:
        rig.folder = home
        assert [] == rig.run(wanted(), NOW + timedelta(minutes=9))


def test_edited_and_the_original_left_behind(rig: Rig) -> None:
    """A mail program saved the edited draft beside ours: ours goes once it is no longer true, and none is written next to the user's."""
    rig.run(wanted())
    (draft,) = [m for m in rig.all("Drafts") if m.ref != rig.own]
    edited = draft.octets.replace(b"I look", b"I really look")
    rig.store.deliver("Drafts", edited, NOW, draft.flags)
    rig.run(wanted("I look forward to our call at 14:20.\n"), NOW + timedelta(minutes=1))
    assert [edited] == rig.drafts


@pytest.mark.parametrize("at", [0.15, 0.5, 0.85])
def test_a_journal_damaged_in_the_middle(rig: Rig, at: float) -> None:
    """Octets of the file turned over, wherever: the scan ends as one that cannot write, or does not notice; the next ones go on, and nothing is doubled."""
    rig.run(wanted())
    path = rig.folder / "journal.sqlite3"
    octets = bytearray(path.read_bytes())
    start = int(len(octets) * at)
    octets[start:start + 4000] = bytes(255 - one for one in octets[start:start + 4000])
    path.write_bytes(octets)
    for minutes in (1, 2, 8):
        rig.run(wanted(), NOW + timedelta(minutes=minutes))
    assert 1 == len(rig.drafts)


def test_damaged_state_doubles_nothing(rig: Rig) -> None:
    """A damaged journal is put aside; the mailbox tells what stands."""
    rig.run(wanted())
    (rig.folder / "journal.sqlite3").write_bytes(b"not a database at all, " * 50)
    rig.run(wanted(), NOW + timedelta(minutes=1))
    assert 1 == len(rig.drafts)
    assert (rig.folder / "journal.damaged-1").exists()
