"""The guided set-up takes effect at once or not at all; damaged settings go back to those that worked."""

import datetime as dt
import errno

import pytest

from kakanai.sessionlog.errors import LogUnreachableError
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, load_town
from kakanai.settings.errors import TownChangeValueError, TownSyntaxError
from kakanai.setup.errors import NoGoodSettingsError, SettingsLostError, SetupUnwritableError
from kakanai.setup.first_run import FirstRun, SetupAnswers, check
from kakanai.setup.last_good import good_file, good_settings, keep_good, put_back, require_present
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules

NOON = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
ANSWERS = SetupAnswers(
    name="架空町",
    prefecture="架空県",
    code="012084",
    mayor_title="架空町長",
    counters={"総合": "common", "保険": "insurance"},
    counter="保険",
    printers={"A4": "Ricoh", "A5": ""},
    administrator="9001",
    password=Password("kanri-sha-2026"),
)


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path / "home")
    paths.ensure_home()
    return paths


def open_file(paths):
    return lambda *_: SessionLog.open(paths.log_database)


def first_run(paths, open_log=None):
    return FirstRun(paths, lambda: NOON, open_log or open_file(paths))


def test_all_answers_take_effect(paths):
    run = first_run(paths)
    assert run.is_due()
    run.save(ANSWERS)
    town = load_town(paths)
    assert (town.name, town.prefecture, town.code, town.counter_name) == (
        "架空町",
        "架空県",
        "012084",
        "保険",
    )
    assert town.addressees["mayor"] == "架空町長　様"
    assert town.printers["A4"] == "Ricoh"
    assert not run.is_due()
    with SessionLog.open(paths.log_database) as log:
        guard = Guard(Roster(log, lambda: NOON, StaffRules.of(town)))
        assert not guard.is_open
        assert guard.sign_in("9001", Password("kanri-sha-2026")).number == "9001"
        kinds = [link.kind for link in log.links()]
    assert kinds[:2] == ["settings_changed", "staff_added"]


def test_when_the_log_cannot_be_opened_nothing_is_set(paths):
    def unreachable(*_):
        raise LogUnreachableError(path="x", reason="")

    with pytest.raises(LogUnreachableError):
        first_run(paths, unreachable).save(ANSWERS)
    assert not paths.town_file.exists()


def test_a_password_is_never_shown():
    assert "kanri" not in repr(ANSWERS)
    assert "kanri" not in str(ANSWERS.changes())


@pytest.mark.parametrize(
    ("name", "value"),
    [("town.code", "012085"), ("town.code", "12084"), ("town.name", ""), ("log.database", "mysql://x")],
)
def test_each_answer_is_checked_by_itself(name, value):
    with pytest.raises(TownChangeValueError):
        check(name, value)


def test_damaged_settings_go_back_to_those_that_worked(paths):
    paths.town_file.write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    keep_good(paths)
    paths.town_file.write_text('[town]\nname = "架空', encoding="utf-8")
    with pytest.raises(TownSyntaxError):
        load_town(paths)
    kept = put_back(paths, NOON, open_file(paths))
    assert load_town(paths).name == "架空町"
    assert kept.name == "town.toml.damaged-20261121-120000"
    assert kept.read_text(encoding="utf-8") == '[town]\nname = "架空'


def test_a_copy_that_is_damaged_itself_is_not_offered(paths):
    good_file(paths).write_text("[town\n", encoding="utf-8")
    assert good_settings(paths) is None
    with pytest.raises(NoGoodSettingsError):
        put_back(paths, NOON, open_file(paths))
    paths.last_town_file.write_text('[town]\nname = "前の町"\n', encoding="utf-8")
    assert good_settings(paths) == paths.last_town_file


def test_a_copy_is_made_of_what_is_sound_only_when_it_changed(paths):
    keep_good(paths)
    assert not good_file(paths).exists()
    paths.town_file.write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    keep_good(paths)
    before = good_file(paths).stat().st_mtime_ns
    keep_good(paths)
    assert good_file(paths).stat().st_mtime_ns == before


@pytest.mark.parametrize("left", [None, "", "\n"])
def test_settings_that_are_gone_are_not_replaced_by_the_sample_town(paths, left):
    require_present(paths)  # before anything was set up nothing is missed
    paths.town_file.write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    keep_good(paths)
    require_present(paths)
    paths.town_file.unlink()
    if left is not None:
        paths.town_file.write_text(left, encoding="utf-8")
    keep_good(paths)  # an empty file is no good one
    with pytest.raises(SettingsLostError):
        require_present(paths)
    kept = put_back(paths, NOON, open_file(paths))
    assert (kept is None) == (left is None)
    assert load_town(paths).name == "架空町"


def test_without_its_log_nothing_is_put_back(paths):
    def unreachable(*_):
        raise LogUnreachableError(path="x", reason="")

    good_file(paths).write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    paths.town_file.write_text("[town\n", encoding="utf-8")
    with pytest.raises(LogUnreachableError):
        put_back(paths, NOON, unreachable)
    assert paths.town_file.read_text(encoding="utf-8") == "[town\n"


def test_a_full_disk_leaves_no_part_of_a_copy(paths, monkeypatch):
    def full(file, data):
        file.write_bytes(data[:3])
        raise OSError(errno.ENOSPC, "full")

    paths.town_file.write_text('[town]\nname = "架空町"\n', encoding="utf-8")
    monkeypatch.setattr("kakanai.setup.last_good.write_synced", full)
    before = sorted(paths.home.iterdir())
    keep_good(paths)
    assert sorted(paths.home.iterdir()) == before
    monkeypatch.undo()
    keep_good(paths)
    paths.town_file.write_text("[town\n", encoding="utf-8")
    SessionLog.open(paths.log_database).close()
    monkeypatch.setattr("kakanai.setup.last_good.write_synced", full)
    with pytest.raises(SetupUnwritableError):
        put_back(paths, NOON, open_file(paths))
    assert not list(paths.home.glob(".town.toml.*"))
