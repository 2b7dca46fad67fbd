"""The composition root: which parts make up the program today. The only file that knows everything."""

import dataclasses
import datetime as dt
import errno
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.connection import Reader, ReaderSource
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.reader_name import NAME_PREFIX
from kakanai.cli.diagnostic_log import DIAGNOSTIC_FILE, DiagnosticFile
from kakanai.cli.entry import run_command
from kakanai.cli.services import Services, SpecimenLine, Workshop
from kakanai.counter import Office
from kakanai.datafile import DataFileError
from kakanai.forms.catalog import FormCatalog, load_forms, load_my_number_register
from kakanai.forms.fill import Filler
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import SAMPLE_WATERMARK, Renderer
from kakanai.printing.by_paper import PrinterByPaper
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

FEE_EXEMPTION = "fee.exemption"
"""The question why no fee is due 手数料の免除; its choices are the town's."""
if TYPE_CHECKING:
    from kakanai.cardreader.card_status import CardStatus
    from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

# What only a real reader or only a specimen needs is imported where it is used: to load all of it takes a
# tenth of what filling five forms does, and no run needs both.

TRAINING_CLERK = "training"
"""The clerk the log names while specimens are served."""
TRAINING_ADMINISTRATOR = "9900"
"""Who may change the town's settings while specimens are served, as long as the town names nobody."""
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
        pin_status=pin_status,
        diagnose=lambda name: diagnose_reader(name, paths),
        pcsc=lambda: pcsc_source(paths),
        reader=lambda name: find_reader(name, paths),
        specimens=specimen_lines,
        insert_specimen=lambda specimen, faults, host, port, stop, told: insert_specimen(
            paths, specimen, faults, host, port, stop, told
        ),
        printer=lambda name: CupsPrinter(name),
        require_printer=lambda name, documents: CupsPrinter(name).require_ready(documents),
        town_printer=lambda town: town_printer(paths, town),
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
    variables = variables.with_choices(FEE_EXEMPTION, town.fee_exemptions)
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
    shelf = shelf or FontShelf()
    now = now or (lambda: dt.datetime.now(dt.UTC))
    workshop = build_workshop(paths, town)
    variables: VariableCatalog = workshop.variables
    return Office(
        town=town,
        log=SessionLog.open(paths.log_database),
        forms=_forms(workshop, now),
        procedures=load_procedures(resource_root() / "procedures", variables),
        variables=variables,
        filler=_filler(shelf, variables, town),
        renderer=Renderer(shelf),
        issuers=load_issuers(paths, simulated=simulated),
        now=now,
        watermark=watermark,
    )


def _filler(shelf: FontShelf, variables: VariableCatalog, town: Town) -> Filler:
    return Filler(shelf, variables, qr=town.prints_qr, section=town.section)


def _forms(workshop: Workshop, now: Callable[[], dt.datetime]) -> FormCatalog:
    today = now().astimezone(JST).date()
    return load_forms(workshop.form_folders, workshop.variables, workshop.register, on_demand=True, on=today)


def renew_office(paths: Paths, office: Office, town: Town, shelf: FontShelf) -> Office:
    """The office after its town's settings changed: the same log, cards and fonts, with new data.

    Whether cards are verified stays as it is: the card thread was told so when the window opened.

    Raises:
        DataFileError: a data file has a mistake; the office is as it was.
    """
    workshop = build_workshop(paths, town)
    renewed = dataclasses.replace(
        office,
        town=dataclasses.replace(town, verifies_cards=office.town.verifies_cards),
        forms=_forms(workshop, office.now),
        variables=workshop.variables,
        filler=_filler(shelf, workshop.variables, town),
    )
    for form in town.my_number_forms - office.town.my_number_forms:
        renewed.forms.by_id(form)  # it gets a box now: a mistake in it is told here
    return renewed


def town_printer(paths: Paths, town: Town) -> PrinterByPaper:
    """The town's default way out: the printer of each paper size, the folder where it names none."""

    def way_out(paper: str) -> Printer:
        name = town.printer_for(paper)
        return CupsPrinter(name) if name else FolderPrinter(paths.output_dir)

    return PrinterByPaper(TOWN_PRINTER, way_out)


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


def pcsc_source(paths: Paths) -> ReaderSource:
    """The real readers of this machine."""
    from kakanai.cardreader.pcsc import PcscReaderSource
    from kakanai.cardreader.remembered_readers import RememberedReaders

    return PcscReaderSource(RememberedReaders(paths.readers_file))


def simulated_source(paths: Paths) -> "SimulatedReaderSource":
    """The simulated reader, with nothing on it."""
    from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource

    return SimulatedReaderSource(paths.simulator_state_dir)


def reader_source(name: str | None, paths: Paths) -> ReaderSource:
    """Where a reader of this name comes from: the simulator with that specimen, or PC/SC."""
    if name is None or not is_simulated(name):
        return pcsc_source(paths)
    source = simulated_source(paths)
    source.insert(name.removeprefix(NAME_PREFIX))
    return source


def find_reader(name: str | None, paths: Paths) -> Reader:
    """The reader a name means: `specimen:ID` is a simulated one with that card, anything else is PC/SC.

    Raises:
        SpecimenNotFoundError, NoServiceError, ReaderNotFoundError …: see choose_reader.
    """
    from kakanai.cardreader.reader_choice import choose_reader

    source = reader_source(name, paths)
    return source.readers()[0] if is_simulated(name) else choose_reader(source, name)


def pin_status(reader: Reader) -> "CardStatus":
    """What the card on the reader tells without a PIN, with the tries its PINs have left."""
    from kakanai.cardreader.card_status import read_card_status

    return read_card_status(reader.connect())


def diagnose_reader(name: str | None, paths: Paths) -> dict[str, Any]:
    """What works and what does not between this program and the card, step by step."""
    from kakanai.cardreader.diagnosis import diagnose

    return diagnose(reader_source(name, paths), name)


def specimen_lines() -> list[SpecimenLine]:
    """Every specimen 見本カード there is."""
    from kakanai.cardreader.simulator.specimen import list_specimens

    return [SpecimenLine(s.id, s.label, s.description) for s in list_specimens()]


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
    from kakanai.cardreader.simulator import vpcd
    from kakanai.cardreader.simulator.specimen import load_specimen
    from kakanai.cardreader.simulator.specimen_card import build_card

    found = load_specimen(specimen)
    card = build_card(found, paths.simulator_state_dir)
    return vpcd.serve(card, host, port, should_stop, on_inserted, faults.over(found.faults)).value


class SimulatedTable:
    """The table with specimens 見本カード beside the simulated reader, for the window's training mode."""

    def __init__(self, source: "SimulatedReaderSource") -> None:
        self._source = source

    def specimens(self) -> list[tuple[str, str]]:
        """Id and label of every specimen."""
        return [(specimen.id, specimen.label) for specimen in specimen_lines()]

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
TOWN_PRINTER = "用紙ごと"
"""What begins the name of the choice that the town's settings make: a printer for each paper size."""


def open_window(paths: Paths, *, simulated: bool) -> int:
    """The window, with real readers or with simulated cards; returns when it is closed."""
    # Qt is loaded only for the window: the command line must start without a display.
    from kakanai.counter.town_keeper import TownKeeper
    from kakanai.ui.desk import Desk
    from kakanai.ui.window_run import run_window

    town = prepare(paths)
    shelf = FontShelf()
    office = build_office(
        paths,
        _with_trainers(town) if simulated else town,
        watermark=SAMPLE_WATERMARK if simulated else "",
        shelf=shelf,
        simulated=simulated,
    )
    dict(office.forms.templates)  # the window shows them all: a mistake in one is told before it opens
    table: SimulatedTable | None = None
    source: ReaderSource
    if simulated:
        source = specimens = simulated_source(paths)
        table = SimulatedTable(specimens)
    else:
        source = pcsc_source(paths)
    folder_name = f"{FOLDER_CHOICE}({paths.output_dir})"
    present = _Present(town)

    def names() -> list[str]:
        found = list_printers()
        # Training paper belongs in a folder, not on the office's printer, unless the clerk says so.
        if simulated:
            return [folder_name, *found]
        by_paper = [_by_paper_words(present.town)] if any(present.town.printers.values()) else []
        preferred = [name for name in found if name == present.town.printer]
        others = [name for name in found if name not in preferred]
        return (
            [*by_paper, *preferred, *others, folder_name] if by_paper or preferred else [folder_name, *found]
        )

    def printer(name: str) -> Printer:
        if name.startswith(TOWN_PRINTER):
            return town_printer(paths, present.town)
        return FolderPrinter(paths.output_dir) if name == folder_name else CupsPrinter(name)

    def renew(changed: Town) -> Office:
        renewed = renew_office(paths, office, _with_trainers(changed) if simulated else changed, shelf)
        present.town = changed
        return renewed

    try:
        return run_window(
            Desk(
                office=office,
                source=source,
                clerk=TRAINING_CLERK if simulated else town.default_clerk,
                printers=names,
                printer_for=printer,
                card_table=table,
                keeper=TownKeeper(paths, office.log, office.now, TRAINING_ADMINISTRATOR if simulated else ""),
                renew=renew,
            )
        )
    finally:
        office.log.close()


@dataclasses.dataclass
class _Present:
    """The town as its file says it now; an administrator may change it while the window is open."""

    town: Town


def _with_trainers(town: Town) -> Town:
    return dataclasses.replace(town, supervisors=town.supervisors | {TRAINING_SUPERVISOR})


def _by_paper_words(town: Town) -> str:
    papers = (f"{paper}: {town.printer_for(paper) or FOLDER_CHOICE}" for paper in town.printers)
    return f"{TOWN_PRINTER}({'、'.join(papers)})"
