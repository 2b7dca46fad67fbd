"""Every word that the visitor's screen says by itself, in Japanese; the other languages are in .ts files.

After a change run `.venv/bin/python -m tests.tools.make_translations`: it brings the sources into
resources/translations/*.ts (pyside6-lupdate) and compiles these (pyside6-lrelease).
"""

from typing import Final

CONTEXT: Final = "Visitor"


def QT_TRANSLATE_NOOP(_context: str, words: str) -> str:
    """The words as they are; pyside6-lupdate knows by this name that they are to be translated."""
    return words


WELCOME = QT_TRANSLATE_NOOP("Visitor", "ようこそ")
STAFF_WILL_HELP = QT_TRANSLATE_NOOP("Visitor", "職員がご案内します。")
CHOOSE_LANGUAGE = QT_TRANSLATE_NOOP("Visitor", "言語をえらんでください")
LANGUAGE = QT_TRANSLATE_NOOP("Visitor", "言語")
BIG_TYPE = QT_TRANSLATE_NOOP("Visitor", "大きな文字")
CONTRAST = QT_TRANSLATE_NOOP("Visitor", "高コントラスト")
BACK = QT_TRANSLATE_NOOP("Visitor", "もどる")

ENTER_PIN = QT_TRANSLATE_NOOP("Visitor", "暗証番号を入れてください")
PIN_MY_NUMBER = QT_TRANSLATE_NOOP("Visitor", "マイナンバーカードの暗証番号（数字4けた）")
PIN_LICENCE_1 = QT_TRANSLATE_NOOP("Visitor", "運転免許証の暗証番号1（数字4けた）")
PIN_LICENCE_2 = QT_TRANSLATE_NOOP("Visitor", "運転免許証の暗証番号2（数字4けた）")
PIN_MAY_BE_NONE = QT_TRANSLATE_NOOP("Visitor", "入れなくても進めます。")
TRIES_LEFT = QT_TRANSLATE_NOOP("Visitor", "あと {n} 回入れられます")
LAST_TRY = QT_TRANSLATE_NOOP("Visitor", "あと1回まちがえると、暗証番号が使えなくなります。")
PIN_WRONG = QT_TRANSLATE_NOOP("Visitor", "暗証番号がちがいます。もう一度入れてください。")
PIN_AGAIN = QT_TRANSLATE_NOOP("Visitor", "もう一度、暗証番号を入れてください。")
PIN_LOCKED = QT_TRANSLATE_NOOP("Visitor", "暗証番号が使えなくなっています。職員がほかの方法をご案内します。")
PIN_NOT_SHOWN = QT_TRANSLATE_NOOP("Visitor", "番号は画面に出ません。")
PIN_ASK_STAFF = QT_TRANSLATE_NOOP("Visitor", "わからないときは、職員に言ってください。")
DIGITS_IN = QT_TRANSLATE_NOOP("Visitor", "4けたのうち {n} けた")
ERASE = QT_TRANSLATE_NOOP("Visitor", "1字消す")
ENTER = QT_TRANSLATE_NOOP("Visitor", "決定")
READING = QT_TRANSLATE_NOOP("Visitor", "カードを読んでいます。カードを動かさないでください。")

PLEASE_CHECK = QT_TRANSLATE_NOOP("Visitor", "ご確認ください")
NAME = QT_TRANSLATE_NOOP("Visitor", "お名前")
ADDRESS = QT_TRANSLATE_NOOP("Visitor", "ご住所")
BIRTH_DATE = QT_TRANSLATE_NOOP("Visitor", "生年月日")
PROCEDURES = QT_TRANSLATE_NOOP("Visitor", "お手続き")
MORE = QT_TRANSLATE_NOOP("Visitor", "ほか {n} 件")
CORRECT = QT_TRANSLATE_NOOP("Visitor", "合っています")
TO_CORRECT = QT_TRANSLATE_NOOP("Visitor", "なおします")
THANKS = QT_TRANSLATE_NOOP("Visitor", "ありがとうございます。少しお待ちください。")
TELL_STAFF = QT_TRANSLATE_NOOP("Visitor", "どこがちがうか、職員に教えてください。")

DATE_FORMAT = QT_TRANSLATE_NOOP("Visitor", "yyyy年M月d日")
"""A day of the western calendar, in the letters of QLocale.toString."""
