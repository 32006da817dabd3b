"""Real IMAP servers for the tests: private, on loopback, with free ports, everything under one folder, gone when the block ends.

    with dovecot(maildir) as server:
        server.host, server.port, server.tls_port, server.ca_file, server.user, server.password

Works as root (the mail then belongs to nobody, because Dovecot and Cyrus serve no mail as root) and as any user. Maildirs must lie where that user
can reach them: ``mail_folder()`` makes such a folder. Messages are put there with ``mailbox.Mailbox`` or by ``server.client()``, an imaplib session.
Cyrus cannot be installed beside Dovecot: ``unpack_cyrus`` downloads Debian's packages and unpacks them once.
"""

from __future__ import annotations

import contextlib
import grp
import imaplib
import os
import platform
import pwd
import re
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailrescue.stores import mutf7

PASSWORD = "correct-horse"
HOST = "127.0.0.1"
_START_SECONDS = 20

#: mailboxes with their special-use attribute, as most servers have them
USUAL = {"Drafts": "\\Drafts", "Sent": "\\Sent", "Trash": "\\Trash", "Archive": "\\Archive", "Junk": "\\Junk"}


@dataclass(frozen=True)
class Server:
    """A server that runs, and how to log in. ``user`` is the first of ``users``; all have the same password."""

    host: str
    port: int
    tls_port: int | None
    ca_file: str | None
    users: tuple[str, ...]
    password: str
    folder: Path
    pid: int
    add: Callable[[str], str]       # makes another account, with the server's usual mailboxes and no mail; gives its user's name

    @property
    def user(self) -> str:
        return self.users[0]

    def client(self, user: str | None = None) -> imaplib.IMAP4:
        """A session of another, independent client: the user's own hands."""
        session = imaplib.IMAP4(self.host, self.port, timeout=20)
        session.login(user or self.user, self.password)
        return session


def mail_owner() -> tuple[int, int]:
    """uid and gid to whom the servers' mail belongs."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid
    return os.geteuid(), os.getegid()


@contextlib.contextmanager
def mail_folder() -> Iterator[Path]:
    """A temporary folder that the servers' user can reach and write (pytest's own lies in one that only we may search)."""
    folder = Path(tempfile.mkdtemp(prefix="mailrescue-test-"))
    try:
        give(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def give(top: Path) -> None:
    """Give a folder and what is in it to the servers' user."""
    uid, gid = mail_owner()
    for path in (top, *top.rglob("*")):
        os.chown(path, uid, gid, follow_symlinks=False)


def make_maildir(path: Path, folders: Sequence[str] = (), nested: bool = False) -> Path:
    """An empty Maildir with these folders, as Maildir++ (``.Drafts``) or nested (``Drafts``, with INBOX in the root), for the servers' user."""
    for folder in (path, *(path / (name if nested else f".{name}") for name in folders)):
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        if folder != path and not nested:
            (folder / "maildirfolder").touch()
    give(path)
    return path


# ---- Dovecot

def has_dovecot() -> bool:
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


@contextlib.contextmanager
def dovecot(
    maildir: Path | Mapping[str, Path] | None = None,
    mailboxes: Mapping[str, str] = USUAL,
    capability: str | None = None,
    prefix: str = "",
    separator: str = "/",
    settings: str = "",
) -> Iterator[Server]:
    """Debian's dovecot-imapd over a Maildir (of ``lea@example.org``), or over one for each user.

    Any other name logs in too, with the same password, to an account that is empty at first: ``server.add("somebody")``.

    ``mailboxes`` are created, each with that special-use attribute (empty: none). ``capability`` limits what the server says it can
    (its setting imap_capability). ``prefix`` and ``separator`` shape its names: ``"INBOX."`` and ``"."`` as Courier has them. ``settings`` is added.
    """
    accounts = dict(maildir) if isinstance(maildir, Mapping) else {"lea@example.org": maildir} if maildir else {}
    with mail_folder() as folder:
        ports = free_ports(2)
        certificate = make_certificate(folder)
        config = _dovecot_config(folder, ports, mailboxes, capability, prefix, separator) + settings
        (folder / "dovecot.conf").write_text(config)
        uid, gid = mail_owner()

        (folder / "mail").mkdir()
        lines = (f"{user}:{{PLAIN}}{PASSWORD}:{uid}:{gid}::{folder}::userdb_mail=maildir:{path}\n" for user, path in accounts.items())
        (folder / "passwd").write_text("".join(lines))
        give(folder)
        command = [shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", str(folder / "dovecot.conf")]
        with _running(command, folder, ports[0]) as pid:
            yield Server(HOST, ports[0], ports[1], str(certificate), tuple(accounts), PASSWORD, folder, pid, lambda user: user)


def _dovecot_config(folder: Path, ports: Sequence[int], mailboxes: Mapping[str, str], capability: str | None, prefix: str, separator: str) -> str:
    uid, gid = mail_owner()
    user, group = pwd.getpwuid(uid).pw_name, grp.getgrgid(gid).gr_name
    boxes = "".join(
        f'  mailbox "{name}" {{\n    auto = create\n' + (f"    special_use = {attribute}\n" if attribute else "") + "  }\n" for name, attribute in mailboxes.items()
    )
    return f"""
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
listen = {HOST}
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 200
# where inotify's instances are used up, IDLE looks itself, by itself every 30 seconds
mailbox_idle_check_interval = 1 s
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
{f"imap_capability = {capability}" if capability else ""}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
{boxes}}}
passdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder} mail=maildir:{folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {ports[0]}
  }}
  inet_listener imaps {{
    port = {ports[1]}
    ssl = yes
  }}
}}
# a refused login waits for nobody: neither two seconds, nor longer for an address that was refused before
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap {{
  process_limit = 200
}}
"""


# ---- Cyrus

_CYRUS_PACKAGES = ("cyrus-common", "cyrus-imapd", "sasl2-bin", "libsasl2-modules-db")
_CYRUS_LIBRARIES = ("libical3", "libclamav12", "libxapian30", "libzephyr4", "libjansson4", "libpq5", "libwrap0", "libpcre3")


def cyrus_prefix() -> Path:
    """Where Cyrus is unpacked: $MAILRESCUE_CYRUS, else a cache folder; root's must be one that nobody can read too."""
    cache = Path("/var/cache") if os.geteuid() == 0 else Path.home() / ".cache"
    return Path(os.environ.get("MAILRESCUE_CYRUS") or cache / "mailrescue-tests" / "cyrus")


def has_cyrus() -> bool:
    return (cyrus_prefix() / "usr/lib/cyrus/bin/master").exists()


def unpack_cyrus() -> None:
    """Download Debian's Cyrus and the libraries that it needs, and unpack all of it beside the system, which stays as it is."""
    prefix = cyrus_prefix()
    prefix.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)         # apt downloads as another user
        subprocess.run(["apt-get", "download", *_CYRUS_PACKAGES, *_CYRUS_LIBRARIES], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for package in sorted(Path(folder).glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(package), str(prefix)], check=True)


@contextlib.contextmanager
def cyrus(users: Sequence[str] = ("lea",), mailboxes: Mapping[str, str] = USUAL, settings: str = "") -> Iterator[Server]:
    """Debian's Cyrus, each user with an INBOX and these mailboxes. Its mail is put there over IMAP.

    A process of it serves many sessions: each that ends may, on a busy machine, leave master(8) counting on a listener that is not there.
    """
    with mail_folder() as folder:
        ports = free_ports(2)
        certificate = make_certificate(folder)
        environment = _cyrus_environment()
        for part in ("conf/db", "conf/socket", "spool", "run", "proc", "lock"):
            (folder / part).mkdir(parents=True)
        (folder / "imapd.conf").write_text(_cyrus_settings(folder) + settings)
        (folder / "cyrus.conf").write_text(_cyrus_services(folder, ports))

        def know(user: str) -> None:
            tool = [str(cyrus_prefix() / "usr/sbin/saslpasswd2"), "-p", "-c", "-f", str(folder / "sasldb2"), "-u", "test", user]
            subprocess.run(tool, input=PASSWORD.encode(), env=environment, check=True)

        def add(user: str) -> str:
            know(user)
            admin = server.client("cyrus")
            admin.create(f"user/{user}")
            for name, attribute in mailboxes.items():
                use = [f"(USE ({attribute}))"] if attribute else []
                admin._simple_command("CREATE", quoted(f"user/{user}/{name}"), *use)
            admin.logout()
            return user

        know("cyrus")
        give(folder)
        master = [str(cyrus_prefix() / "usr/lib/cyrus/bin/master"), "-C", str(folder / "imapd.conf"), "-M", str(folder / "cyrus.conf")]
        command = [*master, "-p", str(folder / "run/master.pid"), "-L", str(folder / "log")]
        with _running(command, folder, ports[0], environment, drop=True) as pid:
            server = Server(HOST, ports[0], ports[1], str(certificate), tuple(users), PASSWORD, folder, pid, add)
            for user in users:
                add(user)
            yield server


def _cyrus_environment() -> dict[str, str]:
    prefix, machine = cyrus_prefix(), f"{platform.machine()}-linux-gnu"
    libraries = ":".join(str(prefix / place) for place in (f"usr/lib/{machine}", f"lib/{machine}", "usr/lib"))
    return {**os.environ, "LD_LIBRARY_PATH": libraries, "SASL_PATH": f"{prefix}/usr/lib/{machine}/sasl2:/usr/lib/{machine}/sasl2"}


def _cyrus_settings(folder: Path) -> str:
    uid, gid = mail_owner()
    return f"""\
configdirectory: {folder}/conf
partition-default: {folder}/spool
defaultpartition: default
admins: cyrus
cyrus_user: {pwd.getpwuid(uid).pw_name}
cyrus_group: {grp.getgrgid(gid).gr_name}
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {folder}/sasldb2
sasl_mech_list: PLAIN
allowplaintext: yes
virtdomains: off
unixhierarchysep: yes
altnamespace: yes
specialusealways: 1
defaultdomain: test
servername: test
tls_server_cert: {folder}/cert.pem
tls_server_key: {folder}/key.pem
tls_sessions_db_path: {folder}/tls.db
idlesocket: {folder}/run/idle
proc_path: {folder}/proc
mboxname_lockpath: {folder}/lock
"""


def _cyrus_services(folder: Path, ports: Sequence[int]) -> str:
    binaries = cyrus_prefix() / "usr/lib/cyrus/bin"
    return f"""\
START {{
  recover cmd="{binaries}/ctl_cyrusdb -C {folder}/imapd.conf -r"
}}
SERVICES {{
  imap  cmd="{binaries}/imapd -C {folder}/imapd.conf -U 10000" listen="{HOST}:{ports[0]}" prefork=2
  imaps cmd="{binaries}/imapd -C {folder}/imapd.conf -s -U 10000" listen="{HOST}:{ports[1]}" prefork=0
}}
EVENTS {{
  checkpoint cmd="{binaries}/ctl_cyrusdb -C {folder}/imapd.conf -c" period=30
}}
"""


# ---- pymap

@contextlib.contextmanager
def pymap() -> Iterator[Server]:
    """pymap, an IMAP server from PyPI, with its demonstration mail in memory: where neither Dovecot nor Cyrus is installed. No SPECIAL-USE."""
    with mail_folder() as folder:
        (port,) = free_ports(1)
        program = Path(sys.executable).with_name("pymap")
        command = [str(program), "--host", HOST, "--port", str(port), "--no-tls", "dict", "--demo-data", "--demo-user", "lea", "--demo-password", "secret"]
        with _running(command, folder, port) as pid:
            yield Server(HOST, port, None, None, ("lea",), "secret", folder, pid, lambda _: "lea")


# ---- starting and stopping

def quoted(name: str) -> str:
    """A mailbox's name as a command of ``server.client()`` takes it."""
    return '"' + mutf7.encode(name).decode("ascii").replace("\\", "\\\\").replace('"', '\\"') + '"'


def free_ports(number: int) -> list[int]:
    """Ports on loopback that nobody listens on now."""
    sockets = [socket.create_server((HOST, 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def make_certificate(folder: Path) -> Path:
    """A certificate of its own authority for 127.0.0.1 and localhost: ``cert.pem``, with ``key.pem`` beside it."""
    certificate = folder / "cert.pem"
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"]
    names = ["-subj", "/CN=localhost", "-addext", f"subjectAltName=DNS:localhost,IP:{HOST}"]
    subprocess.run([*request, *names, "-keyout", str(folder / "key.pem"), "-out", str(certificate)], check=True, stderr=subprocess.DEVNULL)
    (folder / "key.pem").chmod(0o600)
    return certificate


@contextlib.contextmanager
def _running(command: Sequence[str], folder: Path, port: int, environment: Mapping[str, str] | None = None, drop: bool = False) -> Iterator[int]:
    uid, gid = mail_owner()
    as_user = {"user": uid, "group": gid, "extra_groups": []} if drop and os.geteuid() == 0 else {}
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, start_new_session=True, **as_user)
    try:
        _wait_for_greeting(port, process, folder)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for_greeting(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), 5) as one:
            if one.recv(64).startswith(b"* "):
                return
        time.sleep(0.02)
    logs = "\n".join(path.read_text(errors="replace")[-2000:] for path in (folder / "output", folder / "log") if path.exists())
    raise RuntimeError(f"the server does not greet: {process.args}\n{logs}")


def trusting(server: Server) -> ssl.SSLContext:
    """A TLS context that trusts this server alone."""
    return ssl.create_default_context(cafile=server.ca_file)


# ---- between client and server

class Relay:
    """A relay in front of a server: what the client said and heard, and a cut where a test wants one.

    ``cut`` is asked after each piece that passes, with all octets said and heard so far (of the last connection); once it answers True, both sides are
    reset and further connections are refused. The piece that made it answer True does not pass.
    """

    def __init__(self, target: int, cut: Callable[[bytes, bytes], bool] = lambda _said, _heard: False) -> None:
        self._target = target
        self._cut = cut
        self._listener = socket.create_server((HOST, 0))
        self.port: int = self._listener.getsockname()[1]
        self.said: list[bytes] = []
        self.heard: list[bytes] = []
        self._is_cut = False
        self._pumps: list[threading.Thread] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def all_said(self) -> bytes:
        """What clients said in all connections, once these have ended: a client may be gone before its last words have passed."""
        for pump in self._pumps:
            pump.join(10)
        return b"".join(self.said)

    def lines(self) -> list[bytes]:
        """``all_said``, in lines."""
        return self.all_said().splitlines()

    def mend(self) -> None:
        """Let further connections through again."""
        self._is_cut = False

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self._is_cut:
                    _reset(client)
                    continue
                server = socket.create_connection((HOST, self._target))
                self.said.append(b"")
                self.heard.append(b"")
                for source, sink, record in ((client, server, self.said), (server, client, self.heard)):
                    pump = threading.Thread(target=self._pump, args=(source, sink, record), daemon=True)
                    self._pumps.append(pump)
                    pump.start()

    def _pump(self, source: socket.socket, sink: socket.socket, record: list[bytes]) -> None:
        with contextlib.suppress(OSError):
            while octets := source.recv(65536):
                record[-1] += octets
                if self._is_cut or self._cut(self.said[-1], self.heard[-1]):
                    self._is_cut = True
                    _reset(source)
                    _reset(sink)
                    return
                sink.sendall(octets)
            sink.shutdown(socket.SHUT_WR)


def _reset(one: socket.socket) -> None:
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def relay(target: int, cut: Callable[[bytes, bytes], bool] = lambda _said, _heard: False) -> Iterator[Relay]:
    """A Relay in front of a port on loopback."""
    between = Relay(target, cut)
    try:
        yield between
    finally:
        between.close()


@contextlib.contextmanager
def scripted(*turns: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A server that says the first turn as its greeting and each further one when a line came in: for answers that no real server here gives.

    ``%T`` in a turn becomes the tag of the latest command, ``%P`` that of the one before; after a turn that begins with ``+`` a literal is read, if one was
    announced. Hangs up after the last turn. Gives its port and the lines and literals that it heard.
    """
    listener = socket.create_server((HOST, 0))
    heard: list[bytes] = []

    def serve() -> None:
        tags = [b"", b""]
        with contextlib.suppress(OSError):
            one, _ = listener.accept()
            with one, one.makefile("rb") as lines:
                one.sendall(turns[0])
                announced = None
                for turn in turns[1:]:
                    line = lines.read(int(announced[1])) + lines.readline() if announced else lines.readline()
                    heard.append(line)
                    if command := re.match(rb"[A-Z]{4}\d+(?= )", line):
                        tags = [tags[1], command[0]]
                    announced = re.search(rb"\{(\d+)\}\r\n$", line) if turn.startswith(b"+") else None
                    one.sendall(turn.replace(b"%T", tags[1]).replace(b"%P", tags[0]))
                one.shutdown(socket.SHUT_WR)
                lines.read()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        listener.close()
