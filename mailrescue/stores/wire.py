"""The one place from which IMAP commands leave: the few that mailrescue uses, and no other.

IMAPClient connects, logs in and appends; what is asked in bulk is written to, and read from, its connection as lines, because its
parser costs forty times what the server does. Every argument is ours or the server's own word, and passes ``_checked``: no NUL,
CR, LF or 8-bit octet ever enters a command, and no text of a mail does at all. What cannot be said from here: a SEARCH by words, a
bare EXPUNGE, CLOSE, a set of UIDs that could be empty, SELECT of anything but the mailbox of one withdrawal, a fetch that sets \\Seen.

Answers are streamed: one ``Exchange`` is open at a time, and what it has not yet read is kept for it when another begins.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from mailrescue.errors import ConfigurationError, LoginRefused, MailrescueError, PassingFault, RefusedForGood
from mailrescue.stores.stream import BLOCK, LONGEST_LINE, Stream

if TYPE_CHECKING:
    import ssl
    import threading

    from mailrescue.stores.probe import Opened

CONNECT_SECONDS = 15
READ_SECONDS = 60
#: longest command line; Courier dies above 16 KB, Dovecot says BAD above 64 KB
LONGEST_COMMAND = 8000
#: longest logical line that is kept: a message cut at base.LARGEST, and what stands around it
_LONGEST_ANSWER = 6 * 1024 * 1024
_LITERAL = re.compile(rb"\{(\d{1,12})\+?\}\r?\n$")
_MAY_END_IN_LITERAL = (b"}\r\n", b"}\n")
#: so many letters of a secret tell it from other words
_TELLING = 8
_UNSAFE = re.compile(rb"[^\x20-\x7e]")

_PASSING = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|SERVERBUG|EXPUNGEISSUED)\]|throttl|back-?off|temporar|try again|too many|rate limit|overload|timed? ?out|maintenance|internal error", re.I
)
_LOGIN = re.compile(r"\[(?:AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED)\]|authenticated but not connected|invalid credentials", re.I)
_SWITCHED_OFF = re.compile(r"\[CONTACTADMIN\]|not enabled for imap|imap (?:access|use)? ?(?:is )?(?:disabled|not enabled)|disabled for your domain", re.I)


#: picks the lines of use from a block of whole lines
Sift = Callable[[bytes], Iterable[bytes]]


class Refused(Exception):
    """A tagged NO or BAD. ``text`` is the server's, without control characters."""

    def __init__(self, status: str, text: str) -> None:
        super().__init__(f"{status} {text}")
        self.status = status
        self.text = text

    def has_code(self, *codes: str) -> bool:
        """Whether one of these response codes (RFC 5530) stands in it."""
        return any(re.search(rf"\[{code}[\] ]", self.text, re.I) for code in codes)


class Exchange:
    """The answers to commands that left in one write, line by line as they come.

    Iterating gives the untagged answers; ``finish`` reads to the end and raises Refused for the first NO or BAD. With ``sift``, which picks
    the lines of use from many, few others are kept.
    """

    def __init__(self, wire: Wire, tags: Sequence[bytes], sift: Sift | None = None) -> None:
        self._wire = wire
        self._sift = sift
        self._open = list(tags)
        self._kept: deque[bytes] = deque()
        self._completed: dict[bytes, bytes] = {}
        self._tags = tuple(tags)
        self.incomplete = False     # an answer was too long to be kept

    def __iter__(self) -> Iterator[bytes]:
        while self._kept or self._open:
            if not self._kept:
                self._read_one()
                continue
            yield self._kept.popleft()

    def next(self) -> bytes:
        """The next answer that completes nothing, as soon as it comes; empty once all is completed."""
        return next(iter(self), b"")

    def come_with(self, command: int) -> list[bytes]:
        """The untagged answers that come before that command (counted from 0) is completed, even if it is refused."""
        while self._tags[command] in self._open:
            self._read_one()
        answers = [*self._kept]
        self._kept.clear()
        return answers

    def up_to(self, command: int) -> list[bytes]:
        """As ``come_with``. Raises Refused where that command is refused."""
        answers = self.come_with(command)
        self._raise_refusal(self._tags[command])
        return answers

    def finish(self, first: int = 0) -> list[bytes]:
        """All answers that were not read yet, the completions at the end. Raises Refused for the first command refused, from that one on."""
        answers = list(self)
        for tag in self._tags[first:]:
            self._raise_refusal(tag)
        return answers + [self._completed[tag] for tag in self._tags]

    def keep_rest(self) -> None:
        """Read what is still to come and keep it: another command is about to be written."""
        while self._open:
            self._read_one()

    def _read_one(self) -> None:
        if self._sift and (block := self._wire.read_block(self._open)):
            self._kept.extend(self._sift(block))
            return
        line = self._wire.read_answer()
        if line is None:
            self.incomplete = True
        elif line.startswith((b"* ", b"+")):
            if line[2:3] in b"Bb" and line[:6].upper() == b"* BYE ":
                self._wire.broken = True
                raise PassingFault(f"the server ended the session: {_shown(line[6:])}", "the next scan will try again")
            self._kept.append(line)
        else:
            tag, _, rest = line.partition(b" ")
            if tag in self._open:     # completions may come in another order than the commands: Dovecot does that
                self._open.remove(tag)
                self._completed[tag] = rest

    def _raise_refusal(self, tag: bytes) -> None:
        state, _, text = self._completed[tag].partition(b" ")
        if state.upper() != b"OK":
            raise Refused(state.decode("ascii", "replace").upper(), _shown(text))


class Wire:
    """One session with one server. Raises PassingFault, LoginRefused, RefusedForGood, ConfigurationError; Refused where a command is."""

    def __init__(self, host: str, port: int, security: str, ca_file: str | None = None, until: float | None = None, opened: Opened | None = None) -> None:
        """Connect: TLS at once (``tls``), after STARTTLS, or not at all (``none``; the store allows that on loopback only).

        ``opened`` is a session that the probe logged in: it goes on here, and nothing is connected.
        At ``until`` (time.monotonic()) the connection is shut down: a server that sends one octet a minute holds no scan longer.
        """
        import imaplib
        import socket

        from imapclient import IMAPClient, SocketTimeout

        from mailrescue.stores import adopted

        self._compressed = False
        self.broken = False         # set by the first fault: no further command is of use
        self._where = f"{host}:{port}"
        self._current: Exchange | None = None
        self._prelude: list[bytes] = []
        with _faults(self._where):
            context = None if security == "none" or opened else _tls(ca_file)
            timeout = SocketTimeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
            self._client: Any = adopted.client(opened, host, port, timeout) if opened else IMAPClient(host, port, ssl=security == "tls", ssl_context=context, timeout=timeout)
            self._client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)     # else each APPEND waits for a delayed acknowledgement, 40 ms
            self._timer = self._begin_to_count(until)
            if security == "starttls" and not opened:
                self._start_tls(context)
        self._client.folder_encode = False      # names come encoded: what a server once listed goes back octet by octet
        self._imap = self._client._imap
        self._imap.debug = 0                    # IMAPClient sets 5: half a second a 100,000 lines
        self._stream: Stream | None = None      # once logged in, nothing is on its way, and octets are read here
        self._failures = (OSError, EOFError, imaplib.IMAP4.error)
        self.capabilities: frozenset[str] = frozenset()
        if opened:
            self._logged_in()
            self._prelude = []      # the probe has said who we are

    def _begin_to_count(self, until: float | None) -> threading.Timer | None:
        if until is None:
            return None
        import threading
        import time

        left = until - time.monotonic()
        if left <= 0:
            raise PassingFault(f"the run took too long, {self._where} is not asked again", "the next scan will go on")
        timer = threading.Timer(left, self._cut)
        timer.daemon = True
        timer.start()
        return timer

    def _cut(self) -> None:
        """From the timer's thread: whoever waits for an answer meets the end of the stream."""
        import socket

        with suppress(OSError):     # not connected any more
            socket.socket.shutdown(self._client.socket(), socket.SHUT_RDWR)     # not TLS's own, which takes its state apart

    def _start_tls(self, context: ssl.SSLContext | None) -> None:
        if not self._client.has_capability("STARTTLS"):
            raise ConfigurationError(f"{self._where} does not offer STARTTLS", 'set security = "tls" and its port, usually 993')
        self._client.starttls(context)

    # ---- logging in

    def login(self, user: str, password: str) -> None:
        """LOGIN, or AUTHENTICATE PLAIN where name or password are not plain ASCII. Raises LoginRefused."""
        with _hidden(password, f"\0{user}\0{password}"), _faults(self._where, login=user):
            if "LOGINDISABLED" in self.offered() and not self._client.has_capability("AUTH=PLAIN"):
                raise RefusedForGood(f"{self._where} allows no login by password", 'use auth = "oauth2", or another security')
            if (user + password).isascii() and "LOGINDISABLED" not in self.offered():
                self._client.login(_astring(_line(user)), _line(password))
            else:
                self._client.plain_login(_line(user), _line(password))
        self._logged_in()

    def login_by_token(self, user: str, token: str) -> None:
        """OAUTHBEARER (RFC 7628) where offered, else XOAUTH2. A refused token is answered with nothing, not sent a second time."""
        mechanism = "OAUTHBEARER" if self._client.has_capability("AUTH=OAUTHBEARER") else "XOAUTH2"
        bearer = f"auth=Bearer {_line(token)}\1\1"
        name = user.replace("=", "=3D").replace(",", "=2C")
        first = f"n,a={name},\1{bearer}" if mechanism == "OAUTHBEARER" else f"user={_line(user)}\1{bearer}"
        answers = iter([first.encode()])
        with _hidden(token, first), _faults(self._where, login=user):
            self._client.sasl_login(mechanism, lambda _challenge: next(answers, b"\1" if mechanism == "OAUTHBEARER" else b""))
        self._logged_in()

    def offered(self) -> frozenset[str]:
        """What the server says it can now, in upper case: before a login, too, which login ways it takes."""
        return frozenset(c.decode("ascii", "replace").upper() for c in self._client.capabilities())

    def _logged_in(self) -> None:
        with _faults(self._where):
            self.capabilities = self.offered()
        self._read_by(Stream(partial(self._imap.sock.recv, BLOCK)))
        if "ID" in self.capabilities:
            # Coremail (163.com, 126.com) refuses every mailbox to a client that does not say who it is (RFC 2971)
            self._prelude = [b'ID ("name" "mailrescue")']

    def _read_by(self, stream: Stream) -> None:
        self._stream, self._imap.read, self._imap.readline = stream, stream.read, stream.readline

    # ---- what is read

    def mailboxes(self) -> Exchange:
        """LIST of all mailboxes, with special-use attributes where they must be asked for (RFC 6154, RFC 5258)."""
        asks = {"SPECIAL-USE", "LIST-EXTENDED"} <= self.capabilities
        return self._write(b'LIST "" "*" RETURN (SPECIAL-USE)' if asks else b'LIST "" "*"')

    def status(self, mailboxes: Sequence[tuple[bytes, bool]]) -> Exchange:
        """STATUS of each, in one write; with True also whether anything in it was changed or is gone (RFC 7162 3.1.9 where offered)."""
        more = b" MESSAGES HIGHESTMODSEQ" if "CONDSTORE" in self.capabilities else b" MESSAGES"
        return self._write(*(b"STATUS %s (UIDNEXT UIDVALIDITY%s)" % (_quoted(name), more if closely else b"") for name, closely in mailboxes))

    def examine(self, mailbox: bytes, *then: bytes) -> Exchange:
        """EXAMINE: open read-only. ``then`` are commands of ``uid_fetch_command`` that leave in the same write."""
        return self._write(b"EXAMINE " + _quoted(mailbox), *then)

    def fetch(self, *commands: bytes, sift: Sift | None = None) -> Exchange:
        """FETCH commands, made by ``uid_fetch_command`` or ``fetch_command``."""
        return self._write(*commands, sift=sift)

    def uids_between(self, not_before: datetime | None, before: datetime | None) -> Exchange:
        """UID SEARCH by INTERNALDATE, a day wider on both sides: the server compares days of a zone of its own."""
        from datetime import timedelta

        keys = [b"SINCE " + _day(not_before - timedelta(days=1))] if not_before else []
        keys += [b"BEFORE " + _day(before + timedelta(days=2))] if before else []
        returning = b"RETURN (ALL) " if "ESEARCH" in self.capabilities else b""
        return self._write(b"UID SEARCH " + returning + b" ".join(keys or [b"ALL"]))

    def compress(self) -> None:
        """COMPRESS=DEFLATE (RFC 4978) from here on, where it is offered: structures shrink to a seventh."""
        if "COMPRESS=DEFLATE" not in self.capabilities or self._compressed:
            return
        from mailrescue.stores import deflate

        try:
            self._write(b"COMPRESS DEFLATE").finish()
        except Refused:
            return
        self._compressed = True
        self._read_by(deflate.begin(self._imap))

    # ---- what is written, in Drafts alone

    def append(self, mailbox: bytes, octets: bytes, when: datetime) -> bytes:
        """APPEND with \\Draft and \\Seen in the same command; the server's text, in which APPENDUID may stand. Raises Refused."""
        import imaplib

        self._settle()
        self.broken = True          # until it is answered: a scan that is interrupted here must not say another word
        with self._faults():
            try:
                answer = self._client.append(_checked(mailbox).decode("ascii"), octets, ("\\Draft", "\\Seen"), when)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                self.broken = False
                raise Refused("NO", _words(error)) from error
        self.broken = False
        return bytes(answer)

    def select_for_withdrawal(self, mailbox: bytes, uid: int, cut: int) -> Exchange:
        """SELECT Drafts and look at one message: UID, flags, MODSEQ where offered, octets up to ``cut``."""
        condstore = b" (CONDSTORE)" if "CONDSTORE" in self.capabilities else b""
        items = b"(UID FLAGS MODSEQ BODY.PEEK[]<0.%d>)" if condstore else b"(UID FLAGS BODY.PEEK[]<0.%d>)"
        return self._write(b"SELECT " + _quoted(mailbox) + condstore, b"UID FETCH %d " % _uid(uid) + items % cut)

    def move(self, uid: int, mailbox: bytes) -> list[bytes]:
        """UID MOVE of one message (RFC 6851)."""
        return self._write(b"UID MOVE %d %s" % (_uid(uid), _quoted(mailbox))).finish()

    def copy(self, uid: int, mailbox: bytes) -> list[bytes]:
        """UID COPY of one message."""
        return self._write(b"UID COPY %d %s" % (_uid(uid), _quoted(mailbox))).finish()

    def mark_deleted(self, uid: int, unchanged_since: int | None) -> list[bytes]:
        """\\Deleted on one message, only while its MODSEQ is no higher (RFC 7162 3.1.3) where that is known."""
        condition = b"(UNCHANGEDSINCE %d) " % unchanged_since if unchanged_since else b""
        return self._write(b"UID STORE %d %s+FLAGS (\\Deleted)" % (_uid(uid), condition)).finish()

    def unmark_deleted(self, uid: int) -> list[bytes]:
        """Take back ``mark_deleted``."""
        return self._write(b"UID STORE %d -FLAGS (\\Deleted)" % _uid(uid)).finish()

    def expunge(self, uid: int) -> list[bytes]:
        """UID EXPUNGE of one message (RFC 4315), never the EXPUNGE that takes all."""
        return self._write(b"UID EXPUNGE %d" % _uid(uid)).finish()

    def close(self) -> None:
        """LOGOUT without waiting for the farewell, then hang up. In the middle of a command hang up at once. Never raises."""
        if self.broken:         # a LOGOUT would end as the octets of an unfinished literal
            self.abandon()
            return
        with suppress(OSError, ValueError):     # the other side has hung up already
            self._imap.send(b"%s LOGOUT\r\n" % _tag(self._imap))
        self._hang_up()

    def abandon(self) -> None:
        """Hang up at once, so that nothing that still waits in a buffer of ours reaches the server later. Never raises."""
        import socket
        import struct

        with suppress(OSError, ValueError):
            self._client.socket().setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._client.socket().close()
        self._hang_up()

    def _hang_up(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with suppress(OSError, ValueError):
            self._client.shutdown()

    # ---- the connection

    def _write(self, *commands: bytes, sift: Sift | None = None) -> Exchange:
        self._settle()
        prelude, self._prelude = self._prelude, []
        lines = [(_tag(self._imap), _checked(command)) for command in (*prelude, *commands)]
        self._current = Exchange(self, [tag for tag, _ in lines[len(prelude):]], sift)
        with self._faults():
            self._imap.send(b"".join(b"%s %s\r\n" % line for line in lines))
        return self._current

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            with _faults(self._where):
                yield
        except MailrescueError:
            self.broken = True
            raise

    def _settle(self) -> None:
        if self._current is not None:
            self._current.keep_rest()
            self._current = None

    def read_block(self, tags: Sequence[bytes]) -> bytes:
        """The untagged lines that are here, if they are nothing else: no literal, no end of a command with one of the tags, no farewell. Else nothing."""
        stream, ends = self._stream, [tag + b" " for tag in tags]
        if stream is None:
            return b""
        with self._faults():
            block = stream.whole_lines(ends)
        if b"{" in block or b"\n* BYE" in block or block.startswith((b"* BYE", *ends)) or any(b"\n" + end in block for end in ends):
            return b""
        stream.skip(len(block))
        return block

    def read_answer(self) -> bytes | None:
        """One logical line, its literals included; None for one that is too long, whose octets are read and dropped."""
        try:
            line, kept = self._line()
            return self._with_literals(line, kept) if line.endswith(_MAY_END_IN_LITERAL) else line if kept else None
        except self._failures as error:
            self.broken = True
            raise _fault(error, self._where) from error

    def _with_literals(self, line: bytes, kept: bool) -> bytes | None:
        parts, length = [line], len(line)
        while literal := _LITERAL.search(line, max(0, len(line) - 20)):
            size = int(literal[1])
            length += size
            kept = kept and length <= _LONGEST_ANSWER
            parts = [*parts, self._octets(size)] if kept else self._skip(size)
            line, whole = self._line()
            length += len(line)
            kept = kept and whole and length <= _LONGEST_ANSWER
            parts.append(line)
        return b"".join(parts) if kept else None

    def _octets(self, size: int) -> bytes:
        octets: bytes = self._imap.read(size)
        if len(octets) < size:
            raise EOFError("closed in the middle of a message")
        return octets

    def _skip(self, size: int) -> list[bytes]:
        for left in range(size, 0, -65536):
            self._octets(min(left, 65536))
        return []

    def _line(self) -> tuple[bytes, bool]:
        """A line as it stands on the wire, and whether it is whole: of one above a million octets the last piece alone."""
        whole = True
        while not (line := self._imap.readline()).endswith(b"\n"):
            if len(line) < LONGEST_LINE:
                raise EOFError("closed")
            whole = False
        return line, whole


def uid_fetch_command(uids: str, items: bytes) -> bytes:
    """``UID FETCH`` of a set such as ``3:7,9`` or ``12:*``, never an empty one."""
    return b"UID FETCH %s %s" % (_set(uids), _items(items))


def fetch_command(low: int, high: int, items: bytes) -> bytes:
    """``FETCH`` by sequence number, from ``low`` to ``high``."""
    return b"FETCH %d:%d %s" % (_uid(low), _uid(high), _items(items))


def _items(items: bytes) -> bytes:
    if b"BODY[" in items or b"RFC822 " in items or b"RFC822)" in items:
        raise ValueError("a fetch that would set \\Seen")
    return items


def _set(uids: str) -> bytes:
    if not re.fullmatch(r"[1-9]\d{0,9}:\*|[1-9]\d{0,9}(?::[1-9]\d{0,9})?(?:,[1-9]\d{0,9}(?::[1-9]\d{0,9})?)*", uids):
        raise ValueError(f"not a set of UIDs: {uids!r}")
    return uids.encode("ascii")


def _uid(uid: int) -> int:
    if not 0 < uid <= 0xFFFFFFFF:
        raise ValueError(f"not a UID: {uid}")
    return uid


def _day(when: datetime) -> bytes:
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{when.day}-{months[when.month - 1]}-{when.year}".encode("ascii")


def _quoted(name: bytes) -> bytes:
    return b'"%s"' % _checked(name).replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def _checked(argument: bytes) -> bytes:
    if _UNSAFE.search(argument):
        raise ValueError("NUL, CR, LF or an 8-bit octet in an IMAP command")
    if len(argument) > LONGEST_COMMAND:
        raise ValueError("an IMAP command longer than servers take")
    return argument


def _line(secret: str) -> str:
    if any(letter in secret for letter in "\r\n\0"):
        raise ConfigurationError("the user's name or the secret holds a line break", "let password_command print the password alone")
    return secret


def _astring(user: str) -> str:
    """The user's name as LOGIN takes it: imaplib quotes the password only, and Exchange has names with backslashes."""
    return user if re.fullmatch(r"[A-Za-z0-9@._+~-]+", user) else '"' + user.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tag(imap: Any) -> bytes:
    tag: bytes = imap._new_tag()
    return tag


def _tls(ca_file: str | None) -> ssl.SSLContext:
    import ssl

    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ConfigurationError(f"the certificates of ca_file = {ca_file!r} cannot be read ({error})", "name a readable PEM file, or leave ca_file out") from error


def _shown(text: bytes) -> str:
    """A server's words, fit for a terminal and a log: one line, printable, no longer than 200 characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text.decode("utf-8", "replace"))[:200].strip()


def explain(refused: Refused, doing: str) -> PassingFault | LoginRefused | RefusedForGood:
    """The error that a refusal amounts to (RFC 5530, and what Exchange, Gmail and Yahoo say instead)."""
    said = f"the server refused to {doing}: {refused.text}"
    if _LOGIN.search(refused.text):
        return LoginRefused(said, "check the user's name and the secret; for Exchange, that the mailbox exists and IMAP is allowed")
    if _SWITCHED_OFF.search(refused.text):
        return RefusedForGood(said, "switch IMAP on in the account's settings, or ask the administrator")
    if _PASSING.search(refused.text):
        return PassingFault(said, "the next scan will try again")
    return RefusedForGood(said, "check that the mailbox still exists: mailrescue doctor")


@contextmanager
def _faults(where: str, login: str | None = None) -> Iterator[None]:
    """Turn what sockets, TLS and imaplib raise into our errors."""
    import imaplib

    try:
        yield
    except (OSError, EOFError, imaplib.IMAP4.error) as error:
        raise _fault(error, where, login) from error


@contextmanager
def _hidden(secret: str, response: str) -> Iterator[None]:
    """Let no error show the secret, in any shape that it was sent in: some servers repeat what they refuse. What caused the error is not kept either."""
    import base64

    try:
        yield
    except MailrescueError as error:
        begins = (secret[:_TELLING], base64.b64encode(response.encode()).decode()[:_TELLING])
        # quoted for the server, then by imaplib, and cut somewhere in the middle: from its first letters on nothing is shown
        found = re.search("|".join(r"\\*".join(map(re.escape, begin)) for begin in begins if begin), error.what)
        raise type(error)(f"{error.what[:found.start()]}(secret)" if found else error.what, error.cure) from None


def _fault(error: Exception, where: str, login: str | None = None) -> PassingFault | LoginRefused | RefusedForGood:
    """The error of ours, with its cure, for what a socket, TLS or imaplib raised."""
    import imaplib
    import socket
    import ssl

    again = "the next scan will try again"
    if isinstance(error, ssl.SSLCertVerificationError):
        cure = "check host and the computer's clock; for a private authority set ca_file; on a public network, sign in to it first"
        return PassingFault(f"the certificate of {where} is not trusted ({error.verify_message})", cure)
    if isinstance(error, ssl.SSLError):
        return PassingFault(f"no TLS with {where} ({error.reason or error})", 'check port and security: "tls" is for port 993, "starttls" for 143')
    if isinstance(error, socket.gaierror):
        return PassingFault(f"the name of {where} is not known ({error.strerror})", "check the network, and host in the configuration")
    if isinstance(error, TimeoutError):
        return PassingFault(f"{where} does not answer", again)
    # IMAPClient turns a connection lost during the login into a LoginError; its context tells
    lost = isinstance(error, imaplib.IMAP4.abort) or isinstance(error.__context__, imaplib.IMAP4.abort)
    if isinstance(error, imaplib.IMAP4.error) and not lost:
        return _refused_login(where, login, _words(error))
    return PassingFault(f"the connection to {where} failed ({_words(error) or 'closed'})", f"check the network; {again}")


def _words(error: Exception) -> str:
    """What imaplib says, which quotes servers as b'…'."""
    return re.sub(r"""^b(['"])(.*)\1$""", r"\2", _shown(str(error).encode("utf-8", "replace")))


def _refused_login(where: str, login: str | None, text: str) -> PassingFault | LoginRefused | RefusedForGood:
    if login is None or (_PASSING.search(text) and not _LOGIN.search(text)):
        return PassingFault(f"{where} answered: {text}", "the next scan will try again")
    if _SWITCHED_OFF.search(text):
        return RefusedForGood(f"{where} refuses {login}: {text}", "switch IMAP on in the account's settings, or ask the administrator")
    return LoginRefused(f"{where} refused the login of {login}: {text}", "check user and secret; many providers want an app password: mailrescue setup")

