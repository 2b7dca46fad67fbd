"""A pcscd with the vpcd driver of our own, in namespaces of its own, for tests against the real thing.

Nothing outside sees it and it sees no other: it has its own network (so port 35963 is free) and its own /run.
As root that needs `unshare` alone; without root, user namespaces or passwordless sudo. Where no namespaces
are granted (a container, a chroot), ours is the machine's one pcscd meanwhile, provided that no other runs.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READER_NAME = "Virtual PCD 00 00"
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")

_READER_CONFIGURATION = f"""\
FRIENDLYNAME "Virtual PCD"
DEVICENAME   /dev/null:0x8C7B
LIBPATH      {DRIVER}
CHANNELID    0x8C7B
"""
_VPCD_PORT = 35963

_OWN_NAMESPACES = """\
mount -t tmpfs tmpfs /run && mkdir /run/pcscd && ip link set lo up || exit 97
"""
_NO_NAMESPACES = """\
mkdir -p /run/pcscd && rm -f /run/pcscd/pcscd.comm /run/pcscd/pcscd.pid || exit 97
"""
_BECOME = """\
echo $$
exec "$0" "$@"
"""
_INSERT = """\
import json, signal, sys, threading
from pathlib import Path
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.vpcd import serve
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
specimen = load_specimen(sys.argv[1])
state = Path(sys.argv[2]) if sys.argv[2] else None
faults = Faults(**json.loads(sys.argv[3])).over(specimen.faults)
serve(build_card(specimen, state), should_stop=stop.is_set, faults=faults)
"""
_WAIT = """\
import sys, time
from kakanai.cardreader.pcsc import PcscReaderSource
source, name, wanted = PcscReaderSource(), sys.argv[1], sys.argv[2] == "present"
for _ in range(100):
    if source.is_card_present(name) == wanted:
        sys.exit(0)
    time.sleep(0.05)
sys.exit(f"{name}: the card is not {sys.argv[2]} after five seconds")
"""


class PcscdUnavailableError(Exception):
    """The private pcscd could not be started; the text says what is missing."""


@dataclass(frozen=True)
class _Way:
    """How pcscd starts (`unshare` runs a shell with the lines `prepare` first) and how others get to it."""

    unshare: tuple[str, ...]
    enter: tuple[str, ...]
    prepare: str = _OWN_NAMESPACES

    def into(self, pid):
        return [*self.enter, "-t", pid, "--"] if self.prepare is _OWN_NAMESPACES else list(self.enter)


_PRIVATE_WAYS = (
    _Way(("unshare", "-m", "-n"), ("nsenter", "-m", "-n")),
    _Way(("unshare", "-r", "-m", "-n"), ("nsenter", "-U", "--preserve-credentials", "-m", "-n")),
    _Way(("sudo", "-n", "unshare", "-m", "-n"), ("sudo", "-n", "-E", "nsenter", "-m", "-n")),
)


class PrivatePcscd:
    """Use as a context manager; afterwards the daemon and all cards are gone."""

    def __init__(self):
        self._folder = None
        self._daemon = None
        self._way = None
        self._pid = ""
        self.daemon_argv = []
        self._card = None

    def __enter__(self):
        pcscd = shutil.which("pcscd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if pcscd is None or not DRIVER.exists():
            raise PcscdUnavailableError("the packages pcscd and vsmartcard-vpcd must be installed")
        self._way = _private_way() or _plain_way()
        self._folder = tempfile.TemporaryDirectory(prefix="kakanai-pcscd-")
        configuration = Path(self._folder.name)
        (configuration / "vpcd").write_text(_READER_CONFIGURATION)
        self.daemon_argv = [pcscd, "--foreground", "--error", "--config", str(configuration)]
        self._daemon = subprocess.Popen(
            [*self._way.unshare, "sh", "-c", self._way.prepare + _BECOME, *self.daemon_argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        try:
            # Under sudo the process we started is sudo's, so the shell tells the number of its own.
            self._pid = self._daemon.stdout.readline().decode().strip()
            self._wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self._card is not None:
            self._card.terminate()
            self._card.wait(5)
            self._card = None
        if "sudo" in self._way.unshare:
            # sudo itself is root's, and not ours to signal.
            subprocess.run(["sudo", "-n", "kill", self._pid], capture_output=True, check=False)
        else:
            self._daemon.terminate()
        try:
            self._daemon.wait(5)
        except subprocess.TimeoutExpired:
            self._daemon.kill()
            self._daemon.wait()
        self._daemon.stdout.close()
        self._daemon.stderr.close()
        self._folder.cleanup()

    @contextlib.contextmanager
    def paused(self):
        """Meanwhile there is neither daemon nor card, for where only one pcscd at a time can run."""
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()

    def _wait_until_ready(self):
        for _ in range(100):
            if self._daemon.poll() is not None:
                said = self._daemon.stderr.read().decode(errors="replace")
                raise PcscdUnavailableError(f"pcscd ended with {self._daemon.returncode}: {said}")
            if self._is_ready():
                return
            time.sleep(0.05)
        raise PcscdUnavailableError("pcscd did not get ready in time")

    def _is_ready(self):
        looks = "test -S /run/pcscd/pcscd.comm && grep -qi ' 00000000:8C7B' /proc/net/tcp"
        return self.run(["sh", "-c", looks]).returncode == 0

    def command(self, argv):
        """The argv that runs `argv` where this pcscd is visible, for Popen."""
        # nsenter leaves the program in "/", so the shell goes back to the checkout first.
        back = ["sh", "-c", 'cd "$0" && exec "$@"', str(ROOT)]
        return [*self._way.into(self._pid), *back, *map(str, argv)]

    @property
    def daemon_pid(self):
        """The process number of pcscd, the same inside and outside."""
        return int(self._pid)

    def run(self, argv, *, input=None, env=None, timeout=60):
        """Run a program to its end where this pcscd is visible; text in, text out, status not checked."""
        return subprocess.run(
            self.command(argv),
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            env=_environment(env),
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    def run_python(self, program, *args, input=None, env=None, timeout=60):
        """Run Python text in this checkout's environment where this pcscd is visible."""
        return self.run([sys.executable, "-c", program, *args], input=input, env=env, timeout=timeout)

    def insert(self, specimen_id, state_folder=None, *, program=_INSERT, **faults):
        """Put a specimen on the reader READER_NAME and wait until the reader shows it.

        `faults` are fields of Faults. `program` is the Python text of another card program; it gets the same
        arguments: id, state folder or "", faults as JSON.
        """
        self.remove()
        told = [specimen_id, str(state_folder or ""), json.dumps(faults)]
        self._card = subprocess.Popen(
            self.command([sys.executable, "-c", program, *told]),
            stdin=subprocess.DEVNULL,
            env=_environment(None),
        )
        self.wait_for_card(present=True)

    def remove(self):
        """Take the specimen away, if there is one, and wait until the reader shows it."""
        if self._card is not None:
            has_died = self._card.poll() is not None
            self._card.terminate()
            self._card.wait(5)
            self._card = None
            self.wait_for_card(present=False)
            if has_died:
                # pcscd shows "absent" as soon as power-off fails, but looks only every 0.4 s itself; a card
                # put back before that look is never noticed (seen with pcscd 1.9.9).
                time.sleep(0.6)

    def wait_for_card(self, *, present):
        """Wait until a card is, or is not, on the reader."""
        waited = self.run_python(_WAIT, READER_NAME, "present" if present else "absent")
        if waited.returncode != 0:
            raise PcscdUnavailableError(waited.stderr)


def _private_way():
    """The first way to namespaces of our own that the system grants; None where it grants none.

    In a chroot whose root is no mount point `unshare -m` is refused. Without making the mounts private first
    (`--propagation unchanged`) a /run of our own could show up outside, so that is no way in.
    """
    for way in _PRIVATE_WAYS:
        with contextlib.suppress(FileNotFoundError):
            tried = subprocess.run([*way.unshare, "sh", "-c", way.prepare], capture_output=True, check=False)
            if tried.returncode == 0:
                return way
    return None


def _plain_way():
    """No namespaces: the machine's own /run and network, which must be free of another pcscd."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as other:
        other.connect("/run/pcscd/pcscd.comm")
        raise PcscdUnavailableError("no private namespaces are granted, and another pcscd is running here")
    with socket.socket() as port:
        port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            port.bind(("", _VPCD_PORT))
        except OSError as error:
            raise PcscdUnavailableError(
                f"no private namespaces are granted, and port {_VPCD_PORT} is in use"
            ) from error
    if os.geteuid() == 0:
        return _Way((), (), _NO_NAMESPACES)
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
            return _Way(("sudo", "-n"), ("sudo", "-n", "-E"), _NO_NAMESPACES)
    raise PcscdUnavailableError("no private namespaces, and no right to start pcscd: be root, or allow sudo")


def _environment(extra):
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", **(extra or {})}
