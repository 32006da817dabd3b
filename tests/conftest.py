"""Fixtures for all tests: real servers, one of each kind for the whole run of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import servers

pytest.register_assert_rewrite("tests.contract.mail_store")

# No test asserts a time: a busy machine must not make a property fail.
settings.register_profile("mailrescue", deadline=None)
settings.load_profile("mailrescue")


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[servers.Server]:
    """A Dovecot with the usual mailboxes and all that it can do; ``add`` gives each test an account of its own."""
    if not servers.has_dovecot():
        pytest.skip("dovecot-imapd is not installed")
    with servers.dovecot() as server:
        yield server
