"""The window of the training mode 練習, put together on a folder of its own."""

import dataclasses

from kakanai.app.offices import build_office, renew_office
from kakanai.app.places import draft_places, prepare
from kakanai.app.training import TRAINING_ADMINISTRATOR, TRAINING_CLERK, with_trainers
from kakanai.app.ways_out import WaysOut
from kakanai.counter import Office
from kakanai.forms.fonts import FontShelf
from kakanai.settings import Paths, Town, load_town
from kakanai.training.places import TrainingPaths, prepare_training, reset_training
from kakanai.training.practice_paper import WATERMARK, for_practice


def open_training(real: Paths) -> int:
    """Practise until the window is closed; its exit status. Nothing outside the training folder is written.

    Raises:
        TrainingHomeError: the folder cannot be made, or not be emptied when the clerk wants to begin anew.
        SettingsError, DataFileError: a file of the town's has a mistake.
    """
    while True:
        paths = prepare_training(real)
        status, is_reset_wanted = _open_once(paths)
        if not is_reset_wanted:
            return status
        reset_training(paths)


def training_office(paths: TrainingPaths, town: Town, shelf: FontShelf) -> Office:
    """The office that is practised in: a log of its own in a file, whatever the town has; practice paper."""
    town = dataclasses.replace(with_trainers(town), log_database=None)
    return for_practice(build_office(paths, town, watermark=WATERMARK, shelf=shelf, simulated=True))


def _open_once(paths: TrainingPaths) -> tuple[int, bool]:
    # Qt is loaded only for the window: the command line must start without a display.
    from kakanai.app.resident_cards import PracticeReaderSource, ResidentCards
    from kakanai.counter.town_keeper import TownKeeper
    from kakanai.drafts.draft_shelf import DraftShelf
    from kakanai.drafts.office_keyring import OfficeKeyring
    from kakanai.sessionlog.office_key import OfficeKeyFile
    from kakanai.staff.guard import Guard
    from kakanai.staff.roster import Roster
    from kakanai.staff.rules import StaffRules
    from kakanai.training.practice import Practice
    from kakanai.training.residents import load_clerk_name, load_residents
    from kakanai.ui.desk import Desk
    from kakanai.ui.window_run import run_window

    town = prepare(paths, load_town)  # practice never depends on what became of the real settings
    shelf = FontShelf()
    office = training_office(paths, town, shelf)
    with office.log:
        guard = Guard(Roster(office.log, office.now, StaffRules.of(town)))
        office = dataclasses.replace(office, guard=guard)
        source = PracticeReaderSource(paths.simulator_state_dir)
        practice = Practice(load_residents(), ResidentCards(source))
        ways_out = WaysOut(paths, town, simulated=True)

        def renew(changed: Town) -> Office:
            ways_out.town = changed
            return for_practice(renew_office(paths, office, with_trainers(changed), shelf))

        status = run_window(
            Desk(
                office=office,
                source=source,
                clerk=TRAINING_CLERK,
                clerk_name=load_clerk_name(),
                printers=ways_out.names,
                printer_for=lambda name: practice.printer(name, ways_out.printer),
                card_table=ResidentCards(source),
                keeper=TownKeeper(paths, office.log, office.now, TRAINING_ADMINISTRATOR, guard),
                renew=renew,
                look_file=paths.look_file,
                drafts=lambda: DraftShelf(draft_places(paths), office.now),
                office_key=OfficeKeyFile(paths.office_key_file, OfficeKeyring(paths.home)),
                practice=practice,
            )
        )
    return status, practice.is_reset_wanted
