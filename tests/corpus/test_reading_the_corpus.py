"""Real mail and calendars of the shared corpus: each is read, or set aside with its reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailrescue.model.interview import Me
from mailrescue.model.mail import Message, MessageRef, StoredMessage
from mailrescue.reading import agenda, itip, mime, tnef

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
ME = Me("Sam Ashgrove", ("sam@ashgrove.example",), "+33639980000", "06 39 98 00 00", "Europe/Paris", ("en", "fr"))

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project (../shared/corpus)")


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def reading(path: Path) -> Message:
    stored = StoredMessage(MessageRef(str(path.parent), 0, path.name), frozenset(), utc(2026, 11, 24), path.read_bytes())
    return mime.read(stored, ME)


def files(pattern: str) -> list[Path]:
    return sorted(CORPUS.glob(pattern))


def test_every_message_is_read():
    """No exception; every file with a calendar part outside of a bounce gives an invite or a reason."""
    silent = []
    for path in files("*/*.eml"):
        message = reading(path)
        holds = b"BEGIN:VCALENDAR" in path.read_bytes() and not message.header("content-type").startswith("multipart/report")
        if holds and not message.invites and not message.set_aside:
            silent.append(path.name)
    assert silent == []


def test_every_calendar_is_read():
    """Each .ics gives invites, and a reason for each that has no time."""
    silent = []
    for path in files("*/*.ics"):
        invites, aside = itip.read(path.read_bytes(), "", "", ME)
        if not aside and (not invites or any(i.start is None and i.method not in {"REPLY", "REFRESH", "CANCEL"} for i in invites)):
            silent.append(path.name)
    assert silent == []


def test_every_agenda_is_expanded_or_refused():
    """Busy times of a window in each calendar, whatever its rules."""
    for path in files("*/*.ics"):
        taken, _ = agenda.busy([path], utc(2016, 11, 1), utc(2016, 12, 15), ME)
        assert all(b.end > b.start for b in taken), path.name


def test_every_winmail_is_read():
    """Each TNEF stream gives invites, nothing, or a reason."""
    found = {path.name: tnef.read(path.read_bytes(), ME) for path in (*files("*/*.tnef"), *files("*/winmail*.dat"))}
    assert {"winmail2.dat", "christmas.tnef", "Untitled_Attachment.4.tnef", "triples.tnef"} == {name for name, (invites, _) in found.items() if invites}
    assert [utc(2015, 1, 28, 13)] == [i.start for i in found["winmail2.dat"][0]], "MAPI's time, not the sender's local one"
    assert found["panic.tnef"][1]


@pytest.mark.parametrize(("name", "start", "zone"), [
    pytest.param("tine/outlook_external_invitation.ics", utc(2012, 3, 16, 17), "Europe/Sarajevo", id="(GMT+01.00) Sarajevo/Warsaw/Zagreb"),
    pytest.param("khal/tz_windows_format.ics", utc(2019, 11, 20, 0), "Pacific/Auckland", id="wrong rules below a Windows name"),
    pytest.param("icalendar/issue_313_globally_unique_tzid.ics", None, None, id="a globally unique TZID"),
])
def test_zones_of_real_producers(name, start, zone):
    """Start in UTC and the zone's name."""
    first = itip.read((CORPUS / name).read_bytes(), "", "", ME)[0][0]
    if start:
        assert (start, zone) == (first.start, first.zone)
    assert first.start is not None


@pytest.mark.parametrize(("name", "count"), [
    pytest.param("thunderbird/meet-meeting-invite.eml", 1, id="Google writes it twice"),
    pytest.param("james/gmail.eml", 1, id="forwarded, an attachment without method"),
    pytest.param("tine/zoom_invite.eml", 1, id="Zoom, without METHOD"),
    pytest.param("tine/mac_invitation.eml", 1, id="Apple Mail"),
    pytest.param("kopano/kc-138-1.eml", 1, id="8 bit, no charset"),
    pytest.param("zimbra/appt1.eml", 1, id="CR alone"),
    pytest.param("zimbra/calendar-bounce.eml", 0, id="a bounce"),
    pytest.param("calendarserver/dsn_failure_with_ics.eml", 0, id="a bounce of Calendar Server"),
])
def test_how_often_an_event_counts(name, count):
    """One event is one invite."""
    assert len(reading(CORPUS / name).invites) == count


@pytest.mark.parametrize("name", ["calendarserver/Test-01A.ics", "tine/horde_broken.ics", "tine/bad_encoding.ics", "ical.net/Bug2912657.ics", "horde-icalendar/bug14132_2.ics"])
def test_bytes_that_icalendar_reads_as_nothing(name):
    """CR alone, no END, UTF-16 with and without a mark, a UTF-8 mark."""
    assert itip.read((CORPUS / name).read_bytes(), "", "", ME)[0]


@pytest.mark.parametrize("path", files("crisp-email-reply-parser/*.txt") or [None], ids=lambda p: p.stem if p else "absent")
def test_history_of_real_replies(path):
    """Replies in several languages: only the new text stays new."""
    from mailrescue.reading import text

    new = text.split(path.read_text("utf-8")).new
    assert not any(word in new for word in ("wrote:", "kirjoitti", "écrit", "From:", "Von:", "ha scritto", "escreveu", "Etiam non"))
