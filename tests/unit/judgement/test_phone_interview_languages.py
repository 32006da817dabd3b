"""The same situations in seven languages: what is a phone interview and who dials, what only looks like one."""

from __future__ import annotations

import pytest

from mailrescue.judgement.phone_interview import judge
from mailrescue.model.interview import Finding, Rejection
from mailrescue.vocabulary import load
from tests.unit.judgement.invitations import ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE, invitation

LEXICON = load()
USERS = {"en": OMAR, "fr": ZOE, "de": NINA, "es": SOFIA, "it": ELISA, "nl": JOOST, "pt": RUI}
THEY, YOU, NOBODY = "they_call", "you_call", "unknown"

#: language, title, place, text, who dials
INTERVIEWS = [
    ("en", "Omar x Harbourmaster's Office", "", "Morning Omar, chuffed you went for the deputy post. Expect a ring from me around ten, I've your mobile from the form. Gus", THEY),
    ("en", "Stage 1: telephone (Graduate Surveyor)", "", "At the time shown please ring our assessment line, 01632 960 870, and quote your candidate number.", YOU),
    ("en", "Initial conversation - Head of Year", "By phone", "We would be pleased to speak to you about the post. Mr Dunne, the Deputy, will be in touch by telephone at ten.", THEY),
    ("en", "Intro: Omar / Fenwick Labs", "Phone", "Half an hour to see whether the postdoc is for you. Kit", NOBODY),
    ("en", "Recruiter catch-up", "+44 1632 960990", "Dial in on the number above, it comes straight through to my headset. We'll go over your CV and the contract roles I have.", YOU),
    ("en", "Omar - warehouse nights", "", "Call me crazy but I'd rather talk than read CVs. I'll try you on your mobile at 10, if it goes to voicemail I'll try again at quarter past. Deano, Northside Logistics", THEY),
    ("en", "Phone call with Judge Ferris's chambers (clerkship)", "", "The judge will place the call herself. Please be reachable at the number on your résumé.", THEY),
    ("en", "Telephonic discussion - Sr. Test Engineer", "", "As discussed with you, your telephonic discussion is scheduled. Our panel member shall be calling you. Kindly be available.", THEY),
    ("fr", "Zoé Perret - point tél. suite à candidature", "", "Je vous passe un coup de téléphone demain à onze heures pour faire connaissance et parler du CDI. Belle journée, Inès", THEY),
    ("fr", "Entretien recrutement cheffe de rang", "Téléphone", "Merci de nous joindre au restaurant, 04 65 71 00 33, en dehors du service. Demandez Lucien.", YOU),
    ("fr", "On s'appelle ? (job de vendeuse)", "", "Coucou Zoé, trop chouette ta lettre ! On t'appelle mercredi, garde ton tel pas loin. La team des Halles", THEY),
    ("fr", "Audition téléphonique - concours MCF", "", "Le comité vous appellera depuis la salle des conseils au numéro porté sur votre dossier de candidature.", THEY),
    ("fr", "Entrevue au bout du fil - préposée aux bénéficiaires", "", "Bonjour Zoé, c'est nous qui vous téléphonons, vers 10 h. Ayez vos disponibilités en main.", THEY),
    ("fr", "Premier contact - Atelier Verne", "Par téléphone", "Trente minutes pour parler du stage, sans chichis.", NOBODY),
    ("fr", "Entretien candidature / Mme Perret", "01 99 00 45 45", "Vous composerez le numéro ci-dessus, le standard vous mettra en ligne avec la DRH.", YOU),
    ("de", "Nina und die Werkstatt: kurzer Anruf", "", "Hey Nina, coole Mappe! Ich ruf dich Mittwoch um elf durch, dann quatschen wir über die Ausbildung. Kalle", THEY),
    ("de", "Telefonisches Vorstellungsgespräch Medizinische Fachangestellte", "", "Sehr geehrte Frau Falk, Frau Dr. Zeller wird Sie zur genannten Zeit anrufen. Bitte halten Sie Ihren Lebenslauf bereit.", THEY),
    ("de", "Erstes Kennenlernen (Telefon) - Projektassistenz", "Telefon", "Bitte melden Sie sich telefonisch bei mir: 0221 99998 112. Ich freue mich auf das Gespräch.", YOU),
    ("de", "Bewerbung Busfahrerin: Rückruf", "", "Guten Tag Frau Falk, unsere Disposition kontaktiert Sie am Mittwoch um 11 Uhr auf Ihrem Handy. Mit freundlichen Grüßen, Verkehrsbetriebe", THEY),
    ("de", "Call mit Nina wegen Werkstudentenstelle", "", "Hi Nina, wähl dich einfach um 11 in unsere Telko ein: 069 90009 777, PIN 4455. Bis dann, Lars", YOU),
    ("de", "Telefoninterview Nina Falk", "", "Dauer 30 Minuten. Themen: Werdegang, Gehaltsvorstellung, Kündigungsfrist.", NOBODY),
    ("es", "Llamada con Sofía - puesto de pastelera", "", "¡Hola! Te pego un telefonazo el miércoles a las once y hablamos del horario y del sueldo. Besos, Remedios", THEY),
    ("es", "Entrevista telefónica Analista Contable", "", "Estimada Sofía: nos estaremos comunicando con usted vía telefónica. Favor de estar disponible. Capital Humano", THEY),
    ("es", "Primera entrevista (tel.)", "Teléfono", "Debes llamar tú a nuestra oficina, 910 00 55 77, y preguntar por Begoña. Hablaremos de la vacante.", YOU),
    ("es", "Charla telefónica: plaza de interina", "", "La jefa de estudios le telefoneará al número que consta en su solicitud.", THEY),
    ("es", "Entrevista inicial - Desarrollador", "Llamada telefónica", "Duración: 20 min. Hablaremos de tu experiencia y del rol.", NOBODY),
    ("it", "Chiacchierata al telefono per il posto di barista", "", "Ciao Elisa! Ti faccio uno squillo mercoledì verso le undici, così ci conosciamo. Gino", THEY),
    ("it", "Colloquio telefonico - supplenza", "", "Gentile prof.ssa Neri, sarà contattata telefonicamente dalla dirigente in merito alla sua candidatura.", THEY),
    ("it", "Primo colloquio conoscitivo", "Telefono", "La preghiamo di telefonare allo 06 5550 1999 all'orario indicato e di chiedere della dott.ssa Riva.", YOU),
    ("it", "Chiamata con le risorse umane", "", "L'ufficio selezione la contatterà al recapito indicato nel curriculum.", THEY),
    ("it", "Due parole sul ruolo di grafica", "Per telefono", "Mezz'ora, niente slide.", NOBODY),
    ("nl", "Telefoontje met Joost over de bakkersfunctie", "", "Hoi Joost, ik geef je woensdag om elf uur een belletje, dan kletsen we even. Groetjes Tess", THEY),
    ("nl", "Telefonische kennismaking docent Engels", "", "Geachte heer Kamp, onze rector zal u woensdag opbellen naar aanleiding van uw sollicitatie.", THEY),
    ("nl", "Belafspraak vacature lasser", "Telefonisch", "Graag bellen naar 030 000 0166, vraag naar Rinus van de werkplaats.", YOU),
    ("nl", "Eerste gesprek (telefonisch)", "", "U wordt gebeld door de selectiecommissie op het door u opgegeven nummer.", THEY),
    ("nl", "Kennismakingscall Joost", "Telefoon", "Kwartiertje over de traineeship.", NOBODY),
    ("pt", "Papo com a Dani sobre a vaga", "", "Oi Rui! Vou te dar uma ligada na quarta às onze, beleza? Dani", THEY),
    ("pt", "Entrevista telefónica - rececionista", "", "Exmo. Senhor Rui Teles, a Dra. Salgado entrará em contacto telefónico consigo à hora marcada.", THEY),
    ("pt", "Primeira conversa por telefone (vaga de padeiro)", "", "Faça o favor de ligar para a padaria, 21 000 01 55, e peça para falar com o Sr. Abílio.", YOU),
    ("pt", "Ligação RH", "", "Nossa recrutadora vai te ligar no número cadastrado no currículo.", THEY),
    ("pt", "Entrevista inicial", "Telefone", "Vinte minutos sobre o seu percurso e a função.", NOBODY),
    # who dials, said without saying "call"
    ("en", "Telephone interview, dental receptionist", "Telephone", "Thank you for applying. Please have your mobile within reach at two; Beth has your number and will dial it.", "they_call"),
    ("en", "Phone interview: picture framer", "", "When your phone rings at four, that is me. There is no need to dial anything.", "they_call"),
    ("de", "Telefonisches Bewerbungsgespräch Optikerin", "", "Lassen Sie Ihr Handy bitte ab zehn eingeschaltet; sobald es klingelt, bin ich es.", "they_call"),
    ("de", "Telefoninterview Lagerleitung", "", "Zu Ihrer Bewerbung: Sie erreichen mich zur vereinbarten Zeit unter der Durchwahl in meiner Signatur.", "you_call"),
    ("fr", "Entretien téléphonique, poste de fleuriste", "", "Restez à proximité de votre téléphone vers dix heures, nous avons bien votre numéro.", "they_call"),
    ("fr", "Tél. postulation", "", "C'est nous qui appelons.", "they_call"),
    ("es", "Entrevista telefónica puesto de florista", "", "A las diez sonará tu móvil: ya tenemos tu número, no hace falta que llames.", "they_call"),
    ("it", "Colloquio telefonico, posto di sarta", "", "Alle dieci il tuo telefono squillerà: abbiamo già il tuo numero.", "they_call"),
    ("nl", "Telefonisch sollicitatiegesprek bakker", "", "Blijf om tien uur in de buurt van je telefoon, we hebben je nummer.", "they_call"),
    ("pt", "Entrevista telefónica para a vaga de padeiro", "", "Às dez o seu telemóvel vai tocar; já temos o seu número.", "they_call"),
]

#: language, title, place, text
OTHERS = [
    ("en", "Feedback call: how job seekers use our tracker", "Phone", "45 minutes, you get a £40 Love2shop card afterwards. We'll phone you."),
    ("en", "Chat for our Changing Careers column", "", "I'll ring you at ten, I'm after three good quotes about your redundancy."),
    ("en", "Practice round before Thursday", "Phone", "I'll call and grill you like they will. Your coach, Fi"),
    ("en", "Reference for Joel Pym", "Phone", "Joel says he reported to you in 2022. May I call for ten minutes about his application?"),
    ("en", "Your free career roadmap call", "Phone", "Our success adviser rings you to show how the Fast Track programme (£990) gets you hired."),
    ("en", "Telephone appointment", "", "Dr Loomis will telephone you about your blood results."),
    ("en", "Call about the room", "", "Hi, I'm ringing everyone who applied for the back bedroom. Do you have a job, pets, a guitar?"),
    ("en", "Parents' phone consultation - Ellie Haddad, 4C", "", "Mrs Croft will ring at 17:10."),
    ("en", "Work search review (by phone)", "", "Your work coach will call. You must have your journal up to date or your payment may be affected."),
    ("en", "Your yearly appraisal (phone, I'm in Leeds)", "", "I'll call you, have your objectives ready."),
    ("en", "Boiler service", "14 Elm Row", "Our engineer will phone thirty minutes ahead. Interview with your installer available on request."),
    ("en", "Phone chat: fostering Biscuit", "", "Pam from the kennels will call about your home and garden."),
    ("en", "Omar to phone screen candidate D. Ruiz", "", "CV attached. You're leading, Jo listens. Scorecard by Friday please."),
    ("en", "Interview with Omar (Teams)", "Microsoft Teams Meeting", "Please join with your camera on, we'll share a case."),
    ("en", "Interview - Omar Haddad", "Kiln House, 3 Dock Street, Hull HU1 2XX", "Come to reception, ask for Lynn. Call if you can't find the door."),
    ("en", "Masterclass: ace the phone interview", "Online", "Reserve your seat. Dial-in option for those on the move."),
    ("en", "Weekly recruitment stand-up (dial-in)", "Bridge 4", "Pipeline, offers, who interviews whom. 01632 960 001 code 77."),
    ("fr", "Échange téléphonique étude « recherche d'emploi »", "", "Un enquêteur vous appellera. 30 € en chèques-cadeaux pour vous remercier."),
    ("fr", "Entretien pour notre numéro de mars", "Téléphone", "Je vous appelle pour la rubrique « Ils ont changé de vie », mon papier part jeudi."),
    ("fr", "Séance 2 : entretien à blanc par téléphone", "", "Je jouerai le recruteur, puis on débriefe. Votre coach, Maëlle"),
    ("fr", "Appel de référence - Mehdi T.", "Téléphone", "Il a été votre stagiaire et postule chez nous ; dix minutes suffiront."),
    ("fr", "Votre appel stratégique offert", "Téléphone", "Notre conseiller vous appelle pour vous présenter la formation finançable par votre CPF."),
    ("fr", "Rendez-vous téléphonique Dr Lantier", "", "Le docteur vous appellera au sujet de vos analyses."),
    ("fr", "Appel colocation rue des Lilas", "", "On appelle tous les candidats à la chambre ce soir, t'as un CDI ?"),
    ("fr", "Entretien téléphonique - professeure principale de Tom", "", "Mme Bris vous appelle pour parler des résultats de votre fils."),
    ("fr", "Entretien conseiller (téléphone)", "", "Votre référente France Travail vous appelle. Toute absence doit être justifiée."),
    ("fr", "Entretien d'évaluation par téléphone", "", "Je t'appelle vendredi, prépare ta trame et tes objectifs."),
    ("fr", "Entretien de la pompe à chaleur", "8 allée des Pins", "Notre technicien vous appelle avant de passer."),
    ("fr", "Entretien téléphonique adoption de Moka", "", "Une bénévole vous appelle pour parler de votre jardin."),
    ("fr", "Entretien tél. avec Hassan B. (poste de cariste)", "", "Zoé, c'est toi qui mènes l'entretien, son CV est joint, grille à remplir ensuite."),
    ("fr", "Entretien Zoé Perret", "Réunion Microsoft Teams", "Prévoyez une connexion stable et votre webcam."),
    ("fr", "Entretien Zoé Perret", "2 place du Marché, 69001 Lyon", "Sonnez à l'interphone, je descends. Un souci ? Appelez-moi."),
    ("fr", "Atelier en ligne : réussir l'entretien téléphonique", "", "Inscrivez-vous, places limitées."),
    ("fr", "Conf call interne - point recrutements", "", "Tour de table des postes ouverts, pont 01 99 00 10 10 code 12#."),
    ("de", "Telefonisches Interview: Ihre Erfahrungen mit Jobportalen", "Telefon", "Unser Institut ruft Sie an, 50 Euro Wunschgutschein."),
    ("de", "Interview für Folge 12 (Neuanfang)", "Telefon", "Ich ruf dich an und nehme auf, unsere Hörer lieben solche Geschichten."),
    ("de", "Übung Telefoninterview, Sitzung 2", "Telefon", "Ich spiele die Personalerin, danach Feedback. Deine Trainerin"),
    ("de", "Referenz Frau Demir (Telefon)", "", "Frau Demir war bei Ihnen beschäftigt, ich rufe Sie kurz dazu an."),
    ("de", "Kostenloses Strategiegespräch", "Telefon", "Wir zeigen Ihnen, wie unser Programm Sie in den Traumjob bringt, ab 990 Euro."),
    ("de", "Telefonsprechstunde", "", "Frau Dr. Ott ruft Sie wegen der Laborwerte an."),
    ("de", "Telefonat WG-Zimmer", "", "Wir rufen alle Bewerber fürs Zimmer heute Abend an."),
    ("de", "Telefonisches Elterngespräch Emil, 3b", "", "Herr Lutz ruft Sie an."),
    ("de", "Telefonische Beratung Agentur für Arbeit", "", "Ihre Vermittlerin ruft Sie an. Bitte Bewerbungsnachweise bereithalten."),
    ("de", "Mitarbeitergespräch (tel.)", "", "Ich ruf dich an, Bogen bitte vorher ausfüllen."),
    ("de", "Wartung Gastherme", "Lindenweg 4", "Der Monteur ruft vorher an."),
    ("de", "Telefonat wegen Kater Moritz", "", "Frau Behn vom Tierheim ruft Sie zur Vermittlung an."),
    ("de", "Telefoninterview J. Koch (Vertrieb)", "", "Nina, du führst das Interview, Lebenslauf anbei, Bewertungsbogen bis Freitag."),
    ("de", "Vorstellungsgespräch Nina Falk", "Microsoft Teams-Besprechung", "Bitte Kamera und Mikro vorher testen."),
    ("de", "Vorstellungsgespräch Nina Falk", "Hafenstraße 12, 20457 Hamburg", "Bitte melden Sie sich am Empfang. Bei Verspätung kurz anrufen."),
    ("de", "Webinar: Souverän im Telefoninterview", "", "Jetzt Platz sichern."),
    ("de", "Interne Telko: Stand Bewerbungen", "Telefonkonferenz", "1. offene Stellen 2. Absagen 3. Sonstiges"),
    ("es", "Entrevista telefónica sobre apps de empleo", "", "Nuestra moderadora te llamará; recibirás una tarjeta regalo de 30 €."),
    ("es", "Entrevista para el programa del sábado", "Teléfono", "Te llamo desde el estudio y entramos en antena a las once."),
    ("es", "Ensayo de entrevista telefónica", "", "Yo haré de seleccionadora y luego comentamos. Tu coach"),
    ("es", "Referencias de Paula Cid", "Teléfono", "Paula trabajó contigo; te llamo para verificar sus referencias."),
    ("es", "Sesión de diagnóstico gratuita", "Teléfono", "Un asesor te llama para explicarte el máster y las facilidades de pago."),
    ("es", "Cita telefónica centro de salud", "", "Su médica le llamará por los resultados."),
    ("es", "Llamada por la habitación", "", "Llamo a todas las candidatas al piso esta tarde. ¿Trabajas? ¿Nóminas?"),
    ("es", "Tutoría telefónica: Mateo, 2º B", "", "La tutora le llamará para hablar de su hijo."),
    ("es", "Cita telefónica oficina de empleo", "", "Su orientadora le llamará. La no atención puede suponer sanción."),
    ("es", "Evaluación del desempeño (tel.)", "", "Te llamo yo, ten a mano tus objetivos."),
    ("es", "Entrevista telefónica: acogida de Luna", "", "Una voluntaria te llamará para hablar de la perrita."),
    ("es", "Entrevista telefónica candidato L. Mora", "", "Sofía, entrevistas tú; te adjunto su CV y la ficha."),
    ("es", "Entrevista Sofía Lagos", "Google Meet", "Ten la cámara lista, compartiremos pantalla."),
    ("es", "Entrevista Sofía Lagos", "Calle Mayor 3, 28013 Madrid", "Pregunta en recepción; si te pierdes, llámanos."),
    ("it", "Intervista telefonica: come cerchi lavoro", "", "Un ricercatore ti chiamerà; buono da 30 euro."),
    ("it", "Intervista per il nostro giornale", "Telefono", "La chiamo io, il pezzo esce domenica."),
    ("it", "Prova di colloquio telefonico", "", "Farò io la selezionatrice. La tua coach"),
    ("it", "Referenze su Davide Poli", "Telefono", "Ha lavorato con lei, la chiamo cinque minuti."),
    ("it", "Colloquio con il consulente assicurativo", "Telefono", "La chiamerà per la sua polizza."),
    ("it", "Consulto telefonico", "", "La dottoressa la chiamerà per gli esami."),
    ("it", "Telefonata per la stanza", "", "Chiamo tutti i candidati alla stanza, hai un contratto di lavoro?"),
    ("it", "Colloquio telefonico con la maestra di Anna", "", "La maestra chiama alle 17."),
    ("it", "Appuntamento telefonico Centro per l'Impiego", "", "L'operatore la chiamerà per il patto di servizio."),
    ("it", "Colloquio annuale (telefono)", "", "Ti chiamo io, prepara gli obiettivi."),
    ("it", "Colloquio telefonico candidato P. Sala", "", "Elisa, conduci tu il colloquio: CV in allegato, scheda da compilare."),
    ("it", "Colloquio Elisa Neri", "Google Meet", "Telecamera accesa, grazie."),
    ("it", "Colloquio Elisa Neri", "Via Dante 5, 20121 Milano", "Citofonare Ferri. Per problemi chiamare."),
    ("nl", "Telefonisch interview over vacaturesites", "", "Onze onderzoeker belt u, u krijgt een bon van 25 euro."),
    ("nl", "Interview voor onze podcast", "Telefoon", "Ik bel je en neem het op."),
    ("nl", "Oefengesprek telefonisch", "", "Ik speel de werkgever. Je coach"),
    ("nl", "Referentie Sanne Vis", "Telefoon", "Zij werkte bij u, mag ik u bellen?"),
    ("nl", "Adviesgesprek hypotheek", "Telefoon", "Uw adviseur belt u."),
    ("nl", "Belafspraak huisarts", "", "De assistente belt u over de uitslag."),
    ("nl", "Telefonisch oudergesprek Bram", "", "Juf Lies belt u."),
    ("nl", "Telefonisch gesprek UWV", "", "Uw adviseur belt u. Houd uw sollicitaties bij de hand."),
    ("nl", "Functioneringsgesprek (tel.)", "", "Ik bel je, bereid je doelen voor."),
    ("nl", "Telefonisch sollicitatiegesprek K. Mulder", "", "Joost, jij voert het gesprek, cv bijgevoegd, scoreformulier invullen."),
    ("nl", "Sollicitatiegesprek Joost Kamp", "Microsoft Teams-vergadering", "Graag camera aan."),
    ("nl", "Sollicitatiegesprek Joost Kamp", "Kerkstraat 9, 3511 AB Utrecht", "Meld je bij de balie; bel als je de ingang niet vindt."),
    ("pt", "Entrevista telefónica sobre portais de emprego", "", "O nosso investigador liga-lhe; recebe um vale de 25 euros."),
    ("pt", "Entrevista para o podcast", "Telefone", "Ligo-te e gravamos."),
    ("pt", "Simulação de entrevista telefónica", "", "Eu faço de recrutadora. A tua coach"),
    ("pt", "Referências da Joana Sá", "Telefone", "Ela trabalhou consigo; ligo-lhe cinco minutos."),
    ("pt", "Conversa com o gestor de conta", "Telefone", "O seu gestor liga-lhe sobre o crédito."),
    ("pt", "Teleconsulta", "", "A médica liga-lhe por causa dos exames."),
    ("pt", "Entrevista telefónica - professora da Matilde", "", "A professora liga às 17h sobre a sua filha."),
    ("pt", "Entrevista telefónica IEFP", "", "O técnico de emprego liga-lhe; a falta é penalizada."),
    ("pt", "Avaliação de desempenho (tel.)", "", "Ligo-te eu, traz os objetivos."),
    ("pt", "Entrevista telefónica candidato T. Luz", "", "Rui, conduzes tu a entrevista; CV em anexo, ficha para preencher."),
    ("pt", "Entrevista Rui Teles", "Google Meet", "Câmara ligada, por favor."),
    ("pt", "Entrevista Rui Teles", "Rua Augusta 10, 1100-053 Lisboa", "Dirija-se à receção; se se perder, ligue."),
    # hired already, written to many, an authority's or a bank's interview
    ("en", "Onboarding call", "Phone", "Delighted that you've accepted our offer. Jo from HR will ring you before your first day about the laptop."),
    ("en", "Networking evening by phone: meet the recruiters", "Phone", "Dial in and hear from several recruiters. 80 members have already registered."),
    ("de", "Willkommensgespräch am Telefon", "Telefon", "Vor Ihrem ersten Arbeitstag ruft Sie die Personalabteilung an. Den unterschriebenen Arbeitsvertrag haben wir."),
    ("de", "Telefonisches Interview", "Telefon", "Zu Ihrem Antrag auf ein Touristenvisum rufen wir Sie an."),
    ("fr", "Appel d'accueil", "Téléphone", "Avant votre premier jour, les RH vous appellent ; nous avons votre contrat signé."),
    ("fr", "Entretien téléphonique", "Téléphone", "Pour votre demande de crédit, je vous appelle ; préparez vos bulletins de salaire et votre contrat."),
    ("es", "Llamada de bienvenida", "Teléfono", "Recursos humanos le llamará antes de su primer día; ya tenemos su contrato firmado."),
    ("it", "Chiamata di benvenuto", "Telefono", "Prima del tuo primo giorno le risorse umane ti chiameranno; abbiamo il contratto firmato."),
    ("nl", "Welkomstgesprek", "Telefoon", "Voor je eerste werkdag belt HR je; het getekende contract hebben we ontvangen."),
    ("pt", "Chamada de boas-vindas", "Telefone", "Antes do seu primeiro dia os recursos humanos ligam-lhe; já temos o contrato assinado."),
]


@pytest.mark.parametrize(("language", "title", "where", "says", "direction"), INTERVIEWS, ids=[f"{row[0]}: {row[1]}" for row in INTERVIEWS])
def test_an_interview_by_telephone_and_who_dials(language, title, where, says, direction):
    """The invitation is a phone interview in its language, and the side that dials is told."""
    invite, message = invitation(USERS[language], "Alex Winter <alex.winter@hollowell.example>", title, where=where, says=says)
    found = judge(invite, message, USERS[language], LEXICON)
    assert isinstance(found, Finding), found
    assert (direction, language) == (found.direction.value, found.language)


@pytest.mark.parametrize(("language", "title", "where", "says"), OTHERS, ids=[f"{row[0]}: {row[1]} {row[2]}" for row in OTHERS])
def test_no_interview_by_telephone(language, title, where, says):
    """The invitation is no phone interview of the user."""
    invite, message = invitation(USERS[language], "Alex Winter <alex.winter@hollowell.example>", title, where=where, says=says)
    found = judge(invite, message, USERS[language], LEXICON)
    assert isinstance(found, Rejection), found.reasons
