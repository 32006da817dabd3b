"""Every other service: what all of them write, in seven languages. PBX templates, carriers and hosted telephony come through here.

A notice is believed where it says what happened (missed, voicemail, text), who called (a number, a withheld one, a name), and
where a machine wrote it. A human who mentions a call writes no notice: theirs is for the evidence reader.
"""

from __future__ import annotations

import re
from datetime import datetime

from mailrescue.model.lexicon import fold
from mailrescue.model.mail import CallNotice
from mailrescue.reading.notices import lookalikes, words
from mailrescue.reading.notices.clock import seconds_in
from mailrescue.reading.notices.mail import Mail, lexicon
from mailrescue.reading.notices.who import Caller, caller

_ANSWERED_HUMAN = re.compile(r"^\s*(?:re|aw|antw|antwort|rv|res|sv|fw|fwd|wg|tr|enc|i|doorst|r)\s?:", re.I)
_ROBOT = re.compile(r"no[._-]?reply|do[._-]?not|donotreply|notif|alert|system|daemon|robot|auto|nepasrepondre|ne-pas-repondre|noresponder|service|info|admin|root|daemon|www-data|postmaster|centrale|mailer", re.I)
_PBX = re.compile(r"asterisk|freeswitch|freepbx|fusionpbx|kazoo|3cx|2600hz|yeastar|grandstream|elastix|issabel|voicemail|fritz", re.I)


def general(mail: Mail) -> CallNotice | None:
    """A notice of a service that has no function of its own."""
    if _ANSWERED_HUMAN.match(mail.subject):
        return None
    kind = kind_of(mail)
    if kind is None or mail.says("full", mail.plain_subject):
        return None
    who = caller(mail)
    if not machine(mail, kind, who) or not (who.number or who.withheld or who.name or (mail.has_audio() and kind == "voicemail")):
        return None
    if not who.number and not who.withheld and not lookalikes.known(mail) and not (mail.fields or mail.has_audio()):
        return None
    seconds = _seconds(mail)
    if kind == "call":
        return _answered(mail, who, seconds)
    return mail.notice(
        kind, service(mail), number=who.number, name=who.name, at=when(mail), seconds=seconds if kind == "voicemail" else None,
        text=mail.field("transcript") if kind != "missed-call" else "", withheld=who.withheld,
    )


def kind_of(mail: Mail) -> str | None:
    """What the mail says that happened: the subject first, the body where the subject does not say."""
    for text in (mail.plain_subject, mail.body[:2500]):
        if kind := _kind_in(mail, text):
            return _confirmed(mail, kind)
    return None


def _kind_in(mail: Mail, text: str) -> str | None:
    spoken = _without(text, "voicemail-not")
    voicemail, missed = mail.says("voicemail", spoken), mail.says("missed", text)
    if voicemail and (not missed or text == mail.plain_subject or voicemail.start <= missed.start):
        return "voicemail"
    if missed:
        return "missed-call"
    if mail.says("text", text):
        return "text"
    return "call" if mail.says("answered", text) else None


def _confirmed(mail: Mail, kind: str) -> str:
    """What the body says against the subject: a "missed call" with a voicemail, a "new call" whose status is answered."""
    if kind == "missed-call" and (mail.has_audio() or (mail.field("transcript") and mail.says("voicemail", _without(mail.body, "voicemail-not")))):
        return "voicemail"
    return kind


def _without(text: str, concept: str) -> str:
    """The text with the phrases of a concept blanked, letter for letter."""
    for hit in lexicon().hits(concept, text):
        text = text[:hit.start] + " " * (hit.end - hit.start) + text[hit.end:]
    return text


def machine(mail: Mail, kind: str, who: Caller) -> bool:
    """Whether a telephone system wrote it: two signs of a machine, or one that no human has."""
    local, name = mail.sender.email.partition("@")[0], fold(mail.sender.name)
    signs = 2 * lookalikes.known(mail)
    signs += bool(_ROBOT.search(local))
    signs += any(word in name or word in local for word in words.SYSTEM_WORDS)
    signs += 2 * bool(_PBX.search(mail.header("message-id") + mail.header("x-mailer") + mail.header("user-agent") + local))
    signs += any(name.startswith("x-asterisk") for name in mail.headers)
    signs += bool(mail.header("auto-submitted").lower().startswith("auto")) or mail.header("precedence").lower() == "bulk"
    signs += len({f.role for f in mail.fields}) >= 2
    signs += kind == "voicemail" and mail.has_audio()
    signs += _kind_in(mail, mail.plain_subject) is not None and bool(who.number and mail.subject_numbers)
    signs += bool(_AUTOMATIC.search(fold(mail.body)))
    return signs >= 2


_AUTOMATIC = re.compile(
    r"automatic(?:ally)? (?:message|notification|e-?mail|generated|sent)|automated (?:message|notification|e-?mail)|do not reply|message automatique|ne pas repondre|automatisch (?:generiert|erzeugt|verstuurd|erstellt)|automatische? (?:nachricht|bericht|mail)"
    r"|automatico|no responda|non rispondere|automatisch bericht|nao responda|telefooncentrale|telefonanlage|phone system|centralita|centralino|central telefonica|standard telephonique"
)


def service(mail: Mail) -> str:
    """What the user knows the sender by."""
    return mail.sender.name.strip() or mail.sender.domain or "telephone service"


def when(mail: Mail) -> datetime:
    """The call's own time: a labelled line, the subject, the sentence that names the call."""
    for field in mail.fields:
        if field.role == "time" and (at := mail.when(field.value)) != mail.sent:
            return at
    if (at := mail.when(mail.plain_subject)) != mail.sent:
        return at
    for line in mail.body[:1500].split("\n"):
        if (mail.says("missed", line) or mail.says("voicemail", line)) and (at := mail.when(line)) != mail.sent:
            return at
    return mail.sent


def _seconds(mail: Mail) -> int | None:
    labelled = seconds_in(mail.field("duration")) if mail.field("duration") else None
    return labelled if labelled is not None else _length_in_words(mail)


def _length_in_words(mail: Mail) -> int | None:
    for text in (mail.plain_subject, mail.body[:800]):
        if match := re.search(r"\((\d{1,2}:\d\d)\)|\b(\d{1,2}:\d\d) long|(\d{1,4}\s?(?:s|sec\w{0,4}|sek\w{0,5}|seg\w{0,5})\b)", text, re.I):
            return seconds_in(match[1] or match[2] or match[3])
    return None


def _answered(mail: Mail, who: Caller, seconds: int | None) -> CallNotice | None:
    """A call that took place, told with its length: without one nobody knows."""
    if not seconds or not who.number:
        return None
    out = bool(mail.says("outgoing", f"{mail.plain_subject}\n{mail.body[:1500]}"))
    return mail.notice("call", service(mail), number=who.number, name=who.name, at=when(mail), direction="out" if out else "in", seconds=seconds)
