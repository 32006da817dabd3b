"""Who is who: robots, organisations, threads. Pure questions about addresses and subjects, shared by the judgement's rules."""

from __future__ import annotations

import re

from mailrescue.model.words import Address

#: domains at which anybody can have an address: the same domain is no same organisation there
PUBLIC_PROVIDERS = frozenset(
    "gmail.com googlemail.com outlook.com outlook.fr outlook.de hotmail.com hotmail.fr hotmail.co.uk hotmail.de hotmail.es hotmail.it "
    "live.com live.fr live.co.uk live.nl msn.com icloud.com me.com mac.com yahoo.com yahoo.fr yahoo.co.uk yahoo.de yahoo.es yahoo.it "
    "ymail.com aol.com gmx.de gmx.net gmx.com gmx.fr gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org proton.me "
    "protonmail.com pm.me fastmail.com fastmail.fm zoho.com orange.fr wanadoo.fr free.fr sfr.fr laposte.net bbox.fr neuf.fr numericable.fr "
    "bluewin.ch hispeed.ch sunrise.ch libero.it virgilio.it tiscali.it alice.it tin.it telefonica.net terra.es ziggo.nl kpnmail.nl planet.nl "
    "xs4all.nl hetnet.nl home.nl sapo.pt mail.pt telenet.be skynet.be btinternet.com sky.com virginmedia.com talktalk.net comcast.net "
    "verizon.net att.net cox.net rogers.com bell.net videotron.ca shaw.ca bigpond.com optusnet.com.au tutanota.com tuta.io mail.com hey.com".split()
)

_ROBOT_LOCAL = re.compile(
    r"(?:^|[._+-])(?:no[._-]?reply|do[._-]?not[._-]?reply|donotreply|ne[._-]?pas[._-]?repondre|keine[._-]?antwort|nicht[._-]?antworten|no[._-]?respond(?:er|a)|n[aã]o[._-]?respond(?:er|a)|non[._-]?risponde(?:re|te)|niet[._-]?(?:be)?antwoorden"
    r"|mailer[._-]?daemon|postmaster|notifications?|calendar[._-]?notification|calendar[._-]?invite|bounces?|automated|automailer|mailbot|robot|"
    r"invitations?|scheduler|scheduling[._-]?bot|alerts?|system|daemon)(?:$|[._+-])"
)
_ROBOT_DOMAIN = re.compile(
    r"(?:^|\.)(?:(?:group|resource)\.calendar\.google\.com|calendly\.com|cal\.com|greenhouse(?:-mail)?\.io|imip\.me\.com|myworkday\.com|hire\.lever\.co|goodtime\.io|unknown\.email)$"
    # where applicant tracking systems take in what candidates answer; their own people write from the bare domain
    r"|(?:^|\.)(?:teamtailor-mail\.com|workablemail\.com|breezy-mail\.com|bullhornmail\.com|successfactors\.(?:com|eu)|taleo\.net)$"
    r"|\.(?:personio\.(?:de|com)|recruitee\.com|smartrecruiters\.com|ashbyhq\.com|bamboohr\.com|icims\.com|jobvite\.com|gupy\.io|flatchr\.io|softgarden\.io)$"
)
_RELAY_DOMAIN = re.compile(r"(?:^|\.)(?:google\.com|microsoft\.com|office365\.com|apple\.com|zoom\.us|hubspot\.com|zoho\.(?:com|eu)|doodle\.com)$")
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwort|sv|rv|res|ref|r|fw|fwd|wg|tr|enc|i|doorst|rif|réf|rép)\s*(?:\[\d{1,3}\])?\s*:\s*"
    r"|\[(?:ext|external|externe|extern|externo|esterno)\]\s*)",
    re.I,
)


def is_robot(address: Address) -> bool:
    """Whether nobody reads what is sent there: no-reply, a group calendar, a scheduler's relay."""
    local, _, domain = address.email.partition("@")
    return not domain or bool(_ROBOT_LOCAL.search(local)) or bool(_ROBOT_DOMAIN.search(domain))


def is_relay(address: Address) -> bool:
    """Whether it is the robot of a calendar, scheduler or tracking system that writes for the organiser: anybody can call an address of theirs no-reply."""
    return is_robot(address) and bool(_ROBOT_DOMAIN.search(address.domain) or _RELAY_DOMAIN.search(address.domain))


def organisation(address: Address) -> str | None:
    """The domain that stands for an organisation (its last two labels, three under co.uk and the like); None at a public provider."""
    domain = address.domain
    if not domain or domain in PUBLIC_PROVIDERS:
        return None
    labels = domain.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in {"co", "com", "org", "net", "ac", "gov", "edu", "asso", "gouv"} else 2
    return ".".join(labels[-keep:])


def same_organisation(one: Address, other: Address) -> bool:
    """Whether two addresses are the same, or lie at the same organisation."""
    if one.email == other.email:
        return True
    mine = organisation(one)
    return mine is not None and mine == organisation(other)


def base_subject(subject: str) -> str:
    """The subject without the reply and forward prefixes of any supported language (RFC 5256 2.1, extended), case folded."""
    before = None
    while before != subject:
        before, subject = subject, _PREFIX.sub("", subject, count=1)
    return re.sub(r"\s+", " ", subject).strip().casefold()
