"""`kakanai town show | check | set`, and the town's printers by paper."""

import json
import subprocess

from kakanai.printing.errors import PrinterNotFoundError

ADMINISTRATOR = '# 町の設定\n[counter]\nadministrators = ["2001"]  # 総務課\n'


def write_town(home, text):
    home.mkdir(parents=True, exist_ok=True)
    (home / "town.toml").write_text(text, encoding="utf-8")


def text_of(path):
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def test_show_tells_every_setting_and_whose_it_is(kakanai, home):
    write_town(home, "[fees]\nrabies_tag = 600\n")
    status, out, _ = kakanai("town", "show", "--json")
    assert status == 0
    told = json.loads(out)
    found = {setting["key"]: setting for setting in told["settings"]}
    assert told["exists"]
    assert found["fees.rabies_tag"] == {
        "key": "fees.rabies_tag",
        "value": 600,
        "label": "狂犬病予防注射済票",
        "source": "town",
    }
    assert found["town.name"]["source"] == "shipped"
    assert found["counters"]["value"] == {"窓口1": "common"}
    _, lines, _ = kakanai("town", "show")
    assert "町  fees.rabies_tag = 600" in lines
    assert "見本  town.name = 見本町" in lines


def test_show_of_a_file_with_a_mistake_tells_the_mistake(kakanai, home):
    write_town(home, "[fees]\nrabies_tag = -1\n")
    status, out, err = kakanai("town", "show")
    assert (status, out) == (9, "")
    assert "S-013" in err


def test_check_tells_all_mistakes_with_line_and_remedy(kakanai, home, tmp_path):
    assert kakanai("town", "check")[0] == 0  # there is none yet
    other = tmp_path / "draft.toml"
    other.write_text('[town]\nnam = "x"\n[my_number]\nforms = ["F05"]\n', encoding="utf-8")
    status, out, _ = kakanai("town", "check", other, "--json")
    assert status == 9
    mistakes = json.loads(out)["mistakes"]
    assert [(m["code"], m["line"]) for m in mistakes] == [("S-012", 2), ("S-015", 4)]
    assert "name" in mistakes[0]["next_step"]
    assert "F16" in mistakes[1]["next_step"]
    assert kakanai("town", "check", tmp_path / "none.toml")[0] == 9
    assert not home.exists() or "town.toml" not in [path.name for path in home.iterdir()]


def test_set_changes_one_line_keeps_the_rest_and_is_logged(kakanai, home):
    write_town(home, ADMINISTRATOR)
    status, out, _ = kakanai("town", "set", "fees.rabies_tag", "６００", "--clerk", "2001", "--json")
    assert (status, json.loads(out)["changed"], json.loads(out)["before"]) == (0, True, 550)
    text = (home / "town.toml").read_text(encoding="utf-8")
    assert text == f"{ADMINISTRATOR}\n[fees]\nrabies_tag = 600 # 狂犬病予防注射済票\n"
    assert (home / "town.toml.last").read_text(encoding="utf-8") == ADMINISTRATOR
    again = json.loads(kakanai("town", "set", "fees.rabies_tag", "600", "--clerk", "2001", "--json")[1])
    assert not again["changed"]
    told = json.loads(kakanai("log", "day", "--json")[1])
    assert [(c["clerk"], c["names"]) for c in told["settings_changes"]] == [("2001", ["fees.rabies_tag"])]
    assert told["entries"] == []
    assert "町の設定の変更" in kakanai("log", "day")[1]


def test_set_is_refused_to_anybody_else_and_for_what_cannot_be(kakanai, home):
    kakanai("town", "show")
    for clerk in ("2001", ""):
        assert kakanai("town", "set", "town.name", "架空町", "--clerk", clerk)[0] != 0
    write_town(home, ADMINISTRATOR)
    refused = [
        ("town.name", "架空町", "2002", "S-017"),
        ("town.name", "", "2001", "S-018"),
        ("fees.rabies_tag", "ただ", "2001", "S-018"),
        ("my_number.forms", "F05", "2001", "S-018"),
        ("fees.rabies", "1", "2001", "S-019"),
        ("town", "1", "2001", "S-019"),
    ]
    for key, value, clerk, code in refused:
        status, _, err = kakanai("town", "set", key, value, "--clerk", clerk)
        assert (status, code in err) == (9, True), (key, err)
    assert kakanai("town", "set", "town.name", "架空町")[0] == 2  # no --clerk
    assert (home / "town.toml").read_text(encoding="utf-8") == ADMINISTRATOR
    assert json.loads(kakanai("log", "day", "--json")[1])["settings_changes"] == []


def test_what_the_town_decides_stands_on_paper(kakanai, home, person, written, tmp_path):
    write_town(
        home,
        '[town]\nmayor_title = "架空市長"\n[fees]\nresidence_certificate = 321\n'
        '[fee_exemptions]\nreasons = ["罹災"]\n',
    )
    answers = written("answers.json", {"residence.whole_household": 1, "fee.exemption": "罹災"})
    out = tmp_path / "out"
    status, _, err = kakanai(
        "fill", "--forms", "F01", "--person", person, "--answers", answers, "--out", out, "--json"
    )
    assert status == 0, err
    text = text_of(next(out.glob("*.pdf")))
    for words in ("架空市長　様", "321", "罹災"):
        assert words in text
    answers = written("answers.json", {"residence.whole_household": 1, "fee.exemption": "公用"})
    status, _, err = kakanai("fill", "--forms", "F01", "--person", person, "--answers", answers, "--out", out)
    assert status != 0
    assert "fee.exemption" in err or "手数料を免除する理由" in err


def test_the_towns_printers_print_without_a_name(kakanai, home, person, monkeypatch):
    """CUPS is not asked here: what matters is which printer each paper goes to."""
    write_town(home, '[printers]\nA5 = "a5-queue"\n[counter]\nprinter = "a4-queue"\n')
    asked = []

    def refuse(self, total):
        asked.append(self.name)
        raise PrinterNotFoundError(printer=self.name)

    monkeypatch.setattr("kakanai.printing.cups.CupsPrinter.require_ready", refuse)
    for form, queue in (("F05", "a5-queue"), ("F02", "a4-queue")):
        status, _, err = kakanai("fill", "--forms", form, "--person", person, "--printer")
        assert (status, asked.pop()) == (12, queue)
        assert queue in err


def test_without_printers_the_towns_default_is_the_folder(kakanai, home, person):
    status, _, err = kakanai("fill", "--forms", "F05", "--person", person, "--printer")
    assert status == 0, err
    assert [path.name[-8:] for path in (home / "print").iterdir()] == ["_F05.pdf"]
