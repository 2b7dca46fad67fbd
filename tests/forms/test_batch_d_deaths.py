"""F29–F37: to whom a form is addressed, and what changes when the owner of a thing has died."""

import pytest

from kakanai.forms.longest_values import longest_facts
from kakanai.forms.template import SignatureBox
from tests.forms.conftest import Press
from tests.forms.test_batch_d import CASE_NUMBER, NOBODY, VISITOR, fill, placed, sheets

SHARED = (
    "F28", "F29", "F30", "F31", "F32", "F33", "F34", "F35", "F36", "F37", "F38", "F39", "F40",
)  # fmt: skip


@pytest.mark.parametrize("form", SHARED)
def test_the_longest_names_and_addresses_stand_whole(press: Press, form: str) -> None:
    template = press.shipped(form)
    facts, numbers = longest_facts(press.variables, template)
    filled = press.filler.fill(template, CASE_NUMBER, facts, numbers)
    assert filled.stopping == ()


@pytest.mark.parametrize(
    ("form", "addressee"),
    [
        ("F29", "addressee.water"),
        ("F30", "addressee.accounting"),
        ("F31", "addressee.school_board"),
        ("F32", "addressee.tax_office"),
        ("F33", "addressee.tax_office"),
        ("F36", "addressee.pension_office"),
    ],
)
def test_a_form_for_another_office_is_addressed_to_it(press: Press, form: str, addressee: str) -> None:
    variables = press.shipped(form).variables()
    assert addressee in variables
    assert "town.addressee" not in variables


@pytest.mark.parametrize(
    ("scheme", "addressee"),
    [("national", "town.addressee"), ("late_elder", "addressee.wide_area_union")],
)
def test_the_funeral_benefit_is_asked_of_the_insurer(press: Press, scheme: str, addressee: str) -> None:
    answers: dict[str, object] = {"funeral.scheme": scheme, "funeral.receiver": "self"}
    filled = fill(press, press.shipped("F35"), answers)
    other = press.variables.variables["funeral.addressee"]
    assert (other.copies, other.otherwise) == ("addressee.wide_area_union", "town.addressee")
    mayor, union = "見本町長　様", "見本県後期高齢者医療広域連合長　様"
    expected = mayor if addressee == "town.addressee" else union
    assert placed(filled, "funeral.addressee") == [expected] * 2


DEAD_OWNER = {**NOBODY, "moped_owner.is_visitor": "no", "moped.owner_died": "yes"}


def test_the_heir_of_a_dead_owner_scraps_the_moped_without_a_mandate(press: Press) -> None:
    answers: dict[str, object] = {**DEAD_OWNER, "moped_owner.agent_relation": "子"}
    filled = fill(press, press.shipped("F33"), answers)
    assert len(filled.pages) == 2
    assert set(placed(filled, "moped_owner.name")) == {"例示　架空"}
    assert placed(filled, "moped_owner.address") == ["見本町例示九丁目９番"]
    assert placed(filled, "visitor.name")[-1] == VISITOR
    last = sheets(press, filled)[-1]
    assert "令和8年11月9日" in last
    assert "委任した人" not in last
    assert "相続人の署名（自署）" in last
    signs = [e for e in filled.template.pages[2].elements if isinstance(e, SignatureBox)]
    assert len(signs) == 1


def test_a_living_owner_still_signs_the_mandate(press: Press) -> None:
    answers: dict[str, object] = {
        "moped_owner.is_visitor": "no",
        "moped_owner.name": "例示　二郎",
        "moped_owner.agent_kind": "appointed",
    }
    last = sheets(press, fill(press, press.shipped("F33"), answers))[-1]
    assert "委任した人の署名（自署）" in last
    assert "例示二郎" in last


def test_who_inherits_a_moped_tells_of_the_dead_owner_once(press: Press) -> None:
    answers: dict[str, object] = {
        **NOBODY,
        "moped.report": "change",
        "moped.changes": ["owner"],
        "moped.from_deceased": "yes",
    }
    filled = fill(press, press.shipped("F32"), answers)
    assert placed(filled, "moped.old_owner") == ["令和8年11月9日", "例示　架空", "見本町例示九丁目９番"]
    assert VISITOR in placed(filled, "moped_owner.name")
    assert "相続で所有者になった人の署名（自署）" in sheets(press, filled)[1]
