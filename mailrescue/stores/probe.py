"""How far an account's mailboxes reach, asked with nothing but a socket: the one question of a scan that finds nothing new.

Our own, beside IMAPClient, because cron asks it every few minutes: IMAPClient alone costs 2.6 times what Python, TLS, a login and STATUS
cost. It speaks the plainest IMAP there is: greeting, STARTTLS where it is set, LOGIN (or AUTHENTICATE with its first response, RFC 4959),
STATUS of every mailbox in one write. Whatever is unusual (a literal, a continuation, a refusal, a word that it does not know) ends it
with ``Unusual``, and the scan begins anew through IMAPClient, which can say what is wrong. A session that is of use is handed on.
"""

from __future__ import annotations

TYPE_CHECKING = False       # as in glance
if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping
    from typing import Any

SECONDS = 15
#: all that a server says to the few commands here is far shorter
_LONGEST = 1 << 17
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@._+~-"


class Unusual(Exception):
    """Not what this module understands: ask through IMAPClient."""


class Refused(Exception):
    """The server says NO to the login. Servers count: it is not tried again in the same run."""


class Opened:
    """A session that is logged in: its socket, what the server can (upper case), and where each mailbox stands (name on the wire: numbers)."""

    def __init__(self, sock: socket.socket, capabilities: frozenset[str], standing: Mapping[str, Mapping[str, int]]) -> None:
        self.sock = sock
        self.capabilities = capabilities
        self.standing = standing

    def close(self) -> None:
        """LOGOUT without waiting for the farewell, then hang up. Never raises."""
        try:
            self.sock.sendall(b"z LOGOUT\r\n")
            self.sock.close()
        except OSError:
            return


def ask(account: Mapping[str, Any], secret: Callable[[], str]) -> Opened:
    """Log in and ask where the mailboxes stand that ``account["marks"]`` names.

    ``account``: host, port, security, ca_file, user, ``token`` (whether the secret is an access token), ``marks`` as the last scan left them, ``drafts``
    (which of them), ``names_us`` (whether the server wants ID). Raises Unusual or Refused, and what ``secret`` raises; that is asked first, it may take its time.
    """
    sock, word = None, secret()
    try:
        line = _Lines(sock := _connected(account))
        able = _capabilities(line.next())
        if account["security"] == "starttls":
            line = _Lines(sock := _start_tls(sock, line, account))
            able = frozenset()
        able = _login(line, account, word, able)
        return Opened(sock, able, _standing(line, account))
    except (OSError, ValueError, LookupError) as error:
        if sock is not None:
            sock.close()
        raise Unusual(str(error)) from error
    except (Unusual, Refused):
        if sock is not None:
            sock.close()
        raise


def mark(numbers: Mapping[str, int], drafts: bool) -> str:
    """Where a mailbox stands, as text: UIDVALIDITY and UIDNEXT tell of new mail; of Drafts, that one is gone or was touched matters too."""
    names = ("UIDVALIDITY", "UIDNEXT", "MESSAGES", "HIGHESTMODSEQ") if drafts else ("UIDVALIDITY", "UIDNEXT")
    return ":".join(str(numbers[name]) for name in names if name in numbers)


# ---- the session ---------------------------------------------------------------------------------------------------


class _Lines:
    """What the server says, line by line."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._kept = b""
        self._left = _LONGEST

    def next(self) -> bytes:
        while b"\r\n" not in self._kept:
            octets = self.sock.recv(16384)
            self._left -= len(octets)
            if not octets or self._left < 0:
                raise Unusual("the server hung up, or talks too much")
            self._kept += octets
        line, _, self._kept = self._kept.partition(b"\r\n")
        if line.endswith(b"}") or line.startswith(b"+") or line[:5].upper() == b"* BYE":
            raise Unusual(line.decode("ascii", "replace"))
        return line

    def up_to(self, tag: bytes) -> tuple[list[bytes], bytes]:
        """The untagged answers before that completion, and the completion without its tag."""
        answers = []
        while not (line := self.next()).startswith(tag + b" "):
            if not line.startswith(b"* "):
                raise Unusual(line.decode("ascii", "replace"))
            answers.append(line)
        return answers, line[len(tag) + 1 :]

    def at_rest(self) -> bool:
        return not self._kept


def _connected(account: Mapping[str, Any]) -> socket.socket:
    import socket

    sock = socket.create_connection((account["host"], account["port"]), SECONDS)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _secured(sock, account) if account["security"] == "tls" else sock


def _secured(sock: socket.socket, account: Mapping[str, Any]) -> socket.socket:
    import ssl

    authority = {"cafile": account["ca_file"]} if account["ca_file"] else _hashed_folder()
    return ssl.create_default_context(**authority).wrap_socket(sock, server_hostname=account["host"])


def _hashed_folder() -> dict[str, str]:
    """The system's authorities as a folder of files named by hash, of which one is read; the bundle of all costs 20 ms more. Nothing where there is none."""
    import os
    import ssl

    folder = ssl.get_default_verify_paths().capath
    named = os.environ.keys() & {"SSL_CERT_FILE", "SSL_CERT_DIR"}
    if folder and not named and any(name.endswith(".0") for name in os.listdir(folder)):
        return {"capath": folder}
    return {}


def _start_tls(sock: socket.socket, line: _Lines, account: Mapping[str, Any]) -> socket.socket:
    sock.sendall(b"s STARTTLS\r\n")
    _, ended = line.up_to(b"s")
    if not ended.upper().startswith(b"OK") or not line.at_rest():       # octets after the OK came unprotected (CVE-2021-23993 and its kin)
        raise Unusual("no STARTTLS")
    return _secured(sock, account)


def _login(line: _Lines, account: Mapping[str, Any], secret: str, able: frozenset[str]) -> frozenset[str]:
    line.sock.sendall(b"a " + _credentials(account, secret, able) + b"\r\n")
    answers, ended = line.up_to(b"a")
    if ended.upper().startswith(b"NO"):
        raise Refused(ended.decode("ascii", "replace"))
    if not ended.upper().startswith(b"OK"):
        raise Unusual(ended.decode("ascii", "replace"))
    told = [found for answer in (*answers, ended) if (found := _capabilities(answer))]
    return told[-1] if told else frozenset()        # Courier tells it only when asked; then who needs it asks


def _credentials(account: Mapping[str, Any], secret: str, able: frozenset[str]) -> bytes:
    user = account["user"]
    if not (user + secret).isascii() or not (user + secret).isprintable() or "LOGINDISABLED" in able:
        raise Unusual("a login by other means")
    if account["token"]:
        return _bearer(user, secret, able)
    name = user if user.strip(_PLAIN) == "" else _quoted(user)
    return f"LOGIN {name} {_quoted(secret)}".encode("ascii")


def _bearer(user: str, token: str, able: frozenset[str]) -> bytes:
    from base64 import b64encode

    if "SASL-IR" not in able:
        raise Unusual("a token needs its own exchange here")
    if "AUTH=OAUTHBEARER" in able:
        first = f"n,a={user.replace('=', '=3D').replace(',', '=2C')},\1auth=Bearer {token}\1\1"
        return b"AUTHENTICATE OAUTHBEARER " + b64encode(first.encode("ascii"))
    return b"AUTHENTICATE XOAUTH2 " + b64encode(f"user={user}\1auth=Bearer {token}\1\1".encode("ascii"))


def _standing(line: _Lines, account: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """STATUS of all in one write. Coremail (163.com) answers nobody who does not say who it is: ID goes before (RFC 2971)."""
    marks: Mapping[str, str] = account["marks"]
    asked = [b"STATUS %s (%s)" % (_quoted(name).encode("ascii"), _items(kept, name == account["drafts"])) for name, kept in marks.items()]
    if account["names_us"]:
        asked.insert(0, b'ID ("name" "mailrescue")')
    line.sock.sendall(b"".join(b"b%d %s\r\n" % numbered for numbered in enumerate(asked)))
    found: dict[str, dict[str, int]] = {}
    for number in range(len(asked)):
        answers, ended = line.up_to(b"b%d" % number)
        if not ended.upper().startswith(b"OK"):
            raise Unusual(ended.decode("ascii", "replace"))
        found.update(_numbers(answer) for answer in answers if answer[:9].upper() == b"* STATUS ")
    if not line.at_rest():
        raise Unusual("more than was asked for")
    return {name: found["INBOX" if name.upper() == "INBOX" else name] for name in marks}


def _items(kept: str, drafts: bool) -> bytes:
    more = (b" MESSAGES" if drafts else b"") + (b" HIGHESTMODSEQ" if kept.count(":") == 3 else b"")
    return b"UIDNEXT UIDVALIDITY" + more


def _numbers(answer: bytes) -> tuple[str, dict[str, int]]:
    name, _, rest = answer[9:].decode("ascii").rpartition(" (")
    if name.startswith('"') and name.endswith('"'):
        name = name[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    words = rest.removesuffix(")").upper().split()
    numbers = {key: int(value) for key, value in zip(words[::2], words[1::2], strict=True)}
    return "INBOX" if name.upper() == "INBOX" else name, numbers


def _capabilities(answer: bytes) -> frozenset[str]:
    """The words after CAPABILITY, in an answer of its own or in brackets."""
    _, found, rest = answer.decode("ascii", "replace").upper().partition("CAPABILITY ")
    return frozenset(rest.partition("]")[0].split()) if found else frozenset()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
