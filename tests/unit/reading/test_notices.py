"""What call notices and call logs say, and what only looks like one: one message file a service, its answer in expected.toml."""

from __future__ import annotations

import email
import html
import re
import tomllib
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message as Parsed
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

import pytest

from mailrescue.model.mail import CallNotice
from mailrescue.model.words import Address
from mailrescue.reading import notices

SAMPLES = Path(__file__).parent / "notices"
EXPECTED = tomllib.loads((SAMPLES / "expected.toml").read_text("utf-8"))
CALLS = sorted(name for name, says in EXPECTED.items() if "kind" in says)
LOOKALIKES = sorted(name for name, says in EXPECTED.items() if "kind" not in says)


def read(name: str) -> CallNotice | None:
    return read_octets((SAMPLES / f"{name}.eml").read_bytes(), tuple(EXPECTED[name]["regions"]))


def read_octets(octets: bytes, regions: tuple[str, ...]) -> CallNotice | None:
    parsed = email.message_from_bytes(octets)
    headers = {name: decoded(value) for name, value in reversed(parsed.items())}
    name, address = parseaddr(headers.get("From", ""))
    date = parsedate_to_datetime(headers["Date"])
    return notices.read(headers, Address(name, address.lower()), headers.get("Subject", ""), text_of(parsed), date, date, regions, attached(parsed))


def decoded(value: str) -> str:
    return re.sub(r"\r?\n\s*", " ", str(make_header(decode_header(value))))


def text_of(parsed: Parsed) -> str:
    parts = {p.get_content_type(): p for p in parsed.walk() if not p.is_multipart() and not p.get_filename()}
    part = parts.get("text/plain") or parts["text/html"]
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    text = payload.decode(part.get_content_charset() or "ascii", "replace").replace("\r\n", "\n")
    return text if part.get_content_subtype() == "plain" else from_html(text)


def from_html(text: str) -> str:
    text = re.sub(r"</td>\s*<td>", " ", re.sub(r"</(?:p|tr|h\d|div)>|<br>", "\n", text))
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def attached(parsed: Parsed) -> tuple[str, ...]:
    return tuple(f"{p.get_filename()} {p.get_content_type()}" for p in parsed.walk() if p.get_filename())


@pytest.mark.parametrize("name", CALLS)
def test_a_notice_says_what_happened_who_called_and_when(name: str) -> None:
    """Each service's notice gives the kind of call, the caller's number in E.164 or that it was withheld, and what more it tells."""
    expected = EXPECTED[name]
    notice = read(name)
    assert notice is not None
    assert (expected["kind"], expected.get("number")) == (notice.kind, notice.number)
    assert expected.get("withheld", False) == notice.withheld
    assert expected.get("direction", "in") == notice.direction
    if "contact" in expected:
        assert expected["contact"] == notice.name
    if "seconds" in expected:
        assert expected["seconds"] == notice.seconds
    if "at" in expected:
        assert datetime.fromisoformat(expected["at"]) == notice.at.astimezone(UTC).replace(microsecond=0)
    assert expected.get("spoken", "") in notice.text


@pytest.mark.parametrize("name", LOOKALIKES)
def test_a_lookalike_is_no_notice(name: str) -> None:
    """Phishing, adverts, parcel services, people who write about a call: none of these shows that somebody called."""
    assert read(name) is None, EXPECTED[name]["why"]


@pytest.mark.parametrize(
    ("sent", "clock", "moment"),
    [
        pytest.param("2026-11-17T11:32:00+01:00", "11:30", "2026-11-17T11:30:00+01:00", id="the zone of Date"),
        pytest.param("2026-11-17T10:32:00+00:00", "11:30", "2026-11-17T10:30:00+00:00", id="Date in UTC, the clock in the user's zone"),
        pytest.param("2026-11-17T10:32:00+00:00", "5:30 AM", "2026-11-17T10:30:00+00:00", id="an american clock"),
        pytest.param("2026-11-17T10:32:00+00:00", "4:00 PM", "2026-11-17T10:30:00+00:00", id="an indian clock, half an hour off"),
        pytest.param("2026-11-18T00:02:00+01:00", "23:58", "2026-11-17T23:58:00+01:00", id="over midnight"),
        pytest.param("2026-11-17T17:45:00+01:00", "11:30", "2026-11-17T11:30:00+01:00", id="a notice hours late"),
        pytest.param("2026-11-17T10:45:00+00:00", "5:17", "2026-11-17T10:45:00+00:00", id="neither late nor another zone: Date stands"),
    ],
)
def test_the_clock_of_a_notice(sent: str, clock: str, moment: str) -> None:
    """A clock time without a zone is read in the zone of Date, or where that cannot be, by its minutes."""
    at = datetime.fromisoformat(sent)
    notice = notices.read({}, Address("Voicemail", "voicemail@pbx.example"), "Missed call from 01632 960188", f"Time: {clock}", at, at, ("GB",), ())
    assert notice is not None
    assert datetime.fromisoformat(moment) == notice.at


def test_the_users_own_number_is_not_the_callers() -> None:
    """Carriers name the line that was called, and it may stand first."""
    at = datetime(2026, 11, 17, tzinfo=UTC)
    body = "You could not be reached on 07700 900188. While your phone was off, you were called by:\n\n  +44 1632 960 701   at 17:32\n"
    notice = notices.read({}, Address("Voicemail", "voicemail@pbx.example"), "You have 1 missed call", body, at, at, ("GB",), (), "+447700900188")
    assert notice is not None
    assert "+441632960701" == notice.number


@pytest.mark.parametrize("text", ["From: a\n", "missed call from ", "voicemail no ", "From: 0199008365 (A)\n", "\n", "A (", "at 14:19 ", "1 h 2 m ", '"A'], ids=repr)
def test_hostile_text_is_bounded(text: str) -> None:
    """A notice made to be slow is read within the test's time limit."""
    at = datetime(2026, 11, 17, tzinfo=UTC)
    notices.read({}, Address("Voicemail", "voicemail@pbx.example"), text * 1000, text * 50_000, at, at, ("FR", "GB"), ())


def test_every_sample_has_its_expectation() -> None:
    """No sample lies there unread, none is expected that is not there."""
    assert sorted(EXPECTED) == sorted(path.stem for path in SAMPLES.glob("*.eml"))


_CARRIERS = (
    ("missed-call", "ChiamaMe: il +390255501921 ha chiamato alle 10:31 mentre eri occupato.", "it"),
    ("missed-call", "Hai 1 chiamata da +390255501921. Ore 10:31, mentre il tuo cellulare era spento.", "it, the telephone off"),
    ("missed-call", "Bonjour, vous avez ete appele 2 fois par le 0199006218, derniere fois a 10h31.", "fr"),
    ("missed-call", "Appel du +14185550133 a 10h31 pendant que votre appareil etait hors reseau.", "fr-CA"),
    ("missed-call", "Aviso: el +34961550147 te ha llamado 3 veces.", "es"),
    ("missed-call", "Recibiste 1 llamada del +573001550142 cuando tu linea estaba apagada.", "es-CO"),
    ("missed-call", "Tenes 1 llamado perdido de +541155501234, 10:31 hs.", "es-AR"),
    ("missed-call", "O +5511955500142 ligou para voce 2 vezes. Ultima: 10:31.", "pt-BR"),
    ("missed-call", "Chamada de +351211550142 enquanto o seu telemovel estava desligado.", "pt-PT"),
    ("voicemail", "Tem uma mensagem nova no seu Voice Mail, de +351211550142. Ligue 1664 para ouvir.", "pt-PT, a box"),
    ("text", "O numero +351211550142 que tentou contactar ja esta disponivel.", "pt-PT, whom the user called"),
    ("text", "Il numero +390255501921 che hai chiamato e' di nuovo raggiungibile.", "it, whom the user called"),
    ("text", "El +34961550147 al que llamaste vuelve a estar disponible.", "es, whom the user called"),
)


@pytest.mark.parametrize(("kind", "text"), [c[:2] for c in _CARRIERS], ids=[f"{c[0]} {c[2]}" for c in _CARRIERS])
@pytest.mark.parametrize("lost", [False, True], ids=["backed up", "headers lost"])
def test_what_a_carrier_texts_of_a_call(kind: str, text: str, lost: bool) -> None:
    """A carrier's text tells who called in the user's absence, through a copy that lost its headers too; that a number called can be reached again tells nothing."""
    at = datetime(2026, 11, 17, 10, 40, tzinfo=UTC)
    headers = {} if lost else {"X-smssync-datatype": "SMS", "X-smssync-type": "1", "X-smssync-address": "Carrier"}
    notice = notices.read(headers, Address("Carrier", "Carrier@unknown.email"), "SMS Carrier", text, at, at, ("FR",), ())
    found = notice.kind if notice else "text"
    assert kind == found
    assert (kind == "text") != bool(notice and notice.number)
