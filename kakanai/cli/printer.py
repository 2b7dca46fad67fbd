"""`kakanai printer list | show | sheet | calibrate | test | set | form`."""

import argparse
import dataclasses
from typing import Any

from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.printer_arguments import SIDES, YES_NO
from kakanai.cli.services import Services
from kakanai.counter.calibration_form import calibration_job, trial_job
from kakanai.forms.errors import UnknownFormError
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.printing.by_paper import watch
from kakanai.printing.calibration import MARKS
from kakanai.printing.errors import NoPrinterError, PrinterNotFoundError
from kakanai.printing.print_job import PrintedDocument, Printer, PrintJob
from kakanai.printing.profile import MAX_MARGIN_MM, Correction, FormRule, Margins, PrinterProfile
from kakanai.printing.progress import PrintProgress, alert_words
from kakanai.printing.settings_file import (
    TRAY,
    PrinterSettings,
    read_printer_settings,
    write_printer_settings,
)
from kakanai.resources import resource_root


def list_names(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """All printers of this PC, and whether they are calibrated; P-028 and exit 12 when there is none."""
    settings = _settings(services)
    names = services.printers()
    data = {"printers": [{"name": name, **_profile_data(settings.profile(name))} for name in names]}
    if not names:
        error = NoPrinterError()
        output.failure(error, data)
        return error.exit_status
    output.result(data, [f"{name}　{_calibrated_words(settings.profile(name))}" for name in names])
    return 0


def show(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """What one printer says of itself, and what this PC knows of it."""
    _settings(services)
    _require(asked.printer, services)
    view = services.printer_care().look(asked.printer)
    facts, profile = view.facts, view.profile
    data = {
        "name": asked.printer,
        "alerts": list(facts.reasons),
        "papers": {paper: dataclasses.asdict(edges) for paper, edges in facts.papers.items()},
        "trays": list(facts.trays),
        "sides": list(facts.sides),
        **_profile_data(profile),
    }
    edges = [f"余白 {paper}　{_margin_words(one)}" for paper, one in facts.papers.items()]
    lines = [
        f"プリンター {asked.printer}",
        f"状態　{alert_words(facts.reasons) or '異常なし'}",
        *(edges or ["余白　プリンターは答えません"]),
        *([f"このパソコンで決めた余白　{_margin_words(profile.margins)}"] if profile.margins else []),
        f"トレイ　{'、'.join(facts.trays) or 'プリンターは答えません'}",
        f"使うトレイ　{profile.tray or 'プリンターまかせ'}",
        f"面　{profile.sides.label}",
        f"A5　{'A4 に2面' if profile.two_up else 'A5 のまま'}",
        _calibrated_words(profile),
    ]
    output.result(data, lines)
    return 0


def sheet(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Print the calibration sheet, or write its PDF, moved as the printer would get it."""
    profile = _settings(services).profile(asked.printer)
    job = calibration_job(_renderer(), asked.printer, is_second=asked.second)
    if asked.out is not None:
        if asked.second:
            job = _moved(job, profile.correction)
        return _told(services.folder_printer(asked.out).release(job), output, ())
    _require(asked.printer, services)
    care = services.printer_care()
    printer = care.printer if asked.second else care.uncorrected
    return _print(printer(asked.printer), job, output)


def calibrate(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Find the correction by the numbers, and keep it for this printer."""
    _settings(services)
    _require(asked.printer, services)
    care = services.printer_care()
    given = {mark: getattr(asked, mark.lower()) for mark in MARKS}
    readings = {mark: (pair[0], pair[1]) for mark, pair in given.items() if pair is not None}
    found = care.calibrate(asked.printer, readings, is_second=asked.second)
    profile = care.look(asked.printer).profile
    data: dict[str, Any] = {"name": asked.printer, "worst_mm": found.worst_mm, "good": found.was_good}
    is_kept = asked.second and found.was_good
    words = f"いちばん大きいずれは {found.worst_mm:g} mm。" + (
        "補正は合っています。変えていません。" if is_kept else "補正を保存しました。"
    )
    after = [] if is_kept else [f"次に、kakanai printer sheet {asked.printer} --second で確かめてください。"]
    output.result({**data, **_profile_data(profile)}, [words, _calibrated_words(profile), *after])
    return 0


def try_out(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Print two pages with the correction, and follow them to the end."""
    _settings(services)
    _require(asked.printer, services)
    return _print(services.printer(asked.printer), trial_job(_renderer(), asked.printer), output)


def change(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Keep tray, sides, two-up and margins of a printer, or forget everything of it."""
    settings = _settings(services)
    profile = PrinterProfile() if asked.reset else settings.profile(asked.printer)
    values: dict[str, Any] = {}
    if asked.tray is not None:
        values["tray"] = _tray(asked.tray)
    if asked.sides is not None:
        values["sides"] = SIDES[asked.sides]
    if asked.two_up is not None:
        values["two_up"] = YES_NO[asked.two_up]
    if asked.margins is not None:
        if not all(0 <= edge <= MAX_MARGIN_MM for edge in asked.margins):
            raise UsageError(problem=f"余白は 0 から {MAX_MARGIN_MM:g} ミリで書いてください")
        values["margins"] = Margins(*asked.margins)
    if not values and not asked.reset:
        raise UsageError(problem="変えるものがありません")
    profile = dataclasses.replace(profile, **values)
    write_printer_settings(services.paths.printers_file, settings.with_profile(asked.printer, profile))
    output.result({"name": asked.printer, **_profile_data(profile)}, ["プリンターの設定を保存しました。"])
    return 0


def change_form(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Keep how one form is printed on this PC, or forget it."""
    settings = _settings(services)
    folders = (services.paths.forms_dir, resource_root() / "forms")
    # By its folder or file alone: to read all forms would take seconds.
    if not any(one.stem == asked.form for folder in folders if folder.is_dir() for one in folder.iterdir()):
        raise UnknownFormError(form=asked.form if asked.form.isascii() and asked.form.isalnum() else "?")
    rule = FormRule() if asked.reset else settings.forms.get(asked.form, FormRule())
    values: dict[str, Any] = {}
    if asked.printer is not None:
        values["printer"] = asked.printer
    if asked.tray is not None:
        values["tray"] = _tray(asked.tray)
    if asked.sides is not None:
        values["sides"] = SIDES[asked.sides]
    if asked.two_up is not None:
        values["two_up"] = YES_NO[asked.two_up]
    if asked.copies is not None:
        values["copies"] = asked.copies
    if asked.copy is not None:
        values["keep_copy"] = YES_NO[asked.copy]
    if not values and not asked.reset:
        raise UsageError(problem="変えるものがありません")
    rule = dataclasses.replace(rule, **values)
    write_printer_settings(services.paths.printers_file, settings.with_rule(asked.form, rule))
    output.result({"form": asked.form, **dataclasses.asdict(rule)}, ["様式の刷り方を保存しました。"])
    return 0


def _settings(services: Services) -> PrinterSettings:
    services.prepare()
    return read_printer_settings(services.paths.printers_file)


def _require(name: str, services: Services) -> None:
    names = services.printers()
    if not names:
        raise NoPrinterError
    if name not in names:
        raise PrinterNotFoundError(printer=name)


def _renderer() -> Renderer:
    return Renderer(FontShelf())


def _moved(job: PrintJob, correction: Correction) -> PrintJob:
    from kakanai.printing.sheet_pdf import moved

    first = job.documents[0]
    pdf = moved(first.pdf, first.paper, correction.plane)
    return PrintJob(job.case_number, (dataclasses.replace(first, pdf=pdf),))


def _print(printer: Printer, job: PrintJob, output: Output) -> int:
    states: list[str] = []

    def told(progress: PrintProgress) -> None:
        words = "、".join(state.label for _, state in progress.states)
        states.append(words)
        output.note(f"{printer.name}　{words}")

    watch(printer, told)
    return _told(printer.release(job), output, states)


def _told(printed: "list[PrintedDocument]", output: Output, states: "tuple[str, ...] | list[str]") -> int:
    files = [str(one.path) if one.path else f"印刷ジョブ {one.job_id}" for one in printed]
    data = {
        "printed": [
            {"form": one.form, "pages": one.pages, "path": str(one.path) if one.path else None}
            for one in printed
        ],
        "states": list(states),
    }
    output.result(data, [f"印刷しました　{words}" for words in files])
    return 0


def _tray(text: str) -> str:
    if TRAY.fullmatch(text) is None:
        raise UsageError(problem="トレイの名前は英数字と . _ - で書いてください")
    return text


def _profile_data(profile: PrinterProfile) -> dict[str, Any]:
    return {
        "calibrated": profile.calibrated,
        "correction": dataclasses.asdict(profile.correction),
        "margins": dataclasses.asdict(profile.margins) if profile.margins else None,
        "tray": profile.tray,
        "used_sides": profile.sides.value,
        "two_up": profile.two_up,
    }


def _margin_words(edges: Margins) -> str:
    return f"左 {edges.left:g}　上 {edges.top:g}　右 {edges.right:g}　下 {edges.bottom:g} mm"


def _calibrated_words(profile: PrinterProfile) -> str:
    if not profile.calibrated:
        return "補正なし（調整していません）"
    one = profile.correction
    return (
        f"補正 {profile.calibrated}　右へ {one.offset_x_mm:+.2f} mm　下へ {one.offset_y_mm:+.2f} mm　"
        f"横 {one.scale_x * 100:.2f}%　縦 {one.scale_y * 100:.2f}%　"
        f"傾き {one.slant_y_mm:+.2f}／{one.slant_x_mm:+.2f} mm（100 mm で）"
    )
