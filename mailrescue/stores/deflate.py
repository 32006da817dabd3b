"""An IMAP connection that is compressed from now on (COMPRESS=DEFLATE, RFC 4978): imaplib's reading and sending, with zlib between.

Raw DEFLATE both ways. A line that expands without end is cut by who reads it: octets are only expanded as they are asked for.
"""

from __future__ import annotations

import io
import zlib
from typing import Any

_BLOCK = 1 << 16
_LONGEST_LINE = 1_000_000


def begin(imap: Any) -> None:
    """Compress what this imaplib connection sends, expand what it reads. Nothing may be on its way, in either direction."""
    reader = io.BufferedReader(_Expanding(imap.sock), _BLOCK)
    squeezing = zlib.compressobj(6, zlib.DEFLATED, -15)
    sock = imap.sock

    def send(octets: bytes) -> None:
        sock.sendall(squeezing.compress(octets) + squeezing.flush(zlib.Z_SYNC_FLUSH))

    def readline() -> bytes:
        line = reader.readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise imap.error(f"got more than {_LONGEST_LINE} bytes")    # as imaplib does
        return line

    imap.read, imap.readline, imap.send = reader.read, readline, send


class _Expanding(io.RawIOBase):
    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._zlib = zlib.decompressobj(-15)
        self._more = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Never more than the buffer takes: what a few octets would expand to beyond it stays with zlib."""
        while True:
            octets = self._zlib.unconsumed_tail
            ended = False
            if not octets and not self._more:
                octets = self._sock.recv(_BLOCK)
                ended = not octets
            expanded = self._zlib.decompress(octets, len(buffer))
            self._more = len(expanded) == len(buffer)
            if expanded or ended:
                buffer[: len(expanded)] = expanded
                return len(expanded)
