"""A TCP proxy between mailrescue and an IMAP server that breaks the connection where it is told: at one octet of one direction, in one way.

``RST``, ``FIN``: both sides see the connection end so. ``STALL``: nothing moves any more, and nothing ends. ``TRUNCATED``: the client's
stream ends, while all that it said reaches the server. ``LATE``: the client sees a reset; what it said from there on reaches the server only when
``deliver_late`` is called, which is what a slow network or a busy server looks like. ``KILL``: the process that scans is killed.
"""

from __future__ import annotations

import contextlib
import re
import select
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    RST = "reset"
    FIN = "end"
    STALL = "stall"
    TRUNCATED = "truncated"
    LATE = "late"
    KILL = "kill"


@dataclass(frozen=True)
class Cut:
    """Where and how: after ``at`` octets of a direction (``c``: what the client says, ``s``: the server), or ``at`` octets after a match of ``pattern`` ends."""

    direction: str
    at: int
    mode: Mode
    pattern: bytes = b""


@dataclass
class Session:
    """One connection as it went through: what each side said."""

    said: dict[str, bytearray] = field(default_factory=lambda: {"c": bytearray(), "s": bytearray()})
    was_cut: bool = False


class Proxy:
    """Listens on ``port`` until closed; ``cut`` is what happens to the next connection."""

    def __init__(self, port: int) -> None:
        self._server = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port: int = self._listener.getsockname()[1]
        self.cut: Cut | None = None
        self.kill: Callable[[], None] = lambda: None
        self.meanwhile: tuple[bytes, Callable[[], None]] | None = None     # done once, before what the client says of that pattern is passed on
        self.sessions: list[Session] = []
        self._held: list[tuple[socket.socket, bytes]] = []
        self._stalled: list[socket.socket] = []
        self._closed = False
        self._open: set[threading.Thread] = set()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closed = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.let_go()

    def let_go(self) -> None:
        """Hang up what stalls and forget what was held."""
        for one in (*self._stalled, *(server for server, _ in self._held)):
            _close(one)
        self._stalled, self._held = [], []

    def settle(self) -> None:
        """Wait until every connection has ended on both sides, so that the server has nothing more to do."""
        for thread in list(self._open):
            thread.join(5)
        self._open = {thread for thread in self._open if thread.is_alive()}

    def deliver_late(self) -> None:
        """What the client had said before the reset reaches the server now, and then the end of it."""
        for server, octets in self._held:
            with contextlib.suppress(OSError):
                server.sendall(octets)
            _drain(server, None)
        self._held = []

    # ---- one connection

    def _listen(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            cut, self.cut = self.cut, None
            session = Session()
            self.sessions.append(session)
            thread = threading.Thread(target=self._serve, args=(client, cut, session), daemon=True)
            thread.start()
            self._open.add(thread)

    def _serve(self, client: socket.socket, cut: Cut | None, session: Session) -> None:
        try:
            self._pass_on(client, cut, session)
        except OSError:
            _close(client)

    def _pass_on(self, client: socket.socket, cut: Cut | None, session: Session) -> None:
        if cut and cut.direction == "c" and cut.at == 0 and not cut.pattern and cut.mode in (Mode.RST, Mode.FIN):
            session.was_cut = True
            _close(client, reset=cut.mode is Mode.RST)
            return
        server = socket.create_connection(("127.0.0.1", self._server))
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            for one in select.select([client, server], [], [])[0]:
                direction, other = ("c", server) if one is client else ("s", client)
                try:
                    octets = one.recv(65536)
                except OSError:
                    octets = b""
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)     # or who says two words in a row (Cyrus, imaplib) waits 40 ms for the second
                if not octets:
                    _close(client)
                    _close(server)
                    return
                before = len(session.said[direction])
                session.said[direction] += octets
                limit = _limit(cut, direction, session.said[direction])
                if cut is not None and limit is not None and limit <= before + len(octets):
                    session.was_cut = True
                    self._break(client, server, other, octets, max(0, limit - before), cut)
                    return
                self._meanwhile(direction, octets)
                other.sendall(octets)

    def _meanwhile(self, direction: str, octets: bytes) -> None:
        if direction == "c" and self.meanwhile and re.search(self.meanwhile[0], octets):
            (_, act), self.meanwhile = self.meanwhile, None
            act()

    def _break(self, client: socket.socket, server: socket.socket, to: socket.socket, octets: bytes, keep: int, cut: Cut) -> None:
        with contextlib.suppress(OSError):
            to.sendall(octets[:keep])
        if cut.mode is Mode.LATE and to is server:
            self._held.append((server, octets[keep:]))
            _close(client, reset=True)
            return
        match cut.mode:
            case Mode.STALL:
                self._stalled += [client, server]
            case Mode.TRUNCATED:
                with contextlib.suppress(OSError):
                    if to is server:
                        server.sendall(octets[keep:])
                    client.shutdown(socket.SHUT_WR)
                _drain(client, server)
            case Mode.KILL:
                self.kill()
                _close(client)
                _drain(server, None)
            case _:
                _close(client, reset=cut.mode is not Mode.FIN)
                _close(server, reset=cut.mode is Mode.RST)


def _limit(cut: Cut | None, direction: str, said: bytearray) -> int | None:
    if cut is None or cut.direction != direction:
        return None
    if not cut.pattern:
        return cut.at
    found = re.search(cut.pattern, bytes(said))
    return found.end() + cut.at if found else None


def _close(one: socket.socket, reset: bool = False) -> None:
    with contextlib.suppress(OSError):
        if reset:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            one.shutdown(socket.SHUT_RDWR)
    one.close()


def _drain(one: socket.socket, into: socket.socket | None) -> None:
    """Read to the end, passing it on where there is somebody, then hang up both."""
    with contextlib.suppress(OSError):
        one.settimeout(5)
        if into is None:
            one.shutdown(socket.SHUT_WR)
        while octets := one.recv(65536):
            if into is not None:
                into.sendall(octets)
    for each in (one, into):
        if each is not None:
            _close(each)
