"""One run of the program: the command line gets its services, each made only when a verb asks for it."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from kakanai.app.core_dumps import forbid_core_dumps
from kakanai.app.log_place import open_log, open_log_unnumbered
from kakanai.app.offices import build_office, build_workshop, guide_shelf, load_issuers, without_expired
from kakanai.app.places import draft_places, find_paths, kept_places, prepare
from kakanai.app.readers import (
    diagnose_reader,
    find_reader,
    insert_specimen,
    is_simulated,
    pcsc_source,
    pin_status,
    specimen_lines,
)
from kakanai.app.setup_window import open_setup, open_window_or_setup
from kakanai.app.training import TRAINING_CLERK
from kakanai.app.training_window import open_training
from kakanai.app.ways_out import printer_care, system_printer, system_printers, town_printer
from kakanai.app.window import open_window
from kakanai.app.window_start import open_or_tell
from kakanai.cli.entry import run_command
from kakanai.cli.services import Services
from kakanai.drafts.draft_shelf import DraftShelf, key_report, read_drafts
from kakanai.drafts.kept_forms import KeptFormFolder
from kakanai.forms.render import SAMPLE_WATERMARK
from kakanai.printing.folder import FolderPrinter
from kakanai.sessionlog.entry import JST
from kakanai.settings import Paths


def run(arguments: Sequence[str]) -> int:
    """One run of the program; the exit code (docs/failure-codes.md)."""
    forbid_core_dumps()
    return run_command(arguments, lambda: services(find_paths()))


def services(paths: Paths) -> Services:
    """What the command line may use, made only when a verb asks for it."""
    return Services(
        paths=paths,
        prepare=lambda: prepare(paths),
        workshop=lambda: build_workshop(paths),
        open_log=partial(open_log, paths),
        open_log_unnumbered=lambda town: open_log_unnumbered(paths, town),
        open_office=lambda town, watermark, reader: without_expired(
            build_office(paths, town, watermark=watermark, simulated=is_simulated(reader))
        ),
        kept_forms=lambda: KeptFormFolder(kept_places(paths)),
        issuers=lambda reader: load_issuers(paths, simulated=is_simulated(reader)),
        guide=lambda: guide_shelf(paths),
        today=lambda: dt.datetime.now(JST).date(),
        pin_status=pin_status,
        diagnose=lambda name: diagnose_reader(name, paths),
        pcsc=lambda: pcsc_source(paths),
        reader=lambda name: find_reader(name, paths),
        specimens=specimen_lines,
        insert_specimen=lambda specimen, faults, host, port, stop, told: insert_specimen(
            paths, specimen, faults, host, port, stop, told
        ),
        printer=lambda name: system_printer(paths, name),
        printer_care=lambda: printer_care(paths),
        require_printer=lambda name, documents: system_printer(paths, name).require_ready(documents),
        town_printer=lambda town: town_printer(paths, town),
        folder_printer=FolderPrinter,
        printers=system_printers,
        open_window=lambda simulated: open_or_tell(
            lambda: (
                open_window(paths, simulated=True)
                if simulated
                else open_window_or_setup(paths, lambda: open_window(paths, simulated=False))
            ),
            paths.look_file,
        ),
        open_setup=lambda: open_or_tell(lambda: open_setup(paths), paths.look_file),
        open_training=lambda: open_or_tell(lambda: open_training(paths), paths.look_file),
        read_drafts=lambda: read_drafts(draft_places(paths)),
        open_drafts=lambda: DraftShelf(draft_places(paths), lambda: dt.datetime.now(dt.UTC)),
        draft_key=lambda: key_report(draft_places(paths)),
        now=lambda: dt.datetime.now(dt.UTC),
        training_clerk=TRAINING_CLERK,
        training_watermark=SAMPLE_WATERMARK,
    )
