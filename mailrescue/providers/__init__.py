"""Mail providers: whose server an address belongs to, how one gets in there, and where its tokens come from. Data stands in table.toml.

Reads that file and nothing else; finding the server of an address that is not in it is discovery.py's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Login = Literal["app-password", "password", "oauth2"]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where an authorization server is, and what is asked of it. ``again`` says why a login ends there, in the provider's own circumstances."""

    token_url: str
    scope: str
    authorize_url: str = ""
    device_url: str = ""            # empty: no device flow (RFC 8628)
    flow: Literal["device", "browser"] = "browser"
    redirect: str = "http://127.0.0.1:{port}/"      # RFC 8252 7.3
    secret: bool = False            # the token endpoint wants the client's secret
    parameters: tuple[tuple[str, str], ...] = ()
    again: str = "the password was changed, or access was taken back"


@dataclass(frozen=True, slots=True)
class Provider:
    """One row. ``steps`` are what the user does before the first login, in order."""

    key: str
    title: str
    host: str
    login: Login
    domains: tuple[str, ...] = ()
    mx: tuple[str, ...] = ()
    port: int = 993
    security: str = "tls"
    steps: tuple[str, ...] = ()
    page: str = ""
    know: str = ""
    oauth2: str = ""
    strip_spaces: bool = False      # shown in groups of four letters, meant without the spaces


@cache
def table() -> tuple[Provider, ...]:
    """Every provider."""
    return tuple(_provider(key, row) for key, row in _document().items() if key != "oauth2")


def of_domain(domain: str) -> Provider | None:
    """The provider that gives out addresses at that domain."""
    return next((p for p in table() if domain.lower() in p.domains), None)


def of_mx(name: str) -> Provider | None:
    """The provider whose mail exchanger that is: a domain of one's own, served there."""
    host = name.lower().rstrip(".")
    return next((p for p in table() if any(host == end or host.endswith(f".{end}") for end in p.mx)), None)


def of_host(host: str) -> Provider | None:
    """The provider whose IMAP server that is; loopback, where Proton's Bridge listens, is nobody's."""
    return next((p for p in table() if host.lower() == p.host and p.host != "127.0.0.1"), None)


@cache
def endpoints(name: str) -> Endpoints | None:
    """The authorization server of that name: ``microsoft``, ``google``, ``fastmail``."""
    row = _document()["oauth2"].get(name)
    if row is None:
        return None
    known = {key: value for key, value in row.items() if key != "parameters"}
    return Endpoints(**known, parameters=tuple(row.get("parameters", {}).items()))


def names_of_endpoints() -> tuple[str, ...]:
    """The authorization servers that have a name here."""
    return tuple(_document()["oauth2"])


@cache
def _document() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads((Path(__file__).parent / "table.toml").read_text("utf-8"))


def _provider(key: str, row: Mapping[str, Any]) -> Provider:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Provider(key=key, **values)
