"""Why somebody looks at the log 閲覧の目的: a closed list, since a reason in words could name a visitor."""

from enum import StrEnum


class LookPurpose(StrEnum):
    """The purpose of a look, as the log keeps it."""

    WORK = "work"
    DAILY_REVIEW = "daily-review"
    INQUIRY = "inquiry"
    DISCLOSURE = "disclosure"
    INCIDENT = "incident"
    AUDIT = "audit"
    STATISTICS = "statistics"

    @property
    def label(self) -> str:
        """The purpose in Japanese."""
        return _LABELS[self]


_LABELS = {
    LookPurpose.WORK: "窓口の業務",
    LookPurpose.DAILY_REVIEW: "日次の確認",
    LookPurpose.INQUIRY: "来庁者からの問い合わせ",
    LookPurpose.DISCLOSURE: "開示請求への対応",
    LookPurpose.INCIDENT: "事故・苦情の調査",
    LookPurpose.AUDIT: "監査・点検",
    LookPurpose.STATISTICS: "集計・報告",
}
