"""死亡: twelve forms by a daughter who lives elsewhere."""

from typing import Final

from benchmarks.walks.clerk import ENTER, Answers, Clerk, Japanese, answer, check_and_print, follow_event, read_visitor

ANSWERS: Final[Answers] = {
    "deceased.name": (Japanese("架空　一郎", "カクウ　イチロウ"), ENTER),
    "deceased.kana": (ENTER,),
    "deceased.birth_date": ("150520s", ENTER),
    "deceased.death_date": ("1110", ENTER),
    "deceased.address": (
        Japanese("北海道北見市架空町１番地", "ホッカイドウキタミシカクウチョウ1バンチ"),
        ENTER,
    ),
    "deceased.visitor_relation": ("1", ENTER),
    "visitor.kana": (ENTER,),
    "visitor.postal": ("0600042", ENTER),
    "visitor.phone": (ENTER,),
    "guide.death_household": ("2",),
    "guide.deceased_pension": ("1",),
    "guide.deceased_items": ("2", ENTER),
    "guide.deceased_needs": ("1", ENTER),
    "guide.deceased_children": ("1", ENTER),
    "guide.deceased_property": ("2", ENTER),
    "guide.deceased_living": ("2", "5", "6", "7", ENTER),
    "guide.deceased_certificates": ("2", "3", ENTER),
}


def walk(clerk: Clerk) -> None:
    """The deceased lived here with his wife; the daughter has moved away long ago and saw to the funeral."""
    read_visitor(clerk, "daughter-away")
    follow_event(clerk, "7")
    clerk.key("F5")
    answer(clerk, ANSWERS)
    check_and_print(clerk)
