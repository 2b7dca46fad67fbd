"""The short help (F1): the keys in the order of a case, and those around it; bound in window_keys.py."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.theme import Theme

Rows = tuple[tuple[str, str], ...]
"""Keys, with ・ between those that go together, and what they do."""

_TWO_COLUMNS = 1000
"""Pixels at the ordinary text size from which two columns stand side by side."""


class HelpPage(QWidget):
    """One page to read while somebody waits.

    Signals:
        left(): back to where the clerk was.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows = (self._way_of_a_case(), self._around_it())
        self._grids = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._grids.setSpacing(theme.px("space.wide"))
        for rows in self.rows:
            self._grids.addLayout(self._grid(theme, rows), 1)
        signs = self.tr("● カードから　✎ 聞き取り・入力　= 自動　⚠ カードと違う、または責任者の判断で使用")
        self._back = ActionButton(self.tr("閉じる（Esc）"), "primary")
        self._back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        wide = theme.px("space.wide")
        column.setContentsMargins(wide, wide, wide, wide)
        column.setSpacing(theme.px("space.large"))
        column.addWidget(TextLabel(self.tr("使い方"), "title"))
        column.addWidget(self._scrolled(theme, signs), 1)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)

    def _way_of_a_case(self) -> Rows:
        """The keys in the order of a case."""
        return (
            ("Enter", self.tr("次にすることへ進みます。")),
            ("Alt+1〜5", self.tr("① 本人 〜 ⑤ 印刷を、いつでも開きます。")),
            ("F2", self.tr("カードを読みます。置くだけでも始まります。")),
            ("F10", self.tr("照合番号B（券面の数字）で読みます。")),
            ("Esc", self.tr("カードの画面をやめ、別のカードにします。")),
            ("F3", self.tr("カードがないとき、手で入力します。")),
            ("Ctrl+N・Ctrl+Delete", self.tr("人を足します・外します。")),
            (self.tr("F4、1けたの番号"), self.tr("できごとを選びます。? で理由が出ます。")),
            (self.tr("F4、番号・読み"), self.tr("手続を探します。←→ は棚、Space で外します。")),
            ("F5・Ctrl+↓・Ctrl+↑", self.tr("次の空いた項目・次と前のまとまり。")),
            ("Ctrl+O", self.tr("なければ選ばない項目を開き、たたみます。")),
            ("Delete・Ctrl+Z", self.tr("選んだ答えを消します・1つ前に戻します。")),
            ("Alt+M", self.tr("④ の持ち物・書類に印を付けます。")),
            ("F8", self.tr("⑤ 印刷を開き、もう一度で印刷します。")),
        )

    def _around_it(self) -> Rows:
        """The keys for what is beside a case, and for the screens."""
        return (
            ("F6・Ctrl+Tab", self.tr("紙を大きくします・次の様式を見ます。")),
            ("PgUp・PgDown", self.tr("前の枚・次の枚。紙の枠を押すと、その項目へ。")),
            ("F9・Shift+F9", self.tr("受付を保留にします・取りやめます。")),
            ("Alt+↓・Alt+↑・Ctrl+1〜9", self.tr("保留の受付を続けます。")),
            ("F12", self.tr("来庁者画面を出します。筆談もここです。")),
            ("Alt+C・Alt+X", self.tr("来庁者に確かめてもらう・中立に戻す。")),
            ("Ctrl+L", self.tr("来庁者画面を次の言語にします。")),
            ("Alt+B・Alt+H", self.tr("来庁者画面を大きな文字・高コントラストに。")),
            ("Alt+0", self.tr("小さい画面で、左の欄を出します。")),
            ("Ctrl+K", self.tr("色を替えます（明るい・暗い・高コントラスト）。")),
            ("Ctrl++・Ctrl+-・Ctrl+0", self.tr("文字を大きく・小さく・もとの大きさに。")),
            ("F7・Ctrl+Shift+L", self.tr("受付の合間に職員を替えます・離席でロックします。")),
            ("F11・Shift+F11", self.tr("日報を見ます・停電のときの用紙を記録します。")),
            ("Shift+F7・Shift+F8・Shift+F12", self.tr("職員・プリンター・町の設定を開きます。")),
        )

    @staticmethod
    def _grid(theme: Theme, rows: Rows) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.large"))
        grid.setVerticalSpacing(theme.px("space.small"))
        grid.setColumnStretch(1, 1)
        for number, (key, words) in enumerate(rows):
            grid.addWidget(TextLabel(key, "strong"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(TextLabel(words, wrap=True), number, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(rows), 1)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both columns beside each other where there is room for their letters."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_wide = self.width() >= _TWO_COLUMNS * self._theme.text_percent // 100
        self._grids.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    def _scrolled(self, theme: Theme, signs: str) -> QScrollArea:
        # A notice above takes height from the page; it must scroll then, not make the window taller.
        body = QWidget()
        body.setObjectName("StretchBody")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px("space.large"))
        inner.addLayout(self._grids)
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
