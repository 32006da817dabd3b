"""Real mail of strangers: the installed command explains every folder of the corpus, and finds no phone interview of the user's in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FOLDERS = sorted(p.name for p in CORPUS.iterdir() if p.is_dir()) if CORPUS.is_dir() else []

pytestmark = pytest.mark.skipif(not FOLDERS, reason="the shared corpus is not beside the project (../shared/corpus)")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explain") / "config.toml"
    path.write_text('[me]\nname = "Sam Ashgrove"\naddresses = ["sam@ashgrove.example"]\nphone = "+33 6 39 98 00 00"\ntimezone = "Europe/Paris"\n', "utf-8")
    return path


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_interview_of_a_stranger(folder: str, config: Path) -> None:
    """One line of JSON for each file, in their order; nobody else's meeting is the user's phone interview."""
    call = [sys.executable, "-m", "mailrescue", "--config", config, "--state-dir", config.parent / "state", "explain", CORPUS / folder, "--json"]
    done = subprocess.run(call, capture_output=True, text=True, timeout=100, check=False)
    assert "" == done.stderr
    assert done.returncode in (0, 65)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted(str(p) for p in (CORPUS / folder).iterdir() if p.is_file()) == [a["path"] for a in answers]
    assert [] == [a["path"] for a in answers if a["interviews"]]
