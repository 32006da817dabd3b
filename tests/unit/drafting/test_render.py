"""Which template speaks, what happens when the user's own fails, and what mail cannot make it do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailrescue.drafting.render import VARIABLES, Templates, built_in, source
from mailrescue.model.draft import DraftKind, Facts
from mailrescue.model.interview import Direction, Me
from mailrescue.model.words import Address

START = datetime(2026, 11, 24, 14, 0, tzinfo=ZoneInfo("Europe/London"))
ME = Me("Jo Hartley", ("jo@hartley.example",), "+447700900142", "07700 900142", "Europe/London", ("en", "fr"))


def facts(**known: object) -> Facts:
    usual: dict[str, object] = {
        "kind": DraftKind.NO_SHOW, "language": "en", "me": ME, "to": Address("Robin Asher", "robin@asher.example"), "direction": Direction.THEY_CALL,
        "start": START, "end": START + timedelta(minutes=30),
    }
    return Facts(**(usual | known))  # type: ignore[arg-type]


def own(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


class TestChoice:
    def test_every_language_has_every_kind(self) -> None:
        """Seven languages, five kinds."""
        names = Templates().names()
        assert {(language, kind) for language in ("de", "en", "es", "fr", "it", "nl", "pt") for kind in DraftKind} == {(n.language, n.kind) for n in names}
        assert not any(name.own for name in names)

    def test_the_users_own_goes_first(self, tmp_path: Path) -> None:
        """A file of the same name in the user's folder speaks instead."""
        own(tmp_path, "en/no-show.txt.j2", "{{ greeting }}\n\nIt was {{ start | clock }}.\n")
        templates = Templates(tmp_path)
        assert "Dear Robin Asher,\n\nIt was 14:00.\n" == templates.text(facts())
        assert [] == templates.failures
        assert [True] == [n.own for n in templates.names() if (n.language, n.kind) == ("en", DraftKind.NO_SHOW)]

    def test_a_language_without_templates_gives_way_to_the_users_first(self) -> None:
        """Nobody is left without a draft because a language is unknown."""
        french = replace(ME, languages=("fr", "en"))
        assert "Bonjour Robin Asher," in Templates().text(facts(language="sv", me=french))

    def test_the_user_can_add_a_language(self, tmp_path: Path) -> None:
        """Adding one is adding a folder: dates come from babel's tables."""
        own(tmp_path, "sv/no-show.txt.j2", "{{ greeting }}\n{{ start | moment }}\n")
        assert "Robin Asher,\ntisdag 24 november 2026, 14:00\n" == Templates(tmp_path).text(facts(language="sv"))

    def test_its_source_can_be_had(self) -> None:
        """For the user who wants to begin with the built-in one."""
        name = Templates().names()[0]
        assert source(name) == (built_in() / name.language / f"{name.kind}.txt.j2").read_text("utf-8")


class TestFailingTemplate:
    @pytest.mark.parametrize(
        ("text", "line", "what"),
        [
            ("{{ greeting }}\n{% if %}\n", 2, "Expected an expression"),
            ("{{ greeting }}\n\n{{ interviewer }}\n", 3, "'interviewer' is undefined"),
            ("{{ start | moment }}\n{{ start | later }}\n", 2, "No filter named 'later'"),
            ("{% if False %}x{% endif %}\n", None, "it says nothing"),
            ("a\n{{ me.nickname }}", 2, "has no attribute 'nickname'"),
            ("{{ 1 / 0 }}", 1, "division by zero"),
            ("{% for i in range(99999) %}abc{% endfor %}", None, "more than"),
            ("{% include 'en/none.txt.j2' %}", 1, "none.txt.j2"),
            ("{{ me.__class__.__mro__ }}", 1, "unsafe"),
            ("{{ greeting.format.__globals__ }}", 1, "unsafe"),
        ],
        ids=["syntax", "variable", "filter", "empty", "attribute", "division", "endless", "include", "class", "globals"],
    )
    def test_gives_way_to_the_built_in_one(self, tmp_path: Path, text: str, line: int | None, what: str) -> None:
        """The draft is never missed; the failure says where and what."""
        path = own(tmp_path, "en/no-show.txt.j2", text)
        templates = Templates(tmp_path)
        assert Templates().text(facts()) == templates.text(facts())
        (failure,) = templates.failures
        assert (path, line) == (failure.path, failure.line)
        assert what in failure.what

    def test_is_told_once(self, tmp_path: Path) -> None:
        """Ten drafts by one broken template are one failure."""
        own(tmp_path, "en/no-show.txt.j2", "{{ nobody }}")
        templates = Templates(tmp_path)
        for _ in range(3):
            templates.text(facts())
        assert 1 == len(templates.failures)

    def test_that_is_no_utf8_gives_way_too(self, tmp_path: Path) -> None:
        """Notepad's Latin-1 is no reason to miss a draft."""
        own(tmp_path, "en/no-show.txt.j2", "x").write_bytes(b"\xe9t\xe9")
        templates = Templates(tmp_path)
        assert "Dear Robin Asher," in templates.text(facts())
        assert templates.failures


class TestHostileValues:
    @pytest.mark.parametrize("evil", ["{{ 7 * 7 }}", "{% for i in range(9) %}x{% endfor %}", "${7*7}", "%s%n", "{# x #}", "{0.__class__}"])
    def test_what_mail_says_is_never_template_source(self, evil: str) -> None:
        """It comes out as it went in."""
        assert evil in Templates().text(facts(kind=DraftKind.CONFIRMATION, role=evil))

    def test_a_value_cannot_break_the_line(self) -> None:
        """A job's title with line ends would write paragraphs of its own; control and bidi characters go."""
        text = Templates().text(facts(kind=DraftKind.CONFIRMATION, role="Clerk\r\n\r\nPlease send money\u202e\x1b[2J to"))
        assert "for the Clerk Please send money[2J to position" in text

    @pytest.mark.parametrize("name", ["x" * 5000, "Buy now https://evil.example/a", "robin@asher.example", "1234", "!!!", "\u202enimda", "{{ me }}"])
    def test_a_name_that_is_none_is_not_used(self, name: str) -> None:
        """Better no name than a sentence in the salutation."""
        line = Templates().text(facts(to=Address(name, "robin@asher.example"))).splitlines()[0]
        assert line in ("Hello,", "Dear Nimda,")

    def test_a_company_as_long_as_a_sentence_is_left_out(self) -> None:
        """What is longer than eighty characters is no name."""
        assert "x" * 81 not in Templates().text(facts(kind=DraftKind.THANK_YOU, company="x" * 81))


class TestCheck:
    def test_finds_nothing_in_the_built_in_ones(self) -> None:
        assert [] == Templates().check(built_in(), lambda language, kind: [facts(language=language, kind=kind)])

    def test_names_file_line_and_the_nearest_word(self, tmp_path: Path) -> None:
        """As a compiler would: path:line: what."""
        path = own(tmp_path, "en/no-show.txt.j2", "{{ greeting }}\n\n{{ compny }}\n")
        assert [f"{path}:3: nothing is called 'compny', perhaps 'company'"] == [str(p) for p in Templates().check(tmp_path)]

    def test_finds_a_file_that_nothing_asks_for(self, tmp_path: Path) -> None:
        """A misspelt kind would never be used and never be missed."""
        path = own(tmp_path, "en/noshow.txt.j2", "x")
        (problem,) = Templates().check(tmp_path)
        assert path == problem.path
        assert "no-show" in problem.what

    def test_finds_a_syntax_error(self, tmp_path: Path) -> None:
        own(tmp_path, "fr/thank-you.txt.j2", "{{ greeting }}\n{% endif %}")
        assert [2] == [p.line for p in Templates().check(tmp_path)]

    def test_finds_what_shows_only_when_rendered(self, tmp_path: Path) -> None:
        """With sample facts an unknown attribute is found as well."""
        own(tmp_path, "en/thank-you.txt.j2", "a\n{{ me.nickname }}")
        problems = Templates().check(tmp_path, lambda language, kind: [facts(language=language, kind=kind)])
        assert [2] == [p.line for p in problems]


def test_every_fact_can_be_named() -> None:
    """A template may use each field of the facts, by its name."""
    assert {"greeting", "signature", "company", "slots", "available_until"} <= VARIABLES


def test_the_readme_names_every_variable() -> None:
    """What a template may use stands in one place for those who write their own."""
    readme = (built_in() / "README.md").read_text("utf-8")
    assert [] == sorted(name for name in VARIABLES if f"`{name}`" not in readme and f"`{name} " not in readme)


@pytest.mark.parametrize(("written", "shown"), [("07700 900142", "+44 7700 900142"), ("+447700900142", "+44 7700 900142"), ("+44 77 00 90 01 42", "+44 77 00 90 01 42")])
def test_the_users_number_as_they_write_it(written: str, shown: str) -> None:
    """In their own grouping where they have one, with its country code: who reads it may sit in another country."""
    assert Templates().text(facts(me=replace(ME, phone_written=written))).endswith(f"\nJo Hartley\n{shown}\n")


def test_a_user_without_a_telephone_leaves_no_hole() -> None:
    """The signature is the name alone, and no sentence speaks of a number."""
    text = Templates().text(facts(me=replace(ME, phone=None, phone_written=""), ask_them_to_call=True))
    assert text.endswith("Kind regards,\nJo Hartley\n")
    assert "Could you please call me when it suits you?" in text
