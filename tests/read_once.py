"""The shipped data files read once for all tests of a process, however often these start the program.

The program reads them once as well: a start takes a second of it. What is kept is never changed by anybody,
and is found again by all that it was made from; a mistake is told anew each time.
"""

import functools

from kakanai import datafile
from kakanai.forms import catalog
from kakanai.resources import resource_root

_SHIPPED_FORMS = resource_root() / "forms"
_load_form = catalog.load_form
_forms = {}
_variables = []
_last = []


def read_data_once():
    """Let the same text be the same tree from now on, and the same shipped form the same template."""
    datafile.parse_data = functools.lru_cache(maxsize=1024)(datafile.parse_data)
    catalog.load_form = _load_once


def _load_once(path, folders, variables, register, *, thorough=False):
    """As load_form; a town's own form, or one over a town's own blocks, is loaded each time."""
    asked = {"thorough": thorough}
    if folders != (_SHIPPED_FORMS,) or path.parent.parent != _SHIPPED_FORMS:
        return _load_form(path, folders, variables, register, **asked)
    rule = register.rule_for(path.parent.name), register.numberless(path.parent.name)
    key = path, _place_of(variables), rule, thorough
    if key not in _forms:
        _forms[key] = _load_form(path, folders, variables, register, **asked)
    return _forms[key]


def _place_of(variables):
    """Where these variables, or others that say the same, stand among all that were seen."""
    if _last and _last[0] is variables:
        return _last[1]
    for place, known in enumerate(_variables):
        if known == variables:
            _last[:] = variables, place
            return place
    _variables.append(variables)
    return len(_variables) - 1
