"""Whether a machine wrote it: automatic replies, delivery reports, acknowledgements, bulk mail. Pure; reads headers, then words.

A calendar's invite is machine-made and still somebody's word: "auto-generated" (Google) alone is no automatic reply. Exchange,
Outlook and iCloud omit Auto-Submitted, so subjects and bodies are read too (vocabulary/LANGUAGE/evidence.toml, ``said-auto-…``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailrescue.judgement import language, people
from mailrescue.model.lexicon import Hit, Lexicon
from mailrescue.model.mail import Message

_READ = 3000
_REPORTER = re.compile(r"^(?:mailer-?daemon|postmaster|mail-?delivery|mailsystem|mdaemon)\b", re.I)
_ROBOTS_OWN = re.compile(r"^(?:auto-replied|auto-notified)", re.I)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a message is a machine's: the header or the words, and the sentence for ``explain``."""

    words: str
    why: str


def is_automatic(message: Message, lexicon: Lexicon) -> Reason | None:
    """The reason for which a message is an automatic reply, a delivery report or an acknowledgement; None for anything else."""
    return _report(message) or _headers(message) or (None if message.invites else _subject(message, lexicon) or _body(message, lexicon))


def is_bulk(message: Message) -> bool:
    """Whether it went to many: List-Id, List-Unsubscribe (RFC 2369, 2919), Precedence bulk or list."""
    return bool(message.header("list-id") or message.header("list-unsubscribe")) or message.header("precedence").strip().lower() in ("bulk", "list", "junk")


def _report(message: Message) -> Reason | None:
    """Delivery status (RFC 3464) and disposition notifications (RFC 8098)."""
    kind = message.header("content-type").lower()
    if kind.startswith("multipart/report"):
        return Reason(kind[:60], "a delivery report")
    if message.header("x-failed-recipients"):
        return Reason(f"X-Failed-Recipients: {message.header('x-failed-recipients')[:60]}", "a delivery report")
    sender = message.from_.email if message.from_ else ""
    if _REPORTER.match(sender) or (message.header("return-path").strip() == "<>" and not message.invites):
        return Reason(sender or "Return-Path: <>", "a mail system's own message")
    return None


def _headers(message: Message) -> Reason | None:
    submitted = message.header("auto-submitted").strip().lower()
    if _ROBOTS_OWN.match(submitted):
        return Reason(f"Auto-Submitted: {submitted[:40]}", "RFC 3834 marks it as an automatic reply")
    if message.header("x-apple-action").strip().upper().startswith("VACATION"):
        return Reason("X-Apple-Action: VACATION", "iCloud's absence reply")
    if message.header("x-autoreply") or message.header("x-autorespond"):
        return Reason("X-Autoreply", "its headers mark it as an automatic reply")
    if message.header("precedence").strip().lower() == "auto_reply":
        return Reason("Precedence: auto_reply", "its headers mark it as an automatic reply")
    return None


def _subject(message: Message, lexicon: Lexicon) -> Reason | None:
    """Subjects that only machines write: "Automatic reply: …"; the words must open the subject."""
    hit = lexicon.says("said-auto-subject", message.subject[:200], _likely(message, lexicon))
    if hit and not message.subject[:hit.start].strip(" :[]()*-"):
        return Reason(hit.words, "a subject that machines write")
    return None


def _body(message: Message, lexicon: Lexicon) -> Reason | None:
    text = message.body[:_READ]
    if not text.strip():
        return None
    likely = _likely(message, lexicon)
    note = lexicon.says("said-automatic-note", text, likely)
    away = lexicon.says("said-away", text, likely)
    thanks = lexicon.says("said-thanks-for-message", text[:200], likely)
    received = lexicon.says("said-received", text, likely) or lexicon.says("said-received", message.subject[:200], likely)
    robot = message.from_ is None or people.is_robot(message.from_) or bool(message.header("auto-submitted").strip(" \tno"))
    if message.header("x-auto-response-suppress") and (away or received) and thanks:
        return _because(away or received, "an automatic reply of Exchange")
    if note and (away or received or thanks):
        return Reason(note.words, "it says that a machine wrote it")
    if away and thanks and len(lexicon.hits("said-away", text, likely)) > 1:
        return Reason(away.words, "an absence reply")
    if received and robot:
        return Reason(received.words, "an acknowledgement of receipt")
    undelivered = lexicon.says("said-undelivered", text, likely) if robot else None
    return _because(undelivered, "a delivery report")


def _likely(message: Message, lexicon: Lexicon) -> tuple[str, ...]:
    """The languages to look in: English, in which machines like to speak, and the likeliest three of subject and body."""
    ranked = language.ranking(f"{message.subject[:200]}\n{message.body[:_READ]}", lexicon)
    return tuple(dict.fromkeys((*(code for code, _ in ranked[:3]), *(c for c in ("en",) if c in lexicon.languages)))) if ranked else lexicon.languages


def _because(hit: Hit | None, why: str) -> Reason | None:
    return Reason(hit.words, why) if hit else None
