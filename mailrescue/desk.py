"""What one scan of one account works with: whose mailbox, which store, what is remembered, which words. Made by wiring, used by the run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mailrescue.drafting.render import Templates
from mailrescue.journal import Journal
from mailrescue.model.interview import Me
from mailrescue.model.lexicon import Lexicon
from mailrescue.model.policy import Policy
from mailrescue.stores.base import MailStore


class Progress(Protocol):
    """Who is told how far the reading of new mail has come."""

    def __call__(self, mailbox: str, done: int, total: int | None) -> None:
        """So many messages of that mailbox are done, of so many; None while they are still being counted."""


def silent(mailbox: str, done: int, total: int | None) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All of it. ``calendars`` are the user's own, folders of .ics files or single ones."""

    account: str
    store: MailStore
    journal: Journal
    me: Me
    policy: Policy
    lexicon: Lexicon
    templates: Templates
    calendars: tuple[Path, ...] = ()
    progress: Progress = silent
    judged_by: str = ""         # a digest of all that a verdict rests on besides the message; empty: judge anew each time
