"""A case as plain data and back: nothing is lost, and nobody adds an attribute that is."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.text_picture import TextPicture
from kakanai.drafts.draft import Draft, DraftState, from_json, new_id, to_json
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence, Fact
from kakanai.identity.my_number import MyNumber, check_digit
from kakanai.identity.person import Person, Sex
from kakanai.reception.answers import Answers
from kakanai.reception.case import Case
from kakanai.reception.case_record import FORGOTTEN, case_of, record_of
from kakanai.reception.checklist import DocumentState
from kakanai.reception.companion import Companion
from kakanai.reception.identity_check import IdentityCheck, Way
from kakanai.reception.plain_values import from_plain, to_plain
from kakanai.reception.printed_form import PrintedForm
from kakanai.reception.procedure import Procedure

NUMBER = MyNumber("123456789018")
PICTURE = TextPicture(24, 12, 12, b"\0\xff" * 144, b"\x89PNG")
ANSWERS = Answers()
ANSWERS.values = {"visitor.phone": "03-1111", "certificate.kinds": ("a", "b"), "visitor.sex": Sex.FEMALE}
ANSWERS.rows["member"] = [{"member.birth_date": BirthDate(1989, None, None, "S"), "member.key": "m1"}]


def full_case() -> Case:
    """A case of which every attribute is other than in a new one."""
    person = Person("渡邊\U000e0108　仮名", "東京都架空町１番地", BirthDate(1980, 2, 17), Sex.MALE)
    evidence = Evidence.of_card(
        "mynumber", dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC), person, verdict="verified"
    ).with_stale(Fact.ADDRESS)
    procedure = Procedure(
        "seal", "印鑑", "g", ("F05",), {"move.date": dt.date(2026, 11, 15), "seal.count": 1}
    )
    case = Case("R8-1121-0001")
    case.person, case.evidence, case.my_number = person, evidence, NUMBER
    case.withdrawn = person, evidence
    case.procedures, case.forms = (procedure,), ("F05",)
    case.answers = ANSWERS
    case.left_blank = {("F05", "visitor.name"): "渡邊\U000e0108　仮名", ("F05", "x"): None}
    case.pictured = {("F05", "visitor.birth_date"): BirthDate(1980, 2, 17)}
    case.card_pictures = {Fact.NAME: PICTURE}
    case.address_on_card = "前の住所"
    case.event, case.by_hand, case.dropped = "move_in", (procedure,), frozenset({"a", "b"})
    case.settled = {"move.kind": "move_in"}
    case.logged_procedures = ("seal",)
    case.companions = {"c1": Companion("member", person, evidence, NUMBER, {Fact.ADDRESS: PICTURE}, "前")}
    case.companions_added, case.is_protected = 1, True
    case.printed = {"F05": PrintedForm("F05", "1", ("1/1",), "00ff")}
    case.to_shred = (PrintedForm("F01", "1", ("1/1", "控 1/1"), "ff"),)
    case.releases = 2
    case.documents = {"転出証明書": next(iter(DocumentState))}
    case.identity_check = IdentityCheck(("passport",), next(iter(Way)), ("生年月日",), "1024")
    case.papers = ("G01",)
    case.opened_at = dt.datetime(2026, 11, 21, 1, 15, tzinfo=dt.UTC)
    return case


def same(one: object, other: object) -> bool:
    if isinstance(one, Answers) and isinstance(other, Answers):
        return vars(one) == vars(other)
    return one == other


def through_draft(case: Case) -> Case:
    body = {"case": record_of(case)}
    draft = Draft(new_id(), case.number, dt.datetime(2026, 11, 21, tzinfo=dt.UTC), DraftState.OPEN, body)
    return case_of(from_json(to_json(draft)).body["case"])


def test_every_attribute_of_a_case_is_kept() -> None:
    case, new = full_case(), Case("R8-1121-0002")
    # Fails when somebody adds an attribute to Case and not to full_case().
    unset = {name for name in vars(case) if same(vars(case)[name], vars(new)[name])}
    assert unset - FORGOTTEN == {"step"}
    back = through_draft(case)
    lost = {name for name in vars(case) if not same(vars(case)[name], vars(back)[name])}
    assert lost == set()


def test_what_changes_later_does_not_change_the_record() -> None:
    case = full_case()
    record = record_of(case)
    before = json.dumps(record, default=repr)
    case.left_blank.clear()
    case.answers.values.clear()
    case.answers.values["visitor.phone"] = "03-1111"
    assert json.dumps(record, default=repr) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.update(format=2),
        lambda record: record.pop("case"),
        lambda record: record["case"].pop("number"),
        lambda record: record["case"].update(colour="red"),
        lambda record: record["case"].update(step="sideways"),
        lambda record: record["case"].update(person={"~": "Person", "=": {"name": "x"}}),
        lambda record: record["case"].update(my_number={"~": "my-number", "=": "123456789012"}),
        lambda record: record["case"].update(forms={"~": "os.system", "=": "true"}),
    ],
)
def test_what_is_no_record_is_refused(spoil) -> None:
    record = record_of(full_case())
    spoil(record)
    with pytest.raises(ValueError, match=r"record|part|case") as refused:
        case_of(record)
    assert "渡邊" not in str(refused.value)


def test_a_kind_without_a_plain_form_is_refused_without_its_value() -> None:
    with pytest.raises(TypeError) as refused:
        to_plain({"a": Exception("見本　太郎")})
    assert "見本" not in str(refused.value)


TEXTS = st.text(st.characters(), max_size=20)  # half surrogate pairs too
DIGITS = st.integers(0, 10**11 - 1).map(lambda n: f"{n:011d}")
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    TEXTS,
    st.binary(max_size=20),
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.sampled_from([*Sex, *Fact]),
    st.builds(BirthDate, st.integers(1868, 2100), st.integers(1, 12), st.none(), st.sampled_from(["", "S"])),
    st.builds(lambda name, address: Person(name, address, None, Sex.NOT_KNOWN), TEXTS, TEXTS),
    DIGITS.map(lambda digits: MyNumber(f"{digits}{check_digit(digits)}")),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.one_of(TEXTS, st.tuples(TEXTS, TEXTS)), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(VALUES)
def test_values_come_back_as_they_were(value: object) -> None:
    draft = Draft(
        new_id(), "", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), DraftState.OPEN, {"v": to_plain(value)}
    )
    back = from_plain(from_json(to_json(draft)).body["v"])
    assert back == value
    assert type(back) is type(value)
