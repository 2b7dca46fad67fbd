"""`card pin-status`, and what the diagnostic log keeps of a failure with a card."""

import json

import pytest

from tests.cli.conftest import code_of, log_of

ALL_KEYS = [
    "text_pin", "collation_a", "collation_b", "birth_date", "surface_collation_b", "surface_collation_a",
    "auth_pin", "sign_pin", "common_pin", "juki_pin", "mynumber_licence_pin",
]  # fmt: skip


@pytest.mark.parametrize(
    ("specimen", "expected"),
    [
        ("official-test", [3, 10, 10, 10, 10, 10, 3, 5, 3, 3, None]),
        ("licence-mynumber", [3, 10, 10, 10, 10, 10, 3, 5, 3, 3, 10]),
        ("locked-pin", [0, 10, 10, 10, 10, 10, 3, 5, 3, 3, None]),
        ("no-pins", [0, 10, 10, 10, 10, 10, 0, 0, 0, 0, None]),
    ],
)
def test_every_key_of_a_my_number_card(tries, specimen, expected):
    for _ in range(5):  # asking costs nothing
        assert tries(specimen) == dict(zip(ALL_KEYS, expected, strict=True))


def test_other_cards(tries, kakanai):
    assert tries("licence-locked") == {"licence_pin1": 0, "licence_pin2": 3}
    assert tries("residence-forged") == {}
    _, out, _ = kakanai("card", "pin-status", "--reader", "specimen:residence-forged")
    assert out == "カード: 在留カード・特別永住者証明書\n番号で開くカードです。回数の制限はありません。\n"
    for specimen, code in (("juki-card", "C-021"), ("blank-card", "C-020")):
        status, out, _ = kakanai("card", "pin-status", "--reader", f"specimen:{specimen}", "--json")
        assert (status, code_of(out)) == (4, code)


def test_a_clerk_reads_what_is_locked_and_what_is_not_there(kakanai):
    _, out, _ = kakanai("card", "pin-status", "--reader", "specimen:locked-pin")
    lines = out.splitlines()
    assert lines[:2] == ["カード: マイナンバーカード", "券面事項入力補助用の暗証番号: 残り 0 回"]
    assert lines[-1] == "マイナ免許証の暗証番号: なし"


def test_a_wrong_try_shows(read, tries):
    read("official-test", "--pin-stdin", stdin="9999\n")
    read("official-test", "--collation-b-stdin", stdin="55021720352286\n")
    told = tries("official-test")
    assert (told["text_pin"], told["collation_b"], told["surface_collation_b"]) == (2, 9, 10)


def test_the_log_says_which_key_and_why(read, home):
    read("official-test", "--collation-b-stdin", stdin="55021720352286\n")
    read("official-test", "--collation-b-stdin", stdin="55023020352286\n")
    read("licence-plain", "--collation-b-stdin")
    log = log_of(home)
    assert "C-011 attempts_remaining=9 key=collation_b\n" in log
    assert "C-040 reason=birth-day\n" in log
    assert "C-022 kind=driver_licence\n" in log
    assert "5502" not in log
    assert json.loads((home / "simulator" / "official-test.json").read_text(encoding="utf-8"))
