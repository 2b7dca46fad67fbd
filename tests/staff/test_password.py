"""A password: masked everywhere, and good enough when it is new."""

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.staff.common_passwords import COMMON
from kakanai.staff.errors import PasswordRuleError
from kakanai.staff.password import LONGEST, SHORTEST, Password

NUMBER = "1024"


def reason_for(text: str, number: str = NUMBER) -> object:
    try:
        Password(text).require_good(number)
    except PasswordRuleError as error:
        return error.details["reason"]
    return None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "short"),
        ("窓口の夜明け12", "short"),
        ("abcdefghi", "short"),
        ("aaaaaaaaaaaa", "few"),
        ("121212121212", "few"),
        ("1024102410245", "number"),
        ("1024abcd1024x", "number"),
        ("Password123", "common"),
        ("QWERTYUIOP", "common"),
        ("123qweasdzxc", "common"),
    ],
)
def test_a_weak_new_password_is_refused(text: str, reason: str) -> None:
    assert reason_for(text) == reason


@pytest.mark.parametrize("text", ["correct horse", "窓口の夜明けは静かだ", "1024-mado-yoake", "Pässwört-77"])
def test_a_good_one_is_taken_whatever_it_is_written_with(text: str) -> None:
    assert reason_for(text) is None


def test_a_number_of_one_digit_does_not_make_every_password_weak() -> None:
    assert reason_for("pass1phrase1", "1") is None


def test_every_common_password_is_long_enough_to_need_the_list() -> None:
    assert len(COMMON) == 100
    assert all(len(text) >= SHORTEST and text == text.lower() for text in COMMON)


@pytest.mark.parametrize(
    "text", ["line\nbreak and more", "tab\tinside it", "\udc80\udc81 no text at all", "x\x00"]
)
def test_what_is_no_line_of_text_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(PasswordRuleError) as caught:
        Password(text)
    assert caught.value.details == {"reason": "characters"}
    assert text not in str(caught.value)


def test_a_file_is_no_password() -> None:
    with pytest.raises(PasswordRuleError):
        Password("a" * (LONGEST + 1))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=4, max_size=LONGEST))
def test_nothing_shows_it_and_nothing_carries_it_away(text: str) -> None:
    password = Password(text)
    assert text not in f"{password!r} {password} {[password]}" or text in "Password(****)"
    for carry in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            carry(password)
    assert password.encoded().decode() == text
    assert password.is_same(Password(text))
    assert not password.is_same(Password(text[:-1]))
