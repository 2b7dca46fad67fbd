"""停電・停止のときの用紙 (Shift+F11): scan a visitor's papers, say the day, and they are a case."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from kakanai.downtime.kit_desk import KitDesk
from kakanai.downtime.kit_papers import KitPaper, PaperState
from kakanai.downtime.paper_number import PaperNumber
from kakanai.errors import KakanaiError
from kakanai.identity.typed_date import read_typed_date
from kakanai.messages import message_for
from kakanai.sessionlog.entry import JST
from kakanai.staff.act import Act
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, FittingStack, FlowLayout, TextLabel, set_property
from kakanai.ui.downtime.kit_panel import KitPanel
from kakanai.ui.downtime.void_question import VoidQuestion
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.paper_worker import PaperLink
from kakanai.ui.theme import Theme

_TWO_SIDES: Final = 760
"""Pixels at the ordinary text size from which both lists stand side by side."""


class DowntimePage(QWidget):
    """The papers of one visitor on the left, all that still wait on the right.

    A scanner types the QR code and Enter; so the line has the focus again after each paper.

    Signals:
        left(): back to the counter.
    """

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: Callable[[], KitDesk],
        paper: PaperLink,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._desk = desk
        self.papers: list[KitPaper] = []
        self.number = EntryRow(theme, self.tr("用紙の QR を読むか、番号を入れて Enter"), length=80)
        self.number.entered.connect(self.add_typed)
        self.day = EntryRow(theme, self.tr("受け付けた日（例: 1121、きのうは「昨日」）"), length=20)
        self.day.entered.connect(self.take)
        self.chosen = QListWidget()
        self.chosen.setAccessibleName(self.tr("この来庁者の用紙"))
        self.waiting = QListWidget()
        self.waiting.setAccessibleName(self.tr("まだ記録していない用紙"))
        self.waiting.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.waiting.itemActivated.connect(self._take_item)
        self.count = TextLabel("", "group")
        self.state = TextLabel("", "alarm", wrap=True)
        self.go = ActionButton(self.tr("1つの受付として記録する"), "primary")
        self.go.clicked.connect(self.take)
        self.void = ActionButton(self.tr("廃棄した用紙として記録する"))
        self.void.clicked.connect(self.ask_void)
        self.question = VoidQuestion(theme)
        self.question.agreed.connect(self.void_chosen)
        self.question.declined.connect(self._keep)
        self.clear = ActionButton(self.tr("選び直す"))
        self.clear.clicked.connect(self.begin)
        self.back = ActionButton(self.tr("受付に戻る（Shift+F11・Esc）"))
        self.back.clicked.connect(self.left)
        self.more = ActionButton(self.tr("用紙を前もって印刷する"))
        self.more.clicked.connect(self.open_kit)
        self.kit = KitPanel(theme, desk, paper)
        self.kit.left.connect(self._close_kit)
        self.kit.void_wanted.connect(self._take_not_out)
        self._lay(theme)

    def _lay(self, theme: Theme) -> None:
        whole = QVBoxLayout(self)
        edge = theme.px("space.wide")
        whole.setContentsMargins(edge, theme.px("space.large"), edge, theme.px("space.large"))
        whole.setSpacing(theme.px("space.small"))
        whole.addWidget(TextLabel(self.tr("停電・停止のときの用紙"), "title"))
        self._scan = QWidget()
        self._stack = FittingStack()
        self._stack.add_page(self._scan)
        self._stack.add_page(self.kit)
        whole.addWidget(self._stack, 1)
        scan = QVBoxLayout(self._scan)
        scan.setContentsMargins(0, 0, 0, 0)
        scan.setSpacing(theme.px("space.small"))
        told = self.tr(
            "前もって刷った用紙に手書きで受け付けたものを、番号で操作ログに記録します。"
            "来庁者1人の用紙を続けて読み、まとめて1つの受付にします。氏名などは入れません。"
        )
        scan.addWidget(TextLabel(told, wrap=True))
        left, right = QVBoxLayout(), QVBoxLayout()
        for widget in (self.number, self.chosen, self.day, self.state):
            left.addWidget(widget, int(widget is self.chosen))
        right.addWidget(self.count)
        right.addWidget(self.waiting, 1)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(theme.px("space.wide"))
        self._sides.addLayout(left, 3)
        self._sides.addLayout(right, 2)
        scan.addLayout(self._sides, 1)
        scan.addWidget(self.question)
        self._buttons = buttons = QWidget()
        flow = FlowLayout(theme.px("space.small"))
        for button in (self.go, self.void, self.clear, self.more, self.back):
            flow.addWidget(button)
        buttons.setLayout(flow)
        scan.addWidget(buttons)
        for box in (self.chosen, self.waiting):
            theme.size(box, "setMinimumHeight", "measure.two_rows")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What waits stands beside the visitor's papers, or below them where letters are large."""
        super().resizeEvent(event)
        is_wide = self.width() >= _TWO_SIDES * self._theme.text_percent // 100
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    # --- what is shown ------------------------------------------------------------------

    def open(self) -> None:
        """The page comes into sight; a kit that is being made is shown."""
        if self._stack.current is self.kit:
            self.kit.open()
        else:
            self.begin()

    @Slot()
    def begin(self) -> None:
        """Begin with no paper of nobody; the day stays, for papers of one day come together."""
        self.papers = []
        self._keep()
        if not self.day.typed:
            self.day.begin(self._today().strftime("%m%d"))
        self._tell("")
        self._show()
        self.number.begin()
        self.number.take_focus()

    def _show(self) -> None:
        self.chosen.clear()
        for paper in self.papers:
            self.chosen.addItem(f"{paper.number}　{paper.record.form} {self._title(paper.record.form)}")
        for button in (self.go, self.void, self.clear):
            button.setEnabled(bool(self.papers))
        may_prepare = self._may_prepare()
        self.void.setVisible(may_prepare)
        self.more.setVisible(may_prepare)
        self.waiting.clear()
        try:
            known = self._desk().papers()
        except KakanaiError as error:
            self._refuse(error)
            return
        left = [paper for paper in known if paper.state is PaperState.WAITING]
        for paper in left:
            self.waiting.addItem(f"{paper.number}　{paper.record.form}　{paper.printed_on.isoformat()}")
        words = self.tr("まだ記録していない用紙　{count} 枚")
        if not left:
            words = self.tr("まだ記録していない用紙はありません")
        self.count.setText(words.format(count=len(left)))

    def _title(self, form: str) -> str:
        try:
            return self._desk().office.forms.by_id(form).title
        except KakanaiError:
            return ""  # printed before the town took the form away; its id stands beside it

    def _tell(self, words: str, role: str = "alarm") -> None:
        set_property(self.state, "role", role)
        self.state.setText(words)

    def _refuse(self, error: KakanaiError) -> None:
        message = message_for(error)
        self._tell(f"× {message.what}（{error.code}）{message.next_step}")

    def _today(self) -> dt.date:
        return self._desk().office.now().astimezone(JST).date()

    # --- acts ---------------------------------------------------------------------------

    @Slot()
    def add_typed(self) -> None:
        """Take what was scanned or typed as one more paper of this visitor."""
        text = self.number.line.text()
        if not text.strip():
            if self.papers:
                self.day.take_focus()
            return
        self.number.begin()
        self.number.take_focus()
        try:
            number = PaperNumber.typed(text)
            paper = self._desk().paper(number)
        except KakanaiError as error:
            self._refuse(error)
            return
        if paper.number not in {one.number for one in self.papers}:
            self.papers.append(paper)
        self._tell("")
        self._show()

    @Slot()
    def take(self) -> None:
        """The papers become one case."""
        if not self.papers:
            self.number.take_focus()
            return
        day = read_typed_date(self.day.typed, self._today(), is_birth=False).date
        exact = None if day is None else day.as_date()
        if exact is None:
            self.day.say(self.tr("日付が読み取れません。"), is_wrong=True)
            self.day.take_focus()
            return
        try:
            taken = self._desk().take([paper.number for paper in self.papers], exact, ())
        except KakanaiError as error:
            self._refuse(error)
            return
        count = len(self.papers)
        self.begin()
        words = self.tr("✓ 受付番号 {number} として記録しました（用紙 {count} 枚）。")
        self._tell(words.format(number=taken.case_number, count=count), "ok")

    def _may_prepare(self) -> bool:
        guard = self._desk().office.guard
        try:
            return guard is None or guard.may(Act.PREPARE_DOWNTIME)
        except KakanaiError:  # the log cannot be asked now; who presses is told why
            return True

    @Slot()
    def ask_void(self) -> None:
        """Ask once more, with the numbers, before the papers are noted as destroyed."""
        if self.papers:
            self._tell("")
            self._buttons.hide()
            self.number.setEnabled(False)
            self.question.ask(self.papers)

    @Slot()
    def _keep(self) -> None:
        self.question.hide()
        self._buttons.show()
        self.number.setEnabled(True)
        self.number.take_focus()

    @Slot()
    def void_chosen(self) -> None:
        """The papers were destroyed."""
        self._keep()
        try:
            papers = self._desk().void([paper.number for paper in self.papers])
        except KakanaiError as error:
            self._refuse(error)
            return
        self.begin()
        self._tell(self.tr("✓ 用紙 {count} 枚を廃棄したと記録しました。").format(count=len(papers)), "ok")

    @Slot()
    def open_kit(self) -> None:
        """Print papers in advance."""
        self._stack.show_page(self.kit)
        self.kit.open()

    @Slot()
    def _close_kit(self) -> None:
        self._stack.show_page(self._scan)
        self.begin()

    @Slot(object)
    def _take_not_out(self, papers: Sequence[KitPaper]) -> None:
        self._close_kit()
        self.papers = list(papers)
        self._show()
        self.ask_void()

    @Slot()
    def _take_item(self) -> None:
        item = self.waiting.currentItem()
        if item is not None:
            self.number.line.setText(item.text().split("　")[0])
            self.add_typed()


def downtime_page(theme: Theme, flow: CaseFlow) -> DowntimePage:
    """The page for whoever is at the counter."""
    return DowntimePage(theme, lambda: KitDesk(flow.counter.office, flow.counter.clerk), flow.paper)
