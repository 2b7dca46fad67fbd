"""Filling: every value is in its box or told as a finding; 個人番号 goes only where the law says."""

import datetime as dt
from collections.abc import Callable

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.errors import FindingsOpenError
from kakanai.forms.filled import FilledForm, FindingKind, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import FormTemplate
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Sex
from kakanai.identity.wareki import parse_counter_date
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from tests.forms.conftest import HEAD, Press

Load = Callable[..., FormTemplate]

NAME_FIELD = HEAD + "      - {height: 9, width: 60, field: visitor.name, style: name}\n"
NUMBER = MyNumber("123456789018")


def fill(
    press: Press, template: FormTemplate, facts: Facts, left_blank: frozenset[str] = frozenset()
) -> FilledForm:
    return press.filler.fill(
        template, "R8-1121-0001", facts, {"visitor": NUMBER, "member.0": NUMBER}, left_blank
    )


def placed_text(form: FilledForm, field: str) -> list[str]:
    return [
        "".join(p.lines)
        for page in form.pages
        for p in page.placed
        if isinstance(p, PlacedText) and p.field == field
    ]


def marks(form: FilledForm, field: str) -> int:
    return len(
        [p for page in form.pages for p in page.placed if isinstance(p, PlacedMark) and p.field == field]
    )


def named(name: str) -> Facts:
    return Facts(values={"visitor.name": name})


def kinds(form: FilledForm) -> list[FindingKind]:
    return [finding.kind for finding in form.findings if finding.field == "visitor.name"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("見本　太郎", []),
        ("渡邊\U000e0108　仮名", []),
        ("勘解由小路　光左衛門之丞次", [FindingKind.SHRUNK]),
        ("勘解由小路　光左衛門之丞　勘解由小路　次郎", [FindingKind.WRAPPED]),
    ],
)
def test_what_fits_is_placed_whole(press: Press, written: Load, name: str, told: list[FindingKind]) -> None:
    form = fill(press, written(NAME_FIELD), named(name))
    assert placed_text(form, "visitor.name") == [name]
    assert kinds(form) == told
    assert form.stopping == ()


def test_what_does_not_fit_stops_and_is_not_placed(press: Press, written: Load) -> None:
    form = fill(press, written(NAME_FIELD), named("架空" * 40))
    assert kinds(form) == [FindingKind.OVERFLOW]
    assert placed_text(form, "visitor.name") == []
    with pytest.raises(FindingsOpenError) as caught:
        press.renderer.render(form)
    assert caught.value.details == {"count": 1}
    assert press.renderer.render(form, preview=True).startswith(b"%PDF")


@pytest.mark.parametrize(
    "name", ["辻\U000e0100　例示", "葛\U000e0100西　見本", "見本\U0010de92　太郎", "が\u3099"]
)
def test_a_glyph_the_font_lacks_stops_and_no_other_is_drawn(press: Press, written: Load, name: str) -> None:
    """辻 with U+E0100 is of another collection (Adobe-Japan1): IPAmj明朝 has 辻, but not this one."""
    form = fill(press, written(NAME_FIELD), named(name))
    assert kinds(form) == [FindingKind.NO_GLYPH]
    assert placed_text(form, "visitor.name") == []
    with pytest.raises(FindingsOpenError):
        press.renderer.render(form)


def test_a_finding_tells_code_points_and_no_name(press: Press, written: Load) -> None:
    form = fill(press, written(NAME_FIELD), named("辻\U000e0100　例示"))
    [finding] = form.stopping
    assert "U+8FBB U+E0100" in finding.detail
    assert "例示" not in finding.detail
    assert "例示" not in repr(form) + repr(form.pages[0].placed) + repr(finding)


def test_a_box_the_clerk_leaves_for_the_hand_is_empty_and_stops_no_longer(
    press: Press, written: Load
) -> None:
    form = fill(press, written(NAME_FIELD), named("架空" * 40), frozenset({"visitor.name"}))
    assert form.stopping == ()
    assert placed_text(form, "visitor.name") == []
    assert press.renderer.render(form).startswith(b"%PDF")


def test_one_row_left_blank_leaves_the_others(press: Press, written: Load) -> None:
    template = written(
        HEAD
        + "      - table:\n          rows:\n"
        + "            - height: 9\n              repeat: {list: member, rows: 3}\n"
        + "              cells: [{field: member.name, style: name}]\n"
    )
    facts = Facts(rows={"member": [{"member.name": f"見本　{n}"} for n in "一二三"]})
    form = fill(press, template, facts, frozenset({"member.name[2]"}))
    assert [placed_text(form, f"member.name[{n}]") for n in (1, 2, 3)] == [["見本　一"], [], ["見本　三"]]


def test_more_people_than_rows_get_more_pages(press: Press, written: Load) -> None:
    template = written(
        HEAD
        + "      - table:\n          rows:\n"
        + "            - height: 9\n              repeat: {list: member, rows: 2}\n"
        + "              cells: [{field: member.name, style: name}]\n"
    )
    facts = Facts(rows={"member": [{"member.name": f"見本　{n}"} for n in "一二三四五"]})
    form = fill(press, template, facts)
    assert len(form.pages) == 3
    assert [placed_text(form, f"member.name[{n}]") for n in range(1, 6)] == [
        [f"見本　{n}"] for n in "一二三四五"
    ]


def test_a_page_under_a_condition_comes_only_when_it_holds(press: Press, written: Load) -> None:
    second = "  - when: {subject.relation: agent|other}\n    blocks:\n"
    template = written(HEAD + second + "      - {height: 6, field: form.mark}\n      - use: page_marks\n")

    def pages(relation: str) -> int:
        return len(fill(press, template, Facts(values={"subject.relation": relation})).pages)

    assert pages("agent") == pages("other") == 2
    assert pages("self") == 1
    assert len(fill(press, template, Facts()).pages) == 2  # printed empty, it has every page


def test_a_count_is_checked_from_one_on(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 8, counted: seal.copies, words: 印鑑登録証明書}\n")
    for copies, expected in ((None, 0), (0, 0), (1, 1), (12, 1)):
        facts = Facts(values={} if copies is None else {"seal.copies": copies})
        assert marks(fill(press, template, facts), "seal.copies") == expected


def test_a_date_is_taken_apart_and_its_era_circled(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 8, era_date: visitor.birth_date}\n")
    form = fill(press, template, Facts(values={"visitor.birth_date": BirthDate(1989, 1, 8)}))
    assert placed_text(form, "visitor.birth_date") == ["元", "1", "8"]
    assert marks(form, "visitor.birth_date") == 1
    unknown = fill(press, template, Facts(values={"visitor.birth_date": BirthDate(1950, None, None)}))
    assert placed_text(unknown, "visitor.birth_date") == ["25", "不詳", "不詳"]


def test_digits_go_one_to_a_cell(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 8, comb: visitor.postal, count: 7}\n")
    form = fill(press, template, Facts(values={"visitor.postal": "090-0012"}))
    assert placed_text(form, "visitor.postal") == list("0900012")
    long = fill(press, template, Facts(values={"visitor.postal": "090-00123"}))
    assert [f.kind for f in long.findings] == [FindingKind.OVERFLOW]
    assert placed_text(long, "visitor.postal") == []


def test_what_the_card_did_not_tell_is_said(press: Press, written: Load) -> None:
    assert kinds(fill(press, written(NAME_FIELD), Facts())) == [FindingKind.MISSING]


def test_a_box_without_a_value_shows_its_words_for_the_hand(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 8, field: today, blank: 令和　　年　　月　　日}\n")
    assert placed_text(fill(press, template, Facts()), "today") == ["令和　　年　　月　　日"]
    filled = fill(press, template, Facts(values={"today": dt.date(2026, 11, 21)}))
    assert placed_text(filled, "today") == ["令和8年11月21日"]


@pytest.mark.parametrize("rule", ["by-law", "by-ordinance", "never"])
@pytest.mark.parametrize("form", ["T01", "F01", "F07"])
def test_a_form_outside_the_register_cannot_have_a_box_for_the_number(
    written: Load, rule: str, form: str
) -> None:
    text = HEAD.replace("id: T01", f"id: {form}").replace("my_number: never", f"my_number: {rule}")
    with pytest.raises(DataFileError, match="個人番号"):
        written(text + "      - {height: 9, my_number: visitor}\n", form=form)


def test_a_registered_form_may_have_the_box_and_must(written: Load) -> None:
    text = HEAD.replace("id: T01", "id: F09").replace("my_number: never", "my_number: by-law")
    assert written(text + "      - {height: 9, my_number: visitor}\n", form="F09").carries_my_number
    with pytest.raises(DataFileError, match="個人番号"):
        written(text, form="F09")
    with pytest.raises(DataFileError, match="繰り返し"):
        written(text + "      - {height: 9, my_number: member}\n", form="F09")


@pytest.mark.parametrize("form", ["F01", "F05", "F06", "F07"])
def test_the_number_is_never_placed_on_other_forms(press: Press, form: str) -> None:
    facts, numbers = sample_facts(press.variables)
    assert numbers
    filled = press.filler.fill(press.shipped(form), "R8-1121-0001", facts, numbers)
    assert not [p for page in filled.pages for p in page.placed if isinstance(p, PlacedDigits)]


def test_the_number_of_one_person_is_not_placed_for_another(press: Press) -> None:
    facts, _ = sample_facts(press.variables)
    template = press.shipped("F09")
    filled = press.filler.fill(template, "R8-1121-0001", facts, {"member.0": NUMBER})
    placed = [p for page in filled.pages for p in page.placed if isinstance(p, PlacedDigits)]
    assert len(placed) == 1
    left = press.filler.fill(template, "R8-1121-0001", facts, {"member.0": NUMBER}, frozenset({"member.0"}))
    assert not [p for page in left.pages for p in page.placed if isinstance(p, PlacedDigits)]
    assert "123456789018" not in repr(placed)


@pytest.mark.parametrize("char", ["\uf860", "\uf87f", "\ue000", "\U000f0000", "\u200b"])
def test_a_character_that_would_leave_a_hole_stops_the_printing(
    press: Press, written: Load, char: str
) -> None:
    """Private use means nothing outside one town, and IPAmj has some glyphs there that draw nothing."""
    form = fill(press, written(NAME_FIELD), named(f"甲{char}野"))
    assert kinds(form) == [FindingKind.NO_GLYPH]


def test_a_name_of_nothing_but_space_is_told_as_missing(press: Press, written: Load) -> None:
    assert kinds(fill(press, written(NAME_FIELD), named("　"))) == [FindingKind.MISSING]


def test_a_box_left_for_handwriting_is_told(press: Press, written: Load) -> None:
    form = fill(press, written(NAME_FIELD), named("見本　太郎"), frozenset({"visitor.name"}))
    assert kinds(form) == [FindingKind.LEFT_BLANK]
    assert form.stopping == ()
    assert placed_text(form, "visitor.name") == []


@pytest.mark.parametrize(
    ("cell", "variable", "value", "placed"),
    [
        ("{height: 8, era_date: visitor.birth_date}", "visitor.birth_date", BirthDate(1989, 1, 8), []),
        ("{height: 8, comb: visitor.postal, count: 7}", "visitor.postal", "090-0012", []),
        ("{height: 8, counted: seal.copies, words: 印鑑登録証明書}", "seal.copies", 2, []),
        (
            "{height: 8, field: today, blank: 令和　　年　　月　　日}",
            "today",
            dt.date(2026, 11, 21),
            ["令和　　年　　月　　日"],
        ),
    ],
)
def test_every_kind_of_box_left_for_handwriting_is_told_once(
    press: Press, written: Load, cell: str, variable: str, value: Value, placed: list[str]
) -> None:
    template = written(HEAD + f"      - {cell}\n")
    form = fill(press, template, Facts(values={variable: value}), frozenset({variable}))
    assert [(f.field, f.kind) for f in form.findings] == [(variable, FindingKind.LEFT_BLANK)]
    assert placed_text(form, variable) == placed
    assert marks(form, variable) == 0
    # Without a value there was nothing to decide.
    empty = fill(press, template, Facts(), frozenset({variable}))
    assert FindingKind.LEFT_BLANK not in [f.kind for f in empty.findings]


SEX_CHECKS = "      - {height: 8, checks: visitor.sex, options: {'1': 男, '2': 女}}\n"


@pytest.mark.parametrize("sex", list(Sex))
def test_a_sex_without_a_square_is_told_and_does_not_stop(press: Press, written: Load, sex: Sex) -> None:
    template = written(HEAD + SEX_CHECKS)
    form = fill(press, template, Facts(values={"visitor.sex": sex}))
    has_square = sex in {Sex.MALE, Sex.FEMALE}
    assert marks(form, "visitor.sex") == has_square
    assert [f.kind for f in form.findings] == ([] if has_square else [FindingKind.MISSING])
    assert all(sex.label in f.detail for f in form.findings)
    assert form.stopping == ()
    in_words = written(HEAD + SEX_CHECKS + "      - {height: 8, field: visitor.sex}\n")
    assert fill(press, in_words, Facts(values={"visitor.sex": sex})).findings == ()


@pytest.mark.parametrize("form", ["F07", "F09"])
def test_a_sex_that_the_shipped_forms_have_no_square_for_is_told(press: Press, form: str) -> None:
    facts = Facts(rows={"member": [{"member.sex": Sex.MALE}, {"member.sex": Sex.NOT_APPLICABLE}]})
    told = [f.field for f in fill(press, press.shipped(form), facts).findings if "適用不能" in f.detail]
    assert told == ["member.sex[2]"]


@pytest.mark.parametrize("value", ["ー－ 　", "-"])
def test_cells_for_digits_that_get_none_are_told(press: Press, written: Load, value: str) -> None:
    template = written(HEAD + "      - {height: 8, comb: visitor.postal, count: 7}\n")
    form = fill(press, template, Facts(values={"visitor.postal": value}))
    assert [(f.field, f.kind) for f in form.findings] == [("visitor.postal", FindingKind.MISSING)]
    assert form.stopping == ()


def test_an_era_stays_with_a_date_that_lies_in_two(press: Press, written: Load) -> None:
    template = written(HEAD + "      - {height: 8, era_date: visitor.birth_date}\n")
    typed = parse_counter_date("昭和64年", allow_unknown=True)
    form = fill(press, template, Facts(values={"visitor.birth_date": typed}))
    assert placed_text(form, "visitor.birth_date") == ["64", "不詳", "不詳"]
    assert marks(form, "visitor.birth_date") == 1
