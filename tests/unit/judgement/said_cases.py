"""Eighty mails around a slot, written before the reader had seen them: other people, trades and countries than any other set."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    name: str
    kind: str
    subject: str
    body: str
    minutes: int | None = None
    at: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    sender: str = "pat@workshop.example"


CASES = (
    # talked
    Case("en-ie-grand-natter", "talked", "Kiln room rota", "Hi Sorcha,\n\nThat was a grand natter altogether, you have the right head for glazes. I've put your name against the Saturday kiln from the 12th, subject to the boss nodding.\n\nMáire"),
    Case("en-in-as-discussed-telephonically", "talked", "Document list", "Dear Candidate,\n\nAs discussed telephonically today, kindly share your last three payslips and relieving letter at the earliest.\n\nRegards,\nVasudha"),
    Case("en-us-picking-up-where", "talked", "Vet tech, next step", "Hi Sorcha! Really appreciated how frank you were on the phone this morning about night shifts. Dr. Almeida wants you in for a working interview. Scrubs size?"),
    Case("en-za-lekker-chat", "talked", "Thanks", "Howzit Sorcha, lekker chatting to you just now. I'll get the offer letter to you by close of business."),
    Case("fr-qc-jasette", "talked", "Suite", "Bonjour Sorcha, ç'a été une belle jasette ce midi! Comme promis, je vous mets en copie avec Ghislain, qui s'occupe des horaires de l'érablière."),
    Case("fr-be-entretien-hier", "talked", "Pièces à fournir", "Chère Madame,\n\nSuite à notre conversation téléphonique d'hier, vous trouverez ci-joint le barème ainsi que le formulaire de renseignements à nous retourner signé."),
    Case("de-at-geplaudert", "talked", "Schnuppertag", "Servus Sorcha, hat mich gefreut, dass wir vorhin so nett geplaudert haben. Kommst am Samstag auf die Hütte schnuppern? Feste Schuhe nicht vergessen."),
    Case("de-wie-telefonisch-besprochen", "talked", "Unterlagen", "Guten Tag Frau Kinsella,\n\nwie eben telefonisch besprochen sende ich Ihnen die Stellenbeschreibung und den Tarifvertrag.\n\nFreundliche Grüße\nH. Wendt"),
    Case("es-mx-platica", "talked", "Siguiente paso", "Qué gusto haber platicado contigo hace rato, Sorcha. La doctora quedó encantada con lo que le contaste del laboratorio."),
    Case("it-sentirla", "talked", "Prossimi passi", "Gentile Sorcha, è stato un piacere sentirla stamattina. Le allego il regolamento del vivaio di cui abbiamo parlato."),
    Case("nl-be-babbel", "talked", "Proefdag", "Dag Sorcha, bedankt voor de fijne babbel van daarnet. Je mag dinsdag een halve dag meedraaien in de drukkerij."),
    Case("pt-br-papo", "talked", "Retorno", "Oi Sorcha, adorei nosso papo de hoje cedo! A Dani vai te mandar o teste de roteiro ainda esta semana."),
    # tried-to-reach
    Case("en-au-rang-twice", "tried-to-reach", "Shearing shed role", "G'day Sorcha, gave you a buzz at ten like we said, and another at quarter past, but it just kept ringing out. Everything right your end? Cheers, Kev"),
    Case("en-uk-straight-to-beep", "tried-to-reach", "Your call with us", "Dear Ms Kinsella,\n\nI dialled the number on your form at the agreed hour and was told by a recording that the person I wished to speak to was unavailable. I shall be in the office until five should you wish to return the call."),
    Case("en-us-hopped-on", "tried-to-reach", "missed each other", "Hey Sorcha, tried your cell a couple times this afternoon, no dice. Are you still interested? I'm around till 6 Central."),
    Case("en-in-not-reachable", "tried-to-reach", "Telephonic round", "Hi Sorcha, I was calling you for the telephonic round but your number is coming as not reachable. Please revert with an alternate number."),
    Case("fr-ch-combox", "tried-to-reach", "Poste de sertisseuse", "Madame, je viens de composer votre numéro à trois reprises et tombe chaque fois sur la combox. Merci de me rappeler jusqu'à 17h."),
    Case("fr-ma-injoignable", "tried-to-reach", "Entretien", "Bonjour Mme Kinsella, nous avons cherché à vous joindre ce matin mais votre ligne était injoignable. Pouvez-vous nous communiquer un autre numéro ?"),
    Case("fr-tu-decroches-pas", "tried-to-reach", "coucou", "Salut Sorcha, je t'ai appelée deux fois, tu ne décroches pas. Un souci ? Je suis à l'atelier tout l'après-midi."),
    Case("de-ch-combox", "tried-to-reach", "Ihr Gespräch", "Grüezi Frau Kinsella\n\nIch habe Sie um 14 Uhr angerufen, es hat aber nur geläutet und dann kam die Combox. Sie erreichen mich noch bis 17 Uhr im Büro."),
    Case("de-niemand-ran", "tried-to-reach", "Bewerbung Steinmetz", "Hallo Frau Kinsella, hab's grad zweimal bei Ihnen klingeln lassen, ging aber keiner ran. Rufen Sie einfach zurück, ich bin in der Werkstatt."),
    Case("es-ar-atendes", "tried-to-reach", "Entrevista", "Hola Sorcha, te estuve llamando recién y no atendés. ¿Está todo bien? Avisame a qué otro número te puedo ubicar."),
    Case("es-cl-buzon", "tried-to-reach", "Contacto", "Estimada Sorcha: la llamamos a la hora convenida y saltó el buzón de voz. Quedamos atentos a su llamado."),
    Case("it-squillava", "tried-to-reach", "Colloquio", "Buongiorno Sorcha, ho provato a chiamarla alle 9 e di nuovo alle 9.20, ma squillava a vuoto. Mi richiami quando può."),
    Case("nl-geen-gehoor", "tried-to-reach", "Ons gesprek", "Beste mevrouw Kinsella, om half elf heb ik u gebeld maar ik kreeg geen gehoor. Bent u vanmiddag wel te bereiken?"),
    Case("pt-pt-atendedor", "tried-to-reach", "Contacto telefónico", "Boa tarde Sorcha, liguei-lhe à hora combinada mas foi parar ao atendedor. Estou no viveiro até às 18h."),
    # running-late
    Case("en-us-parking", "running-late", "our 2pm", "Sorcha, dropping my mother at dialysis took longer than planned. Going to be a quarter of an hour behind, so sit tight.", minutes=15),
    Case("en-uk-ward-round", "running-late", "Phone interview, Band 6", "Dear Sorcha, the ward round is overrunning. I will ring you at twenty to four instead of half past three. Apologies.", at="15:40"),
    Case("en-ca-snow", "running-late", "bit of a delay", "Hi Sorcha - plow blocked my street. Can you give me another 20 mins before I call? Thanks, Doug", minutes=20),
    Case("en-sms-15", "running-late", "", "hi sorcha its lindiwe from the gallery im runing 15min late 4 our call so sorry", minutes=15),
    Case("fr-metro", "running-late", "Retard", "Bonjour Sorcha, la ligne 13 est à l'arrêt, je serai en retard d'une vingtaine de minutes pour notre appel. Pardon !", minutes=20),
    Case("fr-be-cours", "running-late", "Entretien de 10h", "Bonjour Madame, mon cours se termine plus tard que prévu : je vous téléphonerai plutôt vers 10h30. Bien à vous, Prof. Lemmens", at="10:30"),
    Case("de-halb", "running-late", "kurze Info", "Liebe Frau Kinsella, die Übergabe auf Station zieht sich. Ich rufe Sie erst um halb vier an statt um drei. Entschuldigen Sie bitte!", at="15:30"),
    Case("de-viertelstunde", "running-late", "Verspätung", "Hallo Sorcha, ich stehe noch am Zoll in Basel. Rechne bitte mit einer Viertelstunde Verspätung.", minutes=15),
    Case("es-co-trancon", "running-late", "Llamada", "Hola Sorcha, qué pena contigo, estoy en un trancón terrible. Te marco en media horita, ¿sí?", minutes=30),
    Case("es-hospital-turno", "running-late", "Entrevista supervisora", "Buenos días, Sorcha: se me ha alargado el cambio de turno. La llamaré a las once y cuarto en lugar de a las once. Disculpe la demora.", at="11:15"),
    Case("it-traffico", "running-late", "Ritardo", "Ciao Sorcha, sono fermo in tangenziale, ti chiamo con una mezz'oretta di ritardo, scusami tanto.", minutes=30),
    Case("nl-kwartier", "running-late", "iets later", "Hoi Sorcha, de ketelreparateur is nog bezig in de winkel. Ik bel je een kwartiertje later, oké?", minutes=15),
    Case("pt-pt-reuniao", "running-late", "Atraso", "Cara Sorcha, a reunião de direção prolongou-se. Telefono-lhe às quatro e meia em vez das quatro. Peço desculpa.", at="16:30"),
    Case("pt-br-transito", "running-late", "oi", "Oi Sorcha! Tô presa no trânsito da Marginal, vou atrasar uns 25 minutos pra te ligar, me perdoa!", minutes=25),
    # reschedule-request
    Case("en-us-raincheck", "reschedule-request", "Tomorrow", "Hi Sorcha, our audit got moved up and tomorrow is now a mess. Mind if we take a rain check and talk Thursday or Friday?"),
    Case("en-uk-double-booked", "reschedule-request", "Telephone conversation on Monday", "Dear Sorcha, I find that I have managed to double-book myself on Monday afternoon. What would your diary look like later that week?"),
    Case("en-ie-stood-up-friday", "reschedule-request", "mortified", "Sorcha, I left you sitting by the phone yesterday and I've no excuse at all. Could we go again on Friday at 11? I'll set three alarms."),
    Case("en-in-prepone", "reschedule-request", "Interview timing", "Dear Sorcha, the panel is travelling on Wednesday, so kindly let us know if the discussion can be shifted to Thursday forenoon."),
    Case("fr-grippe", "reschedule-request", "Notre appel de demain", "Bonjour Sorcha, clouée au lit avec 39 de fièvre, je ne tiendrai pas la conversation demain. Peut-on la décaler en début de semaine prochaine ?"),
    Case("fr-qc-ceduler", "reschedule-request", "Entrevue", "Allo Sorcha, j'ai un empêchement de dernière minute cet après-midi. Seriez-vous à l'aise de recéduler notre entrevue à mercredi ?"),
    Case("fr-oubli-rattraper", "reschedule-request", "Pardon", "Sorcha, je vous ai complètement oubliée ce matin, j'en suis malade. Dites-moi quand je peux vous rappeler cette semaine."),
    Case("de-kita", "reschedule-request", "Unser Telefonat", "Liebe Sorcha, die Kita hat angerufen, mein Sohn fiebert. Können wir unser Gespräch auf morgen Vormittag legen? Tut mir leid für die Umstände."),
    Case("de-at-geht-si-net-aus", "reschedule-request", "heute", "Hallo Sorcha, heute geht sich's leider nicht aus, bei uns ist der Server eingegangen. Passt dir Donnerstag auch?"),
    Case("es-pe-reprogramar", "reschedule-request", "Entrevista del martes", "Estimada Sorcha, por motivos de fuerza mayor debemos reprogramar la entrevista. Agradeceré me indique dos horarios alternativos."),
    Case("es-plantada", "reschedule-request", "Mil perdones", "Sorcha, ayer te dejé plantada y no tengo perdón. ¿Te vendría bien el lunes a la misma hora?"),
    Case("it-spostare", "reschedule-request", "Colloquio di venerdì", "Gentile Sorcha, purtroppo venerdì sarò in tribunale tutto il giorno. Possiamo sentirci lunedì pomeriggio?"),
    Case("nl-ander-moment", "reschedule-request", "Gesprek", "Beste Sorcha, door een waterlek in het atelier lukt het me vandaag niet. Zullen we een ander moment prikken?"),
    Case("pt-br-remarcar", "reschedule-request", "Nossa conversa", "Sorcha, peço mil desculpas por ontem, o plantão me engoliu e não consegui te ligar. Podemos remarcar para quinta?"),
    # absence-apology
    Case("en-uk-clean-forgot", "absence-apology", "An apology", "Dear Sorcha, our two o'clock went clean out of my head. I was up a ladder with the sash windows and only remembered over supper. I am thoroughly ashamed."),
    Case("en-us-phone-in-locker", "absence-apology", "sorry!!", "I just got out of surgery and saw that you called right on time. My phone was in my locker the whole while. Totally on me."),
    Case("en-moved-invite", "absence-apology", "Yesterday", "Sorcha, I am so sorry that I never rang yesterday. I have moved the invitation to Thursday at 11:00, you should see it in your calendar."),
    Case("fr-be-pas-appele", "absence-apology", "Excuses", "Chère Sorcha, le standard est tombé en panne et personne ne vous a appelée. C'est d'une impolitesse rare, je vous prie de nous en excuser."),
    Case("de-verschwitzt", "absence-apology", "Peinlich", "Liebe Frau Kinsella, ich habe unser Telefonat gestern schlicht verschwitzt. Das ist mir furchtbar unangenehm."),
    Case("es-mx-pena", "absence-apology", "Qué pena", "Sorcha, qué pena, se me pasó por completo llamarte ayer. No tengo justificación."),
    Case("it-buca", "absence-apology", "Scuse", "Cara Sorcha, ieri ti ho fatto aspettare inutilmente: il telefono era in lavanderia e io in sala parto. Perdonami."),
    Case("nl-vergeten", "absence-apology", "Excuses", "Beste Sorcha, ik ben je gisteren gewoon vergeten te bellen. Dat had niet mogen gebeuren en ik schaam me diep."),
    Case("pt-fuso", "absence-apology", "Lamento", "Cara Sorcha, enganei-me no fuso horário e só agora percebi que ficou à minha espera. As minhas sinceras desculpas."),
    # cancellation
    Case("en-us-freeze", "cancellation", "Update on the role", "Hi Sorcha, finance pulled the headcount this morning, so we won't be moving forward and tomorrow's call is off. I'm sorry to be the one to tell you."),
    Case("en-au-internal", "cancellation", "Re: phone interview", "Hi Sorcha, just letting you know the job has gone to someone already on the team, so no need for our chat tomorrow. All the best with the search."),
    Case("fr-ch-poste-repourvu", "cancellation", "Votre candidature", "Madame, le poste ayant été attribué à un candidat interne, l'entretien téléphonique de lundi est annulé. Nous vous souhaitons plein succès pour la suite."),
    Case("de-eingefroren", "cancellation", "Absage", "Sehr geehrte Frau Kinsella, der Träger hat alle Neueinstellungen eingefroren. Das für morgen geplante Telefonat entfällt daher ersatzlos."),
    Case("es-vacante-cubierta", "cancellation", "Proceso de selección", "Hola Sorcha: la vacante ya se cubrió, por lo que la entrevista del jueves queda cancelada. Gracias por tu tiempo."),
    Case("pt-vaga-suspensa", "cancellation", "Processo seletivo", "Prezada Sorcha, a vaga foi suspensa pela diretoria e, com isso, nossa entrevista de amanhã está cancelada. Sucesso na sua busca!"),
    # auto-reply
    Case("fr-absence-sans-entete", "auto-reply", "Absence : entretien", "Merci pour votre message. Je suis en congé jusqu'au 6 et n'aurai qu'un accès limité à ma messagerie. En cas d'urgence, appelez l'accueil."),
    Case("en-application-received", "auto-reply", "We have received your application", "Thank you for applying to Lough Press. Our team will review your application and be in touch. Please do not reply to this automated message.", sender="no-reply@careers.example"),
    Case("nl-afwezig", "auto-reply", "Automatisch antwoord: gesprek donderdag", "Ik ben met verlof tot en met 12 januari.", headers={"auto-submitted": "auto-replied"}),
    # other
    Case("en-other-book-club", "other", "tonight", "Running ten late for book club, start without me and save me a slice of that cake! x"),
    Case("en-other-late-paperwork", "other", "Contract draft", "Sorry for the delay in sending these over. The signed copies are attached, no rush on your side."),
    Case("en-other-boilerplate", "other", "Confirmed: phone interview, Thursday 10:00", "Your phone interview is confirmed. Should you need to reschedule or cancel, use the link below at least 24 hours before. We look forward to speaking with you."),
    Case("de-other-bis-morgen", "other", "AW: Telefoninterview", "Wunderbar, dann rufe ich Sie morgen um 9 Uhr an. Ich freue mich auf das Gespräch!"),
    Case("es-other-reclutador", "other", "Tu perfil", "Hola Sorcha, vi tu perfil y tengo una vacante que podría interesarte. ¿Cuándo te puedo llamar esta semana para contarte?"),
    Case("it-other-corriere", "other", "Consegna non riuscita", "Il corriere ha provato a contattarla al citofono senza successo. Scelga un altro giorno per la consegna del pacco."),
    Case("pt-other-feira", "other", "Olá", "Sorcha, foi um gosto conhecê-la na feira de Aveiro no ano passado. Estamos de novo a recrutar, interessa-lhe?"),
    Case("fr-other-rappel", "other", "Votre entretien de demain", "Bonjour Sorcha, petit rappel de notre entretien téléphonique demain à 14h. Si cet horaire ne vous convenait plus, prévenez-moi. À demain !"),
)
