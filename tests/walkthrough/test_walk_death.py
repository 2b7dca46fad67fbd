"""死亡, told by a daughter living elsewhere: twelve forms, the deceased and she each in their own boxes."""

import re

import pytest

from kakanai.printing.folder import FolderPrinter
from tests.office import make_counter, read_specimen
from tests.walkthrough.printed_lines import printed_lines

DEAD, DAUGHTER = "架空一郎", "架空春子"
LAST_ADDRESS, AWAY = "北海道北見市架空町１番地", "北海道札幌市中央区架空１２条見本３丁目４番地"
NUMBER = "100000010051"
FORMS = ["F27", "F35", "F21", "F20", "F36", "F37", "F33", "F34", "F29", "F30", "F01", "F02"]
GUIDANCE = {
    "deceased.name": "架空　一郎",
    "deceased.kana": "カクウ　イチロウ",
    "deceased.birth_date": "S15.5.20",
    "deceased.death_date": "2026-11-13",
    "deceased.address": LAST_ADDRESS,
    "deceased.visitor_relation": "子",
    "visitor.kana": "カクウ　ハルコ",
    "visitor.postal": "060-0042",
    "guide.death_household": "alone",
    "guide.deceased_pension": "receiving",
    "guide.deceased_items": ["card"],
    "guide.deceased_needs": ["none"],
    "guide.deceased_children": ["none"],
    "guide.deceased_property": ["estate"],
    "guide.deceased_living": ["moped_end", "dog", "water", "debit"],
    "guide.deceased_certificates": ["residence", "register"],
}
ANSWERS = GUIDANCE | {
    "subject.relation": "descendant",
    "register.domicile": LAST_ADDRESS,
    "register.head_name": "架空　一郎",
    "register.full": 1,
    "mourner.is_visitor": "yes",
    "funeral.date": "2026-11-16",
    "funeral.third_party": "no",
    "funeral.other_benefit": "no",
    "survivor.is_visitor": "yes",
    "survivor.relationship": "child",
    "unpaid.survivors": ["child"],
    "unpaid.pensions": ["old_age_basic", "old_age"],
    "unpaid.household": "apart",
    "unpaid.apart_reason": "仕事の都合",
    "unpaid.report_death": "yes",
    "unpaid.certificate": "attached",
    "account.use": "public",
    "estate.known_date": "2026-11-13",
    "estate.registration": "planned",
    "estate.will": "no",
    "estate.division": "none",
    "water.start_date": "2026-11-21",
    "debit.taxes": ["property"],
    "debit.method": "each",
    "moped.scrap_reason": "scrap",
    "moped.scrap_date": "2026-11-21",
    "dog_notice.changed_date": "2026-11-13",
}


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path / "home")
    yield counter
    counter.office.log.close()


@pytest.fixture
def case(counter):
    case = counter.open_case()
    counter.choose_event(case, "death")
    counter.answer(case, GUIDANCE)
    counter.identify_by_card(case, read_specimen("daughter-away", with_my_number=True))
    counter.answer(case, ANSWERS, strict=True)
    return case


@pytest.fixture
def printed(counter, case, tmp_path):
    filled = counter.fill(case)
    assert [form.stopping for form in filled] == [()] * len(FORMS)
    documents = counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    return {document.form: printed_lines(document.path) for document in documents}


def test_the_answers_bring_twelve_forms(case):
    assert list(case.forms) == FORMS


def test_the_age_of_the_deceased_is_not_asked_again(counter, case):
    asked = {q.variable.id for group in counter.questions(case) for q in group.questions}
    assert not asked & {"guide.deceased_insurance", "subject.name", "elder.name", "card.name"}


def test_the_deceased_and_the_daughter_are_in_their_own_boxes(printed):
    assert list(printed) == FORMS
    for form in set(FORMS) - {"F29", "F30", "F34"}:  # these bear the new user, payer and owner
        assert any(DEAD in line for line in printed[form]), form
    for form in set(FORMS) - {"F30"}:
        assert any(DAUGHTER in line for line in printed[form]), form
        assert any(AWAY in line for line in printed[form]), form
    # The bank wants payer and account by hand, so nobody stands there.
    assert not any(name in line for line in printed["F30"] for name in (DEAD, DAUGHTER, LAST_ADDRESS, AWAY))
    for form in ("F20", "F21"):
        lines = printed[form]
        assert [line for line in lines if LAST_ADDRESS in line] == [f"〒－{LAST_ADDRESS}"]
        assert [line for line in lines if AWAY in line] == [f"住所〒060-0042{AWAY}"]
        assert any(f"氏名{DAUGHTER}" in line for line in lines)
        assert sum(DEAD in line for line in lines) == 1


def test_the_daughters_number_is_on_the_pension_claim_alone(counter, case, printed):
    assert counter.wants_my_number(case) == ["F36"]
    with_number = [form for form, lines in printed.items() if NUMBER in re.sub(r"\D", "", "".join(lines))]
    assert with_number == ["F36"]
