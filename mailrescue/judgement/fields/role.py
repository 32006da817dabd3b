"""The title of the job, where the invite names it: one that holds a trade's word, or none at all. A wrong one would stand in a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailrescue.judgement.case import Case
from mailrescue.judgement.language import stop_words
from mailrescue.judgement.persons import name_tokens
from mailrescue.model.lexicon import fold

_BREAK = re.compile(r"\s[-–—/|+@x]\s|[:|,;()<>\[\]«»\"“”\n•·]|[.!?](?=\s|$)")
_REFERENCE = re.compile(r"\s*(?:\b(?:JR|REF|REQ|Ref\.?|Nr\.?)[\s-]?\d[\w/-]*|\b[\w]{0,6}\d[\w/-]{2,}|\d{1,3}(?:\s?-\s?\d{1,3})?\s?%)\s*")
_TALK = ("job_interview", "usual_interview", "by_phone", "interview", "conversation", "phone_place")
_MOST_WORDS = 6


def role(case: Case) -> str | None:
    """The job's title as written: a part of the event's title, else what a phrase like "for the post of" introduces."""
    for candidate in (*_in_titles(case), *_introduced(case)):
        title = _bare(case, " ".join(_REFERENCE.sub(" ", candidate).split()))
        if title and _is_a_trade(case, title):
            return title
    return None


def _bare(case: Case, title: str) -> str:
    """Without "post" and its like around it, without an elided article."""
    for hit in case.lexicon.hits("job_nouns", title, case.languages):
        if hit.end == len(title):
            title = title[: hit.start].rstrip()
        elif hit.start == 0:
            title = title[hit.end :]
    return re.sub(r"^\s*(?:d['’]|de\s|of\s|als\s|como\s|come\s)", "", title).strip(" .-–#%'’")


def _in_titles(case: Case) -> Iterator[str]:
    """The parts of title and subject between dashes, colons and brackets, without what names the talk itself."""
    for (place, passage) in case.pieces:
        if place not in ("title", "subject"):
            continue
        for part in _BREAK.split(passage.text):
            yield _up_to_a_plain_word(_without_the_talk(case, part), stop_words(case.lexicon, case.languages))


def _introduced(case: Case) -> Iterator[str]:
    """What stands behind "position of", or in capitals before "role"."""
    plain = stop_words(case.lexicon, case.languages)
    for (place, _), text in zip(case.pieces, case.peoples_text, strict=True):
        if place in ("location", "signature", "forwarded"):
            continue
        for hit in case.lexicon.hits("role_follows", text, case.languages):
            yield _up_to_a_plain_word(_BREAK.split(text[hit.end : hit.end + 90].lstrip(" :'\"«“"))[0], plain)
        for hit in case.lexicon.hits("role_ends", text, case.languages):
            before = re.search(r"(?:[^\W\d_a-zß-öø-ÿ][\w&-]{0,30}[ \t]+){1,5}$", text[max(0, hit.start - 90) : hit.start])
            if before:
                yield before[0]


def _without_the_talk(case: Case, part: str) -> str:
    """"Telephone interview Bookkeeper" names the talk first: what is left is the job."""
    for _ in range(3):
        leading = [hit.end for hits in case.lexicon.hits_of(_TALK, part, case.languages).values() for hit in hits if hit.start <= 1]
        if not leading:
            break
        part = part[max(leading) :]
    return part


def _up_to_a_plain_word(words: str, plain: frozenset[str]) -> str:
    """The words up to the first small one that no title would go on with, "de" and its like aside."""
    kept: list[str] = []
    for word in words.split():
        if fold(word) in plain and fold(word) not in ("de", "d'", "du", "des", "en", "of", "for", "di", "da", "do", "del", "van", "für", "e", "y", "et", "and", "und"):
            break
        kept.append(word)
    while kept and fold(kept[-1]) in plain:
        kept.pop()
    return " ".join(kept)


def _is_a_trade(case: Case, title: str) -> bool:
    if len(title.split()) > _MOST_WORDS or any(fold(word) in stop_words(case.lexicon, case.languages) for word in title.split()[:1]):
        return False
    said = case.lexicon.hits_of((*_TALK, "occupations", "job_title_words"), title, case.languages)
    if any(said[concept] for concept in ("job_interview", "conversation", "interview", "by_phone")):
        return False
    people = {token for person in case.persons for token in name_tokens(person.name)} | set(name_tokens(case.me.name))
    return not people & set(name_tokens(title)) and bool(said["occupations"] or said["job_title_words"])
