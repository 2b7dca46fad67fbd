"""`kakanai printer`: with a real CUPS, from the first sheet to the correction that prints."""

import json

import pytest

from kakanai.printing.settings_file import read_printer_settings
from tests.printing.cups_server import COUNTER, FILTERED, STOPPED, PrivateCups


@pytest.fixture(scope="module")
def cups():
    with PrivateCups() as cups:
        yield cups


def told(answer):
    status, out, _ = answer
    return status, json.loads(out)


@pytest.mark.cups
def test_from_the_first_sheet_to_the_second(kakanai, home, cups):
    before = len(cups.arrived())
    status, out = told(kakanai("printer", "sheet", FILTERED, "--json"))
    assert status == 0
    assert out["printed"] == [{"form": "K01", "pages": 1, "path": None}]
    assert out["states"][-1] == "済"
    status, out = told(
        kakanai("printer", "calibrate", FILTERED, "--a", "21,19.5", "--c", "19,20.5", "--json")
    )
    assert (status, out["good"]) == (0, False)
    assert out["correction"]["offset_x_mm"] == pytest.approx(-1.0, abs=0.01)
    profile = read_printer_settings(home / "printers.toml").profile(FILTERED)
    assert profile.correction.offset_y_mm == pytest.approx(0.5, abs=0.01)
    assert profile.calibrated
    assert kakanai("printer", "sheet", FILTERED, "--second")[0] == 0
    first, second = cups.arrived()[before:]
    assert first.read_bytes() != second.read_bytes()
    status, out = told(
        kakanai("printer", "calibrate", FILTERED, "--second", "--a", "20,20.1", "--c", "20,20", "--json")
    )
    assert (status, out["good"]) == (0, True)
    assert read_printer_settings(home / "printers.toml").profile(FILTERED) == profile


@pytest.mark.cups
def test_show_tells_what_the_printer_and_this_pc_say(kakanai, cups):
    changed = kakanai(
        "printer",
        "set",
        FILTERED,
        "--tray",
        "tray-2",
        "--two-up",
        "yes",
        "--sides",
        "long",
        "--margins",
        "5,5,5,12",
    )
    assert changed[0] == 0
    status, out = told(kakanai("printer", "show", FILTERED, "--json"))
    assert status == 0
    assert out["papers"]["A4"]["left"] == pytest.approx(4.23)
    assert (out["tray"], out["two_up"], out["used_sides"]) == ("tray-2", True, "two-sided-long-edge")
    assert out["margins"]["bottom"] == 12
    assert "余白 A4" in kakanai("printer", "show", FILTERED)[1]
    assert kakanai("printer", "set", FILTERED, "--reset")[0] == 0
    assert told(kakanai("printer", "show", FILTERED, "--json"))[1]["tray"] == ""


@pytest.mark.cups
def test_list_and_test_pages(kakanai, cups):
    names = [one["name"] for one in told(kakanai("printer", "list", "--json"))[1]["printers"]]
    assert {COUNTER, FILTERED, STOPPED} <= set(names)
    before = len(cups.arrived())
    status, out = told(kakanai("printer", "test", COUNTER, "--json"))
    assert (status, out["printed"][0]["pages"]) == (0, 2)
    assert len(cups.arrived()) == before + 1
    assert told(kakanai("printer", "test", STOPPED, "--json"))[1]["error"]["code"] == "P-022"
    assert told(kakanai("printer", "show", "nowhere", "--json"))[1]["error"]["code"] == "P-021"


@pytest.mark.cups
def test_a_form_of_its_own(kakanai, home, cups):
    assert kakanai("printer", "form", "F07", "--copies", "2", "--copy", "no", "--tray", "tray-1")[0] == 0
    rule = read_printer_settings(home / "printers.toml").forms["F07"]
    assert (rule.copies, rule.keep_copy, rule.tray) == (2, False, "tray-1")
    assert told(kakanai("printer", "form", "F98", "--copies", "2", "--json"))[0] != 0
    assert kakanai("printer", "form", "F07", "--reset")[0] == 0
    assert read_printer_settings(home / "printers.toml").forms == {}
    told_of = told(kakanai("log", "day", "--json"))[1]["settings_changes"]
    assert [change["names"] for change in told_of] == [["printer_form.F07"], ["printer_form.F07"]]


@pytest.mark.cups
def test_the_usual_printer_of_this_pc(kakanai, home, cups):
    assert kakanai("printer", "set", FILTERED, "--default", "yes", "--clerk", "1024")[0] == 0
    assert told(kakanai("printer", "list", "--json"))[1]["default"] == FILTERED
    assert "ふだんのプリンター" in kakanai("printer", "list")[1]
    (change,) = told(kakanai("log", "day", "--json"))[1]["settings_changes"]
    assert (change["clerk"], change["names"]) == ("1024", ["printer_default"])
    assert kakanai("printer", "set", COUNTER, "--default", "no")[0] == 0  # it is none: nothing changes
    assert read_printer_settings(home / "printers.toml").default == FILTERED
    assert kakanai("printer", "set", FILTERED, "--default", "no")[0] == 0
    assert read_printer_settings(home / "printers.toml").default == ""


def test_without_a_printer_it_is_said_and_the_sheet_goes_to_a_folder(kakanai, tmp_path, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody.sock"))
    status, out = told(kakanai("printer", "list", "--json"))
    assert (status, out["error"]["code"], out["printers"]) == (12, "P-028", [])
    assert told(kakanai("printer", "sheet", "any", "--json"))[1]["error"]["code"] == "P-028"
    status, out = told(kakanai("printer", "sheet", "any", "--out", tmp_path / "out", "--json"))
    assert status == 0
    assert (tmp_path / "out" / "PRINTER-TEST_K01.pdf").is_file()


@pytest.mark.cups
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["calibrate", FILTERED, "--a", "20", "--c", "20,20"], "U-001"),
        (["calibrate", FILTERED, "--a", "x,1", "--c", "20,20"], "U-001"),
        (["calibrate", FILTERED, "--a", "20,20", "--c", "20,90"], "P-032"),
        (["calibrate", FILTERED, "--a", "nan,20", "--c", "20,20"], "P-032"),
        (["set", FILTERED], "U-001"),
        (["set", FILTERED, "--tray", "a b"], "U-001"),
        (["set", FILTERED, "--margins", "1,2,3,99"], "U-001"),
        (["form", "F07"], "U-001"),
        (["set", FILTERED, "--tray", "tray-9"], "P-027"),
        (["form", "F07", "--printer", "nowhere"], "P-021"),
    ],
)
def test_bad_input_changes_nothing(kakanai, home, cups, arguments, code):
    assert told(kakanai("printer", *arguments, "--json"))[1]["error"]["code"] == code
    assert not (home / "printers.toml").exists()


@pytest.mark.cups
def test_a_damaged_file_is_told_with_its_place(kakanai, home, cups):
    home.mkdir(parents=True)
    (home / "printers.toml").write_text("[printer.x]\nscale_x = 3\n", encoding="utf-8")
    status, out = told(kakanai("printer", "show", FILTERED, "--json"))
    assert (status, out["error"]["code"]) == (9, "P-030")
    assert '[printer."x"]' in out["error"]["message"]
    checks = {one["name"]: one for one in told(kakanai("doctor", "--json"))[1]["checks"]}
    assert not checks["printers"]["ok"]
    assert "P-030" in checks["printers"]["detail"]


@pytest.mark.cups
def test_fill_follows_the_print_and_tells_what_came_out_before_it_stopped(kakanai, person, cups):
    before = len(cups.arrived())
    cups.break_after_one()
    arguments = ["--person", person, "--leave-blank", "all", "--printer", COUNTER, "--json"]
    status, out, err = kakanai("fill", "--forms", "F05,F01", *arguments)
    cups.mend(COUNTER)
    answer = json.loads(out)
    assert (status, answer["error"]["code"]) == (12, "P-022")
    assert (answer["printed"], answer["begun"]) == ([{"form": "F05", "pages": 1}], ["F01"])
    assert "出た紙を確かめて" in answer["error"]["next_step"]
    assert f"{COUNTER}　F05 " in err  # how far it was at each look
    assert "、F01 " in err
    assert len(cups.arrived()) == before + 1
    links = json.loads(kakanai("log", "day", "--json")[1])["entries"]
    assert [(entry["outcome"], entry["codes"]) for entry in links] == [("cancelled", ["P-022"])]
