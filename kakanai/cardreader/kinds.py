"""The kinds of card カード種別 that can be told apart."""

import enum


@enum.unique
class CardKind(enum.StrEnum):
    """What the card on the reader is カード種別; the value is what JSON and the log carry."""

    MY_NUMBER = "mynumber"
    DRIVER_LICENCE = "driver_licence"
    RESIDENCE_CARD = "residence_card"
    UNKNOWN = "unknown"
