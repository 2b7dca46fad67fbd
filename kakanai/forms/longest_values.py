"""The longest values that may lawfully stand in each box: what proofs try a form with, beside its samples."""

import datetime as dt

from kakanai.forms.samples import SAMPLE_MY_NUMBER, sample_value
from kakanai.forms.template import BY_HAND, FormTemplate
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from kakanai.reception.variables import ALL_LISTS, ROW_NUMBER, Source, ValueType, Variable, VariableCatalog

LONGEST_NAME = (
    "ＶＡＮ　ＤＥＲ　ＥＸＡＭＰＬＥ　ＦＩＣＴＩＴＩＯＵＳ　ＭＡＸＩＭＩＬＩＡＮ　ＡＬＥＸＡＮＤＥＲ　"
    "ＢＡＲＴＨＯＬＯＭＥＷ　ＣＨＲＩＳＴＯＰＨＥＲ"
)
"""Invented, as long as Roman names on 住民票 get (forms.md 3.1: over 60 characters, observed)."""

LONGEST_ADDRESS = (
    "北海道上川郡美瑛町字架空第９９線北３２号　株式会社見本ホールディングス北海道社員寮　"
    "架空ヒルズ・ステューディオ・レジデンス　アネックス棟９９９９号室　例示商事株式会社内　見本次郎様方"
)
"""Invented, 91 characters (forms.md 4.5, test identity 48)."""

LONGEST_KANA = "カデノコウジ　ヴァンデルイグザンプル　ミツザエモンノジョウ"

_LONGEST_TEXT = 40
"""Characters tried where a variable allows more: what a clerk types into a form's box in one breath."""

_BY_TYPE: dict[ValueType, Value] = {
    ValueType.NAME: LONGEST_NAME,
    ValueType.ADDRESS: LONGEST_ADDRESS,
    ValueType.KANA: LONGEST_KANA,
    ValueType.PHONE: "0157-00-0000（内線99999）",
    ValueType.POSTAL: "999-9999",
    ValueType.BIRTH_DATE: BirthDate.from_iso("1988-12-31"),
    ValueType.DATE: dt.date(2028, 12, 31),
    ValueType.COUNT: 99,
    ValueType.YEN: 9_999_999,
}


def longest_value(variable: Variable) -> Value | None:
    """The longest value of a variable; its sample where a longer one means nothing (a choice, a mark)."""
    sample = sample_value(variable)
    if variable.source is Source.DERIVED or sample is None:
        return sample
    if variable.type is ValueType.CHOICES:
        return tuple(choice.id for choice in variable.choices)
    if variable.type is not ValueType.TEXT:
        return _BY_TYPE.get(variable.type, sample)
    length = min(variable.max_length, _LONGEST_TEXT)
    if variable.sample.isascii():
        return "9" * min(length, max(len(variable.sample), variable.max_length if length < 20 else 0))
    return ("見本例示架空" * length)[:length]


def longest_facts(catalog: VariableCatalog, template: FormTemplate) -> tuple[Facts, dict[str, MyNumber]]:
    """Every variable at its longest, and one more entry in each list than the form's own page takes."""
    values = {v.id: longest_value(v) for v in catalog.variables.values()}
    facts = Facts(values={name: value for name, value in values.items() if value is not None})
    for name in ALL_LISTS:
        row = {
            v.id: facts.values.pop(v.id)
            for v in catalog.variables.values()
            if v.list_name == name and v.id in facts.values
        }
        row.pop(f"{name}.{ROW_NUMBER}", None)
        room = sum(page.lists.get(name, 0) for page in template.pages if not page.continues)
        facts.rows[name] = [dict(row) for _ in range(room + 1)] if room else []
    number = MyNumber(SAMPLE_MY_NUMBER)
    return facts, dict.fromkeys(template.my_number_roles() - {BY_HAND}, number)
