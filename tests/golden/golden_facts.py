"""The table of golden drafts: what is known in each case, by its name. The drafts themselves lie beside this file, LANGUAGE/CASE.txt.

A case is read aloud as kind, direction, what is special. Every case exists in every language, those of REGIONS in one only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailrescue.model.draft import DraftKind, Facts
from mailrescue.model.interview import Direction, Me
from mailrescue.model.words import Address

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")

HOME = {
    "en": "Europe/London", "fr": "Europe/Paris", "de": "Europe/Berlin", "es": "Europe/Madrid", "it": "Europe/Rome", "nl": "Europe/Amsterdam", "pt": "Europe/Lisbon",
}
NUMBERS = {     # the user's, and theirs
    "en": ("+447700900142", "+442079460018"), "fr": ("+33639981234", "+33199005544"), "de": ("+4915112345678", "+493023125014"),
    "es": ("+34612345678", "+34910987654"), "it": ("+393123456789", "+390612345678"), "nl": ("+31612345678", "+31201234567"), "pt": ("+351912345678", "+351212345678"),
}
USERS = {"en": "Jo Hartley", "fr": "Maël Tanguy", "de": "Kim Ostermann", "es": "Ariel Fuentes", "it": "Andrea Bellini", "nl": "Sam Hofstra", "pt": "Noa Figueira"}
RECRUITERS = {"en": "Robin Asher", "fr": "Dominique Vial", "de": "Toni Brandt", "es": "Alex Robledo", "it": "Celeste Moro", "nl": "Jip van der Linden", "pt": "Íris Tavares"}
ROLES = {
    "en": "Warehouse Planner", "fr": "Acheteur", "de": "Bauleitung", "es": "Técnico de Calidad", "it": "Contabile", "nl": "Inkoper", "pt": "Analista de Dados",
}
COMPANY = "Nordwind"


def when(language: str, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of late November 2026 on the user's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(HOME[language]))


def me(language: str) -> Me:
    number = NUMBERS[language][0]
    return Me(USERS[language], ("candidate@post.example",), number, number, HOME[language], (language,))


def base(language: str, kind: DraftKind, direction: Direction, **known: object) -> Facts:
    start = when(language, 24, 14)
    number = None if direction is Direction.BOTH_JOIN else NUMBERS[language][1]
    usual: dict[str, object] = {"to": Address(RECRUITERS[language], "recruiter@nordwind.example"), "company": COMPANY, "role": ROLES[language], "phone": number}
    return Facts(
        kind=kind, language=language, me=me(language), direction=direction, start=start, end=start + timedelta(minutes=30), **(usual | known),  # type: ignore[arg-type]
    )


def cases(language: str) -> dict[str, Facts]:
    """Every case of one language, by its name."""
    they, you, nobody, both = Direction.THEY_CALL, Direction.YOU_CALL, Direction.UNKNOWN, Direction.BOTH_JOIN
    until = when(language, 24, 14, 45)
    free = tuple((when(language, day, hour), when(language, day, hour, 30)) for day, hour in ((25, 10), (26, 11), (26, 15)))
    new_york = "America/New_York"
    table: dict[str, tuple[DraftKind, Direction, dict[str, object]]] = {
        "confirmation-they-call": (DraftKind.CONFIRMATION, they, {}),
        "confirmation-they-call-two-zones": (DraftKind.CONFIRMATION, they, {"their_zone": new_york}),
        "confirmation-they-call-familiar": (DraftKind.CONFIRMATION, they, {"formal": False}),
        "confirmation-you-call": (DraftKind.CONFIRMATION, you, {}),
        "confirmation-you-call-bridge": (DraftKind.CONFIRMATION, you, {"access_code": "4471"}),
        "confirmation-you-call-no-number": (DraftKind.CONFIRMATION, you, {"phone": None, "role": None, "to": Address("", "")}),
        "confirmation-you-call-familiar": (DraftKind.CONFIRMATION, you, {"formal": False}),
        "confirmation-unknown": (DraftKind.CONFIRMATION, nobody, {"phone": None}),
        "no-show-they-call": (DraftKind.NO_SHOW, they, {"available_until": until}),
        "no-show-they-call-late": (DraftKind.NO_SHOW, they, {}),
        "no-show-they-call-slots-two-zones": (
            DraftKind.NO_SHOW, they, {"available_until": until, "slots": free, "knows_calendar": True, "their_zone": new_york},
        ),
        "no-show-they-call-user-called-too": (DraftKind.NO_SHOW, they, {"available_until": until, "calls_shown": 1}),
        "no-show-they-call-second": (DraftKind.NO_SHOW, they, {"available_until": until, "ask_them_to_call": True, "rescheduled": True}),
        "no-show-they-call-second-late": (DraftKind.NO_SHOW, they, {"ask_them_to_call": True, "rescheduled": True}),
        "no-show-they-call-familiar": (DraftKind.NO_SHOW, they, {"available_until": until, "formal": False, "calls_shown": 1}),
        "no-show-you-call": (DraftKind.NO_SHOW, you, {"available_until": until}),
        "no-show-you-call-late": (DraftKind.NO_SHOW, you, {}),
        "no-show-you-call-twice-slots": (DraftKind.NO_SHOW, you, {"available_until": until, "calls_shown": 2, "slots": free, "knows_calendar": True}),
        "no-show-you-call-three-times": (DraftKind.NO_SHOW, you, {"calls_shown": 3}),
        "no-show-you-call-second": (DraftKind.NO_SHOW, you, {"available_until": until, "ask_them_to_call": True, "rescheduled": True}),
        "no-show-you-call-second-familiar": (DraftKind.NO_SHOW, you, {"ask_them_to_call": True, "rescheduled": True, "formal": False}),
        "no-show-unknown": (DraftKind.NO_SHOW, nobody, {"available_until": until}),
        "no-show-unknown-second": (DraftKind.NO_SHOW, nobody, {"available_until": until, "ask_them_to_call": True, "rescheduled": True}),
        "missed-call-they-tried": (DraftKind.MISSED_CALL, they, {"they_tried": True}),
        "missed-call-they-tried-slots": (DraftKind.MISSED_CALL, they, {"they_tried": True, "slots": free, "knows_calendar": True}),
        "missed-call-they-tried-weekend": (DraftKind.MISSED_CALL, they, {"they_tried": True, "same_week": False}),
        "missed-call-they-tried-familiar": (DraftKind.MISSED_CALL, they, {"they_tried": True, "formal": False}),
        "missed-call-you-should-have-called": (DraftKind.MISSED_CALL, you, {}),
        "missed-call-unknown-weekend-familiar": (DraftKind.MISSED_CALL, nobody, {"phone": None, "same_week": False, "formal": False}),
        "reschedule-accepted": (DraftKind.RESCHEDULE, they, {"accepted": when(language, 26, 11), "knows_calendar": True}),
        "reschedule-accepted-two-zones": (DraftKind.RESCHEDULE, they, {"accepted": when(language, 26, 16), "knows_calendar": True, "their_zone": new_york}),
        "reschedule-slots": (DraftKind.RESCHEDULE, they, {"slots": free, "knows_calendar": True}),
        "reschedule-asks": (DraftKind.RESCHEDULE, you, {}),
        "reschedule-asks-familiar": (DraftKind.RESCHEDULE, you, {"formal": False}),
        "reschedule-after-apology": (DraftKind.RESCHEDULE, you, {"they_apologised": True, "after_the_slot": True, "slots": free, "knows_calendar": True}),
        "reschedule-after-apology-familiar": (
            DraftKind.RESCHEDULE, they, {"they_apologised": True, "after_the_slot": True, "slots": free, "knows_calendar": True, "formal": False},
        ),
        "thank-you": (DraftKind.THANK_YOU, they, {}),
        "thank-you-rescheduled": (DraftKind.THANK_YOU, you, {"rescheduled": True}),
        "thank-you-company-only": (DraftKind.THANK_YOU, they, {"role": None}),
        "thank-you-nothing-known": (DraftKind.THANK_YOU, they, {"role": None, "company": None, "to": Address("", "")}),
        "thank-you-familiar": (DraftKind.THANK_YOU, they, {"rescheduled": True, "formal": False}),
        "video-confirmation": (DraftKind.CONFIRMATION, both, {"link": "https://rooms.example/4471"}),
        "video-confirmation-no-link": (DraftKind.CONFIRMATION, both, {"formal": False}),
        "video-no-show": (DraftKind.NO_SHOW, both, {"available_until": until}),
        "video-no-show-second-late": (DraftKind.NO_SHOW, both, {"ask_them_to_call": True, "rescheduled": True, "formal": False}),
        "video-missed-call": (DraftKind.MISSED_CALL, both, {}),
        "video-reschedule": (DraftKind.RESCHEDULE, both, {"they_apologised": True, "after_the_slot": True}),
        "video-thank-you": (DraftKind.THANK_YOU, both, {}),
    }
    return {name: base(language, kind, direction, **known) for name, (kind, direction, known) in table.items()} | REGIONS.get(language, {})


def regional(language: str, zone: str, kind: DraftKind, **known: object) -> Facts:
    number = {"America/New_York": "+12125550123", "America/Toronto": "+14165550199", "Europe/Zurich": "+41446681800", "America/Sao_Paulo": "+551123456789"}[zone]
    start = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo(zone))
    user = Me(USERS[language], ("candidate@post.example",), number, number, zone, (language,))
    return Facts(kind, language, user, Address(RECRUITERS[language], "recruiter@nordwind.example"), Direction.THEY_CALL, start, start + timedelta(minutes=30),
                 phone=number, role=ROLES[language], company=COMPANY, **known)  # type: ignore[arg-type]


REGIONS = {
    "en": {
        "no-show-new-york": regional("en", "America/New_York", DraftKind.NO_SHOW, available_until=datetime(2026, 11, 24, 14, 45, tzinfo=ZoneInfo("America/New_York")), salutation="Ms."),
    },
    "fr": {
        "confirmation-quebec": regional("fr", "America/Toronto", DraftKind.CONFIRMATION, salutation="M."),
        "missed-call-quebec": regional("fr", "America/Toronto", DraftKind.MISSED_CALL, they_tried=True),
    },
    "de": {
        "no-show-zurich": regional("de", "Europe/Zurich", DraftKind.NO_SHOW, available_until=datetime(2026, 11, 24, 14, 45, tzinfo=ZoneInfo("Europe/Zurich"))),
        "thank-you-zurich-titled": regional("de", "Europe/Zurich", DraftKind.THANK_YOU, salutation="Frau"),
    },
    "pt": {"thank-you-sao-paulo": regional("pt", "America/Sao_Paulo", DraftKind.THANK_YOU, formal=False)},
}
