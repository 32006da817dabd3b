"""``status``: interviews to come and past, drafts that wait, what is due next and when, and how the accounts are.

One row an interview, drawn by rich on a terminal and as aligned lines everywhere else. Every colour has its word beside it. Reads the
journal alone; what it says of Drafts is what the last scan saw there.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mailrescue.commands import lock, tracked
from mailrescue.commands.columns import cells, padded
from mailrescue.commands.show import CALLS, report_json, safe, when
from mailrescue.journal import Journal
from mailrescue.model.interview import Interview, Outcome, Status
from mailrescue.model.plan import Entry, Fate, Report, Suggested, Tracked
from mailrescue.wiring import Workshop

_OUTCOMES = {Outcome.UNKNOWN: "not known", Outcome.HAPPENED: "you talked", Outcome.NO_SHOW: "they were absent", Outcome.MISSED: "you missed it"}
_COLOURS = {"scheduled": "green", "now": "bold yellow", "not known": "yellow", "they were absent": "yellow", "you missed it": "red"}
#: cron runs every few minutes: after so long without a scan it has probably stopped
_STOPPED = timedelta(hours=1)
_HEADINGS = ("WHEN", "AWAY", "INTERVIEW", "WHO", "COMPANY", "CALL", "STATE", "IN DRAFTS", "NEXT")


@dataclass(frozen=True, slots=True)
class Row:
    """One interview in words, safe to show. ``next`` names the draft that becomes due and when; ``past`` tells that the slot is over."""

    when: str
    away: str
    id: str
    who: str
    company: str
    direction: str
    state: str
    drafts: str
    next: str
    past: bool


@dataclass(frozen=True, slots=True)
class Health:
    """How one account is: when it was last scanned, since when it has been in trouble; ``told`` is the sentence that says so."""

    account: str
    last_scan: datetime | None
    trouble_since: datetime | None
    told: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All that ``status`` shows. The rows: what lies ahead, the nearest first; then what is past, the latest first."""

    reports: tuple[Report, ...]
    waiting: tuple[tuple[str, tuple[Entry, ...]], ...]
    rows: tuple[Row, ...]
    health: tuple[Health, ...]
    suggested: tuple[str, ...] = ()


def overview(workshop: Workshop, journal: Journal, now: datetime) -> Overview:
    """The state of all accounts at ``now``, from the journal."""
    zone, reports = workshop.config.me.timezone, tracked.reports(workshop, journal, now)
    waiting = tuple((r.account, tuple(e for e in journal.entries(r.account) if e.fate is Fate.LIVE)) for r in reports)
    everything = [(item, entries) for report, (_, entries) in zip(reports, waiting, strict=True) for item in report.interviews]
    ahead = sorted((pair for pair in everything if now < pair[0].end), key=lambda pair: pair[0].start)
    past = sorted((pair for pair in everything if now >= pair[0].end), key=lambda pair: pair[0].start, reverse=True)
    rows = tuple(_row(item, entries, now, zone) for item, entries in (*ahead, *past))
    suggested = tuple(line for r in reports for s in r.suggestions for line in _suggested(s, now, zone))
    return Overview(tuple(reports), waiting, rows, tuple(_health(workshop, journal, r.account, now) for r in reports), suggested)


def _suggested(found: Suggested, now: datetime, zone: str) -> tuple[str, str]:
    return (
        safe(f"perhaps a {found.medium} interview {when(found.start, now, zone)} with {found.who}: “{found.sentence}”"),
        safe(f"  mailrescue track {found.id}   follows it; nothing is drafted for it until then"),
    )


def _row(item: Tracked, entries: Sequence[Entry], now: datetime, zone: str) -> Row:
    interview, who = item.interview, item.interview.finding.interviewer
    drafts = [entry.kind.value for entry in entries if entry.interview == interview.id]
    coming = f"{item.next[0]} draft {when(item.next[1], now, zone)}, {away(item.next[1], now)}" if item.next else ""
    return Row(
        when=when(item.start, now, zone),
        away=away(item.start, now),
        id=safe(interview.id),
        who=safe((who.name or who.email) if who else ""),
        company=safe(interview.finding.company or ""),
        direction=CALLS[interview.finding.direction],
        state=_state(interview, item, now),
        drafts=" and ".join(drafts),
        next=coming,
        past=now >= item.end,
    )


def _state(interview: Interview, item: Tracked, now: datetime) -> str:
    if interview.slot.status is not Status.SCHEDULED:
        return str(interview.slot.status)
    if now < item.start:
        state = "scheduled"
    elif now < item.end and interview.outcome is Outcome.UNKNOWN:
        state = "now"
    else:
        state = _OUTCOMES[interview.outcome]
    return state if interview.attempt == 1 else f"{state}, attempt {interview.attempt}"


def away(moment: datetime, now: datetime) -> str:
    """How far off: "in 2 h 15 min", "3 days ago", "now"."""
    minutes = round(abs((moment - now).total_seconds()) / 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        size = f"{minutes} min"
    elif minutes < 60 * 10:
        size = f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    elif minutes < 60 * 36:
        size = f"{round(minutes / 60)} h"
    else:
        size = f"{round(minutes / 1440)} days"
    return f"in {size}" if moment > now else f"{size} ago"


# ---- health --------------------------------------------------------------------------------------------------------


def _health(workshop: Workshop, journal: Journal, account: str, now: datetime) -> Health:
    zone, last = workshop.config.me.timezone, lock.last_scan(workshop.state)
    since = journal.note(account, "trouble since")
    trouble = datetime.fromisoformat(since) if since else None
    refused = (journal.note(account, "logins refused") or "0").partition(" ")[0]
    if last is None:
        told = "never scanned; run: mailrescue scan"
    elif refused != "0":
        told = f"login refused {refused} times; renew the password or token, then run: mailrescue doctor"
    elif trouble:
        told = f"not reached since {when(trouble, now, zone)} ({away(trouble, now)}); what you see may be old. See: mailrescue doctor"
    elif now - last > _STOPPED:
        told = f"last scan {away(last, now)}; it should run every few minutes. See: mailrescue doctor"
    else:
        told = f"all is well, last scan {away(last, now)}"
    return Health(account, last, trouble, safe(f"{account}: {told}"))


# ---- shown ---------------------------------------------------------------------------------------------------------


def as_json(seen: Overview, now: datetime, zone: str) -> dict[str, Any]:
    """What ``status --json`` prints: as ``scan --json``, and for each account its ``waiting`` drafts and its ``health``."""
    told = report_json(now, list(seen.reports), zone)
    for account, report, (_, entries), health in zip(told["accounts"], seen.reports, seen.waiting, seen.health, strict=True):
        account["suggestions"] = [{"id": s.id, "start": s.start.isoformat(), "who": s.who, "sentence": s.sentence} for s in report.suggestions]
        account["waiting"] = [{"kind": e.kind.value, "interview": e.interview, "to": e.to, "message_id": e.message_id} for e in entries]
        account["health"] = {
            "last_scan": health.last_scan.isoformat() if health.last_scan else None,
            "trouble_since": health.trouble_since.isoformat() if health.trouble_since else None,
            "told": health.told,
        }
    return told


def plain(seen: Overview) -> list[str]:
    """Aligned lines, one an interview, for pipes, logs and screen readers."""
    if not seen.rows:
        return ["no phone interviews in view", *seen.suggested, *(h.told for h in seen.health)]
    table = [_HEADINGS, *((r.when, r.away, r.id, r.who, r.company, r.direction, r.state, r.drafts or "-", r.next or "-") for r in seen.rows)]
    widths = [max(cells(row[column]) for row in table) for column in range(len(_HEADINGS))]
    lines = ["  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return [*lines, "", *seen.suggested, *(h.told for h in seen.health)]


def drawn(seen: Overview, columns: int, *, colour: bool) -> str:
    """The table for a terminal of so many columns."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=io.StringIO(), width=columns, force_terminal=colour, no_color=not colour, highlight=False, emoji=False, markup=False)
    if not seen.rows:
        console.print("No phone interviews in view.")
    for title, past in (("To come", False), ("Past", True)):
        if rows := [row for row in seen.rows if row.past is past]:
            console.print(_table(title, rows))
    for line in seen.suggested:
        console.print(Text(line, style="cyan"))
    for health in seen.health:
        console.print(Text(health.told, style="dim" if "all is well" in health.told else "bold yellow"))
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().rstrip("\n").split("\n"))


def _table(title: str, rows: Sequence[Row]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1), expand=True, header_style="dim")
    table.add_column("When", width=16)
    table.add_column("Interview", ratio=1, overflow="fold")
    table.add_column("State", width=30)
    for number, row in enumerate(rows):
        if number:
            table.add_row()
        people = "\n".join(part for part in (row.who, row.company) if part)
        state = Text(row.state, style=_COLOURS.get(row.state.partition(",")[0], ""))
        if row.drafts:
            state.append(f"\nin Drafts: {row.drafts}", style="cyan")
        if row.next:
            state.append(f"\nnext: {row.next.replace(' draft ', chr(10) + '  ', 1)}", style="default")
        interview = Text(f"{people}\n" if people else "").append(f"{row.direction}\n").append(row.id, style="dim")
        table.add_row(Text(f"{row.when}\n{row.away}"), interview, state)
    return table
