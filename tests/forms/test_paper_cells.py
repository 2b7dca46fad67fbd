"""New kinds of cells: running text, circled words, brackets to fill, amounts, seals and places for hands."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.datafile import DataFileError
from kakanai.forms.cell_parts import label_width
from kakanai.forms.filled import PlacedMark, PlacedText
from kakanai.forms.paper_cells import _NOT_FIRST, _NOT_LAST, wrapped
from kakanai.forms.template import (
    Caption,
    ChoiceMark,
    ClerkBox,
    CombBox,
    FieldBox,
    FormTemplate,
    Frame,
    Rule,
)
from kakanai.identity.birth_date import BirthDate
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from kakanai.reception.variables import ValueType
from tests.forms.conftest import HEAD, Press

Load = Callable[..., FormTemplate]

LONG = (
    "この届に書いたことは事実と相違ありません。偽りの届をした人は、法律の定めにより罰せられることがあります。"
)


def one(written: Load, cell: str, height: float = 10) -> FormTemplate:
    return written(f"{HEAD}      - table: {{rows: [{{height: {height}, cells: [{cell}]}}]}}\n")


def own(template: FormTemplate, kind: type) -> list:  # type: ignore[type-arg]
    """The cell's elements, without those of the page's marks."""
    marks = {"form.mark", "case.number", "page.number"}
    return [
        e
        for e in template.pages[0].elements
        if isinstance(e, kind) and getattr(e, "variable", "") not in marks and e.box.y < 100  # type: ignore[attr-defined]
    ]


def refused(written: Load, cell: str, height: float = 10) -> str:
    with pytest.raises(DataFileError) as caught:
        one(written, cell, height)
    return str(caught.value.details["problem"])


def filled(press: Press, template: FormTemplate, **values: Value) -> list[PlacedText | PlacedMark]:
    facts = Facts(values={name.replace("__", "."): value for name, value in values.items()})
    form = press.filler.fill(template, "R8-1121-0001", facts, {})
    names = set(facts.values)
    return [p for p in form.pages[0].placed if isinstance(p, PlacedText | PlacedMark) and p.field in names]


@given(
    st.text(alphabet="見本。、（）「」ーっABC de1", min_size=0, max_size=120),
    st.floats(min_value=8, max_value=60),
)
def test_no_word_is_lost_and_no_line_is_too_wide(words: str, width: float) -> None:
    lines = wrapped(words, 7, width)
    assert "".join(lines) == words
    assert all(label_width(line, 7) <= width + 1e-6 for line in lines)


def test_lines_do_not_begin_or_end_with_what_must_not() -> None:
    for width in range(10, 60):
        lines = wrapped(LONG + "「" + LONG + "」", 7, width)
        assert not any(line[0] in _NOT_FIRST for line in lines[1:])
        assert not any(line[-1] in _NOT_LAST for line in lines[:-1])


def test_a_paragraph_fills_its_box(written: Load) -> None:
    (caption,) = own(one(written, f"{{text: {LONG}{LONG}}}", 12), Caption)[:1]
    assert caption.text.replace("\n", "") == LONG * 2
    assert "\n" in caption.text


def test_a_list_hangs_behind_its_marks(written: Load) -> None:
    template = one(written, f"{{text: [{LONG}{LONG}, 短い文。], mark: '1.'}}", 16)
    lines = own(template, Caption)[0].text.split("\n")
    assert lines[0].startswith("1.")
    assert lines[1].startswith("　")
    assert lines[-1] == "2.短い文。"


def test_too_much_text_says_the_height_it_needs(written: Load) -> None:
    assert "mm 必要" in refused(written, f"{{text: {LONG}{LONG}{LONG}}}", 5)


def test_the_chosen_word_is_circled(press: Press, written: Load) -> None:
    template = one(written, "{circles: visitor.is_member, options: {'yes': 有, 'no': 無}}")
    placed = filled(press, template, visitor__is_member="no")
    (mark,) = placed
    assert isinstance(mark, PlacedMark)
    assert mark.shape == "circle"
    words = next(c for c in own(template, Caption) if c.text == "無")
    assert mark.box.x > words.box.x
    assert mark.box.x + mark.box.w < words.box.x + words.box.w


def test_a_word_too_long_to_be_circled_is_refused(written: Load) -> None:
    cell = "{w: 12, circles: visitor.is_member, options: {'yes': はい, 'no': いいえ}}, {label: あ}"
    assert "幅に入りません" in refused(written, cell)


def test_words_after_a_check_stand_between_brackets(press: Press, written: Load) -> None:
    template = one(
        written,
        "{checks: subject.relation, options: {self: 本人, other: その他}, widths: [20, 80], "
        "texts: {other: subject.relation_other}}",
    )
    texts = [caption.text for caption in own(template, Caption)]
    assert "その他（" in texts
    assert "）" in texts
    values: dict[str, Value] = {"subject__relation": "other", "subject__relation_other": "成年後見人"}
    placed = filled(press, template, **values)
    assert [p.lines for p in placed if isinstance(p, PlacedText)] == [("成年後見人",)]


def test_brackets_need_room_and_an_option(written: Load) -> None:
    head = "{checks: subject.relation, options: {self: 本人, other: その他}, "
    assert "8mm 以上" in refused(written, head + "widths: [100, 19], texts: {other: subject.relation_other}}")
    assert "options にない" in refused(written, head + "texts: {aunt: subject.relation_other}}")


def test_an_amount_stands_right_aligned_without_commas(press: Press, written: Load) -> None:
    template = one(written, "{amount: fee.tax_certificate, count: 7}, {field: fee.tax_certificate}")
    variable = press.variables.variables["fee.tax_certificate"]
    object.__setattr__(variable, "type", ValueType.YEN)
    try:
        placed = filled(press, template, fee__tax_certificate=1234567)
    finally:
        object.__setattr__(variable, "type", ValueType.COUNT)
    lines = [p.lines[0] for p in placed if isinstance(p, PlacedText)]
    assert lines == [*"1234567", "1,234,567"]
    (comb,) = own_combs(template)
    assert comb.align_right
    units = [c.text for c in own(template, Caption) if len(c.text) == 1]
    assert units == list("百十万千百十円")


def own_combs(template: FormTemplate) -> list[CombBox]:
    return [e for e in template.pages[0].elements if isinstance(e, CombBox)]


def test_part_of_a_date_in_cells(press: Press, written: Load) -> None:
    template = one(written, "{comb: visitor.birth_date, count: 2, facet: month, align: right}")
    placed = filled(press, template, visitor__birth_date=BirthDate.from_iso("1980-12-05"))
    assert [p.lines[0] for p in placed if isinstance(p, PlacedText)] == ["1", "2"]


def test_numbered_eras(press: Press, written: Load) -> None:
    template = one(written, "{era_date: visitor.birth_date, eras: {昭: 5昭, 平: 7平, 令: 9令}}")
    eras = [c.text for c in own(template, Caption)]
    assert {"5昭", "7平", "9令"} <= set(eras)
    marks = [e for e in own(template, ChoiceMark) if e.facet == "era"]
    assert [m.option for m in marks] == ["昭", "平", "令"]
    assert "eras は" in refused(written, "{era_date: visitor.birth_date, eras: 昭和}")


@pytest.mark.parametrize(
    "cell",
    [
        "{seal: 印}",
        "{seal: 印, shape: square, diameter: 8, words: 届出印}",
        "{paste: 収入印紙}",
        "{ruled: 3, words: 事情}",
        "{sketch: 見取図, grid: 4}",
    ],
)
def test_places_for_hands_stay_empty(press: Press, written: Load, cell: str) -> None:
    template = one(written, cell, 14)
    boxes = own(template, ClerkBox)
    assert len(boxes) == 1
    box = boxes[0].box
    assert not [e for e in own(template, FieldBox) if e.box.y >= box.y and e.box.y < box.y + box.h]
    drawn = [e for e in template.pages[0].elements if isinstance(e, Rule | Frame)]
    assert drawn
    pdf = press.renderer.render(press.filler.fill(template, "R8-1121-0001", Facts(), {}))
    assert pdf.startswith(b"%PDF")


def test_a_seal_wants_room(written: Load) -> None:
    assert "6mm 角" in refused(written, "{w: 5, seal: 印}, {label: あ}")


def test_a_line_with_words(written: Load) -> None:
    template = written(f"{HEAD}      - {{height: 4, line: 'yes', words: 切り取り線}}\n")
    assert any(c.text == "切り取り線" for c in own(template, Caption))
