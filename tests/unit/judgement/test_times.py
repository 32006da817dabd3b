"""Clock times, stretches and days in words: what stands there, and what of it is certain enough for a draft."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from mailrescue import vocabulary
from mailrescue.judgement import times

LEXICON = vocabulary.load()
PARIS = "Europe/Paris"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo(PARIS))


@pytest.mark.parametrize(("language", "words", "expected"), [
    ("en", "twenty past four", "16:20"), ("en", "half four", "16:30"), ("en", "a quarter to five", "16:45"), ("en", "at 4.20pm", "16:20"), ("en", "four thirty", "16:30"),
    ("en", "at noon", "12:00"), ("en", "three o'clock", "15:00"), ("en", "1620 hrs", "16:20"), ("en", "9:15 a.m.", "09:15"), ("en", "at 16:20", "16:20"), ("en", "quarter after nine in the morning", "09:15"),
    ("fr", "16h20", "16:20"), ("fr", "16 h 20", "16:20"), ("fr", "seize heures vingt", "16:20"), ("fr", "quatre heures et demie", "16:30"), ("fr", "cinq heures moins le quart", "16:45"),
    ("fr", "midi et demi", "12:30"), ("fr", "vers 16h", "16:00"), ("fr", "dix-sept heures quinze", "17:15"),
    ("de", "16 Uhr 20", "16:20"), ("de", "halb fünf", "16:30"), ("de", "Viertel nach vier", "16:15"), ("de", "dreiviertel fünf", "16:45"), ("de", "fünf vor halb fünf", "16:25"),
    ("de", "zehn nach halb fünf", "16:40"), ("de", "viertel fünf", "16:15"), ("de", "gegen 15.30 Uhr", "15:30"), ("de", "um vier", "16:00"), ("de", "halb zehn", "09:30"),
    ("es", "las 16:20", "16:20"), ("es", "a las cuatro y media", "16:30"), ("es", "cuarto para las cinco", "16:45"), ("es", "a las 4 de la tarde", "16:00"), ("es", "a las cinco menos diez", "16:50"),
    ("es", "4:30 p.m.", "16:30"), ("es", "a la una y media", "13:30"),
    ("it", "alle 16 e 20", "16:20"), ("it", "alle quattro e mezza", "16:30"), ("it", "alle 16.20", "16:20"), ("it", "alle cinque meno un quarto", "16:45"), ("it", "a mezzogiorno", "12:00"),
    ("nl", "half vijf", "16:30"), ("nl", "kwart over vier", "16:15"), ("nl", "tien voor half vijf", "16:20"), ("nl", "om 16.20 uur", "16:20"), ("nl", "16u20", "16:20"), ("nl", "vijf over half vijf", "16:35"),
    ("pt", "às 16h20", "16:20"), ("pt", "às quatro e meia", "16:30"), ("pt", "um quarto para as cinco", "16:45"), ("pt", "às 3 da tarde", "15:00"), ("pt", "meio-dia e meia", "12:30"),
])
def test_a_clock_time_in_words(language: str, words: str, expected: str) -> None:
    """How seven languages say a clock time, with digits and without."""
    found = times.clock(words, LEXICON, language)
    assert found is not None
    assert expected == found.written


@pytest.mark.parametrize("words", ["I need 10 minutes", "there are 20 people", "for 30 euros", "call 01632 960123", "give me about 10 minutes", "version 16.2.1", "at 5% interest"])
def test_numbers_that_are_no_clock_time(words: str) -> None:
    """Counts, prices and telephone numbers name no hour."""
    assert times.clocks(words, LEXICON, "en") == ()


def test_an_open_half_of_the_day_is_settled_by_the_hour_of_writing() -> None:
    """"At eight" written at seven in the evening is 20:00, written at seven in the morning 8:00."""
    found = times.clocks("I will ring at eight", LEXICON, "en")[0]
    assert times.settled(found, time(19, 0)).hour == 20
    assert times.settled(found, time(7, 0)).hour == 8


@pytest.mark.parametrize(("language", "words", "minutes"), [
    ("en", "quarter of an hour", 15), ("en", "half an hour", 30), ("en", "20 mins", 20), ("en", "an hour and a half", 90), ("en", "5-10 minutes", 10), ("en", "five or ten minutes", 10),
    ("fr", "un petit quart d'heure", 15), ("fr", "une vingtaine de minutes", 20), ("fr", "une demi-heure", 30), ("fr", "10 mn", 10),
    ("de", "eine Viertelstunde", 15), ("de", "zehn Minuten", 10), ("de", "eine halbe Stunde", 30), ("de", "anderthalb Stunden", 90),
    ("es", "un cuarto de hora", 15), ("es", "diez minutitos", 10), ("es", "media horita", 30),
    ("it", "mezz'oretta", 30), ("it", "un quarto d'ora", 15), ("it", "cinque minuti", 5),
    ("nl", "een kwartiertje", 15), ("nl", "een half uurtje", 30), ("nl", "minuut of tien", 10),
    ("pt", "meia hora", 30), ("pt", "um quarto de hora", 15), ("pt", "uns 25 minutos", 25),
])
def test_a_stretch_of_time_in_words(language: str, words: str, minutes: int) -> None:
    """How seven languages say how long; of a range the longer."""
    assert [d.minutes for d in times.durations(words, LEXICON, language)] == [minutes]


@pytest.mark.parametrize(("language", "words", "from_now"), [
    ("en", "in 10 minutes", True), ("en", "10 minutes late", False), ("fr", "dans dix minutes", True), ("de", "in zehn Minuten", True), ("de", "zehn Minuten später", False),
    ("es", "dentro de diez minutos", True), ("it", "tra dieci minuti", True), ("nl", "over tien minuten", True), ("pt", "daqui a dez minutos", True),
])
def test_counted_from_now(language: str, words: str, from_now: bool) -> None:
    """"In ten minutes" counts from the mail, "ten minutes late" from the slot."""
    assert [d.from_now for d in times.durations(words, LEXICON, language)] == [from_now]


@pytest.mark.parametrize(("language", "words", "expected"), [
    ("en", "Would Thursday at 10 work, or Friday 27 November at 2pm?", ["2026-11-26T10:00", "2026-11-27T14:00"]),
    ("en", "Could we do tomorrow at 9:30 am?", ["2026-11-24T09:30"]),
    ("en", "at 10:00 on Thursday", ["2026-11-26T10:00"]),
    ("en", "Thursday between 10 and 12", ["2026-11-26T10:00"]),
    ("en", "Tuesday 1 December at 11:30 am or 3 pm", ["2026-12-01T11:30", "2026-12-01T15:00"]),
    ("en", "Thursday next week at 10:00", ["2026-12-03T10:00"]),
    ("en", "Thursday 26/11 at 10:00", ["2026-11-26T10:00"]),
    ("en", "2026-11-27 14:00", ["2026-11-27T14:00"]),
    ("fr", "Seriez-vous libre jeudi 26 à 11h ou vendredi 27/11 à 14 h 30 ?", ["2026-11-26T11:00", "2026-11-27T14:30"]),
    ("fr", "après-demain à 9 h", ["2026-11-25T09:00"]),
    ("de", "Ginge Donnerstag, 26.11., um 11 Uhr oder Freitag um halb drei?", ["2026-11-26T11:00", "2026-11-27T14:30"]),
    ("de", "Sollen wir es heute um 15 Uhr noch einmal versuchen?", ["2026-11-23T15:00"]),
    ("de", "am 26. um 9:30 Uhr", ["2026-11-26T09:30"]),
    ("es", "¿Podría ser el jueves 26 de noviembre a las 11:00 o mañana por la mañana a las 9:30?", ["2026-11-26T11:00", "2026-11-24T09:30"]),
    ("it", "Andrebbe bene giovedì 26 alle 15 oppure venerdì alle 9.30?", ["2026-11-26T15:00", "2026-11-27T09:30"]),
    ("nl", "Kan het donderdag 26 november om 14.00 uur of vrijdagochtend?", ["2026-11-26T14:00"]),
    ("pt", "Pode ser na quinta-feira, dia 26, às 15h? Ou amanhã às 10h?", ["2026-11-26T15:00", "2026-11-24T10:00"]),
])
def test_times_that_are_certain(language: str, words: str, expected: list[str]) -> None:
    """A date, a weekday or "tomorrow" with a clock time is a proposal; written on a Monday morning in Paris."""
    said = times.proposals(words, MONDAY, PARIS, LEXICON, language)
    assert expected == [moment.strftime("%Y-%m-%dT%H:%M") for moment in said]


@pytest.mark.parametrize(("language", "words"), [
    ("en", "next Thursday at 10"), ("en", "How about 3/12 at 10:00?"), ("en", "Sunday 30 November at 10:00"), ("en", "Thursday before 10"), ("en", "Thursday any time after 2 pm"),
    ("en", "Monday at 16:00"), ("en", "some time on Thursday"), ("en", "at 10:00"), ("en", "instead of Thursday at 10:00"), ("en", "our call on Thursday at 10:00"),
    ("en", "I cannot make Thursday at 10:00"), ("en", "yesterday at 10:00"), ("fr", "jeudi en huit à 10h"), ("fr", "mardi 25 à 10h"), ("fr", "jeudi prochain à 10 h"), ("fr", "au lieu de jeudi à 10 h"),
    ("de", "nächsten Donnerstag um 10 Uhr"), ("de", "statt Donnerstag um 10 Uhr"), ("de", "heute in einer Woche um 10 Uhr"), ("es", "esta mañana a las 9:30"), ("es", "en vez del jueves a las 10:00"),
    ("it", "invece di giovedì alle 10"), ("nl", "volgende donderdag om 10 uur"), ("pt", "em vez de quinta às 10h"), ("pt", "na segunda entrevista às 10h"),
])
def test_times_that_are_not_certain(language: str, words: str) -> None:
    """A doubt means silence: two readings, a contradiction, a limit, the old time."""
    assert times.proposals(words, MONDAY, PARIS, LEXICON, language) == ()


@pytest.mark.parametrize(("words", "zone"), [
    ("Thursday at 10:00 London time", "Europe/London"), ("Thursday at 10:00 CET", "Europe/Paris"), ("Thursday at 10:00 your time", PARIS), ("Thursday 10:00 Pacific", "America/Los_Angeles"),
])
def test_a_zone_that_the_words_name(words: str, zone: str) -> None:
    """The zone named beats the writer's; "your time" is the reader's."""
    said = times.proposals(words, MONDAY, "America/Chicago", LEXICON, "en", reader_zone=PARIS)
    assert said == (datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo(zone)),)


def test_a_time_that_a_clock_change_skips() -> None:
    """Half past two does not exist on the night when the clocks go forward."""
    written = datetime(2026, 3, 27, 10, 0, tzinfo=ZoneInfo(PARIS))
    assert times.proposals("Sunday 29 March 2026 at 2:30 am", written, PARIS, LEXICON, "en") == ()


def test_a_range_has_an_end() -> None:
    """"14 to 15 h" names both ends of the conversation."""
    said = times.moments("jeudi 26 de 14h à 15h", MONDAY, PARIS, LEXICON, "fr")
    assert [(m.start.hour, m.end and m.end.hour) for m in said] == [(14, 15)]


def test_the_words_are_quoted_with_their_place() -> None:
    """A moment shows the words it was read from."""
    text = "Confirmed: phone screen on Tuesday 24 November at 2 pm Paris time."
    moment = times.moments(text, MONDAY, "America/New_York", LEXICON, "en")[0]
    assert moment.words == "Tuesday 24 November at 2 pm" == text[slice(*moment.span)]
    assert moment.start == datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo(PARIS))
    assert moment.zone == PARIS


@pytest.mark.timeout(20)
@pytest.mark.parametrize("word", ["10:00 ", "thursday at 10 ", "1/2/", "um halb vor ", "in ", "de la mañana ", "5 minutes "])
def test_hostile_text(word: str) -> None:
    """A repeated word of 200 kB ends."""
    assert isinstance(times.proposals(word * (200_000 // len(word)), MONDAY, PARIS, LEXICON, None), tuple)
