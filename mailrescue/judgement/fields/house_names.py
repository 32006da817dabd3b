"""Names of houses in a text, and how well they go with a domain: letters only, it knows nobody and no language but small words.

"Harbour & Pike" covers harbourpike.example whole, "Centre hospitalier du Valois" covers chvalois.example by the beginnings of its words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mailrescue.model.lexicon import fold, letters

_SMALL = frozenset("de du des d l la le les lo los las el del della dei degli delle dello di da do dos das e y et and und en of the für fur for van von vom der die das den het 't & + i a to in im am aan op al à".split())
_AND = ("and", "und", "et", "y", "e", "en", "")
_LEGAL = frozenset(
    "inc llc llp ltd limited gmbh mbh ag sa sas sarl sasu bv nv plc co kg ohg ug ev eg se spa srl srls sl slu sau lda ltda eireli me sccl scop scic scrl sprl asbl vzw cv vof pty corp corporation oy ab as aps kgaa ek eurl snc pvt pte private sac eirl sapi cia bhd sdn kft sro doo zoo aor kdor ggmbh gbr partg mbb scea gie selarl selas earl slp slne unipessoal sgps scarl scpa bvba pllc pbc lp incorporated".split()
)
#: legal forms of which no other word is written so
LEGAL_FORMS = frozenset("inc llc ltd limited plc gmbh ggmbh ag kg se sarl sas srl spa bv nv lda ltda".split())
_IN_FRONT = frozenset("sarl eurl sas sasu scop gaec earl scea selarl".split())      # French houses put them before their names, too
# Between two of these stands one name, one job title, one address: a signature's "Recruiter, Acme GmbH | www.acme.example".
_BREAK = re.compile(r"[|·•,;:()\[\]<>«»“”\"!?/\n\t@]|\s[-–—]+\s|(?<!\bSt)(?<!\bSte)(?<!\bMt)(?<!\bGebr)\.(?=\s|$)|\s{2,}")
TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|&|\+")
ELIDED = re.compile(r"(?:d|l|dell|nell|all|dall|sull)['’]")
_CAPITAL = re.compile(r"[^\W_a-zß-öø-ÿ]")
MOST_WORDS = 7


@lru_cache(maxsize=256)
def names_in(text: str, plain: frozenset[str]) -> tuple[str, ...]:
    """All runs of capitalised words, small words and one plain word between ("Office notarial Delage"), in the order of the text."""
    found: dict[str, None] = {}
    for part in _BREAK.split(text[:8000]):
        tokens = list(TOKEN.finditer(part[:300]))
        run: list[re.Match[str]] = []
        for token, following in zip(tokens, [tokens[i + 1 : i + 3] for i in range(len(tokens))], strict=True):
            if is_capital(token[0]) or (run and (is_small(token[0]) or (fold(token[0]) not in plain and _plain_between(run, token, following)))):
                run.append(token)
                continue
            _keep(part, run, found)
            run = []
        _keep(part, run, found)
    return tuple(found)


def _keep(part: str, run: list[re.Match[str]], found: dict[str, None]) -> None:
    if len(run) > 1 and all(token[0].isdigit() for token in run[-2:]):        # a number to ring follows the name
        while run and run[-1][0].isdigit():
            run = run[:-1]
    while run and not is_capital(run[-1][0]):
        run = run[:-1]
    if run and len(run) <= MOST_WORDS + 4:
        found.setdefault(part[run[0].start() : run[-1].end()])


def _plain_between(run: list[re.Match[str]], token: re.Match[str], following: list[re.Match[str]]) -> bool:
    """One plain word may stand between: "Centre hospitalier du Valois", "École de musique des Ardennes"."""
    leads_on = any(is_capital(word[0]) for word in following[:1]) or (len(following) == 2 and is_small(following[0][0]) and is_capital(following[1][0]))
    plain = sum(not is_capital(word[0]) and not is_small(word[0]) for word in run)
    return plain == 0 and leads_on and token[0].isalpha() and len(token[0]) > 3


def is_capital(word: str) -> bool:
    """Whether a name may begin so: a capital, a digit, "l'Institut"."""
    return bool(_CAPITAL.match(word)) or word[0].isdigit() or bool((elided := ELIDED.match(word)) and _CAPITAL.match(word[elided.end() :]))


def is_small(word: str) -> bool:
    """Whether it stands between the words of a name: "du", "and", "&"."""
    return fold(word) in _SMALL or word in "&+"


@lru_cache(maxsize=4096)
def ascii_letters(text: str) -> str:
    """The letters, an umlaut and what domains write for it made one: "Hübner" is huebner.example."""
    return re.sub("([aou])e", r"\1", letters(text).replace("ß", "ss"))


def coverage(wanted: str, name: str) -> float:
    """The part of the label's letters that the name's words cover; nought where no whole word of the name is in it."""
    words = TOKEN.findall(name)
    if not words or len(words) > MOST_WORDS:
        return 0.0
    pieces = [piece for word in words for piece in re.split(r"['’.-]", word)]
    solid = [w for w in map(ascii_letters, pieces) if w and w not in _LEGAL and w not in _SMALL]
    if not any(len(w) > 2 and (w[:5] in wanted or wanted in w) for w in solid):
        return 0.0
    parts = [(part if word not in "&+" else word) for word in words for part in re.split(r"['’.-]", word)]
    spoken = _AND if {"&", "+"} & set(words) else ("",)
    return max(_covered(wanted, [link if part in "&+" else ascii_letters(part) for part in parts]) for link in spoken) / max(1, len(wanted))


def core(wanted: str, name: str) -> str:
    """The shortest run of the segment's words that covers the label best."""
    tokens = list(TOKEN.finditer(name))
    best: tuple[float, int, str] = (0.0, 0, "")
    for i in range(len(tokens)):
        for j in range(i, min(i + 5, len(tokens))):
            run = name[tokens[i].start() : tokens[j].end()]
            if is_capital(tokens[i][0]) and is_capital(tokens[j][0]):
                score = coverage(wanted, run)
                if (score, -(j - i)) > best[:2]:
                    best = (score, -(j - i), run)
    return best[2]


def _covered(label: str, words: list[str]) -> int:
    """How many letters of the label the words cover in order, each word by its beginning (or all of it)."""
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
    return reach[0][0]


def initials(name: str) -> set[str]:
    """"abc" of "Adams & Brook Carpets Ltd", with and without its small words."""
    solid = [word for word in TOKEN.findall(name) if letters(word) and letters(word) not in _LEGAL]
    return {"".join(letters(word)[0] for word in solid if not is_small(word)), "".join(letters(word)[0] for word in solid)}


def without_legal_form(name: str) -> str:
    """"Werft Nord GmbH & Co. KG" is "Werft Nord", but "Larch & Co" keeps its partner."""
    words = name.split()
    words = words[: next((i for i, word in enumerate(words) if i and word[0].isupper() and letters(word) in LEGAL_FORMS), len(words)) + 1]        # "Acme GmbH in Kassel"
    while len(words) > 1 and words[0].isupper() and letters(words[0]) in _IN_FRONT:
        words = words[1:]
    while len(words) > 1 and letters(words[-1]) in _LEGAL:
        partner = words[-2] in ("&", "+")
        if partner and (len(words) < 4 or letters(words[-3]) not in _LEGAL):
            break
        words = words[: -2 if partner else -1]
    return " ".join(words).rstrip(" ,")
