"""One form.yaml read into a template: its head, its pages laid out, everything checked."""

import re
from dataclasses import dataclass
from pathlib import Path

from kakanai.datafile import Node, load_data_file
from kakanai.forms.block_conditions import conditions_met, left_out
from kakanai.forms.box_checks import check_boxes
from kakanai.forms.layout import Column, SharedBlocks, lay_blocks
from kakanai.forms.my_number_register import MyNumberRegister
from kakanai.forms.own_pdf import OwnPdf, read_own_pdf
from kakanai.forms.paper_size import PAPER_MM, UNPRINTABLE_MM, page_size
from kakanai.forms.template import (
    FormTemplate,
    MyNumberRule,
    Page,
    SignatureClass,
)
from kakanai.forms.template_checks import check_continuations, check_my_number, check_never_print, check_page
from kakanai.forms.terms_reading import TERM_KEYS, read_terms
from kakanai.reception.terms_reading import day_of, read_conditions
from kakanai.reception.town_keys import section_of
from kakanai.reception.variables import VariableCatalog

_FORM_KEYS = {
    "id", "title", "version", "valid_from", "section", "legal_basis", "paper", "signature", "my_number",
    "pages",
}  # fmt: skip
_LONGEST_TITLE = 60
_MORE_FORM_KEYS = {"valid_to", "margin", "landscape", "preprinted", "background"}


def load_form(
    path: Path,
    folders: tuple[Path, ...],
    variables: VariableCatalog,
    register: MyNumberRegister,
    *,
    thorough: bool = False,
) -> FormTemplate:
    """One template file, laid out and checked; `thorough` looks for overlaps and small print too.

    Raises:
        DataFileError: with the line of the first mistake.
    """
    root = load_data_file(path, f"{path.parent.name}/{path.name}")
    entry = root.mapping(required=_FORM_KEYS, optional=_MORE_FORM_KEYS | TERM_KEYS)
    form = _id_of(entry["id"], path)
    paper = entry["paper"].one_of(PAPER_MM)
    landscape = "landscape" in entry and entry["landscape"].flag()
    sheet = _Sheet(
        size_mm=page_size(paper, landscape=landscape),
        margin=_margin(entry.get("margin")),
        shared=SharedBlocks(tuple(folder / "shared" for folder in folders)),
        variables=variables,
        numberless=register.numberless(form),
        own=read_own_pdf(entry["background"], path.parent, paper, landscape=landscape)
        if "background" in entry
        else None,
    )
    values_only = "preprinted" in entry and entry["preprinted"].flag()
    if values_only and sheet.own:
        entry["preprinted"].fail("background と preprinted は一緒に使えません")
    nodes, laid = _pages(entry["pages"], sheet, copy=False)
    pages = tuple(page for page, _ in laid)
    terms = read_terms(entry, variables)
    copy_nodes, copy_laid = _pages(entry["pages"], sheet, copy=True) if terms.copy else ([], [])
    if pages[0].when or pages[0].continues:
        nodes[0].fail("1ページ目に when と continues は書けません")
    template = FormTemplate(
        id=form,
        title=entry["title"].text(),
        version=entry["version"].text(),
        valid_from=day_of(entry["valid_from"]),
        valid_to=day_of(entry["valid_to"]) if "valid_to" in entry else None,
        section=section_of(entry["section"]),
        legal_basis=entry["legal_basis"].text(),
        paper=paper,
        signature=SignatureClass(entry["signature"].one_of([s.value for s in SignatureClass])),
        my_number=MyNumberRule(entry["my_number"].one_of([r.value for r in MyNumberRule])),
        pages=pages,
        origin=str(path),
        terms=terms,
        landscape=landscape,
        background=sheet.own.data if sheet.own else None,
        values_only=values_only,
        copy_pages=tuple(page for page, _ in copy_laid),
    )
    if not _is_title(template.title):
        entry["title"].fail(f"title は制御文字のない1行、{_LONGEST_TITLE}字までで書いてください")
    if not re.fullmatch(r"[0-9A-Za-z.-]{1,16}", template.version):
        entry["version"].fail("version は英数字と . - で16字までで書いてください")
    if template.valid_to is not None and template.valid_to < template.valid_from:
        entry["valid_to"].fail("valid_to が valid_from より前です")
    check_my_number(template, entry["my_number"], register.rule_for(form), numberless=sheet.numberless)
    for node, (page, origins) in zip((*nodes, *copy_nodes), (*laid, *copy_laid), strict=True):
        check_page(page, template, node, origins, variables)
        if thorough:
            check_boxes(page, node, origins, variables)
    check_continuations(pages, nodes)
    check_continuations(template.copy_pages, copy_nodes)
    check_never_print(template, entry.get("never_print"), variables)
    return template


@dataclass(frozen=True)
class _Sheet:
    """What all pages of one form have in common while they are laid out."""

    size_mm: tuple[float, float]
    margin: tuple[float, float, float, float]
    shared: SharedBlocks
    variables: VariableCatalog
    numberless: bool
    own: OwnPdf | None = None


def _id_of(node: Node, path: Path) -> str:
    # The log and file names take exactly this alphabet; better told here than at the counter.
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", node.text()):
        node.fail("id は英大文字で始まる英大文字と数字(2〜10字)で書いてください")
    if node.text() != path.parent.name:
        node.fail(f"id はフォルダー名 {path.parent.name} と同じにしてください")
    return node.text()


def _is_title(title: str) -> bool:
    # It names the form in lists, and the PDF in viewers. A full-width space is not printable to Python.
    shown = title.replace("　", "")
    return shown.isprintable() and bool(shown.strip()) and len(title) <= _LONGEST_TITLE


def _margin(node: Node | None) -> tuple[float, float, float, float]:
    if node is None:
        return (20.0, 10.0, 12.0, 10.0)
    given = [side.number(minimum=UNPRINTABLE_MM, maximum=80) for side in node.items()]
    if len(given) != 4:
        node.fail("margin は [左, 上, 右, 下] で書いてください")
    return (given[0], given[1], given[2], given[3])


def _background_page(node: Node | None, own: OwnPdf | None, position: int, page: Node) -> int | None:
    """Which page of the town's own PDF, 0 the first, lies under a page of the form."""
    if own is None:
        if node is not None:
            node.fail("background_page には、様式の頭の background が要ります")
        return None
    if node is not None and node.text_value == "none":
        return None
    if node is not None:
        return node.integer(minimum=1, maximum=own.pages) - 1
    if position >= own.pages:
        page.fail(f"PDF は {own.pages} ページです。background_page に番号か none を書いてください")
    return position


def _pages(
    pages: Node, sheet: _Sheet, *, copy: bool
) -> tuple[list[Node], list[tuple[Page, dict[int, Node]]]]:
    """The pages that the form, or its copy 控え, has, and what is laid on each."""
    met = conditions_met(numberless=sheet.numberless, copy=copy)
    kept = [(place, node) for place, node in enumerate(pages.items()) if not left_out(node.mapping(), met)]
    if not kept:
        pages.fail("控えのページがありません" if copy else "ページがありません")
    return [node for _, node in kept], [_page(node, sheet, place, met) for place, node in kept]


def _page(node: Node, sheet: _Sheet, position: int, met: frozenset[str]) -> tuple[Page, dict[int, Node]]:
    entry = node.mapping(required={"blocks"}, optional={"when", "continues", "if", "background_page"})
    left, top, right, bottom = sheet.margin
    width, height = sheet.size_mm
    column = Column(left, top, width - left - right, height - bottom, met=met)
    lay_blocks(entry["blocks"], column, sheet.shared)
    limit = min(column.foot, column.bottom)
    if column.y > limit + 0.05:
        node.fail(f"ページの下端に {column.y - limit:.1f}mm はみ出します(残り {limit:.1f}mm まで)")
    page = Page(
        tuple(column.elements),
        dict(column.lists),
        read_conditions(entry.get("when"), sheet.variables),
        entry["continues"].text() if "continues" in entry else "",
        _background_page(entry.get("background_page"), sheet.own, position, node),
    )
    return page, column.origins
