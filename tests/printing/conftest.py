import pytest

from kakanai.counter.calibration_form import calibration_job
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from tests.printing.cups_server import PrivateCups


@pytest.fixture
def cups():
    with PrivateCups() as cups:
        yield cups


@pytest.fixture(scope="session")
def sheet():
    """The first calibration sheet, as a job."""
    return calibration_job(Renderer(FontShelf()), "counter", is_second=False)
