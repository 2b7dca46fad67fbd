"""What opens a card comes from standard input or an unseen line at the terminal; else that is told."""

import getpass
import io
import sys

import pytest

from tests.cli.conftest import code_of

KEYS = [
    ("official-test", "--pin-stdin", "券面事項入力補助用の暗証番号", "1234\n"),
    ("official-test", "--collation-b-stdin", "照合番号B", "55021720352285\n"),
    ("licence-plain", "--pin-stdin", "運転免許証の暗証番号1", "1234\n"),
    ("residence-front-address", "--card-number-stdin", "在留カード等の番号", "CD23456789EF\n"),
]


class Terminal(io.StringIO):
    """A terminal: what is read from it by lines would have been seen while it was typed."""

    def isatty(self):
        return True

    def readline(self, *_arguments):
        raise AssertionError("typed in the clear")


@pytest.mark.parametrize(("specimen", "flag", "name", "_right"), KEYS)
@pytest.mark.parametrize("stdin", ["", "\n", "\r\n", None])
def test_no_key_is_told_with_its_name_and_its_flag(read, specimen, flag, name, _right, stdin):
    status, told, _ = read(specimen, flag, stdin=stdin)
    assert (status, told["error"]["code"]) == (2, "U-011")
    assert name in told["error"]["message"]
    assert flag in told["error"]["next_step"]


@pytest.mark.parametrize(("specimen", "flag", "_name", "_right"), KEYS)
@pytest.mark.parametrize("stdin", [b"\xff\xfe\x00", b"1234\x00\n", b"\x80" * 5000, b" 1234\n", b"1234 \n"])
def test_what_is_no_key_is_told_and_not_sent(program, specimen, flag, _name, _right, stdin):
    arguments = ["card", "read", "--reader", f"specimen:{specimen}", flag, "--json"]
    process = program(*arguments, stdin=-1)
    process.stdin.buffer.write(stdin)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, code_of(out)) in {(5, "C-015"), (5, "C-040"), (5, "C-071")}
    assert "Traceback" not in err


def test_a_closed_standard_input_is_told(program):
    closed = (
        "import os, sys; os.close(0);"
        "os.execv(sys.executable, [sys.executable, '-m', 'kakanai', *sys.argv[1:]])"
    )
    for flag in ("--collation-b-stdin", "--pin-stdin"):
        arguments = ["card", "read", "--reader", "specimen:official-test", flag, "--json"]
        process = program(*arguments, code=closed, stdin=None)
        out, _ = process.communicate(timeout=60)
        assert (process.returncode, code_of(out)) == (2, "U-011")


@pytest.mark.parametrize(("specimen", "flag", "_name", "right"), KEYS)
def test_at_a_terminal_nothing_is_typed_in_the_clear(read, monkeypatch, specimen, flag, _name, right):
    prompts = []

    def typed(prompt):
        prompts.append(prompt)
        return right.strip() if len(prompts) == 1 else ""

    monkeypatch.setattr(getpass, "getpass", typed)
    status, told, _ = read(specimen, flag, stdin=Terminal())
    assert status == 0, told
    assert len(prompts) == (2 if specimen == "licence-plain" else 1)
    assert sys.stdin.isatty()


@pytest.mark.parametrize("flag", ["--pin", "--collation-b", "--card-number"])
def test_no_key_may_be_an_argument(read, flag):
    for given in ([flag, "8642"], [f"{flag}=8642"]):
        status, told, err = read("official-test", *given)
        assert (status, told["error"]["code"]) == (2, "U-001")
        assert "8642" not in str(told) + err
