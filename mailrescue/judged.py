"""What was judged before is not judged again: the verdict on an invite, and what a mail says, rest on that message, the user and our own words alone.

Kept in the journal, under a digest of all that they rest on besides the message (our code, the vocabulary, the configuration): when any of
it changes everything is judged anew. So a scan at which a draft is due need not load the vocabulary at all.
"""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType
from typing import TypeVar

from mailrescue.desk import Desk
from mailrescue.judgement import evidence, phone_interview
from mailrescue.judgement.fields.manner import formal_in
from mailrescue.model.interview import Finding, Rejection, Statement
from mailrescue.model.mail import Message
from mailrescue.model.scheduling import Invite

T = TypeVar("T")


class Judged:
    """The memory of one account, for the length of a ``with`` block; what is new in it is kept at its end."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known = desk.journal.judged(desk.account, desk.judged_by) if desk.judged_by else {}
        self._new: dict[tuple[str, str], bytes] = {}

    def __enter__(self) -> Judged:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._new and self._desk.judged_by and kind in (None, KeyboardInterrupt):     # who stops a long first scan need not wait for it all again
            self._desk.journal.keep_judged(self._desk.account, self._desk.judged_by, self._new)

    def verdict(self, invite: Invite, message: Message) -> Finding | Rejection:
        """As ``phone_interview.judge``."""
        part = f"{message.invites.index(invite)}"
        known = self._known.get((message.message_id, part))
        kept = None if known is None else _decoded(known[1:], Finding) if known[:1] == b"F" else _decoded(known[1:], Rejection)
        if kept is not None:
            return kept
        verdict = phone_interview.judge(invite, message, self._desk.me, self._desk.lexicon)
        self._keep(message, part, (b"F" if isinstance(verdict, Finding) else b"R") + _encoded(verdict))
        return verdict

    def statement(self, message: Message) -> Statement:
        """As ``evidence.read``, with the manner in which the writer addresses the user."""
        known = self._known.get((message.message_id, "says"))
        if known is not None and (kept := _decoded(known, Statement)) is not None:
            return kept
        me, lexicon = self._desk.me, self._desk.lexicon
        statement = replace(evidence.read(message, me, lexicon), formal=formal_in(message, me, lexicon))
        self._keep(message, "says", _encoded(statement))
        return statement

    def _keep(self, message: Message, part: str, octets: bytes) -> None:
        self._new[message.message_id, part] = octets


def _encoded(value: object) -> bytes:
    import msgspec

    return msgspec.json.encode(value)


def _decoded(octets: bytes, kind: type[T]) -> T | None:
    """What was kept; None where the file was damaged in that place, so that it is judged again."""
    import msgspec

    try:
        return msgspec.json.decode(octets, type=kind)
    except msgspec.DecodeError:
        return None
