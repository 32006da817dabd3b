"""Machines that answer: automatic replies, delivery reports, acknowledgements; and mail that went to many."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailrescue import vocabulary
from mailrescue.judgement import automatic
from mailrescue.model.mail import Message, MessageRef
from mailrescue.model.scheduling import Invite
from mailrescue.model.words import Address, Passage

LEXICON = vocabulary.load()


def mail(subject: str = "", body: str = "", sender: str = "hanne@tannery.example", invite: bool = False, **headers: str) -> Message:
    invites = (Invite("REQUEST", "u", None, 0, None, None, None, "s"),) if invite else ()
    return Message(
        MessageRef("INBOX", 0, "1"), datetime(2026, 11, 23, tzinfo=UTC), "<1@x.example>", None, Address("Hanne", sender), None, (), (), (), subject, (), (),
        (Passage("subject", subject), Passage("body", body)), tuple((k.replace("_", "-"), v) for k, v in headers.items()), invites=invites,
    )


@pytest.mark.parametrize("headers", [
    {"auto_submitted": "auto-replied"}, {"auto_submitted": "auto-replied (vacation)"}, {"x_apple_action": "VACATION"}, {"x_autoreply": "yes"}, {"x_autorespond": "1"},
    {"precedence": "auto_reply"}, {"x_failed_recipients": "a@b.example"}, {"content_type": 'multipart/report; report-type="delivery-status"'}, {"return_path": "<>"},
], ids=lambda h: next(iter(h)))
def test_headers_that_mark_a_machine(headers: dict[str, str]) -> None:
    """RFC 3834, RFC 3464 and what iCloud, cPanel and Exim write instead."""
    assert automatic.is_automatic(mail(body="Hello", **headers), LEXICON)


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@mx.example", "postmaster@mx.example", "mailer-daemon@googlemail.example"])
def test_a_mail_system_writes(sender: str) -> None:
    """Whatever a mailer-daemon says is no human's word."""
    assert automatic.is_automatic(mail(sender=sender.lower()), LEXICON)


@pytest.mark.parametrize("subject", [
    "Automatic reply: phone interview", "Out of Office: Re: your call", "Undeliverable: I was waiting", "Réponse automatique : entretien", "Absence du bureau : Re: appel",
    "Automatische Antwort: Telefonat", "Abwesenheitsnotiz: Bewerbung", "Respuesta automática: entrevista", "Fuera de la oficina Re: llamada", "Risposta automatica: colloquio", "Fuori ufficio: Re: telefonata",
    "Automatisch antwoord: gesprek", "Afwezig: Re: afspraak", "Resposta automática: entrevista", "Fora do escritório: Re: chamada", "We have received your application", "Ihre Bewerbung ist bei uns eingegangen",
    "Nous avons bien reçu votre candidature", "Hemos recibido tu candidatura", "Abbiamo ricevuto la tua candidatura", "Recebemos a sua candidatura",
])
def test_subjects_that_machines_write(subject: str) -> None:
    """Exchange, Outlook and applicant systems say it in the subject, in the recipient's language."""
    assert automatic.is_automatic(mail(subject), LEXICON)


@pytest.mark.parametrize("body", [
    "Thank you for your message. I am out of the office until Monday with limited access to email. For urgent matters call reception.",
    "Merci de votre message. Je suis absente jusqu'au 4 janvier. En cas d'urgence, contactez l'accueil.",
    "Vielen Dank für Ihre Nachricht. Ich bin bis Montag nicht im Büro. In dringenden Fällen hilft Frau Roth.",
    "Gracias por su mensaje. Estoy de vacaciones hasta el lunes. Para asuntos urgentes llame a la centralita.",
    "Grazie per il messaggio. Sono in ferie fino a lunedì. Per urgenze chiamare la segreteria.",
    "Bedankt voor uw bericht. Ik ben afwezig tot maandag. Voor dringende zaken belt u de receptie.",
    "Obrigado pela sua mensagem. Estou ausente até segunda-feira. Para assuntos urgentes, contacte a receção.",
])
def test_absence_replies_without_a_header(body: str) -> None:
    """Some servers mark nothing; thanks for the message and two signs of absence are enough."""
    assert automatic.is_automatic(mail("Re: our call", body), LEXICON)


@pytest.mark.parametrize("body", [
    "I am out of the office on Thursday, could we talk on Friday instead?",
    "Thank you for your message. I will call you at ten.",
    "We have received your references, thank you. Shall we talk on Friday?",
    "Merci pour votre message, je vous appelle demain.",
    "I read your automatic watering proposal with interest.",
])
def test_humans_who_sound_like_it(body: str) -> None:
    """Somebody who is away on Thursday and says so is a human."""
    assert automatic.is_automatic(mail("Re: our call", body), LEXICON) is None


def test_a_calendar_that_marks_its_invites() -> None:
    """Google writes Auto-Submitted: auto-generated on invites of humans."""
    assert automatic.is_automatic(mail("Invitation: Phone screen", "Phone screen", invite=True, auto_submitted="auto-generated", return_path="<>"), LEXICON) is None


def test_the_reason_is_told() -> None:
    """What shows the machine is quoted for explain."""
    reason = automatic.is_automatic(mail(auto_submitted="auto-replied"), LEXICON)
    assert reason == automatic.Reason("Auto-Submitted: auto-replied", "RFC 3834 marks it as an automatic reply")


@pytest.mark.parametrize(("headers", "bulk"), [
    ({"list_id": "<a.example>"}, True), ({"list_unsubscribe": "<mailto:x@a.example>"}, True), ({"precedence": "bulk"}, True), ({"precedence": "list"}, True), ({}, False), ({"precedence": "first-class"}, False),
])
def test_mail_to_many(headers: dict[str, str], bulk: bool) -> None:
    """List-Id, List-Unsubscribe and Precedence tell a list's mail."""
    assert automatic.is_bulk(mail(**headers)) is bulk
