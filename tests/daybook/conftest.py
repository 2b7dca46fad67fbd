import datetime as dt
import functools

import pytest

from kakanai.app.offices import build_workshop, load_town_procedures
from kakanai.daybook.daybook import Daybook
from kakanai.daybook.titles import Titles
from kakanai.forms.catalog import load_forms
from kakanai.forms.fonts import FontShelf
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, load_town
from kakanai.staff.errors import NotAllowedError
from kakanai.staff.permissions import may
from kakanai.staff.role import Role
from kakanai.staff.signed_in import SignedIn
from tests.daybook.sample_day import DAY, SUPERVISOR, SampleDay

SHELF = FontShelf()


class RoleGuard:
    """Somebody with a role, by the real table of permissions; remembers what was asked."""

    def __init__(self, role=Role.SUPERVISOR, number=SUPERVISOR):
        self.role = role
        self.number = number
        self.asked = []

    def require(self, act, *, of=None):
        self.asked.append((act, of))
        if not may(self.role, act):
            raise NotAllowedError(act=act.label, role=self.role.label)
        return SignedIn(ClerkId(self.number), self.role)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at

    def pass_by(self, **span):
        self.at += dt.timedelta(**span)


@functools.cache
def real_titles():
    paths = Paths.from_environment({"KAKANAI_HOME": "/nonexistent/kakanai"})
    workshop = build_workshop(paths)
    forms = load_forms(workshop.form_folders, workshop.variables, workshop.register, on_demand=True)
    return Titles(load_town_procedures(paths, workshop.variables), forms)


@pytest.fixture
def titles():
    return real_titles()


@pytest.fixture
def log(tmp_path):
    with SessionLog.open(tmp_path / "sessionlog.sqlite3") as log:
        yield log


@pytest.fixture
def sample(log):
    return SampleDay(log)


@pytest.fixture
def guard():
    return RoleGuard()


@pytest.fixture
def clock():
    """The evening of the sample day."""
    return Clock(dt.datetime.combine(DAY, dt.time(9, 30), tzinfo=dt.UTC))


@pytest.fixture
def town(tmp_path):
    return load_town(Paths(tmp_path))


@pytest.fixture
def book(log, town, titles, guard, clock):
    return Daybook(log, town, titles, guard, clock, SHELF)
