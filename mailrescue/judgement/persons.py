"""Who appears in an invite and its mail: names as people write them, addresses, and which of them are no person's.

Answers who they are, not who is called: that is fields/interviewer.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mailrescue.judgement.people import is_robot
from mailrescue.model.interview import Me
from mailrescue.model.lexicon import Lexicon, fold, letters
from mailrescue.model.mail import Message
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Address

# a full stop belongs to a name only where it is an initial's or a title's ("J.", "Mag."), else a sentence ends there ("… Rosa Gil. You")
_CAPITAL = r"(?:(?:Prof|Dott|Dipl|Mag|Ing|Arq|Lic|Avv|Drs?a?|Eng|Enf|Sra|Sig|Abg|Chr|[^\W\d_a-zß-öø-ÿ][^\W\d_]{0,1})\.|[^\W\d_a-zß-öø-ÿ](?:['’][^\W\d_])?[^\W\d_]{0,30}(?:-[^\W\d_]{1,30}){0,3})"
_PARTICLE = r"(?:d['’]|(?:de|da|do|dos|das|du|di|del|della|van|von|vom|zu|der|den|ten|ter|la|le|el|al|bin|ben|bint|y|e|af|av|op|'t)[ \t]+)"
#: a personal name as it stands in a text: one to five words with capitals, particles between
NAME = re.compile(rf"{_CAPITAL}(?:[ \t]+(?:{_PARTICLE}){{0,3}}{_CAPITAL}){{0,4}}")
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = ("le ", "la ", "les ", "l'", "der ", "die ", "das ", "the ", "el ", "los ", "las ", "il ", "gli ", "de ", "het ", "o ", "a ", "os ", "as ")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who appears. ``roles`` say where: organizer, from, reply-to, attendee, text. ``team``: a mailbox of several."""

    name: str
    email: str
    roles: tuple[str, ...]
    team: bool = False
    robot: bool = False
    shown: str = ""             # the display name whole, before it was tidied

    @property
    def human(self) -> bool:
        """Whether a person of that name reads what is sent there."""
        return bool(self.email) and not self.robot and not self.team

    def is_named(self, words: str) -> bool:
        """Whether the words hold a part of this person's name."""
        mine = set(name_tokens(self.name))
        return bool(mine) and not mine.isdisjoint(name_tokens(words))


def appearing(invite: Invite, message: Message, me: Me, texts: Sequence[str], lexicon: Lexicon) -> list[Person]:
    """Everybody but the user: organizer, sender, those who get replies, attendees in their order, addresses in ``texts``."""
    seen: dict[str, Person] = {}

    def meet(address: Address | None, role: str) -> None:
        if address is None or not address.email or me.is_me(address.email):
            return
        known = seen.get(address.email)
        person = _person(address, role, texts, lexicon)
        if known is None:
            seen[address.email] = person
        else:
            better = known if known.name and known.shown != known.email else person
            seen[address.email] = replace(better, roles=(*known.roles, role), team=known.team and person.team)

    meet(invite.organizer, "organizer")
    meet(message.from_, "from")
    for address in message.reply_to:
        meet(address, "reply-to")
    for attendee in invite.attendees:
        if attendee.cutype not in ("ROOM", "RESOURCE"):
            meet(attendee.address, "attendee")
    for address in (*message.to, *message.cc):
        meet(address, "copied")
    for email in dict.fromkeys(found[0].lower().rstrip(".") for text in texts for found in _ADDRESS.finditer(text)):
        meet(Address("", email), "text")
    return list(seen.values())


#: courtesy's capitals behind a name: "Ada Bent La chiamerà"
_PRONOUNS = ("La", "Lei", "Sie", "Ihnen")
#: a name of two words and the house that follows it
_VON_A_HOUSE = re.compile(r"^([^\s,]{1,60}\s{1,4}[^\s,].{0,80}?)\s+von\s.*", re.S)


def tidy(shown: str, lexicon: Lexicon) -> str:
    """A display name as one would say it: given name first, no title, no company, no department.

    "Farrell, Siobhan (Talent)" (Exchange), "Torsten Reinecke/KFT" (Notes), "DUVAL Thierry" (French and Belgian houses),
    "Olivia Brandt via SmartRecruiters" (relays), "Olivia Brandt von Kornblum"; but "Olivia von Brandt" is her name.
    """
    name = re.split(r"\s+(?:via|from|@|bei|chez|de chez|per)\s+|[(|/<·•\[]|\s[-–—]\s|\s@", shown.strip(" \"'"), maxsplit=1)[0].strip(" ,\"'")
    if "@" in name:
        return ""
    before, comma, after = name.partition(",")
    if comma:
        swapped = len(after.split()) <= 3 and len(before.split()) <= 3 and not is_team_name(after, lexicon)
        name = f"{after.strip()} {before.strip()}" if swapped else before
    name = _VON_A_HOUSE.sub(r"\1", without_titles(name, lexicon))
    words = name.split()
    if len(words) > 2 and words[-1] in _PRONOUNS:
        words = words[:-1]
        name = " ".join(words)
    capitals = 0
    while capitals < len(words) and len(words[capitals]) > 1 and words[capitals].isupper():
        capitals += 1
    if 0 < capitals < len(words) and len(words) <= 4:
        name = " ".join([*words[capitals:], *words[:capitals]])
    return name


def without_titles(name: str, lexicon: Lexicon) -> str:
    """The name without what stands before it out of courtesy or rank."""
    words = name.split()
    while len(words) > 1 and fold(words[0]) in titles(lexicon):
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=8)
def titles(lexicon: Lexicon) -> frozenset[str]:
    """What people put before names out of courtesy or rank, in every language, folded."""
    return frozenset(fold(title) for code in lexicon.languages for title in lexicon.listed(code, "titles"))


@lru_cache(maxsize=2048)
def is_team_name(shown: str, lexicon: Lexicon) -> bool:
    """Whether a display name (or the words of a mailbox) ends in a team's word, or begins with one: "Acme Hiring Team", "careers", "Ufficio Personale Neri"."""
    text = " ".join(_WORD.findall(shown))
    return any(hit.end == len(text) or (hit.start == 0 and " " in text) for hit in lexicon.hits("team_words", text))


def name_tokens(name: str) -> list[str]:
    """The parts of a name that tell people apart, folded."""
    return [fold(word) for word in _WORD.findall(name) if len(word) > 1 and word[0].isupper()]


def fits(email: str, name: str) -> bool:
    """Whether a mailbox's name is made of that person's: "t.duval", "manuelrequena", "ifeoma.d"."""
    local = fold(email.partition("@")[0])
    parts = [part for part in re.split(r"[^a-z]+", local) if part]
    tokens = [re.sub(r"[^a-z]", "", token) for token in name_tokens(name)]
    tokens = [token for token in tokens if len(token) > 1]
    joined = "".join(parts)
    if not tokens or not parts:
        return False
    if any(len(part) > 2 and part in tokens for part in parts):
        return True
    return any(len(token) > 2 and token in joined and len(token) * 2 >= len(joined) for token in tokens)


def _person(address: Address, role: str, texts: Sequence[str], lexicon: Lexicon) -> Person:
    local = address.email.partition("@")[0]
    name = tidy(address.name, lexicon)
    robot = is_robot(address)
    fitting = bool(name) and fits(address.email, name)
    of_the_mailbox = any(fold(word) in fold(local) for word in _WORD.findall(address.name) if len(word) > 3)
    shared, house = is_team_name(local, lexicon), letters(address.email.partition("@")[2].partition(".")[0])
    team = is_team_name(address.name, lexicon) and (shared or not fitting)
    name = " ".join(_before_the_house(name.split(), house, 1))
    called = letters(name)
    first = fold(address.name).partition(" ")[0]
    team = team or fold(address.name).startswith(_ARTICLES) or (first != fold(address.name) and local.startswith(first) and is_team_name(first, lexicon))
    team = team or (shared and (len(called) < 4 or house in called or of_the_mailbox)) or (not fitting and len(called) > 3 and called in house)
    if len(name.split()) < 2 or (role == "text" and not team):
        name = named_in(texts, address.email, lexicon) or name
    name = "" if team and role != "text" else _in_order(name, local, texts)
    return Person(name, address.email, (role,), team, robot, address.name or address.email)


def _in_order(name: str, local: str, texts: Sequence[str]) -> str:
    """Given name first: "Hess Beat" where the text signs "Beat Hess", or the mailbox is called beat.hess or b.hess."""
    words = name.split()
    if len(words) != 2:
        return name
    other = f"{words[1]} {words[0]}"
    if any(other in text for text in texts):
        return other
    given = letters(words[1])
    return other if (fold(local).startswith(given) or letters(local) == f"{given[:1]}{letters(words[0])}") and letters(words[0]) in letters(local) and not fold(local).startswith(letters(words[0])) else name


def _before_the_house(words: list[str], house: str, given: int = 2) -> list[str]:
    """The words of a name without "van Acme", "da Acme" behind it, where the domain is called so."""
    return words[: next((i for i in range(given, len(words) - 1) if words[i][0].islower() and len(house) > 3 and letters("".join(words[i + 1 :])).startswith(house)), len(words))]


def named_in(texts: Iterable[str], email: str, lexicon: Lexicon) -> str:
    """The name in the texts that the mailbox is made of, without titles and what else has a capital before it; empty where there is none."""
    initial = fold(email[:1])
    found: list[tuple[bool, int, int, str]] = []
    for text in texts:
        for match in NAME.finditer(text):
            words = _before_the_house(without_titles(match[0].rstrip("."), lexicon).split(), letters(email.partition("@")[2].rpartition(".")[0]))
            for first in range(len(words) - 1):
                name = " ".join(words[first:])
                if words[first][0].isupper() and len(words) - first <= 4 and fits(email, name):
                    found.append((not fold(name).startswith(initial), len(words) - first, match.start(), name))
    return min(found)[3] if found else ""
