"""What is said of a card's authenticity 真正性の判定: one of four words, and the checks behind it."""

import dataclasses
import enum
from typing import Final


@enum.unique
class Verdict(enum.StrEnum):
    """The whole of it 判定; there is no fifth word, and none speaks of revocation 失効."""

    VERIFIED = "verified"
    TEST_CA = "test_ca"
    NO_ISSUER_KEY = "no_issuer_key"
    MISMATCH = "mismatch"

    @property
    def label(self) -> str:
        """The word a clerk reads."""
        return _LABELS[self]


_LABELS: Final = {
    Verdict.VERIFIED: "検証済",
    Verdict.TEST_CA: "試験用CA",
    Verdict.NO_ISSUER_KEY: "発行者鍵なし(データのみ)",
    Verdict.MISMATCH: "不一致",
}

REVOCATION_NOT_CHECKED: Final = "失効は確認していません"
"""Said wherever a verdict is shown: only registered verifiers may ask (given: 公的個人認証法17条)."""


@enum.unique
class CheckResult(enum.StrEnum):
    """How one check came out; NOT_DONE: what it needs was not read."""

    OK = "ok"
    TEST_CA = "test_ca"
    NO_ISSUER_KEY = "no_issuer_key"
    MISMATCH = "mismatch"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NOT_DONE = "not_done"


@dataclasses.dataclass(frozen=True)
class Check:
    """One check by name; `reason` is a short English word for the log, never a datum of the person."""

    name: str
    result: CheckResult
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Authenticity:
    """The verdict and every check that led to it; `issuer` is the label of the key that was used."""

    verdict: Verdict
    checks: tuple[Check, ...]
    issuer: str | None = None

    def to_mapping(self) -> dict[str, object]:
        """For JSON."""
        return {
            "verdict": self.verdict.value,
            "label": self.verdict.label,
            "issuer": self.issuer,
            "revocation": "not_checked",
            "checks": [
                {"name": check.name, "result": check.result.value, "reason": check.reason}
                for check in self.checks
            ],
        }


def verdict_of(checks: tuple[Check, ...]) -> Verdict:
    """The worst that the checks found: a mismatch, then no key, then a test CA.

    A certificate out of its dates does not make the card another's: it is told as a check, not as verdict.
    """
    results = {check.result for check in checks}
    for result, verdict in (
        (CheckResult.MISMATCH, Verdict.MISMATCH),
        (CheckResult.NO_ISSUER_KEY, Verdict.NO_ISSUER_KEY),
        (CheckResult.TEST_CA, Verdict.TEST_CA),
    ):
        if result in results:
            return verdict
    return Verdict.VERIFIED if CheckResult.OK in results else Verdict.NO_ISSUER_KEY
