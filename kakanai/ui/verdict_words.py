"""The verdict on a card's authenticity 真正性 as sign, words and tone; one of four, none about revocation."""

from typing import Final

from kakanai.cardreader.authenticity.verdict import Authenticity, CheckResult, Verdict

SIGNS: Final = {
    Verdict.VERIFIED: "✓",
    Verdict.TEST_CA: "▲",
    Verdict.NO_ISSUER_KEY: "－",
    Verdict.MISMATCH: "×",
}
TONES: Final = {
    Verdict.VERIFIED: "ok",
    Verdict.TEST_CA: "caution",
    Verdict.NO_ISSUER_KEY: "plain",
    Verdict.MISMATCH: "danger",
}

_WHAT_FAILED: Final = {
    "text_certificate": "カードの証明書の署名が合いません。",
    "text_digests": "記録の署名が合いません。書き換えられたおそれがあります。",
    "basic_four": "氏名・住所などの記録が、署名されたものと違います。書き換えられたおそれがあります。",
    "my_number": "個人番号の記録が、署名されたものと違います。書き換えられたおそれがあります。",
    "text_card_key": "チップの鍵の署名が合いません。",
    "text_chip": "チップの答えが合いません。複製されたカードのおそれがあります。",
    "surface_certificate": "券面の証明書の署名が合いません。",
    "surface_face": "顔写真・券面の記録が、署名されたものと違います。書き換えられたおそれがあります。",
    "surface_agrees": "券面の記録と氏名などの記録で、生年月日か性別が違います。",
    "surface_chip": "チップの答えが合いません。複製されたカードのおそれがあります。",
    "card_signature": "画像と記載の記録が、署名されたものと違います。書き換えられたおそれがあります。",
    "card_certificate": "カードの証明書の署名が合いません。",
}


_LEFT_OPEN: Final = {
    "surface_face": "券面（顔写真）は未確認",
    "card_chip": "チップの複製と住所は確かめられません",
}


def left_open(authenticity: Authenticity) -> list[str]:
    """What the verdict does not speak of, because it was not read or no such card can prove it."""
    names = [check.name for check in authenticity.checks if check.result is CheckResult.NOT_DONE]
    return [_LEFT_OPEN[name] for name in names if name in _LEFT_OPEN]


def badge_text(authenticity: Authenticity) -> str:
    """Sign and word of the verdict."""
    return f"{SIGNS[authenticity.verdict]} {authenticity.verdict.label}"


def failed_checks(authenticity: Authenticity) -> list[str]:
    """What did not fit, in Japanese, each once."""
    names = [check.name for check in authenticity.checks if check.result is CheckResult.MISMATCH]
    return list(dict.fromkeys(_WHAT_FAILED.get(name, f"検査 {name} が合いません。") for name in names))
