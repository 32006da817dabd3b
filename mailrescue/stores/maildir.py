"""Mail in a local Maildir, behind the promise of base.py: Maildir++ (``.Drafts``) or nested folders (``Drafts/``), found by looking.

A message's UID is its unique name (what stands before ``:2,``, without the ``,U=7`` that mbsync writes and rewrites), its flags stand
behind, its INTERNALDATE is the file's mtime. Nothing is renamed, moved or touched but a draft of ours that is withdrawn: what
lies in ``new/`` stays there. On disk lines end in LF, as mail programs expect; octets go in and out with CR LF, as IMAP has them.

What is new since a position is told by the file system: a directory's mtime moves when a name in it changes, and a file's ctime
when it is linked or renamed, so a message that mbsync gave an old mtime is found too. Times are compared with each other and never
with a clock. A file whose flags changed since has a new ctime as well and is met again; none is left out.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

from mailrescue.errors import CannotWrite, ConfigurationError, PassingFault, RefusedForGood
from mailrescue.model.mail import Mailboxes, MessageRef, StoredMessage
from mailrescue.stores import calendar_parts, mutf7, special_use
from mailrescue.stores.base import LARGEST, Listed, Stretch, Withdrawal

_PARTS = ("cur", "new", "tmp")
_FLAGS = {"D": "\\Draft", "S": "\\Seen", "R": "\\Answered", "F": "\\Flagged", "T": "\\Deleted", "P": "$Forwarded"}
#: unique name, then flags; some file systems have no colon in names, and mbsync then writes one of the others
_NAME = re.compile(r"([^:]{1,255}?)(?:[:!;]2,([A-Za-z]{0,64}))?", re.S)
_MBSYNC_UID = re.compile(r",U=\d{1,10}(?=,|$)")
_OURS = frozenset({"\\Draft", "\\Seen"})
#: octets read at once: nearly every message ends in the first, and a larger buffer costs more than a second read
_PIECE = 64 * 1024
_LONGEST_HEADER = 256 * 1024
_DEPTH = 6
_MOST_MARKS = 64
#: messages looked through at once on the way back
_STRETCH = 2000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_serial = count()


class MaildirStore:
    """One account that is a folder on this computer."""

    def __init__(self, name: str, path: str | os.PathLike[str], overrides: Mapping[str, object] | None = None) -> None:
        """``path`` may begin with ``~``. ``overrides``: ``drafts``, ``sent``, ``trash``, ``mailboxes`` of the configuration. Nothing is looked at yet."""
        self._name = name
        self._root = Path(path).expanduser()
        self._overrides = overrides or {}
        self._places: dict[str, _Place] = {}
        self._marks: dict[str, str] = {}
        self._met: dict[MessageRef, str] = {}       # where what this scan met lay: the whole folder is not listed again for a few of it
        self._drafts: str | None = None

    # ---- which mailboxes, and how far they reach

    def mailboxes(self) -> Mailboxes:
        """See MailStore. Raises ConfigurationError also where the path is no Maildir."""
        with _reading(self._root):
            self._places = {place.name: place for place in _found(self._root)}
        if "INBOX" not in {name.upper() for name in self._places}:
            there = ", ".join(repr(name) for name in sorted(self._places)) or "no Maildir at all"
            raise ConfigurationError(f"account {self._name}: {self._root} is no Maildir with an INBOX (there: {there})", "set path to the folder that holds cur, new and tmp, or INBOX")
        candidates = [special_use.Candidate(place.name, delimiter=place.delimiter) for place in self._places.values()]
        chosen = special_use.choose(self._name, candidates, self._overrides)
        self._drafts = chosen.drafts
        return chosen

    def positions(self, mailboxes: Sequence[str], known: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """See MailStore. Three stat calls for a mailbox that is as in ``known``; else one for each file besides."""
        earlier = known or {}
        self._met.clear()
        looked_at = [place.path / part for name in (*mailboxes, self._drafts or "") if name and (place := self._place(name)) for part in ("new", "cur")]
        self._marks = {str(path): folder_mark(path) for path in looked_at}
        with _reading(self._root):
            return {name: str(_Position.of(place.path, _Position.parse(earlier.get(name)))) for name in mailboxes if (place := self._place(name))}

    def marks(self) -> Mapping[str, str]:
        """See MailStore. By folder: inode, size and mtime of every new/ and cur/ that was asked about."""
        return dict(self._marks)

    # ---- reading

    def survey(self, mailbox: str, since: str | None, not_before: datetime | None = None, before: datetime | None = None) -> Iterator[Listed]:
        """See MailStore. A message that was renamed since, for its flags, is met again."""
        place = self._existing(mailbox)
        with _reading(place.path):
            changed = _changed_since(place.path, _Position.parse(since))
            within = {file.unique: file for file in changed if _is_within(file.mtime, not_before, before)}      # of a hundred thousand few
        for file in sorted(within.values(), key=lambda file: file.mtime, reverse=True):
            with _reading(place.path):
                calendar = _may_carry_calendar(file.path)
            if calendar is not None:
                ref = MessageRef(mailbox, 0, file.unique)
                self._met[ref] = file.path
                yield Listed(ref, _moment(file.mtime), file.size, calendar)

    def back(self, mailbox: str, mark: str | None, before: datetime) -> Iterator[Stretch]:
        """See MailStore. By mtime; a mark is the last one looked at."""
        place = self._existing(mailbox)
        limit = int(mark) if mark else int(before.timestamp() * 1e9)
        with _reading(place.path):
            aged = sorted(_aged(place.path, limit, again=mark is not None), reverse=True)
        for begin in range(0, len(aged), _STRETCH):
            stretch = aged[begin:begin + _STRETCH]
            left = len(aged) - begin - len(stretch)
            with _reading(place.path):
                found = tuple(self._calendars(mailbox, place.path, stretch))
            yield Stretch(str(stretch[-1][0]), left, found)

    def _calendars(self, mailbox: str, folder: Path, stretch: Sequence[tuple[int, str, str]]) -> Iterator[tuple[MessageRef, bytes]]:
        for _, name, part in stretch:
            path = f"{folder}/{part}/{name}"
            if _may_carry_calendar(path) and (read := _read((path,), whole=True)):
                ref = MessageRef(mailbox, 0, _split(name)[0])
                self._met[ref] = path
                yield ref, read[1]

    def fetch(self, refs: Sequence[MessageRef]) -> Iterator[StoredMessage]:
        """See MailStore."""
        for mailbox in dict.fromkeys(ref.mailbox for ref in refs):
            wanted = list(dict.fromkeys(ref.uid for ref in refs if ref.mailbox == mailbox and ref.uidvalidity == 0))
            yield from self._stored(mailbox, wanted, whole=True)

    def heads(self, mailbox: str) -> Iterator[StoredMessage]:
        """See MailStore."""
        with _reading(self._root):
            wanted = list(_index(self._existing(mailbox).path))
        yield from self._stored(mailbox, wanted, whole=False)

    def _stored(self, mailbox: str, wanted: Sequence[str], whole: bool) -> Iterator[StoredMessage]:
        place = self._existing(mailbox)
        with _reading(place.path):
            keywords = _keywords(place.path)
            index: dict[str, tuple[str, ...]] = {unique: (path,) for unique in wanted if (path := self._met.get(MessageRef(mailbox, 0, unique)))}
            if len(index) < len(wanted):
                index = _index(place.path)
            for unique in wanted:
                found = _read(index.get(unique, ()), whole)
                if found is None and unique in index:       # renamed since it was listed: a mail program set a flag
                    found = _read(_index(place.path).get(unique, ()), whole)
                if found is not None:
                    path, octets, mtime = found
                    yield StoredMessage(MessageRef(mailbox, 0, unique), _flags_of(os.path.basename(path), keywords), _moment(mtime), octets)

    # ---- writing

    def append(self, octets: bytes, when: datetime) -> MessageRef | None:
        """See MailStore. Through tmp/ and one rename; raises CannotWrite where nothing was stored."""
        drafts = self.mailboxes().drafts
        place = self._places[drafts].path
        unique = _fresh_name(when)
        temporary, final = place / "tmp" / unique, place / "cur" / f"{unique}:2,DS"
        try:
            for part in ("tmp", "cur"):
                (place / part).mkdir(mode=0o700, exist_ok=True)
            _write(temporary, octets.replace(b"\r\n", b"\n"), when)
            os.rename(temporary, final)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink()
            raise CannotWrite(f"the draft could not be written to {place} ({error.strerror})", "make room, or check the folder's permissions") from error
        try:
            _sync(final.parent)
        except OSError as error:
            raise PassingFault(f"the draft may not be on the disk yet ({error.strerror})", "the next scan looks for it before it writes again") from error
        return MessageRef(drafts, 0, unique)

    def withdraw(self, ref: MessageRef, sha256: str, *, struck: bool = False) -> Withdrawal:  # noqa: ARG002  one rename strikes nothing out
        """See MailStore. One rename into Trash, or an unlink where there is none."""
        chosen = self.mailboxes()
        drafts = self._places[chosen.drafts].path
        if ref.mailbox != chosen.drafts or ref.uidvalidity != 0:
            return Withdrawal.NOT_UNTOUCHED
        with _reading(drafts):
            files = [Path(path) for path in _index(drafts).get(ref.uid, ())]
            if len(files) != 1 or not _flags_of(files[0].name, _keywords(drafts)) <= _OURS:
                return Withdrawal.NOT_UNTOUCHED
        try:
            if hashlib.sha256(_network(files[0].read_bytes())).hexdigest() != sha256.lower():
                return Withdrawal.NOT_UNTOUCHED
            return self._take_out(files[0], None if chosen.trash is None else self._places[chosen.trash].path)
        except FileNotFoundError:
            return Withdrawal.NOT_UNTOUCHED         # renamed or deleted in this very moment: the user was quicker
        except OSError as error:
            raise PassingFault(f"a draft could not be withdrawn from {drafts} ({error.strerror})", "check the permissions of Drafts and Trash") from error

    def _take_out(self, path: Path, trash: Path | None) -> Withdrawal:
        if trash is None:
            path.unlink()
            _sync(path.parent)
            return Withdrawal.REMOVED
        (trash / "cur").mkdir(mode=0o700, exist_ok=True)
        unique, info = _split(path.name)
        if unique in _index(trash):
            unique = f"{unique}.{os.urandom(4).hex()}"
        # without ,U=: mbsync takes a UID that came from another folder for a fault and stops
        os.rename(path, trash / "cur" / f"{unique}:2,{info}")
        _sync(trash / "cur")
        _sync(path.parent)
        return Withdrawal.TO_TRASH

    def close(self) -> None:
        """See MailStore. There is nothing to end."""

    def _existing(self, mailbox: str) -> _Place:
        place = self._place(mailbox)
        if place is None:
            raise RefusedForGood(f"there is no mailbox {mailbox!r} in {self._root}", "check that it still exists: mailrescue doctor")
        return place

    def _place(self, mailbox: str) -> _Place | None:
        if mailbox not in self._places:
            with _reading(self._root):
                self._places = {place.name: place for place in _found(self._root)}
        return self._places.get(mailbox)


# ---- finding mailboxes

@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    delimiter: str
    path: Path


def _found(root: Path) -> Iterator[_Place]:
    """Every mailbox under the root; of two that bear the same name, the first."""
    named: dict[str, _Place] = {}
    for place in _looked_for(root):
        named.setdefault(place.name, place)
    yield from named.values()


def _looked_for(root: Path) -> Iterator[_Place]:
    if _is_mailbox(root):
        yield _Place("INBOX", ".", root)
    for folder in _folders(root):
        if folder.name.startswith("."):             # Maildir++: all levels in one name
            if _is_mailbox(folder) and (name := _decoded(folder.name[1:])):
                yield _Place(name, ".", folder)
        else:
            yield from _nested(folder, (), 1)


def _nested(folder: Path, above: tuple[str, ...], depth: int) -> Iterator[_Place]:
    level = _decoded(folder.name.removeprefix("."))     # mbsync's "Legacy" subfolders begin with a dot
    if not level:
        return
    if not above and level.upper() == "INBOX":
        level = "INBOX"                                 # RFC 9051 5.1: its case does not count
    levels = (*above, level)
    if _is_mailbox(folder):
        yield _Place("/".join(levels), "/", folder)
    if depth < _DEPTH:
        for below in _folders(folder):
            yield from _nested(below, levels, depth + 1)


def _folders(folder: Path) -> list[Path]:
    with suppress(PermissionError), os.scandir(folder) as entries:
        return sorted(Path(entry.path) for entry in entries if entry.name not in _PARTS and entry.is_dir())
    return []


def _is_mailbox(folder: Path) -> bool:
    return (folder / "cur").is_dir() or (folder / "maildirfolder").is_file()


def _decoded(name: str) -> str | None:
    """A folder's name, from modified UTF-7 or UTF-8; None where it is neither."""
    if name.isascii():
        return mutf7.decode(name.encode("ascii")) or name or None
    return name if all(not "\ud800" <= letter <= "\udfff" for letter in name) else None


# ---- what is new

def folder_mark(path: str | os.PathLike[str]) -> str:
    """Where a folder stands: inode, size and mtime (ns); empty where there is none."""
    try:
        seen = os.stat(path)
    except OSError:
        return ""
    return f"{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}"


@dataclass(frozen=True, slots=True)
class _Edge:
    """How far one of a folder's two directories was read: its mtime (ns) and size, and marks of the names that came at that very tick.

    The clock of a file system ticks every few milliseconds: of two messages with the directory's own time, one may have come
    after the look. ``marks`` tells them apart; it is None where there were too many to keep, and all of them are then met again.
    """

    mtime: int
    size: int
    marks: tuple[str, ...] | None = ()

    @classmethod
    def of(cls, folder: Path, known: _Edge | None) -> _Edge:
        try:
            seen = folder.stat()
        except FileNotFoundError:
            return cls(0, 0)
        if known is not None and (known.mtime, known.size) == (seen.st_mtime_ns, seen.st_size):
            return known
        marks = tuple(sorted(_mark(file.unique) for file in _stats(folder) if file.ctime >= seen.st_mtime_ns))
        return cls(max(seen.st_mtime_ns, 0), seen.st_size, marks if len(marks) <= _MOST_MARKS else None)

    def before(self, file: _File) -> bool:
        """Whether a file was linked or renamed after the look."""
        return file.ctime >= self.mtime and (self.marks is None or _mark(file.unique) not in self.marks)

    def __str__(self) -> str:
        return f"{self.mtime}.{self.size}." + ("*" if self.marks is None else ",".join(self.marks))


@dataclass(frozen=True, slots=True)
class _Position:
    """Which folder it is (inode), and how far its new/ and cur/ were read."""

    folder: int
    new: _Edge
    cur: _Edge

    @classmethod
    def of(cls, folder: Path, known: _Position | None = None) -> _Position:
        inode = folder.stat().st_ino
        same = known if known is not None and known.folder == inode else None
        return cls(inode, _Edge.of(folder / "new", same.new if same else None), _Edge.of(folder / "cur", same.cur if same else None))

    @classmethod
    def parse(cls, text: str | None) -> _Position | None:
        edge = r"(\d{1,20})\.(\d{1,20})\.(\*|[0-9a-f,]{0,2000})"
        found = re.fullmatch(rf"(\d{{1,20}}):{edge}:{edge}", text or "")
        return cls(int(found[1]), _edge(*found.groups()[1:4]), _edge(*found.groups()[4:7])) if found else None

    def __str__(self) -> str:
        return f"{self.folder}:{self.new}:{self.cur}"


def _edge(mtime: str, size: str, marks: str) -> _Edge:
    return _Edge(int(mtime), int(size), None if marks == "*" else tuple(marks.split(",")) if marks else ())


def _mark(unique: str) -> str:
    return hashlib.blake2s(unique.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()


class _File(NamedTuple):
    path: str
    ctime: int          # nanoseconds
    mtime: float        # seconds
    size: int

    @property
    def unique(self) -> str:
        return _split(os.path.basename(self.path))[0]


def _changed_since(folder: Path, since: _Position | None) -> Iterator[_File]:
    """The files that were linked or renamed after the position; all where there is none, or where it is another folder's."""
    known = since if since is not None and since.folder == folder.stat().st_ino else None
    for part, edge in (("new", known.new if known else None), ("cur", known.cur if known else None)):
        if edge is not None and edge == _Edge.of(folder / part, edge):
            continue
        yield from (file for file in _stats(folder / part) if edge is None or edge.before(file))


def _stats(folder: Path) -> Iterator[_File]:
    """Every file; one renamed in this very moment is left out, its directory's mtime moves and it is met next time."""
    for entry in _files(folder):
        with suppress(FileNotFoundError):
            seen = entry.stat()
            yield _File(entry.path, seen.st_ctime_ns, seen.st_mtime, seen.st_size)


def _files(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        yield from (entry for entry in entries if not entry.name.startswith(".") and entry.is_file())


def _aged(folder: Path, limit: int, again: bool) -> Iterator[tuple[int, str, str]]:
    """mtime (ns), name and part of every file older than the limit; with ``again`` also of that very age."""
    for part in ("new", "cur"):
        for entry in _files(folder / part):
            with suppress(FileNotFoundError):
                mtime = entry.stat().st_mtime_ns
                if mtime < limit or (again and mtime == limit):
                    yield mtime, entry.name, part


def _index(folder: Path) -> dict[str, tuple[str, ...]]:
    """Every message's files by unique name; more than one only where something went wrong."""
    found: dict[str, tuple[str, ...]] = {}
    for part in ("new", "cur"):
        for entry in _files(folder / part):
            unique = _split(entry.name)[0]
            found[unique] = (*found.get(unique, ()), entry.path)
    return found


def _split(name: str) -> tuple[str, str]:
    """Unique name and the letters of the flags."""
    found = _NAME.fullmatch(name)
    unique, info = (found[1], found[2] or "") if found else (name.partition(":")[0], "")
    return _MBSYNC_UID.sub("", unique), info


def _flags_of(name: str, keywords: Mapping[str, str]) -> frozenset[str]:
    return frozenset(_FLAGS.get(letter) or keywords.get(letter, letter) for letter in _split(name)[1])


def _keywords(folder: Path) -> dict[str, str]:
    """What the lower-case letters stand for, where Dovecot wrote it down: lines ``0 $Label1``."""
    with suppress(OSError):
        lines = (folder / "dovecot-keywords").read_text("utf-8", "replace").splitlines()
        pairs = (line.split(" ", 1) for line in lines[:26] if " " in line)
        return {chr(ord("a") + int(index)): keyword for index, keyword in pairs if index.isdigit() and int(index) < 26}
    return {}


# ---- octets

def _may_carry_calendar(path: str) -> bool | None:
    """Told from the head, and, unless that is a lone text's, from the heads of the parts. None where the file is gone."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        head = os.read(descriptor, _PIECE)
        end = calendar_parts.header_end(head)
        if end is not None and calendar_parts.only_text(head[:end]):
            return False
        return calendar_parts.in_octets(head + _up_to(descriptor, LARGEST - len(head)))
    finally:
        os.close(descriptor)


def _read(paths: Sequence[str], whole: bool) -> tuple[str, bytes, float] | None:
    """The first of the files that is still there: path, octets (or the header alone), mtime."""
    for path in paths:
        with suppress(FileNotFoundError), open(path, "rb", buffering=0) as file:
            octets = _up_to(file.fileno(), LARGEST if whole else _LONGEST_HEADER)
            if not whole:
                octets = octets[:calendar_parts.header_end(octets)]
            return path, _network(octets)[:LARGEST], os.fstat(file.fileno()).st_mtime
    return None


def _up_to(descriptor: int, most: int) -> bytes:
    pieces, left = [], most
    while left > 0 and (piece := os.read(descriptor, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _network(octets: bytes) -> bytes:
    """The octets with CR LF at every line's end."""
    return octets if octets.count(b"\n") == octets.count(b"\r\n") else re.sub(rb"(?<!\r)\n", b"\r\n", octets)


def _is_within(mtime: float, not_before: datetime | None, before: datetime | None) -> bool:
    return (not_before is None or mtime >= not_before.timestamp()) and (before is None or mtime < before.timestamp())


def _moment(mtime: float) -> datetime:
    try:
        return datetime.fromtimestamp(mtime, UTC)
    except (OverflowError, ValueError, OSError):
        return _EPOCH


# ---- files

def _fresh_name(when: datetime) -> str:
    """A name that no other delivery makes (the Maildir page of qmail): a time, random octets, process, count, host."""
    import socket

    host = socket.gethostname().replace("/", "\\057").replace(":", "\\072") or "localhost"
    return f"{int(when.timestamp())}.R{os.urandom(8).hex()}P{os.getpid()}Q{next(_serial)}.{host}"


def _write(path: Path, octets: bytes, when: datetime) -> None:
    """A new file, on the disk before this returns, with that mtime."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        view = memoryview(octets)
        while view:
            view = view[os.write(descriptor, view):]
        os.utime(path, (when.timestamp(), when.timestamp()))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except (PermissionError, NotADirectoryError, FileNotFoundError) as error:
        raise RefusedForGood(f"{error.filename or folder} cannot be read ({error.strerror})", "check that the folder exists and is yours") from error
    except OSError as error:
        raise PassingFault(f"{folder} cannot be read now ({error.strerror})", "the next scan will try again") from error
