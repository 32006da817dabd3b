"""Which lines of a mail are new, which are history, which sign: the forms that mail programs write, language by language."""

from __future__ import annotations

import pytest

from mailrescue.reading import text

SAID = "I am running ten minutes late."
OLD = "Shall we still speak at nine?"


def reply(attribution: str) -> str:
    return f"{SAID}\n\n{attribution}\n\n{OLD}\n"


def marked(attribution: str) -> str:
    return f"{SAID}\n\n{attribution}\n> {OLD}\n"


ATTRIBUTIONS = [
    pytest.param("On Mon, 18 Jan 2027 at 16:12, Sam Ashgrove <sam@ashgrove.example> wrote:", id="Gmail en"),
    pytest.param("On Jan 18, 2027, at 4:12 PM, Sam Ashgrove <sam@ashgrove.example> wrote:", id="Apple en"),
    pytest.param("On Monday, 18 January 2027 at 16:12:00 CET, Sam Ashgrove <sam@ashgrove.example> wrote:  ", id="Yahoo en"),
    pytest.param("Sam Ashgrove <sam@ashgrove.example> wrote:", id="name first en"),
    pytest.param("On Mon, 18 Jan 2027 at 16:12, The Very Long Department of Ashgrove <\nsam.with.a.long.address@ashgrove.example> wrote:", id="Gmail en, broken in the address"),
    pytest.param("Le lun. 18 janv. 2027 à 16:12, Sam Ashgrove <sam@ashgrove.example> a écrit :", id="Gmail fr"),
    pytest.param("Le 18 janv. 2027 à 16:12, Sam Ashgrove <sam@ashgrove.example>\na écrit\u00a0:", id="Apple fr, wrapped"),
    pytest.param("Am Mo., 18. Jan. 2027 um 16:12 Uhr schrieb Sam Ashgrove <sam@ashgrove.example>:", id="Gmail de"),
    pytest.param("Am 18.01.2027 um 16:12 schrieb Sam Ashgrove:", id="Thunderbird de"),
    pytest.param("El lun, 18 ene 2027 a las 16:12, Sam Ashgrove (<sam@ashgrove.example>) escribió:", id="Gmail es"),
    pytest.param("Il giorno lun 18 gen 2027 alle ore 16:12 Sam Ashgrove <sam@ashgrove.example>\nha scritto:", id="Gmail it, wrapped"),
    pytest.param("Op ma 18 jan 2027 om 16:12 schreef Sam Ashgrove <sam@ashgrove.example>:", id="Gmail nl"),
    pytest.param("Op 18 jan. 2027 om 16:12 heeft Sam Ashgrove <sam@ashgrove.example> het volgende geschreven:", id="Apple nl"),
    pytest.param("Em seg., 18 de jan. de 2027 às 16:12, Sam Ashgrove <sam@ashgrove.example> escreveu:", id="Gmail pt"),
    pytest.param("Sam Ashgrove <sam@ashgrove.example> escreveu no dia segunda, 18/01/2027 à(s) 16:12:", id="Gmail pt of Portugal"),
    pytest.param("2027-01-18 16:12 GMT+01:00 Sam Ashgrove <sam@ashgrove.example>:", id="old Gmail"),
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("form", [reply, marked])
def test_attributions(form, attribution):
    """What follows an attribution is history, marked or not."""
    split = text.split(form(attribution))
    assert split.new == SAID
    assert OLD in split.quoted


HEADERS = [
    pytest.param("From: Sam Ashgrove <sam@ashgrove.example>\nSent: Monday, 18 January 2027 16:12\nTo: Orla Quinn\nSubject: Tomorrow", id="en"),
    pytest.param("*From:* Sam Ashgrove\n*Date:* Monday, 18 January 2027\n*To:* Orla Quinn\n*Subject:* Tomorrow", id="en bold"),
    pytest.param("From: Sam Ashgrove\n<sam@ashgrove.example>\nDate: Monday, 18 January 2027\nTo: Orla Quinn\nCc: Al\nSubject: Tomorrow", id="en Outlook for Mac"),
    pytest.param("De\u00a0: Sam Ashgrove\nEnvoyé\u00a0: lundi 18 janvier 2027 16:12\nÀ\u00a0: Orla Quinn\nObjet\u00a0: Demain", id="fr"),
    pytest.param("Von: Sam Ashgrove\nGesendet: Montag, 18. Januar 2027 16:12\nAn: Orla Quinn\nBetreff: Morgen", id="de"),
    pytest.param("De: Sam Ashgrove\nEnviado el: lunes, 18 de enero de 2027\nPara: Orla Quinn\nAsunto: Mañana", id="es"),
    pytest.param("Da: Sam Ashgrove\nInviato: lunedì 18 gennaio 2027\nA: Orla Quinn\nOggetto: Domani", id="it"),
    pytest.param("Van: Sam Ashgrove\nVerzonden: maandag 18 januari 2027\nAan: Orla Quinn\nOnderwerp: Morgen", id="nl"),
    pytest.param("De: Sam Ashgrove\nEnviada: segunda-feira, 18 de janeiro de 2027\nPara: Orla Quinn\nAssunto: Amanhã", id="pt"),
    pytest.param("Subject: Tomorrow\nDate: Mon, 18 Jan 2027\nFrom: Sam Ashgrove\nTo: Orla Quinn", id="Thunderbird forwards"),
]


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("rule", ["", "________________________________\n", "-----Original Message-----\n", "-------- Message d'origine --------\n"])
def test_outlooks_header_block(header, rule):
    """Outlook copies the header instead of marking lines; the rule above it may be missing."""
    split = text.split(f"{SAID}\n\n{rule}{header}\n\n{OLD}")
    assert split.new == SAID
    assert split.quoted.endswith(OLD)


@pytest.mark.parametrize("separator", [
    "-----Original Message-----", "----- Mail original -----", "-----Ursprüngliche Nachricht-----", "-------- Mensaje original --------",
    "-------- Messaggio originale --------", "-------- Oorspronkelijk bericht --------", "-------- Mensagem original --------",
    "---------- Forwarded message ---------", "Begin forwarded message:", "Début du message réexpédié :", "Anfang der weitergeleiteten Nachricht:",
])
def test_separators(separator):
    """A line that announces another message begins history."""
    assert text.split(f"{SAID}\n\n{separator}\n\n{OLD}").new == SAID


@pytest.mark.parametrize("said", [
    pytest.param("From: Lyon\nTo: Paris\nDate: 3 March\n\nThat is my journey.", id="a journey is no header"),
    pytest.param("As I wrote on 12 March:\n\nbring your portfolio.", id="a sentence is no attribution"),
    pytest.param("On the phone you said: call me.", id="said, not written"),
    pytest.param("On Tuesday 3 March at 10:00 I will call you:\nplease be at your desk.", id="an appointment"),
    pytest.param("Am Montag um 9:00 rufe ich an: bitte halten Sie Stift und Papier bereit.", id="an appointment in German"),
    pytest.param("Name: Orla\nTitle: HR\nSubject: call", id="a form"),
])
def test_new_text_that_looks_like_history(said):
    """What a writer says stays said."""
    assert text.split(said).new == said


@pytest.mark.parametrize("line", [
    "Sent from my iPhone", "Envoyé de mon iPhone", "Von meinem iPhone gesendet", "Enviado desde mi iPhone", "Inviato da iPhone", "Verstuurd vanaf mijn iPhone",
    "Enviado do meu iPhone", "Get Outlook for Android", "Télécharger Outlook pour iOS", "Sent from Yahoo Mail on Android", "Gesendet von Outlook für Android<https://aka.ms/x>",
    "Von meinem Samsung Galaxy Smartphone gesendet.", "Envoyé depuis mon mobile Orange",
])
def test_the_devices_own_line(line):
    """What the telephone adds is nobody's word, wherever it stands."""
    split = text.split(f"{SAID}\n\n{line}\n\nOn Mon, 18 Jan 2027 at 16:12, Sam <sam@ashgrove.example> wrote:\n> {OLD}")
    assert split.new == SAID
    assert line in split.signature


@pytest.mark.parametrize("closing", [
    "Kind regards,", "Best,", "Many thanks", "Cheers", "Cordialement,", "Bien à vous,", "Mit freundlichen Grüßen", "Viele Grüße,", "LG", "Un saludo,", "Atentamente,",
    "Cordiali saluti,", "A presto,", "Met vriendelijke groet,", "Groetjes", "Atenciosamente,", "Com os melhores cumprimentos,", "Abraço,",
])
def test_closings(closing):
    """From the closing on it is the signature: name, title, telephone, fine print."""
    split = text.split(f"{SAID}\n\n{closing}\nOrla Quinn\nTalent Partner\nT 01632 960741\n\nThis message is confidential and intended for its recipient only.")
    assert split.new == SAID
    assert split.signature.startswith(f"{closing}\nOrla Quinn")


def test_the_writers_name_signs_without_a_closing():
    """The From's name alone on a line begins the signature."""
    split = text.split(f"{SAID}\nOrla\nTalent Partner, Saltonwharf", writer="Quinn, Orla")
    assert (SAID, "Orla\nTalent Partner, Saltonwharf") == (split.new, split.signature)


@pytest.mark.parametrize("tail", [
    pytest.param("P.S. I shall call from 01632 960741.", id="postscript"),
    pytest.param("To join, dial 020 7946 0000 and key in PIN 4417#.", id="how to dial in"),
    pytest.param("Could you also send me your portfolio before the call?", id="a question"),
])
def test_what_is_said_below_the_name(tail):
    """Booking mails put what matters below the closing."""
    split = text.split(f"{SAID}\n\nBest,\nOrla\n\n{tail}")
    assert tail in split.new
    assert tail not in split.signature


def test_thanks_at_the_beginning_close_nothing():
    """The first line greets, whatever it says."""
    said = f"Thanks Sam,\n{SAID}"
    assert text.split(said).new == said


@pytest.mark.parametrize(("flowed", "expected"), [
    pytest.param("one \ntwo\nthree", "one two\nthree", id="soft and hard"),
    pytest.param("> one \n> two\nthree", "> one two\nthree", id="quoted"),
    pytest.param("> one \nmine", "> one \nmine", id="another depth ends it"),
    pytest.param(" >not quoted\n From here", ">not quoted\nFrom here", id="stuffed"),
    pytest.param("bye \n-- \nOrla", "bye \n-- \nOrla", id="the delimiter never flows"),
])
def test_format_flowed(flowed, expected):
    """RFC 3676 4."""
    assert text.unflow(flowed) == expected


def test_delsp():
    """RFC 3676 4.1: the space that marks the soft line end belongs to it."""
    assert text.unflow("東京 \n都", delsp=True) == "東京都"
