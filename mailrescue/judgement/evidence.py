"""What one message says around a slot: they talked, they tried, they run late, they want another time, they are sorry, it is off.

Whichever interview it belongs to is told elsewhere (whose.py). Pure: model and judgement alone. Only new text counts; quoted history
and signatures never do, the subject only as context. The words lie in vocabulary/LANGUAGE/evidence.toml; this module holds

- which words cancel which: a hit of ``said-X`` inside one of ``said-not-X`` or behind a condition does not count;
- the ordered table RULES: the first rule that holds gives the verdict, its name and the sentence that it rests on.

Where two kinds fit, the one that decides which draft is due comes first (judgement/README.md of the shared folder).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import cached_property

from mailrescue.judgement import automatic, language, sentences, times
from mailrescue.model.interview import EvidenceKind, Me, Statement
from mailrescue.model.lexicon import Hit, Lexicon, within
from mailrescue.model.mail import CallNotice, Message

_NOTICES = {
    "call": EvidenceKind.CALL,
    "unanswered": EvidenceKind.UNANSWERED,
    "missed-call": EvidenceKind.MISSED_CALL,
    "voicemail": EvidenceKind.VOICEMAIL,
}
_OTHER = Statement(EvidenceKind.OTHER)
_READ = 5000            # characters of new text that are looked at: a mail around a slot is short
_LATEST = 180           # a delay of more minutes is another time
_OFFER = 45             # characters of a question by which a booking service offers to change a slot
_NEAR = 90              # minutes between the old clock time and the new that make it a delay
_SOON = 120             # minutes from the writing to a new clock time that is a delay, where lateness is spoken of
#: the stop of "at 2.30", "um 14.30", "14.30 Uhr", which is the end of no sentence and of no phrase
_DOTTED = re.compile(
    r"((?:\b(?:at|around|about|like|do|than|um|gegen|om|rond|tegen|alle|dalle|às|pelas|las)\s(?:[01]?\d|2[0-3])(?=\.[0-5]\d(?![\d.]\d)\b))|\b(?:[01]?\d|2[0-3])(?=\.[0-5]\d\s?(?:Uhr|uur|h|am|pm)\b))\.",
    re.I,
)
_PAST = {f"said-past-{minute:02}": minute for minute in (5, 10, 15, 20, 25, 30, 45)}        # "at quarter past": the vocabulary's lists
_TURN = re.compile(
    r"\b(?:but|however|so|though|could|would|shall|mais|toutefois|donc|pourr\w{1,6}|aber|jedoch|doch|sondern|daher|deshalb|k[oö]nn(?:en|ten)|pero|sino|sin embargo|entonces|podr[ií]\w{1,4}|ma|però|tuttavia|quindi|potr\w{1,6}"
    r"|maar|dus|kunnen|podemos|possiamo|pouvons|peut-on|mas|porém|contudo|portanto|poder[ií]\w{1,4})\b",
    re.I,
)                       # words with which a sentence turns to something else
_BORDER = re.compile(rf"[,.;:!?–—]|\n\s{{0,20}}\n|{_TURN.pattern}", re.I)      # what ends a clause
_CITATION = re.compile(r"[\"“„«]\s?(?:[^\W_]{1,30}[^\w\"“”„«»\n]{1,4}){4,60}[^\W_]{1,30}[\s.,!?…]{0,4}[\"”“»]")        # five words at least
_REASON = 3             # words of a sentence that may be a reason: no greeting
_BUTTON = re.compile(r"(?:[^\W\d_]{2,20}[ |/·]{0,3}){1,3}")
_MAIL = 8               # words of a mail that has buttons: a shorter one may say all in two words
_LINKED = re.compile(r"^\W{0,6}(?:[^\W_]{1,20}\W{1,4}){1,6}<?https?://\S{1,2000}\W{0,3}$")


def read(message: Message, me: Me, lexicon: Lexicon) -> Statement:
    """What the message says or shows; kind OTHER where it says nothing of a slot. Times in ``proposed`` are aware."""
    notice = message.notice
    if notice and notice.kind in _NOTICES:
        return _noticed(notice)
    if message.from_ and me.is_me(message.from_.email):
        return _judged(Said(_words(message), message, me, lexicon), OWN_RULES)
    if not notice:
        machine = automatic.is_automatic(message, lexicon)
        if machine:
            return Statement(EvidenceKind.AUTO_REPLY, machine.words)
        if _is_newsletter(message):
            return _OTHER
    return _judged(Said(_words(message), message, me, lexicon), RULES)


def _noticed(notice: CallNotice) -> Statement:
    spoken = notice.kind in ("call", "unanswered")
    who = notice.number or notice.name or "withheld"
    return Statement(
        _NOTICES[notice.kind],
        notice.text.strip()[:300] or f"{notice.service}: {notice.kind}, {who}",
        direction=notice.direction if spoken else None,
        seconds=notice.seconds,
        number=notice.number,
    )


def _is_newsletter(message: Message) -> bool:
    """A mailing list, by its headers. List-Unsubscribe alone is no proof: applicant tracking systems send through bulk mailers."""
    return bool(message.header("list-id")) or message.header("precedence").strip().lower() in ("list", "junk")


def _words(message: Message) -> str:
    if message.notice and message.notice.text.strip():
        return message.notice.text[:_READ]
    return message.body[:_READ]


# ---------------------------------------------------------------------- what stands there

#: concepts whose hits a condition ("if you need to …") cancels in its sentence
_CONDITIONAL = frozenset("another-time late tried called absent off off-weak unable choice later-call set-anew talked user-missed".split())
#: concepts that an answer to the user's own delay or wish ("no problem, let us move it"), or the end of the writer's ("no need to move
#: it, my meeting is off"), cancels in its sentence
_GRANTED = frozenset("another-time choice late absent absent-weak unable off-weak later-call".split())
#: concepts that a tale of another year or of somebody else ("I once forgot a candidate") cancels in its sentence
_TOLD = frozenset("another-time choice late tried called absent apology unable trouble later-call".split())
#: concepts that a denial before them ("no need to", "we would have") cancels in its clause
_DENIED = frozenset("another-time choice unable off off-weak no-answer".split())
#: concepts of a wish, which a booking service offers on a line of its own, beside a link
_OFFERED = frozenset("another-time choice unable off-weak".split())
#: concepts that count for nothing inside quotation marks: somebody else's words, or an example
_CITED = (_TOLD | {"off", "off-weak"}) - {"tried", "called"}
#: concepts that an excuse for something else uses up
_EXCUSED = frozenset("trouble apology absent-weak late late-plain".split())
#: what cancels concepts in its sentence: a tale; an excuse for a slow answer ("sorry to reply so late, I was on a journey");
#: sympathy ("sorry to hear that you are ill"); "at ten sharp, as agreed"
_CANCELS = {"story": _TOLD, "slow-answer": _EXCUSED, "sympathy": _EXCUSED | {"unable"}, "punctual": frozenset(("late", "later-call"))}
#: concepts that a confirmation ("all set for Thursday at ten", "Tuesday as agreed") cancels in its sentence
_CONFIRMED = frozenset("another-time choice later-call".split())


class Said:
    """The words of one message, asked concept by concept; every answer is a list of hits that truly count."""

    def __init__(self, text: str, message: Message, me: Me, lexicon: Lexicon) -> None:
        self.text = _DOTTED.sub(r"\1:", text)                # letter for letter as long: offsets stay
        self.subject = message.subject[:300]
        self.message = message
        self.me = me
        self.lexicon = lexicon
        self.sentences = sentences.split(text)
        self._hits: dict[str, list[Hit]] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The likeliest languages of the words; the subject's where they tell nothing, all where that tells nothing either."""
        ranked = language.ranking(self.text, self.lexicon) or language.ranking(self.subject, self.lexicon)
        if not ranked:
            return self.lexicon.languages
        best = ranked[0][1]
        likely = tuple(code for code, weight in ranked if weight >= best * 0.6)[:3]
        return likely if best >= 1.5 else tuple(dict.fromkeys((*likely, *(c for c, _ in ranked[:4]))))

    def hits(self, concept: str) -> list[Hit]:
        """The hits of a concept that no look-alike and no condition cancels."""
        known = self._hits.get(concept)
        if known is None:
            known = self._hits[concept] = self._counting(concept)
        return known

    def _counting(self, concept: str) -> list[Hit]:
        found = self.lexicon.hits(f"said-{concept}", self.text, self.languages)
        if not found:
            return found
        against = self.lexicon.hits(f"said-not-{'tried' if concept == 'called' else concept}", self.text, self.languages)
        if concept == "another-time":
            against = [n for n in against if not _TURN.search(n.words)]       # "no need to apologise, but could we move it"
        if concept in _CONDITIONAL:
            found = [h for h in found if not self._supposed(h)]
        if concept in _GRANTED:
            found = [h for h in found if not self._is_granted(h)]
        for other, cancelled in _CANCELS.items():
            if found and concept in cancelled:
                kept = self.in_sentences("unable") if other == "punctual" else set()          # "I cannot ring at ten sharp as agreed"
                found = [h for h in found if self.sentence_at(h.start) not in self.in_sentences(other) - kept]
        if concept in _CITED:
            found = [h for h in found if not any(start < h.start and h.end < end for start, end in self._citations)]
        if concept in _DENIED:
            found = [h for h in found if not self._is_denied(h)]
        if concept in _OFFERED:
            found = [h for h in found if not self._is_on_a_button(h)]
        if concept in _CONFIRMED and found:
            found = [h for h in found if self.sentence_at(h.start) not in self._confirming or not self.is_weak(h)]
        if concept == "unable":
            found = [h for h in found if not self._is_offered(h)]
        if concept == "absent" and not self.has("apology") and not self.subject_has("apology"):
            found = [h for h in found if self.lexicon.says("said-noted", h.words, (h.language,)) is None]      # "our call is noted for Thursday"
        return [h for h in found if not any(n.start < h.end and h.start < n.end for n in against)]

    def _is_offered(self, hit: Hit) -> bool:
        """"Can't make it any more?": a booking service asks, above its links; a human who cannot says more in the sentence."""
        place = self.sentence_at(hit.start)
        words = self.sentences[place]
        return words.asks and len(words.text) <= _OFFER and "," not in words.text and place not in self.another_day

    def _is_granted(self, hit: Hit) -> bool:
        """Whether its sentence answers the user's own delay or wish; "no worries about yesterday, but could we move it" goes on to one of theirs."""
        near = [g for g in self.hits("granting") if self.sentence_at(g.start) == self.sentence_at(hit.start)]
        return any(not _TURN.search(self.text[g.end:hit.start]) for g in near)

    def _is_denied(self, hit: Hit) -> bool:
        """Whether a denial stands before it in its clause: "there is no need to move it", "we would have found another day"."""
        return any(d.start <= hit.start < d.end or not _BORDER.search(self.text[d.end:hit.start]) for d in self.hits("denied") if d.start <= hit.start)

    def _is_on_a_button(self, hit: Hit) -> bool:
        """Whether its line is a few words and an address ("Reschedule: https://…"), or a word or two without a stop, as a button leaves them."""
        begin = self.text.rfind("\n", 0, hit.start) + 1
        line = self.text[begin:].partition("\n")[0].strip()
        most = 3 if hit.start == begin else 2
        return bool(_LINKED.match(line)) or (_BUTTON.fullmatch(line) is not None and len(line.split()) <= most and len(self.text.split()) > _MAIL)

    def _supposed(self, hit: Hit) -> bool:
        """Whether a condition opens the hit's sentence, at the latest where the hit begins or overlaps it."""
        place = self.sentence_at(hit.start)
        return any(s.start < hit.end and self.sentence_at(s.start) == place for s in self._suppositions)

    @cached_property
    def _citations(self) -> list[tuple[int, int]]:
        """Where whole sentences stand in quotation marks."""
        return [match.span() for match in _CITATION.finditer(self.text)]

    @cached_property
    def _confirming(self) -> set[int]:
        """The sentences that confirm a slot: they ask nothing, and say neither that it cannot be kept nor what replaces it, nor of a delay."""
        return self.in_sentences("standing").difference(self.questions, *map(self.in_sentences, ("unable", "instead", "late")))

    def is_weak(self, hit: Hit) -> bool:
        """Whether a wish rests on a day or a clock time alone, on no word that moves a slot by itself."""
        return self.lexicon.says("said-strong-move", hit.words, (hit.language,)) is None

    @cached_property
    def _suppositions(self) -> list[Hit]:
        polite = self.lexicon.hits("said-not-hypothetical", self.text, self.languages)     # "I'd be grateful if we could …" asks
        found = self.lexicon.hits("said-hypothetical", self.text, self.languages)
        found += [h for h in self.lexicon.hits("said-offer", self.text, self.languages) if self._is_offered(h)]
        return [h for h in found if not any(p.start < h.end and h.start < p.end for p in polite)]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return next((i for i, s in enumerate(self.sentences) if s.start <= offset < s.end), len(self.sentences) - 1)

    def in_sentences(self, concept: str) -> set[int]:
        """The numbers of the sentences in which the concept stands."""
        return {self.sentence_at(h.start) for h in self.hits(concept)}

    def has(self, concept: str) -> bool:
        """Whether the text says it at all."""
        return bool(self.hits(concept))

    def subject_has(self, concept: str) -> bool:
        """Whether the subject says it."""
        return self.lexicon.says(f"said-{concept}", self.subject, self.languages) is not None

    def quote(self, hit: Hit | None) -> str:
        """The whole sentence in which a hit stands, on one line."""
        return " ".join(self.sentences[self.sentence_at(hit.start)].text.split())[:300] if hit and self.sentences else ""

    def of(self, concept: str, sentence: int) -> Hit | None:
        """The first hit of the concept in that sentence."""
        return next((h for h in self.hits(concept) if self.sentence_at(h.start) == sentence), None)

    # -- times

    @cached_property
    def written(self) -> datetime:
        """When it was written, on the writer's clock where the Date header tells it."""
        from zoneinfo import ZoneInfo

        return (self.message.date or self.message.internal_date).astimezone(ZoneInfo(self.me.timezone))

    @cached_property
    def moments(self) -> tuple[times.Moment, ...]:
        """The moments that the writer may propose. Where the words name no zone they are read in the user's, but not when the Date header shows
        a writer on another clock: whose Thursday 10:00 it is would be a guess. (+0000 shows nothing: Exchange writes it everywhere.)"""
        found = times.proposed(self.text, self.written, self.me.timezone, self.lexicon, self.languages, self.me.timezone)
        theirs = self.message.date.utcoffset() if self.message.date else None
        elsewhere = bool(theirs) and theirs != self.written.utcoffset()
        return tuple(m for m in found if m.zone or not elsewhere)

    @cached_property
    def durations(self) -> tuple[times.Duration, ...]:
        """Stretches of time, the short ones only."""
        return tuple(d for d in times.durations(self.text, self.lexicon, self.languages) if d.minutes <= _LATEST)

    @cached_property
    def clocks(self) -> tuple[times.Clock, ...]:
        """Clock times; an open half of the day is settled by the time of writing, as is the hour of "at quarter past"."""
        near = self.written.timetz().replace(tzinfo=None)
        whole = [times.settled(c, time(near.hour, near.minute)) for c in times.clocks(self.text, self.lexicon, self.languages)]
        said = self.lexicon.hits_of(tuple(_PAST), self.text, self.languages)
        bare = [self._past_the_hour(minute, hit) for name, minute in _PAST.items() for hit in said[name]]
        bare = [b for b in bare if not any(c.start < b.end < c.end or c.start < b.start < c.end for c in whole)]
        return tuple(sorted((*bare, *(c for c in whole if not within(c, bare))), key=lambda c: c.start))

    def _past_the_hour(self, minute: int, hit: Hit) -> times.Clock:
        """The next clock time with that minute after the writing."""
        hour = (self.written.hour + (minute <= self.written.minute)) % 24
        return times.Clock(hour, minute, True, hit.words, hit.start, hit.end)

    @cached_property
    def replaces_a_time(self) -> bool:
        """Whether a clock time is named as the one that holds no longer."""
        return any(times.is_old(self.text, clock, self.lexicon, self.languages) for clock in self.clocks)

    def cannot_at(self, offset: int) -> bool:
        """Whether the clause in which the offset stands says that something cannot be."""
        for hit in self.hits("unable"):
            if hit.start <= offset and not _BORDER.search(self.text[min(hit.end, offset):offset]):
                return not any(hit.start <= only.start < offset for only in self.hits("only"))
        return False

    @cached_property
    def another_day(self) -> set[int]:
        """The sentences that name a day other than today's."""
        against = self.lexicon.hits("time-not-other-day", self.text, self.languages)
        found = self.lexicon.hits("time-other-day", self.text, self.languages)
        return {self.sentence_at(h.start) for h in found if not any(n.start < h.end and h.start < n.end for n in against)}

    @cached_property
    def first_call(self) -> int:
        """The number of the sentence that speaks of a first talk ("we would like a call with you"), past all of them where none does: the day asked for behind it moves nothing."""
        return min(self.in_sentences("first"), default=len(self.sentences))

    @cached_property
    def questions(self) -> set[int]:
        """The sentences that ask."""
        return {i for i, s in enumerate(self.sentences) if s.asks}


# ---------------------------------------------------------------------- rules

Test = Callable[[Said], Statement | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: its name, and what it finds (a statement, or None)."""

    name: str
    test: Test


def _judged(said: Said, rules: Sequence[Rule]) -> Statement:
    if not said.text.strip():
        return _OTHER
    for rule in rules:
        found = rule.test(said)
        if found:
            return replace(found, rule=rule.name)
    return _OTHER


def _of_the_sentence(kind: EvidenceKind, *concepts: str, without: Sequence[str] = ()) -> Test:
    """A rule: one sentence says all of the concepts and none of ``without``; the first concept is quoted."""

    def test(said: Said) -> Statement | None:
        for hit in said.hits(concepts[0]):
            place = said.sentence_at(hit.start)
            if all(place in said.in_sentences(c) for c in concepts[1:]) and not any(place in said.in_sentences(c) for c in without):
                return Statement(kind, said.quote(hit))
        return None

    return test


def _nothing(said: Said) -> Statement | None:
    """An advert, an article or another matter altogether: nothing in it is said of a slot."""
    strange_places = said.in_sentences("elsewhere")
    ours = any(said.sentence_at(h.start) not in strange_places for h in _of_a_job(said, "own-interview")) or _titled(said, "own-interview")
    advert = said.has("unsubscribe") or bool(said.message.header("list-unsubscribe"))
    if said.has("family") or said.has("crowd") or (advert and (said.has("advice") or not ours)):
        return _OTHER
    if said.has("cold") and not ours and not any(said.has(c) for c in ("apology", "absent", "tried", "unable", "off")):
        return _OTHER
    if said.has("late-elsewhere") and not any(said.has(c) or said.subject_has(c) for c in ("interview", "later-call")):
        return _OTHER                                       # "late for the drinks, I overslept"
    strange = {h.words.lower() for h in (*_widest(said.hits("elsewhere")), *_widest(said.lexicon.hits("said-elsewhere", said.subject, said.languages)))}
    if not strange or ours or (_talked(said) and said.has("job") and not strange_places & said.in_sentences("talked")):
        return None                                         # "lovely talking to you; the dental plan is attached, send your references"
    if len(strange) == 1 and (_is_a_reason(said) or said.in_sentences("talked") - strange_places):
        return None
    return _OTHER if len(strange) > 1 or said.has("your-appointment") or not (_of_a_job(said, "interview") or _titled(said, "interview")) else None


def _widest(hits: list[Hit]) -> list[Hit]:
    """The hits that lie in no longer one: "broadband" within "your broadband" is no second strange word."""
    return [h for h in hits if not any(o.start <= h.start and h.end <= o.end and o.end - o.start > h.end - h.start for o in hits)]


def _of_a_job(said: Said, concept: str) -> list[Hit]:
    """The hits that no appointment covers which may be anybody's: "your appointment", "a new appointment", said by a clinic as by a recruiter."""
    return [h for h in said.hits(concept) if not within(h, said.hits("appointment"))]


def _titled(said: Said, concept: str) -> bool:
    """Whether the subject says it, in other words than such an appointment's."""
    vague = said.lexicon.hits("said-appointment", said.subject, said.languages)
    found = said.lexicon.hits(f"said-{concept}", said.subject, said.languages)
    return any(not within(h, vague) for h in found)


def _tried(said: Said) -> Statement | None:
    """"I tried to reach you", or a call of theirs and, there or in the next sentence, that nobody answered."""
    hits = said.hits("tried")
    if hits:
        return Statement(EvidenceKind.TRIED_TO_REACH, said.quote(hits[0]), apology=said.has("absent"))
    for hit in said.hits("called"):
        place = said.sentence_at(hit.start)
        if place not in said.in_sentences("absent") and {place, place + 1} & said.in_sentences("no-answer"):
            return Statement(EvidenceKind.TRIED_TO_REACH, said.quote(hit), apology=said.has("absent"))
    return None


def _is_a_reason(said: Said) -> bool:
    """Whether the strange word only tells why: "a delivery fell on tomorrow, could we move it", "the sweep is here. Ten minutes later?"."""
    strange = _widest(said.hits("elsewhere"))
    reason = all(any(t.start <= h.start < t.end for t in said.hits("trouble")) for h in strange)
    moves = said.has("another-time") or (said.replaces_a_time and not said.has("appointment"))
    return (reason and (moves or _is_sorry(said)) and not said.has("your-appointment")) or bool(said.in_sentences("late") - said.in_sentences("elsewhere"))


def _talked(said: Said) -> Statement | None:
    """They did talk, said at once with when ("this morning"); "I slept through our call of this morning" is no such talk."""
    return _talk(said, {said.sentence_at(h.start) for h in said.hits("absent")} - said.in_sentences("pleasure"), "earlier")


def _talked_once(said: Said) -> Statement | None:
    """They did talk, without a word of when."""
    return _talk(said, set())


def _talk(said: Said, missed: set[int], *beside: str) -> Statement | None:
    for hit in said.hits("talked"):
        place = said.sentence_at(hit.start)
        if place not in missed and all(place in said.in_sentences(c) for c in beside):
            return Statement(EvidenceKind.TALKED, said.quote(hit))
    return None


def _talked_before_this(said: Said) -> Statement | None:
    """"Next step after our talk" in the subject alone, over a mail that goes on about the job."""
    title = said.lexicon.hits("said-talked", said.subject, said.languages)
    against = said.lexicon.says("said-not-talked", said.subject, said.languages) or said.has("standing") or not (said.has("job") and said.subject_has("interview"))
    return Statement(EvidenceKind.TALKED, title[0].words) if title and not against else None


def _off(said: Said) -> Statement | None:
    """Called off for good; the answer to papers of another application, with no talk in it, calls nothing off."""
    if said.has("other-application") and not said.has("talk") and not said.subject_has("talk"):
        return None
    hits = said.hits("off")
    return Statement(EvidenceKind.CANCELLATION, said.quote(hits[0])) if hits else None


def _another_time(said: Said) -> Statement | None:
    """A wish for another time, in so many words."""
    if _is_the_users(said):
        return None
    for hit in said.hits("another-time"):
        place = said.sentence_at(hit.start)
        if _is_delay(said, place):
            continue                                        # "push it by ten minutes": a delay, no other time
        if said.is_weak(hit) and said.has("talked"):
            continue                                        # "lovely talking to you; three slots for the visit": what comes next
        if said.is_weak(hit) and place not in said.questions | said.in_sentences("proposing"):
            continue                                        # a day that nobody asks or proposes
        if said.is_weak(hit) and place >= said.first_call and not _has_reason(said):
            continue                                        # "which time suits best for a first call?"
        if said.is_weak(hit) and place not in said.another_day and _late(said):
            continue                                        # "running behind, I dial at 13:25; same number": a delay too
        if not (_has_reason(said) or said.lexicon.says("said-explicit-move", hit.words, (hit.language,))):
            continue                                        # "would Thursday suit?" alone makes a first appointment
        if place not in said.questions and said.has("set-anew") and (said.has("absent") or said.has("absent-weak")):
            continue                                        # the new slot is set, only the apology is left to answer
        return _reschedule(said, hit)
    return None


def _is_delay(said: Said, place: int) -> bool:
    """Whether a sentence moves the call within the same hour or so: "by ten minutes", "at 16:20 instead of 16:00", "I will ring at half past",
    or names a clock time soon after it was written, beside a sentence that is about being late."""
    if place in said.another_day or place in said.in_sentences("another-stretch"):
        return False
    if _stretch(said, place):
        return True
    fresh = _new_clock(said, place)
    if fresh is None:
        return False
    old = [c for c in said.clocks if said.sentence_at(c.start) == place and _is_old(said, c)]
    near = any(0 < 60 * (fresh.hour - c.hour) + fresh.minute - c.minute <= _NEAR for c in old)
    soon = 0 <= 60 * (fresh.hour - said.written.hour) + fresh.minute - said.written.minute <= _SOON
    late = said.in_sentences("late")
    return near or place in late or (soon and not late.isdisjoint((place - 1, place + 1))) or (place in said.in_sentences("later-call") and place not in said.questions)


def _has_reason(said: Said) -> bool:
    """Whether the writer gives a reason for which the slot cannot stand, or is sorry."""
    return any(said.has(c) for c in ("unable", "trouble", "absent", "apology")) or said.subject_has("apology")


def _is_the_users(said: Said) -> bool:
    """"Sorry to hear that you are ill; of course we can move it": the wish is the user's, where the writer names no reason."""
    return said.has("sympathy") and not _has_reason(said)


def _choice_after_absence(said: Said) -> Statement | None:
    """"You'll have rung an empty desk. Would Friday suit?": an absence or an inability, and a time to choose."""
    hits = said.hits("choice") if not _is_the_users(said) else []
    trouble = said.has("trouble") and not said.has("granting")         # "no bother, ring me when you are out of the traffic": the user's own
    if not hits or said.has("set-anew") or said.has("late-elsewhere") or not (said.has("unable") or trouble or _is_sorry(said)):
        return None
    if not said.another_day and _late(said):
        return None                                         # "is twenty past all right?": a delay, put as a question
    truly = [h for h in hits if not _stretch(said, said.sentence_at(h.start))]
    return _reschedule(said, truly[0]) if truly else None


def _reschedule(said: Said, hit: Hit) -> Statement:
    sorry = said.has("absent") or (said.has("absent-weak") and said.has("apology"))
    return Statement(
        EvidenceKind.RESCHEDULE_REQUEST,
        said.quote(hit),
        proposed=tuple(dict.fromkeys(m.start for m in said.moments)),
        apology=sorry and said.has("apology"),
        zone=next((m.zone for m in said.moments if m.zone), None),
    )


def _is_sorry(said: Said) -> bool:
    return said.has("absent") or (said.has("absent-weak") and (said.has("apology") or said.subject_has("apology")))


def _absent(said: Said) -> Statement | None:
    hits = said.hits("absent")
    return Statement(EvidenceKind.ABSENCE_APOLOGY, said.quote(hits[0]), apology=True) if hits else None


def _absent_weakly(said: Said) -> Statement | None:
    """An excuse ("in A&E all afternoon") that only an apology makes one for an absence."""
    hits = said.hits("absent-weak") if _is_sorry(said) and (said.has("absent") or not said.has("off-weak")) else []
    return Statement(EvidenceKind.ABSENCE_APOLOGY, said.quote(hits[0]), apology=True) if hits else None


def _late(said: Said) -> Statement | None:
    """Late for the call, by so much or until then. Late for dinner is no business of ours."""
    if said.has("late-elsewhere") and not said.has("later-call"):
        return None
    late = said.hits("late")
    if not late and said.has("granting") and not _has_reason(said):
        return None                                         # "no need to apologise, talk at four instead": the user's delay
    moved = bool(late) or said.subject_has("late") or said.replaces_a_time
    reasons = {place for concept in ("apology", "unable", "instead", "trouble", "absent-weak") for place in said.in_sentences(concept)}
    for hit in (*said.hits("later-call"), *late):
        place = said.sentence_at(hit.start)
        if not moved and not reasons & {place - 2, place - 1, place, place + 1}:
            continue
        away = _stretch(said, place)
        found = (_new_clock(said, place, hit.start) or (away if away and away.from_now else None)) if hit.concept == "said-later-call" else away
        if found and place not in said.another_day:
            return _running_late(said, hit, found)
    for hit in late:
        place = said.sentence_at(hit.start)
        for near in (place, place + 1, place - 1):
            found = _stretch(said, near) or _new_clock(said, near)
            if found and near not in said.another_day:
                return _running_late(said, hit, found)
    return None


def _in_the_place_of(said: Said) -> Statement | None:
    """"11:15 instead of 11, sorry": one clock time in the place of another, a little before it, says it all."""
    for clock in said.clocks:
        place = said.sentence_at(clock.start)
        if place in said.another_day or not times.is_old(said.text, clock, said.lexicon, said.languages):
            continue
        fresh = _new_clock(said, place)
        if fresh and 0 < 60 * (fresh.hour - clock.hour) + fresh.minute - clock.minute <= _NEAR:
            return _running_late(said, Hit("said-instead", "", fresh.words, fresh.start, fresh.end), fresh)
    return None


def _late_without_figure(said: Said) -> Statement | None:
    hits = said.hits("late") if not said.has("late-elsewhere") else []
    hits = [h for h in hits if said.of("late-plain", said.sentence_at(h.start)) and said.sentence_at(h.start) not in said.in_sentences("standing")]
    sure = hits and (said.has("interview") or said.subject_has("interview") or said.subject_has("late"))
    return Statement(EvidenceKind.RUNNING_LATE, said.quote(hits[0])) if sure else None


def _stretch(said: Said, place: int) -> times.Duration | None:
    """The last stretch of minutes in a sentence."""
    return next((d for d in reversed(said.durations) if said.sentence_at(d.start) == place), None) if 0 <= place < len(said.sentences) else None


def _new_clock(said: Said, place: int, behind: int = 0) -> times.Clock | None:
    """The clock time of a sentence that is not the old one, the first of several (behind an offset, if one stands there), and not past
    when it was written."""
    if not 0 <= place < len(said.sentences):
        return None
    fresh = [c for c in said.clocks if said.sentence_at(c.start) == place and not _is_old(said, c)]
    ahead = [c for c in fresh if (c.hour, c.minute) >= (said.written.hour - 2, 0)]
    return next((c for c in ahead if c.start >= behind), ahead[0] if ahead else None)


def _is_old(said: Said, clock: times.Clock) -> bool:
    """Whether a clock time holds no longer: "instead of 16:00", "I cannot ring at four"; "not before five" is the new one."""
    return times.is_old(said.text, clock, said.lexicon, said.languages) or said.cannot_at(clock.start)


def _running_late(said: Said, hit: Hit, found: times.Duration | times.Clock) -> Statement:
    words = said.quote(hit)
    if isinstance(found, times.Clock):
        return Statement(EvidenceKind.RUNNING_LATE, words, at_clock=found.written, zone=times.zone_named(said.text, said.lexicon, said.languages))
    return Statement(EvidenceKind.RUNNING_LATE, words, minutes=found.minutes, from_now=found.from_now)


def _unable(said: Said) -> Statement | None:
    hits = said.hits("unable")
    return _reschedule(said, hits[0]) if hits else None


def _asks_for_another_day(said: Said) -> Statement | None:
    """A question that names another day, behind a sentence that may be the reason; no first appointment, none in person."""
    if len(said.sentences) < 2 or any(said.has(c) for c in ("talked", "pleasure", "cold", "set-anew", "late-elsewhere")):
        return None
    reasons = [place for place, sentence in enumerate(said.sentences) if len(sentence.text.split()) >= _REASON]
    asked = [h for h in said.hits("choice") if said.sentence_at(h.start) in said.questions & said.another_day and min(reasons, default=99) < said.sentence_at(h.start) < said.first_call]
    return _reschedule(said, asked[0]) if asked else None


def _sorry_about_the_call(said: Said) -> Statement | None:
    """Deep regret, lately, of one who speaks of the telephone: what else would it be for."""
    hits = [h for h in said.hits("apology") if said.sentence_at(h.start) not in said.in_sentences("late-plain")]       # "sorry to be late with the papers"
    if not hits or not (said.has("earlier") or said.has("trouble")) or not (said.has("interview") or said.subject_has("interview")):
        return None
    if any(said.has(c) for c in ("pleasure", "first", "late", "cold", "late-elsewhere", "future", "standing")):
        return None
    return Statement(EvidenceKind.ABSENCE_APOLOGY, said.quote(hits[0]), apology=True)


def _off_weak(said: Said) -> Statement | None:
    """Cancelled without a word of another time; a mishap of the writer's makes it a wish for one all the same."""
    hits = said.hits("off-weak") if not said.has("trouble") or not said.has("unable") else []
    return Statement(EvidenceKind.CANCELLATION, said.quote(hits[0])) if hits else None


_K = EvidenceKind

#: what others write: the first rule that holds decides
RULES: tuple[Rule, ...] = (
    Rule("another matter", _nothing),
    Rule("talked, just now", _talked),
    Rule("pleasure of a talk just now", _of_the_sentence(_K.TALKED, "pleasure", "talk", "earlier", without=("future", "not-talked"))),
    Rule("tried to reach the user", _tried),
    Rule("off for good", _off),
    Rule("wants another time", _another_time),
    Rule("missed it, and lets the user choose", _choice_after_absence),
    Rule("sorry for an absence", _absent),
    Rule("late by so much", _late),
    Rule("another clock time, a little later", _in_the_place_of),
    Rule("sorry, with an excuse", _absent_weakly),
    Rule("talked", _talked_once),
    Rule("pleasure of a talk", _of_the_sentence(_K.TALKED, "pleasure", "talk", without=("future", "not-talked"))),
    Rule("cancelled", _off_weak),
    Rule("cannot make it", _unable),
    Rule("late", _late_without_figure),
    Rule("asks for another day", _asks_for_another_day),
    Rule("deeply sorry, and the telephone", _sorry_about_the_call),
    Rule("talked, by the subject", _talked_before_this),
)


def _own_wait(said: Said) -> Statement | None:
    for concept in ("user-waited", "tried"):
        hits = said.hits(concept)
        if hits:
            return Statement(_K.USER_NO_SHOW, said.quote(hits[0]))
    return None


#: what the user writes
OWN_RULES: tuple[Rule, ...] = (
    Rule("the user's thanks for a talk just now", _of_the_sentence(_K.TALKED, "user-thanks", "earlier", without=("future", "user-waited", "tried"))),
    Rule("the user's excuse for having missed it", _of_the_sentence(_K.USER_MISSED, "user-missed")),
    Rule("the user waited or called in vain", _own_wait),
    Rule("the user's thanks for a talk", _of_the_sentence(_K.TALKED, "user-thanks", without=("future",))),
    Rule("the user's pleasure of a talk", _of_the_sentence(_K.TALKED, "talked", without=("future",))),
)
