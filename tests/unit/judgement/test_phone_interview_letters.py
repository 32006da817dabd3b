"""Whole letters, as employers of many trades write them: every field of what is found, and who is left out."""

from __future__ import annotations

import pytest

from mailrescue.judgement.phone_interview import judge
from mailrescue.model.interview import Finding, Rejection
from mailrescue.vocabulary import load
from tests.unit.judgement.invitations import ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE, invitation

LEXICON = load()
ZOOM = "\n\nHannes Vogel is inviting you to a scheduled Zoom meeting.\n\nJoin Zoom Meeting\nhttps://zoom.example/j/88112233445?pwd=abc\n\nMeeting ID: 881 1223 3445\nPasscode: 120934\n\n---\nOne tap mobile\n+496990009111,,88112233445#,,,,*120934# Germany\n\n---\nDial by your location\n        +49 69 90009 111 Germany\nFind your local number: https://zoom.example/u/x\n"

#: id, user, invitation, expected: direction, phone, code, email, name, company
LETTERS = [
    ("Werft, Meisterin ruft an, Rückfragen ans Büro", NINA, invitation(
        NINA, "Personalbüro <personalbuero@werft-eckwarden.example>", "Telefonat zur Bewerbung Schweißerin", attendees=("Antje Claasen <a.claasen@werft-eckwarden.example>",), where="",
        mail="Moin Frau Falk,\n\nIhre Zeugnisse liegen bei Frau Claasen, die bei uns den Stahlbau leitet. Sie klingelt am Mittwoch gegen elf bei Ihnen an und möchte hören, wie Sie mit Aluminium zurechtkommen. Das Büro hilft bei Fragen gern weiter: 04401 555-0.\n\nBeste Grüße von der Küste\nPersonalbüro\nWerft Eckwarden GmbH & Co. KG"),
        ("they_call", "+4944015550", None, "a.claasen@werft-eckwarden.example", "Antje Claasen", "Werft Eckwarden")),
    ("Kita-Träger, Leitung bittet um Anruf", NINA, invitation(
        NINA, "Gudrun Mahler <mahler@kita-spatzennest.example>", "Kennenlernen Erzieherin", where="030 23125 611",
        mail="Liebe Frau Falk,\n\nwie schön, dass Sie zu uns wollen! Ich sitze am Mittwoch ab elf im Büro und freue mich, wenn Sie sich melden (Nummer steht im Termin). Mittags wird es laut, da hebt bei uns niemand ab.\n\nHerzlich\nGudrun Mahler\nKita Spatzennest"),
        ("you_call", "+493023125611", None, "mahler@kita-spatzennest.example", "Gudrun Mahler", "Kita Spatzennest")),
    ("Zoom angehängt, gesprochen wird am Hörer", NINA, invitation(
        NINA, "Hannes Vogel <hv@fernweh-reisen.example>", "Tel.-Interview Reiseberaterin", mail="Hallo Frau Falk,\n\nbitte nicht wundern: der Zoom-Kram unten kommt von unserem Kalender. Ich rufe Sie an, ganz ohne Bild.\n\nHannes Vogel, Fernweh Reisen" + ZOOM),
        ("they_call", None, None, "hv@fernweh-reisen.example", "Hannes Vogel", "Fernweh Reisen")),
    ("Headhunterin nennt Mandanten und Durchwahl", NINA, invitation(
        NINA, "Dr. Silke Brandt <s.brandt@brandt-partner.example>", "Erstes Telefonat: Leitung Einkauf",
        mail="Sehr geehrte Frau Falk,\n\nunser Mandant, die Oderbruch Maschinenbau AG, sucht eine Leitung Einkauf. Darf ich Sie bitten, mich am Mittwoch um 11 Uhr unter 069 90009 452 anzurufen? Mein Fax ist 069 90009 453.\n\nMit besten Empfehlungen\nDr. Silke Brandt\nBrandt & Partner Personalberatung"),
        ("you_call", "+496990009452", None, "s.brandt@brandt-partner.example", "Silke Brandt", "Oderbruch Maschinenbau")),
    ("library, caller ID told", OMAR, invitation(
        OMAR, "Beth Arkwright <barkwright@tarnlibraries.example>", "Interview (telephone) - Outreach Librarian",
        mail="Dear Omar\n\nThank you for your application. The three of us will ring you together from the committee table; you'll see 01632 960 404 come up. You needn't do anything except answer!\n\nYours\nBeth Arkwright\nTarn Libraries Trust\nSwitchboard 01632 960 400"),
        ("they_call", "+441632960404", None, "barkwright@tarnlibraries.example", "Beth Arkwright", "Tarn Libraries Trust")),
    ("ranch hand, you holler", OMAR, invitation(
        OMAR, "Wyatt Dunn <wyatt@dunnfamilyranch.example>", "talk about the ranch job", zone="America/Denver",
        mail="Omar,\n\nAppreciate your note. Holler at me Wednesday 10 o'clock mountain time on the house phone, 303-555-0164, the cell don't work out here. My wife Carol may pick up first, she runs the hiring anyhow.\n\nWyatt\nDunn Family Ranch"),
        ("you_call", "+13035550164", None, "wyatt@dunnfamilyranch.example", "Wyatt Dunn", "Dunn Family Ranch")),
    ("Ashby-like, interviewer listed, coordinator signs", OMAR, invitation(
        OMAR, "Pinnacle Robotics Hiring Team <no-reply@ashbyhq.com>", "Recruiter Screen: Omar Haddad + Pinnacle Robotics", attendees=("Gina Torres <gina.torres@pinnaclerobotics.example>",),
        says="Format: Phone call\nInterviewer: Gina Torres, Senior Recruiter\n\nGina will reach out at the phone number you provided. Need to change something? Write to Milo Bern, milo.bern@pinnaclerobotics.example."),
        ("they_call", None, None, "gina.torres@pinnaclerobotics.example", "Gina Torres", "Pinnacle Robotics")),
    ("union job, bridge with two codes", OMAR, invitation(
        OMAR, "Ruth Adeola <radeola@harbourworkers.example>", "Panel interview by conference call: Organiser (North)", where="0330 555 0188",
        says="Dear Omar,\nPlease dial 0330 555 0188 and, when prompted, key in 445 901 followed by hash. (Moderator PIN 778812 - panel only.)\nOn the panel: Ruth Adeola, Steve Cobb.\nHarbour Workers' Union"),
        ("you_call", "+443305550188", "445901", "radeola@harbourworkers.example", "Ruth Adeola", "Harbour Workers' Union")),
    ("start-up, first names, mobile both ways", OMAR, invitation(
        OMAR, "Juno <juno@tallyho.example>", "Juno <> Omar, quick call", mail="Hey!\n\nLoved the side project. Grabbing 20 mins to tell you about the founding engineer role at Tallyho, I'll ping your cell from +1 415 555 0119 so you know it's not spam.\n\nJuno Reyes\nCo-founder, Tallyho"),
        ("they_call", "+14155550119", None, "juno@tallyho.example", "Juno Reyes", "Tallyho")),
    ("théâtre, la régisseuse au bout du fil", ZOE, invitation(
        ZOE, "Administration <administration@theatre-des-quais.example>", "Zoé Perret / régie générale", attendees=("Maëlys Corbin <m.corbin@theatre-des-quais.example>",),
        mail="Bonjour Madame,\n\nPour faire suite à votre candidature au poste de régisseuse, Maëlys Corbin vous passera un coup de fil mercredi à 11 h, entre deux montages. Elle vous joindra sur votre portable.\n\nBien à vous,\nL'administration\nThéâtre des Quais\nBilletterie 02 61 91 20 20"),
        ("they_call", None, None, "m.corbin@theatre-des-quais.example", "Maëlys Corbin", "Théâtre des Quais")),
    ("vigneron, appelez au chai", ZOE, invitation(
        ZOE, "Rémi Castaing <remi@domaine-castaing.example>", "place de caviste", mail="Bonjour,\n\nVotre courrier m'a plu. Vous pouvez m'appeler mercredi à 11 h au chai : 05 36 49 01 88 ? Laissez sonner, je suis souvent dans les cuves. On parlera salaire et logement.\n\nRémi Castaing\nDomaine Castaing"),
        ("you_call", "+33536490188", None, "remi@domaine-castaing.example", "Rémi Castaing", "Domaine Castaing")),
    ("ministère, pont et code, secrétariat", ZOE, invitation(
        ZOE, "Bureau du recrutement <recrutement@dgaf.gouv.example>", "Audition - chargée d'études", organizer="Karim Benali <karim.benali@dgaf.gouv.example>", where="Audioconférence",
        mail="Madame,\n\nVous êtes convoquée à une audition par audioconférence. Numéro d'accès : 01 99 00 64 00, code participant : 52 17 90 puis #. Le jury est présidé par M. Benali.\n\nLe bureau du recrutement"),
        ("you_call", "+33199006400", "521790", "karim.benali@dgaf.gouv.example", "Karim Benali", "Dgaf")),
    ("boulangère belge, gsm", ZOE, invitation(
        ZOE, "Odette Lambrechts <odette@painperdu.example>", "Zoé pour le comptoir ?", zone="Europe/Brussels", mail="Bonjour Zoé,\n\nChouette CV ! Je te sonne sur ton gsm mercredi à onze heures, une fois la fournée finie. Si je tarde : 02 588 07 44, c'est la boutique.\n\nOdette\nPain Perdu"),
        ("they_call", "+3225880744", None, "odette@painperdu.example", "Odette Lambrechts", "Pain Perdu")),
    ("colegio, la directora llama, secretaría escribe", SOFIA, invitation(
        SOFIA, "Secretaría <secretaria@colegio-alborada.example>", "Entrevista telefónica profesora de música", attendees=("Teresa Mena <t.mena@colegio-alborada.example>",),
        mail="Buenos días, Sofía:\n\nLa directora, Teresa Mena, la llamará el miércoles a las 11 para conocerla y hablar de la plaza de música. Un saludo,\n\nSecretaría\nColegio Alborada\nTel. 910 00 55 30"),
        ("they_call", None, None, "t.mena@colegio-alborada.example", "Teresa Mena", "Colegio Alborada")),
    ("taller en Bogotá, usted marca a la línea", SOFIA, invitation(
        SOFIA, "Hernán Ospina <gerencia@talleresospina.example>", "Entrevista auxiliar de taller", zone="America/Bogota", mail="Cordial saludo, Sofía.\n\nPara la entrevista por favor marque a las 10 a.m. al 601 555 0142 y pregunte por mí. Tenga a mano su hoja de vida.\n\nHernán Ospina\nTalleres Ospina"),
        ("you_call", "+576015550142", None, "gerencia@talleresospina.example", "Hernán Ospina", "Talleres Ospina")),
    ("festival, cliente de una ETT", SOFIA, invitation(
        SOFIA, "Nuria Pla <nuria.pla@tempora-ett.example>", "Llamada de preselección: azafata", mail="Hola Sofía,\n\nTe llamo yo el miércoles para el puesto de azafata con nuestro cliente Feria del Vino. No hace falta que prepares nada. Mi extensión, por si se corta: 954 00 55 17 ext. 8.\n\nNuria Pla\nTempora ETT"),
        ("they_call", "+34954005517", None, "nuria.pla@tempora-ett.example", "Nuria Pla", "Feria del Vino")),
    ("museo, parla la curatrice", ELISA, invitation(
        ELISA, "Ufficio Personale <personale@museocivico-orta.example>", "Colloquio telefonico mediatrice culturale", attendees=("Giulia Ferraris <g.ferraris@museocivico-orta.example>",),
        mail="Gentile dott.ssa Neri,\n\nmercoledì alle 11 la curatrice Giulia Ferraris Le telefonerà per approfondire la Sua candidatura. Cordialmente,\n\nUfficio Personale\nMuseo Civico Orta"),
        ("they_call", None, None, "g.ferraris@museocivico-orta.example", "Giulia Ferraris", "Museo Civico Orta")),
    ("officina ticinese, natel", ELISA, invitation(
        ELISA, "Fabio Bernasconi <fabio@garage-ceresio.example>", "Posto di impiegata d'ufficio", zone="Europe/Zurich", mail="Buongiorno Elisa,\n\nmi chiami pure mercoledì alle 11 sul natel, 079 555 01 66: in officina non sento il fisso.\n\nFabio Bernasconi\nGarage Ceresio"),
        ("you_call", "+41795550166", None, "fabio@garage-ceresio.example", "Fabio Bernasconi", "Garage Ceresio")),
    ("zorginstelling, teamleider belt", JOOST, invitation(
        JOOST, "Planning Werving <werving@zorghofdelinde.example>", "Telefonisch gesprek verzorgende IG", attendees=("Marja de Haan <m.dehaan@zorghofdelinde.example>",),
        mail="Beste Joost,\n\nFijn dat je bij ons aan de slag wilt. Teamleider Marja de Haan belt je woensdag om elf uur op je mobiel. Schikt het niet, laat het ons dan weten.\n\nHartelijke groet,\nTeam Werving\nZorghof de Linde"),
        ("they_call", None, None, "m.dehaan@zorghofdelinde.example", "Marja de Haan", "Zorghof de Linde")),
    ("Antwerpse haven, inbellen met pin", JOOST, invitation(
        JOOST, "Koen Verbruggen <koen.verbruggen@scheldeterminal.example>", "Selectiegesprek kraanmachinist", zone="Europe/Brussels", where="Conference call", mail="Dag Joost,\n\nwe doen het gesprek via een conference call: 03 555 01 22, pin 8840#. Ik ben er samen met onze veiligheidschef bij.\n\nKoen Verbruggen\nSchelde Terminal NV"),
        ("you_call", "+3235550122", "8840", "koen.verbruggen@scheldeterminal.example", "Koen Verbruggen", "Schelde Terminal")),
    ("pousada, a dona liga", RUI, invitation(
        RUI, "Pousada do Farol <reservas@pousadadofarol.example>", "Entrevista por telefone - receção", mail="Olá Rui,\n\nA Dona Amélia liga-lhe na quarta às onze para falarem do lugar na receção. Se não atender, ela tenta mais tarde.\n\nPousada do Farol\n282 000 145"),
        ("they_call", "+351282000145", None, "reservas@pousadadofarol.example", None, "Pousada do Farol")),
    ("fintech em Curitiba, ligue no ramal", RUI, invitation(
        RUI, "Thais Moraes <thais.moraes@girocerto.example>", "Conversa inicial | Analista de Risco", zone="America/Sao_Paulo", mail="Oi Rui!\n\nPra nossa conversa inicial é só ligar no (41) 5555-0133, ramal 20, e falar comigo. Vamos trocar uma ideia sobre a vaga e a sua pretensão salarial.\n\nThais Moraes\nGente & Gestão\nGiro Certo"),
        ("you_call", "+554155550133", None, "thais.moraes@girocerto.example", "Thais Moraes", "Giro Certo")),
]

#: id, user, invitation
LOOK_ALIKES = [
    ("zweites Gespräch per Zoom", NINA, invitation(NINA, "Hannes Vogel <hv@fernweh-reisen.example>", "Zweites Gespräch", mail="Hallo Frau Falk,\n\nnach unserem netten Telefonat möchten wir Sie gern dem Team zeigen. Diesmal sehen wir uns am Bildschirm.\n\nHannes Vogel" + ZOOM)),
    ("Probetag in der Backstube", NINA, invitation(NINA, "Resi Gruber <resi@backhaus-gruber.example>", "Nina probearbeiten", where="Marktplatz 2, 83209 Prien", mail="Servus Nina, nach dem Telefonat kommst jetzt zum Schnuppern. Wennst vor der Tür stehst, ruf durch: 08051 555 12.")),
    ("Interview der Lokalzeitung", NINA, invitation(NINA, "Jens Ohm <j.ohm@kurier-am-sund.example>", "Telefoninterview zum Stellenabbau", mail="Liebe Frau Falk, ich schreibe für die Samstagsausgabe über Ihren Weg nach der Kündigung und rufe Sie um elf an.")),
    ("coach for hire", OMAR, invitation(OMAR, "Dawn Pell <dawn@leapforward.example>", "Interview confidence session 3", where="Phone", mail="Hi Omar, I'll phone at ten and throw the nasty questions at you, then we unpick your answers together.")),
    ("landlady with a questionnaire", OMAR, invitation(OMAR, "Mrs Quill <quill@elmvilla.example>", "Phone interview for the annexe", mail="Dear Omar, I like to interview prospective tenants by telephone before showing the place. I shall ring at ten about your work and references.")),
    ("the user's own hire", OMAR, invitation(OMAR, "Omar Haddad <omar.haddad@post.example>", "Phone interview: kitchen porter", attendees=("Dev Rana <dev.rana@gmail.com>",), uninvited=True, to="Dev Rana <dev.rana@gmail.com>", mail="Hi Dev, thanks for applying. I'll call you about the kitchen porter job at the café.")),
    ("census interview", OMAR, invitation(OMAR, "Labour Force Survey <lfs@statsoffice.example>", "Your telephone interview", mail="Dear householder, our interviewer will telephone to ask about employment, hours and pay. Taking part is voluntary but vital.")),
    ("point hebdo des recruteuses", ZOE, invitation(ZOE, "Lise Perret <lise@perret.example>", "Point hebdo recrutement (tél.)", mail="Ordre du jour : candidatures reçues, entretiens à caler, budget annonces.")),
    ("visite d'entreprise", ZOE, invitation(ZOE, "Rémi Castaing <remi@domaine-castaing.example>", "Entretien Zoé Perret", where="Domaine Castaing, route des Crêtes, 32000 Auch", mail="Après notre coup de fil, venez voir le chai. Appelez en arrivant, le portail est capricieux.")),
    ("rendez-vous de la mutuelle", ZOE, invitation(ZOE, "Votre mutuelle <contact@mutuelle-arceau.example>", "Entretien téléphonique personnalisé", mail="Un conseiller vous appelle pour faire le point sur vos garanties et votre nouvelle situation professionnelle.")),
    ("entrevista de la tesis", SOFIA, invitation(SOFIA, "Irene Soto <isoto@uni-mar.example>", "Entrevista telefónica (tesis)", mail="Hola Sofía, gracias por participar en mi investigación sobre paro juvenil. Te llamo el miércoles, serán 40 minutos y es anónimo.")),
    ("segunda fase por videollamada", SOFIA, invitation(SOFIA, "Nuria Pla <nuria.pla@tempora-ett.example>", "Segunda entrevista", mail="Hola Sofía, tras nuestra llamada pasamos a una videollamada con el cliente. Si te falla la conexión, llámame al 954 00 55 17.")),
    ("colloquio scuola-famiglia", ELISA, invitation(ELISA, "IC Manzoni <segreteria@icmanzoni.example>", "Prenotazione colloquio telefonico", mail="Gentile famiglia, la docente di lettere vi telefonerà mercoledì alle 11 per l'andamento di Marco.")),
    ("video, numero solo d'emergenza", ELISA, invitation(ELISA, "Giulia Ferraris <g.ferraris@museocivico-orta.example>", "Secondo colloquio", where="Riunione di Microsoft Teams", mail="Gentile Elisa, questa volta ci vediamo in video con il direttore. Se il collegamento non va, chiami lo 0322 000 177.")),
    ("hypotheekadviseur", JOOST, invitation(JOOST, "Bas Kool <bas@huisenrente.example>", "Telefonisch kennismakingsgesprek", mail="Beste Joost, ik bel je woensdag om door te nemen wat je kunt lenen. Leg je loonstrook en arbeidscontract klaar.")),
    ("meeloopdag", JOOST, invitation(JOOST, "Marja de Haan <m.dehaan@zorghofdelinde.example>", "Meeloopdag Joost", where="Lindelaan 40, 7411 AB Deventer", mail="Na ons telefoongesprek ben je woensdag welkom op de afdeling. Bel even aan bij de achteringang.")),
    ("consulta de orientação", RUI, invitation(RUI, "Clínica Ser <geral@clinicaser.example>", "Entrevista telefónica inicial", mail="Caro Rui, a nossa psicóloga liga-lhe para uma primeira entrevista clínica antes da consulta.")),
    ("entrevista por vídeo", RUI, invitation(RUI, "Thais Moraes <thais.moraes@girocerto.example>", "Entrevista com a liderança", mail="Oi Rui! Agora é por vídeo, câmera aberta, combinado? Qualquer problema me liga no (41) 5555-0133.")),
]


@pytest.mark.parametrize(("me", "case", "expected"), [pytest.param(*row[1:], id=row[0]) for row in LETTERS])
def test_a_letter_gives_every_field(me, case, expected):
    """Direction, number, code, the human to address and the company, all from one letter."""
    found = judge(*case, me, LEXICON)
    assert isinstance(found, Finding), found
    who = found.interviewer
    assert expected == (found.direction.value, found.phone, found.access_code, who and who.email, (who and who.name) or None, found.company)


@pytest.mark.parametrize(("me", "case"), [pytest.param(*row[1:], id=row[0]) for row in LOOK_ALIKES])
def test_a_look_alike_is_left_out(me, case):
    """A letter that speaks of an interview or a telephone, and is no phone interview of the user."""
    found = judge(*case, me, LEXICON)
    assert isinstance(found, Rejection), found.reasons
