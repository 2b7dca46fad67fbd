"""A window that opens while the hall's server is away: who served here lately signs in, and is checked on."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt

from kakanai.drafts.sealed_book import SealedBook
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.away_staff import AwayStaff
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from tests.drafts.conftest import NoKeyring
from tests.sessionlog.cable import Cable
from tests.sessionlog.spooling import counter_log
from tests.staff.conftest import ADMIN, CHEAP, SUPERVISOR
from tests.ui.staff.conftest import page_of, send, sign_in, words_of
from tests.ui.test_spool_talk import told_on


@pytest.fixture
def cable(postgres):
    with Cable(postgres.port) as cable:
        yield cable


@pytest.fixture
def guard_of(tmp_path):
    def now():
        return dt.datetime.now(dt.UTC)

    def make(log, machine="a"):
        rules = StaffRules(away=dt.timedelta(days=7))
        who = {"machine": machine * 64, "account": machine * 64}
        roster = Roster(log, now, rules, hashing=PasswordHashing(CHEAP), **who)
        book = SealedBook(tmp_path / "away.sealed", tmp_path / "away.key", keyring=NoKeyring())
        return Guard(roster, AwayStaff(book, **who, lasts=lambda: rules.away))

    return make


def test_the_morning_without_the_server(
    desk, make_clerk, source, cable, postgres, guard_of, tmp_path, monkeypatch
):
    monkeypatch.setattr("kakanai.sessionlog.spool.ASK_EVERY_S", 0.05)
    url = cable.url(postgres.new_database().database)
    with SessionLog.open(url) as log:
        admin = guard_of(log, "f")
        StaffRegister(admin).set_up(ADMIN, Password(words_of(ADMIN)))
        admin.sign_in(ADMIN, Password(words_of(ADMIN)))
        StaffRegister(admin).add(SUPERVISOR, Role.SUPERVISOR, Password("given by hand"))
        yesterday = guard_of(log)
        yesterday.sign_in(SUPERVISOR, Password("given by hand"))
        StaffRegister(yesterday).change_own_password(
            Password("given by hand"), Password(words_of(SUPERVISOR))
        )
    counter_log(url, tmp_path).close()
    cable.cut()
    with counter_log(url, tmp_path, now=lambda: dt.datetime.now(dt.UTC)) as log:
        office = dataclasses.replace(desk.office, log=log, guard=guard_of(log))
        clerk = make_clerk(dataclasses.replace(desk, office=office))
        staff = clerk.window.staff
        assert "この PC で最近サインインした窓口の職員は、サインインできます" in told_on(staff.sign_in)
        sign_in(clerk, SUPERVISOR, "not the words of anybody")
        assert "A-028" in told_on(staff.sign_in)
        send(clerk, words_of(SUPERVISOR))
        assert page_of(clerk) is None
        clerk.read_card(source)
        # Between two cases somebody else may take over, for they could sign in as well.
        clerk.flow.cancel_case()
        clerk.press(Qt.Key.Key_F7)
        assert page_of(clerk) is staff.sign_in
        sign_in(clerk, SUPERVISOR)
        assert page_of(clerk) is None
        with SessionLog.open(postgres.url(url.database)) as direct:
            boss = guard_of(direct, "f")
            boss.sign_in(ADMIN, Password(words_of(ADMIN)))
            StaffRegister(boss).disable(SUPERVISOR)
        cable.mend()
        clerk.wait(lambda: log.link_state().is_connected)
        clerk.window.spool.look()
        clerk.wait(lambda: page_of(clerk) is staff.sign_in)
        told = told_on(staff.sign_in)
        assert "この職員番号は使えなくなりました" in told
        assert "つながりません" not in told
        clerk.window.close()
