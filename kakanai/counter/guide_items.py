"""The lines of the 手続き案内書: what, where, until when, and whether it was taken in today 受付済み."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kakanai.counter.office import Office
from kakanai.forms.template import FormTemplate
from kakanai.reception.closed_days import ClosedDays
from kakanai.reception.deadlines import Due, dues
from kakanai.reception.fact_table import Facts
from kakanai.reception.guidance import Guidance, GuidedProcedure
from kakanai.reception.terms import Deadline


@dataclass(frozen=True)
class GuideItem:
    """One procedure as the visitor is told of it.

    `section` is a key of the town's sections, empty for something outside the town hall. `forms` are those
    of it that are made today; none means that the visitor still has to go there. `notice` says more of one
    that has no forms at all (「法務局で行う」).
    """

    title: str
    section: str
    forms: tuple[str, ...] = ()
    dues: tuple[Due, ...] = ()
    why: str = ""
    notice: str = ""

    @property
    def is_done(self) -> bool:
        """Whether it is taken in today きょう受付."""
        return bool(self.forms)


def guide_items(
    office: Office,
    guidance: Guidance,
    templates: Sequence[FormTemplate],
    facts: Facts,
    closed: ClosedDays,
) -> list[GuideItem]:
    """One line for each procedure in effect, in walking order.

    A rule without procedures tells the clerk alone.
    """
    made = {template.id: template for template in templates}
    items = [
        _of_procedure(guided, made, facts, closed) for guided in guidance.procedures if guided.is_in_effect
    ]
    here = office.town.counters.get(office.town.counter_name, "common")
    return in_walking_order(items, here)


def in_walking_order(items: Sequence[GuideItem], here: str) -> list[GuideItem]:
    """Done ones first; then each section once, this counter's first, the others as they come."""
    sections = list(dict.fromkeys([here, *(item.section for item in items)]))
    return sorted(items, key=lambda item: (not item.is_done, sections.index(item.section)))


def _of_procedure(
    guided: GuidedProcedure, made: dict[str, FormTemplate], facts: Facts, closed: ClosedDays
) -> GuideItem:
    templates = [made[form] for form in guided.procedure.forms if form in made]
    rules = [fired.rule for fired in guided.fired]
    of_forms = [deadline for template in templates for deadline in template.terms.deadlines]
    of_rules = [deadline for rule in rules for deadline in rule.deadlines]
    sections = [rule.section for rule in rules if rule.section]
    sections += [guided.procedure.section] if guided.procedure.section else []
    sections += [template.section for template in templates]
    return GuideItem(
        title=guided.procedure.title,
        section=sections[0] if sections else "",
        forms=tuple(template.id for template in templates),
        dues=_counted(of_rules or of_forms, facts, closed),
        why="".join(dict.fromkeys(rule.why for rule in rules)),
        notice="" if guided.procedure.forms else "".join(dict.fromkeys(rule.notice for rule in rules)),
    )


def _counted(deadlines: Iterable[Deadline], facts: Facts, closed: ClosedDays) -> tuple[Due, ...]:
    return tuple(dues(deadlines, facts.values, closed))
