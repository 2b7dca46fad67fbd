"""A set-up goes from one PC to the next: all that is the town's, nothing that is secret or of one PC."""

import datetime as dt
import hashlib

import pytest

from kakanai.sessionlog.entry import UNREGISTERED, EntryKind
from kakanai.sessionlog.errors import LogUnreachableError
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, load_town
from kakanai.settings.errors import TownChangeValueError, TownSyntaxError
from kakanai.setup import carrying, put_in_place
from kakanai.setup.carried import Carried
from kakanai.setup.carrying import IMPORTED, export_setup, import_setup, open_setup
from kakanai.setup.errors import NewerSetupError, SetupContentError, SetupUnwritableError
from kakanai.setup.setup_file import seal

PHRASE = "awseigo-no-machi"
TOWN = """# 町の覚え書き
[town]
name = "架空町"
[counters]
"総合" = "common"
"保険" = "insurance"
[counter]
counter_name = "保険"
printer = "Ricoh"
[printers]
A5 = "Small"
[fees]
seal_certificate = 250
"""
NOON = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)


def export(paths, file, open_log=None):
    return export_setup(
        paths,
        file,
        PHRASE,
        who=UNREGISTERED,
        now=lambda: NOON,
        open_log=open_log or (lambda *_: SessionLog.open(paths.log_database)),
    )


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A PC that is set up, with things that must not travel, and the file it wrote."""
    paths = Paths(tmp_path_factory.mktemp("first"))
    paths.town_file.write_text(TOWN, encoding="utf-8")
    for name, text in {
        "forms/F01/form.yaml": "id: F01",
        "forms/F01/.hidden": "x",
        "procedures/own.yaml": "a: 1",
        "issuer_keys/own.yaml": "b: 2",
        "keys/office.key": "SECRET",
        "drafts/a": "SECRET",
        "look.json": "{}",
    }.items():
        (paths.home / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.home / name).write_text(text)
    SessionLog.open(paths.log_database).close()
    file = paths.home / "town.kks"
    assert export(paths, file) == 3
    with SessionLog.open(paths.log_database) as log:
        (entry,) = [link.to_entry() for link in log.links()]
    assert (entry.kind, entry.names) == (EntryKind.SETTINGS_CHANGED, ("setup.exported",))
    assert entry.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    return file


@pytest.fixture
def second(tmp_path):
    return Paths(tmp_path / "second")


def arrive(paths, file, counter="", phrase=PHRASE, open_log=None):
    return import_setup(
        paths,
        file,
        phrase,
        counter=counter,
        who=UNREGISTERED,
        now=lambda: NOON,
        open_log=open_log or (lambda *_: SessionLog.open(paths.log_database)),
    )


def test_the_town_arrives_whole_and_at_its_own_counter(first, second):
    arrived = arrive(second, first)
    town = load_town(second)
    assert (town.name, town.fees["seal_certificate"], dict(town.counters)) == (
        "架空町",
        250,
        {"総合": "common", "保険": "insurance"},
    )
    assert (town.counter_name, town.printer, town.printers["A5"]) == ("総合", "", "")
    assert "# 町の覚え書き" in second.town_file.read_text(encoding="utf-8")
    found = {p.relative_to(second.home).as_posix() for p in second.home.rglob("*") if p.is_file()}
    town_s = {name for name in found if not name.startswith(("sessionlog", ".town.toml.lock"))}
    assert town_s == {
        "town.toml",
        "town.toml.good",
        "forms/F01/form.yaml",
        "procedures/own.yaml",
        "issuer_keys/own.yaml",
    }
    assert arrived.files == 3
    with SessionLog.open(second.log_database) as log:
        (entry,) = [link.to_entry() for link in log.links()]
    assert entry.kind is EntryKind.SETTINGS_CHANGED
    assert {"town.name", "counters", IMPORTED} <= set(entry.names)


def test_what_is_of_this_pc_stays_and_the_old_is_kept(first, second):
    second.home.mkdir()
    second.town_file.write_text('[town]\nname = "前の町"\n[printers]\nA4 = "Mine"\n', encoding="utf-8")
    (second.home / "forms" / "F99").mkdir(parents=True)
    (second.home / "forms" / "F99" / "form.yaml").write_text("old")
    arrive(second, first, counter="保険")
    town = load_town(second)
    assert (town.name, town.counter_name, town.printers["A4"]) == ("架空町", "保険", "Mine")
    assert "前の町" in second.last_town_file.read_text(encoding="utf-8")
    assert (second.home / "forms.last" / "F99" / "form.yaml").read_text() == "old"
    assert not (second.home / "forms" / "F99").exists()


def test_a_damaged_town_file_is_replaced(first, second):
    second.home.mkdir()
    second.town_file.write_text("[town\n", encoding="utf-8")
    arrive(second, first)
    assert load_town(second).name == "架空町"


def unchanged(paths):
    return not paths.town_file.exists() and not (paths.home / "forms").exists()


def test_a_counter_that_the_town_has_not_is_refused(first, second):
    with pytest.raises(TownChangeValueError):
        arrive(second, first, counter="無い窓口")
    assert unchanged(second)


def test_without_the_log_nothing_is_changed(first, second):
    def unreachable(*_):
        raise LogUnreachableError(path="x", reason="")

    with pytest.raises(LogUnreachableError):
        arrive(second, first, open_log=unreachable)
    assert unchanged(second)


def test_a_full_disk_leaves_what_was_there(first, second, monkeypatch):
    second.home.mkdir()
    second.town_file.write_text('[town]\nname = "前の町"\n', encoding="utf-8")
    calls = []

    def full(file, data):
        calls.append(file)
        if len(calls) > 2:
            raise OSError(28, "full")
        file.write_bytes(data)

    monkeypatch.setattr("kakanai.setup.put_in_place.write_synced", full)
    with pytest.raises(SetupUnwritableError) as refused:
        arrive(second, first)
    assert refused.value.details["reason"] == "ENOSPC"
    assert load_town(second).name == "前の町"
    assert sorted(
        p.name for p in second.home.iterdir() if not p.name.startswith((".town.toml.lock", "sess"))
    ) == ["town.toml"]


def test_settings_that_cannot_be_replaced_leave_the_forms_that_were_there(first, second, monkeypatch):
    (second.home / "forms").mkdir(parents=True)
    (second.home / "forms/own.yaml").write_text("before")
    second.town_file.write_text('[town]\nname = "前の町"\n', encoding="utf-8")
    write = put_in_place.write_synced

    def full_at_last(file, data):
        write(file, data)
        if file.name.startswith(".town.toml.last"):
            raise OSError(28, "full")

    monkeypatch.setattr(put_in_place, "write_synced", full_at_last)
    with pytest.raises(SetupUnwritableError):
        arrive(second, first)
    assert load_town(second).name == "前の町"
    assert [path.name for path in second.forms_dir.iterdir()] == ["own.yaml"]
    assert sorted(
        p.name for p in second.home.iterdir() if not p.name.startswith((".town.toml.lock", "sess"))
    ) == ["forms", "town.toml"]


@pytest.mark.parametrize(
    "name",
    [
        "../town.toml",
        "forms/../../x",
        "/etc/passwd",
        "keys/office.key",
        "forms",
        "forms/C:x",
        "forms/.x",
        "forms\\x",
    ],
)
def test_a_path_out_of_the_folders_is_refused(name):
    with pytest.raises(SetupContentError):
        Carried.from_told({"town": "", "files": {name: ""}}, "f")


@pytest.mark.parametrize("told", [{}, {"town": 1, "files": {}}, {"town": "", "files": {"forms/a": "%"}}])
def test_a_content_of_another_shape_is_refused(told):
    with pytest.raises(SetupContentError):
        Carried.from_told(told, "f")


def test_settings_of_a_newer_version_are_told_as_such(second, tmp_path, monkeypatch):
    text = '[town]\nname = "架空町"\ncolour = "blue"\n'
    file = tmp_path / "new.kks"
    monkeypatch.setattr("kakanai.setup.setup_file.__version__", "99.0.0")
    file.write_bytes(seal({"town": text, "files": {}}, PHRASE))
    with pytest.raises(NewerSetupError):
        arrive(second, file)
    monkeypatch.setattr("kakanai.setup.setup_file.__version__", carrying.__version__)
    file.write_bytes(seal({"town": text, "files": {}}, PHRASE))
    with pytest.raises(SetupContentError):
        arrive(second, file)
    assert unchanged(second)


def test_what_does_not_work_here_is_not_carried_on(tmp_path):
    paths = Paths(tmp_path)
    paths.town_file.write_text("[town\n", encoding="utf-8")
    with pytest.raises(TownSyntaxError):
        export(paths, tmp_path / "x.kks")
    paths.town_file.unlink()
    (tmp_path / "there.kks").write_text("x")
    with pytest.raises(SetupUnwritableError):
        export(paths, tmp_path / "there.kks")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.kks"]


def test_a_file_that_the_log_cannot_be_told_of_is_not_written(tmp_path):
    def unreachable(*_):
        raise LogUnreachableError(path="x", reason="")

    with pytest.raises(LogUnreachableError):
        export(Paths(tmp_path), tmp_path / "x.kks", unreachable)
    assert list(tmp_path.iterdir()) == []


def test_nothing_secret_is_in_the_file(first):
    carried, _ = open_setup(first, PHRASE)
    assert {str(path) for path in carried.files} == {
        "forms/F01/form.yaml",
        "procedures/own.yaml",
        "issuer_keys/own.yaml",
    }
    assert "Ricoh" not in carried.town
