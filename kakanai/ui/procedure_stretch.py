"""② 手続: every procedure with a check box and a number key, and the forms that it opens."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from kakanai.reception.procedure import Procedure
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme

_NUMBER_KEYS = "1234567890"
_COLUMNS = 2


class ProcedureStretch(Stretch):
    """Check boxes by group; a number key ticks the box of that number."""

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "② 手続", parent)
        self._flow = flow
        self.boxes: dict[str, QCheckBox] = {}
        self._is_refreshing = False
        office = flow.counter.office
        groups: dict[str, list[Procedure]] = {}
        for procedure in office.procedures.procedures.values():
            groups.setdefault(procedure.group, []).append(procedure)
        for group, procedures in groups.items():
            self._add_group(theme, group, procedures)
        self._chosen = TextLabel("", wrap=True)
        self._done = ActionButton(self.tr("聞き取りへ（Enter）"), "primary")
        self._done.clicked.connect(self.finished)
        self.foot_line.addWidget(self._chosen, 1)
        self.foot_line.addWidget(self._done)
        self.lay.addStretch(1)
        flow.changed.connect(self._refresh)
        self._refresh()

    def _add_group(self, theme: Theme, group: str, procedures: list[Procedure]) -> None:
        self.lay.addWidget(TextLabel(group, "group"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.medium"))
        grid.setVerticalSpacing(theme.px("space.tight"))
        known = self._flow.counter.office.forms.templates
        for place, procedure in enumerate(procedures):
            number = len(self.boxes)
            key = _NUMBER_KEYS[number] if number < len(_NUMBER_KEYS) else " "
            box = QCheckBox(f"{key}  {procedure.title}　{'・'.join(procedure.forms)}")
            box.setAccessibleName(procedure.title)
            titles = [known[form].title for form in procedure.forms if form in known]
            box.setAccessibleDescription("、".join(titles))
            box.setToolTip("、".join(titles))
            missing = [form for form in procedure.forms if form not in known]
            if missing:
                box.setEnabled(False)
                box.setProperty("lacks_form", True)
                box.setToolTip(self.tr("様式 {form} がありません").format(form="・".join(missing)))
            box.toggled.connect(self._choose)
            self.boxes[procedure.id] = box
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self.lay.addLayout(grid)

    @Slot()
    def _choose(self) -> None:
        if not self._is_refreshing:
            self._flow.choose([name for name, box in self.boxes.items() if box.isChecked()])

    @Slot()
    def _refresh(self) -> None:
        case = self._flow.case
        chosen = {procedure.id: procedure for procedure in case.procedures} if case else {}
        self._is_refreshing = True
        for name, box in self.boxes.items():
            box.setChecked(name in chosen)
            box.setEnabled(self._flow.is_open and not box.property("lacks_form"))
        self._is_refreshing = False
        forms = case.forms if case else ()
        titles = "・".join(procedure.title for procedure in chosen.values())
        self._chosen.setText(
            self.tr("様式: {forms}").format(forms="・".join(forms))
            if forms
            else self.tr(
                "来庁者の用件をすべて選びます（数字キーでも選べます）。同じことは一度しか聞きません。"
            )
        )
        self._done.setEnabled(bool(forms))
        words = self.tr("{titles} → {count}様式").format(titles=titles, count=len(forms))
        self.tell(words if forms else self.tr("まだです"), is_done=bool(forms))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Number keys tick, Enter goes on."""
        keys = _NUMBER_KEYS[: len(self.boxes)]
        if event.text() and event.text() in keys:
            box = list(self.boxes.values())[keys.index(event.text())]
            if box.isEnabled():
                box.setFocus(Qt.FocusReason.ShortcutFocusReason)
                box.toggle()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._done.isEnabled():
                self.finished.emit()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Focus the first ticked box, or the first one."""
        boxes = [box for box in self.boxes.values() if box.isEnabled()]
        target = next((box for box in boxes if box.isChecked()), boxes[0] if boxes else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
