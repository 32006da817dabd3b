"""What a server says, in lines: octets are taken as they come, in large blocks, and split here.

imaplib reads line by line through two layers; at a hundred thousand lines that costs more than all that is done with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

#: octets taken at once; a TLS record holds a quarter of that
BLOCK = 1 << 16
#: longer lines come in pieces of this length, as from imaplib: nobody writes them but to fill memory
LONGEST_LINE = 1_000_000
_LONGEST_WORD = 100


class Stream:
    """``receive`` gives the next octets, none at the end; what it raises is passed on, and nothing that came before is lost."""

    def __init__(self, receive: Callable[[], bytes]) -> None:
        self._receive = receive
        self._kept = b""
        self._at = 0

    def readline(self) -> bytes:
        """The next line with its end; less only where it is too long, or at the end."""
        looked = self._at
        while (end := self._kept.find(b"\n", looked)) < 0:
            held = len(self._kept) - self._at
            if held >= LONGEST_LINE or not self._more():
                return self._taken(min(self._at + LONGEST_LINE, len(self._kept)))
            looked = held
        return self._taken(min(end + 1, self._at + LONGEST_LINE))

    def read(self, size: int) -> bytes:
        """So many octets; fewer only at the end."""
        pieces = [self._taken(min(self._at + size, len(self._kept)))]
        while (left := size - sum(map(len, pieces))) > 0 and self._more():
            pieces.append(self._taken(min(left, len(self._kept))))
        return b"".join(pieces)

    def whole_lines(self, last: Sequence[bytes] = ()) -> bytes:
        """All lines that are here to their end, without taking them: a block of them, or fewer where one begins with one of ``last``,
        after which nothing more may come. Nothing where the next line is too long, or at the end.
        """
        looked = self._at
        while last and len(self._kept) - self._at < BLOCK and not self._begins_a_line(last, looked):
            looked = len(self._kept) - self._at
            if not self._more():
                break
        while (end := self._kept.rfind(b"\n", self._at)) < 0:
            if len(self._kept) - self._at >= LONGEST_LINE or not self._more():
                return b""
        return self._kept[self._at : end + 1]

    def _begins_a_line(self, words: Sequence[bytes], looked: int) -> bool:
        begin = max(self._at, looked - _LONGEST_WORD)
        return any(self._kept.startswith(word, self._at) or self._kept.find(b"\n" + word, begin) >= 0 for word in words)

    def holds_a_line(self) -> bool:
        """Whether the next line is here to its end."""
        return self._kept.find(b"\n", self._at) >= 0

    def skip(self, octets: int) -> None:
        """Take so many of those octets."""
        self._taken(self._at + octets)

    def _taken(self, end: int) -> bytes:
        taken, self._at = self._kept[self._at : end], end
        return taken

    def _more(self) -> bool:
        octets = self._receive()
        self._kept, self._at = self._kept[self._at :] + octets, 0
        return bool(octets)
