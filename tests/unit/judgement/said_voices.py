"""Forty-three mails by other voices, written before the reader had seen them: confirmations, conditions and tales beside true wishes and delays."""

from __future__ import annotations

from tests.unit.judgement.said_cases import Case

CASES = (
    # other: confirmed, supposed, told, of another appointment
    Case("en-nz-sweet-as", "other", "Re: Wednesday", "Sweet as, Sorcha. Wednesday at half nine it is, I'll give you a bell from the woolshed office. Nothing to prepare."),
    Case("en-uk-confirming", "other", "Telephone interview", "Dear Ms Kinsella,\n\nThank you for choosing a slot. I am writing to confirm that Mrs Oduya will telephone you on Thursday 26 November at 11.15. Please have your registration number to hand."),
    Case("en-us-before-you-ask", "other", "Quick housekeeping", "Hey Sorcha, in case the fire alarm test hits during our chat Tuesday and I have to drop off, I'd simply dial back ten minutes later. Otherwise all good, talk then!"),
    Case("en-ca-first-job-tale", "other", "For Friday", "Don't be nervous about Friday! At my own first phone interview I overslept, called forty minutes late and had to beg for another day. I still got the job."),
    Case("en-au-optometrist", "other", "Your eye test", "Hi Sorcha, we're short an optometrist this week so we have to move your eye test from Tuesday. Would Friday at 2.15 work? Call the desk or reply to this message."),
    Case("en-booking-robot", "other", "Reminder: Phone call with Orla Byrne", "Hi Sorcha Kinsella, a friendly reminder of your phone call with Orla Byrne on Nov 24 at 3:00 PM. Can't make it any more? Change or cancel your booking here: https://book.example/x"),
    Case("fr-be-on-garde", "other", "Re: mercredi", "Parfait, on garde mercredi 10 h. Je vous téléphone depuis la pépinière, donc ne vous étonnez pas du bruit des tracteurs."),
    Case("fr-candidat-precedent", "other", "Conseil", "Un petit conseil avant jeudi : le mois dernier, un postulant nous a demandé trois fois de repousser son entretien, le jury n'a guère apprécié. Vous, je sais que vous serez là !"),
    Case("fr-si-retenu", "other", "Lundi 15h", "Madame, si d'aventure le jury devait déborder lundi, notre secrétaire vous préviendrait aussitôt. Sauf nouvelle de sa part, l'appel aura bien lieu à 15 h."),
    Case("de-at-bleibt-dabei", "other", "AW: Freitag", "Passt, wir bleiben bei Freitag um neun. Ich ruf Sie vom Stall aus an, da scheppert's manchmal."),
    Case("de-dienst-hinweis", "other", "Ihr Gespräch am Dienstag", "Guten Tag, sollte Frau Obermayr am Dienstag im Kreißsaal aufgehalten werden, rufen wir Sie fünfzehn Minuten später an. Sie brauchen nichts weiter zu tun."),
    Case("de-tierarzt", "other", "Termin Ihrer Katze", "Liebe Frau Kinsella, die Impfung Ihrer Katze am Mittwoch müssen wir leider verschieben, Frau Doktor ist krank. Passt Ihnen Freitag um 16 Uhr?"),
    Case("es-mx-quedamos", "other", "Re: jueves", "Muy bien, Sorcha, quedamos entonces el jueves a las once. Te marca la ingeniera Robles desde la planta."),
    Case("es-cuento-primo", "other", "jaja", "Sorcha, a mi primo lo entrevistaban ayer por teléfono y la señora se olvidó por completo; hoy le pide perdón y que si pueden el viernes. ¿Y lo tuyo cuándo es?"),
    Case("it-rimane-fissato", "other", "Re: martedì", "Gentile Sorcha, rimane tutto fissato per martedì alle 16. Se fosse impossibilitata mi scriva pure e troviamo un altro giorno."),
    Case("nl-staat", "other", "Re: donderdag", "Top, donderdag half twee staat in de agenda! Tot dan, ik bel je vanaf de werf."),
    Case("nl-robot", "other", "Herinnering: telefonisch gesprek", "Beste Sorcha, dit is een herinnering aan je telefonisch gesprek van morgen om 10.00 uur. Komt het toch niet uit? Wijzig of annuleer via https://plan.example/w"),
    Case("pt-combinado", "other", "Re: sexta", "Combinadíssimo, sexta às 15h. Se por acaso a rede falhar aqui na serra, volto a tentar cinco minutos depois."),
    # talked
    Case("en-za-hour-flew", "talked", "Next week", "Sorcha, that hour flew by! You had me in stitches with the goat story. My sister-in-law, who keeps the books, will mail the payslip forms."),
    Case("en-in-post-telecon", "talked", "HR round", "Dear Sorcha, it was nice interacting with you over the telephone today. As a next step you will have an HR round on Friday at 4 PM."),
    Case("fr-sitot-raccroche", "talked", "Suite", "Bonjour Sorcha, sitôt raccroché j'ai parlé de vous à la directrice. Elle voudrait vous faire visiter la fromagerie, jeudi ou vendredi à votre choix."),
    Case("de-ch-ihre-ausfuehrungen", "talked", "Schnuppertag", "Grüezi Frau Kinsella, besten Dank nochmals für die offenen Worte vorhin am Telefon. Gerne laden wir Sie am Montag zum Schnuppern ein."),
    Case("es-ar-un-gustazo", "talked", "Próximo paso", "Sorcha, un gustazo la charla de hoy. Le pasé mis apuntes a Néstor y te escribe mañana para combinar la visita al taller."),
    Case("it-dopo-averla-sentita", "talked", "Seguito", "Gentile Sorcha, dopo averla sentita stamattina ho inoltrato i miei appunti al maestro d'ascia. La ringrazio per la schiettezza."),
    # tried
    Case("en-uk-engaged-all-morning", "tried-to-reach", "Cannot raise you", "Sorcha, your line's been engaged every time I've rung since ten. Could you text me when you are off it?"),
    Case("fr-ca-boite-pleine", "tried-to-reach", "Entrevue", "Bonjour, je vous ai téléphoné à 13 h comme prévu, mais votre boîte vocale est pleine et je n'ai pas pu laisser de message."),
    Case("de-nummer-falsch", "tried-to-reach", "Telefonnummer", "Frau Kinsella, unter der angegebenen Nummer meldet sich eine Pizzeria. Haben Sie vielleicht eine andere? Ich hätte jetzt noch bis elf Zeit."),
    Case("pt-br-chamou", "tried-to-reach", "Entrevista", "Oi Sorcha, liguei duas vezes agora e chamou até cair. Tá tudo bem? Consigo falar até meio-dia."),
    # late
    Case("fr-pas-avant", "running-late", "Notre appel", "Bonjour, le bac est en panne, je ne serai pas à mon bureau avant 10 h 20. Je vous appelle aussitôt arrivé, avec mes excuses.", at="10:20"),
    Case("de-zehn-spaeter", "running-late", "gleich", "Liebe Frau Kinsella, der Schornsteinfeger ist noch auf dem Dach. Darf es zehn Minuten später werden?", minutes=10),
    Case("nl-uitgelopen", "running-late", "straks", "Sorcha, de vergadering loopt uit. Ik bel je twintig minuten later dan afgesproken, excuses.", minutes=20),
    # reschedule
    Case("en-us-jury-duty", "reschedule-request", "Wednesday", "Hi Sorcha, I've been picked for jury duty as of Wednesday, so our call that day is out. Any chance you're around Monday or Tuesday?"),
    Case("en-uk-polite-if", "reschedule-request", "Thursday's conversation", "Dear Sorcha, I should be most grateful if we could make it Friday rather than Thursday, as the governors have called an extraordinary meeting."),
    Case("fr-inverse", "reschedule-request", "Vendredi", "Bonjour Sorcha, je suis convoquée à la préfecture vendredi à l'heure même de notre entretien. Auriez-vous un trou lundi ou mardi ?"),
    Case("de-leider-kollidiert", "reschedule-request", "Donnerstag", "Guten Tag Frau Kinsella, mein Donnerstag kollidiert mit einer Abnahme beim Bauamt. Ginge es auch am Freitag, gleiche Uhrzeit?"),
    Case("es-co-corramos", "reschedule-request", "miércoles", "Hola Sorcha, me citaron en la alcaldía el miércoles justo a esa hora. ¿Será que corremos la llamada para el jueves?"),
    Case("it-slittare", "reschedule-request", "Giovedì", "Buongiorno Sorcha, giovedì ho la commissione d'esame e non riesco a liberarmi. Le andrebbe bene slittare a lunedì?"),
    Case("pt-consulta", "reschedule-request", "Quarta", "Olá Sorcha, marcaram-me uma inspeção à cozinha para quarta a essa hora. Dava-lhe jeito falarmos na quinta?"),
    # absence
    Case("en-au-daylight-saving", "absence-apology", "Sorry!", "Sorcha, daylight saving got me: I thought we had another hour, and by the time I picked up the phone it was long gone. My apologies, entirely my mistake."),
    Case("fr-trop-tard", "absence-apology", "Toutes mes excuses", "Madame, j'aurais dû vous téléphoner à neuf heures et je ne l'ai pas fait ; une vache vêlait. Je vous prie d'accepter mes excuses."),
    Case("de-versetzt", "absence-apology", "Heute früh", "Liebe Frau Kinsella, ich habe Sie heute früh einfach sitzen lassen, das war keine Absicht: Der Wecker blieb stumm. Es tut mir aufrichtig leid."),
    Case("it-dimenticanza", "absence-apology", "Le mie scuse", "Gentile Sorcha, ieri alle tre avrei dovuto chiamarla e non l'ho fatto. Una dimenticanza imperdonabile, le porgo le mie scuse."),
    Case("nl-vergeten", "absence-apology", "Sorry", "Beste Sorcha, ik had u vanochtend om negen uur moeten bellen en dat is er helemaal bij ingeschoten. Mijn welgemeende excuses."),
)
