"""A machine remembers the log's end, and notices an older log in its place."""

import json
import shutil
import stat

import pytest

from kakanai.sessionlog.anchor import Anchor, AnchorFile, require_held
from kakanai.sessionlog.seal_errors import LogRolledBackError
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.sample_log import Office

AT = "2026-11-21T03:00:00.123456Z"


@pytest.fixture
def file(tmp_path):
    return AnchorFile(tmp_path / "anchor.json")


def test_what_is_written_is_read(file, tmp_path):
    assert file.read() is None
    assert not file.is_damaged()
    for seq in (1, 2, 12_345_678_901):
        assert file.write(Anchor(seq, "a" * 64, AT))
        assert file.read() == Anchor(seq, "a" * 64, AT)
    assert [one.name for one in tmp_path.iterdir()] == ["anchor.json"]
    assert stat.S_IMODE((tmp_path / "anchor.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        json.dumps({"seq": 1}),
        *(
            json.dumps({"seq": 1, "hash": "a" * 64, "at": AT} | wrong)
            for wrong in (
                {"seq": "1"},
                {"seq": 0},
                {"seq": True},
                {"hash": "x"},
                {"hash": 5},
                {"at": "2026-11-21"},
            )
        ),
    ],
)
def test_a_spoiled_anchor_is_none_and_is_known_to_be_spoiled(file, tmp_path, content):
    (tmp_path / "anchor.json").write_text(content)
    assert file.read() is None
    assert file.is_damaged()


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    assert not AnchorFile(tmp_path / "file" / "anchor.json").write(Anchor(1, "a" * 64, AT))
    assert not AnchorFile(tmp_path / "none" / "anchor.json").write(Anchor(1, "a" * 64, AT))


def test_without_an_anchor_every_chain_is_held():
    require_held(None, lambda seq, hash_: False)


def test_a_log_put_back_to_yesterday_is_noticed_also_when_it_went_on(file, tmp_path):
    path = tmp_path / "log.sqlite3"
    with Office(path) as office:
        office.work(1)
    yesterday = shutil.copy(path, tmp_path / "yesterday.sqlite3")
    with Office(path, seed=2) as office:
        office.log.after_commit.append(lambda head: file.write(Anchor(head.seq, head.hash, head.at)))
        office.work(2)
        head = office.log.head()
        assert file.read() == Anchor(head.seq, head.hash, head.at)
        require_held(file.read(), office.log.holds)
    shutil.copy(yesterday, path)
    with SessionLog.open(path) as log, pytest.raises(LogRolledBackError) as caught:
        require_held(file.read(), log.holds)
    assert caught.value.details == {"seq": head.seq}
    with Office(path, seed=3) as office:
        office.work(9)
        assert office.log.head().seq > head.seq
        with pytest.raises(LogRolledBackError):
            require_held(file.read(), office.log.holds)
