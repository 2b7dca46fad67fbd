"""The figures of the day at a glance: a label and a number each."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kakanai.daybook.day_figures import DayFigures
from kakanai.ui.controls import FlowLayout, TextLabel
from kakanai.ui.theme import Theme


class _Figure(QWidget):
    """One number with its label over it."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = TextLabel(label, "small")
        self.value = TextLabel("", "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.value)


class FiguresLine(QWidget):
    """All figures in a line, which goes on in the next where there is no room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lay = FlowLayout(theme.px("space.large"))
        self._figures: dict[str, _Figure] = {}
        self.setLayout(self._lay)

    @property
    def words(self) -> str:
        """All figures in one line of words."""
        return "、".join(f"{name} {figure.value.text()}" for name, figure in self._figures.items())

    def show_figures(self, figures: DayFigures | None) -> None:
        """Show these figures; none takes the line away."""
        self.setVisible(figures is not None)
        for label, value in figures.told() if figures else ():
            if label not in self._figures:
                self._figures[label] = _Figure(label)
                self._lay.addWidget(self._figures[label])
            self._figures[label].value.setText(value)
        self.setAccessibleName(self.words)

    def labels(self) -> list[QLabel]:
        """The numbers, for who measures them."""
        return [figure.value for figure in self._figures.values()]
