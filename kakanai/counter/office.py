"""What a counter works with."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from kakanai.cardreader.authenticity.issuer_table import IssuerTable
from kakanai.drafts.kept_forms import KeptFormFolder
from kakanai.forms.catalog import FormCatalog
from kakanai.forms.fill import Filler
from kakanai.forms.render import Renderer
from kakanai.reception.guidance import GuidanceBook
from kakanai.reception.procedure import ProcedureCatalog
from kakanai.reception.variables import VariableCatalog
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.guard import Guard


@dataclass(frozen=True)
class Office:
    """Everything a counter works with, put together once in app/offices.py.

    `kept` are the forms as they were printed, where this office has a place for them.
    `stock` gives the forms for which this PC has pre-printed paper: of these only values are printed.
    `guard` is asked who may do what; None where specimens 見本カード are served, by nobody in particular.
    """

    town: Town
    log: SessionLog
    forms: FormCatalog
    procedures: ProcedureCatalog
    guidance: GuidanceBook
    variables: VariableCatalog
    filler: Filler
    renderer: Renderer
    issuers: IssuerTable
    now: Callable[[], dt.datetime]
    watermark: str = ""
    guard: Guard | None = None
    kept: KeptFormFolder | None = None
    stock: Callable[[], Collection[str]] = frozenset
