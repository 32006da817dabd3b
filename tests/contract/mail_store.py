"""The promise of ``stores/base.py`` as tests: one class, which every mail store passes, each behind an account that the tests can play with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from mailrescue.errors import RefusedForGood
from mailrescue.model.mail import MessageRef
from mailrescue.stores.base import LARGEST, Listed, MailStore, Withdrawal
from tests.contract.calendar_mail import WITH_CALENDAR, WITHOUT_CALENDAR

#: in the past of whoever runs the tests: Dovecot gives nothing an INTERNALDATE that is still to come
NOW = datetime(2024, 11, 26, 14, 15, tzinfo=UTC)
DRAFT = b"From: Lea <lea@example.org>\r\nTo: noor@sender.example\r\nSubject: Re: Our call\r\nMessage-ID: <draft@example.org>\r\n\r\nBonjour Noor,\r\n\r\n\xc3\x80 bient\xc3\xb4t.\r\n"

#: a mailbox that every account of these tests has, besides the usual ones
ODD_NAME = "Entretiens d'été & Cie"


class Account(Protocol):
    """An account as its owner sees it: what the tests do by other means than the store."""

    store: MailStore

    def deliver(self, mailbox: str, octets: bytes, when: datetime = NOW, flags: Sequence[str] = ()) -> None:
        """Mail arrives, or another mail program stores some."""

    def flag(self, ref: MessageRef, *flags: str) -> None:
        """Another mail program adds flags."""

    def remove(self, ref: MessageRef) -> None:
        """Another mail program deletes a message."""

    def renumber(self, mailbox: str) -> None:
        """The mailbox is made anew, with the same messages: what was known of it holds no longer."""

    def snapshot(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything: mailbox -> each message's name, flags, date and digest."""

    def settle(self) -> None:
        """From here on, what arrives is told apart from what is there."""


def letter(number: int = 1, text: str = "Bonjour.\r\n") -> bytes:
    return f"From: Noor <noor@sender.example>\r\nSubject: Letter {number}\r\nMessage-ID: <{number}@sender.example>\r\n\r\n{text}".encode()


def digest(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


class MailStoreContract:
    """Subclasses give the fixture ``account``."""

    #: how an untouched draft leaves Drafts
    WITHDRAWN = Withdrawal.TO_TRASH

    def subjects(self, account: Account, found: Iterable[Listed]) -> list[str]:
        """The subjects of what a survey listed, in its order."""
        refs = [one.ref for one in found]
        by_ref = {m.ref: m.octets.split(b"Subject: ")[1].partition(b"\r\n")[0].decode() for m in account.store.fetch(refs)}
        return [by_ref[ref] for ref in refs]

    # ---- mailboxes and positions

    def test_every_mailbox_plays_its_part(self, account: Account) -> None:
        """Drafts, Sent, Trash, archive and Junk are found; the configuration's further mailboxes are evidence."""
        found = account.store.mailboxes()
        assert all(name for name in (found.inbox, found.drafts, found.sent, found.trash, found.archive, found.junk))
        assert len({found.inbox, found.drafts, found.sent, found.trash, found.archive, found.junk}) == 6
        assert any(name.endswith(ODD_NAME) for name in found.evidence)

    def test_a_position_stays_while_nothing_arrives(self, account: Account) -> None:
        """Asking twice gives the same text, also in another session."""
        names = [account.store.mailboxes().inbox, account.store.mailboxes().drafts]
        account.deliver("INBOX", letter())
        first = account.store.positions(names)
        account.store.close()
        assert dict(first) == dict(account.store.positions(names))
        assert set(names) == set(first)

    def test_a_position_moves_when_mail_arrives(self, account: Account) -> None:
        """Arrival in one mailbox moves its position and no other's."""
        names = ["INBOX", account.store.mailboxes().drafts]
        before = account.store.positions(names)
        account.settle()
        account.deliver("INBOX", letter())
        after = account.store.positions(names)
        assert before["INBOX"] != after["INBOX"]
        assert before[names[1]] == after[names[1]]

    def test_a_mailbox_that_is_not_there_has_no_position(self, account: Account) -> None:
        """The others are told all the same."""
        assert list(account.store.positions(["INBOX", "Nirgendwo"])) == ["INBOX"]

    def test_a_mailbox_that_is_not_there_cannot_be_read(self, account: Account) -> None:
        """It is an error that says so, not an empty answer."""
        with pytest.raises(RefusedForGood):
            list(account.store.survey("Nirgendwo", None))

    # ---- survey

    def test_a_survey_lists_the_newest_first(self, account: Account) -> None:
        """With date and size of each."""
        for number in range(1, 5):
            account.deliver("INBOX", letter(number), NOW + timedelta(minutes=number))
        found = list(account.store.survey("INBOX", None))
        assert ["Letter 4", "Letter 3", "Letter 2", "Letter 1"] == self.subjects(account, found)
        assert [NOW + timedelta(minutes=number) for number in (4, 3, 2, 1)] == [one.internal_date for one in found]
        assert all(0 < one.size <= len(letter()) for one in found)

    def test_an_empty_mailbox_lists_nothing(self, account: Account) -> None:
        """Neither whole nor since a position, nor its heads."""
        position = account.store.positions(["INBOX"])["INBOX"]
        assert [] == list(account.store.survey("INBOX", None))
        assert [] == list(account.store.survey("INBOX", position))
        assert [] == list(account.store.heads("INBOX"))

    def test_a_survey_since_a_position_lists_what_arrived_after(self, account: Account) -> None:
        """And not the last message before it, which an IMAP server always shows (n:*); nothing where nothing came."""
        account.deliver("INBOX", letter(1))
        account.settle()
        position = account.store.positions(["INBOX"])["INBOX"]
        assert [] == list(account.store.survey("INBOX", position))
        account.deliver("INBOX", letter(2))
        account.deliver("INBOX", letter(3), NOW - timedelta(days=900))      # mbsync gives a file the message's own date
        assert {"Letter 2", "Letter 3"} == set(self.subjects(account, account.store.survey("INBOX", position)))

    def test_a_survey_since_a_position_in_another_session(self, account: Account) -> None:
        """A position is text: it holds in a later process."""
        account.deliver("INBOX", letter(1))
        account.settle()
        position = account.store.positions(["INBOX"])["INBOX"]
        account.store.close()
        account.deliver("INBOX", letter(2))
        assert ["Letter 2"] == self.subjects(account, account.store.survey("INBOX", position))

    def test_a_changed_flag_makes_no_message_unfindable(self, account: Account) -> None:
        """Reading and flagging old mail hides no new mail."""
        account.deliver("INBOX", letter(1))
        account.settle()
        position = account.store.positions(["INBOX"])["INBOX"]
        account.deliver("INBOX", letter(2))
        for one in list(account.store.survey("INBOX", None)):
            account.flag(one.ref, "\\Seen")
        assert "Letter 2" in self.subjects(account, account.store.survey("INBOX", position))

    def test_a_mailbox_made_anew_is_listed_whole(self, account: Account) -> None:
        """A position of another life (UIDVALIDITY) says nothing."""
        odd = next(name for name in account.store.mailboxes().evidence if name.endswith(ODD_NAME))
        account.deliver(odd, letter(7))
        account.settle()
        position = account.store.positions([odd])[odd]
        account.store.close()
        account.renumber(odd)
        assert ["Letter 7"] == self.subjects(account, account.store.survey(odd, position))

    def test_a_position_that_nobody_gave_lists_all(self, account: Account) -> None:
        """A damaged state loses no mail."""
        account.deliver("INBOX", letter(1))
        assert ["Letter 1"] == self.subjects(account, account.store.survey("INBOX", "0:0"))

    def test_a_survey_is_limited_by_arrival(self, account: Account) -> None:
        """``not_before`` is included, ``before`` is not."""
        for number in range(1, 6):
            account.deliver("INBOX", letter(number), NOW + timedelta(days=number))
        found = account.store.survey("INBOX", None, NOW + timedelta(days=2), NOW + timedelta(days=4))
        assert ["Letter 3", "Letter 2"] == self.subjects(account, found)
        assert ["Letter 5", "Letter 4"] == self.subjects(account, account.store.survey("INBOX", None, NOW + timedelta(days=4)))
        assert ["Letter 1"] == self.subjects(account, account.store.survey("INBOX", None, before=NOW + timedelta(days=2)))

    def test_every_kind_of_calendar_is_marked(self, account: Account) -> None:
        """And no message that only talks of one."""
        for octets in (*WITH_CALENDAR.values(), *WITHOUT_CALENDAR.values()):
            account.deliver("INBOX", octets)
        found = {one.ref: one.calendar for one in account.store.survey("INBOX", None)}
        marked = {m.octets: found[m.ref] for m in account.store.fetch(list(found))}
        assert dict.fromkeys(WITH_CALENDAR, True) == {kind: marked[octets] for kind, octets in WITH_CALENDAR.items()}
        assert dict.fromkeys(WITHOUT_CALENDAR, False) == {kind: marked[octets] for kind, octets in WITHOUT_CALENDAR.items()}

    # ---- the past

    def test_the_past_gives_every_calendar(self, account: Account) -> None:
        """And no message that only talks of one; the last stretch reaches the beginning, and behind its mark there is nothing more."""
        for seconds, octets in enumerate((*WITH_CALENDAR.values(), *WITHOUT_CALENDAR.values())):
            account.deliver("INBOX", octets, NOW + timedelta(seconds=seconds))
        stretches = list(account.store.back("INBOX", None, NOW + timedelta(days=1)))
        found = {ref: octets for stretch in stretches for ref, octets in stretch.calendars}
        assert set(WITH_CALENDAR.values()) == {m.octets for m in account.store.fetch(list(found))}
        assert all(found.values())
        assert 0 == stretches[-1].left
        account.store.close()
        again = [ref for stretch in account.store.back("INBOX", stretches[-1].mark, NOW + timedelta(days=1)) for ref, _ in stretch.calendars]
        assert len(set(again)) <= 1         # of the very moment of the mark

    def test_an_empty_mailbox_has_no_past(self, account: Account) -> None:
        """One stretch at the most, with nothing in it."""
        assert all(0 == stretch.left == len(stretch.calendars) for stretch in account.store.back("INBOX", None, NOW))

    def test_a_past_may_pause_while_other_mail_is_read(self, account: Account) -> None:
        """Its caller asks for the messages of a stretch, and for another mailbox, before the next."""
        sent = account.store.mailboxes().sent
        assert sent is not None
        octets = next(iter(WITH_CALENDAR.values()))
        account.deliver("INBOX", octets)
        account.deliver(sent, letter(9))
        seen = []
        for stretch in account.store.back("INBOX", None, NOW + timedelta(days=1)):
            seen += [m.octets for m in account.store.fetch([ref for ref, _ in stretch.calendars])]
            assert [letter(9)] == [m.octets for m in account.store.fetch([s.ref for s in account.store.survey(sent, None)])]
        assert [octets] == seen

    def test_marks_move_with_what_a_scan_rests_on(self, account: Account) -> None:
        """They stay while nothing happens, also in another session; mail moves them, and a draft that is gone. Nothing where that cannot be told."""
        drafts = account.store.mailboxes().drafts
        account.deliver(drafts, letter(1), NOW, ["\\Draft"])
        account.settle()

        def marks() -> dict[str, str]:
            account.store.close()
            account.store.positions(["INBOX"])
            return dict(account.store.marks())

        first = marks()
        assert first == marks()
        account.deliver("INBOX", letter(2))
        second = marks()
        account.remove(next(iter(account.store.survey(drafts, None))).ref)
        third = marks()
        assert (first == second == third == {}) or (first != second != third != first)

    # ---- fetch and heads

    def test_octets_come_back_as_they_are(self, account: Account) -> None:
        """8-bit text, long lines and a last line without an end included; date and flags with them."""
        octets = letter(1, "\xe9t\xe9 " * 400 + "\r\n.\r\nFrom here\r\n\tno end")
        account.deliver("INBOX", octets, NOW, ["\\Seen", "\\Flagged"])
        (found,) = account.store.fetch([one.ref for one in account.store.survey("INBOX", None)])
        assert octets == found.octets
        assert (NOW, {"\\Seen", "\\Flagged"}) == (found.internal_date, found.flags)

    def test_a_large_message_is_cut(self, account: Account) -> None:
        """At LARGEST octets; the rest of the mail is read as ever."""
        account.deliver("INBOX", letter(1, ("x" * 70 + "\r\n") * (LARGEST // 72 + 2000)))
        account.deliver("INBOX", letter(2))
        sizes = {m.octets[:60]: len(m.octets) for m in account.store.fetch([one.ref for one in account.store.survey("INBOX", None)])}
        assert {letter(1)[:60]: LARGEST, letter(2)[:60]: len(letter(2))} == sizes

    def test_what_is_gone_is_left_out(self, account: Account) -> None:
        """As is what never was, and what belongs to another life of the mailbox."""
        account.deliver("INBOX", letter(1))
        account.deliver("INBOX", letter(2))
        second, first = [one.ref for one in account.store.survey("INBOX", None)]
        account.remove(first)
        account.store.close()       # Cyrus and pymap show what is gone to a session that knew it, as RFC 9051 5.5 lets them
        asked = [first, second, MessageRef("INBOX", second.uidvalidity, "987654"), MessageRef("INBOX", second.uidvalidity + 9, second.uid)]
        assert [second] == [m.ref for m in account.store.fetch(asked)]

    def test_nothing_asked_nothing_given(self, account: Account) -> None:
        """No set of UIDs is ever empty on the wire, so none is sent."""
        assert [] == list(account.store.fetch([]))
        assert {} == dict(account.store.positions([]))

    def test_messages_of_several_mailboxes(self, account: Account) -> None:
        """Asked for together."""
        sent = account.store.mailboxes().sent
        assert sent is not None
        account.deliver("INBOX", letter(1))
        account.deliver(sent, letter(2))
        refs = [one.ref for name in ("INBOX", sent) for one in account.store.survey(name, None)]
        assert {letter(1), letter(2)} == {m.octets for m in account.store.fetch(refs)}

    def test_a_survey_may_pause_while_other_mail_is_read(self, account: Account) -> None:
        """Its caller fetches between two messages, from this mailbox and another."""
        sent = account.store.mailboxes().sent
        assert sent is not None
        for number in range(1, 4):
            account.deliver("INBOX", letter(number), NOW + timedelta(minutes=number))
        account.deliver(sent, letter(9))
        seen = []
        for one in account.store.survey("INBOX", None):
            seen += [m.octets for m in account.store.fetch([one.ref])]
            assert [letter(9)] == [m.octets for m in account.store.fetch([s.ref for s in account.store.survey(sent, None)])]
        assert [letter(3), letter(2), letter(1)] == seen

    def test_what_arrives_during_a_session_is_seen(self, account: Account) -> None:
        """A session that is open shows what it would show to a new one."""
        assert [] == [*account.store.survey("INBOX", None), *account.store.heads("INBOX")]
        for number in (1, 2):
            account.deliver("INBOX", letter(number), NOW + timedelta(minutes=number))
            assert number == len(list(account.store.survey("INBOX", None))) == len(list(account.store.heads("INBOX")))
            assert number == len(list(account.store.fetch([one.ref for one in account.store.survey("INBOX", None)])))

    def test_heads_are_headers_with_flags(self, account: Account) -> None:
        """Of every message of a mailbox, the empty line included."""
        drafts = account.store.mailboxes().drafts
        account.deliver(drafts, letter(1), NOW, ["\\Draft"])
        account.deliver(drafts, letter(2), NOW, ["\\Seen"])
        heads = {m.octets: m.flags for m in account.store.heads(drafts)}
        assert {letter(1).partition(b"\r\n\r\n")[0] + b"\r\n\r\n": {"\\Draft"}, letter(2).partition(b"\r\n\r\n")[0] + b"\r\n\r\n": {"\\Seen"}} == heads

    def test_a_name_beyond_ascii(self, account: Account) -> None:
        """Accents, quotes and ampersands in a mailbox's name."""
        odd = next(name for name in account.store.mailboxes().evidence if name.endswith(ODD_NAME))
        account.deliver(odd, letter(4))
        account.settle()
        assert [odd] == list(account.store.positions([odd]))
        assert ["Letter 4"] == self.subjects(account, account.store.survey(odd, None))

    def test_reading_changes_nothing(self, account: Account) -> None:
        """Not a flag, a name, a date: what was unseen stays so."""
        boxes = account.store.mailboxes()
        for number, name in enumerate((boxes.inbox, boxes.drafts, boxes.sent or "", boxes.junk or "")):
            account.deliver(name, letter(number))
        before = account.snapshot()
        for name in (boxes.inbox, boxes.drafts, boxes.sent or "", boxes.junk or ""):
            position = account.store.positions([name])[name]
            refs = [one.ref for one in (*account.store.survey(name, None), *account.store.survey(name, position))]
            assert list(account.store.fetch(refs))
            assert list(account.store.heads(name))
        account.store.close()
        assert before == account.snapshot()

    # ---- append

    def test_a_draft_lies_in_drafts_as_it_was_written(self, account: Account) -> None:
        """Same octets, \\Draft and \\Seen, the date given; nothing else changes."""
        account.deliver("INBOX", letter(1))
        before = account.snapshot()
        ref = account.store.append(DRAFT, NOW)
        drafts = account.store.mailboxes().drafts
        (found,) = account.store.fetch([one.ref for one in account.store.survey(drafts, None)])
        assert (DRAFT, {"\\Draft", "\\Seen"}, NOW) == (found.octets, found.flags, found.internal_date)
        assert ref in (found.ref, None)
        account.store.close()
        after = account.snapshot()
        assert len(before.pop(drafts)) + 1 == len(after.pop(drafts))
        assert before == after

    # ---- withdraw

    def written(self, account: Account) -> MessageRef:
        """An untouched draft of ours, beside one of the user's."""
        drafts = account.store.mailboxes().drafts
        account.deliver(drafts, letter(8), NOW, ["\\Draft"])
        account.store.append(DRAFT, NOW)
        return next(m.ref for m in account.store.fetch([one.ref for one in account.store.survey(drafts, None)]) if m.octets == DRAFT)

    def test_an_untouched_draft_is_withdrawn(self, account: Account) -> None:
        """It leaves Drafts; the user's own draft stays; Trash holds the octets where it went there."""
        ref = self.written(account)
        assert self.WITHDRAWN is account.store.withdraw(ref, digest(DRAFT))
        boxes = account.store.mailboxes()
        assert [letter(8)] == [m.octets for m in account.store.fetch([one.ref for one in account.store.survey(boxes.drafts, None)])]
        if self.WITHDRAWN is Withdrawal.TO_TRASH:
            assert boxes.trash is not None
            (found,) = account.store.fetch([one.ref for one in account.store.survey(boxes.trash, None)])
            assert (DRAFT, {"\\Draft", "\\Seen"}) == (found.octets, found.flags)

    def test_a_draft_is_withdrawn_once(self, account: Account) -> None:
        """The second time it is no longer there."""
        ref = self.written(account)
        account.store.withdraw(ref, digest(DRAFT))
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(ref, digest(DRAFT))

    @pytest.mark.parametrize("flags", [["\\Flagged"], ["\\Answered"], ["\\Deleted"]], ids=["flagged", "answered", "struck out"])
    def test_a_draft_that_bears_another_flag_stays(self, account: Account, flags: list[str]) -> None:
        """The user's hand has been on it."""
        ref = self.written(account)
        account.flag(ref, *flags)
        before = account.snapshot()
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(ref, digest(DRAFT))
        account.store.close()
        assert before == account.snapshot()

    def test_a_draft_with_other_octets_stays(self, account: Account) -> None:
        """What lies there is not what was written."""
        ref = self.written(account)
        before = account.snapshot()
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(ref, digest(DRAFT.replace(b"Bonjour", b"Bonsoir")))
        account.store.close()
        assert before == account.snapshot()

    def test_a_draft_that_was_edited_stays(self, account: Account) -> None:
        """Mail programs store the edited text as a new message and remove the old one."""
        ref = self.written(account)
        account.remove(ref)
        account.deliver(ref.mailbox, DRAFT.replace(b"Bonjour", b"Bonsoir"), NOW, ["\\Draft", "\\Seen"])
        before = account.snapshot()
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(ref, digest(DRAFT))
        account.store.close()
        assert before == account.snapshot()

    def test_a_draft_of_another_life_of_the_mailbox_stays(self, account: Account) -> None:
        """The same UID under another UIDVALIDITY is another message."""
        ref = self.written(account)
        before = account.snapshot()
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(MessageRef(ref.mailbox, ref.uidvalidity + 1, ref.uid), digest(DRAFT))
        account.store.close()
        assert before == account.snapshot()

    def test_nothing_outside_drafts_is_withdrawn(self, account: Account) -> None:
        """Whatever its octets and flags."""
        account.deliver("INBOX", DRAFT, NOW, ["\\Draft", "\\Seen"])
        (found,) = account.store.survey("INBOX", None)
        before = account.snapshot()
        assert Withdrawal.NOT_UNTOUCHED is account.store.withdraw(found.ref, digest(DRAFT))
        account.store.close()
        assert before == account.snapshot()

    # ---- close

    def test_a_closed_store_opens_again(self, account: Account) -> None:
        """Closing ends a session, not the store; twice is no fault."""
        account.store.close()
        account.store.close()
        account.deliver("INBOX", letter(1))
        assert ["Letter 1"] == self.subjects(account, account.store.survey("INBOX", None))
        account.store.close()
