"""Everything somebody may be asked for a permission of."""

from enum import StrEnum


class Act(StrEnum):
    """An act 操作 that only some roles may do (permissions.py says which)."""

    USE_COUNTER = "use_counter"
    DISCARD_CASE = "discard_case"
    END_ANOTHERS_CASE = "end_anothers_case"
    REPRINT = "reprint"
    REPRINT_ANOTHERS = "reprint_anothers"
    OVERRIDE_MISMATCH = "override_mismatch"

    VIEW_DAY = "view_day"
    SEARCH = "search"
    VIEW_TIMELINE = "view_timeline"
    VIEW_STATS = "view_stats"
    EXPORT = "export"
    VERIFY = "verify"
    WRITE_VERIFIER = "write_verifier"

    APPROVE = "approve"
    SEND_BACK = "send_back"
    COMMENT = "comment"
    CLOSE_DAY = "close_day"
    ACKNOWLEDGE_ROLL_BACK = "acknowledge_roll_back"

    CHECK_DATABASE = "check_database"
    REBUILD_DATABASE = "rebuild_database"
    BACK_UP = "back_up"
    RESTORE = "restore"
    UPGRADE_DATABASE = "upgrade_database"
    RESCUE = "rescue"
    PURGE = "purge"
    SETTLE_SPOOL = "settle_spool"

    CHANGE_SETTINGS = "change_settings"
    SET_PRINTERS = "set_printers"
    SWITCH_DRAFTS_OFF = "switch_drafts_off"
    MANAGE_OFFICE_KEY = "manage_office_key"

    PREPARE_DOWNTIME = "prepare_downtime"

    LIST_STAFF = "list_staff"
    MANAGE_STAFF = "manage_staff"
    CHANGE_OWN_PASSWORD = "change_own_password"  # noqa: S105 - the name of an act

    @property
    def label(self) -> str:
        """The act in Japanese, as it stands in 「…はできません」."""
        return _LABELS[self]


_LABELS = {
    Act.USE_COUNTER: "窓口の受付",
    Act.DISCARD_CASE: "受付の取りやめ",
    Act.END_ANOTHERS_CASE: "ほかの職員の受付を終えること",
    Act.REPRINT: "刷った様式の刷り直し",
    Act.REPRINT_ANOTHERS: "ほかの職員の受付の刷り直し",
    Act.OVERRIDE_MISMATCH: "不一致のカードを使う判断",
    Act.VIEW_DAY: "日報を見ること",
    Act.SEARCH: "操作ログの検索",
    Act.VIEW_TIMELINE: "受付の経過を見ること",
    Act.VIEW_STATS: "集計を見ること",
    Act.EXPORT: "操作ログの書き出し",
    Act.VERIFY: "操作ログの検証",
    Act.WRITE_VERIFIER: "検証プログラムの書き出し",
    Act.APPROVE: "受付の承認",
    Act.SEND_BACK: "受付の差し戻し",
    Act.COMMENT: "受付への付記",
    Act.CLOSE_DAY: "日締め",
    Act.ACKNOWLEDGE_ROLL_BACK: "巻き戻りの確認",
    Act.CHECK_DATABASE: "データベースの点検",
    Act.REBUILD_DATABASE: "集計表の作り直し",
    Act.BACK_UP: "控えの作成",
    Act.RESTORE: "控えからの復元",
    Act.UPGRADE_DATABASE: "データベースの更新",
    Act.RESCUE: "壊れたデータベースの救出",
    Act.PURGE: "古い記録の消去",
    Act.SETTLE_SPOOL: "預かった記録の整理",
    Act.CHANGE_SETTINGS: "町の設定の変更",
    Act.SET_PRINTERS: "プリンターの設定と補正",
    Act.SWITCH_DRAFTS_OFF: "下書きを使わないようにすること",
    Act.MANAGE_OFFICE_KEY: "日締めの鍵の管理",
    Act.PREPARE_DOWNTIME: "停電・停止のときの用紙の印刷と廃棄",
    Act.LIST_STAFF: "職員の一覧",
    Act.MANAGE_STAFF: "職員の登録と変更",
    Act.CHANGE_OWN_PASSWORD: "自分のパスワードの変更",
}
