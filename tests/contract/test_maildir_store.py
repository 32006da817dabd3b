"""The Maildir keeps the promise of all stores, in both of its layouts, with Trash and without."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from mailrescue.model.mail import MessageRef
from mailrescue.stores.base import Withdrawal
from mailrescue.stores.maildir import MaildirStore
from tests.contract.mail_store import NOW, ODD_NAME, MailStoreContract, digest

_LETTERS = {"\\Draft": "D", "\\Seen": "S", "\\Flagged": "F", "\\Answered": "R", "\\Deleted": "T"}
_numbers = count(1)


class MaildirAccount:
    """A Maildir and its owner's hands on it. Files are written as mail programs do: lines end in LF, through tmp/, into new/ where nothing was seen."""

    def __init__(self, root: Path, folders: dict[str, str], inbox: str = "") -> None:
        self.root = root
        self.folders = {**folders, "INBOX": inbox}
        for folder in self.folders.values():
            for part in ("cur", "new", "tmp"):
                (root / folder / part).mkdir(parents=True)
        self.store = MaildirStore("test", root, {"mailboxes": [ODD_NAME]})

    def deliver(self, mailbox: str, octets: bytes, when: datetime = NOW, flags: Sequence[str] = ()) -> None:
        folder = self.root / self.folders[mailbox]
        name = f"1795430000.{next(_numbers)}_1.desk"
        temporary = folder / "tmp" / name
        temporary.write_bytes(octets.replace(b"\r\n", b"\n"))
        os.utime(temporary, (when.timestamp(), when.timestamp()))
        letters = "".join(sorted(_LETTERS[flag] for flag in flags))
        temporary.rename(folder / (f"cur/{name}:2,{letters}" if flags else f"new/{name}"))

    def flag(self, ref: MessageRef, *flags: str) -> None:
        path = self.file(ref)
        name, _, letters = path.name.partition(":2,")
        path.rename(path.parent.parent / "cur" / f"{name}:2,{''.join(sorted({*letters, *(_LETTERS[flag] for flag in flags)}))}")

    def remove(self, ref: MessageRef) -> None:
        self.file(ref).unlink()

    def file(self, ref: MessageRef) -> Path:
        (path,) = (self.root / self.folders[ref.mailbox]).glob(f"[cn][ue][rw]/{ref.uid}*")
        return path

    def renumber(self, mailbox: str) -> None:
        """The folder is put back from a copy."""
        folder = self.root / self.folders[mailbox]
        shutil.copytree(folder, folder.with_name("copy"))
        shutil.rmtree(folder)
        folder.with_name("copy").rename(folder)

    def snapshot(self) -> dict[str, list[tuple[object, ...]]]:
        return {
            mailbox: sorted((str(path.relative_to(self.root)), path.stat().st_mtime_ns, digest(path.read_bytes())) for path in (self.root / folder).glob("[cn][ue][rw]/*"))
            for mailbox, folder in self.folders.items()
        }

    def settle(self) -> None:
        """Until the file system's clock has moved on from all that is there."""
        latest = max(path.stat().st_ctime_ns for folder in self.folders.values() for path in (self.root / folder).glob("[cn][ue][rw]"))
        probe = self.root.with_name("probe")
        probe.touch()
        while probe.stat().st_ctime_ns <= latest:
            probe.touch()


class TestMaildirPlusPlus(MailStoreContract):
    """``.Drafts`` beside cur, new and tmp, as Dovecot, Courier and mutt users have it; names in modified UTF-7."""

    @pytest.fixture
    def account(self, tmp_path: Path) -> MaildirAccount:
        plain = {name: f".{name}" for name in ("Drafts", "Sent", "Trash", "Archive", "Junk")}
        return MaildirAccount(tmp_path / "Mail", {**plain, ODD_NAME: ".Entretiens d'&AOk-t&AOk- &- Cie"})


class TestNestedFolders(MailStoreContract):
    """``Drafts/`` beside ``INBOX/``, as mbsync writes them; names in UTF-8, here French ones."""

    @pytest.fixture
    def account(self, tmp_path: Path) -> MaildirAccount:
        localized = {name: name for name in ("Brouillons", "Éléments envoyés", "Corbeille", "Archives", "Courrier indésirable")}
        return MaildirAccount(tmp_path / "Mail", {**localized, ODD_NAME: ODD_NAME}, "Inbox")


class TestWithoutTrash(MailStoreContract):
    """Where there is no Trash, what is withdrawn is removed."""

    WITHDRAWN = Withdrawal.REMOVED

    @pytest.fixture
    def account(self, tmp_path: Path) -> MaildirAccount:
        return MaildirAccount(tmp_path / "Mail", {**{name: f".{name}" for name in ("Drafts", "Sent", "Archive", "Junk")}, ODD_NAME: f".{ODD_NAME}"})

    def test_every_mailbox_plays_its_part(self, account: MaildirAccount) -> None:
        """All but Trash."""
        assert account.store.mailboxes().trash is None
