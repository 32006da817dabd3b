"""Google Voice: "New missed call from …", "New voicemail from …", "New text message from …"."""

from __future__ import annotations

import re

from mailrescue.model.mail import CallNotice
from mailrescue.reading.notices.mail import Mail

#: 1YOURNUMBER.1THEIRNUMBER.KEY@txt.voice.google.com: replies to it go out as texts
_GATEWAY = re.compile(r"^\+?(\d{6,15})\.\+?(\d{3,15})\.[\w.-]{1,80}@txt\.voice\.google\.com$")
_FOOTER = re.compile(r"\n?\s*(?:play message|to respond to this text message|your account|this email was sent to you|écouter le message|nachricht abspielen|reproducir mensaje|google llc|voice\.google\.com/settings)\b.*", re.I | re.S)
_FRAME = re.compile(r"<?https?://[^\s>]{1,400}>?")


def google_voice(mail: Mail) -> CallNotice | None:
    """A contact's name stands where the number would; a text's gateway address holds the caller's number."""
    gateway = _GATEWAY.match(mail.sender.email)
    if not gateway and mail.sender.email != "voice-noreply@google.com":
        return None
    kind = _kind(mail, bool(gateway))
    if not kind:
        return None
    number = mail.e164("+" + gateway[2]) if gateway else None
    told = {"missed-call": len(mail.body), "voicemail": _first_line(mail.body)}.get(kind, 0)
    number = number or next((m.e164 for m in mail.subject_numbers), None) or next((m.e164 for m in mail.body_numbers if m.end <= told), None)
    withheld = number is None and bool(mail.says("withheld", mail.plain_subject))
    name = None if withheld else _name(mail)
    spoken = "" if kind == "missed-call" else mail.field("transcript") or _spoken(mail.body)
    return mail.notice(kind, "Google Voice", number=number, name=name, at=mail.when(mail.plain_subject if kind == "voicemail" else mail.body), text=spoken, withheld=withheld)


def _kind(mail: Mail, gateway: bool) -> str | None:
    for concept, kind in (("missed", "missed-call"), ("voicemail", "voicemail"), ("text", "text")):
        if mail.says(concept, mail.plain_subject):
            return kind
    return "text" if gateway else None


def _first_line(body: str) -> int:
    """Where the line ends that names the caller of a voicemail: "Voicemail from Ada Bent (646) 555-0148"; the transcript may name other numbers."""
    begin = len(body) - len(body.lstrip())
    return body.find("\n", begin) if "\n" in body[begin:] else len(body)


def _name(mail: Mail) -> str | None:
    match = re.search(r"\b(?:from|de|von|da|van)\s{1,2}(.{2,80}?)(?:\s(?:at|à|um|a las|alle|om|às)\s{1,2}\d.*)?$", mail.plain_subject, re.I)
    return match[1] if match else None


def _spoken(body: str) -> str:
    """The transcript or the text: what stands above the links and the footer."""
    return re.sub(r"\s+", " ", _FRAME.sub(" ", _FOOTER.sub("", _FRAME.sub("", body)))).strip()
