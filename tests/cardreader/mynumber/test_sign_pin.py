import copy
import pickle

import pytest

from kakanai.cardreader.errors import PinFormatError
from kakanai.cardreader.mynumber.sign_pin import SignPin


@pytest.mark.parametrize("text", ["ABC123", "1ZZZZZ", "A123456789012345"])
def test_six_to_sixteen_capitals_and_digits(text):
    assert SignPin(text).as_ascii() == text.encode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ABC12",
        "A1234567890123456",
        "ABCDEF",
        "123456",
        "abc123",
        "ABC12\n",
        "ABC123\n",
        "ＡＢＣ１２３",
        "AB 123",
    ],
)
def test_anything_else_is_refused_and_not_told(text):
    with pytest.raises(PinFormatError) as caught:
        SignPin(text)
    assert caught.value.details == {"key": "sign_pin"}


def test_it_is_not_shown_pickled_or_copied():
    pin = SignPin("ABC123")
    assert "ABC" not in f"{pin!r}{pin}{[pin]}"
    for save in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            save(pin)
