"""The title of the job, where the invite names it."""

from __future__ import annotations

import re

from mailrescue.judgement.case import Case
from mailrescue.judgement.persons import name_tokens

_TITLE_WORDS = re.compile(r"[ \t:]{0,3}[\"'«“]?((?:[^\W_][\w&/.+-]{0,30}(?:\([^)\n]{1,12}\))?[ \t]+){0,5}[^\W_][\w&/+-]{1,30})")


def role(case: Case) -> str | None:
    """The job's title as written, None where no phrase introduces one."""
    for place, text in zip((p for p, _ in case.pieces), case.peoples_text, strict=True):
        if place in ("location", "signature"):
            continue
        for hit in case.lexicon.hits("role_follows", text, case.languages):
            match = _TITLE_WORDS.match(text, hit.end)
            if match and match[1][:1].isupper() and not set(name_tokens(match[1])) & set(name_tokens(case.me.name)):
                return _without_tail(match[1])
    return None


def _without_tail(title: str) -> str:
    """The title up to the first word that begins small after a capital one ("Product Support Engineer at …")."""
    words = title.split()
    kept = [words[0]]
    for word in words[1:]:
        if word[0].islower() and kept[-1][0].isupper() and len(kept) > 1:
            break
        kept.append(word)
    return " ".join(kept).strip(" .,-")
