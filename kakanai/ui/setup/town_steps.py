"""町 and 窓口: what the town is called, which counters its hall has, and at which one this PC stands."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from kakanai.errors import KakanaiError
from kakanai.settings.errors import TownChangeValueError
from kakanai.setup.first_run import COUNTER_NAME, check
from kakanai.ui.controls import ActionButton, ChoiceBox, TextLabel
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.setup.setup_desk import SetupDesk
from kakanai.ui.setup.setup_step import SetupStep
from kakanai.ui.theme import Theme

_MOST_COUNTERS = 12


class TownStep(SetupStep):
    """Name, prefecture, code, the mayor's title."""

    def __init__(self, theme: Theme, desk: SetupDesk) -> None:
        super().__init__(
            theme,
            self.tr("町"),
            self.tr("町の名前"),
            self.tr(
                "帳票の宛先と画面に出ます。宛先の細かな書き方や手数料は、あとで「町の設定」で決められます。"
            ),
        )
        town = desk.town
        self.rows = {
            "name": EntryRow(theme, self.tr("団体名（例: ○○町）"), length=40),
            "prefecture": EntryRow(theme, self.tr("都道府県名"), length=10),
            "code": EntryRow(theme, self.tr("全国地方公共団体コード（6けた。空でもよい）"), length=6),
            "mayor_title": EntryRow(theme, self.tr("長の職名（例: ○○町長。「様」は付けません）"), length=40),
        }
        for name, row in self.rows.items():
            row.begin(str(getattr(town, name)))
            self.column.addWidget(row)
        self.rows["name"].changed.connect(self._follow)
        self._followed = f"{town.name}長"
        self.finish()

    @Slot()
    def _follow(self) -> None:
        """The mayor's title follows the name until somebody writes another one."""
        title = self.rows["mayor_title"]
        if title.typed == self._followed:
            self._followed = f"{self.rows['name'].typed}長"
            title.begin(self._followed)

    def refuse(self, error: KakanaiError) -> None:
        """What is wrong stands beside its line."""
        if isinstance(error, TownChangeValueError):
            self.tell(self.tr("× 直すところがあります。"))
        else:
            super().refuse(error)

    def told(self) -> dict[str, Any]:
        """See SetupStep."""
        told = {name: row.typed for name, row in self.rows.items()}
        for name, row in self.rows.items():
            row.say("")
            try:
                check(f"town.{name}", told[name])
            except TownChangeValueError as error:
                row.say(str(error.details["expected"]), is_wrong=True)
                row.take_focus()
                raise
        return told


class CounterStep(SetupStep):
    """The hall's counters, each with its section, and the one of this PC."""

    def __init__(self, theme: Theme, desk: SetupDesk) -> None:
        super().__init__(
            theme,
            self.tr("窓口"),
            self.tr("庁舎の窓口"),
            self.tr("窓口の名前と、受け持つ課です。この PC が立つ窓口を1つ選びます。"),
        )
        self._theme = theme
        self._sections = dict(desk.sections)
        self.lines: list[tuple[QLineEdit, ChoiceBox]] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px("space.small"))
        self.column.addLayout(self._grid)
        self.more = ActionButton(self.tr("窓口を足す"))
        self.more.clicked.connect(self._add_empty)
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addStretch(1)
        self.column.addLayout(line)
        self.own = ChoiceBox()
        self.own.setAccessibleName(self.tr("この PC の窓口"))
        label = TextLabel(self.tr("この PC の窓口"), "strong")
        label.setBuddy(self.own)
        self.column.addWidget(label)
        self.column.addWidget(self.own)
        for name, section in desk.town.counters.items():
            self.add(name, section)
        self._offer()
        self.own.setCurrentIndex(max(self.own.findText(desk.town.counter_name), 0))
        self.finish()

    def add(self, name: str, section: str) -> None:
        """One more counter."""
        row = len(self.lines)
        if row >= _MOST_COUNTERS:
            return
        line = QLineEdit(name)
        line.setMaxLength(40)
        line.setAccessibleName(self.tr("窓口の名前 {place}").format(place=row + 1))
        line.setPlaceholderText(self.tr("窓口の名前（空なら使いません）"))
        line.textChanged.connect(self._offer)
        sections = ChoiceBox()
        sections.setAccessibleName(self.tr("受け持つ課 {place}").format(place=row + 1))
        for key, words in self._sections.items():
            sections.addItem(f"{words}（{key}）", key)
        sections.setCurrentIndex(max(sections.findData(section), 0))
        self._grid.addWidget(line, row, 0)
        self._grid.addWidget(sections, row, 1)
        self.lines.append((line, sections))
        QWidget.setTabOrder(line, sections)

    @Slot()
    def _add_empty(self) -> None:
        self.add("", "common")
        self.lines[-1][0].setFocus()

    @Slot()
    def _offer(self) -> None:
        chosen, place = self.own.currentText(), self.own.currentIndex()
        names = [line.text().strip() for line, _ in self.lines if line.text().strip()]
        is_renaming = self.own.count() == len(names)
        self.own.clear()
        self.own.addItems(names)
        self.own.setCurrentIndex(max(place if is_renaming else self.own.findText(chosen), 0))

    def told(self) -> dict[str, Any]:
        """See SetupStep."""
        told = [(line.text().strip(), str(sections.currentData())) for line, sections in self.lines]
        named = [(name, section) for name, section in told if name]
        counters = dict(named)
        if not counters:
            raise TownChangeValueError(key="counters", expected=self.tr("窓口の名前を1つは書きます"))
        if len(counters) < len(named):
            raise TownChangeValueError(key="counters", expected=self.tr("窓口ごとに違う名前を書きます"))
        check("counters", counters)
        check(COUNTER_NAME, self.own.currentText())
        return {"counters": counters, "counter": self.own.currentText()}
