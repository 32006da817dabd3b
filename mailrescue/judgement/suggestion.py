"""Interviews agreed in plain words, without a calendar event: only ever a suggestion to the user, never acted on alone. Pure.

A sentence that names a certain day and clock time is read as if it were an invite that says nothing but this mail's words, and
asked the same four conditions as every invite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from mailrescue.judgement import automatic, people, phone_interview, sentences, times
from mailrescue.model.interview import Finding, Interview, Me
from mailrescue.model.lexicon import Lexicon
from mailrescue.model.mail import Message
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Passage

#: a call without a stated length
_LENGTH = timedelta(minutes=30)
#: an interview so near to a suggested time is the same one
_SAME = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phone interview that a mail agrees in words: what it would be, and the sentence that says so."""

    id: str
    finding: Finding
    sentence: str
    message: Message


def suggestion(message: Message, me: Me, lexicon: Lexicon) -> Suggestion | None:
    """What one mail of a human agrees, None where it agrees nothing for certain."""
    if message.invites or message.notice or not message.from_ or me.is_me(message.from_.email) or people.is_robot(message.from_):
        return None
    if automatic.is_bulk(message) or automatic.is_automatic(message, lexicon):
        return None
    found = times.proposed(message.body, message.internal_date, me.timezone, lexicon, reader_zone=me.timezone)
    if len({moment.start for moment in found}) != 1:
        return None         # none, or a choice of several: nothing is agreed
    moment = found[0]
    verdict = phone_interview.judge(_as_invite(message, moment), message, me, lexicon)
    if not isinstance(verdict, Finding):
        return None
    sentence = next((s.text for s in sentences.split(message.body) if s.start <= moment.span[0] < s.end), moment.words)
    return Suggestion(f"{verdict.start:%m%d}-{message.from_.email.partition('@')[0]}", verdict, sentence.strip(), message)


def suggestions(messages: Sequence[Message], interviews: Sequence[Interview], me: Me, lexicon: Lexicon) -> list[Suggestion]:
    """What recent mail agrees and no tracked interview covers, the newest word for each time first."""
    found: dict[str, Suggestion] = {}
    for message in sorted(messages, key=lambda m: m.internal_date, reverse=True):
        made = suggestion(message, me, lexicon)
        if made and made.id not in found and not any(_covers(interview, made) for interview in interviews):
            found[made.id] = made
    return list(found.values())


def _as_invite(message: Message, moment: times.Moment) -> Invite:
    words = tuple(Passage({"subject": "summary", "body": "description"}[p.source], p.text, p.numbers) for p in message.passages if p.source in ("subject", "body"))
    return Invite(
        method="", uid=f"words-{message.message_id.strip('<>')}", recurrence_id=None, sequence=0, dtstamp=message.date, start=moment.start,
        end=moment.end or moment.start + _LENGTH, summary=message.subject, organizer=message.from_, passages=words,
    )  # fmt: skip


def same_talk(one: Finding, other: Finding) -> bool:
    """Whether two findings tell of one conversation: about the same time, with people of the same organisation."""
    with_one, with_other = one.interviewer, other.interviewer
    return bool(abs(one.start - other.start) <= _SAME and with_one and with_other and people.same_organisation(with_one, with_other))


def _covers(interview: Interview, made: Suggestion) -> bool:
    return any(slot.uid == made.finding.uid or same_talk(slot.finding, made.finding) for slot in interview.slots)
