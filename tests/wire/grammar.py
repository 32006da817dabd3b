"""Every line that mailrescue may say to an IMAP server. What matches nothing here must never leave the program.

Written against RFC 3501, 4315 (UIDPLUS), 6851 (MOVE), 7162 (CONDSTORE), 2971 (ID), not against the program: no bare EXPUNGE, no CLOSE, no DELETE, no RENAME,
no CREATE, no SUBSCRIBE, no STORE of \\Seen, no FETCH without PEEK, no SEARCH by words, no set of UIDs in a command that changes something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAME = r'"(?:[^"\\\x00-\x1f\x7f-\xff]|\\["\\]){1,200}"'
_NUMBER = r"[1-9]\d{0,19}"
_SET = rf"{_NUMBER}(?::(?:{_NUMBER}|\*))?(?:,{_NUMBER}(?::(?:{_NUMBER}|\*))?)*"
_ITEM = r"UID|FLAGS|INTERNALDATE|RFC822\.SIZE|BODYSTRUCTURE|MODSEQ|BODY\.PEEK\[(?:HEADER|HEADER\.FIELDS \([A-Z -]+\)|TEXT|[\d.]*(?:MIME)?)\](?:<\d+\.\d+>)?"
_DATE = r"\d{1,2}-[A-Z][a-z]{2}-\d{4}"

READS = (
    r"CAPABILITY", r"NOOP", r"LOGOUT", r"STARTTLS", r"IDLE", r"ID \(\"name\" \"mailrescue\"\)",
    r"LOGIN (?:[A-Za-z0-9@._+~-]+|\"[^\"]*\") (?:\"(?:[^\"\\]|\\.)*\"|[^ ]+)",
    r"AUTHENTICATE (?:PLAIN|XOAUTH2|OAUTHBEARER)(?: [A-Za-z0-9+/=]*)?",
    r'LIST "" "\*"(?: RETURN \(SPECIAL-USE\))?',
    rf"STATUS {_NAME} \((?:(?:UIDNEXT|UIDVALIDITY|MESSAGES|HIGHESTMODSEQ)(?: |(?=\))))+\)",
    rf"EXAMINE {_NAME}",
    rf"(?:UID )?FETCH {_SET} \((?:(?:{_ITEM})(?: |(?=\))))+\)",
    rf"UID SEARCH (?:RETURN \(ALL\) )?(?:ALL|(?:SINCE {_DATE})?(?: ?BEFORE {_DATE})?)",
)
#: to the mailbox with \Drafts, or from it, and one message at a time
WRITES = (
    rf'APPEND {_NAME} \(\\Draft \\Seen\) "[ \d]\d-[A-Z][a-z]{{2}}-\d{{4}} \d\d:\d\d:\d\d [+-]\d{{4}}" \{{\d+\+?\}}',
    rf"SELECT {_NAME}(?: \(CONDSTORE\))?",
    rf"UID MOVE {_NUMBER} {_NAME}", rf"UID COPY {_NUMBER} {_NAME}",
    rf"UID STORE {_NUMBER} (?:\(UNCHANGEDSINCE {_NUMBER}\) )?[+-]FLAGS \(\\Deleted\)", rf"UID EXPUNGE {_NUMBER}",
)
_ALLOWED = re.compile("|".join(f"(?:{line})" for line in (*READS, *WRITES)))
#: IMAPClient's tags, and the few letters of the glance
_TAGGED = re.compile(r"(?:[A-Z]{1,8}\d{1,6}|[a-z]\d{0,3}) (.*)", re.DOTALL)


def foreign(said: bytes, drafts: str = "Drafts", trash: str = "Trash") -> list[str]:
    """The lines of one connection's client that are not allowed."""
    return [line for line in lines(said) if not _allowed(line, drafts, trash)]


def lines(said: bytes) -> Iterator[str]:
    """Command lines without their tags; the literals of APPEND are skipped."""
    at, before = 0, ""
    while at < len(said):
        end = said.find(b"\r\n", at)
        line = said[at:end if end >= 0 else len(said)].decode("latin-1")
        at = (end if end >= 0 else len(said)) + 2
        tagged = _TAGGED.fullmatch(line)
        answers = (before.startswith("AUTHENTICATE ") and re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", line)) or (before == "IDLE" and line == "DONE")
        before = tagged[1] if tagged else "NOOP" if answers else f"untagged: {line}"      # an answer within a command passes as the least of commands
        yield before
        if literal := re.search(r"\{(\d+)\+?\}$", line):
            at += int(literal[1]) + 2


def _allowed(line: str, drafts: str, trash: str) -> bool:
    if not _ALLOWED.fullmatch(line):
        return False
    if line.startswith(("APPEND ", "SELECT ")):
        return line.split(" ")[1] == f'"{drafts}"'
    if line.startswith(("UID MOVE ", "UID COPY ")):
        return line.split(" ")[3] == f'"{trash}"'
    return True
