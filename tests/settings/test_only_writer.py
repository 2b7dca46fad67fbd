"""Two changes of the town's settings at once: neither undoes the other."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kakanai.counter.town_keeper import TownKeeper
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, load_town
from kakanai.settings.only_writer import only_writer
from tests.office import NOON

CHANGES = [{"fees.rabies_tag": 610}, {"town.name": "架空町"}, {"paper.qr": False}, {"sections.tax": "税の課"}]


def test_every_change_counts(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.ensure_home()
    paths.town_file.write_text('[counter]\nadministrators = ["9"]\n', encoding="utf-8")

    def change(changes: dict) -> None:
        with SessionLog.open(paths.log_database) as log:
            TownKeeper(paths, log, lambda: NOON).change(changes, "9")

    with ThreadPoolExecutor(len(CHANGES)) as pool:
        list(pool.map(change, CHANGES))
    town = load_town(paths)
    assert (town.fees["rabies_tag"], town.name, town.prints_qr, town.sections["tax"]) == (
        610,
        "架空町",
        False,
        "税の課",
    )


def test_a_folder_without_locks_is_no_reason_to_refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_file: object) -> None:
        raise OSError(37, "no locks")

    monkeypatch.setattr("kakanai.settings.only_writer._lock", refuse)
    with only_writer(tmp_path / "town.toml"), only_writer(tmp_path / "no such folder" / "town.toml"):
        assert not (tmp_path / "town.toml").exists()
