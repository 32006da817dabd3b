"""How they address the user, the title they show, the job that they name."""

from __future__ import annotations

import pytest

from mailrescue.judgement.case import Case
from mailrescue.judgement.fields.manner import formal, formal_in, salutation
from mailrescue.judgement.fields.role import role
from mailrescue.model.words import Address
from mailrescue.vocabulary import load
from tests.builders import START, message
from tests.unit.judgement.invitations import ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE, invitation

LEXICON = load()


def case(me, title, says="", sender="Ingrid Mayr <i.mayr@haldenwerk.example>"):
    return Case(*invitation(me, sender, title, says=says), me, LEXICON)


@pytest.mark.parametrize(
    ("expected", "me", "says"),
    [
        (False, ZOE, "Salut Zoé, je t'appelle jeudi, prépare tes questions."),
        (True, ZOE, "Madame, je vous appelle jeudi, préparez vos questions."),
        (False, NINA, "Hallo Nina, ich ruf dich an, deine Fragen klären wir dann."),
        (True, NINA, "Sehr geehrte Frau Falk, wir rufen Sie an, Ihre Fragen klären wir dann."),
        (False, SOFIA, "Hola Sofía, te llamo el jueves, piensa en tus preguntas."),
        (True, SOFIA, "Estimada Sra. Lagos, le llamaré el jueves, piense en sus preguntas."),
        (False, ELISA, "Ciao Elisa, ti chiamo giovedì per la posizione, prepara le tue domande."),
        (True, ELISA, "Gentile Elisa, la chiamo giovedì per la posizione, prepari le sue domande."),
        (False, JOOST, "Hoi Joost, ik bel je donderdag over jouw vragen."),
        (True, JOOST, "Geachte heer Kamp, ik bel u donderdag over uw vragen."),
        (False, RUI, "Oi Rui, te ligo na quinta, a gente fala das tuas dúvidas."),
        (True, RUI, "Exmo. Senhor, ligo-lhe na quinta para esclarecer dúvidas consigo."),
    ],
)
def test_formal_until_they_say_tu(expected, me, says):
    """Tu, du, tú, jij show that the user is on familiar terms; nothing shows it otherwise."""
    assert expected == formal(case(me, "Telefon", says))
    assert expected is formal_in(message(1, START, body=says), me, LEXICON)


def test_a_later_mail_that_shows_nothing():
    """No pronoun, or the user's own words: the manner of the invite stays."""
    assert formal_in(message(1, START, body="Guten Tag, der Termin am Donnerstag bleibt. Viele Grüße"), NINA, LEXICON) is None
    own = message(1, START, Address("Nina", NINA.addresses[0]), body="Hallo Ingrid, ich freue mich auf dich und danke dir.")
    assert formal_in(own, NINA, LEXICON) is None


@pytest.mark.parametrize(
    ("expected", "says"),
    [
        ("Frau", "Frau Mag. Mayr ruft Sie an."),
        ("Dr.", "Dr. Ingrid Mayr ruft Sie an."),
        ("", "Ingrid Mayr ruft Sie an."),
        ("", "I. Mayr (Frau Holm vertritt sie) ruft Sie an."),
    ],
)
def test_a_title_is_shown_or_there_is_none(expected, says):
    """The title before the person's own name, how to address them before what they are."""
    assert expected == salutation(case(NINA, "Telefoninterview", says), "Ingrid Mayr")


def test_an_initial_is_no_title():
    """"M. Roy" may be Mathilde as well as a Monsieur."""
    assert salutation(case(ZOE, "Entretien", "M. Roy vous appelle.", "Mathilde Roy <m.roy@haldenwerk.example>"), "Mathilde Roy") == ""


@pytest.mark.parametrize(
    ("expected", "me", "title", "says"),
    [
        ("Warehouse Supervisor", OMAR, "Phone interview - Warehouse Supervisor - O. Haddad", ""),
        ("Staff Nurse", OMAR, "Telephone interview: Staff Nurse (Band 5)", ""),
        ("Buyer", OMAR, "Phone screen with Ingrid Mayr", "About the Buyer role at Haldenwerk."),
        ("chargée d'accueil", ZOE, "Entretien téléphonique", "Pour le poste de chargée d'accueil à Lyon."),
        ("Mechatronikerin", NINA, "Telefoninterview Nina Falk - Mechatronikerin (m/w/d)", ""),
        ("Kybernetiker", NINA, "Telefoninterview Nina Falk - Kybernetiker (m/w/d)", ""),
        ("Cask Cooper", OMAR, "R-20771 Cask Cooper - phone interview", ""),
        ("vannier", ZOE, "Entretien téléphonique", "Vous postulez au poste de vannier à Nancy."),
        ("bottaio", ELISA, "Colloquio telefonico", "La posizione di bottaio presso la nostra cantina."),
        ("welder", OMAR, "Phone interview", "I'll ring you about the welder position."),
        (None, ZOE, "Entretien téléphonique", "Nous vous appelons depuis notre poste de Nancy."),
        (None, SOFIA, "Entrevista telefónica", "Hablaremos de su puesto de trabajo."),
        (None, OMAR, "Recruiter call", "Let's talk."),
        (None, OMAR, "Phone interview - Ingrid Mayr - Omar Haddad", ""),
        (None, NINA, "Telefonkonferenz", "Das Gespräch führen wir als Telefonkonferenz."),
    ],
)
def test_a_role_is_a_trade_that_the_invite_names(expected, me, title, says):
    """A job's title holds a trade's word; what holds none is left unsaid."""
    assert expected == role(case(me, title, says))
