"""``report``: a page to look at, one HTML file that needs nothing else: each interview with its mails, evidence, drafts and verdicts.

No script, nothing loaded from anywhere (its Content-Security-Policy says so); every word of a mail is escaped by the template engine
and freed of control characters before. Reads the journal alone.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mailrescue.commands import lock, status, tracked
from mailrescue.commands.show import CALLS, reached_at, safe, when
from mailrescue.errors import CannotCreate
from mailrescue.judgement.due import Case, State, next_due, verdicts
from mailrescue.model.interview import Author, Evidence, EvidenceKind, Medium, Outcome, Status
from mailrescue.model.mail import Message
from mailrescue.model.plan import Entry, Fate
from mailrescue.reading import phones
from mailrescue.wiring import Workshop

_PAGE = "report.html.j2"
_LONGEST_QUOTE = 240

_SAYS = {
    EvidenceKind.TALKED: "says that you talked", EvidenceKind.CALL: "a call that was answered", EvidenceKind.MISSED_CALL: "a call that you missed",
    EvidenceKind.VOICEMAIL: "a voicemail", EvidenceKind.TRIED_TO_REACH: "says that they tried to reach you", EvidenceKind.RUNNING_LATE: "says that they run late",
    EvidenceKind.RESCHEDULE_REQUEST: "asks for another time", EvidenceKind.ABSENCE_APOLOGY: "is sorry for not having been there",
    EvidenceKind.CANCELLATION: "calls it off", EvidenceKind.AUTO_REPLY: "an automatic reply", EvidenceKind.UNANSWERED: "you called, nobody answered",
    EvidenceKind.USER_NO_SHOW: "you wrote that you were there", EvidenceKind.USER_MISSED: "you wrote that you missed it", EvidenceKind.OTHER: "a mail",
}  # fmt: skip
_FATES = {
    Fate.INTENT: "being written", Fate.LIVE: "waits in Drafts", Fate.WITHDRAWING: "being withdrawn", Fate.WITHDRAWN: "withdrawn",
    Fate.GONE: "sent, edited or deleted by you", Fate.FAILED: "could not be stored",
}  # fmt: skip
_STATES = {State.DUE: "due", State.STANDS: "stands", State.OFF: "not due"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on a time line. ``sort`` is one of mail, evidence, mine, draft, slot, now, next: it has a word, a colour and a shape."""

    at: datetime
    sort: str
    word: str
    title: str
    source: str = ""
    quote: str = ""
    text: str = ""                  # the words of a draft that waits


@dataclass(frozen=True, slots=True)
class Chapter:
    """One interview on the page."""

    id: str
    title: str
    who: str
    when: str
    away: str
    state: str
    tone: str
    language: str
    facts: tuple[tuple[str, str], ...]
    events: tuple[Event, ...]
    verdicts: tuple[tuple[str, str, str], ...]      # draft, state, reason
    reasons: tuple[str, ...]
    medium: str
    past: bool


def chapters(workshop: Workshop, now: datetime) -> list[Chapter]:
    """Every interview in view of every account: what lies ahead first, then what is past, the latest first."""
    journal = workshop.journal(dry_run=True)
    found: list[tuple[Case, Chapter]] = []
    for account in workshop.accounts():
        desk = workshop.desk(account, journal)
        entries = journal.entries(account.name)
        words = tracked.words(desk, lock.last_scan(workshop.state) or now)
        cases = (case for case in tracked.cases(desk, now) if case.end > now - desk.policy.keep_in_view)
        found += [(case, _chapter(case, entries, words, desk.me.timezone, phones.region_of(desk.me.phone))) for case in cases]
    ahead = sorted((pair for pair in found if now < pair[0].end), key=lambda pair: pair[0].start)
    past = sorted((pair for pair in found if now >= pair[0].end), key=lambda pair: pair[0].start, reverse=True)
    return [chapter for _, chapter in (*ahead, *past)]


def page(workshop: Workshop, now: datetime) -> str:
    """The whole page."""
    from jinja2 import Environment, StrictUndefined

    zone = workshop.config.me.timezone
    seen = status.overview(workshop, workshop.journal(dry_run=True), now)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"clock": lambda at: _local(at, zone, "%H:%M"), "iso": lambda at: at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes"), "day": lambda at: _day(at, zone)}
    template = environment.from_string((Path(__file__).parent / _PAGE).read_text("utf-8"))
    return template.render(chapters=chapters(workshop, now), media="Phone and video interviews" if Medium.VIDEO in workshop.config.me.modes else "Phone interviews", health=[h.told for h in seen.health], now=now, zone=zone, me=safe(workshop.config.me.name))


def written(workshop: Workshop, now: datetime, place: Path | None) -> Path:
    """Write the page (default: into the state folder), readable by its owner alone; returns where. Raises CannotCreate."""
    text = page(workshop, now)
    path = (place or workshop.state / "report.html").expanduser().absolute()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".report-", suffix=".html")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)
    except OSError as error:
        raise CannotCreate(f"{path} cannot be written: {error.strerror}", "free the disk, or name another file with --output") from error
    return path


def _chapter(case: Case, entries: Sequence[Entry], words: Mapping[str, str], zone: str, home: str | None) -> Chapter:
    interview, found = case.interview, case.interview.finding
    who = found.interviewer
    state, tone = _state(case)
    reached, by = reached_at(found, phones.readable(found.phone, home) if found.phone else None)
    facts = (
        ("With", f"{who.name} <{who.email}>" if who and who.name and who.email else (who.name or who.email) if who else f"nobody is known: {found.why_no_address}"),
        ("Company", found.company or "not known"),
        ("Call" if found.medium is Medium.PHONE else "Meeting", CALLS[found.direction]),
        (reached.capitalize(), by),
        *([("Attempt", str(interview.attempt))] if interview.attempt > 1 else []),
    )
    events = sorted(_events(case, entries, words, zone), key=lambda event: event.at)
    return Chapter(
        id=safe(interview.id),
        title=safe(found.summary),
        who=safe(" · ".join(part for part in ((who.name or who.email) if who else "", found.company or "") if part)),
        when=f"{_day(case.start, zone)}, {_local(case.start, zone, '%H:%M')} to {_local(case.end, zone, '%H:%M')}",
        away=status.away(case.start, case.now),
        state=state,
        tone=tone,
        language=found.language or "",
        facts=tuple((name, safe(value)) for name, value in facts),
        events=tuple(events),
        verdicts=tuple((v.kind.value, _STATES[v.state], safe(v.reason)) for v in verdicts(case)),
        reasons=tuple(safe(reason) for reason in found.reasons),
        medium=found.medium,
        past=case.now >= case.end,
    )


def _state(case: Case) -> tuple[str, str]:
    if case.interview.slot.status is not Status.SCHEDULED:
        return str(case.interview.slot.status), "quiet"
    if case.now < case.start:
        return "scheduled", "good"
    if case.now < case.end and case.outcome is Outcome.UNKNOWN:
        return "now", "good" if case.now < case.no_show_due else "open"
    return {
        Outcome.UNKNOWN: ("outcome not known", "open"), Outcome.HAPPENED: ("you talked", "good"),
        Outcome.NO_SHOW: ("they were absent", "open"), Outcome.MISSED: ("you missed it", "bad"),
    }[case.outcome]  # fmt: skip


# ---- the time line -------------------------------------------------------------------------------------------------


def _events(case: Case, entries: Sequence[Entry], words: Mapping[str, str], zone: str) -> Iterator[Event]:
    interview = case.interview
    told: set[str] = set()
    for slot in interview.slots:
        for message in slot.messages:
            if message.message_id not in told:
                told.add(message.message_id)
                yield Event(message.internal_date, "mail", "Invite", safe(message.subject or slot.finding.summary), _source(message))
        if slot is interview.slot:
            yield Event(case.start, "slot", "Slot", _moved(case, zone), "")
        else:
            yield Event(slot.start, "slot", "Slot", f"the earlier time, {when(slot.start, case.now, zone)}")
    for item in (*interview.earlier, *interview.evidence):
        if item.message.message_id not in told:
            yield _evidence(item)
    for entry in entries:
        if entry.interview == interview.id:
            yield Event(entry.at, "draft", "Draft", f"{entry.kind}: {_FATES[entry.fate]}", safe(f"to {entry.to}" if entry.to else "to nobody yet"), text=_text(entry, words))
    yield Event(case.now, "now", "Now", "this page was made")
    if coming := next_due(case):
        yield Event(coming[1], "next", "Next", f"the {coming[0]} draft becomes due")


def _moved(case: Case, zone: str) -> str:
    planned = case.interview.slot.start
    return "the time that is set" if planned == case.start else f"the time that is set, moved from {_local(planned, zone, '%H:%M')} by their delay"


def _evidence(item: Evidence) -> Event:
    sort = "mine" if item.author is Author.USER else "mail" if item.kind is EvidenceKind.OTHER else "evidence"
    word = {Author.USER: "Your mail", Author.SERVICE: "Call"}.get(item.author, "Mail")
    quote = safe(item.statement.text)[:_LONGEST_QUOTE] if item.kind is not EvidenceKind.OTHER else ""
    title = _SAYS[item.kind] if item.kind is not EvidenceKind.OTHER else safe(item.message.subject or "a mail")
    return Event(item.at, sort, word, title, _source(item.message), quote)


def _source(message: Message) -> str:
    writer = (message.from_.name or message.from_.email) if message.from_ else "unknown sender"
    return safe(f"{writer}, in {message.ref.mailbox}")


def _text(entry: Entry, words: Mapping[str, str]) -> str:
    """What a draft that waits says; its Message-ID tells that these are its words."""
    return "\n".join(safe(line) for line in words.get(entry.message_id, "").strip().splitlines()) if entry.fate is Fate.LIVE else ""


def _local(moment: datetime, zone: str, pattern: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime(pattern)


def _day(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%A} {local.day} {local:%B}"
