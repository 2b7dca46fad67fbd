import pytest

from kakanai.printing.print_job import PrintDocument, PrintJob
from tests.printing.sample_pdf import sample_document, sample_job

RIGHT = {"form": "F01", "pdf": b"%PDF-1.4", "pages": 1, "paper": "A4"}


@pytest.mark.parametrize(
    "wrong",
    [{"form": "../x"}, {"form": "黒桐"}, {"form": "F01\n"}, {"pdf": b"PK"}, {"pages": 0}, {"paper": "A3"}],
)
def test_documents_that_cannot_be_right_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        PrintDocument(**{**RIGHT, **wrong})


@pytest.mark.parametrize("number", ["", "R8/1", "黒桐", "R8 1", "..", "R8-1121-0001\n"])
def test_a_case_number_is_fit_for_a_file_name(number):
    with pytest.raises(ValueError, match="case_number"):
        PrintJob(number, (PrintDocument(**RIGHT),))


def test_an_empty_job_is_refused():
    with pytest.raises(ValueError, match="documents"):
        PrintJob("R8-1121-0001", ())


def test_pages_do_not_show_in_a_repr():
    assert (
        repr(sample_job(sample_document("F01")))
        == "PrintJob(R8-1121-0001, [PrintDocument(F01, 1 pages, A4)])"
    )
