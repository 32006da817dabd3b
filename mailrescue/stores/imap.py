"""Mail on an IMAP server (RFC 9051, and the revision 1 servers of RFC 3501), behind the promise of base.py.

Connects when first asked, logs in once, and says everything through wire.py. Reads with EXAMINE and BODY.PEEK; writes with APPEND
to Drafts and, for one message at a time that was looked at in the same session, MOVE or UID EXPUNGE. A position is
``UIDVALIDITY:UIDNEXT``: new is what has a higher UID, whatever happens to flags.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, pairwise
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from mailrescue.errors import CannotWrite, ConfigurationError, MailrescueError, PassingFault, RefusedForGood
from mailrescue.model.mail import Mailboxes, MessageRef, StoredMessage
from mailrescue.stores import calendar_parts, mutf7, special_use, tokens, wire
from mailrescue.stores.base import LARGEST, Listed, Stretch, Withdrawal

if TYPE_CHECKING:
    from mailrescue.stores.probe import Opened

_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1|\[::1\]")
_SURVEY = b"(UID INTERNALDATE RFC822.SIZE BODYSTRUCTURE)"
_STRUCTURE = b"(UID BODYSTRUCTURE)"
_UID = re.compile(rb"\bUID (\d{1,10})\b")
_OF_A_PART = re.compile(rb"\* \d{1,10} FETCH \([^({]{0,60}BODY\[", re.I)
_WITHOUT_STRUCTURE = b"(UID INTERNALDATE RFC822.SIZE)"
_WHOLE = b"(UID FLAGS INTERNALDATE BODY.PEEK[]<0.%d>)" % LARGEST
_HEAD = b"(UID FLAGS INTERNALDATE BODY.PEEK[HEADER])"
#: messages asked about in one command: few first, so that the newest are known at once, then more
_FIRST_BATCH, _LARGEST_BATCH = 500, 10_000
#: ranges asked about at once on the way back through a mailbox, the octets of a calendar looked at, and from how many messages on compression pays
_IN_FLIGHT, _CALENDAR, _WORTH_COMPRESSING = 3, 64 * 1024, 1000
#: commands for calendars in one write: a server that waits for its answers to be read reads no more than so much
_TOGETHER = 8
#: up to so many UIDs since the last position are asked about in the same write as EXAMINE
_AT_ONCE = 2000
#: seconds for which a count of messages is believed; another machine may write a draft meanwhile
_JUST = 5
_WHOLE_AT_ONCE = 100
_NOTHING_STORED = ("OVERQUOTA", "NOPERM", "TRYCREATE", "NONEXISTENT", "CANNOT", "LIMIT", "TOOBIG", "READ-ONLY")
_OURS = frozenset({"\\Draft", "\\Seen"})


class ImapStore:
    """One account on an IMAP server."""

    def __init__(
        self,
        name: str,
        host: str,
        port: int,
        security: str,
        user: str,
        secret: Callable[[], str],
        ca_file: str | None = None,
        overrides: Mapping[str, object] | None = None,
        auth: str = "keyring",
        until: float | None = None,
        opened: tuple[Opened, Mapping[str, Any]] | None = None,
    ) -> None:
        """``security``: ``tls``, ``starttls``, or ``none`` on loopback only. ``secret`` gives the password, or with auth ``oauth2`` the access token.

        ``overrides``: ``drafts``, ``sent``, ``trash``, ``mailboxes`` of the configuration. At ``until``
        (time.monotonic()) the session is cut, whatever it waits for. Nothing is connected yet. ``opened`` is a session that the probe left,
        with the account's record (``marks`` and ``mailboxes``) of the last scan, less than a day old.
        Raises ConfigurationError where the security would show the password to the network.
        """
        if security not in {"tls", "starttls", "none"}:
            raise ConfigurationError(f"account {name}: security = {security!r} is unknown", 'set "tls", "starttls", or, on this very computer, "none"')
        if security == "none" and not _LOOPBACK.fullmatch(host.lower()):
            raise ConfigurationError(f"account {name}: security = \"none\" would send the password to {host} in the clear", 'set security = "tls" or "starttls"')
        self._name = name
        self._endpoint = (host, port, security, ca_file)
        self._user = user
        self._secret = secret
        self._by_token = auth == "oauth2"
        self._overrides = overrides or {}
        self._until = until
        self._session: wire.Wire | None = None
        self._chosen: Mailboxes | None = None
        self._opened: _Opened | None = None
        self._numbers: dict[str, Mapping[str, int]] = {}    # what STATUS last said of each mailbox
        self._heard = monotonic()
        self._left_open = opened
        if opened:
            self._chosen = Mailboxes(**opened[1]["mailboxes"] | {"evidence": tuple(opened[1]["mailboxes"]["evidence"])})
            self._numbers = {str(mutf7.decode(raw.encode("ascii"))): numbers for raw, numbers in opened[0].standing.items()}

    # ---- which mailboxes, and how far they reach

    def mailboxes(self) -> Mailboxes:
        """See MailStore. One LIST a session."""
        if self._chosen is None:
            with _doing("list the mailboxes"):
                answers = self._wire().mailboxes().finish()
            listed = [found for answer in answers if (found := tokens.listed(answer))]
            names = [(mutf7.decode(raw), attributes, delimiter) for attributes, delimiter, raw in listed]
            candidates = [special_use.Candidate(name, attributes, delimiter) for name, attributes, delimiter in names if name is not None]
            self._chosen = special_use.choose(self._name, candidates, self._overrides)
        return self._chosen

    def positions(self, mailboxes: Sequence[str], known: Mapping[str, str] | None = None) -> Mapping[str, str]:  # noqa: ARG002  a Maildir's help
        """See MailStore. STATUS of all in one write, and of Drafts, which ``marks`` tells of; none where the probe has just asked."""
        if not mailboxes:
            return {}
        if self._left_open is None or not self._numbers.keys() >= set(mailboxes):
            self._ask(mailboxes)
        return {name: "{}:{}".format(*validity_and_next) for name in mailboxes if (validity_and_next := self._reach(name))}

    def _ask(self, mailboxes: Sequence[str]) -> None:
        drafts = self._chosen.drafts if self._chosen else None
        asked = [*mailboxes, *([drafts] if drafts and drafts not in mailboxes else [])]
        names = {mutf7.encode(name).lower() if name.upper() == "INBOX" else mutf7.encode(name): name for name in asked}
        self._numbers, self._heard = {}, monotonic()
        with _doing("say how far the mailboxes reach"):
            exchange = self._wire().status([(mutf7.encode(name), name == drafts) for name in asked])
            for answer in exchange:
                raw, numbers = tokens.status(answer) or (b"", {})
                name = names.get(raw) or names.get(raw.lower())
                if name and {b"UIDVALIDITY", b"UIDNEXT"} <= numbers.keys():
                    self._numbers[name] = {key.decode("ascii"): number for key, number in numbers.items()}
            if not self._numbers:
                exchange.finish()       # all refused: say why

    def _reach(self, mailbox: str) -> tuple[int, int] | None:
        """UIDVALIDITY and UIDNEXT, as last heard."""
        numbers = self._numbers.get(mailbox)
        return (numbers["UIDVALIDITY"], numbers["UIDNEXT"]) if numbers else None

    def marks(self) -> Mapping[str, str]:
        """See MailStore. By the name on the wire."""
        from mailrescue.stores import probe

        drafts = self._chosen.drafts if self._chosen else None
        return {mutf7.encode(name).decode("ascii"): probe.mark(numbers, name == drafts) for name, numbers in self._numbers.items()}

    @property
    def wants_a_name(self) -> bool:
        """Whether the server offers ID: some answer nobody who does not say who it is."""
        return self._session is not None and "ID" in self._session.capabilities

    # ---- reading

    def survey(self, mailbox: str, since: str | None, not_before: datetime | None = None, before: datetime | None = None) -> Iterator[Listed]:
        """See MailStore."""
        validity, first_uid = _position(since)
        for found in self._surveyed(mailbox, validity, first_uid, not_before, before):
            if (not_before is None or found.internal_date >= not_before) and (before is None or found.internal_date < before):
                yield found

    def _surveyed(self, mailbox: str, validity: int, first_uid: int, not_before: datetime | None, before: datetime | None) -> Iterator[Listed]:
        known = self._reach(mailbox)
        if first_uid > 1 and known and known[0] == validity and known[1] - first_uid <= _AT_ONCE:
            yield from self._few_since(mailbox, validity, first_uid)
            return
        opened = self._open(mailbox, afresh=True)
        lowest = first_uid if opened.validity == validity else 1
        if not_before or before:
            yield from self._by_date(mailbox, lowest, not_before, before)
        else:
            yield from self._newest_first(mailbox, lowest)

    def _few_since(self, mailbox: str, validity: int, first_uid: int) -> Iterator[Listed]:
        """EXAMINE and FETCH in one write: what arrived since, when that cannot be much."""
        with _doing(f"show {mailbox}"):
            wanted = f"{first_uid}:*"
            exchange = self._wire().examine(mutf7.encode(mailbox), wire.uid_fetch_command(wanted, _SURVEY))
            opened = self._remember(mailbox, exchange.up_to(0))
            if opened.validity != validity:
                yield from self._newest_first(mailbox, 1)
                return
            found = self._batch(mailbox, exchange, partial(wire.uid_fetch_command, wanted))
        # n:* always gives the last message, even one below n
        yield from sorted((one for one in found if int(one.ref.uid) >= first_uid), key=_newest)

    def _newest_first(self, mailbox: str, lowest: int) -> Iterator[Listed]:
        """Sequence numbers from the last one down, in growing ranges, until a UID below ``lowest``.

        Sequence numbers only sink while we read (others expunge), so a message may be met twice, and is given once; none is missed.
        """
        opened = self._open(mailbox)
        high, size, below = opened.exists, _FIRST_BATCH, 1 << 32
        while high > 0:
            self._open(mailbox)
            low = max(1, high - size + 1)
            with _doing(f"show {mailbox}"):
                exchange = self._wire().fetch(wire.fetch_command(low, high, _SURVEY))
                found = self._batch(mailbox, exchange, partial(wire.fetch_command, low, high), high - low + 1)
            batch = sorted((one for one in found if lowest <= int(one.ref.uid) < below), key=_newest)
            yield from batch
            below = min((int(one.ref.uid) for one in found), default=below)
            if below <= lowest:
                return
            high, size = low - 1, min(size * 2, _LARGEST_BATCH)

    def _by_date(self, mailbox: str, lowest: int, not_before: datetime | None, before: datetime | None) -> Iterator[Listed]:
        with _doing(f"search {mailbox} by date"):
            uids = [uid for uid in _found_uids(self._wire().uids_between(not_before, before).finish()) if uid >= lowest]
        for wanted in _sets(sorted(uids, reverse=True), _LARGEST_BATCH // 5):
            self._open(mailbox)
            with _doing(f"show {mailbox}"):
                exchange = self._wire().fetch(wire.uid_fetch_command(wanted, _SURVEY))
                found = self._batch(mailbox, exchange, partial(wire.uid_fetch_command, wanted))
            yield from sorted(found, key=_newest)

    def _batch(self, mailbox: str, exchange: wire.Exchange, again: Callable[[bytes], bytes], expected: int = 0) -> list[Listed]:
        """What the answers list. Where the server cannot tell the structure of some, these count as messages that may carry a calendar.

        Exchange refuses, or leaves out, messages whose MIME it cannot read; a structure of a million octets is not kept.
        """
        ref = self._refs(mailbox)
        found = {one.ref.uid: one for answer in exchange if (one := _listed(answer, ref))}
        if _ended_well(exchange) and len(found) >= expected:
            return list(found.values())
        for answer in self._wire().fetch(again(_WITHOUT_STRUCTURE)).finish():
            if one := _listed(answer, ref):
                found.setdefault(one.ref.uid, one)
        return list(found.values())

    def back(self, mailbox: str, mark: str | None, before: datetime) -> Iterator[Stretch]:  # noqa: ARG002  how far the newest reach only a search could tell
        """See MailStore. By sequence number, three ranges in flight; a mark is ``UIDVALIDITY:NUMBER`` of the lowest one looked at.

        Numbers only sink while others expunge, so the same number later stands for the same message or a newer one: none is left out.
        """
        opened = self._open(mailbox)
        validity, number = _position(mark)
        high = min(opened.exists, number - 1) if validity == opened.validity else opened.exists
        if high > _WORTH_COMPRESSING:
            self._wire().compress()
        asked: _Asked | None = None
        for ranges, following in pairwise([*_groups(high), []]):
            self._open(mailbox)
            if asked is None or asked.session is not self._session:      # between two stretches it broke, or was closed
                asked = self._ask_on({}, ranges)
            found = self._candidates(mailbox, ranges, asked)
            self._open(mailbox)
            asked = self._ask_on(found, following)
            lowest = ranges[-1][0]
            yield Stretch(f"{opened.validity}:{lowest}", lowest - 1, tuple(self._calendars(mailbox, asked.come)))
        if opened.exists == 0 or number <= 1:
            yield Stretch(f"{opened.validity}:1", 0, ())

    def _ask_on(self, found: Mapping[bytes, Sequence[int]], ranges: Sequence[tuple[int, int]]) -> _Asked:
        """In one write, ask for the calendars found and, while these are looked at, for the structures of the next ranges; the calendars have then come."""
        parts = [
            wire.uid_fetch_command(wanted, b"(UID BODY.PEEK[%s]<0.%d>)" % (section, _CALENDAR))
            for section, uids in found.items() for wanted in _sets(sorted(set(uids), reverse=True), _LARGEST_BATCH)
        ]  # fmt: skip
        come = []
        while len(parts) > _TOGETHER:
            come += list(self._wire().fetch(*parts[:_TOGETHER]))
            del parts[:_TOGETHER]
        exchange = self._wire().fetch(*parts, *(wire.fetch_command(low, high, _STRUCTURE) for low, high in ranges), sift=calendar_parts.structures_that_may)
        come += [answer for number in range(len(parts)) for answer in exchange.come_with(number)]
        return _Asked(self._session, exchange, len(parts), come)

    def _calendars(self, mailbox: str, answers: Sequence[bytes]) -> Iterator[tuple[MessageRef, bytes]]:
        ref = self._refs(mailbox)
        for answer in answers:
            if _OF_A_PART.match(answer):
                read = _items(answer)
                uid, octets = read.get(b"UID"), next((value for name, value in read.items() if name.startswith(b"BODY[")), None)
                if isinstance(uid, bytes) and isinstance(octets, bytes):
                    yield ref(uid), octets

    def _candidates(self, mailbox: str, ranges: Sequence[tuple[int, int]], asked: _Asked) -> dict[bytes, list[int]]:
        """UIDs by the section in which a calendar lies, from the structures as they stand on the wire. What the server refuses to show as a
        whole it is asked for in halves: one broken message hides no other."""
        found: dict[bytes, list[int]] = {}
        with _doing(f"show {mailbox}"):
            for answer in chain(asked.come, asked.exchange):
                if calendar_parts.structure_may(answer) and not _OF_A_PART.match(answer) and (seen := _UID.search(answer)):
                    for section in _sections(answer):
                        found.setdefault(section, []).append(int(seen[1]))
            if _ended_well(asked.exchange, asked.parts):
                return found
        for low, high in ranges:
            middle = (low + high) // 2
            for half in ((low, middle), (middle + 1, high)) if low < high else ():
                self._open(mailbox)
                for section, uids in self._candidates(mailbox, [half], self._ask_on({}, [half])).items():
                    found.setdefault(section, []).extend(uids)
        return found

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[StoredMessage]:
        """See MailStore."""
        for mailbox in dict.fromkeys(ref.mailbox for ref in refs):
            validity = self._open(mailbox).validity
            uids = [int(ref.uid) for ref in refs if ref.mailbox == mailbox and ref.uidvalidity == validity and ref.uid.isdigit()]
            for wanted in _sets(list(dict.fromkeys(uids)), _WHOLE_AT_ONCE):
                self._open(mailbox)
                yield from self._stored(mailbox, self._wire().fetch(wire.uid_fetch_command(wanted, _WHOLE)), b"BODY[]")

    def heads(self, mailbox: str) -> Iterator[StoredMessage]:
        """See MailStore. EXAMINE and FETCH in one write where STATUS has just counted some; nothing where it has counted none."""
        counted = self._numbers.get(mailbox, {}).get("MESSAGES") if monotonic() - self._heard < _JUST else None
        command = wire.uid_fetch_command("1:*", _HEAD)
        if counted:
            self._opened = None
            with _doing(f"open {mailbox}"):
                exchange = self._wire().examine(mutf7.encode(mailbox), command)
                self._remember(mailbox, exchange.up_to(0))
            yield from self._stored(mailbox, exchange, b"BODY[HEADER]")
        elif counted is None and self._open(mailbox, afresh=True).exists:
            yield from self._stored(mailbox, self._wire().fetch(command), b"BODY[HEADER]")

    def _stored(self, mailbox: str, exchange: wire.Exchange, part: bytes) -> Iterator[StoredMessage]:
        ref = self._refs(mailbox)
        with _doing(f"give messages of {mailbox}"):
            for answer in exchange:
                items = _items(answer)
                uid, octets = items.get(b"UID"), items.get(part)
                if isinstance(uid, bytes) and isinstance(octets, bytes):
                    yield StoredMessage(ref(uid), _flags(items), _moment(items), octets[:LARGEST])
            exchange.finish()

    # ---- writing

    def append(self, octets: bytes, when: datetime) -> MessageRef | None:
        """See MailStore."""
        drafts = self.mailboxes().drafts
        if b"\0" in octets:
            raise CannotWrite("the draft holds a NUL octet, which no IMAP server takes", "report this as a fault of mailrescue")
        session = self._wire()
        self._opened = None
        self._numbers.pop(drafts, None)         # what STATUS said is no longer so
        try:
            answer = session.append(mutf7.encode(drafts), octets, when)
        except wire.Refused as refused:
            if refused.has_code(*_NOTHING_STORED):
                raise CannotWrite(f"the server does not take drafts: {refused.text}", "make room in the mailbox, or check drafts in the configuration") from refused
            self._give_up()
            raise PassingFault(f"the server did not take the draft: {refused.text}", "the next scan looks for it before it writes again") from refused
        except MailrescueError as fault:
            self._give_up()
            raise PassingFault(f"a draft may or may not be stored: {fault.what}", "the next scan looks for it before it writes again") from fault
        place = re.search(rb"\[APPENDUID (\d{1,10}) (\d{1,10})\]", answer)
        return MessageRef(drafts, int(place[1]), place[2].decode("ascii")) if place else None

    def withdraw(self, ref: MessageRef, sha256: str, *, struck: bool = False) -> Withdrawal:
        """See MailStore."""
        chosen = self.mailboxes()
        if ref.mailbox != chosen.drafts or not ref.uid.isdigit():
            return Withdrawal.NOT_UNTOUCHED
        self._numbers.pop(ref.mailbox, None)
        trash = mutf7.encode(chosen.trash) if chosen.trash is not None else None
        with _doing("withdraw a draft"):
            if struck and self._look(ref, sha256, _OURS | {"\\Deleted"})[0]:
                self._wire().unmark_deleted(int(ref.uid))
            untouched, modseq = self._look(ref, sha256)
            can = self._wire().capabilities
            if not untouched:
                return Withdrawal.NOT_UNTOUCHED
            if trash is not None and "MOVE" in can:
                return self._move(int(ref.uid), trash)
            if "UIDPLUS" in can:
                return self._remove(int(ref.uid), trash, modseq)
            return Withdrawal.NOT_SAFELY

    def _look(self, ref: MessageRef, sha256: str, may_have: frozenset[str] = _OURS) -> tuple[bool, int | None]:
        """Whether the message is still as it was written, with no other flag than these, and its MODSEQ where the server tells."""
        self._opened = None
        answers = self._wire().select_for_withdrawal(mutf7.encode(ref.mailbox), int(ref.uid), LARGEST).finish()
        validities = [found for answer in answers if (found := tokens.number(answer, b"UIDVALIDITY")) is not None]
        about = [items for answer in answers if (items := _items(answer)).get(b"UID") == ref.uid.encode("ascii")]
        flags = {flag for items in about for flag in _flags(items)}     # a change of this very moment comes as an answer of its own
        bodies = [octets for items in about if isinstance(octets := items.get(b"BODY[]"), bytes)]
        as_written = [hashlib.sha256(octets).hexdigest() for octets in bodies] == [sha256.lower()]
        untouched = validities[-1:] == [ref.uidvalidity] and as_written and flags <= may_have
        modseqs = [int(value[0]) for items in about if isinstance(value := items.get(b"MODSEQ"), list) and value and isinstance(value[0], bytes)]
        return untouched, max(modseqs, default=None)

    def _move(self, uid: int, trash: bytes) -> Withdrawal:
        answers = self._wire().move(uid, trash)
        moved = any(b"[COPYUID " in answer.upper() or re.match(rb"\* (?:\d{1,10} EXPUNGE|VANISHED)", answer, re.I) for answer in answers)
        return Withdrawal.TO_TRASH if moved else Withdrawal.NOT_UNTOUCHED      # gone between the look and the move: the user was quicker

    def _remove(self, uid: int, trash: bytes | None, modseq: int | None) -> Withdrawal:
        """Without MOVE: copy, then expunge this one. Raises Refused where the copy is refused: then nothing has changed."""
        session = self._wire()
        if trash is not None:
            session.copy(uid, trash)
        if any(b"[MODIFIED " in answer.upper() for answer in session.mark_deleted(uid, modseq)):
            return Withdrawal.NOT_UNTOUCHED
        try:
            session.expunge(uid)
        except wire.Refused:
            session.unmark_deleted(uid)
            return Withdrawal.NOT_SAFELY
        return Withdrawal.REMOVED if trash is None else Withdrawal.TO_TRASH

    # ---- the session

    def close(self) -> None:
        """See MailStore."""
        session, self._session, self._opened = self._session, None, None
        if session is not None:
            session.close()

    def _give_up(self) -> None:
        session, self._session, self._opened = self._session, None, None
        if session is not None:
            session.abandon()

    def _wire(self) -> wire.Wire:
        """The session; a new one where there is none, or where it broke."""
        if self._session is None or self._session.broken:
            self._give_up()
            host, port, security, ca_file = self._endpoint
            if self._left_open:
                self._session, self._left_open = wire.Wire(host, port, security, ca_file, self._until, self._left_open[0]), None
                return self._session
            secret = self._secret()
            session = wire.Wire(host, port, security, ca_file, self._until)
            try:
                session.login_by_token(self._user, secret) if self._by_token else session.login(self._user, secret)
            except MailrescueError:
                session.close()
                raise
            self._session = session
        return self._session

    def _open(self, mailbox: str, afresh: bool = False) -> _Opened:
        """The mailbox, opened read-only unless it is already; ``afresh`` asks again how many messages there are."""
        session = self._wire()
        if afresh or self._opened is None or self._opened.mailbox != mailbox:
            self._opened = None
            with _doing(f"open {mailbox}"):
                return self._remember(mailbox, session.examine(mutf7.encode(mailbox)).up_to(0))
        return self._opened

    def _remember(self, mailbox: str, answers: Sequence[bytes]) -> _Opened:
        validity = [found for answer in answers if (found := tokens.number(answer, b"UIDVALIDITY")) is not None]
        exists = [int(count[1]) for answer in answers if (count := re.match(rb"\* (\d{1,10}) EXISTS", answer, re.I))]
        if not validity:
            raise RefusedForGood(f"the server gives no UIDVALIDITY for {mailbox}", "ask its administrator: without it no message can be named")
        self._opened = _Opened(mailbox, validity[-1], exists[-1] if exists else 0)
        return self._opened

    def _refs(self, mailbox: str) -> Callable[[bytes], MessageRef]:
        validity = self._open(mailbox).validity
        return lambda uid: MessageRef(mailbox, validity, uid.decode("ascii"))


@dataclass(frozen=True, slots=True)
class _Opened:
    """The mailbox that the session reads from, as EXAMINE showed it."""

    mailbox: str
    validity: int
    exists: int


class _Asked(NamedTuple):
    """An exchange under way: for the calendars of one group of ranges, which have ``come`` and with them perhaps more, and for the structures of the next."""

    session: wire.Wire | None
    exchange: wire.Exchange
    parts: int
    come: Sequence[bytes]


@contextmanager
def _doing(what: str) -> Iterator[None]:
    """Say what was being done when the server refused, or answered what makes no sense."""
    try:
        yield
    except wire.Refused as refused:
        raise wire.explain(refused, what) from refused
    except tokens.NotParsed as error:
        raise RefusedForGood(f"the server's answer makes no sense: {error}", "report this with the server's name") from error


def _ended_well(exchange: wire.Exchange, first: int = 0) -> bool:
    """Whether all that was asked came, from that command on. Raises Refused where the refusal will pass."""
    try:
        exchange.finish(first)
    except wire.Refused as refused:
        if isinstance(wire.explain(refused, ""), PassingFault):
            raise
        return False
    return not exchange.incomplete


# ---- answers to values

_HEAD_OF_LISTED = re.compile(
    rb'\* \d{1,10} FETCH \((?:UID (\d{1,10}) ?|INTERNALDATE "([^"]{1,40})" ?|RFC822\.SIZE (\d{1,20}) ?|FLAGS \([^()]{0,2000}\) ?|MODSEQ \(\d{1,20}\) ?){3,5}'
    rb"(?:(BODYSTRUCTURE )|\))"
)


def _listed(answer: bytes, ref: Callable[[bytes], MessageRef]) -> Listed | None:
    """What a FETCH answer lists. The items that every message has are read by one expression; a structure is parsed only where a mark shows."""
    head = _HEAD_OF_LISTED.match(answer)
    if head and head[1] and head[2] and head[3]:
        may = head[4] is None or (calendar_parts.structure_may(answer[head.end():]) and _shows_calendar(answer, head.end()))
        return Listed(ref(head[1]), tokens.moment(head[2]), int(head[3]), may)
    return _listed_slowly(answer, ref)


def _listed_slowly(answer: bytes, ref: Callable[[bytes], MessageRef]) -> Listed | None:
    items = _items(answer)
    uid, size = items.get(b"UID"), items.get(b"RFC822.SIZE")
    if not isinstance(uid, bytes) or not uid.isdigit() or not isinstance(size, bytes):
        return None
    structure = items.get(b"BODYSTRUCTURE")
    try:
        may = structure is None or calendar_parts.in_structure(structure)
    except tokens.NotParsed:
        may = True
    return Listed(ref(uid), _moment(items), int(size) if size.isdigit() else 0, may)


def _sections(answer: bytes) -> tuple[bytes, ...]:
    """Where in that message calendars may be; the whole message where its structure cannot be read."""
    try:
        return calendar_parts.sections(tokens.parse_one(answer, answer.index(b"BODYSTRUCTURE") + 13))
    except (tokens.NotParsed, ValueError):
        return (b"",)


def _shows_calendar(answer: bytes, at: int) -> bool:
    try:
        return calendar_parts.in_structure(tokens.parse_one(answer, at))
    except tokens.NotParsed:
        return True


def _items(answer: bytes) -> dict[bytes, tokens.Node]:
    """The items of a FETCH answer; none where it is another answer, or unreadable: that message is then met without a structure."""
    try:
        return tokens.fetched(answer) or {}
    except tokens.NotParsed:
        return {}


def _flags(items: Mapping[bytes, tokens.Node]) -> frozenset[str]:
    """System flags written as the RFC does, keywords as they are; not \\Recent, which is about sessions and not about the message."""
    flags = items.get(b"FLAGS")
    texts = [flag.decode("utf-8", "replace") for flag in flags if isinstance(flag, bytes)] if isinstance(flags, list) else []
    return frozenset("\\" + text[1:].capitalize() if text.startswith("\\") else text for text in texts) - {"\\Recent"}


def _moment(items: Mapping[bytes, tokens.Node]) -> datetime:
    written = items.get(b"INTERNALDATE")
    return tokens.moment(written if isinstance(written, bytes) else b"")


def _position(text: str | None) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,10}):(\d{1,10})", text or "")
    return (int(found[1]), int(found[2])) if found else (0, 1)


def _groups(high: int) -> list[list[tuple[int, int]]]:
    """The sequence numbers from that one down to 1 in growing ranges, by as many as are asked about at once."""
    ranges, size = [], _FIRST_BATCH
    while high > 0:
        ranges.append((max(1, high - size + 1), high))
        high, size = high - size, min(size * 2, _LARGEST_BATCH)
    return [ranges[at:at + _IN_FLIGHT] for at in range(0, len(ranges), _IN_FLIGHT)]


def _newest(one: Listed) -> int:
    return -int(one.ref.uid)


def _found_uids(answers: Sequence[bytes]) -> list[int]:
    """The UIDs of SEARCH and ESEARCH answers."""
    uids: list[int] = []
    for answer in answers:
        if answer[:9].upper() == b"* SEARCH ":
            uids += [int(word) for word in answer[9:].split() if word.isdigit()]
        elif esearch := re.match(rb"\* ESEARCH .{0,80}? ALL ([\d,:]+)", answer, re.I):
            for piece in esearch[1].split(b","):
                low, _, high = piece.partition(b":")
                first, last = sorted((int(low), int(high or low)))
                uids += range(first, last + 1)
    return uids


def _sets(uids: Sequence[int], most: int) -> Iterator[str]:
    """The UIDs in their order as sets for commands, each of at most so many messages and far shorter than a command may be."""
    for start in range(0, len(uids), most):
        pieces: list[str] = []
        for low, high in _runs(sorted(uids[start:start + most])):
            pieces.append(f"{low}:{high}" if high > low else str(low))
            if len(pieces) >= 300:
                yield ",".join(pieces)
                pieces = []
        if pieces:
            yield ",".join(pieces)


def _runs(uids: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = uids[0]
    for uid in uids[1:]:
        if uid != last + 1:
            yield first, last
            first = uid
        last = uid
    yield first, last
