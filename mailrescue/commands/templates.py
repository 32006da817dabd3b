"""``templates``: which there are, a copy of one to change, what is wrong with the user's own, and how one reads when it is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

from mailrescue.commands import tracked
from mailrescue.desk import Desk
from mailrescue.drafting import phrases
from mailrescue.drafting.render import Name, Problem
from mailrescue.errors import CannotWrite, UsageError
from mailrescue.judgement.answer import answer
from mailrescue.judgement.due import Case, State, Verdict
from mailrescue.judgement.facts import Calendar, facts
from mailrescue.model.draft import DraftKind, Facts
from mailrescue.model.interview import Direction, Me, Status
from mailrescue.model.scheduling import Busy
from mailrescue.model.words import Address
from mailrescue.wiring import Workshop

#: how far the user's calendars are read for the free times of a preview
_AHEAD = timedelta(days=21)
#: of the sample: a person, a company and numbers that nobody has
_ROBIN = Address("Robin Asher", "robin.asher@example.org")


def listed(workshop: Workshop) -> list[str]:
    """Every template with where it lies, a line each; the user's own are said to be so."""
    names = workshop.templates.names()
    return [f"{n.language}  {n.kind:<13}  {'yours   ' if n.own else 'built in'}  {n.path}" for n in names]


def eject(workshop: Workshop, kind: str | None, language: str | None) -> list[Path]:
    """Copy a template (all kinds where none is named) into the user's folder; returns what was written. Never writes over a file.

    ``kind`` is a draft's, or ``brief`` for the sentences of that command. Raises UsageError, CannotWrite.
    """
    language = language or workshop.config.me.languages[0]
    folder = workshop.config.templates / language
    wanted = _originals(workshop, kind, language)
    there = [name for name, _ in wanted if (folder / name).exists()]
    if there and kind:
        raise UsageError(f"{folder / there[0]} is there already", "change that one, or move it away first")
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in wanted:
            if name not in there:
                (folder / name).write_text(text, "utf-8")
                written.append(folder / name)
    except OSError as error:
        raise CannotWrite(f"{folder} cannot be written: {error.strerror}", "free the disk, or let yourself write there") from error
    return written


def _originals(workshop: Workshop, kind: str | None, language: str) -> list[tuple[str, str]]:
    """Name and text of the built-in files that are asked for. Raises UsageError where there is none in that language."""
    built_in = workshop.templates.folders[-1]
    paths = sorted(p for p in (built_in / language).glob("*") if p.name.partition(".")[0] in ((kind,) if kind else tuple(DraftKind)))
    if not paths:
        known = sorted(p.parent.name for p in built_in.glob("*/no-show.txt.j2"))
        raise UsageError(f"no template is built in for the language {language!r}", f"there are {', '.join(known)}; begin with a copy of one of these")
    return [(path.name, path.read_text("utf-8")) for path in paths]


def check(workshop: Workshop, folder: Path | None) -> list[str]:
    """What is wrong with the user's templates (or those in ``folder``), a line each with file and line; empty where nothing is."""
    me = workshop.config.me
    folder = folder or workshop.config.templates
    problems: list[Problem] = []
    if folder.is_dir():
        problems += workshop.templates.check(folder, lambda language, kind: list(samples(me, language, kind)))
        problems += [Problem(path, None, what) for path, what in _bad_sentences(folder, me)]
    names = {(n.language, n.kind) for n in workshop.templates.names()}
    missing = [f"{language}: no template for {kind}" for language in me.languages for kind in DraftKind if (language, kind) not in names]
    return [*(str(problem) for problem in problems), *missing]


def _bad_sentences(folder: Path, me: Me) -> Iterator[tuple[Path, str]]:
    import tomllib

    for path in sorted(folder.glob("*/brief.toml")):
        try:
            tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            yield path, f"it cannot be read: {error}"
            continue
        for name in phrases.failing(folder, path.parent.name, me.timezone):
            yield path, f"the sentence {name} cannot be read as a template"


# ---- preview -------------------------------------------------------------------------------------------------------


def preview(workshop: Workshop, kind: DraftKind, language: str | None, interview: str | None, now: datetime) -> tuple[Name | None, str]:
    """Which template speaks, and what it says: of a sample, or of a tracked interview as it would be drafted now.

    Raises UsageError for an unknown interview, or a language without a template of that kind.
    """
    me = workshop.config.me
    known = {n.language for n in workshop.templates.names() if n.kind is kind}
    if language and language not in known:
        raise UsageError(f"no template says {kind} in {language!r}", f"there are {', '.join(sorted(known))}")
    told = _of(workshop, kind, interview, now) if interview else sample(me, language or me.languages[0], kind, now)
    if language:
        told = _in(told, language)
    text = workshop.templates.text(told)
    return next((n for n in workshop.templates.names() if (n.language, n.kind) == (told.language, kind)), None), text


def _in(told: Facts, language: str) -> Facts:
    from dataclasses import replace

    return replace(told, language=language)


def _of(workshop: Workshop, kind: DraftKind, interview: str, now: datetime) -> Facts:
    journal = workshop.journal(dry_run=True)
    account, case = tracked.chosen(workshop, journal, now, interview)
    desk = workshop.desk(account, journal)
    answers = case.to_answer if kind is DraftKind.RESCHEDULE else None
    verdict = Verdict(kind, State.DUE, "preview", "to see how it reads", answers)
    return facts(verdict, case, answer(verdict, case.interview, desk.me), desk.me, _calendar(desk, tracked.cases(desk, now), now))


def _calendar(desk: Desk, cases: list[Case], now: datetime) -> Calendar:
    from mailrescue.reading import agenda

    planned = agenda.busy(desk.calendars, now - desk.policy.withdraw_after, now + _AHEAD, desk.me)[0] if desk.calendars else ()
    interviews = [Busy(c.start, c.end) for c in cases if c.interview.slot.status is Status.SCHEDULED]
    return Calendar(bool(desk.calendars), (*planned, *interviews))


def sample(me: Me, language: str, kind: DraftKind, now: datetime, direction: Direction = Direction.THEY_CALL, **more: object) -> Facts:
    """Facts of an interview that is not there, at a round time near ``now``."""
    start = now.replace(minute=0, second=0, microsecond=0) + (timedelta(hours=2) if kind is DraftKind.CONFIRMATION else timedelta(hours=-1))
    days = [start + timedelta(days=1), start + timedelta(days=2)]
    usual: dict[str, object] = {
        "kind": kind, "language": language, "me": me, "to": _ROBIN, "direction": direction, "start": start, "end": start + timedelta(minutes=30),
        "company": "Asher & Co", "phone": "+442079460123" if direction is Direction.YOU_CALL else None, "knows_calendar": True,
        "slots": tuple((day, day + timedelta(minutes=30)) for day in days) if kind in (DraftKind.NO_SHOW, DraftKind.MISSED_CALL, DraftKind.RESCHEDULE) else (),
        "available_until": start + timedelta(minutes=45),
    }  # fmt: skip
    return Facts(**(usual | more))  # type: ignore[arg-type]


def samples(me: Me, language: str, kind: DraftKind) -> Iterator[Facts]:
    """Facts of every shape that a template must bear: who calls, formal or not, first or second time, early or late, with and without free times."""
    now = datetime.fromisoformat("2026-11-24T14:20:00+00:00")
    for direction, formal, again, full in product(Direction, (True, False), (True, False), (True, False)):
        more: dict[str, object] = {"formal": formal, "ask_them_to_call": again, "rescheduled": again, "they_tried": full, "they_apologised": full, "after_the_slot": again}
        if full:
            more |= {"role": "Archivist", "access_code": "1234#", "calls_shown": 2}
        else:
            more |= {"available_until": None, "slots": (), "knows_calendar": False, "company": None, "to": Address("", "")}
        if kind is DraftKind.RESCHEDULE and full and again:
            more |= {"slots": (), "accepted": now + timedelta(days=1)}
        yield sample(me, language, kind, now, direction, **more)
