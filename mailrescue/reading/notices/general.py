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
from mailrescue.reading.notices.mail import Mail, clean_name, lexicon
from mailrescue.reading.notices.who import Caller, caller, in_sender, is_callee

_ANSWERED_HUMAN = re.compile(r"^\s*(?:re|aw|antw|antwort|rv|res|sv|fw|fwd|wg|tr|enc|i|doorst|r)\s?:", re.I)
_AUTO_REPLY = re.compile(r"\s*(?:automati\w{1,8} (?:reply|antwort\w{0,5}|antwoord\w{0,5})|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|(?:reponse|réponse|respuesta|risposta|resposta) autom|abwesenheits|afwezig|absence du bureau|fuera de la oficina)", re.I)
_ROBOT = re.compile(
    r"no[._-]?reply|do[._-]?not|donotreply|notif|alert|system|daemon|robot|\bauto|ne[._-]?pas[._-]?repondre|no[._-]?responder|non[._-]?rispondere|n[aã]o[._-]?responder|root|www-data|postmaster|centrale|mailer"
    r"|avis|avvis|aviso|melding|meldung|benachrichtigung|hinweis",
    re.I,
)
#: addresses of a telephone company behind which no one person sits
_DESK = re.compile(r"^(?:info|service|services|admin|hello|help|support|contact|kundenservice|clientes|cliente|klantenservice|action|team)$", re.I)
_PBX = re.compile(r"asterisk|freeswitch|freepbx|fusionpbx|kazoo|3cx|2600hz|yeastar|grandstream|elastix|issabel|voicemail|fritz", re.I)


def general(mail: Mail) -> CallNotice | None:
    """A notice of a service that has no function of its own."""
    if _ANSWERED_HUMAN.match(mail.subject) or _AUTO_REPLY.match(mail.subject) or mail.header("auto-submitted").lower().startswith("auto-replied"):
        return None
    kind = kind_of(mail)
    if kind is None or mail.says("no-call", mail.plain_subject):
        return None
    who = caller(mail)
    spoken = kind in {"call", "logged"}                     # of an outgoing call the other side is the one called
    if not machine(mail, kind) or not (who.number or who.withheld or who.name or spoken or (mail.has_audio() and kind == "voicemail")):
        return None
    if _is_list(mail) and not mail.subject_numbers and len({f.role for f in mail.fields}) < 2:
        return None
    if not who.number and not who.withheld and not _a_service(mail) and not (mail.fields or mail.has_audio()):
        return None
    seconds = _seconds(mail)
    if spoken:
        return _logged(mail, kind, who, seconds)
    return mail.notice(
        kind, service(mail), number=who.number, name=who.name, at=when(mail), seconds=seconds if kind == "voicemail" else None,
        text=mail.field("transcript") if kind != "missed-call" else "", withheld=who.withheld,
    )


def kind_of(mail: Mail) -> str | None:
    """What the mail says that happened: the subject first, the body where the subject does not say."""
    for text in (mail.plain_subject, mail.body[:2500]):
        if kind := kind_in(mail, text):
            return _confirmed(mail, kind)
    caller_in_subject = mail.subject_numbers or mail.says("withheld", mail.plain_subject)        # Cisco Unity: "Message from Unknown Caller", and a sound
    return "voicemail" if mail.has_audio() and caller_in_subject else None


def kind_in(mail: Mail, text: str) -> str | None:
    """What one text says that happened: missed-call, voicemail, text, call, or "logged", a call of which its length must tell the rest."""
    spoken = _without(text, "voicemail-not")
    voicemail, missed = mail.says("voicemail", spoken), mail.says("missed", text)
    if voicemail and (not missed or text == mail.plain_subject or voicemail.start <= missed.start):
        return "voicemail"
    if missed:
        return "missed-call"
    if mail.says("text", text):
        return "text"
    if mail.says("answered", text):
        return "call"
    return "logged" if mail.says("outgoing", text) or mail.says("incoming", text) else None


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


def machine(mail: Mail, kind: str) -> bool:
    """Whether a telephone system wrote it: two signs of a machine, or one that no human has."""
    signs = sum(_sender_signs(mail))
    signs += mail.header("auto-submitted").lower().startswith("auto")
    signs += len({f.role for f in mail.fields}) >= 2
    signs += kind == "voicemail" and mail.has_audio()
    signs += in_sender(mail) is not None
    signs += mail.sender.email != "" and mail.sender.email in mail.header("to").lower()      # a device that writes in the user's name
    signs += _subject_is_notice(mail)
    signs += _body_restates(mail)
    signs += bool(_AUTOMATIC.search(fold(mail.body)))
    return signs >= 2


def _a_service(mail: Mail) -> bool:
    """Whether a telephone service can have sent it: by its domain, or a robot whose subject says what happened and from whom."""
    robot = mail.header("auto-submitted").lower().startswith("auto") and _ROBOT.search(mail.sender.email.partition("@")[0])
    return lookalikes.named(mail) or bool(robot and _subject_is_notice(mail))


def is_system(mail: Mail) -> bool:
    """Whether anything in the header says that a telephone system, or a robot, sent it."""
    return any(_sender_signs(mail))


def _sender_signs(mail: Mail) -> tuple[int, ...]:
    local, name = mail.sender.email.partition("@")[0], fold(mail.sender.name)
    known = lookalikes.known(mail)
    return (
        known,
        bool(_ROBOT.search(local) or (known and _DESK.search(local))),
        any(word in name or word in local for word in words.SYSTEM_WORDS),
        2 * bool(_PBX.search(mail.header("message-id") + mail.header("x-mailer") + mail.header("user-agent") + local)),
        any(name.startswith("x-asterisk") for name in mail.headers),
    )


_THEN_FROM = re.compile(rf"[\s:(-]{{1,4}}(?:{words.FROM_WORDS}|\+?\d)\b")


def _subject_is_notice(mail: Mail) -> bool:
    """Whether the subject opens with what happened and then says from whom, as a template does."""
    hit = mail.says("missed", mail.plain_subject) or mail.says("voicemail", mail.plain_subject) or mail.says("text", mail.plain_subject)
    if not hit or hit.start > 40:
        return False
    return bool(_THEN_FROM.search(fold(mail.plain_subject[hit.start:hit.end + 20]))) or bool(mail.subject_numbers)


def _is_list(mail: Mail) -> bool:
    return bool(mail.header("list-unsubscribe") or mail.header("list-id")) or mail.header("precedence").lower() in {"bulk", "list"}


def _body_restates(mail: Mail) -> bool:
    """Whether a line of the body is such a template too, with the number in it: "missed call from NUMBER", "NUMBER left you a message"."""
    for mention in (m for m in mail.body_numbers[:3] if not is_callee(mail.body, m)):
        before = mail.body[mail.body.rfind("\n", 0, mention.start) + 1:mention.end]
        hit = mail.says("missed", before) or mail.says("voicemail", before)
        if hit and _THEN_FROM.search(fold(before[hit.start:hit.end + 20])):
            return True
        line = before + mail.body[mention.end:mention.end + 200].partition("\n")[0]
        within = mail.says("missed", line)
        if within and within.start < len(before) < within.end:
            return True
        behind = re.split(r"[.!?\n]", mail.body[mention.end:mention.end + 60])[0]
        if mail.says("missed", behind) or mail.says("voicemail", behind):
            return True
    return False


_AUTOMATIC = re.compile(
    r"automatic(?:ally)? (?:message|notification|e-?mail|generated|sent)|automated (?:message|notification|e-?mail)|do not reply|message automatique|ne pas repondre|automatisch (?:generiert|erzeugt|verstuurd|erstellt)|automatische? (?:nachricht|bericht|mail)"
    r"|automatico|no responda|non rispondere|automatisch bericht|nao responda|telefooncentrale|telefonanlage|phone system|centralita|centralino|central telefonica|standard telephonique"
    r"|dear (?:valued )?customer|chere? cliente?|sehr geehrter? kund|lieber? kund|estimad[oa] client|gentile client|beste klant|geachte klant|car[oa] client|prezad[oa] client"
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
    return mail.when(re.sub(r"\s+", " ", mail.body[:800]))


def _seconds(mail: Mail) -> int | None:
    labelled = mail.field("duration")
    if re.fullmatch(r"\d{1,4}", labelled):
        return int(labelled)
    length = seconds_in(labelled)
    return length if length is not None else _length_in_words(mail)


_LENGTH = re.compile(
    r"\((\d{1,2}:\d\d(?::\d\d)?)\)|\b(\d{1,2}:\d\d(?::\d\d)?) (?:long|lang|min)"
    r"|(?:message|messaggio|nachricht|mensaje|bericht|mensagem)\s(?:of|de|von|di|van|[-–,])\s(\d{1,2}:\d\d(?::\d\d)?)\b"
    r"|^.{1,200}[>\d)]\s(\d{1,2}:\d\d(?::\d\d)?)\Z(?<!\n)"
    r"|\b((?:\d{1,2}\s?h\w{0,6}\.?,?\s)?(?:\d{1,3}\s?m\w{0,6}\.?,?\s(?:(?:and|et|und|y|e|en)\s)?)?\d{1,4}\s?(?:s|sec\w{0,6}|sek\w{0,6}|seg\w{0,6})\b)",
    re.I,
)


def _length_in_words(mail: Mail) -> int | None:
    for text in (mail.plain_subject, mail.body[:800] + "\n"):
        if match := _LENGTH.search(text):
            return seconds_in(next(group for group in match.groups() if group))
    return None


def _logged(mail: Mail, kind: str, who: Caller, seconds: int | None) -> CallNotice | None:
    """A call of which the length is told: it took place, or at no length nobody answered. Without a length nobody knows."""
    direction = "out" if mail.says("outgoing", f"{mail.plain_subject}\n{mail.body[:1500]}") else "in"
    other = _called(mail, who) if direction == "out" else who
    if seconds is None or not other.number or (kind == "logged" and not mail.field("duration")):
        return None
    kind = "call" if seconds else {"out": "unanswered", "in": "missed-call"}[direction]
    return mail.notice(kind, service(mail), number=other.number, name=other.name, at=when(mail), direction=direction, seconds=seconds)


def _called(mail: Mail, who: Caller) -> Caller:
    """Whom the user called: the labelled line of the callee (the caller's line holds the user's own number), else who is told of at all."""
    labelled = next((f.value for f in mail.fields if f.role == "callee" and mail.e164(f.value)), "")
    if labelled:
        return Caller(mail.e164(labelled), clean_name(labelled))
    return who if who.number else Caller(next((m.e164 for m in mail.body_numbers if m.e164), None), who.name)
