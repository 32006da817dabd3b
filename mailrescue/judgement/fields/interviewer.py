"""The human to whom a draft goes, and the person on the call.

The person on the call, where an address of theirs is shown; else the coordinator who wrote; a robot never. With several
interviewers the organizer, where they take part, else the first whom the text names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailrescue.judgement.case import Case, is_a_term
from mailrescue.judgement.fields.house_names import LEGAL_FORMS
from mailrescue.judgement.persons import NAME, Person, fits, is_team_name, name_tokens, tidy, titles, without_titles
from mailrescue.judgement.words import Said
from mailrescue.model.lexicon import fold, letters
from mailrescue.model.words import Address

_AT = r"(?<!\w)(?:at|join|joining|inside|chez|bei|beim|presso|bij|à la|au sein de|in the|im|am)"
_NAMES_MOST = 60        # names of a text that are tried as the caller's
_VERB = 50              # letters behind a name in which what its bearer does begins
#: what may stand between a caller's name and what they will do: "Ada Bent, plant manager, will ring you", "Ada from our office will"
_BESIDE = re.compile(r",[^,.\n]{1,60},|[ \t](?:from|of|at|aus|von|vom|de|du|del|della|di|da|do|van)(?:[ \t][^\s,.]{1,20}){1,3}?[ \t](?i:team|office|department|equipo|[ée]quip[ae]|service|abteilung|personalabteilung|hr|rh|rrhh)(?!\w)")
_LISTED = re.compile(rf"\w?\s?:\s{{1,4}}({NAME.pattern})")
_ARTICLES = ("la", "le", "el", "il", "lo", "o", "a", "de", "der", "die", "unser", "unsere", "our")
_WRITERS = ("organizer", "from", "reply-to")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom to write to. ``address`` is None where nobody is known, its email empty where only a name is."""

    address: Address | None
    why_no_address: str
    reason: str
    writes: bool = True         # whether who wrote the mail is on the call, as far as is told


def interviewer(case: Case) -> Chosen:
    """The human to address, with the reason."""
    writer = _writer(case)
    others = _on_the_call(case, writer)
    apart = bool(others) and not (writer and _takes_part(case, writer))
    with_address = next((p for p in others if p.human), None)
    if writer and writer.human and (not others or _takes_part(case, writer)):
        return Chosen(_address(case, writer), "", f"{writer.name or writer.email} wrote and is on the call")
    if with_address:
        return Chosen(_address(case, with_address), "", f"{with_address.name or with_address.email} is on the call", writes=not apart)
    if writer and writer.human:
        return Chosen(_address(case, writer), "", f"{writer.name or writer.email} wrote; the caller's address is not shown", writes=not apart)
    shown = next((p for p in case.persons if p.human and not spells_a_house(case, p)), None) or next((p for p in case.persons if p.email and not p.robot), None)
    if shown:
        return Chosen(_address(case, shown), "", f"{shown.name or shown.email} is the human whom the message shows", writes=not apart)
    named = sorted((*others, *([writer] if writer else [])), key=lambda person: person.robot)       # a robot may write in a person's name, but rather in its house's
    told = (*(p.name for p in named if not p.robot), *callers(case), *_listed(case), *(p.name for p in named), signed_name(case))
    only_name = next(filter(None, told), "")
    why = "only a robot's address is shown" if case.persons else "the message shows no address of theirs"
    return Chosen(Address(only_name, "") if only_name else None, why, why)


def _writer(case: Case) -> Person | None:
    """The human who set the meeting or wrote the mail; where a robot did, the one whom its Reply-To or its text names."""
    if case.organized_by_me or case.sent_by_me:
        return None
    signed = signed_name(case)
    for role in _WRITERS:
        for person in case.persons:
            if role in person.roles and person.human and not spells_a_house(case, person):
                return person
    if signed:
        return next((p for p in case.persons if p.human and p.is_named(signed)), None)
    return None


def _on_the_call(case: Case, writer: Person | None) -> list[Person]:
    """Persons other than the writer who are said to be on the call, first those who are said to lead it, then in the order of the text."""
    found: dict[str, tuple[int, int, Person]] = {}
    for rank, concept in ((0, "leads_the_call"), (1, "on_the_call")):
        for said in case.words.said(concept):
            person = _person_at(case, said)
            if person is None or (writer is not None and person.email == writer.email and person.email):
                continue
            found.setdefault(person.email or person.name, (rank, said.start, person))
    for said in _calling(case):
        for person in _in_sentence(case, said.sentence):
            if writer is None or person.email != writer.email or not person.email:
                found.setdefault(person.email or person.name, (1, said.start, person))
    for person, start in _attending(case):
        if writer is None or person.email != writer.email:
            found.setdefault(person.email, (2, start, person))
    found = {key: (rank + 3 * person.robot, start, person) for key, (rank, start, person) in found.items() if not _is_no_caller(case, person)}
    named = [person for _, _, person in sorted(found.values(), key=lambda f: f[:2])]
    if named or writer is not None:
        return named
    return [p for p in case.persons if p.human and "attendee" in p.roles]


def callers(case: Case) -> Iterator[str]:
    """Names of whom the text says that they call ("Ada will ring you", "called by Ada"), each as full as it stands anywhere."""
    for text in case.peoples_text:
        for match in list(NAME.finditer(text))[:_NAMES_MOST]:
            name = without_titles(_without_offices(case, tidy(match[0].rstrip("."), case.lexicon)), case.lexicon)
            full = name if len(name_tokens(name)) > 1 else _fuller(case, name)
            if len(name_tokens(full)) < 2 or not case.my_name.isdisjoint(name_tokens(name)) or case.lexicon.says("job_title_words", name.split()[-1], case.languages):
                continue
            before, beside = _before(text, match.start(), case), _BESIDE.match(text, match.end())
            does = [f"theperson{text[end : end + _VERB]}" for end in {match.end(), beside.end() if beside else match.end()}]
            called = any(hit.end == len(before) for hit in case.lexicon.hits("called_by", before, case.languages))
            if not called and not any(hit.start == 0 for said in does for hit in case.lexicon.hits("leads_the_call", said, case.languages)) and not _is_led_to(case, before):
                continue
            if not is_a_term(case, name) and not is_a_term(case, name.partition(" ")[0]) and not _is_the_house(case, name):
                yield full


def _is_led_to(case: Case, before: str) -> bool:
    """Whether the words before a name make its bearer the caller: "am Mittwoch ruft Sie" Ada Bent, "donderdag belt" Ada Bent."""
    said = f"{before} theperson"
    return any(hit.end == len(said) for hit in case.lexicon.hits("leads_the_call", said, case.languages))


def _fuller(case: Case, name: str) -> str:
    """The name as it stands with a family's name behind it, where it does."""
    fuller = (tidy(m[0].rstrip("."), case.lexicon) for _, other in case.pieces for m in NAME.finditer(other.text) if m[0].startswith(f"{name} "))
    return min(fuller, key=len, default=name)


def _without_offices(case: Case, name: str) -> str:
    """The name without the office that has a capital before it: "Geschäftsführer Lars Bent", "HR Manager Ada Bent"."""
    words = name.split()
    offices = [i for i, word in enumerate(words) if any(hit.end == len(word) for concept in ("job_title_words", "occupations", "stop_words", "team_words") for hit in case.lexicon.hits(concept, word, case.languages))]
    last = max((i + 1 for i in offices if len(words) - i > 2 or i == 0), default=0)
    return " ".join(words[last:] or words)


def _listed(case: Case) -> Iterator[str]:
    """Names in a system's own lines: "Who: Ada Bent, plant manager"."""
    for _, passage in case.pieces:
        for hit in case.lexicon.hits("on_the_call", passage.text, case.languages):
            match = _LISTED.match(passage.text, hit.end - 1)
            name = tidy(match[1], case.lexicon) if match else ""
            if len(name_tokens(name)) > 1 and case.my_name.isdisjoint(name_tokens(name)) and not is_a_term(case, name) and not _is_the_house(case, name):
                yield name


def _before(text: str, position: int, case: Case) -> str:
    """The words before a name, without titles and their article: "te llamará la Dra." Vega."""
    words = text[max(0, position - _VERB) : position].rstrip().split()
    while words and (fold(words[-1]) in titles(case.lexicon) or fold(words[-1]) in _ARTICLES):
        words.pop()
    return " ".join(words)


def _is_no_caller(case: Case, person: Person) -> bool:
    """Whether it is the house in whose name a robot writes."""
    return spells_a_house(case, person) or (person.robot and bool(person.name) and named_as_a_house(case, person.name))


def named_as_a_house(case: Case, name: str) -> bool:
    """Whether one works there, "at" it, "chez", "bei", or its team is spoken of: "The Acme team", "l'équipe Acme"."""
    for text in case.peoples_text:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            before, behind = text[max(0, match.start() - _VERB) : match.start()].rstrip(" "), text[match.end() : match.end() + _VERB].lstrip(" ")
            said = [*(hit.end == len(before) for hit in case.lexicon.hits("team_words", before, case.languages)), *(hit.start == 0 for hit in case.lexicon.hits("team_words", behind, case.languages))]
            if any(said) or re.search(rf"(?i:{_AT})$", before):
                return True
    return False


def spells_a_house(case: Case, person: Person) -> bool:
    """Whether a house bears the name, as the domain of somebody else or its nouns show: a system writes in that house's name."""
    domain = person.email.rpartition("@")[2]
    others = (letters(p.email.rpartition("@")[2].rpartition(".")[0]) for p in case.persons if p.email and not p.email.endswith(domain))
    named = letters(person.name)
    return any(len(house) > 3 and named.startswith(house) for house in others) or bool(not fits(person.email, person.name) and case.lexicon.says("house_nouns", person.name, case.languages))


def _attending(case: Case) -> list[tuple[Person, int]]:
    """Attendees with an address whom people's words name, and where they first do."""
    found: dict[str, tuple[Person, int]] = {}
    for match in re.finditer("theperson", case.words.text):
        if case.words.place(match.start()) in ("signature", "subject"):
            continue
        person = case.person_named(case.words.original(match.start(), match.end()))
        if person is not None and person.human and "attendee" in person.roles:
            found.setdefault(person.email, (person, match.start()))
    return list(found.values())


def _calling(case: Case) -> list[Said]:
    """Where it is said that they dial, for sure."""
    return case.words.for_sure("they_dial", until="never")


def _in_sentence(case: Case, sentence: int) -> list[Person]:
    """Those whom a sentence names, in its order."""
    start, end = case.words.bounds(sentence)
    marks = [start + m.start() for m in re.finditer("theperson", case.words.text[start:end])]
    named = [case.person_named(case.words.original(at, at + len("theperson"))) for at in marks]
    return list(dict.fromkeys(person for person in named if person is not None))


def _person_at(case: Case, said: Said) -> Person | None:
    """Whom the phrase speaks of: a name in it, or just behind it."""
    text = said.words
    inside = _first_named(case, text) if "theperson" in case.words.text[said.start : said.end] else None
    if inside is not None:
        return inside
    start, end = said.end, min(len(case.words.text), said.end + 40)
    behind = case.words.text[start:end].lstrip(" :(\n")
    if not behind.startswith("theperson"):
        return None
    offset = case.words.text.index("theperson", start)
    return case.person_named(case.words.original(offset, offset + len("theperson")))


def _first_named(case: Case, words: str) -> Person | None:
    """Who is named first: "call from Ada Bent. Bo Low is copied" is one run of names."""
    return next((person for word in words.split() if (person := case.person_named(word))), None)


def _takes_part(case: Case, writer: Person) -> bool:
    """Whether the writer speaks as one who is on the call, or is named among those who are."""
    taking = case.words.said("i_take_part")
    if any(said.sentence not in {part.sentence for part in taking} for said in case.words.said("i_stay_out")):        # "my colleague and I" is on the call
        return False
    if taking:
        return True
    words = case.words
    return any(writer.is_named(words.original(said.start, min(words.bounds(said.sentence)[1], said.end + 10))) for said in words.said("leads_the_call"))


def signed_name(case: Case) -> str:
    """The name under the mail, where it stands on a line of its own, or by which the writer introduces themselves."""
    ends = (case.message.body.splitlines()[-3:], case.message.passage("signature").text.splitlines()[:8], case.invite.words("description").splitlines()[-6:])
    lines = [written.strip(" ,|.") for end in ends for written in end]
    for line in (part for written in lines for part in (written, written.rpartition(". ")[2])):       # a short note ends "… for the job. Ann Bell, owner"
        match = NAME.match(line)
        rest = line[match.end():].strip() if match else ""
        if match and (not rest or rest[0] in ",|-–·(") and _may_sign(case, match[0]):
            return tidy(match[0], case.lexicon)
    return next(_own_names(case), "")


def _own_names(case: Case) -> Iterator[str]:
    """Names by which a writer introduces themselves: "this is Ada Bent", "Ada Bent here", "soy Ada Bent"."""
    for text in case.peoples_text:
        for hit in case.lexicon.hits("own_name", text, case.languages):
            behind = NAME.match(text, hit.end + 1)
            before = [match for match in NAME.finditer(text, max(0, hit.start - _VERB), hit.start) if match.end() == hit.start - 1]
            yield from (tidy(match[0], case.lexicon) for match in (behind, *before) if match and _may_sign(case, match[0]))


def _may_sign(case: Case, name: str) -> bool:
    """Whether it is a person's, of two to four words, and not the user's."""
    plain = len(name.split()) in (2, 3, 4) and not is_team_name(name, case.lexicon) and not case.lexicon.says("job_title_words", name, case.languages)
    return plain and not _is_the_house(case, name) and case.my_name.isdisjoint(name_tokens(name))


def _is_the_house(case: Case, name: str) -> bool:
    """Whether the name is an organisation's: their domain or their team's display name holds it, a legal form or a house's noun stands in it, or one works there."""
    whole, solid = letters(name), letters(" ".join(word for word in name.split() if word[0].isupper()))      # "Papeteries du Morvan" has no "du" in its domain
    houses = [letters(word) for p in case.persons for word in (p.email.partition("@")[2].rpartition(".")[0], p.shown if p.team or p.robot else "")]
    if any(len(house) > 3 and (house in whole or whole in house or solid in house) for house in houses) or letters(name.split()[-1]) in LEGAL_FORMS:
        return True
    return bool(case.lexicon.says("house_nouns", name, case.languages)) or named_as_a_house(case, name)


def _address(case: Case, person: Person) -> Address:
    """Name and address; a name that the calendar shortens or lacks is taken from the text."""
    if not person.team or (person.name and not is_team_name(person.name, case.lexicon)):
        return Address(person.name or next((name for name in (*callers(case), *_listed(case)) if fits(person.email, name)), ""), person.email)
    signed = signed_name(case)
    own = fits(person.email, signed) or person.email.startswith(f"{fold(signed).partition(' ')[0]}@")
    return Address(signed if own else next(callers(case), "") or signed, person.email)
