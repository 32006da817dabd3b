"""Every draft that a recruiter may read, word for word, and the tone of all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from mailrescue.drafting.render import Templates
from mailrescue.model.draft import DraftKind, Facts
from mailrescue.model.interview import Direction
from tests.golden.golden_facts import LANGUAGES, base, cases, when

HERE = Path(__file__).parent
CASES = [pytest.param(language, name, facts, id=f"{language}-{name}") for language in LANGUAGES for name, facts in cases(language).items()]


@cache
def said(facts: Facts) -> str:
    return Templates().text(facts)


#: words that are false an hour after they were written, or that guess at what time of day it is
STALE = {
    "en": "today|tomorrow|yesterday|tonight|this (?:morning|afternoon|evening)|in an? (?:hour|minute)|in \\d+ minutes|next week|earlier|later",
    "fr": "aujourd.hui|demain|hier|ce (?:matin|soir)|cet après-midi|tout à l.heure|dans une (?:heure|minute)|dans \\d+ minutes|semaine prochaine",
    "de": "heute|morgen|gestern|vorhin|nachher|in (?:einer|\\d+) (?:Stunden?|Minuten?)|nächste Woche|Nachmittag",
    "es": "hoy|mañana|ayer|esta tarde|esta noche|dentro de|en (?:una|\\d+) (?:hora|minuto)s?|próxima semana|buen[oa]s (?:días|tardes)",
    "it": "oggi|domani|ieri|stamattina|stasera|pomeriggio|tra (?:un.|\\d+) (?:ora|minut[oi])|settimana prossima|buonasera",
    "nl": "vandaag|morgen|gisteren|vanochtend|vanmiddag|vanavond|over een (?:uur|minuut)|volgende week|straks|zojuist",
    "pt": "hoje|amanhã|ontem|esta (?:manhã|tarde|noite)|daqui a|dentro de|próxima semana|bo[ma] (?:dia|tarde|noite)",
}
#: reproach, and guesses at why they were absent
HARSH = {
    "en": "forgot|unfortunately|disappoint|unprofessional|wast|busy|emergency|you did not|you didn.t|you failed|why|still waiting",
    "fr": "oubli|malheureusement|déçu|décev|occupé|imprévu|empêch|vous n.avez pas|tu n.as pas|pourquoi|regrett",
    "de": "vergess|enttäusch|beschäftigt|dazwischengekommen|Sie haben nicht|du hast nicht|warum|wieso|nicht gemeldet",
    "es": "olvid|lamentablemente|decepcion|ocupad|imprevisto|usted no|por qué|no llamó",
    "it": "dimentic|purtroppo|delus|impegnat|imprevisto|Lei non|perché|non ha chiamato",
    "nl": "vergeten|teleurgesteld|\\bdruk\\b|tussengekomen|u heeft niet|u hebt niet|waarom|niet gebeld",
    "pt": "esquec|infelizmente|dece[pç]|ocupad|imprevisto|não ligou|não telefonou|porquê",
}
#: forms by which the writer's or the reader's gender would be guessed
GENDERED = {
    "en": "\\b(?:Mr|Ms|Mrs|sir|madam)\\b",
    "fr": "\\b(?:ravie?|désolée?|heureu(?:x|se)|enchantée?|Madame|Monsieur|prévenue?|(?:attentif|attentive))\\b",
    "de": "\\b(?:Herr|Frau|geehrte[rn]?)\\b",
    "es": "\\b(?:Estimad[oa]|encantad[oa]|agradecid[oa]|Sra?\\.)",
    "it": "\\b(?:liet[oa]|riuscit[oa]|rimast[oa]|dispiaciut[oa]|grat[oa]|Sig\\.|stat[oa] contatt)",
    "nl": "\\b(?:heer|mevrouw|meneer)\\b",
    "pt": "\\b(?:[Oo]brigad[oa]|[Gg]rat[oa]|Car[oa]|Prezad[oa]|Sra?\\.)",
}
TWICE = {"en": "twice", "fr": "deux", "de": "zweimal", "es": "dos veces", "it": "due volte", "nl": "tweemaal", "pt": "duas vezes"}
CALL_ME = {"en": "call me", "fr": "m’appeler", "de": "anrufen", "es": "llamarme", "it": "chiamarmi", "nl": "bellen", "pt": "telefonar-me"}
THANKS = {"en": "thank", "fr": "merci", "de": "dank", "es": "gracias", "it": "grazie", "nl": "dank", "pt": "agrade"}
THIS_WEEK = {"en": "this week", "fr": "cette semaine", "de": "diese Woche", "es": "esta semana", "it": "questa settimana", "nl": "deze week", "pt": "esta semana"}


@pytest.mark.parametrize(("language", "name", "facts"), CASES)
def test_reads_as_it_was_approved(language: str, name: str, facts: Facts, write_golden: str) -> None:
    """Each draft is, to the letter, the one that was read and approved; one that nobody approved is an error."""
    golden, actual = HERE / language / f"{name}.txt", said(facts)
    missing = not golden.exists()
    if (missing and write_golden != "never") or write_golden == "force":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(actual, "utf-8")
        return
    assert not missing, f"nobody has approved {golden}: pytest tests/golden --write-golden, then read it"
    assert golden.read_text("utf-8") == actual


def test_nothing_lies_here_that_no_case_writes() -> None:
    """A golden draft whose case is gone would be read and trusted in vain."""
    wanted = {f"{language}/{name}.txt" for language in LANGUAGES for name in cases(language)}
    assert wanted == {path.relative_to(HERE).as_posix() for path in HERE.glob("*/*.txt")}


@pytest.mark.parametrize(("language", "name", "facts"), CASES)
class TestTone:
    """What holds for every draft in every language (SPEC 1: R3, R6; SPEC 5)."""

    def test_is_brief(self, language: str, name: str, facts: Facts) -> None:
        """Fewer than 120 words, salutation and signature included; a word is what a space ends."""
        assert len(said(facts).split()) < 120

    def test_does_not_raise_its_voice(self, language: str, name: str, facts: Facts) -> None:
        """No exclamation mark and no capitals."""
        text = said(facts)
        assert "!" not in text
        assert re.findall(r"\b[A-ZÀ-Ý]{4,}\b", text) == []

    def test_does_not_go_stale(self, language: str, name: str, facts: Facts) -> None:
        """Clock times and dates, no words that an hour makes false; this week is said only where it is asked for and true."""
        text = said(facts)
        assert re.findall(rf"\b(?:{STALE[language]})\b", text, re.I) == []
        assert (THIS_WEEK[language] in text) == (facts.kind is DraftKind.MISSED_CALL and facts.same_week)

    def test_neither_reproaches_nor_guesses(self, language: str, name: str, facts: Facts) -> None:
        """No reproach, and no reason for their absence."""
        assert re.findall(HARSH[language], said(facts)) == []

    def test_guesses_no_gender(self, language: str, name: str, facts: Facts) -> None:
        """Neither the writer's nor the reader's, unless they show a title."""
        if not facts.salutation:
            assert re.findall(GENDERED[language], said(facts)) == []

    def test_looks_written_by_hand(self, language: str, name: str, facts: Facts) -> None:
        """No program, no hole in the text, no doubled space or mark."""
        text = said(facts)
        assert re.findall(r"(?i:mailrescue|template|draft|undefined)|None|[{}\[\]]", text) == []
        assert re.findall(r"[ \u00a0]{2}| [.,]|,,|\.\.|\n{3}| \n", text) == []
        assert text.endswith("\n")

    def test_is_signed(self, language: str, name: str, facts: Facts) -> None:
        """The user's name and telephone number are the last two lines."""
        number = said(facts).splitlines()[-1]
        assert facts.me.name == said(facts).splitlines()[-2]
        assert facts.me.phone == re.sub(r"[^+\d]", "", number)

    def test_says_the_missed_call_once(self, language: str, name: str, facts: Facts) -> None:
        """A no-show names the slot once, and twice is said only where two calls are shown."""
        text = said(facts)
        assert (TWICE[language] in text) == (facts.kind is DraftKind.NO_SHOW and facts.calls_shown == 2)
        if facts.kind is DraftKind.NO_SHOW:
            assert len(re.findall(r"\b24\b(?![ \u00a0]*\d)", re.sub(r"\+[\d -]+", "", text))) == 1

    def test_always_thanks_for_the_opportunity(self, language: str, name: str, facts: Facts) -> None:
        """A no-show and a thank-you say thanks."""
        if facts.kind in (DraftKind.NO_SHOW, DraftKind.THANK_YOU):
            assert THANKS[language] in said(facts).lower()

    def test_asks_them_to_call_after_a_second_failure(self, language: str, name: str, facts: Facts) -> None:
        """With the user's number in the sentence as well as in the signature (R7)."""
        text = said(facts)
        if facts.kind is DraftKind.NO_SHOW:
            assert (CALL_ME[language] in text) == facts.ask_them_to_call or language in ("de", "nl")
            if facts.ask_them_to_call:
                assert text.count(text.splitlines()[-1]) >= 2
                assert CALL_ME[language] in text

    def test_names_until_when_only_while_it_lies_ahead(self, language: str, name: str, facts: Facts) -> None:
        """14:45 for a 14:00 call; the late wording has no such time."""
        text = re.sub(r"[ \u00a0]", "", said(facts))
        assert bool(re.search(r"14[:.h]45|2:45pm", text)) == bool(facts.available_until)


@pytest.mark.parametrize("language", LANGUAGES)
def test_is_brief_even_where_all_is_known(language: str) -> None:
    """Three free times on two clocks, a second attempt, several calls: still fewer than 120 words, whoever was to call."""
    free = tuple((when(language, day, hour), when(language, day, hour, 30)) for day, hour in ((25, 10), (26, 11), (26, 15)))
    longest = {}
    for kind, direction, again, zone in product(DraftKind, Direction, (False, True), ("America/New_York", "America/Argentina/Buenos_Aires")):
        known = base(
            language, kind, direction, their_zone=zone, slots=free, knows_calendar=True, available_until=when(language, 24, 14, 45), ask_them_to_call=again,
            calls_shown=3, rescheduled=True, they_tried=True, they_apologised=True, after_the_slot=True, access_code="4471",
        )
        for facts in (known, replace(known, slots=())):
            longest[kind, direction, again, zone, bool(facts.slots)] = len(said(facts).split())
    assert {} == {case: words for case, words in longest.items() if words >= 120}
