"""`kakanai forms list | check`."""

import argparse
from pathlib import Path

from kakanai.cli.errors import TemplateMissingError
from kakanai.cli.output import Output
from kakanai.cli.services import Services, Workshop
from kakanai.errors import KakanaiError
from kakanai.forms.caption_check import words_without_glyph
from kakanai.forms.catalog import TEMPLATE_FILE, form_files, load_form, load_forms
from kakanai.forms.fill import Filler
from kakanai.forms.fonts import FontShelf
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import SIGNATURE_LABELS
from kakanai.messages import message_for

CHECK_FAILED_STATUS = 10


def list_forms(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The forms 様式 in use; a town's own file shows as origin."""
    workshop = services.workshop()
    found = load_forms(workshop.form_folders, workshop.variables, workshop.register).templates.values()
    data = [
        {
            "form": t.id,
            "title": t.title,
            "version": t.version,
            "section": t.section,
            "legal_basis": t.legal_basis,
            "paper": t.paper,
            "pages": len(t.pages),
            "signature": t.signature.value,
            "my_number": t.my_number.value,
            "valid_from": t.valid_from.isoformat(),
            "valid_to": t.valid_to.isoformat() if t.valid_to else None,
            "origin": t.origin,
        }
        for t in found
    ]
    lines = [
        f"{t.id:<5} {t.version:<9} {t.paper}  {SIGNATURE_LABELS[t.signature]}  "
        f"{'個人番号あり' if t.carries_my_number else '個人番号なし'}  {t.title}"
        for t in found
    ]
    output.result({"forms": data}, lines)
    return 0


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
    if not found:
        raise TemplateMissingError(file=asked.name)
    return found, (asked, *workshop.form_folders)


def _problems(
    path: Path, folders: tuple[Path, ...], workshop: Workshop, shelf: FontShelf
) -> list[tuple[str, int, str]]:
    try:
        template = load_form(path, folders, workshop.variables, workshop.register)
        facts, numbers = sample_facts(workshop.variables)
        words = words_without_glyph(template, shelf)
        filled = Filler(shelf, workshop.variables).fill(template, "R8-0101-0001", facts, numbers)
    except KakanaiError as error:
        return [(error.code, int(error.details.get("line", 0)), message_for(error).what)]
    problems = [("F-051", 0, text) for text in words]
    return [
        *problems,
        *[("F-040", 0, f"見本の値が入りません: {f.field} {f.detail}") for f in filled.stopping],
    ]
