import copy
import pickle

import pytest

from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.errors import PinFormatError
from kakanai.cardreader.kinds import CardKey


def test_four_digits_go_to_the_card_as_ascii():
    assert LicencePin("0912").as_ascii() == b"0912"
    assert LicencePin("0912").key is CardKey.LICENCE_PIN1
    assert LicencePin("0912", CardKey.LICENCE_PIN2).key is CardKey.LICENCE_PIN2


@pytest.mark.parametrize("digits", ["", "123", "12345", "12a4", "１２３４", "1234\n", "****", " 123", "٣٤٥٦"])
def test_anything_else_is_refused_before_it_reaches_a_card(digits):
    with pytest.raises(PinFormatError) as caught:
        LicencePin(digits, CardKey.MYNUMBER_LICENCE_PIN)
    assert caught.value.details == {"key": "mynumber_licence_pin"}
    assert caught.value.key is CardKey.MYNUMBER_LICENCE_PIN


def test_it_shows_itself_nowhere():
    pin = LicencePin("0912", CardKey.LICENCE_PIN2)
    assert repr(pin) == str(pin) == f"{pin}" == "LicencePin(licence_pin2 ****)"
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(pin)
    with pytest.raises(ValueError, match="not a key of a licence"):
        LicencePin("0912", CardKey.TEXT_PIN)
