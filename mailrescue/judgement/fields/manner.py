"""How they speak to the user: formally or not, and the title that they show for themselves. Nothing is guessed from a name."""

from __future__ import annotations

import re

from mailrescue.judgement.case import Case
from mailrescue.judgement.persons import name_tokens
from mailrescue.model.lexicon import fold


def formal(case: Case) -> bool:
    """False once they write tu, du, tú, jij to the user, or in English greet by first name without ceremony."""
    casual, ceremonious = len(case.words.said("informal")), len(case.words.said("formal"))
    return casual <= ceremonious


def salutation(case: Case, name: str) -> str:
    """The title that stands before the interviewer's own name in the mail ("Mme Vasseur", "i. A. Frau Böhm"), empty where none does."""
    tokens = set(name_tokens(name))
    if not tokens:
        return ""
    titles = {fold(t): t for code in case.languages for t in case.lexicon.listed(code, "titles")}
    for text in case.peoples_text:
        for match in re.finditer(r"([^\W\d_]{1,12}\.?)[ \t]+(?:[^\W\d_]{1,20}\.?[ \t]+){0,2}?([^\W\d_]{2,30})", text):
            if fold(match[1]) in titles and fold(match[2]) in tokens:
                return match[1]
    return ""
