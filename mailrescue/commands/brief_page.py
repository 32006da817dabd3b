"""A brief as the terminal shows it, and as JSON. Nothing that a message contains gets out unescaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from mailrescue.commands.brief import Brief, Number
from mailrescue.commands.columns import wrapped
from mailrescue.commands.show import finding_json, safe
from mailrescue.drafting.phrases import Phrases, language_of
from mailrescue.model.interview import Me

_INDENT = "  "
#: what is shorter is told in units of so many seconds, called so
_UNITS: tuple[tuple[timedelta, int, Literal["minute", "hour", "day"]], ...] = (
    (timedelta(minutes=100), 60, "minute"), (timedelta(hours=36), 3600, "hour"), (timedelta.max, 86400, "day"),
)  # fmt: skip


def nothing(me: Me, folders: Sequence[Path]) -> str:
    """The line that says that no interview is in sight."""
    language = language_of(folders, me.languages)
    return Phrases(folders, language, me.timezone).say("headline.none")


def text(brief: Brief, me: Me, folders: Sequence[Path], columns: int) -> Iterator[tuple[str, bool]]:
    """The lines of at most so many cells, each with whether it is a heading."""
    words = Phrases(folders, brief.language, me.timezone, medium=brief.case.interview.finding.medium)
    away = distance(brief.case.start - brief.case.now, brief.language)
    yield from ((line, True) for line in wrapped(safe(f"{brief.headline} ({away})" if away else brief.headline), columns))
    for title, lines in _sections(brief, words, ZoneInfo(me.timezone), columns):
        yield "", False
        yield safe(title), True
        yield from ((safe(line), False) for line in lines)


def _sections(brief: Brief, words: Phrases, zone: ZoneInfo, columns: int) -> Iterator[tuple[str, list[str]]]:
    yield words.say("labels.now"), [line for sentence in brief.now for line in wrapped(sentence, columns, _INDENT)]
    yield words.say("labels.number"), _number_lines(brief, columns)
    if brief.others:
        yield words.say("labels.others"), [line for number in brief.others for line in _other_lines(number, words, columns)]
    scripts = [(words.say(f"labels.{name}"), wrapped(script, min(columns, 76), "  │ ", "  │ ")) for name, script in brief.scripts]
    begun = brief.case.now >= brief.case.start      # before that, one gets ready first
    yield from scripts if begun else ()
    if brief.checklist:
        yield words.say("labels.checklist"), [line for item in brief.checklist for line in wrapped(item, columns, "  [ ] ")]
    if brief.moments:
        here = words.say("labels.here")
        yield words.say("labels.minutes"), [
            line for m in brief.moments for line in wrapped(m.text + (f"  ← {here}" if m.current else ""), columns, f"{'>' if m.current else ' '} {m.at.astimezone(zone):%H:%M}  ")
        ]
    yield from () if begun else scripts
    if brief.drafts:
        yield words.say("labels.drafts"), [line for draft in brief.drafts for line in wrapped(words.say(f"drafts.{draft.kind}"), columns, "  - ")]


def _number_lines(brief: Brief, columns: int) -> list[str]:
    if brief.number is None:
        return wrapped(brief.about_number, columns, _INDENT)
    return wrapped(brief.about_number, columns, f"{_INDENT}{brief.number.readable}  ")


def _other_lines(number: Number, words: Phrases, columns: int) -> list[str]:
    doubt = "" if number.valid else f"; {words.say('number.doubtful')}"
    return wrapped(number.where + doubt, columns, f"{_INDENT}{number.readable}  ")


def distance(delta: timedelta, language: str) -> str:
    """How far off, in words of that language: "in 25 minutes", "vor 2 Stunden"; empty where it is now."""
    from babel.dates import format_timedelta

    size = abs(delta)
    if size < timedelta(seconds=30):
        return ""
    seconds, unit = next((seconds, unit) for below, seconds, unit in _UNITS if size < below)
    rounded = timedelta(seconds=round(delta.total_seconds() / seconds) * seconds)
    # the threshold keeps 90 minutes from becoming two hours
    return str(format_timedelta(rounded, granularity=unit, threshold=1000, add_direction=True, locale=language))


def as_json(brief: Brief | None, now: datetime, zone: str) -> dict[str, Any]:
    """The object that ``brief --json`` prints; ``interview`` is null where there is none."""
    if brief is None:
        return {"now": _iso(now, zone), "interview": None}
    interview, number = brief.case.interview, brief.number
    return {
        "now": _iso(now, zone),
        "interview": finding_json(interview.finding, zone)
        | {
            "id": interview.id,
            "start": _iso(brief.case.start, zone),
            "end": _iso(brief.case.end, zone),
            "status": interview.slot.status.value,
            "attempt": interview.attempt,
            "outcome": interview.outcome.value,
        },
        "language": brief.language,
        "phase": brief.phase,
        "headline": brief.headline,
        "do": list(brief.now),
        "number": _number_json(number, zone) if number else None,
        "other_numbers": [_number_json(other, zone) for other in brief.others],
        "checklist": list(brief.checklist),
        "minutes": [{"at": _iso(m.at, zone), "text": m.text, "current": m.current} for m in brief.moments],
        "scripts": dict(brief.scripts),
        "drafts": [{"kind": draft.kind.value, "message_id": draft.message_id, "to": draft.to} for draft in brief.drafts],
    }


def _number_json(number: Number, zone: str) -> dict[str, Any]:
    told: dict[str, Any] = {"e164": number.e164, "readable": number.readable, "valid": number.valid}
    if number.at:
        told |= {"where": number.where, "at": _iso(number.at, zone), "mailbox": number.mailbox, "message_id": number.message_id}
    return told


def _iso(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).isoformat()
