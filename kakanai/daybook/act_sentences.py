"""Each act of the log as one Japanese sentence, with what it told beside it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kakanai.daybook.case_words import card_words, day_words, read_by_words, role_words
from kakanai.daybook.code_sentences import code_sentence
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.looked_for import filter_words
from kakanai.daybook.review_phrases import PhraseBook, phrase_id_of
from kakanai.daybook.titles import Titles
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.renumber_reason import RenumberReason
from kakanai.sessionlog.words import EntryKind

_LOOKS: Final = frozenset({EntryKind.LOG_VIEWED, EntryKind.LOG_SEARCHED, EntryKind.LOG_EXPORTED})
_RENUMBERED: Final = frozenset({EntryKind.NUMBER_DOUBLED, EntryKind.CASE_RENUMBERED})
_REASONS: Final = {reason.name_told: reason.label for reason in RenumberReason}
_REVIEWS: Final = frozenset({EntryKind.CASE_APPROVED, EntryKind.CASE_SENT_BACK, EntryKind.CASE_COMMENTED})

_PLAIN: Final[Mapping[EntryKind, str]] = {
    EntryKind.NUMBER_GIVEN: "受付番号を出しました。",
    EntryKind.NUMBER_DOUBLED: "この番号は2件の受付に出ていました。もう1件は、別の番号に付け直しました。",
    EntryKind.CASE_RENUMBERED: "紙にある受付番号が別の受付と同じだったので、番号を付け直しました。",
    EntryKind.CASE_OPENED: "受付を始めました。",
    EntryKind.HAND_ENTERED: "本人の情報を手で入力しました。",
    EntryKind.FINDING_DECIDED: "指摘のある欄の扱いを決めました。",
    EntryKind.MISMATCH_ACCEPTED: "真正性が不一致のカードを、責任者の判断で使いました。",
    EntryKind.CARD_FACT_STALE: "カードの記載と違う内容を、本人に聞いて入力しました。",
    EntryKind.PERSON_REMOVED: "受付から人を外しました。",
    EntryKind.ADDRESS_PROTECTED: "支援措置の受付にしました（住所を出しません）。",
    EntryKind.IDENTITY_CHECKED: "本人確認をしました。",
    EntryKind.DOCUMENTS_CHECKED: "持ち物・書類を確認しました。",
    EntryKind.VISITOR_CONFIRMED: "来庁者が画面で答えました。",
    EntryKind.CASE_SUSPENDED: "受付を保留にしました。",
    EntryKind.CASE_RESUMED: "受付の続きを始めました。",
    EntryKind.CASE_CLOSED: "受付を終えました。",
    EntryKind.CASE_CANCELLED: "受付を取りやめました。",
    EntryKind.CASE_APPROVED: "責任者が承認しました。",
    EntryKind.CASE_SENT_BACK: "責任者が差し戻しました。",
    EntryKind.CASE_COMMENTED: "責任者が付記しました。",
    EntryKind.LOG_VERIFIED: "操作ログを検証しました。",
    EntryKind.OFFICE_KEY_MADE: "日締めの鍵を作りました。",
    EntryKind.STAFF_ADDED: "職員を登録しました。",
    EntryKind.STAFF_CHANGED: "職員の登録を変えました。",
    EntryKind.STAFF_DISABLED: "職員を使えなくしました。",
    EntryKind.STAFF_RESET: "職員のパスワードを作り直しました。",
    EntryKind.SIGNED_IN: "サインインしました。",
    EntryKind.SIGN_IN_FAILED: "サインインに失敗しました。",
    EntryKind.SIGNED_OUT: "サインアウトしました。",
    EntryKind.LOCKED: "画面をロックしました。",
    EntryKind.UNLOCKED: "画面のロックを解きました。",
    EntryKind.BACKED_UP: "控えを作りました。",
    EntryKind.RESTORED: "控えから戻しました。",
    EntryKind.SCHEMA_UPGRADED: "データベースを新しい版にしました。",
    EntryKind.ROLLED_BACK_SEEN: "操作ログが前の状態に戻されていることに気づきました。",
    EntryKind.ROLLED_BACK_ACKNOWLEDGED: "責任者が、操作ログの巻き戻りを確かめました。",
    EntryKind.SPOOL_MERGED: "つながらない間の記録を、操作ログに加えました。",
    EntryKind.DISK_LOW: "ディスクの空きが少なくなりました。",
    EntryKind.DOWNTIME_PRINTED: "停電・停止のときの用紙を印刷しました。",
    EntryKind.DOWNTIME_TAKEN: "停電・停止のときの用紙を、受付として記録しました。",
    EntryKind.DOWNTIME_VOIDED: "停電・停止のときの用紙を、廃棄したと記録しました。",
}


class ActSentences:
    """Sentences for acts, with the titles and phrases of this town."""

    def __init__(self, titles: Titles, phrases: PhraseBook) -> None:
        self._titles = titles
        self._phrases = phrases

    def sentence(self, entry: LogEntry) -> str:
        """What was done."""
        special = _SPECIAL.get(entry.kind)
        return special(self, entry) if special else _PLAIN.get(entry.kind, f"{entry.kind.value} の記録です。")

    def details(self, entry: LogEntry) -> tuple[str, ...]:
        """What the act told beside that, one line for each thing."""
        return tuple(self._details(entry))

    def _details(self, entry: LogEntry) -> Iterator[str]:
        yield from self._named(entry)
        yield from map(code_sentence, entry.codes)
        if entry.forms:
            forms = (f"{self._titles.form_in_full(f.form)}（{f.pages}枚）" for f in entry.forms)
            yield f"様式: {'、'.join(forms)}"
        if purpose := self._purpose(entry):
            yield f"目的: {purpose}"
        if entry.about is not None and entry.kind not in _LOOKS:
            role = f"（{role_words(entry.role)}）" if entry.role else ""
            yield f"職員 {entry.about}{role}"
        if entry.counts:
            yield "、".join(f"{_COUNTED.get(name, name)} {n:,}" for name, n in sorted(entry.counts.items()))
        if entry.digest:
            yield f"SHA-256: {entry.digest[:16]}…"
        if entry.spool:
            yield "つながらない間に記録し、後で加えました。"

    def _named(self, entry: LogEntry) -> Iterator[str]:
        if entry.kind in _REVIEWS:
            yield from (self._phrases.words(phrase_id_of(name)) for name in entry.names)
        elif entry.kind in _LOOKS:
            yield from filter_words(entry, self._titles)
        elif entry.kind in _RENUMBERED:
            yield from (f"理由: {_REASONS[name]}" for name in entry.names if name in _REASONS)
        elif ways := [_SIGN_IN[name] for name in entry.names if name in _SIGN_IN]:
            yield f"方法: {'、'.join(ways)}"
        elif items := [name for name in entry.names if name not in _SETTINGS]:
            yield f"項目: {'、'.join(items)}"

    def _purpose(self, entry: LogEntry) -> str:
        known = {purpose.value: purpose.label for purpose in LookPurpose} if entry.kind in _LOOKS else {}
        return "、".join(known.get(one) or self._titles.procedure(one) for one in entry.purpose)

    def _procedures(self, entry: LogEntry) -> str:
        return "、".join(map(self._titles.procedure, entry.procedures)) or "なし"

    def card_read(self, entry: LogEntry) -> str:
        """Which card was read, and by which key."""
        return f"{card_words(entry.card_kind) or 'カード'}を{_by(entry)}読み取りました。"

    def reading_failed(self, entry: LogEntry) -> str:
        """Which card could not be read."""
        return f"{card_words(entry.card_kind) or 'カード'}を読み取れませんでした。"

    def person_added(self, entry: LogEntry) -> str:
        """By which way somebody was added."""
        if not entry.card_kind:
            return "受付に人を加えました（手入力）。" if entry.read_by == "hand" else "受付に人を加えました。"
        return f"受付に人を加えました（{card_words(entry.card_kind)}を{_by(entry)}読み取り）。"

    def procedures_chosen(self, entry: LogEntry) -> str:
        """The procedures."""
        return f"手続を選びました: {self._procedures(entry)}"

    def day_closed(self, entry: LogEntry) -> str:
        """Which day was closed."""
        return f"{_on(entry)}を締めました。"

    def purged(self, entry: LogEntry) -> str:
        """Up to which day."""
        return f"{_on(entry)}までの古い記録の中身を消しました。"

    def kept_deleted(self, entry: LogEntry) -> str:
        """Of which day."""
        return f"{_on(entry)}に刷った様式の控えを消しました。"

    def clock_set_back(self, entry: LogEntry) -> str:
        """By how much."""
        return f"パソコンの時計が {entry.counts.get('seconds', 0):,} 秒戻っています。"

    def viewed(self, entry: LogEntry) -> str:
        """What was looked at."""
        if entry.case_number is not None:
            return "この受付の経過を見ました。"
        return f"{_on(entry) or '操作ログ'}の{'集計' if 'view.stats' in entry.names else '日報'}を見ました。"

    def searched(self, _entry: LogEntry) -> str:
        """A search; what for is told beside it."""
        return "操作ログを検索しました。"

    def exported(self, entry: LogEntry) -> str:
        """As what the log was handed on."""
        kind = next((_FILES[name] for name in entry.names if name in _FILES), "ファイル")
        return f"操作ログを{kind}に書き出しました。"

    def settings_changed(self, entry: LogEntry) -> str:
        """What was done to the settings."""
        told = [_SETTINGS[name] for name in entry.names if name in _SETTINGS]
        if not told or set(entry.names) - _SETTINGS.keys():
            told.insert(0, "町の設定を変えました。")
        return "".join(told)

    def paper(self, entry: LogEntry) -> str:
        """How many sheets of what step."""
        if entry.kind is EntryKind.PRINT_FAILED and not entry.forms:
            return "印刷できませんでした。"
        pages = sum(form.pages for form in entry.forms)
        told = f"（{len(entry.forms)}様式・{pages}枚）" if entry.forms else ""
        return f"{_PAPER[entry.kind]}{told}。"


def _by(entry: LogEntry) -> str:
    by = read_by_words(entry.read_by)
    return f"{by}で" if by else ""


def _on(entry: LogEntry) -> str:
    return "" if entry.on is None else day_words(entry.on)


_PAPER: Final = {
    EntryKind.FORMS_FILLED: "様式を作りました",
    EntryKind.PRINT_RELEASED: "印刷を許しました",
    EntryKind.PRINT_DONE: "印刷しました",
    EntryKind.PRINT_FAILED: "印刷が途中で止まりました。出た紙があります",
    EntryKind.CASE_CORRECTED: "印刷の後で訂正しました",
}
_FILES: Final = {
    "file.report_pdf": "日報（PDF）",
    "file.charts_pdf": "グラフ（PDF）",
    "file.csv": "CSV（UTF-8）",
    "file.csv_cp932": "CSV（シフトJIS）",
    "file.json": " JSON ",
}
_COUNTED: Final = {
    "cases": "受付",
    "days": "日数",
    "entries": "記録",
    "found": "見つかった受付",
    "kib": "大きさ（KiB）",
    "pages": "ページ",
    "seconds": "秒",
    "replaced": "置き換えた文字",
    "files": "ファイル",
    "kept_forms": "控えの様式",
    "free_mib": "空き（MiB）",
    "failures": "失敗",
    "numbers": "受付番号",
}
_SIGN_IN: Final = {
    "sign_in.window": "窓から",
    "sign_in.script": "コマンドから",
    "sign_in.card": "職員証で",
    "sign_in.away": "記録サーバーにつながらない間に",
}
"""What stands among the names of signing in and out."""
_SETTINGS: Final = {
    "setup.exported": "初期設定を、暗号にした1つのファイルに書き出しました。",
    "setup.imported": "ほかの PC の初期設定を読み込みました。",
    "setup.restored": "前に使えていた町の設定に戻しました。",
    "log.password": "操作ログのサーバーのパスワードを変えました。",
}
"""What stands among the names of settings and is none: an act on all of them, or on what no file holds."""
_Teller = Callable[[ActSentences, LogEntry], str]
_SPECIAL: Final[Mapping[EntryKind, _Teller]] = {
    EntryKind.CARD_READ: ActSentences.card_read,
    EntryKind.READING_FAILED: ActSentences.reading_failed,
    EntryKind.PERSON_ADDED: ActSentences.person_added,
    EntryKind.PROCEDURES_CHOSEN: ActSentences.procedures_chosen,
    EntryKind.DAY_CLOSED: ActSentences.day_closed,
    EntryKind.PURGED: ActSentences.purged,
    EntryKind.DRAFTS_DELETED: ActSentences.kept_deleted,
    EntryKind.CLOCK_SET_BACK: ActSentences.clock_set_back,
    EntryKind.LOG_VIEWED: ActSentences.viewed,
    EntryKind.LOG_SEARCHED: ActSentences.searched,
    EntryKind.LOG_EXPORTED: ActSentences.exported,
    EntryKind.SETTINGS_CHANGED: ActSentences.settings_changed,
    **dict.fromkeys(_PAPER, ActSentences.paper),
}
