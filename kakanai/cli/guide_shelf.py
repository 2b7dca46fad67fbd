"""What `kakanai guide` reads: the guidance with the procedures, forms and settings it is told with."""

from collections.abc import Iterable
from dataclasses import dataclass

from kakanai.forms.catalog import FormCatalog
from kakanai.reception.guidance import GuidanceBook
from kakanai.reception.procedure import Procedure, ProcedureCatalog
from kakanai.reception.variables import VariableCatalog
from kakanai.settings import Town


@dataclass(frozen=True)
class GuideShelf:
    """What the guidance is read with: the data of the program and the town."""

    variables: VariableCatalog
    procedures: ProcedureCatalog
    guidance: GuidanceBook
    forms: FormCatalog
    town: Town

    def sections_of(self, procedure: Procedure) -> list[str]:
        """The keys of the sections of a procedure's forms."""
        return [self.forms.by_id(form).section for form in procedure.forms]

    def section_names(self, keys: Iterable[str]) -> list[str]:
        """The town's names of sections."""
        return [self.town.section(key).name for key in keys]
