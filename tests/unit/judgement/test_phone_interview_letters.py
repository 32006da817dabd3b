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
    ("Kanzlei, Rechtsanwältin wählt an", NINA, invitation(
        NINA, "Kanzlei Thormann <kanzlei@thormann-recht.example>", "Telefonisches Vorstellungsgespräch ReNo", attendees=("RAin Birte Thormann <b.thormann@thormann-recht.example>",),
        mail="Sehr geehrte Frau Falk,\n\nRechtsanwältin Thormann hat Ihre Unterlagen gelesen und nimmt am Mittwoch um 11 Uhr telefonisch Kontakt zu Ihnen auf.\n\nMit freundlichen Grüßen\ni. A. Heike Lüdtke\nKanzlei Thormann"),
        ("they_call", None, None, "b.thormann@thormann-recht.example", "Birte Thormann", "Kanzlei Thormann")),
    ("Brauerei in Bayern, duzt, Anruf beim Braumeister", NINA, invitation(
        NINA, "Xaver Loibl <xaver@loibl-braeu.example>", "Ratschen wegen Ausbildung", mail="Griaß di Nina,\n\ndei Schreiben hod uns gfoin. Meld di am Mittwoch um elfe bei mir im Sudhaus, 08041 555 33, dann reden ma über d'Ausbildung.\n\nPfiat di\nXaver Loibl\nLoibl Bräu"),
        ("you_call", "+49804155533", None, "xaver@loibl-braeu.example", "Xaver Loibl", "Loibl Bräu")),
    ("Uni, Berufungskommission, Konferenznummer", NINA, invitation(
        NINA, "Dekanat FB 7 <dekanat7@uni-lahntal.example>", "Kommissionsgespräch W1-Professur Geoökologie", organizer="Prof. Dr. Amir Sadeghi <a.sadeghi@uni-lahntal.example>", where="Telefonkonferenz 069 90009 880",
        says="Sehr geehrte Frau Dr. Falk,\n\ndie Kommission bittet Sie, sich um 11 Uhr einzuwählen (069 90009 880, Konferenzraum 3314#). Den Vorsitz führt Prof. Sadeghi.\n\nDekanat FB 7, Universität Lahntal"),
        ("you_call", "+496990009880", "3314", "a.sadeghi@uni-lahntal.example", "Amir Sadeghi", "Universität Lahntal")),
    ("Edinburgh charity, trustee phones", OMAR, invitation(
        OMAR, "Recruitment <recruitment@clydehospice.example>", "Fundraising Officer - first stage", attendees=("Morag Kerr <morag.kerr@clydehospice.example>",),
        mail="Dear Omar\n\nMany thanks for your application to Clyde Hospice. The first stage is a short conversation over the phone with Morag Kerr, our trustee, who'll be in touch on your mobile at the time above.\n\nRecruitment"),
        ("they_call", None, None, "morag.kerr@clydehospice.example", "Morag Kerr", "Clyde Hospice")),
    ("Toronto co-op, you call their extension", OMAR, invitation(
        OMAR, "Priya Nadkarni <pnadkarni@maplestreetcoop.example>", "Phone conversation: Produce Buyer", zone="America/Toronto", where="416-555-0177 x 4",
        mail="Hi Omar,\n\nCan you call me Wednesday at the time in the invite? 416-555-0177, extension 4. If I'm stuck in receiving, hang up and try again in five.\n\nPriya Nadkarni (she/her)\nMaple Street Co-op"),
        ("you_call", "+14165550177", None, "pnadkarni@maplestreetcoop.example", "Priya Nadkarni", "Maple Street Co-op")),
    ("Kenyan NGO, Zoom not used", OMAR, invitation(
        OMAR, "Wanjiru Kamau <w.kamau@savannahaid.example>", "Telephone Interview: M&E Officer", zone="Africa/Nairobi", where="https://zoom.example/j/99887766554",
        mail="Dear Omar,\n\nKindly note that owing to our connectivity the interview will be by telephone and not on Zoom as earlier communicated. The panel will call your line.\n\nWanjiru Kamau\nHuman Resources, Savannah Aid"),
        ("they_call", None, None, "w.kamau@savannahaid.example", "Wanjiru Kamau", "Savannah Aid")),
    ("librairie de Namur, on vous téléphone", ZOE, invitation(
        ZOE, "Librairie Point-Virgule <bonjour@pointvirgule.example>", "Vendeuse rayon BD, premier contact", mail="Bonjour Zoé,\n\nMerci pour votre lettre, on a souri. Luc ou moi vous téléphonons mercredi à 11 h, histoire de faire connaissance avant de vous inviter au magasin.\n\nAnne Colson\nLibrairie Point-Virgule"),
        ("they_call", None, None, "bonjour@pointvirgule.example", "Anne Colson", "Librairie Point-Virgule")),
    ("laboratoire CNRS, numéro dans le lieu", ZOE, invitation(
        ZOE, "Philippe Aubert <philippe.aubert@labo-mistral.example>", "Discussion postdoc (tél)", where="01 99 00 81 12 (bureau PA)", mail="Chère Zoé,\n\nComme convenu, c'est vous qui m'appelez. Préparez deux ou trois questions sur le projet.\n\nPhilippe"),
        ("you_call", "+33199008112", None, "philippe.aubert@labo-mistral.example", "Philippe Aubert", "Labo Mistral")),
    ("Montréal, la patronne t'appelle, numéro affiché", ZOE, invitation(
        ZOE, "Josiane Fortin <josiane@cafeolimpia.example>", "Entrevue barista", zone="America/Toronto", mail="Allô Zoé!\n\nJe t'appelle à l'heure dite, tu vas voir 514 555-0188 sur ton afficheur. On jase de l'horaire pis de la paye.\n\nJosiane Fortin, Café Olimpia"),
        ("they_call", "+15145550188", None, "josiane@cafeolimpia.example", "Josiane Fortin", "Café Olimpia")),
    ("Lima, la señorita se comunicará", SOFIA, invitation(
        SOFIA, "Convocatorias <convocatorias@andesfarma.example>", "Entrevista telefónica - Químico Farmacéutico", attendees=("Milagros Quispe <mquispe@andesfarma.example>",), zone="America/Lima",
        mail="Estimada postulante:\n\nLa Srta. Milagros Quispe, de nuestra área de Gestión Humana, se estará comunicando con usted al celular consignado en su CV.\n\nAndes Farma S.A.C."),
        ("they_call", None, None, "mquispe@andesfarma.example", "Milagros Quispe", "Andes Farma")),
    ("Valencia, puente con clave", SOFIA, invitation(
        SOFIA, "Vicent Oltra <voltra@ceramicasoltra.example>", "Entrevista responsable de exportación", where="Audioconferencia", mail="Buenas tardes, Sofía:\n\nNos conectamos por audioconferencia: marque el 910 00 55 90 y, cuando se lo pidan, la clave 6612. Estaremos mi hermana Empar y yo.\n\nVicent Oltra\nCerámicas Oltra"),
        ("you_call", "+34910005590", "6612", "voltra@ceramicasoltra.example", "Vicent Oltra", "Cerámicas Oltra")),
    ("Napoli, pizzaiolo, ti telefono io", ELISA, invitation(
        ELISA, "Gennaro Esposito <gennaro@pizzeriavesuvia.example>", "prova telefono per cassa", mail="Ciao Elì,\n\nti telefono io mercoledì alle undici, prima che apriamo. Parliamo di turni e paga. Se non rispondo richiama tu: 081 0000 321.\n\nGennaro Esposito\nPizzeria Vesuvia"),
        ("they_call", "+390810000321", None, "gennaro@pizzeriavesuvia.example", "Gennaro Esposito", "Pizzeria Vesuvia")),
    ("Comune, commissione in audioconferenza", ELISA, invitation(
        ELISA, "Protocollo <protocollo@comune-valdora.example>", "Selezione pubblica istruttore - colloquio", organizer="Marta Gallo <marta.gallo@comune-valdora.example>", where="Audioconferenza",
        mail="Gentile candidata,\n\nil colloquio si svolgerà in audioconferenza. Componga lo 06 5550 1800 e inserisca il codice partecipante 90210 seguito da cancelletto. Presiede la dott.ssa Marta Gallo.\n\nComune di Valdora"),
        ("you_call", "+390655501800", "90210", "marta.gallo@comune-valdora.example", "Marta Gallo", "Comune di Valdora")),
    ("Rotterdamse rederij, recruiter appt niet maar belt", JOOST, invitation(
        JOOST, "Iris Vonk <iris.vonk@maasrederij.example>", "Even kennismaken - planner binnenvaart", mail="Hoi Joost,\n\nIk hang woensdag om 11.00 uur even bij je aan de lijn om over de rol van planner te praten. Je hoeft nergens op te klikken.\n\nGroet,\nIris Vonk | Recruiter | Maasrederij | 010 000 0155"),
        ("they_call", "+31100000155", None, "iris.vonk@maasrederij.example", "Iris Vonk", "Maasrederij")),
    ("gemeente, u belt de commissie", JOOST, invitation(
        JOOST, "Bestuurssecretariaat <secretariaat@gemeente-wijkmeer.example>", "Telefonisch onderhoud beleidsadviseur", organizer="Ellen Bax <e.bax@gemeente-wijkmeer.example>", mail="Geachte heer Kamp,\n\nU wordt verzocht op genoemd tijdstip te bellen naar 0300 000 122, waar mevrouw Bax u te woord zal staan over uw sollicitatie.\n\nGemeente Wijkmeer"),
        ("you_call", "+31300000122", None, "e.bax@gemeente-wijkmeer.example", "Ellen Bax", "Gemeente Wijkmeer")),
    ("Recife, RH manda áudio não, liga mesmo", RUI, invitation(
        RUI, "Jéssica Andrade <jessica@mangueatacado.example>", "Rui - conversa c/ RH", zone="America/Recife", mail="Bom dia Rui!\n\nAmanhã entro em contato por telefone pra falar da vaga de conferente, tá? Nada de vídeo rsrs. Meu fixo é (81) 5555-0190.\n\nJéssica Andrade\nMangue Atacado"),
        ("they_call", "+558155550190", None, "jessica@mangueatacado.example", "Jéssica Andrade", "Mangue Atacado")),
    ("Braga, câmara municipal, secretária marca", RUI, invitation(
        RUI, "Gabinete RH <rh@cm-valverde.example>", "Entrevista de seleção - técnico superior", attendees=("Dr. Nuno Queirós <nuno.queiros@cm-valverde.example>",), mail="Exmo. Senhor,\n\nInforma-se que o Dr. Nuno Queirós o contactará telefonicamente à hora indicada, no âmbito do procedimento concursal a que se candidatou.\n\nCâmara Municipal de Valverde"),
        ("they_call", None, None, "nuno.queiros@cm-valverde.example", "Nuno Queirós", "Câmara Municipal de Valverde")),
    ("Tierpark, Kurator meldet sich vom Handy", NINA, invitation(
        NINA, "Tierpark Auental - Personal <personal@tierpark-auental.example>", "Gespräch Tierpflegerin", attendees=("Ralf Möbius <r.moebius@tierpark-auental.example>",), mail="Hallo Frau Falk,\n\nHerr Möbius aus dem Raubtierhaus würde gern am Mittwoch mit Ihnen sprechen. Er wählt Ihre Mobilnummer von unterwegs an, wundern Sie sich nicht über Löwengebrüll.\n\nPersonal\nTierpark Auental"),
        ("they_call", None, None, "r.moebius@tierpark-auental.example", "Ralf Möbius", "Tierpark Auental")),
    ("Apotheke, Rückruf erbeten", NINA, invitation(
        NINA, "Dr. Helene Voss <voss@apotheke-am-markt.example>", "PTA-Stelle: wir telefonieren", mail="Liebe Frau Falk,\n\ngeben Sie mir am Mittwoch um 11 einen Anruf unter 05191 555 20? Ich habe dann den Notdienstplan fertig und eine halbe Stunde Ruhe.\n\nHelene Voss\nApotheke am Markt"),
        ("you_call", "+49519155520", None, "voss@apotheke-am-markt.example", "Helene Voss", "Apotheke am Markt")),
    ("Linz, Personalberatung für Klienten", NINA, invitation(
        NINA, "Mag. Gerald Prinz <prinz@prinz-consult.example>", "Interview 1: Controllerin", zone="Europe/Vienna", mail="Sehr geehrte Frau Falk,\n\nfür unseren Klienten Donaustahl führe ich das Erstinterview am Telefon. Sie brauchen nichts zu tun, ich rufe zur vollen Stunde durch.\n\nMag. Gerald Prinz\nPrinz Consult\nT 0732 555 014"),
        ("they_call", "+43732555014", None, "prinz@prinz-consult.example", "Gerald Prinz", "Donaustahl")),
    ("Glasgow bus company, automated scheduling", OMAR, invitation(
        OMAR, "Clydeside Buses Careers <careers@clydesidebuses.example>", "Telephone assessment - Trainee Bus Driver", says="Your slot is confirmed. An assessor from Clydeside Buses will phone the number on your application form. Please have your driving licence beside you. Questions? Email Fiona Baird at fiona.baird@clydesidebuses.example."),
        ("they_call", None, None, "fiona.baird@clydesidebuses.example", "Fiona Baird", "Clydeside Buses")),
    ("Texas school district, you dial the office", OMAR, invitation(
        OMAR, "Marisol Vega <mvega@sanlorenzoisd.example>", "Phone Interview: Bilingual Aide", zone="America/Chicago", mail="Good morning Mr. Haddad,\n\nWe'd like you to phone the campus office at 210-555-0136 at the time above. The secretary will put you through to Principal Vega and two teachers.\n\nMarisol Vega, Principal\nSan Lorenzo ISD"),
        ("you_call", "+12105550136", None, "mvega@sanlorenzoisd.example", "Marisol Vega", "San Lorenzo ISD")),
    ("Wellington, kia ora, landline both", OMAR, invitation(
        OMAR, "Hemi Parata <hemi@tuibrewing.example>", "Kōrero about the brewer role", zone="Pacific/Auckland", mail="Kia ora Omar,\n\nKeen for a kōrero about the brewer role. I'll flick you a call on your mobile, nothing flash. If it drops out I'm on 04 555 0199.\n\nHemi Parata\nTui Brewing"),
        ("they_call", "+6445550199", None, "hemi@tuibrewing.example", "Hemi Parata", "Tui Brewing")),
    ("Singapore, HR exec books director", OMAR, invitation(
        OMAR, "Tan Wei Ling <weiling.tan@merlionfreight.example>", "Phone Interview (Operations Exec) - Omar", attendees=("Rajan Pillai <rajan.pillai@merlionfreight.example>",), zone="Asia/Singapore", mail="Hi Omar,\n\nOur director Rajan Pillai will be conducting the phone interview. He shall give you a call at your mobile. Pls be on standby 5 mins before.\n\nThks & rgds,\nTan Wei Ling\nMerlion Freight"),
        ("they_call", None, None, "rajan.pillai@merlionfreight.example", "Rajan Pillai", "Merlion Freight")),
    ("EHPAD, la cadre rappelle", ZOE, invitation(
        ZOE, "Nathalie Guérin <n.guerin@residence-les-ormes.example>", "Échange aide-soignante de nuit", where="Tél", mail="Bonjour,\n\nJe reviens vers vous concernant votre candidature. Je vous propose un premier échange téléphonique, je me charge de vous appeler. Merci de me confirmer votre numéro par retour de mail.\n\nNathalie Guérin\nCadre de santé\nRésidence Les Ormes"),
        ("they_call", None, None, "n.guerin@residence-les-ormes.example", "Nathalie Guérin", "Résidence Les Ormes")),
    ("agence intérim Genève, c'est à vous d'appeler", ZOE, invitation(
        ZOE, "Luca Rossier <luca.rossier@polyjob-interim.example>", "Entretien téléphonique / horlogerie", zone="Europe/Zurich", mail="Bonjour Zoé,\n\nMerci de composer le 022 555 01 90 mercredi à l'heure prévue, je décroche moi-même.\n\nLuca Rossier\nPolyjob Intérim SA"),
        ("you_call", "+41225550190", None, "luca.rossier@polyjob-interim.example", "Luca Rossier", "Polyjob Intérim")),
    ("ferme collective, coup de bigo", ZOE, invitation(
        ZOE, "Le collectif <contact@ferme-des-tilleuls.example>", "Coup de bigo maraîchage", mail="Hello Zoé,\n\nChloé te passe un coup de bigo mercredi pour causer de la saison (6 mois, logée). Si t'es dans le train dis-le nous !\n\nLe collectif de la Ferme des Tilleuls"),
        ("they_call", None, None, "contact@ferme-des-tilleuls.example", None, "Ferme des Tilleuls")),
    ("aerolínea, panel llama", SOFIA, invitation(
        SOFIA, "Selección TCP <seleccion@aerocantabria.example>", "Entrevista telefónica TCP", attendees=("Laura Pando <laura.pando@aerocantabria.example>",), mail="Hola, Sofía:\n\nEnhorabuena, pasas a la entrevista telefónica. Laura Pando, jefa de cabina, te llamará al móvil que nos facilitaste.\n\nSelección\nAerocantabria"),
        ("they_call", None, None, "laura.pando@aerocantabria.example", "Laura Pando", "Aerocantabria")),
    ("panadería en Rosario, llamá vos", SOFIA, invitation(
        SOFIA, "Graciela Paz <graciela@panypaz.example>", "x el puesto de mostrador", zone="America/Argentina/Cordoba", mail="Hola Sofi! Llamanos el miércoles a las 10 al 0341 555-0188 y charlamos del puesto, preguntá por Graciela.\n\nPan y Paz"),
        ("you_call", "+543415550188", None, "graciela@panypaz.example", "Graciela Paz", "Pan y Paz")),
    ("ONG en Quito, directora por teléfono", SOFIA, invitation(
        SOFIA, "Mónica Andrade <mandrade@paramovivo.example>", "Entrevista técnica de proyectos", zone="America/Guayaquil", mail="Estimada Sofía,\n\nLa entrevista será vía telefónica; nuestra directora se contactará con usted a la hora señalada.\n\nMónica Andrade\nTalento Humano\nPáramo Vivo"),
        ("they_call", None, None, "mandrade@paramovivo.example", "Mónica Andrade", "Páramo Vivo")),
    ("liceo paritario, preside chiama", ELISA, invitation(
        ELISA, "Segreteria didattica <segreteria@liceoarcadia.example>", "Colloquio prof.ssa Neri (telefonico)", attendees=("Prof. Aldo Conti <preside@liceoarcadia.example>",), mail="Gentile professoressa,\n\nil preside, prof. Conti, La chiamerà per la cattedra di storia dell'arte.\n\nSegreteria didattica\nLiceo Arcadia"),
        ("they_call", None, None, "preside@liceoarcadia.example", "Aldo Conti", "Liceo Arcadia")),
    ("agriturismo, numero della cucina", ELISA, invitation(
        ELISA, "Rosa Bini <rosa@agribini.example>", "Cuoca stagione estiva", mail="Cara Elisa,\n\nmercoledì verso le 11 mi trovi in cucina: 0577 000 199. Fammi uno squillo e parliamo della stagione, dell'alloggio e della paga.\n\nRosa Bini\nAgriturismo Bini"),
        ("you_call", "+390577000199", None, "rosa@agribini.example", "Rosa Bini", "Agriturismo Bini")),
    ("brandweer, officier belt", JOOST, invitation(
        JOOST, "Werving VRM <werving@vrm-veilig.example>", "Telefonische selectie brandwacht", attendees=("Dirk Aalders <d.aalders@vrm-veilig.example>",), mail="Beste Joost,\n\nOfficier van dienst Dirk Aalders neemt woensdag telefonisch contact met je op voor de eerste selectieronde. Leg je diploma's klaar.\n\nTeam Werving VRM"),
        ("they_call", None, None, "d.aalders@vrm-veilig.example", "Dirk Aalders", "VRM")),
    ("kapsalon Gent, bel gerust naar salon", JOOST, invitation(
        JOOST, "Lies Claeys <lies@knipoog.example>", "Babbel over de job", zone="Europe/Brussels", mail="Dag Joost,\n\nBel jij me woensdag om 11u in het salon? 09 555 01 44. Dan babbelen we over de uren en het loon.\n\nLies Claeys\nKapsalon Knipoog"),
        ("you_call", "+3295550144", None, "lies@knipoog.example", "Lies Claeys", "Kapsalon Knipoog")),
    ("clínica veterinária, doutora liga", RUI, invitation(
        RUI, "Patas & Companhia <geral@patascompanhia.example>", "Auxiliar veterinário - conversa", attendees=("Dra. Filipa Morais <filipa.morais@patascompanhia.example>",), mail="Olá Rui,\n\nA Dra. Filipa Morais telefona-lhe na quarta para falarem do lugar de auxiliar. Tenha o currículo à frente.\n\nPatas & Companhia"),
        ("they_call", None, None, "filipa.morais@patascompanhia.example", "Filipa Morais", "Patas & Companhia")),
    ("startup do Recife, ponte com senha", RUI, invitation(
        RUI, "Caio Lins <caio@frevotech.example>", "Entrevista por áudio - Dev Júnior", zone="America/Recife", where="Conferência telefônica", mail="E aí Rui!\n\nVamos de conferência telefônica, sem vídeo: disque (81) 5555-0122 e digite a senha 3090#. Vou eu e a Bia, tech lead.\n\nCaio Lins\nFrevo Tech"),
        ("you_call", "+558155550122", "3090", "caio@frevotech.example", "Caio Lins", "Frevo Tech")),
    # a trade in the title sounds like another purpose; institutions hire too
    ("building society hires a mortgage broker", OMAR, invitation(OMAR, "Tess Haw <tess.haw@fellsidebs.example>", "Telephone interview - Mortgage Broker", mail="Dear Omar,\n\nI'll phone you about your application on Wednesday.\n\nTess Haw\nFellside Building Society"),
        ("they_call", None, None, "tess.haw@fellsidebs.example", "Tess Haw", "Fellside Building Society")),
    ("vet's practice manager", OMAR, invitation(OMAR, "Judy Moss <judy@mossvets.example>", "Phone interview: Practice Manager", mail="Hi Omar, I'll ring you from the surgery.\n\nJudy Moss\nMoss Vets"),
        ("they_call", None, None, "judy@mossvets.example", "Judy Moss", "Moss Vets")),
    ("cabinet d'assurances, un expert", ZOE, invitation(ZOE, "Denis Arnal <d.arnal@arnal-expertises.example>", "Entretien téléphonique expert automobile", mail="Bonjour,\n\nje vous appelle au sujet du poste.\n\nDenis Arnal\nArnal Expertises"),
        ("they_call", None, None, "d.arnal@arnal-expertises.example", "Denis Arnal", "Arnal Expertises")),
    # who calls, where only a robot's mail names them
    ("a robot in the house's name, the caller under it", SOFIA, invitation(SOFIA, "Molinos Azahar <no-reply@us.greenhouse-mail.io>", "Entrevista telefónica con Molinos Azahar", organizer="",
        mail="Hola Sofía:\n\nGracias por postularte en Molinos Azahar.\nEncarnación Vidal, jefa de almacén\nEncarnación te llamará al número que nos diste.\n\nEquipo de Selección\nMolinos Azahar"),
        ("they_call", None, None, "", "Encarnación Vidal", "Molinos Azahar")),
    ("a tracking system's relay is nobody", NINA, invitation(NINA, "Isarwerk GmbH <bewerber-77ab@isarwerk.recruiting.personio.de>", "Telefoninterview Lagerleitung", organizer="Isarwerk GmbH <no-reply@personio.de>", mail="Hallo Nina,\n\nHolger Priem ruft dich an.\n\nIsarwerk GmbH"),
        ("they_call", None, None, "", "Holger Priem", "Isarwerk")),
    ("an agency names its client's manager", OMAR, invitation(OMAR, "Ina Groth <ina@groth-talent.example>", "Call confirmed", mail="Hi Omar,\n\nyour call with our client is confirmed. Mr Leon Vance, plant manager at Corvin Mills, will ring you about the shift lead position.\n\nIna Groth\nGroth Talent"),
        ("they_call", None, None, "ina@groth-talent.example", "Ina Groth", "Corvin Mills")),
    ("a team's mailbox, the caller named with her place in the house", OMAR, invitation(OMAR, "Talent Acquisition <careers@eldermoremalt.example>", "Phone screen", mail="Hi Omar,\n\nPetra Whin from our talent team will call you about the maltster position.\n\nTalent Acquisition\nEldermore Malt"),
        ("they_call", None, None, "careers@eldermoremalt.example", "Petra Whin", "Eldermore Malt")),
    ("an agency by its name only, the client by its manager", OMAR, invitation(OMAR, "Larkrise Recruitment <jo@larkrise.example>", "Telephone interview", mail="Hi Omar,\n\nMr Abel Stone of Stone Quarries Ltd will ring you about the crane operator role.\n\nJo Teal\nLarkrise Recruitment"),
        ("they_call", None, None, "jo@larkrise.example", "Jo Teal", "Stone Quarries")),
    ("a sentence's end is no initial", ELISA, invitation(ELISA, "Ada <ada@brezzaviva.example>", "Call con Ada", mail="Ciao Elisa, ti chiamo per parlarti del ruolo in Brezza Viva. Ada"),
        ("they_call", None, None, "ada@brezzaviva.example", "Ada", "Brezza Viva")),
    ("elided article in the house's name", ELISA, invitation(ELISA, "Ufficio Personale <personale@filandaadda.example>", "Colloquio telefonico", mail="Gentile Elisa,\n\nil dott. Piero Sanna, direttore di produzione, La chiamerà per la posizione.\n\nUfficio Personale\nFilanda dell'Adda S.r.l."),
        ("they_call", None, None, "personale@filandaadda.example", "Piero Sanna", "Filanda dell'Adda")),
    ("what the user answered when booking", OMAR, invitation(OMAR, "Rae Pell <rae@pellpottery.example>", "Intro phone call: Rae Pell and Omar Haddad", where="+44 7700 900461", mail="What is this about?\nI applied for the thrower position at Pell Pottery.\n\nRae Pell\nPell Pottery"),
        ("they_call", None, None, "rae@pellpottery.example", "Rae Pell", "Pell Pottery")),
    # numbers and codes
    ("the fax behind the number is the fax's", NINA, invitation(NINA, "Theo Wulf <wulf@tischlerei-wulf.example>", "Telefonat Bewerbung", mail="Moin Frau Falk,\n\nrufen Sie mich bitte in der Werkstatt an: 04221 98 712 (Fax -13). Es geht um die Stelle.\n\nTheo Wulf\nTischlerei Wulf"),
        ("you_call", "+49422198712", None, "wulf@tischlerei-wulf.example", "Theo Wulf", "Tischlerei Wulf")),
    ("NIP del puente", SOFIA, invitation(SOFIA, "Saúl Cano <saul.cano@aceroslerma.example>", "Entrevista Comprador", where="Conferencia 55 4170 8899 NIP 771 204#", zone="America/Mexico_City", mail="Hola Sofía, marca al 55 4170 8899 y teclea el NIP 771204#. Hablaremos de la vacante.\n\nSaúl Cano\nAceros Lerma"),
        ("you_call", "+525541708899", "771204", "saul.cano@aceroslerma.example", "Saúl Cano", "Aceros Lerma")),
    ("ligamos do número, a entrevistadora na lista", RUI, invitation(RUI, "Moagem Sado <noreply@gupy.com.br>", "Entrevista RH - Moleiro", mail="Olá, Rui!\n\nEntrevista por telefone com o RH\nEntrevistadora: Célia Brandão\nLigaremos do número 21 000 01 73.\n\nMoagem Sado"),
        ("they_call", "+351210000173", None, "", "Célia Brandão", "Moagem Sado")),
    ("la doctora, nombrada tras el verbo; buzón de equipo", SOFIA, invitation(SOFIA, "Selección <seleccion@clinica-nogal.example>", "Llamada auxiliar de clínica", mail="Hola, Sofía: te llamará la Dra. Irene Vega para conocerte y hablar del horario y el sueldo. Clínica Nogal"),
        ("they_call", None, None, "seleccion@clinica-nogal.example", "Irene Vega", "Clínica Nogal")),
    ("mon client, le groupe", ZOE, invitation(ZOE, "Ève Rolin <e.rolin@rolin-rh.example>", "Point tél. chef de chantier", mail="Bonjour Zoé, mon client, le groupe Maçons du Rhône, cherche une cheffe de chantier. Je vous appelle.\n\nÈve Rolin\nRolin RH"),
        ("they_call", None, None, "e.rolin@rolin-rh.example", "Ève Rolin", "Maçons du Rhône")),
    ("a search firm's client by its chief", OMAR, invitation(OMAR, "Rory Keane <rory@keanesearch.example>", "Rory/Omar call re: Head of Stores", mail="Omar, I'll call you with Gwen Parr (COO at Mossley Mills) on the line about the job.\n\nRory Keane\nKeane Search"),
        ("they_call", None, None, "rory@keanesearch.example", "Rory Keane", "Mossley Mills")),
    ("oferta de una ETT", SOFIA, invitation(SOFIA, "Nuria Pla <nuria.pla@tempora-ett.example>", "Llamada Nuria", mail="Hola Sofía, soy Nuria de Tempora ETT. Te llamo para contarte la oferta de carretillera en Almacenes Duero."),
        ("they_call", None, None, "nuria.pla@tempora-ett.example", "Nuria Pla", "Almacenes Duero")),
    ("signed at the end of a short note", ZOE, invitation(ZOE, "Auberge du Lac <contact@auberge-du-lac.example>", "Entretien tél. plongeuse", mail="Bonjour, je vous appelle pour la place de plongeuse. Bruno Faure, patron"),
        ("they_call", None, None, "contact@auberge-du-lac.example", "Bruno Faure", "Auberge du Lac")),
    ("liga-me, sem indicativo", RUI, invitation(RUI, "Eva Pinho <eva.pinho@ruralobras.example>", "Conversa com o Rui - capataz", mail="Boa tarde Rui, recebi a sua candidatura. Ligue-me para o 229 555 021 para falarmos.\n\nEva Pinho\nRural Obras, Unipessoal Lda."),
        ("you_call", "+351229555021", None, "eva.pinho@ruralobras.example", "Eva Pinho", "Rural Obras")),
    ("another listens in, the user is the candidate", OMAR, invitation(OMAR, "Jean Baird <j.baird@oakrigg-school.example>", "Tel interview - class teacher", mail="Dear Omar, following your application I will call you. Mr Colin Ward, deputy head, will also be listening in.\n\nJean Baird\nOakrigg School"),
        ("they_call", None, None, "j.baird@oakrigg-school.example", "Jean Baird", "Oakrigg School")),
    ("cerca un elettricista, a parole sue", ELISA, invitation(ELISA, "Gino Dal Ponte <gino@dalpontesrl.example>", "Elisa elettricista", mail="Ciao, ho bisogno di un'elettricista fissa in squadra: ti chiamo, mi dici esperienza e pretese. Gino"),
        ("they_call", None, None, "gino@dalpontesrl.example", "Gino Dal Ponte", "Dalpontesrl")),
    ("a system's mail: the title's part is the house", SOFIA, invitation(SOFIA, "Avisos <no-reply@bizneo.com>", "Entrevista telefónica - Farmacia Olmo - Auxiliar", mail="Hola Sofía: Farmacia Olmo te ha citado a una entrevista telefónica. Entrevistadora: Rosa Gil. Te llamará al teléfono de tu ficha."),
        ("they_call", None, None, "", "Rosa Gil", "Farmacia Olmo")),
    ("a system's mail: the legal form tells the house", NINA, invitation(NINA, "Svenja Cordt <svenja.cordt@softgarden.com>", "Telefoninterview Redakteurin", mail="Hallo Nina,\n\nich rufe dich an.\n\nSvenja Cordt\nTalent Acquisition\n\nVerlag Deichkrone AG | Am Siel 3 | 26340 Zetel"),
        ("they_call", None, None, "svenja.cordt@softgarden.com", "Svenja Cordt", "Verlag Deichkrone")),
    ("von Frau … angerufen", NINA, invitation(NINA, "Bewerbungen <bewerbung@kreis-auental.example>", "Telefonisches Auswahlgespräch Bauamt", mail="Sehr geehrte Frau Falk,\n\nauf Ihre Bewerbung hin werden Sie angerufen: Sie werden von Frau Ulla Hein (Personalamt) kontaktiert.\n\nKreis Auental\nPersonalamt"),
        ("they_call", None, None, "bewerbung@kreis-auental.example", "Ulla Hein", "Kreis Auental")),
    ("a shout on your cell", OMAR, invitation(OMAR, "Hank Doyle <hdoyle@bluespruce.example>", "Driver interview - regional", mail="Hey Omar, this is Hank with Blue Spruce. I'll be giving you a shout on your cell about the driving job."),
        ("they_call", None, None, "hdoyle@bluespruce.example", "Hank Doyle", "Blue Spruce")),
    ("a law office hires", NINA, invitation(NINA, "Marta Voss <voss@kanzlei-voss.example>", "Telefonat Bewerbung ReNo", mail="Sehr geehrte Frau Falk, gern möchte ich Sie kennenlernen. Ich rufe Sie an.\n\nMarta Voss, Rechtsanwältin\nKanzlei Voss"),
        ("they_call", None, None, "voss@kanzlei-voss.example", "Marta Voss", "Kanzlei Voss")),
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
    ("Rückruf der Hausverwaltung", NINA, invitation(NINA, "Hausverwaltung Ost <info@hv-ost.example>", "Telefontermin Bewerbung 3-Zimmer", mail="Guten Tag Frau Falk, wir rufen Sie wegen Ihrer Bewerbung um die Wohnung an. Bitte Gehaltsnachweise bereithalten.")),
    ("Elterntelefonat", NINA, invitation(NINA, "Grundschule am Park <sekretariat@gs-park.example>", "Telefonisches Gespräch Lernentwicklung", mail="Liebe Familie Falk, Frau Holm ruft Sie um 11 Uhr an, um über Jonas zu sprechen.")),
    ("Vorstellungsgespräch im Werk", NINA, invitation(NINA, "Antje Claasen <a.claasen@werft-eckwarden.example>", "Vorstellungsgespräch Schweißerin", where="Werft Eckwarden, Deichstraße 1, 26969 Butjadingen", mail="Wir freuen uns, Sie nach unserem Telefoninterview persönlich zu begrüßen. Bitte Sicherheitsschuhe mitbringen, am Tor kurz anrufen.")),
    ("Gespräch per Videokonferenz mit Einwahl", NINA, invitation(NINA, "Jonas Behr <jonas.behr@nordlicht-it.example>", "Vorstellungsgespräch DevOps", where="Microsoft Teams-Besprechung", mail="Hallo Nina, wir sprechen per Videokonferenz. Notfalls kannst du dich telefonisch einwählen: 069 90009 123, Konferenz-ID 778 221#.")),
    ("Nina stellt ein", NINA, invitation(NINA, "Nina Falk <nina@falk.example>", "Telefoninterview Aushilfe", attendees=("Lea Sommer <lea.sommer@gmail.com>",), uninvited=True, to="Lea Sommer <lea.sommer@gmail.com>", mail="Hallo Lea, danke für deine Bewerbung als Aushilfe. Ich rufe dich um 11 an.")),
    ("energy broker", OMAR, invitation(OMAR, "Chris Dean <chris@switchwise.example>", "Phone consultation", mail="Hi Omar, I'll give you a call at ten to go over your tariff and see how much we can save you.")),
    ("university admissions", OMAR, invitation(OMAR, "Admissions <admissions@northmoor.example>", "Telephone interview: MSc Hydrology", mail="Dear Omar, an academic from the department will telephone you to discuss your application for a place on the MSc.")),
    ("witness interview", OMAR, invitation(OMAR, "Safety Board <cases@safetyboard.example>", "Phone interview re incident 4471", mail="An investigator will call you to take your account of the collision on 3 March.")),
    ("hiring manager intake for recruiters", OMAR, invitation(OMAR, "Dana Fox <dana@post.example>", "Intake call: new warehouse role", mail="Hi Omar, as hiring manager please dial in so we can agree the job description and who interviews.")),
    ("prise de rendez-vous banque", ZOE, invitation(ZOE, "Crédit des Alpes <agence12@creditdesalpes.example>", "Entretien téléphonique avec votre conseillère", mail="Madame Perret, nous ferons le point sur votre épargne et votre situation professionnelle.")),
    ("entretien au cabinet, interphone", ZOE, invitation(ZOE, "Hugo Lenoir <hugo.lenoir@altair-rh.example>", "Entretien Zoé Perret / Altaïr RH", where="4 rue Neuve, 69001 Lyon", mail="Suite à notre préqualification téléphonique, je vous attends au cabinet, 2e étage. Appelez-moi si l'interphone fait des siennes.")),
    ("assistante sociale", ZOE, invitation(ZOE, "CCAS <ccas@clairval.example>", "Entretien téléphonique de suivi", mail="Mme Ott, assistante sociale, vous appellera au sujet de votre dossier RSA et de vos démarches d'emploi.")),
    ("entrevista radiofónica", SOFIA, invitation(SOFIA, "Onda Sur <produccion@ondasur.example>", "Entrevista telefónica miércoles 11 h", mail="Sofía, entras en directo desde casa, te llamamos dos minutos antes de la tertulia sobre empleo joven.")),
    ("piso compartido", SOFIA, invitation(SOFIA, "Álex Roig <alex@roig.example>", "Llamada piso Gràcia", mail="Te llamo para conocernos antes de decidir quién se queda la habitación, cuéntame si trabajas o estudias.")),
    ("test di inglese", ELISA, invitation(ELISA, "Scuola Babele <info@scuolababele.example>", "Colloquio telefonico di livello", mail="Gentile Elisa, la nostra insegnante La chiamerà per valutare il Suo inglese e assegnarLe il corso.")),
    ("visita medica del lavoro", ELISA, invitation(ELISA, "Centro Salus <prenotazioni@centrosalus.example>", "Colloquio telefonico preliminare", mail="Il medico competente La chiamerà prima della visita di idoneità.")),
    ("studiekeuze", JOOST, invitation(JOOST, "Hogeschool Noord <aanmelding@hsnoord.example>", "Telefonisch intakegesprek", mail="Beste Joost, een docent belt je over je aanmelding voor de deeltijdopleiding.")),
    ("verzuimgesprek", JOOST, invitation(JOOST, "Arno Kamp <arno@kamp.example>", "Belafspraak re-integratie", mail="Joost, ik bel je om te bespreken hoe je weer kunt opbouwen.")),
    ("condomínio", RUI, invitation(RUI, "Imobiliária Tejo <visitas@imotejo.example>", "Chamada telefónica - candidatura T1", mail="Boa tarde Rui, o proprietário liga-lhe para confirmar contrato de trabalho e rendimentos.")),
    ("avaliação psicológica da companhia de seguros", RUI, invitation(RUI, "Seguros Atlas <vida@segurosatlas.example>", "Entrevista telefónica", mail="Caro cliente, um enfermeiro ligará para lhe colocar questões sobre a sua saúde no âmbito do seguro de vida.")),
    ("Telefonat mit der Krankenkasse", NINA, invitation(NINA, "Krankenkasse Nord <service@kknord.example>", "Telefonisches Beratungsgespräch", mail="Guten Tag Frau Falk, Herr Kern ruft Sie zu Ihrem Wechsel in die Familienversicherung an.")),
    ("Nachhilfe", NINA, invitation(NINA, "Lernstudio <info@lernstudio.example>", "Kennenlerngespräch am Telefon", mail="Liebe Frau Falk, wir rufen Sie an, um den Förderbedarf Ihrer Tochter zu besprechen.")),
    ("Bewerbung um Kleingarten", NINA, invitation(NINA, "Kleingarten Süd <vorstand@kgsued.example>", "Telefonat zu Ihrer Bewerbung", mail="Hallo Frau Falk, unser Vorstand ruft Sie wegen der Parzelle an, auf die Sie sich beworben haben.")),
    ("Jahresgespräch Chefin", NINA, invitation(NINA, "Chefin <petra@falk.example>", "Zielvereinbarung Nina, telefonisch", mail="Ich ruf dich aus dem Zug an. Bitte Ziele und Entwicklungswünsche mitbringen.")),
    ("Kandidatin für Nina", NINA, invitation(NINA, "Recruiting <recruiting@falk.example>", "Telefoninterview Svenja R. / Buchhaltung", mail="Hallo Nina, anbei das Profil. Du sprichst mit ihr, wir brauchen dein Feedback bis Freitag im Tool.")),
    ("garden centre loyalty", OMAR, invitation(OMAR, "Mystery Shop UK <briefs@mysteryshop.example>", "Telephone debrief: visit 88", mail="Omar, your shopper manager will call to go through the questionnaire before we release your fee.")),
    ("blood donor", OMAR, invitation(OMAR, "Blood Service <donors@bloodservice.example>", "Telephone eligibility interview", mail="A nurse will phone to go through your health questionnaire before you donate.")),
    ("kids' sports club vetting", OMAR, invitation(OMAR, "Rovers Juniors <sec@roversjuniors.example>", "Phone chat: becoming a volunteer coach", mail="Hi Omar, Gaz will ring to hear why you want to help out on Sundays.")),
    ("video with PSTN fallback", OMAR, invitation(OMAR, "Lily Marsh <lily@pinewright.example>", "Interview: Finance Assistant", where="Google Meet", mail="Dear Omar, we look forward to seeing you on Google Meet. If your internet is unreliable you may dial +44 20 7946 0771, PIN 332211#.")),
    ("lunch interview", OMAR, invitation(OMAR, "Sam Reed <sam@reedjoinery.example>", "Interview over lunch", where="The Plough, Mill Road", mail="Good talking on the phone. Let's meet in the flesh, first round's on me. Ring if you're lost.")),
    ("journée de recrutement", ZOE, invitation(ZOE, "Hôtel du Cap <rh@hotelducap.example>", "Job dating saisonniers", where="Hôtel du Cap, 83990 Saint-Tropez", mail="Venez rencontrer nos équipes ! Renseignements par téléphone.")),
    ("mutation interne RH", ZOE, invitation(ZOE, "Lise Perret <lise@perret.example>", "Debrief entretien Karima (tél)", mail="On s'appelle pour décider si on la fait venir. Tes notes ?")),
    ("crèche", ZOE, invitation(ZOE, "Crèche Pomme d'Api <direction@pommedapi.example>", "Entretien téléphonique d'admission", mail="Bonjour, la directrice vous appellera pour l'accueil de votre enfant en septembre.")),
    ("psychologue", ZOE, invitation(ZOE, "Cabinet Aubin <rdv@cabinet-aubin.example>", "Premier entretien (téléphone)", mail="Mme Aubin, psychologue, vous appellera pour ce premier entretien. Tarif : 50 €.")),
    ("seguro de vida", SOFIA, invitation(SOFIA, "Vida Plena <polizas@vidaplena.example>", "Entrevista telefónica", mail="Estimada Sofía: un profesional sanitario le llamará para completar el cuestionario de salud de su póliza.")),
    ("máster", SOFIA, invitation(SOFIA, "Escuela Norte <admisiones@escuelanorte.example>", "Entrevista telefónica de admisión", mail="Hola Sofía, te llamará nuestro equipo académico para valorar tu perfil para el máster.")),
    ("la inmobiliaria y la candidatura", SOFIA, invitation(SOFIA, "Hogar Ya <contacto@hogarya.example>", "Llamada sobre tu candidatura", mail="Te llamamos para revisar la documentación: nóminas, contrato y aval. El propietario decide el viernes.")),
    ("sindacato", ELISA, invitation(ELISA, "Patronato <appuntamenti@patronato.example>", "Appuntamento telefonico NASpI", mail="Un operatore La chiamerà per la domanda di disoccupazione. Tenga a portata di mano il contratto di lavoro.")),
    ("candidata di Elisa", ELISA, invitation(ELISA, "HR <hr@neri.example>", "Colloquio telefonico S. Testa", mail="Elisa, te la passo io alle 11. Il suo CV è in allegato, poi compila la scheda.")),
    ("verzekeringsarts", JOOST, invitation(JOOST, "Keuringsdienst <planning@keuringsdienst.example>", "Telefonisch gesprek", mail="Geachte heer Kamp, de arts belt u voor de keuring bij uw arbeidsongeschiktheidsverzekering.")),
    ("woonbemiddeling", JOOST, invitation(JOOST, "Kamernet Noord <info@kamernoord.example>", "Belafspraak reactie op advertentie", mail="Hoi Joost, de huisbaas belt je om je te leren kennen. Wat doe je voor werk?")),
    ("banco", RUI, invitation(RUI, "Banco Sul <apoio@bancosul.example>", "Chamada agendada", mail="Caro Rui Teles, a sua gestora ligará para analisar a proposta de crédito. Tenha o contrato de trabalho consigo.")),
    ("candidato do Rui", RUI, invitation(RUI, "Sandra Teles <sandra@teles.example>", "Entrevista telefónica Hugo P.", mail="Rui, és tu que falas com ele, mando-te o CV. Depois preenche a grelha.")),
    # a bare "interview", and what it is said to be about
    ("donation", OMAR, invitation(OMAR, "Marrow Register <team@marrowregister.example>", "Phone interview", mail="We will ring you regarding your registration form.")),
    ("teacher in the title", ELISA, invitation(ELISA, "Liceo Parini <segreteria@liceoparini.example>", "Colloquio telefonico con il docente di fisica", mail="Il prof. Sala La chiamerà per parlare di Pietro.")),
    ("Honorar gegen Zeit", NINA, invitation(NINA, "Redaktion Querfeld <mail@querfeld.example>", "Interview am Telefon", mail="Für unsere Serie über Umsteiger rufe ich Sie an.")),
    ("pay and contract, but a landlord", SOFIA, invitation(SOFIA, "Fincas Prat <alquiler@fincasprat.example>", "Llamada piso Sants", mail="Te llamo por el piso; ten a mano contrato de trabajo y sueldo.")),
    ("pay and contract, but a lender", ZOE, invitation(ZOE, "Crédit Morvan <contact@creditmorvan.example>", "Entretien téléphonique - votre demande", mail="Notre chargée de clientèle vous appellera pour votre dossier de prêt : employeur, salaire, charges.")),
    ("questions agreed among colleagues", JOOST, invitation(JOOST, "Ria Moen <ria@moenbv.example>", "Telefonische interviews donderdag", mail="We stemmen de vragen voor de kandidaten af.")),
    ("best offer for your profile", RUI, invitation(RUI, "Planos Já <comercial@planosja.example>", "Ligação com especialista", mail="O nosso especialista vai ligar-lhe para conhecer o seu perfil e a sua renda e mostrar a melhor oportunidade.")),
    ("dream job, few places", ELISA, invitation(ELISA, "Rotta Nuova <ciao@rottanuova.example>", "Chiamata gratuita", mail="Ti chiamo e vediamo come trovare il lavoro dei tuoi sogni. Posti limitati.")),
    ("rehearsal", SOFIA, invitation(SOFIA, "Bea Soto <bea@beasoto.example>", "Sesión por teléfono", mail="Te llamo y ensayamos tu entrevista del lunes.")),
    # a medium that only a title's parts or a case that may come would make a telephone
    ("call in the title, a room's link as the place", OMAR, invitation(OMAR, "Noor Aziz <noor@kitebank.example>", "Hiring manager call - Kite Bank", where="https://kitebank.zoom.example/j/99120", mail="Hi Omar, about the analyst role. Zoom link: https://kitebank.zoom.example/j/99120\n\nNoor Aziz, Kite Bank")),
    ("staat u in de file", JOOST, invitation(JOOST, "Lies Dam <lies@damkoeling.example>", "Sollicitatiegesprek monteur", where="Havenweg 12, 4301 AB Zierikzee", mail="Welkom bij ons. Sta je in de file, bel dan 0111 000 122.")),
    # the user is the employer
    ("an applicant writes", OMAR, invitation(OMAR, "Wyn Tarr <wyn.tarr@gmail.com>", "Phone call re my application", mail="Dear Mr Haddad, thanks for agreeing to talk. I will call you at two about the clerk position I applied for.")),
    ("an agency sends somebody", NINA, invitation(NINA, "Ute Kern <u.kern@zeitwerk-personal.example>", "Telefoninterview Herr Roth für Ihre Stelle", mail="Guten Tag Frau Falk, Herr Roth erwartet Ihren Anruf, Lebenslauf anbei.")),
    # what an employer's letter shares words with: studies, a nursery, a grant, an office, an honorary post; and colleagues who share an interview out
    ("masters' admissions tutor", OMAR, invitation(OMAR, "Dr Bea Lyle <b.lyle@eastmere.example>", "Telephone interview: MSc Soil Science", mail="Dear Omar, thank you for your application. I'll phone to hear about your background before we make an offer of a place.")),
    ("place à la micro-crèche", ZOE, invitation(ZOE, "Les Coccinelles <bonjour@coccinelles.example>", "Entretien par téléphone pour Nina", mail="Suite à votre candidature, je vous appelle au sujet de vos horaires de travail et d'une place en micro-crèche.")),
    ("jurado de una beca", SOFIA, invitation(SOFIA, "Becas Miralba <becas@miralba.example>", "Entrevista telefónica", mail="Tu candidatura avanza: el comité te llamará para conocer tu trayectoria y tu proyecto de investigación.")),
    ("notaris over de akte", JOOST, invitation(JOOST, "Notariskantoor Sluis <kantoor@sluisnotaris.example>", "Belafspraak mr. Sluis", mail="De kandidaat-notaris belt u om de akte door te nemen.")),
    ("huisarts over de uitslag", JOOST, invitation(JOOST, "Praktijk Oost <info@praktijkoost.example>", "Belafspraak", mail="De huisarts belt u tussen tien en elf over de uitslag.")),
    ("vrijwillige functie", JOOST, invitation(JOOST, "Zwemclub Otter <info@zwemclubotter.example>", "Telefonische kennismaking trainer", mail="Ik bel je over je motivatie. Het is een vrijwillige functie met onkostenvergoeding.")),
    ("they gave us your name", OMAR, invitation(OMAR, "Una Dale <u.dale@dalepress.example>", "Call re Kit Rowe", mail="Kit handed us your details. I'll call your mobile about Kit's time in your department before we can confirm his job.")),
    ("la partie technique est pour Zoé", ZOE, invitation(ZOE, "Luc Aubin <luc@aubin-conseil.example>", "Entretien candidat - Théo Lacaze (tél.)", mail="Zoé, tu prends la partie technique et je prends la partie RH. Son CV est joint.")),
    ("bel jij de sollicitant?", JOOST, invitation(JOOST, "Ans Vos <ans@vosbouw.example>", "Bellen met Daan (sollicitant)", mail="Joost, wil jij Daan bellen voor de eerste ronde? Noteer je bevindingen.")),
    # and a founder's loan, a stage, pay, a careers office, alumni, a roof, a therapist, a room
    ("Gründungsberatung der Bank", NINA, invitation(NINA, "Volksbank Auental <beratung@vb-auental.example>", "Telefontermin", mail="Guten Tag Frau Falk, Ihr Berater ruft Sie an. Bitte Businessplan und Lebenslauf bereithalten.")),
    ("Rolle im Laienspiel", NINA, invitation(NINA, "Dorfbühne Auental <mail@dorfbuehne.example>", "Telefonat Rolle", mail="Hallo Nina, du hast dich um die Rolle beworben. Ich ruf dich an; unsere Theatergruppe spielt im Mai.")),
    ("pay rise asked for", OMAR, invitation(OMAR, "Gil Warne <gil@warne.example>", "Phone chat: pay rise", mail="Omar, HR have looked at your role. I'll ring you from home.")),
    ("augmentation demandée", ZOE, invitation(ZOE, "Luc Aubin <luc@aubin-conseil.example>", "Point tél.", mail="Zoé, je t'appelle au sujet de ton augmentation et de ton poste.")),
    ("university careers office", OMAR, invitation(OMAR, "Student Futures <futures@eastmere.example>", "Phone appointment: CV and interview technique", mail="A consultant will phone you to practise answering questions for your applications.")),
    ("antiguos alumnos", SOFIA, invitation(SOFIA, "Red Miralba <red@miralba.example>", "Llamada antiguos alumnos", mail="Un estudiante te llamará para conocer tu trayectoria y tu trabajo.")),
    ("panneaux sur le toit", ZOE, invitation(ZOE, "Hélio Toit <contact@heliotoit.example>", "Entretien téléphonique", mail="Notre conseiller vous appelle pour votre profil et votre éligibilité aux aides.")),
    ("psicoterapeuta", ELISA, invitation(ELISA, "Dott.ssa Rosa Fini <info@rosafini.example>", "Colloquio telefonico", mail="La chiamo io, mi dirà del lavoro e del resto. Rosa Fini, psicoterapeuta")),
    ("huisgenoten", JOOST, invitation(JOOST, "Mees <mees@singel.example>", "Belafspraak kamer Singel", mail="Ik bel je, dan kunnen we kennismaken. Wat voor job doe je? Groet van de huisgenoten")),
    # and a panel's outsider, a paid study, a sick note, a rehearsal, an applicant handed over
    ("lay member of the panel", OMAR, invitation(OMAR, "Ann Loy <ann@loy.example>", "Interviews by phone: caretaker", mail="Omar, thanks for sitting as lay member. We'll be calling three people; application forms attached.")),
    ("paid study of buyers", OMAR, invitation(OMAR, "Vantage Panel <hi@vantagepanel.example>", "Phone interview: how buyers choose", mail="Thank you for qualifying! A moderator will phone you about your role and your experience with vendors.")),
    ("pesquisadora do instituto", RUI, invitation(RUI, "Instituto Medir <campo@medir.example>", "Entrevista telefónica: emprego", mail="A nossa pesquisadora vai ligar; as respostas sigilosas tratam do seu trabalho.")),
    ("arrêt de travail", ZOE, invitation(ZOE, "Caisse du Rhône <contact@caisserhone.example>", "Entretien téléphonique", mail="Un conseiller vous appellera au sujet de votre arrêt de travail et de votre emploi.")),
    ("on simule l'entretien", ZOE, invitation(ZOE, "Prune <prune@prunecoach.example>", "Appel Prune", mail="Je t'appelle, on simule ton entretien avec le DRH.")),
    ("lo chiami tu", ELISA, invitation(ELISA, "Ugo Neri <ugo@nerisrl.example>", "Colloquio candidato Bassi - telefonico", mail="Elisa, lo chiami tu dal tuo interno, poi mi dici.")),
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
