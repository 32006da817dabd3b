"""For which company the talk is: from the words, the signature, a display name; the domain alone only as a last resort.

A name in the text is held against the domain of those who write: "Harbour & Pike" is what harbourpike.example is called, and
"Centre hospitalier du Valois" what chvalois.example abbreviates. Where an agency writes and names its client, the client is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mailrescue.judgement.case import Case
from mailrescue.judgement.fields.interviewer import LEGAL_FORMS, callers, named_as_a_house, signed_name, spells_a_house
from mailrescue.judgement.language import stop_words
from mailrescue.judgement.people import PUBLIC_PROVIDERS
from mailrescue.judgement.persons import NAME, Person, name_tokens, tidy, without_titles
from mailrescue.model.lexicon import Hit, fold, letters

_SMALL = frozenset("de du des d l la le les lo los las el del della dei degli delle dello di da do dos das e y et and und en of the für fur for van von vom der die das den het 't & + i a to in im am aan op al à".split())
_AND = ("and", "und", "et", "y", "e", "en", "")
_LEGAL = frozenset(
    "inc llc llp ltd limited gmbh mbh ag sa sas sarl sasu bv nv plc co kg ohg ug ev eg se spa srl srls sl slu sau lda ltda eireli me sccl scop scic scrl sprl asbl vzw cv vof pty corp corporation oy ab as aps kgaa ek eurl snc pvt pte private sac eirl sapi cia bhd sdn kft sro doo zoo aor kdor ggmbh gbr partg mbb scea gie selarl selas earl slp slne unipessoal sgps scarl scpa bvba pllc pbc lp incorporated".split()
)
_NO_NAME = frozenset("mail email mx smtp info jobs careers career recruiting hr team talent us eu uk de fr es it nl pt www app my hire co com org net ac gov edu asso gouv gob gov karriere recrutement empleo".split())
_SERVICE = re.compile(r"google|calendly|(?:^|\.)cal\.com|greenhouse|ashby|lever\.co|smartrecruiters|goodtime|workday|outlook|microsoft|zoom|workable|teamtailor|recruitee|personio|bamboohr|jobvite|icims|taleo|acuity|hubspot|linkedin|indeed|gupy|infojobs|recruit|homerun|jobylon|flatchr|taleez|welcomekit|softgarden|umantis|onlyfy|pinpoint|breezy|jazzhr|bizneo|factorial|altamira|carerix|bullhorn|amazonses|sendgrid")
# Between two of these stands one name, one job title, one address: a signature's "Recruiter, Acme GmbH | www.acme.example".
_BREAK = re.compile(r"[|·•,;:()\[\]<>«»“”\"!?/\n\t@]|\s[-–—]+\s|(?<!\bSt)(?<!\bSte)(?<!\bMt)(?<!\bGebr)\.(?=\s|$)|\s{2,}")
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|&|\+")
_OF = re.compile(r"(?:[ \t]+[^\W\d_]{2,30}){0,3}?[ \t]+(?:at|of|for|from|bei|der|des|von|vom|chez|de|du|della|dell|di|da|do|van|bij)(?:[ \t]+(?:the|der|dem|la|le|het|de|a|o))?(?:[ \t]+|['’])")
_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"(?:d|l|dell|nell|all|dall|sull)['’]")
_VIA = re.compile(r"\svia\s+(.+)")
_HOST = re.compile(r"(?:https?://|www\.)((?:[\w-]{1,63}\.){1,5}[a-z]{2,12})", re.I)
#: what parts a display name: "Ann Bell (Acme)", "Acme via Tracker", "Careers at Acme"
_SHOWN = re.compile(r"\s+via\s.*|[()\[\]|/,]|\s[-–—]\s|\s(?:at|@|from|bei|chez|bij|presso)\s")
_CAPITAL = re.compile(r"[^\W_a-zß-öø-ÿ]")
_ARTICLE = re.compile(r"(?:the|der|die|das|het|de|le|la|les|el|il|lo|o|a|os|as|(?:l|d|dell|nell|all|dall|sull)['’])(?:\s+|(?<=['’]))", re.I)
_FOR = re.compile(r"\s(?:for|für|voor|as)\s")
_TEAMS = ("team", "equipe", "equipo", "equipa")
_BEFORE_A_NAME = ("kind_of_company", "team_words", "recruiting", "job_interview", "interview", "conversation", "by_phone")
_IN_SIGNATURES = ("job_title_words", "occupations", "recruiting", "team_words", "calendar_lines")
_PART = re.compile(r"\s*[|·•,]\s*|\s[-–—]\s")
_MOST_WORDS = 7
_KIND = 30              # letters in which a word for the kind of house stands before its name
_FITS = 0.5             # the part of a domain's letters that a name must cover
_NAMES_MOST = 60        # names of a text that are tried as the caller's


def company(case: Case) -> tuple[str | None, str]:
    """The company's name as people write it, and the reason."""
    for find, why in _WAYS:
        name = _without_article(case, _without_legal_form(find(case)))
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
    return next(_houses_of_callers(case), "") if speaks or case.sender_says("recruiting") else ""


def _is_an_agency(case: Case) -> bool:
    """Whether those who write find people for others: their name or signature says so."""
    shown = [" ".join(re.split(r"[-_]", label)) for label in _labels(case)]
    return any(case.lexicon.says("agency", text, case.languages) for text in (*_texts(case), *shown))


def _is_theirs(case: Case, name: str) -> bool:
    """Whether the name is what the domain of those who write stands for."""
    return any(_coverage(_ascii(label), name) >= _FITS for label in _labels(case))


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
    segments = list(dict.fromkeys(s for text in _texts(case) for s in _segments(text, plain)))
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
            if not name or not _is_capital(name) or _SERVICE.fullmatch(fold(name)) or fold(name) in stop_words(case.lexicon, case.languages) or _says_only_what(case, name) or _is_a_person(case, name):
                continue
            named = any(name in text for text in case.peoples_text) or (place and " " in name and _is_a_person(case, tidy(parts[0], case.lexicon)))
            if _without_team(case, part) != part or (named and _alone(case, name) and not _is_a_signer(case, name)):
                return name
    return ""


def _says_only_what(case: Case, name: str) -> bool:
    """Whether the words are no name but what kind of house it is ("Bureau", "Team")."""
    return any(hit.start == 0 and hit.end == len(name) for concept in ("kind_of_company", "team_words") for hit in case.lexicon.hits(concept, name))


def _introduced(case: Case) -> str:
    """A name that words like "at" or "chez" introduce, in the title first."""
    return next(_names_after(case, "company_follows"), "")


def _title_part(case: Case) -> str:
    """The part of the title that people's words name again, where only a service shows who writes: "Phone interview - Acme - Clerk"."""
    if next(_labels(case), ""):
        return ""
    told = [text for (place, _), text in zip(case.pieces, case.peoples_text, strict=True) if place not in ("title", "subject")]
    plain = stop_words(case.lexicon, case.languages)
    for part in re.split(r"\s[-–—|/]+\s|:\s", case.invite.summary)[1:]:
        name = next((s for s in _segments(part, plain) if s == part.strip()), "")
        if name and _alone(case, name) and not case.lexicon.says("occupations", name, case.languages) and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.replace(case.invite.summary, "")) for text in told):
            return name
    return ""


def _incorporated(case: Case) -> str:
    """A name with its legal form behind it: "Verlag Acme AG"."""
    plain = stop_words(case.lexicon, case.languages)
    for text in case.peoples_text:
        for segment in _segments(text, plain):
            words = segment.split()
            if 1 < len(words) <= _MOST_WORDS and len(letters(words[-1])) > 1 and letters(words[-1]) in LEGAL_FORMS and not _is_a_person(case, segment):
                return segment
    return ""


def _is_a_signer(case: Case, name: str) -> bool:
    """Whether somebody signs so, or calls: a name such as people have stands alone on one of the last lines."""
    if _without_legal_form(name) != name or not NAME.fullmatch(name) or named_as_a_house(case, name):
        return False
    return name in callers(case) or any(line.strip(" ,") == name for text in case.peoples_text for line in text.rstrip().splitlines()[-3:-1])


def _from_initials(case: Case) -> str:
    """The name whose initials a part of the domain is: "abc-leeds" for "Adams & Brook Carpets"."""
    plain = stop_words(case.lexicon, case.languages)
    parts = [part for label in _labels(case) for part in re.split(r"[-_]", label) if 3 <= len(part) <= 5]
    for segment in (s for text in _texts(case) for s in _segments(text, plain)) if parts else ():
        name = _trimmed(case, segment)
        if _initials(name) in parts and not _is_a_person(case, name):
            return name
    return ""


def _initials(name: str) -> str:
    return "".join(letters(word)[:1] for word in _TOKEN.findall(name) if not _is_small(word) and letters(word) not in _LEGAL)


def _signed_house(case: Case) -> str:
    """What a signature names beside or below the signer, titles and departments aside: "Ann Bell, Buyer | Brook & Sons", "Ann", below "Brook & Sons, Leeds"."""
    signed = signed_name(case)
    found: dict[str, int] = {}
    for text in case.peoples_text:
        lines = [line.strip() for line in text.splitlines() if line.strip()][-9:]
        signer = next((i for i, line in reversed([*enumerate(lines)]) if (name := without_titles(_PART.split(line)[0].rstrip("."), case.lexicon)) and (name == signed or _is_a_person(case, name))), len(lines))
        for place, line in enumerate(lines[signer : signer + 5]):
            for part in _PART.split(line)[place == 0 :][:3]:
                name = _leading(case, part)
                rest = part[len(name) :].strip()
                if name and (not rest or rest[0] in "(") and not _is_a_person(case, name) and not any(case.lexicon.says(concept, part, case.languages) for concept in _IN_SIGNATURES):
                    again = name in case.invite.summary or any(t.count(name) > 1 for t in case.peoples_text)
                    if len(_TOKEN.findall(name)) > 1 or again:
                        found.setdefault(name, 0 if again or _without_legal_form(name) != name else 1)
                    break
    return min(found, key=lambda name: found[name], default="")


def _from_hyphens(case: Case) -> str:
    """A label of several words: "parallax-freight"; a robot's is as likely its maker's."""
    people = {_label(person.email.rpartition("@")[2]) for person in case.persons if not person.robot}
    return _spelt(next((label for label in _labels(case) if "-" in label and label in people), ""))


def _from_domain(case: Case) -> str:
    """The domain's own label, capitalised: a guess, made only where nothing names the company."""
    return _spelt(next(_labels(case), ""))


def _spelt(label: str) -> str:
    return " ".join(part.capitalize() for part in re.split(r"[-_]+", label))


_WAYS = (
    (_client, "is the client for whom an agency writes"),
    (_from_initials, "is what their domain abbreviates"),
    (_fits_domain, "is what their domain stands for"),
    (_displayed, "is in whose name the mail is sent"),
    (_title_part, "is named in the title and in the text"),
    (_signed_house, "stands under the signature"),
    (_incorporated, "is named with its legal form"),
    (_introduced, "is named as the company"),
    (_from_hyphens, "is what their domain spells out"),
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


@lru_cache(maxsize=256)
def _segments(text: str, plain: frozenset[str]) -> tuple[str, ...]:
    """All runs of capitalised words, small words and one plain word between ("Office notarial Delage"), in the order of the text."""
    found: dict[str, None] = {}
    for part in _BREAK.split(text[:8000]):
        tokens = list(_TOKEN.finditer(part[:300]))
        run: list[re.Match[str]] = []
        for token, following in zip(tokens, [tokens[i + 1 : i + 3] for i in range(len(tokens))], strict=True):
            if _is_capital(token[0]) or (run and (_is_small(token[0]) or (fold(token[0]) not in plain and _plain_between(run, token, following)))):
                run.append(token)
                continue
            _keep(part, run, found)
            run = []
        _keep(part, run, found)
    return tuple(found)


def _leading(case: Case, text: str) -> str:
    """The name that the text begins with, empty where it begins with none or with courtesy's capitals ("bei Ihnen")."""
    plain = stop_words(case.lexicon, case.languages)
    return next((s for s in _segments(text, plain) if text.startswith(s) and fold(s) not in plain), "")


def _keep(part: str, run: list[re.Match[str]], found: dict[str, None]) -> None:
    if len(run) > 1 and all(token[0].isdigit() for token in run[-2:]):        # a number to ring follows the name
        while run and run[-1][0].isdigit():
            run = run[:-1]
    while run and not _is_capital(run[-1][0]):
        run = run[:-1]
    if run and len(run) <= _MOST_WORDS + 4:
        found.setdefault(part[run[0].start() : run[-1].end()])


def _plain_between(run: list[re.Match[str]], token: re.Match[str], following: list[re.Match[str]]) -> bool:
    """One plain word may stand between: "Centre hospitalier du Valois", "École de musique des Ardennes"."""
    leads_on = any(_is_capital(word[0]) for word in following[:1]) or (len(following) == 2 and _is_small(following[0][0]) and _is_capital(following[1][0]))
    plain = sum(not _is_capital(word[0]) and not _is_small(word[0]) for word in run)
    return plain == 0 and leads_on and token[0].isalpha() and len(token[0]) > 3


def _is_capital(word: str) -> bool:
    return bool(_CAPITAL.match(word)) or word[0].isdigit() or bool((elided := _ELIDED.match(word)) and _CAPITAL.match(word[elided.end() :]))


def _is_small(word: str) -> bool:
    return fold(word) in _SMALL or word in "&+"


def _likeness(label: str, segment: str, case: Case) -> tuple[float, str]:
    """How well the label and the segment go together (1: every letter), and the name: the whole segment where it stands by itself."""
    wanted = _ascii(label)
    if not any(wanted[:3] in _ascii(word) or _ascii(word)[:4] in wanted for word in _TOKEN.findall(segment)):
        return 0.0, ""
    name = max(_trimmed(case, segment), segment, key=lambda text: _coverage(wanted, text))        # "Acme Cloud" of acme.example is "Acme", but not of acmecloud.example
    if not _alone(case, name):
        name = _core(wanted, name)
    elif not any(name in text for text in case.peoples_text):        # only a display name says so: "Aufnahme Acme" where they sign "Acme"
        shorter = (name[token.start() :] for token in [*_TOKEN.finditer(name)][1:] if _is_capital(token[0]))
        name = next((rest for rest in shorter if _coverage(wanted, rest) == _coverage(wanted, name) and _stands_without(case, rest, name)), name)
    score = _coverage(wanted, name)
    if not name or score < _FITS or _is_a_person(case, name):
        return 0.0, ""
    return (1.0 if score > 0.9 else round(score, 1)), name


@lru_cache(maxsize=4096)
def _ascii(text: str) -> str:
    """The letters, an umlaut and what domains write for it made one: "Hübner" is huebner.example."""
    return re.sub("([aou])e", r"\1", letters(text).replace("ß", "ss"))


def _coverage(wanted: str, name: str) -> float:
    """The part of the label's letters that the name's words cover; nought where no whole word of the name is in it."""
    words = _TOKEN.findall(name)
    if not words or len(words) > _MOST_WORDS:
        return 0.0
    pieces = [piece for word in words for piece in re.split(r"['’.-]", word)]
    solid = [w for w in map(_ascii, pieces) if w and w not in _LEGAL and w not in _SMALL]
    if not any(len(w) > 2 and (w[:5] in wanted or wanted in w) for w in solid):
        return 0.0
    parts = [(part if word not in "&+" else word) for word in words for part in re.split(r"['’.-]", word)]
    spoken = _AND if {"&", "+"} & set(words) else ("",)
    return max(_covered(wanted, [link if part in "&+" else _ascii(part) for part in parts]) for link in spoken) / max(1, len(wanted))


def _core(wanted: str, name: str) -> str:
    """The shortest run of the segment's words that covers the label best."""
    tokens = list(_TOKEN.finditer(name))
    best: tuple[float, int, str] = (0.0, 0, "")
    for i in range(len(tokens)):
        for j in range(i, min(i + 5, len(tokens))):
            run = name[tokens[i].start() : tokens[j].end()]
            if _is_capital(tokens[i][0]) and _is_capital(tokens[j][0]):
                score = _coverage(wanted, run)
                if (score, -(j - i)) > best[:2]:
                    best = (score, -(j - i), run)
    return best[2]


def _alone(case: Case, name: str) -> bool:
    """Whether the segment is one name: none of the user's, no plain word but one, no job's title before it."""
    tokens = set(name_tokens(name))
    given = {p[0] for p in map(name_tokens, [person.name for person in _people(case)]) if p}
    return not tokens & set(name_tokens(case.me.name)) and not tokens & given and not case.lexicon.says("job_title_words", name, case.languages)


def _covered(label: str, words: list[str]) -> int:
    """How many letters of the label the words cover in order, each word by its beginning (or all of it)."""
    best = [0] * (len(label) + 1)
    reach = [[0] * (len(label) + 1) for _ in range(len(words) + 1)]
    for i in range(len(words) - 1, -1, -1):
        for j in range(len(label), -1, -1):
            most = max(reach[i + 1][j], reach[i][j + 1] if j < len(label) else 0)
            common = 0
            while common < len(words[i]) and j + common < len(label) and words[i][common] == label[j + common]:
                common += 1
                weight = common if common >= min(3, len(words[i])) or common == 1 else 0
                if weight:
                    most = max(most, weight + reach[i + 1][j + common])
            reach[i][j] = most
    best = reach[0]
    return best[0]


def _trimmed(case: Case, text: str) -> str:
    """Without a team's words around it, and words before that say what it is or name a talk ("Cabinet Orsay", "Phone screen Acme")."""
    plain = stop_words(case.lexicon, case.languages)
    text = without_titles(_ELIDED.sub("", text, count=1) if _ELIDED.match(text) else text, case.lexicon)
    leads = [t for t in _TOKEN.finditer(text) if fold(t[0]) not in plain or _ARTICLE.fullmatch(f"{t[0]} ")]        # "Desde el Ayuntamiento"
    text = text[next((t.start() for t in _TOKEN.finditer(text) if leads and t.start() >= leads[0].start() and _is_capital(t[0])), 0) :]
    shown = [address.name for address in (case.message.from_, case.invite.organizer) if address is not None]
    shorter = _without_team(case, text)
    if sum(t.count(text) for t in case.peoples_text) < 2 or shorter in shown or _stands_without(case, shorter, text):
        text = shorter
    if (job := _FOR.search(text)) and any(case.lexicon.says(concept, text[job.end() :], case.languages) for concept in ("occupations", "job_title_words")):
        text = text[: job.start()]
    for turn in range(3):
        said = [h for hits in case.lexicon.hits_of(_BEFORE_A_NAME, text, case.languages).values() for h in hits if h.start == 0 and h.end < len(text)]
        longest = max(said, key=lambda hit: hit.end, default=None)
        rest = text[next((t.start() for t in _TOKEN.finditer(text) if longest and t.start() >= longest.end and _is_capital(t[0])), len(text)) :]
        if not longest or not rest or (_may_belong(case, longest, text) and not turn and not _ARTICLE.match(rest) and not _stands_without(case, rest, text)):
            break
        text = rest
    return text


def _may_belong(case: Case, hit: Hit, text: str) -> bool:
    """Whether a word before a name may be its first: "Azienda Agricola Acme", "Mairie d'Acme", "Kanzlei Bent", but not "L'équipe d'Acme", "Jobs Acme"."""
    if hit.concept == "team_words":
        return not _is_capital(text[hit.end :].lstrip() or "-") or _names_a_person(case, text[hit.end :])
    return hit.concept == "kind_of_company" and len(_WORD.findall(hit.words)) == 1 and fold(hit.words) not in _TEAMS


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
        while words and _is_small(words[-1]):
            words.pop()
        kept = " ".join(words)
    return (kept[article.end() :] if kept != text.rstrip() and (article := _ARTICLE.match(kept)) else kept) or text


def _without_legal_form(name: str) -> str:
    """"Werft Nord GmbH & Co. KG" is "Werft Nord", but "Larch & Co" keeps its partner."""
    words = name.split()
    words = words[: next((i for i, word in enumerate(words) if i and word[0].isupper() and letters(word) in LEGAL_FORMS), len(words)) + 1]        # "Acme GmbH in Kassel"
    while len(words) > 1 and letters(words[-1]) in _LEGAL:
        partner = words[-2] in ("&", "+")
        if partner and (len(words) < 4 or letters(words[-3]) not in _LEGAL):
            break
        words = words[: -2 if partner else -1]
    return " ".join(words).rstrip(" ,")


def _without_article(case: Case, name: str) -> str:
    """"l'Institut Acme" and "The Acme" without their articles, these where it is called so elsewhere: "the Acme", "Acme's"."""
    article = _ARTICLE.match(name)
    rest = name[article.end() :] if article else ""
    labels = [_ascii(label) for label in _labels(case)]
    elided = article is not None and not article[0].endswith(" ") and any(label.startswith(_ascii(rest)[:4]) for label in labels)       # "L'" may begin a sentence
    if article and rest and (name[0].islower() or elided or any(text.count(f"{name[0].lower()}{name[1:]}") for text in case.peoples_text) or (fold(article[0]) == "the " and _stands_without(case, rest, name))):
        return rest
    return name


def _people(case: Case) -> list[Person]:
    """Those who have a mailbox of their own, no house in whose name a system writes."""
    return [person for person in case.persons if person.human and not spells_a_house(case, person)]


def _is_a_person(case: Case, name: str) -> bool:
    tokens = set(name_tokens(name))
    labels = set(_labels(case))
    told = (p for p in case.persons if not p.email and _initials(p.name) not in labels and not _is_theirs(case, p.name))        # "interview with Acme" tells of a house
    persons = [name_tokens(p.name) for p in (*_people(case), *told)] + [name_tokens(case.me.name)]
    return bool(tokens) and any(tokens <= set(person) and (len(tokens) > 1 or tokens == {person[0]}) for person in persons if person)


def _names_after(case: Case, concept: str) -> Iterator[str]:
    """Names right behind the concept's words, no person's and not the user's."""
    mine = set(name_tokens(case.me.name))
    for text in case.peoples_text:
        for hit in case.lexicon.hits(concept, text, case.languages):
            behind = text[hit.end : hit.end + 100]
            match = re.match(r"[\s:,(\"'«“]{1,4}", behind)
            if not match:
                continue
            rest = behind[match.end() :]
            kinds = [h.end for h in case.lexicon.hits("kind_of_company", rest[:_KIND], case.languages) if h.start == 0 and rest[0].islower()]
            rest = re.sub(r"^(?:(?:die|der|das|the|la|le|el|il|o|a|de|het|our|l')\s+)?", "", rest[max(kinds, default=0) :].lstrip())
            segment = _leading(case, rest)
            name = _without_team(case, segment)
            tokens = set(name_tokens(name))
            people = {t for p in case.persons if p.email or concept == "company_follows" for t in name_tokens(p.name)}        # "with Acme" may name a person or a house
            if tokens and not tokens & mine and not tokens <= people and not _says_only_what(case, name):
                yield name
