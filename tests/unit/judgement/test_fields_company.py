"""What the house is called and who is on the call, rule by rule; whole letters stand in test_phone_interview_letters."""

from __future__ import annotations

import pytest

from mailrescue.judgement.case import Case
from mailrescue.judgement.fields.company import company
from mailrescue.judgement.fields.interviewer import interviewer
from mailrescue.vocabulary import load
from tests.unit.judgement.invitations import ELISA, JOOST, NINA, OMAR, RUI, SOFIA, ZOE, invitation

LEXICON = load()

#: what the rule is, whose mail, the invitation, and the company
COMPANIES = [
    ("an elided article is no part of it", ZOE, invitation(ZOE, "Institut Brévannes <info@smartrecruiters.example>", "Entretien téléphonique", says="Léa Ott de l'Institut Brévannes vous appellera : lea.ott@brevannes.example"), "Institut Brévannes"),
    ("nor is one that begins a sentence", ZOE, invitation(ZOE, "Léa Ott <l.ott@ugecam-rhin.example>", "Entretien téléphonique", says="Je vous appelle. L'Ugecam du Rhin recrute."), "Ugecam du Rhin"),
    ("but one that the domain keeps", ZOE, invitation(ZOE, "Léa Ott <lea@lescale9.example>", "Appel", says="Je t'appelle pour le poste à L'Escale 9."), "L'Escale 9"),
    ("accents as they are written, not as the domain spells", NINA, invitation(NINA, "Eva Möhl <eva@gaertnerei-moehl.example>", "Telefoninterview", says="Ich rufe dich an.\n\nEva\nGärtnerei Möhl"), "Gärtnerei Möhl"),
    ("the house's own product behind its name", JOOST, invitation(JOOST, "Bas Wit via Grachtlab Portal <portal@grachtlab.example>", "Telefonisch interview", says="Ik bel je.\n\nBas Wit\nGrachtlab", organizer="Bas Wit <bas.wit@grachtlab.example>"), "Grachtlab"),
    ("unless the domain has it, too", OMAR, invitation(OMAR, "Amy Cole <amy@fernportal.example>", "Phone interview", says="I'll call you.\n\nAmy\nFern Portal"), "Fern Portal"),
    ("a team's word before or behind", OMAR, invitation(OMAR, "Careers at Corrin Dock <careers@cdock.example>", "Phone interview with Corrin Dock", says="Ada Bent will call you."), "Corrin Dock"),
    ("a word that only the display name has", NINA, invitation(NINA, "Empfang Hof Lindach <info@hof-lindach.example>", "Telefoninterview", says="Wir rufen Sie an.\n\nHof Lindach"), "Hof Lindach"),
    ("what kind of house it is, where it belongs", ELISA, invitation(ELISA, "Ada Neri <amministrazione@roccafosca.example>", "Colloquio telefonico", says="La chiamo per il lavoro presso l'Azienda Vinicola Roccafosca."), "Azienda Vinicola Roccafosca"),
    ("a tracker writes in its name", NINA, invitation(NINA, "Möbelwerk Tann via softgarden <noreply@softgarden.example>", "Telefoninterview", says="Ihr Möbelwerk Tann ruft Sie an."), "Möbelwerk Tann"),
    ("an unknown tracker's house is none", ZOE, invitation(ZOE, "Ève Roy via Jobélan <alerte@jobelan.example>", "Échange téléphonique", says="Je vous appelle.\n\nÈve Roy\nRH - Verre Galant\n\nEnvoyé par Jobélan", reply_to="Ève Roy <eve@verregalant.example>"), "Verre Galant"),
    ("brackets behind a person's name", NINA, invitation(NINA, "Graf Reto, HR (Spital Oberegg) <reto.graf@spoe.example>", "Telefoninterview", says="Ich rufe Sie an."), "Spital Oberegg"),
    ("below the signer, titles aside", NINA, invitation(NINA, "Dr. Ute Sand <u.sand@kr-x.example>", "Telefoninterview", says="Ich rufe Sie an.\n\nDr. Ute Sand\nReferatsleiterin\nKlinikum Rehbach"), "Klinikum Rehbach"),
    ("a title's part that initials confirm", SOFIA, invitation(SOFIA, "Inés Toro <i.toro@hvc.example>", "Entrevista telefónica con Hermanos Valdés Corchos", says="La llamaré.\n\nInés Toro\nDpto. de Personas"), "Hermanos Valdés Corchos"),
    ("the place behind a legal form", NINA, invitation(NINA, "Pia Lang <p.lang@jobdock.example>", "Telefoninterview", says="Für unseren Kunden, die Kesselbau Wend GmbH in Hof, rufe ich Sie an.\n\nPia Lang\nJobdock Zeitarbeit"), "Kesselbau Wend"),
    ("namens: an agency names its client", JOOST, invitation(JOOST, "Fem Hof <fem@baanbrug.example>", "Telefonisch interview", says="Namens Zuivel De Made bel ik je.\n\nFem Hof\nBaanbrug Uitzendbureau"), "Zuivel De Made"),
    ("la empresa: the client, too", SOFIA, invitation(SOFIA, "Ana Gil <a.gil@surseleccion.example>", "Entrevista telefónica", says="Para uno de nuestros clientes, la empresa Molinos Arce, te llamo yo.\n\nAna Gil\nSur Selección, consultora de selección"), "Molinos Arce"),
    ("an agency's title names the client", OMAR, invitation(OMAR, "Nia Varma <nia@coombeandrye.example>", "Telephone interview - Orrin Tiles - Buyer", says="Orrin Tiles would like to hear from you; I'll call you.\n\nNia Varma\nRecruitment Consultant | Coombe & Rye Recruitment"), "Orrin Tiles"),
    ("a legal form before it", ZOE, invitation(ZOE, "Contact <contact@mrc-toits.example>", "Entretien téléphonique couvreur", says="Je vous appelle.\n\nMarc Ruault\nGérant\nEURL Ruault Charpente"), "Ruault Charpente"),
    ("below a team, where nobody signs", NINA, invitation(NINA, "Personalabteilung <bewerbung@ukr.example>", "Telefoninterview", says="Frau Dr. Heike Ott ruft Sie an.\n\nMit freundlichen Grüßen\n\nPersonalabteilung\nUniversitätsklinikum Rehbach AöR"), "Universitätsklinikum Rehbach"),
    ("the job behind 'for' is no part", OMAR, invitation(OMAR, "Ada Bent <ada@corvin-vale.example>", "Phone screen with Corvin & Vale for the Bookkeeper role", says="I'll call you."), "Corvin & Vale"),
    ("a team of the house", NINA, invitation(NINA, "no-reply@m.personio.de", "Telefoninterview", says="Frau Ott ruft Sie an: eva.ott@kranmole.example\n\nIhr Recruiting-Team der Kranmole Spedition GmbH"), "Kranmole Spedition"),
    ("the job before 'en' is no part", SOFIA, invitation(SOFIA, "Inés Toro <i.toro@velarrio.example>", "Entrevista telefónica", says="Te llamo yo para el puesto de Contable Senior en Velarrio."), "Velarrio"),
    ("a department before the house", RUI, invitation(RUI, "Ana Reis <a.reis@marolaseguros.example>", "Entrevista por telefone", says="Ligo-lhe eu, da área de Sinistros da Marola Seguros.\n\nAna Reis\nCoordenadora | Marola Seguros"), "Marola Seguros"),
    ("in whose name a system writes that nobody answers", RUI, invitation(RUI, "Pousada Lume Alto <nao-responda@gupy.io>", "Entrevista por telefone | Chef de Partie", says="Bate-papo com a Bia Rosa, da Pousada Lume Alto. Ela vai te ligar.", reply_to="Bia Rosa <bia@lumealto.example>"), "Pousada Lume Alto"),
    ("courtesy's capitals are no name", NINA, invitation(NINA, "Recruiting <recruiting@stoll-ag.example>", "Telefonat", says="Frau Ott meldet sich bei Ihnen.\n\nEva Ott\nStoll Garne AG, Markt 3"), "Stoll Garne"),
]

#: what the rule is, whose mail, the invitation, name and address
INTERVIEWERS = [
    ("a system that bears the house's name is nobody", ZOE, invitation(ZOE, "Soie Boréale <soieboreale@myworkday.example>", "Entretien téléphonique", says="Ève Roy de Soie Boréale vous appellera : eve.roy@soieboreale.example"), ("Ève Roy", "eve.roy@soieboreale.example")),
    ("who a system's line lists", SOFIA, invitation(SOFIA, "Hilos Ñandú <no-reply@teamtailor-mail.com>", "Entrevista por teléfono", says="Con quién: Rosa Quintana, jefa de planta\nTe llamamos nosotros."), ("Rosa Quintana", "")),
    ("the writer on the panel", OMAR, invitation(OMAR, "BENT, Ada <ada.bent@fellcouncil.example>", "Telephone interview", says="The panel: myself, Dr Bo Low and Cy Poe. We shall phone you.", attendees=("LOW, Bo <bo.low@fellcouncil.example>",)), ("Ada BENT", "ada.bent@fellcouncil.example")),
    ("my colleague and I", JOOST, invitation(JOOST, "Kim Vos <k.vos@vlietwerf.example>", "Telefonisch interview", says="Mijn collega Ruud Dam en ik bellen je.", attendees=("Ruud Dam <r.dam@vlietwerf.example>",)), ("Kim Vos", "k.vos@vlietwerf.example")),
    ("the first of two neighbouring names", OMAR, invitation(OMAR, "HR Ops <hr-ops@tallgate.example>", "Phone interview", says="Expect a call from Ivy Farr. Piotr Zak is copied.", attendees=("Piotr Zak <piotr.zak@tallgate.example>", "Ivy Farr <ivy.farr@tallgate.example>")), ("Ivy Farr", "ivy.farr@tallgate.example")),
    ("an office before the name", NINA, invitation(NINA, "Personal <personal@krone-soehne.example>", "Telefoninterview", says="Unser Geschäftsführer Lars Krone ruft Sie an.\n\nKrone & Söhne GmbH"), ("Lars Krone", "personal@krone-soehne.example")),
    ("called by telephone by", RUI, invitation(RUI, "Recursos Humanos <rh@cm-serpa-nova.example>", "Entrevista telefónica", says="Será contactado telefonicamente pela Dra. Eva Prata.\n\nCâmara Municipal de Serpa Nova"), ("Eva Prata", "rh@cm-serpa-nova.example")),
    ("the verb before the name", JOOST, invitation(JOOST, "Werving <vacatures@rocz.example>", "Telefonisch gesprek over de baan", says="Donderdag belt Bert Vos je.\n\nROC Zuid"), ("Bert Vos", "vacatures@rocz.example")),
    ("family name first, as the mailbox's initial shows", ELISA, invitation(ELISA, "Galli Francesca <f.galli@pompe-riva.example>", "Colloquio telefonico", says="La chiamo io."), ("Francesca Galli", "f.galli@pompe-riva.example")),
    ("a manager between commas", OMAR, invitation(OMAR, "Jobs <jobs@heronlodge.example>", "Telephone interview", says="Our General Manager, Fergus Macrae, will telephone you."), ("Fergus Macrae", "jobs@heronlodge.example")),
    ("va appeler", ZOE, invitation(ZOE, "Recrutement <recrutement@coopvalclair.example>", "Entrevue téléphonique", says="Manon Thibodeau va t'appeler.\n\nCoopérative Val-Clair"), ("Manon Thibodeau", "recrutement@coopvalclair.example")),
    ("her first name and the house", RUI, invitation(RUI, "Letícia da Folhaê <leticia@folhae.example>", "Entrevista por telefone", says="Eu te ligo.\n\nLetícia Moura\nFolhaê"), ("Letícia Moura", "leticia@folhae.example")),
    ("by their own words", OMAR, invitation(OMAR, "Jobboard <no-reply@jobboard.example>", "Phone interview: Librarian", says='Message: "Hi, Moira Kerr here, head of school. I\'ll phone you."'), ("Moira Kerr", "")),
    ("by their own words, the name behind", SOFIA, invitation(SOFIA, "Empleos <no-reply@empleos.example>", "Entrevista telefónica", says="Hola, soy Marta Lezama, de personal. La llamaré yo."), ("Marta Lezama", "")),
    ("a name that only a system's line has", OMAR, invitation(OMAR, "Tarn Mill <no-reply@greenhouse-mail.io>", "Phone interview with Tarn Mill", says="Who: Moira Kerr, Talent Partner\n\nMoira will ring you. Stuck? Write to moira.kerr@tarnmill.example"), ("Moira Kerr", "moira.kerr@tarnmill.example")),
    ("the house behind van", JOOST, invitation(JOOST, "zijlkade@myworkday.com <zijlkade@myworkday.com>", "Telefonisch sollicitatiegesprek", says="Lies Bakker van Zijlkade belt je op. Vragen? lies.bakker@zijlkade.example"), ("Lies Bakker", "lies.bakker@zijlkade.example")),
]


@pytest.mark.parametrize(("me", "case", "expected"), [pytest.param(*rest, id=name) for name, *rest in COMPANIES])
def test_the_house_is_called_what_people_write(me, case, expected):
    """The name as it stands in people's words, whole, without what belongs to a team, a tracker, a job or a sentence."""
    assert expected == company(Case(*case, me, LEXICON))[0]


@pytest.mark.parametrize(("me", "case", "expected"), [pytest.param(*rest, id=name) for name, *rest in INTERVIEWERS])
def test_a_draft_goes_to_who_is_on_the_call(me, case, expected):
    """The person on the call and their mailbox; a house, a system and whoever only writes for others are not that person."""
    address = interviewer(Case(*case, me, LEXICON)).address
    assert expected == (address and address.name, address and address.email)
