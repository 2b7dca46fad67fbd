import copy
import pickle

import pytest

from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.errors import CardNumberFormatError


def test_a_number_goes_out_as_it_was_entered_and_is_never_shown():
    number = CardNumber("AB12345678CD")
    assert number.as_ascii() == b"AB12345678CD"
    assert "12345678" not in f"{number} {number!r}"
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            copied(number)


@pytest.mark.parametrize(
    "entered",
    [
        "",
        "AB12345678C",
        "AB12345678CDE",
        "ab12345678cd",
        "ＡＢ１２３４５６７８ＣＤ",
        "AB1234567８CD",
        "A112345678CD",
        "AB12345678CD\n",
        " AB12345678CD",
        "AB1234-5678CD",
    ],
)
def test_anything_else_is_refused_without_repeating_it(entered):
    with pytest.raises(CardNumberFormatError) as caught:
        CardNumber(entered)
    assert str(caught.value) == "C-071"
