"""Call logs that a telephone backs up into the mailbox: SMS Backup+ and its like (label "Call log")."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from mailrescue.model.lexicon import fold
from mailrescue.model.mail import CallNotice
from mailrescue.reading.notices import words
from mailrescue.reading.notices.general import kind_in
from mailrescue.reading.notices.mail import Mail
from mailrescue.reading.notices.who import in_body

#: android.provider.CallLog.Calls.TYPE, which SMS Backup+ writes into X-smssync-type
_CALL_TYPES = {"1": "in", "2": "out", "3": "missed", "4": "voicemail", "5": "rejected", "6": "rejected", "7": "in"}
#: message boxes of android.provider.Telephony that hold what the user wrote
_SENT_BOXES = {"2", "4", "5", "6", "128"}
_LONGEST_SECONDS = 86_400

_DESCRIBED = re.compile(r"\s*(?:(\d{1,5})\s?s \((?:\d{1,2}:)?\d{2}:\d{2}\)\s{1,4})?([^\n(]{1,120}(?:\(\d{1,5}\)[^\n(]{0,40})?)\(([^()\n]{3,60})\)\s*$")


def sms_backup_plus(mail: Mail) -> CallNotice | None:
    """SMS Backup+ with its headers, which are to be trusted: the words are in the telephone's language."""
    kind = mail.header("x-smssync-datatype").upper()
    if kind in {"SMS", "MMS", "WHATSAPP"}:
        return _text(mail)
    if kind != "CALLLOG" and not (not kind and mail.header("x-smssync-duration")):
        return None
    called = _CALL_TYPES.get(mail.header("x-smssync-type"))
    return _call(mail, called, _number(mail.header("x-smssync-duration"))) if called else None


def lost_headers(mail: Mail) -> CallNotice | None:
    """The same where a copy between mailboxes has lost the headers: "868s (00:14:28)", then "NUMBER (outgoing call)"."""
    if "sms-backup-plus" not in mail.header("message-id") + mail.header("references") and "@unknown.email" not in mail.sender.email + mail.header("to"):
        return None
    match = _DESCRIBED.match(mail.body)
    called = log_type(match[3]) if match else None
    if not match or not called:
        return _of_a_carrier(mail) if "@unknown.email" in mail.sender.email and not _gateway(mail, "in") else None
    seconds = int(match[1]) if match[1] else (0 if called in {"missed", "rejected"} else None)
    return _call(mail, called, seconds, match[2])


def log_type(written: str) -> str | None:
    """What a call log's word for a call's type means: in, out, missed, voicemail, rejected."""
    folded = fold(written)
    return next((kind for kind, stems in words.LOG_TYPES.items() if any(stem in folded for stem in stems)), None)


def _call(mail: Mail, called: str, seconds: int | None, written: str = "") -> CallNotice:
    address = mail.header("x-smssync-address") or written.strip()
    kind, direction = {
        "missed": ("missed-call", "in"), "rejected": ("missed-call", "in"), "voicemail": ("voicemail", "in"),
        "in": ("call" if seconds != 0 else "missed-call", "in"), "out": ("call" if seconds else "unanswered", "out"),
    }[called]
    number = mail.e164(address) or _gateway(mail, direction)
    return mail.notice(
        kind, "SMS Backup+", number=number, name=_name(mail, direction, address), at=_when(mail), direction=direction, seconds=seconds,
        withheld=number is None and (address.strip() in {"", "-1", "-2", "-3"} or bool(mail.says("withheld", address))),
    )


def _text(mail: Mail) -> CallNotice:
    direction = "out" if mail.header("x-smssync-type") in _SENT_BOXES else "in"
    address = mail.header("x-smssync-address")
    if direction == "in" and not mail.e164(address) and (told := _of_a_carrier(mail)):
        return told
    return mail.notice(
        "text", "SMS Backup+", number=mail.e164(address), name=_name(mail, direction, address), at=_when(mail), direction=direction, text=mail.body,
    )


def _of_a_carrier(mail: Mail) -> CallNotice | None:
    """A text of the carrier, whose sender is a name or a short code: a number called while the telephone was off, or left a voicemail."""
    kind = kind_in(mail, mail.body[:500]) if not mail.says("no-call", mail.body[:500]) else None
    number = in_body(mail) if kind in {"missed-call", "voicemail"} else None
    return mail.notice(kind, "SMS Backup+", number=number, at=mail.when(mail.body[:500])) if kind and number else None


def _gateway(mail: Mail, direction: str) -> str | None:
    """The number in ``NUMBER@unknown.email``, the address given to those who are in no address book."""
    match = re.search(r"(\+?[\d().-]{6,24})@unknown\.email", mail.sender.email if direction == "in" else mail.header("to"))
    return mail.e164(match[1]) if match else None


def _name(mail: Mail, direction: str, address: str) -> str | None:
    """The other's display name: From when they called, To when the user did."""
    name = mail.sender.name if direction == "in" else mail.header("to").partition("<")[0]
    return name if name.strip() and (name.strip(" \"") != address or not re.search(r"\d", address)) else None


def _when(mail: Mail) -> datetime | None:
    """X-smssync-date, milliseconds since 1970; uploads are days late, so neither Date's clock nor arrival is better."""
    stamp = _number(mail.header("x-smssync-date"), 10**14)
    return datetime.fromtimestamp(stamp / 1000, UTC).astimezone(mail.sent.tzinfo) if stamp else None


def _number(written: str, most: int = _LONGEST_SECONDS) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and int(written[:16]) <= most else None
