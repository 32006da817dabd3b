"""Do they talk by telephone, by video, or neither? (SPEC section 3, condition 3)

People's own words decide, sentence by sentence: not the block that a calendar added, not a sentence about a talk that has been,
not one that begins with "if". A place that is a street counts only where nobody speaks of the telephone: applicant tracking
systems put the job's address there.
"""

from __future__ import annotations

import re
from functools import partial

from mailrescue.judgement.case import EVENT, Case
from mailrescue.judgement.ruling import quoted
from mailrescue.judgement.words import Said
from mailrescue.model.interview import Medium
from mailrescue.model.lexicon import fold, within
from mailrescue.model.scheduling import VIDEO_ROOM

_TITLE = ("title", "subject")
_IN_NAMES = frozenset("call audio mobile mobil cell portable movil celular".split())       # "Acme Audio" interviews by video, too
_LINK_PLACE = re.compile(r"thelink|https?://", re.I)
_POSTCODE = re.compile(r"\b(?:\d{4,5}\s?-?[A-Z]{0,2}\b|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\d{5}-\d{3})")
_STREET_NUMBER = re.compile(r"\b\d{1,4}(?:[a-z]|\s?bis|\s?ter)?\b")


def medium(case: Case) -> tuple[Medium | None, str]:
    """By what they talk, None where they meet in person or nothing tells; and the words that show it."""
    clues = _Clues(case)
    if clues.on_site and not (clues.stated_in_event or clues.dialled):
        return None, quoted(clues.on_site, "says that they meet in person")
    if clues.video and not (clues.titled or (clues.stated and clues.no_video) or (clues.dialled and clues.no_video)):
        return Medium.VIDEO, quoted(clues.video, "says that it is by video")
    if clues.video and not clues.no_video and len(clues.video) > len(clues.stated) + len(clues.dialled):
        return Medium.VIDEO, quoted(clues.video, "says that it is by video")
    if clues.on_site and not clues.titled and len(clues.on_site) > len(clues.stated) + len(clues.dialled):
        return None, quoted(clues.on_site, "says that they meet in person")
    if clues.stated or clues.dialled:
        return Medium.PHONE, quoted([*clues.stated[:2], *clues.dialled[:1]], "says that it is by telephone")
    if clues.number_as_place:
        return Medium.PHONE, f"the place is the number {clues.number_as_place}"
    if clues.number_given and not (clues.street or clues.video_block):
        return Medium.PHONE, f"the number {clues.number_given} is given, and no other place"
    if clues.street:
        return None, f"the place is {clues.street}"
    if clues.video_block:
        return Medium.VIDEO, "only a video link is given"
    if clues.called:
        return Medium.PHONE, quoted(clues.called, "names a call")
    return None, "nothing says that it is by telephone"


class _Clues:
    """The clues to the medium, each list in the order of the text."""

    def __init__(self, case: Case) -> None:
        words = case.words
        past = words.said("past_talk")
        places = EVENT if case.one_of_several and _tells(case) else ()
        said = partial(_outside, case, places)
        self.no_video = words.said("no_video", *places)
        denied = frozenset(s.sentence for s in self.no_video)
        self.on_site = [s for s in said("on_site", words.sentences_that_say("no_on_site")) if s.place != "signature"]
        there = frozenset(s.sentence for s in self.on_site)
        self.video = [s for s in said("by_video", denied) if s.place != "location" and not _overlaps(s, past)]
        self.video_block = _has_a_room(case) or bool(words.said("by_video", "location"))
        named = [s for s in words.said("phone_place", "title", "subject", "location") if not ((self.video or self.video_block) and s.place in _TITLE and fold(s.words) in _IN_NAMES)]
        self.stated = [s for s in (*said("by_phone", there), *named) if not _overlaps(s, past)]
        dialled = (*said("they_dial", frozenset(), "never"), *said("you_dial", there, "sentence"))   # "phone me from the gate" is no interview
        keys = words.said("access_code") if self.video_block else []          # a room has a PIN, too
        self.dialled = [s for s in dialled if not _overlaps(s, past) and not within(s, keys)]
        self.titled = [s for s in self.stated if s.place in ("title", "subject")]
        self.stated_in_event = [s for s in self.stated if s.place in EVENT]
        self.called = words.said("talk_by_call", *_TITLE)
        location = case.invite.words("location")
        numbers = [n for n in words.numbers if n.place == "location" and not n.in_block]
        self.number_as_place = numbers[0].mention.raw if numbers and not _LINK_PLACE.search(location) else ""
        outright = [n for n in words.numbers if n.place in ("description", "body") and not n.in_block and words.sentence(n.start) not in words.sentences_that_say("condition")]
        self.number_given = outright[0].mention.raw if outright else ""
        self.street = "" if numbers or self.video_block or not location.strip() else _street(location)


def _outside(case: Case, places: tuple[str, ...], concept: str, sentences: frozenset[int], until: str = "clause") -> list[Said]:
    said_for_sure = (said for said in case.words.for_sure(concept, *places, until=until) if said.sentence not in sentences)
    return [said for said in said_for_sure if case.called_off or not case.words.given_up(said)]


def _has_a_room(case: Case) -> bool:
    """Whether a link to a video room is given: by a service's block, apart, as the place, or by people."""
    given = any(f.blocks for f in case.frames) or bool(case.invite.dialled_apart) or bool(_LINK_PLACE.search(case.words.of("location")))
    return given or any(VIDEO_ROOM.search(text) for text in case.peoples_text)


def _overlaps(said: Said, others: list[Said]) -> bool:
    """Whether the words share any with what one of the others says."""
    return any(other.start < said.end and said.start < other.end for other in others)


def _tells(case: Case) -> bool:
    """Whether the event's own words tell the medium, so that the mail's text, which speaks of other events too, is not needed."""
    return any(case.words.said(concept, *EVENT) for concept in ("by_phone", "by_video", "on_site", "they_dial", "you_dial")) or bool(_street(case.invite.words("location")))


def _street(location: str) -> str:
    """The place where it looks like an address or a room, empty where it does not."""
    place = " ".join(location.split())[:80]
    return place if _POSTCODE.search(place) or (_STREET_NUMBER.search(place) and len(place.split()) > 1) or "," in place else ""
