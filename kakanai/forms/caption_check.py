"""Words of a template that its fonts cannot draw: told by `forms check`, refused when drawing."""

from kakanai.forms.clusters import name_clusters
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf
from kakanai.forms.template import Caption, FieldBox, FormTemplate


def words_without_glyph(template: FormTemplate, shelf: FontShelf) -> list[str]:
    """One Japanese line for each printed word of the template that has characters without a glyph.

    Raises:
        FontMissingError, FontUnusableError: nothing can be checked.
    """
    words: dict[tuple[FontRole, str], None] = {}
    for page in template.all_pages:
        for element in page.elements:
            if isinstance(element, Caption):
                words[(element.role, element.text.replace("\n", ""))] = None
            elif isinstance(element, FieldBox) and element.blank:
                words[(FontRole.LABEL, element.blank)] = None
    problems = []
    for role, text in words:
        missing = name_clusters(shelf.missing(role, text))
        if missing:
            problems.append(f"「{text}」に字形のない文字があります({missing})")
    return problems
