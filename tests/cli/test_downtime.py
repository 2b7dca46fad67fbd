"""`kakanai downtime`: from the printed numbers to the log, as a scanner types them."""

import io
import json

from tests.cli.conftest import code_of
from tests.cli.test_log_book import signed_in


def test_a_kit_is_printed_scanned_and_listed(kakanai, tmp_path):
    status, out, _ = kakanai("downtime", "print", "--forms", "F05", "--count", 3, "--out", tmp_path, "--json")
    assert status == 0
    told = json.loads(out)
    first, second, third = told["numbers"]["F05"]
    assert len(told["files"]) == 2
    status, out, _ = kakanai("downtime", "take", "--json", stdin=f"{first.lower()}/F05/2026.11/1-1\n")
    assert status == 0
    case = json.loads(out)["case_number"]
    assert case in kakanai("log", "day")[1]
    status, out, _ = kakanai("downtime", "take", first, "--json")
    assert (status, code_of(out)) == (8, "E-012")
    assert kakanai("downtime", "void", second)[0] == 0
    listed = json.loads(kakanai("downtime", "list", "--json")[1])["papers"]
    assert [paper["number"] for paper in listed] == [third]
    states = json.loads(kakanai("downtime", "list", "--all", "--json")[1])["papers"]
    assert [paper["state"] for paper in states] == ["taken", "void", "waiting"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_at_a_terminal_papers_are_destroyed_after_a_second_question_only(kakanai, tmp_path):
    printed = kakanai(
        "downtime", "print", "--forms", "F05", "--count", "2", "--out", tmp_path / "k", "--json"
    )
    first, second = json.loads(printed[1])["numbers"]["F05"]
    _, out, err = kakanai("downtime", "void", first, "--json", stdin=Terminal("\n"))
    assert json.loads(out)["papers"] == []
    assert first in err
    assert "取り消せません" in err
    assert len(json.loads(kakanai("downtime", "list", "--json")[1])["papers"]) == 2
    assert kakanai("downtime", "void", first, stdin=Terminal("y\n"))[0] == 0
    assert kakanai("downtime", "void", second, "--yes", stdin=Terminal(""))[0] == 0
    assert json.loads(kakanai("downtime", "list", "--json")[1])["papers"] == []


def test_what_is_no_number_is_refused(kakanai):
    status, out, _ = kakanai("downtime", "take", "R8-1121-0001", "--json")
    assert (status, code_of(out)) == (8, "E-010")
    status, out, _ = kakanai("downtime", "take", "--json")
    assert (status, code_of(out)) == (2, "U-001")


def test_a_clerk_takes_papers_and_prints_none(kakanai, tmp_path):
    first = ("staff", "add", "9001", "--role", "administrator", "--password-stdin")
    assert kakanai(*first, stdin="kanri-sha-2026\n")[0] == 0
    signed_in(kakanai, "1024", "clerk", "tanto-sha-2026")
    status, out, _ = kakanai("downtime", "print", "--forms", "F05", "--count", 1, "--out", tmp_path, "--json")
    assert (status, code_of(out)) == (15, "A-005")
    assert list(tmp_path.glob("*.pdf")) == []
