"""Which IMAP server an address belongs to: our table, then what its domain publishes, then the usual name. Each look is bounded and told.

Asked in this order: table.toml; the MX of the domain (which of the table's providers serves it); autoconfig of the domain itself
(https://autoconfig.DOMAIN, the form that Thunderbird reads); SRV (RFC 6186); Thunderbird's collection; imap.DOMAIN. MX and SRV need
the extra ``dns``. Nothing but the domain leaves this computer, and only over https or DNS; nobody logs in here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from mailrescue import providers
from mailrescue.providers import Provider

#: seconds that one look may take
_SECONDS = 5.0
_LARGEST_ANSWER = 128 * 1024
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z0-9-]{2,63}")
_HOST = re.compile(r"[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Server:
    """An IMAP server found. ``by`` says how, in words; ``provider`` is the table's row where it has one.

    ``doubtful``: plain DNS names a server outside of the domain, which whoever forges an answer can do, too (RFC 6186 6): the user must agree.
    """

    host: str
    port: int
    security: str
    user: str
    by: str
    provider: Provider | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """How the world is asked; the tests ask their own.

    ``get`` gives the octets behind an https address and raises OSError; ``dns`` gives the answers' texts for a name and a record type,
    and is None where no resolver is installed; ``listens`` tells whether somebody accepts a connection there.
    """

    get: Callable[[str], bytes]
    dns: Callable[[str, str], list[str]] | None
    listens: Callable[[str, int], bool]


def find(address: str, tell: Tell, network: Network | None = None) -> Server | None:
    """The server of an address, or None. ``tell`` hears one line for each look, before it is taken."""
    domain = _domain(address)
    known = providers.of_domain(domain)
    if known:
        return _of_provider(known, address, f"{known.title}, which is known")
    if not domain:
        return None
    world = network or Network(_get, _dns if find_spec("dns") else None, _listens)
    return next((found for look in (_by_mx, _by_autoconfig, _by_srv, _by_collection, _by_name) if (found := look(address, domain, tell, world))), None)


def _domain(address: str) -> str:
    """The domain in the form that DNS knows; empty where it is none."""
    written = address.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        ascii_form = written if written.isascii() else written.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return ascii_form if _DOMAIN.fullmatch(ascii_form) else ""


def _of_provider(provider: Provider, address: str, by: str) -> Server:
    return Server(provider.host, provider.port, provider.security, address, by, provider)


def _by_mx(address: str, domain: str, tell: Tell, world: Network) -> Server | None:
    if world.dns is None:
        tell("the extra \"dns\" is not installed: going on without MX and SRV")
        return None
    tell(f"asking DNS who takes mail for {domain}")
    found = next((p for name in world.dns(domain, "MX") if (p := providers.of_mx(name.split()[-1]))), None)
    return _of_provider(found, address, f"{found.title}, which takes mail for {domain}") if found else None


def _by_autoconfig(address: str, domain: str, tell: Tell, world: Network) -> Server | None:
    return _published(f"https://autoconfig.{domain}/mail/config-v1.1.xml", address, tell, world) or _published(
        f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml", address, tell, world
    )


def _by_collection(address: str, domain: str, tell: Tell, world: Network) -> Server | None:
    return _published(f"https://autoconfig.thunderbird.net/v1.1/{domain}", address, tell, world)


def _published(url: str, address: str, tell: Tell, world: Network) -> Server | None:
    tell(f"looking at {url}")
    try:
        octets = world.get(url)
    except (OSError, ValueError) as error:
        tell(f"  nothing there ({getattr(error, 'reason', None) or error})"[:160])
        return None
    return next(_in_autoconfig(octets, address, f"what {url} says"), None)


def _in_autoconfig(octets: bytes, address: str, by: str) -> Iterator[Server]:
    """The encrypted IMAP servers of a client configuration, in its order. A document with a DTD is not read: nobody needs one here."""
    from xml.etree import ElementTree

    if b"<!DOCTYPE" in octets or b"<!ENTITY" in octets:
        return
    try:
        root = ElementTree.fromstring(octets)
    except ElementTree.ParseError:
        return
    for entry in root.iterfind("./emailProvider/incomingServer[@type='imap']"):
        said = {name: (entry.findtext(name) or "").strip() for name in ("hostname", "port", "socketType", "username")}
        security = {"SSL": "tls", "STARTTLS": "starttls"}.get(said["socketType"].upper())
        host = _filled(said["hostname"], address)
        if security and _HOST.fullmatch(host) and said["port"].isdigit() and 0 < int(said["port"][:6]) < 65536:
            yield Server(host, int(said["port"]), security, _filled(said["username"], address) or address, by, providers.of_host(host))


def _filled(written: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    return written.replace("%EMAILADDRESS%", address).replace("%EMAILLOCALPART%", local).replace("%EMAILDOMAIN%", domain)


def _by_srv(address: str, domain: str, tell: Tell, world: Network) -> Server | None:
    """RFC 6186: _imaps first; a target of "." says that there is none."""
    ask = world.dns
    if ask is None:
        return None
    for service, security in (("_imaps", "tls"), ("_imap", "starttls")):
        tell(f"asking DNS for {service}._tcp.{domain}")
        for answer in sorted(ask(f"{service}._tcp.{domain}", "SRV"), key=_priority):
            _, _, port, name = answer.split()[:4]
            host = name.rstrip(".").lower()
            if _HOST.fullmatch(host) and port.isdigit():
                known = providers.of_host(host)
                return Server(host, int(port), security, address, f"the SRV record of {domain}", known, doubtful=not known and not f".{host}".endswith(f".{domain}"))
    return None


def _priority(answer: str) -> tuple[int, int]:
    priority, weight, *_ = answer.split()
    return int(priority), -int(weight)


def _by_name(address: str, domain: str, tell: Tell, world: Network) -> Server | None:
    for host in (f"imap.{domain}", f"mail.{domain}"):
        for port, security in ((993, "tls"), (143, "starttls")):
            tell(f"knocking at {host}:{port}")
            if world.listens(host, port):
                return Server(host, port, security, address, f"{host} answers")
    return None


# ---- the world ---------------------------------------------------------------------------------------------------------


def _get(url: str) -> bytes:
    import urllib.request

    with urllib.request.build_opener(_https_alone()).open(url, timeout=_SECONDS) as answer:
        return bytes(answer.read(_LARGEST_ANSWER))


def _https_alone() -> Any:
    import urllib.error
    import urllib.request

    class HttpsAlone(urllib.request.HTTPRedirectHandler):
        """Follows no redirection to http: whoever sits in between could then name the server that gets the password."""

        def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
            if not newurl.startswith("https://"):
                raise urllib.error.URLError("it leads to an address that is not https")
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    return HttpsAlone()


def _dns(name: str, kind: str) -> list[str]:
    import dns.exception
    import dns.resolver

    try:
        return [record.to_text() for record in dns.resolver.resolve(name, kind, lifetime=_SECONDS)]
    except dns.exception.DNSException:
        return []


def _listens(host: str, port: int) -> bool:
    import socket

    try:
        with socket.create_connection((host, port), _SECONDS):
            return True
    except (OSError, UnicodeError):
        return False
