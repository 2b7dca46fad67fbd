"""前もって用紙を印刷する: which forms, how many of each, on which printer or as files."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kakanai.downtime.errors import KitNotOutError
from kakanai.downtime.kit_desk import KitDesk
from kakanai.downtime.kit_drawing import titles_for_kit
from kakanai.downtime.kit_making import KitMaking, PrintedKit
from kakanai.downtime.kit_papers import KitPaper, PaperState
from kakanai.downtime.paper_number import MOST_PAPERS
from kakanai.errors import KakanaiError
from kakanai.forms.fonts import FontShelf
from kakanai.messages import message_for
from kakanai.printing.by_paper import watch
from kakanai.printing.progress import PrintProgress
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, TextLabel, set_property
from kakanai.ui.daybook.into_sight import bring_into_sight
from kakanai.ui.downtime.form_choice import FormChoice
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.paper_worker import PaperLink
from kakanai.ui.theme import Theme

_TWO_SIDES: Final = 760
"""Pixels at the ordinary text size from which the list stands beside the other fields."""


class KitPanel(QWidget):
    """Draws on the paper thread, one form at a time: what a counter needs meanwhile goes in between.

    Signals:
        left(): back to the papers that were filled in.
        void_wanted(list of KitPaper): these did not come out.
    """

    left = Signal()
    void_wanted = Signal(object)

    def __init__(
        self, theme: Theme, desk: Callable[[], KitDesk], paper: PaperLink, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._paper = paper
        self._shelf: FontShelf | None = None
        self._making: KitMaking | None = None
        self._maker: tuple[KitDesk, str] | None = None
        self._is_printing = False
        self._not_out = ""
        self.forms = FormChoice(theme)
        self.forms.changed.connect(self._refresh)
        self.copies = EntryRow(theme, self.tr("様式ごとの枚数（部数）"), length=4)
        self.copies.begin("10")
        self.copies.changed.connect(self._refresh)
        self.printers = ChoiceBox()
        self.printers.setAccessibleName(self.tr("用紙の印刷先"))
        self.told = TextLabel("", "group")
        self.state = TextLabel("", "alarm", wrap=True)
        self.go = ActionButton(self.tr("番号を付けて印刷する"), "primary")
        self.go.clicked.connect(self.make)
        self.void = ActionButton(self.tr("この束をすべて廃棄にする"))
        self.void.clicked.connect(self._void)
        self.void.hide()
        self.stop = ActionButton("")
        self.stop.clicked.connect(self.give_up)
        self.forms.entered.connect(self.copies.take_focus)
        self.copies.entered.connect(self.printers.setFocus)
        self._lay(theme)
        paper.printers_listed.connect(self.show_printers)
        paper.done.connect(self._take_answer)
        paper.progress.connect(self._take_progress)
        self._refresh()

    def _lay(self, theme: Theme) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px("space.small"))
        told = self.tr(
            "何も書いていない様式に、1枚ずつ違う番号と QR を付けます。使用記録（番号の一覧）も一緒に出ます。"
            "番号は印刷の前に操作ログに入ります。"
        )
        whole.addWidget(TextLabel(told, wrap=True))
        right = QVBoxLayout()
        right.addWidget(self.copies)
        label = TextLabel(self.printers.accessibleName(), "strong")
        label.setBuddy(self.printers)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        right.addWidget(label)
        right.addWidget(self.printers)
        right.addWidget(self.told)
        right.addWidget(self.state)
        right.addStretch(1)
        self._sides = QHBoxLayout()
        self._sides.setSpacing(theme.px("space.wide"))
        self._sides.addWidget(self.forms, 3)
        self._sides.addLayout(right, 2)
        whole.addLayout(self._sides, 1)
        buttons = QWidget()
        flow = FlowLayout(theme.px("space.small"))
        for button in (self.go, self.void, self.stop):
            flow.addWidget(button)
        buttons.setLayout(flow)
        whole.addWidget(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stands beside the other fields, or above them where letters are large."""
        super().resizeEvent(event)
        is_wide = self.width() >= _TWO_SIDES * self._theme.text_percent // 100
        direction = QBoxLayout.Direction
        self._sides.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    # --- what is shown ------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether a kit is being drawn or printed."""
        return self._making is not None

    def open(self) -> None:
        """The panel comes into sight; what was chosen last stays, and what became of it."""
        if not self.is_busy:
            self.forms.offer(titles_for_kit(self._desk().office.forms.templates))
            self._paper.list_printers()
        self._refresh()
        self.forms.line.take_focus()

    @Slot(object)
    def show_printers(self, names: tuple[str, ...]) -> None:
        """Offer these ways out; what was chosen stays."""
        chosen = self.printers.currentText()
        self.printers.clear()
        self.printers.addItems(list(names))
        self.printers.setCurrentIndex(max(self.printers.findText(chosen), 0))
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        count, forms = self._count(), self.forms.chosen
        papers = count * len(forms)
        if papers > MOST_PAPERS:
            words = self.tr("▲ 一度に作れるのは {most} 枚までです（いま {papers} 枚）")
        elif papers:
            words = self.tr("{forms} 様式 × {count} 部 ＝ 番号 {papers} 個")
        else:
            words = self.tr("様式と枚数を入れます")
        self.told.setText(words.format(forms=len(forms), count=count, papers=papers, most=MOST_PAPERS))
        is_free = not self.is_busy
        self.go.setEnabled(is_free and 0 < papers <= MOST_PAPERS and self.printers.count() > 0)
        for field in (self.forms, self.copies, self.printers):
            field.setEnabled(is_free)
        self.stop.setText(self._words_of_stop())
        self.stop.setAccessibleName(self.stop.text())
        self.void.setVisible(bool(self._not_out) and is_free)

    def _words_of_stop(self) -> str:
        if self._is_printing:
            return self.tr("戻る（印刷は続きます・Esc）")
        return self.tr("作るのをやめて戻る（Esc）") if self.is_busy else self.tr("戻る（Esc）")

    def _count(self) -> int:
        typed = self.copies.typed
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    def _tell(self, words: str, role: str = "alarm") -> None:
        set_property(self.state, "role", role)
        self.state.setText(words)
        if words:
            QTimer.singleShot(0, self, self._come_into_sight)  # once it is laid out

    @Slot()
    def _come_into_sight(self) -> None:
        bring_into_sight(self.state)

    # --- acts ---------------------------------------------------------------------------

    @Slot()
    def make(self) -> None:
        """Draw the kit form by form, then log and print it."""
        self._not_out = ""
        self._shelf = self._shelf or FontShelf()
        desk = self._desk()
        try:
            self._making = desk.begin_kit(self.forms.chosen, self._count(), self._shelf)
        except KakanaiError as error:
            self._end(error)
            return
        self._maker = desk, self.printers.currentText()
        self._go_on(self._making)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)  # all else is shut meanwhile

    def _go_on(self, making: KitMaking) -> None:
        if making.is_drawn:
            self._is_printing = True
            assert self._maker is not None  # noqa: S101  # begun with one
            desk, name = self._maker
            self._tell(self.tr("● 印刷しています　{name}").format(name=name), "")
            self._do(making, lambda: self._release(desk, making, name))
        else:
            words = self.tr("● 作っています（{done}/{total}）。その間も受付はできます。")
            self._tell(words.format(done=len(making.documents), total=making.total), "")
            self._do(making, making.draw_next)
        self._refresh()

    def _do(self, making: KitMaking, act: Callable[[], object]) -> None:
        # Named after the kit, so that the answer to one that was given up is not taken for another's.
        def acted() -> object:
            try:
                return act()
            except KakanaiError:
                raise
            except BaseException:
                # The panel must not wait for ever; the crash guard tells what this was.
                self._paper.done.emit(making.kit, False)
                raise

        self._paper.do(making.kit, acted)

    def _release(self, desk: KitDesk, making: KitMaking, name: str) -> PrintedKit:
        # On the paper thread: nothing of the window is touched here.
        printer = self._paper.printer_for(name)
        watch(printer, self._paper.progress.emit)
        return desk.release_kit(making, printer)

    @Slot(object)
    def _take_progress(self, progress: PrintProgress) -> None:
        if self._is_printing:
            stuck = progress.trouble
            told = "、".join(dict.fromkeys(state.label for _, state in progress.states))
            words = self.tr("▲ プリンターを見てください: {told}") if stuck else self.tr("● {told}")
            self._tell(words.format(told=told), "alarm" if stuck else "")

    @Slot(str, object)
    def _take_answer(self, errand: str, answer: object) -> None:
        making = self._making
        if making is None or errand != making.kit:
            return
        if answer is False:
            self._end(None)
            self._tell("")
        elif isinstance(answer, KakanaiError):
            self._end(answer)
        elif isinstance(answer, PrintedKit):
            self._end(None)
            self._tell(self._told_of(answer), "ok")
        else:
            self._go_on(making)

    def _told_of(self, kit: PrintedKit) -> str:
        words = self.tr(
            "✓ 束 {kit}　番号 {first} から {last}（{pages} ページ）を出しました。"
            "使用記録と一緒に、番号のまま保管します。"
        )
        first, last = kit.forms[0].numbers[0], kit.forms[-1].numbers[-1]
        told = words.format(kit=kit.kit, first=first, last=last, pages=kit.pages)
        return told + (f" {kit.files[0].parent}" if kit.files else "")

    def _end(self, error: KakanaiError | None) -> None:
        self._making, self._maker, self._is_printing = None, None, False
        if isinstance(error, KitNotOutError):
            self._not_out = str(error.details["kit"])
        if error is not None:
            message = message_for(error)
            self._tell(f"× {message.what}（{error.code}）{message.next_step}")
        self._refresh()

    @Slot()
    def _void(self) -> None:
        papers = [paper for paper in self._papers() if f"D{paper.number.kit}" == self._not_out]
        self._not_out = ""
        self._refresh()
        if papers:
            self.void_wanted.emit(papers)

    def _papers(self) -> list[KitPaper]:
        try:
            return [paper for paper in self._desk().papers() if paper.state is PaperState.WAITING]
        except KakanaiError as error:
            self._end(error)
            return []

    @Slot()
    def give_up(self) -> None:
        """Back; a kit that is still being drawn comes to nothing, one that is printed goes on."""
        if not self._is_printing:
            self._making = None
            self._refresh()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)
