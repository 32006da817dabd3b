"""Where one sentence of a mail ends and the next begins. Pure; knows no vocabulary but the abbreviations that end in a stop."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[.!?…]{1,6}[\"'»”)\]]{0,2}(?=\s|$)|\n[ \t]{0,20}\n|\n(?=[ \t]{0,8}[-*•][ \t])|(?<=[,:;])\n|\s[–—]\s(?=[A-ZÀ-Þ¿¡])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:\w|a\.m|p\.m|a\. ?m|p\. ?m|dr|mr|mrs|ms|prof|st|no|nr|ca|vs|z\.\s?b|d\.\s?h|u\.\s?a|i\.\s?d\.\s?r|bzw|usw|inkl|evtl|ggf|min|std|tel|approx|ext|dott|sig|sra|sr|dra|exmo|exma|eng|ing|mme|mlle|"
    r"mons|jan|feb|févr|janv|juil|apr|aug|sept|sep|oct|okt|nov|dec|déc|dez|mo|di|mi|do|fr|sa|so|mon|tue|tues|wed|thu|thurs|fri|lun|mar|mer|jeu|ven|dhr|mevr|bijv|i\.p\.v|a\.u\.b|s\.v\.p|e\.g|i\.e|resp|art|núm|pág|h|hs|hrs|av|abs|mfg|lg|etc)$",
    re.I,
)
_MOST = 150


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and where it stands in the text; ``asks`` tells whether it ends with a question mark."""

    text: str
    start: int
    end: int

    @property
    def asks(self) -> bool:
        """Whether it is put as a question."""
        return "?" in self.text[-4:]


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order, at most 150; a line that wraps within a sentence does not end it."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if len(found) == _MOST:
            break
        if match.group().startswith(".") and len(match.group()) == 1 and _goes_on(text, match.start(), match.end()):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _goes_on(text: str, stop: int, after: int) -> bool:
    """Whether a full stop ends an abbreviation or an ordinal ("26. November") rather than a sentence."""
    before, rest = text[max(0, stop - 12):stop], text[after:after + 8].lstrip()
    if before[-1:].isdigit():
        return rest[:1].isalpha() and (rest[:1].islower() or (before[-2:].strip().isdigit() and len(before.split()[-1]) <= 2))
    return bool(_ABBREVIATED.search(before)) and rest[:1] != ""


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        begin = start + len(piece) - len(piece.lstrip())
        found.append(Sentence(bare, begin, begin + len(bare)))
