"""`kakanai forms list | check | proof`."""

import argparse
import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kakanai.cli.errors import OutputFileError, TemplateMissingError
from kakanai.cli.output import Output
from kakanai.cli.services import Services, Workshop
from kakanai.errors import KakanaiError
from kakanai.forms.caption_check import words_without_glyph
from kakanai.forms.catalog import TEMPLATE_FILE, form_files, load_form, load_forms
from kakanai.forms.fill import Filler
from kakanai.forms.fonts import FontShelf
from kakanai.forms.proof import PROOF_CASE_NUMBER, make_proof
from kakanai.forms.render import SAMPLE_WATERMARK, Renderer
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import SIGNATURE_LABELS, FormTemplate, MyNumberRule
from kakanai.messages import message_for

CHECK_FAILED_STATUS = 10

_SHIPPED: Final = "shipped"
_TOWN: Final = "town"
_ORIGIN_LABELS: Final = {_SHIPPED: "付属", _TOWN: "団体"}
_NUMBER_LABELS: Final = {
    MyNumberRule.BY_LAW: "●個人番号",
    MyNumberRule.BY_ORDINANCE: "△個人番号",
    MyNumberRule.NEVER: "×",
}


def list_forms(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The forms 様式 in use, where each comes from and which one it stands in for."""
    workshop = services.workshop()
    today = services.today()
    found = load_forms(workshop.form_folders, workshop.variables, workshop.register, on=today)
    data = []
    lines = []
    for template in found.templates.values():
        hidden = found.overridden.get(template.id, ())
        data.append(_entry(template, hidden, workshop))
        lines.append(_line(template, workshop))
        lines += [_hidden_line(t, workshop, today) for t in hidden]
    blocks = _town_blocks(workshop)
    lines += [f"共通ブロック {name}: 団体のもの（{path}）を使います。" for name, path in blocks.items()]
    output.result({"forms": data, "shared_blocks": {name: str(path) for name, path in blocks.items()}}, lines)
    return 0


def _hidden_line(template: FormTemplate, workshop: Workshop, today: dt.date) -> str:
    label = f"{_ORIGIN_LABELS[_source(template, workshop)]}の第{template.version}版"
    if template.valid_from > today:
        return f"      → {template.valid_from.isoformat()} から{label}"
    ended = template.valid_to is not None and template.valid_to < today
    return f"      × {label}は期間が過ぎました" if ended else f"      ↑ {label}に優先"


def _town_blocks(workshop: Workshop) -> dict[str, Path]:
    """The town's own shared blocks by name; each stands in for ours, or is new."""
    own = [folder / "shared" for folder in workshop.form_folders[:-1]]
    return {path.stem: path for folder in reversed(own) for path in sorted(folder.glob("*.yaml"))}


def _source(template: FormTemplate, workshop: Workshop) -> str:
    shipped = workshop.form_folders[-1]
    return _SHIPPED if Path(template.origin).parent.parent == shipped else _TOWN


def _entry(template: FormTemplate, hidden: tuple[FormTemplate, ...], workshop: Workshop) -> dict[str, Any]:
    return {
        "form": template.id,
        "title": template.title,
        "version": template.version,
        "section": template.section,
        "legal_basis": template.legal_basis,
        "paper": template.paper,
        "landscape": template.landscape,
        "pages": len(template.pages),
        "signature": template.signature.value,
        "my_number": template.my_number.value,
        "carries_my_number": template.carries_my_number,
        "fee": list(template.terms.fees),
        "deadlines": [deadline.text for deadline in template.terms.deadlines],
        "documents": [document.label for document in template.terms.documents],
        "events": [event.value for event in template.terms.events],
        "never_print": list(template.terms.never_print),
        "copy": template.terms.copy,
        "valid_from": template.valid_from.isoformat(),
        "valid_to": template.valid_to.isoformat() if template.valid_to else None,
        "source": _source(template, workshop),
        "origin": template.origin,
        "overrides": [
            {
                "source": _source(other, workshop),
                "version": other.version,
                "valid_from": other.valid_from.isoformat(),
                "origin": other.origin,
            }
            for other in hidden
        ],
    }


def _line(template: FormTemplate, workshop: Workshop) -> str:
    until = template.valid_to.isoformat() if template.valid_to else ""
    fees = "、".join(template.terms.fees) or "無料"
    return (
        f"{template.id:<5} {template.version:<9} {template.paper}  {SIGNATURE_LABELS[template.signature]}  "
        f"{_NUMBER_LABELS[template.my_number]}  {template.section}  {fees}  "
        f"{template.valid_from.isoformat()}〜{until}  {_ORIGIN_LABELS[_source(template, workshop)]}  "
        f"{template.title}"
    )


def check(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Check template files: the language, the boxes, and whether the samples fit them."""
    workshop = services.workshop()
    try:
        paths, folders = _paths(asked.path, workshop)
    except OSError:  # a name that no file can have
        raise TemplateMissingError(file=asked.path.name) from None
    shelf = FontShelf()
    problems = [(path, problem) for path in paths for problem in _problems(path, folders, workshop, shelf)]
    data = {
        "checked": len(paths),
        "problems": [
            {"path": str(path), "code": code, "line": line, "problem": text}
            for path, (code, line, text) in problems
        ],
    }
    lines = [f"{path}:{line}: [{code}] {text}" for path, (code, line, text) in problems]
    lines.append(f"{len(paths)} 件を検査し、誤りは {len(problems)} 件です。")
    output.result(data, lines)
    return CHECK_FAILED_STATUS if problems else 0


def _paths(asked: Path | None, workshop: Workshop) -> tuple[list[Path], tuple[Path, ...]]:
    if asked is None:
        return form_files(workshop.form_folders), workshop.form_folders
    if asked.is_file():
        return [asked], (asked.resolve().parent.parent, *workshop.form_folders)
    if (asked / TEMPLATE_FILE).is_file():
        return [asked / TEMPLATE_FILE], (asked.resolve().parent, *workshop.form_folders)
    found = form_files((asked,))
    if found:
        return found, (asked, *workshop.form_folders)
    named = [path for path in form_files(workshop.form_folders) if path.parent.name == str(asked)]
    if not named:
        raise TemplateMissingError(file=asked.name)
    return named, workshop.form_folders


def _problems(
    path: Path, folders: tuple[Path, ...], workshop: Workshop, shelf: FontShelf
) -> list[tuple[str, int, str]]:
    """The mistakes of one file; a form whose 個人番号 is the town's to decide is tried with and without."""
    problems: dict[tuple[str, int, str], None] = {}
    try:
        for template in _variants(path, folders, workshop):
            facts, numbers = sample_facts(workshop.variables)
            filled = Filler(shelf, workshop.variables).fill(template, PROOF_CASE_NUMBER, facts, numbers)
            problems |= {("F-051", 0, text): None for text in words_without_glyph(template, shelf)}
            problems |= {
                ("F-040", 0, f"見本の値が入りません: {f.field} {f.detail}"): None for f in filled.stopping
            }
    except KakanaiError as error:
        problems[(error.code, int(error.details.get("line", 0)), message_for(error).what)] = None
    return list(problems)


def _variants(path: Path, folders: tuple[Path, ...], workshop: Workshop) -> Iterator[FormTemplate]:
    form = path.resolve().parent.name
    without = dataclasses.replace(workshop.register, by_ordinance=frozenset())
    yield load_form(path, folders, workshop.variables, without, thorough=True)
    if without.numberless(form):
        with_number = dataclasses.replace(workshop.register, by_ordinance=frozenset({form}))
        yield load_form(path, folders, workshop.variables, with_number, thorough=True)


def proof(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """A proof 校正刷 of one form as a PDF that must not exist yet: blank, samples, longest values, boxes."""
    workshop = services.workshop()
    catalog = load_forms(workshop.form_folders, workshop.variables, workshop.register)
    template = catalog.by_id(asked.form)
    shelf = FontShelf()
    made = make_proof(template, Filler(shelf, workshop.variables), workshop.variables)
    pdf = Renderer(shelf).render(made.form, watermark=SAMPLE_WATERMARK)
    try:
        with asked.out.open("xb") as file:
            file.write(pdf)
    except OSError:
        raise OutputFileError(file=asked.out.name) from None
    data = {
        "form": template.id,
        "version": template.version,
        "pages": len(made.form.pages),
        "file": str(asked.out),
        "findings": [
            {"part": part, "field": f.field, "kind": f.kind.value, "detail": f.detail}
            for part, f in made.findings
        ],
    }
    lines = list(dict.fromkeys(f"{part}: {f.detail}" for part, f in made.findings if f.stops))
    lines.append(f"{template.id} の校正刷 {len(made.form.pages)} ページを {asked.out} に書きました。")
    output.result(data, lines)
    return 0
