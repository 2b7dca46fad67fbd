"""The language of the forms: what is laid where, and that a mistake is shown at its line."""

from collections.abc import Callable

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.template import (
    Caption,
    ChoiceMark,
    ClerkBox,
    FieldBox,
    FormTemplate,
    Frame,
    Rule,
    SignatureBox,
)
from tests.forms.conftest import HEAD

Load = Callable[..., FormTemplate]


def table(rows: str) -> str:
    return HEAD + "      - table:\n          rows:\n" + rows


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def refused(load: Load, text: str, at: str, **more: object) -> DataFileError:
    with pytest.raises(DataFileError) as caught:
        load(text, **more)
    assert caught.value.details["line"] == line_of(text, at), caught.value
    assert caught.value.details["file"] == "T01/form.yaml"
    return caught.value


def fields(template: FormTemplate, variable: str) -> list[FieldBox]:
    return [
        e for p in template.pages for e in p.elements if isinstance(e, FieldBox) and e.variable == variable
    ]


def test_star_cells_share_what_the_numbers_leave(written: Load) -> None:
    text = table(
        "            - height: 10\n"
        "              cells:\n"
        "                - {w: 20, label: 名}\n"
        "                - {field: visitor.name}\n"
        "                - {field: visitor.kana}\n"
    )
    template = written(text)
    name, kana = fields(template, "visitor.name")[0].box, fields(template, "visitor.kana")[0].box
    assert kana.x - name.x == pytest.approx(50)  # (120 - 20) / 2
    label = next(e for p in template.pages for e in p.elements if isinstance(e, Caption) and e.text == "名")
    assert label.box.x == pytest.approx(16 + 0.8)
    frames = [e.box for e in template.pages[0].elements if isinstance(e, Frame) and e.weight_mm == 0.4]
    assert (frames[0].w, frames[0].h) == (120, 10)


def test_widths_must_add_up(written: Load) -> None:
    text = table(
        "            - height: 10\n"
        "              cells:\n"
        "                - {w: 60, field: visitor.name}\n"
        "                - {w: 50, field: visitor.kana}\n"
    )
    error = refused(written, text, "w: 60")
    assert "110mm" in str(error.details["problem"])
    assert "120mm" in str(error.details["problem"])


def test_a_heading_at_the_side_must_go_beside_its_table(written: Load) -> None:
    """Seven characters stand on top of each other in 12 mm."""
    text = table("            - {height: 12, cells: [{field: visitor.name}]}\n")
    side = text.replace("rows:", "side: 職員処理欄です\n          rows:", 1)
    error = refused(written, side, "side: 職員")
    assert "左の見出しが表の高さに入りません" in str(error.details["problem"])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("{w: 120, field: visitor.name, colour: red}", "colour"),
        ("{w: 120, field: visitor.nmae}", "visitor.nmae"),
        ("{w: 120, field: visitor.name, style: huge}", "huge"),
        ("{w: 120, field: visitor.birth_date, facet: week}", "week"),
        ("{w: 120, checks: subject.relation, options: {aunt: おば}}", "aunt"),
        ("{w: 120, checks: visitor.name, options: {self: 本人}}", "visitor.name"),
        ("{w: 120, counted: visitor.name, words: 通}", "visitor.name"),
        ("{w: 120, era_date: visitor.name}", "visitor.name"),
        ("{w: 120, field: member.name}", "member.name"),
        ("{w: 120, field: visitor.name, label: 氏名}", "1つ"),
        ("{w: wide, field: visitor.name}", "wide"),
    ],
)
def test_a_wrong_cell_is_shown_at_its_own_line(written: Load, wrong: str, told: str) -> None:
    text = table(
        "            - height: 8\n"
        "              cells:\n"
        "                - {w: 120, label: 見出し}\n"
        "            - height: 8\n"
        "              cells:\n"
        f"                - {wrong}\n"
    )
    assert told in str(refused(written, text, wrong).details["problem"])


def test_an_option_too_long_for_its_place_is_refused(written: Load) -> None:
    text = table(
        "            - height: 8\n"
        "              cells:\n"
        "                - w: 120\n"
        "                  checks: subject.relation\n"
        "                  columns: 7\n"
        "                  options:\n"
        "                    self: 本人\n"
        "                    agent: 代理人（親権者・成年後見人等）\n"
    )
    assert "入りません" in str(refused(written, text, "agent:").details["problem"])


def test_inner_rows_must_fill_the_row(written: Load) -> None:
    text = table(
        "            - height: 20\n"
        "              cells:\n"
        "                - {w: 20, label: 名}\n"
        "                - rows:\n"
        "                    - height: 9\n"
        "                      cells: [{field: visitor.name}]\n"
        "                    - height: 9\n"
        "                      cells: [{field: visitor.kana}]\n"
    )
    assert "18mm" in str(refused(written, text, "- rows:").details["problem"])


def test_a_stack_higher_than_its_cell_is_refused(written: Load) -> None:
    text = table(
        "            - height: 6\n"
        "              cells:\n"
        "                - stack:\n"
        "                    - {h: 4, field: visitor.kana}\n"
        "                    - {h: 4, field: visitor.name}\n"
    )
    refused(written, text, "{h: 4, field: visitor.kana}")


def test_nothing_may_lie_where_printers_do_not_reach(written: Load) -> None:
    text = HEAD + "      - {at: [130, 40], width: 20, field: visitor.name}\n"
    assert "用紙の端" in str(refused(written, text, "at: [130").details["problem"])


def test_the_page_must_not_run_into_its_foot(written: Load) -> None:
    # 210 - 10 - 20 (QR) leaves 180; the mark takes 10..16, then a gap.
    fits = HEAD + "      - {gap: 0, height: 164, field: visitor.name}\n"
    assert written(fits).pages
    error = refused(written, fits.replace("164", "166"), "- blocks:")
    assert "2.0mm" in str(error.details["problem"])


def test_a_page_without_its_marks_is_refused(written: Load) -> None:
    text = HEAD.replace("      - use: page_marks\n", "")
    assert "QR" in str(refused(written, text, "- blocks:").details["problem"])


def test_a_repeat_lays_one_row_for_each_person(written: Load) -> None:
    text = table(
        "            - height: 10\n"
        "              repeat: {list: member, rows: 4}\n"
        "              cells: [{field: member.name}, {w: 30, field: visitor.name}]\n"
    )
    template = written(text)
    rows = fields(template, "member.name")
    assert [box.row for box in rows] == [0, 1, 2, 3]
    assert rows[1].box.y - rows[0].box.y == pytest.approx(10)
    assert {box.row for box in fields(template, "visitor.name")} == {None}
    assert template.pages[0].lists == {"member": 4}


def test_one_page_has_one_repeat(written: Load) -> None:
    rows = (
        "            - {height: 8, repeat: {list: member, rows: 2}, cells: [{field: member.name}]}\n"
        "            - {height: 9, repeat: {list: member, rows: 2}, cells: [{field: member.kana}]}\n"
    )
    text = table(rows)
    refused(written, text, "height: 9")


def test_an_unknown_list_is_refused(written: Load) -> None:
    rows = "            - {height: 8, repeat: {list: pet, rows: 2}, cells: [{label: 犬}]}\n"
    refused(written, table(rows), "repeat: {list: pet")


GREETING = """\
params: {words: こんにちは, w: "30"}
blocks:
  - table:
      rows:
        - height: 8
          cells:
            - {w: "${w}", label: "${words}"}
            - {field: visitor.name}
"""


def captions(template: FormTemplate) -> set[str]:
    return {e.text for p in template.pages for e in p.elements if isinstance(e, Caption)}


def test_a_shared_block_takes_its_parameters(written: Load) -> None:
    shared = {"greeting": GREETING}
    plain = written(HEAD + "      - use: greeting\n", shared=shared)
    assert "こんにちは" in captions(plain)
    other = written(HEAD + "      - use: greeting\n        with: {words: ようこそ, w: '50'}\n", shared=shared)
    assert "ようこそ" in captions(other)
    moved = fields(other, "visitor.name")[0].box.x - fields(plain, "visitor.name")[0].box.x
    assert moved == pytest.approx(20)


def test_a_towns_shared_block_comes_before_ours(written: Load) -> None:
    text = HEAD + "      - use: clerk\n"
    assert "本人確認" in captions(written(text))
    assert "本人確認" not in captions(written(text, shared={"clerk": GREETING}))


@pytest.mark.parametrize(
    ("use", "at"),
    [
        ("      - use: greeting\n        with: {wrods: ようこそ}\n", "wrods"),
        ("      - use: greeting\n        wiht: {words: ようこそ}\n", "wiht"),
        ("      - use: nobody\n", "nobody"),
    ],
)
def test_a_wrong_use_is_shown_where_it_is_used(written: Load, use: str, at: str) -> None:
    refused(written, HEAD + use, at, shared={"greeting": GREETING})


def test_a_mistake_in_a_shared_block_names_that_file(written: Load) -> None:
    block = GREETING.replace("visitor.name", "visitor.nobody")
    with pytest.raises(DataFileError) as caught:
        written(HEAD + "      - use: greeting\n", shared={"greeting": block})
    assert caught.value.details["file"] == "shared/greeting.yaml"
    assert caught.value.details["line"] == line_of(block, "visitor.nobody")


def test_a_block_that_uses_itself_ends(written: Load) -> None:
    with pytest.raises(DataFileError, match="入れ子"):
        written(HEAD + "      - use: round\n", shared={"round": "blocks:\n  - use: round\n"})


def test_aliases_are_refused(written: Load) -> None:
    text = HEAD.replace("title: 試験用の様式", "title: &t 試験用の様式") + "      - {height: 6, note: *t}\n"
    # Both the name (&) and its use (*) are refused; the name comes first in the file.
    assert "別名" in str(refused(written, text, "title: &t").details["problem"])


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("id: T01", "id: T02", "id: T02"),
        ("paper: A5", "paper: B5", "paper: B5"),
        ('valid_from: "2026-11-01"', "valid_from: 令和8年", "valid_from"),
        ("margin: [16, 10, 12, 10]", "margin: [16, 10, 12]", "margin"),
        ("margin: [16, 10, 12, 10]", "margin: [3, 10, 12, 10]", "margin"),
        ("signature: hand", "signature: thumb", "signature"),
        ("my_number: never", "my_number: by-law", "my_number"),
        ("section: resident", "sektion: resident", "id: T01"),
        ("  - blocks:", "  - when: {subject.relation: agent}\n    blocks:", "when:"),
    ],
)
def test_the_head_of_a_form_is_checked(written: Load, old: str, new: str, at: str) -> None:
    refused(written, HEAD.replace(old, new), at)


@pytest.mark.parametrize("wrong", ["subject.relation: aunt", "visitor.name: 太郎", "nobody: agent"])
def test_a_page_condition_must_be_a_choice(written: Load, wrong: str) -> None:
    blocks = "    blocks:\n      - {height: 6, field: form.mark}\n      - use: page_marks\n"
    page = f"  - when: {{{wrong}}}\n{blocks}"
    refused(written, HEAD + page, "- when")


def test_places_for_hands_carry_no_value(written: Load) -> None:
    text = table(
        "            - height: 14\n"
        "              cells: [{w: 60, sign: 署名}, {w: 30, clerk: 受付}, {w: 30, stamp: 受付印}]\n"
        "            - height: 8\n"
        "              cells: [{w: 60, ticks: [旅券, 聴聞]}, {w: 60, line: yes}]\n"
    )
    elements = written(text).pages[0].elements
    assert len([e for e in elements if isinstance(e, SignatureBox)]) == 1
    assert len([e for e in elements if isinstance(e, ClerkBox)]) == 3
    assert not [e for e in elements if isinstance(e, ChoiceMark)]
    assert any(isinstance(e, Rule) and e.dash for e in elements)
