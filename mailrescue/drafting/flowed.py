"""Text made fit to be written, and paragraphs to lines and back: text/plain; format=flowed (RFC 3676). Pure; nothing here knows of headers."""

from __future__ import annotations

import re
import unicodedata

_WIDTH = 72         # what a soft line may hold besides its trailing space (RFC 3676 4.2 asks for 66 to 78)


def tidy(text: str) -> str:
    """The text as it may be written: NFC, \\n line ends, no control or bidi characters, no trailing blanks, one \\n at its end."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = (c for c in text if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") and not _steers(c)))
    lines = [line if line == "-- " else line.rstrip() for line in unicodedata.normalize("NFC", "".join(kept)).split("\n")]
    return "\n".join(lines).strip("\n") + "\n"


def one_line(value: str) -> str:
    """The value fit for a header or a sentence: NFC, no control, bidi or invisible format characters, white space collapsed."""
    kept = (
        " " if c.isspace() else c
        for c in unicodedata.normalize("NFC", value)
        if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs") or c in "\u200c\u200d"
    )
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))


def flow(text: str) -> list[str]:
    """The lines to write, without line ends: each line of the text wrapped softly and space-stuffed (RFC 3676 4.2, 4.4)."""
    return [_stuffed(piece) for line in text.removesuffix("\n").split("\n") for piece in _wrapped(line)]


def unflow(text: str, delsp: bool = False) -> str:
    """The paragraphs that flowed lines mean, one line each (RFC 3676 4.1 and 4.3); quote marks are kept as they stand.

    ``delsp``: the space that marks a soft line is not part of the text (Apple Mail writes so).
    """
    paragraphs: list[str] = []
    open_depth = -1             # quote depth of the line that still flows, -1 where none does
    for line in text.split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        content = line[marks:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if delsp and flows:
            content = content[:-1]
        if open_depth == marks and content != "-- ":
            paragraphs[-1] += content
        else:
            paragraphs.append(">" * marks + (" " if marks else "") + content)
        open_depth = marks if flows else -1
    return "\n".join(line.rstrip() for line in paragraphs)


def _wrapped(line: str) -> list[str]:
    """The line cut after runs of spaces, all pieces but the last ending in a space.

    Never within a telephone number, so that it can be read at a glance, and never so that a piece reads as the signature's ``-- ``.
    """
    pieces = [""]
    for word in re.findall(r"[^ ]+ *| +", line):
        before = pieces[-1].rstrip(" ")
        if before not in ("", "--") and len(pieces[-1]) + len(word.rstrip(" ")) > _WIDTH and not (before[-1:].isdigit() and word[0].isdigit()):
            pieces.append("")
        pieces[-1] += word
    return pieces


def _stuffed(piece: str) -> str:
    return f" {piece}" if piece.startswith((" ", ">", "From ")) else piece


def _steers(character: str) -> bool:
    """Whether it turns the direction of what follows (bidi embeddings, overrides, isolates, marks)."""
    return character in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
