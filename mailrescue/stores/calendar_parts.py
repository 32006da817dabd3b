"""Whether a message carries, or may carry, a calendar: told from its structure alone, never from its text. Pure.

Two sources, one judgement: the BODYSTRUCTURE that an IMAP server sends (RFC 9051 7.5.2), and the heads of the MIME parts of a file
(RFC 2046). A part counts by its type, by its file name (undone from encoded words and RFC 2231 pieces), as TNEF, which may hold a
calendar, and as a nameless octet-stream, which some senders make of one. What cannot be parsed but bears a mark counts too.

Unseen from here, and so never found: a calendar inside an encrypted or opaquely signed message, and one in a zip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from mailrescue.stores.tokens import Node, NotParsed

_SUBTYPES = {b"calendar", b"x-calendar", b"ics", b"x-ics", b"ical", b"x-ical", b"icalendar", b"x-icalendar", b"vcalendar", b"x-vcalendar"}
_TNEF = {b"ms-tnef", b"vnd.ms-tnef", b"x-ms-tnef"}
_ENDINGS = (b".ics", b".ical", b".icalendar", b".vcs", b".ifb")
_TNEF_NAMES = (b"winmail.dat", b"win.dat")
#: a nameless octet-stream above this size is no invite (octets, as encoded)
_LARGEST_NAMELESS = 512 * 1024
_DEPTH = 40
_PARTS = 400

#: without one of these in it (lower case), no structure holds a calendar; ten searches cost less than one regular expression
_MARKS = (b'calendar"', b".ic", b'ics"', b'ical"', b".vcs", b".ifb", b"tnef", b"winmail", b"win.dat", b"=?", b"name*", b"%2e")
#: an octet-stream, and one that has a name, whose ending would be a mark
_OCTET_STREAM, _NAMED = b'"octet-stream"', b'"octet-stream" ("name" '


def structures_that_may(lines: bytes) -> list[bytes]:
    """Of many lines, each ending in LF, those for which ``structure_may`` holds: one walk for each mark, not one for each line."""
    low, found = lines.lower(), {}
    for mark in (*_MARKS, _OCTET_STREAM):
        at = low.find(mark)
        while at >= 0:
            end = low.find(b"\n", at) + 1
            found[end] = low.rfind(b"\n", 0, at) + 1
            at = low.find(mark, end)
    return [line for end, begin in sorted(found.items()) if structure_may(line := lines[begin:end])]


def structure_may(raw: bytes) -> bool:
    """Whether a BODYSTRUCTURE, as received, is worth parsing: the quick no for nearly all mail."""
    low = raw.lower()
    if any([mark in low for mark in _MARKS]):    # noqa: C419  a generator costs twice as much, and this meets every message
        return True
    return _OCTET_STREAM in low and low.count(_OCTET_STREAM) > low.count(_NAMED)


def in_structure(node: Node) -> bool:
    """Whether a parsed BODYSTRUCTURE shows a part that is, or may hold, a calendar.

    Raises NotParsed where it is no BODYSTRUCTURE.
    """
    return any(_is_calendar(*part) for part in _parts_of_structure(node))


def sections(node: Node) -> tuple[bytes, ...]:
    """The section numbers (RFC 9051 6.4.5) of the parts that are, or may hold, a calendar. Raises NotParsed where it is no BODYSTRUCTURE."""
    return tuple(section for section, part in _numbered(node) if _is_calendar(*part))


def in_octets(octets: bytes) -> bool:
    """Whether the heads of a message's MIME parts show one; ``octets`` may be cut, its lines may end in CR LF, LF, or CR alone (old Macintosh mail)."""
    if b"\r" in octets[:_LONGEST_HEAD] and header_end(octets, 0, _LONGEST_HEAD) is None:
        octets = octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not _heads_may(octets):
        return False
    try:
        return any(_is_calendar(*part) for part in _parts_of_octets(octets))
    except NotParsed:
        low = octets.lower()
        return b"begin:vcalendar" in low or b"text/calendar" in low


#: what a part's head must hold somewhere for the part to be, or to hide, a calendar (lower case)
_HEAD_MARKS = (b"calendar", b".ic", b"/ic", b"/x-ic", b".vcs", b".ifb", b"tnef", b"winmail", b"win.dat", b"=?", b"name*", b"octet-stream", b"%2e")


def _heads_may(octets: bytes) -> bool:
    """The quick no for nearly all mail: only what follows a line that begins with "Content-" is looked at, up to the next empty line."""
    low = octets.lower()
    if low.startswith(b"content-"):
        return True
    at = low.find(b"\ncontent-")
    while at >= 0:
        ends = [end for end in (low.find(b"\n\n", at), low.find(b"\r\n\r\n", at)) if end >= 0] if b"\r" in low[:2000] else [low.find(b"\n\n", at)]
        end = min((end for end in ends if end >= 0), default=len(low))
        head = low[at:end]
        if any([mark in head for mark in _HEAD_MARKS]):     # noqa: C419  as above
            return True
        at = low.find(b"\ncontent-", end)
    return False


def header_end(octets: bytes, start: int = 0, end: int | None = None) -> int | None:
    """Where the body begins, behind the empty line; None where the header does not end in these octets."""
    if octets.startswith((b"\n", b"\r\n"), start):
        return octets.index(b"\n", start) + 1
    first = octets.find(b"\n", start, end)
    marks = (b"\r\n\r\n", b"\n\n", b"\n\r\n") if octets[first - 1:first] == b"\r" else (b"\n\n", b"\n\r\n")
    for mark in marks:          # the line's own kind of end first; a mixed one is rare, and a second look through the octets
        at = octets.find(mark, start, end)
        if at >= 0:
            return at + len(mark)
    return None


_LONE_TEXT = re.compile(rb"^content-type[ \t]{0,9}:\s{0,9}text/", re.I | re.M)


def only_text(head: bytes) -> bool:
    """Whether a header says that the whole message is one text without a calendar, so that what follows need not be read."""
    if not _LONE_TEXT.search(head):
        return False
    main, subtype, names, _ = _read_head(head)
    return main == b"text" and not _is_calendar(main, subtype, names, None)


# A part: main type, subtype, file names, size in octets where known.
_Part = tuple[bytes, bytes, bytes, int | None]


def _is_calendar(main: bytes, subtype: bytes, names: bytes, size: int | None) -> bool:
    if subtype in _SUBTYPES or subtype in _TNEF:
        return True
    if names:
        return any(name.strip(b' "').endswith(_ENDINGS + _TNEF_NAMES) for name in names.split(b"\0"))
    return (main, subtype) == (b"application", b"octet-stream") and size is not None and size <= _LARGEST_NAMELESS


# ---- BODYSTRUCTURE

def _parts_of_structure(root: Node) -> Iterator[_Part]:
    return (part for _, part in _numbered(root))


def _numbered(root: Node) -> Iterator[tuple[bytes, _Part]]:
    """Every leaf part with its section number. A message within the message has the numbers of its parts below its own."""
    pending: list[tuple[Node, tuple[int, ...]]] = [(root, ())]
    for _ in range(_PARTS * 2):
        if not pending:
            return
        node, path = pending.pop()
        if not isinstance(node, list) or not node:
            raise NotParsed("a body that is no list")
        if isinstance(node[0], list):
            parts = takewhile(lambda child: isinstance(child, list), node)     # the subtype, a string, ends the parts
            pending.extend((part, (*path, number)) for number, part in enumerate(parts, 1))
            continue
        main, subtype = _lower(node[0]), _lower(node[1] if len(node) > 1 else None)
        size = node[6] if len(node) > 6 else None
        own = path or (1,)
        yield b".".join(b"%d" % number for number in own), (main, subtype, _names_in(node), int(size) if isinstance(size, bytes) and size.isdigit() else None)
        if main == b"message" and len(node) > 8 and isinstance(node[8], list):
            inner = node[8]
            several = bool(inner) and isinstance(inner[0], list)
            pending.append((inner, own if several else (*own, 1)))
    raise NotParsed("more parts than anybody sends")


def _names_in(node: Sequence[Node]) -> bytes:
    """The file names of a body: of its parameters, and of the disposition wherever a server puts it."""
    found = [_file_names(_pairs(node[2]))] if len(node) > 2 else []
    for item in node[7:]:
        if isinstance(item, list) and len(item) == 2 and isinstance(item[1], list):
            found.append(_file_names(_pairs(item[1])))
    return b"\0".join(name for name in found if name)


def _pairs(parameters: Node) -> Iterator[tuple[bytes, bytes]]:
    if isinstance(parameters, list):
        for key, value in zip(parameters[::2], parameters[1::2], strict=False):
            if isinstance(key, bytes) and isinstance(value, bytes):
                yield key.lower(), value


def _lower(node: Node) -> bytes:
    return node.lower() if isinstance(node, bytes) else b""


# ---- heads of MIME parts

_FIELD = re.compile(rb"content-(type|disposition)[ \t]{0,20}:[ \t]{0,200}([^\r\n]{0,4000}(?:\r?\n[ \t][^\r\n]{0,4000}){0,60})", re.I)
_TYPE = re.compile(rb'\s{0,99}([^\s/;"]{1,99})\s{0,9}/\s{0,9}([^\s;"]{1,99})')
_PARAMETER = re.compile(rb';\s{0,200}([^\s=;"]{1,80})\s{0,20}=\s{0,200}(?:"([^"\\]{0,2000}(?:\\.[^"\\]{0,2000}){0,50})"?|([^\s;]{0,2000}))', re.S)
_LONGEST_HEAD = 256 * 1024


def _parts_of_octets(octets: bytes) -> Iterator[_Part]:
    """Every leaf part, found by the delimiters that its parents declare; no body is looked at but for the next delimiter."""
    pending = [(0, len(octets), 0)]
    for _ in range(_PARTS * 2):
        if not pending:
            return
        start, end, depth = pending.pop()
        head, body = _head_at(octets, start, end)
        main, subtype, names, boundary = _read_head(head)
        yield main, subtype, names, end - body
        if depth >= _DEPTH:
            raise NotParsed("deeper than anybody nests")
        if main == b"multipart":
            if not boundary:
                raise NotParsed("a multipart without a boundary")
            pending.extend((*span, depth + 1) for span in _spans(octets, body, end, boundary))
        elif main == b"message" and subtype in (b"rfc822", b"global", b"news"):
            pending.append((body, end, depth + 1))
    raise NotParsed("more parts than anybody sends")


def _head_at(octets: bytes, start: int, end: int) -> tuple[bytes, int]:
    """The header that begins at ``start`` and where its body begins; one that does not end is header to its last octet."""
    limit = min(end, start + _LONGEST_HEAD)
    body = header_end(octets, start, limit)
    return (octets[start:limit], end) if body is None else (octets[start:body], body)


def _read_head(head: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """Main type, subtype, file names and boundary that a header declares; text/plain where it declares none (RFC 2045 5.2)."""
    main, subtype, names, boundary = b"text", b"plain", [], b""
    for field, value in _fields(head).items():
        parameters = [(key.lower(), _unescaped(quoted) or bare) for key, quoted, bare in _PARAMETER.findall(value, value.find(b";"))] if b";" in value else []
        names.append(_file_names(parameters))
        if field == b"type" and (kind := _TYPE.match(value)):
            main, subtype = kind[1].lower(), kind[2].lower()
            boundary = next((text for key, text in parameters if key == b"boundary"), b"")
    return main, subtype, b"\0".join(name for name in names if name), boundary


def _fields(head: bytes) -> dict[bytes, bytes]:
    """The values of Content-Type and Content-Disposition, the first of each, found without a look at every other field."""
    found: dict[bytes, bytes] = {}
    low = b"\n" + head.lower()
    at = low.find(b"\ncontent-")
    while at >= 0:
        if field := _FIELD.match(head, at):
            found.setdefault(field[1].lower(), field[2])
        at = low.find(b"\ncontent-", at + 1)
    return found


def _unescaped(quoted: bytes) -> bytes:
    return re.sub(rb"\\(.)", rb"\1", quoted, flags=re.S) if b"\\" in quoted else quoted


def _spans(octets: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Where the parts between delimiter lines begin and end; the last one reaches to the close delimiter, or to the end where it is missing."""
    delimiter = b"--" + boundary
    opened = -1
    at = start if octets.startswith(delimiter, start, end) else _next_line(octets, delimiter, start, end)
    for _ in range(_PARTS):
        if at < 0:
            break
        after = at + len(delimiter)
        follows = octets[after:after + 2]
        if follows[:1] in (b"\r", b"\n", b" ", b"\t", b"") or follows == b"--":
            if opened >= 0:
                yield opened, at
            opened = -1
            line_end = octets.find(b"\n", after, end)
            if follows == b"--" or line_end < 0:
                return
            opened = line_end + 1
        at = _next_line(octets, delimiter, after, end)
    if opened >= 0:
        yield opened, end


def _next_line(octets: bytes, prefix: bytes, start: int, end: int) -> int:
    at = octets.find(b"\n" + prefix, max(start - 1, 0), end)
    return at + 1 if at >= 0 else -1


# ---- file names

_ENCODED_WORD = re.compile(rb"=\?[^?\s]{1,60}\?([bBqQ])\?([^?]{0,2000})\?=(?:\s{1,200}(?==\?))?")
_ESCAPE = re.compile(rb"[%=]([0-9a-fA-F]{2})")


def _file_names(parameters: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The values of name and filename in lower case, zero-separated: encoded words decoded, RFC 2231 pieces joined and unescaped.

    No charset is applied: an ending such as .ics is ASCII in all of them.
    """
    whole, pieces = [], []
    for key, value in parameters:
        base, star, number = key.partition(b"*")
        if base not in (b"name", b"filename"):
            continue
        if not star:
            whole.append(_words_decoded(value))
        else:
            index = number.rstrip(b"*")
            pieces.append((base, int(index) if index.isdigit() and len(index) < 5 else 0, value))
    for base in (b"name", b"filename") if pieces else ():
        joined = b"".join(value for own, _, value in sorted(pieces, key=lambda piece: piece[1]) if own == base)
        if joined:
            whole.append(_words_decoded(_ESCAPE.sub(_octet, joined) if b"%" in joined else joined))
    return b"\0".join(whole).lower()


def _words_decoded(value: bytes) -> bytes:
    if b"=?" not in value:
        return value
    return _ENCODED_WORD.sub(_word, value)


def _word(found: re.Match[bytes]) -> bytes:
    import binascii

    if found[1] in b"qQ":
        return _ESCAPE.sub(_octet, found[2])
    try:
        return binascii.a2b_base64(found[2] + b"=" * (-len(found[2]) % 4))
    except binascii.Error:
        return found[2]


def _octet(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])
