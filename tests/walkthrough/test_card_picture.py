"""A name without a glyph: the card's own picture stands in for it, for its holder alone, and is logged."""

import dataclasses

import pytest

from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter.picture_offer import PictureNotOfferedError, PictureOffer
from kakanai.forms.errors import PaperMismatchError
from kakanai.forms.filled import FindingKind
from kakanai.forms.placed_picture import PlacedPicture
from kakanai.identity.by_hand import person_from_mapping
from kakanai.printing.folder import FolderPrinter
from kakanai.reception.case import Step
from tests.office import make_counter

NO_GLYPH = "辻\U000e0100　例示"
FORMS = ["F05", "F09"]


@pytest.fixture
def counter(tmp_path):
    made = make_counter(tmp_path / "home")
    yield made
    made.office.log.close()


def read(specimen="ivs-tsuji", *, surface=True, name=NO_GLYPH):
    """The reading of a specimen by 照合番号B, its name replaced by one that no font has."""
    source = SimulatedReaderSource()
    source.insert(specimen)
    with MyNumberCardSession.open(source.readers()[0].connect()) as session:
        number = CollationNumberB(load_specimen(specimen).collation_b)
        reading = session.read_by_collation_b(number, with_surface=surface)
    return dataclasses.replace(reading, basic_four=dataclasses.replace(reading.basic_four, name=name))


def opened(counter, reading, answers=None):
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
    counter.identify_by_card(case, reading)
    counter.answer(case, answers or {"subject.relation": "self", "householder.is_visitor": "yes"})
    return case


def stopping(counter, case):
    return [finding for form in counter.fill(case) for finding in form.stopping]


def offers(counter, case):
    return {f"{f.form}:{f.field}": counter.picture_offer(case, f) for f in stopping(counter, case)}


def codes(counter, case):
    [entry] = [e for e in counter.office.log.day(counter.office.now().date()) if e.case_number == case.number]
    return entry.codes


def test_every_box_with_the_holders_name_may_bear_the_picture(counter, tmp_path):
    case = opened(counter, read())
    told = offers(counter, case)
    assert {"F05:visitor.name", "F05:subject.name", "F09:visitor.name", "F09:householder.name"} <= set(told)
    assert set(told.values()) == {PictureOffer.READY}
    for finding in stopping(counter, case):
        counter.print_picture(case, finding)
    forms = counter.fill(case)
    assert not [f for form in forms for f in form.stopping]
    kinds = [f.kind for form in forms for f in form.findings]
    assert kinds.count(FindingKind.PICTURE) == len(told)
    printed = counter.release(case, forms, FolderPrinter(tmp_path / "out"))
    assert len(printed) == 2
    assert "F-052" in codes(counter, case)
    counter.close(case)
    assert (case.pictured, dict(case.card_pictures)) == ({}, {})


def test_the_name_of_somebody_else_is_no_matter_of_the_card(counter):
    answers = {"subject.relation": "other", "subject.name": NO_GLYPH, "householder.is_visitor": "yes"}
    told = offers(counter, opened(counter, read(), answers))
    assert told["F05:subject.name"] is PictureOffer.NONE
    assert told["F05:visitor.name"] is PictureOffer.READY


def test_without_the_cards_face_it_must_be_read_first(counter):
    case = opened(counter, read(surface=False))
    assert set(offers(counter, case).values()) == {PictureOffer.FACE_UNREAD}
    finding = stopping(counter, case)[0]
    with pytest.raises(PictureNotOfferedError):
        counter.print_picture(case, finding)
    assert "F-052" not in codes(counter, case)
    counter.identify_by_card(case, read())  # the face was read after all
    assert set(offers(counter, case).values()) == {PictureOffer.READY}


def test_a_typed_name_has_no_picture(counter):
    case = counter.open_case()
    counter.choose(case, counter.procedures_for_forms(FORMS), FORMS)
    person, _ = person_from_mapping(
        {"name": NO_GLYPH, "address": "架空町１", "birth_date": "1990-02-28", "sex": "1"}
    )
    counter.identify_by_hand(case, person)
    assert set(offers(counter, case).values()) == {PictureOffer.NONE}


def decided(counter, case):
    for finding in stopping(counter, case):
        if counter.picture_offer(case, finding) is PictureOffer.READY:
            counter.print_picture(case, finding)
    assert not stopping(counter, case)


@pytest.mark.parametrize(
    "change",
    [
        lambda counter, case: counter.identify_by_card(case, read("official-test", name="架空　" + NO_GLYPH)),
        lambda counter, case: counter.identify_by_card(case, read(surface=False)),
        lambda counter, case: counter.identify_by_card(case, read(name=NO_GLYPH + "\U000e0100")),
    ],
    ids=["another card", "no face", "another name"],
)
def test_a_decision_holds_for_this_value_of_this_card(counter, change):
    case = opened(counter, read())
    decided(counter, case)
    change(counter, case)
    assert stopping(counter, case)
    assert not [
        p for f in counter.fill(case) for page in f.pages for p in page.placed if isinstance(p, PlacedPicture)
    ]


def test_a_corrected_address_is_not_on_the_card(counter):
    reading = read()
    reading = dataclasses.replace(
        reading, basic_four=dataclasses.replace(reading.basic_four, name="辻", address="架空町" + NO_GLYPH)
    )
    case = opened(counter, reading)
    decided(counter, case)
    counter.replace_address(case, "架空町" + NO_GLYPH + "１")
    assert set(offers(counter, case).values()) == {PictureOffer.NONE}


def test_decisions_take_each_other_back(counter):
    case = opened(counter, read())
    finding = next(f for f in stopping(counter, case) if (f.form, f.field) == ("F05", "visitor.name"))

    def kind():
        forms = {form.template.id: form for form in counter.fill(case)}
        return next(f.kind for f in forms["F05"].findings if f.field == "visitor.name")

    counter.print_picture(case, finding)
    assert kind() is FindingKind.PICTURE
    counter.leave_blank(case, finding)
    assert kind() is FindingKind.LEFT_BLANK
    counter.print_picture(case, finding)
    assert kind() is FindingKind.PICTURE
    counter.print_after_all(case, finding)
    assert kind() is FindingKind.NO_GLYPH


def test_paper_that_is_not_what_was_meant_is_logged_and_not_printed(counter, tmp_path, monkeypatch):
    case = opened(counter, read(name="辻　例示"))
    forms = counter.fill(case)
    assert not [f for form in forms for f in form.stopping]
    draw = counter.office.renderer.render

    def another_name(form, **how):
        if form.template.id != "F09":
            return draw(form, **how)
        page = form.pages[0]
        placed = tuple(
            dataclasses.replace(p, lines=("达　例示",)) if getattr(p, "field", "") == "visitor.name" else p
            for p in page.placed
        )
        return draw(dataclasses.replace(form, pages=(dataclasses.replace(page, placed=placed),)), **how)

    monkeypatch.setattr(counter.office.renderer, "render", another_name)
    out = tmp_path / "out"
    with pytest.raises(PaperMismatchError) as caught:
        counter.release(case, forms, FolderPrinter(out))
    assert (caught.value.details["form"], caught.value.details["field"]) == ("F09", "visitor.name")
    assert case.step is Step.OPEN
    assert not out.exists() or not list(out.iterdir())
    assert codes(counter, case)[-1] == "F-047"
    monkeypatch.undo()
    assert len(counter.release(case, forms, FolderPrinter(out))) == 2
