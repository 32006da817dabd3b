"""``pytest tests/golden --write-golden`` writes the drafts that are missing; ``--write-golden=force`` writes over those that differ.

Nothing else writes them. Read what was written as its recipient would, then commit it.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", nargs="?", const="missing", default="never", choices=("never", "missing", "force"), help="write golden drafts")


@pytest.fixture
def write_golden(request: pytest.FixtureRequest) -> str:
    return str(request.config.getoption("--write-golden", default="never"))
