"""Who writes, and what they write: addresses, passages of text, and the telephone numbers in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of RFC 5322: display name as written (decoded, may be empty) and addr-spec in lower case."""

    name: str
    email: str

    @property
    def domain(self) -> str:
        """What stands after the last @, in lower case; empty where there is none."""
        return self.email.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class PhoneMention:
    """A telephone number as it stands in a text.

    ``e164`` is None where the digits are no possible number of any likely region. ``extension`` are the digits
    to dial once connected ("ext. 12", "poste 204"); ``suffix`` what follows as a dial string (",,766918553#"), digits only.
    ``start`` and ``end`` are offsets into the passage's text.
    """

    e164: str | None
    raw: str
    start: int
    end: int
    extension: str | None = None
    suffix: str | None = None
    valid: bool = True              # a valid number of its region, not merely a possible one


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a message or an invite, where they stand, and the telephone numbers among them.

    ``source`` is one of: subject, body (new text only), signature, quoted, link (tel: of the HTML),
    summary, location, description, conference, contact, comment.
    """

    source: str
    text: str
    numbers: tuple[PhoneMention, ...] = ()
