"""SECURITY.md names tests: each of them is there."""

from __future__ import annotations

import re

from tests.faults.rig import ROOT


def test_every_test_that_the_page_names_is_there() -> None:
    """Files by their path, tests by their name, stories by their folder."""
    page = (ROOT / "SECURITY.md").read_text("utf-8")
    there = {name for path in (ROOT / "tests").rglob("*.py") for name in re.findall(r"def (test_\w+)\(", path.read_text("utf-8"))}
    named = set(re.findall(r"`(test_\w+)`", page))
    assert len(named) > 40
    assert set() == named - there
    assert [] == [path for path in re.findall(r"`(tests/[\w/]+(?:\.py)?)`", page) if not (ROOT / path).exists()]
    assert [] == [story for story in re.findall(r"`([a-z]+(?:-[a-z]+)+-[a-z]{2})`", page) if not (ROOT / "tests/stories" / story).is_dir()]
