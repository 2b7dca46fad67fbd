"""The catalogue of form templates 様式集: finds and loads them, a town's own before ours."""

import datetime as dt
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
        """By id, the templates that another of the same id, in an earlier folder, stands in for."""

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
        ended = template.valid_to is not None and on is not None and on > template.valid_to
        if on is not None and (on < template.valid_from or ended):
            raise FormOutOfDateError(
                form=template.id,
                valid_from=template.valid_from.isoformat(),
                valid_to=template.valid_to.isoformat() if template.valid_to else "",
            )
        return template


class TemplatesOnDemand(Mapping[str, FormTemplate]):
    """The templates by id, each loaded when it is first asked for; `in` and `len` load none.

    Asking raises DataFileError when the file has a mistake.
    """

    def __init__(self, files: Mapping[str, Path], load: Callable[[Path], FormTemplate]) -> None:
        self._files = files
        self._load = load
        self._loaded: dict[str, FormTemplate] = {}

    def __getitem__(self, form: str) -> FormTemplate:
        if form not in self._loaded:
            self._loaded[form] = self._load(self._files[form])
        return self._loaded[form]

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
) -> FormCatalog:
    """Every template below the folders (first folder wins per id); `on_demand` each when it is asked for.

    Raises:
        DataFileError: with file and line of the first mistake; on demand, only when the form is asked for.
    """
    files: dict[str, list[Path]] = {}
    for path in sorted(form_files(folders), key=lambda file: file.parent.name):
        files.setdefault(path.parent.name, []).append(path)

    def load(path: Path) -> FormTemplate:
        return load_form(path, folders, variables, register)

    templates = TemplatesOnDemand({form: paths[0] for form, paths in files.items()}, load)
    if on_demand:
        return FormCatalog(templates)
    overridden = {form: tuple(map(load, paths[1:])) for form, paths in files.items() if len(paths) > 1}
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
