"""Sentences to read, line under line; the arrow keys scroll them."""

import html
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from kakanai.daybook.case_words import day_words
from kakanai.daybook.timeline import ToldAct

_LINE = '<p style="line-height:140%; margin-top:0; margin-bottom:{below}px; margin-left:{left}px">{words}</p>'


class ReadingText(QTextBrowser):
    """Text that can be read and copied, never changed; it opens no link."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts: list[str] = []

    def begin(self) -> None:
        """Begin anew; nothing is shown until `end`."""
        self._parts = []

    def add(self, words: str, *, bold: str = "", left: int = 0, below: int = 6) -> None:
        """Add a line of words, `bold` ones before them."""
        told = f"<b>{html.escape(bold)}</b>　" if bold and words else f"<b>{html.escape(bold)}</b>"
        text = (told if bold else "") + html.escape(words).replace("\n", "<br>")
        self._parts.append(_LINE.format(below=below, left=left, words=text))

    def add_acts(self, acts: Iterable[ToldAct]) -> None:
        """Add acts as sentences under the day that they are of."""
        day = None
        for act in acts:
            if act.day != day:
                day = act.day
                self.add("", bold=day_words(day))
            counter = self.tr(" 窓口{counter}").format(counter=act.counter) if act.counter else ""
            who = self.tr("職員 {staff}{counter}").format(staff=act.staff, counter=counter)
            self.add(f"{who}　{act.sentence}", bold=act.clock, below=0 if act.details else 6)
            for place, detail in enumerate(act.details, start=1):
                self.add(detail, left=24, below=6 if place == len(act.details) else 0)

    def end(self) -> None:
        """Show what was added, from its beginning."""
        self.setHtml("".join(self._parts))

    def tell(self, words: str) -> None:
        """Show these words alone."""
        self.begin()
        self.add(words)
        self.end()
