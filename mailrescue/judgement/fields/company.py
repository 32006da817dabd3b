"""For which company the talk is: from the words, the signature, a display name; the domain alone only as a last resort.

A name in the text is held against the domain of those who write: "Harbour & Pike" is what harbourpike.example is called, and
"Centre hospitalier du Valois" what chvalois.example abbreviates. Where an agency writes and names its client, the client is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailrescue.judgement.case import Case
from mailrescue.judgement.fields import house_names
from mailrescue.judgement.fields.house_names import TOKEN, coverage, is_capital, names_in, without_legal_form
from mailrescue.judgement.fields.interviewer import callers, named_as_a_house, signed_name, spells_a_house
from mailrescue.judgement.language import stop_words
from mailrescue.judgement.people import PUBLIC_PROVIDERS
from mailrescue.judgement.persons import NAME, Person, name_tokens, tidy, without_titles
from mailrescue.model.lexicon import Hit, fold, letters

_NO_NAME = frozenset("mail email mx smtp info jobs careers career recruiting hr team talent us eu uk de fr es it nl pt br ca mx ar cl pe ie ch at be au in nz za www app my hire co com org net ac gov edu asso gouv gob gov karriere recrutement empleo".split())
_SERVICE = re.compile(r"google|calendly|(?:^|\.)cal\.com|greenhouse|ashby|lever\.co|smartrecruiters|goodtime|workday|outlook|microsoft|zoom|workable|teamtailor|recruitee|personio|bamboohr|jobvite|icims|taleo|acuity|hubspot|linkedin|indeed|gupy|infojobs|recruit|homerun|jobylon|flatchr|taleez|welcomekit|softgarden|umantis|onlyfy|pinpoint|breezy|jazzhr|bizneo|factorial|altamira|carerix|bullhorn|amazonses|sendgrid|hellowork|welcometothejungle|jobteaser|stepstone|rexx-systems|dvinci|talentsoft|successfactors|eightfold|avature|hirevue|pageup|jobadder|reachmee|varbi|emply|intervieweb|viterbit|talentclue|solides|ringcentral|webex|doodle|dialpad")
_OF = re.compile(r"(?:[ \t]+[^\W\d_]{2,30}){0,3}?[ \t]+(?:at|of|for|from|bei|der|des|von|vom|chez|de|du|della|dell|di|da|do|van|bij)(?:[ \t]+(?:the|der|dem|la|le|het|de|a|o))?(?:[ \t]+|['’])")
_WORD = re.compile(r"[^\W_]+")
_VIA = re.compile(r"\svia\s+(.+)")
_HOST = re.compile(r"(?:https?://|www\.)((?:[\w-]{1,63}\.){1,5}[a-z]{2,12})", re.I)
#: what parts a display name: "Ann Bell (Acme)", "Acme via Tracker", "Careers at Acme"
_SHOWN = re.compile(r"\s+via\s.*|[()\[\]|/,]|\s[-–—]\s|\s(?:at|@|from|bei|chez|bij|presso)\s")
_ARTICLE = re.compile(r"(?:the|der|die|das|het|de|le|la|les|el|il|lo|o|a|os|as|(?:l|d|dell|nell|all|dall|sull)['’])(?:\s+|(?<=['’]))", re.I)
_TEAMS = ("team", "equipe", "equipo", "equipa", "squadra")
_FOR = re.compile(r"\s(?:for|für|voor|as)\s")
_IN = re.compile(r"\s(?:at|en|em|na|no|bei|beim|chez|presso|bij)\s")
_KINDS = ("kind_of_company", "parts_of_a_house")
_BEFORE_A_NAME = (*_KINDS, "team_words", "recruiting", "job_interview", "interview", "conversation", "by_phone")
_IN_SIGNATURES = ("job_title_words", "occupations", "recruiting", "team_words", "calendar_lines")
_PART = re.compile(r"\s*[|·•,]\s*|\s[-–—]\s")
_KIND = 30              # letters in which a word for the kind of house stands before its name
_FITS = 0.5             # the part of a domain's letters that a name must cover
_NAMES_MOST = 60        # names of a text that are tried as the caller's


def company(case: Case) -> tuple[str | None, str]:
    """The company's name as people write it, and the reason."""
    for find, why in _WAYS:
        name = _without_article(case, without_legal_form(find(case)))
        if name:
            return name, f"'{name}' {why}"
    return None, "no company is named"


def _client(case: Case) -> str:
    """The client whom an agency names; where it speaks of one but not by name, the house of whom it introduces by their title."""
    speaks = any(case.lexicon.says("client_follows", text, case.languages) for text in case.peoples_text)
    if named := next(_names_after(case, "client_follows"), ""):
        return named
    agency = _is_an_agency(case)
    if (speaks or agency) and (named := next((name for name in _houses_of_titles(case) if not _is_theirs(case, name)), "")):
        return named
    if agency and (named := next((name for concept in ("agency_places", "kind_of_company") for name in _names_after(case, concept) if not _is_theirs(case, name)), "")):
        return named
    if agency and (named := next((name for name in _in_title(case) if not _is_theirs(case, name)), "")):
        return named
    return next(_houses_of_callers(case), "") if speaks or case.sender_says("recruiting") else ""


def _is_an_agency(case: Case) -> bool:
    """Whether those who write find people for others: their name or signature says so."""
    shown = [" ".join(re.split(r"[-_]", label)) for label in _labels(case)]
    return any(case.lexicon.says("agency", text, case.languages) for text in (*_texts(case), *shown))


def _is_theirs(case: Case, name: str) -> bool:
    """Whether the name is what the domain of those who write stands for."""
    return any(coverage(house_names.ascii_letters(label), name) >= _FITS for label in _labels(case))


def _houses_of_callers(case: Case) -> Iterator[str]:
    """Names behind the name of who will call: "Ada Bent of Corvin Mills will ring you"."""
    quoted = [said.words for said in case.words.said("they_dial")]
    for text in case.peoples_text:
        for match in list(NAME.finditer(text))[:_NAMES_MOST]:
            of = _OF.match(text, match.end())
            rest = text[of.end() : of.end() + 100] if of else ""
            segment = _leading(case, rest)
            behind = rest[len(segment) : len(segment) + 40].replace("\n", " ")
            if segment and len(match[0].split()) > 1 and not _is_a_person(case, segment) and any(words.split()[-1] in behind for words in quoted):
                yield segment


def _houses_of_titles(case: Case) -> Iterator[str]:
    """Names behind a title: "Ada Bent, plant manager at Corvin Mills"."""
    for text in case.peoples_text:
        for hit in case.lexicon.hits("job_title_words", text, case.languages):
            match = _OF.match(text, hit.end)
            if match and text[hit.start : match.end()] not in case.invite.summary:        # there a "Head of Quality" is wanted
                rest = text[match.end() : match.end() + 100]
                segment = _leading(case, rest)
                if segment and not _is_a_person(case, segment):
                    yield segment


def _fits_domain(case: Case) -> str:
    """The name in the text that the domain of those who write is made of; of several the fullest that stands by itself."""
    best: tuple[float, int, int, str] = (0.0, 0, 0, "")
    plain = stop_words(case.lexicon, case.languages)
    segments = list(dict.fromkeys(s for text in _texts(case) for s in names_in(text, plain)))
    for rank, label in enumerate(list(_labels(case)) or _linked(case)):
        for segment in segments:
            score, name = _likeness(label, segment, case)
            if (score, -rank, len(name)) > best[:3]:
                best = (score, -rank, len(name), name)
    return best[3]


def _displayed(case: Case) -> str:
    """What a display name tells of the house: "Acme Hiring Team"; "Acme via Tracker", "Ann (Acme)" where people's words name it again."""
    for address in (case.message.from_, case.invite.organizer):
        parts = _SHOWN.split(address.name) if address is not None else []
        for place, part in enumerate(part.strip() for part in parts):
            name = _without_article(case, _trimmed(case, part))
            if not name or not is_capital(name) or _SERVICE.fullmatch(fold(name)) or fold(name) in stop_words(case.lexicon, case.languages) or _says_only_what(case, name) or _is_a_person(case, name):
                continue
            named = any(name in text for text in case.peoples_text) or (place and " " in name and _is_a_person(case, tidy(parts[0], case.lexicon)))
            if _without_team(case, part) != part or (named and _alone(case, name) and not _is_a_signer(case, name)):
                lines = (line.strip() for text in case.peoples_text for line in text.splitlines())
                return next((line for line in lines if line.startswith(f"{name} ") and line == _leading(case, line) == _without_team(case, line)), name)
    return ""


def _says_only_what(case: Case, name: str) -> bool:
    """Whether the words are no name but what kind of house it is ("Bureau", "Team")."""
    return any(hit.start == 0 and hit.end == len(name) for hits in case.lexicon.hits_of((*_KINDS, "team_words"), name).values() for hit in hits)


def _introduced(case: Case) -> str:
    """A name that words like "at" or "chez" introduce, in the title first."""
    return next(_names_after(case, "company_follows"), "")


def _title_part(case: Case) -> str:
    """The house that the title names, where only a service shows who writes."""
    return "" if next(_labels(case), "") else next(_in_title(case), "")


def _in_title(case: Case) -> Iterator[str]:
    """The parts of the title that people's words name again: "Phone interview - Acme - Clerk"."""
    told = [text.replace(case.invite.summary, "") for (place, _), text in zip(case.pieces, case.peoples_text, strict=True) if place not in ("title", "subject")]
    plain = stop_words(case.lexicon, case.languages)
    for part in re.split(r"\s[-–—|/]+\s|:\s", case.invite.summary)[1:]:
        name = next((s for s in names_in(part, plain) if s == part.strip()), "")
        if name and _alone(case, name) and not case.lexicon.says("occupations", name, case.languages) and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in told):
            yield name


def _is_a_signer(case: Case, name: str) -> bool:
    """Whether somebody signs so, or calls: a name such as people have stands alone on one of the last lines."""
    if without_legal_form(name) != name or not NAME.fullmatch(name) or named_as_a_house(case, name):
        return False
    return name in callers(case) or any(line.strip(" ,") == name for text in case.peoples_text for line in text.rstrip().splitlines()[-3:-1])


def _from_initials(case: Case) -> str:
    """The name whose initials a part of the domain is: "abc-leeds" for "Adams & Brook Carpets"."""
    plain = stop_words(case.lexicon, case.languages)
    parts = [part for label in _labels(case) for part in re.split(r"[-_]", label) if 3 <= len(part) <= 5]
    for segment in (s for text in _texts(case) for s in names_in(text, plain)) if parts else ():
        name = _trimmed(case, segment)
        if house_names.initials(name) & set(parts) and not _is_a_person(case, name):
            return name
    return ""


def _signed_house(case: Case) -> str:
    """What a signature names beside or below the signer: "Ann Bell, Buyer | Brook & Sons"; of several what is named again, or has a legal form."""
    found = dict.fromkeys(_in_signatures(case))
    return next((name for name in found if _is_sure(case, name)), next((name for name in found if len(TOKEN.findall(name)) > 1), ""))


def _is_sure(case: Case, name: str) -> bool:
    return name in case.invite.summary or without_legal_form(name) != name or any(text.count(name) > 1 for text in case.peoples_text)


def _in_signatures(case: Case) -> Iterator[str]:
    """The first name on each line from the signer's own on, titles and departments aside; where nobody signs, only what is sure."""
    signed = signed_name(case)
    for text in case.peoples_text:
        lines = [line.strip() for line in text.splitlines() if line.strip()][-9:]
        heads = [without_titles(_PART.split(line)[0].rstrip("."), case.lexicon) for line in lines]
        signer = max((i for i, head in enumerate(heads) if head and (head == signed or _is_a_person(case, head))), default=-1)
        for place, line in enumerate(lines[signer : signer + 5] if signer >= 0 else lines[2:][-2:]):
            for part in _PART.split(line)[signer >= 0 and place == 0 :][:3]:
                name = _leading(case, part)
                if name and part[len(name) :].strip()[:1] in ("", "(") and not _is_a_person(case, name) and not any(case.lexicon.hits_of(_IN_SIGNATURES, part, case.languages).values()):
                    if signer >= 0 or _is_sure(case, name):
                        yield name
                    break


def _from_domain(case: Case) -> str:
    """The domain's own label, capitalised: a guess, made only where nothing names the company."""
    return " ".join(part.capitalize() for part in re.split(r"[-_]+", next(_labels(case), "")))


_WAYS = (
    (_client, "is the client for whom an agency writes"),
    (_from_initials, "is what their domain abbreviates"),
    (_fits_domain, "is what their domain stands for"),
    (_displayed, "is in whose name the mail is sent"),
    (_title_part, "is named in the title and in the text"),
    (_signed_house, "stands under the signature"),
    (_introduced, "is named as the company"),
    (_from_domain, "is a guess from their domain"),
)


def _labels(case: Case) -> Iterator[str]:
    """What the domains of those who write are called, without what every domain has; none of a public provider or a service."""
    mine = {address.rpartition("@")[2] for address in case.me.addresses}
    seen = set(mine)
    via = {a.email: letters(found[1]) for a in (case.message.from_, case.invite.organizer) if a is not None and (found := _VIA.search(a.name))}
    ordered = sorted(case.persons, key=lambda p: p.robot or not ({"organizer", "from", "reply-to"} & set(p.roles)))
    for person in ordered:
        local, _, domain = person.email.rpartition("@")
        if not domain or domain in PUBLIC_PROVIDERS or domain in mine:
            continue
        label = (local if "myworkday." in domain else "") if _SERVICE.search(domain) else _label(domain)
        if label and label not in seen and not (person.email in via and (letters(label) in via[person.email] or via[person.email] in letters(label))):
            seen.add(label)
            yield label


def _label(domain: str) -> str:
    return next((p for p in reversed(domain.split(".")[:-1]) if p not in _NO_NAME), "")


def _linked(case: Case) -> list[str]:
    """The same of the pages that the words point to, where no address tells."""
    hosts = dict.fromkeys(found[1].lower() for text in case.peoples_text for found in _HOST.finditer(text))
    return [label for host in hosts if not _SERVICE.search(host) and (label := _label(host))]


def _texts(case: Case) -> list[str]:
    shown = [a.name for a in (case.message.from_, case.invite.organizer, *case.message.reply_to) if a is not None and a.name]
    return [*case.peoples_text, *shown]


def _leading(case: Case, text: str) -> str:
    """The name that the text begins with, empty where it begins with none or with courtesy's capitals ("bei Ihnen")."""
    plain = stop_words(case.lexicon, case.languages)
    return next((s for s in names_in(text, plain) if text.startswith(s) and fold(s) not in plain), "")


def _likeness(label: str, segment: str, case: Case) -> tuple[float, str]:
    """How well the label and the segment go together (1: every letter), and the name: the whole segment where it stands by itself."""
    wanted = house_names.ascii_letters(label)
    if not any(wanted[:3] in house_names.ascii_letters(word) or house_names.ascii_letters(word)[:4] in wanted for word in TOKEN.findall(segment)):
        return 0.0, ""
    name = max(_trimmed(case, segment), segment, key=lambda text: coverage(wanted, text))        # "Acme Cloud" of acme.example is "Acme", but not of acmecloud.example
    if not _alone(case, name):
        name = house_names.core(wanted, name)
    else:                                                   # "Aufnahme Acme", "Claims of Acme" where they sign "Acme"
        shorter = (name[token.start() :] for token in [*TOKEN.finditer(name)][1:] if is_capital(token[0]))
        name = next((rest for rest in shorter if coverage(wanted, rest) == coverage(wanted, name) and _stands_without(case, rest, name)), name)
    score = coverage(wanted, name)
    if not name or score < _FITS or _is_a_person(case, name):
        return 0.0, ""
    return (1.0 if score > 0.9 else round(score, 1)), name


def _alone(case: Case, name: str) -> bool:
    """Whether the segment is one name: none of the user's, no plain word but one, no job's title before it."""
    tokens = set(name_tokens(name))
    given = {p[0] for p in map(name_tokens, [person.name for person in _people(case)]) if p}
    return not tokens & case.my_name and not tokens & given and not case.lexicon.says("job_title_words", name, case.languages)


def _trimmed(case: Case, text: str) -> str:
    """The house's name alone: without a team's words around it, a job before or behind, words before that say what it is ("Cabinet Orsay")."""
    text = _without_the_job(case, _of_the_house(case, _from_its_first_word(case, text)))
    return _without_what_leads(case, text)


def _from_its_first_word(case: Case, text: str) -> str:
    """From the first capital behind courtesy and small words: "Desde el Ayuntamiento de Acme", "d'Acme"."""
    text = without_titles(house_names.ELIDED.sub("", text, count=1) if house_names.ELIDED.match(text) else text, case.lexicon)
    plain = stop_words(case.lexicon, case.languages)
    tokens = list(TOKEN.finditer(text))
    lead = next((i for i, token in enumerate(tokens) if fold(token[0]) not in plain or _ARTICLE.fullmatch(f"{token[0]} ")), len(tokens))
    return text[next((token.start() for token in tokens[lead:] if is_capital(token[0])), 0) :]


def _of_the_house(case: Case, text: str) -> str:
    """Without its team's words, unless people name it with them again and again."""
    shorter = _without_team(case, text)
    shown = [address.name for address in (case.message.from_, case.invite.organizer) if address is not None]
    often = sum(told.count(text) for told in case.peoples_text) > 1
    return text if often and shorter not in shown and not _stands_without(case, shorter, text) else shorter


def _without_the_job(case: Case, text: str) -> str:
    """"Acme" of "Acme for the Bookkeeper role" and of "Bookkeeper at Acme"."""
    if (job := _FOR.search(text)) and _names_a_job(case, text[job.end() :]):
        text = text[: job.start()]
    house = _IN.search(text)
    return text[house.end() :] if house and _names_a_job(case, text[: house.start()]) else text


def _names_a_job(case: Case, text: str) -> bool:
    return any(case.lexicon.says(concept, text, case.languages) for concept in ("occupations", "job_title_words"))


def _without_what_leads(case: Case, text: str) -> str:
    """Without words before it that say what it is or name a talk: "Phone screen Acme"; but "Mairie d'Acme" is its name."""
    for turn in range(3):
        said = [h for hits in case.lexicon.hits_of(_BEFORE_A_NAME, text, case.languages).values() for h in hits if h.start == 0 and h.end < len(text)]
        if not said:
            break
        longest = max(said, key=lambda hit: hit.end)
        rest = text[next((t.start() for t in TOKEN.finditer(text) if t.start() >= longest.end and is_capital(t[0])), len(text)) :]
        if not rest or (_may_belong(case, longest, text) and not turn and not _ARTICLE.match(rest) and not _stands_without(case, rest, text)):
            break
        text = rest
    return text


def _may_belong(case: Case, hit: Hit, text: str) -> bool:
    """Whether a word before a name may be its first: "Azienda Agricola Acme", "Mairie d'Acme", "Kanzlei Bent", but not "L'équipe d'Acme", "Jobs Acme"."""
    if letters(hit.words).endswith(_TEAMS):
        return False
    if hit.concept == "team_words":
        return not is_capital(text[hit.end :].lstrip() or "-") or _names_a_person(case, text[hit.end :])
    return hit.concept == "kind_of_company" and len(_WORD.findall(hit.words)) == 1


def _stands_without(case: Case, name: str, longer: str) -> bool:
    """Whether people's words name it by itself, too: "Acme" of "Acme Talent", "Acme" of "The Acme"; but Bent of "Kanzlei Bent" is a person."""
    return name != longer and not _names_a_person(case, name) and any(len(re.findall(rf"(?<![\w&-]){re.escape(name)}(?![\w&-])", text)) > text.count(longer) for text in case.peoples_text)


def _names_a_person(case: Case, text: str) -> bool:
    return not {token for person in _people(case) for token in name_tokens(person.name)}.isdisjoint(name_tokens(text))


def _without_team(case: Case, text: str) -> str:
    """"Acme" of "Acme Recruiting Calendar" and "The Acme Team"; the whole where nothing is left."""
    kept = text.rstrip()
    while hits := [h.start for h in case.lexicon.hits("team_words", kept, case.languages) if h.end == len(kept) and h.start > 0]:
        words = kept[: min(hits)].strip(" -–|,:").split()
        while words and house_names.is_small(words[-1]):
            words.pop()
        kept = " ".join(words)
    return (kept[article.end() :] if kept != text.rstrip() and (article := _ARTICLE.match(kept)) else kept) or text


def _without_article(case: Case, name: str) -> str:
    """"l'Institut Acme" and "The Acme" without their articles, these where it is called so elsewhere: "the Acme", "Acme's"."""
    article = _ARTICLE.match(name)
    rest = name[article.end() :] if article else ""
    labels = [house_names.ascii_letters(label) for label in _labels(case)]
    elided = article is not None and not article[0].endswith(" ") and any(label.startswith(house_names.ascii_letters(rest)[:4]) for label in labels)       # "L'" may begin a sentence
    if article and rest and (name[0].islower() or elided or any(text.count(f"{name[0].lower()}{name[1:]}") for text in case.peoples_text) or (fold(article[0]) == "the " and _stands_without(case, rest, name))):
        return rest
    return name


def _people(case: Case) -> list[Person]:
    """Those who have a mailbox of their own, no house in whose name a system writes."""
    return [p for p in case.persons if p.human and not spells_a_house(case, p) and letters(p.email.partition("@")[0]) != letters(_label(p.email.partition("@")[2]))]


def _is_a_person(case: Case, name: str) -> bool:
    tokens = set(name_tokens(name))
    labels = set(_labels(case))
    told = (p for p in case.persons if not p.email and not house_names.initials(p.name) & labels and not _is_theirs(case, p.name))        # "interview with Acme" tells of a house
    persons = [name_tokens(p.name) for p in (*_people(case), *told)] + [name_tokens(case.me.name)]
    return bool(tokens) and any(tokens <= set(person) and (len(tokens) > 1 or tokens == {person[0]}) for person in persons if person)


def _names_after(case: Case, concept: str) -> Iterator[str]:
    """Names right behind the concept's words, no person's and not the user's."""
    for text in case.peoples_text:
        for hit in case.lexicon.hits(concept, text, case.languages):
            behind = text[hit.end : hit.end + 100]
            match = re.match(r"[\s:,(\"'«“]{1,4}", behind)
            if not match:
                continue
            rest = behind[match.end() :]
            kinds = [h.end for hits in case.lexicon.hits_of(_KINDS, rest[:_KIND], case.languages).values() for h in hits if h.start == 0 and rest[0].islower()]
            rest = re.sub(r"^(?:(?:die|der|das|the|la|le|el|il|o|a|de|het|our|l')\s+)?", "", rest[max(kinds, default=0) :].lstrip())
            segment = _leading(case, rest)
            name = _without_team(case, segment)
            tokens = set(name_tokens(name))
            people = {t for p in case.persons if p.email or (concept == "company_follows" and not spells_a_house(case, p)) for t in name_tokens(p.name)}        # "with Acme" may name a person or a house
            if tokens and not tokens & case.my_name and not tokens <= people and not _says_only_what(case, name):
                yield name
