import datetime as dt

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from kakanai.daybook.concerns import Reason
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.entry import CaseNumber, ClerkId, FormRecord, Outcome
from kakanai.sessionlog.words import Review
from kakanai.ui.daybook.case_model import CaseModel, CasesWorthALook, Column
from tests.daybook.conftest import real_titles

MORNING = dt.datetime(2026, 11, 20, 0, 30, tzinfo=dt.UTC)


def line(serial: int, **parts: object) -> CaseLine:
    facts: dict[str, object] = {
        "case_seq": serial,
        "case_number": CaseNumber(f"R8-1120-{serial:04d}"),
        "day": dt.date(2026, 11, 20),
        "opened_at": MORNING,
        "staff": ClerkId("1024"),
        "counter": "",
        "last_seq": serial,
        "last_at": MORNING,
    }
    return CaseLine(**{**facts, **parts})  # type: ignore[arg-type]


def test_model_and_filter_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    model = CaseModel()
    model.show_lines([line(1), line(2)], real_titles())
    qtmodeltester.check(model, force_py=True)
    proxy = CasesWorthALook()
    proxy.setSourceModel(model)
    proxy.show_only(["R8-1120-0002"])
    qtmodeltester.check(proxy, force_py=True)
    assert [proxy.index(row, 0).data() for row in range(proxy.rowCount())] == ["R8-1120-0002"]
    proxy.show_only(None)
    assert proxy.rowCount() == 2


def test_a_row_speaks_the_supervisors_language() -> None:
    model = CaseModel()
    told = line(
        7,
        counter="3",
        finished_at=MORNING + dt.timedelta(minutes=4),
        procedures=("move-in", "gone-since"),
        forms=(FormRecord("F07", "1", 2), FormRecord("F09", "1", 1)),
        outcome=Outcome.PRINT_FAILED,
        review=Review.SENT_BACK,
        releases=2,
    )
    model.show_lines([told], real_titles())
    row = [model.index(0, column).data() for column in Column]
    assert row == [
        "R8-1120-0007", "09:30–09:34", "1024（3）", "転入・gone-since（F07 F09）", "3", "× 印刷できず",
        "差戻し中・再印刷", "↩ 差戻し",
    ]  # fmt: skip
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert len(set(titles)) == len(Column)
    spoken = model.index(0, Column.REVIEW).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "確認 ↩ 差戻し"


def test_the_reasons_of_the_day_count_before_the_lines_own() -> None:
    model = CaseModel()
    model.show_lines([line(1), line(2)], real_titles(), {"R8-1120-0001": (Reason.LONG,)})
    assert model.index(0, Column.REASONS).data() == "1時間以上"
    assert model.index(1, Column.REASONS).data() == ""


def test_more_is_asked_for_once_and_again_after_an_empty_page() -> None:
    model = CaseModel()
    asked: list[int] = []
    model.more_wanted.connect(lambda: asked.append(model.rowCount()))
    model.show_lines([line(1)], real_titles(), has_more=True)
    assert model.canFetchMore()
    model.fetchMore()
    model.fetchMore()
    assert asked == [1]
    model.add_lines((), has_more=True)
    assert asked == [1, 1]
    model.add_lines((line(2),), has_more=False)
    assert model.rowCount() == 2
    assert not model.canFetchMore()
