"""Clock times, dates, places and numbers in seven languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailrescue.drafting.voice import Voice

PARIS, LONDON, NEW_YORK, ZURICH, SYDNEY, LISBON = "Europe/Paris", "Europe/London", "America/New_York", "Europe/Zurich", "Australia/Sydney", "Europe/Lisbon"
TUESDAY = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)        # 14:30 in Paris, 8:30 in New York


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "mine", "theirs", "expected"),
    [
        ("en", LONDON, None, "on Tuesday 24 November at 13:30"),
        ("en", NEW_YORK, None, "on Tuesday, November 24 at 8:30 am"),
        ("en", SYDNEY, None, "on Wednesday 25 November at 12:30 am"),
        ("en", PARIS, NEW_YORK, "on Tuesday, November 24 at 8:30 am (New York) / 2:30 pm (Paris)"),
        ("en", NEW_YORK, LONDON, "on Tuesday 24 November at 13:30 (London) / 08:30 (New York)"),
        ("fr", PARIS, None, "le mardi 24 novembre à 14 h 30"),
        ("fr", PARIS, LONDON, "le mardi 24 novembre à 13 h 30 (Londres) / 14 h 30 (Paris)"),
        ("de", "Europe/Berlin", None, "am Dienstag, 24. November, um 14:30 Uhr"),
        ("de", ZURICH, None, "am Dienstag, 24. November, um 14.30 Uhr"),
        ("es", "Europe/Madrid", None, "el martes 24 de noviembre a las 14:30"),
        ("it", "Europe/Rome", None, "martedì 24 novembre alle 14:30"),
        ("nl", "Europe/Amsterdam", None, "op dinsdag 24 november om 14:30 uur"),
        ("pt", LISBON, None, "na terça-feira, 24 de novembro, às 13:30"),
        ("pt", LISBON, NEW_YORK, "na terça-feira, 24 de novembro, às 08:30 (Nova Iorque) / 13:30 (Lisboa)"),
        ("pt", "America/Sao_Paulo", NEW_YORK, "na terça-feira, 24 de novembro, às 08:30 (Nova York) / 10:30 (São Paulo)"),
    ],
)
def test_says_when(language: str, mine: str, theirs: str | None, expected: str) -> None:
    """In the language, by the customs of the recipient's region, their clock first, the city only where two clocks differ."""
    assert expected == plain(Voice(language, mine, theirs).on(TUESDAY))


def test_names_both_dates_where_midnight_lies_between() -> None:
    """Sydney's Wednesday is New York's Tuesday."""
    assert "Wednesday 25 November at 12:30 am (Sydney) / Tuesday 24 November at 8:30 am (New York)" == Voice("en", NEW_YORK, SYDNEY).moment(TUESDAY)


def test_says_one_clock_where_two_zones_agree() -> None:
    """Berlin and Paris, London and Lisbon: one time is the truth for both."""
    assert "14:30 Uhr" == Voice("de", PARIS, "Europe/Berlin").clock(TUESDAY)


def test_follows_both_changes_of_clock() -> None:
    """Between the last Sundays of October and the first of November Paris and New York are five hours apart."""
    voice = Voice("en", PARIS, NEW_YORK)
    assert "10:00 am (New York) / 3:00 pm (Paris)" == voice.clock(datetime(2026, 10, 27, 14, 0, tzinfo=UTC))
    assert "10:00 am (New York) / 4:00 pm (Paris)" == voice.clock(datetime(2026, 11, 3, 15, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("hour", "expected"), [(0, "12:15 am"), (9, "9:15 am"), (12, "12:15 pm"), (23, "11:15 pm")], ids=["midnight", "morning", "noon", "night"],
)
def test_says_noon_and_midnight_without_doubt(hour: int, expected: str) -> None:
    from zoneinfo import ZoneInfo

    assert expected == Voice("en", NEW_YORK, None).clock(datetime(2026, 11, 24, hour, 15, tzinfo=ZoneInfo(NEW_YORK)))


@pytest.mark.parametrize(
    ("language", "day", "expected"),
    [("fr", 1, "mardi 1er décembre"), ("fr", 11, "vendredi 11 décembre"), ("en", 1, "Tuesday 1 December"), ("pt", 5, "sábado, 5 de dezembro")],
)
def test_says_days(language: str, day: int, expected: str) -> None:
    """The first of a month is premier in French."""
    assert expected == Voice(language, PARIS, None).day(datetime(2026, 12, day, 12, tzinfo=UTC))


def test_knows_the_gender_of_portuguese_days() -> None:
    assert Voice("pt", LISBON, None).on(datetime(2026, 12, 5, 12, tzinfo=UTC)).startswith("no sábado")


def test_offers_free_times_with_the_cities_said_once() -> None:
    """Three lines, their clock first in each."""
    slots = [(datetime(2026, 11, day, 15, tzinfo=UTC), datetime(2026, 11, day, 15, 30, tzinfo=UTC)) for day in (25, 26)]
    expected = "- mercredi 25 novembre à 10 h (New York) / 16 h (Paris)\n- jeudi 26 novembre à 10 h / 16 h"
    assert expected == plain(Voice("fr", PARIS, NEW_YORK).offered(slots))


@pytest.mark.parametrize(
    ("number", "expected"),
    [("+33639981234", "+33 6 39 98 12 34"), ("+447700900142", "+44 7700 900142"), ("+12125550123", "+1 212-555-0123"), ("12", "12"), (None, ""), ("", "")],
)
def test_says_numbers_readably(number: str | None, expected: str) -> None:
    """International form; what is no number stays as it is."""
    assert expected == Voice("en", LONDON, None).number(number)


@pytest.mark.parametrize(("theirs", "city"), [("Etc/GMT+5", "UTC-0500"), ("UTC", "UTC"), ("Etc/UTC", "UTC"), ("US/Eastern", "New York"), ("America/Montreal", "Montréal")])
def test_names_a_zone_truly(theirs: str, city: str) -> None:
    """Etc/GMT+5 is five hours behind, whatever its name says; a zone of no country is said by its offset."""
    assert f"({city})" in Voice("en", PARIS, theirs).clock(TUESDAY)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "Europe", "../etc/passwd", "\x00"])
def test_survives_a_zone_that_is_none(zone: str) -> None:
    """Then the user's clock alone is said."""
    assert "14 h 30" == plain(Voice("fr", PARIS, zone).clock(TUESDAY))


@pytest.mark.parametrize(("value", "expected"), [("Acheteur", " pour le poste d’Acheteur"), ("Vendeur", " pour le poste de Vendeur"), ("Écrivain public", " pour le poste d’Écrivain public"), (None, "")])
def test_elides_in_french(value: str | None, expected: str) -> None:
    assert expected == Voice("fr", PARIS, None).phrase(value, " pour le poste de …")


def test_sets_french_spaces() -> None:
    """A colon never begins a line; Québec writes ? without a space."""
    assert "a\u00a0: b\u00a0?" == Voice("fr", PARIS, None).finish("a : b ?")
    assert "a\u00a0: b?" == Voice("fr", "America/Toronto", None).finish("a : b ?")
