# ruff: noqa: E501 - a sentence for people is kept in one piece
"""Failures of the town's settings 町の設定, by stable code."""

from kakanai.messages.message import Message

TOWN_MESSAGES: dict[str, Message] = {
    "S-001": Message(
        "保存先フォルダー（{folder}）に書き込めません（{reason}）。",
        "フォルダーの権限とディスクの空きを確かめます。別の場所を使うときは、環境変数 KAKANAI_HOME にその場所を書いて起動し直します。",
    ),
    "S-010": Message(
        "町の設定ファイル（{file}）を読めません（{reason}）。",
        "ファイルを UTF-8 のテキストで保存し直し、読み取りの権限を確かめてから起動し直します。",
    ),
    "S-011": Message(
        "町の設定ファイル（{file}）の {line} 行目の書き方に誤りがあります。",
        '{line} 行目とその前の行で、文字を囲む " " や = の抜けを直します。',
    ),
    "S-012": Message(
        "町の設定ファイル（{file}）の {line} 行目の「{key}」は、使える名前ではありません。",
        "名前のつづりを直します。近い名前: {nearest}（空のときは resources/town/mihon.toml の見本を見ます）。",
    ),
    "S-013": Message(
        "町の設定ファイル（{file}）の {line} 行目の「{key}」の値が正しくありません。",
        "値を次のものに直します: {expected}。",
    ),
    "S-014": Message(
        "町の発行者鍵のファイル {file}（{line} 行目）に誤りがあります: {problem}",
        "KAKANAI_HOME の issuer_keys フォルダーにある {file} を直すか、外してください（0 行目はファイル全体のことです）。「kakanai doctor」で確かめられます。",
    ),
    "S-015": Message(
        "町の設定ファイル（{file}）の {line} 行目の「{key}」にある「{given}」は使えません。",
        "次のどれかに直します: {known}。",
    ),
    "S-016": Message(
        "町の設定ファイル（{file}）を書き換えられません（{reason}）。設定は前のままです。",
        "ファイルとフォルダーの権限、ディスクの空きを確かめて、もう一度保存します。",
    ),
    "S-017": Message(
        "町の設定を変えられるのは、管理者だけです（{reason}）。設定は前のままです。",
        'town.toml の [counter] の administrators に書かれた職員番号で行います。まだ1人もいないときは、システム担当が administrators = ["職員番号"] と書きます。ファイルの場所は「kakanai town show」の1行目に出ます。',
    ),
    "S-018": Message(
        "設定「{key}」の値が正しくありません。設定は前のままです。", "値を次のものにします: {expected}。"
    ),
    "S-020": Message(
        "町の設定ファイル（{file}）の {line} 行目の「{key}」に、パスワードが書かれています。",
        "その行からパスワードを消します。ほかの人が読めたかもしれないので、サーバーのパスワードを変えてから、kakanai db password で鍵束に入れます。",
    ),
    "S-021": Message(
        "この PC の窓口番号のファイル（{file}）を使えません（{reason}）。",
        "kakanai db counter 番号 で付け直します。番号は、ほかの窓口と違うものにします。",
    ),
    "S-022": Message(
        "窓口番号が正しくありません。",
        "1 から 99 までの、庁舎のほかの窓口と違う番号を書いてください。",
    ),
    "S-019": Message(
        "「{key}」という設定はありません。",
        "「kakanai town show」で名前を確かめます。近い名前: {nearest}",
    ),
}
