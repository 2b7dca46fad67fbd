"""The life events ライフイベント that bring people to the counter."""

from enum import StrEnum


class LifeEvent(StrEnum):
    """An event in a resident's life ライフイベント that leads to procedures."""

    MOVE_IN = "move_in"
    MOVE_WITHIN = "move_within"
    MOVE_OUT = "move_out"
    BIRTH = "birth"
    MARRIAGE = "marriage"
    DIVORCE = "divorce"
    DEATH = "death"
    HOUSEHOLD = "household"
    RENAME = "rename"
    CARD = "card"
    INSURANCE = "insurance"
    CARE = "care"
    CHILD = "child"
    DISABILITY = "disability"
    DISASTER = "disaster"
    VEHICLE = "vehicle"
    CERTIFICATE = "certificate"
    PAYMENT = "payment"
    OTHER = "other"
