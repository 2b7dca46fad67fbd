"""職員 (Shift+F7): an administrator 管理者 registers who may sign in; everybody changes their password."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kakanai.errors import KakanaiError
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.ui.controls import ActionButton, FlowLayout, TextLabel
from kakanai.ui.staff.staff_form import StaffForm
from kakanai.ui.staff.staff_model import StaffColumn, StaffModel
from kakanai.ui.staff.staff_work import StaffWork
from kakanai.ui.theme import Theme

_TWO_COLUMNS = 900
"""Pixels at the ordinary text size from which list and form stand side by side."""


class StaffPage(QWidget):
    """The list of staff, and the form that changes it. What somebody may do is decided by the register.

    Signals:
        left(): back to the counter.
        own_password_wanted(): change the password of who is signed in.
        failed(KakanaiError): the list cannot be shown; the page says so too.
    """

    left = Signal()
    own_password_wanted = Signal()
    failed = Signal(object)

    def __init__(
        self, theme: Theme, register: StaffRegister, work: StaffWork, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("職員"))
        self._theme = theme
        self._register = register
        self._work = work
        self.model = StaffModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("登録した職員"))
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        theme.size(self.table.verticalHeader(), "setDefaultSectionSize", "measure.row")
        theme.size(self.table, "setMinimumHeight", "measure.list_height")
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(StaffColumn.STATE, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.selectionModel().currentRowChanged.connect(self._take_row)
        self.form = StaffForm(theme)
        self.form.number.changed.connect(self._take_number)
        self.form.addition_wanted.connect(self._add)
        self.form.reset_wanted.connect(self._reset)
        self.form.role_wanted.connect(self._change_role)
        self.form.disabling_wanted.connect(self._disable)
        self.own_password = ActionButton(self.tr("自分のパスワードを変える"))
        self.own_password.clicked.connect(self.own_password_wanted)
        self.back = ActionButton(self.tr("受付に戻る（Shift+F7・Esc）"))
        self.back.clicked.connect(self.left)
        self._lay()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_in_sight)

    def _lay(self) -> None:
        line = FlowLayout(self._theme.px("space.small"))
        title = TextLabel(self.tr("職員"), "title")
        self._theme.size(title, "setMinimumHeight", "measure.target")
        for widget in (title, self.own_password, self.back):
            line.addWidget(widget)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(self._theme.px("space.wide"))
        self._middle.addWidget(self.table, 3)
        self._middle.addWidget(self.form, 2)
        column = QVBoxLayout(self)
        space = self._theme.px("space.medium")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addLayout(line)
        column.addLayout(self._middle, 1)
        words = self.tr(
            "仮のパスワードは本人に渡し、本人がサインインして、はじめに変えます。"
            "職員番号は消えません。使えなくした番号は、パスワードを付け直すと、また使えます。"
        )
        column.addWidget(TextLabel(words, "small", wrap=True))

    @Slot(QWidget, QWidget)
    def _keep_in_sight(self, _left: QWidget | None, entered: QWidget | None) -> None:
        """On a small screen the page scrolls: what has the focus is in sight."""
        place = self.parentWidget()
        area = place.parentWidget() if place is not None else None
        if entered is not None and isinstance(area, QScrollArea) and self.isAncestorOf(entered):
            area.ensureWidgetVisible(entered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and form beside each other where there is room for their letters."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_wide = self.width() >= _TWO_COLUMNS * self._theme.text_percent // 100
        self._middle.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    # --- opening ------------------------------------------------------------------------

    def open(self) -> None:
        """Show the list as it is now; the form is there for who may use it."""
        self.form.begin()
        is_listed = self._refresh()
        self.form.setEnabled(is_listed)
        if is_listed:
            self.form.number.take_focus()
        else:
            self.own_password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> bool:
        try:
            members = self._register.members()
        except KakanaiError as error:
            self.model.show_members(())
            self.form.refuse(error)
            self.failed.emit(error)
            return False
        self.model.show_members(members)
        self.form.show_member(None)
        return True

    @Slot(QModelIndex, QModelIndex)
    def _take_row(self, row: QModelIndex, _before: QModelIndex) -> None:
        if row.isValid() and self.table.hasFocus():
            self.form.number.begin(str(self.model.members[row.row()].number))

    @Slot()
    def _take_number(self) -> None:
        row = self.model.row_of(self.form.number.typed)
        if row >= 0:
            self.table.selectRow(row)
        else:
            self.table.clearSelection()
        self.form.show_member(self.model.members[row] if row >= 0 else None)

    # --- changing -----------------------------------------------------------------------

    def _do(self, act: Callable[[], object], words: str) -> None:
        if self._work.do(act, lambda _: self._take_done(words), self.form.refuse):
            self.form.be_busy(is_busy=True)

    def _take_done(self, words: str) -> None:
        self.form.take_done(words)
        if self._refresh():
            self.form.number.take_focus()

    @Slot(str, object, object)
    def _add(self, number: str, role: Role, password: Password) -> None:
        words = self.tr("職員 {number} を{role}として足しました。").format(number=number, role=role.label)
        self._do(lambda: self._register.add(number, role, password), words)

    @Slot(str, object)
    def _reset(self, number: str, password: Password) -> None:
        words = self.tr("職員 {number} のパスワードを付け直しました。").format(number=number)
        self._do(lambda: self._register.reset(number, password), words)

    @Slot(str, object)
    def _change_role(self, number: str, role: Role) -> None:
        words = self.tr("職員 {number} を{role}にしました。").format(number=number, role=role.label)
        self._do(lambda: self._register.change_role(number, role), words)

    @Slot(str)
    def _disable(self, number: str) -> None:
        words = self.tr("職員 {number} を使えなくしました。").format(number=number)
        self._do(lambda: self._register.disable(number), words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
