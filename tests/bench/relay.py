"""What goes over the wire between a client and a server: a relay on loopback that counts octets and round trips, and changes nothing.

A round trip is counted each time the client sends after the server has sent since the client last did; the connect counts as one. So a
LOGOUT that nobody waits for counts, too, once ``wait`` has seen the connection end. Octets are those on the wire: of the TLS stream, where the client
speaks TLS.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Count:
    """What was counted since ``clear``; ``port`` is where the relay listens."""

    port: int
    connections: int = 0
    trips: int = 0
    up: int = 0
    down: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pumps: list[threading.Thread] = field(default_factory=list)

    def wait(self) -> None:
        """Until all that was said on connections that were begun has passed: a program may be gone before its last words are counted."""
        for pump in self._pumps:
            pump.join(10)

    def clear(self) -> None:
        self.connections = self.trips = self.up = self.down = 0

    def __str__(self) -> str:
        return f"{self.trips} round trips, {self.up} up, {self.down} down, {self.connections} connections"


@contextlib.contextmanager
def counting(target: int, host: str = "127.0.0.1") -> Iterator[Count]:
    """A relay to that port for the length of the block."""
    with socket.create_server((host, 0)) as listening:
        count = Count(listening.getsockname()[1])
        threading.Thread(target=_accept, args=(listening, (host, target), count), daemon=True).start()
        yield count


def _accept(listening: socket.socket, target: tuple[str, int], count: Count) -> None:
    with contextlib.suppress(OSError):
        while True:
            client, _ = listening.accept()
            server = socket.create_connection(target)
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _Session(client, server, count).begin()


class _Session:
    def __init__(self, client: socket.socket, server: socket.socket, count: Count) -> None:
        self._client, self._server, self._count = client, server, count
        self._spoke = True

    def begin(self) -> None:
        with self._count._lock:
            self._count.connections += 1
            self._count.trips += 1
        for way in ((self._client, self._server, self._up), (self._server, self._client, self._down)):
            pump = threading.Thread(target=self._pump, args=way, daemon=True)
            self._count._pumps.append(pump)
            pump.start()

    def _up(self, octets: int) -> None:
        with self._count._lock:
            self._count.up += octets
            self._count.trips += self._spoke
            self._spoke = False

    def _down(self, octets: int) -> None:
        with self._count._lock:
            self._count.down += octets
            self._spoke = True

    def _pump(self, source: socket.socket, sink: socket.socket, note: object) -> None:
        with contextlib.suppress(OSError):
            while octets := source.recv(1 << 18):
                note(len(octets))  # type: ignore[operator]
                sink.sendall(octets)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
