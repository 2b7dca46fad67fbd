"""Standard streams that are closed, full or broken: what was done stands, and its status says so."""

import contextlib
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kakanai.cli.diagnostic_log import DIAGNOSTIC_FILE
from kakanai.cli.output import Output
from tests.cli.conftest import code_of

FULL = Path("/dev/full")
CLOSE = (
    "import os, sys; os.close({number});"
    "os.execv(sys.executable, [sys.executable, '-m', 'kakanai', *sys.argv[1:]])"
)


def pdfs(folder):
    return [path.name for path in folder.glob("*.pdf")]


@contextlib.contextmanager
def broken_pipe():
    """The writing end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


@pytest.fixture(params=["full", "broken", "closed"])
def run_without_output(request, program):
    """Run with a standard output that takes nothing; gives the process."""

    def run(*arguments):
        if request.param == "closed":
            return program(*arguments, code=CLOSE.format(number=1), stdout=None)
        if request.param == "full":
            with FULL.open("w") as full:
                return program(*arguments, stdout=full)
        with broken_pipe() as pipe:
            return program(*arguments, stdout=pipe)

    return run


@pytest.mark.parametrize("as_json", [["--json"], []])
def test_paper_that_is_out_is_told_on_the_other_stream(run_without_output, person, tmp_path, as_json):
    out = tmp_path / "out"
    process = run_without_output("fill", "--forms", "F05", "--person", person, "--out", out, *as_json)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    (name,) = pdfs(out)
    assert str(out / name) in err
    assert "受付番号 R8-" in err
    assert "Traceback" not in err
    assert "Exception ignored" not in err


def test_a_card_is_never_told_on_the_other_stream(run_without_output, tmp_path):
    process = run_without_output(
        "card", "read", "--reader", "specimen:official-test", "--pin-stdin", "--json"
    )
    _, err = process.communicate(timeout=60)
    assert "U-011" in err
    assert "黒桐" not in err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["specimen", "list"], 0), (["--help"], 0), (["log", "day", "x", "--json"], 2), (["doctor"], 0)],
)
def test_a_result_nobody_takes_is_no_crash(run_without_output, arguments, status):
    process = run_without_output(*arguments)
    _, err = process.communicate(timeout=60)
    assert process.returncode == status, err
    assert "Traceback" not in err
    assert "Exception ignored" not in err


def test_no_standard_error_is_no_crash(program):
    with broken_pipe() as pipe:
        process = program("fill", "--forms", "F05", "--json", stderr=pipe)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, code_of(out)) == (2, "U-001")
    process = program("specimen", "list", "--js", code=CLOSE.format(number=2), stderr=None)
    process.communicate(timeout=60)
    assert process.returncode == 2


def test_a_name_that_is_no_text_is_shown_by_its_number(program, person, tmp_path):
    folder = os.fsencode(tmp_path) + b"/o\xff"
    arguments = ["fill", "--forms", "F05", "--person", person, "--out", os.fsdecode(folder), "--json"]
    process = subprocess.run(
        [sys.executable, "-m", "kakanai", *arguments], capture_output=True, check=False, timeout=60
    )
    assert process.returncode == 0, process.stderr
    path = json.loads(process.stdout)["forms"][0]["path"]
    assert os.path.exists(os.fsencode(path))  # noqa: PTH110 - a path of bytes
    process = program("card", "insert", "\udcff")
    _, err = process.communicate(timeout=60)
    assert (process.returncode, "\\udcff" in err) == (7, True)
    assert "Traceback" not in err


class Silent:
    """A terminal to which nobody types; `answer` is what its end of input does."""

    def __init__(self, answer):
        self.answer = answer

    def isatty(self):
        return True

    def readline(self):
        raise self.answer


@pytest.mark.parametrize("stdin", [None, Silent(ValueError("closed")), Silent(OSError(5, "EIO"))])
@pytest.mark.parametrize("flag", [["--pin-stdin"], []])
def test_no_pin_to_be_had_is_told(kakanai, monkeypatch, stdin, flag):
    def end_of_input(_prompt):
        raise EOFError

    monkeypatch.setattr("getpass.getpass", end_of_input)
    status, out, _ = kakanai(
        "card", "read", "--reader", "specimen:official-test", *flag, "--json", stdin=stdin
    )
    assert (status, code_of(out)) == (2, "U-011")


def test_a_pin_that_is_no_text_is_told(program):
    for given, status, code in (("\udcff\udcff\n", 5, "C-015"), ("", 2, "U-011"), ("\n", 2, "U-011")):
        reading, writing = os.pipe()
        os.write(writing, os.fsencode(given))
        os.close(writing)
        process = program(
            "card", "read", "--reader", "specimen:official-test", "--pin-stdin", "--json", stdin=reading
        )
        os.close(reading)
        out, _ = process.communicate(timeout=60)
        assert (process.returncode, code_of(out)) == (status, code)


def test_a_stream_that_cannot_be_replaced_is_given_up(monkeypatch, capsys):
    class Broken:
        def write(self, _text):
            raise OSError(28, "ENOSPC")

        def fileno(self):
            raise OSError

    monkeypatch.setattr(sys, "stdout", Broken())
    Output(as_json=True).result({"a": 1}, [])
    assert "標準出力に書けませんでした" in capsys.readouterr().err


@pytest.mark.parametrize("obstacle", ["folder", "full"])
def test_a_diagnostic_log_that_cannot_be_written_is_told_in_one_line(
    program, home, person, tmp_path, obstacle
):
    (home / "diagnostic").mkdir(parents=True)
    (home / "town.toml").write_text('[diagnostic]\nlevel = "DEBUG"\n', encoding="utf-8")
    log = home / "diagnostic" / DIAGNOSTIC_FILE
    if obstacle == "folder":
        log.mkdir()
    else:
        log.symlink_to(FULL)
    arguments = ["fill", "--forms", "F05", "--reader", "specimen:official-test", "--pin-stdin"]
    process = program(*arguments, "--out", tmp_path / "out", stdin=subprocess.PIPE)
    _, err = process.communicate("1234\n", timeout=60)
    assert process.returncode == 0, err
    assert err.count("診断ログに書けません") == 1
    assert "Traceback" not in err
    assert "Logging error" not in err


def test_doctor_looks_at_the_diagnostic_log(kakanai, home):
    assert kakanai("doctor", "--json")[0] == 0
    (home / "diagnostic" / DIAGNOSTIC_FILE).unlink()
    (home / "diagnostic" / DIAGNOSTIC_FILE).mkdir()
    logging.getLogger("kakanai").handlers.clear()
    status, out, _ = kakanai("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(out)["checks"]}
    assert (status, checks["diagnostic"]["ok"]) == (0, False)
    assert checks["diagnostic"]["cost"]


def test_a_closed_stream_gives_its_number_to_nobody(program, tmp_path):
    code = (
        "import os, sys; [os.close(n) for n in (0, 1)]; sys.argv = ['kakanai', '--version'];"
        "from kakanai.__main__ import main; main(); sys.exit(open('x', 'w').fileno())"
    )
    process = program(code=code)
    _, err = process.communicate(timeout=60)
    assert process.returncode >= 3, err
