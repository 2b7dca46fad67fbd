"""Every foreseen failure has one stable code, a sentence with a next step, and a row in the documentation."""

import importlib
import pkgutil
from collections import Counter
from pathlib import Path

import kakanai
from kakanai.errors import KakanaiError
from tests.tools.make_failure_codes import DOCUMENT, document

ROOT = Path(__file__).resolve().parents[2]


def every_error() -> list[type[KakanaiError]]:
    for module in pkgutil.walk_packages(kakanai.__path__, "kakanai."):
        if ".migrations" not in module.name:  # Alembic runs its scripts itself, in a context of its own
            importlib.import_module(module.name)
    found: list[type[KakanaiError]] = []
    waiting = [KakanaiError]
    while waiting:
        for subclass in waiting.pop().__subclasses__():
            # A test may define an error of its own; only the package's are promised.
            if subclass.__module__.startswith("kakanai.") and subclass not in found:
                found.append(subclass)
                waiting.append(subclass)
    return found


def raised_errors() -> list[type[KakanaiError]]:
    """Errors with a code of their own; "X-000" and "C-000" only head a family."""
    return [error for error in every_error() if "code" in vars(error) and not error.code.endswith("-000")]


def test_each_code_belongs_to_one_error() -> None:
    counts = Counter(error.code for error in raised_errors())
    assert len(counts) > 20
    assert {code: n for code, n in counts.items() if n > 1} == {}


def test_an_error_without_a_code_of_its_own_heads_a_family() -> None:
    codeless = [e for e in every_error() if "code" not in vars(e) and not e.__subclasses__()]
    assert codeless == []


def test_codes_and_exit_statuses_have_their_form() -> None:
    for error in raised_errors():
        assert len(error.code) == 5, error
        assert error.code[0].isupper(), error
        assert error.code[1] == "-", error
        assert error.code[2:].isdigit(), error
        assert 1 <= error.exit_status <= 125, error  # above lies the shell's own range


def test_every_code_has_a_sentence_and_a_next_step() -> None:
    messages = importlib.import_module("kakanai.messages").MESSAGES
    missing = sorted({error.code for error in raised_errors()} - set(messages))
    assert missing == []
    for code, message in messages.items():
        assert message.what.strip(), code
        assert message.next_step.strip(), code


def test_no_sentence_is_left_of_a_code_that_is_gone() -> None:
    messages = importlib.import_module("kakanai.messages").MESSAGES
    known = {error.code for error in every_error()} | {KakanaiError.code}
    assert sorted(set(messages) - known) == []


def test_every_code_has_a_row_in_the_documentation() -> None:
    rows = (ROOT / "docs" / "failure-codes.md").read_text(encoding="utf-8")
    assert [error.code for error in raised_errors() if f"| {error.code} |" not in rows] == []


def test_the_documentation_is_what_the_messages_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run python -m tests.tools.make_failure_codes"
