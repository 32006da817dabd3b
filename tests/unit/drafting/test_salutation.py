"""The first line: by the name and title that they show, never by a guess."""

from __future__ import annotations

import pytest

from mailrescue.drafting.salutation import greeting, polite_name
from mailrescue.model.words import Address


def greeted(name: str, language: str, title: str = "", *, formal: bool = True, region: str = "") -> str:
    return greeting(Address(name, "x@y.example"), title, formal=formal, language=language, region=region)


@pytest.mark.parametrize(
    ("language", "formal", "familiar", "nobody"),
    [
        ("en", "Dear Robin Asher,", "Hi Robin,", "Hello,"),
        ("fr", "Bonjour Robin Asher,", "Bonjour Robin,", "Bonjour,"),
        ("de", "Guten Tag Robin Asher,", "Hallo Robin,", "Guten Tag,"),
        ("es", "Hola, Robin Asher:", "Hola, Robin:", "Hola:"),
        ("it", "Gentile Robin Asher,", "Ciao Robin,", "Buongiorno,"),
        ("nl", "Geachte Robin Asher,", "Beste Robin,", "Goedendag,"),
        ("pt", "Olá, Robin Asher,", "Olá, Robin,", "Olá,"),
    ],
)
def test_greets_without_a_guess(language: str, formal: str, familiar: str, nobody: str) -> None:
    """No title is invented, whichever first name it is."""
    assert (formal, familiar, nobody) == (greeted("Robin Asher", language), greeted("Robin Asher", language, formal=False), greeted("", language))


@pytest.mark.parametrize(
    ("name", "language", "title", "region", "expected"),
    [
        ("Robin Asher", "en", "Ms", "GB", "Dear Ms Asher,"),
        ("Robin Asher", "en", "Mrs.", "US", "Dear Mrs. Asher,"),
        ("Robin Asher", "en", "Dr", "GB", "Dear Dr Asher,"),
        ("Robin Asher", "fr", "Mme", "FR", "Bonjour Madame Asher,"),
        ("Robin Asher", "fr", "M.", "FR", "Bonjour Monsieur Asher,"),
        ("Robin Asher", "de", "Frau", "DE", "Sehr geehrte Frau Asher,"),
        ("Robin Asher", "de", "Herr", "DE", "Sehr geehrter Herr Asher,"),
        ("Dr. Robin Asher", "de", "Frau", "DE", "Sehr geehrte Frau Asher,"),
        ("Robin Asher", "es", "Sra.", "ES", "Estimada Sra. Asher:"),
        ("Robin Asher", "it", "Dott.ssa", "IT", "Gentile Dott.ssa Asher,"),
        ("Jip van der Linden", "nl", "mevrouw", "NL", "Geachte mevrouw Van der Linden,"),
        ("Robin Asher", "pt", "Dra.", "PT", "Cara Dra. Asher,"),
        ("Robin Asher", "en", "Mme", "GB", "Dear Ms Asher,"),
        ("María Luz Peña Ruiz", "es", "Sra.", "ES", "Estimada Sra. María Luz Peña Ruiz:"),
        ("Robin Asher", "en", "Chief of Staff", "GB", "Dear Robin Asher,"),
    ],
)
def test_uses_the_title_that_they_show(name: str, language: str, title: str, region: str, expected: str) -> None:
    """In the draft's own language; the family name alone only where it is beyond doubt."""
    assert expected == greeted(name, language, title, region=region)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Asher, Robin", "Robin Asher"),
        ("ASHER Robin", "Robin Asher"),
        ("Robin ASHER", "Robin Asher"),
        ("ROBIN ASHER", "Robin Asher"),
        ("robin asher", "Robin Asher"),
        ("Robin Asher (Nordwind)", "Robin Asher"),
        ("Robin Asher | Nordwind", "Robin Asher"),
        ("Robin Asher - Nordwind AG", "Robin Asher"),
        ("Robin Asher via Kalender", "Robin Asher"),
        ("Robin Asher, PhD", "Robin Asher"),
        ("'Robin Asher'", "Robin Asher"),
        ("Jean-Noël LE GOFF", "Jean-Noël Le Goff"),
        ("Jan de Vries", "Jan de Vries"),
        ("O'Dee, Quill", "Quill O'Dee"),
        ("JP Asher", "JP Asher"),
        ("Ng", "Ng"),
        ("robin@asher.example", ""),
        ("+44 7700 900142", ""),
        ("", ""),
    ],
)
def test_finds_the_name_in_what_is_shown(written: str, expected: str) -> None:
    """Address books write names in many ways; a letter writes them in one."""
    assert expected == polite_name(written)
