"""Warnings of the day's log with what to do; the gravest are in sight, all of them on 記録."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kakanai.daybook.day_warnings import DayWarning
from kakanai.ui.controls import TextLabel, set_property
from kakanai.ui.theme import Theme

_IN_SIGHT = 2


def told_warning(warning: DayWarning) -> str:
    """A warning with its sign: × where the log may not be what it was, ▲ else."""
    sign = "× 重要" if warning.is_grave else "▲"
    return f"{sign}　{warning.words}→ {warning.next_step}"


class WarningStrip(QFrame):
    """At most two warnings, and how many more there are; away when there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Notice")
        self._label = TextLabel("", wrap=True)
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        tight = theme.px("space.tight")
        column.setContentsMargins(space, tight, space, tight)
        column.addWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        """What is in sight."""
        return self._label.text()

    def show_warnings(self, warnings: Sequence[DayWarning]) -> None:
        """Show these warnings, the grave ones first."""
        sorted_ = sorted(warnings, key=lambda one: not one.is_grave)
        lines = [told_warning(one) for one in sorted_[:_IN_SIGHT]]
        if len(sorted_) > _IN_SIGHT:
            lines[-1] += self.tr("　ほか {count} 件（K）").format(count=len(sorted_) - _IN_SIGHT)
        set_property(self, "tone", "danger" if any(one.is_grave for one in warnings) else "caution")
        self._label.setText("\n".join(lines))
        self.setAccessibleName(self.tr("警告 {count} 件").format(count=len(sorted_)))
        self.setAccessibleDescription(self._label.text())
        self.setVisible(bool(lines))
