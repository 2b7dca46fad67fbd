"""F29, F30, F32–F38, F40: one answer on every form, nobody dropped, no number where none may be."""

import pytest

from kakanai.forms.samples import sample_facts
from kakanai.forms.template import Element, MyNumberBox, SignatureBox
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.reception.facts import gather_facts, questions_for
from tests.forms.case_papers import DIGITS, VISITOR, fill, placed, sheets, with_ordinance
from tests.forms.conftest import CASE_NUMBER, Press

FORMS = ("F29", "F30", "F32", "F33", "F34", "F35", "F36", "F37", "F38", "F40")
NOBODY = {
    "deceased.name": "例示　架空",
    "deceased.address": "見本町例示九丁目９番",
    "deceased.death_date": "2026-11-09",
}


@pytest.mark.parametrize("form", FORMS)
def test_samples_fit_and_can_be_read_back(press: Press, form: str) -> None:
    facts, numbers = sample_facts(press.variables, people=3)
    filled = press.filler.fill(press.shipped(form), CASE_NUMBER, facts, numbers)
    assert filled.stopping == ()
    text = sheets(press, filled)
    assert len(text) == len(filled.pages)
    assert all(CASE_NUMBER in page for page in text)
    assert "令和8年11月21日" in text[0]
    assert VISITOR.replace("　", "") in "".join(text) or form == "F30"


@pytest.mark.parametrize("form", FORMS)
def test_every_option_has_its_square_and_somebody_signs(press: Press, form: str) -> None:
    elements: list[Element] = [e for page in press.shipped(form).pages for e in page.elements]
    marks = {(e.variable, e.option) for e in elements if hasattr(e, "option")}
    chosen = {name for name, _ in marks if press.variables.variables[name].choices}
    assert chosen
    for name in chosen:
        options = {choice.id for choice in press.variables.variables[name].choices}
        assert {(name, option) for option in options} <= marks, name
    lines = [e.box for e in elements if isinstance(e, SignatureBox)]
    assert lines
    assert all(box.w >= 60 and box.h >= 12 for box in lines)


@pytest.mark.parametrize("form", ["F35", "F36", "F37"])
def test_the_deceased_is_asked_once_and_stands_on_every_form(press: Press, form: str) -> None:
    filled = fill(press, press.shipped(form), dict(NOBODY))
    text = sheets(press, filled)[0]
    assert "例示架空" in text
    assert "見本町例示九丁目９番" in text
    assert "令和8年11月9日" in text


def test_the_deceased_was_the_user_of_the_water_and_the_owner_of_the_dog(press: Press) -> None:
    water = {"water.kind": "rename", "water.rename_reason": "death"}
    dog = {"dog_notice.kinds": ["change"], "dog_notice.changes": ["owner"], "dog_notice.from_deceased": "yes"}
    filled = fill(press, press.shipped("F29"), {**NOBODY, **water})
    assert set(placed(filled, "water.old_user")) == {"例示　架空"}
    filled = fill(press, press.shipped("F34"), {**NOBODY, **dog})
    assert placed(filled, "dog_notice.old_owner") == ["例示　架空"]
    assert placed(filled, "dog_notice.old_address") == ["見本町例示九丁目９番"]


def test_a_water_form_alone_asks_for_the_old_user_and_not_for_the_deceased(press: Press) -> None:
    case = Case(CASE_NUMBER)
    answers = {"water.kind": "rename", "water.rename_reason": "death"}
    case.answer(parse_answers(press.variables, answers))
    facts = gather_facts(press.variables, case, {"today": "令和8年11月21日"})
    used = dict.fromkeys(press.shipped("F29").variables(), ("F29",))
    asked = {q.variable.id for g in questions_for(press.variables, used, case, facts) for q in g.questions}
    assert "water.old_user" in asked
    assert not [name for name in asked if name.startswith("deceased.")]


@pytest.mark.parametrize(
    ("form", "role", "answers"),
    [
        ("F29", "water_user", {}),
        ("F32", "moped_owner", {}),
        ("F33", "moped_owner", {}),
        ("F34", "dog_owner", {}),
        ("F35", "mourner", {"funeral.receiver": "self"}),
        ("F36", "survivor", {"unpaid.report_death": "no"}),
        ("F37", "representative", {}),
        ("F38", "victim", {}),
        ("F40", "renamer", {"rename.kind": "former"}),
    ],
)
def test_only_a_proxy_gets_the_sheet_where_the_principal_signs(
    press: Press, form: str, role: str, answers: dict[str, object]
) -> None:
    template = press.shipped(form)
    own = fill(press, template, {**answers, f"{role}.is_visitor": "yes"})
    assert VISITOR in placed(own, f"{role}.name")
    proxy = {f"{role}.is_visitor": "no", f"{role}.agent_kind": "appointed", f"{role}.name": "例示　二郎"}
    other = fill(press, template, {**answers, **proxy})
    copies = 2 if template.terms.copy else 1
    assert len(other.pages) == len(own.pages) + copies
    assert set(placed(other, f"{role}.name")) == {"例示　二郎"}
    last = sheets(press, other)[len(other.pages) // copies - 1]
    assert "委任した人の署名（自署）" in last
    assert "例示二郎" in last
    assert "見本太郎" in last


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (4, 2), (5, 3), (12, 3), (13, 4)])
def test_every_heir_signs_on_some_sheet(press: Press, count: int, pages: int) -> None:
    heirs = [
        {"name": f"相続　第{i}人", "relationship": "子", "share": f"{count}分の1"}
        for i in range(1, count + 1)
    ]
    filled = fill(press, press.shipped("F37"), {"heir": heirs})
    assert placed(filled, "heir.name") == [heir["name"] for heir in heirs]
    assert len(filled.pages) == pages
    text = "".join(sheets(press, filled))
    assert [text.count(f"相続第{i}人") for i in range(1, count + 1)] == [1] * count
    assert placed(filled, "heir.row")[:count] == [str(i) for i in range(1, count + 1)]


@pytest.mark.parametrize(("count", "pages"), [(9, 2), (10, 3), (25, 4)])
def test_every_asset_has_a_row(press: Press, count: int, pages: int) -> None:
    assets = [{"kind": "land", "place": f"架空町{i}番"} for i in range(1, count + 1)]
    filled = fill(press, press.shipped("F37"), {"asset": assets})
    assert placed(filled, "asset.place") == [asset["place"] for asset in assets]
    assert len(filled.pages) == pages


def test_every_member_of_the_household_stands_on_the_disaster_form(press: Press) -> None:
    people = [{"name": f"世帯　第{i}人", "relationship": "子"} for i in range(1, 9)]
    filled = fill(press, press.shipped("F38"), {"member": people, "visitor.is_member": "no"})
    assert placed(filled, "member.name") == [person["name"] for person in people]
    assert len(filled.pages) == 3


@pytest.mark.parametrize(("form", "entry"), [("F32", "vehicle"), ("F33", "vehicle"), ("F34", "dog")])
def test_each_vehicle_and_each_dog_has_its_own_sheet(press: Press, form: str, entry: str) -> None:
    field = "chassis" if entry == "vehicle" else "name"
    three = [{field: f"MH50-{i}"} for i in range(1, 4)]
    one = fill(press, press.shipped(form), {entry: three[:1]})
    filled = fill(press, press.shipped(form), {entry: three})
    assert len(filled.pages) == len(one.pages) + 2
    assert placed(filled, f"{entry}.{field}") == ["MH50-1", "MH50-2", "MH50-3"]


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"F35", "F36"}])
def test_a_form_without_the_number_never_gets_it(press: Press, form: str) -> None:
    template = press.shipped(form)
    assert not template.carries_my_number
    facts, _ = sample_facts(press.variables)
    roles = {"visitor", "subject", "member.0", "mourner", "survivor", "payer", "victim", "moped_owner"}
    filled = press.filler.fill(template, CASE_NUMBER, facts, dict.fromkeys(roles, MyNumber(DIGITS)))
    assert DIGITS not in "".join(sheets(press, filled))


def test_the_funeral_benefit_has_the_number_only_by_ordinance_and_never_on_the_copy(press: Press) -> None:
    answers: dict[str, object] = {**NOBODY, "mourner.is_visitor": "yes", "funeral.receiver": "self"}
    assert DIGITS not in "".join(sheets(press, fill(press, press.shipped("F35"), answers)))
    assert not press.shipped("F35").carries_my_number
    paper, copy = sheets(press, fill(press, with_ordinance(press, "F35"), answers))
    assert DIGITS in paper
    assert DIGITS not in copy


def test_the_unpaid_pension_bears_the_number_of_the_claimant_alone(press: Press) -> None:
    template = press.shipped("F36")
    boxes = [e for page in template.pages for e in page.elements if isinstance(e, MyNumberBox)]
    assert [box.role for box in boxes] == ["survivor"]
    answers: dict[str, object] = {"unpaid.report_death": "no", **NOBODY}
    paper = sheets(press, fill(press, template, {**answers, "survivor.is_visitor": "yes"}))
    assert [DIGITS in page for page in paper] == [True, False, False, False]
    proxy = sheets(press, fill(press, template, {**answers, "survivor.is_visitor": "no"}))
    assert DIGITS not in "".join(proxy)


ACCOUNT: dict[str, object] = {
    "account.use": "own",
    "account.institution": "bank",
    "account.bank": "見本銀行",
    "account.number": "7654321",
    "account.holder_kana": "ミホン　ジロウ",
}


@pytest.mark.parametrize("form", ["F35", "F36"])
def test_the_account_is_not_on_the_copy(press: Press, form: str) -> None:
    answers = {
        **ACCOUNT,
        "mourner.is_visitor": "yes",
        "funeral.receiver": "self",
        "survivor.is_visitor": "yes",
    }
    text = sheets(press, fill(press, press.shipped(form), answers))
    half = len(text) // 2
    assert "7654321" in text[0]
    assert "ミホンジロウ" in text[0]
    assert "見本銀行" in text[half]
    assert not [page for page in text[half:] if "7654321" in page or "ミホンジロウ" in page]


def test_the_transfer_request_is_left_to_the_hand_unless_the_office_may_print(press: Press) -> None:
    template = press.shipped("F30")
    by_hand = "".join(sheets(press, fill(press, template, {**ACCOUNT, "debit.kind": "new"})))
    assert "見本太郎" not in by_hand
    assert "7654321" not in by_hand
    case = Case(CASE_NUMBER)
    facts = gather_facts(press.variables, case, {"today": "令和8年11月21日"})
    used = dict.fromkeys(template.variables(), ("F30",))
    asked = {q.variable.id for g in questions_for(press.variables, used, case, facts) for q in g.questions}
    assert "debit.print" in asked
    assert not [name for name in asked if name.startswith(("account.", "payer."))]
    answers = {**ACCOUNT, "debit.print": "yes", "debit.account_from": "account"}
    text = sheets(press, fill(press, template, answers))
    # One sheet for the office, one for the bank, and the copy for who asked: without number and holder.
    assert len(text) == 3
    assert ["7654321" in page for page in text] == [True, True, False]
    assert ["ミホンジロウ" in page for page in text] == [True, True, False]
    assert all("見本太郎" in page for page in text)
