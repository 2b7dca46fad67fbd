import pytest

from kakanai.cardreader.errors import SimulatorStateError
from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from tests.cardreader.simulator.test_virtual_card import TEXT, VERIFY_TEXT, WRONG_TEXT, Bench

SPECIMEN = load_specimen("official-test")


def powered(folder):
    card = build_card(SPECIMEN, folder)
    card.power_on()
    return Bench(card)


def test_counters_outlive_the_card(tmp_path):
    folder = tmp_path / "simulator"
    assert powered(folder).sw(TEXT, WRONG_TEXT) == "63C2"
    assert powered(folder).sw(TEXT, WRONG_TEXT) == "63C1"
    assert powered(folder).sw(TEXT, VERIFY_TEXT, "00200091") == "63C3"
    assert [path.name for path in folder.iterdir()] == ["official-test.json"]


def test_without_a_folder_they_live_in_memory():
    assert powered(None).sw(TEXT, WRONG_TEXT) == "63C2"
    assert powered(None).sw(TEXT, "00200091") == "63C3"


def test_two_cards_of_one_specimen_agree_from_power_on(tmp_path):
    one, other = powered(tmp_path), powered(tmp_path)
    one.sw(TEXT, WRONG_TEXT)
    other.card.power_on()
    assert other.sw(TEXT, "00200091") == "63C2"


def test_a_try_that_cannot_be_written_down_is_not_compared(tmp_path):
    folder = tmp_path / "simulator"
    card = powered(folder)
    card.sw(TEXT)
    folder.write_text("a file where the folder should be")
    assert card(VERIFY_TEXT) == "6581"
    assert card("00B0820000") == "6982"
    assert card("00200091") == "63C3"


@pytest.mark.parametrize(
    "content", ["", "[]", '{"text": -1}', '{"text": 16}', '{"text": true}', '{"text": "3"}']
)
def test_a_broken_file_is_our_error(tmp_path, content):
    (tmp_path / "official-test.json").write_text(content)
    with pytest.raises(SimulatorStateError) as caught:
        build_card(SPECIMEN, tmp_path)
    assert caught.value.details["specimen"] == "official-test"


def test_an_unreadable_file_is_our_error(tmp_path):
    (tmp_path / "official-test.json").mkdir()
    with pytest.raises(SimulatorStateError):
        RetryCounters("official-test", tmp_path, {})
