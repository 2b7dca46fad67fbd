"""`fill --papers` and `--identity`: what goes with the forms, and what the visitor showed."""

import json
import sqlite3

import pytest

from tests.cli.conftest import PERSON, code_of


def fill(kakanai, written, folder, *more):
    person = written("p.json", PERSON)
    return kakanai("fill", "--forms", "F01", "--person", person, "--out", folder, "--json", *more)


@pytest.mark.parametrize(
    ("papers", "forms"),
    [("G03,G01", ["F01", "G01", "G03"]), ("none", ["F01"]), ("", ["F01"])],
)
def test_papers_come_after_the_forms(kakanai, written, tmp_path, papers, forms):
    status, out, _ = fill(kakanai, written, tmp_path / "out", "--papers", papers)
    assert status == 0
    assert [form["form"] for form in json.loads(out)["forms"]] == forms


@pytest.mark.parametrize("flags", [("--papers", "G09"), ("--papers", "F05"), ("--identity", "library_card")])
def test_what_there_is_not_is_refused(kakanai, written, tmp_path, flags):
    status, out, _ = fill(kakanai, written, tmp_path / "out", *flags)
    assert (status, code_of(out)) == (2, "U-001")
    assert not (tmp_path / "out").exists()


def test_what_the_visitor_showed_is_logged_by_code(kakanai, written, home, tmp_path):
    status, _, _ = fill(kakanai, written, tmp_path / "out", "--identity", "insurance,student")
    assert status == 0
    with sqlite3.connect(home / "sessionlog.sqlite3") as file:
        codes = {code for (code,) in file.execute("SELECT code FROM case_code")}
    file.close()
    assert {"N-002", "N-012"} <= codes
