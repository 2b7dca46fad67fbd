"""The short help (F1) over the conversation: the way of one case and the keys."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.theme import Theme


class HelpPage(QWidget):
    """One page to read while somebody waits.

    Signals:
        left(): back to where the clerk was.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.wide"))
        grid.setVerticalSpacing(theme.px("space.small"))
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("Enter"), self.tr("次にすることへ進みます。")),
            (self.tr("Alt+1 〜 Alt+5"), self.tr("① 本人 〜 ⑤ 印刷 を、いつでもどこからでも開きます。")),
            (self.tr("F2"), self.tr("カードを読みます。置くだけでも始まります。残り回数を先に出します。")),
            (self.tr("F10"), self.tr("暗証番号が分からないとき、照合番号B（券面の数字）で読みます。")),
            (self.tr("Esc"), self.tr("カードの画面をやめます。運転免許証や在留カードに替えられます。")),
            (self.tr("F3"), self.tr("カードがないとき、氏名などを手で入力します。")),
            (
                self.tr("F4 と 1桁の番号"),
                self.tr("できごとを選びます。要る手続は答えで決まります。? は理由。"),
            ),
            (self.tr("F4 と 番号・読み"), self.tr("手続を探し、Enter で選びます。←→ はできごとの棚です。")),
            (
                self.tr("F5・Ctrl+↓"),
                self.tr("答えのない次の項目、次のまとまりへ行きます。空欄でも進めます。"),
            ),
            (self.tr("Delete"), self.tr("選んだ答えを取り消します。")),
            (self.tr("F6"), self.tr("紙を大きくします。紙の欄を押すと、その項目へ行きます。")),
            (self.tr("Ctrl+Tab・PgUp・PgDn"), self.tr("次の様式、前のページ、次のページを見ます。")),
            (self.tr("F8"), self.tr("印刷の画面を開き、もう一度押すと印刷します。")),
            (
                self.tr("F9"),
                self.tr("受付を保留にします。続きは Alt+↑↓ か Ctrl+番号。取りやめは Shift+F9。"),
            ),
            (self.tr("F7"), self.tr("受付の合間に職員番号を替えます。")),
            (self.tr("F11"), self.tr("日報を見ます。")),
            (
                self.tr("F12"),
                self.tr("来庁者画面を出します。Alt+C 確かめてもらう、Ctrl+L 次の言語、Alt+X 中立に戻す。"),
            ),
            (self.tr("Shift+F12"), self.tr("町の設定を見ます。管理者が変えられます。")),
        )
        signs = self.tr("● カードから　✎ 聞き取り・入力　= 自動　⚠ カードと違う、または責任者の判断で使用")
        for number, (key, words) in enumerate(rows):
            grid.addWidget(TextLabel(key, "strong"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(TextLabel(words, wrap=True), number, 1)
        self._back = ActionButton(self.tr("閉じる（Esc）"), "primary")
        self._back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        wide = theme.px("space.wide")
        column.setContentsMargins(wide, wide, wide, wide)
        column.setSpacing(theme.px("space.large"))
        column.addWidget(TextLabel(self.tr("使い方"), "title"))
        column.addWidget(self._scrolled(theme, grid, signs), 1)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)

    def _scrolled(self, theme: Theme, grid: QGridLayout, signs: str) -> QScrollArea:
        # A notice above takes height from the page; it must scroll then, not make the window taller.
        body = QWidget()
        body.setObjectName("StretchBody")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px("space.large"))
        inner.addLayout(grid)
        inner.addWidget(TextLabel(signs, "small", wrap=True))
        inner.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("StretchScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        return self._scroll

    def take_focus(self) -> None:
        """Focus the button that closes."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; the keys that page and the arrows scroll, when there is more than is shown."""
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
        }
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
