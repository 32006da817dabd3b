"""How far off a moment is, in the words of `status`; its screens stand in tests/end_to_end/test_screens.py."""

from __future__ import annotations

import pytest

from mailrescue.commands.status import Health, Overview, Row, away, drawn, plain
from tests import builders as make

ROW = Row("today 14:00", "in 2 h", "山田-1201", "山田 花子", "山田商事株式会社", "they call you", "scheduled", "confirmation", "no-show draft today 14:15, in 2 h 15 min", False)
OTHER = Row("today 16:00", "in 4 h", "granite-1201", "Bea Stone", "Granite", "you call them", "scheduled", "", "", False)
WELL = Health("a", make.START, None, "a: all is well, last scan 2 min ago")


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(0, "now"), (25, "in 25 min"), (-5, "5 min ago"), (135, "in 2 h 15 min"), (120, "in 2 h"), (60 * 20, "in 20 h"), (60 * 49, "in 2 days"), (-60 * 72, "3 days ago")],
)
def test_away(minutes: int, expected: str) -> None:
    """As one would say it."""
    assert expected == away(make.after(minutes), make.START)


def test_wide_characters_keep_the_columns() -> None:
    """A name in CJK takes two cells a character; what stands behind it begins in the same cell."""
    head, wide, narrow, *_ = plain(Overview((), (), (ROW, OTHER), (WELL,)))
    assert narrow.index("Granite ") == head.index("COMPANY")
    assert wide.index("山田商事") + sum(2 - 1 for c in wide[:wide.index("山田商事")] if ord(c) > 0x2e80) == head.index("COMPANY")


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_the_table_fits(columns: int) -> None:
    """With wide characters, too, and without colour."""
    from mailrescue.commands.columns import cells

    shown = drawn(Overview((), (), (ROW, OTHER), (WELL,)), columns, colour=False)
    assert "\x1b" not in shown
    assert all(cells(line) <= columns for line in shown.splitlines())
    assert "next: no-show" in shown


def test_nothing_in_view_is_said() -> None:
    """With how the accounts are."""
    assert ["no phone interviews in view", WELL.told] == plain(Overview((), (), (), (WELL,)))
    assert "No phone interviews in view." in drawn(Overview((), (), (), (WELL,)), 80, colour=True)
