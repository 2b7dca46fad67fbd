"""What ② says of guided procedures: why each is there, and what became of those that are not made."""

from PySide6.QtCore import QCoreApplication

from kakanai.identity.evidence import FactSource
from kakanai.reception.guidance import Because, FiredRule, Guidance, GuidedProcedure, GuidedState
from kakanai.ui.case_state import ASKED_SIGN, CARD_SIGN, DERIVED_SIGN

_SIGNS = {
    FactSource.CARD: CARD_SIGN,
    FactSource.ASKED: ASKED_SIGN,
    FactSource.HAND: ASKED_SIGN,
    FactSource.DERIVED: DERIVED_SIGN,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("GuidedWords", text)


def note_of(guided: GuidedProcedure) -> str:
    """A word before the title in the list; empty for a procedure that is simply made."""
    match guided.state:
        case GuidedState.DROPPED:
            return _tr("外した")
        case GuidedState.CONFLICT:
            return _tr("一緒にできない")
        case GuidedState.UNAVAILABLE:
            return _tr("様式がない")
        case GuidedState.BY_HAND:
            return _tr("追加")
        case GuidedState.GUIDED:
            return "" if guided.procedure.forms else _tr("案内")


def why_of(guided: GuidedProcedure) -> str:
    """Why a procedure is in the case: each rule's sentence, the answers behind it, the law."""
    told = [_rule_words(fired, guided.procedure.legal) for fired in guided.fired]
    return "\n".join([*_state_words(guided), *(told or [_tr("窓口で選びました。")])])


def notices_of(guidance: Guidance) -> str:
    """The notices 案内 of rules that bring no procedure, one a line."""
    told = [fired.rule.notice for fired in guidance.fired if fired.rule.notice and not fired.rule.procedures]
    return "\n".join(f"・{notice}" for notice in dict.fromkeys(told))


def _state_words(guided: GuidedProcedure) -> list[str]:
    match guided.state:
        case GuidedState.DROPPED:
            return [_tr("外しました。Space で戻します。")]
        case GuidedState.CONFLICT:
            words = _tr("「{title}」と同じ欄を使うので、一緒にはできません。別の受付で作ります。")
            return [words.format(title=guided.conflict)]
        case GuidedState.UNAVAILABLE:
            return [_tr("今日使える様式がありません。")]
        case _:
            return []


def _rule_words(fired: FiredRule, legal: str) -> str:
    answers = "、".join(_because_words(one) for one in fired.because)
    basis = fired.rule.legal or legal
    words = [fired.rule.why, f"［{answers}］" if answers else "", f"（{basis}）" if basis else ""]
    return "".join(words)


def _because_words(because: Because) -> str:
    sign = _SIGNS.get(because.source, DERIVED_SIGN)
    return f"{sign}{because.question}: {because.answer}" if because.answer else f"{sign}{because.question}"
