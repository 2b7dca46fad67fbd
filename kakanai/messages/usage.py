# ruff: noqa: E501 - a sentence for people is kept in one piece
"""Failures of commands, the window and what was not foreseen, by stable code."""

from kakanai.messages.message import Message

UNFORESEEN = Message(
    "プログラムの中で予期しない誤りが起きました。",
    "印刷されたかどうかを操作ログ（kakanai log day）で確かめてください。続くときは、起きた時刻とコード X-000 をシステム担当に伝えてください。",
)

USAGE_MESSAGES: dict[str, Message] = {
    "U-001": Message("命令の書き方が違います: {problem}", "「kakanai --help」で書き方を確かめてください。"),
    "U-010": Message(
        "入力ファイル {file} を使えません: {reason}",
        "ファイルの場所と名前、中身が UTF-8 の JSON(項目と値の組)であることを確かめてください。",
    ),
    "U-011": Message(
        "{key}が渡されていません。",
        "{flag} を付けて標準入力で渡すか、端末で入力してください。カードには送っていません。",
    ),
    "U-012": Message(
        "{file} に様式のファイルがありません。",
        "form.yaml、様式のフォルダー、様式の ID(F01 など)のどれかを書いてください。何も書かなければ、すべての様式を検査します。",
    ),
    "U-013": Message(
        "今いるフォルダーがなくなっています。", "別のフォルダーに移ってから、もう一度実行してください。"
    ),
    "U-014": Message(
        "{file} に書けません（同じ名前のファイルがあるか、書き込めない場所です）。",
        "別の名前か場所を書いてください。今あるファイルはそのままです。",
    ),
    "U-015": Message(
        "その画像は読み取れていません。",
        "マイナンバーカードの写真と字形は照合番号B（--collation-b-stdin）、運転免許証の写真は暗証番号2で読みます。",
    ),
    "W-010": Message(
        "画面の見た目のファイル {file} を使えません({token})。",
        "プログラムを入れ直してください。コマンド(kakanai fill など)は使えます。",
    ),
    "W-011": Message(
        "手引きのファイル {file} がありません。",
        "プログラムを入れ直してください。受付は続けられます。",
    ),
    "W-012": Message(
        "手引きの {file} を紙にできません（{reason}）。",
        "画面の手引き（F1）は読めます。システム担当に連絡してください。",
    ),
    "X-000": UNFORESEEN,
}
