"""A form on paper that bears its lines and words already 印刷済みの用紙."""

from dataclasses import replace

from kakanai.forms.template import FormTemplate


def on_printed_paper(template: FormTemplate) -> FormTemplate:
    """The template with values, marks and digits alone; the town's own PDF is what the paper bears."""
    return replace(template, values_only=True, background=None)
