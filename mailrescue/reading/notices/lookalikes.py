"""What looks like a notice of a telephone service and is none: bait, adverts, news. Says why, for the reader of the code."""

from __future__ import annotations

import re

from mailrescue.reading.notices.mail import Mail
from mailrescue.reading.notices.who import in_sender

#: services that write from their own domain alone: name in the mail, words that the domain must hold
_OWN_DOMAIN = {
    "ringcentral": ("ringcentral",), "google voice": ("google",), "microsoft teams": ("microsoft", "office"), "microsoft office": ("microsoft", "office"), "office 365": ("microsoft", "office"), "office365": ("microsoft", "office"),
    "microsoft voice": ("microsoft", "office"), "microsoft 365": ("microsoft", "office"), "whatsapp": ("whatsapp", "facebook"), "zoom phone": ("zoom",), "dialpad": ("dialpad",), "aircall": ("aircall",), "openphone": ("openphone", "quo"), "grasshopper": ("grasshopper",), "vonage": ("vonage",), "linkedin": ("linkedin",), "sharepoint": ("microsoft", "sharepoint"),
}
#: domains of telephone services, or what they end in
KNOWN_DOMAINS = re.compile(
    r"(?:^|\.)(?:ringcentral\.(?:com|biz|eu)|(?:txt\.)?voice\.google\.com|skype\.voicemail\.microsoft\.com|(?:email\.)?teams\.microsoft\.com|zoom\.(?:us|com)|dialpad\.com|aircall\.io|openphone\.(?:com|co)|quo\.com|vonage\.(?:com|co\.uk)|8x8\.com|nextiva\.com"
    r"|grasshopper\.com|justcall\.io|twilio\.com|3cx\.(?:net|com|eu|us)|sipgate\.(?:de|co\.uk|net)|telekom\.de|t-online\.de|free-mobile\.fr|free\.fr|freebox\.fr|freetelecom\.fr|orange\.(?:fr|com|es|be)|sfr\.fr|bouyguestelecom\.fr|bbox\.fr|ovh\.(?:com|net)|ovhcloud\.com"
    r"|swisscom\.(?:com|ch)|bluewin\.ch|sunrise\.ch|kpn\.com|vodafone\.(?:nl|de|it|es|pt|co\.uk)|ziggo\.nl|odido\.nl|t-mobile\.(?:com|nl)|tim\.it|telecomitalia\.it|windtre\.it|movistar\.(?:es|com)|telefonica\.(?:com|de|es)|meo\.pt|nos\.pt|o2online\.de|o2\.(?:co\.uk|de)"
    r"|bt\.com|virginmedia\.com|sky\.com|ee\.co\.uk|talktalk\.co\.uk|telstra\.com(?:\.au)?|optus\.com\.au|proximus\.be|telenet\.be|a1\.net|magenta\.at|1und1\.de|1and1\.com|avm\.de|easybell\.de|placetel\.de|nfon\.com|starface\.de|verizon\.(?:com|net)|vzwpix\.com|vtext\.com"
    r"|att\.(?:com|net)|comcast\.(?:com|net)|xfinity\.com|spectrum\.(?:com|net)|cox\.(?:com|net)|rogers\.com|bell\.(?:ca|net)|telus\.com|ooma\.com|phone\.com|line2\.com|youmail\.com|hushed\.com|mightycall\.com|goto\.com|jive\.com|gotoconnect\.com|intermedia\.net"
    r"|webex\.com|mitel\.(?:com|io)|cloudtalk\.io|ringover\.com|keyyo\.(?:com|net)|voip\.ms|voipfone\.co\.uk|gradwell\.com|soho66\.co\.uk|callcentric\.com|localphone\.com|zadarma\.com|ifttt\.com)$"
)
#: their names, as a label of a domain begins with them: they write from more domains than any list holds
_SERVICES = re.compile(r"(?:^|[.@-])(?:ringcentral|dialpad|aircall|8x8|vonage|nextiva|grasshopper|justcall|3cx|sipgate|openphone|ringover|cloudtalk|nfon|placetel|webex|gotoconnect|mitel|avaya|phoneburner|ooma|easybell|starface)(?=[.-])")
_HTML = re.compile(r"\.(?:s?html?|xhtml|svg|hta|js|zip|rar|7z|iso|img|exe|lnk|docm|one|url)\b|(?<!plain )\btext/html\b|application/(?:x-)?zip", re.I)
_PAPER = re.compile(r"\.(?:pdf|docx?|xlsx?|rtf|eml)\b", re.I)
_SPAM = re.compile(r"\byes\b", re.I)


def known(mail: Mail) -> bool:
    """Whether the sender's domain is a telephone service's. Its people write from there too."""
    return mail.sender.email == "voice-noreply@google.com" or bool(KNOWN_DOMAINS.search(mail.sender.domain))


def named(mail: Mail) -> bool:
    """Whether the sender's domain bears a telephone service's name, or the name of the service that the sender gives itself out for."""
    return known(mail) or bool(_SERVICES.search(mail.sender.domain)) or bool(_named_as(mail))


def _named_as(mail: Mail) -> str:
    """The service that the sender's name gives, where a whole label of its domain is that service's word."""
    labels, name = mail.sender.domain.split("."), mail.sender.name.lower()
    return next((service for service, domains in _OWN_DOMAIN.items() if service in name and any(d in labels for d in domains)), "")


def bait(mail: Mail) -> str:
    """Why the mail is taken for phishing; empty where it is not."""
    results = mail.header("authentication-results").lower()
    if _failed(results):
        return "it fails authentication"
    if any(_HTML.search(a) for a in mail.attachments):
        return "a web page or an archive hangs on it"
    if not mail.has_audio() and any(_PAPER.search(a) for a in mail.attachments):
        return "a document hangs on it where the sound would be"
    if _SPAM.match(mail.header("x-spam-flag")) or _SPAM.match(mail.header("x-spam-status")):
        return "the mail server took it for spam"
    if known(mail):
        return ""
    text = f"{mail.plain_subject}\n{mail.body}"
    named = _claims(mail)
    wants = mail.says("bait", text)
    if named and not _passed(results):
        return f"it names {named} and comes from elsewhere"
    if wants and not mail.has_audio():
        return f"it asks for what no telephone service asks for: {wants.words}"
    points = _points(mail)
    if len(points) >= (3 if _passed(results) or _named_as(mail) else 2):
        return ", ".join(points)
    return ""


def _failed(results: str) -> bool:
    """Whether the user's own provider says that it is not from whom it says. SPF alone fails for forwarded mail."""
    if "dmarc=pass" in results or "dkim=pass" in results:
        return False
    return "dmarc=fail" in results or "spf=fail" in results or "dkim=fail" in results or ("spf=softfail" in results and "dkim=none" in results)


def _passed(results: str) -> bool:
    return "dmarc=pass" in results or "dkim=pass" in results


def _claims(mail: Mail) -> str:
    """A service that the sender's name or the subject gives itself out for, whose domain it is not."""
    said = f"{mail.sender.name} {mail.plain_subject}".lower()
    return next((name for name, domains in _OWN_DOMAIN.items() if name in said and not any(d in mail.sender.domain for d in domains)), "")


def _points(mail: Mail) -> list[str]:
    """What bait has in common; each alone is found in honest mail too."""
    subject, body = mail.plain_subject, mail.body
    me = mail.header("to").lower()
    addresses = re.findall(r"[\w.+-]{1,64}@[\w.-]{1,200}", me)
    points = []
    if re.search(r"\(\d{1,2}\)|^\W{0,3}\[\d{1,2}\]|^\W{0,3}\d{1,2} (?:new|neue|nouve|nuev|nuov|nieuw|nov)", subject, re.I):
        points.append("a count in the subject")
    if _claims(mail):
        points += ["a service's name", "and not from its domain"]
    if any(a in subject.lower() for a in addresses):
        points.append("the subject holds the user's address")
    if any(a.partition("@")[0] in body for a in addresses if len(a.partition("@")[0]) > 3) and not mail.has_audio():         # "Hi ada", where a service says "Hi Ada"
        points.append("it greets an address, not a person")
    if not mail.has_audio() and mail.says("voicemail", f"{subject}\n{body}") and mail.says("play", body) and not mail.field("transcript"):
        points.append("a link to play instead of a sound file")
    if not in_sender(mail) and not any(m.e164 for m in (*mail.subject_numbers, *mail.body_numbers)):
        points.append("no caller's number")
    if mail.says("bait", f"{subject}\n{body}"):
        points.append("it presses or asks for a password")
    return points
