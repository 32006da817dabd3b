"""Labelled messages by several hands, judged as they lie here: every phone interview is found with its fields, and nothing else.

A set is laid out as ``../shared/judgement/README.md`` says (that judge also takes these); ``third_hand_invites`` holds one set for each person.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailrescue.judgement.phone_interview import judge
from mailrescue.model.interview import Finding, Me
from mailrescue.model.mail import MessageRef, StoredMessage
from mailrescue.reading import mime
from mailrescue.vocabulary import load

LEXICON = load()
HERE = Path(__file__).parent
SETS = sorted(path.name for path in HERE.iterdir() if any(path.rglob("invites.jsonl")))
READ_ON = datetime(2026, 11, 24, tzinfo=UTC)
LEGAL_FORMS = {"inc", "llc", "ltd", "gmbh", "ag", "sa", "sas", "sarl", "bv", "plc", "co"}
#: read otherwise than labelled, and why that stays
KNOWN = {("inv-34-two-events.eml", "company"): "an association signs with the word for association before its name"}


@pytest.mark.parametrize("name", SETS)
def test_invites_are_read_as_labelled(name):
    """What the tool says of each message is what its label says."""
    said = {(file, field): value for folder in _folders(HERE / name) for file, field, value in _differences(folder)}
    assert {} == {key: value for key, value in said.items() if key not in KNOWN}


def _folders(place: Path) -> list[Path]:
    return sorted(labels.parent for labels in place.rglob("invites.jsonl"))


def _differences(folder: Path) -> Iterator[tuple[str, str, str]]:
    me = _person(folder)
    for line in (folder / "invites.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        octets = (folder / "invites" / label["file"]).read_bytes()
        message = mime.read(StoredMessage(MessageRef("INBOX", 0, "1"), frozenset(), READ_ON, octets), me)
        found = [f for f in (judge(invite, message, me, LEXICON) for invite in message.invites) if isinstance(f, Finding)]
        if bool(found) != label["phone_interview"]:
            yield label["file"], "phone interview", f"{bool(found)}, but: {label['why']}"
        elif found:
            said = _fields(found[0])
            yield from ((label["file"], key, f"{said[key]!r}, but {label[key]!r}") for key in said if _plain(key, said[key]) != _plain(key, label[key]))


def _person(folder: Path) -> Me:
    v = tomllib.loads((folder / "me.toml").read_text("utf-8"))["me"]
    return Me(v["name"], tuple(v["addresses"]), re.sub(r"[^\d+]", "", v["phone"]), v["phone"], v["timezone"], tuple(v["languages"]))


def _fields(found: Finding) -> dict[str, object]:
    person = found.interviewer
    return {
        "start": found.start, "end": found.end, "direction": found.direction.value, "phone": found.phone, "access_code": found.access_code, "company": found.company,
        "interviewer_email": person.email if person else None, "interviewer_name": person.name if person else None, "language": found.language, "status": found.status.value,
    }  # fmt: skip


def _plain(key: str, value: object) -> object:
    """Case, accents, punctuation and a company's legal form do not count."""
    if key in ("start", "end"):
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    if key not in ("interviewer_name", "company"):
        return value or None
    words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", str(value or "")).encode("ascii", "ignore").decode().lower())
    return [word for word in words if word not in LEGAL_FORMS]
