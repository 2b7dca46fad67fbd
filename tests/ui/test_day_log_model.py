import datetime as dt

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from kakanai.counter import Office
from kakanai.sessionlog.entry import CaseNumber, ClerkId, DayEntry, FormRecord, Outcome
from kakanai.ui.day_log_model import Column, DayLogModel, OutcomeFilter

MORNING = dt.datetime(2026, 11, 21, 0, 30, tzinfo=dt.UTC)


def entry(serial: int, outcome: Outcome, **parts: object) -> DayEntry:
    facts: dict[str, object] = {
        "case_number": CaseNumber(f"R8-1121-{serial:04d}"),
        "clerk": ClerkId("1024"),
        "started_at": MORNING,
        "finished_at": None,
        "card_kind": None,
        "read_by": None,
        "procedures": (),
        "forms": (),
        "pages": 0,
        "outcome": outcome,
        "codes": (),
    }
    return DayEntry(**{**facts, **parts})  # type: ignore[arg-type]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, office: Office) -> None:
    model = DayLogModel(office.procedures)
    model.show_day([entry(1, Outcome.OPEN), entry(2, Outcome.PRINTED, codes=("P-020",))])
    qtmodeltester.check(model, force_py=True)


def test_the_filter_keeps_qts_rules(qtmodeltester: ModelTester, office: Office) -> None:
    model = DayLogModel(office.procedures)
    model.show_day([entry(1, Outcome.OPEN), entry(2, Outcome.PRINTED)])
    proxy = OutcomeFilter()
    proxy.setSourceModel(model)
    proxy.show_only(Outcome.PRINTED)
    qtmodeltester.check(proxy, force_py=True)
    assert proxy.rowCount() == 1
    proxy.show_only(None)
    assert proxy.rowCount() == 2


def test_a_row_speaks_the_clerks_language(office: Office) -> None:
    model = DayLogModel(office.procedures)
    model.show_day(
        [
            entry(
                7,
                Outcome.PRINT_FAILED,
                finished_at=MORNING + dt.timedelta(minutes=4),
                card_kind="mynumber",
                read_by="pin",
                procedures=("move-in", "gone-since"),
                forms=(FormRecord("F07", "1", 2), FormRecord("F09", "1", 1)),
                pages=3,
                codes=("P-020", "F-051"),
            )
        ]
    )
    row = [model.index(0, column).data() for column in Column]
    assert row == [
        "R8-1121-0007", "1024", "09:30:00", "09:34:00", "マイナンバーカード", "暗証番号",
        "転入・gone-since", "F07・F09", "3", "× 印刷できず", "P-020 F-051",
    ]  # fmt: skip
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert titles[0] == "受付番号"
    assert len(set(titles)) == len(Column)
