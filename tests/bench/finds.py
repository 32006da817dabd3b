"""Which messages of a mailbox whose invites are known the stores take for invites."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mailrescue.stores.imap import ImapStore
from mailrescue.stores.maildir import MaildirStore

_EVER = datetime(2100, 1, 1, tzinfo=UTC)


def on_imap(tls_port: int | None, port: int, user: str, password: str, ca_file: str | None) -> set[str]:
    """UIDs; over TLS where there is a port for it."""
    store = ImapStore("bench", "127.0.0.1", tls_port or port, "tls" if tls_port else "none", user, lambda: password, ca_file)
    try:
        return {ref.uid for stretch in store.back("INBOX", None, _EVER) for ref, _ in stretch.calendars}
    finally:
        store.close()


def in_maildir(path: Path) -> set[str]:
    """Unique names."""
    return {ref.uid for stretch in MaildirStore("bench", path).back("INBOX", None, _EVER) for ref, _ in stretch.calendars}


def score_by_number(found: set[str], truth: Path) -> str:
    """On a fresh server the UID is the index plus one."""
    return _score(found, {str(invite["index"] + 1) for invite in _invites(truth)})


def score_by_name(found: set[str], truth: Path) -> str:
    return _score(found, {invite["file"].partition(":")[0] for invite in _invites(truth)})


def _invites(truth: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in truth.read_text().splitlines()]


def _score(found: set[str], true: set[str]) -> str:
    return f"{len(found & true)} of {len(true)}; {len(found - true)}"
