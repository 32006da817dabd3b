"""``watch``: the scan whenever something happens, for those who do not want cron.

Around a slot each account's bell is listened to (``stores.arrivals``), and the scan runs within a second of an arrival, at each moment at
which a draft becomes due, and every five minutes. Between slots no connection stands: the scan runs every fifteen minutes. It is the very
scan of ``mailrescue scan``, under the same lock. The clock is the caller's; waiting counts in monotonic seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailrescue.commands import lock, tracked
from mailrescue.commands import scan as scanning
from mailrescue.commands.scan import Ended
from mailrescue.errors import MailrescueError, PassingFault
from mailrescue.judgement.due import Case, turning_points
from mailrescue.model.account import Account
from mailrescue.model.draft import Action
from mailrescue.model.interview import Status
from mailrescue.model.plan import Report
from mailrescue.wiring import Workshop

#: the bell is listened to from so long before a slot (its confirmation is due then) until so long after it
BEFORE, AFTER = timedelta(hours=2, minutes=15), timedelta(hours=1, minutes=30)
#: how often the mail is looked at though nothing rang: around a slot (Sent and call logs ring no bell), and between slots
NEAR, FAR = timedelta(minutes=5), timedelta(minutes=15)
#: IDLE is renewed so often; routers forget a connection that says nothing for longer
_RENEW_SECONDS = 9 * 60
#: one look at the clock: a machine that slept is noticed within this
_TICK_SECONDS = 20.0
#: several mails that arrive at once are one scan
_SETTLE_SECONDS = 0.5
#: after a fault, longer each time
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0
#: another scan holds the lock
_BUSY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Round:
    """One scan that was made: when, what came of it, whether bells are listened to, and when the next one is due at the latest."""

    at: datetime
    ended: tuple[Ended, ...]
    listening: tuple[str, ...]
    next: datetime


def watch(workshop: Workshop, accounts: Sequence[Account], clock: Callable[[], datetime]) -> Iterator[Round]:
    """Scan, and scan again whenever it is time; one ``Round`` a scan. Ends when the caller stops asking.

    Raises CannotCreate or CannotWrite where the state cannot be kept, ConfigurationError before the first round.
    """
    with _ears(workshop, accounts) as (ears, heard):
        while True:
            now = clock()
            heard.clear()
            ended = _scan(workshop, accounts, now)
            near, later = _plan(workshop, accounts, now) if ended is not None else (None, now + _BUSY)
            for ear in ears if near is not None else ():
                ear.listen(ear.account.name in (near or ()))
            if ended is not None:
                yield Round(now, tuple(ended), tuple(sorted(near or ())), later)
            while clock() < later and not heard.wait(min(_TICK_SECONDS, max(0.05, (later - clock()).total_seconds()))):
                pass
            if heard.is_set():
                threading.Event().wait(_SETTLE_SECONDS)


def _scan(workshop: Workshop, accounts: Sequence[Account], now: datetime) -> list[Ended] | None:
    """None where another run holds the lock."""
    with lock.held(workshop.state) as alone:
        if not alone:
            return None
        ended = scanning.scan(workshop, tuple(accounts), now, dry_run=False)
        lock.stamp(workshop.state, now)
        return ended


def _plan(workshop: Workshop, accounts: Sequence[Account], now: datetime) -> tuple[frozenset[str], datetime]:
    """The accounts with a slot near, and when to scan next."""
    journal = workshop.journal(dry_run=True)
    near, moments = set(), [now + FAR]
    try:
        for account in accounts:
            for case in tracked.cases(workshop.desk(account, journal), now):
                moments += [moment for moment in (*turning_points(case), case.start - BEFORE) if moment > now]
                if _is_near(case):
                    near.add(account.name)
    finally:
        journal.close()
    return frozenset(near), min([*moments, *([now + NEAR] if near else [])])


def _is_near(case: Case) -> bool:
    return case.interview.slot.status is Status.SCHEDULED and case.start - BEFORE <= case.now < case.end + AFTER


# ---- bells ---------------------------------------------------------------------------------------------------------


@contextmanager
def _ears(workshop: Workshop, accounts: Sequence[Account]) -> Iterator[tuple[list[_Ear], threading.Event]]:
    heard = threading.Event()
    ears = [_Ear(workshop, account, heard) for account in accounts]
    try:
        for ear in ears:
            ear.start()
        yield ears, heard
    finally:
        for ear in ears:
            ear.stop()


class _Ear(threading.Thread):
    """Listens to one account's bell while it is told to. A daemon: the program need not wait for what a server does not say."""

    def __init__(self, workshop: Workshop, account: Account, heard: threading.Event) -> None:
        super().__init__(name=f"listening to {account.name}", daemon=True)
        self.account = account
        self._bell = workshop.arrivals(account)
        self._heard = heard
        self._awake, self._stopped = threading.Event(), threading.Event()

    def listen(self, awake: bool) -> None:
        """Begin or go on to listen; or fall asleep, once what is waited for now has ended."""
        self._awake.set() if awake else self._awake.clear()

    def stop(self) -> None:
        """End it."""
        self._stopped.set()
        self._awake.set()

    def run(self) -> None:
        """Wait for the bell, over and over; connect again, ever more patiently, when the connection breaks."""
        pause = _FIRST_PAUSE
        while not self._stopped.is_set():
            if not self._awake.is_set():
                self._bell.close()
                self._awake.wait()
                continue
            try:
                if self._bell.wait(_RENEW_SECONDS):
                    self._heard.set()
                pause = _FIRST_PAUSE
            except MailrescueError as error:        # the scan meets the same fault, and tells it
                self._bell.close()
                self._stopped.wait(pause if isinstance(error, PassingFault) else _LONGEST_PAUSE)
                pause = min(pause * 2, _LONGEST_PAUSE)
        self._bell.close()


# ---- a desktop notice ----------------------------------------------------------------------------------------------


def notices(report: Report) -> list[str]:
    """What is worth a notice: each new draft, in one sentence."""
    names = {t.interview.id: t.interview.finding.company or (t.interview.finding.interviewer.name if t.interview.finding.interviewer else "") for t in report.interviews}
    new = [step.wanted for step in report.steps if step.action is Action.CREATED]
    return [f"A {want.kind} draft for {names.get(want.interview) or want.interview} is waiting in Drafts" for want in new]


def notify(text: str, platform: str) -> None:
    """Show a desktop notice where the system has a way to: notify-send, or osascript on macOS. Never raises; what is shown is no markup."""
    import shutil
    import subprocess
    from html import escape

    command = {"darwin": ["osascript", "-e", "on run argv", "-e", 'display notification (item 1 of argv) with title "mailrescue"', "-e", "end run", text]}.get(
        platform, ["notify-send", "--app-name=mailrescue", "--", "mailrescue", escape(text, quote=False)]
    )
    if shutil.which(command[0]):
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=5, check=False)
        except (OSError, subprocess.SubprocessError):
            return
