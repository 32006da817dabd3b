"""What people say in an invite and in the mail that carries it: one text, in sentences, ready to be asked for phrases.

Answers which words of a message are people's own (not a calendar's, a video service's, a quoted history's), which sentence and
which place they stand in, and where a vocabulary's phrase is said. It decides nothing about interviews.

In the text that phrases are looked up in, names, numbers and links have given way to words of their own, so that a phrase can
speak of them: ``theuser`` (the user's name), ``theperson`` (anyone else's), ``mynumber`` (the user's configured number),
``thenumber`` (any other), ``thelink``, ``theaddress``. What is quoted to the user is always the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mailrescue.model.lexicon import Lexicon, fold
from mailrescue.model.words import Passage, PhoneMention

#: what else a conversation may be for
PURPOSES = "research media practice reference sales money health school housing care_of_others upkeep review job_centre mass_mail".split()
#: what every invite is asked for, in one walk through its text
CONCEPTS = (
    *"job_interview usual_interview interview conversation application job job_hints occupations recruiting topic with_whom".split(),
    *PURPOSES, *(f"{purpose}_hints" for purpose in PURPOSES),
    *"interviewing interviewing_hints applies_to_user observing hold addresses_candidate by_phone phone_place talk_by_call past_talk by_video no_video on_site no_on_site".split(),
    *"they_dial you_dial they_contact open_question condition".split(),
    *"spared denied denied_behind not_denied superseded turns".split(),
)
#: what an interview by telephone is asked for, too, where nobody says outright who dials
DOUBTFUL = "they_expected you_expected they_dial_loosely you_dial_loosely".split()
_WALKS = {concept: tuple(walk) for walk in (CONCEPTS, DOUBTFUL) for concept in walk}
_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"]{1,600})"
    r"|(?P<address>[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})"
    r"|(?P<word>[^\W\d_]+(?:-[^\W\d_]+){0,4})"
)
_END = re.compile(r"[.!?…;]+[)\"'»”]?(?=\s|$)|\n")
_CLAUSE = re.compile(r"[,:–—]|\s-\s|\(")
_COLON = re.compile(r":\s(?!thenumber)")
_DASH = re.compile(r"\s[-–—|/]{1,2}\s|:\s")
_NATIONAL = 8           # digits of a national number by which the user's own is known
_LONG_LINE = 60         # letters from which on a line was probably broken by the mailer, not by its writer


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase of the vocabulary, said: which concept, in which words as written, in which place and sentence."""

    concept: str
    words: str
    place: str
    start: int
    end: int
    sentence: int


def distinct(clues: Iterable[Said]) -> int:
    """In how many different words they say it."""
    return len({fold(clue.words) for clue in clues})


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number among people's own words, or (``in_block``) in the block of a video service."""

    mention: PhoneMention
    place: str
    start: int
    end: int
    in_block: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage under the name of its place, with the spans to leave out; ``blocks`` are those a video service wrote."""

    place: str
    passage: Passage
    cuts: tuple[tuple[int, int], ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()


class Words:
    """The joined text of several places. ``languages`` are those in which phrases are looked up."""

    def __init__(self, pieces: Sequence[Piece], names: Mapping[str, str], own_number: str | None, lexicon: Lexicon, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self.numbers: list[Number] = []
        self._lexicon = lexicon
        self._said: dict[str, list[Said]] = {}
        self._places: list[tuple[int, str]] = []
        self._origins: list[tuple[int, str, int]] = []      # (offset here, text there, offset there)
        parts: list[str] = []
        length = 0
        for piece in pieces:
            self._places.append((length, piece.place))
            for chunk in _marked(piece, names, own_number):
                self._origins.append((length, piece.passage.text, chunk.origin))
                if chunk.number:
                    self.numbers.append(Number(chunk.number, piece.place, length, length + len(chunk.text), chunk.in_block))
                parts.append(chunk.text)
                length += len(chunk.text)
            parts.append("\n.\n")
            length += 3
        self.text = "".join(parts)
        self._place_starts = [start for start, _ in self._places]
        self._origin_starts = [start for start, _, _ in self._origins]
        self._stops = _stops(self.text, frozenset(fold(a) for code in self.languages for a in lexicon.listed(code, "abbreviations")))
        self._looked_in = _with_line_stops(self.text, self._stops)

    def said(self, concept: str, *places: str) -> list[Said]:
        """Every place where people say the concept, in the order of the text; only in ``places`` where these are given."""
        if concept not in self._said:
            for each, hits in self._lexicon.hits_of(_WALKS.get(concept, (concept,)), self._looked_in, self.languages).items():
                found = [Said(each, self.original(hit.start, hit.end), self.place(hit.start), hit.start, hit.end, self.sentence(hit.start)) for hit in hits]
                self._said[each] = [said for said in found if not self._across_a_dash(said)] if each in ("they_dial", "you_dial") else found
        found = self._said[concept]
        return [said for said in found if said.place in places] if places else found

    def original(self, start: int, end: int) -> str:
        """What stands in the message where ``start`` to ``end`` stand here, on one line."""
        first = bisect_right(self._origin_starts, start) - 1
        last = bisect_right(self._origin_starts, max(start, end - 1)) - 1
        here, text, there = self._origins[first]
        if self._origins[last][1] is not text:
            return self.text[start:end]
        begin = there + (start - here if self._plain(first, start) else 0)
        here, _, there = self._origins[last]
        finish = there + (end - here) if self._plain(last, end) else self._next(last)
        return " ".join(text[begin:finish].split())

    def place(self, offset: int) -> str:
        """The name of the place in which the offset lies."""
        return self._places[max(0, bisect_right(self._place_starts, offset) - 1)][1]

    def of(self, *places: str) -> str:
        """The text of these places, as phrases see it."""
        bounds = [*self._places, (len(self.text), "")]
        return "\n".join(self.text[start : bounds[i + 1][0]] for i, (start, place) in enumerate(self._places) if place in places)

    def sentence(self, offset: int) -> int:
        """The number of the sentence in which the offset lies."""
        return bisect_right(self._stops, offset)

    def bounds(self, sentence: int) -> tuple[int, int]:
        """Where a sentence begins and ends."""
        start = self._stops[sentence - 1] if sentence else 0
        end = self._stops[sentence] if sentence < len(self._stops) else len(self.text)
        return start, end

    def sentences_that_say(self, concept: str) -> frozenset[int]:
        """The numbers of the sentences in which the concept is said."""
        return frozenset(said.sentence for said in self.said(concept))

    def for_sure(self, concept: str, *places: str, until: str = "clause") -> list[Said]:
        """Where the concept is said of what will be, not of a case that may come ("if I am late, ring me").

        A condition before the phrase in its sentence, or in a question right before that ("Trouble joining? Ring us"), makes it such
        a case; one behind it too, within the same ``clause`` (no comma between), or anywhere in the ``sentence``, or ``never``.
        """
        return [said for said in self.said(concept, *places) if not self._conditional(said, until)]

    def given_up(self, said: Said) -> bool:
        """Whether the clause tells what was planned once: "originally we asked you to dial in", "we had this down as a call but"."""
        for once in self.said("superseded"):
            if once.sentence == said.sentence and once.start <= said.start:
                turned = any(once.start < turn.start and turn.end <= said.start for turn in self.said("turns"))
                if not turned and not _CLAUSE.search(self.text, once.end, said.start):
                    return True
        return False

    def _across_a_dash(self, said: Said) -> bool:
        """Whether the words belong to two parts of a title: "Intro call - Ada Bent" asks nobody to call Ada."""
        return said.place in ("title", "subject") and _DASH.search(self.text, said.start, said.end) is not None

    def _conditional(self, said: Said, until: str) -> bool:
        for condition in self.said("condition"):
            if condition.sentence == said.sentence - 1 and self._asks(condition.sentence):
                return True
            if condition.sentence != said.sentence:
                continue
            if condition.start < said.end:
                return True
            ends = {"sentence": _COLON, "clause": _CLAUSE}.get(until)
            if ends and not ends.search(self.text, said.end, condition.start):
                return True
        return False

    def _asks(self, sentence: int) -> bool:
        start, end = self.bounds(sentence)
        return self.text[start:end].rstrip().endswith("?")

    def _plain(self, index: int, offset: int) -> bool:
        """Whether the chunk stands here letter for letter as it stands there, up to the offset."""
        here, text, there = self._origins[index]
        return self.text[here:offset] == text[there : there + offset - here]

    def _next(self, index: int) -> int:
        _, text, _ = self._origins[index]
        following = self._origins[index + 1] if index + 1 < len(self._origins) else None
        return following[2] if following and following[1] is text else len(text)


@dataclass(frozen=True, slots=True)
class _Chunk:
    text: str
    origin: int
    number: PhoneMention | None = None
    in_block: bool = False


def _marked(piece: Piece, names: Mapping[str, str], own_number: str | None) -> Iterable[_Chunk]:
    """The passage in chunks: people's words as they are, and marks for names, numbers and links; cuts become line ends."""
    text = piece.passage.text
    special = [(n.start, n.end, n) for n in piece.passage.numbers] + [(start, end, None) for start, end in piece.cuts]
    position = 0
    for start, end, number in sorted(special, key=lambda s: (s[0], -s[1])):
        in_block = any(a <= start < b for a, b in piece.blocks)
        if number and in_block:
            yield _Chunk("", start, number, True)
        if start < position:
            continue
        yield from _named(text, position, start, names)
        yield _Chunk(_number_mark(number, own_number) if number else "\n", start, number)
        position = end
    yield from _named(text, position, len(text), names)


def _number_mark(number: PhoneMention, own_number: str | None) -> str:
    return "mynumber" if is_own(number, own_number) else "thenumber"


def is_own(number: PhoneMention, own_number: str | None) -> bool:
    """Whether it is the user's number: also as it is written at home ("923 418 807"), which may be read as another country's."""
    if own_number is None or number.e164 == own_number:
        return own_number is not None
    digits = re.sub(r"\D", "", number.raw).lstrip("0")
    return not number.raw.lstrip(" (").startswith(("+", "00")) and len(digits) >= _NATIONAL and own_number.endswith(digits)


def _named(text: str, start: int, end: int, names: Mapping[str, str]) -> Iterable[_Chunk]:
    """The stretch with names, links and addresses marked; neighbouring parts of one name become one mark."""
    plain = start
    last_mark, last_end = "", -1
    for match in _TOKEN.finditer(text, start, end):
        mark = {"link": "thelink", "address": "theaddress"}.get(match.lastgroup or "", "") or _name_mark(match[0], names)
        if not mark:
            continue
        joined = mark == last_mark and mark not in ("thelink", "theaddress") and text[last_end : match.start()] in (" ", ", ", ". ", " - ")
        if not joined:
            if match.start() > plain:
                yield _Chunk(text[plain : match.start()], plain)
            yield _Chunk(mark, match.start())
        plain = last_end = match.end()
        last_mark = mark
    if end > plain:
        yield _Chunk(text[plain:end], plain)


def _name_mark(word: str, names: Mapping[str, str]) -> str:
    return names.get(fold(word), "") if word[0].isupper() else ""


def _stops(text: str, abbreviations: frozenset[str]) -> list[int]:
    """Offsets at which a new sentence begins."""
    found = []
    for match in _END.finditer(text):
        if match[0] == "\n":
            if not _wrapped(text, match.start()):
                found.append(match.end())
        elif not (match[0] == "." and _abbreviated(text, match.start(), abbreviations)):
            found.append(match.end())
    return found


def _with_line_stops(text: str, stops: Sequence[int]) -> str:
    """The text with a full stop for each newline that ends a sentence, so that no phrase reaches across it; offsets stay true."""
    pieces, position = [], 0
    for stop in stops:
        if text[stop - 1 : stop] == "\n":
            pieces += [text[position : stop - 1], "."]
            position = stop
    return "".join([*pieces, text[position:]])


def _wrapped(text: str, newline: int) -> bool:
    """Whether the line goes on after this newline: a mailer broke it, its writer did not."""
    following = text[newline + 1 : newline + 2]
    if not following or following == "\n" or text[newline - 1 : newline] in "\n.!?:;":
        return False
    begin = text.rfind("\n", 0, newline) + 1
    return newline - begin >= _LONG_LINE or (following.islower() and newline - begin >= _LONG_LINE // 2)


def _abbreviated(text: str, dot: int, abbreviations: frozenset[str]) -> bool:
    begin = dot
    while begin and dot - begin < 12 and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    word = fold(text[begin:dot])
    return word in abbreviations or (len(word) == 1 and word.isalpha())
