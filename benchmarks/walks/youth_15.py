"""住民票 for a youth of 15 who comes alone, his card without a PIN: 照合番号B, and a form for a new PIN."""

from typing import Final

from benchmarks.walks.clerk import ENTER, Answers, Clerk, Japanese, answer, check_and_print, follow_event

CERTIFICATES: Final[Answers] = {"guide.certificates": ("1", ENTER)}
ANSWERS: Final[Answers] = {
    "visitor.kana": (Japanese("ミホン　ジュウゴ", "ミホン　ジュウゴ"), ENTER),
    "visitor.postal": ("4200852", ENTER),
    "residence.whole_household": ("1", ENTER),
    "pin.request": ("2", ENTER),
    "pin.reason": ("3",),
    "pin.kinds": ("1", "2", "4", ENTER),
}


def walk(clerk: Clerk) -> None:
    """The birth date and the four digits below the photo are typed; the chip tells the year of expiry."""
    clerk.key("F4")
    follow_event(clerk, "0")
    clerk.key("F5")
    answer(clerk, CERTIFICATES, until="visitor.kana")
    clerk.put_card("youth-15")
    clerk.wait_for("the page that tells of no PIN", lambda seen: seen.is_asking_key)
    clerk.key("Backtab", "Shift")
    clerk.enter()  # F28, the form for a new PIN
    clerk.wait_for("the form for a new PIN", lambda seen: "F28" in seen.forms)
    clerk.mark("form for a new PIN added")
    clerk.key("F10")
    clerk.wait_for("the page of 照合番号B", lambda seen: seen.is_asking_number)
    clerk.secret("H23.5.5")
    clerk.secret("5051")
    clerk.wait_for("the visitor", lambda seen: seen.has_person and not seen.is_asking_key)
    clerk.mark("card read")
    clerk.enter()
    answer(clerk, ANSWERS)
    check_and_print(clerk)
