"""Who dials, in whichever words: each rule of fields/direction.py in the seven languages, and what says nothing of it."""

from __future__ import annotations

import pytest

from mailrescue.judgement.phone_interview import judge
from mailrescue.model.interview import Finding, Rejection
from mailrescue.vocabulary import load
from tests.unit.judgement.invitations import ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE, invitation

LEXICON = load()
THEY, YOU, NOBODY = "they_call", "you_call", "unknown"
SENDER = "Robin Lark <robin@larkfield.example>"
USERS = {
    "en": (OMAR, "Telephone interview, glasshouse foreman"), "fr": (ZOE, "Entretien téléphonique, poste de pépiniériste"), "de": (NINA, "Telefoninterview Gärtnermeisterin"),
    "es": (SOFIA, "Entrevista telefónica, puesto de viverista"), "it": (ELISA, "Colloquio telefonico, posto di vivaista"), "nl": (JOOST, "Telefonisch sollicitatiegesprek hovenier"),
    "pt": (RUI, "Entrevista telefónica, vaga de jardineiro"),
}  # fmt: skip

#: rule, language, who dials, what the invitation says
SAID = [
    # whom the user is to call may be a third person
    ("a third person", "es", YOU, "Te confirmo la charla con nuestra encargada, Eva Toro; mejor llámala tú a su móvil, 600 555 018."),
    ("a third person", "nl", YOU, "Onze chef is altijd in de kas, dus bel hem om drie uur op zijn mobiel."),
    # of two that overlap the one with more words holds, then the first
    ("overlap", "en", THEY, "I'll give you a ring at the number on your form, so no need to dial in anywhere."),
    # what stands in brackets behind it denies nothing, nor does what else would happen
    ("brackets", "de", YOU, "Bitte rufen Sie mich zum Termin unter 069 90009-417 an (nicht über die Zentrale, dort landen Sie sonst in der Schleife)."),
    # a denial shows the contrary, where nothing else is said and where it is
    ("denied", "en", THEY, "Please do not ring the nursery, the line is for orders."),
    ("denied", "en", YOU, "We are unable to call you from here."),
    ("denied", "en", YOU, "Rather than me ringing you, give me a bell when you are free, 01632 960 340."),
    ("denied", "fr", THEY, "Ne nous appelez pas, la ligne est prise par les clients."),
    ("denied", "fr", YOU, "Nous ne pourrons pas vous appeler depuis la serre."),
    ("denied", "de", THEY, "Rufen Sie uns bitte nicht an, die Leitung ist belegt."),
    ("denied", "de", YOU, "Wir rufen Sie diesmal nicht an."),
    ("denied", "es", THEY, "No nos llames, estaremos en el campo."),
    ("denied", "it", THEY, "Non ci chiami, la linea è occupata dai clienti."),
    ("denied", "nl", YOU, "Wij bellen u niet, onze lijn is stuk."),
    ("denied", "pt", THEY, "Por favor não ligue para a loja."),
    ("denied the way only", "de", THEY, "Wir rufen Sie nicht per Video an, sondern ganz normal."),
    ("no denial", "en", YOU, "Don't forget to ring us on 01632 960 340."),
    # a plan given up
    ("given up", "en", THEY, "Originally we asked you to dial in. As the bridge is down, Robin will call you."),
    ("given up", "en", YOU, "I know I said I'd call you, but could you phone me, 01632 960 340?"),
    ("given up", "fr", THEY, "Vous deviez nous appeler, mais c'est moi qui vous téléphonerai."),
    ("given up", "es", YOU, "Habíamos quedado en que te llamaba yo, pero llámame tú al 910 00 55 40."),
    ("given up", "nl", THEY, "Aanvankelijk zou jij ons bellen, maar ik bel jou."),
    # a case that may come shows who was expected to dial; the way out of it does not
    ("expected", "en", THEY, "If you haven't heard from me by ten past, call me on 01632 960 340."),
    ("expected", "fr", THEY, "Si je n'ai pas appelé à 10 h 10, appelez le 01 99 00 10 40."),
    ("expected", "de", THEY, "Sollte ich mich bis 10:10 Uhr nicht gemeldet haben, rufen Sie mich unter 069 90009 140 an."),
    ("expected", "es", THEY, "Si a las diez y diez no te hemos llamado, llama al 910 00 55 40."),
    ("expected", "it", THEY, "Se non riceve la nostra chiamata entro le 10.10, chiami lo 06 5550 1940."),
    ("expected", "nl", THEY, "Mocht je om tien over tien nog niets van ons gehoord hebben, bel dan 030 123 4540."),
    ("expected", "pt", THEY, "Se até às 10h10 não lhe tivermos ligado, ligue para o 210 000 140."),
    ("expected", "en", YOU, "If nobody picks up, try again after five minutes."),
    ("expected", "de", YOU, "Es wäre nett, wenn Sie mich um zehn anrufen könnten."),
    # a fallback tells nothing of the call
    ("fallback", "en", NOBODY, "Any questions beforehand, give me a ring on 01632 960 340."),
    ("fallback", "en", NOBODY, "Trouble with the time? Ring us on 01632 960 340."),
    ("fallback", "fr", NOBODY, "En cas d'empêchement, appelez le 01 99 00 10 40."),
    ("fallback", "de", NOBODY, "Bei Verhinderung rufen Sie bitte 069 90009 140 an."),
    ("fallback", "es", NOBODY, "Para cualquier cambio llama al 910 00 55 40."),
    ("fallback", "it", NOBODY, "In caso di imprevisti chiami lo 06 5550 1940."),
    ("fallback", "nl", NOBODY, "Bij verhindering graag bellen naar 030 123 4540."),
    ("fallback", "pt", NOBODY, "Em caso de imprevisto ligue para o 210 000 140."),
    ("not denied", "de", THEY, "Kein Problem, wir rufen Sie um 10 Uhr an."),
    ("not denied", "en", THEY, "I can't do Zoom, so I'll give you a call."),
    ("not denied", "it", YOU, "Non ho campo in ufficio, mi chiami lei al fisso 06 5550 1940."),
    # nothing to dial
    ("spared", "en", THEY, "There is no need for you to dial anything."),
    ("spared", "nl", THEY, "U hoeft zelf niets te doen."),
    # nouns, passives, whoever it is
    ("noun", "en", YOU, "Candidates place the call themselves, to 01632 960 340."),
    ("noun", "fr", THEY, "L'appel se fera à mon initiative."),
    ("noun", "de", YOU, "Der Anruf geht von Ihnen aus, 069 90009 140."),
    ("noun", "es", THEY, "Nuestra encargada es quien realizará la llamada."),
    ("noun", "it", YOU, "La chiamata la fa Lei, allo 06 5550 1940."),
    ("noun", "pt", THEY, "Quem liga sou eu."),
    ("passive", "en", THEY, "The candidate is to be telephoned by the head gardener."),
    ("passive", "nl", THEY, "Je wordt om tien uur gebeld door onze voorman."),
    ("subjunctive", "fr", YOU, "Il vaudrait mieux que vous téléphoniez au 01 99 00 10 40."),
    ("infinitive", "it", YOU, "Dovrà essere Lei a comporre il numero 06 5550 1940."),
    ("infinitive", "pt", YOU, "Terá de ser o Rui a telefonar, para o 210 000 140."),
    ("a tracker's field", "en", THEY, "Call initiated by: Interviewer"),
    ("a tracker's field", "de", YOU, "Wer ruft an: Bewerberin"),
    ("a scheduler's field", "en", YOU, "Inbound call. Omar Haddad will call Robin Lark."),
    ("the number that the user gave", "de", THEY, "Die Leiterin wird sich unter der von Ihnen angegebenen Rufnummer melden."),
    ("a conference and its code", "es", YOU, "Seremos cuatro, por multiconferencia telefónica. Número: 910 00 55 40. Sala: 6650#."),
    # the forms of a verb, where no phrase tells
    ("forms", "en", THEY, "Our foreman, Ewan, phones all shortlisted applicants himself."),
    ("forms", "fr", YOU, "Appelez plutôt ma collègue Solveig au 01 99 00 10 40."),
    ("forms", "nl", YOU, "Op het tijdstip draai je 030 123 4540."),
    ("forms", "pt", YOU, "Ficamos a aguardar que nos telefone, 210 000 140."),
]


@pytest.mark.parametrize(("language", "direction", "says"), [pytest.param(*row[1:], id=f"{row[0]}, {row[1]}: {row[3]}") for row in SAID])
def test_who_dials(language, direction, says):
    """The direction of an interview of which nothing else tells it."""
    me, title = USERS[language]
    invite, message = invitation(me, SENDER, title, says=says)
    found = judge(invite, message, me, LEXICON)
    assert isinstance(found, Finding), found
    assert direction == found.direction.value


@pytest.mark.parametrize(
    ("more", "mail"),
    [
        ({"method": "REPLY", "partstat": "DECLINED"}, "Sorry, I have signed elsewhere, so there is no need for you to call me."),
        ({"method": "REPLY", "partstat": "DECLINED"}, "I can't take your call after all."),
    ],
)
def test_what_the_user_writes_in_refusing_is_in_the_users_voice(more, mail):
    """In a refusal of the user's, "call me" is their call, and that there is no need tells what the plan was."""
    invite, message = invitation(OMAR, f"{OMAR.name} <{OMAR.addresses[0]}>", "Telephone interview, foreman", organizer=SENDER, to=SENDER, mail=mail, **more)
    found = judge(invite, message, OMAR, LEXICON)
    assert isinstance(found, Finding), found
    assert THEY == found.direction.value


def test_a_call_that_is_called_off_tells_what_the_plan_was():
    """ "I shall not call you" cancels a call of theirs."""
    invite, message = invitation(NINA, SENDER, "Telefoninterview Gärtnermeisterin", method="CANCEL", status="CANCELLED", says="Leider rufe ich Sie nun nicht an: Die Stelle ist vergeben.")
    found = judge(invite, message, NINA, LEXICON)
    assert isinstance(found, Finding), found
    assert THEY == found.direction.value


def test_a_number_given_twice_is_read_with_its_country():
    """What stands without a country beside the same number with one is that number, wherever the reader lives."""
    says = "Please ring 0113 496 0140 at ten (+44 113 496 0140 from Germany), then key in 4821#."
    invite, message = invitation(NINA, SENDER, "Telephone interview, glasshouse foreman", says=says)
    found = judge(invite, message, NINA, LEXICON)
    assert isinstance(found, Finding), found
    assert ("+441134960140", "4821") == (found.phone, found.access_code)


def test_digits_to_key_in_are_the_code_whatever_the_word_before_them():
    """A hash behind digits that follow the number tells the access code."""
    invite, message = invitation(JOOST, SENDER, "Telefonisch sollicitatiegesprek hovenier", says="Bel naar 030 123 4540, dan volgt 44 11# als het geluid klinkt.")
    found = judge(invite, message, JOOST, LEXICON)
    assert isinstance(found, Finding), found
    assert "4411" == found.access_code


#: who, title, place, text: video meetings, with a way in by telephone
VIDEO = [
    ("Jitsi", OMAR, "Job interview", "", "Join the meeting:\nhttps://meet.jit.si/Larkfield\n\nTo join by phone instead, tap this: +1.512.647.1431,,2611199542#\nLooking for a different dial-in number?\nSee meeting dial-in numbers: https://meet.jit.si/static/dialInInfo.html?room=Larkfield"),
    ("a heading in words nobody listed", ZOE, "Entretien, poste de pépiniériste", "", "Réunion Microsoft Teams\nID de réunion : 345 6\n________________________________\nAppel depuis un poste\n+33 1 70 99 53 51,,12345# France, Paris\nID de conférence téléphonique : 123 45#"),
    ("a room's link and PIN, by hand", OMAR, "Job interview, foreman", "", "Meeting link: https://meet.google.com/abc-defg-hij\nPhone number: +44 20 3956 5555\nPIN: 123 456 789#"),
    ("or dial in", OMAR, "Job interview, foreman", "https://meet.google.com/abc-defg-hij", "We talk by video, so that you see the glasshouses.\nOr call in (audio only): +44 20 3956 4444 PIN: 777 123 456#"),
    ("a question before the way out", JOOST, "Sollicitatiegesprek hovenier", "https://whereby.com/larkfield", "Problemen met inloggen? Bel me even op 030 123 4540."),
    ("a call was planned once", OMAR, "Interview, foreman", "", "We had this down as a phone call but let's do Zoom so that I can show you the site: https://zoom.us/j/123"),
]  # fmt: skip


@pytest.mark.parametrize(("me", "title", "where", "says"), [pytest.param(*row[1:], id=row[0]) for row in VIDEO])
def test_a_way_in_by_telephone_makes_no_phone_interview(me, title, where, says):
    """A video meeting with dial-in numbers is none by telephone."""
    invite, message = invitation(me, SENDER, title, where=where, says=says)
    found = judge(invite, message, me, LEXICON)
    assert isinstance(found, Rejection), found.reasons
    assert "video" in " ".join(found.reasons)


#: who, title, place, text: by telephone, or about a job, though a word in it speaks against it
INTERVIEWS = [
    ("no picture, in words between", RUI, "Entrevista, chefe de viveiro", "Conferência telefónica", "Marque 210 000 140 e depois a senha 4821. Não haverá qualquer ligação de vídeo."),
    ("the user's number in a candidate's file", ELISA, "Colloquio telefonico", "", "Grazie per essersi candidata. La responsabile La chiamerà al cellulare che risulta nella Sua scheda candidato."),
    ("a PIN without a verb", ELISA, "Convocazione colloquio di selezione", "", "La selezione per il posto di vivaista si terrà in audioconferenza.\nNumero di accesso: 06 5550 1940\nPIN partecipante: 90412"),
    ("minutes that pass", OMAR, "Phone interview (Omar to call Robin on 01632 960 340)", "", "Stock keeper, Larkfield. 30 minutes."),
]  # fmt: skip


@pytest.mark.parametrize(("me", "title", "where", "says"), [pytest.param(*row[1:], id=row[0]) for row in INTERVIEWS])
def test_a_phone_interview_in_spite_of_a_word(me, title, where, says):
    """A word that elsewhere speaks of video, of an interviewer or of colleagues does not hide a phone interview."""
    invite, message = invitation(me, SENDER, title, where=where, says=says)
    assert isinstance(judge(invite, message, me, LEXICON), Finding)
