import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.identity import my_number
from kakanai.identity.errors import MyNumberError
from kakanai.identity.my_number import MyNumber, check_digit

# Worked out by hand from the rule; a right check digit does not mean anybody has the number.
VALID = ["123456789018", "271828182840", "314159265352", "123000000080", "900000000001", "983205673214"]
ELEVEN = st.text(alphabet="0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize("text", VALID)
def test_right_check_digits(text):
    assert my_number.is_valid(text)
    assert "".join(MyNumber(text).box_digits()) == text


@pytest.mark.parametrize("text", ["123456789012", "000000000001", "983205673210"])
def test_wrong_check_digits_are_refused_without_repeating_them(text):
    with pytest.raises(MyNumberError) as caught:
        MyNumber(text)
    assert caught.value.details == {"reason": "check_digit"}
    assert text not in repr(caught.value) + str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890180", "１２３４５６７８９０１８", " 23456789018", "123456789018\n"]
)
def test_other_than_twelve_ascii_digits_is_refused(text):
    with pytest.raises(MyNumberError) as caught:
        MyNumber(text)
    assert caught.value.details == {"reason": "form"}


@given(ELEVEN)
def test_one_and_only_one_check_digit_fits(eleven):
    assert [d for d in range(10) if MyNumber.is_valid(f"{eleven}{d}")] == [check_digit(eleven)]


@given(ELEVEN, st.integers(0, 10), st.integers(1, 9))
def test_one_mistyped_digit_is_noticed_unless_it_moves_the_sum_among_0_1(eleven, place, step):
    # 11 - remainder is folded to 0 for both 0 and 1, so only those two can hide a slip.
    right = f"{eleven}{check_digit(eleven)}"
    wrong = eleven[:place] + str((int(eleven[place]) + step) % 10) + eleven[place + 1 :] + right[11]
    assert not MyNumber.is_valid(wrong) or right[11] == "0"


@given(st.text(max_size=14))
def test_garbage_raises_only_our_error(text):
    try:
        MyNumber(text)
    except MyNumberError:
        assert not my_number.is_valid(text)


def test_it_shows_nowhere_and_leaves_by_no_other_way():
    number = MyNumber(VALID[0])
    for shown in (repr(number), str(number), f"{number}", f"{number!r:>30}", str([number]), repr([number])):
        assert not any(digit in shown for digit in "123456789")
    for leak in (pickle.dumps, hash, vars, list, lambda n: n.__getstate__(), lambda n: n.__reduce__()):
        with pytest.raises(TypeError):
            leak(number)


def test_it_never_changes_and_copies_are_itself():
    number = MyNumber(VALID[0])
    with pytest.raises(AttributeError):
        number.anything = "1"
    with pytest.raises(AttributeError):
        del number.anything
    assert copy.copy(number) is number
    assert copy.deepcopy({"n": number})["n"] is number


def test_equal_by_digits_only():
    assert MyNumber(VALID[0]) == MyNumber(VALID[0])
    assert MyNumber(VALID[0]) != MyNumber(VALID[1])
    assert MyNumber(VALID[0]) != VALID[0]
