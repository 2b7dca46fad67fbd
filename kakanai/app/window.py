"""The window put together: desk, readers, ways out, and the office that follows the town's settings."""

import dataclasses

from kakanai.app.offices import build_office, renew_office
from kakanai.app.places import draft_places, prepare
from kakanai.app.readers import SimulatedTable, pcsc_source, simulated_source
from kakanai.app.training import TRAINING_ADMINISTRATOR, TRAINING_CLERK, with_trainers
from kakanai.app.ways_out import WaysOut, printer_care
from kakanai.cardreader.connection import ReaderSource
from kakanai.counter import Office
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import SAMPLE_WATERMARK
from kakanai.settings import Paths, Town


def open_window(paths: Paths, *, simulated: bool) -> int:
    """The window, with real readers or with simulated cards; returns when it is closed."""
    # Qt is loaded only for the window: the command line must start without a display.
    from kakanai.counter.town_keeper import TownKeeper
    from kakanai.drafts.draft_shelf import DraftShelf
    from kakanai.drafts.office_keyring import OfficeKeyring
    from kakanai.sessionlog.disk_watch import DiskWatch
    from kakanai.sessionlog.office_key import OfficeKeyFile
    from kakanai.staff.guard import Guard
    from kakanai.staff.roster import Roster
    from kakanai.staff.rules import StaffRules
    from kakanai.training.residents import load_clerk_name
    from kakanai.ui.desk import Desk
    from kakanai.ui.window_run import run_window

    town = prepare(paths)
    shelf = FontShelf()
    office = build_office(
        paths,
        with_trainers(town) if simulated else town,
        watermark=SAMPLE_WATERMARK if simulated else "",
        shelf=shelf,
        simulated=simulated,
    )
    with office.log:
        if office.guard is None:
            # Whoever practises signs in as well, where the practice's own log has staff.
            office = dataclasses.replace(
                office, guard=Guard(Roster(office.log, office.now, StaffRules.of(town)))
            )
        # A mistake in what the town wrote is told before the window opens; ours are read while it is open.
        if paths.forms_dir.is_dir() or town.my_number_forms:
            dict(office.forms.templates)
        dict(office.guidance.events)
        table: SimulatedTable | None = None
        source: ReaderSource
        if simulated:
            source = specimens = simulated_source(paths)
            table = SimulatedTable(specimens)
        else:
            source = pcsc_source(paths)
        ways_out = WaysOut(paths, town, simulated=simulated)

        def renew(changed: Town) -> Office:
            renewed = renew_office(paths, office, with_trainers(changed) if simulated else changed, shelf)
            ways_out.town = changed
            return renewed

        return run_window(
            Desk(
                office=office,
                source=source,
                clerk=TRAINING_CLERK if simulated else town.default_clerk,
                clerk_name=load_clerk_name() if simulated else "",
                printers=ways_out.names,
                printer_for=ways_out.printer,
                card_table=table,
                keeper=TownKeeper(
                    paths,
                    office.log,
                    office.now,
                    TRAINING_ADMINISTRATOR if simulated else "",
                    office.guard,
                ),
                renew=renew,
                look_file=paths.look_file,
                drafts=lambda: DraftShelf(draft_places(paths), office.now),
                office_key=OfficeKeyFile(paths.office_key_file, OfficeKeyring(paths.home)),
                printer_care=printer_care(paths, office),
                disk_of=lambda now: DiskWatch(paths.home, now.disk_low_mib),
            )
        )
