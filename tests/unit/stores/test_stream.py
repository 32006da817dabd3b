"""Lines and octets out of blocks that end anywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailrescue.stores.stream import LONGEST_LINE, Stream

SAID = b"* 1 FETCH (BODY[] {12}\r\nab\r\ncd\r\nef\r\n)\r\n* 2 EXISTS\na1 OK\r\n"


def blocks(said: bytes, size: int) -> Iterator[bytes]:
    """The octets as they come, so many at once, and then the end."""
    yield from (said[at:at + size] for at in range(0, len(said), size))
    while True:
        yield b""


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_lines_and_literals_wherever_a_block_ends(size: int) -> None:
    """Line, literal, rest of the line, as they follow each other on the wire; then the end."""
    stream = Stream(blocks(SAID, size).__next__)
    assert b"* 1 FETCH (BODY[] {12}\r\n" == stream.readline()
    assert b"ab\r\ncd\r\nef\r\n" == stream.read(12)
    assert [b")\r\n", b"* 2 EXISTS\n", b"a1 OK\r\n", b""] == [stream.readline() for _ in range(4)]


def test_whole_lines_are_seen_before_they_are_taken() -> None:
    """What has begun only is left for later; at the end there is nothing."""
    stream = Stream(blocks(b"one\ntwo\nthr" + b"ee\n", 11).__next__)
    assert b"one\ntwo\n" == stream.whole_lines() == stream.whole_lines()
    stream.skip(4)
    assert b"two\n" == stream.readline()
    assert b"three\n" == stream.whole_lines()
    stream.skip(6)
    assert b"" == stream.whole_lines()


@pytest.mark.parametrize("before", [b"", b"* 1 FETCH (UID 1)\r\n", b"* 1 FETCH (UID 1)\r\n* 2 FETCH (UID 2)\r\n"])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_nothing_is_waited_for_behind_the_last_line(before: bytes, size: int) -> None:
    """More is read while more must come, and no more after the line that ends a command: a server says nothing then until it is asked."""
    said = before + b"a1 OK\r\n"
    came = [said[at:at + size] for at in range(0, len(said), size)]
    stream = Stream(iter(came).__next__)      # raises StopIteration where it is asked once too often
    lines = stream.whole_lines([b"a1 "])
    stream.skip(len(lines))
    assert lines.startswith(before)
    assert said == lines + (stream.readline() if lines != said else b"")


@pytest.mark.parametrize("size", [4999, LONGEST_LINE * 3])
def test_a_line_that_is_too_long_comes_in_pieces(size: int) -> None:
    """And is no whole line."""
    stream = Stream(blocks(b"x" * (LONGEST_LINE * 2 + 5) + b"\nnext\n", size).__next__)
    assert size > LONGEST_LINE or b"" == stream.whole_lines()
    assert [LONGEST_LINE, LONGEST_LINE, 6, 5] == [len(stream.readline()) for _ in range(4)]


def test_a_fault_loses_nothing_that_came_before() -> None:
    """A socket that waits no longer: what was read is still there when it is asked again."""
    came = iter([b"on", TimeoutError(), b"e\n"])

    def receive() -> bytes:
        item = next(came)
        if isinstance(item, Exception):
            raise item
        return item

    stream = Stream(receive)
    with pytest.raises(TimeoutError):
        stream.readline()
    assert b"one\n" == stream.readline()
