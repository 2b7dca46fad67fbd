"""A reading of a card as JSON and as lines for a person: the one place that shows what was read."""

from typing import Any

from kakanai.cardreader.authenticity.verdict import REVOCATION_NOT_CHECKED, Authenticity
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.identity.by_hand import person_to_mapping
from kakanai.identity.from_card import (
    my_number_from_card,
    person_from_card,
    person_from_licence,
    person_from_residence_card,
)
from kakanai.identity.person import Person
from kakanai.identity.wareki import wareki_text

Told = tuple[dict[str, Any], list[str]]
"""The same thing twice: for `--json`, and in lines."""


def my_number_card(reading: MyNumberCardReading) -> Told:
    """A 個人番号カード; 個人番号 only when it was asked for."""
    person = person_from_card(reading.basic_four)
    number = my_number_from_card(reading.my_number) if reading.my_number else None
    data = {
        "card_kind": CardKind.MY_NUMBER.value,
        **person_to_mapping(person, number),
        "opened_by": reading.opened_by.value,
        "tries_left": reading.attempts_before,
        "apdus": reading.exchanges,
    }
    lines = _person_lines(person)
    if number is not None:
        lines.append(f"個人番号  {data['my_number']}")
    if reading.surface is not None:
        data["expires_on"] = reading.surface.expires_on
        lines.append(f"有効期限  {reading.surface.expires_on}")
    return data, lines


def licence(reading: LicenceReading) -> Told:
    """A 運転免許証, the address as last changed on the card."""
    person = person_from_licence(reading)
    data = {
        "card_kind": CardKind.DRIVER_LICENCE.value,
        **person_to_mapping(person),
        "address_changed": reading.is_address_changed,
        "expires_on": _iso(reading.expires_on),
        "licence_number": reading.licence_number,
        "opened_by": CardKey.LICENCE_PIN1.value,
        "signature": "cannot_be_verified_here",
        "apdus": reading.exchanges,
    }
    lines = [
        *_person_lines(person),
        *_change_lines(reading),
        f"有効期限  {_iso(reading.expires_on) or '記録なし'}",
        "電子署名  ここでは検証できません（検証用の証明書が公開されていません）",
    ]
    return data, lines


def _change_lines(reading: LicenceReading) -> list[str]:
    """What was recorded after the card was made, as it stands there: its frame is known from one program."""
    return [f"変更の記録  {change.raw_text}" for change in reading.changes]


def residence_card(reading: ResidenceCardReading) -> Told:
    """A 在留カード or 特別永住者証明書: what it has as text; the name is only in its pictures."""
    person = person_from_residence_card(reading)
    data = {
        "card_kind": CardKind.RESIDENCE_CARD.value,
        "generation": reading.generation,
        "special_permanent": reading.is_special_permanent,
        **person_to_mapping(person),
        "name_is_picture": True,
        "opened_by": CardKey.CARD_NUMBER.value,
        "apdus": reading.exchanges,
    }
    return data, [*_person_lines(person), "氏名は画像だけです（--glyphs で取り出せます）"]


def authenticity(told: Authenticity) -> Told:
    """The verdict and its checks, with what is never checked."""
    lines = [f"真正性    {told.verdict.label}（{REVOCATION_NOT_CHECKED}）"]
    lines += [
        f"  {check.name}: {check.result.value}{f' ({check.reason})' if check.reason else ''}"
        for check in told.checks
    ]
    return {"authenticity": told.to_mapping()}, lines


def _person_lines(person: Person) -> list[str]:
    return [
        f"氏名      {person.name}",
        f"住所      {person.address}",
        f"生年月日  {wareki_text(person.birth_date) if person.birth_date else '不詳'}",
        f"性別      {person.sex.label if person.sex is not None else '不明'}",
    ]


def _iso(day: object) -> str | None:
    return None if day is None else str(day)
