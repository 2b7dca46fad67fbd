"""Which place of the manual tells about what is in sight."""

from typing import Final

from PySide6.QtWidgets import QWidget

from kakanai.ui.conversation import FINDING, PERSON, PRINT, PROCEDURE, QUESTION, Conversation

BEGIN: Final = "index.md"
DAYBOOK: Final = "supervisor.md#日報f11"
TOWN: Final = "administrator.md#町に合わせる"
STAFF: Final = "staff.md#職員を登録する"
SIGN_IN: Final = "staff.md#窓でのサインインと離席"
VISITOR: Final = "clerk.md#来庁者画面"
PRINTERS: Final = "administrator.md#プリンターの位置を合わせる"
DOWNTIME: Final = "administrator.md#停電停止に備える"
_STRETCHES: Final = {
    PERSON: "clerk.md#①-本人",
    PROCEDURE: "clerk.md#②-手続",
    QUESTION: "clerk.md#③-聞き取り",
    FINDING: "clerk.md#④-確認",
    PRINT: "clerk.md#⑤-印刷",
}


def place_of(conversation: Conversation) -> str:
    """The section about what the conversation asks now."""
    pages: dict[QWidget, str] = {
        conversation.pin_pad: "clerk.md#暗証番号",
        conversation.collation: "clerk.md#照合番号b",
        conversation.licence: "clerk.md#運転免許証",
        conversation.card_number: "clerk.md#在留カード特別永住者証明書",
        conversation.residence_entry: "clerk.md#在留カード特別永住者証明書",
        conversation.supervisor: "clerk.md#不一致のとき",
    }
    for page, place in pages.items():
        if page.isVisible():
            return place
    return _STRETCHES[conversation.current]


PLACES: Final = (
    DAYBOOK,
    TOWN,
    STAFF,
    SIGN_IN,
    VISITOR,
    PRINTERS,
    DOWNTIME,
    *_STRETCHES.values(),
    "clerk.md#暗証番号",
    "clerk.md#照合番号b",
    "clerk.md#運転免許証",
    "clerk.md#在留カード特別永住者証明書",
    "clerk.md#不一致のとき",
)
"""Every place that a key leads to; a test finds each of them in the manual."""
