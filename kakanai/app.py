"""The composition root: which parts make up the program today. The only file that knows everything."""

import dataclasses
import datetime as dt
import errno
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.card_status import read_card_status
from kakanai.cardreader.connection import Reader, ReaderSource
from kakanai.cardreader.diagnosis import diagnose
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.pcsc import PcscReaderSource
from kakanai.cardreader.reader_choice import choose_reader
from kakanai.cardreader.remembered_readers import RememberedReaders
from kakanai.cardreader.simulator import vpcd
from kakanai.cardreader.simulator.specimen import list_specimens, load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.virtual_reader import NAME_PREFIX, SimulatedReaderSource
from kakanai.cli.diagnostic_log import DIAGNOSTIC_FILE, DiagnosticFile
from kakanai.cli.entry import run_command
from kakanai.cli.services import Services, SpecimenLine, Workshop
from kakanai.counter import Office
from kakanai.datafile import DataFileError
from kakanai.forms.catalog import load_forms, load_my_number_register
from kakanai.forms.fill import Filler
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import SAMPLE_WATERMARK, Renderer
from kakanai.printing.cups import CupsPrinter, list_printers
from kakanai.printing.folder import FolderPrinter, remove_leftovers
from kakanai.printing.print_job import Printer
from kakanai.reception.procedure import load_procedures
from kakanai.reception.variables import VariableCatalog, load_variables
from kakanai.resources import resource_root
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import (
    HOME_VARIABLE,
    HomeUnwritableError,
    IssuerFileError,
    Paths,
    Town,
    load_town,
)

TRAINING_CLERK = "training"
"""The clerk the log names while specimens are served."""
TRAINING_SUPERVISOR = "9000"
"""The supervisor 責任者 whose decision counts while specimens are served."""


def run(arguments: Sequence[str]) -> int:
    """One run of the program; the exit code (docs/failure-codes.md)."""
    return run_command(arguments, lambda: services(find_paths()))


def find_paths() -> Paths:
    """The places of all state, as the environment names them.

    Raises:
        HomeUnwritableError: the name leads nowhere (`~nobody`, or a relative one in a deleted folder).
    """
    try:
        return Paths.from_environment()
    except RuntimeError as error:
        raise HomeUnwritableError(folder=HOME_VARIABLE, reason="ENOENT") from error
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise HomeUnwritableError(folder=HOME_VARIABLE, reason=reason) from error


def services(paths: Paths) -> Services:
    """What the command line may use, made only when a verb asks for it."""
    return Services(
        paths=paths,
        prepare=lambda: prepare(paths),
        workshop=lambda: build_workshop(paths),
        open_office=lambda town, watermark, reader: build_office(
            paths, town, watermark=watermark, simulated=is_simulated(reader)
        ),
        issuers=lambda reader: load_issuers(paths, simulated=is_simulated(reader)),
        today=lambda: dt.datetime.now(JST).date(),
        pin_status=lambda reader: read_card_status(reader.connect()),
        diagnose=lambda name: diagnose(reader_source(name, paths), name),
        pcsc=lambda: PcscReaderSource(RememberedReaders(paths.readers_file)),
        reader=lambda name: find_reader(name, paths),
        specimens=lambda: [SpecimenLine(s.id, s.label, s.description) for s in list_specimens()],
        insert_specimen=lambda specimen, faults, host, port, stop, told: insert_specimen(
            paths, specimen, faults, host, port, stop, told
        ),
        printer=lambda name: CupsPrinter(name),
        require_printer=lambda name, documents: CupsPrinter(name).require_ready(documents),
        folder_printer=FolderPrinter,
        printers=list_printers,
        open_window=lambda simulated: open_window(paths, simulated=simulated),
        training_clerk=TRAINING_CLERK,
        training_watermark=SAMPLE_WATERMARK,
    )


def prepare(paths: Paths) -> Town:
    """State folders made, diagnostic log started, the town's settings read.

    Raises:
        SettingsError: the folder or the town's file cannot be used.
    """
    paths.ensure_home()
    town = load_town(paths)
    start_diagnostic_log(paths, town.diagnostic_level)
    remove_leftovers(paths.output_dir)
    return town


def start_diagnostic_log(paths: Paths, level: str) -> None:
    """Write the diagnostic log 診断ログ (codes, APDU headers, no personal data) below the state folder."""
    logger = logging.getLogger("kakanai")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.addHandler(DiagnosticFile(paths.diagnostic_log_dir / DIAGNOSTIC_FILE))
    logger.setLevel(level)
    logger.propagate = False


def build_workshop(paths: Paths, town: Town | None = None) -> Workshop:
    """Everything that is data: variables, register, procedures and forms, the town's own before ours.

    The town 団体 decides which △ forms bear 個人番号; its settings are read if it is not given.

    Raises:
        DataFileError, SettingsError: a file has a mistake.
    """
    root = resource_root()
    town = town or load_town(paths)
    variables = load_variables(root / "reception" / "variables.yaml", paths.forms_dir / "variables")
    register = load_my_number_register(root / "forms" / "my_number.yaml")
    return Workshop(
        variables=variables,
        register=dataclasses.replace(register, by_ordinance=town.my_number_forms),
        form_folders=form_folders(paths),
    )


def form_folders(paths: Paths) -> tuple[Path, ...]:
    """Where templates lie: the town's own folder first, then the shipped one."""
    shipped = resource_root() / "forms"
    return (paths.forms_dir, shipped) if paths.forms_dir.is_dir() else (shipped,)


def build_office(
    paths: Paths,
    town: Town,
    *,
    watermark: str = "",
    now: Callable[[], dt.datetime] | None = None,
    shelf: FontShelf | None = None,
    simulated: bool = False,
) -> Office:
    """The office 窓口一式 on this machine: log, forms, procedures, fonts.

    Raises:
        DataFileError: a data file has a mistake.
        LogStorageError: the session log cannot be opened.
    """
    workshop = build_workshop(paths, town)
    variables: VariableCatalog = workshop.variables
    shelf = shelf or FontShelf()
    return Office(
        town=town,
        log=SessionLog.open(paths.log_database),
        forms=load_forms(workshop.form_folders, variables, workshop.register, on_demand=True),
        procedures=load_procedures(resource_root() / "procedures", variables),
        variables=variables,
        filler=Filler(shelf, variables, qr=town.prints_qr),
        renderer=Renderer(shelf),
        issuers=load_issuers(paths, simulated=simulated),
        now=now or (lambda: dt.datetime.now(dt.UTC)),
        watermark=watermark,
    )


def load_issuers(paths: Paths, *, simulated: bool) -> IssuerTable:
    """The issuer keys 発行者鍵 that this program ships, with the town's own over them.

    The issuer of the specimens counts as genuine only where cards are simulated: its private key is public.

    Raises:
        IssuerFileError: a file of the town's has a mistake.
        DataFileError: one of ours has.
    """
    tables = [IssuerTable.load(resource_root() / "issuer_keys")]
    try:
        tables.append(IssuerTable.load(paths.issuer_keys_dir))
    except DataFileError as error:
        raise IssuerFileError(**error.details) from error
    if simulated:
        simulator = resource_root() / "simulator"
        trusted = (simulator / "issuers" / "trusted.yaml", simulator / "residence" / "trusted.yaml")
        tables.append(IssuerTable.load(*trusted))
    return IssuerTable(key for table in tables for key in table.every_key())


def is_simulated(reader: str | None) -> bool:
    """Whether a reader of this name is the simulated one of this process."""
    return reader is not None and reader.startswith(NAME_PREFIX)


def reader_source(name: str | None, paths: Paths) -> ReaderSource:
    """Where a reader of this name comes from: the simulator with that specimen, or PC/SC."""
    if name is None or not is_simulated(name):
        return PcscReaderSource(RememberedReaders(paths.readers_file))
    source = SimulatedReaderSource(paths.simulator_state_dir)
    source.insert(name.removeprefix(NAME_PREFIX))
    return source


def find_reader(name: str | None, paths: Paths) -> Reader:
    """The reader a name means: `specimen:ID` is a simulated one with that card, anything else is PC/SC.

    Raises:
        SpecimenNotFoundError, NoServiceError, ReaderNotFoundError …: see choose_reader.
    """
    source = reader_source(name, paths)
    return source.readers()[0] if is_simulated(name) else choose_reader(source, name)


def insert_specimen(
    paths: Paths,
    specimen: str,
    faults: Faults,
    host: str,
    port: int,
    should_stop: Callable[[], bool],
    on_inserted: Callable[[], None],
) -> str:
    """Keep a specimen on the real pcscd's virtual reader until `should_stop`; why it left.

    Raises:
        SpecimenNotFoundError, VpcdUnreachableError, SimulatorStateError.
    """
    found = load_specimen(specimen)
    card = build_card(found, paths.simulator_state_dir)
    return vpcd.serve(card, host, port, should_stop, on_inserted, faults.over(found.faults)).value


class SimulatedTable:
    """The table with specimens 見本カード beside the simulated reader, for the window's training mode."""

    def __init__(self, source: SimulatedReaderSource) -> None:
        self._source = source

    def specimens(self) -> list[tuple[str, str]]:
        """Id and label of every specimen."""
        return [(specimen.id, specimen.label) for specimen in list_specimens()]

    def inserted(self) -> str | None:
        """The id of the specimen on the reader, if any."""
        return self._source.reader_name.removeprefix(NAME_PREFIX) or None

    def insert(self, specimen: str) -> None:
        """Put a specimen on the reader, in place of what lies there."""
        self._source.insert(specimen)

    def remove(self) -> None:
        """Take the specimen away."""
        self._source.remove()


FOLDER_CHOICE = "フォルダーに保存"


def open_window(paths: Paths, *, simulated: bool) -> int:
    """The window, with real readers or with simulated cards; returns when it is closed."""
    # Qt is loaded only for the window: the command line must start without a display.
    from kakanai.ui.desk import Desk
    from kakanai.ui.window_run import run_window

    town = prepare(paths)
    if simulated:
        town = dataclasses.replace(town, supervisors=town.supervisors | {TRAINING_SUPERVISOR})
    office = build_office(paths, town, watermark=SAMPLE_WATERMARK if simulated else "", simulated=simulated)
    dict(office.forms.templates)  # the window shows them all: a mistake in one is told before it opens
    table: SimulatedTable | None = None
    source: ReaderSource
    if simulated:
        simulated_source = SimulatedReaderSource(paths.simulator_state_dir)
        source, table = simulated_source, SimulatedTable(simulated_source)
    else:
        source = PcscReaderSource(RememberedReaders(paths.readers_file))
    folder_name = f"{FOLDER_CHOICE}({paths.output_dir})"

    def names() -> list[str]:
        found = list_printers()
        preferred = [name for name in found if name == town.printer]
        others = [name for name in found if name != town.printer]
        # Training paper belongs in a folder, not on the office's printer, unless the clerk says so.
        return [folder_name, *found] if simulated or not preferred else [*preferred, *others, folder_name]

    def printer(name: str) -> Printer:
        return FolderPrinter(paths.output_dir) if name == folder_name else CupsPrinter(name)

    try:
        return run_window(
            Desk(
                office=office,
                source=source,
                clerk=TRAINING_CLERK if simulated else town.default_clerk,
                printers=names,
                printer_for=printer,
                card_table=table,
            )
        )
    finally:
        office.log.close()
