"""What a form asks for in one case: boxes on pages that it gets, and what those boxes are copied from."""

from collections.abc import Mapping

from kakanai.forms.template import FormTemplate
from kakanai.reception.answers import Value
from kakanai.reception.fact_table import holds
from kakanai.reception.facts import is_copied
from kakanai.reception.variables import Source, VariableCatalog


def asked_variables(
    template: FormTemplate, catalog: VariableCatalog, values: Mapping[str, Value]
) -> tuple[str, ...]:
    """The variables that fill the boxes of a case with these values, once each, in order of appearance.

    Left out: those of pages that are not printed for it, and those that the head of the form asks only under
    a condition (`asked_when`) that does not hold. What a page depends on is asked wherever it stands, and
    what a box follows now (「窓口に来た人と同じ」) is asked in its place.
    """
    wanted = [page for page in template.all_pages if page.wanted(values)]
    names = [name for page in wanted for name in page.variable_names]
    names += [condition.variable for page in template.all_pages for condition in page.when]
    named = dict.fromkeys(names)
    found = {name: None for name in named if _is_called_for(template, name, values)}
    pending = list(found)
    while pending:
        variable = catalog.variables.get(pending.pop())
        if variable is not None and is_copied(variable, values):
            source = variable.copies if holds(variable.copies_when, values) else variable.otherwise
            if source and source not in found:
                pending.append(source)
                # What only passes a value on has nothing to ask, and what decides it is asked elsewhere.
                if catalog.variables[source].source is Source.ASKED:
                    found[source] = None
    return tuple(found)


def _is_called_for(template: FormTemplate, name: str, values: Mapping[str, Value]) -> bool:
    conditions = template.terms.asked_when.get(name.split(".")[0], ())
    return holds(conditions, values)
