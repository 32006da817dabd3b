"""The plan carried out: drafts appended and withdrawn, each announced in the journal before, and looked at after.

The protocol (SPEC section 5, "written exactly once"): the intent is on the disk before APPEND; the copy is fetched back and hashed;
whatever ends otherwise leaves the draft uncertain, and nothing of it is written again before a later scan has looked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from mailrescue import drafts
from mailrescue.desk import Desk
from mailrescue.drafting import compose
from mailrescue.drafts import QUARANTINE
from mailrescue.errors import CannotWrite, RefusedForGood
from mailrescue.model.draft import Action
from mailrescue.model.mail import Mailboxes, MessageRef, StoredMessage
from mailrescue.model.plan import Entry, Fate, Standing, Step
from mailrescue.stores.base import Withdrawal

_OURS = frozenset({"\\Draft", "\\Seen", "\\Recent"})
_ID = re.compile(rb"<[^<>\s]{1,500}>")
#: drafts of the user's own that are read to find one of ours whose Message-ID the server replaced
_NEWEST = 50


def standing(desk: Desk, mailboxes: Mailboxes, keys: frozenset[str], threads: frozenset[str]) -> list[Standing]:
    """What lies in Drafts: ours, by key and by what its digest proves, and those of the user's that answer one of the threads."""
    wanted: list[MessageRef] = []
    for head in desk.store.heads(mailboxes.drafts):
        own, answers = own_id(head.octets), _answers(head.octets)
        if compose.key_of(own) in keys or answers & threads:
            wanted.append(head.ref)
    found = [_standing(stored, keys) for stored in desk.store.fetch(wanted)] if wanted else []
    return drafts.proved(found, desk.journal.entries(desk.account))


def remembered(desk: Desk, mailboxes: Mailboxes, found: Sequence[Standing], sent_ids: frozenset[str], now: datetime) -> list[Entry]:
    """The journal's rows, brought up to what the mailbox shows now; what changed is recorded."""
    present = {s.message_id: s for s in reversed(found) if s.key and s.untouched and not s.struck}
    half_gone = {s.message_id for s in found if s.untouched and s.struck} - present.keys()
    entries = desk.journal.entries(desk.account)
    lost = [e for e in entries if e.fate is Fate.INTENT and e.message_id not in present and e.message_id not in sent_ids]
    taken = (_rewritten(desk, mailboxes, lost) | _in_trash(desk, mailboxes, lost)) if lost else frozenset()
    up_to_date = []
    for entry in entries:
        if entry.message_id in half_gone:
            up_to_date.append(entry)
            continue
        newer = _now(entry, present.get(entry.message_id), entry.message_id in sent_ids | taken, now)
        if newer != entry:
            desk.journal.record(desk.account, newer)
        up_to_date.append(newer)
    return up_to_date


def adopt(desk: Desk, entries: list[Entry], found: Sequence[Standing], steps: Sequence[Step], now: datetime) -> None:
    """Record drafts of ours that the journal does not know (it was lost, or another machine wrote them), so that a deletion is remembered."""
    known = {e.message_id for e in entries}
    kinds = {s.wanted.key: s.wanted for s in steps}
    for draft in found:
        if draft.untouched and draft.key in kinds and draft.message_id not in known:
            want = kinds[draft.key]
            entry = Entry(draft.key, draft.message_id, want.kind, want.interview, ", ".join(want.to), Fate.LIVE, now, b"", draft.ref, draft.sha256)
            desk.journal.record(desk.account, entry)


def carry_out(desk: Desk, mailboxes: Mailboxes, steps: Iterable[Step], entries: Sequence[Entry], now: datetime) -> list[str]:
    """Do what the plan says; returns notes on what could not be done safely. PassingFault and the like go through: the next scan looks."""
    by_id = {e.message_id: e for e in entries}
    kept: dict[str, str] = {}
    notes: list[str] = []
    for step in steps:
        written = _write(desk, mailboxes, step, by_id.get(step.wanted.message_id), now) if step.writes else None
        if written is Fate.GONE:
            notes.append(f"your server rewrote the {step.wanted.kind} draft for {step.wanted.interview}: it is yours now, and no longer kept up to date")
        if written is Fate.INTENT:
            continue            # not seen yet: what it replaces stays until it is
        if step.action is Action.KEPT:
            kept[step.wanted.key] = step.message_id
        for draft in step.withdraw:
            twin = draft.message_id == kept.get(draft.key)
            note = _withdraw_twin(desk, draft) if twin else _withdraw(desk, step, draft, by_id.get(draft.message_id), now)
            notes += [note] if note else []
    return notes


def own_id(octets: bytes) -> str:
    """The Message-ID in a header, as it stands; empty where there is none."""
    found = _ids(octets, b"message-id")
    return found[0] if found else ""


# ---- what stands ---------------------------------------------------------------------------------------------------


def _standing(stored: StoredMessage, keys: frozenset[str]) -> Standing:
    signed = compose.signed(stored.octets)
    ours = signed is not None and signed.key in keys
    as_written = bool(signed and ours and signed.untouched)
    return Standing(
        ref=stored.ref,
        message_id=own_id(stored.octets),
        key=signed.key if signed and ours else "",
        untouched=as_written and stored.flags <= _OURS,
        struck=as_written and "\\Deleted" in stored.flags and stored.flags <= _OURS | {"\\Deleted"},
        sha256=hashlib.sha256(stored.octets).hexdigest(),
        answers=_answers(stored.octets),
        text=compose.text_of(stored.octets),
    )


def _answers(octets: bytes) -> frozenset[str]:
    return frozenset((*_ids(octets, b"in-reply-to"), *_ids(octets, b"references")))


def _ids(octets: bytes, name: bytes) -> list[str]:
    head = re.sub(rb"\r?\n[ \t]+", b" ", re.split(rb"\r?\n\r?\n", octets[:65536], maxsplit=1)[0])
    lines = [line for line in head.splitlines() if line[: len(name) + 1].lower() == name + b":"]
    return [match.decode("ascii", "replace") for line in lines for match in _ID.findall(line)]


def _in_trash(desk: Desk, mailboxes: Mailboxes, lost: Sequence[Entry]) -> frozenset[str]:
    """Which lost drafts the user has thrown away already. The Date tells them from copies that we withdrew before they were written anew."""
    if not mailboxes.trash:
        return frozenset()
    try:
        there = {(own_id(h.octets), _date(h.octets)) for h in desk.store.heads(mailboxes.trash)}
    except RefusedForGood:      # there is no such mailbox, or it cannot be opened
        return frozenset()
    return frozenset(e.message_id for e in lost if (e.message_id, _date(e.octets)) in there)


def _rewritten(desk: Desk, mailboxes: Mailboxes, lost: Sequence[Entry]) -> frozenset[str]:
    """Which lost drafts stand in Drafts under a Message-ID of the server's own (Proton's bridge, Exchange), told by what they say."""
    refs = [h.ref for h in desk.store.heads(mailboxes.drafts) if not compose.key_of(own_id(h.octets))][-_NEWEST:]
    digests = {compose.digest_of(m.octets) for m in desk.store.fetch(refs)} if refs else frozenset()
    return frozenset(e.message_id for e in lost if compose.digest_of(e.octets) in digests)


def _date(octets: bytes) -> bytes:
    found = re.search(rb"(?im)^date:[ \t]{0,20}([^\r\n]{1,100})", octets[:65536])
    return found[1].strip() if found else b""


def _now(entry: Entry, present: Standing | None, taken: bool, now: datetime) -> Entry:
    """The fate of one draft, now that the mailbox was looked at. ``taken``: sent, thrown away or rewritten."""
    if present:
        return replace(entry, fate=Fate.LIVE, ref=present.ref, sha256=present.sha256, octets=b"")
    if taken and entry.fate is not Fate.WITHDRAWN:
        return replace(entry, fate=Fate.GONE)
    if entry.fate is Fate.LIVE:
        return replace(entry, fate=Fate.GONE)
    if entry.fate is Fate.WITHDRAWING:
        return replace(entry, fate=Fate.WITHDRAWN)
    if entry.fate is Fate.INTENT and now - entry.at >= QUARANTINE and entry.tries < 2:
        return replace(entry, fate=Fate.FAILED)
    return entry


# ---- writing and withdrawing ---------------------------------------------------------------------------------------


def _write(desk: Desk, mailboxes: Mailboxes, step: Step, before: Entry | None, now: datetime) -> Fate:
    """Append what is wanted; LIVE where it was seen after, INTENT where it was not, GONE where the server made something else of it."""
    want = step.wanted
    again = before is not None and before.fate is Fate.FAILED and before.octets
    octets = before.octets if again and before else want.octets
    entry = Entry(
        want.key, want.message_id, want.kind, want.interview, ", ".join(want.to), Fate.INTENT, now, octets, tries=before.tries + 1 if again and before else 1
    )
    desk.journal.record(desk.account, entry)
    try:
        ref = desk.store.append(octets, now)
    except CannotWrite:
        desk.journal.record(desk.account, replace(entry, fate=Fate.FAILED, tries=entry.tries - 1))
        raise
    copy = _copy(desk, mailboxes, ref, want.message_id)
    if copy is None:
        return Fate.INTENT
    signed = compose.signed(copy.octets)
    fate = Fate.LIVE if signed and signed.untouched and signed.key == want.key else Fate.GONE
    desk.journal.record(desk.account, replace(entry, fate=fate, ref=copy.ref, sha256=hashlib.sha256(copy.octets).hexdigest(), octets=b""))
    return fate


def _copy(desk: Desk, mailboxes: Mailboxes, ref: MessageRef | None, message_id: str) -> StoredMessage | None:
    """The draft as the store holds it: at the UID that the server told, if it says there what was written, else found by its Message-ID.

    Not every APPENDUID is true, and without UIDPLUS there is none.
    """
    copy = next(iter(desk.store.fetch([ref])), None) if ref else None
    if copy and own_id(copy.octets) == message_id:
        return copy
    ref = next((h.ref for h in desk.store.heads(mailboxes.drafts) if own_id(h.octets) == message_id), None)
    return next(iter(desk.store.fetch([ref])), None) if ref else None


def _withdraw_twin(desk: Desk, draft: Standing) -> str | None:
    """Take away the second copy of a draft that stays: two machines wrote it in the same instant. What the journal knows is about the one that stays."""
    ended = desk.store.withdraw(draft.ref, draft.sha256)
    return "a draft stands twice, and this server cannot remove one safely: please delete one yourself" if ended is Withdrawal.NOT_SAFELY else None


def _withdraw(desk: Desk, step: Step, draft: Standing, entry: Entry | None, now: datetime) -> str | None:
    want = step.wanted
    entry = entry or Entry(want.key, draft.message_id, want.kind, want.interview, ", ".join(want.to), Fate.LIVE, now, b"", draft.ref, draft.sha256)
    desk.journal.record(desk.account, replace(entry, fate=Fate.WITHDRAWING))
    ended = desk.store.withdraw(draft.ref, draft.sha256, struck=draft.struck)
    done = ended in (Withdrawal.TO_TRASH, Withdrawal.REMOVED)
    desk.journal.record(desk.account, replace(entry, fate=Fate.WITHDRAWN if done else Fate.LIVE))
    if ended is Withdrawal.NOT_SAFELY:
        verb = "replaced" if step.action is Action.REFRESHED else "removed"
        return f"the {want.kind} draft for {want.interview} should be {verb}, but this server cannot do that safely: please delete it yourself"
    return None
