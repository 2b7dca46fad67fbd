"""The catalogue of form templates 様式集: finds and loads them, a town's own before ours."""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kakanai.datafile import DataFileError
from kakanai.errors import KakanaiError
from kakanai.forms.errors import FormOutOfDateError, UnknownFormError
from kakanai.forms.form_file import load_form
from kakanai.forms.my_number_register import MyNumberRegister, load_my_number_register
from kakanai.forms.template import FormTemplate
from kakanai.reception.variables import VariableCatalog

TEMPLATE_FILE = "form.yaml"


class FormCatalog:
    """The templates by id, the town's own folder before ours."""

    def __init__(
        self,
        templates: Mapping[str, FormTemplate],
        overridden: Mapping[str, tuple[FormTemplate, ...]] | None = None,
    ) -> None:
        self.templates = templates
        self.overridden = overridden or {}
        """By id, the templates of the same id that are not used: another stands in for them."""

    def by_id(self, form: str, on: dt.date | None = None) -> FormTemplate:
        """The template of that id, which must be valid on the day if one is given.

        Raises:
            UnknownFormError: there is none.
            FormOutOfDateError: the day lies outside valid_from and valid_to.
        """
        template = self.templates.get(form)
        if template is None:
            # Whatever was typed in place of an id must not reach a log.
            raise UnknownFormError(form=form if re.fullmatch(r"[A-Z][0-9]{1,3}", form) else "?")
        if on is not None and not is_valid(template, on):
            raise FormOutOfDateError(
                form=template.id,
                valid_from=template.valid_from.isoformat(),
                valid_to=template.valid_to.isoformat() if template.valid_to else "",
            )
        return template


def is_valid(template: FormTemplate, on: dt.date) -> bool:
    """Whether the day lies within valid_from and valid_to."""
    return template.valid_from <= on and (template.valid_to is None or on <= template.valid_to)


class TemplatesOnDemand(Mapping[str, FormTemplate]):
    """The templates by id, each loaded when it is first asked for; `in` and `len` load none.

    Asking raises DataFileError when the file has a mistake.
    """

    def __init__(
        self, files: Mapping[str, list[Path]], load: Callable[[Path], FormTemplate], on: dt.date | None
    ) -> None:
        self._files = files
        self._load = load
        self._on = on
        self._loaded: dict[str, FormTemplate] = {}

    def __getitem__(self, form: str) -> FormTemplate:
        if form not in self._loaded:
            self._loaded[form] = self._chosen([self._load(path) for path in self._wanted(form)])
        return self._loaded[form]

    def _wanted(self, form: str) -> list[Path]:
        return self._files[form] if self._on else self._files[form][:1]

    def _chosen(self, templates: list[FormTemplate]) -> FormTemplate:
        on = self._on
        return next((t for t in templates if on is None or is_valid(t, on)), templates[0])

    def __contains__(self, form: object) -> bool:
        return form in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def load_forms(
    folders: tuple[Path, ...],
    variables: VariableCatalog,
    register: MyNumberRegister,
    *,
    on_demand: bool = False,
    on: dt.date | None = None,
) -> FormCatalog:
    """Every template below the folders (first folder wins per id); `on_demand` each when it is asked for.

    With a day `on`, the first one that is valid then wins: a town's version for next April does not stand in
    for ours before that.

    Raises:
        DataFileError: with file and line of the first mistake; on demand, only when the form is asked for.
    """
    files: dict[str, list[Path]] = {}
    for path in sorted(form_files(folders), key=lambda file: file.parent.name):
        files.setdefault(path.parent.name, []).append(path)

    @functools.cache  # once for `templates`, and not once more to see which are overridden
    def load(path: Path) -> FormTemplate:
        return load_form(path, folders, variables, register)

    templates = TemplatesOnDemand(files, load, on)
    if on_demand:
        return FormCatalog(templates)
    overridden: dict[str, tuple[FormTemplate, ...]] = {}
    for form, paths in files.items():
        others = tuple(t for t in map(load, paths) if t.origin != templates[form].origin)
        if others:
            overridden[form] = others
    return FormCatalog(dict(templates), overridden)


def form_files(folders: tuple[Path, ...]) -> list[Path]:
    """The template files of the folders, in order of precedence."""
    return [path for folder in folders for path in sorted(folder.glob(f"*/{TEMPLATE_FILE}"))]


def check_forms(
    paths: list[Path], folders: tuple[Path, ...], variables: VariableCatalog, register: MyNumberRegister
) -> list[KakanaiError]:
    """The mistakes of the given template files, one per broken file."""
    problems: list[KakanaiError] = []
    for path in paths:
        try:
            load_form(path, folders, variables, register)
        except KakanaiError as error:
            problems.append(error)
    return problems


__all__ = [
    "TEMPLATE_FILE",
    "DataFileError",
    "FormCatalog",
    "MyNumberRegister",
    "check_forms",
    "form_files",
    "load_form",
    "load_forms",
    "load_my_number_register",
]
