"""Why a case number 受付番号 came to be given twice."""

from enum import StrEnum


class RenumberReason(StrEnum):
    """Why a number was given twice, as far as is known; a closed list (docs/decisions/0020)."""

    TWO_PCS = "two_pcs"
    COPIED = "copied"
    RESTORED = "restored"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The reason in Japanese."""
        return _LABELS[self]

    @property
    def name_told(self) -> str:
        """What stands among the names of the entries."""
        return f"renumber.{self.value}"


_LABELS = {
    RenumberReason.TWO_PCS: "同じ窓口番号の PC が2台あった",
    RenumberReason.COPIED: "PC か保存先のフォルダーが写されていた",
    RenumberReason.RESTORED: "操作ログが控えから戻されていた",
    RenumberReason.UNKNOWN: "分からない",
}
