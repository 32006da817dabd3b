"""``demo``: a week of the sample mailbox in a few seconds, moment by moment; the scan is the real one, on a Maildir in a temporary folder."""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from mailrescue import carry_out, rescue
from mailrescue.commands import show
from mailrescue.commands.columns import wrapped
from mailrescue.drafting import compose
from mailrescue.model.draft import Action, DraftKind
from mailrescue.model.plan import Report
from mailrescue.wiring import Workshop

_FOLDERS = ("Drafts", "Sent", "Trash", "Archive", "Call log")
_ARROW, _BAR = f"{'':18}→ ", f"{'':18}│ "
#: the draft that is printed whole
_SHOWN = DraftKind.NO_SHOW


def play(columns: int) -> Iterator[str]:
    """The lines that the demo tells, as they happen, of at most so many cells. Writes nowhere but into a temporary folder, which it removes."""
    week = tomllib.loads((_samples() / "week" / "week.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="mailrescue-demo-") as temporary:
        stage = _Stage(Path(temporary), columns)
        rule = "─" * min(columns, 78)
        yield from (rule, *wrapped(f"{week['title']}: what appears in Drafts, and when. Nothing is sent, nothing else is touched.", columns, " "), rule)
        for step in week["step"]:
            yield from stage.take(step)
        yield from ("", rule, *wrapped("That was the real scan, on a copy. Point it at your own mailbox: see README.md, or mailrescue setup.", columns, " "), rule)


def _samples() -> Path:
    """The samples beside the package in a wheel, at the top of the checkout otherwise."""
    package = Path(__file__).resolve().parent.parent
    return next(p for p in (package / "samples", package.parent / "samples") if p.is_dir())


class _Stage:
    """The sample mailbox, and the hands on it: the postman's, the user's, and mailrescue's."""

    def __init__(self, base: Path, columns: int) -> None:
        self._columns = columns
        for name in ("config.toml", "calendar.ics"):
            shutil.copy(_samples() / name, base / name)
        (base / "config.toml").chmod(0o600)
        self._box = base / "Maildir"
        for folder in ("", *(f".{name}" for name in _FOLDERS)):
            for part in ("new", "cur", "tmp"):
                (self._box / folder / part).mkdir(parents=True)
        self._workshop = Workshop(base / "config.toml", base / "state", {})
        self._count = 0
        self._shown = False

    def take(self, step: dict[str, Any]) -> Iterator[str]:
        """One step of the week: mail arrives, the user sends a draft, or a scan runs."""
        at: datetime = step["at"]
        if "deliver" in step:
            self._deliver((_samples() / "week" / step["deliver"]).read_bytes(), step.get("folder", ""), at)
        elif "send" in step:
            yield from self._send(step, at)
        else:
            yield from self._scan(step, at)

    def _deliver(self, octets: bytes, folder: str, at: datetime) -> None:
        self._count += 1
        part = "cur" if folder else "new"
        path = self._box / (f".{folder}" if folder else "") / part / f"{int(at.timestamp())}.M{self._count}.demo{':2,S' if folder else ''}"
        path.write_bytes(octets)
        os.utime(path, (at.timestamp(), at.timestamp()))

    def _send(self, step: dict[str, Any], at: datetime) -> Iterator[str]:
        for path in sorted((self._box / ".Drafts" / "cur").iterdir()):
            octets = path.read_bytes()
            recipients = octets.partition(b"\n\n")[0] if b"\r\n" not in octets else octets.partition(b"\r\n\r\n")[0]
            if self._kinds.get(path.name) == step["send"] and step.get("to", "").encode() in recipients:
                self._deliver(octets, "Sent", at)
                path.unlink()
                yield f"{_clock(at)}  ✉ she reads the {step['send']} draft and presses Send"
                return

    def _scan(self, step: dict[str, Any], at: datetime) -> Iterator[str]:
        (account,) = self._workshop.accounts()
        journal = self._workshop.journal()
        desk = self._workshop.desk(account, journal)
        try:
            report = rescue.scan(desk, at)
            self._kinds = self._by_name(report)
        finally:
            desk.store.close()
            journal.close()
        if step.get("say"):
            yield ""
            yield from wrapped(step["say"], self._columns, f"{_clock(at)}  ")
        for line in show.report_text(report, dry_run=False, all_of_it=False):
            yield from wrapped(line, self._columns, _ARROW)
        yield from self._whole_draft(report)

    def _by_name(self, report: Report) -> dict[str, str]:
        kinds = {s.message_id: s.wanted.kind.value for s in report.steps if s.action is not Action.WITHDRAWN}
        files = (self._box / ".Drafts" / "cur").iterdir()
        return {path.name: kinds.get(carry_out.own_id(path.read_bytes()), "") for path in files}

    def _whole_draft(self, report: Report) -> Iterator[str]:
        step = next((s for s in report.steps if s.action is Action.CREATED and s.wanted.kind is _SHOWN), None)
        if step is None or self._shown:
            return
        self._shown = True
        lines = (f"To: {', '.join(step.wanted.to)}", f"Subject: {step.wanted.subject}", "", *compose.text_of(step.wanted.octets).strip().splitlines())
        yield ""
        yield from (piece.rstrip() for line in lines for piece in wrapped(show.safe(line), self._columns, _BAR, _BAR + ("  " if line.startswith("- ") else "")))


def _clock(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b} {at:%H:%M}".ljust(16)
