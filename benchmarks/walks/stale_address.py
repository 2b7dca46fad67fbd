"""転居 with an old address on the chip: the clerk types the one that was written on the card since."""

from typing import Final

from benchmarks.walks.clerk import (
    ENTER,
    Answers,
    Clerk,
    Japanese,
    answer,
    check_and_print,
    follow_event,
)

ADDRESS_NOW: Final = Japanese(
    "東京都清瀬市架空七丁目７番７号", "トウキョウトキヨセシカクウナナチョウメ7バン7ゴウ"
)
ANSWERS: Final[Answers] = {
    "guide.people": ("1", ENTER),
    "guide.insurance_held": ("1",),
    "visitor.kana": (Japanese("ミホン　ウツコ", "ミホン　ウツコ"), ENTER),
    "visitor.postal": ("2040000", ENTER),
    "householder.is_visitor": ("1",),
    "move.date": ("15", ENTER),
    "move.new_postal": ("2040000", ENTER),
    "move.new_address": (Japanese("架空九丁目９番９号", "カクウ9チョウメ9バン9ゴウ"), ENTER),
    "move.whole_household": ("1",),
    "guide.card_needs": (ENTER,),
    "guide.needs_within": (ENTER,),
    "guide.living_within": (ENTER,),
}


def walk(clerk: Clerk) -> None:
    """What decides on the forms is asked before the card is read; its address is put right in ①, before ③."""
    clerk.key("F4")
    follow_event(clerk, "2")
    clerk.key("F5")
    answer(clerk, ANSWERS, until="visitor.kana")
    clerk.put_card("stale-address")
    clerk.wait_for("the question for the PIN", lambda seen: seen.is_asking_key)
    clerk.secret("1234")
    clerk.wait_for("the visitor", lambda seen: seen.has_person and not seen.is_asking_key)
    clerk.mark("card read")
    clerk.key("Tab")
    clerk.enter()
    clerk.wait_for("the field for the present address", lambda seen: seen.question == "address-now")
    clerk.japanese(ADDRESS_NOW.text, ADDRESS_NOW.reading)
    clerk.enter()
    clerk.mark("address of today")
    clerk.enter()
    answer(clerk, ANSWERS)
    check_and_print(clerk)
