"""A real CUPS server of our own: own folders, own socket, printers that keep what arrives.

with PrivateCups() as cups:
    CupsPrinter(COUNTER).release(job)      # the environment points at it meanwhile
    cups.arrived()                         # PDFs, in the order of their jobs
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

COUNTER = "counter"
"""Keeps documents byte for byte."""
FILTERED = "filtered"
"""Passes documents through CUPS' PDF filters first, as for an office's PDF printer."""
A4_ONLY = "a4-only"
"""As FILTERED, with no other paper than A4, and on one side alone."""
STOPPED = "stopped"
REJECTING = "rejecting"

_PROGRAMS = Path("/usr/lib/cups")

_BACKEND = """#!/bin/sh
# Arguments: job, user, title, copies, options, and the file unless a filter pipes it in.
# Without any CUPS asks what devices there are.
[ $# -eq 0 ] && exit 0
while [ -e "{base}/out-of-paper" ]; do echo "STATE: +media-empty-error" >&2; sleep 0.1; done
echo "STATE: -media-empty-error" >&2
[ -e "{base}/broken" ] && exit 4
printf '%s\\n' "$3" > "{base}/arrived/$1.title"
printf '%s\\n' "$5" > "{base}/arrived/$1.options"
printf '%s\\n' "$4" > "{base}/arrived/$1.copies"
cat "${{6:--}}" > "{base}/arrived/$1.part" && mv "{base}/arrived/$1.part" "{base}/arrived/$1.pdf"
[ -e "{base}/last-one" ] && mv "{base}/last-one" "{base}/broken"
exit 0
"""

_FILES_CONF = """
ServerRoot {base}/root
ServerBin {base}/bin
RequestRoot {base}/spool
TempDir {base}/spool/tmp
CacheDir {base}/cache
StateDir {base}/run
AccessLog {base}/access_log
ErrorLog {base}/error_log
PageLog {base}/page_log
"""

_CUPSD_CONF = """
Listen {base}/run/cups.sock
Browsing Off
DefaultShared No
WebInterface No
IdleExitTimeout 0
JobRetryInterval 1
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""

_PRINTER = """
<Printer {name}>
DeviceURI keep:/
State {state}
StateMessage by the test
Accepting {accepting}
Shared No
ErrorPolicy {policy}
</Printer>
"""

_PDF_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TESTPDF.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test PDF"
*ShortNickName: "Test PDF"
*NickName: "Test PDF"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*cupsFilter2: "application/pdf application/vnd.cups-pdf 0 pdftopdf"
*OpenUI *PageSize: PickOne
*DefaultPageSize: A4
*PageSize A4: ""
*PageSize A5: ""
*CloseUI: *PageSize
*OpenUI *InputSlot: PickOne
*DefaultInputSlot: Auto
*InputSlot Auto: ""
*InputSlot Tray1: ""
*InputSlot Tray2: ""
*CloseUI: *InputSlot
*OpenUI *Duplex: PickOne
*DefaultDuplex: None
*Duplex None: ""
*Duplex DuplexNoTumble: ""
*CloseUI: *Duplex
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4: ""
*PageRegion A5: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "12 12 583 830"
*ImageableArea A5: "12 12 408 583"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*PaperDimension A5: "420 595"
"""


class PrivateCups:
    """A cupsd started and stopped by the test; `CUPS_SERVER` of this process points at it meanwhile."""

    def __init__(self):
        # Not pytest's folder: a socket's path must be short, and CUPS' own user must reach the filters.
        self.base = Path(tempfile.mkdtemp(prefix="kakanai-cups-"))
        self.base.chmod(0o755)
        self.socket = self.base / "run" / "cups.sock"
        self._process = None
        self._server_before = None

    def __enter__(self):
        try:
            self._write_configuration()
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._server_before is None:
                os.environ.pop("CUPS_SERVER", None)
            else:
                os.environ["CUPS_SERVER"] = self._server_before
        shutil.rmtree(self.base, ignore_errors=True)

    def arrived(self):
        """The PDFs that came out of any printer so far, in the order of their jobs."""
        return sorted((self.base / "arrived").glob("*.pdf"), key=lambda path: int(path.stem))

    def told(self, pdf, what):
        """What CUPS told the driver along with a PDF of `arrived`: its "title", "options" or "copies"."""
        return pdf.with_suffix(f".{what}").read_text().rstrip("\n")

    @contextlib.contextmanager
    def fault(self, name):
        """Meanwhile every printer is "out-of-paper" (waits) or "broken" (its driver fails)."""
        (self.base / name).touch()
        try:
            yield
        finally:
            (self.base / name).unlink()

    def break_after_one(self):
        """Every printer breaks down as "broken" once the next document is out, until `mend`."""
        (self.base / "last-one").touch()

    def mend(self, name):
        """Repair what `break_after_one` broke, and start the printer that stopped for it."""
        (self.base / "broken").unlink()
        self.command("/usr/sbin/cupsenable", name)

    def waiting_jobs(self):
        """The ids of jobs still in any queue."""
        listed = self.command("lpstat", "-W", "not-completed", "-o").splitlines()
        return [line.split()[0] for line in listed]

    def spooled(self):
        """The documents that CUPS itself still has in its folder."""
        return sorted(path.name for path in (self.base / "spool").glob("d*"))

    def command(self, *arguments):
        """What a command of CUPS prints."""
        environment = {**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"}
        return subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True).stdout

    def _write_configuration(self):
        for folder in ("root/ppd", "bin/backend", "spool/tmp", "cache", "run", "arrived"):
            (self.base / folder).mkdir(parents=True)
        for program in _PROGRAMS.iterdir():
            if program.name != "backend":
                (self.base / "bin" / program.name).symlink_to(program)
        backend = self.base / "bin" / "backend" / "keep"
        backend.write_text(_BACKEND.format(base=self.base))
        backend.chmod(0o700)  # CUPS runs a backend that only its owner may run as that owner.
        root = self.base / "root"
        (root / "cups-files.conf").write_text(_FILES_CONF.format(base=self.base))
        (root / "cupsd.conf").write_text(_CUPSD_CONF.format(base=self.base))
        (root / "ppd" / f"{FILTERED}.ppd").write_text(_PDF_PPD)
        only = [
            line
            for line in _PDF_PPD.splitlines(keepends=True)
            if " A5: " not in line and "Duplex" not in line
        ]
        (root / "ppd" / f"{A4_ONLY}.ppd").write_text("".join(only))
        (root / "printers.conf").write_text(
            "".join(
                _PRINTER.format(name=name, state=state, accepting=accepting, policy="stop-printer")
                for name, state, accepting in [
                    (COUNTER, "Idle", "Yes"),
                    (FILTERED, "Idle", "Yes"),
                    (A4_ONLY, "Idle", "Yes"),
                    (STOPPED, "Stopped", "Yes"),
                    (REJECTING, "Idle", "No"),
                ]
            )
        )

    def _start(self):
        cupsd = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        if cupsd is None:
            raise RuntimeError("cupsd is missing: install the packages cups, cups-client and cups-filters")
        root = self.base / "root"
        self._process = subprocess.Popen(
            [cupsd, "-f", "-c", root / "cupsd.conf", "-s", root / "cups-files.conf"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._server_before = os.environ.get("CUPS_SERVER")
        os.environ["CUPS_SERVER"] = str(self.socket)
        deadline = time.monotonic() + 20
        while not self.socket.exists() or "is running" not in self.command("lpstat", "-r"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                log = self.base / "error_log"
                raise RuntimeError("cupsd did not start:\n" + (log.read_text() if log.exists() else "no log"))
            time.sleep(0.05)
