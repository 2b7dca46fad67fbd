"""`kakanai setup export | import | restore`, as an IT officer runs them on two PCs."""

import json

import pytest

from kakanai.staff.password_hash import HashCost, PasswordHashing
from tests.cli.conftest import code_of
from tests.cli.test_log_book import signed_in

PHRASE = "awseigo-no-machi\n"


@pytest.fixture(autouse=True)
def cheap_secrets(monkeypatch):
    cheap = HashCost(passes=1, memory_kib=8, lanes=1)
    monkeypatch.setattr("kakanai.staff.roster.PasswordHashing", lambda: PasswordHashing(cheap))
    monkeypatch.setattr("kakanai.setup.setup_file._SCRYPT", {"n": 1 << 4, "r": 8, "p": 1})


def test_a_set_up_goes_to_the_next_pc(kakanai, home, tmp_path, monkeypatch):
    home.mkdir()
    (home / "town.toml").write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    file = tmp_path / "town.kks"
    assert kakanai("setup", "export", file, "--passphrase-stdin", stdin=PHRASE)[0] == 0
    monkeypatch.setenv("KAKANAI_HOME", str(tmp_path / "next"))
    status, out, _ = kakanai("setup", "import", file, "--passphrase-stdin", "--json", stdin="nope-nope-no\n")
    assert (status, code_of(out)) == (9, "G-011")
    status, out, _ = kakanai("setup", "import", file, "--passphrase-stdin", "--json", stdin=PHRASE)
    assert (status, json.loads(out)["town"]) == (0, "架空町")
    assert "架空町" in kakanai("town", "show")[1]


def test_a_damaged_file_goes_back_to_the_last_good_one(kakanai, home):
    home.mkdir()
    (home / "town.toml.good").write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    (home / "town.toml").write_text("[town\n", encoding="utf-8")
    status, out, _ = kakanai("setup", "restore", "--json")
    assert (status, json.loads(out)["restored"]) == (0, True)
    assert "架空町" in kakanai("town", "show")[1]
    status, out, _ = kakanai("setup", "restore", "--json")
    assert (status, json.loads(out)["restored"]) == (0, False)
    (home / "town.toml").unlink()
    status, out, _ = kakanai("setup", "restore", "--json")
    assert (status, json.loads(out)) == (0, {"restored": True, "kept": None})
    assert "架空町" in kakanai("town", "show")[1]
    (home / "town.toml.good").unlink()
    (home / "town.toml").write_text("[town\n", encoding="utf-8")
    status, out, _ = kakanai("setup", "restore", "--json")
    assert (status, code_of(out)) == (9, "G-016")


def test_settings_travel_by_an_administrator_alone(kakanai, tmp_path):
    first = ("staff", "add", "9001", "--role", "administrator", "--password-stdin")
    assert kakanai(*first, stdin="kanri-sha-2026\n")[0] == 0
    signed_in(kakanai, "1024", "clerk", "tanto-sha-2026")
    file = tmp_path / "x.kks"
    status, out, _ = kakanai("setup", "export", file, "--passphrase-stdin", "--json", stdin=PHRASE)
    assert (status, code_of(out)) == (15, "A-005")
    assert not file.exists()
    assert kakanai("staff", "sign-in", "9001", "--password-stdin", stdin="kanri-sha-2026\n")[0] == 0
    status, out, _ = kakanai("setup", "start", "--json")
    assert (status, code_of(out)) == (9, "G-018")


@pytest.fixture
def lost(home):
    """A PC whose settings worked, and whose town.toml has gone since."""
    home.mkdir()
    (home / "town.toml.good").write_text('[town]\nname = "架空町"\n', encoding="utf-8")


WITH_THE_TOWN = (
    ("town", "show"),
    ("town", "check"),
    ("town", "set", "town.name", "別町", "--clerk", "9001"),
    ("forms", "list"),
    ("procedures", "list"),
    ("guide", "show", "move_in"),
    ("cases", "list"),
    ("staff", "list"),
    ("log", "day"),
    ("log", "stats"),
    ("log", "verify"),
    ("db", "check"),
    ("downtime", "list"),
    ("demo", "--out", "x"),
    ("setup", "export", "x.kks"),
)


@pytest.mark.parametrize("arguments", WITH_THE_TOWN, ids=" ".join)
def test_no_verb_serves_the_sample_town_in_place_of_settings_that_have_gone(
    kakanai, home, lost, tmp_path, monkeypatch, arguments
):
    monkeypatch.chdir(tmp_path)
    status, out, _ = kakanai(*arguments, "--json")
    told = json.loads(out)
    code = told["mistakes"][0]["code"] if "mistakes" in told else told["error"]["code"]
    assert (status, code) == (9, "G-017")
    assert not (home / "sessionlog.sqlite3").exists()
    assert not (home / "town.toml").exists()


def test_the_doctor_tells_of_settings_that_have_gone(kakanai, lost):
    status, out, _ = kakanai("doctor", "--json")
    home = next(check for check in json.loads(out)["checks"] if check["name"] == "home")
    assert status == 14
    assert not home["ok"]
    assert home["detail"].startswith("[G-017]")


def test_an_import_replaces_settings_that_have_gone(kakanai, home, lost, tmp_path, monkeypatch):
    kakanai("setup", "restore")
    file = tmp_path / "town.kks"
    assert kakanai("setup", "export", file, "--passphrase-stdin", stdin=PHRASE)[0] == 0
    (home / "town.toml").unlink()
    assert kakanai("setup", "import", file, "--passphrase-stdin", stdin=PHRASE)[0] == 0
    assert "架空町" in kakanai("town", "show")[1]


def test_settings_made_by_commands_alone_are_missed_as_well(kakanai, home):
    first = ("staff", "add", "9001", "--role", "administrator", "--password-stdin")
    assert kakanai(*first, stdin="kanri-sha-2026\n")[0] == 0
    sign_in = ("staff", "sign-in", "9001", "--password-stdin")
    assert kakanai(*sign_in, stdin="kanri-sha-2026\n")[0] == 0
    assert kakanai("town", "set", "town.name", "架空町")[0] == 0
    (home / "town.toml").unlink()
    assert kakanai("town", "show")[0] == 9
