"""The office and its window: whatever fails while they are put together leaves no log open."""

import pytest

from kakanai.app import offices, window
from kakanai.app.offices import build_office
from kakanai.app.window import open_window
from kakanai.settings import HomeUnwritableError, IssuerFileError, Paths, load_town


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path)


@pytest.fixture
def opened(monkeypatch):
    """Every log that an office opened, and whether it was closed again."""
    seen = []
    really_open = offices.open_counter_log

    def open_and_see(*args):
        log = really_open(*args)
        state = {"closed": False}
        really_close = log.close

        def close():
            state["closed"] = True
            really_close()

        log.close = close
        seen.append(state)
        return log

    monkeypatch.setattr(offices, "open_counter_log", open_and_see)
    return seen


def test_an_office_that_fails_after_its_log_was_opened_closes_it(paths, opened):
    paths.issuer_keys_dir.mkdir(parents=True)
    (paths.issuer_keys_dir / "broken.yaml").write_text("keys: [", encoding="utf-8")
    for _ in range(2):  # as when somebody at the window tries again
        with pytest.raises(IssuerFileError):
            build_office(paths, load_town(paths))
    assert opened == [{"closed": True}] * 2


def test_a_window_that_does_not_open_closes_the_log(paths, opened, monkeypatch):
    def no_readers(_paths):
        raise HomeUnwritableError(folder="specimens", reason="EACCES")

    monkeypatch.setattr(window, "simulated_source", no_readers)
    with pytest.raises(HomeUnwritableError):
        open_window(paths, simulated=True)
    assert opened == [{"closed": True}]
