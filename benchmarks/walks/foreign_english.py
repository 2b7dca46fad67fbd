"""転居 of a resident from abroad with 国民健康保険; the visitor's screen speaks English."""

from typing import Final

from benchmarks.walks.clerk import ENTER, Answers, Clerk, Japanese, answer, check_and_print, follow_event

ANSWERS: Final[Answers] = {
    "guide.people": ("1", ENTER),
    "guide.insurance_held": ("1",),
    "visitor.kana": (ENTER,),  # a name in Latin letters has no フリガナ in the register
    "visitor.postal": ("3700500", ENTER),
    "householder.is_visitor": ("1",),
    "move.date": ("15", ENTER),
    "move.new_postal": ("3700500", ENTER),
    "move.new_address": (Japanese("大泉町架空一丁目１番地", "オオイズミマチカクウ1チョウメ1バンチ"), ENTER),
    "move.whole_household": ("1",),
    "guide.card_needs": (ENTER,),
    "guide.needs_within": ("5", ENTER),
    "guide.living_within": (ENTER,),
}


def walk(clerk: Clerk) -> None:
    """The visitor sees in English what is asked of her, checks what the card told and touches "Correct"."""
    clerk.key("F4")
    follow_event(clerk, "2")
    clerk.key("F5")
    answer(clerk, ANSWERS, until="visitor.kana")
    clerk.key("F12")
    clerk.wait_for("the visitor's screen", lambda seen: seen.visitor_board)
    clerk.key("L", "Control")
    clerk.key("L", "Control")
    clerk.wait_for("English", lambda seen: seen.visitor_language == "en")
    clerk.put_card("foreign-resident")  # the counter comes back by itself, the visitor's screen stays
    clerk.wait_for(
        "the question for the PIN", lambda seen: seen.is_asking_key and seen.visitor_board == "PIN"
    )
    clerk.secret("1234")
    clerk.wait_for("the visitor", lambda seen: seen.has_person and not seen.is_asking_key)
    clerk.wait_for("what the visitor checks", lambda seen: seen.visitor_board == "CHECK")
    clerk.visitor_agrees()
    clerk.wait_for("the thanks", lambda seen: seen.visitor_board == "THANKS")
    clerk.mark("visitor agreed")
    clerk.enter()
    answer(clerk, ANSWERS)
    check_and_print(clerk)
