import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kakanai.app.entry import run
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

ROOT = Path(__file__).parents[2]
PERSON = {"name": "黒桐　幹也", "address": "東京都清瀬市", "birth_date": "1980-02-17", "sex": 1}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("KAKANAI_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def kakanai(home, monkeypatch, capsys):
    """Run a verb in a fresh KAKANAI_HOME; gives exit code, standard output, standard error."""

    def call(*arguments, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin) if isinstance(stdin, str) else stdin)
        status = run([str(a) for a in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def written(tmp_path):
    """Write an input file: a mapping as JSON, or a text as it is."""

    def write(name, content):
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def person(written):
    return written("person.json", PERSON)


@pytest.fixture
def program(home, tmp_path):
    """The program in a process of its own, with the streams that a test gives it."""

    def start(*arguments, code=None, **streams):
        # PYTHONUNBUFFERED and the like would make the streams kinder than they are.
        outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [sys.executable, *(["-c", code] if code else ["-m", "kakanai"])]
        return subprocess.Popen(
            [*command, *map(str, arguments)],
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **streams},
            encoding="utf-8",
            cwd=tmp_path,
            env={**outside, "PYTHONPATH": str(ROOT), "KAKANAI_HOME": str(home)},
        )

    with contextlib.ExitStack() as stack:

        def kept(*arguments, **streams):
            process = stack.enter_context(start(*arguments, **streams))
            stack.callback(process.kill)
            return process

        yield kept


def code_of(out):
    return json.loads(out)["error"]["code"]


def log_of(home):
    return (home / "diagnostic" / "kakanai.log").read_text(encoding="utf-8")


@pytest.fixture
def read(kakanai):
    """`card read --json` of a specimen; gives exit code, the JSON object, standard error."""

    def call(specimen, *arguments, stdin=""):
        reader = ["--reader", f"specimen:{specimen}"]
        status, out, err = kakanai("card", "read", *reader, *arguments, "--json", stdin=stdin)
        return status, json.loads(out), err

    return call


@pytest.fixture
def tries(kakanai):
    """The tries left of every key of a specimen, by key."""

    def call(specimen):
        status, out, _ = kakanai("card", "pin-status", "--reader", f"specimen:{specimen}", "--json")
        assert status == 0
        return {key["key"]: key["tries_left"] for key in json.loads(out)["keys"]}

    return call


@pytest.fixture
def faulty(monkeypatch):
    """Let simulated readers go wrong from now on."""

    def order(**faults):
        class FaultySource(SimulatedReaderSource):
            def __init__(self, *arguments, **named):
                super().__init__(*arguments, **named)
                self.faults = Faults(**faults)

        monkeypatch.setattr("kakanai.cardreader.simulator.virtual_reader.SimulatedReaderSource", FaultySource)

    return order


@pytest.fixture
def untouched(monkeypatch):
    """No card may be touched."""

    def touched(*_arguments, **_named):
        raise AssertionError("the card was touched")

    monkeypatch.setattr("kakanai.cardreader.simulator.virtual_reader.SimulatedReaderSource.connect", touched)


def collation_b(specimen):
    return load_specimen(specimen).collation_b + "\n"
