"""The vocabulary: every language says every concept, in phrases that can be matched."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from mailrescue import vocabulary
from mailrescue.judgement.words import CONCEPTS
from mailrescue.vocabulary import load

PLACE = Path(vocabulary.__file__).parent
LEXICON = load()
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")
FILES = ("invites", "language", "evidence")
#: lists of times.toml that hold forms of judgement/times.py, no phrases
FORMS = {"time-clock", "time-duration", "time-zone", "time-date"}


def tables(code: str, file: str) -> dict[str, list[str]]:
    found = tomllib.loads((PLACE / code / f"{file}.toml").read_text("utf-8"))
    return {name: table["phrases"] for name, table in found.items() if name != "lists"}


@pytest.mark.parametrize("code", LANGUAGES[1:])
@pytest.mark.parametrize("file", FILES)
def test_every_language_has_the_concepts_of_english(file, code):
    """No concept is left out in one language, none stands in one alone."""
    assert set(tables("en", file)) == set(tables(code, file))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_concept_that_is_asked_for_stands_in_the_vocabulary(code):
    """A concept that no file has would say nothing, in silence."""
    assert set(CONCEPTS) <= set(tables(code, "invites"))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("file", [*FILES, "times"])
def test_phrases_are_written_so_that_they_can_match(file, code):
    """No quantifier behind a bracket, no mark that two words would have to stand apart from."""
    lists = tomllib.loads((PLACE / code / f"{file}.toml").read_text("utf-8")).get("lists", {})
    written = [phrase for name, phrases in (*tables(code, file).items(), *lists.items()) if name not in FORMS for phrase in phrases]
    assert [] == [phrase for phrase in written if re.search(r"[)\]][?*:,;.\w-]|[\w-][(\[]", phrase)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_phrase_matches_nothing_at_all(code):
    """A phrase of optional words alone would be said everywhere."""
    names = [name for file in FILES for name in tables(code, file)]
    assert [] == [name for name in names if LEXICON.says(name, "...", (code,))]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_concept_tells_the_next_speaker_what_it_is_for(code):
    """Each table begins with a sentence about it."""
    for file in ("invites", "evidence", "times"):
        found = tomllib.loads((PLACE / code / f"{file}.toml").read_text("utf-8"))
        assert [] == [name for name, table in found.items() if name != "lists" and not table.get("about")]


def test_an_eighth_language_is_a_folder(tmp_path):
    """A vocabulary from a folder of the user's joins the seven; its phrases are found like any other."""
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv" / "invites.toml").write_text('[they_dial]\nabout = "De ringer."\nphrases = ["ringer dig"]\n', "utf-8")
    lexicon = load(tmp_path)
    said = lexicon.says("they_dial", "Jag ringer dig klockan tio.")
    assert said is not None
    assert ("sv", "ringer dig") == (said.language, said.words)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_every_phrase_is_found_in_what_it_says(file, code):
    """A phrase with a mark in the wrong place would be found in no mail, in silence; nor would one of its choices."""
    unheard = []
    for name, phrases in tables(code, file).items():
        for phrase in phrases:
            spoken = {_spoken(phrase, code, choice) for choice in range(1 + phrase.count("|"))}
            unheard += [(name, phrase, said) for said in spoken if not LEXICON.says(name, said, (code,))]
    assert [] == unheard


_INNERMOST = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]|\{([\w-]+)\}")


def _spoken(phrase: str, code: str, choice: int) -> str:
    """What somebody says who says the phrase: of several words the one of that number, of a list its first."""

    def one(found: re.Match[str]) -> str:
        several = LEXICON.listed(code, found[3]) if found[3] else (found[1] or found[2] or "").split("|")
        return f" {several[0 if found[3] else choice % len(several)]} "

    while (said := _INNERMOST.sub(one, phrase)) != phrase:
        phrase = said
    return " ".join(phrase.replace("...", " ").replace("#", "7").replace("*", "").split())
