"""Which mailbox plays which part: what servers, configurations and forty languages call them."""

from __future__ import annotations

import pytest

from mailrescue.errors import ConfigurationError
from mailrescue.stores.special_use import Candidate, choose


def listing(*names: str, delimiter: str = "/") -> list[Candidate]:
    """A LIST answer; ``\\Attribute`` words before a name stand on it."""
    found = []
    for entry in names:
        *attributes, name = entry.split(" ") if entry.startswith("\\") else [entry]
        while attributes and not attributes[-1].startswith("\\"):       # names may hold spaces
            name = f"{attributes.pop()} {name}"
        found.append(Candidate(name, frozenset(attributes), delimiter))
    return found


GMAIL_IN_FRENCH = listing(
    "INBOX", "\\Noselect [Gmail]", "\\Drafts [Gmail]/Brouillons", "\\Trash [Gmail]/Corbeille", "\\Flagged [Gmail]/Important", "\\Sent [Gmail]/Messages envoyés",
    "\\Junk [Gmail]/Spam", "\\All [Gmail]/Tous les messages", "Call log",
)   # fmt: skip


def test_special_use_attributes_decide() -> None:
    """Gmail in French: every part by its attribute, \\All before \\Archive, the call log by its name."""
    found = choose("work", GMAIL_IN_FRENCH, {})
    assert ("INBOX", "[Gmail]/Brouillons", "[Gmail]/Messages envoyés") == (found.inbox, found.drafts, found.sent)
    assert ("[Gmail]/Corbeille", "[Gmail]/Tous les messages", "[Gmail]/Spam") == (found.trash, found.archive, found.junk)
    assert ("Call log",) == found.evidence


@pytest.mark.parametrize(
    ("names", "drafts"),
    [
        pytest.param(["\\Drafts Skizzen", "Drafts"], "Skizzen", id="attribute before a better name"),
        pytest.param(["\\drafts Utkast"], "Utkast", id="attribute in another case"),
        pytest.param(["Entwürfe"], "Entwürfe", id="German Outlook"),
        pytest.param(["DRAFTS"], "DRAFTS", id="capitals"),
        pytest.param(["Draft"], "Draft", id="Yahoo"),
        pytest.param(["Черновики"], "Черновики", id="Russian"),
        pytest.param(["下書き"], "下書き", id="Japanese"),
        pytest.param(["草稿箱"], "草稿箱", id="Chinese"),
        pytest.param(["임시보관함"], "임시보관함", id="Korean"),
        pytest.param(["المسودات"], "المسودات", id="Arabic"),
        pytest.param(["Wersje robocze"], "Wersje robocze", id="Polish"),
        pytest.param(["Πρόχειρα"], "Πρόχειρα", id="Greek"),
        pytest.param(["Thư nháp"], "Thư nháp", id="Vietnamese"),
        pytest.param(["[Gmail]/Bozze"], "[Gmail]/Bozze", id="Gmail in Italian without attributes"),
        pytest.param(["[Google Mail]/Entwürfe"], "[Google Mail]/Entwürfe", id="Google Mail in Germany"),
        pytest.param(["INBOX/Concepten"], "INBOX/Concepten", id="below INBOX"),
        pytest.param(["Drafts", "Clients/Drafts", "Archive/Old/Drafts"], "Drafts", id="namesakes deeper down"),
        pytest.param(["\\Noselect Drafts", "Brouillons"], "Brouillons", id="a name that cannot be opened"),
        pytest.param(["Drafts", "\\Sent Entwürfe"], "Drafts", id="a name that its attribute denies"),
        pytest.param(["Kladder", "Drafts of contracts"], "Kladder", id="a name that merely begins so"),
    ],
)
def test_drafts_is_found(names: list[str], drafts: str) -> None:
    """By attribute, else by the one name that mail programs give it."""
    assert drafts == choose("work", listing("INBOX", *names), {}).drafts


@pytest.mark.parametrize(
    ("names", "said"),
    [
        pytest.param([], "no Drafts mailbox is found in account work (there: 'INBOX')", id="none"),
        pytest.param(["Clients/Drafts"], "no Drafts mailbox is found in account work (there: 'Clients/Drafts', 'INBOX')", id="one of somebody else's"),
        pytest.param(["Drafts", "Brouillons"], "2 mailboxes could be the Drafts of account work (there: 'Drafts', 'Brouillons')", id="two names"),
        pytest.param(["\\Drafts A", "\\Drafts B"], "2 mailboxes could be the Drafts of account work (there: 'A', 'B')", id="two attributes"),
        pytest.param(["Outbox", "Templates", "Unsent"], "no Drafts mailbox is found in account work (there: 'INBOX', 'Outbox', 'Templates', 'Unsent')", id="neighbours of drafts"),
    ],
)
def test_no_guess_where_drafts_is_not_one(names: list[str], said: str) -> None:
    """A refusal that lists the candidates and says which line to write."""
    with pytest.raises(ConfigurationError) as raised:
        choose("work", listing("INBOX", *names), {})
    assert (said, 'say which it is: drafts = "…" under [accounts.work]', 78) == (raised.value.what, raised.value.cure, raised.value.exit_status)


@pytest.mark.parametrize(
    ("configured", "drafts"),
    [
        pytest.param("Notes", "INBOX.Notes", id="without the prefix"),
        pytest.param("INBOX.Notes", "INBOX.Notes", id="whole"),
        pytest.param("inbox/notes", "INBOX.Notes", id="another case and delimiter"),
    ],
)
def test_the_configuration_decides_where_no_attribute_does(configured: str, drafts: str) -> None:
    """Before any name, however the user writes it."""
    found = choose("work", listing("INBOX", "INBOX.Notes", "INBOX.Drafts", delimiter="."), {"drafts": configured})
    assert drafts == found.drafts


def test_the_configuration_settles_two_attributes() -> None:
    """A server that marks two mailboxes leaves the choice to the user."""
    assert "B" == choose("work", listing("INBOX", "\\Drafts A", "\\Drafts B"), {"drafts": "B"}).drafts


@pytest.mark.parametrize("key", ["drafts", "sent", "trash", "mailboxes"])
def test_a_configured_name_must_exist(key: str) -> None:
    """Else the refusal names it, the key, and what is there."""
    drafts = [] if key == "drafts" else ["Drafts"]
    with pytest.raises(ConfigurationError, match=r"no mailbox 'Bruillons' \(there: .*'INBOX'") as raised:
        choose("work", listing("INBOX", *drafts), {key: ["Bruillons"] if key == "mailboxes" else "Bruillons"})
    assert f"correct {key} under [accounts.work]" == raised.value.cure


def test_of_two_names_of_sent_both_are_read() -> None:
    """The user's own mail may lie in either, whichever program wrote it."""
    found = choose("work", listing("INBOX", "Drafts", "Sent Messages", "Sent", "Gesendet"), {})
    assert ("Sent", ("Sent Messages", "Gesendet")) == (found.sent, found.evidence)


def test_the_outbox_is_not_sent() -> None:
    """What waits there was not sent."""
    assert choose("work", listing("INBOX", "Drafts", "Outbox", "Postausgang"), {}).sent is None


def test_archive_where_there_is_no_all() -> None:
    """\\All, else \\Archive, else their names."""
    assert "Box" == choose("work", listing("INBOX", "Drafts", "\\Archive Box", "All Mail"), {}).archive
    assert "Tout" == choose("work", listing("INBOX", "Drafts", "\\Archive Box", "\\All Tout"), {}).archive
    assert "Archiv" == choose("work", listing("INBOX", "Drafts", "Archiv"), {}).archive


def test_evidence_is_told_once_and_never_a_part() -> None:
    """Call logs anywhere, then what the account names; no mailbox that is read anyway."""
    listed = listing("INBOX", "Drafts", "Sent", "Phone/Call log", "Anrufliste", "Recruiters")
    found = choose("work", listed, {"mailboxes": ["Recruiters", "Sent", "Anrufliste", "Drafts", "recruiters"]})
    assert ("Phone/Call log", "Anrufliste", "Recruiters") == found.evidence
