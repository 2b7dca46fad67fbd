"""The power fails at every step: the next window goes on at the same field, and nothing is in the clear."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kakanai.sessionlog.entry import EntryKind, Outcome
from kakanai.sessionlog.store import SessionLog
from tests.walkthrough.window_process import WindowNursery, WindowProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")

CARD = "official-test"
PHONE = "03-5253-5111"
KANA = "クロギリ　ミキヤ"
KEPT = ("place", "number", "step", "person", "chosen", "forms", "filled", "typed", "documents", "to_shred")
"""What of the state must be the same after the power came back."""

Step = tuple[str, Callable[[WindowProcess], object]]


@pytest.fixture(scope="module")
def nursery() -> Iterator[WindowNursery]:
    with WindowNursery() as nursery:
        yield nursery


def choose(number: str, forms: list[str]) -> Callable[[WindowProcess], object]:
    def do(window: WindowProcess) -> object:
        window.type(number)
        window.press("Return")
        return window.wait("the forms", lambda state: state["filled"] == forms)

    return do


def print_out(window: WindowProcess) -> object:
    window.wait("a printer", lambda state: state["can_print"])
    window.press("F8")
    return window.wait("paper", lambda state: state["documents"])


def correct(window: WindowProcess) -> object:
    window.press("F8")
    window.press("3")  # 職員の誤り
    return window.wait("an open case", lambda state: state["step"] == "open")


WALK: list[Step] = [
    ("a card by PIN", lambda window: window.read_card(CARD)),
    ("to ②", lambda window: window.press("F4")),
    ("印鑑登録証明書", choose("05", ["F05"])),
    ("to ③", lambda window: window.press("Return")),
    ("half a reading", lambda window: window.type(KANA[:4])),
    ("the whole reading", lambda window: window.type(KANA[4:])),
    ("the cursor in its middle", lambda window: window.press("Left")),
    ("the next question", lambda window: window.press("Return")),
    ("to ④", lambda window: window.press("Return", "Control")),
    ("to ⑤", lambda window: window.press("F8")),
    ("paper", print_out),
    ("a correction", correct),
]


def clear_text(person: dict) -> list[str]:
    fields = person["="]
    return [fields["name"], fields["name"][:3], fields["address"], fields["address"][:6], KANA, KANA[:4]]


def assert_nothing_in_the_clear(home: Path, words: list[str]) -> None:
    for path in home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp932"):
                assert word.encode(encoding, "ignore") not in content, path.name
                assert word.encode("unicode_escape") not in content, path.name


def resume(nursery: WindowNursery, home: Path, out: Path, number: str) -> WindowProcess:
    window = nursery.open_window(home, out)
    state = window.wait("the offer", lambda state: "途中の受付" in state["notice"])
    assert number in state["notice"]
    assert state["held"] == [number]
    window.press("Return")
    window.wait("the case", lambda state: state["number"] == number and state["filled"] == state["forms"])
    return window


def test_killed_at_every_step_of_a_walk(nursery: WindowNursery, tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    window = nursery.open_window(home, out)
    words: list[str] = []
    for name, step in WALK:
        step(window)
        before = window.settled()
        words = words or clear_text(before["person"])
        window.kill()
        assert_nothing_in_the_clear(home, words)
        window = resume(nursery, home, out, before["number"])
        after = window.settled()
        assert {key: after[key] for key in KEPT} == {key: before[key] for key in KEPT}, name
    window.close()
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        assert log.count_of(before["number"], EntryKind.CASE_RESUMED) == len(WALK)


def test_killed_while_typing_by_hand_before_there_is_a_number(nursery: WindowNursery, tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    window = nursery.open_window(home, out)
    window.press("F3")
    window.type("見本　太")
    window.press("Return")
    window.type("東京都架空町")
    before = window.settled()
    assert before["number"] == ""
    window.kill()
    assert_nothing_in_the_clear(home, ["見本", "架空町"])
    window = nursery.open_window(home, out)
    window.wait("the offer", lambda state: "途中の受付" in state["notice"])
    window.press("Return")
    assert window.settled()["place"] == before["place"]
    window.kill()


def test_killed_between_the_logs_word_and_the_drafts(nursery: WindowNursery, tmp_path: Path) -> None:
    """Paper may be out that the draft knows nothing of: it is not printed again unseen."""
    home, out = tmp_path / "home", tmp_path / "out"
    window = nursery.open_window(home, out)
    window.read_card(CARD)
    window.press("F4")
    choose("05", ["F05"])(window)
    number = window.settled()["number"]
    window.press("F8")
    window.wait("a printer", lambda state: state["can_print"])
    window.settled()
    (draft,) = (home / "drafts").glob("*.draft")
    kept = draft.read_bytes()
    window.press("F8")
    window.wait("paper", lambda state: state["documents"])
    window.kill()
    draft.write_bytes(kept)
    window = resume(nursery, home, out, number)
    state = window.wait("the warning", lambda state: "出ているかもしれません" in state["notice"])
    assert state["step"] == "released"
    window.kill()


def test_a_case_put_aside_is_there_after_closing(nursery: WindowNursery, tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    window = nursery.open_window(home, out)
    number = window.read_card(CARD)["number"]
    window.settled()
    window.press("F9")
    window.take_card()
    state = window.wait("an empty window", lambda state: state["number"] == "" and state["person"] is None)
    assert state["held"] == [number]
    second = window.read_card("ivs-tsuji")["number"]
    assert second != number
    window.settled()
    window.close()
    window = nursery.open_window(home, out)
    state = window.wait("the offer", lambda state: "途中の受付" in state["notice"])
    assert state["held"] == [number, second]
    window.press("Down", "Alt")
    window.wait("the first case", lambda state: state["number"] == number)
    window.press("Down", "Alt")
    state = window.wait("the second case", lambda state: state["number"] == second)
    assert state["held"] == [number]
    window.press("F9", "Shift")
    window.press("Tab")
    window.press("Return")
    window.wait("the end", lambda state: state["number"] == "")
    window.settled()
    assert len(list((home / "drafts").glob("*.draft"))) == 1
    window.kill()
    with SessionLog.open(home / "sessionlog.sqlite3") as log:
        assert log.count_of(number, EntryKind.CASE_SUSPENDED) == 2
        outcomes = {entry.case_number: entry.outcome for entry in log.day(_day_of(number))}
    assert outcomes[second] is Outcome.CANCELLED


def _day_of(number: str):
    import datetime as dt

    return dt.date(2018 + int(number[1 : number.index("-")]), int(number[-9:-7]), int(number[-7:-5]))
