"""Names of mailboxes on the wire: modified UTF-7 (RFC 3501 5.1.3), as servers without UTF8=ACCEPT and Maildir++ folders write them. Pure.

IMAPClient has such a codec too; this one is here because a Maildir needs it without importing an IMAP client, and because it
says when a name does not survive the way there and back.
"""

from __future__ import annotations

import binascii
from itertools import groupby


def encode(name: str) -> bytes:
    """The name in modified UTF-7: ``Entwürfe`` is ``Entw&APw-rfe``, ``R&D`` is ``R&-D``."""
    runs = (("".join(run), plain) for plain, run in groupby(name, key=lambda letter: " " <= letter <= "~"))
    return b"".join(text.replace("&", "&-").encode("ascii") if plain else _shifted(text) for text, plain in runs)


def decode(wire: bytes) -> str | None:
    """The name that ``wire`` writes; None where it is no modified UTF-7 that ``encode`` would write again."""
    try:
        first, *rest = wire.decode("ascii").split("&")
        name = first + "".join(_unshifted(piece) for piece in rest)
        return name if encode(name) == wire else None
    except (UnicodeError, ValueError):
        return None


def _shifted(text: str) -> bytes:
    packed = binascii.b2a_base64(text.encode("utf-16-be"), newline=False)
    return b"&" + packed.rstrip(b"=").replace(b"/", b",") + b"-"


def _unshifted(piece: str) -> str:
    packed, _, plain = piece.partition("-")
    if not packed:
        return "&" + plain
    padding = "=" * (-len(packed) % 4)
    return binascii.a2b_base64(packed.replace(",", "/") + padding).decode("utf-16-be") + plain
