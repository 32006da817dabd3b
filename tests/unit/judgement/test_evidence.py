"""What the mail around a slot says: kinds, figures, proposed times; in seven languages, from new text only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailrescue import vocabulary
from mailrescue.judgement import evidence
from mailrescue.model.interview import EvidenceKind, Me, Statement
from mailrescue.model.mail import CallNotice, Message, MessageRef
from mailrescue.model.words import Address, Passage
from tests.unit.judgement.said_cases import CASES, Case
from tests.unit.judgement.said_sentences import SENTENCES
from tests.unit.judgement.said_voices import CASES as VOICES

LEXICON = vocabulary.load()
ME = Me("Sorcha Kinsella", ("sorcha@home.example",), "+353850000000", "085 000 0000", "Europe/Dublin", ("en", "fr"))
WRITTEN = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Dublin"))       # a Monday


def mail(body: str, subject: str = "", sender: str = "pat@workshop.example", quoted: str = "", signature: str = "", notice: CallNotice | None = None,
         written: datetime = WRITTEN, **headers: str) -> Message:
    passages = tuple(Passage(s, t) for s, t in (("subject", subject), ("body", body), ("quoted", quoted), ("signature", signature)) if t)
    return Message(
        MessageRef("INBOX", 0, "1"), written.astimezone(UTC), "<1@x.example>", written, Address("Pat", sender), None, (), (Address("", ME.addresses[0]),), (),
        subject, (), (), passages, tuple((k.replace("_", "-"), v) for k, v in headers.items()), notice=notice,
    )


def read(body: str, subject: str = "", **more: object) -> Statement:
    return evidence.read(mail(body, subject, **more), ME, LEXICON)      # type: ignore[arg-type]


@pytest.mark.parametrize("case", [*CASES, *VOICES], ids=lambda case: case.name)
def test_what_many_people_say(case: Case) -> None:
    """Each mail says what a careful human reads in it, with the figure that it names."""
    said = evidence.read(mail(case.body, case.subject, case.sender, **{k.replace("-", "_"): v for k, v in case.headers.items()}), ME, LEXICON)
    assert (case.kind, case.minutes, case.at) == (said.kind.value, said.minutes, said.at_clock)


@pytest.mark.parametrize(("kind", "figure", "words"), SENTENCES, ids=[f"{kind}: {words[:40]}" for kind, _, words in SENTENCES])
def test_what_a_sentence_says(kind: str, figure: int | str | None, words: str) -> None:
    """A few words without subject or context are enough."""
    said = read(words)
    assert (kind, figure) == (said.kind.value, said.minutes or said.at_clock if figure else None)


# ---------------------------------------------------------------------- which words count

def test_quoted_history_says_nothing() -> None:
    """An apology of last week that a plain answer quotes is none."""
    said = evidence.read(mail("Yes, tram 4 to the harbour.", "Re: our call", quoted="I am so sorry that I did not call you."), ME, LEXICON)
    assert said.kind is EvidenceKind.OTHER


def test_a_signature_says_nothing() -> None:
    """"Please leave a message after the tone" in a signature is no attempt to call."""
    said = evidence.read(mail("See you on the pier.", signature="Tried to call? I am out of the office on Fridays, sorry."), ME, LEXICON)
    assert said.kind is EvidenceKind.OTHER


def test_the_sentence_is_quoted() -> None:
    """The verdict shows the sentence that it rests on, on one line, and no other."""
    said = read("Hi Sorcha,\n\nThe tide was early. I tried to reach\nyou twice this morning. Ring me back.\n\nPat")
    assert said.text == "I tried to reach you twice this morning."


def test_the_rule_is_named() -> None:
    """explain can say which line of the table decided."""
    assert read("I tried to reach you twice this morning.").rule == "tried to reach the user"


def test_a_sentence_that_wraps_is_one() -> None:
    """A line break within a sentence hides no word of it."""
    assert read("We will have to\nreschedule our\ncall.").kind is EvidenceKind.RESCHEDULE_REQUEST


@pytest.mark.parametrize("words", [
    "Should you need to reschedule, use the link below.",
    "If I am running late, please wait for ten minutes.",
    "Need to reschedule? Click here.",
    "If for any reason the time no longer suits you, let us know.",
    "En cas d'empêchement, merci de nous prévenir afin de reporter l'entretien.",
    "Falls Sie den Termin verschieben möchten, geben Sie bitte Bescheid.",
    "Si necesita reprogramar la llamada, avísenos.",
    "Se desidera spostare il colloquio, ci scriva.",
    "Mocht u de afspraak willen verzetten, laat het weten.",
    "Caso precise de remarcar a entrevista, avise-nos.",
])
def test_a_condition_is_no_statement(words: str) -> None:
    """What stands behind an if is said of no call."""
    assert read(words).kind is EvidenceKind.OTHER


def test_no_need_to_reschedule() -> None:
    """A denied wish is none."""
    assert read("No need to reschedule, the ferry runs after all.").kind is EvidenceKind.OTHER


# ---------------------------------------------------------------------- which of two

@pytest.mark.parametrize(("kind", "words"), [
    ("tried-to-reach", "I tried to call you at ten but got your voicemail. Could we find another time?"),
    ("reschedule-request", "I am so sorry that I forgot our call. Could we talk on Thursday instead?"),
    ("absence-apology", "I am so sorry that I forgot our call. I am running ten minutes late with everything today."),
    ("absence-apology", "Sorry that I never rang. I have moved the invitation to Thursday 11:00."),
    ("talked", "Great talking to you just now, and sorry again that I called ten minutes late."),
    ("talked", "Lovely speaking with you this morning! Let us find a date for the second interview."),
    ("reschedule-request", "I enjoyed our chat last month. I am afraid we have to reschedule tomorrow's call."),
    ("cancellation", "I tried hard to keep it, but the position has been cut and our call is off."),
])
def test_the_one_that_decides_the_draft_comes_first(kind: str, words: str) -> None:
    """Where two kinds fit, the order of the shared folder's judgement/README.md decides."""
    assert read(words).kind.value == kind


# ---------------------------------------------------------------------- figures

@pytest.mark.parametrize(("words", "minutes", "from_now"), [
    ("I am running ten minutes late for our call.", 10, False),
    ("I'll call you in 10 minutes, sorry for the wait.", 10, True),
    ("Donnez-moi encore cinq minutes, je vous appelle ensuite.", 5, True),
    ("Ich verspäte mich um eine halbe Stunde.", 30, False),
    ("Voy con un cuarto de hora de retraso.", 15, False),
    ("Sono in ritardo di 5-10 minuti.", 10, False),
    ("Geef me nog een kwartiertje.", 15, True),
    ("Ligo-lhe daqui a vinte minutos, desculpe o atraso.", 20, True),
])
def test_by_how_much_they_are_late(words: str, minutes: int, from_now: bool) -> None:
    """A delay counts from the slot, "in ten minutes" from the mail."""
    said = read(words, "our call")
    assert (EvidenceKind.RUNNING_LATE, minutes, from_now) == (said.kind, said.minutes, said.from_now)


def test_the_new_time_not_the_old() -> None:
    """Of two clock times the one that holds is told."""
    assert read("Je vous appelle à 9h40 au lieu de 9h15, désolée.").at_clock == "09:40"


@pytest.mark.parametrize(("kind", "words"), [
    ("running-late", "Sorry, my meeting runs over. I will call you at 16:20 instead of 16:00."),
    ("running-late", "Could we make it 16:30 instead of 16:00?"),
    ("running-late", "Can we push our call by 20 minutes?"),
    ("reschedule-request", "Could we make it 16:30 tomorrow instead of 16:00 today?"),
    ("reschedule-request", "Something came up. Could we move our call from 10:00 to 16:30?"),
])
def test_a_small_move_is_a_delay(kind: str, words: str) -> None:
    """Within the hour or so the clock moves; further away it is another time."""
    assert read(words).kind.value == kind


def test_half_of_the_day_by_the_hour_of_writing() -> None:
    """"Twenty past seven" written at six in the evening is 19:20."""
    said = read("Running late, I will call you at twenty past seven.", written=WRITTEN.replace(hour=18))
    assert said.at_clock == "19:20"


def test_proposed_times_are_read_when_certain() -> None:
    """Day, date and clock agree: an aware time in the user's zone."""
    said = read("Something came up, sorry. Could we move our call to Thursday 26 November at 2 pm or Friday at 10:30?")
    there = ZoneInfo("Europe/Dublin")
    assert said.proposed == (datetime(2026, 11, 26, 14, 0, tzinfo=there), datetime(2026, 11, 27, 10, 30, tzinfo=there))


def test_the_old_slot_is_not_proposed() -> None:
    """The time that cannot be kept is no proposal."""
    said = read("I cannot make Thursday at 10:00, could we do Friday at 14:00 instead?")
    assert said.proposed == (datetime(2026, 11, 27, 14, 0, tzinfo=ZoneInfo("Europe/Dublin")),)


def test_an_apology_beside_the_wish_is_told() -> None:
    """The answer differs when they also missed the call."""
    assert read("I forgot our call, I am so sorry. Could we talk on Thursday instead?").apology
    assert not read("The auditors are here. Could we move our call to Thursday?").apology


# ---------------------------------------------------------------------- notices, texts, machines, lists

def notice(kind: str, **more: object) -> CallNotice:
    return CallNotice(kind, "Phone Co", WRITTEN, **more)     # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "expected"), [
    ("call", EvidenceKind.CALL), ("unanswered", EvidenceKind.UNANSWERED), ("missed-call", EvidenceKind.MISSED_CALL), ("voicemail", EvidenceKind.VOICEMAIL),
])
def test_a_notice_decides_first(kind: str, expected: EvidenceKind) -> None:
    """A call notice is what its service says, whatever words it carries."""
    said = read("Sorry, can we reschedule?", notice=notice(kind, number="+353861234567", seconds=12))
    assert (expected, "+353861234567", 12) == (said.kind, said.number, said.seconds)


def test_a_text_message_is_judged_by_its_own_words() -> None:
    """The service's boilerplate around an SMS says nothing."""
    said = read("New text. If you no longer wish to receive these, unsubscribe.", notice=notice("text", text="am 10 min late 4 our call, sorry"))
    assert (EvidenceKind.RUNNING_LATE, 10) == (said.kind, said.minutes)


def test_a_list_says_nothing() -> None:
    """A letter to many that tells a story of a missed call is nobody's word."""
    assert read("She was sorry for missing our call and wanted to reschedule.", list_id="<tips.example>").kind is EvidenceKind.OTHER


def test_an_applicant_system_that_can_be_unsubscribed_still_speaks() -> None:
    """Bulk mailers add List-Unsubscribe to a coordinator's mail."""
    said = read("We need to reschedule your interview. Please pick a new time.", list_unsubscribe="<mailto:x@example.com>")
    assert said.kind is EvidenceKind.RESCHEDULE_REQUEST


def test_a_machine_answers() -> None:
    """An automatic reply that is sorry to have missed a call is one all the same."""
    assert read("Sorry I missed your call, I am away.", auto_submitted="auto-replied").kind is EvidenceKind.AUTO_REPLY


# ---------------------------------------------------------------------- the user's own mail

@pytest.mark.parametrize(("kind", "words"), [
    ("talked", "Dear Pat,\n\nThank you for taking the time to talk with me this morning. I am keener than ever.\n\nSorcha"),
    ("talked", "Merci pour notre échange de ce matin et pour l'intérêt porté à ma candidature."),
    ("talked", "Vielen Dank für das angenehme Gespräch heute."),
    ("user-no-show", "Dear Pat,\n\nI was waiting for your call at 14:00 but could not reach you. I am available until 14:45. Thank you for the opportunity."),
    ("user-no-show", "I tried to call you twice at 10:00 and was not able to reach you."),
    ("user-no-show", "J'attendais votre appel à 14 h et n'ai pas réussi à vous joindre."),
    ("user-no-show", "Ich habe um 10 Uhr auf Ihren Anruf gewartet."),
    ("user-no-show", "Estuve esperando su llamada a las 10."),
    ("user-no-show", "Aspettavo la sua telefonata alle 10."),
    ("user-no-show", "Ik heb om 10 uur op uw telefoontje gewacht."),
    ("user-no-show", "Estive à espera da sua chamada às 10h."),
    ("other", "I look forward to our call today at 14:00."),
    ("user-missed", "I am sorry that I missed your call. Is now a good time, or do you have time this week?"),
    ("user-missed", "So sorry, I forgot to call you at ten. It is entirely my fault."),
    ("user-missed", "I missed our interview this morning, I mixed up the hour. I tried to call you back, without luck."),
    ("user-missed", "Je suis désolée d'avoir manqué votre appel ce matin."),
    ("user-missed", "Es tut mir sehr leid, dass ich Ihren Anruf heute Morgen verpasst habe."),
    ("user-missed", "Siento mucho no haber podido atender su llamada."),
    ("user-missed", "Mi scuso: non ho sentito la sua chiamata."),
    ("user-missed", "Excuses dat ik je telefoontje heb gemist."),
    ("user-missed", "Peço desculpa, não consegui atender a sua chamada."),
    ("user-no-show", "I was waiting for your call at two. Sorry if I missed your call."),
    ("other", "You may have noticed that you missed our call on Monday."),
    ("other", "I'm afraid I missed your mail about our call."),
    ("other", "No problem at all, Thursday at 11:00 works for me."),
    ("other", "Thank you for the invitation. I am looking forward to speaking with you tomorrow."),
])
def test_what_the_users_own_mail_shows(kind: str, words: str) -> None:
    """Their thanks show a talk, their "I was waiting" a no-show, their excuse that they missed the call, the rest nothing."""
    assert read(words, sender="sorcha@home.example").kind.value == kind


def test_a_plus_tag_is_the_user_too() -> None:
    """The user's own mail is known by its address, plus-tag or not."""
    assert read("Thanks for the conversation today.", sender="sorcha+jobs@home.example").kind is EvidenceKind.TALKED


# ---------------------------------------------------------------------- hostile

@pytest.mark.timeout(20)
@pytest.mark.parametrize("word", ["x", "in ", "10 ", "10:00 ", "sorry I tried to call you ", "? ", "d'", "thursday at "])
def test_a_word_two_hundred_thousand_letters_long(word: str) -> None:
    """Hostile text ends in a verdict; only its first thousands of letters are looked at."""
    assert isinstance(read(word * (200_000 // len(word))).kind, EvidenceKind)


def test_a_zone_that_the_words_name() -> None:
    """A proposal that names its zone is certain wherever it was written."""
    written = (WRITTEN + timedelta(hours=1)).astimezone(ZoneInfo("America/New_York"))
    said = read("I have to reschedule, sorry. Would Thursday at 10:00 New York time suit?", written=written)
    assert said.proposed == (datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("America/New_York")),)
    assert said.zone == "America/New_York"


def test_a_writer_on_another_clock() -> None:
    """Whose ten o'clock it is cannot be told when the Date header shows another zone and the words name none."""
    written = (WRITTEN + timedelta(hours=1)).astimezone(ZoneInfo("America/New_York"))
    assert read("I have to reschedule, sorry. Would Thursday at 10:00 suit?", written=written).proposed == ()


def test_a_delay_names_its_zone() -> None:
    """"16:10 French time" keeps its zone beside the clock time."""
    said = read("We were evacuated, sorry. Please expect my call at 16:10 French time.")
    assert (said.at_clock, said.zone) == ("16:10", "Europe/Paris")
