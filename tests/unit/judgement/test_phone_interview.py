"""Which invites are phone interviews: hard cases of many trades and countries, each with what must be said of it."""

from __future__ import annotations

import pytest

from mailrescue.judgement.phone_interview import judge
from mailrescue.model.interview import Finding, Rejection
from mailrescue.vocabulary import load
from tests.unit.judgement.invitations import ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE, invitation

LEXICON = load()
TEAMS = "\n________________________________________________________________________________\nMicrosoft Teams Need help?\nJoin the meeting now\nMeeting ID: 371 220 415 9\nPasscode: Qw8xT\n________________________________\nDial in by phone\n+44 20 7946 0771,,330218446# United Kingdom, London\nPhone conference ID: 330 218 446#\n"
MEET = "\n\n-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\nOr dial: (US) +1 202-555-0143 PIN: 118 204 557#\n-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-"

#: id, the invitation, and what is expected of its fields (phone, company and so on only where named)
INTERVIEWS = [
    ("ward sister rings a nurse",
     invitation(OMAR, "Karen Whitlow <k.whitlow@stbrannocks.example>", "Tel interview: Band 5 Staff Nurse, Ward 7", where="Telephone",
                says="Dear Omar,\n\nWe shortlisted you for the Band 5 post. I'll be ringing you from the ward on 01632 960711 at ten; patients permitting. Please have your NMC pin to hand.\n\nKaren Whitlow\nWard Sister\nSt Brannock's Hospital"),
     {"direction": "they_call", "phone": "+441632960711", "interviewer": "k.whitlow@stbrannocks.example", "company": "St Brannock's Hospital", "language": "en"}),
    ("Irish café, a bell on the landline",
     invitation(OMAR, "Sinéad Moyne <sinead@moynebakery.example>", "Chat re: pastry job", says="Howya Omar, delighted you threw your hat in the ring for the pastry job. Give us a bell on the bakery line, 01632 960 118, round ten. Sinéad, Moyne Bakery"),
     {"direction": "you_call", "phone": "+441632960118", "company": "Moyne Bakery"}),
    ("Bengaluru telephonic round, HR writes, engineer calls",
     invitation(OMAR, "Priyanka Rao <priyanka.rao@kaveritech.example>", "Telephonic Round 1 - Java Developer", attendees=("Vikram Shetty <vikram.shetty@kaveritech.example>",),
                says="Dear Candidate,\n\nGreetings from Kaveri Tech! Your telephonic interview is scheduled. Mr. Vikram Shetty (Tech Lead) will call you on your registered mobile number. Kindly revert in case of any change.\n\nThanks & Regards,\nPriyanka Rao\nHR Executive, Kaveri Tech Pvt Ltd"),
     {"direction": "they_call", "phone": None, "interviewer": "vikram.shetty@kaveritech.example", "company": "Kaveri Tech"}),
    ("US bridge, passcode in words",
     invitation(OMAR, "Delia Ortiz <dortiz@foxhollow-logistics.example>", "Phone interview - Dispatcher", where="Conference line", zone="America/Chicago",
                says="Hi Omar,\nPlease dial 312-555-0190 and enter participant code 7744120 followed by the pound sign. Host code 991100 is for me only.\n\nDelia Ortiz\nFox Hollow Logistics"),
     {"direction": "you_call", "phone": "+13125550190", "access_code": "7744120", "company": "Fox Hollow Logistics"}),
    ("Teams glued onto an Australian phone screen",
     invitation(OMAR, "Tahlia Brook <tahlia.brook@wattlebank.example>", "Phone screen - Payroll Officer", where="Microsoft Teams Meeting", zone="Australia/Sydney",
                says="Hi Omar, quick phone screen for the Payroll Officer role. I'll give you a buzz on the mobile on your CV. Ignore the Teams stuff below, Outlook sticks it in.\nTahlia\nTalent Acquisition, Wattle Bank" + TEAMS),
     {"direction": "they_call", "phone": None, "company": "Wattle Bank"}),
    ("Google adds Meet, nobody speaks of it",
     invitation(OMAR, "Recruiting <noreply@brindle.example>", "Phone Interview: Omar Haddad / Brindle Robotics", attendees=("Agnes Cho <agnes.cho@brindle.example>",), says="Agnes will call you at +44 7700 900461." + MEET),
     {"direction": "they_call", "phone": None, "interviewer": "agnes.cho@brindle.example", "company": "Brindle Robotics"}),
    ("street address of an applicant tracking system",
     invitation(OMAR, "Lena Fox via Teamtailor <no-reply@teamtailor-mail.example>", "Interview with Larch & Co", where="14 Quay Street, Bristol BS1 4XX", reply_to="Lena Fox <lena@larchandco.example>",
                says="Meeting type: Phone call\nRole: Shop Supervisor\nLena will phone you. You will not need to come to the store."),
     {"direction": "they_call", "interviewer": "lena@larchandco.example", "company": "Larch & Co"}),
    ("lecturer, panel, secretary writes",
     invitation(OMAR, "Faculty Office <faculty-office@northmoor.example>", "Telephone interview - Lecturer in Hydrology (ref 4471)", attendees=("Prof. Ines Calder <i.calder@northmoor.example>", "Dr Paul Wray <p.wray@northmoor.example>"),
                says="Dear Dr Haddad,\nThe panel will be chaired by Prof. Ines Calder, joined by Dr Paul Wray. The University of Northmoor will telephone you on the number given in your application.\nYours sincerely,\nJill Penn, Faculty Office"),
     {"direction": "they_call", "interviewer": "i.calder@northmoor.example", "phone": None}),
    ("Metzgerei, der Meister klingelt durch",
     invitation(NINA, "Metzgerei Hufnagl <info@metzgerei-hufnagl.example>", "Telefonat wegen Lehrstelle", says="Servus Nina, deine Bewerbung für die Lehrstelle passt uns. Der Meister ruft dich am Mittwoch um elf auf dem Handy an. Falls was ist: 089 99998 441.\nMetzgerei Hufnagl"),
     {"direction": "they_call", "phone": "+498999998441", "interviewer": "info@metzgerei-hufnagl.example", "company": "Metzgerei Hufnagl", "language": "de", "formal": False}),
    ("Zürcher Spital, Durchwahl zum Anrufen",
     invitation(NINA, "Hess Beat <beat.hess@spital-linth.example>", "Telefongespräch Pflegefachfrau HF 80 %", zone="Europe/Zurich",
                says="Grüezi Frau Falk\n\nGerne möchte ich Sie am Telefon kennenlernen. Bitte rufen Sie mich zur vereinbarten Zeit auf meine Direktwahl 044 668 18 00 an.\n\nFreundliche Grüsse\nBeat Hess\nLeiter Pflege\nSpital Linth"),
     {"direction": "you_call", "phone": "+41446681800", "interviewer_name": "Beat Hess", "company": "Spital Linth", "formal": True}),
    ("Wiener Agentur, Kollegin meldet sich",
     invitation(NINA, "Bewerbermanagement <jobs@kornblum.example>", "Erstgespräch telefonisch", attendees=("Mag. Ulrike Pichler <u.pichler@kornblum.example>",), zone="Europe/Vienna",
                says="Liebe Frau Falk, meine Kollegin Mag. Ulrike Pichler meldet sich bei Ihnen unter Ihrer Handynummer. Es geht um die Position Mediaplanerin (w/m/d) bei Kornblum Media GmbH."),
     {"direction": "they_call", "interviewer": "u.pichler@kornblum.example", "company": "Kornblum Media", "phone": None}),
    ("öffentlicher Dienst, Einwahl mit Raute",
     invitation(NINA, "Vergabestelle Personal <personal@landkreis-weide.example>", "Auswahlgespräch Sachbearbeitung (Kennziffer 12/26)", where="Telefonkonferenz", organizer="Kerstin Adler <k.adler@landkreis-weide.example>",
                says="Sehr geehrte Frau Falk,\ndas Auswahlgespräch führen wir als Telefonkonferenz. Einwahlnummer: 0221 99998 700, Konferenz-PIN 556677#, Moderatoren-PIN nur für uns.\nMit freundlichen Grüßen\nKerstin Adler\nLandkreis Weide"),
     {"direction": "you_call", "phone": "+4922199998700", "access_code": "556677", "interviewer": "k.adler@landkreis-weide.example"}),
    ("Teams-Besprechung automatisch, trotzdem Telefon",
     invitation(NINA, "Jonas Behr <jonas.behr@nordlicht-it.example>", "Telefoninterview DevOps (m/w/d) - Nina Falk", where="Microsoft Teams-Besprechung",
                says="Hallo Nina,\nwir telefonieren ganz klassisch, ich rufe dich an. Den Teams-Link hängt Outlook automatisch an, den kannst du ignorieren.\nViele Grüße\nJonas\nNordlicht IT GmbH\n________________________________________________________________________________\nMicrosoft Teams-Besprechung\nNehmen Sie auf dem Computer teil\nBesprechungs-ID: 391 774 250 18\nOder anrufen (nur Audio)\n+49 69 90009 123,,556100237# Germany, Frankfurt\nTelefonkonferenz-ID: 556 100 237#\n"),
     {"direction": "they_call", "phone": None, "formal": False, "company": "Nordlicht IT"}),
    ("hôtel suisse romand, natel",
     invitation(ZOE, "Sandrine Favre <s.favre@hotel-du-lac-bleu.example>", "Entretien tél. réceptionniste", zone="Europe/Zurich",
                says="Bonjour Madame Perret, suite à votre postulation, je vous appelle sur votre natel pour un premier entretien. Au besoin je suis joignable au 021 555 01 77. Sandrine Favre, Hôtel du Lac Bleu"),
     {"direction": "they_call", "phone": "+41215550177", "company": "Hôtel du Lac Bleu", "language": "fr", "formal": True}),
    ("Québec, on tutoie, compose le poste",
     invitation(ZOE, "Maude Tremblay <maude@sirop-boreal.example>", "Appel avec Maude - coordo événements", zone="America/Toronto",
                says="Salut Zoé! T'as le goût de jaser de la job de coordo? Appelle-moi au 418 555-0133, poste 12. Maude, Sirop Boréal"),
     {"direction": "you_call", "phone": "+14185550133", "formal": False, "company": "Sirop Boréal"}),
    ("cabinet, le client est nommé",
     invitation(ZOE, "Hugo Lenoir <hugo.lenoir@altair-rh.example>", "Préqualif téléphonique - contrôleuse de gestion",
                says="Bonjour Zoé, j'aimerais vous présenter le poste chez notre client Verreries Monceau. Je vous téléphone à 11 h. Hugo Lenoir, Altaïr RH"),
     {"direction": "they_call", "company": "Verreries Monceau", "phone": None}),
    ("mairie, la DGS appellera, secrétariat écrit",
     invitation(ZOE, "Secrétariat général <secretariat@mairie-clairval.example>", "Entretien de recrutement par téléphone", attendees=("Nadège Roblin <n.roblin@mairie-clairval.example>",),
                says="Madame, Mme Roblin, directrice générale des services, vous appellera pour l'entretien relatif au poste d'agent d'état civil. Cordialement, le secrétariat, Mairie de Clairval"),
     {"direction": "they_call", "interviewer": "n.roblin@mairie-clairval.example", "company": "Mairie de Clairval"}),
    ("fiesta en Buenos Aires, voseo",
     invitation(SOFIA, "Camila Duarte <camila@molinosur.example>", "Charla por el puesto de diseñadora", zone="America/Argentina/Buenos_Aires", says="¡Hola Sofía! Nos encantó tu portfolio. Llamame vos a las 11 al +54 11 5555 0123, así charlamos tranquilas. Cami, Molino Sur"),
     {"direction": "you_call", "phone": "+541155550123", "formal": False, "language": "es", "company": "Molino Sur"}),
    ("hospital de Sevilla, usted, extensión",
     invitation(SOFIA, "Selección Hospital San Telmo <seleccion@hsantelmo.example>", "Entrevista telefónica DUE", says="Estimada Sra. Lagos: le llamará la supervisora, Dª Pilar Ruiz (pilar.ruiz@hsantelmo.example), para la entrevista del puesto de enfermera. Si no pudiera atender, llame al 954 00 55 12 ext. 33."),
     {"direction": "they_call", "phone": "+34954005512", "interviewer": "pilar.ruiz@hsantelmo.example", "formal": True}),
    ("México, licenciada marca al celular",
     invitation(SOFIA, "Lic. Rebeca Solís <rebeca.solis@textilesnaranjo.example>", "Llamada RH - Analista de compras", zone="America/Mexico_City", says="Buen día Sofía, te marco a tu celular para platicar de la vacante. Saludos, Lic. Rebeca Solís, Textiles Naranjo"),
     {"direction": "they_call", "interviewer_name": "Rebeca Solís", "company": "Textiles Naranjo"}),
    ("bottega di Torino, chiamami tu",
     invitation(ELISA, "Bruno Galli <bruno@legatoriagalli.example>", "due chiacchiere sul posto in bottega", says="Ciao Elisa, grazie del curriculum! Chiamami tu in bottega allo 011 0000 455 verso le undici. Bruno, Legatoria Galli"),
     {"direction": "you_call", "phone": "+390110000455", "formal": False, "language": "it", "company": "Legatoria Galli"}),
    ("agenzia, la dottoressa La contatterà",
     invitation(ELISA, "Segreteria <segreteria@studiomarea.example>", "Colloquio telefonico - impiegata contabile", attendees=("Dott.ssa Carla Bini <c.bini@studiomarea.example>",),
                says="Gentile Sig.ra Neri, La contatterà telefonicamente la Dott.ssa Bini per un colloquio conoscitivo. Distinti saluti, Segreteria, Studio Marea"),
     {"direction": "they_call", "interviewer": "c.bini@studiomarea.example", "interviewer_name": "Carla Bini", "company": "Studio Marea", "formal": True}),
    ("Groningen, bellen met de winkel",
     invitation(JOOST, "Fenna Douma <fenna@fietsenloods.example>", "Kennismaken Joost / De Fietsenloods", says="Hoi Joost, leuke brief! Bel jij ons woensdag om elf uur in de winkel op 050 000 0188? Groetjes Fenna, De Fietsenloods"),
     {"direction": "you_call", "phone": "+31500000188", "formal": False, "language": "nl", "company": "De Fietsenloods"}),
    ("Vlaamse school, u, gsm",
     invitation(JOOST, "An Peeters <an.peeters@sint-lutgardis.example>", "Telefonisch selectiegesprek leerkracht wiskunde", zone="Europe/Brussels", says="Geachte heer Kamp, naar aanleiding van uw sollicitatie contacteer ik u telefonisch op uw gsm. Met vriendelijke groeten, An Peeters, directeur Sint-Lutgardis"),
     {"direction": "they_call", "phone": None, "formal": True, "company": "Sint-Lutgardis"}),
    ("São Paulo, te ligo no celular",
     invitation(RUI, "Larissa Prado <larissa.prado@casadofiltro.example>", "Bate-papo com o RH - Rui Teles", zone="America/Sao_Paulo", says="Oi Rui, tudo bem? Te ligo no celular pra gente conversar sobre a vaga de analista. Qualquer coisa meu ramal é (11) 5555-0147. Abraços, Larissa - Casa do Filtro"),
     {"direction": "they_call", "phone": "+551155550147", "formal": False, "language": "pt", "company": "Casa do Filtro"}),
    ("Porto, o senhor liga para a oficina",
     invitation(RUI, "Alcino Barros <alcino@oficinasbarros.example>", "Conversa telefónica - vaga de mecânico", says="Caro Sr. Teles, agradeço a sua candidatura. Peço que me ligue para a oficina, 22 000 01 99, à hora combinada. Com os melhores cumprimentos, Alcino Barros"),
     {"direction": "you_call", "phone": "+351220000199", "formal": True}),
    ("cancelled without method",
     invitation(OMAR, "Ravi Menon <ravi@teacross.example>", "Canceled: Phone interview - Buyer", status="CANCELLED", says="Ravi calls Omar."),
     {"status": "cancelled"}),
    ("declined by the user's own reply",
     invitation(NINA, "Nina Falk <nina@falk.example>", "Telefoninterview Nina Falk", method="REPLY", partstat="DECLINED", organizer="Tobias Renn <renn@kupferhof.example>", to="Tobias Renn <renn@kupferhof.example>", says="Wir rufen Sie an."),
     {"status": "declined", "interviewer": "renn@kupferhof.example", "direction": "they_call"}),
    ("initials in the domain, which names the town too",
     invitation(OMAR, "Isla Kerr <isla@mbk-perth.example>", "Call re bench job", says="Hi Omar, please ring me on 01632 960 733 about the bench job.\n\nIsla\n\nMorrow & Baird Kitchens\nPerth"),
     {"direction": "you_call", "company": "Morrow & Baird Kitchens"}),
    ("the house under the signature, a domain of another name",
     invitation(OMAR, "Isla Kerr <isla@thegreenboat.example>", "Call about the deck job", says="Omar, ring me at nine on 01632 960 733 about the job.\n\nIsla\nKerr Boats & Tackle, Perth"),
     {"direction": "you_call", "company": "Kerr Boats & Tackle"}),
    ("agency writes, the client's manager dials",
     invitation(OMAR, "Tess Marl <tess@marl-people.example>", "Telephone interview, Depot Lead", attendees=("Ruth Abara <ruth.abara@fenlinehaulage.example>",),
                says="Hi Omar, my client Fenline Haulage liked your CV. Ruth Abara, their operations director, is copied in. She has your number and will be the one calling. Please write to Ruth\n\nTess\nMarl People"),
     {"direction": "they_call", "interviewer": "ruth.abara@fenlinehaulage.example", "company": "Fenline Haulage"}),
]

#: id, the invitation, and a word that a reason must hold ("" for any)
OTHERS = [
    ("video with dial-in footer", invitation(OMAR, "Lily Marsh <lily@pinewright.example>", "Second interview - Omar Haddad", says="Looking forward to meeting you on Teams, cameras on. We'll look at your portfolio together." + TEAMS), "video"),
    ("on site, ring the bell", invitation(OMAR, "Sam Reed <sam@reedjoinery.example>", "Interview - bench joiner", where="Unit 4, Mill Road, Leeds LS2 7XX", says="After our phone chat come and see the workshop. Phone me on 01632 960222 from the gate."), ""),
    ("user interviews for her own firm", invitation(NINA, "Paul Falk <paul@falk.example>", "Telefoninterview Bewerber Hannes Uhl (Lager)", says="Du führst das Gespräch, bitte ruf ihn unter 0155 5010 0999 an. Lebenslauf im Anhang, Bewertungsbogen danach ausfüllen."), ""),
    ("shadowing in Madrid", invitation(SOFIA, "Marta Gil <marta@lagos.example>", "Entrevista telefónica (shadowing): candidata Inés P.", says="Sofía entra de oyente, micro silenciado."), ""),
    ("a room's numbers without their heading", invitation(OMAR, "Ina Marsh <ina.marsh@reedmoor.example>", "Video interview - Buyer", where="Microsoft Teams Meeting", says="We will meet on Teams, camera on please.\n\nJoin the meeting: https://teams.microsoft.com/l/meetup-join/19%3ax\nOr call in (audio only) +44 20 7946 0960,,766918553#\nPhone Conference ID: 766 918 553#"), "video"),
    ("a telephone to mend", invitation(OMAR, "Fixwell <booking@fixwell.example>", "Phone screen repair", where="Fixwell, 12 Mill Lane", says="You are booked in for a screen replacement. We'll call you when it's done."), "service"),
    ("a house whose name is a medium", invitation(NINA, "Ute Sand <u.sand@tannaudio.example>", "Vorstellungsgespräch Tontechnikerin - Tann Audio", where="Microsoft Teams-Besprechung", says="Wir freuen uns auf das Gespräch per Videokonferenz."), "video"),
    ("asked to sit on the panel", invitation(OMAR, "Fiona Rusk <f.rusk@tarnschool.example>", "Phone interview - caretaker post - I. Bell", says="Thanks for sitting on the panel again. This is the second applicant for the post, Ivo Bell; I'll dial him and put you on. The marking sheet is with you."), "interviews"),
    ("reference, though somebody applied", invitation(NINA, "Uwe Tamm <u.tamm@leinenhof.example>", "Telefonat Referenz (Bewerbung Lageristin)", says="Frau Ina Busch hat sich bei uns als Lageristin beworben und Sie als Referenz genannt, als frühere Vorgesetzte. Ich rufe Sie an."), "reference"),
    ("reference for a former trainee", invitation(JOOST, "Wim Bos <w.bos@havenbureau.example>", "Referentiegesprek over Lotte Smit", where="Telefoon", says="Lotte heeft u als referent opgegeven voor de functie van planner. Ik bel u."), "reference"),
    ("Marktforschung mit Gutschein", invitation(NINA, "Panelwerk <studie@panelwerk.example>", "Telefoninterview: Ihre Jobsuche", says="Unsere Interviewerin ruft Sie an. Als Dankeschön erhalten Sie einen Gutschein über 30 Euro."), "study"),
    ("revisione caldaia", invitation(ELISA, "TermoCasa <appuntamenti@termocasa.example>", "Appuntamento telefonico per la manutenzione della caldaia", says="Il tecnico la chiamerà per fissare l'intervento."), ""),
    ("vaga na creche", invitation(RUI, "Creche Sol <geral@crechesol.example>", "Entrevista telefónica - inscrição do Tomás", says="A educadora ligará para o encarregado de educação sobre a vaga na creche do seu filho."), ""),
    ("job centre in Vienna", invitation(NINA, "AMS Wien <noreply@ams-termine.example>", "Telefonischer Kontrolltermin", says="Ihre Beraterin ruft Sie an. Bitte halten Sie Ihre Eigenbemühungen und Bewerbungen bereit. Bei Nichterscheinen kann das Arbeitslosengeld eingestellt werden."), ""),
    ("rehearsal with a friend", invitation(OMAR, "Ben Ashe <ben@ashe.example>", "Mock phone interview", says="I'll play the hiring manager and ring you at 10."), "practice"),
    ("evaluación de desempeño", invitation(SOFIA, "Jorge Lagos <jorge@lagos.example>", "Evaluación anual por teléfono", says="Te llamo para tu evaluación de desempeño; trae tus objetivos."), ""),
    ("hospiteeravond op afstand", invitation(JOOST, "Huize Zeeblik <zeeblik@kamers.example>", "Telefonische kennismaking kamer", says="We bellen alle kandidaten voor de kamer in ons studentenhuis."), ""),
    ("free strategy call", invitation(ELISA, "Marco Coach <marco@carrieraturbo.example>", "Call strategica gratuita", says="Ti chiamo per capire i tuoi obiettivi e presentarti il nostro percorso, a partire da 900 euro."), ""),
    ("hold for the interviewer", invitation(OMAR, "Recruiting <recruiting@post-office-haddad.example>", "[HOLD] Phone screen - candidate TBC", status="TENTATIVE", says="Hold for interview. You are the interviewer."), ""),
    ("all day", invitation(OMAR, "Grads <grads@harrow.example>", "Phone interview day", all_day=True), "all day"),
    ("somebody else's reply", invitation(OMAR, "Kit Low <kit@low.example>", "Phone interview", method="REPLY", partstat="ACCEPTED"), "answer"),
    ("not addressed to the user", invitation(OMAR, "Ann Hill <ann@hill.example>", "Phone interview - Buyer", uninvited=True, to="Zed Poe <zed@poe.example>", says="I'll call you about the job."), "addressed"),
]


@pytest.mark.parametrize(("case", "expected"), [pytest.param(case, expected, id=name) for name, case, expected in INTERVIEWS])
def test_a_phone_interview_is_found_with_its_fields(case, expected):
    """The invitation is a phone interview of the user, and each field named reads as expected."""
    invite, message = case
    found = judge(invite, message, _me(message, invite), LEXICON)
    assert isinstance(found, Finding), found
    said = {
        "direction": found.direction.value, "phone": found.phone, "access_code": found.access_code, "company": found.company, "language": found.language,
        "status": found.status.value, "formal": found.formal, "interviewer": found.interviewer and found.interviewer.email, "interviewer_name": found.interviewer and found.interviewer.name,
    }  # fmt: skip
    assert expected == {key: said[key] for key in expected}


@pytest.mark.parametrize(("case", "word"), [pytest.param(case, word, id=name) for name, case, word in OTHERS])
def test_what_looks_like_one_is_rejected_with_the_reason(case, word):
    """The invitation is no phone interview of the user, and the reasons say why."""
    invite, message = case
    found = judge(invite, message, _me(message, invite), LEXICON)
    assert isinstance(found, Rejection), found
    assert word in " ".join(found.reasons)


def _me(message, invite):
    shown = {a.address.email for a in invite.attendees} | {a.email for a in message.to}
    return next((me for me in (NINA, OMAR, SOFIA, RUI, ELISA, JOOST, ZOE) if shown & set(me.addresses)), OMAR)
