"""A mail as the readers of notices see it, and the questions that they all ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from mailrescue.model.lexicon import Hit, Lexicon, fold
from mailrescue.model.mail import CallNotice
from mailrescue.model.words import Address, PhoneMention
from mailrescue.reading import phones
from mailrescue.reading.notices import words
from mailrescue.reading.notices.clock import clock_in, moment

#: characters of a body that are looked at: notices are short
LONGEST_BODY = 12_000


@dataclass(frozen=True)
class Mail:
    """Headers by lower-case name, who sent it, its words, when it came, the regions of national numbers, "name type" of attachments, the user's own number."""

    headers: Mapping[str, str]
    sender: Address
    subject: str
    body: str
    arrived: datetime
    dated: datetime | None
    regions: tuple[str, ...]
    attachments: tuple[str, ...]
    mine: str | None = None

    def header(self, name: str) -> str:
        """The header's value, empty where there is none."""
        return self.headers.get(name, "").strip()

    @property
    def sent(self) -> datetime:
        """Date where it can be true (no later than arrival by more than a day), else arrival."""
        if self.dated is None or self.dated.tzinfo is None or abs((self.dated - self.arrived).days) > 400:
            return self.arrived
        return self.dated

    @cached_property
    def plain_subject(self) -> str:
        """The subject in one line, spaces plain."""
        return re.sub(r"\s+", " ", self.subject)[:400].strip()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The labelled lines of the body ("Caller: …"), in their order."""
        return tuple(_fields(self.body))

    def field(self, role: str) -> str:
        """The value of the first labelled line of that role, empty where there is none."""
        return next((f.value for f in self.fields if f.role == role and f.value), "")

    @cached_property
    def subject_numbers(self) -> tuple[PhoneMention, ...]:
        """The telephone numbers in the subject but the user's own."""
        return self._numbers(self.plain_subject.replace("_", " "))

    @cached_property
    def body_numbers(self) -> tuple[PhoneMention, ...]:
        """The telephone numbers in the body but the user's own: "you could not be reached on …"."""
        return self._numbers(self.body)

    def _numbers(self, text: str) -> tuple[PhoneMention, ...]:
        return tuple(m for m in phones.find(text, self.regions, about_calls=True) if not phones.same(m.e164, self.mine))

    def says(self, concept: str, text: str) -> Hit | None:
        """The first place where the text says that concept of notices, in any language."""
        return lexicon().says(concept, text)

    def has_audio(self) -> bool:
        """Whether a sound file hangs on it."""
        return any(_AUDIO.search(a) for a in self.attachments)

    def e164(self, written: str) -> str | None:
        """The number that a field holds, in E.164."""
        return phones.e164(written, self.regions) or next((m.e164 for m in phones.find(written, self.regions, about_calls=True) if m.e164), None)

    def when(self, text: str) -> datetime:
        """The moment that a clock time in the text means, near the mail's Date; that Date where it holds none."""
        clock = clock_in(text)
        return moment(clock, self.sent) if clock else self.sent

    def notice(
        self, kind: str, service: str, *, number: str | None = None, name: str | None = None, at: datetime | None = None,
        direction: str = "in", seconds: int | None = None, text: str = "", withheld: bool = False,
    ) -> CallNotice:
        """A notice of that mail, the Date its time where nothing better is known."""
        cleaned = clean_name(name)
        return CallNotice(kind, service, at or self.sent, number, cleaned, direction, seconds, text.strip()[:4000], withheld and number is None)


_AUDIO = re.compile(r"\baudio/|\.(?:wav|mp3|m4a|amr|ogg|oga|opus|3gp|aac|gsm|wma)\b|voice[ -]?message", re.I)


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled line: ``role`` is caller, callee, time, duration or transcript; ``label`` as folded."""

    role: str
    label: str
    value: str


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The phrases of telephone services."""
    return Lexicon(words.PHRASES)


_ROLES = {
    **dict.fromkeys(words.TRANSCRIPT_LABELS, "transcript"),
    **dict.fromkeys(words.TIME_LABELS, "time"),
    **dict.fromkeys(words.CALLER_LABELS, "caller"),
    **dict.fromkeys(words.CALLEE_LABELS, "callee"),
    **dict.fromkeys(words.DURATION_LABELS, "duration"),
}
_LABEL = "|".join(re.escape(label).replace(r"\ ", r"[ ]{1,3}") for label in sorted(_ROLES, key=len, reverse=True))


@lru_cache(maxsize=1)
def _labelled() -> re.Pattern[str]:
    """A label at the start of a line or behind a wide gap, with its colon; without one only before a number."""
    return re.compile(rf"(?:^|(?<=\n)|(?<=\t)|(?<=[ |]{{2}})|(?<=[|·•*] ))[ \t>*•|-]{{0,6}}({_LABEL})[ \t*]{{0,3}}(?:[:|\t：]|(?= {{2,}})|(?=[ \t\n]{{1,3}}(?:[+(]?\d[\d ()./-]{{5}}|\d{{1,2}}:\d\d|\d{{1,4}} ?[smh]))|(?=\r?\n))[ \t*]{{0,20}}")


def _fields(body: str) -> Iterator[Field]:
    folded = fold(body)
    starts = list(_labelled().finditer(folded))[:40]
    for i, match in enumerate(starts):
        end = starts[i + 1].start() if i + 1 < len(starts) else len(body)
        label = re.sub(r"\s+", " ", match[1])
        value = body[match.end():min(end, match.end() + 4000)]
        yield Field(_ROLES[label], label, _value(value, _ROLES[label]))


def _value(text: str, role: str) -> str:
    """The rest of the line, or the next line where that is empty; a transcript runs to the first empty line."""
    lines = text.strip().split("\n")
    if role == "transcript":
        return " ".join(line.strip() for line in text.strip().split("\n\n")[0].split("\n"))
    return lines[0].strip(" *|\t\r") if lines else ""


_NAME_JUNK = re.compile(r"[<(\[]?(?:tel:)?\+?\(?\d[\d\s().+/-]{4,}\d[>)\]]?|\s*<[^>]{0,200}>")


def clean_name(written: str | None) -> str | None:
    """A caller's name without number, brackets and quotes; None where nothing but that stood there."""
    if not written:
        return None
    name = _NAME_JUNK.sub(" ", written.replace("\u202a", "").replace("\u202c", ""))
    name = re.sub(r"\(\s*\)|\[\s*\]|<\s*>", " ", name)
    name = re.sub(r"\s+", " ", name).strip(" \"'<>()[],;:-–|*«»“”")
    name = name[:-1] if re.search(r"\w{3}\.$", name) else name
    return name[:120] if re.search(r"[^\W\d_]{2}", name) else None
