"""How far a scan has come, on one line of the terminal, for whatever takes more than two seconds. Silent in pipes, logs and under cron."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from mailrescue.commands.columns import cells
from mailrescue.commands.show import safe

#: what is over sooner is not worth a line
_PATIENCE_SECONDS = 2.0
#: a line that changes more often cannot be read, nor spoken
_EVERY_SECONDS = 0.5


class Meter:
    """Tells of each mailbox how many messages are done, at which rate, and how long the rest will take."""

    def __init__(self) -> None:
        self._begun = self._told = time.monotonic()
        self._mailbox, self._counting = "", True
        self._since = self._begun
        self.showing = False

    def __call__(self, mailbox: str, done: int, total: int | None) -> None:
        """See desk.Progress."""
        now = time.monotonic()
        if (mailbox, total is None) != (self._mailbox, self._counting):
            self._mailbox, self._counting, self._since = mailbox, total is None, now
        if now - self._begun >= _PATIENCE_SECONDS and now - self._told >= (_EVERY_SECONDS if self.showing else 0):
            self._told = now
            self._show(line(safe(mailbox), done, total, now - self._since))

    def _show(self, text: str) -> None:
        import shutil

        columns = shutil.get_terminal_size((80, 24)).columns - 1
        while cells(text) > columns:
            text = text[:-1]
        sys.stderr.write(f"\r{text}\033[K")
        sys.stderr.flush()
        self.showing = True

    def clear(self) -> None:
        """Take the line away."""
        if self.showing:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
            self.showing = False


def line(mailbox: str, done: int, total: int | None, seconds: float) -> str:
    """What is shown: mailbox, messages, per cent, rate and time left, as far as each is known."""
    if total is None:
        return f"{mailbox}: looking through {done:,} messages"
    told = f"{mailbox}: {done:,} of {total:,} messages, {100 * done // max(total, 1)} %"
    if seconds < 1 or not done:
        return told
    rate = done / seconds
    return f"{told}, {rate:,.0f} a second, {_left(round((total - done) / rate))} left"


def _left(seconds: int) -> str:
    return f"{seconds} s" if seconds < 90 else f"{round(seconds / 60)} min"


@contextmanager
def shown(*, wanted: bool) -> Iterator[Meter | None]:
    """A meter while something runs, where it is wanted and standard error is a terminal; its line is gone afterwards, however that ends."""
    if not (wanted and sys.stderr.isatty()):
        yield None
        return
    meter = Meter()
    try:
        yield meter
    finally:
        meter.clear()
