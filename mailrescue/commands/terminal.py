"""The user at a terminal, as a wizard sees them: told a line, asked for one, asked for a secret. With answers given beforehand nobody is asked."""

from __future__ import annotations

import sys
from typing import Protocol

from mailrescue.commands.progress import Meter
from mailrescue.commands.show import safe
from mailrescue.errors import UsageError


class Terminal(Protocol):
    """Whoever answers. ``option`` names the command line's way to give the same answer."""

    def say(self, line: str = "") -> None:
        """Tell one line."""

    def ask(self, question: str, default: str, option: str) -> str:
        """One line, outer spaces taken off; ``default`` (which may be empty) where nothing is typed."""

    def secret(self, question: str, option: str) -> str:
        """One line that is not shown."""


class Person:
    """Somebody at a real terminal, who sees by ``meter`` that the program is still at work."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def say(self, line: str = "") -> None:
        """See Terminal."""
        with self._meter.interrupted():
            _write(line)

    def ask(self, question: str, default: str, option: str) -> str:  # noqa: ARG002  they are asked
        """See Terminal."""
        try:
            with self._meter.interrupted():
                return input(f"{question}{f' [{safe(default)}]' if default else ''}: ").strip() or default
        except EOFError:
            raise UsageError("the input has ended", "answer the questions, or give options: mailrescue setup --help") from None

    def secret(self, question: str, option: str) -> str:  # noqa: ARG002  they are asked
        """See Terminal."""
        import getpass

        try:
            with self._meter.interrupted():
                return getpass.getpass(f"{question} (is not shown): ")
        except EOFError:
            raise UsageError("the input has ended", "answer the questions, or give options: mailrescue setup --help") from None


class Nobody:
    """All was said on the command line: what has a default takes it, a secret comes from standard input where that was allowed."""

    def __init__(self, meter: Meter, secrets_on_stdin: bool) -> None:
        self._meter, self._stdin = meter, secrets_on_stdin

    def say(self, line: str = "") -> None:
        """See Terminal."""
        with self._meter.interrupted():
            _write(line)

    def ask(self, question: str, default: str, option: str) -> str:
        """See Terminal. Raises UsageError where there is no default."""
        if not default:
            raise UsageError(f"nobody is here to answer: {question}", f"give {option}, or run it in a terminal")
        return default

    def secret(self, question: str, option: str) -> str:
        """See Terminal. Raises UsageError where standard input holds no line, or may not be read."""
        line = sys.stdin.readline().rstrip("\r\n") if self._stdin else ""
        if not line:
            raise UsageError(f"nobody is here to answer: {question}", f"give {option}, or run it in a terminal")
        return line


def yes(terminal: Terminal, question: str, default: bool, option: str) -> bool:
    """A question of yes or no; asked again until one is said."""
    while True:
        said = terminal.ask(f"{question} (yes/no)", "yes" if default else "no", option).lower()
        if said in ("y", "yes", "n", "no"):
            return said.startswith("y")
        terminal.say("  yes or no, please")


def command(text: str, option: str) -> tuple[str, ...]:
    """A program and its arguments, quoted as for a shell; none reads it. Raises UsageError where a quotation does not end."""
    import shlex

    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise UsageError(f"{option}: {error}", "quote each argument that has spaces, as: pass show 'my mail'") from None


def _write(line: str) -> None:
    sys.stdout.write(f"{safe(line)}\n")
    sys.stdout.flush()
