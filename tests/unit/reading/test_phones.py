"""Telephone numbers as people write them in mail, and the digits beside them that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailrescue.model.interview import Me
from mailrescue.model.words import Address
from mailrescue.reading import phones

ME = Me("Ida Falk", ("ida@falk.example",), "+441632960100", "01632 960100", "Europe/London", ("en",))

#: (regions, text, number)
WRITTEN = [
    pytest.param("FR", "Tél. : 01 99 00 83 65", "+33199008365", id="pairs"),
    pytest.param("FR", "06.39.98.83.65", "+33639988365", id="dots, a range kept for fiction"),
    pytest.param("FR", "appelez le 01-99-00-83-65 svp", "+33199008365", id="hyphens"),
    pytest.param("FR", "0199008365", "+33199008365", id="bare, alone in its field"),
    pytest.param("", "+33 (0)1 99 00 83 65", "+33199008365", id="trunk prefix in brackets"),
    pytest.param("", "(+33) 1 99 00 83 65", "+33199008365", id="country code in brackets"),
    pytest.param("FR", "0033 1 99 00 83 65", "+33199008365", id="00 for plus"),
    pytest.param("US", "dial 011 44 20 7946 0836", "+442079460836", id="011 for plus"),
    pytest.param("FR", "Tél. 33 1 99 00 83 65", "+33199008365", id="plus forgotten"),
    pytest.param("", "\u202a+33\u00a06\u00a039\u00a098\u00a083\u00a065\u202c", "+33639988365", id="direction marks, no-break spaces"),
    pytest.param("FR", "\uff10\uff11 \uff19\uff19 \uff10\uff10 \uff18\uff13 \uff16\uff15", "+33199008365", id="full-width digits"),
    pytest.param("", "+49\u201130\u201123125\u2011836", "+493023125836", id="no-break hyphens"),
    pytest.param("GB", "+44 (0)20 7946 0836", "+442079460836", id="london"),
    pytest.param("GB", "(020) 7946 0836", "+442079460836", id="area code in brackets"),
    pytest.param("GB", "01632 960 836", "+441632960836", id="drama range"),
    pytest.param("GB", "07700 900123", "+447700900123", id="drama mobile"),
    pytest.param("DE", "Tel. 030/23125-836", "+493023125836", id="slash"),
    pytest.param("DE", "+49 (0) 30 / 2 31 25 - 836", "+493023125836", id="din groups"),
    pytest.param("DE", "0171 / 39 200 12", "+491713920012", id="german mobile"),
    pytest.param("US", "(312) 555-0183", "+13125550183", id="american"),
    pytest.param("US", "call 1-312-555-0183", "+13125550183", id="leading one"),
    pytest.param("US", "312.555.0183", "+13125550183", id="american dots"),
    pytest.param("FR", "call me on (312) 555-0183", "+13125550183", id="american in a french mailbox"),
    pytest.param("US", "1-800-FLOWERS", "+18003569377", id="letters"),
    pytest.param("IT", "tel. 06 5550 1836", "+390655501836", id="italy keeps its zero"),
    pytest.param("", "+39 (0)6 5550 1836", "+390655501836", id="italy keeps it in brackets"),
    pytest.param("ES", "91 000 01 42", "+34910000142", id="spanish"),
    pytest.param("ES", "llámame al 612 000 188", "+34612000188", id="spanish mobile"),
    pytest.param("ES", "estaré en el 931 000 244 toda la mañana", "+34931000244", id="spanish in threes, though Portugal groups so"),
    pytest.param("PT", "estarei no 931 000 244", "+351931000244", id="portuguese in threes"),
    pytest.param("FR", "931 000 244", None, id="in threes, in neither country"),
    pytest.param("GB", "the meeting room; then you see 01632 960 517", "+441632960517", id="a word of another clause"),
    pytest.param("FR", "612 000 188", None, id="in france no number lacks its zero"),
    pytest.param("NL", "bel 06-12345678", "+31612345678", id="dutch mobile"),
    pytest.param("BE", "02/555 12 34", "+3225551234", id="belgian slash"),
    pytest.param("CH", "044 555 01 23", "+41445550123", id="swiss"),
    pytest.param("BR", "(11) 91234-5678", "+5511912345678", id="brazilian"),
    pytest.param("AU", "(02) 5550 1234", "+61255501234", id="australian"),
    pytest.param("IN", "98765 43210", "+919876543210", id="indian mobile"),
    pytest.param("", "tel:+1-312-555-0183", "+13125550183", id="uri"),
    pytest.param("", "tel:+33%201%2099%2000%2083%2065", "+33199008365", id="uri with escaped spaces"),
    pytest.param("FR", "75002 Paris 01 99 00 83 65", "+33199008365", id="behind a postal code"),
    pytest.param("FR", "75002 01 99 00 83 65", "+33199008365", id="right behind a postal code"),
    pytest.param("FR", "rendez-vous le 24/11/2026 14:00 01 99 00 83 65", "+33199008365", id="behind a date and a time"),
    pytest.param("GB", "020 7946 0836 from 9 - 5 pm", "+442079460836", id="before hours"),
]


@pytest.mark.parametrize(("regions", "text", "number"), WRITTEN)
def test_a_number_is_read_as_it_is_written(regions: str, text: str, number: str | None) -> None:
    """International and national forms of the likely regions give one number in E.164."""
    found = phones.find(text, tuple(regions.split()))
    assert ([number] if number else []) == [mention.e164 for mention in found]


NO_NUMBERS = [
    "Meeting ID: 812 3456 7890", "Phone conference ID: 840 226 115#", "Passcode 123456", "PIN: 0612345678", "Réunion : 812 3456 7890", "24/11/2026 14:00", "2026-11-24T14:00:00Z",
    "20261124T130000Z", "24.11.2026, 14.00-14.30 Uhr", "le 06 12 2026", "12/24/2026 10:30 AM", "2024-2026", "N° SIRET : 732 829 320 00074", "SIREN 732 829 320", "IBAN FR76 3000 6000 0112 3456 7890 189",
    "TVA FR 12 732 829 320", "BE 0123.456.789", "45 000 - 50 000 €", "55.000 - 65.000 EUR", "£45,000.00", "https://jobs.example/apply/0199008365?x=0639988365", "0199008365@jobs.example",
    "9f1a2b3c-0199-0083-6512-123456789012", "order 0123456789", "Commande n° 0199008365", "Bestellnummer 030 23125836", "192.168.1.10", "UTC+01:00", "room 0204 12 34", "0", "12345",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_digits_of_other_things_are_no_number(text: str) -> None:
    """Dates, prices, registers, meeting IDs, links and codes are left alone."""
    assert () == phones.find(text, ("FR", "GB", "DE", "US"))


@pytest.mark.parametrize(
    ("text", "extension", "suffix"),
    [
        ("+33 1 99 00 83 65 ext. 12", "12", None), ("01 99 00 83 65 poste 204", "204", None), ("+49 30 23125-0 Durchwahl 12", "12", None), ("+39 06 5550 1836 interno 7", "7", None),
        ("+31 10 000 0136 toestel 22", "22", None), ("+1 312-555-0183 x123", "123", None), ("tel:+1-312-555-0183;ext=5", "5", None), ("+1 323-849-4874,,840226115#", None, "840226115"),
        ("+49 69 90009 922,,81234567890#", None, "81234567890"), ("+1-646-555-0123;123456#", None, "123456"), ("+1 312-555-0183, 555-0172", None, None), ("+33 1 99 00 83 65, 14 h", None, None),
    ],
)  # fmt: skip
def test_what_is_dialled_behind_a_number(text: str, extension: str | None, suffix: str | None) -> None:
    """Extension and dial string come apart from the number; a time or a second number behind it is neither."""
    mention = phones.find(text, ("FR",))[0]
    assert (extension, suffix) == (mention.extension, mention.suffix)


def test_two_numbers_side_by_side_are_two() -> None:
    """A slash, a dash or a bracket between two numbers does not make them one."""
    texts = ("01 99 00 83 65 / 06 39 98 83 65", "01 99 00 83 65 - 06 39 98 83 65", "+33199008365 (mobile)/+33 6 39 98 83 65", "01 99 00 83 65, 06 39 98 83 65")
    for text in texts:
        assert ["+33199008365", "+33639988365"] == [m.e164 for m in phones.find(text, ("FR",))], text


def test_a_mention_says_where_it_stands_and_whether_the_number_is_valid() -> None:
    """Offsets count in the text as it came; a fiction range is possible and not valid; an impossible number has no E.164."""
    text = "Numéro : (06 39 98 83 65) ou +33 1 99 00"
    first, second = phones.find(text, ("FR",))
    assert "06 39 98 83 65" == first.raw == text[first.start:first.end]
    assert ("+33639988365", False) == (first.e164, first.valid)
    assert (None, False) == (second.e164, second.valid)


@pytest.mark.parametrize(
    ("text", "regions", "number"),
    [
        ("06 39 98 83 65", "DE FR", "+33639988365"), ("030 23125836", "FR GB DE", "+493023125836"), ("01632 960836", "DE GB", "+441632960836"), ("0470 12 34 56", "BE FR", "+32470123456"),
        ("07700900123", "GB DE", "+447700900123"), ("020 000 0177", "NL GB", "+31200000177"),
    ],
)  # fmt: skip
def test_the_way_of_grouping_tells_the_country(text: str, regions: str, number: str) -> None:
    """Of several likely regions the one that groups so wins, then the first."""
    assert [number] == [m.e164 for m in phones.find(text, tuple(regions.split()))]


@pytest.mark.parametrize(
    ("zone", "writer", "text", "first"),
    [
        ("America/New_York", "pat@corp.example", "", "US"), ("Asia/Kolkata", "pat@corp.example", "", "IN"), (None, "pat@firm.co.uk", "", "GB"), (None, "pat@firma.de", "in Paris", "DE"),
        (None, "pat@startup.io", "Call +33 1 99 00 83 65", "FR"), (None, "pat@corp.example", "our office in Amsterdam", "NL"), ("Etc/UTC", "pat@corp.example", "", "GB"),
        (None, "pat@corp.example", "Gerne rufe ich Sie an. Freundliche Grüsse", "CH"), (None, "pat@corp.example", "am 8. Jänner rufe ich an", "AT"),
        (None, "calls@voicebox-swisscom.example", "", "CH"), (None, "pat@corp.example", "nuestra obra en Valparaíso", "CL"),
    ],
)  # fmt: skip
def test_the_likely_region(zone: str | None, writer: str, text: str, first: str) -> None:
    """The event's zone, then the writer's domain, numbers and places in the text, the user's own phone and zone."""
    assert first == phones.regions(ME, zone, (Address("", writer),), text)[0]


def test_the_users_own_number_names_no_region_of_theirs() -> None:
    """A mail that quotes the user's number says nothing of where its writer is."""
    abroad = Me("Ida Falk", ("ida@falk.example",), "+33639988365", "", "Europe/London", ("en",))
    assert ("FR", "GB") == phones.regions(abroad, None, (), "we will call you on +33 6 39 98 83 65")


@pytest.mark.parametrize(
    ("phone", "zone", "text", "first"),
    [
        ("+41796100000", "Europe/Zurich", "Guten Tag, ich rufe Sie zur Uhr an, die wir nannten, und freue mich mit Ihnen", "CH"),
        ("+244923000000", "Africa/Luanda", "Não se esqueça: ligue com calma, é em sua casa, obrigado", "AO"),
        ("+33139980000", "Europe/Paris", "Guten Tag, ich rufe Sie zur Uhr an, die wir nannten, und freue mich mit Ihnen", "DE"),
    ],
)  # fmt: skip
def test_where_a_language_is_spoken_begins_at_home(phone: str, zone: str, text: str, first: str) -> None:
    """A text in a language of the user's country is read there before the country with the most speakers."""
    reader = Me("Ida Falk", ("ida@falk.example",), phone, "", zone, ("en",))
    assert first == phones.regions(reader, None, (), text)[0]


def test_e164_reads_what_a_field_holds() -> None:
    """A field of a telephone system holds a number without its plus, or none at all."""
    assert "+33199008365" == phones.e164("33199008365", ("GB",))
    assert "+33199008365" == phones.e164("01 99 00 83 65", ("FR",))
    assert "+13125550183" == phones.e164("13125550183", ("FR",))
    assert None is phones.e164("IPM.Note", ("FR",))
    assert None is phones.e164("anonymous", ("FR",))


def test_the_same_telephone() -> None:
    """Unknown is never the same; the mobile marks of Mexico and Argentina do not count."""
    assert phones.same("+33199008365", "+33199008365")
    assert phones.same("+5215512345678", "+525512345678")
    assert not phones.same("+33199008365", "+33199002785")
    assert not phones.same(None, None)


def test_a_number_is_shown_as_its_reader_writes_it() -> None:
    """National at home, international abroad, untouched where it is none."""
    assert "01 99 00 83 65" == phones.readable("+33199008365", "FR")
    assert "+33 1 99 00 83 65" == phones.readable("+33199008365", "GB")
    assert "+33 1 99 00 83 65" == phones.readable("+33199008365", None)
    assert "somewhere" == phones.readable("somewhere", "GB")


@given(st.text(alphabet="+()0123456789 -./,;#xte\u00a0\u202a\n@:", max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    """Whatever stands there: offsets point at what was read, a number is E.164 or None."""
    for mention in phones.find(text, ("FR", "US")):
        assert mention.raw == text[mention.start:mention.end]
        assert mention.e164 is None or mention.e164.startswith("+")


@pytest.mark.parametrize("text", ["1 " * 90_000, "(1" * 90_000, "+1" * 90_000, "a@" * 90_000, "01 99 00 83 65, " * 9_000, "1.1.1." * 30_000, "1" + " " * 180_000], ids=lambda t: repr(t[:6]))
def test_hostile_text_is_bounded(text: str) -> None:
    """A text made to be slow is read within the test's time limit, and gives no more numbers than anybody needs."""
    assert phones.MOST_NUMBERS >= len(phones.find(text, ("FR", "GB", "DE")))
