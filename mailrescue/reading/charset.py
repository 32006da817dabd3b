"""Octets to text, whatever the label says: answers which characters a sender meant, never raises, never takes more than linear time."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

#: labels that stand for a larger set in practice (WHATWG Encoding), or that Python knows under another name
_MEANT = {
    "us-ascii": "utf-8", "ascii": "utf-8", "ansi_x3.4-1968": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "utf-8-sig": "utf-8",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "iso-8859-8-i": "iso-8859-8", "iso-8859-9": "cp1254", "iso-8859-11": "cp874",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932",
    "x-mac-roman": "mac-roman", "macintosh": "mac-roman", "cp-850": "cp850", "unicode": "utf-16",
}
#: codecs that Python calls text, but that no mail is written in; two of them take quadratic time
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"})
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PLAIN = bytes((9, 10, 13, *range(32, 127)))        # no zero octets of UTF-16, no escapes of ISO-2022
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(octets: bytes, label: str = "") -> str:
    """The text of ``octets``: by its byte order mark, else as UTF-8 where it can be nothing else, else by ``label``, else Windows-1252.

    A wrong label is common (spamassassin's fp-bug5882 says ISO-8859-1 over UTF-8, James' charset2 says iso-4444-5): octets
    that are valid UTF-8 with a sequence of several octets are no other single-octet charset's in practice.
    """
    for mark, name in _BOMS:
        if octets.startswith(mark):
            return octets[len(mark):].decode(name, "replace")
    if octets.isascii() and not octets.translate(None, _PLAIN) and label[:5].lower() not in {"utf-7", "hz", "hz-gb"}:
        return octets.decode("ascii")
    wide = _wide(octets)
    if wide:
        return octets.decode(wide, "replace")
    name = _codec(label)
    if name.startswith(("utf-16", "utf-32")):
        name = "utf-8"                  # no zero octets: it is not what it says
    if name == "utf-8" or _single(name):
        try:
            return octets.decode("utf-8")
        except UnicodeDecodeError:
            if name == "utf-8":
                return _almost_utf8(octets)
    return octets.decode(name, "replace")


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    name = label.strip().strip("'\"").lower()
    name = _MEANT.get(name, name)
    try:
        found = codecs.lookup(name).name if name and len(name) < 40 else "utf-8"
        b"".decode(found)
    except (LookupError, ValueError):
        return "utf-8"
    return "utf-8" if found.replace("-", "_") in _REFUSED else _MEANT.get(found, found)


def _single(name: str) -> bool:
    """Whether a charset has one octet a letter, and so takes anything for text."""
    return name.startswith(("iso8859", "iso-8859", "cp12", "cp8", "cp4", "koi8", "mac", "kz", "ptcp", "tis", "latin"))


def _wide(octets: bytes) -> str:
    """UTF-16 without a byte order mark (tine's bad_encoding.ics): every other octet of western text is zero."""
    head = octets[:400]
    half = len(head) // 2
    if half < 4:
        return ""
    if head[1::2].count(0) > half * 0.7 and head[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if head[::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _almost_utf8(octets: bytes) -> str:
    """Text that claims to be UTF-8 and is not quite: cut within a letter, or of another charset after all."""
    letters = sum(len(m.group()) for m in _MULTIBYTE.finditer(octets))
    high = len(octets) - len(octets.translate(None, bytes(range(128, 256))))
    if letters * 2 > high:
        return octets.decode("utf-8", "replace")
    return octets.decode("cp1252", "replace")
