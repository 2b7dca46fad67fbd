"""④ 確認: the findings 指摘 of the filled forms; those that stop printing have an action each."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kakanai.forms.filled import Finding, FindingKind
from kakanai.settings.town_rules import PAPERS
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.document_list import DocumentList
from kakanai.ui.finding_row import DecidedRow, SameFindings, StoppingRow, same_findings
from kakanai.ui.form_row import FormRow
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme

_DECIDED = (FindingKind.LEFT_BLANK, FindingKind.PICTURE)


class FindingStretch(Stretch):
    """Lists findings; nothing blocks until printing.

    Signals:
        field_wanted(form, field): show the box and its question.
        face_wanted(): read the card's face, so that its pictures can be printed.
    """

    field_wanted = Signal(str, str)
    face_wanted = Signal()

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
        self.documents = DocumentList(theme, flow)
        self._form_list = QWidget()
        self._form_rows = QVBoxLayout(self._form_list)
        self._form_rows.setContentsMargins(0, 0, 0, 0)
        self._form_rows.setSpacing(theme.px("space.small"))
        self.lay.addWidget(self._list)
        self.lay.addWidget(self.documents)
        self.lay.addWidget(self._form_list)
        self.lay.addStretch(1)
        flow.filled.connect(self._refresh)
        flow.changed.connect(self._refresh_state)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        had_focus = self.body.hasFocus() or any(button.hasFocus() for button in self.decide_buttons)
        self._clear()
        forms = [filled for filled in self._flow.forms if filled.template.id not in PAPERS]
        findings = [finding for filled in forms for finding in filled.findings]
        value_of = self._flow.value_of
        stopping = same_findings((finding for finding in findings if finding.stops), value_of)
        for same in stopping:
            self._rows.addWidget(self._stopping_row(same))
        for same in same_findings((f for f in findings if f.kind in _DECIDED), value_of):
            row = DecidedRow(self._theme, same, is_open=self._flow.is_open)
            row.undone.connect(self._undo)
            self._rows.addWidget(row)
        for words in self._flow.identity_notes():
            self._rows.addWidget(self._note_row(self.tr("▲ 本人確認"), words))
        for filled in forms:
            self._form_rows.addWidget(FormRow(self._flow, filled))
        notes = [finding for finding in findings if not finding.stops and finding.kind not in _DECIDED]
        for same in same_findings(notes, value_of):
            self._form_rows.addWidget(self._note_row(self.tr("参考"), same.words))
        self._list.setVisible(self._rows.count() > 0)
        self._tell_state(len(stopping), len(findings))
        self._refresh_state()
        if had_focus and self.is_open:
            self.take_focus()

    def _clear(self) -> None:
        for rows in (self._rows, self._form_rows):
            while rows.count():
                item = rows.takeAt(0)
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

    def _stopping_row(self, same: SameFindings) -> QWidget:
        offers = {finding: self._flow.picture_offer(finding) for finding in same.findings}
        row = StoppingRow(self._theme, same, offers)
        row.blank_wanted.connect(self._leave_blank)
        row.picture_wanted.connect(self._print_picture)
        row.face_wanted.connect(self.face_wanted)
        row.going_wanted.connect(self._go)
        self.decide_buttons += row.decisions
        return row

    @Slot(object)
    def _leave_blank(self, same: SameFindings) -> None:
        self._flow.leave_blank(same.findings)

    @Slot(object)
    def _print_picture(self, same: SameFindings) -> None:
        self._flow.print_picture(same.findings)

    @Slot(object)
    def _undo(self, same: SameFindings) -> None:
        self._flow.print_after_all(same.findings)

    def _note_row(self, badge: str, words: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(TextLabel(badge, "badge-note"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(TextLabel(words, "small", wrap=True), 1)
        return row

    @Slot(object)
    def _go(self, finding: Finding) -> None:
        self.field_wanted.emit(finding.form, finding.field.partition("[")[0])

    @Slot()
    def _refresh_state(self) -> None:
        self._list.setEnabled(self._flow.is_open)
        self._done.setEnabled(bool(self._flow.forms) and not self._flow.stopping)

    def take_focus(self) -> None:
        """Focus the first decision, or the button that goes on."""
        target = self.decide_buttons[0] if self.decide_buttons else self._done
        # Until the forms are filled there is nothing to press.
        (target if target.isEnabled() else self.body).setFocus(Qt.FocusReason.OtherFocusReason)
