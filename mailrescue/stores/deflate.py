"""An IMAP connection that is compressed from now on (COMPRESS=DEFLATE, RFC 4978): zlib between the socket and imaplib.

Raw DEFLATE both ways. A line that expands without end is cut by who reads it: octets are only expanded as they are asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from mailrescue.stores.stream import BLOCK, Stream


def begin(imap: Any) -> Stream:
    """Compress what this imaplib connection sends; gives what it says, expanded. Nothing may be on its way, in either direction."""
    squeezing, sock = zlib.compressobj(6, zlib.DEFLATED, -15), imap.sock

    def send(octets: bytes) -> None:
        sock.sendall(squeezing.compress(octets) + squeezing.flush(zlib.Z_SYNC_FLUSH))

    imap.send = send
    return Stream(_expanded(sock.recv))


def _expanded(receive: Callable[[int], bytes]) -> Callable[[], bytes]:
    expanding, full = zlib.decompressobj(-15), False

    def expanded() -> bytes:
        """Never more than a block: what a few octets would expand to beyond it stays with zlib."""
        nonlocal full
        while True:
            octets, ended = expanding.unconsumed_tail, False
            if not octets and not full:
                octets = receive(BLOCK)
                ended = not octets
            block = expanding.decompress(octets, BLOCK)
            full = len(block) == BLOCK
            if block or ended:
                return block

    return expanded
