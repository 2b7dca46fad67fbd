"""Details of an error in words: reasons, kinds of card, checks, keys 鍵."""

from dataclasses import dataclass

REASONS: dict[str, dict[str, str]] = {
    "I-040": {
        "unknown_key": "この名前の項目はありません",
        "type": "文字と数の種類が違います",
        "value": "値が正しくありません",
        "control_character": "改行などの制御文字が入っています",
        "too_long": "長すぎます",
    },
    "I-051": {
        "unknown": "町の設定にない職員番号です",
        "same_clerk": "受付した職員と同じ番号です",
        "none_named": "町の設定（supervisors）に責任者が書かれていません",
    },
    "C-040": {
        "not-14-digits": "14桁の数字ではありません",
        "birth-day": "月日が暦にありません",
        "birth-in-future": "生年月日が未来の日付です",
        "birth-too-early": "生年月日が古すぎます",
        "expiry-year": "有効期限の年が、昨年から10年後までの間にありません",
        "security-code": "セキュリティコードが4桁の数字ではありません",
    },
    "U-010": {
        "missing": "ファイルがありません",
        "unreadable": "開けません（権限か、フォルダーです）",
        "encoding": "UTF-8 の文字ではありません",
        "syntax": "{line} 行目が JSON の書き方になっていません",
        "nesting": "入れ子が深すぎます",
        "number": "桁の多すぎる数があります",
        "repeated_key": "同じ項目が2回書かれています",
        "no_object": "項目と値の組（{{ }}）ではありません",
    },
    "A-004": {
        "expired": "時間が切れました",
        "ended": "サインアウトしたか、別の窓でサインインしたか、管理者がパスワードを付け直しました",
        "disabled": "この職員番号は使えなくなりました",
        "changed": "記録サーバーにつながらない間に、役割かパスワードが変わりました",
        "clock": "パソコンの時計が戻されました",
        "account": "別のパソコンか、別の利用者のサインインです",
    },
    "A-006": {
        "short": "10文字より短い",
        "long": "128文字より長い",
        "characters": "使えない文字が入っている",
        "few": "同じ文字ばかり",
        "number": "職員番号とほとんど同じ",
        "common": "よく使われている",
        "same": "いまのパスワードと同じ",
    },
    "P-032": {
        "few": "左上 A と右下 C の数字が要ります",
        "far": "ずれが大きすぎます",
        "apart": "四隅の数字どうしが食い違っています",
    },
    "A-015": {
        "open": "ほかの利用者も読める",
    },
    "L-062": {
        "open": "まだ終わっていません",
        "approved": "もう承認されています",
    },
    "G-010": {
        "foreign": "初期設定のファイルではありません",
        "ENOENT": "ファイルがありません",
        "EISDIR": "フォルダーです",
        "EACCES": "読み取りの権限がありません",
    },
    "G-015": {
        "exists": "同じ名前のものがあります",
        "ENOSPC": "ディスクの空きがありません",
        "EACCES": "書き込みの権限がありません",
        "ENOENT": "フォルダーがありません",
    },
    "L-064": {
        "exists": "同じ名前のものがあります",
        "full": "ディスクの空きがありません",
    },
    "L-066": {
        "order": "終わりが始まりより前です",
        "long": "10年を超えています",
    },
    "L-032": {
        "missing": "ファイルがありません",
        "unreadable": "開けません（権限か、フォルダーです）",
        "foreign": "操作ログのファイルではないか、はじめが壊れています",
        "schema": "このプログラムより新しい版の操作ログです",
        "busy": "確かめている間に書き込まれました。窓を閉じてから、または控えを確かめてください",
        "anchor": "錨のファイル（anchor.json）ではありません",
    },
    "L-035": {
        "form": "鍵のファイルの形ではありません",
        "EACCES": "権限がありません",
        "EPERM": "権限がありません",
        "ENOENT": "フォルダーがありません",
        "ENOSPC": "空きがありません",
        "EDQUOT": "使える量を超えています",
        "EROFS": "書き込めないディスクです",
        "EISDIR": "同じ名前のフォルダーがあります",
        "ENOTDIR": "フォルダーの名前のファイルがあります",
        "EIO": "ディスクの読み書きに失敗しました",
    },
    "L-037": {
        "passphrase": "合言葉が違うか、入力されていません",
        "keyring": "この PC の鍵束（キーリング）に、鍵を開けるものがありません",
    },
    "L-042": {
        "open": "ほかのプログラムが使っています",
        "full": "ディスクの空きが足りません",
        "other": "書き直せませんでした",
    },
    "L-043": {
        "exists": "もうあります",
        "folder": "フォルダーがありません",
        "unwritable": "書けません",
        "full": "空きが足りません",
    },
    "L-045": {
        "missing": "ありません",
        "unreadable": "読めません",
        "foreign": "操作ログではありません",
        "version": "新しい版のプログラムのものです",
        "damaged": "壊れています",
        "chain": "記録 {seq} が書かれたときと違います",
        "findings": "検証で合わないところがあります。はじめは記録 {seq}。戻すなら --despite-findings",
        "empty": "記録がありません",
    },
    "L-046": {
        "open": "ほかのプログラムが操作ログを使っています",
        "occupied": "サーバーのデータベースに、もう記録があります。空のデータベースを作ってください",
        "same": "操作ログそのものです",
        "unwritable": "書けません",
        "full": "空きが足りません",
    },
    "L-055": {
        "none": "この PC にはありません",
        "timeout": "答えがありません",
    },
    "L-056": {
        "none": "サーバーがパスワードを聞きません",
        "libpq": "PostgreSQL の決まりの場所のパスワードで入れます",
    },
    "S-021": {
        "damaged": "壊れています",
    },
    "L-047": {
        "missing": "ファイルがありません",
        "unreadable": "読めません",
        "none": "記録が見つかりません",
        "server": "サーバーのデータベースです",
    },
}
"""The detail `reason` of an error in words, by code and by the word that the program uses."""


KINDS: dict[str, str] = {
    "mynumber": "マイナンバーカード",
    "driver_licence": "運転免許証",
    "residence_card": "在留カード・特別永住者証明書",
    "juki_card": "住民基本台帳カード",
    "unknown": "知らないカード",
}
"""The detail `kind` in words."""


CHECKS: dict[str, str] = {
    "text_certificate": "カードの証明書（券面事項入力補助）",
    "text_digests": "記録の署名",
    "basic_four": "氏名・住所・生年月日・性別の記録",
    "my_number": "個人番号の記録",
    "text_card_key": "チップの鍵の署名",
    "text_chip": "チップの応答（券面事項入力補助）",
    "surface_certificate": "カードの証明書（券面事項確認）",
    "surface_face": "顔写真と券面の記録",
    "surface_chip": "チップの応答（券面事項確認）",
    "surface_agrees": "券面と記録の生年月日・性別",
    "auth_certificate": "利用者証明用電子証明書の発行者",
    "auth_dates": "利用者証明用電子証明書の有効期間",
    "auth_policy": "利用者証明用電子証明書のポリシー",
    "auth_usage": "利用者証明用電子証明書の鍵の用途",
    "sign_certificate": "署名用電子証明書の発行者",
    "sign_dates": "署名用電子証明書の有効期間",
    "sign_policy": "署名用電子証明書のポリシー",
    "sign_usage": "署名用電子証明書の鍵の用途",
    "card_signature": "画像と記載の署名",
    "card_certificate": "カードの証明書の発行者",
    "certificate_dates": "カードの証明書の有効期間",
    "card_expiry": "カードの有効期間",
    "card_chip": "チップが複製でないこと",
    "card_address": "住所の記録",
    "licence_signature": "免許証の電子署名",
}
"""What a check of authenticity 真正性 looks at, in words; also the detail `check` of an error."""


@dataclass(frozen=True)
class KeyWords:
    """What a key 鍵 of a card is called, what it looks like, and who unlocks it."""

    name: str
    form: str
    unlock: str


_AT_THE_TOWN = "住民登録のある市区町村の窓口で初期化（再設定）が必要です。"
_AT_THE_POLICE = "警察署か運転免許センターで解除が必要です。この手続は手入力で進められます。"
_FOUR = "数字4桁"
KEYS: dict[str, KeyWords] = {
    "text_pin": KeyWords(
        "券面事項入力補助用の暗証番号",
        _FOUR,
        _AT_THE_TOWN + "今日は照合番号B（券面の14桁）か手入力で進められます。",
    ),
    "collation_a": KeyWords("照合番号A", "数字12桁", _AT_THE_TOWN),
    "collation_b": KeyWords(
        "照合番号B", "券面の数字14桁", _AT_THE_TOWN + "今日は暗証番号か手入力で進められます。"
    ),
    "surface_collation_a": KeyWords("照合番号A（券面事項確認）", "数字12桁", _AT_THE_TOWN),
    "surface_collation_b": KeyWords(
        "照合番号B（券面事項確認）", "券面の数字14桁", _AT_THE_TOWN + "写真なしでは進められます。"
    ),
    "birth_date": KeyWords("生年月日（年齢確認）", "数字6桁", _AT_THE_TOWN),
    "auth_pin": KeyWords("利用者証明用の暗証番号", _FOUR, _AT_THE_TOWN),
    "sign_pin": KeyWords("署名用の暗証番号", "英大文字と数字を混ぜた6〜16桁", _AT_THE_TOWN),
    "common_pin": KeyWords("個人番号カード用の暗証番号", _FOUR, _AT_THE_TOWN),
    "juki_pin": KeyWords("住民基本台帳用の暗証番号", _FOUR, _AT_THE_TOWN),
    "licence_pin1": KeyWords("運転免許証の暗証番号1", _FOUR, _AT_THE_POLICE),
    "licence_pin2": KeyWords("運転免許証の暗証番号2", _FOUR, _AT_THE_POLICE),
    "mynumber_licence_pin": KeyWords("マイナ免許証の暗証番号", _FOUR, _AT_THE_POLICE),
    "card_number": KeyWords("在留カード等の番号", "英字2・数字8・英字2の12文字", ""),
}
"""The detail `key` of an error in words."""
