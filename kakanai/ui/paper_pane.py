"""The right side of the window: a tab for each form, the live page, and its page number."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from kakanai.forms.filled import FilledForm, FilledPage
from kakanai.forms.template import ChoiceMark, CombBox, FieldBox
from kakanai.reception.facts import is_copied
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import FlowLayout, TextLabel
from kakanai.ui.paper_view import PaperView
from kakanai.ui.theme import Theme


class PaperPane(QWidget):
    """Shows the forms of the newest filling; draws only the one in sight.

    Signals:
        box_pressed(field name): the clerk pressed a box on the paper (`member.name[2]`).
    """

    box_pressed = Signal(str)

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("PaperPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._flow = flow
        self._form = ""
        self._page = 0
        self._pages = 0
        self._asked: frozenset[str] = frozenset()
        self.view = PaperView(theme)
        self.view.box_pressed.connect(self.box_pressed)
        self.tabs: dict[str, QPushButton] = {}
        self._tab_group = QButtonGroup(self)
        self._tab_bar = QWidget()
        self._tab_flow = FlowLayout(theme.px("space.tight"))
        self._tab_bar.setLayout(self._tab_flow)
        self._title = TextLabel("", "strong", wrap=True)
        self._empty = TextLabel(self.tr("手続を選ぶと、ここに印刷される紙面が出ます。"), "small")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._earlier = self._page_button("◀", self.tr("前のページ"), -1)
        self._later = self._page_button("▶", self.tr("次のページ"), 1)
        self._number = TextLabel("", "small")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.view)
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addWidget(self._earlier)
        line.addWidget(self._number)
        line.addWidget(self._later)
        column = QVBoxLayout(self)
        space = theme.px("space.small")
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addWidget(self._tab_bar)
        column.addLayout(line)
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)
        flow.filled.connect(self._take_forms)
        flow.paper.drawn.connect(self._take_drawing)
        flow.paper.shown.connect(self._take_shown)
        self._take_forms()

    def _page_button(self, sign: str, words: str, step: int) -> QPushButton:
        button = QPushButton(sign)
        button.setProperty("role", "tab")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # PageUp and PageDown do the same
        button.clicked.connect(partial(self.turn, step))
        return button

    # --- forms --------------------------------------------------------------------------

    @property
    def form(self) -> FilledForm | None:
        """The form in sight."""
        return next((form for form in self._flow.forms if form.template.id == self._form), None)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    @Slot()
    def _take_forms(self) -> None:
        ids = [form.template.id for form in self._flow.forms]
        if list(self.tabs) != ids:
            self._make_tabs(ids)
        for form in self._flow.forms:
            mark = " ×" if form.stopping else ""
            self.tabs[form.template.id].setText(f"{form.template.id}{mark}")
            words = (
                self.tr("{title}　指摘あり").format(title=form.template.title)
                if mark
                else form.template.title
            )
            self.tabs[form.template.id].setAccessibleName(words)
        has_forms = bool(ids)
        self._empty.setVisible(not has_forms)
        self._scroll.setVisible(has_forms)
        if not has_forms:
            self._form, self._page = "", 0
            self.view.show_nothing()
            self._show_numbers()
            return
        if self._form not in ids:
            self._form, self._page = ids[-1], 0
        shown = self.form
        if shown is not None and self._asked and len(shown.pages) > self._pages:
            self._page = self._page_with(self._asked, shown)  # a person more, on a page that just came
        self._draw()

    def _make_tabs(self, ids: list[str]) -> None:
        for button in self.tabs.values():
            self._tab_group.removeButton(button)
            self._tab_flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.tabs = {}
        for form in ids:
            button = QPushButton(form)
            button.setCheckable(True)
            button.setProperty("role", "tab")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Tab goes through the forms
            button.clicked.connect(partial(self.show_form, form))
            self._tab_group.addButton(button)
            self._tab_flow.addWidget(button)
            self.tabs[form] = button

    @Slot()
    def show_form(self, form: str) -> None:
        """Bring a form into sight."""
        if form in self.tabs and form != self._form:
            self._form, self._page = form, 0
            self._draw()

    @Slot()
    def show_next_form(self) -> None:
        """Bring the next form into sight."""
        ids = list(self.tabs)
        if ids:
            self.show_form(ids[(ids.index(self._form) + 1) % len(ids)])

    def _draw(self) -> None:
        form = self.form
        self._flow.paper.in_sight = self._form if form is not None else ""
        if form is not None:
            self.tabs[self._form].setChecked(True)
            self._page = min(self._page, len(form.pages) - 1)
            self._pages = len(form.pages)
            self._show_numbers()
            self._flow.paper.draw(self._flow.counter, form)

    @Slot(int, str, object)
    def _take_drawing(self, generation: int, form_id: str, pdf: bytes) -> None:
        form = self.form
        if generation == self._flow.paper.generation and form is not None and form_id == self._form:
            self.view.show_pdf(form, pdf, self._page)

    @Slot(int, object, object)
    def _take_shown(self, number: int, form: FilledForm, pdf: bytes) -> None:
        """Show the form in sight with the newest answer, before all forms are filled with it."""
        if number != self._flow.paper.sight or form.template.id != self._form:
            return
        if self._asked and len(form.pages) > self._pages:
            self._page = self._page_with(self._asked, form)
        self._pages = len(form.pages)
        self._page = min(self._page, self._pages - 1)
        self.view.show_pdf(form, pdf, self._page)

    # --- pages --------------------------------------------------------------------------

    def _show_numbers(self) -> None:
        form = self.form
        count = len(form.pages) if form else 0
        self._title.setText(f"{form.template.id} {form.template.title}" if form else "")
        self._number.setText(f"{self._page + 1}/{count}" if form else "")
        for button in (self._earlier, self._later):
            button.setVisible(count > 1)
        self._earlier.setEnabled(self._page > 0)
        self._later.setEnabled(self._page + 1 < count)

    @Slot()
    def turn(self, step: int) -> None:
        """Go that many pages on."""
        form = self.form
        if form is not None and 0 <= self._page + step < len(form.pages):
            self._page += step
            self.view.show_page(self._page)
            self._show_numbers()

    def light(self, variable: str) -> None:
        """Light the boxes that the answer to a question reaches, and bring a page with one into sight.

        `member.name[2]` is the question about the second person.
        """
        reached = self._asked = self._reached(variable)
        self.view.light(reached)
        form = self.form
        if form is None or not reached:
            return
        borne = {name.partition("[")[0] for name in reached}
        if not borne.intersection(form.template.variables()):
            other = next((f for f in self._flow.forms if borne.intersection(f.template.variables())), None)
            if other is None:
                return
            self._form, self._page, form = other.template.id, 0, other
            self._draw()
        page = self._page_with(reached, form)
        if page != self._page:
            self._page = page
            self.view.show_page(self._page)
            self._show_numbers()

    def _page_with(self, reached: frozenset[str], form: FilledForm) -> int:
        """The page in sight if it has one of these boxes, else the first that has, else the one in sight."""
        with_box = [i for i, page in enumerate(form.pages) if reached.intersection(_variables(page))]
        return self._page if self._page in with_box or not with_box else with_box[0]

    def _reached(self, variable: str) -> frozenset[str]:
        """The question's box and those that follow it now (「本人と同じ」, a member who is a child too)."""
        if not variable:
            return frozenset()
        facts = self._flow.facts
        catalog = self._flow.counter.office.variables.variables.values()
        copied = [other for other in catalog if other.copies and is_copied(other, facts.values)]
        reached = {variable, *(name for name, origin in facts.origins.items() if origin == variable)}
        before = 0
        while len(reached) > before:  # a copy can be copied
            before = len(reached)
            reached |= {other.id for other in copied if other.copies in reached}
        return frozenset(reached)

    def set_large(self, is_large: bool) -> None:
        """Fill the width and take the focus for the arrow keys, or show the whole page."""
        self.view.set_large(is_large)
        policy = Qt.FocusPolicy.StrongFocus if is_large else Qt.FocusPolicy.NoFocus
        self._scroll.setFocusPolicy(policy)
        if is_large:
            self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)


def _variables(page: FilledPage) -> set[str]:
    boxes = [e for e in page.elements if isinstance(e, FieldBox | ChoiceMark | CombBox)]
    return {e.variable for e in boxes} | {page.name_of(e) for e in boxes}
