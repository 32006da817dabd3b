"""A session that ``probe`` opened, as an IMAPClient: what was paid for once, a connection, TLS and a login, is not paid for again."""

from __future__ import annotations

import imaplib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mailrescue.stores.probe import Opened


def client(opened: Opened, host: str, port: int, timeout: Any) -> Any:
    """An IMAPClient that is connected and logged in. ``timeout`` is its SocketTimeout. What the server can it asks where the probe was not told."""
    from imapclient import IMAPClient

    class Adopting(IMAPClient):  # type: ignore[misc]  # it comes without types
        def _create_IMAP4(self) -> imaplib.IMAP4:
            return _Adopted(opened)

    adopted = Adopting(host, port, ssl=False, timeout=timeout)
    if opened.capabilities:
        adopted._cached_capabilities = tuple(word.encode("ascii", "replace") for word in sorted(opened.capabilities))
    return adopted


class _Adopted(imaplib.IMAP4):
    """imaplib's side of it. It would greet and ask for capabilities; here the greeting is behind it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._greeted = False
        super().__init__()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:    # noqa: ARG002  imaplib's signature
        self.host, self.port = host, port
        self.sock = self._opened.sock
        self.file = self.sock.makefile("rb")

    def readline(self) -> bytes:
        """The greeting that a logged-in session would have begun with (RFC 9051 7.1.4), then what the server says."""
        if not self._greeted:
            self._greeted = True
            return b"* PREAUTH opened before\r\n"
        return super().readline()

    def _get_capabilities(self) -> None:
        self.capabilities = tuple(sorted(self._opened.capabilities)) or ("IMAP4REV1",)
