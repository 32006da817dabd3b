"""Which parts of a text a program wrote: the frame of a calendar, the block of a video service.

Answers with spans of the text as it is; it changes nothing. The lines that programs write are vocabulary
(``calendar_lines``, ``video_lines``, ``video_starts`` in language.toml); what needs no words is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailrescue.model.lexicon import Hit, Lexicon
from mailrescue.model.scheduling import VIDEO_ROOM

Span = tuple[int, int]

# Google's "-::~:~::~…", Teams' "____…", Outlook's "*~*~*", Zoom's "---".
_RULER = re.compile(r"^\W*(?:[-_*~:=.─━⋅·•]\W{0,3}){3,200}$")
_GOOGLE = re.compile(r"-::~:~[~:]{4,400}-")
_BARE_LINK = re.compile(r"^\W{0,4}(?:https?://|www\.)\S{1,600}\W{0,3}$")
_MACHINE = re.compile(r"https?://|www\.|\d[\d\s().-]{6,40}\d|[,;#*]{1,6}\d{3,20}#|\bPIN\b|\bSIP\b|H\.323", re.I)
_KEYED_IN = re.compile(r"\d,{1,6}\d{1,20}#")
_HEADING = 60               # letters that a line has at the most which heads the numbers
_EXCHANGE_HEAD = re.compile(r"\*~\*~\*[~*]{2,60}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What programs wrote into a text: ``cuts`` all of it, ``blocks`` the part that is a video service's."""

    cuts: tuple[Span, ...]
    blocks: tuple[Span, ...]


@lru_cache(maxsize=64)
def frame(text: str, lexicon: Lexicon) -> Frame:
    """The spans that are no person's words, in whichever language (a calendar speaks its owner's, not the writer's)."""
    if not text:
        return Frame((), ())
    said = lexicon.hits_of(("calendar_lines", "video_lines", "video_starts"), text)
    blocks = [*_google_blocks(text), *_video_blocks(text, said)]
    cuts = [*blocks, *_exchange_head(text), *_calendar_lines(text, said)]
    return Frame(_merged(cuts), _merged(blocks))


def people_part(text: str, spans: Sequence[Span]) -> str:
    """The text without the spans."""
    kept, position = [], 0
    for start, end in spans:
        kept.append(text[position:start])
        position = max(position, end)
    kept.append(text[position:])
    return "\n".join(kept)


def _google_blocks(text: str) -> Iterator[Span]:
    """Between two of Google's rulers stands the Meet block; a text cut short may have lost the second."""
    rulers = list(_GOOGLE.finditer(text))
    for first, second in zip(rulers[::2], [*rulers[1::2], None], strict=False):
        yield first.start(), second.end() if second else len(text)


def _exchange_head(text: str) -> Iterator[Span]:
    """Exchange and Zimbra put "When: … Where: …" and a line of stars before what the organizer wrote."""
    match = _EXCHANGE_HEAD.search(text)
    if match and match.start() < 2000:
        yield 0, match.end()


def _calendar_lines(text: str, said: Mapping[str, Sequence[Hit]]) -> Iterator[Span]:
    opened = _line_openers(text, said["calendar_lines"])
    for begin, end in _lines(text):
        if begin in opened or _BARE_LINK.match(text[begin:end]):
            yield begin, end


def _video_blocks(text: str, said: Mapping[str, Sequence[Hit]]) -> Iterator[Span]:
    """From a line that opens such a block as far as its lines go on: links, numbers, rulers, and words that the services use.

    A room's link opens it as well, where an organizer or a mail program left the heading out.
    """
    opening = _line_openers(text, said["video_starts"])
    if not opening and not VIDEO_ROOM.search(text):
        return
    known = _line_openers(text, said["video_lines"])
    inside = False
    lines = list(_lines(text))
    for (begin, end), following in zip(lines, [*lines[1:], (len(text), len(text))], strict=True):
        line = text[begin:end]
        opens = begin in opening and len(line) < 160
        heads = len(line) < _HEADING and bool(_KEYED_IN.search(text[slice(*following)]))       # "Dial in by phone", in whichever words
        goes_on = inside and (heads or not line.strip() or bool(_RULER.match(line)) or (len(line) < 300 and bool(_MACHINE.search(line))))
        if opens or goes_on or (begin in known and len(line) < 240):
            inside = True
            yield begin, end
        else:
            inside = False


def _line_openers(text: str, hits: Sequence[Hit]) -> frozenset[int]:
    """Where the lines begin that open with one of the hits; a person's name may stand before it ("Ann Lee - organizer")."""
    found = set()
    for hit in hits:
        begin = text.rfind("\n", 0, hit.start) + 1
        before = text[begin : hit.start]
        if len(before) < 60 and all(not word[0].isalpha() or word[0].isupper() for word in before.split()):
            found.add(begin)
    return frozenset(found)


def _lines(text: str) -> Iterator[Span]:
    begin = 0
    while begin <= len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        yield begin, end
        begin = end + 1


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > start:
            merged.append((start, end))
    return tuple(merged)
