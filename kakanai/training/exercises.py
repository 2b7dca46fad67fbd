"""Faults to practise 困ったときの練習: what goes wrong, and whether the clerk found the way out."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kakanai.training.observed import Observed


class CardFault(StrEnum):
    """What the card of an exercise does."""

    NONE = ""
    PULLED = "pulled"


class PrinterFault(StrEnum):
    """What the practice printer does until it is mended."""

    NONE = ""
    NO_PAPER = "no_paper"
    OFFLINE = "offline"


@dataclass(frozen=True)
class Exercise:
    """One exercise: what is arranged, what the clerk is told, and when it counts as done.

    `card` is laid on the reader when it begins ("" for none). `went_wrong`: the fault was met. `is_mastered`:
    the way out was found after that.
    """

    id: str
    title: str
    words: str
    way_out: str
    went_wrong: Callable[[Observed], bool]
    is_mastered: Callable[[Observed], bool]
    card: str = ""
    card_fault: CardFault = CardFault.NONE
    printer_fault: PrinterFault = PrinterFault.NONE


_WRONG_PIN: Final = "C-011"
_MISMATCH: Final = "I-050"
_CARD_GONE: Final = frozenset({"C-007", "C-009", "C-010"})
_PRINT_FAILED: Final = frozenset({"P-022", "P-023"})

EXERCISES: Final = (
    Exercise(
        "wrong-pin",
        "暗証番号を間違える",
        "架空　剛のカードを置きました。わざと 0000 を入れて Enter を押します。",
        "残り2回と出ます。来庁者に確かめてから、正しい 1234 を入れます。",
        lambda seen: _WRONG_PIN in seen.codes,
        lambda seen: _WRONG_PIN in seen.codes and seen.who == "dog-owner",
        "dog-owner",
    ),
    Exercise(
        "locked-pin",
        "暗証番号がロックされている",
        "見本　太郎のカードを置きました。暗証番号は使えません。",
        "F10 で照合番号B（550115 2032 7541）を使うか、F3 で手入力します。"
        "暗証番号の初期化は、カードの係に案内します。",
        lambda seen: seen.card == "locked-pin",
        lambda seen: seen.who == "locked-pin" or seen.is_by_hand,
        "locked-pin",
    ),
    Exercise(
        "card-pulled",
        "読んでいる途中でカードが離れる",
        "例文　一のカードを置きました。1234 を入れると、読んでいる途中でカードが離れます。",
        "「住民」で 例文　一 をもう一度置き、暗証番号をもう一度入れてもらいます。残り回数は減っていません。",
        lambda seen: bool(seen.codes & _CARD_GONE),
        lambda seen: bool(seen.codes & _CARD_GONE) and seen.who == "moving-within",
        "moving-within",
        CardFault.PULLED,
    ),
    Exercise(
        "mismatch",
        "カードの真正性が一致しない",
        "見本　初子のカードを置きました。1234 を入れます。氏名が書き換えられたカードです。",
        "カードの内容は使われません。本番では責任者を呼びます。"
        "「使わない」を押して手入力にするか、Shift+F9 で取りやめます。",
        lambda seen: _MISMATCH in seen.codes,
        lambda seen: _MISMATCH in seen.codes and (bool(seen.cancelled) or seen.is_by_hand),
        "forged",
    ),
    Exercise(
        "no-paper",
        "プリンターの用紙がなくなる",
        "受付を1つ進めて、⑤で印刷します。プリンターの用紙がなくなっています。",
        "受付は残っています。用紙を入れて（「プリンターを直した」を押して）、もう一度印刷します。",
        lambda seen: bool(seen.codes & _PRINT_FAILED),
        lambda seen: bool(seen.codes & _PRINT_FAILED) and seen.has_paper,
        printer_fault=PrinterFault.NO_PAPER,
    ),
    Exercise(
        "printer-off",
        "プリンターが止まっている",
        "受付を1つ進めて、⑤で印刷します。プリンターの電源が切れています。",
        "電源とつなぎ方を確かめ（「プリンターを直した」を押して）もう一度印刷するか、印刷先を替えます。",
        lambda seen: bool(seen.codes & _PRINT_FAILED),
        lambda seen: bool(seen.codes & _PRINT_FAILED) and seen.has_paper,
        printer_fault=PrinterFault.OFFLINE,
    ),
)
"""The exercises in the order they are offered."""
