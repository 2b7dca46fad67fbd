"""様式ごとの刷り方: which printer, tray and sides one form has on this PC, how often, and on what paper."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.printing.profile import MAX_COPIES, FormRule, Sides
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, TextLabel
from kakanai.ui.theme import Theme


class RulesPanel(QWidget):
    """The rule of one form at a time; what is empty is as the printer's own settings say.

    Signals:
        save_wanted(form id, FormRule): keep it.
    """

    save_wanted = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules: Mapping[str, FormRule] = {}
        self._may_change = False
        self.forms, self.printers, self.trays = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.sides, self.two_up, self.copies = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.keep_copy = QCheckBox(self.tr("控えのある様式は、控えも刷る"))
        self.preprinted = QCheckBox(self.tr("枠と文字が印刷済みの用紙に、値だけを刷る"))
        for box in (self.keep_copy, self.preprinted):
            box.setAccessibleName(box.text())
        as_set = self.tr("プリンターの設定のとおり")
        self.sides.addItem(as_set, None)
        for one in Sides:
            self.sides.addItem(one.label, one.value)
        for words, value in (
            (as_set, None),
            (self.tr("A4 に2面（切り取り線）"), True),
            (self.tr("A5 の紙に"), False),
        ):
            self.two_up.addItem(words, value)
        for count in range(1, MAX_COPIES + 1):
            self.copies.addItem(self.tr("{count}部").format(count=count), count)
        self.save = ActionButton(self.tr("この様式の刷り方を保存する"), "primary")
        self.save.clicked.connect(self._save)
        self.reset = ActionButton(self.tr("この様式の決まりを消す"))
        self.reset.clicked.connect(self._reset)
        self.summary = TextLabel("", wrap=True)
        self.summary.setAccessibleName(self.tr("決まりのある様式"))
        self._lay(theme)
        self.forms.currentIndexChanged.connect(self._show_rule)

    def _lay(self, theme: Theme) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.small"))
        grid.setVerticalSpacing(theme.px("space.tight"))
        fields = (
            (self.tr("様式"), self.forms),
            (self.tr("プリンター（「用紙ごと」で印刷するとき）"), self.printers),
            (self.tr("トレイ"), self.trays),
            (self.tr("片面・両面"), self.sides),
            (self.tr("A5 の様式"), self.two_up),
            (self.tr("部数（個人番号のある様式は1部）"), self.copies),
        )
        for row, (words, box) in enumerate(fields):
            label = TextLabel(words)
            label.setBuddy(box)
            box.setAccessibleName(words)
            theme.size(box, "setMinimumWidth", "measure.label_width")
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        grid.setColumnStretch(2, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px("space.small"))
        for button in (self.save, self.reset):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.summary)
        column.addLayout(grid)
        ticks = FlowLayout(theme.px("space.small"))
        for tick in (self.keep_copy, self.preprinted):
            ticks.addWidget(tick)
        column.addLayout(ticks)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_forms(self, forms: Sequence[tuple[str, str]]) -> None:
        """Offer these forms, by id and title; the one that is chosen stays so."""
        chosen = self.forms.currentData()
        self.forms.blockSignals(True)
        self.forms.clear()
        for form, title in forms:
            self.forms.addItem(f"{form} {title}", form)
        self.forms.setCurrentIndex(max(self.forms.findData(chosen), 0))
        self.forms.blockSignals(False)

    def show_rules(
        self, rules: Mapping[str, FormRule], printers: Sequence[str], trays: Sequence[str]
    ) -> None:
        """Show what is kept; offer these printers, and the trays of the one that is looked at."""
        self._rules = rules
        used = [rule.printer for rule in rules.values()]
        _fill(self.printers, self.tr("ふだんのプリンター"), [*printers, *used])
        _fill(self.trays, self.tr("プリンターの設定のとおり"), [*trays, *(r.tray for r in rules.values())])
        told = "　".join(f"{form}（{self._words(rule)}）" for form, rule in sorted(rules.items()))
        self.summary.setText(self.tr("決まりのある様式: {told}").format(told=told or self.tr("ありません")))
        self._show_rule()

    def enable(self, *, may_change: bool) -> None:
        """Only who may change settings can save; all can look."""
        self._may_change = may_change
        self.save.setEnabled(may_change and self.forms.count() > 0)
        self.reset.setEnabled(self.save.isEnabled() and self.form in self._rules)

    @property
    def form(self) -> str:
        """The form that is chosen."""
        return str(self.forms.currentData() or "")

    def rule(self) -> FormRule:
        """The rule as it is chosen now."""
        sides = self.sides.currentData()
        return FormRule(
            str(self.printers.currentData() or ""),
            str(self.trays.currentData() or ""),
            None if sides is None else Sides(sides),
            self.two_up.currentData(),
            int(self.copies.currentData()),
            self.keep_copy.isChecked(),
            self.preprinted.isChecked(),
        )

    def _words(self, rule: FormRule) -> str:
        plain = FormRule()
        words = [rule.printer, rule.tray and self.tr("トレイ {tray}").format(tray=rule.tray)]
        words.append(rule.sides.label if rule.sides else "")
        if rule.two_up is not None:
            words.append(self.tr("A4 に2面") if rule.two_up else self.tr("A5 の紙に"))
        if rule.copies != plain.copies:
            words.append(self.tr("{count}部").format(count=rule.copies))
        words.append("" if rule.keep_copy else self.tr("控えなし"))
        words.append(self.tr("印刷済みの用紙") if rule.preprinted else "")
        return "・".join(word for word in words if word)

    @Slot()
    def _show_rule(self) -> None:
        rule = self._rules.get(self.form, FormRule())
        _choose(self.printers, rule.printer)
        _choose(self.trays, rule.tray)
        _choose(self.sides, rule.sides.value if rule.sides else None)
        _choose(self.two_up, rule.two_up)
        _choose(self.copies, rule.copies)
        self.keep_copy.setChecked(rule.keep_copy)
        self.preprinted.setChecked(rule.preprinted)
        self.enable(may_change=self._may_change)

    @Slot()
    def _save(self) -> None:
        self.save_wanted.emit(self.form, self.rule())

    @Slot()
    def _reset(self) -> None:
        self.save_wanted.emit(self.form, FormRule())


def _fill(box: ChoiceBox, empty: str, names: Sequence[str]) -> None:
    box.clear()
    box.addItem(empty, "")
    for name in dict.fromkeys(names):
        if name:
            box.addItem(name, name)


def _choose(box: ChoiceBox, value: object) -> None:
    found = (place for place in range(box.count()) if box.itemData(place) == value)
    box.setCurrentIndex(next(found, 0))
