import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.person import Sex
from kakanai.reception.answers import parse_answers
from kakanai.reception.errors import AnswerFormatError, UnknownVariableError
from kakanai.reception.variables_file import load_variables
from kakanai.resources import resource_root

CATALOG = load_variables(resource_root() / "reception" / "variables.yaml")


def test_answers_become_values_of_their_type():
    answers = parse_answers(
        CATALOG,
        {
            "visitor.kana": "ミホン　タロウ",
            "residence.whole_household": "2",
            "purpose.kind": ["pension", "licence"],
            "move.date": "R8.11.15",
            "householder.is_visitor": False,
            "member": [
                {"name": "𠮷田　花", "birth_date": "S55.2.17", "sex": "女", "member.relationship": "妻"}
            ],
        },
    )
    assert answers.values == {
        "visitor.kana": "ミホン　タロウ",
        "residence.whole_household": 2,
        "purpose.kind": ("licence", "pension"),
        "move.date": dt.date(2026, 11, 15),
        "householder.is_visitor": "no",
    }
    assert answers.rows["member"] == [
        {
            "member.name": "𠮷田　花",
            "member.birth_date": BirthDate(1980, 2, 17),
            "member.sex": Sex.FEMALE,
            "member.relationship": "妻",
        }
    ]


def test_empty_answers_leave_the_box_blank():
    assert parse_answers(CATALOG, {"visitor.phone": "", "purpose.kind": [], "move.date": None}).values == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("visitor.kana", "みほん"),
        ("visitor.phone", "電話なし"),
        ("visitor.postal", "12"),
        ("residence.whole_household", "多数"),
        ("residence.whole_household", 100),
        ("residence.whole_household", True),
        ("residence.whole_household", "1_0"),
        ("residence.whole_household", " 1"),
        ("residence.whole_household", "+1"),
        ("subject.relation", "stranger"),
        ("purpose.kind", ["stranger"]),
        ("purpose.kind", 3),
        ("move.date", "昭和50年（月日不詳）"),
        ("move.date", "2026-02-30"),
        ("subject.name", "改\n行"),
        ("subject.name", "字" * 201),
        ("subject.name", ["一", "二"]),
    ],
)
def test_a_wrong_form_is_told_by_field_without_the_value(field, value):
    with pytest.raises(AnswerFormatError) as caught:
        parse_answers(CATALOG, {field: value})
    assert caught.value.details["field"] == field
    assert str(value) not in str(caught.value)


@pytest.mark.parametrize("key", ["nobody.knows", "visitor.name", "member.name", "today", "見本　太郎"])
def test_unknown_and_unaskable_fields_are_refused(key):
    with pytest.raises(UnknownVariableError) as caught:
        parse_answers(CATALOG, {key: "1"})
    assert caught.value.details["field"] == (key if key.isascii() else "?")


@pytest.mark.parametrize(
    "key",
    [
        "123456789018",
        "visitor.123456789018",
        "a1234",
        "1234",
        "visitor.",
        ".a",
        "a.b.c",
        "A",
        "a" * 61,
        "見本　太郎",
    ],
)
def test_a_key_unlike_ours_is_not_repeated(key):
    for data in ({key: "1"}, {"member": [{key: "1"}]}):
        with pytest.raises(UnknownVariableError) as caught:
            parse_answers(CATALOG, data)
        assert key not in caught.value.details["field"]


def test_one_fact_twice_in_a_row_is_refused():
    with pytest.raises(AnswerFormatError) as caught:
        parse_answers(CATALOG, {"member": [{"name": "甲", "member.name": "乙"}]})
    assert caught.value.details["field"] == "member.name"


def test_a_list_holds_99_people():
    assert len(parse_answers(CATALOG, {"member": [{}] * 99}).rows["member"]) == 99
    with pytest.raises(AnswerFormatError):
        parse_answers(CATALOG, {"member": [{}] * 100})


@pytest.mark.parametrize("typed", ["〒090-0000", "〒 090-0000", "〒　090-0000", "090-0000"])
def test_the_mark_of_the_post_is_left_to_the_form(typed):
    assert parse_answers(CATALOG, {"visitor.postal": typed}).values == {"visitor.postal": "090-0000"}


@pytest.mark.parametrize("typed", ["0_1", " 1", "01", "3", "男 "])
def test_a_sex_of_another_form_is_refused(typed):
    with pytest.raises(AnswerFormatError):
        parse_answers(CATALOG, {"member": [{"sex": typed}]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=True),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([*sorted(CATALOG.variables), "member", "x"]), JSON)
def test_any_json_is_an_answer_or_our_error(key, value):
    with contextlib.suppress(UnknownVariableError, AnswerFormatError):
        parse_answers(CATALOG, {key: value})
