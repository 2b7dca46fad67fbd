# ruff: noqa: E501 - a sentence for people is kept in one piece
"""Failures of the set-up 初期設定 and of its file, by stable code."""

from kakanai.messages.message import Message

SETUP_MESSAGES: dict[str, Message] = {
    "G-010": Message(
        "初期設定のファイル {file} を使えません（{reason}）。",
        "「kakanai setup export」か、初期設定の最後の画面で書き出したファイルを選びます。",
    ),
    "G-011": Message(
        "初期設定のファイル {file} を開けません。合言葉が違うか、ファイルが壊れています。設定は前のままです。",
        "書き出したときの合言葉を確かめて、もう一度入力します。続けて開けないときは、元の PC で書き出し直します。",
    ),
    "G-012": Message(
        "初期設定のファイル {file} は、新しい版（{theirs}）で書き出されています。この PC の版は {ours} です。設定は前のままです。",
        "この PC のプログラムを新しい版にしてから、もう一度読み込みます。",
    ),
    "G-013": Message(
        "合言葉が短すぎます。",
        "{least} 文字より長い合言葉にします。ファイルと合言葉は、別々に渡します。",
    ),
    "G-014": Message(
        "初期設定のファイル {file} の中身を使えません（{problem}）。設定は前のままです。",
        "元の PC で「kakanai town check」と「kakanai forms check」をしてから、書き出し直します。",
    ),
    "G-015": Message(
        "{file} に書けません（{reason}）。",
        "場所と名前、ディスクの空きを確かめて、もう一度行います。",
    ),
    "G-016": Message(
        "前に使えていた町の設定が残っていません。",
        "「kakanai town check」で誤りのある行を確かめて直すか、初期設定のファイルを読み込みます。",
    ),
    "G-017": Message(
        "町の設定ファイル（{file}）がなくなったか、空になっています。このままでは、紙に見本町の名前が入ります。",
        "「kakanai setup restore」か、窓を開くときのボタンで、前に使えていた設定に戻します。"
        "見本町から始め直すときは、同じフォルダーの town.toml.good と town.toml.last を別の所に移します。",
    ),
    "G-018": Message(
        "職員を登録した後は、初期設定の画面を使えません。設定は前のままです。",
        "管理者がサインインして、窓の「町の設定」（Shift+F12）か「kakanai town set」で変えます。"
        "ほかの PC の設定を入れるときは「kakanai setup import」を使います。",
    ),
}
