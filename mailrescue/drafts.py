"""What to do with each draft: what judgement wants is compared with what stands in Drafts and with what the journal remembers. Pure.

The order that nothing can be lost by: write first, withdraw after; what is not proved to be ours and untouched is never withdrawn;
what the user sent, edited or deleted is never written again for that slot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from mailrescue.model.draft import Action
from mailrescue.model.plan import Entry, Fate, Standing, Step, Wanted
from mailrescue.model.policy import Policy

#: an APPEND whose end nobody saw may still reach the server: so long it is looked for before it is tried again
QUARANTINE = timedelta(minutes=5)
#: a draft of the user's that shares so much of its words with ours is ours, edited
_LIKE = 0.5


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
        ours = [s for s in standing if s.key == want.key and s.untouched]
        if want.state == "off":
            steps += [Step(Action.WITHDRAWN, want, (draft,), draft.message_id) for draft in ours]
        elif ours:
            steps += _kept_true(want, ours)
        elif want.state == "due" and not _is_the_users(want, standing, remembered.get(want.key, ()), sent):
            if note := written.refuses(want):
                notes.append(note)
            else:
                steps.append(Step(Action.CREATED, want, (), want.message_id))
    return steps, notes


def _kept_true(want: Wanted, ours: list[Standing]) -> list[Step]:
    """Exactly one copy of what is true now; the others, older or doubled, go."""
    current = next((s for s in ours if s.message_id == want.message_id), None)
    if current is None:
        return [Step(Action.REFRESHED, want, tuple(ours), want.message_id)]
    extra = [s for s in ours if s is not current]
    return [Step(Action.KEPT, want, (), current.message_id), *(Step(Action.WITHDRAWN, want, (s,), s.message_id) for s in extra)]


def _is_the_users(want: Wanted, standing: Sequence[Standing], entries: Sequence[Entry], sent: frozenset[str]) -> bool:
    """Whether the user has taken this draft over: edited, sent or deleted it. Then it is not written again."""
    if want.key in sent or any(s.key == want.key for s in standing):
        return True
    if any(e.fate in (Fate.GONE, Fate.LIVE, Fate.INTENT) for e in entries):
        return True
    return any(not s.key and s.answers & want.thread and _alike(s.text, want.text) for s in standing)


def _alike(one: str, other: str) -> bool:
    mine, theirs = Counter(one.split()), Counter(other.split())
    return bool(theirs) and (mine & theirs).total() >= _LIKE * theirs.total()


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
