"""RTF bodies of Outlook to text: compressed RTF undone (MS-OXRTFCP), control words dropped. Bounded, never raises."""

from __future__ import annotations

import re
import struct

#: letters of a document that are read at the most
LONGEST = 400_000

# The dictionary that both sides start from (MS-OXRTFCP 2.2.1).
_PRIMED = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    b"{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_SKIPPED = frozenset("fonttbl colortbl stylesheet info pict object header footer themedata datastore listtable listoverridetable mmathPr xmlnstbl rsidtbl generator latentstyles".split())
_BREAKS = frozenset("par line row sect page".split())
_TOKEN = re.compile(r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|.", re.S)


def decompress(octets: bytes) -> bytes:
    """The RTF of a PR_RTF_COMPRESSED, empty where it is none; what is cut off stays missing."""
    if len(octets) < 16:
        return b""
    size, magic = struct.unpack_from("<4xI4s", octets)
    if magic == b"MELA":
        return octets[16:16 + size]
    if magic != b"LZFu":
        return b""
    size = min(size, LONGEST)
    window, write = bytearray(_PRIMED.ljust(4096, b"\0")), len(_PRIMED)
    out, at = bytearray(), 16
    while at < len(octets) and len(out) < size:
        flags, at = octets[at], at + 1
        for bit in range(8):
            if not flags >> bit & 1:
                piece, at = octets[at:at + 1], at + 1
            else:
                if at + 2 > len(octets):
                    return bytes(out)
                code, at = octets[at] << 8 | octets[at + 1], at + 2
                start = code >> 4
                if start == write:
                    return bytes(out)
                piece = b""
                for n in range((code & 15) + 2):
                    letter = window[(start + n) % 4096]
                    window[(write + n) % 4096] = letter
                    piece += bytes((letter,))
            for letter in piece:
                window[write] = letter
                write = (write + 1) % 4096
            out += piece
    return bytes(out)


def text(rtf: bytes) -> str:
    """The words of an RTF document. HTML wrapped in RTF (\\fromhtml1) keeps its line breaks."""
    source = rtf[:LONGEST].decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,5})", source[:2000])
    codepage = f"cp{page[1]}" if page else "cp1252"
    from_html = "\\fromhtml" in source[:2000]
    out: list[str] = []
    skipping: list[bool] = [False]
    letters, skip, follows, hidden = bytearray(), 0, 1, False

    def flush() -> None:
        if letters:
            try:
                out.append(letters.decode(codepage, "replace"))
            except LookupError:
                out.append(letters.decode("cp1252", "replace"))
            letters.clear()

    for token in _TOKEN.finditer(source):
        word, number, code, sign, brace, plain = token.groups()
        if code:
            if skip:
                skip -= 1
            elif not skipping[-1] and not hidden:
                letters.append(int(code, 16))
            continue
        flush()
        if brace == "{":
            skipping = [*skipping, skipping[-1]] if len(skipping) < 200 else skipping
        elif brace == "}":
            skipping = skipping[:-1] or [False]
        elif sign == "*" or word in _SKIPPED:
            skipping[-1] = True
        elif word == "htmltag":
            tag = source[token.end():token.end() + 12].lower().lstrip()
            out.append("\n" if tag.startswith(("<br", "<p", "</p", "<div", "<tr", "<li")) else "")
        elif word == "htmlrtf":
            hidden = number != "0"
        elif skipping[-1] or hidden:
            continue
        elif word == "u" and number:
            out.append(chr(int(number) % 65536) if not 0xD800 <= int(number) % 65536 < 0xE000 else "\N{REPLACEMENT CHARACTER}")
            skip = follows
        elif word == "uc" and number:
            follows = max(0, min(int(number), 4))
        elif word in _BREAKS and not from_html:
            out.append("\n")
        elif word == "tab":
            out.append("\t")
        elif sign:
            out.append({"~": " ", "_": "-", "\n": "\n", "\\": "\\", "{": "{", "}": "}"}.get(sign, ""))
        elif plain:
            out.append(plain[skip:])
            skip = max(0, skip - len(plain))
    flush()
    return "".join(out).strip()
