"""COMPRESS=DEFLATE on an imaplib connection."""

from __future__ import annotations

import socket
import zlib
from types import SimpleNamespace

from mailrescue.stores import deflate, stream


def test_lines_and_octets_come_out_as_they_went_in() -> None:
    """Whatever the blocks in which they arrive, and however much a few octets expand to."""
    ours, theirs = socket.socketpair()
    imap = SimpleNamespace(sock=ours)
    squeezing = zlib.compressobj(6, zlib.DEFLATED, -15)
    said = b"* 1 FETCH (UID 1)\r\n" + b"x" * 300_000 + b"a1 OK done\r\n"
    theirs.sendall(squeezing.compress(said) + squeezing.flush(zlib.Z_SYNC_FLUSH))

    said_by = deflate.begin(imap)

    assert b"* 1 FETCH (UID 1)\r\n" == said_by.readline()
    assert b"x" * 300_000 == said_by.read(300_000)
    assert b"a1 OK done\r\n" == said_by.readline()
    imap.send(b"a2 LOGOUT\r\n")
    assert b"a2 LOGOUT\r\n" == zlib.decompressobj(-15).decompress(theirs.recv(1000))
    theirs.close()
    assert b"" == said_by.readline()
    ours.close()


def test_a_line_that_never_ends_comes_in_pieces() -> None:
    """A few octets may expand to gigabytes: no more is expanded than is asked for."""
    ours, theirs = socket.socketpair()
    imap = SimpleNamespace(sock=ours)
    squeezing = zlib.compressobj(9, zlib.DEFLATED, -15)
    theirs.sendall(squeezing.compress(b"x" * 50_000_000) + squeezing.flush(zlib.Z_SYNC_FLUSH))

    assert b"x" * stream.LONGEST_LINE == deflate.begin(imap).readline()
    for one in (ours, theirs):
        one.close()
