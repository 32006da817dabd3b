"""How far the program has come, on one line of the terminal, whenever it is silent for more than two seconds. Nothing in pipes, logs and under cron."""

from __future__ import annotations

import sys
import threading
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
    """Tells, while nobody is asked and nothing is said, how far the reading of a mailbox has come, or else for how long one has waited."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._told: tuple[str, int, int | None, float] | None = None     # mailbox, done, total, since when
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __call__(self, mailbox: str, done: int, total: int | None) -> None:
        """See desk.Progress."""
        before = self._told
        same = before is not None and (before[0], before[2] is None) == (mailbox, total is None)
        self._told = (mailbox, done, total, before[3] if before and same else time.monotonic())

    def begin(self) -> None:
        """Something begins that may take its time."""
        if self._shown:
            self._over = threading.Event()
            self._thread = threading.Thread(target=self._watch, args=(self._over,), daemon=True)
            self._thread.start()

    def end(self) -> None:
        """It is over, or somebody else wants the line; what was shown is taken away."""
        self._over.set()
        if self._thread:
            self._thread.join()
            self._thread = None

    @contextmanager
    def interrupted(self) -> Iterator[None]:
        """Meanwhile something is said or asked; then a new silence begins."""
        self.end()
        yield
        self.begin()

    def _watch(self, over: threading.Event) -> None:
        begun, pause = time.monotonic(), _PATIENCE_SECONDS
        while not over.wait(pause):
            pause = _EVERY_SECONDS
            now, told = time.monotonic(), self._told
            _show(line(safe(told[0]), told[1], told[2], now - told[3]) if told else f"waiting, {now - begun:.0f} s")
        if pause != _PATIENCE_SECONDS:
            _show("")


def _show(text: str) -> None:
    import shutil

    columns = shutil.get_terminal_size((80, 24)).columns - 1
    while cells(text) > columns:
        text = text[:-1]
    sys.stderr.write(f"\r{text}\033[K")
    sys.stderr.flush()


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
def shown(*, wanted: bool) -> Iterator[Meter]:
    """A meter while something runs; it shows where it is wanted and standard error is a terminal. Its line is gone afterwards, however that ends."""
    meter = Meter(shown=wanted and sys.stderr.isatty())
    meter.begin()
    try:
        yield meter
    finally:
        meter.end()
