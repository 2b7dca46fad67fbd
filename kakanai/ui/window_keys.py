"""Which key does what in the clerk's window; help_page.py tells the same to the clerk."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from kakanai.ui.conversation import PROCEDURE
from kakanai.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from kakanai.ui.main_window import MainWindow


def bind_keys(window: "MainWindow", pages: WindowPages) -> None:
    """Let the function keys, with a button each, and the keys without one do their work."""
    bar, talk, paper = window.key_bar, window.conversation, window.paper
    people = window.card_talk.people
    for key, act in {
        "F1": window.toggle_help,
        "F2": window.read_card,
        "F3": window.enter_by_hand,
        "F4": partial(window.open_stretch, PROCEDURE),
        "F5": window.go_to_next,
        "F6": window.toggle_large_paper,
        "F7": window.staff.change_clerk,
        "F8": window.print_forms,
        "F10": window.read_by_number,
        "F11": window.toggle_day_log,
        "F12": window.visitor.toggle_panel,
        "Shift+F12": window.toggle_town,
    }.items():
        bar.keys[key].triggered.connect(act)
    for number in range(len(talk.stretches)):
        bar.add_hidden(f"Alt+{number + 1}", partial(window.open_stretch, number))
    without_button: dict[str, Callable[[], None]] = {
        "Shift+F9": window.ending.ask_cancel,
        "Ctrl+Tab": paper.show_next_form,
        "PgUp": partial(paper.turn, -1),
        "PgDown": partial(paper.turn, 1),
        "Ctrl+N": people.ask_new,
        "Ctrl+Del": people.ask_remove,
        "Alt+0": pages.toggle_column,
        "Shift+F8": window.toggle_printers,
        "Shift+F11": partial(window.toggle_page, window.downtime, window.downtime.open),
        "Shift+F7": window.staff.toggle_page,
        "Ctrl+Shift+L": window.staff.lock,
    }
    for key, act in without_button.items():
        bar.add_hidden(key, act)
    bar.add_look(window.look)
