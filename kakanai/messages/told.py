"""The message of an error, with its details filled in."""

from kakanai.errors import KakanaiError
from kakanai.messages.card import CARD_MESSAGES
from kakanai.messages.details import CHECKS, KEYS, KINDS, REASONS
from kakanai.messages.downtime import DOWNTIME_MESSAGES
from kakanai.messages.draft import DRAFT_MESSAGES
from kakanai.messages.form import FORM_MESSAGES
from kakanai.messages.identity import IDENTITY_MESSAGES
from kakanai.messages.log import LOG_MESSAGES
from kakanai.messages.message import Message
from kakanai.messages.printing import PRINTING_MESSAGES
from kakanai.messages.reception import RECEPTION_MESSAGES
from kakanai.messages.setup import SETUP_MESSAGES
from kakanai.messages.staff import STAFF_MESSAGES
from kakanai.messages.town import TOWN_MESSAGES
from kakanai.messages.training import TRAINING_MESSAGES
from kakanai.messages.usage import UNFORESEEN, USAGE_MESSAGES

MESSAGES: dict[str, Message] = {
    **CARD_MESSAGES,
    **DOWNTIME_MESSAGES,
    **DRAFT_MESSAGES,
    **FORM_MESSAGES,
    **IDENTITY_MESSAGES,
    **LOG_MESSAGES,
    **PRINTING_MESSAGES,
    **RECEPTION_MESSAGES,
    **SETUP_MESSAGES,
    **STAFF_MESSAGES,
    **TOWN_MESSAGES,
    **TRAINING_MESSAGES,
    **USAGE_MESSAGES,
}
"""Every message, by code."""


def message_for(error: KakanaiError) -> Message:
    """The message of an error with its details filled in."""
    message = MESSAGES.get(error.code, UNFORESEEN)
    details = _Details(error.details)
    reason = REASONS.get(error.code, {}).get(str(error.details.get("reason")))
    if reason is not None:
        details["reason"] = reason.format_map(details)
    kind = KINDS.get(str(error.details.get("kind")))
    if kind is not None:
        details["kind"] = kind
    check = CHECKS.get(str(error.details.get("check")))
    if check is not None:
        details["check"] = check
    key = KEYS.get(str(error.details.get("key")))
    if key is not None and error.code.startswith(("C-01", "U-011")):
        details.update(key=key.name, form=key.form, unlock=key.unlock)
    return Message(message.what.format_map(details), message.next_step.format_map(details))


class _Details(dict[str, int | str]):
    def __missing__(self, key: str) -> str:
        return "?"
