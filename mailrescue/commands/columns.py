"""Lines that fit: text measured in the cells of a terminal, where a CJK character takes two and a combining mark none."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """The text with spaces behind it, up to that many cells."""
    return text + " " * max(0, width - cells(text))


def wrapped(text: str, columns: int, first: str = "", then: str | None = None) -> list[str]:
    """The text as lines of at most so many cells, ``first`` before the first line and ``then`` (default: as many spaces) before the others.

    It is broken at spaces alone: a word that is longer than a line stands by itself, so that a number or an address can be copied.
    """
    then = " " * cells(first) if then is None else then
    lines, line, empty = [], first, True
    for word in text.split(" "):
        if not empty and cells(line) + 1 + cells(word) > columns:
            lines.append(line)
            line, empty = then, True
        line, empty = (line + word if empty else f"{line} {word}"), False
    return [*lines, line.rstrip() if empty else line]
