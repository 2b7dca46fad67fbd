"""What the 日報 says of acts on all settings, which change no single one, and of ways to sign in."""

import datetime as dt

import pytest

from kakanai.daybook.act_sentences import ActSentences
from kakanai.sessionlog.entry import ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.settings_change import SettingsChange

NOON = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("names", "sentence", "details"),
    [
        (("fees.rabies_tag",), "町の設定を変えました。", ("項目: fees.rabies_tag",)),
        (("setup.exported",), "初期設定を、暗号にした1つのファイルに書き出しました。", ()),
        (("setup.restored",), "前に使えていた町の設定に戻しました。", ()),
        (
            ("town.name", "setup.imported", "log.password"),
            "町の設定を変えました。ほかの PC の初期設定を読み込みました。"
            "操作ログのサーバーのパスワードを変えました。",
            ("項目: town.name",),
        ),
    ],
)
def test_settings(names, sentence, details):
    entry = SettingsChange(ClerkId("9001"), NOON, names).to_entry()
    told = ActSentences(None, None)
    assert (told.sentence(entry), told.details(entry)) == (sentence, details)


@pytest.mark.parametrize(
    ("names", "details"),
    [
        (("sign_in.window", "sign_in.card"), ("方法: 窓から、職員証で",)),
        (("sign_in.window", "sign_in.away"), ("方法: 窓から、記録サーバーにつながらない間に",)),
        (("sign_in.script",), ("方法: コマンドから",)),
    ],
)
def test_signing_in_is_told_in_words(names, details):
    entry = LogEntry(EntryKind.SIGNED_IN, None, ClerkId("1024"), NOON, names=names)
    assert ActSentences(None, None).details(entry) == details
