# ruff: noqa: E501 - a sentence for people is kept in one piece
"""Failures of forms 様式, by stable code."""

from kakanai.messages.message import Message

FORM_MESSAGES: dict[str, Message] = {
    "F-010": Message(
        "定義ファイル {file} の {line} 行目に誤りがあります: {problem}",
        "その行を直し、「kakanai forms check」で確かめてください。",
    ),
    "F-011": Message("様式 {form} はありません。", "「kakanai forms list」で様式の ID を確かめてください。"),
    "F-012": Message(
        "様式 {form} は今日は使えません(有効期間 {valid_from} から {valid_to})。",
        "新しい版の様式を入れるか、様式の有効期間をシステム担当に確かめてください。",
    ),
    "F-030": Message(
        "書体のファイル {file} が見つからないため、帳票を作成しません（用途: {role}）。",
        "「kakanai doctor」で足りない書体を確かめ、入れてからやり直します。",
    ),
    "F-031": Message(
        "書体のファイル {file} が壊れているか、使えない形式です(用途: {role})。",
        "書体を入れ直し、「kakanai doctor」で確かめてください。帳票は作成していません。",
    ),
    "F-040": Message(
        "決めていない指摘が {count} 件あるため、印刷していません。",
        "指摘ごとに、欄を空けて手書きにするか、値を直すかを決めてください。",
    ),
    "F-041": Message(
        "様式 {form} を描けませんでした。印刷は1枚もしていません。",
        "もう一度お試しください。続くときは様式の ID をシステム担当に伝えてください。",
    ),
    "F-046": Message(
        "様式 {form} のこの欄には、券面の画像を印刷できません。",
        "欄を空けて手書きにするか、値を直してください。",
    ),
    "F-047": Message(
        "できた紙面が、記入した内容と合いません(様式 {form}、{page} ページ目、欄 {field}、{what})。印刷は1枚もしていません。",
        "もう一度お試しください。続くときは様式の ID とこの文をシステム担当に伝えてください。",
    ),
}
