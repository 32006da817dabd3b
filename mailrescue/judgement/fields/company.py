"""For which company the talk is: from the words, the signature, the display name; the domain only as a last resort.

Names in the text are held against the domain of those who write: "Harbour & Pike" is what harbourpike.example is called.
Where an agency writes and names its client, the client is the company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailrescue.judgement.case import Case
from mailrescue.judgement.people import PUBLIC_PROVIDERS, is_robot
from mailrescue.judgement.persons import is_team_name, name_tokens
from mailrescue.model.lexicon import fold

_WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*|&|\+")
_CAPITALISED = re.compile(r"[^\W_a-zß-öø-ÿ]")
_SMALL = frozenset("de du des d l la le les del della dei degli di da do dos das e y et and und en of the für fur for van von der den het 't & + i".split())
_LEGAL = frozenset(
    "inc llc llp ltd limited gmbh mbh ag sa sas sarl sasu bv nv plc co kg ohg ug ev eg se spa srl srls sl slu sau lda ltda eireli me sccl scop scic scrl sprl srl asbl vzw cv vof pty corp oy ab as aps kgaa ek".split()
)
_GENERIC_LABELS = frozenset("mail email mx smtp info jobs careers recruiting hr team talent us eu uk de fr es it nl pt www app my hire".split())


def company(case: Case) -> tuple[str | None, str]:
    """The company's name as people write it, and the reason."""
    for find in (_client, _fits_domain, _team_display, _introduced, _from_domain):
        name = find(case)
        if name:
            return name, f"'{name}' is the company"
    return None, "no company is named"


def _client(case: Case) -> str:
    """The client whom an agency names."""
    return next(_names_after(case, "client_follows"), "")


def _introduced(case: Case) -> str:
    """A name that words like "at" or "chez" introduce."""
    return next(_names_after(case, "company_follows"), "")


def _team_display(case: Case) -> str:
    """What stands before a team's word in a display name: "Acme Hiring Team"."""
    for address in (case.message.from_, case.invite.organizer):
        if address is None:
            continue
        hits = [h for h in case.lexicon.hits("team_words", address.name) if h.end == len(address.name)]
        if hits:
            name = address.name[: min(h.start for h in hits)].strip(" -–|,")
            if name and fold(name) not in ("google", "calendar", "outlook"):
                return name
    return ""


def _fits_domain(case: Case) -> str:
    """The name in the text that the writers' domain is made of."""
    best: tuple[float, int, str] = (0.0, 0, "")
    for label in _labels(case):
        for text in _texts(case):
            for order, name in enumerate(_candidates(text)):
                score = _likeness(label, name, case)
                if score > best[0]:
                    best = (score, -order, name)
    return best[2]


def _labels(case: Case) -> Iterator[str]:
    """What the domains of the human writers are called, without what every domain has."""
    seen = set()
    for person in case.persons:
        domain = person.email.rpartition("@")[2]
        if not domain or domain in PUBLIC_PROVIDERS or domain in {a.rpartition("@")[2] for a in case.me.addresses}:
            continue
        if person.robot and not _own_relay(person.email):
            continue
        parts = [p for p in domain.split(".")[:-1] if p not in _GENERIC_LABELS and p not in ("co", "com", "org", "ac", "gov")] or domain.split(".")[:1]
        label = parts[-1]
        if label not in seen:
            seen.add(label)
            yield label
    for person in case.persons:
        if person.email.endswith("myworkday.com"):
            yield person.email.partition("@")[0]


def _own_relay(email: str) -> bool:
    """Whether a robot's address lies at the company itself ("noreply@acme.example"), not at a service's."""
    return not re.search(r"google|calendly|cal\.com|greenhouse|ashby|lever|smartrecruiters|goodtime|workday|outlook|microsoft|zoom", email.rpartition("@")[2])


def _texts(case: Case) -> list[str]:
    shown = [a.name for a in (case.message.from_, case.invite.organizer, *case.message.reply_to) if a is not None and a.name]
    return [*case.peoples_text, *shown]


def _candidates(text: str) -> Iterator[str]:
    """Runs of capitalised words, small words between them, of up to six words."""
    for line in text.splitlines():
        tokens = list(_WORD.finditer(line[:400]))
        for i, first in enumerate(tokens):
            if not _CAPITALISED.match(first[0]):
                continue
            for j in range(i, min(i + 6, len(tokens))):
                if j > i and not re.fullmatch(r"[ \t]+|['’]", line[tokens[j - 1].end() : tokens[j].start()]):
                    break
                last = tokens[j][0]
                if _CAPITALISED.match(last) or last[0].isdigit():
                    yield line[first.start() : tokens[j].end()]
                elif fold(last) not in _SMALL and not re.match(r"[dl]['’]", fold(last)):
                    break


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _likeness(label: str, name: str, case: Case) -> float:
    """How well a domain's label and a name in the text go together, 0 to 1 and a little for a fuller name."""
    words = [w for w in re.split(r"[^\w&]+", fold(name)) if w]
    solid = [w for w in words if w not in _LEGAL]
    if not solid:
        return 0.0
    bare, joined = _letters(label), "".join(solid)
    bare_small = "".join(w for w in re.split(r"[^a-z0-9]+", fold(label)) if w not in _SMALL)
    joined_small = "".join(w for w in solid if w not in _SMALL)
    if len(bare) < 2:
        return 0.0
    if bare in (joined, joined.replace("&", "")) or bare_small == joined_small.replace("&", ""):
        return 1.0 - (0.05 if words != solid else 0.0)
    return 0.0


def _names_after(case: Case, concept: str) -> Iterator[str]:
    """Capitalised names right behind the concept's words, no person's and not the user's."""
    for text in case.peoples_text:
        for hit in case.lexicon.hits(concept, text, case.languages):
            following = text[hit.end : hit.end + 80].split("\n")[0]
            name = next(iter(_longest_first(following)), "")
            if name and not _personal(case, name):
                yield name


def _longest_first(following: str) -> list[str]:
    stripped = following.lstrip(" :(\"'«“")
    if len(following) - len(stripped) > 4 or not stripped:
        return []
    found = [c for c in _candidates(stripped) if stripped.startswith(c)]
    return sorted(found, key=len, reverse=True)


def _personal(case: Case, name: str) -> bool:
    tokens = set(name_tokens(name))
    return bool(tokens & set(name_tokens(case.me.name))) or any(tokens & set(name_tokens(p.name)) for p in case.persons) or is_team_name(name, case.lexicon)


def _from_domain(case: Case) -> str:
    """The domain's own label, capitalised: a guess, made only where nothing names the company."""
    for person in case.persons:
        if person.robot or is_robot_like(person.email):
            continue
        label = next(iter(_labels(case)), "")
        return " ".join(part.capitalize() for part in re.split(r"[-_]+", label)) if label else ""
    return ""


def is_robot_like(email: str) -> bool:
    """Whether the address is a machine's by its form alone."""
    from mailrescue.model.words import Address

    return is_robot(Address("", email))
