# ruff: noqa: E501 - a sentence for people is kept in one piece
"""Failures of the training mode 練習, by stable code."""

from kakanai.messages.message import Message

TRAINING_MESSAGES: dict[str, Message] = {
    "T-010": Message(
        "練習のフォルダー（{folder}）を使えません（{reason}）。本番の記録には触れていません。",
        "ほかの練習の窓を閉じ、フォルダーの権限とディスクの空きを確かめます。ENOTEMPTY のときは、そのフォルダーを別の場所に移します。",
    ),
}
