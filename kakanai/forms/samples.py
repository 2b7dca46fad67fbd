"""Sample values: what a form looks like when every box is filled, for proofs and `forms check`."""

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Sex
from kakanai.reception.answers import Value, parse_value
from kakanai.reception.fact_table import IS_VISITOR, Facts
from kakanai.reception.variables import ALL_LISTS, Source, ValueType, Variable, VariableCatalog

SAMPLE_MY_NUMBER = "123456789018"
"""The invented number of the reference (forms.md 3.5), for proofs only."""

_TOWN = frozenset({"town", "addressee", "section", "fee"})


def sample_value(variable: Variable) -> Value | None:
    """The sample of one variable as a value; None when it has none."""
    if not variable.sample:
        return None
    if variable.type is ValueType.BIRTH_DATE:
        return BirthDate.from_iso(variable.sample)
    if variable.type is ValueType.SEX:
        return Sex(int(variable.sample))
    if variable.source is Source.DERIVED:
        return variable.sample
    return parse_value(variable, variable.sample)


def town_facts(catalog: VariableCatalog) -> Facts:
    """What a form bears though nobody was asked anything: the samples of the town's own values."""
    named = {v.id: sample_value(v) for v in catalog.variables.values() if v.id.split(".")[0] in _TOWN}
    return Facts(values={name: value for name, value in named.items() if value is not None})


def sample_facts(catalog: VariableCatalog, people: int = 3) -> tuple[Facts, dict[str, MyNumber]]:
    """Every variable with its sample, and that many people in each list."""
    facts = Facts()
    rows: dict[str, dict[str, Value]] = {name: {} for name in ALL_LISTS}
    for variable in catalog.variables.values():
        value = sample_value(variable)
        if value is None:
            continue
        if variable.list_name:
            rows[variable.list_name][variable.id] = value
        else:
            facts.values[variable.id] = value
    facts.rows = {name: [dict(row) for _ in range(people)] for name, row in rows.items()}
    number = MyNumber(SAMPLE_MY_NUMBER)
    roles = {variable.split(".")[0] for variable in catalog.variables if variable.endswith(IS_VISITOR)}
    return facts, dict.fromkeys({"visitor", "subject", "member.0", *roles}, number)
