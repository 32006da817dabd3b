"""Whole stories on a Maildir: what the mailbox must hold, moment by moment, as SPEC sections 4 and 5 promise.

Each folder beside this file is a story, in the format of ``../shared/stories/README.md`` and played by ``play.py`` there. They are other
people's interviews than the stories given with the contract, for the rules that those leave out.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
PLAY = HERE.parents[1] / "../shared/stories/play.py"
STORIES = sorted(path.parent for path in HERE.glob("*/story.toml"))
OF_VIDEO = sorted(path.parent for path in HERE.glob("video/*/story.toml"))
#: from so many steps on, a story takes more than a few seconds
MANY_STEPS = 11

pytestmark = pytest.mark.skipif(not PLAY.exists(), reason="the player of stories, ../shared/stories/play.py, is absent")


@pytest.fixture(scope="module")
def play() -> ModuleType:
    """The player, loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("play_stories", PLAY)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _marks(folder: Path) -> list[pytest.MarkDecorator]:
    steps = len(tomllib.loads((folder / "story.toml").read_text("utf-8"))["step"])
    return [pytest.mark.slow] if steps >= MANY_STEPS else []


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name, marks=_marks(folder)) for folder in STORIES])
def test_story(folder: Path, play: ModuleType, tmp_path: Path) -> None:
    """The story's mailbox holds at every step what it must, and nothing else of the user's was touched."""
    assert 0 < play.Stage(folder, tmp_path, [sys.executable, "-m", "mailrescue"], "maildir", False).play()


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in OF_VIDEO])
def test_story_of_a_video_interview(folder: Path, play: ModuleType, tmp_path: Path) -> None:
    """The same for a user who wants video interviews watched too."""
    stage = play.Stage(folder, tmp_path, [sys.executable, "-m", "mailrescue"], "maildir", False)
    with (tmp_path / "config.toml").open("a", encoding="utf-8") as file:
        file.write('[interviews]\nmodes = ["phone", "video"]\n')
    assert 0 < stage.play()


def test_a_flag_makes_a_draft_the_users(play: ModuleType, tmp_path: Path) -> None:
    """A draft with \\Flagged is no longer untouched: no CANCEL and no week withdraws it (the player itself has no step for a flag)."""
    stage = play.Stage(HERE / "moves-inside-the-window-us", tmp_path, [sys.executable, "-m", "mailrescue"], "maildir", False)
    stage.story["step"] = stage.story["step"][:2]
    stage.play()
    ((kind, path),) = stage.drafts()
    assert kind == "confirmation"
    flagged = path.with_name(path.name.partition(":2,")[0] + ":2,DFS")
    os.rename(path, flagged)
    written = flagged.read_bytes()

    stage.scan("2027-02-10T14:01:00-06:00")
    stage.scan("2027-02-18T14:01:00-06:00")

    assert written == flagged.read_bytes()
