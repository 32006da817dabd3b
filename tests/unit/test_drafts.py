"""What is done with each draft: what is wanted against what stands in Drafts and what the journal remembers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailrescue.drafts import plan
from mailrescue.model.draft import Action, DraftKind
from mailrescue.model.mail import MessageRef
from mailrescue.model.plan import Entry, Fate, Standing, Step, Wanted
from tests.builders import POLICY, START, after

TEXT = "Dear Bea Stone, I look forward to our call at 14:00. Kind regards, Ada Quist"
WANTED = Wanted("k1", DraftKind.CONFIRMATION, "granite-1201", "due", "it is time", ("bea@granite.example",), "Re: Call", TEXT, "<k1.d1@x>", b"..", frozenset({"<m1@x>"}))
LYING = Standing(MessageRef("Drafts", 1, "7"), "<k1.d1@x>", "k1", True, "sha")
ENTRY = Entry("k1", "<k1.d1@x>", DraftKind.CONFIRMATION, "granite-1201", "bea@granite.example", Fate.LIVE, after(-90), b"", LYING.ref, "sha")


def planned(want: Wanted = WANTED, standing: list[Standing] | None = None, entries: list[Entry] | None = None, sent: str = "") -> list[Step]:
    steps, _ = plan([want], standing or [], entries or [], frozenset(sent.split()), POLICY, START)
    return steps


def actions(steps: list[Step]) -> list[tuple[Action, tuple[Standing, ...]]]:
    return [(s.action, s.withdraw) for s in steps]


def test_missing_and_due() -> None:
    """What is due and nowhere is written."""
    assert [(Action.CREATED, ())] == actions(planned())


def test_missing_and_too_late() -> None:
    """What merely may stand is not written for the first time."""
    assert [] == planned(replace(WANTED, state="stands"))


@pytest.mark.parametrize("state", ["due", "stands"])
def test_standing_and_true(state: str) -> None:
    """What stands and says what is true is kept."""
    assert [(Action.KEPT, ())] == actions(planned(replace(WANTED, state=state), [LYING], [ENTRY]))


@pytest.mark.parametrize("state", ["due", "stands"])
def test_standing_and_outdated(state: str) -> None:
    """What stands and is no longer true is replaced: the new one is written, the old one withdrawn after."""
    old = replace(LYING, message_id="<k1.d0@x>")
    assert [(Action.REFRESHED, (old,))] == actions(planned(replace(WANTED, state=state), [old], [replace(ENTRY, message_id="<k1.d0@x>")]))


def test_off() -> None:
    """What is no longer due is withdrawn, where it is provably ours and untouched."""
    off = replace(WANTED, state="off")
    assert [(Action.WITHDRAWN, (LYING,))] == actions(planned(off, [LYING], [ENTRY]))
    assert [] == planned(off, [replace(LYING, untouched=False)], [ENTRY])
    assert [] == planned(off, [replace(LYING, key="")], [ENTRY])


def test_doubled_by_two_machines() -> None:
    """Two copies of one draft: one is kept, the extra one withdrawn."""
    twin = replace(LYING, ref=MessageRef("Drafts", 1, "8"))
    assert [(Action.KEPT, ()), (Action.WITHDRAWN, (twin,))] == actions(planned(WANTED, [LYING, twin], [ENTRY]))


def test_a_refresh_that_was_cut_short() -> None:
    """The new one was written, the old one not yet withdrawn: it goes now."""
    old = replace(LYING, message_id="<k1.d0@x>", ref=MessageRef("Drafts", 1, "6"))
    assert [(Action.KEPT, ()), (Action.WITHDRAWN, (old,))] == actions(planned(WANTED, [old, LYING], [ENTRY]))


@pytest.mark.parametrize("fate", [Fate.GONE, Fate.LIVE, Fate.INTENT])
def test_once_written_and_gone(fate: Fate) -> None:
    """What the user deleted, sent or moved, or whose fate is uncertain, is not written again."""
    assert [] == planned(entries=[replace(ENTRY, fate=fate)])


@pytest.mark.parametrize("fate", [Fate.WITHDRAWN, Fate.FAILED])
def test_withdrawn_by_us_or_never_stored(fate: Fate) -> None:
    """What we withdrew, or what was never stored, is written when it is due again."""
    assert [(Action.CREATED, ())] == actions(planned(entries=[replace(ENTRY, fate=fate)]))


def test_sent_though_the_state_was_lost() -> None:
    """A copy in Sent is enough to know that the user sent it."""
    assert [] == planned(sent="k1")


def test_edited_and_the_message_id_kept() -> None:
    """A touched draft of ours is the user's: neither changed, nor withdrawn, nor doubled."""
    assert [] == planned(standing=[replace(LYING, untouched=False)])


def test_edited_and_saved_under_another_message_id_with_the_state_lost() -> None:
    """A draft of the user's that answers the same thread in much the same words is ours, edited: it is not doubled."""
    edited = Standing(MessageRef("Drafts", 1, "9"), "<new@client>", "", False, "sha", frozenset({"<m1@x>"}), TEXT.replace("I look", "I very much look"))
    assert [] == planned(standing=[edited])


def test_another_kind_edited() -> None:
    """The user's own version of another draft of that interview, much alike, keeps none of this kind from being written or refreshed."""
    other = Standing(MessageRef("Drafts", 1, "9"), "<new@client>", "", False, "sha", frozenset({"<m1@x>"}), TEXT.replace("I look", "I very much look"))
    gone = replace(ENTRY, key="k0", message_id="<k0.d0@x>", kind=DraftKind.NO_SHOW, fate=Fate.GONE)
    assert [(Action.CREATED, ())] == actions(planned(standing=[other], entries=[gone]))
    old = replace(LYING, message_id="<k1.d0@x>")
    assert [(Action.REFRESHED, (old,))] == actions(planned(standing=[other, old], entries=[gone, replace(ENTRY, message_id="<k1.d0@x>")]))


def test_another_kind_edited_with_the_state_lost() -> None:
    """The user's own version of one draft is not taken for another one that shares many of its words; the one that it says best is not doubled."""
    thanks = replace(WANTED, key="k2", kind=DraftKind.THANK_YOU, text=TEXT.replace("I look forward to our call at 14:00", "thank you for our call today"))
    edited = Standing(MessageRef("Drafts", 1, "9"), "<new@client>", "", False, "sha", frozenset({"<m1@x>"}), TEXT + " P.S. By phone")
    steps, _ = plan([WANTED, thanks], [edited], [], frozenset(), POLICY, START)
    assert [(Action.CREATED, "k2")] == [(s.action, s.wanted.key) for s in steps]


def test_a_letter_of_the_users_own_in_the_thread() -> None:
    """A draft of the user's that says something else does not stand for ours."""
    own = Standing(MessageRef("Drafts", 1, "9"), "<new@client>", "", False, "sha", frozenset({"<m1@x>"}), "Could you send me the brochure that you mentioned?")
    assert [(Action.CREATED, ())] == actions(planned(standing=[own]))


def test_a_flood_of_invites() -> None:
    """Drafts for four interviews of one sender a day, and twenty drafts a day; beyond, a line that says so."""
    flood = [replace(WANTED, key=f"k{n}", interview=f"granite-{n}") for n in range(6)]
    steps, notes = plan(flood, [], [], frozenset(), POLICY, START)
    assert (4, 2) == (len(steps), len(notes))
    assert "policy.drafts_per_sender_per_day" in notes[0]
    crowd = [replace(WANTED, key=f"k{n}", interview=f"i{n}", to=(f"p{n}@x.example",)) for n in range(22)]
    steps, notes = plan(crowd, [], [], frozenset(), POLICY, START)
    assert (20, 2) == (len(steps), len(notes))


def test_all_drafts_of_one_interview_in_a_day() -> None:
    """Confirmation, no-show and thank-you of one interview are no flood."""
    kinds = [replace(WANTED, key=k, kind=k) for k in (DraftKind.CONFIRMATION, DraftKind.NO_SHOW, DraftKind.THANK_YOU)]
    steps, notes = plan(kinds, [], [], frozenset(), POLICY, START)
    assert (3, []) == (len(steps), notes)
