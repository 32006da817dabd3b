"""In which language people wrote, whatever the calendar speaks."""

from __future__ import annotations

import pytest

from mailrescue.judgement import language
from mailrescue.judgement.boilerplate import frame, people_part
from mailrescue.vocabulary import load

LEXICON = load()


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("en", "I'll ring you on Thursday, and we can talk about the hours."),
        ("fr", "Je vous appelle jeudi et nous parlerons des horaires."),
        ("de", "Ich rufe Sie am Donnerstag an, dann sprechen wir über die Arbeitszeiten."),
        ("es", "Te llamo el jueves y hablamos de los horarios."),
        ("it", "La chiamo giovedì e parliamo degli orari."),
        ("nl", "Ik bel je donderdag en dan praten we over de uren."),
        ("pt", "Ligo-lhe na quinta-feira e falamos dos horários."),
        ("pt", "Vou te ligar na quinta e a gente conversa sobre a vaga."),
        ("de", "Grüezi, i lüt Ihne am Donnschtig aa und mir redet über d'Stell bi üs, gärn au per Du."),
    ],
)
def test_small_words_tell_the_language(expected, text):
    """A sentence of each language is told by its small words."""
    assert expected == language.of(text, LEXICON)


def test_words_outweigh_what_a_program_was_set_to():
    """A hint is what a calendar was set to, not what its user writes."""
    assert "en" == language.of("I'll ring you on Thursday about the job.", LEXICON, ("fr-FR", "fr"))


def test_a_hint_decides_where_no_word_does():
    """Without words, the hint is all there is."""
    assert "nl" == language.of("J. Smit - K. Vis", LEXICON, ("nl-BE",))


def test_nothing_is_told_of_nothing():
    """No word and no hint: no language."""
    assert language.of("", LEXICON) is None


def test_a_title_is_told_by_its_terms():
    """A title has no small words; its terms tell."""
    assert "de" == language.of("Telefoninterview Buchhalterin", LEXICON)


GOOGLE = """Vous avez été invité à l'événement suivant.

Titre : Phone interview
I'll call you on Monday, and you can ask me whatever you want about the team.
Date : lun. 4 janv. 2027 15:30 – 16:15 Heure d'Europe centrale - Paris
Participants :
     * Ann Lee - organisateur

Invitation de Google Agenda : https://calendar.google.com/calendar/

Pour ne plus recevoir d'informations sur cet événement, veuillez le refuser. Vous avez également la possibilité de créer un compte Google.
"""
TEAMS = """Ich rufe Sie am Montag an und freue mich auf unser Gespräch.

________________________________________________________________________________
Microsoft Teams meeting
Join on your computer, mobile app or room device
Click here to join the meeting
Meeting ID: 346 118 902 77
Or call in (audio only)
+44 20 7946 0988,,518204337#   United Kingdom, London
Find a local number | Reset PIN
________________________________________________________________________________
"""


@pytest.mark.parametrize(("expected", "text"), [("en", GOOGLE), ("de", TEAMS)], ids=["Google speaks French", "Teams speaks English"])
def test_the_calendars_own_lines_do_not_count(expected, text):
    """The frame of a calendar and the block of a video service are cut before the language is asked."""
    assert expected == language.of(people_part(text, frame(text, LEXICON).cuts), LEXICON)


def test_what_people_say_under_a_video_block_is_kept():
    """A block ends where people's own lines begin again."""
    block = "Join Zoom Meeting\nhttps://zoom.example/j/1\n\nMeeting ID: 855 1234 0987\nPasscode: 004417\n\nYou will present your portfolio."
    assert "You will present your portfolio." == people_part(block, frame(block, LEXICON).cuts).strip()


def test_a_conference_that_people_write_down_is_no_block():
    """A number and a code in a letter are the writer's own words: no video service opened the block."""
    letter = "Please dial 0330 555 0188.\nAccess code: 445901\nWe look forward to it."
    assert () == frame(letter, LEXICON).blocks
