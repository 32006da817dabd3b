"""``brief``: what to do now for one interview, minute by minute, in the user's language (SPEC R4, R5, R9, R11, R12).

A table tells the phase; each phase has its sentences in ``templates/LANGUAGE/brief.toml``. What is to be said to the interviewer is in
the interview's language and on their clock. Reads the journal alone: no server is asked, nothing is written, and ``now`` is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mailrescue.drafting.phrases import Phrases, language_of
from mailrescue.drafting.salutation import polite_name
from mailrescue.judgement import people
from mailrescue.judgement.due import Case
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import Author, Direction, EvidenceKind, Me, Outcome, Status
from mailrescue.model.mail import Message
from mailrescue.model.plan import Entry, Fate
from mailrescue.model.words import Address, PhoneMention
from mailrescue.reading import phones

#: so long before the start one sits down
_SETTLE = timedelta(minutes=15)
_READY = timedelta(minutes=10)
#: an interview is the one at hand from so long before it until so long after it
_BEFORE, _AFTER = timedelta(hours=2), timedelta(hours=1)
#: a call that the user missed stays the most urgent thing so long
_CALL_BACK = timedelta(hours=24)
_MOST_NUMBERS = 5
#: passages of a message, and of its invites, that the sentences of [where] tell apart
_WRITTEN = {"subject": "body", "body": "body", "signature": "signature", "link": "link"}
_FAX = ("fax", "télécopie", "telecopie")


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number of theirs: in E.164, as the user reads it, whether it is valid, and where it stood (empty for the interview's own)."""

    e164: str
    readable: str
    valid: bool
    where: str = ""
    at: datetime | None = None
    mailbox: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the time table; ``current`` is the one that holds now."""

    at: datetime
    text: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """All that is told of one interview. Sentences are complete; ``scripts`` are (name, words to say), the names those of [labels]."""

    case: Case
    language: str
    phase: str
    headline: str
    now: tuple[str, ...]
    number: Number | None
    about_number: str
    others: tuple[Number, ...]
    checklist: tuple[str, ...]
    moments: tuple[Moment, ...]
    scripts: tuple[tuple[str, str], ...]
    drafts: tuple[Entry, ...]


def at_hand(cases: Sequence[Case]) -> Case | None:
    """The interview that matters now: one whose call is due, else a call to return, else the one around now, the next, the latest; None where there is none."""
    standing = [case for case in cases if case.interview.slot.status is Status.SCHEDULED]
    missed = [c for c in standing if c.outcome is Outcome.MISSED and c.now < c.start + _CALL_BACK and not c.user_wrote_since(c.missed_at)]
    around = [c for c in standing if c.start - _BEFORE <= c.now < c.end + _AFTER]
    if urgent := [c for c in around if c.start - _SETTLE <= c.now < c.available_until and c.outcome is Outcome.UNKNOWN] or missed or around:
        return min(urgent, key=lambda c: abs(c.start - c.now))
    coming = [c for c in standing if c.now < c.start]
    return min(coming, key=lambda c: c.start) if coming else max(standing or cases, key=lambda c: c.start, default=None)


def brief(case: Case, messages: Sequence[Message], entries: Iterable[Entry], me: Me, folders: Sequence[Path]) -> Brief:
    """What is told of that interview at ``case.now``.

    ``messages`` is the account's mail as the journal keeps it, ``entries`` its drafts, ``folders`` where sentences lie, the user's own first.
    """
    drafts = tuple(e for e in entries if e.interview == case.interview.id and e.fate is Fate.LIVE)
    language = language_of(folders, me.languages)
    view = _View(case, me, drafts, Phrases(folders, language, me.timezone, medium=case.interview.finding.medium), _listening(case, me, folders))
    phase = view.phase
    return Brief(
        case=case,
        language=language,
        phase=phase.name,
        headline=view.headline(),
        now=(*view.moved(), *(view.say(f"now.{name}") for name in phase.says)),
        number=view.number,
        about_number=view.about_number(),
        others=tuple(_others(view, messages)),
        checklist=view.words.each(f"checklist.{view.manner}") if view.waits and case.now < case.start else (),
        moments=tuple(view.moments()) if view.waits and not case.user_wrote_since(case.start) else (),
        scripts=tuple(view.scripts()),
        drafts=drafts,
    )


def _listening(case: Case, me: Me, folders: Sequence[Path]) -> Phrases:
    """The sentences for the interviewer: their language if the user writes it, their clock where it is known and differs."""
    found = case.interview.finding
    theirs = found.language if found.language in me.languages else None
    away = bool(found.zone) and case.start.astimezone(ZoneInfo(found.zone or "UTC")).utcoffset() != case.start.astimezone(ZoneInfo(me.timezone)).utcoffset()
    return Phrases(folders, language_of(folders, (theirs, *me.languages)), found.zone if away and found.zone else me.timezone, elsewhere=away, medium=found.medium)


# ---- the phases ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phase:
    """One line of the table: when it holds, and the sentences of [now] that it says."""

    name: str
    when: Callable[[_View], bool]
    says: tuple[str, ...]


class _View:
    """What the table may ask of one interview now, and the words for it."""

    def __init__(self, case: Case, me: Me, drafts: tuple[Entry, ...], words: Phrases, spoken: Phrases) -> None:
        self.case, self.me, self.drafts, self.words, self._spoken = case, me, drafts, words, spoken
        self.found = case.interview.finding
        self.home = phones.region_of(me.phone) or phones.of_zone(me.timezone)
        tried = case.tried.statement.number if case.tried else None
        number = self.found.phone or tried
        self.number = _number(number, self.home) if number else None
        wait = case.policy.no_show_after
        self.look_at, self.again_at = (case.start + timedelta(minutes=wait.total_seconds() // 60 * part // 3) for part in (1, 2))

    @property
    def phase(self) -> _Phase:
        """The first of the table that holds."""
        return next(phase for phase in _PHASES if phase.when(self))

    @property
    def manner(self) -> str:
        """Which list fits: of one who dials, or of one who is called or joins."""
        return "you_call" if self.found.direction is Direction.YOU_CALL else "they_call"

    @property
    def waits(self) -> bool:
        """Whether the slot stands and the call is still expected."""
        case = self.case
        settled = case.open_request is not None or case.outcome in (Outcome.HAPPENED, Outcome.MISSED)
        return case.interview.slot.status is Status.SCHEDULED and not settled and case.now < max(case.available_until, case.end)

    def waiting(self, kind: DraftKind) -> bool:
        """Whether a draft of that kind lies in Drafts, as far as the last scan knew."""
        return any(draft.kind is kind for draft in self.drafts)

    def say(self, name: str, **more: object) -> str:
        """A sentence to the user."""
        return self.words.say(name, **(self._values() | {"waiting": self.waiting(_KIND_OF.get(name, DraftKind.NO_SHOW))} | more))

    def _values(self) -> dict[str, object]:
        case, found = self.case, self.found
        code = self.words.say("number.code", access_code=found.access_code) if found.access_code else ""
        return {
            "id": case.interview.id, "me": self.me, "start": case.start, "end": case.end, "planned": case.interview.slot.start,
            "until": case.available_until, "again": self.again_at, "number": _unbroken(self.number.readable) if self.number else "",
            "link": found.link or "", "code": f" ({code})" if code else "", "access_code": found.access_code or "", "my_number": _unbroken(phones.readable(self.me.phone or "", self.home)),
        }  # fmt: skip

    def headline(self) -> str:
        """Who calls whom, and when."""
        who = self.found.interviewer
        name = (polite_name(who.name) or who.name) if who else ""
        direction = self.found.direction
        nobody = self.words.say("headline.nobody" if direction is Direction.THEY_CALL else "headline.nobody_called")
        company = self.found.company or ""
        shown = f"{name} ({company})" if name and company else name or company or nobody
        return self.say(f"headline.{direction}", who=shown)

    def moved(self) -> list[str]:
        """That they announced a delay, where they did and the call is still to come."""
        return [self.say("headline.moved")] if self.waits and self.case.start > self.case.interview.slot.start else []

    def about_number(self) -> str:
        """Whether the number is valid; what to do where there is none."""
        if self.number is None:
            return self.say(f"number.none_{self.manner}")
        verdict = self.say("number.valid" if self.number.valid else "number.doubtful")
        if self.found.phone is None and self.case.tried:
            return f"{verdict}; {self.words.say('where.notice', at=self.case.tried.at)}"
        return f"{verdict}; {self.say('number.code')}" if self.found.access_code else verdict

    def moments(self) -> Iterator[Moment]:
        """The time table, the line that holds now marked."""
        case, number = self.case, self.number is not None
        table = [(case.start - _READY, f"ready_{self.manner}"), (case.no_show_due, "write"), (case.end, "thank"), (case.available_until, "stop")]
        if self.found.direction is Direction.YOU_CALL:
            table += [(case.start, "dial"), (self.again_at, "again")] if number else [(case.start, "look")]
        else:
            first = "unknown" if self.found.direction is Direction.UNKNOWN else "ring"
            table += [(case.start, first), (self.look_at, "look"), *([(self.again_at, "try_them")] if number else [])]
        table.sort(key=lambda line: line[0])
        current = max((at for at, _ in table if at <= case.now), default=None)
        return (Moment(at, self.say(f"minutes.{name}"), at == current) for at, name in table)

    def scripts(self) -> Iterator[tuple[str, str]]:
        """What to say aloud."""
        case, found = self.case, self.found
        who = found.interviewer
        away = phones.region_of(found.phone) or phones.of_zone(found.zone)
        values: dict[str, object] = {
            "me": self.me, "name": polite_name(who.name) if who else "", "role": found.role or "", "formal": found.formal, "start": case.interview.slot.start,
            "until": case.available_until, "my_number": _unbroken(phones.readable(self.me.phone or "", away)),
            "this_week": case.now.astimezone(ZoneInfo(self.me.timezone)).weekday() < 5,
        }  # fmt: skip
        if self.phase.name == "call_back":
            names = ["call_back"]
        elif self.waits and case.now < case.available_until and not case.user_wrote_since(case.start):
            names = {Direction.THEY_CALL: ["voicemail"], Direction.BOTH_JOIN: ["late"]}.get(found.direction, ["voicemail", "late"])
        else:
            names = []
        return ((name, self._spoken.say(f"say.{name}", **values)) for name in names)


#: which draft a sentence speaks of
_KIND_OF = {
    "now.talked": DraftKind.THANK_YOU, "now.asked": DraftKind.RESCHEDULE, "now.sorry": DraftKind.RESCHEDULE,
    "now.call_back_mail": DraftKind.MISSED_CALL, "now.if_no_answer": DraftKind.MISSED_CALL,
}  # fmt: skip


def _unanswered(view: _View) -> bool:
    asked = view.case.to_answer
    return asked is not None and not view.case.user_wrote_since(asked.at)


def _asks(view: _View) -> bool:
    return _unanswered(view) and view.case.open_request is not None


def _missed(view: _View) -> bool:
    return view.case.outcome is Outcome.MISSED


def _until(moment: Callable[[_View], datetime]) -> Callable[[_View], bool]:
    return lambda view: view.case.now < moment(view)


def _they_call(view: _View) -> bool:
    return view.found.direction is not Direction.YOU_CALL


def _you_call(view: _View) -> bool:
    return not _they_call(view) and view.number is not None


#: the first that holds
_PHASES: tuple[_Phase, ...] = (
    _Phase("called_off", lambda v: v.case.interview.slot.status is Status.CANCELLED, ("called_off",)),
    _Phase("declined", lambda v: v.case.interview.slot.status is Status.DECLINED, ("declined",)),
    _Phase("thanked", lambda v: v.case.outcome is Outcome.HAPPENED and v.case.user_thanked, ("thanked",)),
    _Phase("talked", lambda v: v.case.outcome is Outcome.HAPPENED, ("talked",)),
    _Phase("asked", _asks, ("asked",)),
    _Phase("sorry", _unanswered, ("sorry",)),
    _Phase("answered", lambda v: v.case.open_request is not None, ("answered",)),
    _Phase("answered", lambda v: _missed(v) and v.case.user_wrote_since(v.case.missed_at), ("answered",)),
    _Phase("call_back", lambda v: _missed(v) and v.number is not None, ("call_back", "if_no_answer")),
    _Phase("call_back_mail", _missed, ("call_back_mail",)),
    _Phase("ahead", lambda v: v.case.now < v.case.start - _SETTLE and not v.waiting(DraftKind.CONFIRMATION), ("ahead",)),
    _Phase("confirm", _until(lambda v: v.case.start - _SETTLE), ("confirm", "ahead")),
    _Phase("settle", lambda v: v.case.now < v.case.start and _they_call(v), ("settle_they_call",)),
    _Phase("settle", _until(lambda v: v.case.start), ("settle_you_call",)),
    _Phase("they_wrote", lambda v: v.case.they_wrote_since(v.case.start), ("they_wrote",)),
    _Phase("written", lambda v: v.case.user_wrote_since(v.case.start) and v.case.now < v.case.available_until, ("written",)),
    _Phase("written", lambda v: v.case.user_wrote_since(v.case.start), ("written_over",)),
    _Phase("dial", lambda v: _you_call(v) and v.case.now < v.again_at, ("dial",)),
    _Phase("again", lambda v: _you_call(v) and v.case.now < v.case.no_show_due, ("again",)),
    _Phase("no_number", lambda v: not _they_call(v) and v.case.now < v.case.no_show_due, ("no_number",)),
    _Phase("ring", _until(lambda v: v.look_at), ("ring",)),
    _Phase("look", lambda v: v.case.now < (v.again_at if v.number else v.case.no_show_due), ("look",)),
    _Phase("try_them", _until(lambda v: v.case.no_show_due), ("try_them",)),
    _Phase("write", lambda v: v.case.now < v.case.available_until and v.case.now < v.case.end, ("write",)),
    _Phase("write", _until(lambda v: v.case.available_until), ("write", "nobody_knows")),
    _Phase("nobody_knows", lambda v: v.case.outcome is Outcome.UNKNOWN and v.waiting(DraftKind.THANK_YOU), ("nobody_knows",)),
    _Phase("write_late", lambda v: v.waiting(DraftKind.NO_SHOW) or v.case.now < v.case.start + v.case.policy.no_show_until, ("write_late",)),
    _Phase("passed", lambda _: True, ("passed",)),
)


# ---- numbers -------------------------------------------------------------------------------------------------------


def _number(e164: str, home: str | None) -> Number:
    read = phones.find(e164, (), about_calls=True)
    return Number(e164, phones.readable(e164, home), bool(read) and read[0].valid)


def _unbroken(number: str) -> str:
    """The number with spaces at which no line is broken, so that it is read at a glance."""
    return number.replace(" ", "\u00a0")


def _others(view: _View, messages: Sequence[Message]) -> Iterator[Number]:
    """Other numbers that the same people gave (R4), newest mail first, each once: with where it stood."""
    seen = [n for n in (view.number.e164 if view.number else None, view.me.phone) if n]
    for message in sorted(_theirs(view, messages), key=lambda m: m.internal_date, reverse=True):
        for source, mention in _mentions(message):
            if mention is None or len(seen) > _MOST_NUMBERS + 1 or any(phones.same(mention, known) for known in seen):
                continue
            seen.append(mention)
            where = view.words.say(f"where.{source}", subject=message.subject[:60], at=message.internal_date)
            plain = _number(mention, view.home)
            yield Number(plain.e164, plain.readable, plain.valid, where, message.internal_date, message.ref.mailbox, message.message_id)


def _theirs(view: _View, messages: Sequence[Message]) -> Iterator[Message]:
    """The mail of the interviewer and their colleagues, the interview's own, and the notices of their calls."""
    interview = view.case.interview
    own = {m.message_id for slot in interview.slots for m in slot.messages}
    own |= {e.message.message_id for e in (*interview.earlier, *interview.evidence) if e.author is not Author.USER and e.kind is not EvidenceKind.UNANSWERED}
    them = view.found.interviewer
    return (m for m in messages if m.message_id in own or (them and m.from_ and _colleagues(them, m.from_) and not view.me.is_me(m.from_.email)))


def _colleagues(one: Address, other: Address) -> bool:
    return bool(one.email and other.email) and people.same_organisation(one, other)


def _mentions(message: Message) -> Iterator[tuple[str, str | None]]:
    """Each number in a message, by the sentence of [where] that fits; what the user quoted, or a fax, is left out."""
    if message.notice is not None:
        yield "notice", message.notice.number
        return
    for passage in message.passages:
        for mention in passage.numbers if passage.source in _WRITTEN else ():
            if not _is_fax(passage.text, mention):
                yield _WRITTEN[passage.source], mention.e164
    for invite in message.invites:
        for passage in invite.passages:
            for mention in passage.numbers:
                if not _is_fax(passage.text, mention):
                    yield "invite", mention.e164


def _is_fax(text: str, mention: PhoneMention) -> bool:
    before = text[max(0, mention.start - 14):mention.start].rpartition("\n")[2].lower()
    return any(word in before for word in _FAX)
