"""The first line of a mail, in seven languages: by the name and the title that the recipient shows, never by a guess at their gender.

Pure. A title is used because they wrote it themselves ("Mme", "Frau"); the one who shows none is greeted by the whole name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mailrescue.drafting.flowed import one_line
from mailrescue.model.words import Address

_LONGEST = 60
_FEMALE = frozenset("mme madame mlle ms mrs miss frau sra señora srta sig.ra signora dott.ssa mevrouw mevr mw dra prof.ssa sr.ª sr.a d.ª dr.ª".split())
_MALE = frozenset("m monsieur mr herr hr sr señor sig signor meneer dhr heer sig.r".split())
_LEARNED = frozenset("dr dr.in prof professor professeur dott ing mag".split())
_PARTICLES = frozenset(
    "af al av bin da dal de del dela della dem den der di do dos das du el in la le los lo mac mc op 't ten ter van vom von y zu zum zur".split()
)
#: what people add to a display name: (Acme), | Acme, - Acme, @ Acme, via Calendar, chez Acme, ", PhD"
_ADDED = re.compile(r"\s{0,9}[(\[|@].*|\s{1,9}[-–—/•·]\s.*|\s(?:via|at|from|chez|bei|bij)\s.*|,\s{0,9}(?:PhD|Ph\.D\.?|MBA|MSc|CIPD|HR|SHRM-\w{2,3}|Jr\.?)\b.*", re.I)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one language greets: {who} is the whole name, {first} the given name, {title} and {family} where a title is shown."""

    formal: str
    familiar: str
    nobody: str
    her: str
    him: str
    ms: str
    mr: str
    own: dict[str, str] = field(default_factory=dict)     # titles as this language writes them, by their folded form


_MANNERS = {
    "en": _Manner("Dear {who},", "Hi {first},", "Hello,", "Dear {title} {family},", "Dear {title} {family},", "Ms", "Mr",
                  {"mrs": "Mrs", "miss": "Miss", "dr": "Dr", "prof": "Professor", "professor": "Professor"}),
    "fr": _Manner("Bonjour {who},", "Bonjour {first},", "Bonjour,", "Bonjour {title} {family},", "Bonjour {title} {family},", "Madame", "Monsieur"),
    "de": _Manner("Guten Tag {who},", "Hallo {first},", "Guten Tag,", "Sehr geehrte {title} {family},", "Sehr geehrter {title} {family},",
                  "Frau", "Herr", {"dr": "Dr.", "dr.in": "Dr.in", "prof": "Prof."}),
    "es": _Manner("Hola, {who}:", "Hola, {first}:", "Hola:", "Estimada {title} {family}:", "Estimado {title} {family}:", "Sra.", "Sr.", {"dra": "Dra."}),
    "it": _Manner("Gentile {who},", "Ciao {first},", "Buongiorno,", "Gentile {title} {family},", "Gentile {title} {family},", "Sig.ra", "Sig.",
                  {"dott.ssa": "Dott.ssa", "prof.ssa": "Prof.ssa", "dott": "Dott.", "prof": "Prof."}),
    "nl": _Manner("Geachte {who},", "Beste {first},", "Goedendag,", "Geachte {title} {family},", "Geachte {title} {family},", "mevrouw", "heer"),
    "pt": _Manner("Olá, {who},", "Olá, {first},", "Olá,", "Cara {title} {family},", "Caro {title} {family},", "Sra.", "Sr.", {"dra": "Dra.", "dr.ª": "Dr.ª"}),
}
_ANYWHERE = _Manner("{who},", "{first},", "", "{who},", "{who},", "", "")


def greeting(to: Address, title: str, *, formal: bool, language: str, region: str) -> str:
    """The line, with its comma or colon; empty in a language that we do not know where nobody is named.

    ``title`` is the one that they themselves show, or empty. ``region`` is an ISO 3166 code: Mr and Ms take a stop in North America.
    """
    manner = _MANNERS.get(language, _ANYWHERE)
    who = polite_name(to.name)
    if not who:
        return manner.nobody
    given, family = _given(who), _family(who)
    if not formal:
        return manner.familiar.format(first=given or who)
    folded = title.strip().lower().rstrip(".")
    if folded in _FEMALE or folded in _MALE:
        pattern, usual = (manner.her, manner.ms) if folded in _FEMALE else (manner.him, manner.mr)
        shown = manner.own.get(folded, usual)
        return pattern.format(title=_stopped(shown, language, region), family=_after_title(family or who, language), who=who)
    if folded in _LEARNED and not who.lower().startswith(folded):
        shown = manner.own.get(folded, title.strip())
        return manner.formal.format(who=f"{_stopped(shown, language, region)} {family or who}")
    return manner.formal.format(who=who)


def polite_name(written: str) -> str:
    """The person's name out of a display name, given name first; empty where it is no person's name (an address, digits, a sentence)."""
    name = one_line(written).strip(" \"'<>")
    if re.search(r"\S@\S", name):
        return ""
    name = _ADDED.sub("", name).strip(" ,;:")
    if name.count(",") == 1:
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}"
    if not name or len(name) > _LONGEST or "," in name or re.search(r"[@\d<>{}%:;!?=_/\\]", name) or not any(c.isalpha() for c in name):
        return ""
    return " ".join(_cased(name.split(" ")))


def _cased(words: list[str]) -> list[str]:
    """DURAND Claire and Claire DURAND to Claire Durand; a name all in capitals or all in small letters to ordinary ones."""
    letters = "".join(words)
    if letters.isupper() or letters.islower():
        return [w if w in _PARTICLES and i else _capital(w) for i, w in enumerate(w.lower() for w in words)] if len(letters) > 2 else words
    loud = [w.isupper() and "." not in w and (len(w) > 2 or w.lower() in _PARTICLES) for w in words]
    if loud[0] and not all(loud) and not loud[-1]:
        split = loud.index(False)
        words, loud = words[split:] + words[:split], loud[split:] + loud[:split]
    return [_capital(w.lower()) if shout else w for w, shout in zip(words, loud, strict=True)]


def _capital(word: str) -> str:
    return re.sub(r"(^|[-'’.])(\w)", lambda m: m[1] + m[2].upper(), word)


def _bare(who: str) -> list[str]:
    words = who.split(" ")
    while len(words) > 1 and words[0].lower().rstrip(".") in _LEARNED | _FEMALE | _MALE:
        words = words[1:]
    return words


def _given(who: str) -> str:
    words = _bare(who)
    return words[0] if len(words) > 1 and len(words[0].rstrip(".")) > 1 else " ".join(words)


def _family(who: str) -> str:
    """The family name where the name shows it beyond doubt: two words, or from a particle on. Empty else, so that nobody's name is cut."""
    words = _bare(who)
    particle = next((i for i, w in enumerate(words) if i and w.lower() in _PARTICLES), None)
    if particle is not None and particle < len(words) - 1:
        return " ".join(words[particle:])
    return words[1] if len(words) == 2 else ""


def _after_title(family: str, language: str) -> str:
    """Dutch writes mevrouw De Vries, though Jan de Vries."""
    return family[0].upper() + family[1:] if language == "nl" else family


def _stopped(title: str, language: str, region: str) -> str:
    return f"{title}." if language == "en" and region in ("US", "CA") and title in ("Mr", "Ms", "Mrs", "Dr") else title
