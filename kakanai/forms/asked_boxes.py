"""What a form asks for in one case: boxes on pages that it gets, and in blocks that the answers call for."""

from collections.abc import Mapping

from kakanai.forms.template import FormTemplate
from kakanai.reception.answers import Value
from kakanai.reception.fact_table import holds


def asked_variables(template: FormTemplate, values: Mapping[str, Value]) -> tuple[str, ...]:
    """The variables of the boxes that a case with these values can fill, once each, in order of appearance.

    Left out: those of pages that are not printed for it, and those that the head of the form asks only under
    a condition (`asked_when`) that does not hold. What a page depends on is asked wherever it stands.
    """
    wanted = [page for page in template.all_pages if page.wanted(values)]
    names = [name for page in wanted for name in page.variables()]
    names += [condition.variable for page in template.all_pages for condition in page.when]
    return tuple(name for name in dict.fromkeys(names) if _is_called_for(template, name, values))


def _is_called_for(template: FormTemplate, name: str, values: Mapping[str, Value]) -> bool:
    conditions = template.terms.asked_when.get(name.split(".")[0], ())
    return holds(conditions, values)
