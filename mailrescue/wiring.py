"""Builds what a command works with from the configuration. The only file that knows concrete stores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailrescue.config import Config, config_file, load, state_folder
from mailrescue.errors import ConfigurationError, UsageError
from mailrescue.model.account import Account, ImapAccount, MaildirAccount

if TYPE_CHECKING:
    from mailrescue.desk import Desk, Progress
    from mailrescue.drafting.render import Templates
    from mailrescue.journal import Journal
    from mailrescue.model.lexicon import Lexicon
    from mailrescue.stores.arrivals import Arrivals
    from mailrescue.stores.base import MailStore
    from mailrescue.stores.probe import Opened


class Workshop:
    """One run of the program: the configuration, and what is made from it when first needed."""

    def __init__(self, config: Path | None, state: Path | None, environ: Mapping[str, str], clock: Callable[[], datetime] | None = None) -> None:
        """``clock`` tells when a token ends; without one a token is renewed each time."""
        self._config, self._environ, self._clock = config, environ, clock
        self.state = state_folder(state, environ)
        self.progress: Progress | None = None       # who is told how far a scan has come
        self.until: float | None = None     # time.monotonic() at which a scan must have ended

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment that it was made with."""
        return self._environ

    @property
    def place(self) -> Path:
        """Where the configuration lies or would lie."""
        return config_file(self._config, self._environ)

    @property
    def elsewhere(self) -> bool:
        """Whether configuration or state lie where a bare environment would not look for them."""
        bare = {key: value for key, value in self._environ.items() if not key.startswith(("MAILRESCUE_", "XDG_"))}
        return bool({"MAILRESCUE_CONFIG", "MAILRESCUE_STATE_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME"} & self._environ.keys()) or (
            (self.place, self.state) != (config_file(None, bare), state_folder(None, bare))
        )

    @cached_property
    def config(self) -> Config:
        """The configuration. Raises ConfigurationError with every mistake."""
        return load(self._config, self._environ)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The vocabulary, the user's own folder after the built-in one."""
        from mailrescue import vocabulary

        own = self.config.vocabulary
        return vocabulary.load(*([own] if own.is_dir() else []))

    @cached_property
    def templates(self) -> Templates:
        """The templates, the user's own before the built-in ones."""
        from mailrescue.drafting.render import Templates

        own = self.config.templates
        return Templates(own if own.is_dir() else None)

    @cached_property
    def _judged_by(self) -> str:
        from mailrescue import unchanged

        return f"{unchanged.digest(unchanged.watched_paths(str(self.config.path), ()))[0]} {self.config.me}"

    def accounts(self, name: str | None = None) -> tuple[Account, ...]:
        """All accounts, or the one of that name. Raises ConfigurationError where there is none, UsageError for an unknown name."""
        accounts = self.config.accounts
        if not accounts:
            raise ConfigurationError(f"{self.config.path} names no account", "add [accounts.NAME] with type = \"imap\" or \"maildir\", or run mailrescue setup")
        chosen = tuple(a for a in accounts if name in (None, a.name))
        if not chosen:
            raise UsageError(f"there is no account {name!r}", f"the configuration has {', '.join(a.name for a in accounts)}")
        return chosen

    def store(self, account: Account, *, renew: bool = False, opened: tuple[Opened, Mapping[str, Any]] | None = None) -> MailStore:
        """The account's store; it connects when first asked, or goes on with ``opened``, a session that a glance left.

        ``renew``: with a fresh token, because the last login was refused.
        """
        secret = self.secret(account, renew=renew) if isinstance(account, ImapAccount) else _none_needed
        return open_store(account, secret, self.until, opened)

    def secret(self, account: ImapAccount, *, renew: bool = False) -> Callable[[], str]:
        """What gives the account's password or access token when a login needs it. Nothing is read yet."""
        if account.oauth2:
            from mailrescue import oauth

            return oauth.token_of(account, self._environ, self.state, self._clock, renew)
        from mailrescue import secrets

        return secrets.secret_of(account, self._environ)

    def arrivals(self, account: Account) -> Arrivals:
        """What tells when mail arrives in that account; it connects when first waited for."""
        from mailrescue.stores import arrivals

        if isinstance(account, MaildirAccount):
            return arrivals.MaildirArrivals(Path(account.path))
        if isinstance(account, ImapAccount):
            self.store(account).close()     # refuses what would show the password to the network
            secret = self.secret(account)
            where = (account.host, account.port, account.security, account.ca_file, account.user)
            return arrivals.ImapArrivals(lambda: arrivals.connected(*where, secret(), by_token=account.auth == "oauth2"))
        raise TypeError(account)

    def journal(self, *, dry_run: bool = False) -> Journal:
        """The journal; for a dry run a copy in memory."""
        from mailrescue.journal import Journal

        return Journal.copy(self.state) if dry_run else Journal.open(self.state)

    def desk(self, account: Account, journal: Journal, store: MailStore | None = None) -> Desk:
        """What a scan of that account works with."""
        from mailrescue.desk import Desk, silent

        config = self.config
        calendars = tuple(Path(c) for c in account.calendars)
        return Desk(account.name, store or self.store(account), journal, config.me, config.policy, self.lexicon, self.templates, calendars, self.progress or silent, self._judged_by)


def open_store(account: Account, secret: Callable[[], str], until: float | None = None, opened: tuple[Opened, Mapping[str, Any]] | None = None) -> MailStore:
    """The store of an account, with whatever gives its secret; it connects when first asked. A session is cut at ``until`` (time.monotonic())."""
    own = {"drafts": account.drafts, "sent": account.sent, "trash": account.trash, "mailboxes": account.mailboxes}
    overrides = {key: value for key, value in own.items() if value}
    if isinstance(account, MaildirAccount):
        from mailrescue.stores.maildir import MaildirStore

        return MaildirStore(account.name, Path(account.path), overrides)
    if isinstance(account, ImapAccount):
        from mailrescue.stores.imap import ImapStore

        return ImapStore(
            name=account.name, host=account.host, port=account.port, security=account.security, user=account.user,
            secret=secret, ca_file=account.ca_file, overrides=overrides, auth=account.auth, until=until, opened=opened,
        )  # fmt: skip
    raise TypeError(account)


def greet(account: ImapAccount, secret: Callable[[], str] | None = None) -> frozenset[str]:
    """What the account's server says it can, in upper case: before a login, or with ``secret`` after one. Hangs up again."""
    from mailrescue.stores import wire

    session = wire.Wire(account.host, account.port, account.security, account.ca_file)
    try:
        if secret is not None:
            session.login_by_token(account.user, secret()) if account.auth == "oauth2" else session.login(account.user, secret())
        return session.offered()
    finally:
        session.close()


def _none_needed() -> str:
    return ""
