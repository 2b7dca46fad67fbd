"""A family at the counter: at no moment anything of anyone lies anywhere but on the forms, or sealed."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kakanai.resources import resource_root
from tests.walkthrough.personal_data import ENCODINGS
from tests.walkthrough.personal_traces import traces
from tests.walkthrough.window_process import ROOT, WindowNursery, WindowProcess

FAMILY = [
    json.loads((resource_root() / "simulator" / f"family-{who}.json").read_text(encoding="utf-8"))
    for who in ("father", "mother", "son", "daughter")
]
JOINS_INSURANCE = "46"
"""転入して国保に入る: F07 for everyone, and F09 with the 個人番号 of each."""
PHONE = "048-574-6633"
KANA = "レイジ　ケンイチ"
FOLDERS = ("home", "tmp", "user")


def secrets_of(card: dict) -> list[str]:
    person, born = card["person"], card["person"]["birth_date"]
    year, month, day = int(born[:4]), int(born[4:6]), int(born[6:])
    era = f"平成{year - 1988}年" if year >= 1989 else f"昭和{year - 1925}年"
    if year >= 2019:
        era = f"令和{year - 2018}年"
    dates = [born, f"{year}-{month:02}-{day:02}", f"{year}年{month}月{day}日", f"{era}{month}月{day}日"]
    return [*person["name"].split("　"), person["address"], person["address"][3:], *dates, card["my_number"]]


SECRETS = sorted(
    {secret for card in FAMILY for secret in secrets_of(card)} | {PHONE, "048574", KANA, KANA[:3]}
)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, variable in (("tmp", "TMPDIR"), ("user", "HOME"), ("home", "KAKANAI_HOME")):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    (tmp_path / "home" / "town.toml").write_text('[diagnostic]\nlevel = "DEBUG"\n', encoding="utf-8")
    return tmp_path


def assert_nobody_anywhere(places: Path) -> None:
    for folder in FOLDERS:
        assert traces(places / folder, SECRETS) == []


def text_on_paper(folder: Path) -> str:
    said = [
        subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True).stdout
        for path in sorted(folder.glob("*.pdf"))
    ]
    return re.sub(r"\s", "", "".join(said))


def answer_until(window: WindowProcess, field: str) -> None:
    for _ in range(40):
        if window.settled()["place"]["field"] == field:
            return
        window.press("Return")
    pytest.fail(f"the cursor did not come to {field}")


def resumed(nursery: WindowNursery, places: Path) -> WindowProcess:
    window = nursery.open_window(places / "home", places / "out")
    window.wait("the offer", lambda state: "途中の受付" in state["notice"])
    window.press("Return")
    window.wait("the case", lambda state: state["filled"] == ["F07", "F09"])
    return window


def test_a_window_leaves_no_trace_of_a_family(places: Path) -> None:
    """Four cards with 個人番号, a typed answer, a power cut, a pause, paper, the end."""
    with WindowNursery(places / "tmp" / "stderr.txt") as nursery:
        window = nursery.open_window(places / "home", places / "out")
        window.press("F4")
        window.type(JOINS_INSURANCE)
        window.press("Return")
        window.wait("the forms", lambda state: state["forms"] == ["F07", "F09"])
        window.read_card("family-father")
        for number, specimen in enumerate(("family-mother", "family-son", "family-daughter"), start=2):
            window.take_card()
            window.do(act="put_card", specimen=specimen)
            window.wait("the question whose it is", lambda state: "だれですか" in state["notice"])
            window.type("1")
            window.wait("the card's page", lambda state: state["on_card_page"])
            window.type("1234")
            window.press("Return")
            people = f"来庁者を入れて{number}人"
            window.wait("one more", lambda state, people=people: people in state["notice"])
        window.settled()
        assert_nobody_anywhere(places)
        window.press("F5")
        answer_until(window, "visitor.kana")
        window.type(KANA)
        window.settled()
        window.kill()
        assert len(list((places / "home" / "drafts").glob("*.draft"))) == 1
        assert (places / "home" / "drafts" / "visits.sealed").exists()
        said = kakanai(places, "cases", "list") + kakanai(places, "doctor")
        assert "途中の受付 1 件" in said
        assert [secret for secret in SECRETS if secret in said] == []
        assert_nobody_anywhere(places)
        window = resumed(nursery, places)
        window.press("F9")
        window.wait("an empty window", lambda state: state["held"] and not state["number"])
        assert_nobody_anywhere(places)
        window.press("Down", "Alt")
        window.wait("the case", lambda state: state["filled"] == ["F07", "F09"])
        print_out(window)
        assert_nobody_anywhere(places)
        window.press("Return")
        window.wait("the end", lambda state: not state["number"])
        window.settled()
        # The family may be taken into the next case for ten minutes: from memory alone.
        assert_nobody_anywhere(places)
        window.kill()
    paper = text_on_paper(places / "out")
    assert all(card["person"]["name"].replace("　", "") in paper for card in FAMILY)
    assert all(card["my_number"] in paper for card in FAMILY)
    assert_nobody_anywhere(places)


def print_out(window: WindowProcess) -> None:
    for _ in range(2):
        window.press("F8")
    window.wait("a printer", lambda state: state["can_print"])
    window.press("F8")
    window.wait("paper", lambda state: state["documents"] and not state["is_printing"])


def kakanai(places: Path, *arguments: object, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kakanai", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=places,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def written(places: Path, name: str, content: object) -> Path:
    (places / "in").mkdir(exist_ok=True)
    path = places / "in" / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_command_line_tells_and_keeps_nothing_of_a_family(places: Path) -> None:
    people = [
        {"place": "member", **card["person"], "birth_date": iso(card), "my_number": card["my_number"]}
        for card in FAMILY[1:]
    ]
    told = {"visitor.kana": KANA, "visitor.phone": PHONE}
    answers = written(places, "answers.json", {**told, "people": people, "move.kind": "move_in"})
    plan = written(places, "plan.json", {"guide.move_in_way": "certificate", "guide.people": 4})
    father = written(places, "father.json", {**FAMILY[0]["person"], "birth_date": iso(FAMILY[0])})
    card = ("--reader", "specimen:family-father", "--pin-stdin")
    made = ("--answers", answers, "--out", places / "out", "--leave-blank", "all", "--papers", "G01,G02,G03")
    said = kakanai(places, "fill", "--forms", "F07,F09", *card, *made, stdin="1234\n")
    said += kakanai(places, "guide", "plan", "move_in", "--answers", plan, "--person", father)
    said += kakanai(places, "log", "day", "--json")
    assert [secret for secret in SECRETS if secret in said] == []
    assert_nobody_anywhere(places)
    paper = text_on_paper(places / "out")
    assert all(card["my_number"] in paper for card in FAMILY)
    log = (places / "home" / "diagnostic" / "kakanai.log").read_text(encoding="utf-8")
    assert "00A4" in log.replace(" ", "").upper()


def iso(card: dict) -> str:
    born = card["person"]["birth_date"]
    return f"{born[:4]}-{born[4:6]}-{born[6:]}"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("secret", ["例示", "100000010027", "1000 0001 0027"])
def test_the_search_finds_what_it_looks_for(tmp_path: Path, encoding: str, secret: str) -> None:
    (tmp_path / "a.log").write_bytes(f"of 前{secret}後 told".encode(encoding))
    assert traces(tmp_path, [secret.replace(" ", "")]) == [("a.log", secret[0])]


@pytest.mark.parametrize("secret", ["蓮", "100000010027"])
def test_the_search_looks_into_a_database(tmp_path: Path, secret: str) -> None:
    connection = sqlite3.connect(tmp_path / "a.sqlite3")
    connection.execute("CREATE TABLE entry (body TEXT)")
    connection.execute("INSERT INTO entry VALUES (?)", (f"x{secret}y",))
    connection.commit()
    connection.close()
    assert ("a.sqlite3", secret[0]) in traces(tmp_path, [secret])
    assert traces(tmp_path, ["例示"]) == []


def test_the_search_leaves_what_is_not_personal(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("例は100000010028", encoding="utf-8")
    assert traces(tmp_path, ["例示", "100000010027"]) == []
