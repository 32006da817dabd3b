"""The cells: where a scan is cut, in which way, and what must stand in Drafts after at most three runs.

Two stories are cut. *Write*: the interviewer did not call, a draft is due. *Refresh*: at 14:46 the draft that stands names a time that is over; a new one
is written, the old one moved to Trash. Each is cut in its first run; the second follows a minute later, the third when the quarantine is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults import rig
from tests.faults.proxy import Cut, Mode
from tests.faults.rig import Ran, Rig
from tests.wire.grammar import foreign

#: seconds for which a scan waits for a server that stalls; the program's own limit is a minute
PATIENCE = 0.4


@dataclass(frozen=True)
class Story:
    """The moments of the three runs, what the draft must not say at the end, and whether one stands before."""

    name: str
    runs: tuple[str, str, str]
    lacks: bytes = b""
    before: str = ""


WRITE = Story("write", (rig.DUE, rig.NEXT, rig.AFTER_QUARANTINE))
REFRESH = Story("refresh", (rig.LATER, rig.LATER_NEXT, rig.LATER_STILL), b"14:45", rig.DUE)


@dataclass(frozen=True)
class Step:
    """A moment of a session that has a name: ``at`` octets after ``pattern`` in one direction of one story's first run."""

    name: str
    story: Story
    direction: str
    pattern: bytes
    at: int = 0
    security: str = "none"


#: every moment at which client and server can lose each other with something at stake, and a few with nothing
STEPS = (
    Step("connect", WRITE, "c", b"", 0),
    Step("TLS hello", WRITE, "c", b"", 40, "tls"),
    Step("TLS answer", WRITE, "s", b"", 700, "tls"),
    Step("greeting", WRITE, "s", b"^\\* OK", 3),
    Step("CAPABILITY", WRITE, "c", rb"CAPABILITY\r\n"),
    Step("LOGIN sent", WRITE, "c", rb"LOGIN [^\r]*\r\n"),
    Step("LOGIN answered", WRITE, "s", rb"\d+ OK (?:\[CAPABILITY|Logged)", 4),
    Step("ID", WRITE, "c", rb"ID \([^\r]*\r\n"),
    Step("LIST", WRITE, "s", rb"\* LIST ", 9),
    Step("STATUS", WRITE, "s", rb"\* STATUS ", 9),
    Step("EXAMINE INBOX", WRITE, "c", rb'EXAMINE "INBOX"\r\n'),
    Step("UID SEARCH", WRITE, "s", rb"\* E?SEARCH ", 9),
    Step("UID FETCH of structures", WRITE, "s", rb"BODYSTRUCTURE \(", 50),
    Step("UID FETCH of mail", WRITE, "s", rb"BODY\[\](?:<0>)? \{\d+\}\r\n", 300),
    Step("EXAMINE Drafts", WRITE, "c", rb'EXAMINE "Drafts"\r\n'),
    Step("scan of Drafts", WRITE, "s", rb"BODY\[HEADER\] \{", 40),
    Step("APPEND begun", WRITE, "c", rb"APPEND "),
    Step("APPEND line", WRITE, "c", rb"APPEND [^\r]*\r\n"),
    Step("continuation", WRITE, "s", rb"(?m)^\+ ", 1),
    Step("literal, first octet", WRITE, "c", rb"APPEND [^\r]*\r\n", 1),
    Step("literal, half", WRITE, "c", rb"APPEND [^\r]*\r\n", 400),
    Step("literal, all but the end", WRITE, "c", rb"Kind regards,\r\nAda Quist\r\n"),
    Step("literal, whole", WRITE, "c", rb"Ada Quist\r\n[+\d ]+\r\n(?=\r\n)"),
    Step("last CRLF", WRITE, "c", rb"Ada Quist\r\n[+\d ]+\r\n\r\n"),
    Step("APPEND answered, begun", WRITE, "s", rb"(?m)^\w+ OK (?=\[APPENDUID)"),
    Step("APPEND answered, the UID missing", WRITE, "s", rb"\[APPENDUID \d+ "),
    Step("APPEND answered", WRITE, "s", rb"\[APPENDUID [^\r]*\r\n"),
    Step("fetch back, asked", WRITE, "c", rb"\r\n\w+ EXAMINE \"Drafts\"\r\n\w+ UID FETCH [^\r]*\r\n(?s:.*)UID FETCH \d+ [^\r]*\r\n(?=\w+ LOGOUT|$)"),
    Step("fetch back, answered", WRITE, "s", rb"APPENDUID(?s:.*)BODY\[\](?:<0>)? \{\d+\}\r\n", 200),
    Step("LOGOUT", WRITE, "c", rb"LOGOUT\r\n"),
    Step("refresh: APPEND line", REFRESH, "c", rb"APPEND [^\r]*\r\n"),
    Step("refresh: literal, half", REFRESH, "c", rb"APPEND [^\r]*\r\n", 400),
    Step("refresh: last CRLF", REFRESH, "c", rb"Ada Quist\r\n[+\d ]+\r\n\r\n"),
    Step("refresh: APPEND answered", REFRESH, "s", rb"\[APPENDUID [^\r]*\r\n"),
    Step("SELECT Drafts", REFRESH, "c", rb"SELECT [^\r]*\r\n"),
    Step("last look", REFRESH, "s", rb"APPENDUID(?s:.*)MODSEQ \(\d+\)", 5),
    Step("MOVE begun", REFRESH, "c", rb"UID MOVE "),
    Step("MOVE", REFRESH, "c", rb"UID MOVE [^\r]*\r\n"),
    Step("MOVE answered, begun", REFRESH, "s", rb"COPYUID"),
    Step("MOVE answered", REFRESH, "s", rb"COPYUID(?s:.*)OK [^\r]*\r\n"),
)


@dataclass(frozen=True)
class Result:
    """What came of a cell: empty ``wrong`` where all is as it must be; ``reached``: the run was indeed cut; ``known``: later runs were not repeated."""

    wrong: str
    reached: bool
    known: bool = False


def play(one: Rig, story: Story, cut: Cut | None, thorough: bool = True, **order: object) -> Result:
    """One cell. ``thorough``: the third run is made even where the second left nothing open, and other mailboxes are compared octet by octet."""
    one.wipe()
    if story.before:
        one.scan(story.before)
        if wrong := one.verdict(thorough=thorough):
            return Result(f"the story did not begin: {wrong}", False)
    first = cut_run(one, story, cut, **order)
    return first if first.wrong else go_on(one, story, cut, first.reached, thorough)


def cut_run(one: Rig, story: Story, cut: Cut | None, **order: object) -> Result:
    """The first run, broken; ``order`` is for the worker."""
    ran = one.scan(story.runs[0], cut, **{"read_seconds": PATIENCE, **order} if cut and cut.mode is Mode.STALL else order)
    reached = ran.status < 0 or any(session.was_cut for session in one.proxy.sessions)
    if not cut or cut.mode is not Mode.LATE:
        one.proxy.let_go()
    return Result(_misbehaved(ran, 0), reached)


def go_on(one: Rig, story: Story, cut: Cut | None, reached: bool, thorough: bool) -> Result:
    """The second run and, where something may still be open, the third."""
    if wrong := _in_between(one, story):
        return Result(wrong, reached)
    for number in (1, 2):
        ran = one.scan(story.runs[number])
        if wrong := _misbehaved(ran, number) or _in_between(one, story):
            return Result(wrong, reached)
        if not one.secret and (strange := [line for session in one.proxy.sessions if not session.was_cut for line in foreign(bytes(session.said["c"]))]):
            return Result(f"said what is not on the list: {strange[0]}", reached)
        if number == 1:
            one.proxy.deliver_late()
            if not thorough and (cut is None or cut.mode is not Mode.LATE) and not one.verdict(story.lacks, thorough):
                break
    return Result(one.verdict(story.lacks, thorough), reached)


def _misbehaved(ran: Ran, number: int) -> str:
    """A run that was cut ends silently with 75 or well; the later ones end well."""
    allowed = {0, 75, -9} if number == 0 else {0}
    if ran.status not in allowed:
        return f"run {number + 1} ended with {ran.status}: {ran.err.strip()[-300:]}"
    return "" if not ran.err else f"run {number + 1} said: {ran.err.strip()[-300:]}"


def _in_between(one: Rig, story: Story) -> str:
    """Never two of one kind without the next run knowing, never none where one stood."""
    count = len(one.drafts())
    if story.before:
        return "" if 1 <= count <= 2 else f"{count} drafts in between"
    return "" if count <= 1 else f"{count} drafts in between"
