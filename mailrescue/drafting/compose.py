"""A draft as octets, and octets as a draft: headers, format=flowed text, and a Message-ID that proves what was written.

The Message-ID is ``<KEY.DIGEST@domain-of-From>``: KEY names the interview's slot and the kind of draft, DIGEST what the draft says.
So whoever finds the message later, with or without our state, can tell whose it is and whether a hand has changed it.

What this file may not do: name the program anywhere in a message, write an X- header, or trust a value that came from mail. Headers
are serialised here rather than by ``email.policy.default``, which decodes CR LF out of encoded words and then writes them out as
header lines; and the finished block is read again before it is returned.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator
from email.header import decode_header
from email.message import Message as ParsedMessage
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32
from email.utils import format_datetime, getaddresses

from mailrescue.drafting.flowed import flow, one_line, tidy, unflow
from mailrescue.model.draft import Composed, Envelope, Signed
from mailrescue.model.words import Address

_LINE = 78                      # RFC 5322 2.1.1: SHOULD be no longer, CRLF not counted
_LONGEST = 998                  # RFC 5322 2.1.1: MUST
_SUBJECT = 250                  # characters; a longer one is no subject
_NAME = 120
_REFERENCES = 20                # the first and the newest; more only makes servers wrap
_HEADERS = 64 * 1024            # octets of a header block that we read
_HEADER = 8 * 1024              # octets of one header that we decode
_BODY = 256 * 1024              # octets of a message that we compare

_OURS = re.compile(r"<([a-z2-7]{16})\.([a-z2-7]{26})@([^<>@\s]{1,255})>")
_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,900}>")
_ADDR_SPEC = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,20}")
_REPLY = re.compile(r"\s{0,20}(?:re|aw|antw|antwort|sv|rv|res|ref|rif|réf|rép)\s{0,3}(?:\[\d{1,3}\])?\s{0,3}[:：]\s{0,20}", re.I)
_ATOM_TEXT = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")


def compose(envelope: Envelope, text: str) -> Composed:
    """The complete message (RFC 5322; text of RFC 3676), CRLF line ends, ready for APPEND. An empty ``to`` writes no To.

    Raises ValueError where a header could not be written safely: an address that is none, a key of another form, a naive date.
    """
    subject = one_line(envelope.subject)[:_SUBJECT]
    text = tidy(text)
    from_ = _addr_spec(envelope.from_)
    recipients = [_addr_spec(address) for address in envelope.to]
    if not re.fullmatch(r"[a-z2-7]{16}", envelope.key):
        raise ValueError(f"a draft's key is sixteen letters of base32, not {envelope.key!r}")
    if envelope.date.tzinfo is None:
        raise ValueError("the date of a draft needs its zone")
    message_id = f"<{envelope.key}.{digest(recipients, subject, text)}@{from_.partition('@')[2]}>"
    body, encoding = _body(text)
    headers = [
        ("From", _mailboxes([envelope.from_])),
        *([("To", _mailboxes(envelope.to))] if envelope.to else []),
        ("Subject", _unstructured(subject, len("Subject: "))),
        ("Date", [format_datetime(envelope.date)]),
        ("Message-ID", [message_id]),
        *_threading(envelope),
        ("MIME-Version", ["1.0"]),
        ("Content-Type", ["text/plain; charset=utf-8; format=flowed"]),
        ("Content-Transfer-Encoding", [encoding]),
    ]
    block = "".join(_field(name, pieces) for name, pieces in headers)
    _check(block, [name for name, _ in headers])
    return Composed(message_id, block.encode("ascii") + b"\r\n" + body)


def signed(octets: bytes) -> Signed | None:
    """What the Message-ID of a stored message says of it; None where it is not of our form.

    ``untouched`` is true only where recipients, subject and text still give the digest, the sender's domain is the one that the
    Message-ID names, and the message is one text/plain part: no attachment, no HTML beside it. A server's other transfer encoding,
    header folding or line wrapping changes nothing of that; whatever cannot be read is not proved, and so not untouched.
    """
    block, body = _split(octets)
    if len(block) > _HEADERS:
        return None
    headers = BytesHeaderParser(policy=compat32).parsebytes(block)
    ours = _OURS.fullmatch(_raw(headers, "Message-ID").strip())
    if ours is None or len(headers.get_all("Message-ID", [])) != 1:
        return None
    key, written, domain = ours.groups()
    return Signed(key, _sender_domain(headers) == domain and written in _digests(headers, body))


def key_of(message_id: str) -> str:
    """The key that a Message-ID of our form carries, empty where it is of another form. It proves nothing: ``signed`` does."""
    ours = _OURS.fullmatch(message_id)
    return ours[1] if ours else ""


def digest_of(octets: bytes) -> str:
    """The digest that a stored message gives, whatever its Message-ID: by it a copy in Sent is known for one of our drafts."""
    headers = BytesHeaderParser(policy=compat32).parsebytes(_split(octets)[0][:_HEADERS])
    return digest(_addresses(headers, "To", "Cc", "Bcc"), _decoded_header(_raw(headers, "Subject")) or "", text_of(octets))


def digest(to: Iterable[str], subject: str, text: str) -> str:
    """26 letters of base32 (130 bits of SHA-256) that stand for recipients (To, Cc and Bcc, addr-specs), decoded subject and unflowed text.

    The order and case of recipients, white space in the subject, trailing blanks, blank lines at either end, kinds of space, line ends and
    Unicode's normal forms do not count: servers and harmless clients rewrite these.
    """
    recipients = ",".join(sorted({_ascii_address(address) for address in to}))
    canonical = "\0".join((recipients, one_line(subject), _canonical(text)))
    return _base32(canonical.encode("utf-8", "replace"), 26)


def text_of(octets: bytes) -> str:
    """The first text/plain part of a stored message, decoded and unflowed, line ends as \\n; empty where there is none or it cannot be read.

    A copy in Sent may be multipart (clients add HTML beside the text), so this looks for the part.
    """
    if len(octets) > _BODY:
        return ""
    try:
        parsed = BytesParser(policy=compat32).parsebytes(octets)
        part = next((p for p in parsed.walk() if p.get_content_type() == "text/plain"), None)
    except (RecursionError, ValueError, LookupError):    # multiparts nested a thousand deep
        return ""
    if part is None or part.is_multipart():
        return ""
    payload = part.get_payload(decode=True)
    text = _in_charset(part, payload) if isinstance(payload, bytes) else None
    return "" if text is None else _as_meant(part, text)


def key(*parts: str) -> str:
    """Sixteen letters of base32 that stand for the parts in this order; ("a", "bc") and ("ab", "c") differ."""
    return _base32("".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "replace"), 16)


def reply_subject(subject: str) -> str:
    """The subject with ``Re: `` before it exactly once, whatever reply prefixes of whichever language stood there."""
    subject = one_line(subject)
    while found := _REPLY.match(subject):
        subject = subject[found.end():]
    return f"Re: {subject}".strip()


# Writing


def _threading(envelope: Envelope) -> Iterator[tuple[str, list[str]]]:
    """In-Reply-To and References, the parent last (RFC 5322 3.6.4). A message-id that breaks the grammar is left out: it could break ours."""
    if envelope.in_reply_to and _MESSAGE_ID.fullmatch(envelope.in_reply_to):
        yield "In-Reply-To", [envelope.in_reply_to]
    parent = envelope.in_reply_to or ""
    references = [one for one in dict.fromkeys((*(r for r in envelope.references if r != parent), parent)) if _MESSAGE_ID.fullmatch(one)]
    if len(references) > _REFERENCES:
        references = references[:1] + references[1 - _REFERENCES:]
    if references:
        yield "References", references


def _field(name: str, pieces: list[str]) -> str:
    """One header field, folded only between the pieces."""
    lines = [f"{name}: {pieces[0]}"]
    for piece in pieces[1:]:
        if len(lines[-1]) + 1 + len(piece) <= _LINE:
            lines[-1] += f" {piece}"
        else:
            lines.append(f" {piece}")
    return "\r\n".join(lines) + "\r\n"


def _mailboxes(addresses: Iterable[Address]) -> list[str]:
    pieces: list[str] = []
    for address in addresses:
        if pieces:
            pieces[-1] += ","
        name = one_line(address.name)[:_NAME].strip()
        spec = _addr_spec(address)
        pieces += [*_phrase(name), f"<{spec}>"] if name and name.lower() != spec else [spec]
    return pieces


def _phrase(name: str) -> list[str]:
    """A display name as atoms, as a quoted string or as encoded words (RFC 5322 3.2.5, RFC 2047 5.3)."""
    if not name.isascii() or "=?" in name or len(name) > 60:
        return list(_encoded_words(name, len("From: ")))
    if _ATOM_TEXT.fullmatch(name):
        return name.split(" ")
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return [f'"{quoted}"']


def _unstructured(value: str, used: int) -> list[str]:
    if value.isascii() and "=?" not in value and all(len(word) < 60 for word in value.split(" ")):
        return value.split(" ")
    return list(_encoded_words(value, used))


def _encoded_words(value: str, used: int) -> Iterator[str]:
    """The value as encoded words of at most 75 characters, whole characters in each (RFC 2047 2 and 5)."""
    room, chunk = (_LINE - 2 - used - len("=?utf-8?b??=")) // 4 * 3, b""
    for character in value:
        octets = character.encode("utf-8", "replace")
        if len(chunk) + len(octets) > room:
            yield f"=?utf-8?b?{base64.b64encode(chunk).decode()}?="
            room, chunk = (75 - len("=?utf-8?b??=")) // 4 * 3, b""
        chunk += octets
    yield f"=?utf-8?b?{base64.b64encode(chunk).decode()}?="


def _addr_spec(address: Address) -> str:
    """The address in ASCII, its domain by IDNA; ValueError where it is no dot-atom address."""
    spec = _ascii_address(address.email)
    if not _ADDR_SPEC.fullmatch(spec) or ".." in spec or spec.startswith(".") or ".@" in spec:
        raise ValueError(f"not an address to write to: {address.email!r}")
    return spec


def _ascii_address(email: str) -> str:
    local, at, domain = email.strip().lower().rpartition("@")
    try:
        return local + at + domain.encode("idna").decode("ascii")
    except UnicodeError:
        return local + at + domain


def _body(text: str) -> tuple[bytes, str]:
    """The flowed text and its transfer encoding: 7bit while it is ASCII in short lines, else quoted-printable (RFC 2045 6.7)."""
    lines = flow(text)
    if all(line.isascii() and len(line) <= _LINE for line in lines):
        return "".join(f"{line}\r\n" for line in lines).encode("ascii"), "7bit"
    encoded = (quopri.encodestring(line.encode("utf-8", "replace")).replace(b"\n", b"\r\n") for line in lines)
    return b"".join(line + b"\r\n" for line in encoded), "quoted-printable"


def _check(block: str, wanted: list[str]) -> None:
    """Read the serialised header block again: the fields that we meant, once each and nothing else (CVE-2024-6923 and its class)."""
    if not block.isascii() or any(ord(c) < 32 or ord(c) == 127 for c in block.replace("\r\n", "")):
        raise ValueError("a header would hold characters that no header may hold")
    lines = block.split("\r\n")[:-1]
    names = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    if names != wanted or any(len(line) > _LONGEST or not line.strip() for line in lines):
        raise ValueError("the headers of the draft did not come out as meant")


# Reading


def _split(octets: bytes) -> tuple[bytes, bytes]:
    end = re.search(rb"\r?\n\r?\n", octets[:_HEADERS + 4])
    return (octets, b"") if end is None else (octets[:end.end()], octets[end.end():])


def _raw(headers: ParsedMessage, name: str) -> str:
    return re.sub(r"\r?\n(?=[ \t])", "", str(headers.get(name, "")))


def _sender_domain(headers: ParsedMessage) -> str:
    senders = _addresses(headers, "From")
    return senders[0].rpartition("@")[2] if len(senders) == 1 else ""


def _addresses(headers: ParsedMessage, *names: str) -> list[str]:
    values = [re.sub(r"\r?\n(?=[ \t])", "", str(value)) for name in names for value in headers.get_all(name, [])]
    if any(len(value) > _HEADER for value in values):
        return ["unreadable"]
    return [_ascii_address(email) for _, email in getaddresses(values) if email]


def _digests(headers: ParsedMessage, body: bytes) -> set[str]:
    """The digests that the message gives, as flowed text and as fixed; none where it cannot be read or is more than one text part."""
    subjects = headers.get_all("Subject", [])
    if headers.get_content_type() != "text/plain" or len(body) > _BODY or len(subjects) > 1 or _is_attachment(headers):
        return set()
    subject, text = _decoded_header(_raw(headers, "Subject")), _decoded(headers, body)
    if subject is None or text is None:
        return set()
    recipients = _addresses(headers, "To", "Cc", "Bcc")
    # Both: a server that dropped the format parameter kept the words, and a client that filled the paragraphs up kept them too.
    return {digest(recipients, subject, unflow(text)), digest(recipients, subject, text)}


def _is_attachment(headers: ParsedMessage) -> bool:
    return _raw(headers, "Content-Disposition").strip().lower().startswith("attachment")


def _decoded_header(raw: str) -> str | None:
    if len(raw) > _HEADER:
        return None
    try:
        return "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "utf-8") for piece, charset in decode_header(raw)
        )
    except (LookupError, ValueError):
        return None


def _decoded(part: ParsedMessage, payload: bytes) -> str | None:
    """The payload without its transfer encoding and charset; None where either is unknown or broken."""
    encoding = _raw(part, "Content-Transfer-Encoding").strip().lower()
    try:
        if encoding == "quoted-printable":
            payload = quopri.decodestring(payload)
        elif encoding == "base64":
            payload = base64.b64decode(payload)
        elif encoding not in ("", "7bit", "8bit", "binary"):
            return None
    except binascii.Error:
        return None
    return _in_charset(part, payload)


def _in_charset(part: ParsedMessage, payload: bytes) -> str | None:
    """The text, line ends as \\n; None where the charset is unknown or does not fit."""
    charset = part.get_content_charset("us-ascii")
    try:
        text = payload.decode("utf-8" if charset == "us-ascii" else charset)
    except (LookupError, ValueError):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _as_meant(part: ParsedMessage, text: str) -> str:
    flowed = str(part.get_param("format", "fixed")).lower() == "flowed"
    return unflow(text, delsp=str(part.get_param("delsp", "no")).lower() == "yes") if flowed else text


# Canonical forms


def _canonical(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _base32(octets: bytes, letters: int) -> str:
    return base64.b32encode(hashlib.sha256(octets).digest()).decode().lower()[:letters]
