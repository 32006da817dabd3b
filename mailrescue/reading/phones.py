"""Telephone numbers in the words of a mail: where they stand, which number it is, and how a reader writes it.

May import phonenumbers (where it is used, it costs 13 ms) and nothing of the mail. Written by people, numbers stand next to
dates, prices, meeting IDs and company registers: what is no number is masked first, then each run of digits that looks like
one is tried, international form first, then the national form of the likely regions in their order. A number of a range kept
for fiction and drama is read like any other and said to be not ``valid``. Every pattern has bounded repeats.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from mailrescue.model.interview import Me
from mailrescue.model.lexicon import fold
from mailrescue.model.words import Address, PhoneMention

#: at the most: characters of a text that are looked at, runs of digits that are tried, numbers that are found
LONGEST_TEXT = 200_000
MOST_TRIED = 600
MOST_NUMBERS = 200


def find(text: str, regions: tuple[str, ...], *, about_calls: bool = False) -> tuple[PhoneMention, ...]:
    """Every telephone number in a text, in its order; ``regions`` are ISO 3166 codes for national forms, most likely first.

    ``about_calls``: the text is of a telephone service, so that bare digits need no word beside them that says telephone.
    """
    text = text[:LONGEST_TEXT]
    if not _ENOUGH_DIGITS.search(plain := text.translate(_PLAIN).replace("%20", 3 * _NOTHING)) and not _VANITY.search(plain):
        return ()
    found: list[PhoneMention] = []
    masked = _masked(plain)
    for candidate in islice(_candidates(masked), MOST_TRIED):
        mentions = _mentions(masked, candidate, regions, about_calls)
        found.extend(PhoneMention(m.e164, text[m.start:m.end], m.start, m.end, m.extension, m.suffix, m.valid) for m in mentions)
        if len(found) >= MOST_NUMBERS:
            break
    return tuple(found)


def e164(text: str, regions: tuple[str, ...]) -> str | None:
    """The number that a field known to hold one gives ("0199008365", "+1 (312) 555-0183"), None where it holds none."""
    written = _tidy(text.translate(_PLAIN))
    digits = _digits(written)
    if not 6 <= len(digits.lstrip("+")) <= 18 or re.search(r"[^\W\d]{2}", written):
        return None
    found = _resolve(written, regions, True).e164
    if found is None and re.fullmatch(r"[1-9]\d{9,14}", digits):
        # telephone systems write callers without the plus
        bare = _read_international(f"+{digits}")
        found = bare.e164 if bare.valid else None
    return found


def same(a: str | None, b: str | None) -> bool:
    """Whether two numbers in E.164 reach the same telephone. Unknown is never the same."""
    return bool(a and b) and _bare(a or "") == _bare(b or "")


def readable(e164: str, region_of_reader: str | None) -> str:
    """The number as people there write it: national for a reader in the same country, else international."""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    at_home = region_of_reader is not None and phonenumbers.country_code_for_region(region_of_reader) == number.country_code
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def regions(me: Me, zone: str | None, addresses: tuple[Address, ...], text: str) -> tuple[str, ...]:
    """Where a national number is likely to be dialled, ISO 3166 codes, most likely first.

    The event's IANA zone, the country domains of those who write, international numbers in the text, countries and
    cities that it names, the user's own where that language is spoken there, where else it is spoken (Outlook's "W. Europe"
    names Berlin for all from Oslo to Rome), the user's own phone, the user's zone.
    """
    spoken = _spoken(text)
    found = [_of_shared_zone(zone, spoken), of_zone(zone), *(_of_domain(a.domain) for a in addresses)]
    international = "\n".join(line for line in text[:LONGEST_TEXT].split("\n") if "+" in line)
    found += [region_of(m.e164) for m in find(international, ()) if "+" in m.raw and m.e164 and not same(m.e164, me.phone)]
    found += _places(text)
    home = [region_of(me.phone), of_zone(me.timezone)]
    found += [region for region in home if region and _speaks(region, spoken)]      # German to somebody in Bern is Swiss rather than German
    found += [region for region in spoken if region not in _ENGLISH]
    found += home
    found += spoken
    return tuple(dict.fromkeys(region for region in found if region))


@lru_cache(maxsize=64)
def _official(region: str) -> frozenset[str]:
    """The official languages of a country, by CLDR's table (babel)."""
    from babel.core import get_global

    known = get_global("territory_languages").get(region, {})
    return frozenset(language for language, facts in known.items() if "official" in (facts["official_status"] or ""))


def _speaks(region: str, spoken: list[str]) -> bool:
    """Whether the text's language, other than English, is a language of that country."""
    return any(country.lower() in _official(region) for country in spoken if country not in _ENGLISH)


#: zones that Outlook gives a whole region by one city: where in it a language other than that city's is spoken
_SHARED_ZONES = {
    "Europe/Berlin": {"FR": "CH", "IT": "IT", "NL": "NL"},
    "Europe/Paris": {"NL": "BE", "ES": "ES"},
    "Europe/London": {"PT": "PT"},
}


def _of_shared_zone(zone: str | None, spoken: list[str]) -> str | None:
    """The country that shares the zone and speaks the text's first language: "W. Europe" in French is Switzerland."""
    return _SHARED_ZONES.get(zone or "", {}).get(spoken[0]) if spoken else None


@lru_cache(maxsize=512)
def of_zone(zone: str | None) -> str | None:
    """The country of an IANA zone, by CLDR's table (babel); None for UTC and for names that it does not know."""
    if not zone or zone in {"UTC", "GMT", "Etc/UTC"}:
        return None
    from babel.core import get_global

    region = get_global("zone_territories").get(zone)
    return region if region and region.isalpha() and region not in {"ZZ", "001"} else None


@lru_cache(maxsize=512)
def region_of(e164: str | None) -> str | None:
    """The country of a number in E.164; of several that share a code, the one that the number is valid in, else the largest."""
    if not e164:
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(number.country_code or 0)
    return region if region and region.isalpha() and region != "ZZ" else None


# ---------------------------------------------------------------------- the text, made plain

class _Plain(dict[int, str]):
    """One plain character for each: digits of any script, dashes, spaces, full-width signs; offsets stay true."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        plain = char
        if category == "Nd":
            plain = str(unicodedata.digit(char))
        elif category == "Pd" or code == 0x2212:
            plain = "-"
        elif category == "Zs":
            plain = " "
        elif category == "Cf":
            plain = _NOTHING
        elif 0xFF01 <= code <= 0xFF5E:
            plain = chr(code - 0xFEE0)
        self[code] = plain
        return plain


_NOTHING = "\u200b"         # format characters (direction marks that an address book wraps a number in) count as nothing
_HIDDEN = "\x1f"            # what is known to be no telephone number
_PLAIN = _Plain()
_ENOUGH_DIGITS = re.compile(r"\d(?:[^\w\n]{0,4}\d){5}")

_LINK = re.compile(r"(?::(?=//)|(?<![\w@])www\.)[^\s<>\"]{1,2000}")
_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}")
_PRICE = re.compile(r"[€$£] ?\d[\d .,']{0,15}")
#: made of digits, and no telephone number
_NO_NUMBER = re.compile(
    r"(?<!\w)(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"                           # UUID
    r"|\d{8}T\d{4,6}Z?)(?!\w)"                                                                          # 20261124T130000Z
    r"|(?<![A-Z0-9])(?:[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Z0-9])"             # IBAN
    r"|(?:AT ?U|BE ?[01]|CHE[- ]?|[A-Z]{2}(?=\d))\d(?:\.?\d){6,11}(?!\d))"                             # VAT
    r"|(?<!\d)(?:UTC|GMT)?[+-]\d\d:\d\d(?!\d)"                                                        # an offset
    r"|(?<!\d)(?=\d)(?:"
    r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,6})?(?!\d)"                                                  # clock times
    r"|(?:[01]?\d|2[0-3]) ?[hH] ?[0-5]\d(?!\d)"
    r"|(?<![./+-])(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])"                    # 2026-11-24T13:00:00Z
    r"(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d|[./-]\d)"
    r"|(?<![./+-])(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\2(?:(?:19|20)\d\d|\d\d)(?!\d|[./-]\d)"
    r"|(?<![./+-])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/(?:(?:19|20)\d\d|\d\d)(?!\d|[./-]\d)"
    r"|(?<![./+-])(?<!\d )(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) (?:19|20)\d\d(?!\d|[-. /]\d)"     # 06 12 2026
    r"|(?<![\w+])(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d(?!\w|[-. ]\d)"                                     # years
    r"|(?<!\.)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"                                                        # IPv4
    r"|(?<!\+)\d{1,3}(?:[ .,']?\d{3}){0,3}(?:[.,]\d\d?)? ?(?:- ?\d{1,3}(?:[ .,']?\d{3}){0,3} ?)?(?:€|£|\$|EUR\b|USD\b|GBP\b|CHF\b|k€))",
)


def _masked(plain: str) -> str:
    """The text with everything hidden, letter for letter, that is made of digits but is no telephone number; line by line, most hold none."""
    return "\n".join(_masked_line(line) if _ENOUGH_DIGITS.search(line) else line for line in plain.split("\n"))


def _masked_line(line: str) -> str:
    if "://" in line or "www." in line:
        line = _LINK.sub(_hidden, line)
    if "@" in line:
        line = _MAIL_ADDRESS.sub(_hidden, line)
    if "€" in line or "$" in line or "£" in line:
        line = _PRICE.sub(_hidden, line)
    return _NO_NUMBER.sub(_hidden, line)


def _hidden(match: re.Match[str]) -> str:
    return _HIDDEN * len(match[0])


# ---------------------------------------------------------------------- where a number may stand

_SEPARATOR = rf"[-. /()\[\]{_NOTHING}·•_~']{{0,4}}"
_NUMBER = re.compile(rf"(?<![\w+])(?:tel:|callto:)?{_NOTHING}?(?:\+ ?{_NOTHING}?|\(\+ ?|\((?=\d))?\d(?:{_SEPARATOR}\d){{5,19}}(?!\w{{2}})(?!\d)", re.I)
_VANITY = re.compile(r"(?<![\w+])(?:\+?1[-. ])?\(?8\d\d\)?[-. ](?=[\dA-Z-]{7,12}(?!\w))\d{0,3}-?[A-Z]{2,8}(?:-?[A-Z0-9]{1,7})?(?!\w)")
_EXTENSION = re.compile(
    r"(?:;ext=|[ ,;.()/-]{0,4}(?:\b(?:ext(?:ension|ensión|ensão|n|\.)?|poste|durchwahl|dw\.?|nebenstelle|apparat|app\.|interno|int\.|interne|toestel|tst\.?|anexo|ramal|internal)"
    r"\b|(?<![a-z])x(?=[ .]?\d)|#(?=\d))[ .:#=n°]{0,4})(\d{1,7})(?!\d)",
    re.I,
)
_SUFFIX = re.compile(r" ?(?:,{2,6}\*? ?|[,;pw]{1,6} ?\*?(?=\d{3,14}#))(\d{3,14})#?", re.I)
_STRONG = re.compile(r" - | / |/ | /|  |\) \(| \(|\. ")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int


def _candidates(masked: str) -> Iterator[_Candidate]:
    spans = [m.span() for m in _NUMBER.finditer(masked)] + [m.span() for m in _VANITY.finditer(masked)]
    return (_Candidate(*span) for span in sorted(spans))


def _mentions(masked: str, candidate: _Candidate, regions: tuple[str, ...], about_calls: bool) -> list[PhoneMention]:
    """The number, or numbers, that a run of digits holds: whole, cut where two stand side by side, or without the groups around it."""
    for pieces in _readings(masked, candidate):
        found = [m for m in (_mention(masked, start, end, regions, about_calls) for start, end in pieces) if m]
        if found:
            return found
    return []


def _readings(masked: str, candidate: _Candidate) -> Iterator[list[tuple[int, int]]]:
    start, end = candidate.start, candidate.end
    yield [(start, end)]
    run = masked[start:end]
    cuts = list(_STRONG.finditer(run))
    if cuts:
        edges = [start, *(start + c.end() for c in cuts)]
        ends = [*(start + c.start() for c in cuts), end]
        yield [(a, b) for a, b in zip(edges, ends, strict=True) if b - a >= 6]
    groups = [start + m.start() for m in re.finditer(r"(?<=[ ])[(+]?\d", run)][:4]
    for begin in groups:
        yield [(begin, end)]
    for stop in [start + m.start() for m in re.finditer(r" ", run)][:-5:-1]:
        yield [(start, stop)]


def _mention(masked: str, start: int, end: int, regions: tuple[str, ...], about_calls: bool) -> PhoneMention | None:
    start, end = _balanced(masked, start, end)
    written = masked[start:end]
    known = _Context.around(masked, start, end)
    if (known.is_code or _CODE_BEHIND.match(masked, end)) and not _international(written):
        return None
    extension, suffix, stop = _tail(masked, end)
    reading = _resolve(_tidy(written), regions, known.is_phone or about_calls)
    if not reading.accepted:
        return None
    if suffix is None and extension is None and masked[end:end + 1] == "#":
        return None
    return PhoneMention(reading.e164, "", start, stop, extension, suffix, reading.valid)


def _balanced(masked: str, start: int, end: int) -> tuple[int, int]:
    """Without a bracket that opens around the number, "(+33…", or behind it, "… (8 seconds)"."""
    opened, closed = masked.rfind("(", start, end), masked.rfind(")", start, end)
    if opened <= closed:
        return start, end
    return (start + 1, end) if opened == start else (start, len(masked[:opened].rstrip(" -./")))


def _tail(masked: str, end: int) -> tuple[str | None, str | None, int]:
    """Extension, dial string and where they end. A tail that itself begins a number is none."""
    if match := _EXTENSION.match(masked, end):
        return match[1], None, match.end()
    if (match := _SUFFIX.match(masked, end)) and not _CLOCKLIKE.match(masked, match.start(1)):
        return None, match[1], match.end()
    return None, None, end


_CODE_BEHIND = re.compile(r"\s{0,2}\(?(?:TVA|VAT|MwSt|BTW|IVA|USt|RCS|€|EUR)\b")
_CLOCKLIKE = re.compile(r"\d{1,4} ?(?:[a-z]|\x1f)", re.I)


# ---------------------------------------------------------------------- what stands around it

_PHONE_WORD = re.compile(
    r"\b(?:t[ée]l(?:[ée]?ph?one?|[ée]fonos?|efonnummer|efon|efono|efoon|efonisch|efonicamente|\b)?|phones?|mobiles?|mob|mobil\w{0,7}|cell(?:ulare|ulaire|phone)?|celular|gsm|handy\w{0,6}|portable|fixe"
    r"|call(?:s|ed|ing|er)?|dial|ring|reach|appel\w{0,4}|joindre|joignable|num[ée]ros?|numer[oi]|number|nummer|rufnummer|anruf\w{0,3}|rufe?n?|erreich\w{0,5}|durchwahl|zentrale"
    r"|llam\w{1,5}|m[óo]vil|n[úu]mero|contact\w{0,3}|chiam\w{1,5}|recapit[oi]|bel(?:len|t|nummer)?|mobiel|bereik\w{0,6}|lig(?:a|ar|ará|arei|o|ue|uem)|telem[óo]vel|telefon\w{1,6}|whatsapp|signal|line|ligne|linea|l[íi]nea"
    r"|sms|fax|conference|dial-in|poste|standard|switchboard|directe?|direct|office|work|home|bureau|b[üu]ro|ufficio|oficina|kantoor|voicemail|voice|vo[zc]|vocale?|oproep|gesprek|chamad\w|caller|beller|tf|tlf|tfno)\b[.:]?"
    r"|\b[ptmfhwdc][.:]"
    r"|[☎📞📱✆🤙]|n[°º]\.? ?(?:de )?t[ée]l"
    r"|(?:tel|callto|sip):",
    re.I,
)
_CODE_WORD = re.compile(
    r"\b(?:i\.?d|ids|pin|p\.i\.n|code|codes|passcode|passwor[dt]|kennwort|zugangscode|zugriffscode|kenncode|identifiant|identificador|besprechungs-?id|konferenz-?id|meeting|r[ée]union|siret|siren|rcs|tva|vat|ust|iva|nif|cif"
    r"|nipc|kvk|btw|ein|iban|bic|swift|isbn|abn|acn|ref(?:erence|erenz|erencia|erencia|\.)?|r[ée]f(?:[ée]rence)?|riferimento|order|commande|bestell\w{0,8}|ordine|pedido|encomenda|factuur|facture|invoice|rechnung\w{0,7}|fattura|factura|fatura"
    r"|kunden\w{0,7}|kundennr|client|dossier|ticket|case|job|req|requisition|offre|stellen\w{0,6}|aktenzeichen|az|vorgang\w{0,7}|tracking|colis|parcel|sendung\w{0,7}|paket\w{0,7}|zip|plz|postcode|postal|hrb|hra|handelsregister"
    r"|room|salle|raum|zimmer|sala|lokaal|flight|vol|flug|vuelo|volo|vlucht|voo|train|zug|gate|seat|security|sozialvers\w{0,20}|steuer\w{0,8}|account|konto\w{0,7}|konto|cuenta|conto|mailbox|serial|version|build|amount|betrag|contrat|contract|vertrag\w{0,7}|naf|ape|capital|conference id|webinar)\b",
    re.I,
)


_BETWEEN_CODES = re.compile(r"[\d;!?]")     # other digits, or the end of the clause that the word stands in
_CODE_REACH = 16        # characters between a word such as "PIN" and the digits that it speaks of


@dataclass(frozen=True, slots=True)
class _Context:
    """What the words left of a run of digits say of it; the nearest word decides."""

    is_phone: bool
    is_code: bool

    @classmethod
    def around(cls, masked: str, start: int, end: int) -> _Context:
        before = masked[max(0, start - 48):start]
        before = before[before.rfind("\n") + 1:] or before.rstrip("\n").rpartition("\n")[2]
        before = fold(before)
        phone = _last(_PHONE_WORD, before)
        code = _last(_CODE_WORD, before)
        uri = masked[start:start + 7].lower().startswith(("tel:", "callto:"))
        alone = not masked[:start].strip() and not masked[end:end + 80].strip()
        near = code > phone and len(before) - code <= _CODE_REACH and not _BETWEEN_CODES.search(before, code)
        return cls(is_phone=uri or phone > code or (alone and code < 0), is_code=near and not uri)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.end() for m in pattern.finditer(text)), default=-1)


# ---------------------------------------------------------------------- which number it is

@dataclass(frozen=True, slots=True)
class _Reading:
    e164: str | None
    valid: bool
    accepted: bool


_NONE = _Reading(None, False, False)


def _tidy(written: str) -> str:
    """The number without its scheme, hidden characters and brackets of the trunk prefix, 00 left as it is."""
    bare = re.sub(r"^(?:tel|callto):", "", written.replace(_NOTHING, ""), flags=re.I).replace("_", " ").strip()
    return re.sub(r"^[(\[]\s?\+ ?(?:(\d{1,3})[)\]])?", lambda match: f"+{match[1] or ''} ", bare)


def _international(written: str) -> bool:
    return _tidy(written).startswith("+")


def _digits(text: str) -> str:
    return re.sub(r"[^\d+]", "", text)


@lru_cache(maxsize=4096)
def _resolve(written: str, regions: tuple[str, ...], is_phone: bool) -> _Reading:
    """Which number the digits are; ``is_phone`` where the words around say that it is one."""
    if re.search(r"[A-Z]", written):
        return _try(written, "US", True)[0]
    if written.startswith("+"):
        return _read_international(written)
    if (prefixed := _with_plus(written, regions)) and (reading := _read_international(prefixed)).e164:
        return reading
    if is_phone and (reading := _without_plus(written, regions)).valid:
        return reading
    return _read_national(written, regions, is_phone)


def _with_plus(written: str, regions: tuple[str, ...]) -> str | None:
    """The international form of a number dialled with 00, 0011 or 011; None where it is none."""
    digits = _digits(written)
    if len(digits) >= 11 and (match := re.match(r"[^\d]*0[^\d]*0[ -]?(?=\(?[1-9])", written)):
        return "+" + written[match.end():]
    if len(digits) >= 13 and "AU" in regions and (match := re.match(r"0011[ -]?(?=[1-9])", written)):
        return "+" + written[match.end():]
    if len(digits) >= 12 and (match := re.match(r"011[ -](?=[2-9])", written)):
        return "+" + written[match.end():]
    return None


def _without_plus(written: str, regions: tuple[str, ...]) -> _Reading:
    """A number that begins with the country code of a likely region, its plus forgotten: "33 1 99 00 83 65"."""
    import phonenumbers

    digits = _digits(written)
    codes = (str(phonenumbers.country_code_for_region(region)) for region in regions)
    if not any(digits.startswith(code) and len(digits) - len(code) >= 8 for code in codes if code not in {"0", "1"}):
        return _NONE
    if any(_try(written, region, True)[0].valid for region in regions):
        return _NONE
    return _read_international("+" + written.lstrip("( "))


def _read_international(written: str) -> _Reading:
    import phonenumbers

    try:
        number = phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return _NONE
    possible = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if possible else None
    return _Reading(text, possible and phonenumbers.is_valid_number(number), accepted=True)


def _read_national(written: str, regions: tuple[str, ...], is_phone: bool) -> _Reading:
    """The best of the regions, the earlier of equals; one that writes so unmistakably where none of them knows the number."""
    best, rank = _NONE, 0
    for region in regions:
        reading, worth = _try(written, region, is_phone)
        if worth > rank:
            best, rank = reading, worth
    if not rank:
        best = _unmistakable(written, regions)
    if not best.accepted and is_phone and 7 <= len(_digits(written)) <= 12 and _BROKEN_UP.search(written):
        return _Reading(None, False, accepted=_looks_dialled(written))
    return best


#: countries tried last, where a number is written as one of them alone writes it
_WIDELY = ("US", "FR", "GB", "DE", "ES", "IT", "NL", "PT", "BE", "CH", "AT", "IE", "BR")
_AMERICAN = re.compile(r"(?:1[-. ])?(?:\(\d{3}\)[ -]?|\d{3}([-.]))\d{3}[-.]\d{4}")
_BROKEN_UP = re.compile(r"\d[-. /()]+\d")


def _unmistakable(written: str, regions: tuple[str, ...]) -> _Reading:
    """A number that no likely region knows and exactly one country groups so: "(312) 555-0183" in a mail to a user in France."""
    if not _BROKEN_UP.search(written):
        return _NONE
    wide = ("US",) if _AMERICAN.fullmatch(written) else _WIDELY
    tries = [_try(written, region, True) for region in wide if region not in regions]
    fitting = [reading for reading, worth in tries if worth >= _SURE]
    if [len(group) for group in re.findall(r"\d+", written)] == [3, 3, 3] and any((reading.e164 or "").startswith("+34") for reading in fitting):
        return _NONE        # registers and amounts are grouped so too, and Spain's neighbours
    return fitting[0] if len(fitting) == 1 else _NONE


def _looks_dialled(written: str) -> bool:
    """Whether a number that no likely region knows is still written as one: a trunk prefix, or an area code in brackets."""
    return bool(re.match(r"\(?0[1-9]|\(\d{2,5}\)", written))


_SURE = 7       # worth of a number that is known and grouped as people there group


def _try(written: str, region: str, is_phone: bool) -> tuple[_Reading, int]:
    """The number dialled in one country, and what speaks for it: its grouping most, then that the plan knows it, then its area code."""
    import phonenumbers

    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return _NONE, 0
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return _NONE, 0
    text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    valid = phonenumbers.is_valid_number(number)
    known = valid or bool(_FICTION.match(text))
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    exact, area = _grouping(written, national, region)
    if not _dialled_so(written, region, known) or not (known or exact or area):
        return _NONE, 0
    if not is_phone and not _shaped(written, known, exact):
        return _NONE, 0
    slash = region in _SLASHED and bool(re.match(r"\(?0\d{1,5}\)? ?/", written))
    return _Reading(text, valid, accepted=True), 1 + 4 * exact + 2 * known + area + slash


def _shaped(written: str, known: bool, exact: bool) -> bool:
    """Whether digits that no word calls a telephone are written as one: with the leading 0, grouped as there, or in uneven groups."""
    if written.lstrip("(").startswith("0"):
        return known or exact
    lengths = [len(group) for group in re.findall(r"\d+", written)]
    if _AMERICAN.fullmatch(written) and exact:
        return True
    return known and (exact or (len(lengths) >= 3 and set(lengths) != {3} and 9 <= sum(lengths) <= 10))


#: ranges that regulators keep for fiction (Arcep, Ofcom) and that libphonenumber calls invalid
_FICTION = re.compile(r"\+(?:1\d{3}55501(?=\d\d$)|33(?:63998|19900|26191|35301|46571|53649)|44(?:1632960|7700900|2079460|1134960|1144960|1154960|1164960|1174960|1184960|1214960|1314960|1414960|1514960|1614960|1914980|2890180|2920180|8081570|9098790|3069990))\d{2,4}$")
#: where people write a slash behind the area code
_SLASHED = frozenset({"DE", "AT", "CH", "BE", "LU", "IT"})
#: where a number of the country is not dialled without its leading 0 (but for 1800, 1300 and the like)
_TRUNK_ZERO = frozenset({"FR", "GB", "DE", "AT", "CH", "NL", "BE", "IE", "AU", "NZ", "SE", "FI", "ZA", "JP", "KR", "IL", "RO", "BG", "HR", "SI", "SK", "RS", "UA", "TH", "MY", "ID", "PH", "VN", "EG", "MA", "RE", "GP", "MQ", "GF"})
#: where the number itself begins with 0, or no number does
_NEVER_ZERO = frozenset({"US", "CA", "ES", "PT", "DK", "NO", "PL", "CZ", "LU", "GR", "SG", "HK", "MX", "RU", "PR", "DO", "JM"})


def _dialled_so(written: str, region: str, known: bool) -> bool:
    """Whether people of that country dial it with the 0, or without, that stands there."""
    zero = written.lstrip("( ").startswith("0")
    if zero:
        return region not in _NEVER_ZERO
    return region not in _TRUNK_ZERO or (known and bool(re.match(r"\(?1[38]0?0", written)) and region in {"AU", "NZ", "IE"})


def _grouping(written: str, national: str, region: str) -> tuple[bool, bool]:
    """Whether the digits are grouped as that country prints them, and whether the first group is its area code."""
    groups, theirs = re.findall(r"\d+", written), re.findall(r"\d+", national)
    if region == "ES" and [len(group) for group in groups] == [3, 3, 3]:
        return True, groups[0] == theirs[0]     # as usual there as the 3-2-2-2 that libphonenumber prints
    if len(groups) < 2 or len(theirs) < 2:
        return False, False
    bracketed = bool(re.match(r"\([1-9]", written))
    return groups == theirs and (not bracketed or "(" in national), groups[0] == theirs[0]


def _bare(number: str) -> str:
    """The digits, without the mobile marks that Mexico (1) and Argentina (9) had after the country code and that some systems keep."""
    digits = re.sub(r"\D", "", number)
    if digits.startswith("521") and len(digits) == 13:
        return "52" + digits[3:]
    if digits.startswith("549") and len(digits) == 13:
        return "54" + digits[3:]
    return digits


# ---------------------------------------------------------------------- where people are

#: country domains that the world uses for other things than the country
_BORROWED = frozenset("ai co io me tv cc ly to fm gg so ac sh eu im is ws la vc st gs ms tk ml ga cf".split())


@lru_cache(maxsize=512)
def _of_domain(domain: str) -> str | None:
    label = domain.rpartition(".")[2].lower()
    if len(label) != 2 or label in _BORROWED:
        return next((_CARRIERS[word] for word in re.split(r"[.-]", domain.lower()) if word in _CARRIERS), None)
    import phonenumbers

    region = "GB" if label == "uk" else label.upper()
    return region if region in phonenumbers.SUPPORTED_REGIONS else None


#: telephone companies of one country, whose notices often come from a domain of none
_CARRIERS = {
    "swisscom": "CH", "kpn": "NL", "ziggo": "NL", "proximus": "BE", "telenet": "BE", "sfr": "FR", "bouyguestelecom": "FR", "windtre": "IT", "fastweb": "IT",
    "telus": "CA", "videotron": "CA", "verizon": "US", "tmobile": "US", "telstra": "AU", "optus": "AU", "airtel": "IN", "jio": "IN", "vodacom": "ZA", "telcel": "MX",
}  # fmt: skip
#: with a few words that only one country writes so
_PLACES = {
    "FR": "France|Paris|Lyon|Marseille|Toulouse|Bordeaux|Nantes|Lille|Strasbourg|Rennes|Grenoble|Montpellier|Rouen|Reims|Dijon|Angers|Caen|Metz|Annecy|Clermont-Ferrand|Le Havre|Limoges|Poitiers|Perpignan|Saint-Étienne|Avignon",
    "DE": "Deutschland|Germany|Allemagne|Berlin|Hamburg|München|Munich|Köln|Cologne|Frankfurt|Stuttgart|Düsseldorf|Leipzig|Bremen|Hannover|Nürnberg|Dresden|Dortmund|Bonn|Mannheim|Karlsruhe|Augsburg|Rostock|Münster|Wiesbaden",
    "AT": "Österreich|Austria|Wien|Vienna|Graz|Linz|Salzburg|Innsbruck|Klagenfurt|Bregenz|Jänner",
    "CH": "Schweiz|Suisse|Svizzera|Switzerland|Zürich|Zurich|Genève|Geneva|Basel|Bern|Lausanne|Luzern|St. Gallen|Winterthur|Lugano|Fribourg|Neuchâtel|Grüezi|Grüsse|Grüssen|Natel",
    "GB": "United Kingdom|England|Scotland|Wales|UK|London|Manchester|Birmingham|Edinburgh|Glasgow|Leeds|Bristol|Liverpool|Cardiff|Belfast|Sheffield|Newcastle upon Tyne|Nottingham|Leicester|Southampton|Norwich|Exeter|Plymouth|Oxford|Brighton|Aberdeen|Dundee|Swansea|Coventry",
    "IE": "Ireland|Irlande|Dublin|Galway|Limerick|Cork|Waterford|Kilkenny|Eircode",
    "US": "USA|United States|New York|San Francisco|Los Angeles|Chicago|Boston|Seattle|Austin|Denver|Atlanta|Houston|Miami|Philadelphia|Phoenix|Minneapolis|San Diego|Pittsburgh|Nashville",
    "CA": "Canada|Montréal|Montreal|Toronto|Vancouver|Québec|Quebec|Ottawa|Calgary|Winnipeg|Edmonton|Halifax|Sherbrooke|Gatineau|Trois-Rivières",
    "ES": "España|Spain|Espagne|Madrid|Barcelona|Sevilla|Bilbao|Málaga|Valencia|València|Zaragoza|Vigo|Gijón|Alicante|Valladolid|Pamplona",
    "IT": "Italia|Italy|Italie|Roma|Rome|Milano|Milan|Torino|Turin|Napoli|Bologna|Firenze|Genova|Palermo|Verona|Padova|Trieste|Catania|Brescia|Cagliari",
    "NL": "Nederland|Netherlands|Amsterdam|Rotterdam|Utrecht|Eindhoven|Den Haag|The Hague|Groningen|Haarlem|Leiden|Delft|Tilburg|Nijmegen|Arnhem|Maastricht|Breda|Zwolle",
    "BE": "België|Belgique|Belgium|Bruxelles|Brussel|Brussels|Antwerpen|Anvers|Gent|Liège|Namur|Charleroi|Leuven|Brugge|Mechelen|Hasselt|Kortrijk|Louvain-la-Neuve",
    "PT": "Portugal|Lisboa|Lisbon|Coimbra|Braga|Setúbal|Évora|Leiria",
    "BR": "Brasil|Brazil|São Paulo|Rio de Janeiro|Curitiba|Belo Horizonte|Porto Alegre|Recife|Brasília|Florianópolis|Campinas|Fortaleza",
    "LU": "Luxembourg|Luxemburg",
    "MX": "México|Mexico City|Guadalajara|Monterrey|Ciudad de México|Puebla|CDMX",
    "AU": "Australia|Sydney|Melbourne|Brisbane|Perth|Adelaide",
    "IN": "India|Bengaluru|Bangalore|Mumbai|Hyderabad|Chennai|Pune|New Delhi|Kolkata|Gurugram|Noida",
    "PL": "Polska|Poland|Warszawa|Warsaw|Kraków",
    "DK": "Danmark|Denmark|København|Copenhagen",
    "SE": "Sverige|Sweden|Stockholm|Göteborg",
    "NO": "Norge|Norway|Oslo",
    "AR": "Argentina|Buenos Aires",
    "CL": "Chile|Santiago de Chile|Valparaíso",
    "CO": "Colombia|Bogotá|Medellín",
    "PE": "Perú",
    "NZ": "New Zealand|Auckland|Christchurch",
    "ZA": "South Africa|Johannesburg|Cape Town|Durban",
    "SG": "Singapore",
}
_ENGLISH = ("GB", "US")
#: words that only one language has, and where it is spoken, the most people first; not to tell languages, only to add a country
_SPOKEN = (
    (frozenset("the you your will with this that are have to from my about should would can".split()), _ENGLISH),
    (frozenset("vous nous pour avec est les votre vos être sur au merci cordialement entretien bonjour salut suis toi tu vais appelle".split()), ("FR",)),
    (frozenset("und sie der das ist wir ihnen mit für nicht ein ich uhr grüße gespräch du dich dir auch noch bitte hallo freue".split()), ("DE",)),
    (frozenset("el los usted nuestro más está muy también hola gracias entrevista llamada saludos pero tú yo llamo buenas abrazo".split()), ("ES",)),
    (frozenset("di che per della sono gli è alle nel questa anche sarà può saluti colloquio ciao buongiorno chiamo ti non".split()), ("IT",)),
    (frozenset("het een voor niet wij zijn naar bij uw jouw graag gesprek groet ik van dat jij mij heb hebt even leuk hoi groetjes ook maar".split()), ("NL",)),
    (frozenset("não você com em seu sua é do os ao até obrigado entrevista chamada oi olá ligo mas eu nós pra abraço".split()), ("PT",)),
)
_ENOUGH_WORDS = 3       # different ones


def _spoken(text: str) -> list[str]:
    """Countries of the languages in which a text is written; a mail may hold two."""
    words = set(re.findall(r"[a-zà-ÿ]{1,10}", text[:4000].lower()))
    counted = sorted(((len(words & own), countries) for own, countries in _SPOKEN), reverse=True, key=lambda c: c[0])
    return [country for count, countries in counted[:2] if count >= _ENOUGH_WORDS for country in countries]


_CAPITAL = re.compile(r"(?<!\w)[A-ZÖÉ]\w{1,20}")


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, tuple[tuple[str, str], ...]]:
    """Place names and their countries under the name's first word."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for region, names in _PLACES.items():
        for name in names.split("|"):
            word = name.partition(" ")[0]
            found[word] = (*found.get(word, ()), (name, region))
    return found


def _places(text: str) -> list[str]:
    """Countries of the places that a text names, in its order; few, and only unmistakable ones."""
    known, found = _by_first_word(), []
    for match in _CAPITAL.finditer(text[:20_000]):
        found += [region for name, region in known.get(match[0], ()) if text.startswith(name, match.start())]
    return list(dict.fromkeys(found))[:4]
