"""What only a Maildir has: files, names, layouts, and the file system's own times."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailrescue.errors import CannotWrite, ConfigurationError, RefusedForGood
from mailrescue.model.mail import MessageRef
from mailrescue.stores.base import Withdrawal
from mailrescue.stores.maildir import MaildirStore
from tests.contract.mail_store import DRAFT, digest, letter

INVITE = b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"
NOW = datetime(2026, 11, 24, 14, 15, tzinfo=UTC)


def maildir(path: Path, *folders: str) -> Path:
    for folder in ("", *folders):
        for part in ("cur", "new", "tmp"):
            (path / folder / part).mkdir(parents=True, exist_ok=True)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A Maildir++ with Drafts and Trash."""
    return maildir(tmp_path / "Mail", ".Drafts", ".Trash")


def files(folder: Path) -> list[str]:
    return sorted(path.name for part in ("cur", "new", "tmp") for path in (folder / part).iterdir())


# ---- layouts

@pytest.mark.parametrize(
    ("folders", "drafts"),
    [
        pytest.param(["", ".Drafts"], "Drafts", id="Maildir++"),
        pytest.param(["", ".INBOX.Drafts"], "INBOX.Drafts", id="Maildir++ with Courier's prefix kept"),
        pytest.param(["", ".Entw&APw-rfe"], "Entwürfe", id="modified UTF-7"),
        pytest.param(["", ".Entwürfe"], "Entwürfe", id="UTF-8"),
        pytest.param(["INBOX", "Drafts"], "Drafts", id="nested"),
        pytest.param(["Inbox", "[Gmail]/Brouillons"], "[Gmail]/Brouillons", id="nested, Gmail by mbsync"),
        pytest.param(["", "Drafts"], "Drafts", id="nested below a Maildir"),
        pytest.param(["INBOX", "INBOX/.Drafts"], "INBOX/Drafts", id="mbsync's legacy subfolders"),
    ],
)
def test_layouts_are_found_by_looking(tmp_path: Path, folders: list[str], drafts: str) -> None:
    """Whatever program laid the folders out."""
    for folder in folders:
        maildir(tmp_path / "Mail" / folder)
    found = MaildirStore("local", tmp_path / "Mail").mailboxes()
    assert ("INBOX", drafts) == (found.inbox, found.drafts)


def test_an_empty_maildir_plus_plus_folder_counts(root: Path) -> None:
    """maildirfolder marks it, though no message was ever in it."""
    (root / ".Sent").mkdir()
    (root / ".Sent" / "maildirfolder").touch()
    store = MaildirStore("local", root)
    assert "Sent" == store.mailboxes().sent
    assert [] == list(store.survey("Sent", None))


def test_other_folders_are_no_mailboxes(root: Path) -> None:
    """Indexes and configuration lie beside the mail."""
    (root / ".notmuch" / "xapian").mkdir(parents=True)
    (root / "lists").mkdir()
    store = MaildirStore("local", root)
    assert {"INBOX", "Drafts", "Trash"} == set(store.positions(["INBOX", "Drafts", "Trash", "notmuch", "lists"])) | {store.mailboxes().inbox}


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
def test_a_path_without_mail(tmp_path: Path, there: bool) -> None:
    """The refusal names the path and what to set."""
    path = tmp_path / "Mail"
    if there:
        path.mkdir()
    with pytest.raises((ConfigurationError, RefusedForGood), match=str(path)) as raised:
        MaildirStore("local", path).mailboxes()
    assert raised.value.cure


# ---- names

@pytest.mark.parametrize(
    ("name", "uid", "flags"),
    [
        pytest.param("cur/1.M2P3.host:2,DS", "1.M2P3.host", {"\\Draft", "\\Seen"}, id="as it should be"),
        pytest.param("cur/1.M2P3.host,S=12,W=13:2,RFT", "1.M2P3.host,S=12,W=13", {"\\Answered", "\\Flagged", "\\Deleted"}, id="Dovecot's sizes"),
        pytest.param("cur/1.2_3.host,U=77:2,PS", "1.2_3.host", {"$Forwarded", "\\Seen"}, id="mbsync's UID"),
        pytest.param("cur/1.2_3.host,U=77,FMD5=abc:2,S", "1.2_3.host,FMD5=abc", {"\\Seen"}, id="offlineimap's UID"),
        pytest.param("cur/1.2_3.host!2,S", "1.2_3.host", {"\\Seen"}, id="a file system without colons"),
        pytest.param("cur/1.2_3.host:2,Sac", "1.2_3.host", {"\\Seen", "Work", "c"}, id="keywords"),
        pytest.param("cur/1.2_3.host", "1.2_3.host", set(), id="no flags in cur"),
        pytest.param("new/1.2_3.host:2,S", "1.2_3.host", {"\\Seen"}, id="flags in new"),
        pytest.param("cur/1.2_3.host:1,weird", "1.2_3.host", set(), id="experimental"),
    ],
)
def test_names_and_flags(root: Path, name: str, uid: str, flags: set[str]) -> None:
    """A UID is what stays when flags and synchronisers' numbers change."""
    (root / "dovecot-keywords").write_text("0 Work\n1 Later\n")
    (root / name).write_bytes(letter())
    store = MaildirStore("local", root)
    (found,) = store.survey("INBOX", None)
    (message,) = store.fetch([found.ref])
    assert (uid, flags) == (found.ref.uid, message.flags)


def test_a_draft_is_still_found_when_mbsync_has_numbered_it(root: Path) -> None:
    """Its file has another name then, and it is the same draft."""
    store = MaildirStore("local", root)
    ref = store.append(DRAFT, NOW)
    assert ref is not None
    (file,) = (root / ".Drafts" / "cur").iterdir()
    file.rename(file.with_name(file.name.replace(":2,", ",U=4:2,")))
    assert [ref] == [m.ref for m in store.fetch([ref])]
    assert Withdrawal.TO_TRASH is store.withdraw(ref, digest(DRAFT))
    assert [f"{ref.uid}:2,DS"] == files(root / ".Trash")


# ---- reading

def test_a_message_in_new_stays_in_new(root: Path) -> None:
    """Other mail programs tell new mail by it."""
    (root / "new" / "1.a").write_bytes(letter())
    store = MaildirStore("local", root)
    (found,) = store.survey("INBOX", None)
    assert [letter()] == [m.octets for m in store.fetch([found.ref])]
    assert ["1.a"] == [path.name for path in (root / "new").iterdir()]


def test_line_ends_are_those_of_the_network(root: Path) -> None:
    """LF and CR LF on disk, and both in one file, come out as CR LF, so that every store gives the same octets."""
    (root / "new" / "1.a").write_bytes(b"Subject: a\n\nlf\ncrlf\r\nlone \r cr\n\n")
    store = MaildirStore("local", root)
    (message,) = store.fetch([found.ref for found in store.survey("INBOX", None)])
    assert b"Subject: a\r\n\r\nlf\r\ncrlf\r\nlone \r cr\r\n\r\n" == message.octets


def test_mail_with_an_old_date_is_new(root: Path) -> None:
    """mbsync with CopyArrivalDate, and mail moved here by hand, keep the message's own time."""
    store = MaildirStore("local", root)
    (root / "cur" / "1.a:2,S").write_bytes(letter(1))
    position = store.positions(["INBOX"])["INBOX"]
    (root / "tmp" / "2.b").write_bytes(letter(2))
    os.utime(root / "tmp" / "2.b", (1_000_000_000, 1_000_000_000))
    (root / "tmp" / "2.b").rename(root / "cur" / "2.b:2,S")
    assert ["2.b"] == [found.ref.uid for found in store.survey("INBOX", position)]


def test_mail_that_comes_in_the_same_tick_is_new(root: Path) -> None:
    """The file system's clock stands still between two arrivals, and only their names tell them apart."""
    store = MaildirStore("local", root)
    for number in range(40):
        (root / "new" / f"{number}.a").write_bytes(letter(number))
        position = store.positions(["INBOX"])["INBOX"]
        (root / "new" / f"{number}.b").write_bytes(letter(number))
        found = [one.ref.uid for one in store.survey("INBOX", position)]
        assert f"{number}.b" in found or store.positions(["INBOX"], {"INBOX": position})["INBOX"] == position
        assert f"{number}.a" not in found


def test_a_folder_that_did_not_change_is_not_looked_through(root: Path) -> None:
    """The known position comes back as it is; it is not even asked what the files are."""
    store = MaildirStore("local", root)
    (root / "cur" / "1.a:2,S").write_bytes(letter(1))
    position = dict(store.positions(["INBOX"]))
    mtime = (root / "cur").stat().st_mtime_ns
    (root / "cur" / "1.a:2,S").rename(root / "cur" / "1.a:2,FS")
    os.utime(root / "cur", ns=(mtime, mtime))
    assert position == dict(store.positions(["INBOX"], position))


@pytest.mark.parametrize("behind", [False, True], ids=["of the newest mail", "of the past"])
def test_what_was_met_is_fetched_without_a_second_listing(root: Path, behind: bool) -> None:
    """A mailbox of a hundred thousand is not listed again for each invite in it."""
    (root / "cur" / "1.a:2,S").write_bytes(INVITE)
    store = MaildirStore("local", root)
    store.positions(["INBOX"])
    if behind:
        met = [ref for stretch in store.back("INBOX", None, datetime(2100, 1, 1, tzinfo=UTC)) for ref, _ in stretch.calendars]
    else:
        met = [listed.ref for listed in store.survey("INBOX", None)]
    with listings() as listed_folders:
        found = [stored.octets for stored in store.fetch(met)]
    assert [INVITE.replace(b"\n", b"\r\n")] == found
    assert [] == listed_folders


@contextmanager
def listings() -> Iterator[list[str]]:
    """The folders that are listed meanwhile, as Python itself tells (PEP 578); such a hook cannot be taken back, so it goes deaf."""
    told: list[str] = []
    hearing = True

    def hook(event: str, words: tuple[object, ...]) -> None:
        if hearing and event == "os.scandir":
            told.append(str(words[0]))

    sys.addaudithook(hook)
    yield told
    hearing = False


def test_flags_that_change_while_mail_is_read(root: Path) -> None:
    """A mail program renames a file between the listing and the reading: it is found under its new name."""
    store = MaildirStore("local", root)
    for number in range(3):
        (root / "new" / f"{number}.a").write_bytes(letter(number))
    refs = [found.ref for found in store.survey("INBOX", None)]
    messages = store.fetch(refs)
    first = next(messages)
    for path in list((root / "new").iterdir()):
        path.rename(root / "cur" / f"{path.name}:2,S")
    assert set(refs) == {first.ref} | {m.ref for m in messages}


def test_no_message_is_lost_while_another_program_delivers(root: Path) -> None:
    """Position, survey, position, survey … beside a delivery: every message is met."""
    store = MaildirStore("local", root)

    def deliver() -> None:
        for number in range(300):
            (root / "tmp" / f"{number}.x").write_bytes(letter(number))
            (root / "tmp" / f"{number}.x").rename(root / "new" / f"{number}.x")

    delivery = threading.Thread(target=deliver)
    met: set[str] = set()
    since, running = None, True
    delivery.start()
    while running:
        running = delivery.is_alive()
        position = store.positions(["INBOX"], {"INBOX": since} if since else None)["INBOX"]
        if position != since:
            met.update(found.ref.uid for found in store.survey("INBOX", since))
            since = position
    delivery.join()
    met.update(found.ref.uid for found in store.survey("INBOX", since))
    assert {f"{number}.x" for number in range(300)} == met


# ---- writing

def test_a_draft_on_disk(root: Path) -> None:
    """In cur/ with its flags and its date, lines ending in LF, readable by its owner alone, nothing left in tmp/."""
    ref = MaildirStore("local", root).append(DRAFT, NOW)
    assert ref is not None
    path = root / ".Drafts" / "cur" / f"{ref.uid}:2,DS"
    assert DRAFT.replace(b"\r\n", b"\n") == path.read_bytes()
    assert (NOW.timestamp(), 0o600) == (path.stat().st_mtime, path.stat().st_mode & 0o777)
    assert [path.name] == files(root / ".Drafts")


def test_no_two_drafts_have_one_name(root: Path) -> None:
    """Not even in the same second of the same process."""
    store = MaildirStore("local", root)
    assert 20 == len({store.append(DRAFT, NOW) for _ in range(20)})


def test_a_draft_that_cannot_be_written_is_not_there(root: Path) -> None:
    """CannotWrite says that surely nothing was stored."""
    (root / ".Drafts" / "tmp").rmdir()
    (root / ".Drafts" / "tmp").write_text("no folder")
    with pytest.raises(CannotWrite, match="could not be written"):
        MaildirStore("local", root).append(DRAFT, NOW)
    assert [] == list((root / ".Drafts" / "cur").iterdir())


def test_a_disk_that_is_full(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The half-written file goes with it."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="No space left"):
        MaildirStore("local", root).append(DRAFT, NOW)
    assert [] == files(root / ".Drafts")


def test_trash_keeps_both_of_two_namesakes(root: Path) -> None:
    """What lies in Trash is never overwritten."""
    store = MaildirStore("local", root)
    ref = store.append(DRAFT, NOW)
    assert ref is not None
    (root / ".Trash" / "cur" / f"{ref.uid}:2,DS").write_bytes(letter())
    assert Withdrawal.TO_TRASH is store.withdraw(ref, digest(DRAFT))
    assert {letter(), DRAFT.replace(b"\r\n", b"\n")} == {path.read_bytes() for path in (root / ".Trash" / "cur").iterdir()}


@pytest.mark.parametrize("name", [":2,DFS", ":2,DST", ":2,DSa", ":2,DPS"], ids=["flagged", "deleted", "a keyword", "passed on"])
def test_a_draft_with_another_letter_stays(root: Path, name: str) -> None:
    """Lower-case letters are keywords, and keywords are the user's."""
    store = MaildirStore("local", root)
    ref = store.append(DRAFT, NOW)
    assert ref is not None
    (file,) = (root / ".Drafts" / "cur").iterdir()
    file.rename(file.with_name(ref.uid + name))
    assert Withdrawal.NOT_UNTOUCHED is store.withdraw(ref, digest(DRAFT))
    assert [ref.uid + name] == files(root / ".Drafts")


def test_a_name_that_stands_twice_is_not_touched(root: Path) -> None:
    """Where a copy went wrong, nobody knows which one is ours."""
    store = MaildirStore("local", root)
    ref = store.append(DRAFT, NOW)
    assert ref is not None
    (root / ".Drafts" / "new" / ref.uid).write_bytes(DRAFT)
    assert Withdrawal.NOT_UNTOUCHED is store.withdraw(ref, digest(DRAFT))


def test_a_path_of_another_mailbox_is_no_uid(root: Path) -> None:
    """A UID names a file of its mailbox, and nothing else on the disk."""
    (root.parent / "secret").write_bytes(DRAFT)
    store = MaildirStore("local", root)
    assert [] == list(store.fetch([MessageRef("INBOX", 0, "../../secret"), MessageRef("INBOX", 0, str(root.parent / "secret"))]))
    assert Withdrawal.NOT_UNTOUCHED is store.withdraw(MessageRef("Drafts", 0, "../../../secret"), digest(DRAFT))
