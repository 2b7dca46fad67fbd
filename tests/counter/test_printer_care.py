"""The settings of this PC's printers: who may change them, what the log knows, what a bad value leaves."""

import dataclasses
import datetime as dt

import pytest

from kakanai.counter.printer_care import PrinterCare
from kakanai.counter.printer_keeper import PrinterKeeper
from kakanai.printing.errors import (
    OptionRefusedError,
    PrinterFileError,
    PrinterNotFoundError,
    ReadingsError,
)
from kakanai.printing.printer_facts import PrinterFacts
from kakanai.printing.profile import FormRule, Margins, PrinterProfile, Sides
from kakanai.printing.settings_file import read_printer_settings
from kakanai.sessionlog.entry import UNREGISTERED, ClerkId
from kakanai.sessionlog.errors import LogDiskFullError
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.errors import NotAllowedError, NotSignedInError
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from tests.office import NOON
from tests.staff.conftest import ADMIN, CHEAP, CLERK, SUPERVISOR, secret

NAME = "窓口1"
EDGES = Margins(4, 4, 4, 4)
FACTS = PrinterFacts({"A4": EDGES, "A5": EDGES}, ("tray-1", "tray-2"), ("one-sided",))
A_AND_C = {"A": (21.0, 20.0), "C": (19.0, 20.0)}


class Telling:
    name = NAME

    def facts(self):
        return FACTS

    def release(self, job):
        raise AssertionError("nothing is printed here")


@pytest.fixture
def log(tmp_path):
    with SessionLog.open(tmp_path / "log.sqlite3") as log:
        yield log


@pytest.fixture
def care(tmp_path, log):
    return PrinterCare(
        tmp_path / "printers.toml",
        lambda: [NAME],
        lambda _name: Telling(),
        lambda _name: Telling(),
        lambda: dt.date(2026, 11, 21),
        PrinterKeeper(log, lambda: NOON),
    )


def changes(log):
    return [(str(change.clerk), change.names) for change in log.settings_changes(NOON.date())]


def test_each_change_is_logged_by_kind_and_what_is_the_same_is_none(care, log):
    who = ClerkId("1024")
    care.set_profile(NAME, PrinterProfile(tray="tray-2"), is_default=True, claimed=who)
    assert care.set_profile(NAME, PrinterProfile(tray="tray-2"), is_default=True, claimed=who) == ()
    care.set_rule("F05", FormRule(NAME, copies=2), claimed=who)
    care.calibrate(NAME, A_AND_C, is_second=False, claimed=who)
    care.set_profile(NAME, care.look(NAME).profile, is_default=False, claimed=who)
    assert changes(log) == [
        ("1024", ("printer_default", "printer_tray")),
        ("1024", ("printer_form.F05",)),
        ("1024", ("printer_correction",)),
        ("1024", ("printer_default",)),
    ]
    view = care.look(NAME)
    assert (view.is_default, view.may_change, view.profile.calibrated) == (False, True, "2026-11-21")
    assert view.rules == {"F05": FormRule(NAME, copies=2)}
    assert view.facts is FACTS


def test_a_tray_chosen_before_the_calibration_leaves_the_correction(care):
    seen = care.look(NAME).profile
    care.calibrate(NAME, A_AND_C, is_second=False, claimed=UNREGISTERED)
    corrected = care.look(NAME).profile
    tray = dataclasses.replace(seen, tray="tray-2")
    care.set_profile(NAME, tray, is_correction_kept=True, claimed=UNREGISTERED)
    assert care.look(NAME).profile == dataclasses.replace(corrected, tray="tray-2")


@pytest.mark.parametrize(
    ("error", "act"),
    [
        (
            OptionRefusedError,
            lambda care: care.set_profile(NAME, PrinterProfile(tray="tray-9"), claimed=UNREGISTERED),
        ),
        (
            OptionRefusedError,
            lambda care: care.set_profile(NAME, PrinterProfile(sides=Sides.LONG_EDGE), claimed=UNREGISTERED),
        ),
        (
            OptionRefusedError,
            lambda care: care.set_rule("F05", FormRule(NAME, "tray-9"), claimed=UNREGISTERED),
        ),
        (
            PrinterNotFoundError,
            lambda care: care.set_rule("F05", FormRule("elsewhere"), claimed=UNREGISTERED),
        ),
        (PrinterFileError, lambda care: care.set_rule("F05", FormRule(copies=9), claimed=UNREGISTERED)),
        (PrinterFileError, lambda care: care.set_rule("F05", FormRule(tray="; rm"), claimed=UNREGISTERED)),
        (
            ReadingsError,
            lambda care: care.calibrate(
                NAME, {"A": (90.0, 20.0), "C": (20.0, 20.0)}, is_second=False, claimed=UNREGISTERED
            ),
        ),
    ],
)
def test_a_bad_value_is_told_and_the_settings_before_stay(care, log, error, act):
    care.set_rule("F05", FormRule(copies=2), claimed=UNREGISTERED)
    before = care.file.read_bytes()
    with pytest.raises(error):
        act(care)
    assert care.file.read_bytes() == before
    assert len(changes(log)) == 1


def test_without_its_entry_nothing_changes(care, log, monkeypatch):
    def full(_change):
        raise LogDiskFullError

    monkeypatch.setattr(log, "note_settings_change", full)
    with pytest.raises(LogDiskFullError):
        care.set_profile(NAME, PrinterProfile(tray="tray-2"), claimed=UNREGISTERED)
    assert not care.file.exists()


def test_supervisors_and_administrators_may_and_clerks_may_look(care, log):
    guard = Guard(Roster(log, lambda: NOON, hashing=PasswordHashing(CHEAP)))
    register = StaffRegister(guard)
    register.set_up(ADMIN, secret(ADMIN))
    guarded = dataclasses.replace(care, keeper=PrinterKeeper(log, lambda: NOON, guard))
    for number, role in ((SUPERVISOR, Role.SUPERVISOR), (CLERK, Role.CLERK)):
        guard.sign_in(ADMIN, secret(ADMIN))
        given = Password(f"given by hand to {number}")
        register.add(number, role, given)
        guard.sign_in(number, given)
        register.change_own_password(given, secret(number))
    for copies, number in enumerate((ADMIN, SUPERVISOR), start=2):
        guard.sign_in(number, secret(number))
        guarded.set_rule("F05", FormRule(copies=copies), claimed=UNREGISTERED)
    guard.sign_in(CLERK, secret(CLERK))
    for act in (
        lambda: guarded.set_rule("F05", FormRule(copies=4), claimed=ClerkId(ADMIN)),
        lambda: guarded.set_profile(NAME, PrinterProfile(tray="tray-2"), claimed=ClerkId(ADMIN)),
        lambda: guarded.calibrate(NAME, A_AND_C, is_second=False, claimed=ClerkId(ADMIN)),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert not guarded.look(NAME).may_change
    assert read_printer_settings(care.file).forms["F05"].copies == 3
    assert changes(log) == [(ADMIN, ("printer_form.F05",)), (SUPERVISOR, ("printer_form.F05",))]


def test_without_a_keeper_nothing_can_be_changed(care):
    bare = dataclasses.replace(care, keeper=None)
    assert not bare.look(NAME).may_change
    with pytest.raises(NotSignedInError):
        bare.set_rule("F05", FormRule(copies=2), claimed=UNREGISTERED)
