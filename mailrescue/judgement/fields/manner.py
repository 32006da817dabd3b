"""How they speak to the user: formally or not, and the title that they show for themselves. Nothing is guessed from a name."""

from __future__ import annotations

import re

from mailrescue.judgement import language
from mailrescue.judgement.case import Case
from mailrescue.judgement.persons import name_tokens
from mailrescue.model.interview import Me
from mailrescue.model.lexicon import Lexicon, fold
from mailrescue.model.mail import Message

_WORD = re.compile(r"[^\W\d_]{2,30}")
_READ = 5000            # characters of a mail that are looked at

def formal(case: Case) -> bool:
    """False once they write tu, du, tú, jij to the user, or in English greet by first name without ceremony."""
    return len(case.words.said("informal")) <= len(case.words.said("formal"))


def formal_in(message: Message, me: Me, lexicon: Lexicon) -> bool | None:
    """The same of a later mail of theirs, read in its likeliest language; None where it shows neither, or the user wrote it."""
    if message.notice or message.from_ is None or me.is_me(message.from_.email):
        return None
    text = message.body[:_READ]
    ranked = language.ranking(text, lexicon)
    if not ranked:
        return None
    found = lexicon.hits_of(("informal", "formal"), text, ranked[0][:1])
    familiar, ceremonious = len(found["informal"]), len(found["formal"])
    return None if familiar == ceremonious else ceremonious > familiar


def salutation(case: Case, name: str) -> str:
    """The title before the interviewer's own name in the mail, how to address them ("Mme") before what they are ("Dr").

    Empty where none stands there, or where it may be an initial: "M. Roux" says nothing of Mathilde Roux.
    """
    tokens = name_tokens(name)
    if not tokens:
        return ""
    known = {concept: {fold(title) for code in case.languages for title in case.lexicon.listed(code, concept)} for concept in ("courtesy", "titles")}
    shown = [word for text in case.peoples_text for match in _WORD.finditer(text) if fold(match[0]) in tokens for word in _titles_before(text, match.start(), known["titles"])]
    for concept in ("courtesy", "titles"):
        for title in shown:
            initial = len(title.rstrip(".")) == 1 and fold(title[0]) == tokens[0][0]
            if fold(title) in known[concept] and not initial:
                return title
    return ""


def _titles_before(text: str, position: int, titles: set[str]) -> list[str]:
    """The titles directly before a name, on its line, the first one first."""
    words = text[max(0, position - 40) : position].rpartition("\n")[2].split()
    found: list[str] = []
    while words and fold(words[-1]) in titles:
        found.insert(0, words.pop())
    return found
