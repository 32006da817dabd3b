"""Whose word a message is, and about which slot: by thread, then by person, then by the nearest slot before the mail (SPEC section 4).

Pure. A call notice is tied by its number; where no number of theirs is known, or the caller withheld it, by time alone: to an interview by
telephone, for nobody dials to a video meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mailrescue.judgement import people
from mailrescue.judgement.outcome import EARLY, really
from mailrescue.model.interview import Author, Evidence, EvidenceKind, Me, Medium, Slot, Statement, Status
from mailrescue.model.lexicon import fold
from mailrescue.model.mail import CallNotice, Mailboxes, Message
from mailrescue.model.policy import Policy
from mailrescue.model.words import Address

#: a call of their number belongs to a slot for so long after it
_CALL_LASTS = timedelta(days=2)
#: how closely a message is tied to an interview
_THREAD, _SUBJECT, _PERSON, _ORGANISATION = 4, 3, 2, 1



@dataclass(frozen=True, slots=True)
class Bench:
    """What every question about evidence needs: whose mailbox it is, the policy, which mailbox is which, and how a message is read."""

    me: Me
    policy: Policy
    mailboxes: Mailboxes
    read: Callable[[Message], Statement]


@dataclass
class Party:
    """One interview's people, numbers and thread, as far as they are known while its mail is read in the order of arrival."""

    slots: list[Slot]
    people: dict[str, Address] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    thread: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, slots: Iterable[Slot], me: Me) -> Party:
        """The party of an interview, from the messages that carried its slots."""
        party = cls(list(slots))
        for slot in party.slots:
            party.add(slot, me)
        return party

    def add(self, slot: Slot, me: Me) -> None:
        """Learn the people, the number and the thread of one slot."""
        found = slot.finding
        if found.phone:
            self.numbers.add(found.phone)
        if found.interviewer and found.interviewer.email:
            self.people[found.interviewer.email] = found.interviewer
        for message in slot.messages:
            self.thread.update((message.message_id, *message.references, *message.in_reply_to))
            self.subjects.add(people.base_subject(message.subject))
            writers = [a for a in (message.from_, *message.reply_to) if a]
            invited = [a.address for i in message.invites if i.uid == slot.uid for a in i.attendees]
            organisers = [i.organizer for i in message.invites if i.uid == slot.uid and i.organizer]
            for address in (*writers, *invited, *organisers):
                if not me.is_me(address.email) and not people.is_robot(address):
                    self.people.setdefault(address.email, address)
        self.subjects.discard("")

    def tie(self, message: Message, others: Sequence[Address], *, known_only: bool = False) -> int:
        """How closely a message from or to these people is tied to this interview; 0 for not at all."""
        known = any(a.email in self.people for a in others)
        colleague = any(people.same_organisation(a, p) for a in others for p in self.people.values())
        if known_only and not known and not colleague:
            return 0
        if self.thread.intersection((*message.in_reply_to, *message.references)):
            return _THREAD
        if (known or colleague) and people.base_subject(message.subject) in self.subjects:
            return _SUBJECT
        return _PERSON if known else _ORGANISATION if colleague else 0

    def current(self, at: datetime) -> Slot | None:
        """The slot that stood at that time, None before the first was set."""
        return next((s for s in reversed(self.slots) if s.set_at <= at), None)


def gather(messages: Sequence[Message], parties: Sequence[Party], bench: Bench) -> list[list[tuple[Slot, Evidence]]]:
    """For each party the evidence about its slots, in the order of time. ``messages`` in the order of arrival.

    A message that carries an invite says nothing beyond it; an automatic reply or a robot's mail is nobody's word. In Junk only
    what people already known wrote counts.
    """
    found: list[list[tuple[Slot, Evidence]]] = [[] for _ in parties]
    for message in messages:
        if message.invites:
            continue
        junk = message.ref.mailbox == bench.mailboxes.junk
        if _is_call(message.notice):
            tied = None if junk else _notice(message, parties, found, bench)
        else:
            tied = _mail(message, parties, bench.me, sent=message.ref.mailbox == bench.mailboxes.sent, junk=junk)
        if tied is None:
            continue
        index, slot, author = tied
        said = bench.read(message)
        if said.kind is not EvidenceKind.AUTO_REPLY:
            at = message.notice.at if message.notice else message.internal_date
            found[index].append((slot, Evidence(said.kind, at, author, message, said)))
    return [sorted(items, key=lambda pair: pair[1].at) for items in found]


def _is_call(notice: CallNotice | None) -> bool:
    return notice is not None and notice.kind != "text"


# ---- mail of people --------------------------------------------------------------------------------------------


def _mail(message: Message, parties: Sequence[Party], me: Me, *, sent: bool, junk: bool) -> tuple[int, Slot, Author] | None:
    mine = sent or bool(message.from_ and me.is_me(message.from_.email))
    writer = [message.from_] if message.from_ else []
    if not mine and not message.notice and (not writer or people.is_robot(writer[0])):
        return None
    others = [a for a in (*message.to, *message.cc) if not me.is_me(a.email)] if mine else writer
    best: tuple[tuple[int, bool, float], int, Slot] | None = None
    for index, party in enumerate(parties):
        tie = _text_tie(message.notice, party) if message.notice else party.tie(message, others, known_only=junk)
        slot = party.current(message.internal_date)
        if not tie or not slot:
            continue
        rank = (tie, slot.start <= message.internal_date, -abs((message.internal_date - slot.start).total_seconds()))
        if best is None or rank > best[0]:
            best = (rank, index, slot)
    if best is None:
        return None
    (tie, _, _), index, slot = best
    _learn(parties[index], message, tie, me, mine=mine)
    return index, slot, Author.USER if mine else Author.THEIRS


def _text_tie(notice: CallNotice, party: Party) -> int:
    if notice.number:
        return _PERSON if notice.number in party.numbers else 0
    return _PERSON if _names(notice.name, party) else 0


def _learn(party: Party, message: Message, tie: int, me: Me, *, mine: bool) -> None:
    """Who writes in the thread belongs to it from then on, and a number in their signature is theirs."""
    if tie >= _SUBJECT:
        party.thread.add(message.message_id)
    if not mine and not message.notice and message.from_:
        party.people.setdefault(message.from_.email, message.from_)
        party.numbers.update(n.e164 for n in message.passage("signature").numbers if n.e164 and n.e164 != me.phone)


# ---- notices of calls ------------------------------------------------------------------------------------------


def _notice(message: Message, parties: Sequence[Party], found: Sequence[Sequence[tuple[Slot, Evidence]]], bench: Bench) -> tuple[int, Slot, Author] | None:
    notice = message.notice
    if notice is None:
        return None
    standing = [(index, party, slot) for index, party in enumerate(parties) if (slot := party.current(notice.at))]
    by_number = [(i, s) for i, p, s in standing if notice.number and notice.number in p.numbers and _lasts(s, notice.at)]
    by_name = [(i, s) for i, p, s in standing if not notice.number and _names(notice.name, p) and _lasts(s, notice.at)]
    for tied in (by_number, by_name):
        if tied:
            index, slot = min(tied, key=lambda pair: abs(pair[1].start - notice.at))
            return index, slot, Author.SERVICE
    if (notice.name and not notice.number and not notice.withheld) or any(notice.number in p.numbers for p in parties):
        return None
    phone = ((i, p, s) for i, p, s in standing if s.finding.medium is Medium.PHONE and not _called_off(s, notice.at))
    around = [(i, p, s) for i, p, s in phone if _rings_in(notice.at, s, found[i], bench)]
    if len(around) == 1 and (notice.number is None or not around[0][1].numbers):
        return around[0][0], around[0][2], Author.SERVICE
    return None


def _rings_in(at: datetime, slot: Slot, evidence: Sequence[tuple[Slot, Evidence]], bench: Bench) -> bool:
    """Whether a call at that time falls into the slot, the delays that they announced before it counted in."""
    start, end = really(slot, [item for tied, item in evidence if tied is slot], bench.me.timezone)
    return start - bench.policy.notice_before <= at <= end + bench.policy.notice_after


def _called_off(slot: Slot, at: datetime) -> bool:
    """Whether nobody was to call for that slot any more at that time."""
    return slot.status is not Status.SCHEDULED and slot.revised_at <= at


def _lasts(slot: Slot, at: datetime) -> bool:
    return slot.start - EARLY <= at <= slot.start + _CALL_LASTS


def _names(name: str | None, party: Party) -> bool:
    """Whether the contact's name in a notice shares a word of weight with one of the people, or with the company."""
    words = {w for w in fold(name or "").split() if len(w) > 2}
    known = " ".join([*(a.name for a in party.people.values()), *(s.finding.company or "" for s in party.slots)])
    return bool(words & set(fold(known).split()))
