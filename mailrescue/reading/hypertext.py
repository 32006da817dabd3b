"""HTML of mails to text: answers what a reader sees, line by line, with quoted history marked by ">" as in plain text.

Our own, because none of the ready ones fits: inscriptis brings lxml and requests, selectolax gives text without lines or
quotes, html.parser takes quadratic time on broken comments and tags. One pass, no tree, bounded by the length of the input.
It follows no link and loads nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

#: letters that are read at the most
LONGEST = 400_000
_LONGEST_TAG = 8_000

_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:]{0,20})(?=[\s>]|/\s?(?:>|$)|$)")      # "<https://…>" and "<orla@…>" are words
_ATTRIBUTE = re.compile(r"([A-Za-z][\w:-]{0,30})\s{0,5}=\s{0,5}(?:\"([^\"]{0,4000})\"?|'([^']{0,4000})'?|([^\s\"'>]{1,4000}))")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|mso-hide\s{0,3}:\s{0,3}all|visibility\s{0,3}:\s{0,3}hidden", re.I)
_BLOCKS = frozenset("address article aside center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header li main nav ol p pre "
                    "section table tbody thead tfoot tr ul blockquote body html hr".split())
_APART = frozenset("p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre".split())     # a blank line around them
_UNSEEN = frozenset("script style head title noscript template object svg math select textarea xml".split())
_VOID = frozenset("br hr img input meta link area base col embed source wbr".split())


@dataclass(frozen=True, slots=True)
class Read:
    """The text, and each telephone link as the words before its number: ("Call Orla", "+441632960741")."""

    text: str
    telephones: tuple[tuple[str, str], ...] = ()


def looks_like(text: str) -> bool:
    """Whether a text that claims to be plain is HTML (senders that label both alternatives text/plain)."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<body", "<div", "<p>", "<table")) or ("<br" in head and "</" in head and "<p" in head)


def read(html: str) -> Read:
    """The words of an HTML body. Hidden text (preheaders) and what no reader sees is left out."""
    page = _Page()
    for is_tag, piece in _tokens(html[:LONGEST]):
        if is_tag:
            page.tag(piece)
        else:
            page.words(piece)
    return Read(page.finished(), tuple(dict.fromkeys(page.telephones))[:50])


def telephones(html: str) -> tuple[tuple[str, str], ...]:
    """The telephone links alone."""
    return read(html).telephones if "tel:" in html[:LONGEST].lower() else ()


def _tokens(html: str) -> list[tuple[bool, str]]:
    """Tags without their brackets, and the text between; comments and the content of unseen elements dropped."""
    tokens: list[tuple[bool, str]] = []
    lowered, at = html.lower(), 0
    if len(lowered) != len(html):           # a letter whose lower case is longer (İ): keep offsets true
        lowered = html
    missing: set[str] = set()               # ends that do not come again: looked for only once
    careful = 300                           # tags with odd quotes that are looked at closely
    while at < len(html):
        opening = html.find("<", at)
        opening = len(html) if opening < 0 else opening
        if opening > at:
            tokens.append((False, html[at:opening]))
        if opening == len(html):
            break
        if html.startswith("<!--", opening):
            at = _after("-->", lowered, opening + 4, missing) or opening + 4
            continue
        name = _NAME.match(html, opening + 1)
        if not name and html[opening + 1:opening + 2] not in {"!", "?"}:
            tokens.append((False, "<"))
            at = opening + 1
            continue
        at = _after(">", html, opening, missing) or opening + 2
        if careful and html.count('"', opening, at) % 2:
            careful -= 1
            at = _end_of_quoted_tag(html, opening) or at
        tokens.append((True, html[opening + 1:at - 1]))
        element = name[1].lower() if name else ""
        if element in _UNSEEN and html[opening + 1] != "/":
            at = _after(f"</{element}", lowered, at, missing) or at
            at = (html.find(">", at) + 1 or at) if html.startswith((">", " "), at) else at
    return tokens


def _after(what: str, text: str, at: int, missing: set[str]) -> int:
    found = text.find(what, at) if what not in missing else -1
    if found < 0:
        missing.add(what)
        return 0
    return found + len(what)


_QUOTED_TAG = re.compile(r"<(?:[^\"'>]|\"[^\"]{0,4000}\"|'[^']{0,4000}')*+>")


def _end_of_quoted_tag(html: str, opening: int) -> int:
    """The offset after the ">" that stands outside quoted values; 0 where the quotes never close."""
    match = _QUOTED_TAG.match(html, opening, opening + _LONGEST_TAG)
    return match.end() if match else 0


@dataclass(slots=True)
class _Page:
    lines: list[str] = field(default_factory=list)
    telephones: list[tuple[str, str]] = field(default_factory=list)
    _line: list[str] = field(default_factory=list)
    _quotes: list[bool] = field(default_factory=list)
    _hidden: list[str] = field(default_factory=list)
    _pre: int = 0
    _link: str = ""
    _anchor: list[str] = field(default_factory=list)
    _listed: list[int] = field(default_factory=list)

    def words(self, piece: str) -> None:
        from html import unescape

        if self._hidden:
            return
        text = unescape(piece) if "&" in piece else piece
        if self._link:
            self._anchor.append(text)
        if self._pre:
            first, *rest = text.split("\n")
            self._line.append(first)
            for line in rest:
                self._end_line()
                self._line.append(line)
        else:
            self._line.append(re.sub(r"[ \t\r\n\f]+", " ", text))

    def tag(self, piece: str) -> None:
        name = _NAME.match(piece)
        if not name:
            return
        element, closing = name[1].lower(), piece.startswith("/")
        if self._skips(element, closing, piece):
            return
        if element == "br":
            self._end_line(always=True)
        elif element == "a":
            self._anchored(closing, piece)
        elif element in {"td", "th"}:
            self._line.append(" ")
        elif element in _BLOCKS:
            self._block(element, closing, piece)

    def finished(self) -> str:
        self._end_line()
        kept: list[str] = []
        for line in self.lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        return "\n".join(kept).strip("\n")

    def _skips(self, element: str, closing: bool, piece: str) -> bool:
        """Whether the tag stands in something hidden; nested elements of the same name are counted."""
        if self._hidden:
            if element == self._hidden[-1]:
                if closing:
                    self._hidden.pop()
                elif element not in _VOID:
                    self._hidden.append(element)
            return True
        if not closing and element not in _VOID and "style" in piece.lower() and _HIDDEN.search(_attributes(piece).get("style", "")):
            self._hidden.append(element)
            return True
        return False

    def _anchored(self, closing: bool, piece: str) -> None:
        if self._link and (closing or len(self._anchor) > 200):
            shown = " ".join("".join(self._anchor).split())[:200]
            before = " ".join("".join(self._line).split())
            before = before[:-len(shown)].strip() if shown and before.endswith(shown) else before
            self.telephones.append((f"{before[-80:]} {shown}".strip(), self._link))
        self._link, self._anchor = "", []
        if not closing and "tel:" in piece.lower():
            target = _attributes(piece).get("href", "").strip()
            if target.lower().startswith("tel:"):
                self._link = " ".join(unquote(target[4:]).lstrip("/").split())[:60]

    def _block(self, element: str, closing: bool, piece: str) -> None:
        self._end_line()
        if element in _APART and self.lines and self.lines[-1]:
            self.lines.append(self._marks().rstrip())
        if element == "blockquote":
            if not closing and len(self._quotes) < 20:
                self._quotes.append(self._is_quote(piece))
            elif closing and self._quotes:
                self._quotes.pop()
        elif element == "pre":
            self._pre = max(0, self._pre + (-1 if closing else 1))
        elif element == "hr":
            self.lines.append(self._marks() + "________________")
        elif element == "li" and not closing:
            self._line.append("- ")

    def _is_quote(self, piece: str) -> bool:
        """A blockquote that a mail client made, not one that indents: by its type or class, or by the attribution before it."""
        given = _attributes(piece)
        if given.get("type", "").lower() == "cite" or "cite" in given or re.search(r"quote|cite|moz-|history", given.get("class", ""), re.I):
            return True
        said = next((line for line in reversed(self.lines[-6:]) if line.strip()), "")
        return bool(self._quotes) or said.rstrip().endswith(":") or said.startswith(">")

    def _marks(self) -> str:
        depth = sum(self._quotes)
        return ">" * depth + " " if depth else ""

    def _end_line(self, always: bool = False) -> None:
        line = "".join(self._line)
        self._line = []
        line = line.rstrip() if self._pre else re.sub(r" {2,}", " ", line).strip()
        if line or always:
            self.lines.append((self._marks() + line).rstrip())


def _attributes(piece: str) -> dict[str, str]:
    from html import unescape

    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(piece[:_LONGEST_TAG])}
