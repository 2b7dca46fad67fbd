"""What a laid-out template must keep to: known variables, paper edges, page marks, 個人番号."""

from collections.abc import Mapping, Sequence

from kakanai.datafile import Node
from kakanai.forms.paper_size import UNPRINTABLE_MM
from kakanai.forms.template import (
    BY_HAND,
    COUNTED,
    Box,
    ChoiceMark,
    CombBox,
    Element,
    FieldBox,
    FormTemplate,
    MyNumberBox,
    MyNumberRule,
    Page,
    QrBox,
    Rule,
)
from kakanai.reception.variables import CHOICE_TYPES, LISTS, Source, ValueType, Variable, VariableCatalog

PAGE_MARKS = ("form.mark", "case.number", "page.number")
"""What every page bears beside its QR code: form id and version, reception number, n/N."""

# Not written as X | Y where it is asked: a union would be made anew for each of a page's thousand elements.
_BEAR_A_VARIABLE = (FieldBox, ChoiceMark, CombBox)
_MANY_BOXES = (CombBox, MyNumberBox)

_DATE_FACETS = {"", "era", "era_year", "month", "day", "western"}


def check_my_number(
    template: FormTemplate, node: Node, allowed: MyNumberRule, *, numberless: bool = False
) -> None:
    """The form's own word on 個人番号 and its boxes agree with the register. `node`: the my_number entry.

    `numberless`: the town's 条例 does not give the form the number, so its boxes must all be left out.

    Raises:
        DataFileError: they do not.
    """
    if template.my_number is not allowed:
        node.fail(f"{template.id} の個人番号の扱いは法令の表では {allowed.value} です")
    copied = any(isinstance(e, MyNumberBox) for page in template.copy_pages for e in page.elements)
    if (template.carries_my_number or copied) and template.my_number is MyNumberRule.NEVER:
        node.fail("この様式には個人番号の欄を置けません")
    if numberless and (template.carries_my_number or copied):
        node.fail("個人番号の欄(my_number)は、if: my_number を付けた行かブロックに置いてください")
    expected = template.my_number is not MyNumberRule.NEVER and not numberless
    if expected and not template.carries_my_number:
        node.fail("個人番号の欄(my_number)がありません")


def check_continuations(pages: Sequence[Page], nodes: Sequence[Node]) -> None:
    """Every continuation sheet 続紙 goes on with a list that an earlier page begins, and takes nothing else.

    Raises:
        DataFileError: at the page that does not.
    """
    begun: set[str] = set()
    continued: set[str] = set()
    for page, node in zip(pages, nodes, strict=True):
        name = page.continues
        if not name:
            begun.update(page.lists)
        elif name not in begun or set(page.lists) != {name}:
            node.fail(
                f"続紙の continues: {name} には、前のページにも、この続紙にも、{name} の繰り返しが要ります"
            )
        elif name in continued:
            node.fail(f"{name} の続紙は1つです")
        else:
            continued.add(name)


def check_never_print(template: FormTemplate, node: Node | None, variables: VariableCatalog) -> None:
    """No box of the form bears a variable that the form's never_print words name.

    Raises:
        DataFileError: one does.
    """
    for word in template.terms.never_print:
        for name in template.variables():
            if node is not None and word in variables.variables[name].label:
                node.fail(f"never_print の「{word}」に当たる項目が印字されます: {name}")


def check_page(
    page: Page,
    template: FormTemplate,
    node: Node,
    origins: Mapping[int, Node],
    variables: VariableCatalog,
) -> None:
    """Every box of the page bears something known and lies on the paper; the page bears its marks.

    `origins` names the cell each element came from, by `id(element)`, so that a mistake is shown there.

    Raises:
        DataFileError: at the cell that is wrong, or at the page.
    """
    size_mm = template.size_mm
    for element in page.elements:
        cell = origins.get(id(element), node)
        _check_place(element, size_mm, cell)
        if isinstance(element, MyNumberBox):
            _check_role(element, cell, variables)
        if isinstance(element, _BEAR_A_VARIABLE):
            _check_variable(element, cell, variables, page)
    borne = set(page.variables())
    missing = [name for name in PAGE_MARKS if name not in borne]
    # A town's own paper may have no room for a QR code; words and numbers always find one.
    own_paper = template.values_only or template.background is not None
    if missing or not (own_paper or any(isinstance(element, QrBox) for element in page.elements)):
        node.fail(f"ページの印(QR、{'、'.join(PAGE_MARKS)})が足りません")


def element_boxes(element: Element) -> tuple[Box, ...]:
    """The rectangles an element occupies, mm."""
    if isinstance(element, Rule):
        x, y = min(element.x1, element.x2), min(element.y1, element.y2)
        return (Box(x, y, abs(element.x2 - element.x1), abs(element.y2 - element.y1)),)
    if isinstance(element, _MANY_BOXES):
        return element.boxes
    return (element.box,)


def _check_place(element: Element, size_mm: tuple[float, float], cell: Node) -> None:
    width, height = size_mm
    for box in element_boxes(element):
        inside = (
            box.x >= UNPRINTABLE_MM - 0.01
            and box.y >= UNPRINTABLE_MM - 0.01
            and box.x + box.w <= width - UNPRINTABLE_MM + 0.01
            and box.y + box.h <= height - UNPRINTABLE_MM + 0.01
        )
        if not inside:
            cell.fail(
                f"用紙の端 {UNPRINTABLE_MM:g}mm より外に出ます: x={box.x:.1f} y={box.y:.1f} "
                f"幅={box.w:.1f} 高さ={box.h:.1f}"
            )


def _check_role(element: MyNumberBox, cell: Node, variables: VariableCatalog) -> None:
    role = element.role
    if role in LISTS:
        if element.row is None:
            cell.fail("繰り返しの外で人の個人番号欄は使えません")
    elif role not in {"visitor", "subject", BY_HAND} and f"{role}.is_visitor" not in variables.variables:
        cell.fail(
            f"個人番号の持ち主が分かりません: {role}(visitor、subject、繰り返しの名前、"
            f"{role}.is_visitor のある人、手書きだけの {BY_HAND} のどれか)"
        )


def _check_variable(
    element: FieldBox | ChoiceMark | CombBox, cell: Node, variables: VariableCatalog, page: Page
) -> None:
    variable = variables.variables.get(element.variable)
    if variable is None:
        cell.fail(f"知らない差込項目です: {element.variable}")
    if variable.source in {Source.SIGNATURE, Source.NEVER_PRINT}:
        cell.fail(f"印字してはいけない項目です: {element.variable}")
    if variable.list_name and (variable.list_name not in page.lists or element.row is None):
        cell.fail(f"繰り返しの外で使えない項目です: {element.variable}")
    if isinstance(element, FieldBox | CombBox) and element.facet not in _DATE_FACETS:
        cell.fail(f"知らない部分です: {element.facet}")
    if isinstance(element, ChoiceMark):
        _check_mark(element, cell, variable)


def _check_mark(mark: ChoiceMark, cell: Node, variable: Variable) -> None:
    if mark.facet == "era":
        if variable.type not in {ValueType.BIRTH_DATE, ValueType.DATE}:
            cell.fail(f"era_date は日付の項目に使います: {mark.variable}")
    elif mark.facet == COUNTED:
        if variable.type is not ValueType.COUNT:
            cell.fail(f"counted は通数の項目(count)に使います: {mark.variable}")
    elif variable.type is ValueType.SEX:
        if mark.option not in {"1", "2", "9", "0"}:
            cell.fail(f"{mark.variable} に選択肢 {mark.option} はありません")
    elif variable.type not in CHOICE_TYPES or mark.option not in {c.id for c in variable.choices}:
        cell.fail(f"{mark.variable} に選択肢 {mark.option} はありません")
