"""Video interviews, for users who want these watched too: the same conditions decide, only the medium differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailrescue.judgement import evidence
from mailrescue.judgement.answer import answer
from mailrescue.judgement.due import State, Verdict, verdicts
from mailrescue.judgement.facts import Calendar, facts
from mailrescue.judgement.phone_interview import judge
from mailrescue.judgement.track import Revision, track
from mailrescue.judgement.whose import Bench
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import Direction, EvidenceKind, Finding, Medium, Rejection, Statement
from mailrescue.model.mail import CallNotice, Mailboxes
from mailrescue.vocabulary import load
from tests import builders as make
from tests.unit.judgement.invitations import ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE, invitation
from tests.unit.judgement.test_phone_interview import MEET, TEAMS

LEXICON = load()
BOTH = (Medium.PHONE, Medium.VIDEO)
ROOM = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Nzg"

#: id, the invitation, and where one joins
VIDEO = [
    ("a first round on Teams",
     invitation(OMAR, "Freya Nairn <freya@larkspur.example>", "Interview: Grain Buyer", where="Microsoft Teams Meeting", says=f"Hi Omar, we will meet on video for the Grain Buyer role. Join here: {ROOM}. Should the link fail, my number is 01632 960118." + TEAMS), ROOM),
    ("ein Gespräch über Google Meet",
     invitation(NINA, "Ole Brandt <ole@torfhaus.example>", "Vorstellungsgespräch Gärtnerin (m/w/d)", says="Hallo Nina, wir sprechen uns per Videocall zu deiner Bewerbung." + MEET), "https://meet.google.com/abc-defg-hij"),
    ("un entretien en visio, lien dans le lieu",
     invitation(ZOE, "Maïa Lestrade <maia@oreade.example>", "Entretien visio - chargée de mission", where="https://visio.oreade.example/salle/12", says="Bonjour Zoé, nous nous verrons en visioconférence pour le poste."),
     "https://visio.oreade.example/salle/12"),
    ("entrevista por videollamada, sin enlace",
     invitation(SOFIA, "Inés Roca <ines@almendra.example>", "Entrevista por videollamada - técnica de calidad", says="Hola Sofía, la entrevista será por videollamada; te paso el enlace ese día."), None),
    ("la stanza è nel calendario",
     invitation(ELISA, "Livia Corsi <livia@ginepro.example>", "Colloquio in videochiamata - contabile", says="Buongiorno Elisa, ci vediamo in videochiamata.", dialled_apart=("https://zoom.us/j/99887766",)), "https://zoom.us/j/99887766"),
    ("online sollicitatiegesprek",
     invitation(JOOST, "Femke Bos <femke@duinrand.example>", "Online sollicitatiegesprek magazijn", says="Hoi Joost, we spreken elkaar via een videogesprek over de vacature."), None),
    ("entrevista por videoconferência",
     invitation(RUI, "Marta Pinho <marta@salina.example>", "Entrevista por videoconferência - operador", says="Olá Rui, a entrevista para a vaga será por videoconferência."), None),
]
WAITED = [
    "We waited for you in the Teams meeting, but you did not join. Is everything all right?",
    "I didn't see you in the meeting today.",
    "Ich habe in der Videokonferenz auf Sie gewartet, leider waren Sie nicht da.",
    "Je vous attendais en visio à l'heure dite.",
    "Le esperamos en la videollamada, pero no se conectó.",
    "L'abbiamo attesa in videoconferenza ma non si è collegata.",
    "Wij hebben in de vergadering op u gewacht.",
    "Ficámos à espera na videoconferência, mas não apareceu.",
]


@pytest.mark.parametrize(("invited", "room"), [pytest.param(invited, room, id=name) for name, invited, room in VIDEO])
class TestConditions:
    def test_is_none_unless_the_user_asks(self, invited: tuple[object, ...], room: str | None) -> None:
        """Phone interviews are the default."""
        invite, message = invited
        verdict = judge(invite, message, _user(message), LEXICON)  # type: ignore[arg-type]
        assert isinstance(verdict, Rejection)
        assert "video" in verdict.reasons[0]

    def test_is_one_where_the_user_asks(self, invited: tuple[object, ...], room: str | None) -> None:
        """Nobody dials, both join; the room is known where the invite shows it, and no number of a bridge is taken for theirs."""
        invite, message = invited
        found = judge(invite, message, replace(_user(message), modes=BOTH), LEXICON)  # type: ignore[arg-type]
        assert isinstance(found, Finding)
        assert (Medium.VIDEO, Direction.BOTH_JOIN, room, None, None) == (found.medium, found.direction, found.link, found.phone, found.access_code)


def _user(message: object) -> object:
    users = {me.addresses[0]: me for me in (ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE)}
    return users[message.to[0].email]  # type: ignore[attr-defined]


def test_a_phone_screen_with_a_room_glued_on_stays_one() -> None:
    """Whatever else the user wants watched."""
    invite, message = invitation(OMAR, "Freya Nairn <freya@larkspur.example>", "Phone screen: Grain Buyer", says="Hi Omar, I will call you on your mobile." + TEAMS)
    found = judge(invite, message, replace(OMAR, modes=BOTH), LEXICON)
    assert isinstance(found, Finding)
    assert Medium.PHONE is found.medium


def test_a_video_interview_alone_may_be_wanted() -> None:
    """Then a call is none."""
    invite, message = invitation(OMAR, "Freya Nairn <freya@larkspur.example>", "Phone screen: Grain Buyer", says="Hi Omar, I will call you on your mobile.")
    assert isinstance(judge(invite, message, replace(OMAR, modes=(Medium.VIDEO,)), LEXICON), Rejection)


@pytest.mark.parametrize("words", WAITED)
def test_who_waited_in_the_room_tried(words: str) -> None:
    """"You did not join" is what "you did not answer" is on the telephone."""
    assert EvidenceKind.TRIED_TO_REACH is evidence.read(make.message(9, make.after(20), body=words), make.ME, LEXICON).kind


class TestEvidence:
    def test_a_strangers_call_says_nothing_of_a_meeting(self) -> None:
        """A number that nobody knows rings during a video interview: no call was expected there."""
        for direction, expected in ((Direction.THEY_CALL, 1), (Direction.BOTH_JOIN, 0)):
            notice = make.message(2, make.after(2), notice=CallNotice("missed-call", "provider", make.after(2), number="+442079460999"))
            (interview,) = self._tracked(make.finding(direction=direction), notice)
            assert expected == len(interview.evidence)

    def test_an_update_by_telephone_is_no_meeting_any_more(self) -> None:
        """Who dials is unknown then; the room is forgotten."""
        first = make.message(1, make.INVITED, invites=(make.invite(),))
        second = make.message(2, make.after(-60), invites=(make.invite(sequence=1),))
        video = make.finding(direction=Direction.BOTH_JOIN, link=ROOM)
        (interview,) = track(
            [Revision(first, first.invites[0], video), Revision(second, second.invites[0], make.finding(direction=Direction.UNKNOWN))], [first, second], {}, _bench()
        )
        assert (Direction.UNKNOWN, None) == (interview.finding.direction, interview.finding.link)

    @staticmethod
    def _tracked(found: Finding, *mail: object) -> list[object]:
        message = make.message(1, make.INVITED, invites=(make.invite(),))
        return track([Revision(message, message.invites[0], found)], [message, *mail], {}, _bench())  # type: ignore[list-item, return-value]


def _bench() -> Bench:
    return Bench(make.ME, make.POLICY, Mailboxes("INBOX", "Drafts"), lambda m: Statement(EvidenceKind.MISSED_CALL if m.notice else EvidenceKind.OTHER))


def test_no_draft_and_no_reason_speaks_of_calls() -> None:
    """The user may have rung them twice all the same: "twice" is nowhere said, and they waited rather than called."""
    slot = make.slot(direction=Direction.BOTH_JOIN)
    rung = [make.said(EvidenceKind.UNANSWERED, make.after(minute)) for minute in (3, 6)]
    case = make.case(make.after(20), *rung, slot=slot)
    verdict = Verdict(DraftKind.NO_SHOW, State.DUE, "", "")
    assert 0 == facts(verdict, case, answer(verdict, case.interview, make.ME), make.ME, Calendar(False, ())).calls_shown
    missed = make.case(make.after(20), make.said(EvidenceKind.TRIED_TO_REACH, make.after(16)), slot=slot)
    assert ["they waited and you were not there"] == [v.reason for v in verdicts(missed) if v.kind is DraftKind.MISSED_CALL]
