"""The office 窓口一式 put together from data, fonts, issuer keys and the log."""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from kakanai.app.log_place import open_counter_log
from kakanai.app.places import kept_places
from kakanai.app.ways_out import preprinted_forms
from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.cli.guide_shelf import GuideShelf
from kakanai.cli.services import Workshop
from kakanai.counter import Office
from kakanai.counter.kept_papers import forget_expired
from kakanai.datafile import DataFileError
from kakanai.drafts.kept_forms import KeptFormFolder
from kakanai.drafts.sealed_book import SealedBook
from kakanai.errors import KakanaiError
from kakanai.forms.catalog import FormCatalog, load_forms, load_my_number_register
from kakanai.forms.fill import Filler
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.reception.guidance import GuidanceBook
from kakanai.reception.guidance_file import EventsWhenAsked, load_guidance
from kakanai.reception.people import load_people
from kakanai.reception.procedure import ProcedureCatalog, load_procedures
from kakanai.reception.variables import VariableCatalog
from kakanai.reception.variables_file import load_variables
from kakanai.resources import resource_root
from kakanai.sessionlog.anchor import AnchorFile
from kakanai.sessionlog.entry import JST, UNREGISTERED
from kakanai.sessionlog.roll_back import watch_end
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import IssuerFileError, Paths, Town
from kakanai.setup.last_good import present_town
from kakanai.staff.away_staff import AwayStaff
from kakanai.staff.guard import Guard
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules

FEE_EXEMPTION = "fee.exemption"
"""The question why no fee is due 手数料の免除; its choices are the town's."""


def build_workshop(paths: Paths, town: Town | None = None) -> Workshop:
    """Everything that is data: variables, register, procedures and forms, the town's own before ours.

    The town 団体 decides which △ forms bear 個人番号; its settings are read if it is not given.

    Raises:
        DataFileError, SettingsError: a file has a mistake.
    """
    root = resource_root()
    town = town or present_town(paths)
    variables = load_variables(root / "reception" / "variables.yaml", paths.forms_dir / "variables")
    variables = variables.with_choices(FEE_EXEMPTION, town.fee_exemptions)
    people = load_people(root / "reception" / "people.yaml", variables)
    variables = dataclasses.replace(variables, people=people)
    register = load_my_number_register(root / "forms" / "my_number.yaml")
    return Workshop(
        variables=variables,
        register=dataclasses.replace(register, by_ordinance=town.my_number_forms),
        form_folders=form_folders(paths),
    )


def load_town_procedures(paths: Paths, variables: VariableCatalog) -> ProcedureCatalog:
    """The procedures 手続 that this program ships, and the town's own after them.

    Raises:
        DataFileError: a file has a mistake.
    """
    return load_procedures(resource_root() / "procedures", variables, paths.procedures_dir)


def load_town_guidance(
    paths: Paths, variables: VariableCatalog, procedures: ProcedureCatalog
) -> GuidanceBook:
    """The guidance 手続の案内 that this program ships, with the town's own rules added or switched off.

    Raises:
        DataFileError: a file has a mistake.
    """
    events = resource_root() / "procedures" / "events"
    return load_guidance(events, variables, procedures, paths.procedures_dir)


def guide_shelf(paths: Paths) -> GuideShelf:
    """The guidance 手続の案内 with all it is told with; no log, no fonts.

    Raises:
        DataFileError, SettingsError: a file has a mistake.
    """
    town = present_town(paths)
    workshop = build_workshop(paths, town)
    procedures = load_town_procedures(paths, workshop.variables)
    guidance = load_town_guidance(paths, workshop.variables, procedures)
    forms = _forms(workshop, lambda: dt.datetime.now(dt.UTC))
    return GuideShelf(workshop.variables, procedures, guidance, forms, town)


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

    Forms and guidance are read when they are asked for, and mistakes in them are told then. The caller
    closes the office's log; where nothing is returned, it is closed.

    Raises:
        DataFileError: a data file has a mistake.
        LogStorageError: the session log cannot be opened.
    """
    shelf = shelf or FontShelf()
    now = now or (lambda: dt.datetime.now(dt.UTC))
    workshop = build_workshop(paths, town)
    variables: VariableCatalog = workshop.variables
    procedures = load_town_procedures(paths, variables)
    log = open_counter_log(paths, town)
    try:
        _watch_end(log, paths, now)
        return Office(
            town=town,
            log=log,
            forms=_forms(workshop, now),
            procedures=procedures,
            guidance=GuidanceBook(EventsWhenAsked(lambda: load_town_guidance(paths, variables, procedures))),
            variables=variables,
            filler=_filler(shelf, variables, town),
            renderer=Renderer(shelf),
            issuers=load_issuers(paths, simulated=simulated),
            now=now,
            watermark=watermark,
            # What is practised with 見本 across the paper needs nobody in particular.
            guard=None if watermark else _guard(paths, town, log, now),
            kept=KeptFormFolder(kept_places(paths)),
            stock=lambda: preprinted_forms(paths),
        )
    except BaseException:
        log.close()  # whoever tries again opens it again
        raise


def _guard(paths: Paths, town: Town, log: SessionLog, now: Callable[[], dt.datetime]) -> Guard:
    """Who may do what here; a counter with a spool remembers who may sign in while the server is away."""
    roster = Roster(log, now, StaffRules.of(town))
    if not log.has_spool:
        return Guard(roster)
    book = SealedBook(paths.away_staff_file, paths.away_staff_key_file)
    guard = Guard(roster, AwayStaff(book, roster.machine, roster.account, lambda: roster.rules.away))
    log.when_connected(guard.refresh_away)
    return guard


def _watch_end(log: SessionLog, paths: Paths, now: Callable[[], dt.datetime]) -> None:
    """Watch over the log's end from now on; what it finds stands on the 日報."""

    def watch() -> None:
        watch_end(log, AnchorFile(paths.anchor_file), UNREGISTERED, now)

    if log.backend == "sqlite":
        watch()
    else:
        log.when_connected(watch)  # the server may be out of reach while the spool serves


def without_expired(office: Office) -> Office:
    """The office, after the forms that the town keeps no longer were deleted; a failure stops nobody."""
    with contextlib.suppress(KakanaiError):
        forget_expired(office, UNREGISTERED)
    return office


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
    if office.guard is not None:
        office.guard.roster.rules = StaffRules.of(town)
    for form in town.my_number_forms - office.town.my_number_forms:
        renewed.forms.by_id(form)  # it gets a box now: a mistake in it is told here
    return renewed


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


def _filler(shelf: FontShelf, variables: VariableCatalog, town: Town) -> Filler:
    return Filler(shelf, variables, qr=town.prints_qr, section=town.section)


def _forms(workshop: Workshop, now: Callable[[], dt.datetime]) -> FormCatalog:
    today = now().astimezone(JST).date()
    return load_forms(workshop.form_folders, workshop.variables, workshop.register, on_demand=True, on=today)
