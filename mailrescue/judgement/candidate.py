"""Is the user the candidate? (SPEC section 3, condition 2)

Not the interviewer, not an observer, not somebody who is asked about another. Clues are weighed: words of the interviewer's
side against words that address a candidate, and who set the meeting.
"""

from __future__ import annotations

from mailrescue.judgement.case import Case
from mailrescue.judgement.people import PUBLIC_PROVIDERS, organisation
from mailrescue.judgement.ruling import Ruling, quoted
from mailrescue.judgement.words import Said, distinct
from mailrescue.model.lexicon import fold
from mailrescue.model.words import Address

_TITLE = ("title", "subject")


def user_is_candidate(case: Case) -> Ruling:
    """Whether it is the user who is in the running."""
    holds = _hold(case)
    if holds:
        return Ruling(False, (quoted(holds, "says that the time is only held"),))
    if case.organized_by_me:
        return _of_own_invitation(case)
    interviewing = _interviewing(case)
    against = [(2.0 * distinct(interviewing), quoted(interviewing, "says that the user interviews"))]
    against.append((1.0 * distinct(case.words.said("interviewing_hints")), quoted(case.words.said("interviewing_hints"), "speaks of a candidate to be called")))
    against.append((2.0 * distinct(case.words.said("observing")), quoted(case.words.said("observing"), "says that the user only listens")))
    if _from_a_private_address(case):
        against.append((2.0 * distinct(case.words.said("applies_to_user")), quoted(case.words.said("applies_to_user"), "says that the writer applies to the user")))
    colleague = _colleague(case)
    if colleague:
        against.append((2.0, f"{colleague} set it, at the user's own organisation"))
    for_it = _addressed(case)
    weight = sum(w for w, _ in against)
    if weight >= 2.0 and weight > len(for_it):
        return Ruling(False, tuple(reason for w, reason in against if w))
    return Ruling(True, (quoted(for_it[:2], "addresses the user as the candidate"),) if for_it else ())


def _of_own_invitation(case: Case) -> Ruling:
    """The user set the meeting: for their own interview, or because they interview somebody."""
    if case.words.said("interviewing") or case.words.said("observing"):
        return Ruling(False, (quoted(case.words.said("interviewing") or case.words.said("observing"), "says that the user interviews"),))
    speaks_as_employer = case.words.said("addresses_candidate")
    guests = [p for p in case.persons if "attendee" in p.roles or "copied" in p.roles]
    employers = [p for p in guests if organisation(Address(p.name, p.email)) and not _same_house(case, p.email)]
    if speaks_as_employer or not employers:
        return Ruling(False, (quoted(speaks_as_employer, "says that the user, who set it, interviews the other"),))
    return Ruling(True, (f"the user set it with {employers[0].name or employers[0].email}",))


def _hold(case: Case) -> list[Said]:
    return [said for said in case.words.said("hold", *_TITLE) if case.words.said("interviewing") or case.invite.status == "TENTATIVE" or not _addressed(case)]


def _addressed(case: Case) -> list[Said]:
    """Words by which an employer speaks to a candidate, each once."""
    found = {fold(said.words): said for said in case.words.said("addresses_candidate")}
    return list(found.values())


def _interviewing(case: Case) -> list[Said]:
    """Words of an interviewer's invitation. To whom an employer speaks, "we ring the number in the candidate profile" is none."""
    found = case.words.said("interviewing")
    calling = case.words.sentences_that_say("they_dial") if _addressed(case) else frozenset()
    return [said for said in found if said.sentence not in calling]


def _colleague(case: Case) -> str:
    """Who of the user's own organisation set the meeting or sent it, empty where nobody did."""
    for address in (case.invite.organizer, case.message.from_):
        if address is not None and not case.me.is_me(address.email) and _same_house(case, address.email):
            return address.name or address.email
    return ""


def _from_a_private_address(case: Case) -> bool:
    """Whether somebody wrote from where anybody can: from a house, or through a scheduler, "I applied" is what the user answered there."""
    return case.message.from_ is not None and not case.sent_by_me and case.message.from_.domain in PUBLIC_PROVIDERS


def _same_house(case: Case, email: str) -> bool:
    domain = email.rpartition("@")[2]
    return domain not in PUBLIC_PROVIDERS and any(domain == mine.rpartition("@")[2] for mine in case.me.addresses)
