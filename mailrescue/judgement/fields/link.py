"""Where one joins a video interview: the link of its room."""

from __future__ import annotations

import re

from mailrescue.judgement.case import Case
from mailrescue.model.scheduling import VIDEO_ROOM

_LINK = re.compile(r"https://[^\s<>\"]{1,2000}", re.I)
_MARKS_BEHIND = ".,;:)]}'’»"


def link(case: Case) -> str | None:
    """The link that the calendar keeps apart, else the place, else the first to a video service that the words name; None where there is none."""
    invite = case.invite
    for text, shape in ((" ".join(invite.dialled_apart), _LINK), (invite.words("location"), _LINK), *((p.text, VIDEO_ROOM) for _, p in case.pieces)):
        if found := shape.search(text):
            return found.group().rstrip(_MARKS_BEHIND)
    return None
