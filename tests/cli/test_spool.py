"""`kakanai db spool`: an administrator sees what this PC keeps, hands it out, and gets it into the log."""

import contextlib
import datetime as dt
import json

import pytest

from kakanai.app.places import draft_places
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.number_register import give
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths
from tests.cli.conftest import code_of
from tests.drafts.conftest import draft
from tests.sessionlog.acts import K, entry

AT = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 20)
NUMBER = "R8-1120-5150"


@pytest.fixture
def spool(kakanai):
    def call(*arguments):
        status, out, _ = kakanai("db", "spool", *arguments, "--json")
        return status, json.loads(out)

    return call


@pytest.fixture
def url(home, postgres):
    """The hall's server, where somebody else gave a number of this counter; three entries wait here."""
    url = postgres.new_database()
    home.mkdir()
    (home / "town.toml").write_text(f'[log]\ndatabase = "{url.place}?user=kakanai"\n', encoding="utf-8")
    with SessionLog.open(url) as log, log.writing() as writing:
        give(writing.connection, CaseNumber(NUMBER))
        writing.append(entry(K.CASE_OPENED, NUMBER, AT))
        place = log.place
    with contextlib.closing(SpoolFile(Paths(home).spool_file)) as file:
        file.put_facts(server=place, counter="3")
        file.append([entry(K.LOCKED, None, AT, counter="3")])
        file.give_number(DAY, 5150, 5199, AT, "3")
        file.append([entry(K.CASE_OPENED, NUMBER, AT, counter="3")])
    return url


def test_a_case_of_this_pc_is_given_up_under_its_own_number(spool, kakanai, url, home):
    """Never under that of the other PC's case, which its paper bears too."""
    shelf = DraftShelf(draft_places(Paths(home)), lambda: AT)
    shelf.store.save(draft(NUMBER))
    shelf.close()
    status, out, _ = kakanai("cases", "discard", NUMBER, "--clerk", "1024", "--json")
    assert (status, code_of(out)) == (8, "L-057")
    spool("--renumber", NUMBER, "--reason", "copied", "--clerk", "2001")
    assert kakanai("cases", "discard", NUMBER, "--clerk", "1024")[0] == 0
    with SessionLog.open(url) as log:
        ended = [link.case_number for link in log.links() if link.kind == "case_cancelled"]
    assert ended == ["R8-1120-0001"]


def test_a_number_that_was_given_twice_is_seen_handed_out_and_changed(spool, kakanai, url, tmp_path):
    status, told = spool()
    assert (status, told["counter"], told["entries"]) == (0, "3", 3)
    assert [(case["case_number"], case["entries"], case["doubled"]) for case in told["cases"]] == [
        (None, 1, False),
        (NUMBER, 2, True),
    ]
    _, words, _ = kakanai("db", "spool")
    assert f"{NUMBER}  2026-11-20 12:00-12:00  2 件  ★" in words
    saved = tmp_path / "spool.jsonl"
    assert spool("--export", saved)[1]["entries"] == 3
    assert len(saved.read_bytes().splitlines()) == 4
    status, told = spool("--send", "--clerk", "2001")
    assert (status, told["error"]["code"]) == (13, "L-054")
    status, told = spool("--renumber", NUMBER, "--reason", "copied", "--clerk", "2001")
    assert (status, told) == (0, {"paper": NUMBER, "number": "R8-1120-0001", "reason": "copied"})
    assert spool()[1]["entries"] == 0

    # Paper that bears the old number leads to both cases.
    search = kakanai("log", "search", NUMBER, "--why", "audit", "--json")[1]
    assert [case["case_number"] for case in json.loads(search)["cases"]] == [NUMBER, "R8-1120-0001"]
    _, words, _ = kakanai("log", "case", NUMBER, "--why", "audit")
    assert "付け直した受付番号: R8-1120-0001" in words
    _, words, _ = kakanai("log", "case", "R8-1120-0001", "--why", "audit")
    assert f"紙にある受付番号: {NUMBER}" in words
    assert "理由: PC か保存先のフォルダーが写されていた" in words
    assert kakanai("log", "verify")[0] == 0
    with SessionLog.open(url) as log:
        exported, renumbered = (
            [link for link in log.links() if link.kind == kind]
            for kind in ("log_exported", "case_renumbered")
        )
    assert exported[0].to_entry().counts == {"entries": 3}
    assert [link.staff for link in renumbered] == ["2001"]


def test_what_makes_no_sense_is_refused(spool, kakanai, url):
    for wrong in (["--send", "--export", "x"], ["--renumber", NUMBER], ["--reason", "copied"]):
        assert spool(*wrong)[0] == 2
    again = ("--renumber", "R8-1120-0001", "--reason", "unknown")
    status, out, _ = kakanai("db", "spool", *again, "--json")
    assert (status, code_of(out)) == (8, "L-058")
    assert spool()[1]["entries"] == 3


def test_a_town_whose_log_is_a_file_keeps_nothing_for_a_server(spool):
    assert spool()[0] == 2
