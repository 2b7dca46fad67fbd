"""Arrow keys among choices of which none is chosen yet."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton

_ARROWS: Mapping[int, int] = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


def choose_by_arrow(buttons: Sequence[QAbstractButton], focused: QObject, key: int) -> bool:
    """Choose the button beside the focused one while none is chosen; False when the key is not for that.

    Once one is chosen, Qt lets the arrow keys choose; before, they move the focus alone, and a clerk who then
    presses Enter has answered nothing.
    """
    step = _ARROWS.get(key)
    if step is None or focused not in buttons or any(button.isChecked() for button in buttons):
        return False
    place = next(place for place, button in enumerate(buttons) if button is focused)
    chosen = buttons[(place + step) % len(buttons)]
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    chosen.click()
    return True
