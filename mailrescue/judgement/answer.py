"""Whom a draft answers: its recipient, the message that it replies to, and the subject. Pure; the headers of SPEC section 5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailrescue.judgement import people
from mailrescue.judgement.due import Verdict
from mailrescue.model.interview import Author, Interview, Me
from mailrescue.model.mail import Message
from mailrescue.model.words import Address

#: References grow with each reply; RFC 5322 sets no limit, servers do: the first and the last so many are kept
_REFERENCES = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """The recipient (None with the reason why), the message answered, and the From address: the identity that was invited."""

    to: Address | None
    why_nobody: str
    message: Message
    from_: Address

    @property
    def references(self) -> tuple[str, ...]:
        """RFC 5322 3.6.4: the parent's References, or its In-Reply-To, and its Message-ID."""
        parents = self.message.references or self.message.in_reply_to[:1]
        chain = list(dict.fromkeys((*parents, self.message.message_id)))
        return tuple(chain if len(chain) <= _REFERENCES else [chain[0], *chain[1 - _REFERENCES :]])


def answer(verdict: Verdict, interview: Interview, me: Me) -> Answer:
    """Whom the draft of this verdict goes to, and what it answers."""
    finding = interview.finding
    from_ = Address(me.name, finding.invited_as or me.addresses[0])
    if verdict.answers:
        message = verdict.answers.message
        return Answer(_back_to(message, me), "", message, from_)
    to = finding.interviewer if finding.interviewer and finding.interviewer.email else None
    return Answer(to, "" if to else finding.why_no_address or "the invite shows no address of a human", _newest(interview, me), from_)


def _back_to(message: Message, me: Me) -> Address | None:
    wanted = [a for a in message.reply_to if not people.is_robot(a) and not me.is_me(a.email)]
    writer = message.from_
    if wanted and writer:
        return Address(wanted[0].name or (writer.name if wanted[0].email == writer.email else ""), wanted[0].email)
    return writer


def _newest(interview: Interview, me: Me) -> Message:
    """The newest message by Date that a human of their side wrote in the thread, else the newest that carried the current slot."""
    theirs = (*_invites_by_humans(interview, me), *_thread(interview))
    return max(theirs, key=lambda m: m.date or m.internal_date, default=interview.slot.messages[-1])


def _invites_by_humans(interview: Interview, me: Me) -> Sequence[Message]:
    return [m for s in interview.slots for m in s.messages if m.from_ and not me.is_me(m.from_.email) and not people.is_robot(m.from_)]


def _thread(interview: Interview) -> list[Message]:
    """The mail of their side that stands in the thread: by References, or by the same base subject between the same people."""
    ids = {i for s in interview.slots for m in s.messages for i in (m.message_id, *m.references, *m.in_reply_to)}
    subjects = {people.base_subject(m.subject) for s in interview.slots for m in s.messages}
    found = []
    for item in sorted((*interview.earlier, *interview.evidence), key=lambda e: e.message.internal_date):
        message = item.message
        if not ids.intersection((*message.in_reply_to, *message.references)) and people.base_subject(message.subject) not in subjects:
            continue
        ids.add(message.message_id)
        if item.author is Author.THEIRS and not message.notice:
            found.append(message)
    return found
