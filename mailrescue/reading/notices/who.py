"""Who called, as a notice tells it: a labelled line, the subject, the sentence; never the number that was called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailrescue.model.lexicon import fold
from mailrescue.model.words import PhoneMention
from mailrescue.reading.notices import words
from mailrescue.reading.notices.mail import Mail, clean_name


@dataclass(frozen=True, slots=True)
class Caller:
    """Number in E.164, name, and whether the caller kept the number back."""

    number: str | None = None
    name: str | None = None
    withheld: bool = False


def caller(mail: Mail) -> Caller:
    """The first that says: headers of the system, labelled lines, the subject, the sender, the sentences."""
    labelled = _labelled(mail)
    number = _in_headers(mail) or labelled.number or _in_subject(mail) or in_sender(mail) or in_body(mail)
    name = labelled.name or name_in_subject(mail) or name_beside(mail, number) or name_in_body(mail) or _name_of_sender(mail, number)
    if name and fold(name) in _NOBODY:
        name = None
    withheld = number is None and bool(labelled.withheld or mail.says("withheld", mail.plain_subject) or mail.says("withheld", mail.body[:1500]))
    if withheld and name and (name.islower() or mail.says("withheld", name)):
        name = None
    return Caller(number, name, withheld)


_NOBODY = frozenset({"you", "me", "your", "the", "a", "vous", "ihnen", "usted", "lei", "u", "numero", "number", "nummer", "unknown", "inconnu", "unbekannt"})
#: first words of a line in title case that is no name (folded)
_OPENERS = frozenset("you your one new the a an hi hello dear missed vous votre nouvel un une sie ihr neuer ein su tu un nuevo una nuovo u je uw nieuwe een voce tem uma nova".split())
_HEADERS = ("x-asterisk-callerid", "x-asterisk-vm-caller-id-num", "x-callerid", "x-caller-id", "x-caller-number", "x-callingtelephonenumber", "x-cisco-unity-callerid", "x-voicemail-from")


def _in_headers(mail: Mail) -> str | None:
    return next((found for name in _HEADERS if (found := mail.e164(mail.header(name)))), None)


def _labelled(mail: Mail) -> Caller:
    name, withheld = None, False
    number = None
    for field in mail.fields:
        if field.role != "caller" or not field.value:
            continue
        number = number or mail.e164(field.value)
        withheld = withheld or bool(mail.says("withheld", field.value))
        if not mail.says("withheld", field.value):
            name = name or _short(clean_name(field.value))
    return Caller(number, name, withheld)


def _short(name: str | None) -> str | None:
    """A name, not the rest of a sentence that opened with the number."""
    return name if name and len(name.split()) <= 6 and (name[:1].isupper() or len(name.split()) <= 2) else None


_CALLEE_AHEAD = re.compile(
    r"(?:\bto|\bfor|\byour (?:number|line|phone|extension)|\b(?:on|at) (?:your|line|number|the).{0,20}|\bextension|\bext\.?|\bmailbox|\bcallee\b.{0,20}|\bsur (?:votre|le|la|ta) .{0,20}|\b(?:joindre|appeler?|appelez|contacter|ecrivez) .{0,12}\bau|\bvotre ligne|\bvotre numero|\bligne|\bvers|\bposte|\ba l'attention"
    r"|\ban|\bfur|\bihre? (?:rufnummer|nummer|leitung)|\b(?:uns|service|hotline) .{0,12}unter|\bauf (?:ihrer?|deiner?|der) .{0,20}|\bpara|\bsu (?:linea|numero)|\btu (?:linea|numero)|\ben (?:su|tu) .{0,20}|\bsul(?:la|l')?(?: (?:tua|sua))? .{0,20}|\bal (?:tuo|suo) ?numero|\bsul numero"
    r"|\bop (?:je|uw|toestel|nummer|het) ?.{0,20}|\bnaar|\bnuo|\bna (?:sua|linha) .{0,20}|\bno (?:seu )?(?:numero|telefone)|\bo seu numero|\bseu numero|\bphone number .{0,30}|\bcall (?:us|me)(?: back)? (?:on|at)|\b(?:call|called|reach|ring|rang|phone|phoned) you (?:on|at)|\brappele[rz][\w-]{0,6} (?:le|au)|\bruckruf .{0,12}|\bzuruck .{0,12}|\bsupport .{0,20}|\bhotline.{0,12}|\bhelp(?:line|desk)?.{0,20}|\bdial(?:ling|ing)?|\bcomposa\w{0,3} (?:le)?|\bwahlen sie|\bmarcando .{0,6}|\bcomponendo .{0,6}|\bfax.{0,8})[\s:(\[\"'<]{0,4}$"
)


#: "your number Front Desk (+44 …)": lines that the user gave a name
_NAMED_LINE = re.compile(
    r"\b(?:your|votre|ton|ta|ihrer?|ihren|deiner?|deinen|su|tu|tuo|suo|tua|sua|je|uw|jouw|seu|teu) (?:number|line|numero|ligne|nummer|rufnummer|leitung|anschluss|linea|lijn|linha)(?: [\w&'.-]{1,20}){1,3} ?[(\[<]$"
)


def is_callee(text: str, mention: PhoneMention) -> bool:
    """Whether the words before a number say that it is the one that was called, or the service's own."""
    ahead = fold(text[max(0, mention.start - 45):mention.start])
    return bool(_NAMED_LINE.search(ahead)) or bool(_CALLEE_AHEAD.search(re.sub(r"[^\n]*\n", "", ahead) if mention.start - (text.rfind("\n", 0, mention.start) + 1) > 2 else ahead))


def _in_subject(mail: Mail) -> str | None:
    return next((m.e164 for m in mail.subject_numbers if m.e164 and not is_callee(mail.plain_subject, m)), None)


def in_sender(mail: Mail) -> str | None:
    """Systems that write as the caller: "0033199008365@pbx.example", or with the number in the name shown."""
    local = mail.sender.email.partition("@")[0]
    return (mail.e164(mail.sender.name) if mail.sender.name else None) or (mail.e164(local) if re.fullmatch(r"\+?\d{8,15}", local) else None)


def in_body(mail: Mail) -> str | None:
    """The number of a sentence about the call; one that a labelled line gives as called never counts."""
    called = {mail.e164(f.value) for f in mail.fields if f.role == "callee"}
    numbers = [m for m in mail.body_numbers if m.e164 and m.e164 not in called and not is_callee(mail.body, m)]
    near = [m for m in numbers if _FROM_AHEAD.search(fold(mail.body[max(0, m.start - 80):m.start]))]
    return (near or numbers)[0].e164 if near or numbers else None


_FROM_AHEAD = re.compile(rf"(?:^|\W)(?:(?:{words.FROM_WORDS}|caller|appelant|anrufer|beller)\b[^\n.]{{0,60}}|(?:number|nummer|numero)\W{{0,3}})$")

_STOP = r"(?:\s[-–|]\s|\s\(|\s?<|\s\[|[,;:!]|\.\s|\s(?:at|on|to|for|in|à|le|au|sur|am|um|an|auf|unter|für|el|a las|en|il|alle|su|sul|om|op|naar|às|em|para|no|na|with|left|has|received|length|duration|duur|erhalten|ontvangen)\s|\s\d|\.?$)"
_AFTER_FROM = re.compile(rf"(?:^|\s)(?:{words.FROM_WORDS}|with|avec|mit|con|met|com):?\s{{1,2}}[\"'«“]?(?P<name>[^\W\d_][^\d\n<>()\[\]]{{1,80}}?)[\"'»”]?{_STOP}", re.I)


_FROM = re.compile(rf"\b(?:{words.FROM_WORDS})\s", re.I)


def _name_of_sender(mail: Mail, number: str | None) -> str | None:
    """The name shown beside the caller's number in From."""
    return clean_name(mail.sender.name) if number and number == mail.e164(mail.sender.name) else None


def name_in_subject(mail: Mail) -> str | None:
    """Whose name follows "from" in the subject."""
    return _name_after(mail.plain_subject, 0)


def name_in_body(mail: Mail) -> str | None:
    """Whose name follows "from" in the first sentence that speaks of the call, or opens it."""
    for line in mail.body[:1500].split("\n"):
        hit = mail.says("missed", line) or mail.says("voicemail", line)
        if hit and (name := _name_after(line, hit.start) or _name_before(line[:hit.start])):
            return name
    return None


def _name_before(words: str) -> str | None:
    """The name that a line opens with, if nothing else stands before what happened: "Joan Byrne tried to call your number"."""
    whole = re.fullmatch(r"\W{0,3}([A-ZÀ-Þ][\w'’-]{1,30}(?: [A-ZÀ-Þ][\w'’.-]{0,30}){1,3}) ", words)
    return clean_name(whole[1]) if whole and fold(whole[1]).split()[0] not in _OPENERS else None


def name_beside(mail: Mail, number: str | None) -> str | None:
    """The name right before or behind the caller's number: "NAME (NUMBER)", "NUMBER (NAME)", "NAME" <NUMBER>."""
    for mention in mail.body_numbers:
        if mention.e164 == number and number:
            behind = re.match(r"[)>\]]?\s?[(<]([^\W\d_][^\d()<>\n]{1,60})[)>]", mail.body[mention.end:mention.end + 70])
            before = re.search(r"[\"“«]?([A-ZÀ-Þ][^\d\n()<>:\"“”«».,]{1,60})[\"”»]?,?\s?[(<,]?\s?$", mail.body[max(0, mention.start - 70):mention.start])
            if behind or (before and re.search(r"[(<,]\s?\(?$|\"\s?<?$", before[0])):
                return _capital(behind[1] if behind else _FROM.split(before[1])[-1] if before else "")
    return None


def _name_after(text: str, start: int) -> str | None:
    """The first that follows "from" and is written as a name is: with a capital."""
    return next((name for m in _AFTER_FROM.finditer(text, start) if (name := _capital(m["name"]))), None)


def _capital(written: str) -> str | None:
    name = clean_name(written)
    first = name.partition(" ")[0] if name else ""
    return name if first[:1].isupper() or (first and not first[:1].islower()) else None
