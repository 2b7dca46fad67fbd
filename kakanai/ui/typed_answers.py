"""What the clerk typed, kept as typed: half a date included, until it has the form its question asks for."""

from kakanai.reception.answers import parse_value
from kakanai.reception.errors import AnswerFormatError
from kakanai.reception.variables import LISTS, VariableCatalog


class TypedAnswers:
    """Typed answers by variable id, and the people of each list. Personal; `repr` shows counts."""

    def __init__(self, catalog: VariableCatalog) -> None:
        self._catalog = catalog
        self.values: dict[str, object] = {}
        self.rows: dict[str, list[dict[str, object]]] = {name: [] for name in LISTS}

    def __repr__(self) -> str:
        return f"TypedAnswers({len(self.values)} values)"

    def set(self, variable: str, given: object) -> None:
        """Keep one answer; None or "" takes it back."""
        if given in (None, "", []):
            self.values.pop(variable, None)
        else:
            self.values[variable] = given

    def set_rows(self, list_name: str, rows: list[dict[str, object]]) -> None:
        """Keep the people of a list."""
        self.rows[list_name] = rows

    def use(self, catalog: VariableCatalog) -> None:
        """Judge what is typed from now on by this catalogue."""
        self._catalog = catalog

    def clear(self) -> None:
        """Forget everything."""
        self.values = {}
        self.rows = {name: [] for name in LISTS}

    def fault(self, variable: str, given: object) -> str:
        """What the form of the answer ought to be, in Japanese; "" when it is right or empty."""
        try:
            parse_value(self._catalog.variables[variable], given)
        except AnswerFormatError as error:
            return str(error.details["expected"])
        return ""

    def well_formed(self) -> dict[str, object]:
        """The answers that have the right form, as `Counter.answer` takes them."""
        told: dict[str, object] = {
            variable: given for variable, given in self.values.items() if not self.fault(variable, given)
        }
        for name, rows in self.rows.items():
            good = [{key: given for key, given in row.items() if not self.fault(key, given)} for row in rows]
            told[name] = [row for row in good if any(given not in (None, "") for given in row.values())]
        return told
