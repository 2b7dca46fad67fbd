"""One job over the printers of its papers: order, and what is told when one of them fails."""

import pytest

from kakanai.printing.by_paper import PrinterByPaper
from kakanai.printing.cups import CupsPrinter
from kakanai.printing.errors import PaperRefusedError, PrinterStoppedError, PrintJobLostError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_job import PrintDocument, PrintedDocument, PrintJob

PDF = b"%PDF-1.4\n"


def job(*papers):
    documents = tuple(PrintDocument(f"F{n:02}", PDF, 1, paper) for n, paper in enumerate(papers, start=1))
    return PrintJob("R8-1121-0001", documents)


class Queue:
    """A printer that remembers what it got, and can fail."""

    def __init__(self, name, error=None):
        self.name = name
        self.error = error
        self.got = []

    def release(self, job):
        if self.error:
            raise self.error
        self.got.append([document.form for document in job.documents])
        return [PrintedDocument(d.form, d.pages, None, f"{self.name}-{d.form}") for d in job.documents]


def test_each_paper_goes_to_its_printer_and_the_answer_is_in_the_jobs_order():
    queues = {"A4": Queue("four"), "A5": Queue("five")}
    printed = PrinterByPaper("用紙ごと", queues.__getitem__).release(job("A4", "A5", "A4"))
    assert queues["A4"].got == [["F01", "F03"]]
    assert queues["A5"].got == [["F02"]]
    assert [document.job_id for document in printed] == ["four-F01", "five-F02", "four-F03"]


def test_one_printer_for_both_gets_one_job():
    queue = Queue("all")
    PrinterByPaper("用紙ごと", lambda _paper: queue).release(job("A4", "A5"))
    assert queue.got == [["F01", "F02"]]


def test_a_failure_tells_of_the_whole_job():
    error = PrintJobLostError(printer="five", printed=1, total=2)
    error.came_out, error.begun = (PrintedDocument("F02", 1, None, "five-1"),), ("F03",)
    five = Queue("five", error)
    queues = {"A4": Queue("four"), "A5": five}
    with pytest.raises(PrintJobLostError) as caught:
        PrinterByPaper("用紙ごと", queues.__getitem__).release(job("A4", "A5", "A5", "A4"))
    assert caught.value.details == {"printer": "five", "printed": 3, "total": 4}
    # F02 is what the second printer told of; F01 and F04 came out of the first one before.
    assert [(out.form, out.job_id) for out in caught.value.came_out] == [
        ("F01", "four-F01"),
        ("F02", "five-1"),
        ("F04", "four-F04"),
    ]
    assert caught.value.begun == ("F03",)


def test_a_failure_of_the_first_printer_is_told_as_it_is():
    error = PrinterStoppedError(printer="four", printed=0, total=1)
    queues = {"A4": Queue("four", error), "A5": Queue("five")}
    with pytest.raises(PrinterStoppedError) as caught:
        PrinterByPaper("用紙ごと", queues.__getitem__).release(job("A4", "A5"))
    assert caught.value.details["printed"] == 0
    assert queues["A5"].got == []


def test_a_stopped_printer_keeps_back_what_the_other_would_print(tmp_path, monkeypatch):
    def refuse(self, total):
        raise PrinterStoppedError(printer=self.name, printed=0, total=total)

    monkeypatch.setattr(CupsPrinter, "require_ready", refuse)
    ways = {"A4": FolderPrinter(tmp_path), "A5": CupsPrinter("five")}
    with pytest.raises(PrinterStoppedError):
        PrinterByPaper("用紙ごと", ways.__getitem__).release(job("A4", "A5"))
    assert list(tmp_path.iterdir()) == []
    assert len(PrinterByPaper("用紙ごと", ways.__getitem__).release(job("A4"))) == 1


def test_a_form_may_have_a_printer_of_its_own():
    queues = {"A4": Queue("four"), "A5": Queue("five")}
    seal = Queue("seal")
    town = PrinterByPaper("用紙ごと", queues.__getitem__, {"F02": seal}.get)
    printed = town.release(job("A4", "A4", "A5"))
    assert (queues["A4"].got, seal.got, queues["A5"].got) == ([["F01"]], [["F02"]], [["F03"]])
    assert [document.job_id for document in printed] == ["four-F01", "seal-F02", "five-F03"]


def test_a_printer_without_the_paper_keeps_back_what_the_other_would_print():
    class Choosy(Queue):
        def require_known(self, documents):
            raise PaperRefusedError(printer=self.name, paper=documents[0].paper)

    queues = {"A4": Queue("four"), "A5": Choosy("five")}
    with pytest.raises(PaperRefusedError):  # "nothing was printed yet" is what its sentence says
        PrinterByPaper("用紙ごと", queues.__getitem__).release(job("A4", "A5"))
    assert queues["A4"].got == []


def test_a_printer_of_a_form_that_is_stopped_keeps_all_back(monkeypatch):
    def refuse(self, total):
        raise PrinterStoppedError(printer=self.name, printed=0, total=total)

    monkeypatch.setattr(CupsPrinter, "require_ready", refuse)
    four = Queue("four")
    town = PrinterByPaper("用紙ごと", lambda _paper: four, {"F02": CupsPrinter("seal")}.get)
    with pytest.raises(PrinterStoppedError):
        town.release(job("A4", "A4"))
    assert four.got == []
    # Asked beforehand, by what is printed, it tells of the form's own printer too.
    with pytest.raises(PrinterStoppedError) as caught:
        town.require_ready([("F01", "A4"), ("F02", "A4")])
    assert caught.value.details == {"printer": "seal", "printed": 0, "total": 2}
    town.require_ready([("F01", "A4")])


def test_every_printer_tells_how_far_it_is_and_where_it_can_print():
    told = []

    class Telling(Queue):
        told = None

        def release(self, job):
            self.told(self.name)
            return super().release(job)

        def reach(self, form, paper):
            return f"{self.name} {form} {paper}"

    town = PrinterByPaper("用紙ごと", {"A4": Telling("four"), "A5": Telling("five")}.__getitem__)
    town.told = told.append
    town.release(job("A4", "A5"))
    assert told == ["four", "five"]
    assert town.reach("F09", "A5") == "five F09 A5"
