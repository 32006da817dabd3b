"""The draft protocol: whatever is cut at whatever moment, exactly one draft, after at most three runs, and nothing else changed."""

from __future__ import annotations

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
from mailrescue.stores.memory import MemoryStore
from tests.builders import ME, POLICY, THEM, after

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

    def append(self, octets: bytes, when: datetime) -> MessageRef | None:
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
        return None if self.cut_at == "no uidplus" else ref

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[StoredMessage]:
        if self.cut_at == "before look":
            raise PassingFault("the connection broke")
        return super().fetch(refs)

    def withdraw(self, ref: MessageRef, sha256: str) -> object:  # type: ignore[override]
        if self.cut_at == "before move":
            raise PassingFault("the connection broke")
        ended = super().withdraw(ref, sha256)
        if self.cut_at == "after move":
            raise PassingFault("the answer never came")
        return ended


class Rig:
    """A mailbox with one draft of the user's own, and runs over it."""

    def __init__(self, folder: Path) -> None:
        self.store = Cut()
        self.folder = folder
        self.own = self.store.deliver("Drafts", USERS, NOW, frozenset({"\\Draft"}))

    def run(self, want: Wanted, now: datetime = NOW, cut: str = "") -> list[Step]:
        journal = Journal.open(self.folder)
        desk = Desk("a", self.store, journal, ME, POLICY, vocabulary.load(), Templates(None))
        boxes = self.store.mailboxes()
        self.store.cut_at = ""
        lying = standing(desk, boxes, frozenset({KEY}), frozenset())
        sent = frozenset(compose_id(m.octets) for m in self.store.heads("Sent"))
        entries = remembered(desk, boxes, lying, sent, now)
        steps, _ = plan([want], lying, entries, frozenset(), POLICY, now)
        adopt(desk, entries, lying, steps, now)
        self.store.cut_at = cut
        try:
            carry_out(desk, boxes, steps, entries, now)
        except (PassingFault, CannotWrite):
            pass
        finally:
            journal.close()
        self.store.cut_at = ""
        return steps

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


CUTS = ["before append", "after append", "late", "before look", "no uidplus", "disk full"]


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


@pytest.mark.parametrize("cut", ["before append", "after append", "before look", "before move", "after move"])
def test_cut_while_refreshing(rig: Rig, cut: str) -> None:
    """Cut anywhere in a refresh: never no draft at all, and in the end the new one alone."""
    rig.run(wanted())
    new = "I look forward to our call at 14:20.\n"
    rig.run(wanted(new), NOW + timedelta(minutes=1), cut=cut)
    assert rig.drafts
    for minutes in (2, 8):
        rig.run(wanted(new), NOW + timedelta(minutes=minutes))
    assert [b"14:20" in octets for octets in rig.drafts] == [True]


@pytest.mark.parametrize("cut", ["before move", "after move"])
def test_cut_while_withdrawing(rig: Rig, cut: str) -> None:
    """Cut around the move to Trash: gone in the end, and still ours to write when it is due anew."""
    rig.run(wanted())
    rig.run(wanted(state="off"), NOW + timedelta(minutes=1), cut=cut)
    rig.run(wanted(state="off"), NOW + timedelta(minutes=2))
    assert [] == rig.drafts
    rig.run(wanted(), NOW + timedelta(minutes=3))
    assert 1 == len(rig.drafts)


@pytest.mark.parametrize(
    ("touch", "what"),
    [
        (lambda rig, ref: rig.store.set_flags(ref, frozenset({"\\Draft", "\\Seen", "\\Flagged"})), "flagged"),
        (lambda rig, ref: rig.store.set_flags(ref, frozenset({"\\Draft", "\\Seen", "later"})), "a keyword"),
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


def test_damaged_state_doubles_nothing(rig: Rig) -> None:
    """A damaged journal is put aside; the mailbox tells what stands."""
    rig.run(wanted())
    (rig.folder / "journal.sqlite3").write_bytes(b"not a database at all, " * 50)
    rig.run(wanted(), NOW + timedelta(minutes=1))
    assert 1 == len(rig.drafts)
    assert (rig.folder / "journal.damaged-1").exists()
