"""Names of mailboxes on the wire (RFC 3501 5.1.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailrescue.stores import mutf7


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        pytest.param("INBOX", b"INBOX", id="ASCII"),
        pytest.param("Entwürfe", b"Entw&APw-rfe", id="one letter"),
        pytest.param("R&D", b"R&-D", id="an ampersand"),
        pytest.param("Черновики", b"&BCcENQRABD0EPgQyBDgEOgQ4-", id="a word"),
        pytest.param("~peter/mail/台北/日本語", b"~peter/mail/&U,BTFw-/&ZeVnLIqe-", id="the RFC's own example"),
        pytest.param("Post 📮", b"Post &2D3c7g-", id="beyond the basic plane"),
        pytest.param("a\nb", b"a&AAo-b", id="a line break cannot leave as one"),
    ],
)
def test_names_there_and_back(name: str, wire: bytes) -> None:
    """As servers write them."""
    assert (wire, name) == (mutf7.encode(name), mutf7.decode(wire))


@pytest.mark.parametrize("wire", [b"R&D", b"&APw", b"&APw-&APw-", b"Entw\xc3\xbcrfe", b"&AGE-", b"&!-"], ids=repr)
def test_what_does_not_survive_is_no_name(wire: bytes) -> None:
    """Such a name would come back as another mailbox's."""
    assert mutf7.decode(wire) is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_name_survives(name: str) -> None:
    """And holds nothing that could end a command."""
    wire = mutf7.encode(name)
    assert name == mutf7.decode(wire)
    assert all(0x20 <= octet <= 0x7E for octet in wire)
