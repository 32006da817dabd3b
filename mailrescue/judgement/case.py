"""One invite laid out for judging: its people, its words, its language. The rules ask it; it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mailrescue.judgement import language
from mailrescue.judgement.boilerplate import Frame, frame, people_part
from mailrescue.judgement.persons import NAME, Person, appearing, name_tokens, tidy, titles
from mailrescue.judgement.words import PURPOSES, Piece, Words
from mailrescue.model.interview import Me
from mailrescue.model.lexicon import Hit, Lexicon, fold, letters
from mailrescue.model.mail import Message
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Passage

_LETTER = ("body", "comment", "signature")
#: places that belong to the event itself; all others came with it in the mail
EVENT = ("title", "location", "description", "conference", "contact", "comment")

_FORWARDED = re.compile(r"\s*(?:(?:re|aw|sv|rv|antw)\s*:\s*)?(?:fwd?|wg|tr|rv|i|enc|doorst|r[eé]f|weitergeleitet)\s*:", re.I)
_LONGEST = 20_000           # letters of a passage that are looked at
_SURE = 3.0                 # weight of small words from which on a language is sure enough to leave others out
_SHORT = 1.5               # the same where no other comes near: two lines have few small words
_ALIKE = 0.4                # part of the best one's weight from which on another language is looked in, too
_SENDERS_MOST = 6           # names a text may introduce; more is a list, not a conversation


@dataclass(frozen=True)
class Case:
    """What the rules look at."""

    invite: Invite
    message: Message
    me: Me
    lexicon: Lexicon

    @cached_property
    def sent_by_me(self) -> bool:
        """Whether the user wrote this mail."""
        return self.message.from_ is not None and self.me.is_me(self.message.from_.email)

    def words_by_me(self, place: str) -> bool:
        """Whether the user wrote what stands in a place: all of a meeting of theirs, the letter of a mail of theirs; an answer quotes the organizer's event."""
        return self.organized_by_me or (self.sent_by_me and place in _LETTER)

    @cached_property
    def organized_by_me(self) -> bool:
        """Whether the user set the meeting."""
        return self.invite.organizer is not None and self.me.is_me(self.invite.organizer.email)

    @cached_property
    def called_off(self) -> bool:
        """Whether the event is cancelled or refused, so that what it says was planned is told as what will not be."""
        return self.invite.status == "CANCELLED" or self.invite.method in ("CANCEL", "REPLY")

    @cached_property
    def one_of_several(self) -> bool:
        """Whether the mail carries further events, so that its text may speak of those."""
        return len({other.key for other in self.message.invites}) > 1

    @cached_property
    def pieces(self) -> tuple[tuple[str, Passage], ...]:
        """The passages to read, each under its place's name, none twice."""
        invite, message = self.invite, self.message
        named = [("title", _passage(invite, "summary")), ("location", _passage(invite, "location"))]
        named += [(p.source, p) for p in invite.passages if p.source in ("description", "conference", "contact", "comment")]
        subject = message.passage("subject")
        subject = subject if subject.text else Passage("subject", message.subject)
        if letters(invite.summary) not in letters(subject.text) or not invite.summary:
            named.append(("subject", subject))
        named += [("body", message.passage("body")), ("signature", message.passage("signature"))]
        if _FORWARDED.match(subject.text or message.subject):
            named.append(("forwarded", message.passage("quoted")))
        named += [("link", p) for p in message.passages if p.source == "link"]
        return tuple(self._without_repeats([(place, _bounded(p)) for place, p in named if p.text.strip() or p.numbers]))

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """What programs wrote into each piece."""
        return tuple(self._frame(place, passage.text) for place, passage in self.pieces)

    def _frame(self, place: str, text: str) -> Frame:
        return frame(text, self.lexicon) if place in ("description", "body", "signature", "conference", "comment") else Frame((), ())

    def _without_repeats(self, named: list[tuple[str, Passage]]) -> list[tuple[str, Passage]]:
        """Calendars write the description into the mail's body, or the body into the description: the longer one stays."""
        texts = {place: passage.text for place, passage in named}
        description, body = (letters(people_part(texts.get(place, ""), self._frame(place, texts.get(place, "")).cuts)) for place in ("description", "body"))
        drop = set()
        if body and body in description:
            drop.add("body")
        elif description and description in body + letters(texts.get("signature", "")) and len(body) > len(description):
            drop.add("description")
        return [(place, passage) for place, passage in named if place not in drop]

    @cached_property
    def peoples_text(self) -> tuple[str, ...]:
        """What people wrote, piece by piece."""
        return tuple(people_part(passage.text, f.cuts) for (_, passage), f in zip(self.pieces, self.frames, strict=True))

    @cached_property
    def ranking(self) -> list[tuple[str, float]]:
        """The languages of people's words, the likeliest first."""
        hints = [self.invite.language or "", self.message.header("content-language")]
        texts = [text for (place, _), text in zip(self.pieces, self.peoples_text, strict=True) if place not in ("location", "link")]
        return language.ranking("\n".join(texts), self.lexicon, hints, self.me.languages)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Those in which phrases are looked up: what the text is written in, and English, whose terms all recruiters use."""
        best, second = [*(weight for _, weight in self.ranking[:2]), 0.0, 0.0][:2]
        if best < _SURE and not (best >= _SHORT and second < best * _ALIKE):
            return self.lexicon.languages
        likely = [code for code, weight in self.ranking if weight >= best * _ALIKE][:3]
        return tuple(dict.fromkeys([*likely, *(["en"] if "en" in self.lexicon.languages else [])])) or self.lexicon.languages

    @cached_property
    def persons(self) -> list[Person]:
        """Everybody who appears but the user; those whom only the text names come last, without an address."""
        known = appearing(self.invite, self.message, self.me, self.peoples_text, self.lexicon)
        return [*known, *_introduced(self, known)]

    @cached_property
    def my_name(self) -> frozenset[str]:
        """The parts of the user's name, folded."""
        return frozenset(name_tokens(self.me.name))

    @cached_property
    def names(self) -> dict[str, str]:
        """Parts of names, folded, with the mark that stands for them."""
        marks = {token: "theperson" for person in self.persons for token in name_tokens(person.name)}
        for hit in (hit for purpose in PURPOSES for hit in self._said_by_senders[purpose] if hit.start == 0):
            marks.pop(fold(hit.words), None)        # "Survey of Households" writes, and "survey" is no name
        mine = name_tokens(self.me.name)
        marks.update(dict.fromkeys(mine[:1], "theuser"))
        for token in mine[1:]:
            marks.setdefault(token, "theuser")
        return marks

    @cached_property
    def words(self) -> Words:
        """The text that phrases are looked up in."""
        pieces = [Piece(place, passage, f.cuts, f.blocks) for (place, passage), f in zip(self.pieces, self.frames, strict=True)]
        return Words(pieces, self.names, self.me.phone, self.lexicon, self.languages)

    def sender_says(self, concept: str) -> str:
        """The words of a sender's or organizer's display name that say the concept, empty where none do."""
        return next((hit.words for hit in self._said_by_senders[concept]), "")

    @cached_property
    def _said_by_senders(self) -> dict[str, list[Hit]]:
        shown = [a.name for a in (self.message.from_, self.invite.organizer) if a is not None]
        return self.lexicon.hits_of((*PURPOSES, "recruiting"), ". ".join(dict.fromkeys(shown)), self.languages)

    def person_named(self, words: str) -> Person | None:
        """Who of those who appear is meant, one with an address before one without."""
        meant = [person for person in self.persons if person.is_named(words)]
        return next((p for p in meant if p.human), meant[0] if meant else None)


def _passage(invite: Invite, source: str) -> Passage:
    found = next((p for p in invite.passages if p.source == source), None)
    return found or Passage(source, invite.summary if source == "summary" else "")


def _bounded(passage: Passage) -> Passage:
    """As much of a passage as an invitation may need; what is longer is an attack or an archive."""
    if len(passage.text) <= _LONGEST:
        return passage
    return replace(passage, text=passage.text[:_LONGEST], numbers=tuple(n for n in passage.numbers if n.end <= _LONGEST))


def _introduced(case: Case, known: Sequence[Person]) -> list[Person]:
    """People whom the text introduces ("with Bo Tran, Head of Design", "Interviewer: Dana Whitlock"), no companies."""
    taken = {token for person in known for token in name_tokens(person.name)}
    houses = [letters(a.email.partition("@")[2].partition(".")[0]) for a in _addresses(case)]
    teams = [letters(person.shown) for person in known if person.team]
    found: list[Person] = []
    doubtful = any(case.lexicon.listed(code, "capital_nouns") for code in case.languages[:1])
    for text in case.peoples_text:
        for hit in case.lexicon.hits("on_the_call", text, case.languages):
            match = NAME.match(text, _past_separator(text, hit.end, case))
            if not match or len(found) >= _SENDERS_MOST:
                continue
            name = tidy(match[0].rstrip("."), case.lexicon)
            tokens = name_tokens(name)
            house = any(len(h) > 3 and (h in letters(name) or letters(name) in h) for h in houses)
            if (doubtful and len(tokens) < 2) or is_a_term(case, name) or any(letters(name) in shown for shown in teams):
                continue
            fuller = next((i for i, p in enumerate(found) if set(name_tokens(p.name)) < set(tokens)), None)
            if fuller is not None:
                found[fuller] = Person(name, "", ("text",), shown=name)
            elif tokens and not house and case.my_name.isdisjoint(tokens) and taken.isdisjoint(tokens):
                found.append(Person(name, "", ("text",), shown=name))
            else:
                continue
            taken.update(tokens)
    return found


_NO_NAMES = ("interview", "job_interview", "conversation", "by_phone", "phone_place", "recruiting", "job_title_words", "team_words", "stop_words")


def is_a_term(case: Case, name: str) -> bool:
    """Whether what has a capital is no name but a word that the vocabulary knows: "Screen", "This", "RH"."""
    said = (hit for hits in case.lexicon.hits_of(_NO_NAMES, name, case.languages).values() for hit in hits)
    return any(hit.start == 0 and hit.end == len(name) for hit in said)


def _addresses(case: Case) -> list[Person]:
    return [Person("", a.email, ()) for a in (case.message.from_, case.invite.organizer, *case.message.reply_to) if a is not None]


_SEPARATOR = re.compile(r"[\s:()]{0,6}")


def _past_separator(text: str, position: int, case: Case) -> int:
    """Past the colon and a title, to where a name would begin."""
    position = _SEPARATOR.match(text, position).end()     # type: ignore[union-attr]
    for _ in range(2):
        word = re.match(r"\w{1,12}\.?\s{1,2}", text[position : position + 16])
        if not word or fold(word[0].strip()) not in titles(case.lexicon):
            break
        position += word.end()
    return position
