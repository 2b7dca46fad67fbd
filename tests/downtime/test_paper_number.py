"""Numbers of the downtime kit: never a case number, and a slip of the finger shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.downtime.errors import PaperNumberError
from kakanai.downtime.paper_number import ALPHABET, MOST_PAPERS, PaperNumber, kit_of
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.errors import CaseNumberError

NUMBERS = st.builds(PaperNumber.build, st.text(ALPHABET, min_size=4, max_size=4), st.integers(1, MOST_PAPERS))


@given(NUMBERS)
def test_a_number_is_read_back_and_is_no_case_number(number):
    assert PaperNumber(str(number)) == number
    assert PaperNumber.build(number.kit, number.place) == number
    with pytest.raises(CaseNumberError):
        CaseNumber(str(number))
    with pytest.raises(PaperNumberError):
        PaperNumber("R8-1121-0001")


@given(NUMBERS, st.integers(1, 8), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_refused(number, at, instead):
    figures = str(number).replace("-", "")
    if figures[at] != instead:
        with pytest.raises(PaperNumberError):
            PaperNumber(figures[:at] + instead + figures[at + 1 :])


@given(NUMBERS, st.integers(1, 7))
def test_two_changed_places_are_refused(number, at):
    figures = str(number).replace("-", "")
    if figures[at] != figures[at + 1]:
        with pytest.raises(PaperNumberError):
            PaperNumber(figures[:at] + figures[at + 1] + figures[at] + figures[at + 2 :])


@pytest.mark.parametrize(
    "typed",
    [
        "{}",
        " {}\r\n",
        "{}/F01/2026.11/1-2",
        "{lower}",
        "{wide}",
        "{bare}",
    ],
)
def test_what_scanners_and_hands_make_of_it_is_understood(typed):
    number = PaperNumber.build("01AB", 17)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in f"{number}/F01/3/1-1")
    text = typed.format(number, lower=number.lower(), wide=wide, bare=number.replace("-", ""))
    assert PaperNumber.typed(text) == number


def test_letters_that_look_like_digits_are_read_as_those():
    number = PaperNumber.build("01AB", 10)
    assert PaperNumber.typed(number.replace("0", "o").replace("1", "l")) == number


@pytest.mark.parametrize("text", ["", "D", "17", "R8-1121-0001/F01/3/1-1", "D0000-0000", "D" * 900, "\0"])
def test_other_text_is_refused(text):
    with pytest.raises(PaperNumberError):
        PaperNumber.typed(text)


@pytest.mark.parametrize("place", [0, -1, 1000])
def test_a_kit_has_at_most_999_papers(place):
    with pytest.raises(PaperNumberError):
        PaperNumber.build("0000", place)


def test_kits_differ():
    assert len({kit_of(f"{n * 7919:064x}") for n in range(200)}) == 200
