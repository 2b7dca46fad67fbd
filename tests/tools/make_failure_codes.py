"""Write docs/failure-codes.md from the errors and their messages.

Run `.venv/bin/python -m tests.tools.make_failure_codes` after adding a code; a test compares the two.
"""

import importlib
import pkgutil
from pathlib import Path

import kakanai
from kakanai.errors import KakanaiError
from kakanai.messages import KEYS, MESSAGES

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "failure-codes.md"

HEAD = """\
# 失敗コード

コードは版が変わっても変わりません。画面・コマンド・操作ログ・診断ログは同じコードを使います。
文の `{…}` には回数やファイル名などが入ります。氏名・住所・生年月日・個人番号・暗証番号は入りません。

## 終了コード（コマンド）

| 終了コード | 意味 |
| --- | --- |
| 0 | 終わった |
| 2 | 命令・入力・回答の形が違う |
| 3 | リーダー、IC カードのサービス |
| 4 | カード |
| 5 | 暗証番号 |
| 6 | カードのデータ |
| 7 | 見本カード |
| 8 | 受付の状態 |
| 9 | 保存先、町の設定 |
| 10 | 様式、書体（`forms check` で誤りが見つかったときも） |
| 11 | 決めていない指摘がある |
| 12 | 印刷 |
| 13 | 操作ログ |
| 14 | `doctor`: このままでは使えない |
| 15 | サインイン、権限 |
| 16 | `log verify`・`db check`: 合わないところがある |
| 70 | 予期しない誤り |
| 129 | 終了の合図で中止（SIGHUP） |
| 130 | 中止（Ctrl+C） |
| 143 | 終了の合図で中止（SIGTERM） |
"""

FAMILIES = {
    "A": "職員・サインイン・権限",
    "C": "カード・リーダー",
    "D": "下書き",
    "E": "停電・停止のときの用紙",
    "F": "様式・書体",
    "G": "初期設定",
    "I": "本人の情報",
    "L": "操作ログ",
    "P": "印刷",
    "R": "受付・聞き取り",
    "S": "保存先・町の設定",
    "T": "練習",
    "U": "命令の使い方",
    "W": "画面",
    "X": "予期しない誤り",
}

FINDINGS = """\
## 指摘のコード

失敗ではなく、指摘のある欄をどうするか職員が決めたことを、操作ログに残すためのコードです。

| コード | 意味 | すること |
| --- | --- | --- |
| F-050 | 文字あふれ: いちばん小さい字でも枠に入らない | その欄は空欄で印刷されます。手書きします |
| F-051 | 字形なし: 書体にその字がない | その欄は空欄で印刷されます。手書きします |
| F-052 | 字形なし: 券面の画像を印刷した | その欄にはカードの氏名・住所の画像が印刷されます |
"""

RECORDS = """\
## 記録のコード

失敗ではなく、カードの真正性と責任者の判断を操作ログに残すためのコードです。どれも失効は確認していません。

| コード | 意味 | すること |
| --- | --- | --- |
| V-001 | 真正性: 検証済 | なし |
| V-002 | 真正性: 試験用CA | 試験用のカードです。本人確認には使えません |
| V-003 | 真正性: 発行者鍵なし(データのみ) | 券面と本人を見て確かめます |
| V-004 | 真正性: 不一致（責任者の判断で使った） | 責任者の判断（V-011〜V-013）を見ます |
| V-011 | 責任者の判断: 券面と本人の顔を見くらべて確かめた | なし |
| V-012 | 責任者の判断: 別の本人確認書類で確かめた | なし |
| V-013 | 責任者の判断: 発行元に問い合わせて確かめた | なし |
| V-021 | カードの住所が前のまま（今の住所を聞いて入力した） | カードの住所変更を案内します |
| V-031 | 来庁者画面: 来庁者が「合っています」を押した | なし |
| V-032 | 来庁者画面: 来庁者が「なおします」を押した | どこが違うか聞いて直します |
| D-001 | 日が変わったため、途中の受付を取りやめた（下書きを消した） | なし |
| D-002 | 下書きを命令（kakanai cases discard）で捨てた | なし |
| D-003 | 続きから始めた受付の紙が、もう出ているかもしれない | プリンターの紙を確かめます |
| K-001 | 訂正の理由: 記入誤り | なし |
| K-002 | 訂正の理由: 来庁者の申出 | なし |
| K-003 | 訂正の理由: 職員の誤り | なし |
| K-004 | 訂正の理由: 印刷不良 | なし |
| K-005 | 訂正の理由: その他 | なし |
| K-010 | 訂正で要らなくなった紙（様式と枚数） | 廃棄したことを確かめます |
| K-012 | 印刷の終わりが分からなかった様式の紙を職員が見て確かめた | 紙の枚数（n/N）を確かめます |
| E-001 | 停電・停止のあいだに、前もって刷った用紙へ手書きで受け付けた | なし |
| V-041 | 受付の人: 直前の受付の人を引き継いだ | なし |
| N-001 | 本人確認: 1点（官公署発行・写真付き） | なし |
| N-002 | 本人確認: 2点 | なし |
| N-003 | 本人確認: 聴聞 | なし |
| N-004 | 本人確認: 書類が足りないまま進めた | 受け取る課で確かめます |
| N-011 | 本人確認の方法: ICチップの読み取り | なし |
| N-012 | 本人確認の方法: 提示 | なし |
| N-013 | 本人確認の方法: 聴聞 | なし |
| B-001 | 持ち物・書類: 確認したものがある | なし |
| B-002 | 持ち物・書類: 後日のものがある | 後日出してもらいます |
| B-003 | 持ち物・書類: 役場で確かめられるなどで不要としたものがある | なし |
| B-004 | 持ち物・書類: まだ見ていないものがある | なし |
| B-011 | 期限を過ぎた届出がある | 遅れたわけを受け取る課が見ます |
"""


def document() -> str:
    """The whole page."""
    statuses = {"X-000": 70}
    for module in pkgutil.walk_packages(kakanai.__path__, "kakanai."):
        # Alembic runs its scripts itself, with a context that an import does not give them.
        if module.name != "kakanai.__main__" and ".migrations" not in module.name:
            importlib.import_module(module.name)
    waiting: list[type[KakanaiError]] = [KakanaiError]
    while waiting:
        for error in waiting.pop().__subclasses__():
            if error.__module__.startswith("kakanai."):
                statuses.setdefault(error.code, error.exit_status)
                waiting.append(error)
    parts = [HEAD]
    for family, name in FAMILIES.items():
        parts.append(f"## {family}: {name}\n\n| コード | 何が起きたか | 次にすること | 終了コード |")
        parts.append("| --- | --- | --- | --- |")
        for code in sorted(MESSAGES):
            if code.startswith(family):
                told = MESSAGES[code]
                parts.append(f"| {code} | {told.what} | {told.next_step} | {statuses.get(code, '-')} |")
        parts.append("")
    return "\n".join([*parts, _keys(), FINDINGS, RECORDS])


def _keys() -> str:
    """What stands for {key}, {form} and {unlock}."""
    lines = [
        "## 文の中の {key}・{form}・{unlock}",
        "",
        "| key | {key} 鍵の名前 | {form} 形 | {unlock} ロックのとき |",
        "| --- | --- | --- | --- |",
    ]
    lines += [f"| {key} | {words.name} | {words.form} | {words.unlock} |" for key, words in KEYS.items()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
