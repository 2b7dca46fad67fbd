"""Children's forms and 資格確認書 (F10, F13-F18, F31): texts, 続紙, and where the number stands."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from kakanai.forms.filled import FilledForm, PlacedDigits, PlacedText
from kakanai.forms.longest_values import longest_facts
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import FormTemplate
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts, my_number_roles
from tests.forms.case_papers import with_ordinance
from tests.forms.conftest import Press
from tests.office import make_counter, read_specimen

LISTS = [
    ("F10", "member"), ("F13", "child"), ("F13", "student"), ("F14", "child"), ("F16", "child"),
    ("F17", "child"), ("F17", "family"), ("F18", "child"), ("F18", "family"), ("F31", "child"),
]  # fmt: skip
BY_LAW = ["F10", "F13", "F17", "F18"]
BY_ORDINANCE = ["F14", "F15", "F16"]
NUMBER = MyNumber("314159265352")
DAY = dt.date(2026, 11, 15)


def fill(press: Press, template: FormTemplate, facts: Facts) -> FilledForm:
    numbers = dict.fromkeys(my_number_roles(facts), NUMBER)
    return press.filler.fill(template, "R8-1121-0001", facts, numbers)


def values_on(form: FilledForm, field: str) -> list[str]:
    return [
        "".join(p.lines)
        for page in form.pages
        for p in page.placed
        if isinstance(p, PlacedText) and p.field.startswith(field)
    ]


def numbers_on(form: FilledForm) -> int:
    return sum(isinstance(p, PlacedDigits) for page in form.pages for p in page.placed)


def facts_of(press: Press, **answers: Value) -> Facts:
    facts, _ = sample_facts(press.variables, 1)
    facts.values |= {name.replace("__", "."): value for name, value in answers.items()}
    return facts


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("F10", ["資格確認書等", "特定疾病療養受療証", "見本　花子", "世帯主"]),
        ("F13", ["認定請求書", "別居監護申立書", "見本　小太郎", "見本　一郎", "見本銀行"]),
        ("F14", ["額改定", "改定後の月額", "見本　小太郎"]),
        ("F15", ["受給事由消滅届", "架空　太郎", "転出先"]),
        ("F16", ["子ども医療費助成", "全国健康保険協会北海道支部", "見本　小太郎"]),
        ("F17", ["児童扶養手当", "扶養義務者", "1,200,000", "240,000", "架空　一郎"]),
        ("F18", ["保育所等利用申込書", "見本保育園", "見本小規模保育室", "卵アレルギー"]),
        ("F31", ["転入学・転校届", "深谷市立見本小学校", "見本町立架空小学校", "校長の意見"]),
    ],
)
def test_the_paper_bears_its_words_and_the_samples(
    press: Press, tmp_path: Path, form: str, words: list[str]
) -> None:
    facts, numbers = sample_facts(press.variables)
    filled = press.filler.fill(press.shipped(form), "R8-1121-0001", facts, numbers)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(press.renderer.render(filled))
    text = subprocess.run(["pdftotext", "-raw", paper, "-"], capture_output=True, check=True).stdout.decode()
    packed = "".join(text.split())
    assert [word for word in words if "".join(word.split()) not in packed] == []


@pytest.mark.parametrize(("form", "name"), LISTS)
def test_nobody_of_a_long_list_is_dropped(press: Press, form: str, name: str) -> None:
    facts = facts_of(press)
    told = [f"見本　{letter}" for letter in "一二三四五六七八九十百千"]
    facts.rows[name] = [facts.rows[name][0] | {f"{name}.name": one} for one in told]
    filled = fill(press, press.shipped(form), facts)
    assert values_on(filled, f"{name}.name") == told
    assert len(filled.pages) > len(fill(press, press.shipped(form), facts_of(press)).pages)


@pytest.mark.parametrize("form", ["F14", "F15", "F16", "F17", "F18"])
def test_the_longest_lawful_values_have_room(press: Press, form: str) -> None:
    towns = [press.shipped(form)] + ([with_ordinance(press, form)] if form in BY_ORDINANCE else [])
    for template in towns:
        filled = press.filler.fill(template, "R8-1121-0001", *longest_facts(press.variables, template))
        assert filled.stopping == ()


@pytest.mark.parametrize(("form", "plain", "numbered"), [("F14", 5, 3), ("F16", 8, 4)])
def test_without_boxes_for_numbers_more_children_fit_on_the_first_sheet(
    press: Press, form: str, plain: int, numbered: int
) -> None:
    assert press.shipped(form).pages[0].lists["child"] == plain
    assert with_ordinance(press, form).pages[0].lists["child"] == numbered


@pytest.mark.parametrize(
    ("procedure", "answers", "followed"),
    [
        ("move-in-with-children", {}, {"medical_aid.event_date": DAY}),
        (
            "move-out-with-child-allowance",
            {"move.new_address": "深谷市見本９番"},
            {"child_benefit.end_date": DAY, "child_benefit.move_to": "深谷市見本９番"},
        ),
        (
            "move-within-with-child-allowance",
            {"move.new_address": "見本町架空９番"},
            {"child_benefit.changed_date": DAY, "child_benefit.address_after": "見本町架空９番"},
        ),
    ],
)
def test_a_move_with_children_is_told_once(
    tmp_path: Path, procedure: str, answers: dict[str, Value], followed: dict[str, Value]
) -> None:
    counter = make_counter(tmp_path)
    case = counter.open_case()
    counter.identify_by_card(case, read_specimen("official-test"))
    counter.choose(case, [procedure])
    counter.answer(case, {"move.date": DAY.isoformat(), **answers})
    facts = counter.facts(case).values
    assert {name: facts.get(name) for name in followed} == followed
    asked = {q.variable.id for group in counter.questions(case) for q in group.questions}
    assert asked.isdisjoint(followed)
    counter.office.log.close()


@pytest.mark.parametrize("form", BY_LAW)
def test_the_visitors_number_stands_only_in_the_visitors_own_box(press: Press, form: str) -> None:
    template = press.shipped(form)
    nobody = {"claimant__is_visitor": "no", "spouse__is_visitor": "no", "householder__is_visitor": "no"}
    absent = facts_of(press, **nobody, visitor__is_member="no")
    assert numbers_on(fill(press, template, absent)) == 0
    own = {**nobody, "householder__is_visitor" if form == "F10" else "claimant__is_visitor": "yes"}
    assert numbers_on(fill(press, template, facts_of(press, **own, visitor__is_member="no"))) == 1


@pytest.mark.parametrize("form", BY_ORDINANCE)
def test_an_ordinance_decides_on_the_number(press: Press, form: str) -> None:
    facts = facts_of(press, claimant__is_visitor="yes", spouse__is_visitor="no")
    assert numbers_on(fill(press, press.shipped(form), facts)) == 0
    assert numbers_on(fill(press, with_ordinance(press, form), facts)) == 1


def test_the_school_has_no_place_for_the_number(press: Press) -> None:
    template = press.shipped("F31")
    assert template.my_number_roles() == frozenset()
    assert numbers_on(fill(press, template, facts_of(press, claimant__is_visitor="yes"))) == 0


@pytest.mark.parametrize("form", ["F13", "F14", "F15", "F16", "F17", "F18", "F31"])
def test_the_agents_sheet_comes_only_with_an_agent(press: Press, form: str) -> None:
    template = press.shipped(form)
    alone = fill(press, template, facts_of(press, claimant__is_visitor="yes"))
    agent = fill(press, template, facts_of(press, claimant__is_visitor="no"))
    assert values_on(alone, "claimant.agent_relation") == []
    assert values_on(agent, "claimant.agent_relation") == ["妻"]
    assert len(agent.pages) == len(alone.pages) + 1


def test_account_numbers_stay_off_copies(press: Press) -> None:
    kept = [
        name for name, v in press.variables.variables.items() if name.startswith("account.") and not v.on_copy
    ]
    assert kept == ["account.number", "account.yucho_mark", "account.yucho_number", "account.holder_kana"]
