"""On a small screen what has the focus may lie below what is in sight."""

from PySide6.QtWidgets import QScrollArea, QWidget


def bring_into_sight(widget: QWidget | None) -> None:
    """Scroll every area around the widget so that it is seen."""
    area = widget.parentWidget() if widget else None
    while widget is not None and area is not None:
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        area = area.parentWidget()
