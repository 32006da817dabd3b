"""What `brief` says at each moment of an interview, in which words, and which numbers it shows."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailrescue.commands import brief as briefing
from mailrescue.commands import brief_page
from mailrescue.commands.brief import Brief, brief
from mailrescue.commands.columns import cells
from mailrescue.drafting.phrases import Phrases
from mailrescue.drafting.render import built_in
from mailrescue.judgement.due import Case
from mailrescue.model.draft import DraftKind
from mailrescue.model.interview import Author, Direction, Evidence, EvidenceKind, Me, Outcome, Statement, Status
from mailrescue.model.mail import CallNotice, Message
from mailrescue.model.plan import Entry, Fate
from mailrescue.model.words import Passage, PhoneMention
from tests import builders as make
from tests.golden.test_golden_drafts import TELEPHONE

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt")
FOLDERS = (built_in(),)
THEIRS = "+442079460123"


def waiting(kind: DraftKind) -> Entry:
    return Entry("k", "<d@x>", kind, "granite-1201", "bea@granite.example", Fate.LIVE, make.START)


def told(case: Case, *drafts: DraftKind, me: Me = make.ME, messages: tuple[Message, ...] = ()) -> Brief:
    return brief(case, messages, [waiting(kind) for kind in drafts], me, FOLDERS)


def they_call(minutes: float, *evidence: object, **more: object) -> Case:
    return make.case(make.after(minutes), *evidence, slot=make.slot(direction=Direction.THEY_CALL, phone=THEIRS), **more)  # type: ignore[arg-type]


def you_call(minutes: float, *evidence: object, phone: str | None = THEIRS) -> Case:
    return make.case(make.after(minutes), *evidence, slot=make.slot(direction=Direction.YOU_CALL, phone=phone))  # type: ignore[arg-type]


def tried(minutes: float, **more: object) -> object:
    return make.said(EvidenceKind.MISSED_CALL, make.after(minutes), Author.SERVICE, **more)


def mine(minutes: float) -> object:
    return make.said(EvidenceKind.OTHER, make.after(minutes), Author.USER)


@pytest.mark.parametrize(
    ("case", "drafts", "phase"),
    [
        (they_call(-600), (), "ahead"),
        (they_call(-100), (DraftKind.CONFIRMATION,), "confirm"),
        (they_call(-100), (), "ahead"),
        (they_call(-14), (DraftKind.CONFIRMATION,), "settle"),
        (they_call(0), (), "ring"),
        (they_call(4.9), (), "ring"),
        (they_call(5), (), "look"),
        (they_call(10), (), "try_them"),
        (make.case(make.after(10), slot=make.slot(direction=Direction.THEY_CALL)), (), "look"),
        (they_call(15), (DraftKind.NO_SHOW,), "write"),
        (they_call(20, mine(17)), (), "written"),
        (they_call(46), (DraftKind.NO_SHOW, DraftKind.THANK_YOU), "nobody_knows"),
        (they_call(46), (DraftKind.NO_SHOW,), "write_late"),
        (they_call(60 * 30), (), "passed"),
        (you_call(-1), (), "settle"),
        (you_call(0), (), "dial"),
        (you_call(9.9), (), "dial"),
        (you_call(10), (), "again"),
        (you_call(10, phone=None), (), "no_number"),
        (they_call(8, tried(3)), (), "call_back"),
        (make.case(make.after(8), tried(3), slot=make.slot(direction=Direction.THEY_CALL)), (), "call_back_mail"),
        (they_call(30, tried(3), mine(20)), (), "answered"),
        (they_call(20, make.said(EvidenceKind.TRIED_TO_REACH, make.after(16))), (), "call_back"),
        (they_call(20, make.said(EvidenceKind.OTHER, make.after(16))), (), "they_wrote"),
        (they_call(-300, make.said(EvidenceKind.RESCHEDULE_REQUEST, make.after(-400))), (), "asked"),
        (they_call(90, make.said(EvidenceKind.ABSENCE_APOLOGY, make.after(80))), (), "sorry"),
        (they_call(40, make.said(EvidenceKind.TALKED, make.after(35))), (), "talked"),
        (they_call(60, word=Outcome.MISSED, said_at=make.after(50)), (), "call_back"),
        (make.case(make.after(-60), slot=make.slot(status=Status.CANCELLED)), (), "called_off"),
        (make.case(make.after(-60), slot=make.slot(status=Status.DECLINED)), (), "declined"),
        (they_call(5, make.said(EvidenceKind.RUNNING_LATE, make.after(-2), minutes=20)), (), "settle"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_moment_has_its_phase(case: Case, drafts: tuple[DraftKind, ...], phase: str) -> None:
    """The first line of the table that holds; a call to return comes before any mail (R9)."""
    assert phase == told(case, *drafts).phase


class TestNumbers:
    def test_is_shown_as_its_reader_writes_it(self) -> None:
        """R4: readable, and whether it can be right."""
        number = told(you_call(0)).number
        assert number
        assert ("+44 20 7946 0123", True) == (number.readable, number.valid)

    def test_that_is_none_is_told(self) -> None:
        """Seven digits too few: look at their mail again before you dial."""
        number = told(make.case(make.after(0), slot=make.slot(direction=Direction.YOU_CALL, phone="+44207946"))).number
        assert number
        assert not number.valid

    def test_others_of_the_same_people_are_shown_with_where(self) -> None:
        """R4: the signature of a colleague's mail names another one; the user's own, a fax, and one of strangers are left out."""
        signature = "Tel. +44 20 7946 0999\nFax: +44 20 7946 0888\n+49 155 5010 0200"
        found = [(m, signature.index(m)) for m in ("+44 20 7946 0999", "+44 20 7946 0888", "+49 155 5010 0200")]
        numbers = tuple(PhoneMention(raw.replace(" ", ""), raw, at, at + len(raw)) for raw, at in found)
        colleague = make.message(7, make.after(-60), replace(make.THEM, name="Cy Rock", email="cy@granite.example"), passages=(Passage("signature", signature, numbers),))
        stranger = make.message(8, make.after(-60), replace(make.THEM, email="x@basalt.example"), passages=(Passage("body", signature, numbers),))
        (other,) = told(you_call(0), messages=(colleague, stranger)).others
        assert ("+442079460999", "<m7@x>") == (other.e164, other.message_id)
        assert "in the signature of the mail of" in other.where

    def test_access_code_stands_beside_it(self) -> None:
        """A bridge without its code is no number."""
        case = make.case(make.after(0), slot=make.slot(direction=Direction.YOU_CALL, phone=THEIRS, access_code="4417#"))
        assert "4417#" in told(case).about_number
        assert "4417#" in told(case).now[0]


class TestScripts:
    def test_comes_after_the_checklist_until_it_is_needed(self) -> None:
        """Two days ahead one gets ready; once the slot has begun, what to say comes first."""
        for minutes, expected in ((-600, ["Before the call", "Minute by minute", "Voicemail, to read out"]), (6, ["Voicemail, to read out", "Minute by minute"])):
            titles = [line for line, heading in brief_page.text(told(they_call(minutes)), make.ME, FOLDERS, 80) if heading]
            assert expected == [title for title in titles if title in expected]

    def test_a_number_known_from_a_notice_alone_says_so_and_stands_once(self) -> None:
        """Whom one calls back: not the invite's number, but where the call came from."""
        kind, at = EvidenceKind.MISSED_CALL, make.after(3)
        notice = make.message(90, at, notice=CallNotice(kind, "provider", at, number=THEIRS))
        case = make.case(make.after(8), Evidence(kind, at, Author.SERVICE, notice, Statement(kind, number=THEIRS)), slot=make.slot(direction=Direction.THEY_CALL))
        one = told(case, messages=(notice,))
        assert (THEIRS, ()) == (one.number and one.number.e164, one.others)
        assert "a call came from it on" in one.about_number

    def test_voicemail_has_all_five(self) -> None:
        """R5: name, reason, time, how to be reached, until when."""
        script = dict(told(you_call(2)).scripts)["voicemail"]
        for part in ("Ada Quist", "phone interview", "14:00", "+49\u00a015550\u00a0100200", "14:45"):
            assert part in script

    def test_times_are_on_the_listeners_clock(self) -> None:
        """Who is called in London hears London's time, by name."""
        case = make.case(make.after(2), slot=make.slot(direction=Direction.YOU_CALL, phone=THEIRS, zone="Europe/London"))
        assert "13:00 London time" in dict(told(case).scripts)["voicemail"]

    def test_is_in_the_interviews_language(self) -> None:
        """An English reader of this page speaks German to a German interviewer; one whose language they do not write hears theirs."""
        german = make.case(make.after(2), slot=make.slot(direction=Direction.YOU_CALL, language="de"))
        finnish = make.case(make.after(2), slot=make.slot(direction=Direction.YOU_CALL, language="fi"))
        assert "Hier ist Ada Quist" in dict(told(german).scripts)["voicemail"]
        assert "My name is Ada Quist" in dict(told(finnish).scripts)["voicemail"]
        assert "You call" in told(german).headline

    def test_late_sentence_is_for_who_calls(self) -> None:
        """R12: a few minutes late calling them, say so."""
        assert "a few minutes late" in dict(told(you_call(4)).scripts)["late"]
        assert "late" not in dict(told(they_call(4)).scripts)

    def test_calling_back_owns_it(self) -> None:
        """R9: sorry, and "is now a good time, or do you have time this week"."""
        script = dict(told(they_call(8, tried(3))).scripts)["call_back"]
        assert "I am sorry that I missed our call at 14:00. Is now a good time, or do you have time this week?" in script


class TestMinutes:
    def test_run_from_before_to_the_end(self) -> None:
        """In the order of time, one line current."""
        moments = told(you_call(11)).moments
        assert sorted(m.at for m in moments) == [m.at for m in moments]
        assert [make.after(10)] == [m.at for m in moments if m.current]
        assert [make.after(m) for m in (-10, 0, 10, 15, 30, 45)] == [m.at for m in moments]

    def test_move_with_a_delay(self) -> None:
        """Who runs twenty minutes late is waited for from then on."""
        case = they_call(5, make.said(EvidenceKind.RUNNING_LATE, make.after(-2), minutes=20))
        assert make.after(20) in [m.at for m in told(case).moments]
        assert "14:20 instead of 14:00" in told(case).now[0]

    def test_checklist_ends_when_the_call_begins(self) -> None:
        """R11."""
        assert len(told(they_call(-30)).checklist) == 5
        assert () == told(they_call(1)).checklist


class TestAtHand:
    @pytest.mark.parametrize(
        ("starts", "expected"),
        [((-30, 200), -30), ((-90, 20), 20), ((-600, 3000, 9000), 3000), ((-600, -3000), -600)],
        ids=["under way", "the imminent one", "the next one", "the latest"],
    )
    def test_is_the_one_that_matters_now(self, starts: tuple[int, ...], expected: int) -> None:
        """Minutes from now."""
        cases = [make.case(make.START, slot=make.slot(make.after(start))) for start in starts]
        chosen = briefing.at_hand(cases)
        assert chosen
        assert make.after(expected) == chosen.start

    def test_a_call_to_return_is_most_urgent(self) -> None:
        """R9: before what comes this afternoon."""
        missed = make.case(make.after(120), tried(3), slot=make.slot(phone=THEIRS))
        coming = make.case(make.after(120), slot=make.slot(make.after(240), uid="u2"))
        assert missed is briefing.at_hand([coming, missed])

    def test_is_none_where_there_is_none(self) -> None:
        """Nothing to do is said, too."""
        assert briefing.at_hand([]) is None
        assert "No phone interview is in sight." == brief_page.nothing(make.ME, FOLDERS)


class TestLanguages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_moment_can_be_said(self, language: str) -> None:
        """No sentence is missing or fails, in any phase, direction and form of address; none is broken off or left unfilled."""
        me = replace(make.ME, languages=(language,))
        settled = ((tried(1),), (mine(16),), (make.said(EvidenceKind.TALKED, make.after(2)),), (make.said(EvidenceKind.RESCHEDULE_REQUEST, make.after(-800)),))
        moments = [(minutes, ()) for minutes in (-600, -100, -14, 0, 5, 10, 20, 46, 2000)] + [(20, evidence) for evidence in settled]
        for number, (minutes, evidence) in enumerate(moments):
            for direction in Direction:
                slot = make.slot(direction=direction, phone=THEIRS, language=language, formal=bool(number % 2), zone="Europe/Lisbon", role="Archivist", access_code="12#")
                one = told(make.case(make.after(minutes), *evidence, slot=slot), *DraftKind, me=me)  # type: ignore[arg-type]
                lines = [line for line, _ in brief_page.text(one, me, FOLDERS, 80)]
                assert language == one.language
                assert not re.search(r"\{|\}|None|  \.|\.\.|…", "\n".join(lines))
                assert all(cells(line) <= 80 for line in lines)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_a_video_interview_nobody_calls(self, language: str) -> None:
        """Whatever the moment: where they join is named, and no call is expected, made or missed; the checklist may speak of a hotspot."""
        me, link = replace(make.ME, languages=(language,)), "https://rooms.example/4471"
        slot = make.slot(direction=Direction.BOTH_JOIN, language=language, link=link)
        settled = ((tried(1),), (mine(16),), (make.said(EvidenceKind.ABSENCE_APOLOGY, make.after(40)),))
        for minutes, evidence in [(m, ()) for m in (-600, -14, 1, 6, 11, 20, 40, 2000)] + [(41, e) for e in settled]:
            one = told(make.case(make.after(minutes), *evidence, slot=slot), *DraftKind, me=me)  # type: ignore[arg-type]
            assert link == one.about_number
            said = "\n".join(line for line, _ in brief_page.text(replace(one, checklist=()), me, FOLDERS, 80))
            assert [] == re.findall(TELEPHONE[language], said, re.I)

    def test_all_say_the_same_things(self) -> None:
        """The same sentences with the same values in each."""
        english, *others = (tomllib.loads((built_in() / language / "brief.toml").read_text("utf-8")) for language in ("en", *LANGUAGES))
        for other in others:
            assert english.keys() == other.keys()
            for table, sentences in english.items():
                assert sentences.keys() == other[table].keys()
                assert [len(s) for s in sentences.values() if isinstance(s, list)] == [len(s) for s in other[table].values() if isinstance(s, list)]

    def test_nobody_is_shouted_at(self) -> None:
        """Calm: no exclamation mark, no reproach."""
        for language in LANGUAGES:
            text = (built_in() / language / "brief.toml").read_text("utf-8")
            assert not set("!¡") & set(text.replace("!=", ""))

    def test_what_mail_says_is_never_template_source(self) -> None:
        """A name or a subject with braces comes out as it went in."""
        words = Phrases(FOLDERS, "en", "Europe/Berlin")
        assert "{{ 7 * 7 }}" in words.say("where.body", subject="{{ 7 * 7 }}", at=make.START)

    def test_a_users_broken_sentence_gives_way(self, tmp_path: Path) -> None:
        """Their own words go first; what fails is said in ours."""
        (tmp_path / "en").mkdir()
        (tmp_path / "en" / "brief.toml").write_text('[now]\nring = "Breathe."\nlook = "{{ nobody }}"\n', "utf-8")
        folders = (tmp_path, *FOLDERS)
        assert ("Breathe.",) == brief(they_call(1), (), (), make.ME, folders).now
        assert "Still quiet?" in brief(they_call(6), (), (), make.ME, folders).now[0]


class TestDistance:
    @pytest.mark.parametrize(
        ("minutes", "expected"),
        [(0, ""), (25, "in 25 minutes"), (-1, "1 minute ago"), (90, "in 90 minutes"), (150, "in 2 hours"), (60 * 40, "in 2 days")],
    )
    def test_in_words(self, minutes: int, expected: str) -> None:
        """As one would say it."""
        assert expected == brief_page.distance(timedelta(minutes=minutes), "en")


def test_json_holds_what_the_terminal_shows() -> None:
    """And the numbers for programs."""
    one = brief_page.as_json(told(you_call(2)), make.after(2), "Europe/Berlin")
    assert "granite-1201" == one["interview"]["id"]
    assert "dial" == one["phase"]
    assert {"e164": THEIRS, "readable": "+44 20 7946 0123", "valid": True} == one["number"]
    assert datetime.fromisoformat(one["minutes"][1]["at"]) == make.START
    assert {"now", "interview"} == brief_page.as_json(None, make.START, "Europe/Berlin").keys()


def test_a_hostile_name_steers_no_terminal() -> None:
    """Escape sequences and bidi overrides of a display name are gone."""
    slot = make.slot(interviewer=replace(make.THEM, name="Eve\x1b[2J\u202e"), direction=Direction.THEY_CALL)
    shown = "\n".join(line for line, _ in brief_page.text(told(make.case(make.after(-30), slot=slot)), make.ME, FOLDERS, 80))
    assert set() == {c for c in shown if c not in string.printable and c != "←" and ord(c) < 32} | ({"\u202e"} & set(shown))
    assert "\x1b" not in shown
