"""One sheet of a set again, and what a printer would cut off: asked of forms that were really filled."""

import io

import pypdf
import pytest

from kakanai.counter.corrections import CorrectionReason, FormsChangedError
from kakanai.counter.print_clipping import clipped_boxes, clipping_words
from kakanai.printing.errors import PrinterStoppedError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_plan import PrintSetup
from kakanai.printing.profile import Correction, Margins, PrinterProfile
from kakanai.printing.reach import make_reach
from kakanai.reception.case_record import case_of, record_of
from kakanai.reception.errors import ForeignFormsError
from tests.office import make_counter, read_specimen


@pytest.fixture(scope="module")
def counter(tmp_path_factory):
    counter = make_counter(tmp_path_factory.mktemp("home"))
    yield counter
    counter.office.log.close()


@pytest.fixture
def printed(counter, tmp_path):
    """A case with F12 on three sheets, printed."""
    case = counter.open_case()
    counter.choose(case, ["seal-certificate", "pension-exemption"])
    counter.identify_by_card(case, read_specimen("official-test"))
    told = counter.release(case, counter.fill(case), FolderPrinter(tmp_path / "first"))
    assert [(one.form, one.pages) for one in told] == [("F05", 1), ("F12", 3)]
    return case


def words(pdf):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


class Narrow:
    """A printer that leaves 30 mm white at the left, or more by its correction."""

    name = "narrow"

    def __init__(self, correction=None, left=30.0):
        self.setup = PrintSetup(PrinterProfile(correction or Correction()))
        self.margins = Margins(left, 4.2, 4.2, 4.2)

    def reach(self, form, paper):
        return make_reach(self.setup, form, paper, {"A4": self.margins, "A5": self.margins})


def test_only_the_missing_sheet_comes_out_and_only_it_is_void(counter, printed, tmp_path):
    sheets = {"F12": (2,)}
    whole = words((tmp_path / "first" / f"{printed.number}_F12.pdf").read_bytes())
    counter.print_again(printed, ["F12"], CorrectionReason.BAD_PRINT, sheets)
    assert [(one.form, one.marks) for one in printed.to_shred] == [("F12", ("2/3",))]
    again = FolderPrinter(tmp_path / "again")
    (told,) = counter.release(printed, counter.fill(printed), again)
    assert (told.form, told.pages, told.verified) == ("F12", 1, True)
    assert words(told.path.read_bytes()) == [whole[1]]
    # The paper of the other sheets stays valid: nothing is due any more.
    assert printed.printed["F12"].marks == ("1/3", "2/3", "3/3")


class Failing:
    """A printer that is stopped."""

    name = "failing"

    def release(self, job):
        raise PrinterStoppedError(printer=self.name, printed=0, total=len(job.documents))


def test_after_a_failed_reprint_only_the_missing_sheets_come_out(counter, printed, tmp_path):
    counter.print_again(printed, ["F12"], CorrectionReason.BAD_PRINT, {"F12": (2,)})
    with pytest.raises(PrinterStoppedError):
        counter.release(printed, counter.fill(printed), Failing())
    kept = case_of(record_of(printed))  # as after a power cut
    assert kept.printed["F12"].missing == (2,)
    # The sheet is asked for again, and one more: both are out with the next print, and nothing else.
    counter.print_again(printed, ["F12"], CorrectionReason.BAD_PRINT, {"F12": (2, 3)})
    (told,) = counter.release(printed, counter.fill(printed), FolderPrinter(tmp_path / "again"))
    assert (told.form, told.pages) == ("F12", 2)
    whole = words((tmp_path / "first" / f"{printed.number}_F12.pdf").read_bytes())
    assert words(told.path.read_bytes()) == whole[1:]
    assert printed.printed["F12"].missing == ()


def test_what_changed_after_a_failed_reprint_comes_whole_and_all_its_sheets_are_void(
    counter, printed, tmp_path
):
    counter.print_again(printed, ["F12"], CorrectionReason.BAD_PRINT, {"F12": (2,)})
    with pytest.raises(PrinterStoppedError):
        counter.release(printed, counter.fill(printed), Failing())
    counter.correct(printed, CorrectionReason.VISITOR)
    with pytest.raises(FormsChangedError):  # a sheet of it is not out
        counter.keep_paper(printed, counter.fill(printed))
    counter.answer(printed, {"pension.phone": "0798-65-1234"})
    told = counter.release(printed, counter.fill(printed), FolderPrinter(tmp_path / "again"))
    assert ("F12", 3) in [(one.form, one.pages) for one in told]
    assert ("1/3", "2/3", "3/3") in [one.marks for one in printed.to_shred if one.form == "F12"]


def test_a_sheet_that_never_was_is_refused(counter, printed):
    with pytest.raises(ForeignFormsError):
        counter.print_again(printed, ["F12"], CorrectionReason.BAD_PRINT, {"F12": (4,)})
    assert printed.printed.keys() == {"F05", "F12"}


def test_what_is_cut_off_is_named_values_first(counter, printed):
    forms = counter.fill(printed)
    clipped = clipped_boxes(forms, Narrow(left=60.0), counter.office.variables)
    assert {one.form for one in clipped} == {"F05", "F12"}
    values = [one for one in clipped if one.is_value and one.form == "F05"]
    assert "氏名" in " ".join(one.label for one in values)
    assert max(one.mm for one in clipped) <= 60
    line = next(line for line in clipping_words(clipped) if line.startswith("F05"))
    assert line.startswith(f"F05　{values[0].label}")
    assert "mm 欠けます" in line
    assert "黒桐" not in line


def test_an_ordinary_printer_cuts_nothing_off_our_forms(counter, printed):
    forms = counter.fill(printed)
    assert clipped_boxes(forms, Narrow(left=4.2), counter.office.variables) == []
    shifted = Narrow(Correction(offset_y_mm=12.0), left=4.2)
    assert clipped_boxes(forms, shifted, counter.office.variables) != []


def test_a_folder_cuts_nothing_off(counter, printed, tmp_path):
    forms = counter.fill(printed)
    assert clipped_boxes(forms, FolderPrinter(tmp_path), counter.office.variables) == []
