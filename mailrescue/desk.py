"""What one scan of one account works with: whose mailbox, which store, what is remembered, which words. Made by wiring, used by the run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mailrescue.drafting.render import Templates
from mailrescue.journal import Journal
from mailrescue.model.interview import Me
from mailrescue.model.lexicon import Lexicon
from mailrescue.model.policy import Policy
from mailrescue.stores.base import MailStore


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
