"""`guide` and `fill --event`: the JSON contract, the decision table, a plan, the forms that come of it."""

import csv
import json

import pytest

from tests.cli.conftest import PERSON, code_of

MOVE = {
    "guide.move_in_way": "certificate",
    "guide.people": 1,
    "guide.insurance": "all",
    "guide.living": ["dog"],
}


def told(out):
    return json.loads(out)


def test_the_events_are_listed_with_the_digits_that_choose_them(kakanai):
    status, out, _ = kakanai("guide", "list", "--json")
    events = {event["event"]: event for event in told(out)["events"]}
    assert status == 0
    assert len(events) == 11
    assert events["move_in"]["title"] == "転入"
    assert {event["number"] for event in events.values()} == set("0123456789") | {""}
    assert "転入" in kakanai("guide", "list")[1]


def test_an_event_shows_its_questions_and_rules(kakanai):
    status, out, _ = kakanai("guide", "show", "death", "--json")
    shown = told(out)
    assert status == 0
    assert {"variable", "label", "choices"} == set(shown["questions"][0])
    rules = {rule["rule"]: rule for rule in shown["rules_of_event"]}
    assert len(rules) == shown["rules"]
    assert all(rule["why"] for rule in rules.values())
    assert "根拠: " in kakanai("guide", "show", "death")[1]


@pytest.mark.parametrize("verb", ["show", "plan"])
def test_an_event_nobody_knows_is_told_by_code(kakanai, verb):
    status, out, _ = kakanai("guide", verb, "nobody", "--json")
    assert (status, code_of(out)) == (2, "R-015")


def test_the_decision_table_is_written_once(kakanai, tmp_path):
    path = tmp_path / "move.csv"
    status, out, _ = kakanai("guide", "table", "move_in", "--csv", path, "--json")
    assert status == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert told(out) == {"path": str(path), "rows": len(rows) - 1}
    assert rows[0][0] == "規則"
    assert {"手続", "様式", "持ち物・書類", "期限", "課", "理由", "根拠"} <= set(rows[0])
    assert len({len(row) for row in rows}) == 1
    before = path.read_bytes()
    status, out, _ = kakanai("guide", "table", "move_in", "--csv", path, "--json")
    assert (status, code_of(out)) == (2, "U-014")
    assert path.read_bytes() == before


def test_a_plan_tells_procedures_with_reasons_documents_and_deadlines(kakanai, written):
    answers = written("a.json", MOVE | {"move.date": "R8.11.15"})
    person = written("p.json", PERSON)
    status, out, _ = kakanai("guide", "plan", "move_in", "--answers", answers, "--person", person, "--json")
    plan = told(out)
    assert status == 0
    procedures = {one["procedure"]: one for one in plan["procedures"]}
    assert {"move-in", "insurance-acquire", "dog"} <= set(procedures)
    dog = procedures["dog"]
    assert (dog["state"], dog["forms"], dog["sections"]) == ("guided", ["F34"], ["環境課"])
    [why] = dog["reasons"]
    assert {"variable": "guide.living", "answer": "犬を飼っている"}.items() <= why["because"][0].items()
    assert why["because"][0]["source"] == "asked"
    assert why["legal"].startswith("狂犬病予防法")
    [deadline] = [one for one in plan["deadlines"] if one["rule"] == "move-in.notice"]
    assert (deadline["counted_from"], deadline["last_day"]) == ("2026-11-16", "2026-11-29")
    assert plan["settled"]["move.kind"] == "move_in"
    assert "guide.needs" in plan["to_ask"]
    assert "guide.living" not in plan["to_ask"]
    text = kakanai("guide", "plan", "move_in", "--answers", answers, "--person", person)[1]
    assert "なぜ: 犬を飼っているので" in text


def test_a_plan_logs_nothing(kakanai, home, written):
    kakanai("guide", "plan", "move_in", "--answers", written("a.json", MOVE))
    assert not (home / "sessionlog.sqlite3").exists()


def test_a_town_adds_a_rule_and_switches_one_off(kakanai, home, written):
    folder = home / "procedures"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(
        "procedures: [{id: bus-ticket, title: バス券, group: 町, forms: [], section: care}]\n"
        "rules:\n"
        "  - {event: move_in, id: own.bus, when: {guide.living: dog}, procedures: [bus-ticket], why: 町}\n"
        "off: [move-in.dog]\n",
        encoding="utf-8",
    )
    answers = written("a.json", MOVE)
    plan = told(kakanai("guide", "plan", "move_in", "--answers", answers, "--json")[1])
    procedures = [one["procedure"] for one in plan["procedures"]]
    assert "bus-ticket" in procedures
    assert "dog" not in procedures
    assert "バス券" in kakanai("procedures", "list", "バス券")[1]
    (folder / "own.yaml").write_text("off: [nobody]\n", encoding="utf-8")
    status, out, _ = kakanai("guide", "list", "--json")
    assert (status, code_of(out)) == (10, "F-010")


def test_an_event_makes_the_forms_that_its_answers_bring(kakanai, person, written, tmp_path):
    answers = written("a.json", {"guide.certificates": ["residence"], "residence.whole_household": 1})
    status, out, _ = kakanai(
        "fill",
        "--event",
        "certificate",
        "--person",
        person,
        "--answers",
        answers,
        "--out",
        tmp_path / "o",
        "--json",
    )
    assert status == 0, out
    assert [form["form"] for form in told(out)["forms"]][:1] == ["F01"]
    entry = told(kakanai("log", "day", "--json")[1])["entries"][0]
    assert entry["procedures"] == ["residence-certificate"]


def test_forms_that_are_named_stand_beside_those_of_the_event(kakanai, person, written, tmp_path):
    answers = written("a.json", {"guide.certificates": ["residence"], "residence.whole_household": 1})
    given = ["--event", "certificate", "--forms", "F05", "--person", person, "--answers", answers]
    status, out, _ = kakanai("fill", *given, "--out", tmp_path / "o", "--json")
    assert status == 0, out
    assert {"F01", "F05"} <= {form["form"] for form in told(out)["forms"]}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "U-001"),
        (["--event", "certificate"], "U-001"),
        (["--event", "nobody"], "R-015"),
    ],
)
def test_nothing_to_make_is_told_before_anything_is_printed(kakanai, person, tmp_path, arguments, code):
    given = ["--person", person, "--out", tmp_path / "o", "--json"]
    status, out, _ = kakanai("fill", *arguments, *given)
    assert (status, code_of(out)) == (2, code)
    assert not (tmp_path / "o").exists()
