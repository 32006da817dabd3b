"""What goes wrong between here and an IMAP server, and which error says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailrescue.errors import CannotWrite, ConfigurationError, LoginRefused, MailrescueError, PassingFault, RefusedForGood
from mailrescue.model.mail import MessageRef
from mailrescue.stores.base import Withdrawal
from mailrescue.stores.imap import ImapStore
from tests import servers
from tests.contract.mail_store import DRAFT, digest, letter

NOW = datetime(2024, 11, 26, 14, 15, tzinfo=UTC)
GREETING = b"* OK [CAPABILITY IMAP4rev1 UIDPLUS] here I am\r\n"
CAPABLE = b"* CAPABILITY IMAP4rev1 UIDPLUS\r\n%T OK said\r\n"
WELCOME = b"%T OK [CAPABILITY IMAP4rev1 UIDPLUS] come in\r\n"
LISTED = b'* LIST () "/" INBOX\r\n* LIST (\\Drafts) "/" Drafts\r\n* LIST (\\Trash) "/" Trash\r\n%T OK listed\r\n'


def store_at(port: int, **more: object) -> ImapStore:
    settings: dict[str, object] = {"name": "work", "host": "127.0.0.1", "port": port, "security": "none", "user": "lea", "secret": lambda: "secret", **more}
    return ImapStore(**settings)  # type: ignore[arg-type]


# ---- getting in

@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param(b"%T NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\r\n", LoginRefused, id="Gmail"),
        pytest.param(b"%T NO LOGIN failed.\r\n", LoginRefused, id="Exchange"),
        pytest.param(b"%T NO [ALERT] Application-specific password required\r\n", LoginRefused, id="an app password is wanted"),
        pytest.param(b"%T NO [UNAVAILABLE] Temporary authentication failure.\r\n", PassingFault, id="Dovecot's database is away"),
        pytest.param(b"%T NO [LIMIT] Too many simultaneous connections. (Failure)\r\n", PassingFault, id="too many connections"),
        pytest.param(b"%T BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds\r\n", PassingFault, id="Exchange throttles"),
        pytest.param(b"%T NO Your account is not enabled for IMAP use. Please visit your settings.\r\n", RefusedForGood, id="IMAP is switched off"),
        pytest.param(b"* BYE Autologout\r\n", PassingFault, id="the server hangs up"),
    ],
)
def test_a_login_that_fails(answer: bytes, kind: type[MailrescueError]) -> None:
    """A refused password counts against the user; what passes does not."""
    with servers.scripted(GREETING, CAPABLE, answer) as (port, _), pytest.raises(kind) as raised:
        store_at(port).mailboxes()
    assert kind is type(raised.value)
    assert raised.value.cure


def test_a_login_that_is_cut_off_is_no_refusal() -> None:
    """IMAPClient says LoginError for both; three of these must not lock the account."""
    with servers.scripted(GREETING, CAPABLE) as (port, _), pytest.raises(PassingFault):
        store_at(port).mailboxes()


def test_nobody_listens() -> None:
    """The network, or the server, is away."""
    (port,) = servers.free_ports(1)
    with pytest.raises(PassingFault, match=rf"127\.0\.0\.1:{port}"):
        store_at(port).mailboxes()


def test_a_name_that_nobody_knows() -> None:
    """A typing error, or no network: the cure names both."""
    with pytest.raises(PassingFault) as raised:
        store_at(993, host="imap.invalid", security="tls").mailboxes()
    assert "host in the configuration" in raised.value.cure


def test_authenticated_but_not_connected() -> None:
    """Exchange lets a disabled mailbox in, and refuses every command after."""
    with servers.scripted(GREETING, CAPABLE, WELCOME, b"%T BAD User is authenticated but not connected.\r\n") as (port, _), pytest.raises(LoginRefused):
        store_at(port).mailboxes()


@pytest.mark.server
def test_a_wrong_password(dovecot_server: servers.Server) -> None:
    """With the server's own words, without the password."""
    store = store_at(dovecot_server.port, secret=lambda: "wr0ng-secret")
    with pytest.raises(LoginRefused, match="Authentication failed") as raised:
        store.mailboxes()
    assert "wr0ng-secret" not in str(raised.value)


@pytest.mark.server
@pytest.mark.parametrize("password", ["pass word", 'quo"te\\', "pässwörd"], ids=["a space", "a quote", "beyond ASCII"])
def test_passwords_of_every_kind(password: str) -> None:
    """Quoted, or sent by AUTHENTICATE PLAIN where LOGIN cannot say them."""
    with servers.mail_folder() as folder:
        passwords = folder / "passwords"
        passwords.write_text(f"lea:{{PLAIN}}{password}\n")
        servers.give(folder)
        settings = f"\npassdb {{\n  driver = passwd-file\n  args = {passwords}\n}}\n"
        with servers.dovecot(settings=settings) as server:
            store = store_at(server.port, secret=lambda: password)
            assert "Drafts" == store.mailboxes().drafts
            store.close()


def test_a_refused_token_is_not_sent_twice() -> None:
    """The second challenge holds the reason; it is answered with nothing."""
    challenge = b"+ eyJzdGF0dXMiOiI0MDAifQ==\r\n"
    with servers.scripted(GREETING, CAPABLE, b"+ \r\n", challenge, b"%T NO [AUTHENTICATIONFAILED] Invalid token\r\n") as (port, heard):
        with pytest.raises(LoginRefused, match="AUTHENTICATIONFAILED"):
            store_at(port, auth="oauth2", secret=lambda: "token").mailboxes()
        credentials = [line for line in heard if len(line) > 20 and b" " not in line.strip()]
    assert 1 == len(credentials)


# ---- encryption

@pytest.mark.parametrize("host", ["imap.example.org", "192.0.2.1", "127.0.0.1.example.org"])
def test_no_password_in_the_clear(host: str) -> None:
    """Without encryption only to this very computer."""
    with pytest.raises(ConfigurationError, match="in the clear"):
        store_at(143, host=host)


def test_an_unknown_security_is_told() -> None:
    """With the ones that there are."""
    with pytest.raises(ConfigurationError, match="'ssl' is unknown"):
        store_at(993, security="ssl")


@pytest.mark.server
def test_a_certificate_that_nobody_vouches_for(dovecot_server: servers.Server) -> None:
    """No login; the cure names ca_file, and the network that asks to sign in first."""
    store = store_at(dovecot_server.tls_port or 0, security="tls")
    with pytest.raises(PassingFault, match=r"certificate of .* is not trusted") as raised:
        store.mailboxes()
    assert "ca_file" in raised.value.cure


@pytest.mark.server
def test_tls_where_the_server_speaks_plain(dovecot_server: servers.Server) -> None:
    """The usual mistake of port 143: the cure names both settings."""
    with pytest.raises(PassingFault, match="no TLS") as raised:
        store_at(dovecot_server.port, security="tls").mailboxes()
    assert "starttls" in raised.value.cure


@pytest.mark.server
def test_starttls(dovecot_server: servers.Server) -> None:
    """Verified as TLS is; the login comes after it."""
    with servers.relay(dovecot_server.port) as between:
        store = store_at(between.port, host="localhost", security="starttls", ca_file=dovecot_server.ca_file, secret=lambda: dovecot_server.password)
        assert "Drafts" == store.mailboxes().drafts
        store.close()
        assert b"LOGIN" not in between.all_said()


def test_no_starttls_no_login() -> None:
    """Somebody in between who leaves it out learns no password."""
    with servers.scripted(GREETING, CAPABLE, CAPABLE) as (port, heard), pytest.raises(ConfigurationError, match="does not offer STARTTLS"):
        store_at(port, security="starttls").mailboxes()
    assert not any(b"LOGIN" in line or b"AUTHENTICATE" in line for line in heard)


def test_a_ca_file_that_is_not_there() -> None:
    """The configuration is wrong, not the network."""
    with pytest.raises(ConfigurationError, match="ca_file"):
        store_at(993, security="tls", ca_file="/nowhere/ca.pem").mailboxes()


# ---- while reading

@pytest.mark.server
@pytest.mark.parametrize(
    "where",
    [b"LIST ", b"STATUS ", b"EXAMINE ", b"BODYSTRUCTURE", b"BODY.PEEK[]", b"BODY.PEEK[HEADER]", b"SEARCH"],
    ids=["list", "status", "examine", "survey", "fetch", "heads", "search"],
)
def test_a_connection_lost_while_reading(dovecot_server: servers.Server, where: bytes) -> None:
    """Whatever was being said, it is a passing fault, and the next question opens a new session."""
    hand = dovecot_server.client("lost")
    hand.append("INBOX", "", None, letter())
    hand.logout()
    cuts = iter([True])
    with servers.relay(dovecot_server.port, lambda said, _heard: where in said and next(cuts, False)) as between:
        store = store_at(between.port, user="lost", secret=lambda: dovecot_server.password)
        with pytest.raises(PassingFault):
            use_everything(store)
        between.mend()
        use_everything(store)
        store.close()


def use_everything(store: ImapStore) -> None:
    boxes = store.mailboxes()
    position = store.positions([boxes.inbox, boxes.drafts])[boxes.inbox]
    refs = [one.ref for one in (*store.survey(boxes.inbox, None), *store.survey(boxes.inbox, position), *store.survey(boxes.inbox, None, NOW))]
    assert list(store.fetch(refs))
    assert list(store.heads(boxes.inbox))


@pytest.mark.server
def test_a_message_cut_in_the_middle(dovecot_server: servers.Server) -> None:
    """Half a message is no message."""
    hand = dovecot_server.client("middle")
    hand.append("INBOX", "", None, letter(1, "x" * 50_000))
    hand.logout()
    with servers.relay(dovecot_server.port, lambda said, heard: b"BODY.PEEK[]" in said and len(heard) > 20_000) as between:
        store = store_at(between.port, user="middle", secret=lambda: dovecot_server.password)
        refs = [one.ref for one in store.survey("INBOX", None)]
        with pytest.raises(PassingFault):
            list(store.fetch(refs))


def test_a_structure_that_the_server_cannot_tell() -> None:
    """Exchange refuses BODYSTRUCTURE for broken mail: such messages count as ones that may carry a calendar."""
    opened = b"* 2 EXISTS\r\n* OK [UIDVALIDITY 9] ids\r\n%T OK [READ-ONLY] open\r\n"
    part = b'* 1 FETCH (UID 5 INTERNALDATE "26-Nov-2024 14:15:00 +0000" RFC822.SIZE 99 BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 9 1))\r\n'
    rest = b'* 1 FETCH (UID 5 INTERNALDATE "26-Nov-2024 14:15:00 +0000" RFC822.SIZE 99)\r\n* 2 FETCH (UID 6 INTERNALDATE "26-Nov-2024 14:16:00 +0000" RFC822.SIZE 98)\r\n%T OK done\r\n'
    with servers.scripted(GREETING, CAPABLE, WELCOME, opened, part + b"%T NO The requested message could not be converted\r\n", rest) as (port, _):
        found = list(store_at(port).survey("INBOX", None))
    assert [("6", True), ("5", False)] == [(one.ref.uid, one.calendar) for one in found]


def test_a_structure_that_has_no_end() -> None:
    """A line of millions of octets is read and dropped; the message is not lost, and the others are read."""
    opened = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 9] ids\r\n%T OK [READ-ONLY] open\r\n"
    head = b'* 1 FETCH (UID 5 INTERNALDATE "26-Nov-2024 14:15:00 +0000" RFC822.SIZE 99'
    endless = head + b" BODYSTRUCTURE (" + b'("a" "b")' * 300_000 + b"))\r\n%T OK done\r\n"
    with servers.scripted(GREETING, CAPABLE, WELCOME, opened, endless, head + b")\r\n%T OK done\r\n") as (port, _):
        found = list(store_at(port).survey("INBOX", None))
    assert [("5", True)] == [(one.ref.uid, one.calendar) for one in found]


def test_completions_out_of_order() -> None:
    """Dovecot completes pipelined commands as it likes."""
    both = b'* STATUS "Drafts" (UIDNEXT 3 UIDVALIDITY 1)\r\n%T OK b\r\n* STATUS INBOX (UIDNEXT 7 UIDVALIDITY 1)\r\n%P OK a\r\n'
    with servers.scripted(GREETING, CAPABLE, WELCOME, b"", both) as (port, _):
        assert {"INBOX": "1:7", "Drafts": "1:3"} == dict(store_at(port).positions(["INBOX", "Drafts"]))


# ---- while writing

@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param(b"%T NO [OVERQUOTA] Quota exceeded\r\n", CannotWrite, id="over quota"),
        pytest.param(b"%T NO [TRYCREATE] Mailbox does not exist\r\n", CannotWrite, id="Drafts is gone"),
        pytest.param(b"%T NO [NOPERM] No permission\r\n", CannotWrite, id="no permission"),
        pytest.param(b"%T NO [LIMIT] Too many identical emails\r\n", CannotWrite, id="Fastmail's guard against loops"),
        pytest.param(b"%T NO something went wrong\r\n", PassingFault, id="no code"),
        pytest.param(b"%T BAD Command Argument Error. 11\r\n", PassingFault, id="Exchange does not like it"),
        pytest.param(b"* BYE shutting down\r\n", PassingFault, id="the server goes down"),
    ],
)
@pytest.mark.parametrize("before", [(), (b"+ go on\r\n",)], ids=["before the octets", "after the octets"])
def test_an_append_that_is_refused(answer: bytes, kind: type[MailrescueError], before: tuple[bytes, ...]) -> None:
    """Surely nothing stored, or fate uncertain; never anything in between."""
    with servers.scripted(GREETING, CAPABLE, WELCOME, LISTED, *before, answer) as (port, _), pytest.raises(kind) as raised:
        store_at(port).append(DRAFT, NOW)
    assert kind is type(raised.value)


@pytest.mark.server
@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(lambda said, _heard: b" APPEND " in said, id="with the command"),
        pytest.param(lambda _said, heard: b"\r\n+ " in heard, id="when the server asks for the octets"),
        pytest.param(lambda said, _heard: b"bient" in said, id="with the octets"),
        pytest.param(lambda _said, heard: b"APPENDUID" in heard, id="with the answer"),
    ],
)
def test_a_connection_lost_while_appending(dovecot_server: servers.Server, cut: Callable[[bytes, bytes], bool]) -> None:
    """Its fate is uncertain, and the store says no more than that: it neither retries nor looks."""
    with servers.relay(dovecot_server.port, cut) as between:
        store = store_at(between.port, user="append", secret=lambda: dovecot_server.password)
        with pytest.raises(PassingFault, match="may or may not be stored"):
            store.append(DRAFT, NOW)
        assert 1 == sum(b" APPEND " in line for line in between.lines())


@pytest.mark.parametrize("answer", [b"%T OK done\r\n", b"%T OK [APPENDUID 0 x] done\r\n"], ids=["no UIDPLUS", "a garbled one"])
def test_an_append_whose_place_is_not_told(answer: bytes) -> None:
    """Stored all the same."""
    with servers.scripted(GREETING, CAPABLE, WELCOME, LISTED, b"+ go on\r\n", answer) as (port, heard):
        assert store_at(port).append(DRAFT, NOW) is None
    assert DRAFT + b"\r\n" == heard[-1]


def test_a_withdrawal_whose_expunge_fails() -> None:
    """\\Deleted is taken back, so that no mail program erases the draft later."""
    opened = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 9] ids\r\n%T OK [READ-WRITE] open\r\n"
    look = b"* 1 FETCH (UID 5 FLAGS (\\Draft \\Seen) BODY[]<0> {" + str(len(DRAFT)).encode() + b"}\r\n" + DRAFT + b")\r\n%T OK done\r\n"
    ok = b"%T OK done\r\n"
    with servers.scripted(GREETING, CAPABLE, WELCOME, LISTED, opened, look, ok, ok, b"%T NO [SERVERBUG] cannot\r\n", ok) as (port, heard):
        assert Withdrawal.NOT_SAFELY is store_at(port).withdraw(MessageRef("Drafts", 9, "5"), digest(DRAFT))
    said = [re.sub(rb"^\S+ ", b"", line).strip() for line in heard[-4:]]
    assert [b'UID COPY 5 "Trash"', b"UID STORE 5 +FLAGS (\\Deleted)", b"UID EXPUNGE 5", b"UID STORE 5 -FLAGS (\\Deleted)"] == said


def test_a_draft_that_changes_in_the_instant_of_its_withdrawal() -> None:
    """With CONDSTORE \\Deleted is set only while nothing changed; the copy in Trash is all that remains of the attempt."""
    able = b"%T OK [CAPABILITY IMAP4rev1 UIDPLUS CONDSTORE] come in\r\n"
    opened = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 9] ids\r\n%T OK [READ-WRITE] open\r\n"
    look = b"* 1 FETCH (UID 5 MODSEQ (77) FLAGS (\\Draft \\Seen) BODY[]<0> {" + str(len(DRAFT)).encode() + b"}\r\n" + DRAFT + b")\r\n%T OK done\r\n"
    with servers.scripted(GREETING, CAPABLE, able, LISTED, opened, look, b"%T OK copied\r\n", b"%T OK [MODIFIED 5] not done\r\n") as (port, heard):
        assert Withdrawal.NOT_UNTOUCHED is store_at(port).withdraw(MessageRef("Drafts", 9, "5"), digest(DRAFT))
    assert heard[-1].endswith(b"UID STORE 5 (UNCHANGEDSINCE 77) +FLAGS (\\Deleted)\r\n")
