"""The manual page and the shells' completions, both made from the parser itself, so that they cannot tell another story than --help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from mailrescue import __version__

#: what is completed by the names of files, and by those of folders
_FILES, _FOLDERS = frozenset({"FILE", "TARGET"}), frozenset({"DIR", "FOLDER"})

_INTRODUCTION = (
    "mailrescue reads your mailbox, finds phone interviews among the invites, and watches the mail around each slot. When something goes wrong, and when "
    "all goes well, the right mail waits in your Drafts: a confirmation, a mail for the interviewer who did not call, for the call that you missed, for "
    "another time, a thank-you. It never sends anything, and changes nothing that it did not write.",
    "It runs from cron or a systemd timer, once every few minutes, or stays connected with the command watch.",
)
_FILES_READ = (
    ("~/.config/mailrescue/config.toml", "the configuration (macOS: ~/Library/Application Support/mailrescue/config.toml)"),
    ("templates/LANGUAGE/KIND.txt.j2", "beside it: your own words for a draft"),
    ("~/.local/state/mailrescue/journal.sqlite3", "what is remembered between two scans"),
)
_ENVIRONMENT = (
    ("MAILRESCUE_CONFIG", "the configuration, as --config names it"),
    ("MAILRESCUE_STATE_DIR", "the state folder, as --state-dir names it"),
    ("NO_COLOR", "where it is set and not empty, no colour and no bold type"),
)
_STATUS = (
    ("0", "done, or nothing to do"), ("64", "the words on the command line are off"), ("65", "a message could not be understood"),
    ("69", "the server refuses for good"), ("70", "a fault of ours"), ("73, 74", "could not write; nothing was drafted"),
    ("75", "a passing fault; the next run will do"), ("76", "look at a draft yourself"), ("77", "the login was refused"),
    ("78", "the configuration, the Drafts mailbox or the keyring"),
)  # fmt: skip


def completion(parser: argparse.ArgumentParser, shell: str) -> str:
    """The completion script for that shell."""
    import shtab

    for each in _parsers(parser):
        for action in each._actions:
            named: Any = action
            if action.metavar in _FILES:
                named.complete = shtab.FILE
            elif action.metavar in _FOLDERS:
                named.complete = shtab.DIRECTORY
    return str(shtab.complete(parser, shell=shell))


def page(parser: argparse.ArgumentParser) -> str:
    """The manual page in man(7) macros; the same for every run, so that it can be kept beside the source."""
    lines = [f'.TH MAILRESCUE 1 "" "mailrescue {__version__}" "User Commands"', ".SH NAME", "mailrescue \\- the right mail waiting in Drafts when a phone interview goes wrong"]
    lines += [".SH SYNOPSIS", ".B mailrescue", _inline("[--config FILE] [--state-dir DIR] [-v|-q] COMMAND …"), ".SH DESCRIPTION"]
    lines += [line for paragraph in _INTRODUCTION for line in (".PP", _inline(paragraph))]
    lines += [".SH OPTIONS", *_options(parser), ".SH COMMANDS"]
    for name, verb in _verbs(parser):
        lines += [line for entry in _command(f"mailrescue {name}", verb) for line in entry]
    for title, pairs in (("FILES", _FILES_READ), ("ENVIRONMENT", _ENVIRONMENT), ("EXIT STATUS", _STATUS)):
        lines += [f".SH {title}", *(line for name, what in pairs for line in (".TP", f".B {_inline(name)}", _inline(what)))]
    return "\n".join(lines) + "\n"


def _command(name: str, verb: argparse.ArgumentParser) -> Iterator[list[str]]:
    """A command: its words, what it does, its options, an example; then its actions."""
    actions = list(_verbs(verb))
    words = " ".join([name, *(_synopsis(action) for action in verb._actions if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction))])
    if not actions:
        example = (verb.epilog or "").removeprefix("example: ")
        yield [f".SS {_inline(words)}", _inline(verb.description or ""), *_options(verb), *([".PP", "Example:", ".EX", f"  {_inline(example)}", ".EE"] if example else [])]
    for action_name, action in actions:
        yield from _command(f"{name} {action_name}", action)


def _synopsis(action: argparse.Action) -> str:
    if action.option_strings:
        return f"[{_spelled(action, action.option_strings[-1])}]"
    shown = _argument(action)
    return {"?": f"[{shown}]", "*": f"[{shown} …]", "+": f"{shown} …"}.get(str(action.nargs), shown)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._VersionAction | argparse._SubParsersAction) or not action.help or action.help == argparse.SUPPRESS:
            continue
        words = ", ".join(_spelled(action, option) for option in action.option_strings) or _argument(action)
        yield from (".TP", f".B {_inline(words)}", _inline(action.help))


def _spelled(action: argparse.Action, option: str) -> str:
    return option if action.nargs == 0 else f"{option} {_argument(action)}"


def _argument(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return "|".join(str(choice) for choice in action.choices) if action.choices else action.dest.upper()


def _verbs(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for _, verb in _verbs(parser):
        yield from _parsers(verb)


def _inline(text: str) -> str:
    """Text that roff takes as it stands."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "\\&...")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
