"""Which forms may carry 個人番号: what the law says, and what the town's 条例 adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kakanai.datafile import load_data_file
from kakanai.forms.template import MyNumberRule


@dataclass(frozen=True)
class MyNumberRegister:
    """Which forms may carry 個人番号, by law or by a town's ordinance; any other form is refused the box.

    It ships with the program (resources/forms/my_number.yaml) and a town's folder cannot replace it.
    `by_ordinance` are the △ forms that this town's 条例 gives the number (town.toml, [my_number] forms).
    """

    rules: Mapping[str, MyNumberRule]
    by_ordinance: frozenset[str] = frozenset()

    def rule_for(self, form: str) -> MyNumberRule:
        """The rule of a form; a form nobody registered never carries the number."""
        return self.rules.get(form, MyNumberRule.NEVER)

    def numberless(self, form: str) -> bool:
        """Whether a form that could bear the number by ordinance does not in this town."""
        return self.rule_for(form) is MyNumberRule.BY_ORDINANCE and form not in self.by_ordinance


def load_my_number_register(path: Path) -> MyNumberRegister:
    """The register in `path`. Raises DataFileError with the line of the first mistake."""
    root = load_data_file(path).mapping(required={"forms"}, optional=set())
    rules: dict[str, MyNumberRule] = {}
    for node in root["forms"].items():
        entry = node.mapping(required={"id", "rule", "basis"}, optional=set())
        rules[entry["id"].text()] = MyNumberRule(entry["rule"].one_of(["by-law", "by-ordinance"]))
    return MyNumberRegister(rules)
