"""Forms of the card, the family register, the seal and powers of attorney: boxes, lists, what stays bare."""

import pytest

from kakanai.forms.filled import FilledForm, PlacedDigits, PlacedText
from kakanai.forms.longest_values import longest_facts
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import ClerkBox, SignatureBox
from kakanai.reception.facts import Facts
from tests.forms.case_papers import sheets, with_ordinance
from tests.forms.conftest import Press

BATCH = ("F02", "F03", "F04", "F08", "F25", "F26", "F27", "F28", "F39")


def sampled(press: Press, form: str, people: int = 3) -> FilledForm:
    facts, numbers = sample_facts(press.variables, people)
    return press.filler.fill(press.shipped(form), "R8-1121-0001", facts, numbers)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("F02", ["埼玉県深谷市見本９９９番地", "見本一郎", "見本一郎の死亡の記載があるもの"]),
        ("F03", ["埼玉県深谷市見本９９９番地", "見本一郎", "見本銀行北見支店", "昭和25年3月3日"]),
        ("F04", ["保証三郎", "0054321", "火事で焼けたため", "登録する印"]),
        ("F08", ["埼玉県深谷市", "令和8年11月14日", "転出予定日から30日以内", "見本花子"]),
        ("F25", ["見本町架空二丁目２番２号見本荘２０１", "令和8年11月15日", "見本次郎"]),
        ("F26", ["国外へ引っ越すため", "見本花子", "ミホンハナコ", "代替文字", "200"]),
        ("F27", ["見本駅の待合室", "第１２３４号", "令和8年11月20日", "災害で焼けたため", "800"]),
        ("F28", ["見本花子", "見本太郎", "北海道北見市架空町１丁目２番３号", "利用者証明用電子証明書"]),
        ("F39", ["世帯全員の写し1通", "年金の手続", "世帯主の同意書", "見本花子"]),
    ],
)  # fmt: skip
def test_the_sample_is_on_the_paper(press: Press, form: str, expected: list[str]) -> None:
    filled = sampled(press, form)
    assert filled.stopping == ()
    words = "".join(sheets(press, filled))
    assert [word for word in expected if word not in words] == []


@pytest.mark.parametrize("form", ["F25", "F26", "F27"])
def test_the_longest_lawful_values_have_room(press: Press, form: str) -> None:
    template = press.shipped(form)
    filled = press.filler.fill(template, "R8-1121-0001", *longest_facts(press.variables, template))
    assert filled.stopping == ()


@pytest.mark.parametrize("form", BATCH)
def test_no_number_where_it_is_not_allowed(press: Press, form: str) -> None:
    facts, numbers = sample_facts(press.variables)
    numbers["card"] = numbers["visitor"]
    filled = press.filler.fill(press.shipped(form), "R8-1121-0001", facts, numbers)
    assert not any(p.field.startswith("my_number") for page in filled.pages for p in page.placed)
    assert "123456789018" not in "".join(sheets(press, filled))


@pytest.mark.parametrize(("own", "printed"), [(True, 1), (False, 0)])
def test_a_town_with_an_ordinance_has_the_number_of_the_card_s_holder(
    press: Press, own: bool, printed: int
) -> None:
    template = with_ordinance(press, "F27")
    facts, numbers = sample_facts(press.variables)
    given = {"card": numbers["visitor"]} if own else {"visitor": numbers["visitor"]}
    filled = press.filler.fill(template, "R8-1121-0001", facts, given)
    digits = [p for page in filled.pages for p in page.placed if isinstance(p, PlacedDigits)]
    assert len(digits) == printed


@pytest.mark.parametrize(
    ("form", "field", "people", "sheets"),
    [
        ("F25", "holder.name", 3, [3]),
        ("F25", "holder.name", 20, [3, 14, 3]),
        ("F03", "record.person_name", 13, [4, 7, 2]),
        ("F08", "member.name", 6, [4, 0, 0, 2]),
        ("F08", "member.name", 12, [4, 7, 1, 0, 0]),
        ("F39", "member.name", 7, [0, 6, 1]),
        ("F01", "person.name", 3, [3, 0]),
        ("F01", "person.name", 6, [3, 3, 0]),
        ("F01", "person.birth_date", 24, [3, 19, 2, 0]),
        ("F06", "asset.place", 1, [1, 0]),
        ("F06", "asset.place", 20, [1, 18, 1, 0]),
        ("F07", "member.name", 12, [4, 7, 1, 0]),
        ("F09", "member.name", 17, [4, 12, 1, 0]),
        ("F10", "member.name", 17, [4, 12, 1, 0]),
    ],
)
def test_nobody_is_dropped(press: Press, form: str, field: str, people: int, sheets: list[int]) -> None:
    pages = sampled(press, form, people).pages
    told = [
        len(
            {
                p.field.split("]")[0]
                for p in page.placed
                if isinstance(p, PlacedText) and p.field.startswith(field) and "".join(p.lines)
            }
        )
        for page in pages
    ]
    assert sum(told) == people
    assert sorted(told) == sorted(sheets)


@pytest.mark.parametrize("form", BATCH)
def test_nothing_is_printed_where_people_sign_and_clerks_write(press: Press, form: str) -> None:
    for page in sampled(press, form).pages:
        free = [e.box for e in page.elements if isinstance(e, SignatureBox | ClerkBox)]
        printed = [b for p in page.placed for b in (p.boxes if isinstance(p, PlacedDigits) else (p.box,))]
        assert not [
            (a, b)
            for a in printed
            for b in free
            if a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h
        ]


def test_earlier_years_of_an_exemption_stand_on_the_second_sheet(press: Press) -> None:
    facts, numbers = sample_facts(press.variables)
    filled = press.filler.fill(press.shipped("F12"), "R8-1121-0001", facts, numbers)
    years = [
        "".join(p.lines)
        for page in filled.pages
        for p in page.placed
        if isinstance(p, PlacedText) and p.field.endswith("_year")
    ]
    assert years == ["令和7年度", "令和6年度", "令和5年度"]


def test_no_form_asks_for_a_pin(press: Press) -> None:
    """暗証番号 is typed by its owner: no variable could take one, so no paper and no log can hold one."""
    assert not [v.id for v in press.variables.variables.values() if "暗証番号" in v.label]
    assert press.shipped("F28").terms.never_print == ("暗証番号",)


def test_a_power_of_attorney_leaves_the_principal_to_the_hand(press: Press) -> None:
    facts = Facts(values={"principal.name": "見本　次郎", "principal.address": "架空町１番地"})
    filled = press.filler.fill(press.shipped("F39"), "R8-1121-0001", facts, {})
    words = "".join(sheets(press, filled))
    assert "見本次郎" not in words
    assert "架空町１番地" not in words
