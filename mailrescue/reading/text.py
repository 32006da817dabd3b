"""Text of a mail to what its writer newly said, what they quote, and how they sign: bounded in time on hostile input.

Answers three questions and no other: which lines are new, which are history, which are the signature. Ready-made reply
parsers hang on a hostile mail of 30 to 60 kB (measured, DESIGN), so each pattern here meets one short line at a time.
Answers between quoted lines stay new text. What history and signatures look like is a table of words, language by language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailrescue.model.lexicon import fold

#: letters of a body, and lines, that are looked at
LONGEST = 200_000
_MOST_LINES = 20_000
_LONGEST_LINE = 500         # what a pattern sees of a line
_SIGNED_WITHIN = 40         # lines from the end where a signature may begin


@dataclass(frozen=True, slots=True)
class Split:
    """A body in three: the new text, the signature (from the closing words on), and the quoted history."""

    new: str
    signature: str = ""
    quoted: str = ""


def unflow(text: str, delsp: bool = False) -> str:
    """Undo format=flowed (RFC 3676 4): soft line ends joined, stuffed spaces removed, quote marks kept as they are."""
    lines: list[str] = []
    flowing, depth = False, 0
    for line in text.split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        content = line[marks:].removeprefix(" ")
        if flowing and marks == depth and content != "-- ":
            lines[-1] += content
        else:
            lines.append(">" * marks + (" " if marks else "") + content)
        flowing, depth = content.endswith(" ") and content != "-- ", marks
        if flowing and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def split(text: str, writer: str = "") -> Split:
    """Cut a body (line feeds) into new text, signature and history.

    ``writer`` is the display name of the From.
    """
    lines = [line.rstrip() for line in _visible(text[:LONGEST]).split("\n")[:_MOST_LINES]]
    new, quoted = _unquoted(lines)
    new, signature = _unsigned(new, writer)
    return Split(_joined(new), _joined(signature), _joined(quoted))


def is_stub(plain: str, html_text: str) -> bool:
    """Whether a text/plain alternative holds nothing to read: empty, or a sentence that sends the reader to the HTML."""
    said = " ".join(plain.split())
    if not re.search(r"\w", said):
        return True
    return len(said) < 300 and bool(_STUB.search(fold(said))) and said[:60] not in " ".join(html_text[:20_000].split())


def _visible(text: str) -> str:
    """No-break spaces as spaces, marks of no width gone: they stand before colons and in empty lines of Outlook and Gmail."""
    return text.translate({0xA0: " ", 0x202F: " ", 0x2007: " ", 0x200B: None, 0x200C: None, 0x200E: None, 0x200F: None, 0xFEFF: None, 0x0C: "\n"})


def _joined(lines: list[str]) -> str:
    """The lines as text, at most one blank line in a row, none at the ends."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1]):
            kept.append(line if line.strip() else "")
    return "\n".join(kept).strip("\n")


# ---------------------------------------------------------------------- history

_WROTE = (r"wrote|writes|a ecrit|ecrit|ecrivait|schrieb|schreibt|geschrieben|geschreven|escribio|escribe|ha scritto|scrive|scritto|schreef|schrijft"
          r"|escreveu|escreve|skrev|skriver|kirjoitti|napisal")
_ATTRIBUTION = re.compile(rf"\W{{0,4}}[^\n]{{0,400}}\b(?:{_WROTE})\b[^\n]{{0,160}}[:：]\W{{0,4}}$")
_OPENS = re.compile(r"\W{0,4}(?:on|le|am|el|il|in data|op|em|den|a|quoting|zitat von|at)\b ?.{0,60}?\d", re.I)
_DATED = re.compile(r"\b(?:\d{1,2}[:.h]\d{2}|(?:19|20)\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b")
_ADDRESSED = re.compile(r"[^\s@]{1,64}@[^\s@]{1,100}")
_OLD_GMAIL = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.{0,200}<[^<>\s]{1,100}@[^<>\s]{1,100}>:?\s*$")

_RULED = re.compile(r"[>\s]{0,3}[-_=*~]{2,80} {0,3}([^-_=*~\s].{2,60}?) {0,3}[-_=*~]{2,80}\s*$")
_RULE = re.compile(r"\s{0,3}[-_=*~]{5,300}\s*$")
_OF_A_MESSAGE = re.compile(r"message|nachricht|mensaje|messaggio|bericht|mensagem|courriel|e-?mail|\bmail\b|appointment|termin|rendez-vous|cita|appuntamento|afspraak")
_FORWARDED = re.compile(
    r"\W{0,3}(?:begin forwarded message|debut du message (?:reexpedie|transfere)|anfang der weitergeleiteten (?:nachricht|e-mail)"
    r"|inicio del mensaje reenviado|inizio (?:del )?messaggio inoltrato|begin doorgestuurd bericht|inicio da mensagem (?:reencaminhada|encaminhada))\s*:?\s*$")

_LABELS = {
    "from": "from|de|von|da|van|expediteur|absender|remitente|mittente|afzender|remetente",
    "sent": "sent|date|envoye|envoye le|date d'envoi|gesendet|datum|gesendet am|enviado|enviado el|fecha|inviato|inviato il|data|verzonden|verzonden op|enviada|enviada em|enviado em",
    "to": "to|a|an|para|aan|pour|destinataire|empfanger|destinatario",
    "subject": "subject|objet|sujet|betreff|asunto|oggetto|onderwerp|assunto",
    "more": "cc|bcc|copie|copie a|kopie|copia|reply-to|repondre a|antwort an|responder a|rispondi a|importance|importance|wichtigkeit|importancia|priorita|urgentie|"
            "attachments|pieces jointes|anlagen|adjuntos|allegati|bijlagen|anexos|when|where|quand|ou|wann|wo|organisation|organization",
}
_KIND = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
_LABELLED = re.compile(r"[>\s*_]{0,6}([a-z][a-z' -]{0,20}?)\s{0,2}[*_]{0,2}\s{0,2}:[*_]{0,2}\s{0,8}(.{0,200})")


def _unquoted(lines: list[str]) -> tuple[list[str], list[str]]:
    """New lines and history. Everything after a header block or an unmarked attribution is history; else lines with ">" are."""
    folded = [fold(line[:_LONGEST_LINE]) for line in lines]
    labels = [_label(line) for line in folded]
    new: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        if lines[at].startswith(">"):
            quoted.append(lines[at])
            at += 1
        elif _begins_history(folded, labels, at):
            return new, quoted + lines[at:]
        elif until := _attribution(folded, at):
            if not _next_is_marked(lines, until):
                return new, quoted + lines[at:]
            quoted += lines[at:until]
            at = until
        else:
            new.append(lines[at])
            at += 1
    return new, quoted


def _begins_history(folded: list[str], labels: list[str], at: int) -> bool:
    line = folded[at]
    if not line:
        return False
    ruled = _RULED.match(line)
    if (ruled and _OF_A_MESSAGE.search(ruled[1])) or _FORWARDED.match(line):
        return True
    if _RULE.match(line):
        after = next((n for n in range(at + 1, min(at + 4, len(folded))) if folded[n].strip()), None)
        return after is not None and _header_block(folded, labels, after)
    return _header_block(folded, labels, at)


def _header_block(folded: list[str], labels: list[str], at: int) -> bool:
    """Whether Outlook's copy of a header stands here: From, Sent, To, Subject of one language or another, in any order.

    It takes From and two more, one of them the subject, or an address in the From: "From: Lyon, To: Paris, Date: …" is a journey.
    """
    if labels[at] not in {"from", "sent", "subject"}:
        return False
    kinds, others, addressed = set(), 0, False
    for line, kind in zip(folded[at:at + 14], labels[at:at + 14], strict=True):
        if kind:
            kinds.add(kind)
            addressed = addressed or (kind == "from" and bool(_ADDRESSED.search(line)))
        elif line.strip():
            others += 1
            if others > 3:
                return False
        if "from" in kinds and len(kinds - {"more"}) >= 3 and ("subject" in kinds or addressed):
            return True
    return False


def _label(folded: str) -> str:
    match = _LABELLED.match(folded)
    return _KIND.get(match[1].strip(), "") if match and match[2].strip() else ""


def _attribution(folded: list[str], at: int) -> int:
    """The line after an attribution ("On … wrote:") that begins here, on one line or wrapped over up to four; 0 where none does."""
    line = folded[at]
    if not line.strip() or not (_OPENS.match(line) or _DATED.search(line) or "@" in line):
        return 0
    window = ""
    for end in range(at, min(at + 4, len(folded))):
        if not folded[end].strip():
            return 0
        window = f"{window} {folded[end]}"[:700].strip()
        if _OLD_GMAIL.match(window):
            return end + 1
        if folded[end].rstrip(" *_>").endswith((":", "：")) and _ATTRIBUTION.match(window):
            told = _DATED.search(window) or _ADDRESSED.search(window)
            return end + 1 if told and (_OPENS.match(window) or _ADDRESSED.search(window)) else 0
        if len(window) >= 700:
            return 0
    return 0


def _next_is_marked(lines: list[str], at: int) -> bool:
    return next((line.startswith(">") for line in lines[at:at + 6] if line.strip()), False)


# ---------------------------------------------------------------------- signature

_DEVICE = re.compile(
    r"\W{0,3}(?:(?:sent|envoye|gesendet|von meine[mr]|enviado|enviada|inviato|inviata|verstuurd|verzonden|get|telecharge[rz]?|obtenir|obtenez|hol(?:en)?|obtener|obten|"
    r"scarica|ottieni|download|obter|obtenha|skickat|wyslane)\b.{0,30}?\b(?:iphone|ipad|android|samsung|galaxy|huawei|blackberry|smartphone|handy|mobile|mobil|mobiltelefon|"
    r"telefon[eo]?|telefoon|outlook|yahoo|gmail|proton ?mail|mail orange|bouygues|sfr mail|windows|mailbird|spark|gmx|web\.de|mail app|app)\b.{0,80}$)")
_CLOSINGS = (
    # English
    "(?:(?:with )?(?:kind|kindest|warm|warmest|best|many)(?:est)? )?(?:personal )?regards", "best(?: wishes)?", "all (?:the|my) best", "(?:yours )?sincerely(?: yours)?",
    "yours(?: truly| faithfully)?", "respectfully", "cheers", "many thanks", "thanks(?: again| so much| a lot| in advance| and (?:kind|best|warm) regards)?",
    "thank you(?: very much| so much| again| in advance)?", "cordially", "take care", "warmly", "kr", "br", "rgds", "with (?:thanks|gratitude|appreciation)",
    # French
    "(?:bien |tres )?cordialement(?: votre)?", "(?:bien |tres )?cdt", "(?:bien )?cdlt", "bien a (?:vous|toi)", "(?:avec mes |mes |sinceres )?(?:meilleures )?salutations(?: distinguees)?",
    "sincerement", "respectueusement", "amicalement", "bonne (?:journee|soiree|reception|continuation|fin de journee)", "belle (?:journee|soiree)", "merci(?: d'avance| beaucoup| par avance| encore)?",
    "dans l'attente(?: de .{1,50})?", "(?:a|au) (?:bientot|tout de suite|plaisir)", "bien (?:sincerement|amicalement|respectueusement)",
    "(?:nous vous prions|je vous prie) d'agreer.{0,80}", "veuillez agreer.{0,80}",
    # German
    "(?:mit )?(?:freundlich|best|herzlich|viel|lieb|schon|sonnig)(?:e|en|em|er)? (?:gru(?:ss|ß|s)(?:e|en)?|dank)(?: (?:aus|nach) \\w{2,30})?", "mfg", "vg", "lg", "gru(?:ss|ß|s)(?:e)?",
    "beste gru(?:ss|ß|s)e", "hochachtungsvoll", "danke(?: schon| im voraus)?", "vielen dank(?: im voraus)?", "bis dann", "bis bald", "ihre?", "deine?",
    # Spanish
    "(?:un )?(?:cordial |muy |atento )?saludos?(?: cordiale?s?| atentos?)?", "(?:muy )?atentamente", "cordialmente", "(?:un )?abrazo", "(?:muchas )?gracias(?: de antemano| por todo)?",
    "reciba un cordial saludo", "quedo a (?:su|tu) disposicion",
    # Italian
    "(?:un )?(?:cordiali|distinti|cari|migliori|tanti)? ?saluti(?: cordiali)?", "(?:un )?(?:caro |cordiale )?saluto", "cordialmente", "grazie(?: mille| in anticipo)?", "a presto", "in fede",
    # Dutch
    "(?:met )?(?:vriendelijke|hartelijke|beste|warme)? ?groet(?:en|jes)?", "mvg", "hoogachtend", "(?:alvast )?(?:hartelijk )?(?:bedankt|dank)", "groetjes",
    # Portuguese
    "(?:com os (?:meus )?)?(?:melhores )?cumprimentos", "atenciosamente", "att", "(?:um )?(?:grande )?abraco", "(?:muito )?obrigad[oa]", "cordiais saudacoes", "saudacoes(?: cordiais)?", "respeitosamente",
)
_CLOSING = re.compile(rf"\W{{0,2}}(?:{'|'.join(_CLOSINGS)})\s{{0,2}}(?:[,.!;:–—-]{{1,3}}|$|(?= ))")
_DELIMITER = re.compile(r"(?:--|—|__|\*\*)\s*$")
_POSTSCRIPT = re.compile(r"\W{0,2}(?:p\.? ?-?s\.?|n\.? ?b\.?|nb|ps)\b\W", re.I)
_ABOUT_THE_CALL = re.compile(
    r"\b(?:pin|passcode|access code|meeting id|dial(?:-| )?in|dial|conference|code d'acces|rejoindre|identifiant|einwahl|zugangscode|kennwort|codigo de acceso|codice|toegangscode|"
    r"codigo de acesso|join|reschedul\w*|cancel\w*|annul\w*|reporter|deplacer|verschieben|absagen|zoom|teams|meet\.google|webex|interview|entretien|call on)\b")
_FINE_PRINT = re.compile(
    r"confiden|vertraulich|intended (?:only )?for|intended recipient|disclaimer|destinataire|environ|imprim|print(?:ing)? th|drucken|registered (?:in|office|number)|amtsgericht|"
    r"handelsregister|geschaftsfuhr|sitz der|siret|rcs |capital (?:de|social)|unsubscribe|desinscri|privacy|datenschutz|rgpd|gdpr|dsgvo|legal notice|aviso legal|mentions legales|"
    r"equal opportunity|partita iva|p\. ?iva|kvk|btw|nif|cif|registro mercantil|virus")
_CONTACT = re.compile(r"\d[\d ./()-]{5,}|@|www\.|https?://|linkedin|^\W{0,2}(?:t|tel|m|mob|mobile|f|fax|e|w|a|d|dd|direct|phone|telefon|telefono|telefoon|telephone|portable)\b\W")


def _unsigned(lines: list[str], writer: str) -> tuple[list[str], list[str]]:
    """What is said, and how it is signed: below "-- ", the device's own line, and the block after a closing or the writer's name."""
    said, device = _without_device(lines)
    at = next((n for n in range(len(said) - 1, max(-1, len(said) - 60), -1) if _DELIMITER.match(said[n]) and any(s.strip() for s in said[:n])), None)
    below: list[str] = []
    if at is not None and sum(1 for line in said[at + 1:] if line.strip()) <= _SIGNED_WITHIN:
        said, below = said[:at], said[at + 1:]
    said, block = _without_block(said, writer)
    return said, [*block, *([""] if block else []), *below, *device]


def _without_device(lines: list[str]) -> tuple[list[str], list[str]]:
    said: list[str] = []
    device: list[str] = []
    for line in lines:
        (device if len(line) < 160 and _DEVICE.match(fold(line)) else said).append(line)
    return said, device


def _without_block(lines: list[str], writer: str) -> tuple[list[str], list[str]]:
    """Cut the block that begins at the last closing, or where there is none at the writer's own name on a line of its own."""
    start = _start_of_block(lines, writer)
    if start is None:
        return lines, []
    said, signed = lines[:start], []
    paragraphs = _paragraphs(lines[start:])
    for number, paragraph in enumerate(paragraphs):
        joins = _signs(paragraph) if number else True
        if joins and number <= 1 + len(paragraphs):
            signed += [*paragraph, ""]
        else:
            said += ["", *paragraph]
    return said, signed


def _start_of_block(lines: list[str], writer: str) -> int | None:
    filled = [n for n, line in enumerate(lines) if line.strip()]
    last = filled[-_SIGNED_WITHIN:]
    closings = [n for n in last if n != filled[0] and _is_closing(lines[n])]
    if closings:
        start = closings[-1]
        before = [n for n in filled if n < start]
        while len(before) > 1 and _is_closing(lines[before[-1]]):       # "Thanks again," above "Kind regards,"
            start = before.pop()
        return start
    return next((n for n in last[-15:] if n != filled[0] and _is_name(lines[n], writer)), None)


def _is_closing(line: str) -> bool:
    """A line that only closes: "Kind regards,", perhaps with a name after it ("Best, Anne")."""
    if len(line) > 90:
        return False
    match = _CLOSING.match(fold(line))
    if not match:
        return False
    rest = line[match.end():].strip(" ,.!;:–—-*_")
    return not rest or (len(rest) < 40 and len(rest.split()) <= 4 and all(word[:1].isupper() for word in rest.split() if word[:1].isalpha()) and not re.search(r"\d|[?]", rest))


_KISSES = frozenset(("x", "xx", "xxx"))     # "Orla x", as people in Britain sign


def _is_name(line: str, writer: str) -> bool:
    """The writer's own name, or a part of it, alone on a line or before a title ("Orla Quinn | Talent")."""
    names = set(re.findall(r"\w{2,}", fold(writer)))
    shown = re.split(r"[|,·•–—/(]| - ", line.strip(" *_-–—"), maxsplit=1)[0]
    words = re.findall(r"\w+", fold(shown[:80]))
    initials = {name[:1] for name in names}
    return 0 < len(words) <= 4 and set(words) <= names | initials | _KISSES and not set(words) <= _KISSES


def _paragraphs(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def _signs(paragraph: list[str]) -> bool:
    """Whether a paragraph below the closing still signs: names, titles, contact, fine print; no postscript, nothing about the call."""
    whole = fold(" ".join(paragraph)[:2000])
    if _POSTSCRIPT.match(whole):
        return False
    if _FINE_PRINT.search(whole):
        return True
    if _ABOUT_THE_CALL.search(whole):
        return False
    return all(len(line) <= 110 and (_CONTACT.search(fold(line)) or not re.search(r"[.!?]\s*$", line)) for line in paragraph)


_STUB = re.compile(
    r"html|browser|navigateur|navegador|version (?:en ligne|web)|online version|view (?:this|it) (?:email|message|online)|"
    r"does not support|ne (?:supporte|prend) pas|unterstutzt kein|no (?:es compatible|admite)|non (?:supporta|visualizza)|ondersteunt geen|nao suporta")
