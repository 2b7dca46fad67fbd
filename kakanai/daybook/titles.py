"""The titles of procedures 手続 and forms 様式, which the log knows by id alone."""

from kakanai.errors import KakanaiError
from kakanai.forms.catalog import FormCatalog
from kakanai.reception.procedure import ProcedureCatalog


class Titles:
    """Titles by id; an id that no longer exists, for an old log has those too, is its own title."""

    def __init__(self, procedures: ProcedureCatalog, forms: FormCatalog) -> None:
        self._procedures = procedures
        self._forms = forms
        self._known: dict[str, str] = {}

    def procedure(self, procedure: str) -> str:
        """The title of a procedure."""
        known = self._procedures.procedures.get(procedure)
        return known.title if known else procedure

    def form(self, form: str) -> str:
        """The title of a form; its template is read when it is first asked for."""
        if form not in self._known:
            try:
                template = self._forms.templates.get(form)
            except KakanaiError:
                template = None  # a town's mistake in a template is told where forms are made
            self._known[form] = template.title if template else form
        return self._known[form]

    def form_in_full(self, form: str) -> str:
        """Id and title of a form: `F05 印鑑登録証明書交付申請書`."""
        title = self.form(form)
        return form if title == form else f"{form} {title}"

    def procedures_with(self, words: str) -> tuple[str, ...]:
        """The ids of the procedures whose title, kana or words hold these words."""
        return tuple(
            one.id
            for one in self._procedures.procedures.values()
            if words in one.title or words in one.kana or words in one.words or words == one.id
        )
