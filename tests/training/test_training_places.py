"""The training mode's folder: nothing of the town's real state is touched, whatever stands there."""

import csv
import dataclasses
import hashlib
import json
import os

import pytest

from kakanai.app.training_window import training_office
from kakanai.counter import Counter
from kakanai.daybook.exports import HEADINGS, ExportFormat
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.downtime.kit_desk import KitDesk
from kakanai.forms.qr import qr_modules
from kakanai.forms.render import SAMPLE_WATERMARK, qr_text
from kakanai.printing.folder import FolderPrinter
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.entry import JST, ClerkId
from kakanai.sessionlog.errors import CaseNumberError
from kakanai.settings import Paths, load_town
from kakanai.training.errors import TrainingHomeError
from kakanai.training.places import TrainingPaths, prepare_training, reset_training
from kakanai.training.practice_paper import WATERMARK
from kakanai.ui.daybook.open_book import OpenBook
from tests.forms.poppler import pictures, text_of
from tests.office import SHELF, make_counter

pytest.importorskip("zxingcpp")
import zxingcpp


def digests(folder, leave_out):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and leave_out not in path.parts
    }


@pytest.fixture
def real(tmp_path):
    """An office that has served somebody, with a town's file that names a database server."""
    counter = make_counter(tmp_path)
    counter.cancel(counter.open_case())
    counter.office.log.close()
    (tmp_path / "town.toml").write_text(
        '# 町の設定\n[town]\nname = "架空町"\n[log]\ndatabase = "postgresql://db.example.jp/kakanai?user=k"\n',
        encoding="utf-8",
    )
    return Paths(tmp_path)


def test_a_practised_case_leaves_the_real_state_as_it_was(real):
    before = digests(real.home, "training")
    paths = prepare_training(real)
    paths.ensure_home()
    town = load_town(paths)
    assert (town.name, town.log_database) == ("架空町", None)
    office = training_office(paths, load_town(real), SHELF)  # even with the real town's own settings
    try:
        counter = Counter(office, ClerkId("training"))
        case = counter.open_case()
        counter.choose(case, ["seal-certificate"])
        (form,) = counter.fill(case)
        (printed,) = counter.release(case, [form], FolderPrinter(paths.output_dir))
        counter.close(case)
        assert office.log.target == paths.log_database
        assert len(office.log.day(office.log.link(1).day)) == 1
    finally:
        office.log.close()
    assert paths.home in printed.path.parents
    assert digests(real.home, "training") == before


def test_practice_paper_says_so_on_each_page_and_in_its_code(real, tmp_path):
    paths = prepare_training(real)
    office = training_office(paths, load_town(paths), SHELF)
    try:
        counter = Counter(office, ClerkId("training"))
        case = counter.open_case()
        counter.choose(case, ["residence-certificate"])
        (form,) = counter.fill(case)
        (printed,) = counter.release(case, [form], FolderPrinter(paths.output_dir))
    finally:
        office.log.close()
    assert office.watermark == WATERMARK == "練習"
    pages = pictures(printed.path.read_bytes(), 150)
    assert len(pages) == len(form.pages)
    for page in pages:
        (code,) = zxingcpp.read_barcodes(page)
        assert code.text.startswith(f"RENSHU-{case.number}/F01/")
        with pytest.raises(CaseNumberError):
            CaseNumber(code.text.split("/")[0])
    assert qr_modules(qr_text(form, 1, 1)) != qr_modules(qr_text(form, 1, 1, paper_number="RENSHU-1"))


def test_the_report_of_a_practised_day_says_so(real):
    paths = prepare_training(real)
    office = training_office(paths, load_town(paths), SHELF)
    try:
        day = office.now().astimezone(JST).date()
        report = OpenBook(office, None).book.report(day)
        # --simulate writes into the town's own log: its 日報 is one of the town's.
        simulated = OpenBook(dataclasses.replace(office, watermark=SAMPLE_WATERMARK), None).book.report(day)
    finally:
        office.log.close()
    assert "練習" in text_of(report.pdf)
    assert SAMPLE_WATERMARK not in text_of(simulated.pdf).replace("見本町", "")


def test_whatever_is_handed_on_from_practice_says_so(real, tmp_path):
    paths = prepare_training(real)
    town = dataclasses.replace(load_town(paths), papers_beside=("G01", "G02", "G03"))
    office = training_office(paths, town, SHELF)
    out = tmp_path / "out"
    try:
        counter = Counter(office, ClerkId("training"))
        case = counter.open_case()
        counter.choose(case, ["seal-certificate"])
        papers = counter.release(case, counter.fill(case), FolderPrinter(out))
        counter.close(case)
        kit = KitDesk(office, ClerkId("training")).print_kit(["F05"], 1, out, SHELF)
        book, day = OpenBook(office, None).book, office.now().astimezone(JST).date()
        report = book.write_report(day, out / "日報.pdf")
        charts = book.write_charts(book.stats(day, day), out / "集計.pdf")
        exported = {
            form: book.export(CaseFilter(), out / f"x.{form}", form, LookPurpose.AUDIT).path
            for form in ExportFormat
        }
        again = book.export(CaseFilter(), out / "x.csv", ExportFormat.CSV, LookPurpose.AUDIT).path
    finally:
        office.log.close()
    assert {one.form for one in papers} >= {"F05", "G01"}
    for file in [*(one.path for one in papers), *kit.files, report.path, charts.path]:
        pages = text_of(file.read_bytes()).split("\f")[:-1]
        assert pages
        assert all("練習" in page for page in pages), file.name
    for file in (report.path, charts.path, *exported.values()):
        assert file.name.startswith("練習-")
    assert again.name == "練習-x-2.csv"
    for form, encoding in ((ExportFormat.CSV, "utf-8-sig"), (ExportFormat.CSV_CP932, "cp932")):
        (row,) = csv.DictReader(exported[form].read_text(encoding=encoding).splitlines())
        assert tuple(row) == (*HEADINGS, "練習")
        assert (row["受付番号"], row["練習"]) == (case.number, "練習")
    told = json.loads(exported[ExportFormat.JSON].read_text(encoding="utf-8"))
    assert told["practice"] is True
    assert len(told["cases"]) == 1


def test_reset_takes_the_training_folder_away_and_nothing_else(real):
    before = digests(real.home, "training")
    paths = prepare_training(real)
    paths.ensure_home()
    (paths.output_dir / "a.pdf").write_bytes(b"%PDF-")
    reset_training(paths)
    assert not paths.home.exists()
    assert digests(real.home, "training") == before
    assert prepare_training(real).home.is_dir()


def test_a_folder_that_is_not_ours_is_neither_filled_nor_emptied(real):
    folder = real.home / "training"
    folder.mkdir()
    (folder / "somebody.txt").write_text("x")
    with pytest.raises(TrainingHomeError) as refused:
        prepare_training(real)
    assert refused.value.details["reason"] == "ENOTEMPTY"
    with pytest.raises(TrainingHomeError):
        reset_training(TrainingPaths.below(real))
    assert [path.name for path in folder.iterdir()] == ["somebody.txt"]


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_a_link_in_place_of_the_folder_is_not_followed(real, tmp_path):
    elsewhere = prepare_training(Paths(tmp_path / "other")).home
    (real.home / "training").symlink_to(elsewhere)
    with pytest.raises(TrainingHomeError):
        reset_training(TrainingPaths.below(real))
    with pytest.raises(TrainingHomeError):
        prepare_training(real)
    assert elsewhere.is_dir()


def test_a_mistake_in_the_real_settings_does_not_keep_anybody_from_practising(real):
    real.town_file.write_text("[town\n", encoding="utf-8")
    paths = prepare_training(real)
    assert load_town(paths).name == "見本町"


def test_what_the_town_made_is_read_where_it_is(real):
    paths = TrainingPaths.below(real)
    for name in ("forms_dir", "procedures_dir", "fonts_dir", "issuer_keys_dir"):
        assert getattr(paths, name) == getattr(real, name)
    for name in ("log_database", "anchor_file", "drafts_dir", "draft_key_file", "output_dir", "town_file"):
        assert paths.home in getattr(paths, name).parents
