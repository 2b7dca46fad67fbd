"""`kakanai printer list | show | sheet | calibrate | test`."""

import argparse
import dataclasses
from typing import Any

from kakanai.cli.output import Output
from kakanai.cli.print_states import follow
from kakanai.cli.printer_changes import keeping
from kakanai.cli.printer_words import calibrated_words, margin_words, profile_data
from kakanai.cli.services import Services
from kakanai.counter.calibration_form import calibration_job, trial_job
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.printing.calibration import MARKS
from kakanai.printing.errors import NoPrinterError, PrinterNotFoundError
from kakanai.printing.print_job import PrintedDocument, Printer, PrintJob
from kakanai.printing.profile import Correction
from kakanai.printing.progress import alert_words
from kakanai.printing.settings_file import (
    PrinterSettings,
    read_printer_settings,
)


def list_names(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """All printers of this PC, and whether they are calibrated; P-028 and exit 12 when there is none."""
    settings = _settings(services)
    names = services.printers()
    data = {
        "printers": [{"name": name, **profile_data(settings.profile(name))} for name in names],
        "default": settings.default,
    }
    if not names:
        error = NoPrinterError()
        output.failure(error, data)
        return error.exit_status
    usual = {settings.default: "　ふだんのプリンター"}
    lines = [f"{name}　{calibrated_words(settings.profile(name))}{usual.get(name, '')}" for name in names]
    output.result(data, lines)
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
        **profile_data(profile),
    }
    edges = [f"余白 {paper}　{margin_words(one)}" for paper, one in facts.papers.items()]
    lines = [
        f"プリンター {asked.printer}",
        f"状態　{alert_words(facts.reasons) or '異常なし'}",
        *(edges or ["余白　プリンターは答えません"]),
        *([f"このパソコンで決めた余白　{margin_words(profile.margins)}"] if profile.margins else []),
        f"トレイ　{'、'.join(facts.trays) or 'プリンターは答えません'}",
        f"使うトレイ　{profile.tray or 'プリンターまかせ'}",
        f"面　{profile.sides.label}",
        f"A5　{'A4 に2面' if profile.two_up else 'A5 のまま'}",
        calibrated_words(profile),
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
    with keeping(asked, services) as (keeper, who):
        found = keeper.calibrate(asked.printer, readings, is_second=asked.second, claimed=who)
    profile = care.settings().profile(asked.printer)
    data: dict[str, Any] = {"name": asked.printer, "worst_mm": found.worst_mm, "good": found.was_good}
    is_kept = asked.second and found.was_good
    words = f"いちばん大きいずれは {found.worst_mm:g} mm。" + (
        "補正は合っています。変えていません。" if is_kept else "補正を保存しました。"
    )
    after = [] if is_kept else [f"次に、kakanai printer sheet {asked.printer} --second で確かめてください。"]
    output.result({**data, **profile_data(profile)}, [words, calibrated_words(profile), *after])
    return 0


def try_out(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Print two pages with the correction, and follow them to the end."""
    _settings(services)
    _require(asked.printer, services)
    return _print(services.printer(asked.printer), trial_job(_renderer(), asked.printer), output)


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
    states = follow(printer, output)
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
