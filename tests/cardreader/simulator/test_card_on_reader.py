import pytest

from kakanai.cardreader.faults import Faults, Pace
from kakanai.cardreader.simulator.card_on_reader import AnswerLost, CardOnReader, TakenAway
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from tests.cardreader.simulator.test_virtual_card import COMMON, JPKI, TEXT, VERIFY_TEXT, WRONG_TEXT, bench


def sent(card, *commands):
    return [card.transmit(bytes.fromhex(command)).hex().upper()[-4:] for command in commands]


def on_reader(**faults):
    card = CardOnReader(build_card(load_specimen("official-test")), Faults(**faults))
    card.power_on()
    return card


@pytest.mark.parametrize(
    "command",
    ["00B0820000", "00200091", VERIFY_TEXT, "802A009733" + "00" * 51 + "00", "00B2010C00"],
)
def test_without_short_ids_every_such_form_is_refused(command):
    assert bench(no_sfi=True).sw(TEXT, command) == "6A86"


def test_without_short_ids_the_other_forms_go_on():
    card = bench(no_sfi=True)
    assert card.sw(TEXT, "00A4020C020011", "00200080") == "63C3"
    assert card.sw("00200080" + VERIFY_TEXT[8:]) == "9000"
    assert card.sw("00A4020C020002", "00B0000000") == "9000"
    assert card.sw(COMMON, "00A4020C020001", "00B2010400") == "9000"
    assert card.sw(JPKI, "00A4020C020018", "0020008004313233" + "34", "00A4020C020017") == "9000"
    assert card.sw("802A008033" + "11" * 51 + "00") == "9000"
    assert card.sw(TEXT, "802A000033" + "11" * 51 + "00") == "9000"


def test_a_refused_short_id_spends_no_try():
    card = bench(no_sfi=True)
    assert card.sw(TEXT, WRONG_TEXT, "00A4020C020011", "00200080") == "63C3"


@pytest.mark.parametrize(
    ("command", "sw"),
    [
        ("00B08500000000", "6700"),
        ("00B08500000100", "6700"),
        ("00A4040C00000AD3921000310001010408", "6700"),
        ("0020009100000431323334", "6700"),
        ("00B0850000", "9000"),
    ],
)
def test_short_apdus_only(command, sw):
    assert bench(short_apdu_only=True).sw(TEXT, command) == sw
    assert bench().sw(TEXT, command) == "9000"


@pytest.mark.parametrize("own", ["6983", "6984"])
def test_locked_answers_touch_nothing_else(own):
    card = bench(locked_answers=int(own, 16))
    assert [card.sw(TEXT, WRONG_TEXT) for _ in range(3)] == ["63C2", "63C1", "63C0"]
    assert card.sw(VERIFY_TEXT) == own
    assert card.sw("00200091") == "63C0"


def test_leaving_after_answers():
    card = on_reader(remove_after_exchanges=2)
    assert sent(card, TEXT) == ["9000"]
    assert not card.is_leaving
    assert sent(card, VERIFY_TEXT) == ["9000"]
    assert card.is_leaving
    with pytest.raises(TakenAway):
        sent(card, "00B0820000")


def test_leaving_before_the_first_command():
    card = on_reader(remove_after_exchanges=0)
    assert not card.is_leaving
    with pytest.raises(TakenAway):
        sent(card, TEXT)


@pytest.mark.parametrize(
    ("fault", "exception"), [("remove_inside", TakenAway), ("lose_response_of", AnswerLost)]
)
def test_the_command_is_carried_out_all_the_same(fault, exception):
    card = on_reader(**{fault: 2})
    sent(card, TEXT)
    with pytest.raises(exception):
        sent(card, WRONG_TEXT)
    assert sent(card, "00200091") == ["63C2"]


def test_faults_asked_for_win_over_the_cards_own():
    own = Faults(first_command_6f00=True, locked_answers=0x6983, slow=Pace.CONTACT)
    asked = Faults(remove_after_exchanges=0, locked_answers=0x6984, slow=Pace.CONTACTLESS)
    assert asked.over(own) == Faults(
        remove_after_exchanges=0, first_command_6f00=True, locked_answers=0x6984, slow=Pace.CONTACTLESS
    )


def test_time_is_owed_once():
    card = on_reader(slow=Pace.CONTACTLESS)
    sent(card, TEXT)
    assert card.take_owed_s() > 0.25
    assert card.take_owed_s() == 0.0
    assert on_reader().take_owed_s() == 0.0
