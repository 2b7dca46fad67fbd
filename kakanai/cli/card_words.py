"""A reading of a card as JSON and as lines for a person: the one place that shows what was read."""

from typing import Any, Final

from kakanai.cardreader.authenticity.verdict import REVOCATION_NOT_CHECKED, Authenticity
from kakanai.cardreader.driver_licence.changes import ChangeEntry, ChangeKind
from kakanai.cardreader.driver_licence.jisx0208 import MISSING_CHARACTER, gaiji_numbers
from kakanai.cardreader.driver_licence.mynumber_licence import MyNumberLicenceReading
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cli.check_words import check_line
from kakanai.identity.by_hand import person_to_mapping
from kakanai.identity.from_card import (
    my_number_from_card,
    person_from_card,
    person_from_licence,
    person_from_residence_card,
)
from kakanai.identity.person import Person
from kakanai.identity.wareki import wareki_text
from kakanai.messages import message_for

Told = tuple[dict[str, Any], list[str]]
"""The same thing twice: for `--json`, and in lines."""

_NOT_RECORDED: Final = "記録なし"
_IS_PICTURE: Final = "画像だけ（--glyphs で取り出せます）"
_CHANGES: Final = {
    ChangeKind.NAME: "氏名",
    ChangeKind.KANA: "呼び名",
    ChangeKind.ADDRESS: "住所",
    ChangeKind.COMMITTEE: "公安委員会",
}
"""What is told of changes: those of the facts that `card read` tells, and not 本籍 or conditions."""


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
        data["expires_on"] = _iso(reading.surface.expires_on)
        lines.append(f"有効期限  {data['expires_on']}")
    if reading.surface_error is not None:
        data["surface_error"] = reading.surface_error.code
        lines.append(f"券面      読めません: {message_for(reading.surface_error).what}")
    return data, lines


def licence(reading: LicenceReading) -> Told:
    """A 運転免許証, the address as last changed on the card."""
    person = person_from_licence(reading)
    changes = [change for change in reading.changes if change.kind in _CHANGES]
    gaiji = sorted(gaiji_numbers(person.name, person.address))
    has_gap = bool(gaiji) or MISSING_CHARACTER in person.name + person.address
    data = {
        "card_kind": CardKind.DRIVER_LICENCE.value,
        **person_to_mapping(person),
        "address_changed": reading.is_address_changed,
        "changes": [{"kind": change.kind.value, "text": change.raw_text} for change in changes],
        "gaiji": gaiji,
        "expires_on": _day(reading.expires_on),
        "licence_number": reading.licence_number,
        "signature": "cannot_be_verified_here",
        "tries_left": reading.attempts_before.pin1,
        "apdus": reading.exchanges,
    }
    lines = [
        *_person_lines(person),
        *map(_change_line, changes),
        *(["外字      券面で字を確かめてください（ICに文字コードがありません）"] if has_gap else []),
        f"有効期限  {data['expires_on'] or _NOT_RECORDED}",
        "電子署名  ここでは検証できません（検証用の証明書が公開されていません）",
    ]
    return data, lines


def _change_line(change: ChangeEntry) -> str:
    """What was recorded after the card was made, as it stands there: its frame is known from one program."""
    return f"変更記録  {_CHANGES[change.kind]}: {change.raw_text}"


def mynumber_licence(reading: MyNumberLicenceReading) -> Told:
    """A マイナ免許証, which bears neither name nor address."""
    data = {
        "card_kind": CardKind.MY_NUMBER.value,
        "mynumber_licence": True,
        "licence_number": reading.licence_number,
        "expires_on": _day(reading.expires_on),
        "colour": reading.colour,
        "categories": list(reading.categories),
        "conditions": list(reading.conditions),
        "tries_left": reading.attempts_before,
        "apdus": reading.exchanges,
    }
    lines = [
        f"免許番号  {reading.licence_number or _NOT_RECORDED}",
        f"種類      {'、'.join(reading.categories) or _NOT_RECORDED}",
        f"条件      {'、'.join(reading.conditions) or _NOT_RECORDED}",
        f"色区分    {reading.colour or _NOT_RECORDED}",
        f"有効期限  {data['expires_on'] or _NOT_RECORDED}",
        "氏名と住所はここにありません（マイナンバーカードとして読みます）",
    ]
    return data, lines


def residence_card(reading: ResidenceCardReading) -> Told:
    """A 在留カード or 特別永住者証明書: what it has as text; the name is only in its pictures."""
    person = person_from_residence_card(reading)
    data = {
        "card_kind": CardKind.RESIDENCE_CARD.value,
        "generation": reading.generation,
        "special_permanent": reading.is_special_permanent,
        **person_to_mapping(person),
        "name_is_picture": True,
        "expires_on": _iso(reading.expires_on) if reading.expires_on else None,
        "opened_by": CardKey.CARD_NUMBER.value,
        "apdus": reading.exchanges,
    }
    lines = [
        f"氏名      {_IS_PICTURE}",
        f"住所      {person.address or _IS_PICTURE}",
        *_person_lines(person)[2:],
        f"有効期限  {data['expires_on'] or _NOT_RECORDED}",
    ]
    return data, lines


def authenticity(told: Authenticity) -> Told:
    """The verdict and its checks, with what is never checked."""
    lines = [f"真正性    {told.verdict.label}（{REVOCATION_NOT_CHECKED}）"]
    if told.issuer is not None:
        lines.append(f"  発行者の鍵: {told.issuer}")
    lines += [f"  {check_line(check)}" for check in told.checks]
    return {"authenticity": told.to_mapping()}, lines


def _person_lines(person: Person) -> list[str]:
    return [
        f"氏名      {person.name or _NOT_RECORDED}",
        f"住所      {person.address or _NOT_RECORDED}",
        f"生年月日  {wareki_text(person.birth_date) if person.birth_date else _NOT_RECORDED}",
        f"性別      {person.sex.label if person.sex is not None else _NOT_RECORDED}",
    ]


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def _iso(digits: str) -> str:
    """YYYYMMDD with hyphens, whether or not it is in the calendar."""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
