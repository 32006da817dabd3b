"""What mailrescue remembers between two scans: drafts written (ahead of the writing), mail read, the user's word. One SQLite file.

Losing it loses no draft and doubles none: the truth is in the mailbox. It remembers what the mailbox cannot tell: that a draft
was about to be written, that the user deleted one, what they said of an outcome. Each change is committed, and on the disk
(synchronous=FULL), before the step that it announces. It reads no clock and talks to no server.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from mailrescue.errors import CannotCreate, CannotWrite
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import Finding, Outcome, Word
from mailrescue.model.mail import Message, MessageRef
from mailrescue.model.plan import Entry, Fate

#: raised whenever what is kept of a message changes: older readings are then forgotten and the mail is read anew
READING = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS positions (account TEXT, mailbox TEXT, position TEXT, PRIMARY KEY (account, mailbox)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (account TEXT, message_id TEXT, arrived TEXT, reading BLOB, PRIMARY KEY (account, message_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS drafts (
    account TEXT, key TEXT, message_id TEXT, kind TEXT, interview TEXT, recipient TEXT, fate TEXT, at TEXT, octets BLOB,
    mailbox TEXT, uidvalidity INTEGER, uid TEXT, sha256 TEXT, tries INTEGER, PRIMARY KEY (account, message_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS words (
    account TEXT, uid TEXT, recurrence_id TEXT, start TEXT, outcome TEXT, at TEXT, PRIMARY KEY (account, uid, recurrence_id, start)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tracked (account TEXT, uid TEXT, message BLOB, finding BLOB, PRIMARY KEY (account, uid)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS judged (
    account TEXT, message_id TEXT, part TEXT, judged_by TEXT, verdict BLOB, PRIMARY KEY (account, message_id, part)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (account TEXT, name TEXT, value TEXT, PRIMARY KEY (account, name)) WITHOUT ROWID;
"""

_ANEW = f"DELETE FROM messages; DELETE FROM positions; DELETE FROM notes WHERE name LIKE 'read so far %'; PRAGMA user_version = {READING};"


class Journal:
    """The state of all accounts. Every method may raise CannotWrite; then nothing that it announces may be done."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.damaged: Path | None = None

    @classmethod
    def open(cls, folder: Path) -> Journal:
        """The journal in that folder, made with mode 0700 (the file 0600) where there is none.

        A damaged file is put aside under a new name (``damaged``) and a new one begun. Raises CannotCreate where the folder cannot be made.
        """
        path = folder / "journal.sqlite3"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
        except OSError as error:
            raise CannotCreate(f"the state folder {folder} cannot be written: {error.strerror}", "free the disk or name another one with --state-dir") from error
        try:
            return cls(_connected(path))
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise CannotWrite(f"the journal {path} cannot be used: {error}", "free the disk, or wait until no other program holds it") from error
            aside = _put_aside(path)
            journal = cls(_connected(path))
            journal.damaged = aside
            return journal

    @classmethod
    def copy(cls, folder: Path) -> Journal:
        """A copy in memory of the journal in that folder, an empty one where there is none: for a dry run, which writes nothing."""
        memory = sqlite3.connect(":memory:", isolation_level=None)
        path = folder / "journal.sqlite3"
        if path.exists():
            with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as disk:
                disk.backup(memory)
        memory.executescript(_SCHEMA)
        return cls(memory)

    def version(self) -> int:
        """A number that changes when somebody else writes the file while it is open here (sqlite.org/pragma.html, data_version)."""
        version: int = self._db.execute("PRAGMA data_version").fetchone()[0]
        return version

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # ---- mail read ---------------------------------------------------------------------------------------------

    def position(self, account: str, mailbox: str) -> str | None:
        """How far that mailbox was read."""
        row = self._one("SELECT position FROM positions WHERE account = ? AND mailbox = ?", account, mailbox)
        return row[0] if row else None

    def keep(self, account: str, mailbox: str, position: str | None, messages: Iterable[Message], *, doubted: str | None = None) -> None:
        """Remember what was read of a mailbox, and how far (None: not to its end), in one transaction.

        A message known already stays as it was first read, unless that was in the mailbox ``doubted`` (Junk) and it now lies elsewhere.
        """
        import msgspec

        with self._changing():
            for message in messages:
                row = (account, message.message_id, message.internal_date.isoformat(), msgspec.json.encode(message))
                if doubted not in (None, mailbox):
                    self._forget_from(account, message.message_id, doubted)
                self._db.execute("INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?)", row)
            if position is not None:
                self._db.execute("INSERT OR REPLACE INTO positions VALUES (?, ?, ?)", (account, mailbox, position))

    def _forget_from(self, account: str, message_id: str, mailbox: str) -> None:
        """Drop a message that was read in that mailbox."""
        where = "account = ? AND message_id = ? AND json_extract(CAST(reading AS TEXT), '$.ref.mailbox') = ?"
        self._db.execute(f"DELETE FROM messages WHERE {where}", (account, message_id, mailbox))

    def messages(self, account: str) -> list[Message]:
        """All mail kept, in the order of arrival."""
        import msgspec

        decoder = msgspec.json.Decoder(Message)
        with self._reading(msgspec.DecodeError):
            rows = self._db.execute("SELECT reading FROM messages WHERE account = ?", (account,))
            return sorted((decoder.decode(row[0]) for row in rows), key=lambda m: m.internal_date)

    def forget(self, account: str, message_ids: Iterable[str]) -> None:
        """Drop mail that can never matter again."""
        with self._changing():
            for message_id in message_ids:
                self._db.execute("DELETE FROM messages WHERE account = ? AND message_id = ?", (account, message_id))
                self._db.execute("DELETE FROM judged WHERE account = ? AND message_id = ?", (account, message_id))

    # ---- what was judged -----------------------------------------------------------------------------------------

    def judged(self, account: str, judged_by: str) -> dict[tuple[str, str], bytes]:
        """What was judged of each message, part by part, by those words."""
        with self._reading():
            rows = self._db.execute("SELECT message_id, part, verdict FROM judged WHERE account = ? AND judged_by = ?", (account, judged_by))
            return {(message_id, part): verdict for message_id, part, verdict in rows}

    def keep_judged(self, account: str, judged_by: str, verdicts: Mapping[tuple[str, str], bytes]) -> None:
        """Remember it, and forget what other words judged."""
        with self._changing():
            self._db.execute("DELETE FROM judged WHERE account = ? AND judged_by <> ?", (account, judged_by))
            rows = [(account, message_id, part, judged_by, verdict) for (message_id, part), verdict in verdicts.items()]
            self._db.executemany("INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?, ?)", rows)

    # ---- drafts written ----------------------------------------------------------------------------------------

    def entries(self, account: str) -> list[Entry]:
        """Every draft that this journal knows, oldest first."""
        columns = "key, message_id, kind, interview, recipient, fate, at, octets, mailbox, uidvalidity, uid, sha256, tries"
        with self._reading():
            rows = self._db.execute(f"SELECT {columns} FROM drafts WHERE account = ? ORDER BY at", (account,))
            return [_entry(row) for row in rows]

    def record(self, account: str, entry: Entry) -> None:
        """Write one draft's row, committed and on the disk when this returns."""
        ref = entry.ref
        row = (
            account, entry.key, entry.message_id, entry.kind, entry.interview, entry.to, entry.fate, entry.at.isoformat(), entry.octets,
            ref.mailbox if ref else None, ref.uidvalidity if ref else None, ref.uid if ref else None, entry.sha256, entry.tries,
        )  # fmt: skip
        with self._changing():
            self._db.execute(f"INSERT OR REPLACE INTO drafts VALUES ({', '.join('?' * len(row))})", row)

    # ---- the user's word ---------------------------------------------------------------------------------------

    def words(self, account: str) -> dict[tuple[str, str | None, datetime], Word]:
        """What the user said of each slot: by UID, RECURRENCE-ID and start."""
        with self._reading():
            rows = self._db.execute("SELECT uid, recurrence_id, start, outcome, at FROM words WHERE account = ?", (account,))
            return {
                (uid, recurrence_id or None, datetime.fromisoformat(start)): Word(Outcome(outcome), datetime.fromisoformat(at))
                for uid, recurrence_id, start, outcome, at in rows
            }

    def say(self, account: str, slot: tuple[str, str | None, datetime], word: Word) -> None:
        """Remember the user's word on a slot."""
        uid, recurrence_id, start = slot
        with self._changing():
            row = (account, uid, recurrence_id or "", start.isoformat(), word.outcome, word.at.isoformat())
            self._db.execute("INSERT OR REPLACE INTO words VALUES (?, ?, ?, ?, ?, ?)", row)

    # ---- interviews that the user tracks by hand ---------------------------------------------------------------------

    def track(self, account: str, message: Message, finding: Finding) -> None:
        """Remember an interview that no invite tells of; ``message`` is the mail that agreed it, or stands for none."""
        import msgspec

        with self._changing():
            row = (account, finding.uid, msgspec.json.encode(message), msgspec.json.encode(finding))
            self._db.execute("INSERT OR REPLACE INTO tracked VALUES (?, ?, ?, ?)", row)

    def untrack(self, account: str, uid: str) -> bool:
        """Forget it again; False where there was none of that UID."""
        with self._changing():
            return self._db.execute("DELETE FROM tracked WHERE account = ? AND uid = ?", (account, uid)).rowcount > 0

    def tracked(self, account: str) -> list[tuple[Message, Finding]]:
        """What the user tracks by hand."""
        with self._reading():
            rows = self._db.execute("SELECT message, finding FROM tracked WHERE account = ?", (account,)).fetchall()
        if not rows:
            return []
        import msgspec

        with self._reading(msgspec.DecodeError):
            return [(msgspec.json.decode(m, type=Message), msgspec.json.decode(f, type=Finding)) for m, f in rows]

    # ---- small notes: when a trouble began, what was last told ----------------------------------------------------

    def note(self, account: str, name: str) -> str | None:
        """One small text kept under a name."""
        row = self._one("SELECT value FROM notes WHERE account = ? AND name = ?", account, name)
        return row[0] if row else None

    def set_note(self, account: str, name: str, value: str | None) -> None:
        """Keep it, or with None drop it."""
        with self._changing():
            if value is None:
                self._db.execute("DELETE FROM notes WHERE account = ? AND name = ?", (account, name))
            else:
                self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", (account, name, value))

    # ----------------------------------------------------------------------------------------------------------------

    def _one(self, sql: str, *values: str) -> tuple[str, ...] | None:
        with self._reading():
            row: tuple[str, ...] | None = self._db.execute(sql, values).fetchone()
        return row

    @contextlib.contextmanager
    def _reading(self, also: type[Exception] = ValueError) -> Iterator[None]:
        """Turn what a read meets into CannotWrite. A file that is damaged where ``open`` does not look is put aside: the next scan begins a new one."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise CannotWrite(f"the journal cannot be read: {error}", "wait until no other program holds it; nothing was drafted, the next scan goes on") from error
        except (sqlite3.DatabaseError, ValueError, also) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> CannotWrite:
        path = Path(self._db.execute("PRAGMA database_list").fetchone()[2])
        self._db.close()
        self.damaged = _put_aside(path) if path.name else None
        self._db = _connected(path if path.name else ":memory:")
        return CannotWrite(f"the journal was damaged ({error}) and is put aside as {self.damaged}", "nothing was drafted; the next scan goes on with a new one")

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                raise self._damaged(error) from error
            raise CannotWrite(f"the journal cannot be written: {error}", "free the disk; nothing was drafted, the next scan goes on") from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._db.execute("ROLLBACK")


def _connected(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.executescript(f"BEGIN; {_SCHEMA} {'' if version == READING else _ANEW} COMMIT;")
    return connection


def _put_aside(path: Path) -> Path:
    number = next(n for n in range(1, 10_000) if not path.with_suffix(f".damaged-{n}").exists())
    aside = path.with_suffix(f".damaged-{number}")
    os.replace(path, aside)
    with contextlib.suppress(FileNotFoundError):        # a rollback journal belongs to that file, never to a new one
        os.replace(f"{path}-journal", f"{aside}-journal")
    path.touch(mode=0o600)
    return aside


def _entry(row: tuple[object, ...]) -> Entry:
    key, message_id, kind, interview, to, fate, at, octets, mailbox, uidvalidity, uid, sha256, tries = row
    return Entry(
        key=str(key),
        message_id=str(message_id),
        kind=DraftKind(str(kind)),
        interview=str(interview),
        to=str(to),
        fate=Fate(str(fate)),
        at=datetime.fromisoformat(str(at)),
        octets=bytes(octets) if isinstance(octets, bytes) else b"",
        ref=MessageRef(str(mailbox), int(str(uidvalidity)), str(uid)) if mailbox is not None else None,
        sha256=str(sha256),
        tries=int(str(tries)),
    )
