"""Nobody is dropped: several lists on a page, continuation sheets 続紙, running numbers, copies 控え."""

from collections.abc import Callable

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.filled import FilledForm, PlacedDigits, PlacedText
from kakanai.forms.template import Caption, FormTemplate, MyNumberBox
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from tests.forms.conftest import HEAD, Press

Load = Callable[..., FormTemplate]
MARKS = "      - {height: 6, field: form.mark}\n      - use: page_marks\n"


def rows(name: str, count: int, indent: str = "      ") -> str:
    return (
        f"{indent}- table:\n{indent}    rows:\n{indent}      - height: 8\n"
        f"{indent}        repeat: {{list: {name}, rows: {count}}}\n"
        f"{indent}        cells: [{{w: 10, field: {name}.row, style: number}}, {{field: member.name}}]\n"
    )


def people(count: int) -> Facts:
    facts = Facts()
    facts.rows["member"] = [{"member.name": f"見本　{'一二三四五六七八九'[i]}"} for i in range(count)]
    return facts


def texts(form: FilledForm, field: str) -> list[list[str]]:
    return [
        ["".join(p.lines) for p in page.placed if isinstance(p, PlacedText) and p.field.startswith(field)]
        for page in form.pages
    ]


def fill(press: Press, template: FormTemplate, facts: Facts, **more: object) -> FilledForm:
    return press.filler.fill(template, "R8-1121-0001", facts, {}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "sheets"), [(0, [0]), (1, [1]), (2, [2]), (3, [2, 1]), (5, [2, 3]), (9, [2, 3, 3, 1])]
)
def test_the_rest_of_a_list_stands_on_continuation_sheets(
    press: Press, written: Load, count: int, sheets: list[int]
) -> None:
    template = written(
        HEAD + rows("member", 2) + "  - continues: member\n    blocks:\n" + MARKS + rows("member", 3)
    )
    form = fill(press, template, people(count))
    names = texts(form, "member.name")
    assert [len(page) for page in names] == sheets
    told = [name for page in names for name in page]
    assert told == [row["member.name"] for row in people(count).rows["member"]]
    assert texts(form, "page.number") == [[f"{n}/{len(sheets)}"] for n in range(1, len(sheets) + 1)]


def test_rows_are_numbered_through_all_sheets(press: Press, written: Load) -> None:
    template = written(
        HEAD + rows("member", 2) + "  - continues: member\n    blocks:\n" + MARKS + rows("member", 3)
    )
    assert texts(fill(press, template, people(6)), "member.row") == [
        ["1", "2"],
        ["3", "4", "5"],
        ["6", "7", "8"],  # the sheet's empty rows are numbered too, for whoever adds one by hand
    ]


def test_two_lists_share_a_page_that_is_printed_until_both_are_told(press: Press, written: Load) -> None:
    template = written(HEAD + rows("member", 2) + rows("child", 1).replace("member.name", "child.row"))
    facts = people(3)
    facts.rows["child"] = [{}, {}, {}]
    form = fill(press, template, facts)
    assert [len(page) for page in texts(form, "member.name")] == [2, 1, 0]


def test_a_list_with_a_continuation_stands_once_when_another_repeats_its_page(
    press: Press, written: Load
) -> None:
    child = rows("child", 1).replace("member.name", "child.row")
    template = written(
        HEAD + rows("member", 2) + child + "  - continues: member\n    blocks:\n" + MARKS + rows("member", 9)
    )
    facts = people(4)
    facts.rows["child"] = [{}, {}]
    assert [len(page) for page in texts(fill(press, template, facts), "member.name")] == [2, 0, 2]


@pytest.mark.parametrize(
    "more",
    [
        "  - continues: member\n    blocks:\n" + MARKS,
        "  - continues: child\n    blocks:\n" + MARKS + rows("member", 3),
        ("  - continues: member\n    blocks:\n" + MARKS + rows("member", 3)) * 2,
    ],
)
def test_a_continuation_without_its_list_is_refused(written: Load, more: str) -> None:
    with pytest.raises(DataFileError) as caught:
        written(HEAD + rows("member", 2) + more)
    assert "続紙" in str(caught.value.details["problem"])


def test_the_first_page_continues_nothing(written: Load) -> None:
    text = HEAD.replace("pages:\n  - blocks:", "pages:\n  - continues: member\n    blocks:")
    with pytest.raises(DataFileError, match="F-010") as caught:
        written(text + rows("member", 2))
    assert "1ページ目" in str(caught.value.details["problem"])


def test_a_list_stands_once_on_a_page(written: Load) -> None:
    with pytest.raises(DataFileError) as caught:
        written(HEAD + rows("member", 2) + rows("member", 2))
    assert "member の繰り返しは1つ" in str(caught.value.details["problem"])


COPIED = HEAD.replace("my_number: never\n", 'my_number: by-law\ncopy: "yes"\n').replace("T01", "F09") + (
    "      - {height: 8, field: visitor.name}\n"
    "      - {height: 8, field: insurance.mark_number}\n"
    "      - {height: 8, width: 80, my_number: visitor}\n"
    "      - {height: 4, width: 40, field: copy.mark}\n"
)


def test_a_copy_has_neither_the_number_nor_what_must_not_be_copied(press: Press, written: Load) -> None:
    template = written(COPIED, form="F09")
    variable = press.variables.variables["insurance.mark_number"]
    object.__setattr__(variable, "on_copy", False)
    try:
        values: dict[str, Value] = {"visitor.name": "見本　太郎", "insurance.mark_number": "７７７"}
        numbers = {"visitor": MyNumber("123456789018")}
        form = press.filler.fill(template, "R8-1121-0001", Facts(values=values), numbers)
    finally:
        object.__setattr__(variable, "on_copy", True)
    original, copy = form.pages
    assert (original.copy, original.number, original.count) == (False, 1, 1)
    assert (copy.copy, copy.number, copy.count) == (True, 1, 1)
    assert [any(isinstance(p, PlacedDigits) for p in page.placed) for page in form.pages] == [True, False]
    assert texts(form, "visitor.name") == [["見本　太郎"], ["見本　太郎"]]
    assert texts(form, "insurance.mark_number") == [["７７７"], []]
    assert texts(form, "copy.mark") == [[], ["控　え"]]


ONLY_ON_ONE = (
    HEAD.replace("my_number: never\n", 'my_number: by-law\ncopy: "yes"\n').replace("T01", "F09")
    + "      - {height: 8, width: 80, if: [my_number, no_copy], my_number: visitor}\n"
    + "      - {height: 8, if: copy, note: 番号は控えに刷りません。}\n"
    + "      - {height: 8, field: visitor.name}\n"
    + "  - if: no_copy\n    blocks:\n      - {height: 6, field: form.mark}\n"
    + "      - use: page_marks\n      - {height: 8, field: visitor.address}\n"
)


def test_blocks_and_pages_may_stand_on_the_copy_alone_or_everywhere_else(press: Press, written: Load) -> None:
    """A 控え has no empty box that invites writing a number in it, and no page that nobody needs twice."""
    template = written(ONLY_ON_ONE, form="F09")
    form = press.filler.fill(template, "R8-1121-0001", Facts(), {})
    assert [(page.copy, page.number, page.count) for page in form.pages] == [
        (False, 1, 2),
        (False, 2, 2),
        (True, 1, 1),
    ]
    boxes = [any(isinstance(e, MyNumberBox) for e in page.elements) for page in form.pages]
    words = [
        any(isinstance(e, Caption) and "控えに刷りません" in e.text for e in page.elements)
        for page in form.pages
    ]
    assert (boxes, words) == ([True, False, False], [False, False, True])
    assert "visitor.address" in template.variables()


def test_a_copy_without_any_page_is_a_mistake(written: Load) -> None:
    with pytest.raises(DataFileError) as caught:
        written(COPIED.replace("  - blocks:", "  - if: no_copy\n    blocks:"), form="F09")
    assert "控えのページがありません" in str(caught.value.details["problem"])


def test_a_form_without_copies_has_none(press: Press) -> None:
    assert not any(page.copy for page in fill(press, press.shipped("F05"), Facts()).pages)


def test_a_list_that_two_pages_begin_leaves_nobody_out(press: Press, written: Load) -> None:
    template = written(
        HEAD
        + rows("member", 3)
        + "  - blocks:\n"
        + MARKS
        + rows("member", 2)
        + "  - continues: member\n    blocks:\n"
        + MARKS
        + rows("member", 4)
    )
    names = texts(fill(press, template, people(7)), "member.name")
    everybody = [row["member.name"] for row in people(7).rows["member"]]
    assert names[:2] == [everybody[:3], everybody[:2]]
    assert [name for page in names[2:] for name in page] == everybody[2:]
