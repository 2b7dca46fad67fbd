"""Templates are read on the paper thread after the window is there, and never twice."""

from collections.abc import Mapping

from kakanai.forms.catalog import FormCatalog
from kakanai.forms.errors import UnknownFormError
from kakanai.ui.forms_ahead import FormsAhead
from kakanai.ui.paper_worker import PaperLink


class Shelf(Mapping):
    """Templates that note who was asked for; one has a mistake."""

    def __init__(self):
        self.asked = []

    def __getitem__(self, form):
        self.asked.append(form)
        if form == "F02":
            raise UnknownFormError(form=form)
        return form

    def __iter__(self):
        return iter(("F01", "F02", "F03"))

    def __len__(self):
        return 3


def test_each_form_is_read_once_and_a_mistake_stops_nobody(qtbot, desk):
    shelf = Shelf()

    class Office:
        forms = FormCatalog(shelf)

    link = PaperLink(desk)
    ahead = FormsAhead(link, Office)
    assert shelf.asked == []
    link.start()
    ahead.start()
    try:
        qtbot.waitUntil(lambda: shelf.asked == ["F01", "F02", "F03"])
    finally:
        link.close()
