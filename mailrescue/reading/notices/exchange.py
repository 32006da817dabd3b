"""Exchange Unified Messaging, Teams (Cloud Voicemail) and Cisco Unity: the caller stands in headers (MS-OXCMAIL 2.1.3.2.3)."""

from __future__ import annotations

import re

from mailrescue.model.mail import CallNotice
from mailrescue.reading.notices.clock import seconds_in
from mailrescue.reading.notices.mail import Mail
from mailrescue.reading.notices.who import caller

_MISSED = re.compile(r"missed", re.I)
_VOICE = re.compile(r"voice", re.I)


def exchange(mail: Mail) -> CallNotice | None:
    """A number in X-CallingTelephoneNumber, or a voice class. Ordinary Outlook mail and its "Recall" say ``IPM.Note`` there: no call."""
    written = mail.header("x-callingtelephonenumber")
    content = mail.header("content-class")
    number = mail.e164(written)
    voice = bool(_VOICE.search(content)) or mail.sender.email.endswith("@skype.voicemail.microsoft.com")
    if not (number or voice or _MISSED.search(content)) or written.upper().startswith("IPM"):
        return None
    seconds = _seconds(mail)
    kind = _kind(mail, content, seconds)
    if kind is None:
        return None
    found = caller(mail)
    name = mail.header("x-voicemessagesendername") or mail.sender.name or found.name
    at = mail.when(mail.field("time")) if mail.field("time") else None
    return mail.notice(kind, "Exchange", number=number or found.number, name=name, at=at, seconds=seconds, text=_spoken(mail) if kind == "voicemail" else "", withheld=found.withheld)


def _kind(mail: Mail, content: str, seconds: int | None) -> str | None:
    if _MISSED.search(content):
        return "missed-call"
    if _VOICE.search(content):
        return "voicemail"
    if mail.says("missed", mail.plain_subject):
        return "missed-call"
    if mail.says("voicemail", mail.plain_subject) or mail.has_audio() or seconds:
        return "voicemail"
    return "missed-call" if mail.says("missed", mail.body) else None


def _seconds(mail: Mail) -> int | None:
    written = mail.header("x-voicemessageduration")
    if written.isascii() and written.isdigit() and len(written) < 6:
        return int(written) or None
    return seconds_in(mail.plain_subject) or seconds_in(mail.field("duration"))


def _spoken(mail: Mail) -> str:
    """The preview of the speech recognition, which Teams writes above its own words."""
    if mail.field("transcript"):
        return mail.field("transcript")
    first = mail.body.strip().partition("\n")[0].strip()
    return first if len(first) > 40 and not mail.says("voicemail", first) else ""
