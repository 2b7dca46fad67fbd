import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.by_hand import person_from_mapping, person_to_mapping
from kakanai.identity.errors import HandEntryError
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex

FULL = {
    "card_kind": "mynumber",
    "name": "黒桐　幹也",
    "address": "東京都清瀬市観布子南１２－７－２０２",
    "birth_date": "1980-02-17",
    "sex": 1,
    "my_number": "123456789018",
    "tries_left": 3,
    "apdus": 5,
}


def test_what_card_read_prints_is_taken_as_it_is():
    person, number = person_from_mapping(FULL)
    assert person == Person(FULL["name"], FULL["address"], BirthDate(1980, 2, 17), Sex.MALE)
    assert number == MyNumber("123456789018")


def test_the_way_there_and_back():
    person, number = person_from_mapping(FULL)
    again = json.loads(json.dumps(person_to_mapping(person, number)))
    assert person_from_mapping(again) == (person, number)
    assert "my_number" not in person_to_mapping(person)


@pytest.mark.parametrize("name", ["髙﨑　𠮷野", "葛\U000e0100城", " x　", "ａＡ", "か\u3099"])
def test_text_is_kept_code_point_for_code_point(name):
    assert person_from_mapping({"name": name})[0].name == name


def test_facts_may_be_left_out():
    empty = Person("", "", None, None)
    assert person_from_mapping({}) == (empty, None)
    assert person_from_mapping(person_to_mapping(empty)) == (empty, None)
    assert person_from_mapping({"name": None, "birth_date": "", "sex": "", "my_number": None}) == (
        empty,
        None,
    )


@pytest.mark.parametrize(
    ("given_sex", "sex"), [(2, Sex.FEMALE), ("2", Sex.FEMALE), (0, Sex.NOT_KNOWN), ("9", Sex.NOT_APPLICABLE)]
)
def test_sex_as_number_or_text(given_sex, sex):
    assert person_from_mapping({"sex": given_sex})[0].sex is sex


@pytest.mark.parametrize(
    ("data", "field", "reason"),
    [
        ({"furigana": "クロギリ"}, "furigana", "unknown_key"),
        ({"黒桐　幹也": 1}, "?", "unknown_key"),
        ({"name": 5}, "name", "type"),
        ({"name": "黒桐\n幹也"}, "name", "control_character"),
        ({"name": "\ud842"}, "name", "control_character"),
        ({"address": "字" * 401}, "address", "too_long"),
        ({"birth_date": "1980-02-30"}, "birth_date", "value"),
        ({"birth_date": "S55.2.17"}, "birth_date", "value"),
        ({"birth_date": 19800217}, "birth_date", "type"),
        ({"sex": True}, "sex", "type"),
        ({"sex": 1.0}, "sex", "type"),
        ({"sex": 3}, "sex", "value"),
        ({"sex": "男"}, "sex", "value"),
        ({"my_number": "123456789012"}, "my_number", "value"),
        ({"my_number": 123456789018}, "my_number", "type"),
    ],
)
def test_wrong_facts_are_refused_by_field_and_without_the_value(data, field, reason):
    with pytest.raises(HandEntryError) as caught:
        person_from_mapping(data)
    assert caught.value.details == {"field": field, "reason": reason}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


@given(st.dictionaries(st.sampled_from([*FULL, "x"]), JSON))
def test_garbage_raises_only_our_error(data):
    try:
        person, _ = person_from_mapping(data)
    except HandEntryError:
        return
    assert isinstance(person, Person)


def test_a_person_does_not_show():
    assert repr(person_from_mapping(FULL)[0]) == "Person(****)"


def test_labels_of_sex():
    assert [sex.label for sex in Sex] == ["不明", "男", "女", "適用不能"]
