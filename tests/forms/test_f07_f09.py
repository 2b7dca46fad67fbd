"""住民異動届 F07 and 国保の届 F09: every box, nobody dropped, and the number only where the law puts it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.catalog import MyNumberRegister, element_boxes, load_form, load_my_number_register
from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import (
    Box,
    Caption,
    ClerkBox,
    FieldBox,
    FormTemplate,
    MyNumberBox,
    SignatureBox,
)
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex
from kakanai.reception.case import Case
from kakanai.reception.facts import HOUSEHOLDER_IS_VISITOR, VISITOR_ROW, Facts, my_numbers_of
from kakanai.reception.variables import VariableCatalog, load_variables
from kakanai.resources import resource_root
