"""Is it a conversation about a job? (SPEC section 3, condition 1)

Words of a job conversation are weighed against words of everything that looks like one: a survey, a rehearsal, a quote for
car insurance, a boiler. What stands in the title weighs double; each further clue of one kind weighs less than the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailrescue.judgement.case import Case
from mailrescue.judgement.ruling import Ruling, quoted
from mailrescue.judgement.words import Said, distinct
from mailrescue.model.lexicon import fold


@dataclass(frozen=True, slots=True)
class Weight:
    """What the first clue of a concept weighs, each further one, and all together at the most."""

    concept: str
    first: float
    further: float
    most: float
    says: str


JOB = (
    Weight("job_interview", 3.0, 0.5, 4.0, "names a job conversation"),
    Weight("usual_interview", 1.5, 0.3, 2.0, "names an interview"),
    Weight("application", 1.5, 0.7, 3.0, "speaks of an application"),
    Weight("job", 1.5, 0.5, 2.5, "speaks of a job"),
    Weight("job_hints", 0.5, 0.3, 1.4, "speaks of work"),
    Weight("recruiting", 1.0, 0.5, 2.0, "speaks of recruiting"),
    Weight("interview", 1.0, 0.2, 1.2, "names an interview"),
    Weight("conversation", 0.3, 0.1, 0.4, "names a conversation"),
    Weight("by_phone", 0.3, 0.0, 0.3, "names a talk by telephone"),
)
OTHER = (
    ("research", "says that it is a survey or a study"),
    ("media", "says that it is for a publication"),
    ("practice", "says that it is practice"),
    ("reference", "says that it is a reference for somebody else"),
    ("sales", "says that something is sold"),
    ("money", "says that it is about money matters"),
    ("health", "says that it is about health"),
    ("school", "says that it is about school or studies"),
    ("housing", "says that it is about a dwelling"),
    ("care_of_others", "says that it is about an honorary post or private life"),
    ("upkeep", "says that it is about a service or an authority"),
    ("review", "says that colleagues talk"),
    ("job_centre", "says that it is a job centre's appointment"),
    ("mass_mail", "says that it was written to many"),
)
_SETTLES = (3.5, 2.0, 9.5)      # a phrase that settles a purpose: first, further, at the most
_HINTS = (1.0, 0.5, 2.0)
_ENOUGH = 2.0
_SHOWS_A_JOB = 0.8      # what words of a job must weigh, beside the word "interview"
_A_HINT = 1.0           # what another purpose must weigh where no word of a job stands against it
_TITLE = ("title", "subject")
_TRADES_OF = ("research", "media", "practice", "sales", "money", "health", "school", "housing", "upkeep")    # purposes that are trades too; no "volunteer coach" is paid
_OF_A_JOB = ("job_interview", "application", "job", "job_hints", "recruiting")
_PARTS = re.compile(r"\s[-–—|/•]{1,2}\s|[:()\[\]|•]")      # what a title's parts are kept apart by
_NEUTRAL = 0.5
_NEAR = 15              # letters between a trade and what belongs to its name
_STEM = 6               # letters by which a trade is known in another gender or case

# Applicant tracking systems and what else makes calendars, as PRODID or as the domain that sends.
_RECRUITING_MAKER = re.compile(
    r"greenhouse|lever\b|ashby|workday|smartrecruiters|recruitee|teamtailor|personio|flatchr|bizneo|workable|bamboohr|jobvite|icims|taleo|"
    r"successfactors|breezy|jazzhr|pinpoint|softgarden|rexx|umantis|talentsoft|taleez|welcomekit|beetween|digitalrecruiters|homerun|gupy|solides|"
    r"kenoby|factorial|inrecruiting|altamira|carerix|otys|bullhorn|talentclue|viterbit|goodtime|modernloop|recruit|hirevue|jobadder|livehire|"
    r"concludis|d\.?vinci|talention|coveto|onlyfy|prescreen|join\.com|talentlyft|comeet|manatal|zoho.?recruit|hireserve|eploy|tribepad|trac\b|"
    r"oleeo|candidate|bewerb|candidat|vagas|pandape|infojobs|talentbrew|eightfold|phenom|avature|cornerstone|paycor|paylocity|rippling|jobylon|"
    r"reachmee|varbi|emply|hr-?manager|softy|jobaffinity|nicoka|kelio|tellent|afas|werkenbij|recruit[o]?box|niceboard|crelate|loxo|trakstar",
    re.I,
)
_RECRUITING_MAILBOX = re.compile(
    r"(?:^|[._-])(?:jobs?|careers?|karriere|bewerbung(?:en)?|recruit\w{0,7}|recrut\w{0,8}|reclutamiento|talent[os]{0,2}|hiring|stellen|ausbildung|emplois?|empleo|candidatures?|"
    r"candidature|candidaturas|seleccion|selecao|selezion[ei]|lavoro|lavoraconnoi|risorseumane|werken|werkenbij|werving|vacatures?|sollicit\w{0,8}|vagas|carreiras|trabalhe\w{0,8})(?:$|[._+-])",
    re.I,
)
_OTHER_MAKER = re.compile(
    r"user ?interviews|respondent|usertesting|dscout|prolific|userzoom|doctolib|accurx|medic|clinic|praxis|patient|salesforce|pipedrive|hubspot|"
    r"livestorm|eventbrite|meetup|addevent|zoom webinar|goto ?webinar|volunteer|better impact|leadsimple|schule|school|educ|bank|assur|insur|versicher|immo",
    re.I,
)


def about_a_job(case: Case) -> Ruling:
    """Whether the talk is about a job that the user is in the running for."""
    if about_another := _asked_about_another(case):
        return Ruling(False, (quoted(about_another, "says that it is a reference for somebody else"),))
    trades = _trades(case)
    shows_a_job = _shows_a_job(case, trades)
    job, job_reasons = _weigh_job(case, trades)
    other, other_reason = _weigh_other(case, trades)
    if job < _ENOUGH:
        return Ruling(False, (*([other_reason] if other_reason else []), "nothing says that it is a conversation about a job"))
    if other >= (job - _NEUTRAL * _weigh_neutral(case) if shows_a_job else _A_HINT):
        return Ruling(False, (other_reason,))
    if not shows_a_job and (topic := _another_topic(case)):
        return Ruling(False, (quoted([topic], "names what it is about, and that is no job"),))
    return Ruling(True, tuple(job_reasons))


def _asked_about_another(case: Case) -> list[Said]:
    """What says, twice or more, that the user is asked about somebody, to whom the words of a job then belong; nothing where the user is spoken to as the candidate."""
    found = case.words.said("reference")
    return _telling(found) if distinct(found) > 1 and not case.words.said("addresses_candidate") else []


def _shows_a_job(case: Case, trades: list[Said]) -> bool:
    """Whether anything but the word "interview" speaks of a job."""
    if _RECRUITING_MAKER.search(_maker(case)) or _recruiting_mailbox(case) or trades or case.sender_says("recruiting"):
        return True
    clues = (weight for weight in JOB if weight.concept in _OF_A_JOB)
    return sum(_weighed(case.words.said(w.concept), w.first, w.further, w.most) for w in clues) >= _SHOWS_A_JOB


def _another_topic(case: Case) -> Said | None:
    """What a talk that may be any interview is said to be about ("regarding your donation"), where no word of that sentence is of a job or of the user."""
    of_a_job = {n for concept in (*_OF_A_JOB, "occupations", "addresses_candidate") if concept != "job_hints" for n in case.words.sentences_that_say(concept)}
    return next((said for said in case.words.said("topic") if said.sentence not in of_a_job), None)


def _trades(case: Case) -> list[Said]:
    """Trades named in the title: "Chat with Ann (bookkeeper)". Not the caller's: "with the nurse", "your adviser", and below "the nurse will ring"."""
    calling = case.words.sentences_that_say("they_dial")
    callers = {fold(said.words)[:_STEM] for said in case.words.said("occupations") if said.place not in _TITLE and said.sentence in calling}
    return [said for said in case.words.said("occupations", *_TITLE) if fold(said.words)[:_STEM] not in callers and not _is_the_other_side(case, said)]


def _is_the_other_side(case: Case, trade: Said) -> bool:
    """Whether a word like "with" stands before the trade, in the same part of the title."""
    begin = _part(case, trade)[0]
    return any(begin <= said.start < said.end <= trade.start for said in case.words.said("with_whom", *_TITLE))


def _part(case: Case, said: Said) -> tuple[int, int]:
    """The part of the title in which the words stand: between dashes, colons, brackets."""
    begin, end = case.words.bounds(said.sentence)
    cuts = [begin, *(cut.end() for cut in _PARTS.finditer(case.words.text, begin, end)), end]
    return max(c for c in cuts if c <= said.start), min(c for c in cuts if c >= said.end)


def _but_roles(case: Case, clues: list[Said], trades: list[Said]) -> list[Said]:
    """The clues without those that belong to the name of a job in the title: a "Mortgage Adviser" is wanted, no mortgage."""
    if not clues or not trades:
        return clues
    parts = [(trade, *_part(case, trade)) for trade in trades]
    stems = {fold(trade.words)[:_STEM] for trade in trades}
    clues = [c for c in clues if fold(c.words)[:_STEM] not in stems]
    return [c for c in clues if not any(begin <= c.end and c.start <= end and max(t.start - c.end, c.start - t.end) <= _NEAR for t, begin, end in parts)]


def _weigh_job(case: Case, trades: list[Said]) -> tuple[float, list[str]]:
    total, reasons = 0.0, []
    honorary = case.words.said("care_of_others")
    for weight in JOB:
        clues = [clue for clue in case.words.said(weight.concept) if not any(h.start <= clue.start and clue.end < h.end for h in honorary)]     # a "volunteer role"
        weighed = _weighed(clues, weight.first, weight.further, weight.most)
        if weighed:
            total += weighed
            reasons.append((weighed, quoted(_telling(clues), weight.says)))
    if trades:
        total += 1.0
        reasons.append((1.0, quoted(trades[:1], "names a trade")))
    if _RECRUITING_MAKER.search(_maker(case)):
        total += 2.0
        reasons.append((2.0, "a recruiting system wrote it"))
    elif mailbox := _recruiting_mailbox(case):
        total += 1.5
        reasons.append((1.5, f"'{mailbox}' is where people apply"))
    return total, [reason for weighed, reason in sorted(reasons, key=lambda r: -r[0]) if weighed >= 1.0][:2] or [r for _, r in reasons]


def _weigh_neutral(case: Case) -> float:
    return sum(_weighed(case.words.said(w.concept), w.first, w.further, w.most) for w in JOB if w.concept in ("interview", "conversation", "by_phone"))


def _weigh_other(case: Case, trades: list[Said]) -> tuple[float, str]:
    """The heaviest of the other purposes; what speaks for a second one counts half with it."""
    found = []
    hires = bool(case.sender_says("recruiting") or _recruiting_mailbox(case) or trades)     # a clinic's or a court's personnel office
    for concept, says in OTHER:
        settling, hints = case.words.said(concept), case.words.said(concept + "_hints")
        if concept in _TRADES_OF or case.words.said("job", "description", "body"):
            settling, hints = _but_roles(case, settling, trades), _but_roles(case, hints, trades)
        sender = case.sender_says(concept)
        weighed = _weighed(settling, *_SETTLES) + _weighed(hints, *_HINTS) + (0.0 if not sender else 1.0 if hires else 3.0)
        if weighed:
            found.append((weighed, quoted([*_telling(settling), *_telling(hints), *([sender] if sender else [])], says)))
    if not found:
        return 0.0, ""
    (weight, reason), others = max(found), sum(sorted(w for w, _ in found)[:-1])
    weight += others / 2
    if _OTHER_MAKER.search(_maker(case)):
        weight += 1.0
    if case.invite.method == "PUBLISH" and case.message.header("list-unsubscribe"):
        weight += 1.0
    return weight, reason


def _weighed(clues: list[Said], first: float, further: float, most: float) -> float:
    distinct: dict[str, float] = {}
    for clue in clues:
        factor = 2.0 if clue.place in _TITLE and clue.concept != "application" else 1.0
        key = fold(clue.words)
        distinct[key] = max(distinct.get(key, 0.0), factor)
    if not distinct:
        return 0.0
    factors = sorted(distinct.values(), reverse=True)
    return min(most * factors[0], first * factors[0] + further * sum(factors[1:]))


def _telling(clues: list[Said]) -> list[Said]:
    return sorted(clues, key=lambda c: (c.place not in _TITLE, -len(c.words)))[:2]


def _recruiting_mailbox(case: Case) -> str:
    """The mailbox of a recruiting team, empty where none wrote: "jobs@", "seleccion@"."""
    shown = (a.email for a in (case.message.from_, case.invite.organizer, *case.message.reply_to) if a is not None)
    return next((email for email in shown if _RECRUITING_MAILBOX.search(email.partition("@")[0])), "")


def _maker(case: Case) -> str:
    sender = case.message.from_.email.partition("@")[2] if case.message.from_ else ""
    return f"{case.invite.prodid} {sender}"
