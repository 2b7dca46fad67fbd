"""What the card or an earlier answer tells stands in the other boxes too, and is not asked twice."""

import datetime as dt

import pytest

from tests.forms.case_papers import VISITOR, fill, placed, told
from tests.forms.conftest import Press

MOVED = {
    "move.kind": "move_in",
    "move.new_address": "見本町架空二丁目２番２号",
    "move.new_postal": "099-0000",
    "visitor.postal": "090-0000",
}


def test_a_pension_goes_to_the_new_address_with_the_new_postal_code(press: Press) -> None:
    filled = fill(press, press.shipped("F11"), {**MOVED, "pension.is_visitor": "yes"})
    assert placed(filled, "pension.address") == ["見本町架空二丁目２番２号"]
    assert placed(filled, "pension.postal") == ["099-0000"]


def test_the_telephone_is_where_a_late_certificate_is_told(press: Press) -> None:
    filled = fill(press, press.shipped("F03"), {"visitor.phone": "0157-00-0000"})
    assert placed(filled, "register.contact") == placed(filled, "visitor.phone") == ["0157-00-0000"]


@pytest.mark.parametrize(
    ("answers", "named"),
    [({}, [VISITOR]), ({"special.is_visitor": "no", "special.card_person": "見本　花子"}, ["見本　花子"])],
)
def test_the_card_of_a_move_is_the_visitor_s_unless_told_otherwise(
    press: Press, answers: dict[str, str], named: list[str]
) -> None:
    assert placed(fill(press, press.shipped("F08"), {**MOVED, **answers}), "special.card_person") == named


@pytest.mark.parametrize(
    ("relation", "sheets"), [("self", 1), ("spouse", 2), ("descendant", 2), ("agent", 2)]
)
def test_a_seal_is_registered_for_another_person_only_with_a_mandate(
    press: Press, relation: str, sheets: int
) -> None:
    assert len(fill(press, press.shipped("F04"), {"subject.relation": relation}).pages) == sheets


@pytest.mark.parametrize(
    ("reason", "abroad"), [("left_job", "none"), ("from_abroad", None), ("to_abroad", None)]
)
def test_nobody_came_from_abroad_unless_the_reason_says_so(
    press: Press, reason: str, abroad: str | None
) -> None:
    facts, _ = told(press, {"pension.notice": "acquire", "pension.reason": reason})
    assert facts.at("pension.abroad") == abroad


def test_a_notice_number_is_asked_for_without_day_or_reason(press: Press) -> None:
    answers = {"pension.notice": "number_notice", "pension.date": "2026-11-01", "pension.reason": "left_job"}
    facts, _ = told(press, answers)
    assert {"pension.date", "pension.reason"} <= set(facts.unused)


@pytest.mark.parametrize(("kind", "day"), [("change", dt.date(2026, 11, 15)), ("reissue", None)])
def test_the_day_of_a_change_of_insurance_is_asked_where_something_changed(
    press: Press, kind: str, day: dt.date | None
) -> None:
    facts, _ = told(press, {"insurance.kind": kind, "insurance.date": "2026-11-15"})
    assert facts.at("insurance.date") == day


@pytest.mark.parametrize(
    ("reason", "day"), [("left_employer", dt.date(2026, 11, 15)), ("move_in", dt.date(2026, 10, 1))]
)
def test_the_day_the_old_insurance_ended_is_the_day_the_new_one_began(
    press: Press, reason: str, day: dt.date
) -> None:
    answers = {
        "insurance.kind": "acquire",
        "insurance.other_kind": "kyokai",
        "insurance.acquire_reason": reason,
    }
    days = {"insurance.date": "2026-11-15", "insurance.other_date": "2026-10-01"}
    facts, _ = told(press, {**answers, **days})
    assert facts.at("insurance.other_date") == day
