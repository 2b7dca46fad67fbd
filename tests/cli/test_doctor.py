"""`doctor` on what cards need: issuer keys and mistakes in them, supervisors, the chosen reader."""

import json

import pytest

from kakanai.cardreader.remembered_readers import RememberedReaders
from kakanai.resources import resource_root
from kakanai.settings import Paths
from tests.cli.conftest import code_of

TRUSTED = resource_root() / "simulator" / "issuers" / "trusted.yaml"


@pytest.fixture
def checks(kakanai):
    def look():
        status, out, _ = kakanai("doctor", "--json")
        return status, {check["name"]: check for check in json.loads(out)["checks"]}

    return look


@pytest.fixture
def keys_file(home):
    folder = home / "issuer_keys"
    folder.mkdir(parents=True)
    return folder / "town.yaml"


def counted(detail):
    return [int("".join(filter(str.isdigit, part))) for part in detail.replace("(", ",").split(",")]


def test_issuer_keys_are_counted_by_standing(checks, keys_file):
    all_keys, genuine, test, revoked = counted(checks()[1]["issuer_keys"]["detail"])
    assert (all_keys, revoked) == (genuine + test, 0)
    keys_file.write_bytes(TRUSTED.read_bytes())  # the same keys, which ours calls test keys
    status, told = checks()
    assert (status, told["issuer_keys"]["ok"]) == (0, True)
    assert counted(told["issuer_keys"]["detail"])[0] == all_keys
    assert counted(told["issuer_keys"]["detail"])[1] > genuine


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("keys: 5\n", 1),
        ("note: x\nkeys:\n  - id: '9000033/001'\n", 3),
        ("keys:\n  - [\n", 3),
        (b"\xff\xfe", 0),
        ("", 0),
        (TRUSTED.read_text(encoding="utf-8").replace("BE84DC", "BE84DX", 1), 7),
    ],
)
def test_a_mistake_in_the_towns_keys_is_told_with_its_line(checks, kakanai, keys_file, tmp_path, text, line):
    keys_file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    status, told = checks()
    assert (status, told["issuer_keys"]["ok"]) == (14, False)
    assert f"[S-014] 町の発行者鍵のファイル town.yaml（{line} 行目）" in told["issuer_keys"]["detail"]
    assert "forms check" not in told["issuer_keys"]["detail"]
    card = ["--reader", "specimen:official-test", "--pin-stdin", "--json"]
    for arguments in (
        ["card", "read", "--verify", *card],
        ["fill", "--forms", "F05", "--out", tmp_path / "out", *card],
    ):
        status, out, err = kakanai(*arguments, stdin="1234\n")
        assert (status, code_of(out)) == (9, "S-014")
        assert "issuer_keys フォルダー" in json.loads(out)["error"]["next_step"]
        assert "残り" not in err  # found before the card
    assert kakanai("card", "read", *card, stdin="1234\n")[0] == 0


def test_a_mistake_in_a_file_of_ours_is_not_the_towns(kakanai, monkeypatch, tmp_path):
    (tmp_path / "issuer_keys").mkdir()
    (tmp_path / "issuer_keys" / "broken.yaml").write_text("keys: 5\n", encoding="utf-8")
    root = resource_root()
    for entry in root.iterdir():
        if entry.name != "issuer_keys":
            (tmp_path / entry.name).symlink_to(entry)
    monkeypatch.setattr("kakanai.app.offices.resource_root", lambda: tmp_path)
    arguments = ["card", "read", "--verify", "--reader", "specimen:official-test", "--pin-stdin", "--json"]
    status, out, _ = kakanai(*arguments, stdin="1234\n")
    assert (status, code_of(out)) == (10, "F-010")


def test_supervisors_are_counted_and_not_named(checks, home):
    told = checks()[1]["supervisors"]
    assert (told["ok"], "0 人" in told["detail"]) == (False, True)
    assert "責任者の判断" in told["cost"]
    (home / "town.toml").write_text('[counter]\nsupervisors = ["4711", "4712"]\n', encoding="utf-8")
    status, told = checks()
    assert (status, told["supervisors"]["ok"], told["supervisors"]["cost"]) == (0, True, "")
    assert "責任者 2 人(カードの真正性は読むたびに確かめます)" in told["supervisors"]["detail"]
    assert "471" not in str(told)
    (home / "town.toml").write_text("[counter]\nverify_cards = false\n", encoding="utf-8")
    assert "確かめません" in checks()[1]["supervisors"]["detail"]
    (home / "town.toml").write_text("[counter\n", encoding="utf-8")
    status, told = checks()
    assert (status, told["supervisors"]["detail"]) == (14, "町の設定を読めません")
    assert "[S-011]" in told["home"]["detail"]


def test_the_chosen_reader_is_named(checks, home):
    assert checks()[1]["reader_choice"]["detail"] == "選んだリーダーはまだありません"
    RememberedReaders(Paths(home).readers_file).choose("Vendor Reader A1")
    assert checks()[1]["reader_choice"]["detail"] == "前に選んだリーダー: Vendor Reader A1"
