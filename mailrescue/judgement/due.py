"""When which draft is due: the table of SPEC section 4, one list of rules a kind, the first that matches decides. Pure.

Read a rule as "WHEN this holds, the draft is …": ``OFF`` (not due; one that stands untouched is withdrawn), ``DUE`` (write it, or keep
it true) or ``STANDS`` (too late to write it for the first time; one that stands is kept true). Where no rule matches it is ``OFF``.
``Case`` holds what the rules may ask; nothing here reads a clock, a mailbox or a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailrescue.judgement.outcome import EARLY, TALKED, TRIED, really, talked_at
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import Author, Evidence, EvidenceKind, Interview, Medium, Outcome, Status
from mailrescue.model.policy import Policy

#: mail in which they may be sorry for their absence
_SORRY = frozenset({EvidenceKind.ABSENCE_APOLOGY, EvidenceKind.RESCHEDULE_REQUEST})


class State(StrEnum):
    """What a rule says of a draft."""

    OFF = "off"
    DUE = "due"
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of the draft of one kind, the rule that said so and its reason in one sentence."""

    kind: DraftKind
    state: State
    rule: str
    reason: str
    answers: Evidence | None = None     # the mail of theirs that the draft answers


@dataclass(frozen=True, slots=True)
class Case:
    """One interview at one moment: what the rules ask. ``start`` and ``end`` have the announced delays counted in."""

    interview: Interview
    now: datetime
    policy: Policy
    start: datetime
    end: datetime

    @classmethod
    def of(cls, interview: Interview, now: datetime, policy: Policy, zone: str) -> Case:
        """The case of an interview now; ``zone`` is the user's IANA zone."""
        return cls(interview, now, policy, *really(interview.slot, interview.evidence, zone))

    def at(self, moment: datetime) -> Case:
        """The same case at another moment, if no other mail came."""
        return Case(self.interview, moment, self.policy, self.start, self.end)

    @property
    def outcome(self) -> Outcome:
        """What became of the slot, as far as is known."""
        return self.interview.outcome

    @property
    def no_show_due(self) -> datetime:
        """The moment at which a no-show draft becomes due."""
        return self.start + self.policy.no_show_after

    @property
    def available_until(self) -> datetime:
        """The time until which the user is available, by the clock."""
        return self.no_show_due + self.policy.no_show_available

    @property
    def talked_at(self) -> datetime | None:
        """When mail or a call log showed that they talked, or the user said so."""
        word = self.interview.word
        return word.at if word and word.outcome is Outcome.HAPPENED else talked_at(self.interview.slot.start, self.interview.evidence)

    @property
    def open_request(self) -> Evidence | None:
        """Their latest wish for another time, until a new invite comes or a talk shows that it was settled."""
        return self._latest({EvidenceKind.RESCHEDULE_REQUEST}, self._still_open)

    @property
    def to_answer(self) -> Evidence | None:
        """Their latest wish for another time, or apology for having missed the call."""
        return self._latest({EvidenceKind.RESCHEDULE_REQUEST, EvidenceKind.ABSENCE_APOLOGY}, self._still_open)

    @property
    def tried(self) -> Evidence | None:
        """The latest evidence that they tried and the user did not answer, unless they apologised for their own absence since."""
        tried = self._latest(TRIED, lambda e: e.at >= self.interview.slot.start - EARLY)
        sorry = self._latest(_SORRY, lambda e: e.kind is EvidenceKind.ABSENCE_APOLOGY or e.statement.apology)
        return tried if tried and (sorry is None or sorry.at < tried.at) else None

    @property
    def missed(self) -> bool:
        """Whether they called and the user did not answer: the user's word, or else mail, tells. To have called back in vain undoes nothing of it."""
        word = self.interview.word
        by_mail = self.outcome is Outcome.NO_SHOW and not (word and word.outcome is Outcome.NO_SHOW)
        return self.outcome is Outcome.MISSED or (by_mail and self.tried is not None)

    @property
    def missed_at(self) -> datetime:
        """When it was known that the user missed the call: when the latest mail that shows it arrived, else by the user's word; the start where neither tells.

        A phone's call log arrives hours after the call; what the user wrote in between, unless it is their excuse, they wrote without knowing of it.
        """
        excuse = next((e for e in reversed(self.interview.evidence) if e.kind is EvidenceKind.USER_MISSED), None)
        shown = excuse if excuse and not (self.tried and self.tried.at > excuse.at) else self.tried
        if shown:
            return shown.message.internal_date
        return self.interview.word.at if self.interview.word else self.start

    def user_wrote_since(self, moment: datetime) -> bool:
        """Whether the user wrote to them after that moment."""
        return any(e.author is Author.USER and e.at >= moment for e in self._mail())

    def they_wrote_since(self, moment: datetime) -> bool:
        """Whether a human of theirs wrote after that moment; a mail that only announces a delay moves the clock and is no other contact."""
        return any(e.author is Author.THEIRS and e.at >= moment and e.kind is not EvidenceKind.RUNNING_LATE for e in self._mail())

    @property
    def user_thanked(self) -> bool:
        """Whether the user's own thanks are among their mail since the start."""
        return any(e.author is Author.USER and e.kind is EvidenceKind.TALKED and e.at >= self.interview.slot.start for e in self._mail())

    def _mail(self) -> Iterator[Evidence]:
        return (e for e in self.interview.evidence if e.author is not Author.SERVICE)

    def _still_open(self, request: Evidence) -> bool:
        talked = self.talked_at
        return request.at > self.interview.slot.revised_at and (talked is None or talked <= request.at)

    def _latest(self, kinds: set[EvidenceKind] | frozenset[EvidenceKind], holds: Callable[[Evidence], bool]) -> Evidence | None:
        return next((e for e in reversed(self.interview.evidence) if e.kind in kinds and e.author is not Author.USER and holds(e)), None)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: its name, when it matches, what it says, and the sentence that explains it."""

    name: str
    when: Callable[[Case], bool]
    then: State
    because: str


def _called_off(case: Case) -> bool:
    return case.interview.slot.status is not Status.SCHEDULED


_WEEK_OVER = Rule("a week is over", lambda c: c.now >= c.start + c.policy.withdraw_after, State.OFF, "the slot was more than {withdraw_after_days} days ago")
_OFF = Rule("called off", _called_off, State.OFF, "the interview is {status}")
_MOVE_WANTED = Rule("open request", lambda c: c.open_request is not None, State.OFF, "they asked for another time and no new invite has come")


TABLE: dict[DraftKind, tuple[Rule, ...]] = {
    DraftKind.CONFIRMATION: (
        _WEEK_OVER,
        _OFF,
        Rule("begun", lambda c: c.now >= c.start, State.OFF, "the slot has begun"),
        _MOVE_WANTED,
        Rule(
            "user wrote", lambda c: c.user_wrote_since(max(c.start - c.policy.confirm_contact, c.interview.slot.set_at)), State.OFF,
            "you wrote to them in the hours before the slot",
        ),
        Rule("too late to write", lambda c: c.now >= c.start - c.policy.confirm_latest, State.STANDS, "the slot begins within {confirm_latest_minutes} minutes"),
        Rule("time to confirm", lambda c: c.now >= c.start - c.policy.confirm_from, State.DUE, "the slot begins within {confirm_from_minutes} minutes"),
    ),
    DraftKind.NO_SHOW: (
        _WEEK_OVER,
        _OFF,
        Rule("too early", lambda c: c.now < c.no_show_due, State.OFF, "not {no_show_after_minutes} minutes have passed since the start"),
        Rule("talked", lambda c: c.outcome is Outcome.HAPPENED, State.OFF, "you talked"),
        Rule("they tried", lambda c: c.missed, State.OFF, "they tried to reach you"),
        _MOVE_WANTED,
        Rule("they wrote", lambda c: c.they_wrote_since(c.start), State.OFF, "somebody on their side has written since the start"),
        Rule("user wrote", lambda c: c.user_wrote_since(c.start), State.OFF, "you have written to them since the start"),
        Rule("too late to write", lambda c: c.now >= c.start + c.policy.no_show_until, State.STANDS, "more than {no_show_until_hours} hours have passed"),
        Rule("nobody came", lambda _: True, State.DUE, "{no_show_after_minutes} minutes have passed since the start and there is no sign of them"),
    ),
    DraftKind.MISSED_CALL: (
        _WEEK_OVER,
        _OFF,
        Rule("talked", lambda c: c.outcome is Outcome.HAPPENED, State.OFF, "you talked since"),
        Rule("not missed", lambda c: not c.missed, State.OFF, "nothing shows that they {tried} in vain"),
        Rule("user wrote", lambda c: c.user_wrote_since(c.missed_at), State.OFF, "you have written to them since"),
        Rule("too late to write", lambda c: c.now >= c.start + c.policy.missed_call_until, State.STANDS, "more than {missed_call_until_hours} hours have passed"),
        Rule("missed", lambda _: True, State.DUE, "they {tried} and you {absent}"),
    ),
    DraftKind.RESCHEDULE: (
        _WEEK_OVER,
        _OFF,
        Rule("nothing asked", lambda c: c.to_answer is None, State.OFF, "they ask for no other time, or a new invite has come"),
        Rule("user answered", lambda c: c.user_wrote_since(_asked_at(c)), State.OFF, "you have answered"),
        Rule("too late to write", lambda c: c.now >= _asked_at(c) + c.policy.reschedule_until, State.STANDS, "their mail is more than {reschedule_until_days} days old"),
        Rule("asked", lambda _: True, State.DUE, "they ask for another time, or are sorry for having missed the {talk}"),
    ),
    DraftKind.THANK_YOU: (
        _WEEK_OVER,
        Rule("called off", lambda c: _called_off(c) and c.outcome is not Outcome.HAPPENED, State.OFF, "the interview is {status}"),
        Rule("no talk", lambda c: c.outcome in (Outcome.NO_SHOW, Outcome.MISSED), State.OFF, "you did not talk"),
        _MOVE_WANTED,
        Rule("thanked", lambda c: c.user_thanked, State.OFF, "you have thanked them"),
        Rule("not over", lambda c: c.now < c.end and c.talked_at is None, State.OFF, "the slot is not over"),
        Rule("too late to write", lambda c: c.now >= c.end + c.policy.thank_you_until, State.STANDS, "more than {thank_you_until_days} days have passed"),
        Rule("talked", lambda c: c.outcome is Outcome.HAPPENED, State.DUE, "you talked"),
        Rule("perhaps talked", lambda _: True, State.DUE, "the slot is over and nothing shows that you did not talk"),
    ),
}


def verdicts(case: Case) -> list[Verdict]:
    """What is to become of the draft of each kind now."""
    return [_verdict(kind, case) for kind in TABLE]


def next_due(case: Case) -> tuple[DraftKind, datetime] | None:
    """Which draft becomes due next, and when, if no other mail comes; None where none will."""
    due_now = {v.kind for v in verdicts(case) if v.state is not State.OFF}
    for moment in turning_points(case):
        for verdict in verdicts(case.at(moment)):
            if verdict.state is State.DUE and verdict.kind not in due_now:
                return verdict.kind, moment
    return None


def turning_points(case: Case) -> list[datetime]:
    """The moments after now at which a verdict, or the wording of a draft, can change though no mail comes."""
    policy, start, end = case.policy, case.start, case.end
    asked = case.to_answer
    moments = [
        start - policy.confirm_from, start - policy.confirm_latest, start, case.no_show_due, case.available_until, end,
        start + policy.no_show_until, start + policy.missed_call_until, end + policy.thank_you_until, start + policy.withdraw_after,
        *([asked.at + policy.reschedule_until] if asked else []),
    ]
    return sorted(moment for moment in set(moments) if moment > case.now)


def _verdict(kind: DraftKind, case: Case) -> Verdict:
    rule = next((r for r in TABLE[kind] if r.when(case)), None)
    if rule is None:
        return Verdict(kind, State.OFF, "not yet", "its time has not come")
    return Verdict(kind, rule.then, rule.name, _explained(rule, case), _answered(kind, case))


def _explained(rule: Rule, case: Case) -> str:
    numbers = {name: getattr(case.policy, name) for name in case.policy.__slots__}
    return rule.because.format(status=case.interview.slot.status, **_WORDS[case.interview.finding.medium], **numbers)


#: what the sentences call a talk by that medium
_WORDS: Mapping[Medium, Mapping[str, str]] = {
    Medium.PHONE: {"talk": "call", "tried": "called", "absent": "did not answer"},
    Medium.VIDEO: {"talk": "meeting", "tried": "waited", "absent": "were not there"},
}


def _answered(kind: DraftKind, case: Case) -> Evidence | None:
    """The human mail that a draft of this kind answers, whichever its thread."""
    if kind is DraftKind.RESCHEDULE:
        return case.to_answer
    if kind is DraftKind.MISSED_CALL:
        tried = case.tried
        return tried if tried and tried.author is Author.THEIRS else None
    if kind is DraftKind.THANK_YOU:
        talk = [e for e in case.interview.evidence if e.kind in TALKED and e.author is Author.THEIRS]
        return talk[-1] if talk else None
    return None


def _asked_at(case: Case) -> datetime:
    asked = case.to_answer
    return asked.at if asked else case.now

