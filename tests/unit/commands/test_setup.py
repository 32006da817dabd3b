"""The wizard: which server it finds and how it says so, and what it asks at a real terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from mailrescue import config, providers
from mailrescue.commands import setup, terminal
from mailrescue.commands.progress import Meter
from mailrescue.commands.setup import Way
from mailrescue.errors import UsageError
from mailrescue.model.account import ImapAccount, MaildirAccount
from mailrescue.providers import discovery
from tests import servers
from tests.rings import entries, make_ring

# ---- the table -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("provider", providers.table(), ids=lambda p: p.key)
def test_each_provider_says_how_to_get_in(provider: providers.Provider) -> None:
    """A host, one of three ways, at least one step; encrypted, and in clear only what stays on this computer."""
    assert provider.steps
    assert provider.login in ("app-password", "password", "oauth2")
    assert provider.security in ("tls", "starttls")
    assert provider.login != "oauth2" or providers.endpoints(provider.oauth2)
    assert all(domain == domain.lower() and "." in domain for domain in (*provider.domains, *provider.mx))


def test_no_domain_belongs_to_two_providers() -> None:
    """The first would silently win."""
    domains = [domain for provider in providers.table() for domain in provider.domains]

    assert sorted(set(domains)) == sorted(domains)


# ---- finding the server ----------------------------------------------------------------------------------------------------

AUTOCONFIG = b"""<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="moorland.example">
  <incomingServer type="pop3"><hostname>pop.moorland.example</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>plain.moorland.example</hostname><port>143</port><socketType>plain</socketType></incomingServer>
  <incomingServer type="imap"><hostname>mail.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer>
</emailProvider></clientConfig>"""


def network(pages: dict[str, bytes] | None = None, dns: dict[tuple[str, str], list[str]] | None = None, listening: Sequence[tuple[str, int]] = ()) -> discovery.Network:
    """A small world: what stands behind addresses, what DNS says (None: no resolver installed), who listens."""

    def get(url: str) -> bytes:
        if url not in (pages or {}):
            raise OSError("Name or service not known")
        return (pages or {})[url]

    return discovery.Network(get, None if dns is None else lambda name, kind: dns.get((name, kind), []), lambda host, port: (host, port) in listening)


def found(address: str, world: discovery.Network) -> tuple[str, int, str, str] | None:
    server = discovery.find(address, lambda _: None, world)
    return (server.host, server.port, server.security, server.user) if server else None


@pytest.mark.parametrize(
    ("address", "world", "expected"),
    [
        pytest.param("lea@gmail.com", network(), ("imap.gmail.com", 993, "tls", "lea@gmail.com"), id="in the table"),
        pytest.param("lea@PROTON.me", network(), ("127.0.0.1", 1143, "starttls", "lea@PROTON.me"), id="Proton's Bridge"),
        pytest.param("lea@moorland.example", network(dns={("moorland.example", "MX"): ["10 in1-smtp.messagingengine.com."]}),
                     ("imap.fastmail.com", 993, "tls", "lea@moorland.example"), id="MX: a domain of one's own at Fastmail"),
        pytest.param("lea@moorland.example", network({"https://autoconfig.moorland.example/mail/config-v1.1.xml": AUTOCONFIG}),
                     ("mail.moorland.example", 993, "tls", "lea"), id="autoconfig: the first that is encrypted, its name filled in"),
        pytest.param("lea@moorland.example", network({"https://moorland.example/.well-known/autoconfig/mail/config-v1.1.xml": AUTOCONFIG}),
                     ("mail.moorland.example", 993, "tls", "lea"), id="autoconfig: well-known"),
        pytest.param("lea@moorland.example", network(dns={("_imaps._tcp.moorland.example", "SRV"): ["20 1 993 b.moorland.example.", "10 1 993 a.moorland.example."]}),
                     ("a.moorland.example", 993, "tls", "lea@moorland.example"), id="SRV by priority"),
        pytest.param("lea@moorland.example", network(dns={("_imaps._tcp.moorland.example", "SRV"): ["0 0 0 ."], ("_imap._tcp.moorland.example", "SRV"): ["0 1 143 a.moorland.example."]}),
                     ("a.moorland.example", 143, "starttls", "lea@moorland.example"), id="SRV that says no imaps"),
        pytest.param("lea@moorland.example", network(listening=[("imap.moorland.example", 993)]), ("imap.moorland.example", 993, "tls", "lea@moorland.example"), id="the usual name"),
        pytest.param("lea@moorland.example", network(listening=[("mail.moorland.example", 143)]), ("mail.moorland.example", 143, "starttls", "lea@moorland.example"), id="another usual name"),
        pytest.param("lea@moorland.example", network(), None, id="nothing"),
        pytest.param("lea@../../etc", network(), None, id="no domain"),
        pytest.param("lea@bücher.example", network(listening=[("imap.xn--bcher-kva.example", 993)]), ("imap.xn--bcher-kva.example", 993, "tls", "lea@bücher.example"), id="an international domain"),
    ],
)  # fmt: skip
def test_the_server_is_found(address: str, world: discovery.Network, expected: tuple[str, int, str, str] | None) -> None:
    """Table, MX, autoconfig, SRV, collection, usual name."""
    assert expected == found(address, world)


@pytest.mark.parametrize(
    ("host", "doubtful"),
    [
        pytest.param("imap.moorland.example", False, id="in the domain"),
        pytest.param("imap.posteo.example", True, id="elsewhere"),
        pytest.param("moorland.example.evil.example", True, id="looks like it"),
        pytest.param("posteo.de", False, id="a provider of the table"),
    ],
)
def test_a_server_elsewhere_that_only_dns_names_needs_the_users_word(host: str, doubtful: bool) -> None:
    """RFC 6186 6: whoever forges the answer would get the password."""
    server = discovery.find("lea@moorland.example", lambda _: None, network(dns={("_imaps._tcp.moorland.example", "SRV"): [f"10 1 993 {host}."]}))

    assert server is not None
    assert (host, doubtful) == (server.host, server.doubtful)


def test_without_that_word_the_host_is_asked_for(tmp_path: Path) -> None:
    """Where nobody is there, the option is named and no connection is made."""
    world = network(dns={("_imaps._tcp.moorland.example", "SRV"): ["10 1 993 imap.elsewhere.example."]})
    given = setup.Given(name="Léa", addresses=("lea@moorland.example",), timezone="Europe/Paris", languages=("fr",))

    with pytest.raises(UsageError, match="give --host"):
        setup.run(given, terminal.Nobody(Meter(shown=False), secrets_on_stdin=True), setup.Surroundings(tmp_path / "config.toml", {}, lambda *_: None, world))  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"<html>Not found</html>", id="a page of HTML"),
        pytest.param(b"<clientConfig", id="cut off"),
        pytest.param(b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + AUTOCONFIG, id="a DTD"),
        pytest.param(AUTOCONFIG.replace(b"mail.%EMAILDOMAIN%", b"a b; rm -rf"), id="a host that is none"),
        pytest.param(AUTOCONFIG.replace(b"993", b"99999999"), id="a port that is none"),
    ],
)
def test_what_a_domain_publishes_is_not_believed_blindly(page: bytes) -> None:
    """Then the search goes on."""
    assert found("lea@moorland.example", network({"https://autoconfig.moorland.example/mail/config-v1.1.xml": page})) is None


def test_each_look_is_told_and_only_the_domain_leaves() -> None:
    """What is asked of whom stands on the screen; the address itself is sent to nobody."""
    told: list[str] = []

    discovery.find("lea.calloway@moorland.example", told.append, network(dns={}))

    assert [
        "asking DNS who takes mail for moorland.example",
        "looking at https://autoconfig.moorland.example/mail/config-v1.1.xml",
        "looking at https://moorland.example/.well-known/autoconfig/mail/config-v1.1.xml",
        "asking DNS for _imaps._tcp.moorland.example",
        "asking DNS for _imap._tcp.moorland.example",
        "looking at https://autoconfig.thunderbird.net/v1.1/moorland.example",
        "knocking at imap.moorland.example:993",
    ] == [line for line in told if not line.startswith("  ")][:7]
    assert "lea.calloway" not in "".join(told)


def test_without_the_extra_dns_the_search_says_so() -> None:
    """And goes on."""
    told: list[str] = []

    discovery.find("lea@moorland.example", told.append, network(dns=None))

    assert 'the extra "dns" is not installed: going on without MX and SRV' == told[0]
    assert not [line for line in told if line.startswith("asking DNS")]


def test_real_dns_answers_are_read() -> None:
    """dnspython against a small server on loopback."""
    resolver = pytest.importorskip("dns.resolver", reason="the extra dns is not installed")
    with _dns_server({("_imaps._tcp.moorland.example.", 33): "10 1 993 imap.moorland.example."}) as port:
        own = resolver.Resolver(configure=False)
        own.nameservers, own.port = ["127.0.0.1"], port
        resolver.default_resolver = own
        try:
            assert ["10 1 993 imap.moorland.example."] == discovery._dns("_imaps._tcp.moorland.example", "SRV")
            assert [] == discovery._dns("moorland.example", "MX")
        finally:
            resolver.default_resolver = None


def _dns_server(records: dict[tuple[str, int], str]):  # type: ignore[no-untyped-def]
    """A DNS server over UDP that knows these records and no others."""
    import contextlib
    import socketserver
    import threading

    import dns.message
    import dns.rcode
    import dns.rrset

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            query = dns.message.from_wire(self.request[0])
            answer = dns.message.make_response(query)
            (question,) = query.question
            record = records.get((str(question.name), int(question.rdtype)))
            if record:
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", question.rdtype, record))
            else:
                answer.set_rcode(dns.rcode.NXDOMAIN)
            self.request[1].sendto(answer.to_wire(), self.client_address)

    @contextlib.contextmanager
    def running():  # type: ignore[no-untyped-def]
        with socketserver.UDPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            yield server.server_address[1]
            server.shutdown()

    return running()


# ---- which ways in ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        pytest.param({"IMAP4REV1", "AUTH=PLAIN"}, (True, False), id="passwords"),
        pytest.param({"IMAP4REV1"}, (True, False), id="LOGIN alone"),
        pytest.param({"IMAP4REV1", "AUTH=PLAIN", "AUTH=XOAUTH2"}, (True, True), id="both"),
        pytest.param({"IMAP4REV1", "LOGINDISABLED", "AUTH=OAUTHBEARER"}, (False, True), id="tokens alone"),
        pytest.param({"IMAP4REV1", "LOGINDISABLED"}, (False, False), id="neither"),
    ],
)
def test_only_what_the_server_offers_is_asked_for(capabilities: set[str], expected: tuple[bool, bool]) -> None:
    """Passwords, tokens."""
    assert expected == setup.ways(frozenset(capabilities))


@pytest.mark.parametrize(
    ("by_password", "by_token", "provider", "expected"),
    [
        pytest.param(True, False, None, (Way.PASSWORD, Way.COMMAND), id="a server with passwords"),
        pytest.param(True, True, None, (Way.PASSWORD, Way.COMMAND, Way.TOKEN_COMMAND), id="tokens too, and nobody knows from where"),
        pytest.param(True, True, "gmail", (Way.PASSWORD, Way.COMMAND, Way.TOKENS, Way.TOKEN_COMMAND), id="Gmail"),
        pytest.param(True, True, "outlook", (Way.TOKENS, Way.TOKEN_COMMAND), id="Microsoft, which announces passwords and refuses them"),
        pytest.param(False, True, None, (Way.TOKEN_COMMAND,), id="tokens alone"),
        pytest.param(False, False, None, (), id="nothing that is known"),
    ],
)
def test_the_menu_has_the_ways_that_can_succeed(by_password: bool, by_token: bool, provider: str | None, expected: tuple[Way, ...]) -> None:
    """The recommended one first."""
    assert expected == setup._offered(by_password, by_token, next((p for p in providers.table() if p.key == provider), None))


# ---- at a terminal -----------------------------------------------------------------------------------------------------------


class Typist:
    """The installed command on a real pseudo-terminal, and somebody who answers its questions in their order."""

    def __init__(self, environ: dict[str, str], *words: str) -> None:
        program = str(Path(sys.executable).with_name("mailrescue"))
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)        # whoever runs in the background was told to ignore it
            os.execve(program, [program, *words], environ)
        self.shown = ""

    def answers(self, *pairs: tuple[str, str]) -> int:
        """Wait for each question, then type its answer; at the end the exit status."""
        for question, answer in pairs:
            start = len(self.shown)
            while question not in self.shown[start:]:
                self._read()
            os.write(self._terminal, f"{answer}\n".encode())
        while self._read(end_is_fine=True):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def _read(self, *, end_is_fine: bool = False) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], 60)
        try:
            octets = os.read(self._terminal, 65536) if ready else b""
        except OSError:         # Linux' end of a pseudo-terminal
            octets = b""
        self.shown += octets.decode("utf-8", "replace")
        assert octets or end_is_fine, f"waited in vain: {self.shown}"
        return bool(octets)


@pytest.mark.server
@pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")
def test_a_person_answers_nine_questions(tmp_path: Path, dovecot_server: servers.Server) -> None:
    """The password is not shown and may be mistyped once; a wrong number, in a list too, is asked for again; at the end the mailbox is in view."""
    user = dovecot_server.add("wizard@example.org")
    environ = {"PATH": os.environ["PATH"], "LANG": "fr_FR.UTF-8", "TZ": "Europe/Paris", **make_ring(tmp_path)}
    typist = Typist(environ, "setup", "--port", str(dovecot_server.tls_port), "--ca-file", str(dovecot_server.ca_file), "--host", "localhost")

    status = typist.answers(
        ("your name", "Léa Calloway"),
        ("your mail address", f"{user} lea@calloway.example"),
        ("your phone number", "12"),
        ("your phone number", "06 39 98 41 07"),
        ("languages you write in, the first when in doubt [fr]", ""),
        ("how do you want to log in [1]", "3"),
        ("how do you want to log in [1]", ""),
        ("the mailbox's password of wizard@example.org, for the keyring (test", "mistyped"),
        ("the mailbox's password of wizard@example.org, for the keyring (test", servers.PASSWORD),
        ("run it every five minutes from now on (yes/no) [yes]", "no"),
    )

    assert 0 == status, typist.shown
    assert "your number: +33 6 39 98 41 07" in typist.shown
    assert "no phone interviews in view" in typist.shown
    assert servers.PASSWORD not in typist.shown
    me = config.load(tmp_path / ".config/mailrescue/config.toml", environ).me
    assert ("Léa Calloway", (user, "lea@calloway.example"), "+33639984107", "Europe/Paris", ("fr",)) == (me.name, me.addresses, me.phone, me.timezone, me.languages)


def test_a_silent_server_is_waited_for_in_sight_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    """After two seconds the wait is counted. Stopped there, the line is taken away, and neither configuration nor keyring holds anything."""
    environ = {"PATH": os.environ["PATH"], "LANG": "fr_FR.UTF-8", "TZ": "Europe/Paris", **make_ring(tmp_path)}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        there = ("--host", "127.0.0.1", "--port", str(silent.getsockname()[1]), "--security", "none")
        typist = Typist(environ, "setup", *there, "--name", "Léa", "--address", "lea@calloway.example", "--phone", "+33639984107", "--language", "fr")
        status = typist.answers(("waiting, ", "\x03"))

    assert 130 == status
    assert typist.shown.index("how one may log in") < typist.shown.index("waiting, ")
    after = typist.shown.rpartition("waiting, ")[2].partition("\x1b[K")[2]
    assert "stopped; nothing is half done, and the next run goes on from here" in after.partition("\r\x1b[K")[2]
    assert not (tmp_path / ".config" / "mailrescue").exists()
    assert {} == entries(tmp_path)


class Answers:
    """A terminal whose user has made up their mind."""

    def __init__(self, *answers: str) -> None:
        self._answers, self.said = list(answers), list[str]()

    def say(self, line: str = "") -> None:
        self.said.append(line)

    def ask(self, question: str, default: str, option: str) -> str:
        self.said.append(question)
        return self._answers.pop(0) or default

    def secret(self, question: str, option: str) -> str:
        return self.ask(question, "", option)


@pytest.mark.server
@pytest.mark.skipif(not servers.has_dovecot(), reason="dovecot-imapd is not installed")
def test_where_no_keyring_runs_a_program_gives_the_password(tmp_path: Path, dovecot_server: servers.Server) -> None:
    """What needs a keyring is left out, with the reason; then there is nothing to choose."""
    user = dovecot_server.add("without-keyring@example.org")
    given = setup.Given(name="Léa", addresses=(user,), timezone="Europe/Paris", languages=("fr",), host="localhost", port=dovecot_server.tls_port, ca_file=str(dovecot_server.ca_file))
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    answers = Answers("-", f"echo {servers.PASSWORD}")

    account = setup.run(given, answers, setup.Surroundings(tmp_path / "config.toml", environ, lambda *_: None))  # type: ignore[arg-type,return-value]

    assert isinstance(account, ImapAccount)
    assert ("echo", servers.PASSWORD) == account.password_command
    assert "no keyring is running here" in "".join(answers.said)
    assert "  1. a program that prints the password, as: pass show mail" in answers.said


def test_a_maildir_is_set_up_without_any_server(tmp_path: Path) -> None:
    """Its folders are found by looking. Where none bears a name of Drafts, the user says which it is."""
    servers.make_maildir(tmp_path / "Mail", ("Angefangenes", "Sent"))
    given = setup.Given(name="Léa", addresses=("lea@example.org",), timezone="Europe/Paris", languages=("fr",), maildir=str(tmp_path / "Mail"))
    place = tmp_path / "config.toml"

    account = setup.run(given, Answers("-", "Angefangenes"), setup.Surroundings(place, {"HOME": str(tmp_path)}, lambda *_: None))  # type: ignore[arg-type,return-value]

    assert MaildirAccount(name="personal", path=str(tmp_path / "Mail"), drafts="Angefangenes") == account
    assert (account,) == config.load(place, {"HOME": str(tmp_path)}).accounts


def test_a_linked_configuration_stays_a_link(tmp_path: Path) -> None:
    """Those who keep their configuration in a repository have it so."""
    servers.make_maildir(tmp_path / "Mail", ("Drafts", "Sent"))
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "config.toml").symlink_to(tmp_path / "dotfiles" / "mailrescue.toml")
    given = setup.Given(name="Léa", addresses=("lea@example.org",), timezone="Europe/Paris", languages=("fr",), maildir=str(tmp_path / "Mail"))

    setup.run(given, Answers("-"), setup.Surroundings(tmp_path / "config.toml", {"HOME": str(tmp_path)}, lambda *_: None))  # type: ignore[arg-type,return-value]

    assert (tmp_path / "config.toml").is_symlink()
    assert [tmp_path / "dotfiles" / "mailrescue.toml"] == list((tmp_path / "dotfiles").iterdir())


def test_nobody_answers_no_question() -> None:
    """The option that would have answered is named."""
    with pytest.raises(UsageError, match="give --name"):
        terminal.Nobody(Meter(shown=False), secrets_on_stdin=False).ask("your name", "", "--name")
