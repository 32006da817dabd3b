"""What to do with each draft: what judgement wants is compared with what stands in Drafts and with what the journal remembers. Pure.

The order that nothing can be lost by: write first, withdraw after; what is not proved to be ours and untouched is never withdrawn;
what the user sent, edited or deleted is never written again for that slot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mailrescue.model.draft import Action
from mailrescue.model.mail import MessageRef
from mailrescue.model.plan import Entry, Fate, Standing, Step, Wanted
from mailrescue.model.policy import Policy

#: an APPEND whose end nobody saw may still reach the server: so long it is looked for before it is tried again
QUARANTINE = timedelta(minutes=5)
#: a draft of the user's that shares so much of its words with ours is ours, edited
_LIKE = 0.5
#: unless another draft of that interview shares clearly more with it
_CLEARLY = 0.2


def plan(
    wanted: Sequence[Wanted], standing: Sequence[Standing], entries: Sequence[Entry], sent: frozenset[str], policy: Policy, now: datetime
) -> tuple[list[Step], list[str]]:
    """The steps, in order, and notes for the user. ``sent`` holds the keys of drafts that were found in Sent."""
    remembered: dict[str, list[Entry]] = {}
    for entry in entries:
        remembered.setdefault(entry.key, []).append(entry)
    steps: list[Step] = []
    notes: list[str] = []
    written = _Written(entries, policy, now)
    for want in wanted:
        ours = sorted((s for s in standing if s.key == want.key and s.untouched), key=_oldest)
        half_gone, ours = [s for s in ours if s.struck], [s for s in ours if not s.struck]
        steps += [Step(Action.WITHDRAWN, want, (draft,), draft.message_id) for draft in half_gone]
        if any(draft.message_id == want.message_id for draft in half_gone):
            continue        # of that very text only once it is gone
        if want.state == "off":
            steps += [Step(Action.WITHDRAWN, want, (draft,), draft.message_id) for draft in ours]
        elif ours:
            edited = _edited(want, wanted, standing, entries, sent)
            steps += _kept_true(want, ours, remembered.get(want.key, ()), edited=edited)
        elif want.state == "due" and not _is_the_users(want, remembered.get(want.key, ()), sent) and not _edited(want, wanted, standing, entries, sent):
            if note := written.refuses(want):
                notes.append(note)
            else:
                steps.append(Step(Action.CREATED, want, (), want.message_id))
    return steps, notes


def proved(standing: Sequence[Standing], entries: Sequence[Entry]) -> list[Standing]:
    """What stands, untouched only where the journal does not know better than the digest: a draft that came back under another UID is the user's.

    While the journal knows a draft, its UIDVALIDITY, UID and the hash of the copy that was fetched back must hold. Moved, copied, saved again
    unchanged, brought back from Trash, once flagged: the user's for ever. What is struck out is ours where a run was cut while it withdrew it (a server
    without MOVE: COPY, \\Deleted, UID EXPUNGE).
    """
    by_id = {e.message_id: e for e in entries}
    standing = [replace(s, untouched=True) if s.struck and _half_withdrawn(s, by_id.get(s.message_id)) else s for s in standing]
    places = frozenset(s.ref for s in standing)
    return [s if not s.untouched or _agrees(s, by_id.get(s.message_id), places) else replace(s, untouched=False) for s in standing]


def uncertain(wanted: Sequence[Wanted], entries: Sequence[Entry], now: datetime) -> list[str]:
    """Drafts that are wanted, were sent to the server twice, and are nowhere to be seen: only the user's eyes can tell."""
    kinds = {w.key: w for w in wanted if w.state != "off"}
    lost = [e for e in entries if e.fate is Fate.INTENT and e.tries > 1 and now - e.at >= QUARANTINE and e.key in kinds]
    return [f"the {e.kind} draft for {e.interview} was given to the server twice and does not show" for e in lost]


def _half_withdrawn(draft: Standing, entry: Entry | None) -> bool:
    return entry is not None and entry.fate is Fate.WITHDRAWING and (entry.ref, entry.sha256) == (draft.ref, draft.sha256)


def _agrees(draft: Standing, entry: Entry | None, places: frozenset[MessageRef]) -> bool:
    """Whether what the journal remembers of that Message-ID allows this copy to be ours, untouched."""
    if entry is None or entry.fate in (Fate.INTENT, Fate.FAILED):
        return True
    if entry.fate in (Fate.GONE, Fate.WITHDRAWN):
        return False
    was = entry.ref
    if was is None or draft.ref == was:
        return entry.sha256 in ("", draft.sha256)
    if was in places or entry.fate is Fate.WITHDRAWING:
        return True             # ours stands beside it: another machine wrote this one in the same instant
    if (draft.ref.mailbox, draft.ref.uidvalidity) == (was.mailbox, was.uidvalidity) and was.uidvalidity:
        return _oldest(draft) < _place(was)     # another machine's, written before ours; what is saved, copied or moved gets a higher UID
    return draft.sha256 == entry.sha256         # UIDs were given anew, or Drafts has another name


def _oldest(draft: Standing) -> tuple[int, str]:
    return _place(draft.ref)


def _place(ref: MessageRef) -> tuple[int, str]:
    """The order that every machine sees: by UID, in a Maildir by name."""
    return len(ref.uid) if ref.uidvalidity else 0, ref.uid


def _kept_true(want: Wanted, ours: list[Standing], entries: Sequence[Entry], *, edited: bool) -> list[Step]:
    """Exactly one copy of what is true now; the others, older or doubled, go."""
    current = next((s for s in ours if s.message_id == want.message_id), None)
    if current is not None:
        extra = [s for s in ours if s is not current]
        return [Step(Action.KEPT, want, (), current.message_id), *(Step(Action.WITHDRAWN, want, (s,), s.message_id) for s in extra)]
    if edited:                          # the user's own version stands: ours, no longer true, only goes
        return [Step(Action.WITHDRAWN, want, (s,), s.message_id) for s in ours]
    if any(e.fate is Fate.INTENT or (e.fate is Fate.GONE and e.message_id == want.message_id) for e in entries):
        # octets may still be on their way; or the user, or another machine that words it otherwise, took that very text away
        return [Step(Action.KEPT, want, (), ours[-1].message_id)]
    return [Step(Action.REFRESHED, want, tuple(ours), want.message_id)]


def _is_the_users(want: Wanted, entries: Sequence[Entry], sent: frozenset[str]) -> bool:
    """Whether it was sent or deleted, or may still be on its way. Then it is not written again."""
    return want.key in sent or any(e.fate in (Fate.GONE, Fate.LIVE, Fate.INTENT) for e in entries)


def _edited(want: Wanted, wanted: Sequence[Wanted], standing: Sequence[Standing], entries: Sequence[Entry], sent: frozenset[str]) -> bool:
    """Whether a version of the user's stands: ours, touched, or a draft that answers the same thread in much the same words.

    The drafts of one interview are alike. One that says another of them better, or that the journal has as another kind, edited, is not taken for this one.
    """
    if any(s.key == want.key and not s.untouched for s in standing):
        return True
    others = [w for w in wanted if w.interview == want.interview and w.text and w is not want]
    alike = [s for s in standing if not s.key and s.answers & want.thread and _alike(s.text, want, others)]
    there = {s.message_id for s in standing}
    gone = (e for e in entries if e.interview == want.interview and e.fate in (Fate.GONE, Fate.LIVE) and e.message_id not in there)
    return len(alike) > len({e.key for e in gone} - {want.key} - sent)


def _alike(text: str, want: Wanted, others: Sequence[Wanted]) -> bool:
    shared = _shared(text, want.text)
    return shared >= _LIKE and all(_shared(text, other.text) < shared + _CLEARLY for other in others)


def _shared(text: str, words: str) -> float:
    """What part of the words stands in the text."""
    theirs = Counter(words.split())
    return (Counter(text.split()) & theirs).total() / max(1, theirs.total())


class _Written:
    """How many drafts were written in the last day: an invite flood must not flood the Drafts."""

    def __init__(self, entries: Sequence[Entry], policy: Policy, now: datetime) -> None:
        recent = [e for e in entries if e.at > now - timedelta(days=1) and e.fate is not Fate.FAILED]
        self._policy = policy
        self._keys = {e.key for e in recent}
        self._interviews: dict[str, set[str]] = {}
        for entry in recent:
            self._of(entry.to).add(entry.interview)

    def refuses(self, want: Wanted) -> str | None:
        """Why one more draft is too many today, None where it is not; one that is allowed is counted."""
        to = want.to[0] if want.to else ""
        if len(self._keys) >= self._policy.drafts_per_day:
            return f"{want.kind} for {want.interview} not drafted: {self._policy.drafts_per_day} drafts were written today (policy.drafts_per_day)"
        interviews = self._of(to)
        if to and want.interview not in interviews and len(interviews) >= self._policy.drafts_per_sender_per_day:
            return (
                f"{want.kind} for {want.interview} not drafted: {to} already has drafts for "
                f"{self._policy.drafts_per_sender_per_day} interviews today (policy.drafts_per_sender_per_day)"
            )
        self._keys.add(want.key)
        interviews.add(want.interview)
        return None

    def _of(self, to: str) -> set[str]:
        return self._interviews.setdefault(to, set())
