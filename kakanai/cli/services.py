"""What the command line asks of the program: put together in app/entry.py, used by the verbs."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cardreader.connection import Reader, ReaderSource
from kakanai.cardreader.faults import Faults
from kakanai.cli.guide_shelf import GuideShelf
from kakanai.counter import Office
from kakanai.counter.printer_care import PrinterCare
from kakanai.drafts.draft import Draft
from kakanai.drafts.draft_key import KeyReport
from kakanai.drafts.draft_shelf import DraftShelf
from kakanai.drafts.kept_forms import KeptFormFolder
from kakanai.forms.catalog import MyNumberRegister
from kakanai.printing.by_paper import PrinterByPaper
from kakanai.printing.print_job import Printer
from kakanai.reception.variables import VariableCatalog
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, Town
from kakanai.setup.server_password import OpenLog

if TYPE_CHECKING:
    from kakanai.cardreader.card_status import CardStatus


@dataclass(frozen=True)
class SpecimenLine:
    """One specimen 見本カード of the list."""

    id: str
    label: str
    description: str


@dataclass(frozen=True)
class Workshop:
    """What templates are checked against: variables, the 個人番号 register, the folders of templates."""

    variables: VariableCatalog
    register: MyNumberRegister
    form_folders: tuple[Path, ...]


@dataclass(frozen=True)
class Services:
    """The parts, each made only when a verb needs it, so that `card list` works without fonts or log."""

    paths: Paths
    prepare: Callable[[], Town]
    workshop: Callable[[], Workshop]
    open_log: OpenLog
    open_log_unnumbered: Callable[[Town], SessionLog]
    open_office: Callable[[Town, str, str | None], Office]
    issuers: Callable[[str | None], IssuerTable]
    guide: Callable[[], GuideShelf]
    today: Callable[[], dt.date]
    pin_status: "Callable[[Reader], CardStatus]"
    diagnose: Callable[[str | None], dict[str, Any]]
    pcsc: Callable[[], ReaderSource]
    reader: Callable[[str | None], Reader]
    specimens: Callable[[], list[SpecimenLine]]
    insert_specimen: Callable[[str, Faults, str, int, Callable[[], bool], Callable[[], None]], str]
    printer: Callable[[str], Printer]
    printer_care: Callable[[], PrinterCare]
    require_printer: Callable[[str, int], None]
    town_printer: Callable[[Town], PrinterByPaper]
    folder_printer: Callable[[Path], Printer]
    printers: Callable[[], list[str]]
    open_window: Callable[[bool], int]
    open_training: Callable[[], int]
    open_setup: Callable[[], int]
    read_drafts: Callable[[], tuple[Draft, ...]]
    open_drafts: Callable[[], DraftShelf]
    draft_key: Callable[[], KeyReport]
    kept_forms: Callable[[], KeptFormFolder]
    now: Callable[[], dt.datetime]
    training_clerk: str
    training_watermark: str
