"""Why this program exchanges more than the least: every exchange on top, by reason, for each operation."""

from typing import Final

from benchmarks.card_operations import Mode, Operation

REASONS: Final = {
    "tries": "asks for the tries left before a key is typed or presented, at no try",
    "kind": "finds out which kind of card lies there, and goes back",
    "facts": "reads whether PINs are set, or type and version of a 在留カード",
    "end": "asks beyond an answer of exactly 256 bytes, which a reader might have cut off",
    "refused": "learns that the card knows no short ids",
    "again": "selects a key's file anew before VERIFY, which must never go to another key",
    "trial": "learns whether a reader passes extended APDUs, once in its life",
}

_LICENCE: Final = {"kind": 2, "facts": 1, "tries": 2}
_RESIDENCE: Final = {"kind": 1, "facts": 2}
_ON_TOP: Final[dict[str, dict[str, int]]] = {
    "4情報 by PIN": {"tries": 1},
    "+ 個人番号": {"tries": 1},
    "+ 個人番号, proof": {"tries": 1},
    # Nobody has chosen yet by which key when the card is put on: the PIN's tries are asked, then 照合番号B's.
    "4情報 by 照合番号B": {"tries": 2},
    "+ face": {"tries": 2},
    "+ face, proof": {"tries": 2},
    "利用者証明用証明書": {},
    "the same and its CA": {"kind": 1, "tries": 1},
    "signature by 署名用 key": {"kind": 1, "tries": 2},
    "マイナ免許証": {"facts": 1, "tries": 1},
    "運転免許証, PIN1": _LICENCE,
    "運転免許証, PIN1+PIN2": {**_LICENCE, "end": 1},
    "在留カード, 1st generation": _RESIDENCE,
    "在留カード, 2nd generation": _RESIDENCE,
    "pin-status": {"kind": 1},
}

_PIN_WITHOUT_SFI: Final = {"tries": 1, "refused": 1, "again": 1}
_B_WITHOUT_SFI: Final = {"tries": 3, "refused": 1, "again": 1}
_LICENCE_WITHOUT_SFI: Final = {"kind": 2, "facts": 2, "tries": 4, "refused": 1}
_ON_TOP_WITHOUT_SFI: Final[dict[str, dict[str, int]]] = {
    "4情報 by PIN": _PIN_WITHOUT_SFI,
    "+ 個人番号": _PIN_WITHOUT_SFI,
    "+ 個人番号, proof": _PIN_WITHOUT_SFI,
    "4情報 by 照合番号B": _B_WITHOUT_SFI,
    "+ face": _B_WITHOUT_SFI,
    "+ face, proof": _B_WITHOUT_SFI,
    "利用者証明用証明書": {"refused": 1},
    "the same and its CA": {"kind": 1, "tries": 2, "refused": 1},
    # The signing command tries the short id of its key once more.
    "signature by 署名用 key": {"kind": 1, "tries": 3, "refused": 2, "again": 1},
    "マイナ免許証": {"facts": 2, "tries": 1, "refused": 1, "again": 1},
    "運転免許証, PIN1": _LICENCE_WITHOUT_SFI,
    "運転免許証, PIN1+PIN2": {**_LICENCE_WITHOUT_SFI, "end": 1},
    "pin-status": {"kind": 1, "refused": 1},
}

# The trial is a READ that is needed anyway, so only a refused one is on top. For the face alone a free file
# is read only for the trial, since a reader that broke the link behind a VERIFY would cost a second try.
_TRIAL_REFUSED: Final = {
    "+ 個人番号, proof": 1,
    "+ face": 4,
    "+ face, proof": 1,
    "利用者証明用証明書": 1,
    "the same and its CA": 1,
    "マイナ免許証": 1,
    "運転免許証, PIN1": 1,
    "運転免許証, PIN1+PIN2": 1,
    "在留カード, 1st generation": 1,
    "在留カード, 2nd generation": 1,
}
_TRIAL_PASSED: Final = {"+ face": 1}


def on_top(operation: Operation, mode: Mode) -> dict[str, int]:
    """The exchanges beyond the least, by reason."""
    spent = dict((_ON_TOP if mode.has_sfi else _ON_TOP_WITHOUT_SFI)[operation.name])
    if mode.has_extended:
        spent.pop("end", None)  # the whole file was asked for
    if mode.is_known:
        return spent
    trial = (_TRIAL_PASSED if mode.has_extended else _TRIAL_REFUSED).get(operation.name)
    return {**spent, "trial": trial} if trial else spent
