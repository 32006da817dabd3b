"""The MIME structure of a message: octets to a tree of parts, bounded in depth, number and time, never raising.

Our own, because the standard library's parser recurses (a thousand nested multiparts raise RecursionError), copies each
line, and costs 20 ms to import; what we need of RFC 2045 and 2046 is to cut at boundaries and to undo the transfer encoding.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailrescue.model.mail import SetAside
from mailrescue.reading import charset, headers

DEEPEST = 30
MOST_PARTS = 200
LARGEST_HEADER = 256 * 1024
_MOST_LOOKS = 20_000        # places where a boundary is looked for, in one multipart

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)\n?")


@dataclass(slots=True)
class Part:
    """One entity: its header fields in order (names in lower case, values raw), its type, and what it holds.

    ``content`` is still transfer-encoded; a multipart and an enclosed message have ``parts`` instead.
    """

    fields: tuple[tuple[str, bytes], ...]
    type: str
    parameters: dict[str, str]
    disposition: str
    filename: str
    content: bytes
    parts: list[Part] = field(default_factory=list)

    def raw(self, name: str) -> bytes:
        """The first value of a field, empty where there is none."""
        return next((value for key, value in self.fields if key == name), b"")

    def octets(self) -> bytes:
        """The content with its transfer encoding undone (RFC 2045 6); an encoding that nobody knows counts as none."""
        encoding = headers.text(self.raw("content-transfer-encoding")[:80]).lower()
        if encoding == "base64":
            return headers.base64(self.content)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.content)
        if encoding in {"x-uuencode", "uuencode", "x-uue"}:
            return _uudecoded(self.content)
        return self.content

    def text(self, most: int) -> str:
        """The content as text with line feeds, of at most ``most`` octets."""
        found = charset.decode(self.octets()[:most], self.parameters.get("charset", ""))
        return found.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in the order of the message."""
        yield self
        for part in self.parts:
            yield from part.walk()


def parse(octets: bytes) -> tuple[Part, tuple[SetAside, ...]]:
    """The tree of a message, and what of it stays unread because it is too deep, too many or too large."""
    reader = _Reader()
    part = reader.entity(_lines(octets), depth=0, default="text/plain")
    return part, tuple(dict.fromkeys(reader.set_aside))


def _lines(octets: bytes) -> bytes:
    """Line feeds only; a mail whose lines end in CR alone (classic Mac OS, sisimai's mac__rfc3834-01) gets them too."""
    octets = octets.replace(b"\r\n", b"\n")
    return octets.replace(b"\r", b"\n") if octets.count(b"\r") > octets.count(b"\n") else octets


class _Reader:
    def __init__(self) -> None:
        self.set_aside: list[SetAside] = []
        self._count = 0

    def entity(self, octets: bytes, depth: int, default: str) -> Part:
        """One entity and all within. ``octets`` have line feeds only."""
        self._count += 1
        fields, content = self._header(octets)
        part = _described(fields, content, default)
        if not part.type.startswith("multipart/") and part.type not in {"message/rfc822", "message/global"}:
            return part
        if depth >= DEEPEST:
            self.set_aside.append(SetAside("a part of the message", f"parts are nested more than {DEEPEST} deep"))
        elif part.type.startswith("multipart/"):
            self._cut(part, depth)
        else:
            part.parts.append(self.entity(_lines(part.octets()), depth + 1, "text/plain"))
        return part

    def _cut(self, part: Part, depth: int) -> None:
        boundary = part.parameters.get("boundary", "").rstrip() or _guessed_boundary(part.content)
        default = "message/rfc822" if part.type == "multipart/digest" else "text/plain"
        if not boundary:
            self.set_aside.append(SetAside("a multipart of the message", "it names no boundary"))
        pieces = list(_pieces(part.content, boundary.encode("utf-8", "replace"))) if boundary else []
        if not pieces:
            part.type = "text/plain"    # what compat32 does too: the text is there, only the cuts are missing
        for piece in pieces:
            if self._count >= MOST_PARTS:
                self.set_aside.append(SetAside("a part of the message", f"it has more than {MOST_PARTS} parts"))
                return
            part.parts.append(self.entity(piece, depth + 1, default))

    def _header(self, octets: bytes) -> tuple[tuple[tuple[str, bytes], ...], bytes]:
        """The fields, and what follows the blank line. A line that is no field ends the header, but for a mbox "From "."""
        fields: list[tuple[str, bytes]] = []
        at = len(octets) - len(octets.lstrip(b"\n")) if self._count == 1 else 0     # blank lines before the message itself mean nothing
        while at < len(octets) and octets[at:at + 1] != b"\n":
            if at > LARGEST_HEADER:
                self.set_aside.append(SetAside("the header of the message", f"it is larger than {LARGEST_HEADER // 1024} KiB"))
                blank = octets.find(b"\n\n", at)
                return tuple(fields), octets[blank + 2:] if blank >= 0 else b""
            match = _FIELD.match(octets, at)
            if match:
                fields.append((match[1].decode("ascii").lower(), match[2]))
                at = match.end()
            elif octets[at:at + 6].lstrip(b">").startswith(b"From ") or octets[at:at + 1] in b" \t":
                at = (octets.find(b"\n", at) + 1) or len(octets)     # mbox, or a folded line that continues nothing
            else:
                return tuple(fields), octets[at:]
        return tuple(fields), octets[at + 1:]


def _described(fields: tuple[tuple[str, bytes], ...], content: bytes, default: str) -> Part:
    part = Part(fields, default, {}, "", "", content)
    given, parameters = headers.parameters(part.raw("content-type"))
    if re.fullmatch(r"[\w!#$&^.+-]{1,80}/[\w!#$&^.+-]{1,80}", given):
        part.type = given
    part.parameters = parameters
    part.disposition, placed = headers.parameters(part.raw("content-disposition"))
    part.filename = placed.get("filename") or parameters.get("name") or ""
    return part


def _pieces(content: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the delimiter lines (RFC 2046 5.1.1); the last piece may lack its end (a mail that was cut)."""
    delimiter, start, at = b"--" + boundary, -1, 0
    for _ in range(_MOST_LOOKS):
        at = content.find(delimiter, at)
        if at < 0:
            break
        end = content.find(b"\n", at)
        end = len(content) if end < 0 else end
        rest = content[at + len(delimiter):end].strip() if end - at < len(delimiter) + 80 else b"x"
        if (at == 0 or content[at - 1:at] == b"\n") and rest in {b"", b"--"}:
            if start >= 0:
                yield content[start:max(start, at - 1)]
            start = end + 1
            if rest:
                return
        at = end if at == 0 or content[at - 1:at] == b"\n" else at + len(delimiter)
    if 0 <= start < len(content):
        yield content[start:]


def _guessed_boundary(content: bytes) -> str:
    """A multipart whose header lost its boundary parameter: the first line that looks like a delimiter and comes again."""
    match = re.search(rb"^--([^\s-][^\n]{4,69}?)[ \t]*\n[Cc]ontent-", content[:20_000], re.M)
    return match[1].decode("utf-8", "replace") if match else ""


def _uudecoded(content: bytes) -> bytes:
    decoded = []
    for line in content.split(b"\n"):
        if line.startswith(b"begin ") or line.strip() in {b"", b"end", b"`"}:
            continue
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(decoded)
