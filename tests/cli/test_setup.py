"""`kakanai setup export | import | restore`, as an IT officer runs them on two PCs."""

import json

import pytest

from tests.cli.conftest import code_of
from tests.cli.test_log_book import signed_in

PHRASE = "awseigo-no-machi\n"


@pytest.fixture(autouse=True)
def quick_scrypt(monkeypatch):
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
    status, out, _ = kakanai("setup", "start", "--json")
    assert (status, code_of(out)) == (15, "A-003")
