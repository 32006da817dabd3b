"""Where one mailbox of the user's lies and how it is opened: what ``[accounts.NAME]`` says, checked. Paths are absolute, as text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Security(StrEnum):
    """How the connection is protected; NONE is for loopback hosts only."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


class Auth(StrEnum):
    """Where the secret comes from. OAUTH2: it is an access token, not a password."""

    KEYRING = "keyring"
    COMMAND = "command"
    OAUTH2 = "oauth2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What every kind of account has.

    ``drafts``, ``sent`` and ``trash`` name mailboxes where special-use does not tell, ``mailboxes`` further ones to read.
    ``calendars`` are folders of .ics files or single ones, read for free slots and more invites.
    """

    name: str
    drafts: str | None = None
    sent: str | None = None
    trash: str | None = None
    mailboxes: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth2Client:
    """Where this account's tokens come from: the user's own client id, and a provider by name (empty: by the IMAP host) or by its addresses."""

    client_id: str
    provider: str = ""
    authorize_url: str = ""
    token_url: str = ""
    device_url: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount(Account):
    """A mailbox behind an IMAP server. ``ca_file`` holds the certificate of a private authority.

    ``password_command`` and ``token_command`` are argument lists, run without a shell; at most one of them is set.
    ``oauth2`` is set where mailrescue itself gets the tokens.
    """

    host: str
    user: str
    port: int = 993
    security: Security = Security.TLS
    ca_file: str | None = None
    auth: Auth = Auth.KEYRING
    password_command: tuple[str, ...] = ()
    token_command: tuple[str, ...] = ()
    oauth2: OAuth2Client | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaildirAccount(Account):
    """A Maildir on this machine, Maildir++ or nested; ``path`` is its top folder."""

    path: str
