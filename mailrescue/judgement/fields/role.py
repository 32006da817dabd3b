"""The title of the job, where the invite names it: one that holds a trade's word or is said to be a job, or none at all.

A wrong one would stand in a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailrescue.judgement.case import Case
from mailrescue.judgement.language import stop_words
from mailrescue.judgement.persons import name_tokens
from mailrescue.model.lexicon import fold

_BREAK = re.compile(r"\s[-–—/|+@x]\s|[:|,;()<>\[\]«»\"“”\n•·]|[.!?](?=\s|$)")
_REFERENCE = re.compile(r"\s*(?:\b(?:JR|R|REF|REQ|Ref\.?|Nr\.?|[A-Z]{1,4}-)[\s-]?\d[\w/-]*|\b[\w]{0,6}\d[\w/-]{2,}|\d{1,3}(?:\s?-\s?\d{1,3})?\s?%)\s*")
_TALK = ("job_interview", "usual_interview", "by_phone", "interview", "conversation", "phone_place")
#: "(m/w/d)", "H/F": what the law has them put behind the name of a job
_ANY_SEX = re.compile(r"\s*\(?\b[mwfhvdx]\s?[/|]\s?[mwfhvdx](?:\s?[/|]\s?[mwfhvdxn])?\b\)?", re.I)
_REQUISITION = re.compile(r"\s*(?:JR|REQ|R)[\s-]?\d{3,10}\s+\S")
_BEFORE = re.compile(r"(?:[^\W\d_a-zß-öø-ÿ][\w&-]{0,30}[ \t]+){1,5}$|\b(?:the|our|a|an|this)[ \t]+((?:[\w&-]{2,30}[ \t]+){1,3})$")
_AS = ("als", "as", "comme", "como", "come", "of")
_HOUSE_FOLLOWS = ("presso", "chez", "bei", "beim", "bij", "at", "junto")
_OF = ("de", "d", "di", "van", "da")
_MOST_WORDS = 6


def role(case: Case) -> str | None:
    """The job's title as written: a part of the event's title, else what a phrase like "for the post of" introduces."""
    for candidate, told in (*_in_titles(case), *_introduced(case)):
        title = _bare(case, " ".join(_REFERENCE.sub(" ", candidate).split()))
        if title and _may_be_one(case, title) and (told or _is_a_trade(case, title)):
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


def _in_titles(case: Case) -> Iterator[tuple[str, bool]]:
    """The parts of title and subject between dashes, colons and brackets, without what names the talk itself; told where (m/f/d) follows or a requisition's number leads."""
    for (place, passage) in case.pieces:
        if place not in ("title", "subject"):
            continue
        marked = {_BREAK.split(passage.text[max(0, mark.start() - 90) : mark.start()])[-1].strip() for mark in _ANY_SEX.finditer(passage.text)}
        for part in _BREAK.split(passage.text):
            told = part.strip() in marked or bool(_REQUISITION.match(part))
            yield _up_to_a_plain_word(_without_the_talk(case, part), stop_words(case.lexicon, case.languages)), told


def _introduced(case: Case) -> Iterator[tuple[str, bool]]:
    """What stands behind "position of", told where it is no name of a place or house, or in capitals before "role"."""
    plain = stop_words(case.lexicon, case.languages)
    for (place, _), text in zip(case.pieces, case.peoples_text, strict=True):
        if place in ("location", "signature", "forwarded"):
            continue
        for hit in case.lexicon.hits("role_follows", text, case.languages):
            title = _up_to_a_plain_word(_BREAK.split(text[hit.end : hit.end + 90].lstrip(" :'’\"«“"))[0], plain)
            joined = fold(hit.words).rpartition(" ")[2]
            told = bool(joined and title) and bool(case.lexicon.says("job_nouns", hit.words, case.languages)) and (joined in _AS or (joined in _OF and title[0].islower()))
            yield title, told
        for hit in case.lexicon.hits("role_ends", text, case.languages):
            if before := _BEFORE.search(text[max(0, hit.start - 90) : hit.start]):
                yield before[1] or before[0], False


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
        if fold(word) in _HOUSE_FOLLOWS or (fold(word) in plain and fold(word) not in ("de", "d'", "du", "des", "en", "of", "for", "di", "da", "do", "del", "van", "für", "e", "y", "et", "and", "und")):
            break
        kept.append(word)
    while kept and fold(kept[-1]) in plain:
        kept.pop()
    return " ".join(kept)


def _may_be_one(case: Case, title: str) -> bool:
    """Whether nothing speaks against it: its length, a small word at its head, the talk's own name, a person's."""
    if len(title) < 3 or len(title.split()) > _MOST_WORDS or any(fold(word) in stop_words(case.lexicon, case.languages) for word in title.split()[:1]):
        return False
    said = case.lexicon.hits_of(("job_interview", "conversation", "interview", "by_phone"), title, case.languages)
    people = {token for person in case.persons for token in name_tokens(person.name)} | case.my_name
    return not any(said.values()) and not people & set(name_tokens(title))


def _is_a_trade(case: Case, title: str) -> bool:
    return any(case.lexicon.hits_of(("occupations", "job_title_words"), title, case.languages).values())
