"""Between the chosen case and the log: its timeline, the judgement of it, and of many in one go."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.review_phrases import ReviewKind
from kakanai.daybook.timeline import CaseTimeline
from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_line import CaseLine
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.staff.act import Act
from kakanai.ui.daybook.book_link import BookLink
from kakanai.ui.daybook.cases_sheet import CasesSheet
from kakanai.ui.daybook.day_line import DayLine
from kakanai.ui.daybook.open_book import BookShelf, OpenBook
from kakanai.ui.notice import Notice

_TIMELINE = "timeline"
_ALL = "approve-all"
_ACTS = {
    ReviewKind.APPROVE: Act.APPROVE,
    ReviewKind.SEND_BACK: Act.SEND_BACK,
    ReviewKind.COMMENT: Act.COMMENT,
}


class ReviewTalk(QObject):
    """Reads and judges what is chosen on the sheet of cases.

    Signals:
        judged(): the log has a new judgement; the day is to be read again.
    """

    judged = Signal()

    def __init__(
        self, link: BookLink, shelf: BookShelf, line: DayLine, sheet: CasesSheet, notice: Notice
    ) -> None:
        super().__init__(sheet)
        self._link = link
        self._shelf = shelf
        self._line = line
        self._sheet = sheet
        self._notice = notice
        sheet.table.rested.connect(self.read_timeline)
        sheet.panel.judgement_wanted.connect(self.begin)
        sheet.panel.judged.connect(self._judge)
        sheet.panel.given_up.connect(sheet.take_focus)
        sheet.approve_all_wanted.connect(self.ask_all)

    @Slot(object)
    def read_timeline(self, case: CaseLine) -> None:
        """Show every act of a case; the look is logged by who may look."""
        number, why = case.case_number, self._line.purpose
        book = self._shelf.open().book
        take = partial(self._take_timeline, number)
        refuse = self._sheet.panel.refuse_timeline
        self._link.ask(_TIMELINE, lambda: book.timeline(number, why), take, refuse)

    def _take_timeline(self, number: CaseNumber, told: CaseTimeline) -> None:
        panel = self._sheet.panel
        if panel.line is not None and panel.line.case_number == number:
            panel.show_timeline(told)

    @Slot(object)
    def begin(self, kind: ReviewKind) -> None:
        """Offer the phrases of a judgement, or tell why it cannot be given."""
        panel, opened = self._sheet.panel, self._shelf.open()
        case = panel.line
        if case is None:
            self._notice.tell("caution", self.tr("受付を選んでください。"), self.tr("一覧で ↑↓ を押します。"))
            return
        staff = case.staff
        offer = partial(self._offer, kind, case.case_number)
        self._link.ask("judge", lambda: opened.guard.require(_ACTS[kind], of=staff), offer)

    def _offer(self, kind: ReviewKind, number: CaseNumber, _who: object) -> None:
        panel = self._sheet.panel
        if panel.line is not None and panel.line.case_number == number:
            self._sheet.show_days(are_shown=False)
            panel.ask(kind, self._shelf.open().book.phrases(kind))

    @Slot(object, str)
    def _judge(self, kind: ReviewKind, phrase: str) -> None:
        case = self._sheet.panel.line
        if case is None:
            return
        opened, number, why = self._shelf.open(), case.case_number, self._line.purpose
        act = partial(_judged, opened, kind, number, phrase, why)
        self._link.ask("", act, partial(self._take_judgement, kind, number), self._refuse)
        self._sheet.take_focus()

    def _take_judgement(self, kind: ReviewKind, number: CaseNumber, told: CaseTimeline) -> None:
        words = self.tr("{number} に付記しました。") if kind is ReviewKind.COMMENT else ""
        words = words or self.tr("{number} を{kind}しました。")
        self._sheet.panel.say("✓ " + words.format(number=number, kind=kind.label))
        table = self._sheet.table
        table.cases.put_line(told.line)
        if kind is ReviewKind.APPROVE:
            table.choose_after(str(number))
        elif table.line is not None and table.line.case_number == number:
            table.chosen.emit(told.line)
            self._take_timeline(number, told)
        self.judged.emit()

    # --- many in one go -----------------------------------------------------------------

    @Slot()
    def ask_all(self) -> None:
        """Ask whether all cases that nothing is to be said of are approved."""
        cases = self._sheet.sight.approvable if self._sheet.sight and self._sheet.found.isHidden() else ()
        if not cases:
            self._notice.tell("caution", self.tr("まとめて承認できる受付はありません。"))
            return
        numbers = tuple(case.case_number for case in cases)
        self._notice.tell(
            "accent",
            self.tr("見る点のない {count} 件を、まとめて承認しますか。").format(count=len(numbers)),
            self.tr("印刷して終わり、まだ確認していない受付です。見る点のある受付は残ります。"),
            topic=_ALL,
            actions=(
                (self.tr("まとめて承認する"), partial(self._approve_all, numbers)),
                (self.tr("やめる"), self._notice.dismiss),
            ),
            closable=False,
            numbered=True,
        )
        self._notice.focus_action()

    def _approve_all(self, numbers: tuple[CaseNumber, ...]) -> None:
        book = self._shelf.open().book
        self._notice.dismiss()
        self._link.ask("", lambda: book.approve_all(numbers), self._take_all, self._refuse)

    def _take_all(self, count: int) -> None:
        self._sheet.panel.say(self.tr("✓ {count} 件を承認しました。").format(count=count))
        self.judged.emit()

    def _refuse(self, error: KakanaiError) -> None:
        self._notice.tell_error(error)


def _judged(
    opened: OpenBook, kind: ReviewKind, number: CaseNumber, phrase: str, why: LookPurpose
) -> CaseTimeline:
    opened.book.judge(kind, number, phrase)
    return opened.book.timeline(number, why)
