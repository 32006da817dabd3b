"""Which mailbox is Drafts, Sent, Trash, archive, Junk, call log. Pure: a listing in, ``Mailboxes`` out, or a refusal that names the candidates.

The order: what the server says (special-use attributes of RFC 6154), then the account's configuration, then the names that mail
programs give (localized.py). Drafts is the one mailbox that is ever written, so it must be exactly one: never a guess, never
created. For the others, which are only read or receive what is withdrawn, the more usual name wins, and where two bear a name
of Sent, the second is read as evidence: the user's own mail may lie in either.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mailrescue.errors import ConfigurationError
from mailrescue.model.mail import Mailboxes
from mailrescue.stores import localized

_ATTRIBUTES = {"drafts": "\\drafts", "sent": "\\sent", "trash": "\\trash", "all": "\\all", "archive": "\\archive", "junk": "\\junk"}
_NAMES = {"drafts": localized.DRAFTS, "sent": localized.SENT, "trash": localized.TRASH, "all": localized.ALL, "archive": localized.ARCHIVE, "junk": localized.JUNK}
_NOT_SELECTABLE = {"\\noselect", "\\nonexistent"}
#: what a server may put before every name: Courier and older Cyrus (INBOX.), Gmail, Gmail in Germany and Britain
_PREFIXES = {"inbox", "[gmail]", "[google mail]"}
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mailbox as a LIST answer, or a look into a Maildir, shows it: name decoded, attributes as written (RFC 9051 7.3.1), hierarchy delimiter."""

    name: str
    attributes: frozenset[str] = frozenset()
    delimiter: str | None = None

    def has(self, attribute: str) -> bool:
        """Whether that attribute stands on it; their case does not count."""
        return any(attribute == own.lower() for own in self.attributes)


def choose(account: str, listed: Sequence[Candidate], overrides: Mapping[str, object]) -> Mailboxes:
    """The part that each mailbox plays in the account of that name.

    ``overrides`` is the account's configuration: ``drafts``, ``sent``, ``trash`` (a name each) and ``mailboxes`` (names).
    Raises ConfigurationError where not exactly one Drafts is found, or where a configured name does not exist.
    """
    usable = [mailbox for mailbox in listed if not any(mailbox.has(attribute) for attribute in _NOT_SELECTABLE)]
    question = _Question(account, usable, overrides)
    drafts = question.drafts()
    inbox = next((m.name for m in usable if m.name.upper() == "INBOX"), "INBOX")
    sent, trash, junk = (question.role(role) for role in ("sent", "trash", "junk"))
    archive = question.attributed("all") or question.attributed("archive") or question.named("all") or question.named("archive")
    chosen = [inbox, drafts, *sent[:1], *trash[:1], *archive[:1], *junk[:1]]
    evidence = dict.fromkeys([*sent[1:], *question.call_logs(), *question.configured_evidence()])
    return Mailboxes(
        inbox, drafts, _first(sent), _first(trash), _first(archive), _first(junk), tuple(name for name in evidence if name not in chosen)
    )


def _first(names: Sequence[str]) -> str | None:
    return names[0] if names else None


@dataclass(frozen=True, slots=True)
class _Question:
    account: str
    usable: Sequence[Candidate]
    overrides: Mapping[str, object]

    def drafts(self) -> str:
        found = self.role("drafts")
        if len(found) == 1:
            return found[0]
        seen = ", ".join(repr(name) for name in found or sorted(m.name for m in self.usable)[:_SHOWN]) or "none at all"
        what = f"{len(found)} mailboxes could be the Drafts of account {self.account}" if found else f"no Drafts mailbox is found in account {self.account}"
        raise ConfigurationError(f"{what} (there: {seen})", f'say which it is: drafts = "…" under [accounts.{self.account}]')

    def role(self, role: str) -> list[str]:
        """What plays that part, the likeliest first; one name wherever attribute or configuration decides."""
        by_attribute = self.attributed(role)
        if len(by_attribute) == 1:
            return by_attribute
        configured = self.overrides.get(role)
        if configured:
            return [self.existing(str(configured), role)]
        return by_attribute or self.named(role)

    def attributed(self, role: str) -> list[str]:
        return [mailbox.name for mailbox in self.usable if mailbox.has(_ATTRIBUTES[role])]

    def named(self, role: str) -> list[str]:
        """Those that bear a name of that role, without an attribute that gives them another part."""
        free = [m for m in self.usable if not any(m.has(attribute) for other, attribute in _ATTRIBUTES.items() if other != role)]
        return _by_rank(free, _NAMES[role])

    def call_logs(self) -> list[str]:
        known = {fold(name) for name in localized.CALL_LOG}
        return [mailbox.name for mailbox in self.usable if fold(_path(mailbox)[-1]) in known]

    def configured_evidence(self) -> list[str]:
        wanted = self.overrides.get("mailboxes") or ()
        names = [wanted] if isinstance(wanted, str) else list(wanted) if isinstance(wanted, Iterable) else []
        return [self.existing(str(name), "mailboxes") for name in names]

    def existing(self, wanted: str, key: str) -> str:
        """The listed name that the configuration means: as it is, else whatever its case, accents' form, delimiter or INBOX prefix."""
        exact = [m.name for m in self.usable if m.name == wanted]
        alike = exact or [m.name for m in self.usable if _same_path(m, wanted)]
        if len(alike) == 1:
            return alike[0]
        there = ", ".join(repr(name) for name in sorted(m.name for m in self.usable)[:_SHOWN])
        raise ConfigurationError(f"account {self.account} has no mailbox {wanted!r} (there: {there})", f"correct {key} under [accounts.{self.account}]")


def _by_rank(mailboxes: Iterable[Candidate], names: Sequence[str]) -> list[str]:
    ranks: dict[str, int] = {}
    for rank, name in enumerate(names):
        ranks.setdefault(fold(name), rank)
    found = [(ranks[fold(path[0])], m.name) for m in mailboxes if len(path := _path(m)) == 1 and fold(path[0]) in ranks]
    return [name for _, name in sorted(found, key=lambda pair: pair[0])]


def _path(mailbox: Candidate) -> list[str]:
    """The name's levels without the prefix that the server puts before all of them."""
    levels = mailbox.name.split(mailbox.delimiter) if mailbox.delimiter else [mailbox.name]
    return levels[1:] if len(levels) > 1 and levels[0].lower() in _PREFIXES else levels


def _same_path(mailbox: Candidate, wanted: str) -> bool:
    levels = mailbox.name.split(mailbox.delimiter) if mailbox.delimiter else [mailbox.name]
    asked = [_plain(level) for level in wanted.replace("/", mailbox.delimiter or "/").split(mailbox.delimiter or "/")]
    return asked in ([_plain(level) for level in levels], [_plain(level) for level in _path(mailbox)])


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def fold(name: str) -> str:
    """A mailbox's name as names are compared: no case, accents, spaces or punctuation."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(letter for letter in letters if letter.isalnum())
