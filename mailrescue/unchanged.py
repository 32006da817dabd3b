"""What a scan leaves for the next one to compare, so that a scan that would find nothing is over in a few milliseconds.

A small file beside the journal, rewritten after a scan of every account that ended well and had nothing to do: from when until when
its result holds if nothing else changes, what was looked at (the configuration, templates, vocabulary, calendars, our own code, the
journal), and where each mailbox stood. It holds no secret. When in doubt it is not written, or does not match: a full scan follows, and
that is all that can happen. The standard library's cheapest modules only: this is read each time that cron starts us.
"""

from __future__ import annotations

import os
import sys

from mailrescue import __version__

TYPE_CHECKING = False       # as in glance
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

_NAME = "unchanged.json"
#: raised whenever the meaning of what is written changes
_FORMAT = 1
#: seconds that a look holds at the longest: then mailboxes are listed anew, and everything is looked at
LONGEST = 24 * 3600
#: what changed so shortly before the scan could change again within the same tick of the file system's clock
_TICK_NS = 2_000_000_000
_DEPTH = 8
#: time zone and folders come from these where the configuration does not say
_ENVIRONMENT = ("TZ", "HOME", "CREDENTIALS_DIRECTORY")
_SYSTEM = ("/etc/localtime", "/etc/timezone")


class Watch:
    """What was looked at when a scan began: made before anything is read, so that a change during the scan shows."""

    def __init__(self, state: str, config: str, calendars: Iterable[str], environ: Mapping[str, str]) -> None:
        """``calendars`` are folders or files. Where the state folder cannot be written nothing will be remembered."""
        self._state = state
        self._paths = watched_paths(config, calendars)
        self._environ = environ
        self._temporary = os.path.join(state, f"{_NAME}.new")       # the lock lets one scan at a time come here
        self._digest, newest = digest(self._paths)
        self.began = self._now_of_the_file_system()
        self.still = newest < self.began - _TICK_NS
        forget(state)

    def _now_of_the_file_system(self) -> int:
        """Its clock, not ours: a mail folder may lie on another machine, and times of files are compared with each other only."""
        try:
            os.close(os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            return os.stat(self._temporary).st_mtime_ns
        except OSError:
            return 0

    def keep(self, journal: str, accounts: Sequence[Mapping[str, Any]], everything: bool) -> None:
        """Write the record: ``journal`` is its ``stamp``, each account what ``account_record`` gives, ``everything`` whether these are all."""
        import json

        whole = {
            "format": _FORMAT, "version": _ours(), "environment": _environment(self._environ), "paths": self._paths, "digest": self._digest,
            "journal": journal, "accounts": {account["name"]: account for account in accounts}, "everything": everything,
        }  # fmt: skip
        try:
            with open(self._temporary, "w", encoding="utf-8") as file:
                json.dump(whole, file)
            os.replace(self._temporary, os.path.join(self._state, _NAME))
        except OSError:
            self.drop()

    def drop(self) -> None:
        """Leave nothing behind: the next scan looks at everything."""
        try:
            os.unlink(self._temporary)
        except OSError:
            return


def forget(state: str) -> None:
    """Take the record away, before a scan begins to change what it tells of."""
    try:
        os.unlink(os.path.join(state, _NAME))
    except OSError:
        return


def read(state: str, config: str, environ: Mapping[str, str]) -> dict[str, Any] | None:
    """The record, if everything on this machine that it tells of is as it was; None where it is not, or there is none."""
    import json

    try:
        with open(os.path.join(state, _NAME), encoding="utf-8") as file:
            kept: dict[str, Any] = json.load(file)
        same = (
            kept["format"] == _FORMAT
            and kept["version"] == _ours()
            and kept["environment"] == _environment(environ)
            and kept["paths"][0] == config
            and kept["journal"] == stamp(state)
            and kept["digest"] == digest(kept["paths"])[0]
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return kept if same else None


def stamp(state: str) -> str:
    """Which journal it is and how often it was written: inode, size, and SQLite's change counter (sqlite.org/fileformat2.html 1.3.7).

    Raises OSError where it cannot be read, or where a transaction of a run that was killed waits to be undone.
    """
    path = os.path.join(state, "journal.sqlite3")
    with open(path, "rb", buffering=0) as file:
        header, seen = file.read(28), os.fstat(file.fileno())
    if os.path.exists(f"{path}-journal") or len(header) < 28:
        raise FileExistsError(path)
    return f"{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}:{int.from_bytes(header[24:28], 'big')}"


def watched_paths(config: str, calendars: Iterable[str]) -> list[str]:
    """What a scan's result rests on besides mail: the configuration first, what lies beside it, our own files, the system's zone."""
    beside, package = os.path.dirname(config), os.path.dirname(os.path.abspath(__file__))
    own = [package, os.path.join(os.path.dirname(package), "templates")]
    return [config, os.path.join(beside, "templates"), os.path.join(beside, "vocabulary"), *own, *_SYSTEM, *calendars]


def digest(paths: Sequence[str]) -> tuple[str, int]:
    """One text over name, inode, size and mtime of every file below the paths, and the newest mtime (ns)."""
    from zlib import crc32

    entries = sorted(entry for path in paths for entry in _entries(path))
    text = "\n".join(f"{path}\t{numbers}" for path, numbers, _ in entries).encode("utf-8", "surrogateescape")
    newest = max((mtime for _, _, mtime in entries), default=0)
    return f"{len(entries)}:{crc32(text):x}:{crc32(text[::-1]):x}", newest


def _entries(path: str, depth: int = 0) -> Iterator[tuple[str, str, int]]:
    try:
        seen = os.stat(path)
        if not _is_folder(seen.st_mode):
            yield path, f"{seen.st_ino} {seen.st_size} {seen.st_mtime_ns}", seen.st_mtime_ns
            return
        with os.scandir(path) as found:
            entries = list(found)
    except OSError:
        yield path, "-", 0
        return
    for entry in entries if depth < _DEPTH else ():
        if entry.name != "__pycache__" and not entry.name.startswith("."):
            yield from _entries(entry.path, depth + 1)


def _is_folder(mode: int) -> bool:
    return mode & 0o170000 == 0o040000


def settled(marks: Mapping[str, str], began: int) -> bool:
    """Whether no folder changed so shortly before the scan that a file may have come unseen within the same tick."""
    return all(int(mark.rpartition(":")[2] or 0) < began - _TICK_NS for mark in marks.values())


def _ours() -> str:
    return f"{__version__} {sys.hexversion:x}"


def _environment(environ: Mapping[str, str]) -> list[str | None]:
    return [environ.get(name) for name in _ENVIRONMENT]
