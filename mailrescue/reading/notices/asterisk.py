"""Asterisk's own headers, which its IMAP store writes and which survive any template of the words."""

from __future__ import annotations

from datetime import UTC, datetime

from mailrescue.model.mail import CallNotice
from mailrescue.reading.notices.mail import Mail


def asterisk(mail: Mail) -> CallNotice | None:
    """X-Asterisk-VM-Caller-ID-Num and its like (app_voicemail.c); the time of the call is epoch seconds in Orig-time."""
    written = mail.header("x-asterisk-vm-caller-id-num") or mail.header("x-asterisk-callerid")
    if not written:
        return None
    number = mail.e164(written)
    stamp, length = mail.header("x-asterisk-vm-orig-time"), mail.header("x-asterisk-vm-duration")
    at = datetime.fromtimestamp(int(stamp), UTC).astimezone(mail.sent.tzinfo) if _digits(stamp, 11) else None
    name = mail.header("x-asterisk-vm-caller-id-name") or mail.header("x-asterisk-calleridname")
    return mail.notice("voicemail", "Asterisk", number=number, name=name, at=at, seconds=int(length) if _digits(length, 5) else None, withheld=number is None)


def _digits(written: str, most: int) -> bool:
    return written.isascii() and written.isdigit() and len(written) <= most
