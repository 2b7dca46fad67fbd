"""The catalogue of form templates 様式集: loads, checks and finds them."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kakanai.datafile import DataFileError, Node, load_data_file
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FormOutOfDateError, UnknownFormError
from kakanai.forms.layout import Column, SharedBlocks, lay_blocks
from kakanai.forms.template import (
    PAPER_MM,
    UNPRINTABLE_MM,
    FormTemplate,
    MyNumberRule,
    Page,
    SignatureClass,
)
from kakanai.forms.template_checks import check_my_number, check_page
from kakanai.reception.variables import LISTS, Condition, VariableCatalog

TEMPLATE_FILE = "form.yaml"
_FORM_KEYS = {
    "id", "title", "version", "valid_from", "section", "legal_basis", "paper", "signature", "my_number",
    "pages",
}  # fmt: skip


@dataclass(frozen=True)
class MyNumberRegister:
    """Which forms may carry 個人番号, by law or by a town's ordinance; any other form is refused the box.

    It ships with the program (resources/forms/my_number.yaml) and a town's folder cannot replace it.
    """

    rules: Mapping[str, MyNumberRule]

    def rule_for(self, form: str) -> MyNumberRule:
        """The rule of a form; a form nobody registered never carries the number."""
        return self.rules.get(form, MyNumberRule.NEVER)


def load_my_number_register(path: Path) -> MyNumberRegister:
    """The register in `path`. Raises DataFileError with the line of the first mistake."""
    root = load_data_file(path).mapping(required={"forms"}, optional=set())
    rules: dict[str, MyNumberRule] = {}
    for node in root["forms"].items():
        entry = node.mapping(required={"id", "rule", "basis"}, optional=set())
        rules[entry["id"].text()] = MyNumberRule(entry["rule"].one_of(["by-law", "by-ordinance"]))
    return MyNumberRegister(rules)


class FormCatalog:
    """The templates by id, the town's own folder before ours."""

    def __init__(self, templates: Mapping[str, FormTemplate]) -> None:
        self.templates = dict(sorted(templates.items()))

    def by_id(self, form: str, on: dt.date | None = None) -> FormTemplate:
        """The template of that id, which must be valid on the day if one is given.

        Raises:
            UnknownFormError: there is none.
            FormOutOfDateError: the day lies outside valid_from and valid_to.
        """
        template = self.templates.get(form)
        if template is None:
            # Whatever was typed in place of an id must not reach a log.
            raise UnknownFormError(form=form if re.fullmatch(r"[A-Z][0-9]{1,3}", form) else "?")
        ended = template.valid_to is not None and on is not None and on > template.valid_to
        if on is not None and (on < template.valid_from or ended):
            raise FormOutOfDateError(
                form=template.id,
                valid_from=template.valid_from.isoformat(),
                valid_to=template.valid_to.isoformat() if template.valid_to else "",
            )
        return template


def load_forms(
    folders: tuple[Path, ...], variables: VariableCatalog, register: MyNumberRegister
) -> FormCatalog:
    """Every template below the folders (first folder wins per id).

    Raises:
        DataFileError: with file and line of the first mistake.
    """
    templates: dict[str, FormTemplate] = {}
    for path in form_files(folders):
        template = load_form(path, folders, variables, register)
        templates.setdefault(template.id, template)
    return FormCatalog(templates)


def form_files(folders: tuple[Path, ...]) -> list[Path]:
    """The template files of the folders, in order of precedence."""
    return [path for folder in folders for path in sorted(folder.glob(f"*/{TEMPLATE_FILE}"))]


def check_forms(
    paths: list[Path], folders: tuple[Path, ...], variables: VariableCatalog, register: MyNumberRegister
) -> list[KakanaiError]:
    """The mistakes of the given template files, one per broken file."""
    problems: list[KakanaiError] = []
    for path in paths:
        try:
            load_form(path, folders, variables, register)
        except KakanaiError as error:
            problems.append(error)
    return problems


def load_form(
    path: Path, folders: tuple[Path, ...], variables: VariableCatalog, register: MyNumberRegister
) -> FormTemplate:
    """One template file, laid out and checked. Raises DataFileError with the line of the first mistake."""
    root = load_data_file(path, f"{path.parent.name}/{path.name}")
    entry = root.mapping(required=_FORM_KEYS, optional={"valid_to", "margin"})
    paper = entry["paper"].one_of(PAPER_MM)
    rule = MyNumberRule(entry["my_number"].one_of([r.value for r in MyNumberRule]))
    shared = SharedBlocks(tuple(folder / "shared" for folder in folders))
    margin = (
        [n.number(minimum=UNPRINTABLE_MM, maximum=80) for n in entry["margin"].items()]
        if "margin" in entry
        else []
    )
    if margin and len(margin) != 4:
        entry["margin"].fail("margin は [左, 上, 右, 下] で書いてください")
    laid = [
        _page(node, paper, margin or [20.0, 10.0, 12.0, 10.0], shared, variables)
        for node in entry["pages"].items()
    ]
    pages = tuple(page for page, _ in laid)
    if not pages:
        entry["pages"].fail("ページがありません")
    if pages[0].when:
        entry["pages"].items()[0].fail("1ページ目に when は書けません")
    template = FormTemplate(
        id=entry["id"].text(),
        title=entry["title"].text(),
        version=entry["version"].text(),
        valid_from=_date(entry["valid_from"]),
        valid_to=_date(entry["valid_to"]) if "valid_to" in entry else None,
        section=entry["section"].text(),
        legal_basis=entry["legal_basis"].text(),
        paper=paper,
        signature=SignatureClass(entry["signature"].one_of([s.value for s in SignatureClass])),
        my_number=rule,
        pages=pages,
        origin=str(path),
    )
    # The log and file names take exactly this alphabet; better told here than at the counter.
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", template.id):
        entry["id"].fail("id は英大文字で始まる英大文字と数字(2〜10字)で書いてください")
    if not re.fullmatch(r"[0-9A-Za-z.-]{1,16}", template.version):
        entry["version"].fail("version は英数字と . - で16字までで書いてください")
    if template.valid_to is not None and template.valid_to < template.valid_from:
        entry["valid_to"].fail("valid_to が valid_from より前です")
    if template.id != path.parent.name:
        entry["id"].fail(f"id はフォルダー名 {path.parent.name} と同じにしてください")
    check_my_number(template, entry["my_number"], register.rule_for(template.id))
    for node, (page, origins) in zip(entry["pages"].items(), laid, strict=True):
        check_page(page, template.size_mm, node, origins, variables)
    return template


def _page(
    node: Node, paper: str, margin: list[float], shared: SharedBlocks, variables: VariableCatalog
) -> tuple[Page, dict[int, Node]]:
    entry = node.mapping(required={"blocks"}, optional={"when"})
    left, top, right, bottom = margin
    width, height = PAPER_MM[paper]
    column = Column(left, top, width - left - right, height - bottom)
    lay_blocks(entry["blocks"], column, shared)
    limit = min(column.foot, column.bottom)
    if column.y > limit + 0.05:
        node.fail(f"ページの下端に {column.y - limit:.1f}mm はみ出します(残り {limit:.1f}mm まで)")
    if column.list_name and column.list_name not in LISTS:
        node.fail(f"知らない繰り返しです: {column.list_name}")
    when = _page_conditions(entry["when"], variables) if "when" in entry else ()
    return Page(tuple(column.elements), column.list_name, column.capacity, when), column.origins


def _page_conditions(node: Node, variables: VariableCatalog) -> tuple[Condition, ...]:
    conditions: list[Condition] = []
    for name, value in node.mapping().items():
        variable = variables.variables.get(name)
        options = frozenset(part.strip() for part in value.text().split("|"))
        if variable is None or not options <= {choice.id for choice in variable.choices}:
            value.fail(f"when の項目か値が項目表にありません: {name}")
        conditions.append(Condition(name, options))
    return tuple(conditions)


def _date(node: Node) -> dt.date:
    try:
        return dt.date.fromisoformat(node.text())
    except ValueError:
        node.fail("日付は 2026-04-01 の形で書いてください")


__all__ = ["DataFileError", "FormCatalog", "MyNumberRegister", "check_forms", "load_form", "load_forms"]
