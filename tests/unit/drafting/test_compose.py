"""Drafts as octets: what stands on the wire, what can be proved of it later, and what hostile values cannot do."""

from __future__ import annotations

import base64
import email
import quopri
import re
from datetime import UTC, datetime, timedelta, timezone
from email.header import Header
from email.policy import compat32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailrescue.drafting import compose
from mailrescue.drafting.flowed import flow, tidy, unflow
from mailrescue.model.draft import Envelope
from mailrescue.model.words import Address

KEY = compose.key("uid-1", "2026-11-24T14:00Z", "no-show")
TEXT = "Bonjour Maud,\n\n" + "J’attendais votre appel, comme convenu, mais nous n’avons pas pu nous parler. " * 3 + "\n\nCordialement,\nIno Bastide\n"


def envelope(**other: object) -> Envelope:
    usual: dict[str, object] = {
        "key": KEY,
        "from_": Address("Ino Bastide", "ino@bastide.example"),
        "to": (Address("Maud Kéravel", "maud@atelier.example"),),
        "subject": "Re: Entretien téléphonique",
        "date": datetime(2026, 11, 24, 14, 16, tzinfo=timezone(timedelta(hours=1))),
        "in_reply_to": "<invite-7@atelier.example>",
        "references": ("<first-1@atelier.example>", "<invite-7@atelier.example>"),
    }
    return Envelope(**(usual | other))  # type: ignore[arg-type]


def composed(text: str = TEXT, **other: object) -> bytes:
    return compose.compose(envelope(**other), text).octets


def fields(octets: bytes) -> list[str]:
    """The names of the header fields as they stand."""
    block = octets.partition(b"\r\n\r\n")[0].decode("ascii")
    return [line.partition(":")[0] for line in block.split("\r\n") if not line.startswith((" ", "\t"))]


class TestMessage:
    def test_holds_these_headers_and_no_others(self) -> None:
        """Nothing in a draft tells that a program wrote it: no X- header, no User-Agent."""
        expected = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]
        assert expected == fields(composed())
        assert b"mailrescue" not in composed().lower()

    def test_ends_its_lines_with_crlf(self) -> None:
        """Every line, the last one too, and no bare CR or LF (RFC 5322 2.3)."""
        octets = composed()
        assert octets.endswith(b"\r\n")
        assert re.findall(rb"(?<!\r)\n|\r(?!\n)", octets) == []

    def test_keeps_its_lines_short(self) -> None:
        """78 characters at the most (RFC 5322 2.1.1), a long name and subject folded."""
        octets = composed(subject="Re: " + "Entretien téléphonique, puis tout ce que le service ajoute " * 4, from_=Address("Ino " * 20, "ino@bastide.example"))
        assert max(len(line) for line in octets.split(b"\r\n")) <= 78

    def test_is_seven_bits_where_the_text_is(self) -> None:
        """ASCII in short lines needs no encoding; anything else is quoted-printable, trailing spaces too."""
        plain = composed("Dear Maud,\n\n" + "word " * 40 + "\n")
        assert b"Content-Transfer-Encoding: 7bit\r\n" in plain
        assert b"Content-Transfer-Encoding: quoted-printable\r\n" in composed()
        assert composed().isascii()

    def test_writes_no_to_where_nobody_is_known(self) -> None:
        """An empty To would be a broken header; the user fills it in."""
        assert "To" not in fields(composed(to=()))

    def test_says_its_date_with_the_zone(self) -> None:
        """RFC 5322 3.3, the offset of the date given."""
        assert b"Date: Tue, 24 Nov 2026 14:16:00 +0100\r\n" in composed()

    def test_writes_an_international_domain_in_ascii(self) -> None:
        """IDNA, since a header of ASCII is what every server takes."""
        assert b"<post@xn--grn-ioa.example>" in composed(to=(Address("Ute Grün", "post@grün.example"),))

    @pytest.mark.parametrize("name", ["Maud Kéravel", 'Quill "Q" O\'Dee', "Dee, Quill (Atelier)", "Ng", "山田 花子", "a\\b", "=?utf-8?q?x?="])
    def test_gives_a_display_name_back(self, name: str) -> None:
        """Whatever the name, a reader of RFC 2047 sees it as it was."""
        parsed = email.message_from_bytes(composed(to=(Address(name, "maud@atelier.example"),)), policy=compat32)
        shown, address = email.utils.parseaddr(parsed["To"])
        assert (name, "maud@atelier.example") == (str(email.header.make_header(email.header.decode_header(shown))), address)

    @pytest.mark.parametrize(
        "wrong",
        [{"to": (Address("", "nobody"),)}, {"to": (Address("", "a b@c.example"),)}, {"from_": Address("", "a@b.example>\r\nBcc: <x@y.example")}, {"key": "short"},
         {"date": datetime(2026, 11, 24)}],
        ids=["no-domain", "space", "injected", "key", "naive-date"],
    )
    def test_refuses_what_cannot_be_written(self, wrong: dict[str, object]) -> None:
        """Rather no draft than a broken one."""
        with pytest.raises(ValueError):
            composed(**wrong)

    def test_leaves_out_message_ids_that_break_the_grammar(self) -> None:
        """A sender's Message-ID with spaces or line ends would break ours; the others stay."""
        octets = composed(in_reply_to="<a b@c>", references=("<ok@c.example>", "<x\r\nBcc: y@z.example>", "naked@c.example"))
        assert b"In-Reply-To" not in octets
        assert b"References: <ok@c.example>\r\n" in octets

    def test_names_the_parent_last_in_references(self) -> None:
        """RFC 5322 3.6.4: clients thread by References, so what is answered stands there, whoever left it out."""
        assert b"References: <first-1@atelier.example> <invite-7@atelier.example>\r\n" in composed(references=("<first-1@atelier.example>",))

    def test_keeps_the_first_and_the_newest_of_many_references(self) -> None:
        """A thread of a hundred mails does not make a header of eight thousand characters."""
        references = tuple(f"<{n}@c.example>" for n in range(100))
        found = re.findall(rb"<(\d+)@c.example>", composed(references=references, in_reply_to=None))
        assert [b"0", *[str(n).encode() for n in range(81, 100)]] == found


class TestHostileValues:
    @pytest.mark.parametrize(
        "evil",
        ["Hi\r\nBcc: x@evil.example", "=?utf-8?q?Hi=0D=0ABcc=3A_x=40evil.example?=", "Hi\nBcc: x@evil.example", "Hi\x0bBcc: x", "Hi\u2028Bcc: x", "Hi\x85Bcc: x", "\ud800Hi", "\u202eiH", "Hi\x00"],
        ids=["crlf", "encoded-crlf", "lf", "vt", "line-separator", "nel", "surrogate", "override", "nul"],
    )
    @pytest.mark.parametrize("place", ["subject", "name"])
    def test_adds_no_header(self, evil: str, place: str) -> None:
        """CVE-2024-6923 and its class: what looks like a header in a value stays within it, and no control character is left."""
        octets = composed(subject=evil) if place == "subject" else composed(to=(Address(evil, "maud@atelier.example"),))
        assert fields(composed()) == fields(octets)
        parsed = email.message_from_bytes(octets, policy=compat32)
        shown = str(email.header.make_header(email.header.decode_header(parsed["Subject" if place == "subject" else "To"])))
        assert [c for c in shown if ord(c) < 32 or c in "\u202e\u2028\x85\x7f"] == []

    @settings(max_examples=150, deadline=None)
    @given(subject=st.text(max_size=300), name=st.text(max_size=150), text=st.text(max_size=600))
    def test_always_gives_itself_back(self, subject: str, name: str, text: str) -> None:
        """Whatever mail brings: the headers meant and no others, ASCII, lines of 78, and a message that proves itself."""
        octets = composed(text, subject=subject, from_=Address(name, "ino@bastide.example"))
        signed = compose.signed(octets)
        assert fields(composed()) == fields(octets)
        assert octets.isascii()
        assert max(len(line) for line in octets.split(b"\r\n")) <= 78
        assert (KEY, True) == (signed and signed.key, signed and signed.untouched)


def decoded_body(octets: bytes) -> bytes:
    return quopri.decodestring(octets.partition(b"\r\n\r\n")[2])


def header(octets: bytes) -> bytes:
    return octets.partition(b"\r\n\r\n")[0]


def with_body(octets: bytes, body: bytes, encoding: bytes) -> bytes:
    return header(octets).replace(b"quoted-printable", encoding) + b"\r\n\r\n" + body


class TestUntouched:
    @pytest.mark.parametrize(
        "rewritten",
        [
            pytest.param(lambda o: o.replace(b"\r\n", b"\n"), id="line-ends-of-a-maildir"),
            pytest.param(lambda o: with_body(o, base64.encodebytes(decoded_body(o)), b"base64"), id="base64"),
            pytest.param(lambda o: with_body(o, decoded_body(o), b"8bit"), id="8bit"),
            pytest.param(lambda o: b"Received: from a by b\r\nX-Server: y\r\n" + o, id="headers-added"),
            pytest.param(lambda o: o.replace(b"References: <first", b"References:\r\n <first"), id="headers-folded"),
            pytest.param(lambda o: o + b"\r\n\r\n", id="blank-lines-added"),
            pytest.param(lambda o: o.replace(b"maud@atelier.example", b"MAUD@Atelier.example"), id="case-of-an-address"),
            pytest.param(lambda o: o.replace(b"; format=flowed", b""), id="format-lost"),
            pytest.param(lambda o: with_body(o, re.sub(rb"((?:[^ \r\n]+ ){4})", rb"\1\r\n", decoded_body(o).replace(b" \r\n", b" ")), b"8bit"), id="wrapped-anew"),
            pytest.param(
                lambda o: re.sub(rb"Subject: .*?\r\n(?! )", b"Subject: " + Header("Re: Entretien téléphonique", "iso-8859-1").encode().encode() + b"\r\n", o, flags=re.S),
                id="subject-encoded-anew",
            ),
        ],
    )
    def test_survives_harmless_rewriting(self, rewritten) -> None:
        """Servers encode, fold and wrap anew; that is nobody's edit."""
        signed = compose.signed(rewritten(composed()))
        assert (KEY, True) == (signed and signed.key, signed and signed.untouched)

    @pytest.mark.parametrize(
        "edited",
        [
            pytest.param(lambda o: o.replace(b"Cordialement", b"Bien cordialement"), id="a-word"),
            pytest.param(lambda o: o.replace(b"\r\n\r\nCordialement", b"\r\n\r\n\r\nCordialement"), id="a-blank-line"),
            pytest.param(lambda o: o.replace(b"Cordialement,", b"Cordialement"), id="a-comma"),
            pytest.param(lambda o: o.replace(b"To: ", b"To: other@atelier.example, "), id="a-recipient"),
            pytest.param(lambda o: b"Cc: other@atelier.example\r\n" + o, id="a-copy"),
            pytest.param(lambda o: b"Bcc: ino@bastide.example\r\n" + o, id="a-blind-copy"),
            pytest.param(lambda o: o.replace(b"ino@bastide.example>", b"ino@elsewhere.example>"), id="another-identity"),
            pytest.param(lambda o: o.replace(b"Subject: ", b"Subject: Urgent "), id="the-subject"),
            pytest.param(lambda o: o.replace(b"text/plain", b"text/html"), id="html"),
            pytest.param(lambda o: o.replace(b"MIME-Version", b"Content-Disposition: attachment\r\nMIME-Version"), id="an-attachment"),
            pytest.param(
                lambda o: header(o).replace(b"text/plain; charset=utf-8; format=flowed", b"multipart/mixed; boundary=x").replace(b"quoted-printable", b"7bit")
                + b"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + o.partition(b"\r\n\r\n")[2] + b"\r\n--x\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n",
                id="a-file-attached",
            ),
            pytest.param(lambda o: with_body(o, decoded_body(o), b"x-uuencode"), id="an-unknown-encoding"),
            pytest.param(lambda o: o.replace(b"charset=utf-8", b"charset=iso-4444-5"), id="an-unknown-charset"),
        ],
    )
    def test_knows_an_edit(self, edited) -> None:
        """A draft that the user changed is theirs; its key still tells which one it was."""
        signed = compose.signed(edited(composed()))
        assert (KEY, False) == (signed and signed.key, signed and signed.untouched)

    @pytest.mark.parametrize("message_id", ["<x@y.example>", "<CAF=abc.def@mail.example>", "", f"<{KEY}.short@bastide.example>", f"<{KEY.upper()}.{'a' * 26}@b.example>"])
    def test_claims_nobody_elses_message(self, message_id: str) -> None:
        """A Message-ID of another form is another's."""
        octets = re.sub(rb"Message-ID: .*?\r\n", b"Message-ID: " + message_id.encode() + b"\r\n", composed())
        assert compose.signed(octets) is None
        assert compose.key_of(message_id) == ""

    @pytest.mark.parametrize(
        "octets",
        [b"", b"\r\n\r\n", b"\xff\xfe" * 500, b"Message-ID: <" + b"a" * 100_000, b"From: " + b"(" * 100_000 + b"\r\n\r\n", b'To: ' + b'"' * 50_000 + b"\r\n\r\n",
         composed().replace(b"To: ", b"To: " + b'"' * 50_000), composed().replace(b"Subject: ", b"Subject: " + b"=?utf-8?q?=0D=0A?= " * 30_000)],
        ids=["empty", "blank", "binary", "endless-header", "brackets", "quotes", "ours-with-quotes", "ours-with-encoded-words"],
    )
    def test_survives_hostile_octets(self, octets: bytes) -> None:
        """What makes policy.default raise or hang is not proved, and that is all."""
        signed = compose.signed(octets)
        assert signed is None or not signed.untouched

    def test_survives_a_thousand_nested_parts(self) -> None:
        """Both of the standard library's policies raise RecursionError on them."""
        nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1000))
        assert compose.text_of(nested) == ""


class TestSentCopy:
    def test_is_known_by_its_digest(self) -> None:
        """Thunderbird renews the Message-ID when it sends; recipients, subject and text stay."""
        sent = re.sub(rb"Message-ID: .*?\r\n", b"Message-ID: <renewed@bastide.example>\r\n", composed())
        assert compose.digest_of(sent) in compose.compose(envelope(), TEXT).message_id

    def test_is_known_where_the_client_added_html(self) -> None:
        """Gmail sends multipart/alternative; the plain part is the text."""
        octets = composed()
        multipart = (
            header(octets).replace(b"text/plain; charset=utf-8; format=flowed", b'multipart/alternative; boundary="b"').replace(b"quoted-printable", b"7bit")
            + b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + decoded_body(octets)
            + b"\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n"
        )
        assert tidy(TEXT).rstrip() == compose.text_of(multipart).rstrip()
        assert compose.digest_of(multipart) in compose.compose(envelope(), TEXT).message_id


class TestDigest:
    def test_is_26_letters_of_base32(self) -> None:
        """130 bits: nobody's edit meets it by chance."""
        assert re.fullmatch(r"[a-z2-7]{26}", compose.digest(["a@b.example"], "s", "t"))

    def test_does_not_count_what_servers_change(self) -> None:
        """Order and case of recipients, white space of the subject, trailing blanks, line ends, normal form, kinds of space."""
        expected = compose.digest(["a@b.example", "c@d.example"], "Re: é x", "14 h\nb")
        assert expected == compose.digest(["C@d.example", "a@B.example"], "Re:  e\u0301\tx ", "\n14\u00a0h  \r\nb\r\n\r\n")

    @pytest.mark.parametrize("other", [(["a@b.example"], "s", "t u"), (["a@b.example"], "s2", "t"), (["a@c.example"], "s", "t"), ([], "s", "t"), (["a@b.example"], "s", "t\n\nu")])
    def test_counts_every_word(self, other: tuple[list[str], str, str]) -> None:
        assert compose.digest(["a@b.example"], "s", "t") != compose.digest(*other)


class TestKey:
    def test_joins_its_parts_without_doubt(self) -> None:
        """Sixteen letters, other ones for other parts."""
        assert re.fullmatch("[a-z2-7]{16}", KEY)
        assert compose.key("a", "bc") != compose.key("ab", "c") != compose.key("abc") != compose.key("abc", "")

    def test_is_the_same_on_every_machine(self) -> None:
        """Two machines that write one draft write one Message-ID."""
        later = compose.compose(envelope(date=datetime(2026, 11, 24, 15, 0, tzinfo=UTC)), TEXT)
        assert compose.compose(envelope(), TEXT).message_id == later.message_id
        assert KEY == compose.key_of(later.message_id)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("Phone interview", "Re: Phone interview"), ("Re: Phone interview", "Re: Phone interview"), ("AW: RE: Re[2]: Gespräch", "Re: Gespräch"), ("Réf : x", "Re: x"),
     ("Fwd: x", "Re: Fwd: x"), ("  a \r\n b ", "Re: a b"), ("", "Re:"), ("Recruiter call", "Re: Recruiter call"), ("Re：面接", "Re: 面接"), ("RES: RV: x", "Re: x")],
)
def test_reply_subject_says_re_once(subject: str, expected: str) -> None:
    assert expected == compose.reply_subject(subject)


class TestFlowed:
    @settings(max_examples=300, deadline=None)
    @given(st.text(alphabet=st.sampled_from("ab -\n>From .\u00a0é1"), max_size=400))
    def test_gives_every_text_back(self, text: str) -> None:
        """RFC 3676: wrapped, space-stuffed, then read again, the text is as it was."""
        read = unflow("\n".join(flow(tidy(text))))
        assert [line.rstrip() for line in tidy(text).strip("\n").split("\n")] == read.strip("\n").split("\n")

    def test_keeps_a_telephone_number_on_one_line(self) -> None:
        """So that it can be read at a glance in a client that knows nothing of flowed text."""
        lines = flow("x" * 20 + " vous pouvez me joindre à tout moment au +33 6 39 98 12 34 si vous le souhaitez\n")
        assert any("+33 6 39 98 12 34" in line for line in lines)

    def test_joins_only_lines_of_one_quote_depth(self) -> None:
        """RFC 3676 4.5: an improperly flowed line ends where the depth changes."""
        assert "> a b\nc" == unflow("> a \n> b\nc")

    def test_never_flows_the_signature_mark(self) -> None:
        """RFC 3676 4.3: the line of dash dash space stands alone."""
        assert "a\n--\nb" == unflow("a\n-- \nb")
