"""Which question can be proposed an answer from which other one: a reading from a name, and the like.

Variables are paired by their names: `member.kana` is the reading of `member.name`, `move.new_postal` the code
of `move.new_address`. A proposal is never a fact; the window shows it, and a clerk confirms it.
"""

from collections.abc import Mapping

from kakanai.reception.variables import ValueType, Variable, VariableCatalog

_PAIRS: Mapping[ValueType, tuple[str, str, ValueType]] = {
    ValueType.KANA: ("kana", "name", ValueType.NAME),
    ValueType.POSTAL: ("postal", "address", ValueType.ADDRESS),
    ValueType.ADDRESS: ("address", "postal", ValueType.POSTAL),
}


def partner_of(variable: Variable, catalog: VariableCatalog) -> str:
    """The variable that a proposal for this one comes from, "" when there is none.

    Of a reading it is the name, of a postal code the address, and of an address the postal code.
    """
    ending, other, kind = _PAIRS.get(variable.type, ("", "", variable.type))
    if not ending or not variable.id.endswith(ending):
        return ""
    partner = catalog.variables.get(variable.id.removesuffix(ending) + other)
    return partner.id if partner is not None and partner.type is kind else ""
