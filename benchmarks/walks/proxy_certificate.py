"""住民票 by a proxy who has the card of the person it is for, and a 委任状."""

from typing import Final

from benchmarks.walks.clerk import (
    ENTER,
    Answers,
    Clerk,
    Japanese,
    add_by_card_number,
    answer,
    check_and_print,
    follow_event,
    read_visitor,
)

ANSWERS: Final[Answers] = {
    "guide.certificates": ("1", ENTER),
    "visitor.kana": (Japanese("シケン　ダイリコ", "シケン　ダイリコ"), ENTER),
    "visitor.postal": ("3800801", ENTER),
    "subject.relation": ("6",),
    "subject.kana": (Japanese("ミホン　ヨリオ", "ミホン　ヨリオ"), ENTER),
    "agent.kind": ("2",),
    "residence.whole_household": ("1", ENTER),
}
BIRTH, CODE = "S190229", "2291"
"""On the principal's card."""


def walk(clerk: Clerk) -> None:
    """The visitor brings her own card and that of the man who asked her, and a 委任状 signed by him."""
    read_visitor(clerk, "proxy")
    follow_event(clerk, "0")
    clerk.key("F5")
    answer(clerk, ANSWERS, until="visitor.kana")
    # Whose card it is not there, so nobody may know its PIN: 照合番号B is printed on it.
    add_by_card_number(clerk, "principal", "1", BIRTH, CODE)
    answer(clerk, ANSWERS)
    check_and_print(clerk)
