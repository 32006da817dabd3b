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
from mailrescue.reading.notices.general import general
from mailrescue.reading.notices.google_voice import google_voice
from mailrescue.reading.notices.lookalikes import bait
from mailrescue.reading.notices.mail import LONGEST_BODY, Mail
from mailrescue.reading.notices.phone_logs import lost_headers, sms_backup_plus

#: read before the question of bait: the user's own telephone wrote these into the mailbox, no server vouches for them
_OWN: tuple[Callable[[Mail], CallNotice | None], ...] = (sms_backup_plus, lost_headers)
#: in this order; the first that knows the mail answers
_SERVICES: tuple[Callable[[Mail], CallNotice | None], ...] = (google_voice, exchange, asterisk, general)

_RECALL = re.compile(r"^\s*(?:recall|rappel|zurückrufen|r[üu]ckruf|recuperar|retirada|richiamo|richiama|intrekken|terughalen|revogar|anular)\s?:", re.I)
#: stems of the words without which nothing here is a notice; most mail ends here
_SPEAKS = re.compile(
    r"call|voice|mailbox|messag|sms|mms|text|appel|vocal|repond|répond|anruf|sprach|nachricht|telefon|llamad|buz[oó]n|contestador|chiamat|segreteria|oproep|gesprek|bericht|chamada|liga[cç]|correio|recado|mensag|joindre|calllog|cerca|bel(?:d|len)|texto",
    re.I,
)


def read(
    headers: Mapping[str, str],
    from_: Address | None,
    subject: str,
    body: str,
    internal_date: datetime,
    date: datetime | None,
    regions: tuple[str, ...],
    attachments: tuple[str, ...],
) -> CallNotice | None:
    """The call that a message tells of, None where it is no notice of a telephone service or a call log.

    ``headers`` by name (any case), ``body`` the whole text, labels such as "From:" and lines such as "--Asterisk" left in;
    ``internal_date`` and ``date`` aware; ``regions`` as phones.regions gives them; ``attachments`` "name type" each.
    ``at`` of the answer is the call's own time where the notice tells it, else Date, else arrival.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    mail = Mail(lowered, from_ or Address("", ""), subject, body[:LONGEST_BODY], internal_date, date, regions, attachments)
    for own in _OWN:
        if notice := own(mail):
            return notice
    if _RECALL.match(subject) or not _SPEAKS.search(subject + mail.header("content-class") + body[:600]) or bait(mail):
        return None
    return next((notice for known in _SERVICES if (notice := known(mail))), None)
