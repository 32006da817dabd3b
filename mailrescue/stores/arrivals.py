"""Being told when mail arrives: IMAP by IDLE (RFC 2177), a Maildir by the times of its folders. Reads no mail and changes none.

Whoever waits learns that something happened, not what: the scan finds that out. What arrives while nobody waits is not told, so
scan once after each connect. IDLE is watched in INBOX, opened read-only.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from mailrescue.stores import wire

_EXISTS = re.compile(rb"\* \d{1,10} EXISTS", re.I)
#: how often a Maildir is looked at: a few stat calls
_GLANCE_SECONDS = 1.0
#: a server without IDLE is left in peace so long
_WITHOUT_IDLE_SECONDS = 60.0
#: depth to which folders of a Maildir are looked for
_DEPTH = 4


class Arrivals(Protocol):
    """One account's bell."""

    def wait(self, seconds: float) -> bool:
        """Wait so long at the most; True as soon as something may have arrived. The first call may say so for the connect itself.

        Raises PassingFault, LoginRefused, RefusedForGood, ConfigurationError; the next call connects anew.
        """

    def close(self) -> None:
        """Hang up. Never raises."""


class MaildirArrivals:
    """The bell of a local Maildir: a delivery changes the time of a folder's ``new`` or ``cur``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: frozenset[tuple[str, int]] | None = None

    def wait(self, seconds: float) -> bool:
        """See Arrivals."""
        end = time.monotonic() + seconds
        while True:
            now = frozenset(_times(self._path, _DEPTH))
            changed, self._known = now != self._known, now
            left = end - time.monotonic()
            if changed or left <= 0:
                return changed
            time.sleep(min(_GLANCE_SECONDS, left))

    def close(self) -> None:
        """See Arrivals."""


def _times(folder: Path, depth: int) -> Iterator[tuple[str, int]]:
    """Each ``new`` and ``cur`` under the folder with its time."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in ("new", "cur"):
                with suppress(OSError):
                    yield entry.path, entry.stat().st_mtime_ns
            elif depth and entry.name != "tmp" and entry.is_dir():
                yield from _times(Path(entry.path), depth - 1)


class Idling(wire.Wire):
    """A session that can wait in the mailbox that it has opened."""

    def idle(self, seconds: float) -> bool:
        """IDLE for so long at the most, then DONE; True as soon as the server tells of new mail. Raises PassingFault, RefusedForGood.

        Read here, not by IMAPClient: its idle_check asks the socket alone, and what came in one piece with the continuation (mail that arrived
        between two IDLEs: Dovecot) it would see nine minutes later.
        """
        end = time.monotonic() + seconds
        exchange = self._write(b"IDLE")
        told, line = False, exchange.next()
        while line and not line.startswith(b"+"):
            told, line = told or _is_arrival(line), exchange.next()
        while line and not told and self._comes_within(end - time.monotonic()):
            line = exchange.next()
            told = _is_arrival(line)
        if line:
            with self._faults():
                self._imap.send(b"DONE\r\n")
        try:
            late = exchange.finish()        # what was told meanwhile; a connection that died is noticed here
        except wire.Refused as refused:
            raise wire.explain(refused, "listen for new mail") from refused
        return told or any(map(_is_arrival, late))

    def _comes_within(self, seconds: float) -> bool:
        """Whether the server says anything in that time."""
        import select

        if self._stream and self._stream.holds_a_line():
            return True
        return seconds > 0 and bool(select.select([self._client.socket()], [], [], seconds)[0])


def _is_arrival(line: bytes) -> bool:
    """EXISTS; not the "still here" that Dovecot says every two minutes, nor flags that another client set."""
    return bool(_EXISTS.match(line))


class ImapArrivals:
    """The bell of an IMAP account. ``connect`` opens a session and logs in."""

    def __init__(self, connect: Callable[[], Idling]) -> None:
        self._connect = connect
        self._session: Idling | None = None

    def wait(self, seconds: float) -> bool:
        """See Arrivals. Where the server has no IDLE, the bell rings once a minute."""
        end = time.monotonic() + seconds
        if self._session is None or self._session.broken:
            self.close()
            self._session = self._connect()
            self._session.examine(b"INBOX").finish()
            return True
        if "IDLE" not in self._session.capabilities:
            self.close()
            time.sleep(min(_WITHOUT_IDLE_SECONDS, seconds))
            return seconds >= _WITHOUT_IDLE_SECONDS
        while (left := end - time.monotonic()) > 0:
            if self._session.idle(left):
                return True
        return False

    def close(self) -> None:
        """See Arrivals."""
        if self._session is not None:
            self._session.close()
            self._session = None


def connected(host: str, port: int, security: str, ca_file: str | None, user: str, secret: str, *, by_token: bool) -> Idling:
    """A session, logged in. Raises as Wire does."""
    session = Idling(host, port, security, ca_file)
    try:
        session.login_by_token(user, secret) if by_token else session.login(user, secret)
    except BaseException:
        session.close()
        raise
    return session
