"""Whether two fillings of a form would come out of the printer the same 同じ紙か."""

import dataclasses
import hashlib
import json

from kakanai.forms.filled import FilledForm, FilledPage
from kakanai.identity.my_number import MyNumber


def content_digest(form: FilledForm) -> str:
    """A digest of everything that filling put on the paper: the form, its version, each value in its place.

    It is of names and of 個人番号 too, and can be found by trying: it must not leave the case and its draft.
    """
    content = [form.template.id, form.template.version, form.case_number, _plain(form.pages)]
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()


def page_marks(form: FilledForm) -> tuple[str, ...]:
    """What tells the sheets apart, as they say themselves: `1/2`, and `控 1/1` on a copy 控え."""
    return tuple(_mark(page) for page in form.pages)


def _mark(page: FilledPage) -> str:
    return f"{'控 ' if page.copy else ''}{page.number}/{page.count}"


def _plain(value: object) -> object:
    if isinstance(value, FilledPage):
        # Its elements are the template's, which the version tells.
        return [_mark(value), value.background, sorted(value.starts.items()), _plain(value.placed)]
    if isinstance(value, MyNumber):
        return value.box_digits()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if dataclasses.is_dataclass(value):
        fields = [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
        return [type(value).__name__, *fields]
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
