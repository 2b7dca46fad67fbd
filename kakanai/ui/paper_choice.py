"""The papers beside the forms in ⑤: 手続き案内書・受付票・説明カード, each ticked or not."""

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kakanai.settings.town_rules import PAPERS
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import TextLabel
from kakanai.ui.theme import Theme


class PaperChoice(QWidget):
    """One box for each paper; what the town wants is ticked from the first."""

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        words = (self.tr("手続き案内書(&G)"), self.tr("受付票(&U)"), self.tr("説明カード(&J)"))
        self.boxes = {paper: QCheckBox(label) for paper, label in zip(PAPERS, words, strict=True)}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px("space.medium"))
        line.addWidget(TextLabel(self.tr("一緒に渡す紙")))
        for paper, box in self.boxes.items():
            box.setAccessibleName(f"{paper} {box.text().partition('(')[0]}")
            box.toggled.connect(self._choose)
            line.addWidget(box)
        line.addStretch(1)
        flow.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show what is chosen now."""
        case = self._flow.case
        chosen = case.papers if case else self._flow.counter.office.town.papers_beside
        for paper, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(paper in chosen)
            box.setEnabled(case is not None and self._flow.is_open)

    @Slot()
    def _choose(self) -> None:
        self._flow.choose_papers(paper for paper, box in self.boxes.items() if box.isChecked())
