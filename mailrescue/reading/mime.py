"""A stored message to a Message: headers, words, invites, the call it tells of; and what of it could not be read.

The one way from octets to values. Never raises, whatever the octets; limits stand before every structured parse. Nothing is
fetched and no link is followed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailrescue.model.interview import Me
from mailrescue.model.mail import CallNotice, Message, SetAside, StoredMessage
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Address
from mailrescue.reading import headers, hypertext, parts, passages, quirks, text
from mailrescue.reading.parts import Part

#: octets of a text part that are read at the most
LARGEST_BODY = 200_000
_MOST_CALENDARS = 20
_MOST_ATTACHMENTS = 50

#: headers that judgement asks for
_KEPT = frozenset(
    "auto-submitted precedence list-id list-unsubscribe x-auto-response-suppress x-autoreply x-autorespond x-apple-action return-path authentication-results "
    "content-language x-mailer user-agent content-class x-failed-recipients content-type thread-topic delivered-to x-original-to x-callingtelephonenumber".split())
_KEPT_FAMILIES = ("x-smssync-", "x-asterisk-", "x-voicemessage")


def read(stored: StoredMessage, me: Me) -> Message:
    """Everything that a message says. ``me`` gives the zone of floating times and the regions of national numbers."""
    root, aside = parts.parse(stored.octets)
    from_, people = headers.address(root.raw("from")), _people(root)
    subject = headers.text(root.raw("subject"))[:2000]
    body = _body(root)
    invites, unread = _invites(root, me, people)
    hidden = None if invites else quirks.exchange_hides_invite(body.whole + body.html) or quirks.exchange_could_not_convert(subject, from_)
    zone = next((invite.zone for invite in invites if invite.zone), None)
    split = text.split(body.whole, from_.name if from_ else "")
    words = (("subject", subject), ("body", split.new), ("signature", split.signature), ("quoted", _joined(split.quoted, body.enclosed)),
             *(("link", f"{before} {number}".strip()) for before, number in body.telephones))
    attached = _attachments(root)
    return Message(
        ref=stored.ref,
        internal_date=stored.internal_date,
        message_id=_message_id(root, stored.octets),
        date=headers.date(root.raw("date")),
        from_=from_,
        sender=headers.address(root.raw("sender")),
        reply_to=headers.addresses(root.raw("reply-to")),
        to=headers.addresses(root.raw("to")),
        cc=headers.addresses(root.raw("cc")),
        subject=subject,
        in_reply_to=headers.ids(root.raw("in-reply-to")),
        references=headers.ids(root.raw("references")),
        passages=passages.of(words, me, zone, people),
        headers=_chosen(root, _KEPT, _KEPT_FAMILIES),
        invites=invites,
        attachments=attached,
        notice=_notice(stored, root, me, _Told(from_, subject, body.whole, attached, zone, people)),
        set_aside=(*aside, *unread, *((hidden,) if hidden else ())),
    )


# ---------------------------------------------------------------------- header

def _people(root: Part) -> tuple[Address, ...]:
    found = [a for name in ("from", "sender", "reply-to", "to", "cc") for a in headers.addresses(root.raw(name))[:20]]
    return tuple(dict.fromkeys(found))


def _message_id(root: Part, octets: bytes) -> str:
    """The Message-ID; one without brackets gets them, a missing one is made from the octets, the same at each reading."""
    found = headers.ids(root.raw("message-id"))
    if found:
        return found[0]
    bare = headers.plain(headers.text(root.raw("message-id")[:1000]))
    if re.fullmatch(r"[^\s<>]{1,400}@[^\s<>]{1,400}", bare):
        return f"<{bare}>"
    return f"<{hashlib.sha256(octets).hexdigest()[:32]}@no-message-id.invalid>"


def _chosen(root: Part, names: frozenset[str], families: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The headers of those names, or whose name begins so, decoded and bounded."""
    return tuple((name, headers.text(value)[:4000]) for name, value in root.fields if name in names or name.startswith(families))[:100]


# ---------------------------------------------------------------------- words

@dataclass(frozen=True, slots=True)
class _Body:
    """The words of a message: the whole text, the raw HTML beside it, the text of enclosed messages, the telephone links."""

    whole: str
    html: str
    enclosed: str
    telephones: tuple[tuple[str, str], ...]


def _body(root: Part) -> _Body:
    plains: list[str] = []
    htmls: list[str] = []
    for part in _inline(root):
        (htmls if part.type == "text/html" else plains).append(_text_of(part))
    html = "\n".join(htmls)[:hypertext.LONGEST]
    plain = "\n\n".join(p for p in plains if p.strip())
    if hypertext.looks_like(plain):
        html, plain = html or plain, ""
    shown = hypertext.read(html) if html and (len(plain) < 300 or "tel:" in html.lower()) else hypertext.Read("")
    whole = shown.text if text.is_stub(plain, shown.text) else plain
    enclosed = "\n\n".join(_text_of(p) for p in _enclosed(root))
    return _Body(whole, html, enclosed[:LARGEST_BODY], shown.telephones)


def _inline(part: Part) -> Iterator[Part]:
    """The text parts that a mail client shows as the message's own words, in their order.

    Of alternatives the first plain one and the first HTML; of a report what it says to people; attachments and enclosed messages never.
    """
    if part.type == "multipart/alternative":
        below = [p for child in part.parts for p in _inline(child)]
        for kind in ("text/plain", "text/html"):
            yield from [p for p in below if p.type == kind][:1]
    elif part.type in {"multipart/report", "multipart/related"}:
        for child in part.parts[:1]:
            yield from _inline(child)
    elif part.type.startswith("multipart/"):
        for child in part.parts:
            yield from _inline(child)
    elif part.type in {"text/plain", "text/html"} and part.disposition != "attachment" and not part.filename:
        yield part


def _enclosed(root: Part) -> Iterator[Part]:
    """The words of messages that are attached, as somebody forwards them; those of a bounce are the user's own and not told."""
    for part in _outside_reports(root):
        if part.type == "message/rfc822":
            yield from (p for child in part.parts for p in _inline(child) if p.type == "text/plain")


def _outside_reports(part: Part) -> Iterator[Part]:
    yield part
    if part.type != "multipart/report":
        for child in part.parts:
            yield from _outside_reports(child)


def _text_of(part: Part) -> str:
    if part.type == "text/html" and "charset" not in part.parameters:
        declared = re.search(rb"charset=[\"']?([\w-]{2,30})", part.octets()[:3000])
        part.parameters["charset"] = declared[1].decode("ascii", "ignore") if declared else ""
    found = part.text(LARGEST_BODY)
    if part.parameters.get("format", "").lower() == "flowed":
        found = text.unflow(found, part.parameters.get("delsp", "").lower() == "yes")
    return found if part.type == "text/html" else "\n".join(headers.clean(line) for line in found.replace("\t", "    ").split("\n"))


def _joined(*texts: str) -> str:
    return "\n\n".join(t for t in texts if t)


# ---------------------------------------------------------------------- attachments and calendars

def _attachments(root: Part) -> tuple[str, ...]:
    """"name type" of every part that is no text of the message's own."""
    shown = {id(part) for part in _inline(root)}
    leaves = [p for p in root.walk() if not p.type.startswith("multipart/") and id(p) not in shown and (p.filename or not p.type.startswith("text/"))]
    return tuple(f"{p.filename[:200]} {p.type}".strip() for p in leaves[:_MOST_ATTACHMENTS])


def _invites(root: Part, me: Me, people: tuple[Address, ...]) -> tuple[tuple[Invite, ...], tuple[SetAside, ...]]:
    """The invites of every calendar part; those of a winmail.dat only where no calendar part tells them too."""
    from mailrescue.reading import itip, tnef

    found: list[Invite] = []
    aside: list[SetAside] = []
    candidates = [part for part in _outside_reports(root) if not part.parts]
    for part in [p for p in candidates if _is_calendar(p)][:_MOST_CALENDARS]:
        invites, unread = itip.read(part.octets(), part.parameters.get("charset", ""), part.parameters.get("method", ""), me, people)
        found += invites
        aside += unread
    for part in [p for p in candidates if p.type in {"application/ms-tnef", "application/vnd.ms-tnef"} or p.filename.lower() == "winmail.dat"][:2]:
        if not found:
            invites, unread = tnef.read(part.octets(), me, people)
            found += invites
            aside += unread
    return _each_once(found), tuple(dict.fromkeys([*aside, *_sealed(candidates)]))


def _sealed(candidates: list[Part]) -> list[SetAside]:
    """Encrypted mail, and S/MIME signed so that its text lies within the signature (RFC 8551 3.5.2): nothing of it can be read."""
    aside = []
    for part in candidates:
        if part.type in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
            signed = part.parameters.get("smime-type", "").lower() == "signed-data"
            aside.append(SetAside("a part of the message", "it is signed in a form that hides its text (S/MIME)" if signed else "it is encrypted (S/MIME)"))
        elif part.type == "application/pgp-encrypted":
            aside.append(SetAside("a part of the message", "it is encrypted (PGP)"))
    return aside


_CALENDAR_TYPES = frozenset(("text/calendar", "application/ics", "text/x-vcalendar", "application/x-ics", "text/ics", "application/calendar", "text/vcalendar"))


def _is_calendar(part: Part) -> bool:
    """By type, by name, or by its first lines.

    Domino and booking forms send application/octet-stream, some without a name; libical's complex-mime-error.txt.eml has a blank
    line before the part's header, so that the calendar is taken for text.
    """
    if part.type in _CALENDAR_TYPES or part.filename.lower().endswith((".ics", ".ical", ".icalendar", ".vcs")):
        return True
    if part.type in {"application/octet-stream", "text/plain"} and len(part.content) < 4_000_000:
        return bool(re.search(rb"^(?:\xef\xbb\xbf)?BEGIN:VCALENDAR", part.octets()[:300], re.I | re.M))
    return False


def _each_once(invites: list[Invite]) -> tuple[Invite, ...]:
    """Google sends the same event twice, as text/calendar with its method and as application/ics (thunderbird's meet-meeting-invite.eml)."""
    kept: list[Invite] = []
    for invite in invites:
        same = next((n for n, k in enumerate(kept) if _same(k, invite)), None)
        if same is None:
            kept.append(invite)
        elif not kept[same].method:
            kept[same] = replace(kept[same], method=invite.method)
    return tuple(kept)


def _same(one: Invite, other: Invite) -> bool:
    if (one.key, one.start, one.sequence) != (other.key, other.start, other.sequence):
        return False
    return one.method == other.method or not one.method or not other.method


# ---------------------------------------------------------------------- notices of calls

@dataclass(frozen=True, slots=True)
class _Told:
    from_: Address | None
    subject: str
    body: str
    attachments: tuple[str, ...]
    zone: str | None
    people: tuple[Address, ...]


def _notice(stored: StoredMessage, root: Part, me: Me, told: _Told) -> CallNotice | None:
    from mailrescue.reading import notices

    regions = passages.likely_regions(f"{told.subject}\n{told.body[:20_000]}\n0", me, told.zone, told.people)
    asked = dict(reversed(_chosen(root, notices.HEADERS, notices.HEADER_FAMILIES)))
    notice = notices.read(
        asked, told.from_, told.subject, told.body, stored.internal_date, headers.date(root.raw("date")), regions, told.attachments, me.phone)
    return None if notice and notice.service == "SMS Backup+" and not _from_own_phone(root, me) else notice


def _from_own_phone(root: Part, me: Me) -> bool:
    """Whether the user's own telephone can have put this there: it appends to the mailbox, so no server received it, and the user is at one end.

    Anyone can send a mail with its headers, and so make an interviewer's call out of nothing.
    """
    people = [a for name in ("from", "to") for a in headers.addresses(root.raw(name))[:20]]
    return not root.raw("received") and any(me.is_me(a.email) for a in people)
