"""iCalendar octets to components: a content-line reader (RFC 5545 3.1) that never raises and loses no event to another's fault.

Why not the icalendar package here: it gives up the whole file for one bad VALARM or a line of text before BEGIN, reads
CR-only files as empty, drops a SEQUENCE over 32 bits, and remembers a VTIMEZONE by its TZID for the life of the process, so
that two mails with "Customized Time Zone" contaminate each other. What an invitation needs are lines, parameters and nesting.
Recurrences are another matter: see agenda.py, which leaves them to the libraries made for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mailrescue.reading import charset, quirks

#: octets of a calendar part of a mail that are read at the most
LARGEST = 512 * 1024
_MOST_LINES = 200_000
_MOST_PROPERTIES = 2_000        # of one component
_MOST_PARAMETERS = 100
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: name in upper case, parameters (names in upper case, values unquoted), the value as it stands."""

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as TEXT (RFC 5545 3.3.11): line ends and escaped signs resolved."""
        return _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], self.value).replace("\r", "")

    def parameter(self, name: str) -> str:
        """A parameter's value, empty where it is absent."""
        return self.parameters.get(name, "")


@dataclass(slots=True)
class Component:
    """A component: its name in upper case, its properties in order, and the components within."""

    name: str
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        """The first property of that name that says something, else None."""
        return next((p for p in self.properties if p.name == name and p.value.strip()), None)

    def all(self, name: str) -> list[Property]:
        """Every property of that name."""
        return [p for p in self.properties if p.name == name]

    def text(self, name: str) -> str:
        """The first property of that name as TEXT, empty where there is none."""
        found = self.get(name)
        return found.text if found else ""

    def within(self, name: str) -> Iterator[Component]:
        """The components of that name, at any depth."""
        for component in self.components:
            if component.name == name:
                yield component
            yield from component.within(name)


def parse(octets: bytes, label: str = "") -> Component:
    """The components of a calendar, under one nameless root; several VCALENDARs may follow one another.

    ``label`` is the charset that the mail declares. Text before BEGIN, a missing END, lines wrapped without a space, and
    components within components that cannot hold them are all put right (quirks.py names who sends such).
    """
    root = Component("")
    open_: list[Component] = [root]
    for line in _lines(octets, label):
        prop = _property(line)
        if prop is None:
            continue
        if prop.name == "BEGIN":
            name = prop.value.strip().upper()
            while len(open_) > 1 and quirks.cannot_hold(open_[-1].name, name):
                open_.pop()
            component = Component(name)
            open_[-1].components.append(component)
            if len(open_) < _DEEPEST:
                open_.append(component)
        elif prop.name == "END":
            name = prop.value.strip().upper()
            if any(c.name == name for c in open_[1:]):
                while open_.pop().name != name:
                    pass
        elif len(open_[-1].properties) < _MOST_PROPERTIES:
            open_[-1].properties.append(prop)
    return root


_ESCAPE = re.compile(r"\\([nN\\;,:\"])")
_NAMED = re.compile(r"([A-Za-z0-9-]{1,60})(?=[;:])")
_PARAMETER = re.compile(r";\s{0,3}([A-Za-z0-9-]{1,60})=((?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*+)")


def _lines(octets: bytes, label: str) -> Iterator[str]:
    """Content lines, unfolded. Folds are undone in octets, since they may cut a letter in two (libical's 2446.ics)."""
    octets = quirks.one_octet_letters(octets)
    octets = re.sub(rb"\r*\n|\r", b"\n", octets)
    octets = re.sub(rb"\n{2,}", b"\n", octets)
    text = charset.decode(re.sub(rb"\n[ \t]", b"", octets), label)
    joined = ""
    for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        if joined and quirks.is_soft_broken(joined):
            joined = joined[:-1] + line
        elif joined and quirks.is_wrapped_without_space(line):
            joined += line
        else:
            if joined:
                yield joined
            joined = line
    yield joined


def _property(line: str) -> Property | None:
    name = _NAMED.match(line.lstrip("\ufeff \t"))
    if not name:
        return None
    line = line.lstrip("\ufeff \t")
    at = name.end()
    parameters: dict[str, str] = {}
    while len(parameters) < _MOST_PARAMETERS and (match := _PARAMETER.match(line, at)):
        parameters.setdefault(match[1].upper(), _unquoted(match[2]))
        at = match.end()
    colon = line.find(":", at)
    if colon < 0:
        return None
    upper = name[1].upper()
    value = quirks.quoted_printable(line[colon + 1:], parameters)
    return Property(upper, parameters, value)


def _unquoted(value: str) -> str:
    """A parameter's value without its quotes, RFC 6868 resolved, and the escapes that some write there all the same."""
    value = value.replace('"', "")
    if "^" in value:
        value = re.sub(r"\^([n'^])", lambda m: {"n": "\n", "'": '"', "^": "^"}[m[1]], value)
    return re.sub(r"\\([,;\\])", r"\1", value)
