"""After a scan that had nothing to do: what the next one may compare (``unchanged``), so that most of them end after a glance (``glance``).

Kept only when surely the same scan again would do nothing: every account ended well, no draft was written or withdrawn, none is on its
way, nothing was told, all mail that there is was read, and nobody else wrote the journal meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mailrescue import unchanged
from mailrescue.journal import Journal
from mailrescue.model.account import Account, Auth, ImapAccount, MaildirAccount
from mailrescue.model.draft import Action
from mailrescue.model.plan import Fate, Report
from mailrescue.stores.base import MailStore
from mailrescue.wiring import Workshop


class Memory:
    """One run's record in the making. Made before anything is read."""

    def __init__(self, workshop: Workshop, journal: Journal, accounts: tuple[Account, ...], now: datetime) -> None:
        calendars = sorted({calendar for account in accounts for calendar in account.calendars})
        self._watch = unchanged.Watch(str(workshop.state), str(workshop.config.path), calendars, workshop.environ)
        self._workshop, self._journal, self._accounts, self._now = workshop, journal, accounts, now
        self._version = journal.version()
        self._records: list[dict[str, Any]] = []

    def note(self, account: Account, store: MailStore, report: Report) -> None:
        """What there is to compare for that account, unless its scan had something to do."""
        marks = store.marks()
        if report.until is None or not marks or not self._at_rest(report) or not self._proves(account, marks, report):
            return
        seconds = min(report.until.timestamp(), self._now.timestamp() + unchanged.LONGEST)
        record = {"name": account.name, "from": self._now.timestamp(), "until": seconds, "marks": dict(marks), "mailboxes": asdict(store.mailboxes())}
        way_in = _way_in(account, store, store.mailboxes().drafts)
        if way_in.get("drafts", "") in ("", *marks):
            self._records.append(record | way_in)

    def keep(self) -> None:
        """Write the record if every account has its own."""
        complete = len(self._records) == len(self._accounts) and self._watch.still and self._journal.version() == self._version
        stamp = unchanged.stamp(str(self._workshop.state)) if complete else ""
        if complete and self._journal.version() == self._version:
            self._watch.keep(stamp, self._records, len(self._accounts) == len(self._workshop.config.accounts))
        else:
            self._watch.drop()

    def _at_rest(self, report: Report) -> bool:
        moving = {Fate.INTENT, Fate.WITHDRAWING}
        on_its_way = any(entry.fate in moving for entry in self._journal.entries(report.account))
        return not on_its_way and not report.notes and not report.uncertain and all(step.action is Action.KEPT for step in report.steps)

    def _proves(self, account: Account, marks: Mapping[str, str], report: Report) -> bool:
        """Whether equal marks prove that nothing happened. Without MODSEQ a flag on a draft of ours would go unseen; such a scan always looks."""
        if isinstance(account, MaildirAccount):
            return unchanged.settled(marks, self._watch.began)
        touched_would_show = any(mark.count(":") == 3 for mark in marks.values())
        return isinstance(account, ImapAccount) and account.oauth2 is None and (touched_would_show or not report.steps)


def _way_in(account: Account, store: MailStore, drafts: str) -> dict[str, Any]:
    if not isinstance(account, ImapAccount):
        return {"kind": "maildir"}
    from mailrescue.stores import mutf7

    return {
        "kind": "imap", "host": account.host, "port": account.port, "security": account.security.value, "ca_file": account.ca_file, "user": account.user,
        "token": account.auth is Auth.OAUTH2, "command": list(account.password_command or account.token_command),
        "drafts": mutf7.encode(drafts).decode("ascii"), "names_us": bool(getattr(store, "wants_a_name", False)),
    }  # fmt: skip
