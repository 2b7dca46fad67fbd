import copy
import json

import pytest

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.simulator.licence.card import build_licence_card
from tests.cardreader.simulator.licence.make_specimens import BASE, specimens

AID1 = "00A4040C10A0000002310100000000000000000000"
AID2 = "00A4040C10A0000002310200000000000000000000"
AID3 = "00A4040C10A0000002480300000000000000000000"
MASTER = "00A40000"
VERIFY1, VERIFY2 = "002000810431323334", "002000820435363738"


def card_of(folder=None, **changed):
    card = build_licence_card("test", {**copy.deepcopy(BASE), **changed}, folder)
    card.power_on()
    return card


def told(card, *commands):
    return [card.transmit(bytes.fromhex(command)).hex().upper() for command in commands]


def test_every_file_has_its_physical_size():
    card = card_of(**specimens()["licence-moved"]["driver_licence"])
    assert told(card, VERIFY1, VERIFY2) == ["9000", "9000"]
    sizes = {}
    for select, ids in ((MASTER, [0x0A]), (AID1, range(1, 8)), (AID2, [1]), (AID3, [1])):
        assert told(card, select) == ["9000"]
        for file in ids:
            answer = card.transmit(bytes((0, 0xB0, 0x80 | file, 0, 0, 0, 0)))
            assert answer[-2:] == b"\x90\x00"
            sizes[select, file] = len(answer) - 2
    assert list(sizes.values()) == [3, 880, 82, 264, 640, 663, 256, 578, 2005, 512]
    (common,) = told(card, MASTER, "00A4020C022F01", "00B0000000")[2:]
    assert len(common) // 2 - 2 == 17
    assert common.startswith("450B" + b"010".hex() + "2023011520280310")


def test_access_rules_and_state():
    card = card_of()
    read1, read2 = "00B0810000", "00B0820000"
    assert told(card, AID1, read1) == ["9000", "6982"]
    assert told(card, VERIFY1) == ["6981"]  # here 81 is EF01, no PIN
    assert told(card, MASTER, VERIFY1, AID1, read2) == ["9000", "9000", "9000", "6982"]
    assert told(card, read1)[0].endswith("9000")
    assert told(card, AID2, read1, MASTER, VERIFY2, AID2) == ["9000", "6982", "9000", "9000", "9000"]
    assert told(card, read1)[0].endswith("9000")
    card.power_off()
    card.power_on()
    assert told(card, AID1, read1) == ["9000", "6982"]


def test_counters_outlive_power_and_program(tmp_path):
    card = card_of(tmp_path)
    wrong = "002000810430303030"
    assert told(card, "00200081", wrong, wrong, "00200081") == ["63C3", "63C2", "63C1", "63C1"]
    card.power_off()
    again = card_of(tmp_path)
    assert told(again, "00200081", "00200082") == ["63C1", "63C3"]
    assert told(again, VERIFY1, "00200081") == ["9000", "63C3"]
    assert told(again, wrong, wrong, wrong, VERIFY1, "00200081") == ["63C2", "63C1", "63C0", "6984", "63C0"]
    assert json.loads((tmp_path / "test.json").read_text()) == {"pin1": 0, "pin2": 3}


def test_a_wrong_value_closes_what_was_open():
    card = card_of()
    assert told(card, VERIFY1, "002000810430303030", AID1, "00B0810000") == ["9000", "63C2", "9000", "6982"]


def test_answers_to_what_is_no_command_of_it():
    card = card_of(attempts2=0)
    answers = {
        "": "6700",
        "00A4": "6700",
        "00A4040C10A00000024803000000000000000000FF": "6A82",
        "00A4040010A0000002310100000000000000000000": "6A86",
        "00A4020C020003": "6A82",
        "00A4020C0100": "6A86",
        "00A40000023F01": "6A82",
        "00B0000000": "6986",
        "00200080": "6986",
        "00B0810000": "6981",
        "00B08B0000": "6A82",
        "00B0E00000": "6A86",
        "00B08A": "6700",
        "00B08A0300": "6B00",
        "0020008A": "6981",
        "00200181": "6A86",
        "00200001": "6A86",
        "0084000008": "6D00",
        "80B0810000": "6E00",
        VERIFY2: "6984",
    }
    assert dict(zip(answers, told(card, *answers), strict=True)) == answers


def test_select_and_verify_by_current_file():
    card = card_of()
    assert told(card, "00A4020C020001", "00200080", "002000800431323334") == ["9000", "63C3", "9000"]
    assert told(card, "00A40000023F00", AID1, "00A4020C020001") == ["9000"] * 3
    assert told(card, "00B0036E10", "00B0037010", "00B0000003") == ["FFFF9000", "6B00", "1101029000"]


@pytest.mark.parametrize(
    ("changed", "key", "reason"),
    [
        ({"name": ""}, "driver_licence.name", "text-wanted"),
        ({"name": "山" * 441}, "driver_licence", "too-large"),
        ({"name": "髙橋"}, "driver_licence.name", "not-in-jis-x-0208"),
        ({"birth_date": "19850230"}, "driver_licence.birth_date", "date-wanted"),
        ({"birth_date": "18000101"}, "driver_licence.birth_date", "range"),
        ({"birth_date": 19850210}, "driver_licence.birth_date", "date-wanted"),
        ({"licence_number": "1"}, "driver_licence.licence_number", "form"),
        ({"conditions": ["眼"] * 5}, "driver_licence.conditions", "list-wanted"),
        ({"conditions": [1]}, "driver_licence.conditions", "text-wanted"),
        ({"categories": {"馬": "20200101"}}, "driver_licence.categories.馬", "unknown-key"),
        ({"categories": []}, "driver_licence.categories", "object-wanted"),
        ({"acquired": {"他": "x"}}, "driver_licence.acquired.他", "date-wanted"),
        ({"attempts1": 4}, "driver_licence.attempts1", "range"),
        ({"attempts1": True}, "driver_licence.attempts1", "range"),
        ({"pin2": ""}, "driver_licence.pin2", "both-or-none"),
        ({"pin1": "12345"}, "driver_licence.pin1", "form"),
        ({"photo": ["!"]}, "driver_licence.photo", "base64"),
        ({"photo": ["AAAA"] * 667}, "driver_licence.photo", "too-large"),
        ({"gaiji": {"8": []}}, "driver_licence.gaiji.8", "unknown-key"),
        ({"gaiji": {"1": ["."]}}, "driver_licence.gaiji.1", "32-rows-wanted"),
        ({"gaiji": {"1": ["x" * 32] * 32}}, "driver_licence.gaiji.1", "32-dots-wanted"),
        ({"gaiji": []}, "driver_licence.gaiji", "object-wanted"),
        ({"changes": {}}, "driver_licence.changes", "list-wanted"),
        ({"changes": [1]}, "driver_licence.changes.0", "object-wanted"),
        ({"changes": [{"kind": "sex", "text": "男"}]}, "driver_licence.changes.0.kind", "unknown-value"),
        ({"changes": [{"kind": "name", "text": "名"}] * 9}, "driver_licence.changes.8.kind", "unknown-value"),
        (
            {"changes": [{"kind": "name", "text": "名", "by": ""}]},
            "driver_licence.changes.0.by",
            "unknown-key",
        ),
        (
            {"changes": [{"kind": "name", "text": "名", "seal": "印"}]},
            "driver_licence.changes.0.seal",
            "5-characters-wanted",
        ),
        ({"address": None}, "driver_licence.address", "text-wanted"),
        ({"hobby": ""}, "driver_licence.hobby", "unknown-key"),
    ],
)
def test_content_that_cannot_be(changed, key, reason):
    with pytest.raises(SpecimenError) as caught:
        card_of(**changed)
    assert caught.value.details == {"specimen": "test", "key": key, "reason": reason}
