"""Values to words: what the commands print, as JSON (SPEC section 6) and as text. Nothing that a message contains gets out unescaped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from mailrescue.judgement.due import Case, verdicts
from mailrescue.model.draft import Action
from mailrescue.model.interview import Direction, Evidence, EvidenceKind, Finding, Medium, Rejection, Statement
from mailrescue.model.plan import Report, Step, Tracked

if TYPE_CHECKING:
    from mailrescue.commands.explain import Explained

_VERBS = {Action.CREATED: "drafted", Action.REFRESHED: "refreshed", Action.WITHDRAWN: "withdrew", Action.KEPT: "kept"}
#: who calls whom, in words
CALLS = {Direction.THEY_CALL: "they call you", Direction.YOU_CALL: "you call them", Direction.UNKNOWN: "nobody says who calls", Direction.BOTH_JOIN: "you meet by video"}
#: what is told in evidence; other mail of theirs or the user's is context only
_TOLD = frozenset(EvidenceKind) - {EvidenceKind.OTHER}


def safe(text: str) -> str:
    """The text without anything that could steer a terminal or break a line: controls, format characters, bidirectional overrides, spaces of any kind become spaces."""
    return "".join(c if c.isprintable() else " " for c in text)


# ---- JSON ----------------------------------------------------------------------------------------------------------


def report_json(now: datetime, reports: list[Report], zone: str) -> dict[str, Any]:
    """The object that ``scan --json`` prints."""
    return {"now": _iso(now, zone), "accounts": [_account_json(report, zone) for report in reports]}


def _account_json(report: Report, zone: str) -> dict[str, Any]:
    return {
        "name": report.account,
        "error": report.error,
        "interviews": [tracked_json(tracked, zone) for tracked in report.interviews],
        "drafts": [_step_json(step) for step in report.steps],
        "notes": list(report.notes),
    }


def tracked_json(tracked: Tracked, zone: str) -> dict[str, Any]:
    """One interview with its outcome, evidence and what comes next."""
    interview = tracked.interview
    return finding_json(interview.finding, zone) | {
        "id": interview.id,
        "start": _iso(interview.slot.start, zone),
        "end": _iso(interview.slot.end, zone),
        "status": interview.slot.status.value,
        "attempt": interview.attempt,
        "outcome": interview.outcome.value,
        "evidence": [_evidence_json(item, zone) for item in interview.evidence if item.kind in _TOLD],
        "next": {"kind": tracked.next[0].value, "at": _iso(tracked.next[1], zone)} if tracked.next else None,
    }


def finding_json(found: Finding, zone: str) -> dict[str, Any]:
    """What one invite says, as ``explain`` prints it too; of a video interview with ``medium`` and ``link``."""
    interviewer = found.interviewer
    video: dict[str, Any] = {"medium": found.medium.value, "link": found.link} if found.medium is Medium.VIDEO else {}
    return video | {
        "id": None,
        "uid": found.uid,
        "recurrence_id": found.recurrence_id,
        "summary": found.summary,
        "start": _iso(found.start, zone),
        "end": _iso(found.end, zone),
        "direction": found.direction.value,
        "phone": found.phone,
        "access_code": found.access_code,
        "interviewer": {"name": interviewer.name or None, "email": interviewer.email or None} if interviewer else None,
        "company": found.company,
        "language": found.language,
        "status": found.status.value,
        "attempt": 1,
        "reasons": list(found.reasons),
    }


def statement_json(said: Statement) -> dict[str, Any] | None:
    """The ``evidence`` of ``explain``; None for what says nothing."""
    if said.kind in (EvidenceKind.OTHER, EvidenceKind.UNANSWERED, EvidenceKind.USER_NO_SHOW, EvidenceKind.USER_MISSED):
        return None
    told: dict[str, Any] = {"kind": said.kind.value, "text": said.text}
    if said.kind is EvidenceKind.RUNNING_LATE:
        told |= {key: value for key, value in (("minutes", said.minutes), ("at", said.at_clock)) if value is not None}
    if said.kind is EvidenceKind.CALL:
        told |= {"direction": said.direction, "seconds": said.seconds}
    if said.kind in (EvidenceKind.CALL, EvidenceKind.MISSED_CALL, EvidenceKind.VOICEMAIL):
        told["number"] = said.number
    return told


def rejection_json(rejected: Rejection) -> dict[str, Any]:
    """An event that is no phone interview, and why."""
    return {"summary": rejected.summary, "reasons": list(rejected.reasons)}


def _evidence_json(item: Evidence, zone: str) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "at": _iso(item.at, zone),
        "message_id": item.message.message_id,
        "mailbox": item.message.ref.mailbox,
        "text": item.statement.text,
    }


def _step_json(step: Step) -> dict[str, Any]:
    want = step.wanted
    return {
        "kind": want.kind.value,
        "interview": want.interview,
        "action": step.action.value,
        "message_id": step.message_id,
        "to": list(want.to),
        "subject": want.subject,
        "reason": want.reason,
    }


def _iso(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).isoformat()


# ---- text ----------------------------------------------------------------------------------------------------------


def report_text(report: Report, *, dry_run: bool, all_of_it: bool) -> list[str]:
    """What a scan tells of one account, a line each; ``all_of_it`` tells what was kept, too."""
    lines = [_step_text(step, dry_run) for step in report.steps if all_of_it or step.action is not Action.KEPT]
    lines += [f"note       {note}" for note in report.notes]
    if all_of_it:
        lines += [f"set aside  {item.what}: {item.why}" for item in report.set_aside]
    return [safe(line) for line in lines]


def _step_text(step: Step, dry_run: bool) -> str:
    verb = _VERBS[step.action]
    want = step.wanted
    to = f" to {', '.join(want.to)}" if want.to and step.writes else ""
    would = "would have " if dry_run and step.action is not Action.KEPT else ""
    return f"{would + verb:<10} the {want.kind} draft for {want.interview}{to}: {want.reason}"


def when(moment: datetime, now: datetime, zone: str) -> str:
    """A moment in words that a glance takes in: "today 14:00", "Tue 24 Nov 14:00"."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    day = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((local.date() - today).days, f"{local:%a} {local.day} {local:%b}")
    return f"{day} {local:%H:%M}"


def finding_text(found: Finding, zone: str) -> list[str]:
    """A verdict of ``explain``: the fields, then the words that decided."""
    who = found.interviewer
    fields = [
        ("when", f"{found.start.astimezone(ZoneInfo(zone)):%a %d %b %Y %H:%M} to {found.end.astimezone(ZoneInfo(zone)):%H:%M} ({zone})"),
        ("who", f"{who.name} <{who.email}>" if who else found.why_no_address or "unknown"),
        ("company", found.company or "unknown"),
        ("direction", CALLS[found.direction]),
        reached_at(found, found.phone),
        ("language", found.language or "unknown"),
        ("status", found.status),
    ]
    lines = [f"{found.medium.upper()} INTERVIEW  {found.summary}", *(f"    {name:<10} {value}" for name, value in fields)]
    return [safe(line) for line in (*lines, *(f"    because    {reason}" for reason in found.reasons))]


def reached_at(found: Finding, number: str | None) -> tuple[str, str]:
    """What is dialled or joined, and its name; ``number`` is theirs as it is to be shown."""
    if found.medium is Medium.VIDEO:
        return "link", found.link or "none given"
    return "number", f"{number or 'none given'}{f', access code {found.access_code}' if found.access_code else ''}"


def rejection_text(rejected: Rejection) -> list[str]:
    """A verdict of ``explain`` that says no."""
    return [safe(line) for line in (f"not a phone interview  {rejected.summary}", *(f"    because    {reason}" for reason in rejected.reasons))]


def tracked_text(tracked: Tracked, case: Case, zone: str) -> list[str]:
    """A tracked interview as ``explain`` shows it: the finding, the evidence, and the verdict on each draft."""
    interview = tracked.interview
    lines = [*finding_text(interview.finding, zone), f"    outcome    {interview.outcome}, attempt {interview.attempt}"]
    lines += [safe(f"    evidence   {when(e.at, case.now, zone)}: {e.kind}: {e.statement.text}") for e in interview.evidence if e.kind in _TOLD]
    return lines + [safe(f"    {v.kind:<13} {v.state}: {v.reason}") for v in verdicts(case)]


def explained_json(explained: Explained, zone: str) -> dict[str, Any]:
    """One line of ``explain --json``."""
    return {
        "path": str(explained.path),
        "error": explained.error,
        "interviews": [finding_json(found, zone) for found in explained.findings],
        "rejected": [rejection_json(rejected) for rejected in explained.rejected],
        "evidence": statement_json(explained.statement) if explained.statement else None,
        "suggestion": {"sentence": explained.suggestion.sentence} | finding_json(explained.suggestion.finding, zone) if explained.suggestion else None,
        "set_aside": [{"what": item.what, "why": item.why} for item in explained.set_aside],
    }


def explained_text(explained: Explained, zone: str) -> list[str]:
    """What ``explain`` says of one message file."""
    lines = [f"{explained.path}"]
    if explained.error:
        lines.append(f"  could not be understood: {explained.error}")
    lines += [f"  {line}" for found in explained.findings for line in finding_text(found, zone)]
    lines += [f"  {line}" for rejected in explained.rejected for line in rejection_text(rejected)]
    if explained.suggestion:
        lines += [f"  agreed in plain words: “{explained.suggestion.sentence}”", *(f"  {line}" for line in finding_text(explained.suggestion.finding, zone))]
    said = explained.statement
    if said and said.kind is not EvidenceKind.OTHER:
        lines.append(f"  says: {said.kind}: {said.text}")
    lines += [f"  set aside: {item.what}: {item.why}" for item in explained.set_aside if not explained.error]
    return [safe(line) for line in lines] if len(lines) > 1 else [safe(f"{explained.path}: nothing about a phone interview")]
