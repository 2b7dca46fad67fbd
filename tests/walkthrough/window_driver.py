"""Inside a window's process: carries out what the test asks, on the window's own thread."""

import contextlib
import dataclasses
import json
import os
import threading
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.walks.window_seen import seen_in
from kakanai.drafts.draft import Draft
from kakanai.reception.plain_values import to_plain
from kakanai.ui.main_window import MainWindow
from kakanai.ui.work_place import WorkPlace


class Driver(QObject):
    """Reads commands from `lines`, one JSON object each, and answers each with one (window_process.py)."""

    asked = Signal(object)

    def __init__(self, window: MainWindow, source: Any, lines: Any) -> None:
        super().__init__(window)
        self._window = window
        self._source = source
        self._lines = lines
        self._saved_body: object = None
        self._work = window.pauses.work
        self.asked.connect(self.take)
        window.pauses.link.saved.connect(self._take_saved)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            for line in self._lines:
                self.asked.emit(json.loads(line))
        os._exit(0)  # the test is gone, and nobody would ever close this window

    @Slot(object)
    def _take_saved(self, draft: Draft) -> None:
        self._saved_body = draft.body

    @Slot(object)
    def take(self, command: dict[str, Any]) -> None:
        acts = {
            "press": self._press,
            "type": self._type,
            "put_card": self._source_insert,
            "take_card": self._source.remove,
            "visitor_agrees": self._visitor_agrees,
            "close": self._close,
            "state": self._state,
        }
        try:
            answer = acts[command.pop("act")](**command) or {}
        except Exception as error:  # noqa: BLE001 - told to the test, which fails with it
            answer = {"error": repr(error)}
        print(json.dumps(answer, default=repr), file=self._lines, flush=True)

    def _press(self, key: str, modifiers: list[str]) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for name in modifiers:
            held |= getattr(Qt.KeyboardModifier, f"{name}Modifier")
        QTest.keyClick(QApplication.focusWidget() or self._window, getattr(Qt.Key, f"Key_{key}"), held)

    def _type(self, words: str) -> None:
        focused = QApplication.focusWidget()
        if focused is None:
            raise RuntimeError("nothing has the focus")
        if words.isascii():
            QTest.keyClicks(focused, words)
            return
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(focused, event)

    def _source_insert(self, specimen: str) -> None:
        self._source.insert(specimen)

    def _visitor_agrees(self) -> None:
        screen = self._window.visitor.window
        if screen is None or not screen.check.yes.isVisible():
            raise LookupError("合っています")
        QTest.mouseClick(screen.check.yes, Qt.MouseButton.LeftButton)

    def _close(self) -> None:
        # Answered first: a window that closes takes its process with it.
        QTimer.singleShot(0, self._close_twice)

    @Slot()
    def _close_twice(self) -> None:
        if not self._window.close():
            self._window.close()

    def _state(self) -> dict[str, Any]:
        window, flow, talk = self._window, self._window.flow, self._window.conversation
        case = flow.case
        last = self._work._last
        return {
            "ready": window.isActiveWindow() and "確かめています" not in window.top_bar.reader.text(),
            "place": WorkPlace.of(talk).to_plain(),
            "on_card_page": talk.is_on_card_page,
            "number": str(case.number) if case else "",
            "step": case.step.value if case else "",
            "person": to_plain(flow.person),
            "people": to_plain(flow.companions),
            "seen": dataclasses.asdict(seen_in(window)),
            "chosen": [procedure.id for procedure in case.procedures] if case else [],
            "forms": list(case.forms) if case else [],
            "filled": [filled.template.id for filled in flow.forms],
            "typed": [to_plain(flow.typed.values), to_plain(flow.typed.rows)],
            "notice": talk.notice.text if talk.notice.isVisible() else "",
            "held": [draft.number for draft in self._work.held],
            "documents": [document.form for document in flow.documents],
            "to_shred": [one.form for one in flow.to_shred()],
            "is_printing": flow.is_printing,
            "can_print": talk.printing.print_button.isEnabled(),
            "is_saved": not self._work._soon.isActive() and (last is None or last[1] == self._saved_body),
            "draft": window.pauses.state.text(),
        }
