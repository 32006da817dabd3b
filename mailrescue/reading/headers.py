"""Header fields to values: a bounded reader of our own, linear in time, that survives what RFC 5322 forbids.

The standard library's ``policy.default`` is unsafe here (a From of 311 octets raises RecursionError, 420 kB of encoded
words take over 2 GiB, and CR LF comes out of encoded words). What leaves this module holds no control character, and
addresses hold no character that changes the direction of writing.
"""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from functools import lru_cache

from mailrescue.model.words import Address
from mailrescue.reading import charset

#: octets of one field that are read at the most; References and To of long threads stay below
LARGEST_FIELD = 32 * 1024
_MOST_ADDRESSES = 500
_MOST_IDS = 200

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0))) | {9: " ", 10: " ", 13: " ", 0x2028: " ", 0x2029: " "}
_BIDI = dict.fromkeys((0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF))
_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]{0,4000})\?=")
_EMAIL = re.compile(r"(?:\"[^\"\s]{1,64}\"|[^\s<>()\[\],;:\\\"@]{1,200})@[^\s<>()\[\],;:\\\"@]{1,250}")
_ID = re.compile(r"<[^<>\s]{1,900}>")


def clean(text: str) -> str:
    """The text on one line: C0 and C1 controls gone, tabs and line ends as spaces."""
    return text if text.isprintable() else text.translate(_CONTROLS)


def plain(text: str) -> str:
    """The same, without characters that hide or reverse what stands there: for names and addresses."""
    return " ".join((text if text.isprintable() else text.translate(_CONTROLS).translate(_BIDI)).split())


def text(raw: bytes) -> str:
    """An unstructured field (Subject): unfolded, encoded words decoded (RFC 2047), raw UTF-8 or Latin-1 as well, on one line."""
    return " ".join(clean(words(_unfolded(raw))).split(" ")).strip()


def words(value: str) -> str:
    """Decode encoded words; those that follow one another in one charset are joined first, since senders cut within a letter."""
    if "=?" not in value:
        return value
    done: list[str] = []
    pending, label, at = b"", "", 0
    for match in _WORD.finditer(value):
        between = value[at:match.start()]
        adjacent = bool(label) and not between.strip()
        if not adjacent or match[1].lower() != label:
            done.append(charset.decode(pending, label) if pending else "")
            pending = b""
        if not adjacent:
            done.append(between)
        pending, label, at = pending + _octets(match[2], match[3]), match[1].lower(), match.end()
    done.append(charset.decode(pending, label) if pending else "")
    return "".join(done) + value[at:]


def addresses(raw: bytes) -> tuple[Address, ...]:
    """The mailboxes of an address list (RFC 5322 3.4): groups opened, comments as names, semicolons as Outlook writes them.

    Those without an addr-spec are left out.
    """
    return tuple(a for a in _mailboxes(raw) if a.email)


def address(raw: bytes) -> Address | None:
    """The first mailbox of a field; where no addr-spec stands there, the words alone with an empty email."""
    found = _mailboxes(raw)
    return next((a for a in found if a.email), found[0] if found else None)


def ids(raw: bytes) -> tuple[str, ...]:
    """The message identifiers of a field, with their angle brackets, at most the last 200."""
    return tuple(_ID.findall(plain(_unfolded(raw))))[-_MOST_IDS:]


def date(raw: bytes) -> datetime | None:
    """The date of a field, aware (-0000 and a missing zone as UTC); None where it is none."""
    from email.utils import parsedate_to_datetime

    value = plain(_unfolded(raw[:200]))
    try:
        found = parsedate_to_datetime(value)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)           # a year 1 with an offset has no such moment
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return found


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """A value with parameters (Content-Type, Content-Disposition): the value in lower case, and the parameters by lower-case name.

    RFC 2231 continuations and charsets are put together; encoded words, which RFC 2047 forbids here and Outlook and
    Gmail write all the same, are decoded too. At most 100 parameters.
    """
    value, *pieces = _split_parameters(_unfolded(raw[:8192]))
    simple: dict[str, str] = {}
    extended: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[:100]:
        name, equals, given = piece.partition("=")
        name, given = name.strip().lower(), _unquoted(given.strip())
        numbered = re.fullmatch(r"([^*]{1,60})(?:\*(\d{1,3}))?(\*?)", name)
        if not equals or not numbered:
            continue
        if numbered[2] is None and not numbered[3]:
            simple.setdefault(name, plain(words(given)))
        else:
            extended.setdefault(numbered[1], {}).setdefault(int(numbered[2] or 0), (given, bool(numbered[3])))
    for name, sections in extended.items():
        simple[name] = plain(words(_extended(sections)))
    return plain(value).lower(), simple


def mailbox_named(name: str, email: str) -> Address:
    """An Address from a name and an addr-spec as some calendar wrote them: cleaned, lower case, empty where it is no address."""
    found = _EMAIL.search(plain(email)[:500])
    lowered = found.group().lower() if found else ""
    shown = plain(name).strip("'\" ")[:200]
    return Address("" if shown.lower() == lowered or shown.lower() == f"mailto:{lowered}" else shown, lowered)


def _unfolded(raw: bytes) -> str:
    return charset.decode(re.sub(rb"\r?\n[ \t]*", b" ", raw[:LARGEST_FIELD]))


def _octets(encoding: str, value: str) -> bytes:
    if encoding in "qQ":
        return binascii.a2b_qp(value.encode("utf-8", "replace"), header=True)
    return base64(value.encode("ascii", "ignore"))


def base64(octets: bytes) -> bytes:
    """Base64 as met: junk skipped, padding missing or in the middle (several encoded pieces one after another)."""
    kept = re.sub(rb"[^A-Za-z0-9+/=]", b"", octets)
    pieces = []
    for run in re.split(rb"=+", kept):
        run = run[:-1] if len(run) % 4 == 1 else run
        pieces.append(binascii.a2b_base64(run + b"=" * (-len(run) % 4)))
    return b"".join(pieces)


def _split_parameters(value: str) -> list[str]:
    """Cut at the semicolons that stand outside quotes."""
    return re.findall(r"(?:[^;\"]|\"(?:[^\"\\]|\\.?)*+(?:\"|$))++", value, re.S)[:101] or [""]


def _unquoted(value: str) -> str:
    if value.startswith('"'):
        return re.sub(r"\\(.)", r"\1", value[1:].rpartition('"')[0] or value[1:])
    return re.sub(r"\([^()]{0,200}\)\s*$", "", value).strip()


def _extended(sections: dict[int, tuple[str, bool]]) -> str:
    label, octets = "", b""
    for number in sorted(sections):
        given, encoded = sections[number]
        if encoded and number == 0 and given.count("'") >= 2:
            label, _, given = given.split("'", 2)
        octets += re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes((int(m[1], 16),)), given.encode()) if encoded else given.encode()
    return charset.decode(octets, label)


@lru_cache(maxsize=64)      # a message's fields are asked for several times
def _mailboxes(raw: bytes) -> tuple[Address, ...]:
    """Read an address list letter by letter. A phrase without address, before a comma, belongs to the next name: "Doe, Anne <…>"."""
    found: list[Address] = []
    phrase, comment, spec, held = "", "", "", ""
    for kind, piece in (*_address_tokens(_unfolded(raw)), (",", "")):
        if kind == "word":
            phrase += piece
        elif kind == "comment":
            comment = comment or piece
        elif kind == "spec":
            spec = spec or piece
        elif kind == ":" and not spec and "@" not in phrase:
            phrase = comment = held = ""
        elif kind == ":":
            phrase += ":"
        else:
            one = _mailbox(phrase, comment, spec)
            if one.email:
                found.append(Address(f"{held}, {one.name}" if held and one.name else one.name or held, one.email))
                held = ""
            elif one.name:
                held = f"{held}, {one.name}" if held else one.name
            phrase = comment = spec = ""
        if len(found) >= _MOST_ADDRESSES:
            break
    return tuple(found or ([Address(held, "")] if held else []))


_TOKEN = re.compile(r"\"((?:[^\"\\]|\\.?)*)(?:\"|$)|<([^<>]*)(?:>|$)|([,;:])|(\()|([^\"<>,;:()]+)|(.)", re.S)


def _address_tokens(value: str) -> list[tuple[str, str]]:
    """Words, comments, addr-specs in angle brackets, and the signs that part them."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(value) and (match := _TOKEN.match(value, at)):
        at = match.end()
        if match[1] is not None:
            tokens.append(("word", re.sub(r"\\(.)", r"\1", match[1])))
        elif match[2] is not None:
            tokens.append(("spec", match[2]))
        elif match[3]:
            tokens.append((match[3].replace(";", ","), ""))
        elif match[4]:
            inside, at = _comment(value, at)
            tokens.append(("comment", inside))
        else:
            tokens.append(("word", match[5] or ""))
    return tokens


def _comment(value: str, at: int) -> tuple[str, int]:
    """A comment, nested ones in it, from after its parenthesis; one that never ends takes the rest."""
    start, depth = at, 1
    for sign in re.finditer(r"\\.|[()]", value[at:]):
        depth += {"(": 1, ")": -1}.get(sign.group(), 0)
        if depth == 0:
            return value[start:at + sign.start()], at + sign.end()
    return value[start:], len(value)


def _mailbox(phrase: str, comment: str, spec: str) -> Address:
    if spec:
        # A route (RFC 5322 4.4) stands before the last colon.
        return mailbox_named(words(phrase) if phrase.strip() else words(comment), spec.rpartition(":")[2] if "@" in spec.rpartition(":")[2] else spec)
    bare = _EMAIL.search(plain(phrase)[:2000])
    if bare:
        rest = plain(phrase).replace(bare.group(), " ")
        return mailbox_named(words(rest) if rest.strip() else words(comment), bare.group())
    return Address(plain(words(phrase if phrase.strip() else comment)).strip("'\" ")[:200], "")
