import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.errors import PinFormatError
from kakanai.cardreader.mynumber.pin import Pin


def test_four_digits():
    assert Pin("0123").as_ascii() == b"0123"


@pytest.mark.parametrize("digits", ["", "123", "12345", "12a4", "１２３４", "1234\n", " 1234", "١٢٣٤"])
def test_anything_else_is_refused_and_not_told(digits):
    with pytest.raises(PinFormatError) as caught:
        Pin(digits)
    assert caught.value.details == {"key": "text_pin"}


@given(st.from_regex(r"[0-9]{4}", fullmatch=True))
def test_no_text_shows_the_digits(digits):
    pin = Pin(digits)
    assert digits not in f"{pin!r}{pin!s}{pin}{[pin]}"


def test_it_is_not_pickled_or_copied():
    for save in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            save(Pin("1234"))
