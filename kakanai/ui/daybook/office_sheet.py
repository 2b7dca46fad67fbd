"""記録: every warning, what to ask the staff, who waits, and the acts of the day that belong to no case."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.staff.act import Act
from kakanai.ui.controls import ActionButton
from kakanai.ui.daybook.open_book import DaySight
from kakanai.ui.daybook.reading_text import ReadingText
from kakanai.ui.daybook.warning_strip import told_warning
from kakanai.ui.theme import Theme


class OfficeSheet(QWidget):
    """One text to read, and the button by which a supervisor takes note of a roll-back 巻き戻り.

    Signals:
        acknowledged(): the supervisor looked into it.
    """

    acknowledged = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ReadingText(self.tr("警告と、受付のほかの記録"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.button = ActionButton(self.tr("操作ログの巻き戻りを確かめた（紙の日報と見くらべた）"))
        self.button.clicked.connect(self.acknowledged)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        self.button.hide()
        theme.size(self.text, "setMinimumHeight", "measure.table_height")

    def show_sight(self, sight: DaySight) -> None:
        """Show what belongs to the day."""
        text, page = self.text, sight.page
        self.button.setVisible(sight.is_rolled_back and Act.ACKNOWLEDGE_ROLL_BACK in sight.may)
        text.begin()
        text.add("", bold=self.tr("警告"))
        for warning in page.warnings:
            text.add(told_warning(warning))
        for concern in page.staff_concerns:
            text.add(f"▲　{concern.words}")
        if not page.warnings and not page.staff_concerns:
            text.add(self.tr("✓ 警告はありません。"))
        text.add("", bold=self.tr("受付が残っている職員"))
        text.add("、".join(page.waiting_staff) or self.tr("✓ いません。"))
        text.add("", bold=self.tr("受付のほかの記録（サインイン・設定・書き出しなど）"))
        text.add_acts(page.office_acts)
        if not page.office_acts:
            text.add(self.tr("ありません。"))
        if page.head is not None:
            words = self.tr("操作ログの先頭: {seq:,} 番　{hash}")
            text.add(words.format(seq=page.head.seq, hash=page.head.hash))
        text.add(
            self.tr(
                "氏名・住所・生年月日・個人番号・暗証番号は記録されません。記録は直すことも消すこともできません。"
            )
        )
        text.end()
