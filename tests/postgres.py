"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, and not as root.

It ends with the process that started it, whatever becomes of that.
"""

import contextlib
import datetime as dt
import ipaddress
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kakanai.settings.database_url import DatabaseUrl

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
_USER = "kakanai"
_WAIT_S = 30


def why_not() -> str:
    """Why no server can be started here; "" when one can."""
    if not _PROGRAMS or not (_PROGRAMS[-1] / "initdb").exists():
        return "PostgreSQL's programs are not installed (Debian: postgresql)"
    if not shutil.which("setpriv"):
        return "setpriv is not installed (Debian: util-linux)"
    return ""


class PrivatePostgres:
    """A server that nobody else uses. With `durable`, a commit waits for the disk as in an office."""

    def __init__(self, *, durable: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="kakanai-postgres-"))
        self._folder.chmod(0o711)
        self._data = self._folder / "data"
        self._durable = durable
        self._server: subprocess.Popen[bytes] | None = None
        self.port = 0

    def __enter__(self) -> "PrivatePostgres":
        try:
            self._make()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the server and remove its folder."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server; it answers when this returns."""
        for _ in range(5):
            self.port = self.port or _free_port()
            with (self._folder / "log").open("ab") as log:
                self._server = subprocess.Popen(
                    self._command("postgres", "-D", self._data, "-p", str(self.port)),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                )
            if self._answers():
                return
            self.stop()
            self.port = 0
        raise RuntimeError((self._folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])

    def stop(self) -> None:
        """Stop the server as an administrator does: connections are cut, commits are on disk."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End the server as a power cut would: nothing is written any more."""
        self._end(signal.SIGQUIT)

    def new_database(self) -> DatabaseUrl:
        """A database that nobody has used."""
        name = f"t{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def url(self, database: str, user: str = _USER) -> DatabaseUrl:
        """The address of a database as that user."""
        return DatabaseUrl("127.0.0.1", database, self.port, (("user", user),))

    def files(self) -> list[Path]:
        """The files that the server keeps its databases in."""
        return [path for path in (self._data / "base").rglob("*") if path.is_file()]

    def processor_s(self) -> float:
        """Processor time of the server's present processes, seconds; on Linux."""
        if self._server is None:
            return 0.0
        pid = self._server.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return sum(map(_processor_s, children))

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """One statement as the server's owner, outside of any transaction; its rows."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def connect(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection of another program, as the owner of everything."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, dbname=database, user=_USER, autocommit=True, connect_timeout=5
        )

    def require_password(self, password: str) -> None:
        """From now on the server lets in nobody without this password, and this object no more."""
        self.run(f"ALTER ROLE {_USER} PASSWORD '{password}'")
        (self._data / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n", encoding="ascii")
        self.run("SELECT pg_reload_conf()")
        end = time.monotonic() + _WAIT_S
        while time.monotonic() < end:
            try:
                self.connect("postgres").close()
            except psycopg.OperationalError:
                return
            time.sleep(0.02)
        raise RuntimeError("the server still lets in everybody")

    def use_tls(self) -> Path:
        """From now on the server speaks TLS; the file with the certificate that proves its name."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kakanai test")])
        begin = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(begin + dt.timedelta(days=30))
            .add_extension(address, critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem, none = serialization.Encoding.PEM, serialization.NoEncryption()
        secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, none)
        for file, content in (("server.key", secret), ("server.crt", certificate.public_bytes(pem))):
            path = self._data / file
            path.touch(mode=0o600)
            path.write_bytes(content)
            if os.geteuid() == 0:
                os.chown(path, _account().pw_uid, _account().pw_gid)
        self.run("ALTER SYSTEM SET ssl = on")
        self.run("SELECT pg_reload_conf()")
        public = self._folder / "ca.pem"
        public.write_bytes(certificate.public_bytes(pem))
        return public

    def _make(self) -> None:
        if os.geteuid() == 0:
            account = _account()
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        options = ("--auth=trust", f"--username={_USER}", "--no-sync", "--encoding=UTF8", "--locale=C")
        made = subprocess.run(
            self._command("initdb", "-D", self._data, *options), capture_output=True, cwd="/", check=False
        )
        if made.returncode:
            raise RuntimeError(made.stderr.decode(errors="replace")[-2000:])
        settings = {
            "listen_addresses": "'127.0.0.1'",
            "unix_socket_directories": "''",
            "max_connections": "60",
            "shared_buffers": "'64MB'",
            "fsync": "on" if self._durable else "off",
            "autovacuum_naptime": "'10s'",
        }
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def _command(self, program: str, *args: str | Path) -> list[str | Path]:
        become: list[str] = []
        if os.geteuid() == 0:
            account = _account()
            become = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        # QUIT ends the server at once with all its processes when ours is gone.
        return ["setpriv", *become, "--pdeathsig=QUIT", str(_PROGRAMS[-1] / program), *args]

    def _answers(self) -> bool:
        end = time.monotonic() + _WAIT_S
        while time.monotonic() < end and self._server is not None and self._server.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                self.run("SELECT 1")
                return True
            time.sleep(0.02)
        return False

    def _end(self, sign: signal.Signals) -> None:
        if self._server is None:
            return
        self._server.send_signal(sign)
        try:
            self._server.wait(_WAIT_S)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _processor_s(pid: str) -> float:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    return 0.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
