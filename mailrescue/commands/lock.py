"""One scan at a time: a lock that the kernel frees when its holder dies. The file is never removed, so no two runs can hold two of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mailrescue.errors import CannotCreate


@contextlib.contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold the lock of that state folder; yields False, holding nothing, where another run does. Raises CannotCreate."""
    import fcntl

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.fdopen(os.open(folder / "lock", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a")
    except OSError as error:
        raise CannotCreate(f"the state folder {folder} cannot be written: {error.strerror}", "free the disk or name another one with --state-dir") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def stamp(folder: Path, now: datetime) -> None:
    """Remember, in the lock's time, when the last scan was: it costs no write to the journal."""
    with contextlib.suppress(OSError):
        os.utime(folder / "lock", (now.timestamp(), now.timestamp()))


def last_scan(folder: Path) -> datetime | None:
    """When the last scan was; None where there was none."""
    try:
        return datetime.fromtimestamp((folder / "lock").stat().st_mtime, UTC)
    except OSError:
        return None
