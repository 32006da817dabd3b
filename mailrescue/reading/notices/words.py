"""The words of telephone services, language by language: what a native speaker checks and extends. Values only.

Phrases are written in the syntax of model/lexicon.py (case and accents do not count). Labels are plain text: what stands
before the colon of a line such as "Caller: …"; the longest that fits wins. A language is added by adding a key.
"""

from __future__ import annotations

from collections.abc import Mapping

#: language -> concept -> phrases
PHRASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "missed": (
            "missed [a|an|the|your|new|phone|video|voice] [#] (call|calls)", "missed (incoming|inbound) (call|calls)", "(unanswered|abandoned|lost|declined|rejected) (call|calls)",
            "(call|calls) [was|were|has been|have been|went] (missed|unanswered|not answered|declined|rejected|not picked up|abandoned)",
            "(status|result|disposition|outcome|call type) (missed|unanswered|no answer|not answered|declined|rejected|abandoned|hang up|hung up)", "tried to (call|reach) (your|you at|you on|you in|you #)", "called you ... (while|when) your (phone|mobile|line) was",
        ),
        "voicemail": (
            "voicemail*", "voice mail*", "voice (message|messages)", "(answerphone|answering machine|messagebank|message bank) (message|messages)",
            "message* on (your|the) (answering machine|answerphone|messagebank)", "left you a [new] (voicemail|message)", "(left|recorded) a [new] ... message [for you]",
            "new message [#] in mailbox", "audio message from",
        ),
        "voicemail-not": (
            "(no|left no|nor) [new|other|voice] (voicemail*|voice mail*|message*)", "(without|not|did not|didn't|without leaving|not leave) ... (voicemail*|voice mail*|voice message*|message)",
            "(listen to|check|manage|access|set up|call) (your|the) (voicemail*|voice mail*)", "voicemail (settings|preferences|box|greeting|number|plan*|to email is)",
        ),
        "text": ("(text|sms|mms) [message|messages] from", "new (text|sms) message*", "sent you a (text|sms)"),
        "answered": (
            "(answered|connected|completed|accepted) (call|calls)", "call [was|has been] (answered|connected|completed|accepted|ended)", "call (summary|recap)", "(summary|recap) of (your|the) call",
            "(status|result|disposition|outcome|call type) (answered|connected|completed|accepted|call connected)", "incoming call answered",
        ),
        "incoming": ("(incoming|inbound|received) (call|calls)",),
        "outgoing": ("(outgoing|outbound) (call|calls)", "(you|your) (called|call to)", "(direction|type) (outgoing|outbound)"),
        "withheld": (
            "(private|withheld|blocked|hidden|restricted|unknown|anonymous|unavailable|undisclosed) [phone] (number|caller|caller id|name)", "no caller id", "number (withheld|unavailable|private|not available)",
            "caller (unknown|withheld|anonymous)", "(anonymous|private|withheld)", "unknown caller",
        ),
        "no-call": ("(weekly|monthly|daily|usage|activity) [call] (report|summary|digest|statement)", "call (report|digest|statement)", "(invoice|bill|billing|receipt)", "(greeting|pin|password) ... (changed|updated|reset)", "(mailbox|voicemail|box) [is] [almost|nearly] full", "(set up|activate|welcome to|changes to|upgrade|introducing) [your|our|the] ... (voicemail*|visual voicemail)"),
        "bait": (
            "[your|the|mail|email|e-mail|mailbox|account|current|office] (password|passwords|credentials)", "(sign|log) in (with|using) your (e-mail|email|mail|office|work|account)", "(verify|confirm|validate|update) your (account|identity|details|email|mailbox|information)",
            "(account|mailbox|password) (expires|expired|suspended|will be)", "(message|voicemail|it|recording|audio) (will be|is) (deleted|erased|removed|lost)", "(credit card|bank card|payment card|gift card|bitcoin)",
            "(in|within|after) (24|48|#) (hours|hrs)", "(link|message|voicemail) [will] (expires|expire)", "(encrypted|secure|secured|protected) (voice*|audio|message|voicemail*)", "quarantine*",
        ),
        "play": ("(play|listen|hear|open|download|view|access) [to] [your|the|this|full|new|now] [voice|audio|full|new] (voicemail*|message*|recording|audio|voice|vm|attachment|now|here)", "(play|listen)"),
    },
    "fr": {
        "missed": (
            "(appel|appels) (manque*|rate*|en absence|perdu*|non repondu*|sans reponse|refuse*|rejete*|abandonne*)", "[avez] (manque|rate) [un|#|l'|votre] [nouvel|nouveaux] (appel|appels)",
            "(appel|appels) [qui] [est|etait|n'a|n'a pas|n'ont pas] (reste* sans reponse|pas ete (decroche*|pris|repondu*))", "[statut|etat|resultat] ... (manque|sans reponse|non repondu)",
            "a (tente|essaye) de vous (joindre|appeler) (sur|au)", "(a cherche a|a essaye de|a tente de) vous (joindre|appeler)", "(a tente|a essaye) d'appeler (votre|ton|le|la)", "vous a appele (le|a|sur|au|hier|aujourd'hui)", "vous a appele ... (pendant|alors) que", "notification d'appel", "appel* en absence",
            "[avez] ete appele* [# fois] (par|depuis)", "(pendant que|alors que|lorsque) (votre|ton) (appareil|mobile|telephone|ligne|portable) etait", "(pendant que|alors que|lorsque) vous etiez (injoignable|occupe*|en ligne|en communication)",
        ),
        "voicemail": (
            "(message|messages) (vocal|vocaux|audio|sur votre repondeur|sur le repondeur|sur votre messagerie)", "messagerie [vocale] ... message", "[vous] a laisse un [nouveau] message", "(message*) [de|sur|dans] ... (repondeur|boite vocale|messagerie vocale)",
            "boite vocale ... message", "repondeur ... message", "messagerie vocale visuelle", "messagerie vocale",
        ),
        "voicemail-not": (
            "(pas|sans|aucun|ni) ... message*", "n'a pas laisse ... message", "(consulter|ecouter|interroger|appeler|configurer|parametrer|gerer) (votre|la|ma) (messagerie|boite vocale)",
        ),
        "text": ("(sms|mms|texto) [recu] (de|du|d'un)", "(nouveau|nouveaux) (sms|mms|texto*)"),
        "answered": ("(appel|appels) (decroche*|repondu*|abouti*|termine*|pris en charge)", "(statut|etat|resultat) ... (repondu|decroche|abouti)", "resume d'appel", "resume de (votre|l') appel", "compte rendu d'appel", "recapitulatif (d'appel|de votre appel|de l'appel)"),
        "incoming": ("(appel|appels) (entrant*|recu*)",),
        "outgoing": ("(appel|appels) (sortant*|emis|passe*)", "(sens|type|direction) sortant*"),
        "withheld": ("(numero|appelant|correspondant|nom) (masque|prive|cache|inconnu|secret|anonyme|non communique|indisponible)", "(anonyme|appelant inconnu)", "numero d'appelant (masque|inconnu)"),
        "no-call": ("(rapport|bilan|facture|releve)", "(joignable|disponible) (a nouveau|de nouveau)", "de nouveau (joignable|disponible)", "recapitulatif (hebdomadaire|mensuel|quotidien|de vos|des|du|d'activite|de la semaine)", "(messagerie|boite|repondeur) ... (pleine|plein|saturee|presque pleine)", "(activez|decouvrez|bienvenue|profitez) ... (messagerie|repondeur)"),
        "bait": (
            "mot de passe", "(carte bancaire|carte bleue|numero de carte|coordonnees bancaires)", "(frais|euros) ... (appliques|factures|seront)", "(sera|seront) (detruit*|supprime*|efface*|perdu*)",
            "(verifiez|confirmez|validez|mettez a jour) (votre|vos) (compte|identite|coordonnees|informations|adresse|donnees)", "sous (24|48|#) h*", "(compte|boite) ... (suspendu*|expire*|bloque*)", "identifiez-vous", "connectez-vous avec votre (adresse|e-mail|mail|mot)",
        ),
        "play": ("(ecouter|ecoutez|lire|telecharger|consulter|acceder) [a] [le|la|votre|ce|mon|au|l'] [nouveau] [message|messagerie|audio|enregistrement]",),
    },
    "de": {
        "missed": (
            "(verpasst*|entgangen*|unbeantwortet*|nicht angenommen*|abgewiesen*|abgelehnt*|versaumt*|verloren*) (anruf|anrufe|anrufs|telefonat)", "(anruf|anrufe) in abwesenheit", "anruf ... (verpasst|nicht angenommen|nicht entgegengenommen|abgewiesen|unbeantwortet|versaumt)",
            "(status|ergebnis) ... (verpasst|entgangen|nicht angenommen|unbeantwortet)", "haben ... (anruf|anrufe) (verpasst|versaumt|nicht angenommen)", "hat versucht[,] [sie|dich] [anzurufen|zu erreichen]", "hat versucht ... (ihre|deine|ihren|deinen) ... anzurufen", "nicht angenommen*",
            "hat sie [vergeblich|angerufen] [angerufen] [aber]", "(wurden|wurdest) ... angerufen", "hat (sie|dich) ... angerufen",
        ),
        "voicemail": (
            "(sprachnachricht*|voicemail*|mailboxnachricht*|sprachmitteilung*|sprachmemo)", "(nachricht|nachrichten|aufzeichnung) (auf|in|von) (dem|ihrem|deinem|der|ihrer|deiner) (anrufbeantworter|mailbox|sprachbox|voicebox|sprachmailbox)",
            "(anrufbeantworter|sprachbox|mobilbox|combox|mailbox) ... (nachricht|nachrichten)", "(hat|haben) [ihnen|dir] eine [neue] [sprach] (nachricht|voicemail|sprachnachricht) hinterlassen", "neue nachricht ... (anrufbeantworter|sprachbox|mailbox|mobilbox|combox)", "(voice|sprach) (mail|nachricht)", "nachricht von",
        ),
        "voicemail-not": (
            "(keine|ohne|nicht) ... (nachricht*|sprachnachricht*|voicemail*)", "(um|zum) ... (voicemail|mailbox|anrufbeantworter|nachricht*) (abzuhoren|abhoren|einzurichten)", "(mailbox|voicemail|sprachbox|anrufbeantworter) (einrichten|einstellungen|abfragen|anrufen)",
        ),
        "text": ("(sms|mms|textnachricht|kurznachricht) von", "neue (sms|mms|textnachricht|kurznachricht)"),
        "answered": ("(angenommen*|beantwortet*|gefuhrt*) (anruf|anrufe|gesprach)", "(anruf|gesprach) ... (angenommen|beantwortet|beendet)", "(status|ergebnis) (angenommen|beantwortet|verbunden)", "anrufzusammenfassung", "zusammenfassung (ihres|des) (anrufs|gesprachs)"),
        "incoming": ("(eingehend*|ankommend*) (anruf|anrufe|gesprach)",),
        "outgoing": ("(ausgehend*|abgehend*) (anruf|anrufe|gesprach)", "(richtung|typ|art|anruftyp) (ausgehend*|abgehend*)"),
        "withheld": ("(unterdruckt*|unbekannt*|anonym*|verborgen*) [rufnummer|nummer|anrufer|teilnehmer]", "(rufnummer|nummer|anrufer) (unterdruckt|unbekannt|anonym|nicht ubermittelt)", "ohne rufnummer", "anonym"),
        "no-call": ("(wochenbericht|monatsbericht|bericht|ubersicht|rechnung*|abrechnung|einzelverbindungsnachweis)", "(mailbox|sprachbox|anrufbeantworter|speicher) ... voll", "(aktivieren|entdecken|willkommen) ... (mailbox|voicemail|sprachbox)"),
        "bait": (
            "(passwort|kennwort|zugangsdaten|kreditkarte*|bankdaten|bankkarte)", "(bestatigen|verifizieren|aktualisieren) sie (ihr|ihre|ihren) (konto|identitat|daten|e-mail*|mailadresse|angaben)", "(wird|werden) ... (geloscht|gesperrt|entfernt|vernichtet)",
            "(konto|postfach|passwort) ... (abgelaufen|gesperrt|lauft ab)", "innerhalb (von|der) [nachsten] # stunden", "(verschlusselte|gesicherte) (nachricht|sprachnachricht)", "melden sie sich ... an",
        ),
        "play": ("(anhoren|abspielen|abhoren|herunterladen|wiedergeben)", "(nachricht|sprachnachricht|voicemail|aufnahme) (anhoren|abspielen|abhoren|herunterladen|offnen)"),
    },
    "es": {
        "missed": (
            "(llamada|llamadas) (perdida*|no contestada*|no atendida*|sin contestar|sin atender|sin responder|sin respuesta|rechazada*|abandonada*|no respondida*)", "(ha|has) perdido [una|#] (llamada|llamadas)",
            "llamada ... (no ha sido (contestada|atendida)|quedo sin)", "(estado|resultado) (perdida|no contestada|sin respuesta|rechazada)", "(le|te) (han|ha) llamado (desde|del|el|hoy|ayer|a|mientras|#|una)", "(ha intentado|intento) (llamarle|llamarte|contactar*|comunicarse|localizar*|llamar a su|llamar a tu)", "aviso de llamada*",
            "(cuando|mientras) (tu|su) (linea|movil|celular|telefono) estaba", "(cuando|mientras) (estabas|estaba) (ocupado|comunicando|apagado|fuera de cobertura|sin cobertura|ilocalizable)", "(llamado|llamados) (perdido|perdidos)", "(te|le) llamo (el|desde)", "te llamaron (del|desde)",
        ),
        "voicemail": (
            "(mensaje|mensajes) (de voz|en [el|su|tu] (buzon|contestador)|de audio)", "buzon (de voz|de mensajes)", "(correo|mensajeria) de voz", "contestador ... mensaje*", "(le|te) ha dejado un [nuevo] mensaje", "ha dejado un [nuevo] mensaje",
        ),
        "voicemail-not": ("(sin|no|ningun) ... (mensaje*|buzon)", "(consultar|escuchar|acceder a|configurar|llamar a|llame a|llama a) (su|tu|el) [buzon|contestador]"),
        "text": ("(sms|mms|mensaje de texto) de", "(nuevo|nuevos) (sms|mensaje de texto)"),
        "answered": ("(llamada|llamadas) (contestada*|atendida*|respondida*|completada*|finalizada*)", "(estado|resultado) (contestada|atendida|respondida|completada)", "resumen de [la] llamada"),
        "incoming": ("(llamada|llamadas) (entrante*|recibida*)",),
        "outgoing": ("(llamada|llamadas) (saliente*|realizada*)", "(tipo|sentido|direccion) saliente*"),
        "withheld": ("(numero|llamante|telefono|identidad|llamada) (oculto|oculta|privado|privada|desconocido|desconocida|anonimo|anonima|restringido|no disponible)", "(anonimo|llamante desconocido|desconocido)"),
        "no-call": ("(al|a la) que (llamaste|llamo|has llamado|ha llamado)", "(ya esta|vuelve a estar|ya se encuentra) (disponible|operativo|localizable)", "(informe|resumen semanal|resumen mensual|factura|recibo)", "(buzon|contestador) ... lleno", "(activa|activa ya|descubre|bienvenido a) ... (buzon|contestador)"),
        "bait": (
            "(contrasena|tarjeta de credito|tarjeta bancaria|datos bancarios)", "(verifique|confirme|confirma|verifica|valide|actualice) (su|tu|sus|tus|los) (cuenta|identidad|datos|correo)", "(sera|seran) (eliminado*|borrado*|suspendid*)",
            "(cuenta|buzon) ... (caduca*|suspendid*|bloquead*)", "en (24|48|#) horas", "inicie sesion",
        ),
        "play": ("(escuchar|escuche|escucha|reproducir|oir|descargar) [el|su|tu] [mensaje|audio|grabacion]",),
    },
    "it": {
        "missed": (
            "(chiamata|chiamate) (persa|perse|senza risposta|non risposta|non risposte|rifiutata|rifiutate|mancata|mancate|abbandonata|non risposto)", "(hai|ha|avete) perso [una|#] (chiamata|chiamate)", "(stato|esito) (persa|non risposta|senza risposta|rifiutata)",
            "(ti|la) ha (chiamato|cercato)", "ha (provato|tentato|cercato) (a|di) (chiamarti|chiamarla|contattarti|contattarla|chiamare il tuo|chiamare la tua|chiamare il suo|chiamare la sua)", "(ti|le) (hanno|ha) (chiamato|telefonato)",
            "(mentre|quando) (il tuo|il suo) (telefono|cellulare) era", "(mentre|quando) (eri|era) (occupato|irraggiungibile|non raggiungibile)", "avviso di chiamata",
        ),
        "voicemail": (
            "(messaggio|messaggi) (vocale|vocali|audio|in segreteria|nella segreteria|di segreteria|sulla segreteria)", "segreteria [telefonica] ... messaggi*", "segreteria telefonica", "(ti|le) ha lasciato un [nuovo] messaggio", "ha lasciato un [nuovo] messaggio", "casella vocale", "posta vocale",
        ),
        "voicemail-not": ("(senza|nessun|non) ... (messaggio|messaggi)", "(ascoltare|consultare|configurare|chiama*) (la|tua|la tua|la sua) (segreteria|casella)"),
        "text": ("(sms|mms|messaggio di testo) da", "(nuovo|nuovi) (sms|messaggio di testo)"),
        "answered": ("(chiamata|chiamate) (risposta|risposte|completata|completate|terminata|terminate)", "(stato|esito) (risposta|completata)", "riepilogo [della] chiamata"),
        "incoming": ("(chiamata|chiamate) (in arrivo|in entrata|ricevuta|ricevute)",),
        "outgoing": ("(chiamata|chiamate) (in uscita|effettuata|effettuate|uscente)", "(tipo|direzione) (in uscita|uscente|uscita)"),
        "withheld": ("(numero|chiamante|mittente) (privato|anonimo|nascosto|sconosciuto|riservato|oscurato|non disponibile)", "(anonimo|sconosciuto|numero privato)"),
        "no-call": ("che (hai|ha) (chiamato|cercato)", "(ora|di nuovo|adesso) (raggiungibile|disponibile)", "(rapporto|resoconto|riepilogo (settimanale|mensile)|fattura|bolletta)", "(segreteria|casella) ... piena", "(attiva|scopri|benvenuto) ... segreteria"),
        "bait": (
            "(password|carta di credito|dati bancari|dati della (carta|tua sim|sim))", "(conferma|verifica|verifichi|confermi|aggiorna) (i|il|la|le|tuoi|suoi) (dati|account|identita|tuo|tua|suo|sua)", "(sara|verra|saranno|verranno) (eliminat*|cancellat*|sospes*)",
            "(account|casella) ... (scad*|sospes*|bloccat*)", "entro (24|48|#) ore", "(accedi|effettua l'accesso) con",
        ),
        "play": ("(ascolta|ascoltare|riproduci|riprodurre|scarica) [il|tuo|suo|l'] [messaggio|audio]",),
    },
    "nl": {
        "missed": (
            "(gemist*|onbeantwoord*|geweigerd*|niet beantwoord*|niet opgenomen) (oproep|oproepen|gesprek|gesprekken|telefoontje)", "(oproep|gesprek|telefoontje) ... (gemist|niet beantwoord|onbeantwoord|niet aangenomen|geweigerd|niet opgenomen)", "(status|resultaat) (gemist|niet beantwoord|geen gehoor)",
            "(heeft|hebt) ... (oproep|gesprek|telefoontje) gemist", "(heeft|probeerde) [geprobeerd] [je|jou|u] te (bellen|bereiken)", "(heeft|had) (je|jou|u) ... gebeld", "(bent|ben) [je|u|#] [keer|maal] gebeld (door|om)", "probeerde (je|uw|jouw) ... te bellen",
        ),
        "voicemail": ("voicemail*", "voice mail*", "(ingesproken|gesproken|spraak) (bericht|berichten)", "(spraakbericht*|audiobericht*|mailboxbericht*)", "bericht op (je|jouw|uw|het|de) (voicemail|antwoordapparaat)", "heeft een [nieuw] [voicemail] bericht (achtergelaten|ingesproken)"),
        "voicemail-not": ("(geen|zonder|niet) ... (bericht*|voicemail*)", "voicemail (instellen|instellingen|beluisteren|afluisteren|inspreken|box|uitzetten)", "bel ... voicemail"),
        "text": ("(sms|sms-bericht|mms|tekstbericht) van", "(nieuwe|nieuw) (sms|sms-bericht|tekstbericht)"),
        "answered": ("(beantwoord*|aangenomen|opgenomen) (oproep|oproepen|gesprek|gesprekken)", "(oproep|gesprek) ... (beantwoord|aangenomen|beeindigd)", "(status|resultaat) (beantwoord|opgenomen)", "gespreksoverzicht"),
        "incoming": ("(inkomend*|ontvangen) (oproep|oproepen|gesprek|gesprekken)",),
        "outgoing": ("uitgaand* (oproep|oproepen|gesprek|gesprekken)", "(type|richting) uitgaand*"),
        "withheld": ("(anoniem*|onbekend*|afgeschermd*|verborgen|prive) [nummer|beller]", "nummer (onbekend|afgeschermd|anoniem)", "(privenummer|anoniem)"),
        "no-call": ("(weekrapport|rapport|maandoverzicht|weekoverzicht|factuur|rekening)", "(voicemail*|mailbox) ... vol", "(activeer|ontdek|welkom) ... voicemail"),
        "bait": (
            "(wachtwoord*|creditcard*|bankpas*|bankgegevens|inloggegevens)", "(bevestig|verifieer|controleer|update) (je|jouw|uw) (account|gegevens|identiteit|e-mail*)", "(wordt|worden) ... (verwijderd|geblokkeerd|gewist)", "(account|mailbox) ... (verlopen|geblokkeerd|verloopt)", "binnen (24|48|#) uur",
        ),
        "play": ("(beluister*|afspelen|luister*|download*) [het|je|uw] [bericht|voicemail*]",),
    },
    "pt": {
        "missed": (
            "(chamada|chamadas|ligacao|ligacoes) (perdida*|nao atendida*|nao respondida*|rejeitada*|recusada*|abandonada*|sem resposta)", "(perdeu|perdestes|perdeste) [uma|#] (chamada|chamadas|ligacao|ligacoes)", "(estado|resultado|status) (perdida|nao atendida|sem resposta|rejeitada)",
            "(tentou|tentaram) (ligar-lhe|ligar-te|contacta-lo|contactar|ligar para|te ligar|falar)", "(ligou-lhe|ligaram-lhe|te ligou|lhe ligou)", "ligou (para|pra) (voce|si|ti) [#|duas]",
            "(enquanto|quando) [o] (seu|teu) (celular|telemovel|telefone) estava", "(enquanto|quando) (estava|esteve|estavas) (ocupad*|indisponivel|incontactavel|sem rede|fora de area)",
        ),
        "voicemail": (
            "(mensagem|mensagens|recado|recados) (de voz|vocal|na caixa postal|no voicemail|no atendedor|no correio de voz|gravada*)", "(correio|caixa) (de voz|postal)", "(voicemail*|voice mail*)", "atendedor ... mensag*", "deixou ... (mensagem|recado|voicemail)", "secretaria eletronica",
        ),
        "voicemail-not": ("(sem|nao|nenhuma) ... (mensag*|recado*|voicemail*)", "(aceder|ouvir|consultar|configurar|ligar para) [ao|o|a|seu|sua|teu] (voicemail|caixa*|correio)"),
        "text": ("(sms|mms|mensagem de texto) de", "(novo|nova) (sms|mensagem de texto)"),
        "answered": ("(chamada|chamadas|ligacao|ligacoes) (atendida*|respondida*|concluida*|terminada*)", "(estado|resultado|status) (atendida|respondida|concluida)", "resumo da (chamada|ligacao)"),
        "incoming": ("(chamada|chamadas|ligacao|ligacoes) (recebida*|de entrada)",),
        "outgoing": ("(chamada|chamadas|ligacao|ligacoes) (efetuada*|efectuada*|realizada*|de saida|feita*)", "(tipo|sentido|direcao) (saida|de saida|efetuada|efectuada|realizada)"),
        "withheld": ("(numero|chamador|chamada|remetente) (privado|privada|oculto|anonimo|anonima|desconhecido|confidencial|restrito|nao identificado|nao disponivel)", "(anonimo|desconhecido)"),
        "no-call": ("(que|para o qual) (tentou|tentaste|ligou|ligaste) [contactar|ligar|falar] ... (disponivel|contactavel)", "ja esta (disponivel|contactavel)", "(relatorio|resumo semanal|resumo mensal|fatura|factura|recibo)", "(caixa|voicemail) ... (cheia|cheio)", "(ative|descubra|bem-vindo) ... (voicemail|caixa)"),
        "bait": (
            "(palavra-passe|palavra passe|senha|cartao de credito|dados bancarios)", "(confirme|verifique|valide|atualize) (a|o|os|seus|sua|seu) (conta|identidade|dados|sua|seu|seus|email)", "(sera|serao) (eliminad*|apagad*|removid*|suspens*)", "(conta|caixa) ... (expir*|suspens*|bloquead*)", "(em|dentro de) (24|48|#) horas",
        ),
        "play": ("(ouvir|ouca|reproduzir|escutar|descarregar|baixar) [a|sua|o] [mensagem|audio|recado]",),
    },
}

#: what stands between "missed call", "voicemail" and the caller, all languages together (folded)
FROM_WORDS = "from|by|de la part de|de la part du|de|du|d'un|d'une|von|vom|durch|da|dal|dalla|dallo|van|do|da parte di|desde|del"

#: who called (folded), all languages together: the same word is no label of two roles
CALLER_LABELS = (
    "caller", "caller id", "caller-id", "callerid", "caller name", "caller number", "caller's number", "calling number", "calling party", "call from", "called from", "missed call from", "voicemail from", "voice message from", "message from", "new voicemail from", "from",
    "from number", "number", "phone number", "phone", "telephone", "telephone number", "contact", "name", "cli", "ani", "cid", "originator", "remote party", "source", "mobile", "work", "home", "business", "business phone", "mobile phone",
    "appelant", "numero appelant", "numero de l'appelant", "numero d'appelant", "nom de l'appelant", "identite de l'appelant", "numero", "n°", "de", "de la part de", "de la part du", "correspondant", "emetteur", "expediteur", "appel de", "appel du", "message de", "provenance", "telephone de l'appelant", "tel", "travail", "domicile", "bureau", "contact client",
    "anrufer", "anrufername", "rufnummer", "rufnummer des anrufers", "nummer", "nummer des anrufers", "telefonnummer", "anrufernummer", "von", "absender", "anruf von", "nachricht von", "teilnehmer", "kontakt", "geschaftlich", "mobil", "privat", "quellrufnummer",
    "llamante", "numero llamante", "numero de origen", "origen", "de parte de", "remitente", "llamada de", "mensaje de", "telefono", "numero de telefono", "quien llama", "trabajo", "movil", "particular", "desde",
    "chiamante", "numero chiamante", "numero del chiamante", "da", "dal numero", "mittente", "chiamata da", "messaggio da", "numero di telefono", "ufficio", "cellulare", "abitazione",
    "beller", "nummer beller", "nummer van beller", "naam beller", "oproeper", "van", "afzender", "gebeld door", "bericht van", "telefoonnummer", "werk", "mobiel", "oproep van",
    "chamador", "numero chamador", "numero de quem ligou", "origem", "autor", "chamada de", "mensagem de", "telefone", "numero de telefone", "trabalho", "telemovel", "quem ligou", "ligacao de",
)

#: who was called (folded)
CALLEE_LABELS = (
    "to", "called", "callee", "called number", "called party", "dialed number", "dialled number", "number dialled", "number called", "extension", "ext", "mailbox", "inbox", "line", "your number", "destination", "recipient", "user", "dnis", "did", "for", "via", "phone line", "account", "queue", "on number", "on line",
    "a", "au", "vers", "destinataire", "appele", "numero appele", "ligne", "votre ligne", "boite vocale", "boite", "poste", "numero de la ligne", "sur la ligne", "votre numero", "messagerie",
    "an", "angerufene nummer", "angerufene rufnummer", "ziel", "zielrufnummer", "gerufene nummer", "nebenstelle", "durchwahl", "leitung", "ihre rufnummer", "ihre nummer", "eigene rufnummer", "fur", "anschluss", "empfanger", "anrufbeantworter", "sprachbox", "mailboxnummer", "rufnummer (angerufen)", "standort",
    "para", "destino", "numero llamado", "numero de destino", "linea", "su linea", "tu linea", "buzon", "destinatario", "su numero", "tu numero", "llamado",
    "numero chiamato", "chiamato", "linea chiamata", "casella", "interno", "segreteria", "tuo numero", "suo numero",
    "naar", "aan", "gebeld nummer", "op toestel", "toestel", "lijn", "je nummer", "uw nummer", "bestemming", "op nummer", "ontvanger", "postvak",
    "numero chamado", "linha", "caixa", "numero de destino", "o seu numero", "seu numero", "extensao", "ramal", "destinatario da chamada",
)

#: when (folded)
TIME_LABELS = (
    "received", "received at", "received on", "date", "time", "date/time", "date and time", "call time", "call date", "when", "created", "on", "at", "left at", "started", "start time", "call started", "timestamp", "message date",
    "recu", "recu le", "recue le", "le", "date et heure", "heure", "date de l'appel", "heure de l'appel", "date de reception", "appel recu le", "depose le",
    "empfangen", "empfangen am", "eingegangen", "eingegangen am", "datum", "uhrzeit", "zeit", "zeitpunkt", "datum/uhrzeit", "datum und uhrzeit", "am", "anrufzeit",
    "recibido", "recibida", "recibido el", "fecha", "hora", "fecha y hora", "el", "cuando",
    "ricevuto", "ricevuta", "ricevuto il", "data", "ora", "data e ora", "il", "orario", "ricevuta il",
    "ontvangen", "ontvangen op", "datum en tijd", "tijd", "tijdstip", "op", "wanneer",
    "recebido", "recebida", "recebido em", "recebida em", "data e hora", "em", "data da chamada",
)

#: how long (folded)
DURATION_LABELS = (
    "duration", "length", "message length", "call duration", "message duration", "call length", "talk time", "talking time", "conversation time", "voicemail duration", "recording length", "duree", "duree du message", "duree de l'appel", "duree de conversation", "duree de la conversation", "duree de communication", "temps de conversation", "longueur", "dauer", "lange", "gesprachsdauer", "gesprachszeit", "nachrichtendauer", "anrufdauer",
    "duracion", "duracion del mensaje", "duracion de la llamada", "duracion de la conversacion", "tiempo de conversacion", "durata", "durata del messaggio", "durata chiamata", "durata della chiamata", "durata della conversazione", "tempo di conversazione", "duur", "lengte", "gespreksduur", "gesprekstijd", "duur van het bericht", "duracao", "duracao da mensagem", "duracao da chamada", "duracao da conversa", "tempo de conversacao",
)

#: what was said (folded)
TRANSCRIPT_LABELS = (
    "transcript", "transcription", "voicemail transcript", "voicemail transcription", "voicemail preview", "message", "preview", "text", "transcription du message", "apercu du message vocal", "apercu", "texte", "transkript", "transkription", "voicemail-vorschau", "text der nachricht", "nachricht", "transcripcion",
    "vista previa", "mensaje", "texto", "trascrizione", "messaggio", "testo", "transcriptie", "transcript van bericht", "bericht", "transcricao", "mensagem",
)

#: words of a telephone system in a sender's name or local part (folded)
SYSTEM_WORDS = (
    "voicemail", "voice mail", "voice-mail", "voice", "phone", "telephon", "telefon", "exchange", "sms", "telefoo", "pbx", "asterisk", "freepbx", "freeswitch", "fusionpbx", "3cx", "fritz", "sipgate", "messagerie", "repondeur", "repondeur", "anrufbeantworter", "sprachbox", "mailbox", "mobilbox", "combox", "vmail", "vm@", "calls", "call",
    "buzon", "contestador", "centralita", "segreteria", "centralino", "telefooncentrale", "centrale", "antwoordapparaat", "telephony", "unified messaging", "missed", "calllog", "call log", "atendedor", "correio de voz", "ivr", "switchboard", "standard", "voip", "telefonie", "mobile", "unity",
)

#: call log backups of telephones: what stands in brackets behind the number (folded), by type
LOG_TYPES: Mapping[str, tuple[str, ...]] = {
    "voicemail": ("voicemail", "voice mail", "messagerie vocale", "anrufbeantworter", "mailbox", "buzon de voz", "segreteria", "correio de voz", "rostbrevlada", "telefonsvarer"),
    "rejected": ("rejected", "declined", "blocked", "refuse", "rejete", "abgelehnt", "abgewiesen", "geweigerd", "rechazada", "rifiutata", "rejeitada", "recusada", "avvisad", "afvist"),
    "missed": (
        "missed", "unanswered", "rate", "manque", "en absence", "entgangen", "verpasst", "perdida", "perduda", "no contestada", "senza risposta", "persa", "gemist", "nao atendida", "missad", "ubesvar", "nieodebran", "zmeskan", "nem fogadott",
    ),
    "out": ("outgoing", "dialed", "dialled", "sortant", "emis", "ausgehend", "abgehend", "gewahlt", "saliente", "sortint", "in uscita", "effettuata", "uitgaand", "efectuada", "efetuada", "realizada", "utgaende", "udgaende"),
    "in": ("incoming", "inbound", "received", "entrant", "recu", "eingehend", "ankommend", "angenommen", "entrante", "recibida", "in arrivo", "ricevuta", "inkomend", "recebida", "inkommande", "indgaende", "indkomne"),
}
