"""Checks of authenticity 真正性 as a clerk reads them."""

from typing import Final

from kakanai.cardreader.authenticity.verdict import Check, CheckResult
from kakanai.messages import CHECKS

_RESULTS: Final = {
    CheckResult.OK: "合っています",
    CheckResult.TEST_CA: "試験用CA",
    CheckResult.NO_ISSUER_KEY: "発行者鍵なし",
    CheckResult.MISMATCH: "不一致",
    CheckResult.EXPIRED: "期限が過ぎています",
    CheckResult.NOT_YET_VALID: "まだ有効ではありません",
    CheckResult.NOT_DONE: "確かめていません",
}
_REASONS: Final = {
    "not-read": "読んでいません",
    "not-on-chip": "チップにありません",
    "no-challenge": "このカードのチップには問い合わせられません",
    "unsigned": "署名の対象ではありません",
    "withheld": "この鍵では読めません",
    "certificate-not-public": "検証用の証明書が公開されていません",
    "revoked-issuer": "失効した発行者の鍵です",
    "ca": "発行者の証明書",
}
"""What a clerk can make use of; the other reasons are words for whoever looks into the card, shown as are."""


def check_line(check: Check) -> str:
    """What was looked at, how it came out, and why."""
    reason = f"（{_REASONS.get(check.reason, check.reason)}）" if check.reason else ""
    return f"{CHECKS.get(check.name, check.name)}: {_RESULTS[check.result]}{reason}"
