"""What telephone services and call logs write of calls, voicemails and text messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mailrescue.model.mail import CallNotice
from mailrescue.model.words import Address


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
    """The call that a message tells of, None where it is no notice of a telephone service or a call log."""
    return None
