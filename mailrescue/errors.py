"""What can go wrong, each kind with its exit status (sysexits.h) and its cure.

An error carries facts; the command line alone words them: one line, what happened, then what to do.
"""

from __future__ import annotations


class MailrescueError(Exception):
    """Something that the user, or the next run, can act on.

    ``args[0]`` says what happened, ``cure`` what to do about it (a sentence in the imperative).
    """

    exit_status = 70

    def __init__(self, what: str, cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.what.removesuffix('.')}: {self.cure}" if self.cure else self.what      # servers end their words with a full stop


class UsageError(MailrescueError):
    """The words on the command line are off (EX_USAGE)."""

    exit_status = 64


class RefusedForGood(MailrescueError):
    """The server refuses for good: mailbox gone, IMAP switched off (EX_UNAVAILABLE)."""

    exit_status = 69


class CannotCreate(MailrescueError):
    """State or draft could not be created; nothing was appended (EX_CANTCREAT)."""

    exit_status = 73


class CannotWrite(MailrescueError):
    """Disk full, database damaged or locked; nothing was appended (EX_IOERR)."""

    exit_status = 74


class PassingFault(MailrescueError):
    """Network, throttling: the next run will very likely do (EX_TEMPFAIL)."""

    exit_status = 75


class UncertainDraft(MailrescueError):
    """A draft whose fate is uncertain needs the user's eyes (EX_PROTOCOL)."""

    exit_status = 76


class LoginRefused(MailrescueError):
    """Password or token refused (EX_NOPERM)."""

    exit_status = 77


class ConfigurationError(MailrescueError):
    """Configuration, no Drafts mailbox, keyring locked or absent (EX_CONFIG).

    ``problems`` holds every mistake at once, each a (what, cure) pair.
    """

    exit_status = 78

    def __init__(self, what: str, cure: str = "", problems: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(what, cure)
        self.problems = problems
