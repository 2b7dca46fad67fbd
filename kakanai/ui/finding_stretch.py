"""④ 確認: the findings 指摘 of the filled forms; those that stop printing have an action each."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.forms.filled import FilledForm, Finding, FindingKind
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class FindingStretch(Stretch):
    """Lists findings; nothing blocks until printing.

    Signals:
        field_wanted(form, field): show the box and its question.
    """

    field_wanted = Signal(str, str)

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "④ 確認", parent)
        self._theme = theme
        self._flow = flow
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px("space.small"))
        self.decide_buttons: list[QPushButton] = []
        self._advice = TextLabel(
            self.tr("右の紙が、印刷されるとおりの紙面です。署名の欄は空けてあります。"), wrap=True
        )
        self._done = ActionButton(self.tr("印刷へ（Enter）"), "primary")
        self._done.clicked.connect(self.finished)
        self.foot_line.addWidget(self._advice, 1)
        self.foot_line.addWidget(self._done)
        self.lay.addWidget(self._list)
        self.lay.addStretch(1)
        flow.filled.connect(self._refresh)
        flow.changed.connect(self._refresh_state)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        had_focus = any(button.hasFocus() for button in self.decide_buttons)
        self._clear()
        findings = [finding for filled in self._flow.forms for finding in filled.findings]
        stopping = [finding for finding in findings if finding.stops]
        for finding in stopping:
            self._rows.addWidget(self._stopping_row(finding))
        for finding in findings:
            if finding.kind is FindingKind.LEFT_BLANK:
                self._rows.addWidget(self._left_blank_row(finding))
        for filled in self._flow.forms:
            self._rows.addWidget(self._form_row(filled))
        for finding in findings:
            if not finding.stops and finding.kind is not FindingKind.LEFT_BLANK:
                self._rows.addWidget(self._note_row(self.tr("参考"), f"{finding.form}　{finding.detail}"))
        self._tell_state(len(stopping), len(findings))
        self._refresh_state()
        if had_focus and self.is_open:
            self.take_focus()

    def _clear(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.decide_buttons = []

    def _tell_state(self, stopping: int, findings: int) -> None:
        if not self._flow.forms:
            self.tell(self.tr("まだです"), is_done=False)
        elif stopping:
            words = self.tr("▲ 指摘 {count}件 決めるまで印刷できません").format(count=stopping)
            self.tell(words, is_done=False)
        elif findings:
            self.tell(self.tr("印刷を止める指摘はありません"), is_done=True)
        else:
            self.tell(self.tr("指摘はありません"), is_done=True)

    def _stopping_row(self, finding: Finding) -> QWidget:
        row = QFrame()
        row.setObjectName("Panel")
        words = TextLabel(f"{finding.form}　{finding.detail}", wrap=True)
        go = ActionButton(self.tr("欄へ行く"))
        go.clicked.connect(partial(self._go, finding))
        decide = ActionButton(self.tr("空欄にして手書き"))
        decide.setAccessibleDescription(finding.detail)
        decide.clicked.connect(partial(self._decide, finding))
        self.decide_buttons.append(decide)
        line = QHBoxLayout(row)
        space = self._theme.px("space.small")
        line.setContentsMargins(space, space, space, space)
        line.addWidget(TextLabel(self.tr("× 印刷前に決める"), "badge-stop"))
        line.addWidget(words, 1)
        line.addWidget(go)
        line.addWidget(decide)
        return row

    def _left_blank_row(self, finding: Finding) -> QWidget:
        row = self._note_row(self.tr("✎ 手書き"), f"{finding.form}　{finding.detail}")
        undo = ActionButton(self.tr("やはり印字する"))
        undo.setAccessibleDescription(finding.detail)
        undo.setEnabled(self._flow.is_open)
        undo.clicked.connect(partial(self._undo, finding))
        lay = row.layout()
        if lay is not None:
            lay.addWidget(undo)
        return row

    @Slot()
    def _undo(self, finding: Finding) -> None:
        self._flow.print_after_all(finding)

    def _form_row(self, form: FilledForm) -> QWidget:
        words = self.tr("{sign} {form}　{title}　{pages}枚").format(
            sign="×" if form.stopping else "✓",
            form=form.template.id,
            title=form.template.title,
            pages=len(form.pages),
        )
        return TextLabel(words, "strong" if form.stopping else "")

    def _note_row(self, badge: str, words: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(TextLabel(badge, "badge-note"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(TextLabel(words, "small", wrap=True), 1)
        return row

    @Slot()
    def _go(self, finding: Finding) -> None:
        self.field_wanted.emit(finding.form, finding.field.partition("[")[0])

    @Slot()
    def _decide(self, finding: Finding) -> None:
        self._flow.leave_blank(finding)

    @Slot()
    def _refresh_state(self) -> None:
        self._list.setEnabled(self._flow.is_open)
        self._done.setEnabled(bool(self._flow.forms) and not self._flow.stopping)

    def take_focus(self) -> None:
        """Focus the first decision, or the button that goes on."""
        target = self.decide_buttons[0] if self.decide_buttons else self._done
        target.setFocus(Qt.FocusReason.OtherFocusReason)
