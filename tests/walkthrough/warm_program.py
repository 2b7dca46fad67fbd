"""The program in processes of its own that have loaded already: four fifths of a short run is its start.

One process loads what every run loads and waits; each run is a fork of it, with arguments, environment,
folder and standard streams of its own, and nothing of one run is there in the next.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120.0
LOADED_ONCE = (
    "kakanai.app.entry",
    "kakanai.cardreader.faults",
    "kakanai.cardreader.pictures",
    "kakanai.cardreader.simulator.virtual_reader",
    "kakanai.cli.card",
    "kakanai.cli.card_reading",
    "kakanai.cli.fill",
    "kakanai.printing.folder",
    "logging.handlers",
)


class WarmProgram:
    """A context manager; `run` is one run of `kakanai`."""

    def __enter__(self) -> "WarmProgram":
        self._folder = tempfile.TemporaryDirectory()
        self._address = str(Path(self._folder.name) / "socket")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.walkthrough.warm_program", self._address],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE_S)
        self._folder.cleanup()

    def run(
        self,
        arguments: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        typed: str = "",
        faults: Mapping[str, Any] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """One run with `typed` on standard input; `faults` are those of the simulated card."""
        asked = {"arguments": list(arguments), "env": dict(env), "cwd": str(cwd), "faults": faults or {}}
        streams = [os.pipe() for _ in range(3)]
        inside = [streams[0][0], streams[1][1], streams[2][1]]
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_S)
            connection.connect(self._address)
            socket.send_fds(connection, [json.dumps(asked).encode() + b"\n"], inside)
            for descriptor in inside:
                os.close(descriptor)
            said: list[bytes] = [b"", b""]
            readers = [
                threading.Thread(target=_read, args=(said, place, streams[place + 1][0]))
                for place in range(2)
            ]
            for reader in readers:
                reader.start()
            with contextlib.suppress(BrokenPipeError), os.fdopen(streams[0][1], "wb") as stdin:
                stdin.write(typed.encode())
            for reader in readers:
                reader.join(PATIENCE_S)
            status = int(connection.recv(16))
        return subprocess.CompletedProcess(list(arguments), status, said[0].decode(), said[1].decode())


def _read(said: list[bytes], place: int, descriptor: int) -> None:
    with os.fdopen(descriptor, "rb") as stream:
        said[place] = stream.read()


# --- in the process that waits, and its forks -------------------------------------------


def _serve(address: str) -> None:
    for module in LOADED_ONCE:
        importlib.import_module(module)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    print("ready", flush=True)
    while True:
        connection, _ = listening.accept()
        message, streams, _, _ = socket.recv_fds(connection, 1 << 20, 3)
        if os.fork() == 0:
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for number, descriptor in enumerate(streams):
                os.dup2(descriptor, number)
                os.close(descriptor)
            status = _run(json.loads(message))
            for number in range(3):
                os.close(number)
            connection.sendall(str(status).encode())
            os._exit(0)
        for descriptor in streams:
            os.close(descriptor)
        connection.close()


def _run(asked: dict[str, Any]) -> int:
    from kakanai.__main__ import main
    from kakanai.cardreader.faults import Faults
    from kakanai.cardreader.simulator import virtual_reader

    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    tempfile.tempdir = None
    sys.argv = ["kakanai", *asked["arguments"]]
    # New ones: those of the process that waits remember that they cannot be sought in.
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")
    )
    faults = Faults(**asked["faults"])

    class FaultySource(virtual_reader.SimulatedReaderSource):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.faults = faults

    virtual_reader.SimulatedReaderSource = FaultySource  # type: ignore[misc]
    try:
        status = main()
    except SystemExit as end:
        status = int(end.code or 0)
    except Exception:  # noqa: BLE001 - as the interpreter ends a program; the test looks for the word
        traceback.print_exc()
        status = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return status


if __name__ == "__main__":
    _serve(sys.argv[1])
