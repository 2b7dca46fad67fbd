"""The kinds of card カード種別 that can be told apart, and the keys 鍵 that open them."""

import enum


@enum.unique
class CardKind(enum.StrEnum):
    """What the card on the reader is カード種別; the value is what JSON and the log carry."""

    MY_NUMBER = "mynumber"
    DRIVER_LICENCE = "driver_licence"
    RESIDENCE_CARD = "residence_card"
    JUKI_CARD = "juki_card"
    UNKNOWN = "unknown"


@enum.unique
class CardKey(enum.StrEnum):
    """What opens a part of a card: a 暗証番号, a 照合番号, a 生年月日 or a card number.

    The value names the key in JSON, in logs and in `details` of an error; the key's own digits never do.
    """

    TEXT_PIN = "text_pin"  # 券面事項入力補助用暗証番号
    COLLATION_A = "collation_a"  # 照合番号A of 券面事項入力補助AP: the 個人番号 itself
    COLLATION_B = "collation_b"  # 照合番号B of 券面事項入力補助AP
    SURFACE_COLLATION_A = "surface_collation_a"  # the same two of 券面事項確認AP, with counters of their own
    SURFACE_COLLATION_B = "surface_collation_b"
    BIRTH_DATE = "birth_date"  # 生年月日 of 券面事項確認AP
    AUTH_PIN = "auth_pin"  # 利用者証明用暗証番号
    SIGN_PIN = "sign_pin"  # 署名用暗証番号
    COMMON_PIN = "common_pin"  # 共通カードAP
    JUKI_PIN = "juki_pin"  # 住民基本台帳用暗証番号
    LICENCE_PIN1 = "licence_pin1"  # 運転免許証 暗証番号1
    LICENCE_PIN2 = "licence_pin2"  # 運転免許証 暗証番号2
    MYNUMBER_LICENCE_PIN = "mynumber_licence_pin"  # マイナ免許証
    CARD_NUMBER = "card_number"  # 在留カード等番号
