"""From invites to interviews: which revision wins, which slots one conversation has had, which attempt it is. Pure.

Identity and order are RFC 5546's: one calendar component is (UID, RECURRENCE-ID), its newest revision wins by SEQUENCE, then
DTSTAMP (Google keeps SEQUENCE at 0 and only renews DTSTAMP), then arrival. A new UID continues an interview when the same people
set it after a CANCEL, a missed slot or a wish for another time (SPEC section 2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mailrescue.judgement import people
from mailrescue.judgement.outcome import outcome
from mailrescue.judgement.whose import Bench, Party, gather
from mailrescue.model.interview import Evidence, EvidenceKind, Finding, Interview, Me, Outcome, Rejection, Slot, Status, Word
from mailrescue.model.lexicon import fold
from mailrescue.model.mail import Message
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Address

#: the user's word by slot: (UID, RECURRENCE-ID, start)
Words = Mapping[tuple[str, str | None, datetime], Word]

#: a CANCEL that comes so soon after the new invite still belongs to the same move
_MOVED_TOGETHER = timedelta(days=1)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Revision:
    """One invite, the message that carried it, and what was judged of it."""

    message: Message
    invite: Invite
    verdict: Finding | Rejection

    @property
    def order(self) -> tuple[int, datetime, datetime]:
        """RFC 5546 2.1.5: SEQUENCE, then DTSTAMP; then arrival."""
        return (self.invite.sequence, self.invite.dtstamp or _LONG_AGO, self.message.internal_date)


def track(revisions: Sequence[Revision], messages: Sequence[Message], words: Words, bench: Bench) -> list[Interview]:
    """Every phone interview that mail tells of, by the start of its current slot. ``messages`` in the order of arrival, all mailboxes together."""
    chains: list[list[Slot]] = []
    ignored: dict[str, tuple[str, ...]] = {}

    def outcome_before(chain: list[Slot], moment: datetime) -> Outcome:
        evidence = _evidence_of(chain[-1], chain, [m for m in messages if m.internal_date < moment], bench)
        return outcome(chain[-1].start, evidence, words.get(chain[-1].key))

    for slots, unbelieved in sorted(_components(_from_known_people(revisions, messages, bench), bench.me), key=lambda pair: pair[0][0].set_at):
        ignored[slots[0].uid] = unbelieved
        for slot in slots:
            chain = _continued(slot, chains, messages, bench)
            ended = chain is not None and slot.start != chain[-1].start and outcome_before(chain, slot.set_at) is Outcome.HAPPENED
            if chain is None or ended:
                chains.append([slot])
            else:
                chain[-1] = replace(chain[-1], replaced_at=slot.set_at)
                chain.append(slot)
    parties = [Party.of(chain, bench.me) for chain in chains]
    gathered = gather(messages, parties, bench)
    tracked = [_interview(chain, pairs, words, ignored) for chain, pairs in zip(chains, gathered, strict=True)]
    return _named(sorted(tracked, key=lambda interview: interview.slot.start))


def _from_known_people(revisions: Sequence[Revision], messages: Sequence[Message], bench: Bench) -> Sequence[Revision]:
    """Without the invites in Junk that strangers sent: only people known from elsewhere are believed there (SPEC section 4, "Mailboxes read")."""
    junk = bench.mailboxes.junk
    outside = [r for r in revisions if junk is None or r.message.ref.mailbox != junk]
    if len(outside) == len(revisions):
        return revisions
    uids = {r.invite.uid for r in outside}
    known = {a.email for r in outside if isinstance(r.verdict, Finding) for a in (r.verdict.interviewer, *_senders(r)) if a}
    known |= {a.email for m in messages if m.ref.mailbox == bench.mailboxes.sent for a in (*m.to, *m.cc)}
    return [r for r in revisions if r.message.ref.mailbox != junk or r.invite.uid in uids or any(a.email in known for a in _senders(r))]


def _senders(revision: Revision) -> list[Address]:
    """The humans who set the event or wrote the message that carried it."""
    return [a for a in (revision.invite.organizer, revision.message.from_) if a and not people.is_robot(a)]


# ---- one component: its revisions, its slots -------------------------------------------------------------------


def _components(revisions: Sequence[Revision], me: Me) -> list[tuple[list[Slot], tuple[str, ...]]]:
    grouped: dict[tuple[str, str | None], list[Revision]] = {}
    for revision in sorted(revisions, key=lambda r: r.message.internal_date):
        grouped.setdefault(revision.invite.key, []).append(revision)
    found = []
    for (uid, instance), group in grouped.items():
        series = [r for r in grouped.get((uid, None), ()) if r.invite.method == "CANCEL"] if instance else []
        believed, ignored = _believed(_with_ends(group, series), me)
        if slots := _slots(believed):
            found.append((slots, ignored))
    return found


def _with_ends(instance: list[Revision], series: list[Revision]) -> list[Revision]:
    """The revisions of one instance of a series, and the later CANCELs of the whole of it: they name no RECURRENCE-ID (RFC 5546 3.2.5)."""
    later = [r for r in series if r.message.internal_date > instance[0].message.internal_date]
    return sorted([*instance, *later], key=lambda r: r.message.internal_date) if later else instance


def _believed(group: list[Revision], me: Me) -> tuple[list[Revision], tuple[str, ...]]:
    """Without what somebody else than the organiser, or their organisation, sends to change or cancel the event."""
    first = next((r for r in group if r.invite.method not in _ANSWERS), group[0])
    allowed = [a for a in (first.invite.organizer, first.message.from_, first.message.sender) if a]
    believed, ignored = [], []
    for revision in group:
        writer = revision.message.from_     # never Sender: a provider that checks the one (DMARC) lets anything stand in the other
        known = writer is None or me.is_me(writer.email) or people.is_relay(writer) or any(people.same_organisation(writer, a) for a in allowed)
        if writer and not known and revision.invite.method in {"CANCEL", "REQUEST", "PUBLISH", ""}:
            ignored.append(f"{revision.invite.method or 'an update'} by {writer.email}, who is not the organiser, is ignored")
        else:
            believed.append(revision)
    return believed, tuple(ignored)


#: iTIP answers of attendees: no revision of the event (RFC 5546 3.2.3, 3.2.7)
_ANSWERS = frozenset({"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"})


def _slots(group: list[Revision]) -> list[Slot]:
    """The times that one component has had, in the order of arrival; the last is what the newest revision says."""
    slots: list[Slot] = []
    newest: Revision | None = None
    for revision in group:
        if revision.invite.method in _ANSWERS:
            if isinstance(revision.verdict, Finding) and revision.verdict.status is Status.DECLINED:
                slots = _declined(slots, revision)
            continue
        if newest and revision.order < newest.order:
            continue
        newest = revision
        slots = _revised(slots, revision)
    return slots


def _declined(slots: list[Slot], reply: Revision) -> list[Slot]:
    if slots:
        return [*slots[:-1], replace(slots[-1], status=Status.DECLINED, revised_at=reply.message.internal_date)]
    return [_new_slot(reply, reply.verdict)] if isinstance(reply.verdict, Finding) else []


def _revised(slots: list[Slot], revision: Revision) -> list[Slot]:
    arrived = revision.message.internal_date
    last = slots[-1] if slots else None
    cancels = revision.invite.method == "CANCEL" or revision.invite.status == "CANCELLED"
    if isinstance(revision.verdict, Rejection) or cancels:
        if last is None:
            return [_new_slot(revision, revision.verdict)] if isinstance(revision.verdict, Finding) else []
        # Called off, or no longer a phone interview: either way the user must not confirm it.
        off = replace(last, status=Status.CANCELLED, revised_at=arrived, messages=(*last.messages, revision.message))
        return [*slots[:-1], replace(off, by_other_means=not cancels)]
    if last and last.start == revision.verdict.start:
        kept = _completed(revision.verdict, last.finding)
        messages = (*last.messages, revision.message)
        return [*slots[:-1], replace(last, end=kept.end, status=kept.status, finding=kept, revised_at=arrived, messages=messages, by_other_means=False)]
    if last:
        moved = _new_slot(revision, _completed(revision.verdict, last.finding))
        return [*slots[:-1], replace(last, replaced_at=arrived), replace(moved, again=sum(slot.start == moved.start for slot in slots))]
    return [_new_slot(revision, revision.verdict)]


def _completed(new: Finding, old: Finding) -> Finding:
    """An update that only names the new time keeps what the words of the earlier revision told."""
    return replace(
        new,
        interviewer=new.interviewer or old.interviewer,
        why_no_address="" if (new.interviewer or old.interviewer) and not new.why_no_address else new.why_no_address,
        company=new.company or old.company,
        language=new.language or old.language,
        role=new.role or old.role,
        phone=new.phone or (old.phone if new.direction in (old.direction, "unknown") else None),
        direction=new.direction if new.direction != "unknown" or new.medium is not old.medium else old.direction,
        link=new.link or (old.link if new.medium is old.medium else None),
    )


def _new_slot(revision: Revision, finding: Finding) -> Slot:
    at = revision.message.internal_date
    return Slot(finding.uid, finding.recurrence_id, finding.start, finding.end, finding.status, finding, at, at, (revision.message,))


# ---- one interview: its components -----------------------------------------------------------------------------


def _continued(slot: Slot, chains: list[list[Slot]], messages: Sequence[Message], bench: Bench) -> list[Slot] | None:
    """The interview that this slot goes on with, None where it begins one."""
    same = next((c for c in reversed(chains) if c[-1].uid == slot.uid and slot.recurrence_id in (c[-1].recurrence_id, _instance(c[-1]))), None)
    if same:
        return same
    for chain in reversed(chains):
        last = chain[-1]
        if not _same_people(slot, chain, bench.me):
            continue
        cancelled = last.status is Status.CANCELLED and last.revised_at <= slot.set_at + _MOVED_TOGETHER
        if cancelled or last.start <= slot.set_at:
            return chain
        known = [m for m in messages if m.internal_date < slot.set_at]
        if any(e.kind is EvidenceKind.RESCHEDULE_REQUEST for e in _evidence_of(last, chain, known, bench)):
            return chain
    return None


def _instance(slot: Slot) -> str:
    """The RECURRENCE-ID by which an update names the slot: the first instance of a series has it from the series' own start."""
    return slot.recurrence_id or f"{slot.start.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _same_people(slot: Slot, chain: list[Slot], me: Me) -> bool:
    party = Party.of(chain, me)
    if any(party.thread.intersection((*m.in_reply_to, *m.references)) for m in slot.messages):
        return True
    new, old = slot.finding, chain[-1].finding
    return _same_person(new, old) and (not new.role or not old.role or fold(new.role) == fold(old.role))


def _same_person(new: Finding, old: Finding) -> bool:
    """Whether both name one interviewer: by address; where a robot set a time and tells none, by the name and the company."""
    if not new.interviewer or not old.interviewer:
        return False
    one, other = new.interviewer, old.interviewer
    if one.email and other.email:
        return one.email == other.email
    return bool(one.name and new.company) and fold(one.name) == fold(other.name) and fold(new.company or "") == fold(old.company or "")


def _evidence_of(slot: Slot, chain: list[Slot], messages: Sequence[Message], bench: Bench) -> list[Evidence]:
    (pairs,) = gather(messages, [Party.of(chain, bench.me)], bench)
    return [evidence for tied, evidence in pairs if tied is slot]


def _interview(chain: list[Slot], pairs: list[tuple[Slot, Evidence]], words: Words, ignored: Mapping[str, tuple[str, ...]]) -> Interview:
    attempt, failed_them = 1, False
    by_slot = [[e for tied, e in pairs if tied is slot] for slot in chain]
    for slot, evidence in zip(chain[:-1], by_slot, strict=False):
        became = outcome(slot.start, evidence, words.get(slot.key))
        passed = slot.replaced_at is not None and slot.start <= slot.replaced_at
        called_off = slot.status is not Status.SCHEDULED and slot.revised_at < slot.start
        if passed and not called_off and became is not Outcome.HAPPENED:
            attempt += 1
            failed_them |= became is not Outcome.MISSED
    current = _called_off_in_words(chain[-1], by_slot[-1])
    return Interview(
        id=_id(chain[0]),
        slots=(*chain[:-1], current),
        attempt=attempt,
        failed_them=failed_them,
        evidence=tuple(by_slot[-1]),
        outcome=outcome(current.start, by_slot[-1], words.get(current.key)),
        word=words.get(current.key),
        earlier=tuple(e for evidence in by_slot[:-1] for e in evidence),
        ignored=tuple(line for uid in dict.fromkeys(s.uid for s in chain) for line in ignored.get(uid, ())),
    )


def _called_off_in_words(slot: Slot, evidence: list[Evidence]) -> Slot:
    """Who writes that the position is filled has called the slot off, though no CANCEL follows."""
    off = next((e for e in evidence if e.kind is EvidenceKind.CANCELLATION and e.at > slot.revised_at), None)
    return replace(slot, status=Status.CANCELLED) if off and slot.status is Status.SCHEDULED else slot


def _id(first: Slot) -> str:
    found = first.finding
    name = found.company or (found.interviewer.name if found.interviewer else "") or "interview"
    word = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:24].strip("-") or "interview"
    return f"{word}-{first.start:%m%d}"


def _named(interviews: list[Interview]) -> list[Interview]:
    """Each id once; a later interview of the same company on the same day gets a number."""
    seen: dict[str, int] = {}
    named = {}
    for interview in sorted(interviews, key=lambda i: i.slots[0].set_at):
        seen[interview.id] = count = seen.get(interview.id, 0) + 1
        named[id(interview)] = replace(interview, id=f"{interview.id}-{count}") if count > 1 else interview
    return [named[id(interview)] for interview in interviews]
