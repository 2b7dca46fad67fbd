"""The search for what is personal finds it: in each shape, in each place where it could be left."""

import base64
import json
import logging
import sqlite3
import subprocess
import sys
import urllib.parse
from pathlib import Path

import pytest

from kakanai.printing.folder import FolderPrinter
from tests.office import NOON, make_counter, read_specimen
from tests.walkthrough.left_behind import files_below, let_everything_be_written, process
from tests.walkthrough.personal_data import ENCODINGS, PersonalData, Place, found_in
from tests.walkthrough.test_privacy_of_cards import pictures_of

NAME = "黒桐　幹也"
BORN = "19800217"
HOLDER = PersonalData()
HOLDER.add_card("official-test")
SHAPES = {
    **{encoding: (lambda text, encoding=encoding: text.encode(encoding, "ignore")) for encoding in ENCODINGS},
    "hexadecimal": lambda text: text.encode().hex(" ").upper().encode(),
    "hexadecimal of UTF-16": lambda text: text.encode("utf-16-le").hex().encode(),
    "Base64": lambda text: base64.b64encode(b"x" + text.encode()),
    "Base64 of CP932": lambda text: base64.urlsafe_b64encode(text.encode("cp932")),
    "percent": lambda text: urllib.parse.quote(text).encode(),
    "JSON": lambda text: json.dumps(text).encode(),
}


def found(content: bytes) -> set[str]:
    """How what is found in a text begins."""
    return {begins for _, begins in found_in([Place("a.log", content)], HOLDER)}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "secret", [NAME, "黒桐幹也", "東京都清瀬市観布子南１２－７－２０２", BORN, "123456789018"]
)
def test_every_shape_is_found(shape: str, secret: str) -> None:
    assert secret[0] in found(b"before " + SHAPES[shape](secret) + b" after")
    assert found(b"before " + SHAPES[shape]("鈴木　一郎 19991231") + b" after") == set()


@pytest.mark.parametrize(
    "words",
    ["1980-02-17", "1980/02/17", "昭和55年2月17日", "S55.2.17", "S550217", "550217s", "1234 5678 9018"],
)
def test_every_way_to_write_a_date_or_number(words: str) -> None:
    assert found(f"日,{words},終".encode("cp932"))


def test_a_pin_is_found_where_it_stands_alone() -> None:
    for content in (
        b"PIN 1234.",
        b'"1234"',
        b"00 20 00 80 04 31 32 33 34",
        "暗証番号1234".encode("utf-16-le"),
    ):
        assert found(content) == {"*"}, content
    for content in (b"51234", b"0.1234", b"12345", b"ab1234cd"):
        assert found(content) == set(), content


def test_the_pictures_looked_for_are_those_of_the_chip() -> None:
    held = pictures_of("official-test", "55021720352285")
    assert len(held) >= 3
    assert set(held) <= HOLDER.pictures
    for picture in held:
        assert found(b"before" + picture) == found(base64.b64encode(picture)) == {"picture"}


def test_each_place_is_searched(tmp_path: Path) -> None:
    """A date of birth for a staff number: it goes through the log into all that is made of it."""
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    temporary.mkdir()
    counter = make_counter(home, clerk=BORN)
    case = counter.open_case()
    counter.choose(case, ["residence-certificate"])
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "paper"))
    counter.office.log.close()
    (home / "drafts").mkdir(exist_ok=True)
    (home / "drafts" / "1.draft").write_bytes(b"\0\1" + BORN.encode() + b"\2")
    (home / "diagnostic").mkdir(exist_ok=True)
    (home / "diagnostic" / "kakanai.log").write_text(f"read {BORN}\n")
    (temporary / BORN).write_text("")
    waiting = sqlite3.connect(home / "spool.sqlite3")
    waiting.execute("PRAGMA journal_mode=WAL")
    waiting.execute("CREATE TABLE entry (body BLOB)")
    waiting.execute("INSERT INTO entry VALUES (?)", (BORN.encode("utf-16-le"),))
    waiting.commit()
    said = let_everything_be_written(
        home, tmp_path / "exports", temporary, str(case.number), str(NOON.date())
    )
    places = [place for folder in ("home", "tmp", "exports") for place in files_below(tmp_path / folder)]
    waiting.close()
    held = {name for name, _ in found_in([*places, *said], HOLDER)}
    assert held >= {
        "home/sessionlog.sqlite3",
        "the name of something",
        "values of home/sessionlog.sqlite3",
        "home/spool.sqlite3-wal",
        "values of home/spool.sqlite3",
        "home/drafts/1.draft",
        "home/diagnostic/kakanai.log",
        "exports/csv.txt",
        "exports/csv-cp932.txt",
        "exports/json.txt",
        "exports/evidence.txt",
        "words of exports/report.pdf",
        "exports/backup.sqlite3",
        "values of exports/backup.sqlite3",
        "said by log day",
        "said by log search",
        "said by log case",
    }


def test_arguments_environment_and_logs_are_searched(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()", NAME],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"WHO": NAME, "PATH": "/bin"},
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"\n"  # its arguments are in their place
        told = process(child.pid)
        assert {name for name, _ in found_in(told, HOLDER)} == {"cmdline", "environ"}
    finally:
        child.communicate(b"\n")
    logging.getLogger("somebody.else").warning("of %s", NAME)
    assert found(caplog.text.encode())
