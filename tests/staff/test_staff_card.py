"""The number of a staff card."""

import pickle

import pytest

from kakanai.staff.errors import StaffCardError
from kakanai.staff.staff_card import CardUid

SECRET = bytes(32)


def test_one_card_is_one_number_however_it_is_written() -> None:
    keyed = {
        CardUid(text).keyed(SECRET)
        for text in ("04A1B2C3D4E5F6", "04 a1 b2 c3 d4 e5 f6", "04:A1:B2:C3:D4:E5:F6")
    }
    assert len(keyed) == 1
    assert keyed != {CardUid("04A1B2C3D4E5F7").keyed(SECRET)}
    assert keyed != {CardUid("04A1B2C3D4E5F6").keyed(bytes(31) + b"\1")}
    assert not any("04a1" in text.lower() for text in (repr(CardUid("04A1B2C3")), *keyed))


@pytest.mark.parametrize("text", ["", "04A1B2", "04A1B2C", "04A1B2C3D4E5F60718293A", "見本", "0x04A1B2C3"])
def test_what_is_no_number_of_a_card_is_refused(text: str) -> None:
    with pytest.raises(StaffCardError) as caught:
        CardUid(text)
    assert not caught.value.details


def test_it_is_not_carried_away() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(CardUid("04A1B2C3"))
