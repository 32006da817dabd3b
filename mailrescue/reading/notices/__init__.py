"""What telephone services and call logs write of calls, voicemails and text messages.

Answers: was there a call, whose, when, and did anybody pick up. May not: follow a link, open an attachment, believe bait. A
provider's quirk is added by one function below and one sample in tests/unit/reading/notices; what most of them share is the
general rule over the words of words.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from mailrescue.model.mail import CallNotice
from mailrescue.model.words import Address
from mailrescue.reading.notices.asterisk import asterisk
from mailrescue.reading.notices.exchange import exchange
from mailrescue.reading.notices.general import general, is_system
from mailrescue.reading.notices.google_voice import google_voice
from mailrescue.reading.notices.lookalikes import bait
from mailrescue.reading.notices.mail import LONGEST_BODY, Mail
from mailrescue.reading.notices.phone_logs import lost_headers, sms_backup_plus

#: names of the headers that are asked for here, and how families of them begin, all in lower case
HEADERS = frozenset(
    "to message-id references authentication-results x-spam-flag x-spam-status auto-submitted precedence list-id list-unsubscribe x-mailer user-agent content-class"
    " x-callingtelephonenumber x-voicemessageduration x-voicemessagesendername x-callerid x-caller-id x-caller-number x-cisco-unity-callerid x-voicemail-from".split()
)
HEADER_FAMILIES = ("x-smssync-", "x-asterisk-")
#: read before the question of bait: the user's own telephone wrote these into the mailbox, no server vouches for them
_OWN: tuple[Callable[[Mail], CallNotice | None], ...] = (sms_backup_plus, lost_headers)
#: in this order; the first that knows the mail answers
_SERVICES: tuple[Callable[[Mail], CallNotice | None], ...] = (google_voice, exchange, asterisk, general)

_RECALL = re.compile(r"^\s*(?:recall|rappel|zurückrufen|r[üu]ckruf|recuperar|retirada|richiamo|richiama|intrekken|terughalen|revogar|anular)\s?:", re.I)
#: stems of the words without which a subject announces no call, voicemail or text
_ANNOUNCES = re.compile(
    r"call|voice|mailbox|messag|sms|mms|text|appel|vocal|repond|répond|anruf|angerufen|sprach|nachricht|combox|llamad|mensaj|buz[oó]n|contestador|chiamat|segreteria|cercato|oproep|gesprek|gebeld|bericht|chamada|liga[cç]|correio|recado|mensag|joindre",
    re.I,
)


def _may_be_one(mail: Mail) -> bool:
    """A cheap question that ends most mail here: a subject that announces, a sender that is a system, a header or a sound that shows it."""
    return bool(_ANNOUNCES.search(mail.subject) or is_system(mail) or mail.has_audio() or mail.header("x-callingtelephonenumber") or mail.header("content-class"))


def read(
    headers: Mapping[str, str],
    from_: Address | None,
    subject: str,
    body: str,
    internal_date: datetime,
    date: datetime | None,
    regions: tuple[str, ...],
    attachments: tuple[str, ...],
    mine: str | None = None,
) -> CallNotice | None:
    """The call that a message tells of, None where it is no notice of a telephone service or a call log.

    ``headers`` by name (any case), ``body`` the whole text, labels such as "From:" and lines such as "--Asterisk" left in;
    ``internal_date`` and ``date`` aware; ``regions`` as phones.regions gives them; ``attachments`` "name type" each;
    ``mine`` the user's own number in E.164, which is nobody else's wherever it stands.
    ``at`` of the answer is the call's own time where the notice tells it, else Date, else arrival.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    mail = Mail(lowered, from_ or Address("", ""), subject, body[:LONGEST_BODY], internal_date, date, regions, attachments, mine)
    for own in _OWN:
        if notice := own(mail):
            return notice
    if _RECALL.match(subject) or not _may_be_one(mail):
        return None
    notice = next((notice for known in _SERVICES if (notice := known(mail))), None)
    return None if notice and bait(mail) else notice
