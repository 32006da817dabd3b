"""Display names as one would say them."""

from __future__ import annotations

import pytest

from mailrescue.judgement.persons import tidy
from mailrescue.vocabulary import load

LEXICON = load()


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("Anna von Hohenfels", "Anna von Hohenfels"), ("von Hohenfels, Anna", "Anna von Hohenfels"), ("Dr. Anna von Hohenfels", "Anna von Hohenfels"),
        ("Lena Fuchs von Kornblum", "Lena Fuchs"), ("Frau Dr. Lena Fuchs von Kornblum", "Lena Fuchs"), ("Anna von Hohenfels via Ashby", "Anna von Hohenfels"),
    ],
)
def test_von_is_part_of_a_name_or_names_the_house(shown: str, said: str) -> None:
    """After one given name it belongs to the family's; after given name and family name comes the house."""
    assert said == tidy(shown, LEXICON)
