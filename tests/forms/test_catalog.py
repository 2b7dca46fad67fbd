"""The shipped forms: they load, bear their marks, take the samples, and never cut a long value in silence."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.caption_check import words_without_glyph
from kakanai.forms.catalog import FormCatalog, check_forms, form_files, load_forms
from kakanai.forms.cells import CELL_CONTENTS
from kakanai.forms.errors import FormOutOfDateError, RenderError, UnknownFormError
from kakanai.forms.filled import FilledForm, PlacedMark, PlacedText
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import (
    Box,
    Caption,
    ChoiceMark,
    ClerkBox,
    CombBox,
    FieldBox,
    FormTemplate,
    Frame,
    MyNumberRule,
    QrBox,
    SignatureBox,
)
from kakanai.forms.template_checks import PAGE_MARKS, element_boxes
from kakanai.forms.wording import wording
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence
from kakanai.identity.person import Person, Sex
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.reception.facts import Facts, gather_facts
from kakanai.reception.variables import PERSONAL_TYPES, Source, ValueType
from kakanai.settings.town_rules import PAPERS
from tests.forms.conftest import FORMS, HEAD, Press

SHIPPED = sorted(path.parent.name for path in FORMS.glob("*/form.yaml"))

LONG_NAME = (
    "ＶＡＮ　ＤＥＲ　ＥＸＡＭＰＬＥ　ＦＩＣＴＩＴＩＯＵＳ　ＭＡＸＩＭＩＬＩＡＮ　ＡＬＥＸＡＮＤＥＲ"
    "　ＢＡＲＴＨＯＬＯＭＥＷ　ＣＨＲＩＳＴＯＰＨＥＲ"
)
LONG_ADDRESS = (
    "北海道上川郡美瑛町字架空第９９線北３２号　株式会社見本ホールディングス北海道社員寮　"
    "架空ヒルズ・ステューディオ・レジデンス　アネックス棟９９９９号室　例示商事株式会社内　見本次郎様方"
)


@pytest.fixture(params=SHIPPED)
def template(request: pytest.FixtureRequest, press: Press) -> FormTemplate:
    return press.shipped(request.param)


def fill(press: Press, template: FormTemplate, facts: Facts) -> FilledForm:
    return press.filler.fill(template, "R8-1121-0001", facts, {})


def overlap(a: Box, b: Box) -> bool:
    return (
        min(a.x + a.w, b.x + b.w) - max(a.x, b.x) > 0.05 and min(a.y + a.h, b.y + b.h) - max(a.y, b.y) > 0.05
    )


def test_the_first_stage_is_complete(press: Press) -> None:
    catalog = load_forms((FORMS,), press.variables, press.register)
    assert set(catalog.templates) >= {"F01", "F05", "F06", "F07", "F09"}
    assert catalog.by_id("F05").paper == "A5"
    carrying = {t.id for t in catalog.templates.values() if t.carries_my_number}
    assert carrying == {t.id for t in catalog.templates.values() if t.my_number is MyNumberRule.BY_LAW}
    assert carrying <= set(press.register.rules)


def test_a_form_nobody_has_is_said(press: Press) -> None:
    catalog = load_forms((FORMS,), press.variables, press.register)
    with pytest.raises(UnknownFormError) as caught:
        catalog.by_id("見本　太郎")
    assert caught.value.details == {"form": "?"}


def test_a_towns_form_comes_before_ours_and_a_broken_one_is_reported(
    press: Press, written: Callable[..., FormTemplate]
) -> None:
    own = written(HEAD.replace("id: T01", "id: F05"), form="F05")
    own_folder = Path(own.origin).parent.parent
    folders = (own_folder, FORMS)
    assert load_forms(folders, press.variables, press.register).by_id("F05").title == "試験用の様式"
    (own_folder / "F05" / "form.yaml").write_text(HEAD, encoding="utf-8")
    [problem] = check_forms(form_files((own_folder,)), folders, press.variables, press.register)
    assert problem.details["file"] == "F05/form.yaml"


def test_every_page_bears_its_marks(template: FormTemplate) -> None:
    for page in template.pages:
        assert [e for e in page.elements if isinstance(e, QrBox)]
        assert set(PAGE_MARKS) <= set(page.variables())


def test_a_person_signs_and_the_clerk_has_space(template: FormTemplate) -> None:
    elements = [e for page in template.pages for e in page.elements]
    if template.id in PAPERS:
        assert not [e for e in elements if isinstance(e, SignatureBox)]  # it only tells
        return
    assert [e for e in elements if isinstance(e, SignatureBox)]
    assert len([e for e in elements if isinstance(e, ClerkBox)]) >= 6
    assert any(isinstance(e, Caption) and "受付印" in e.text for e in elements)


def test_no_value_lies_where_people_sign_or_clerks_write(template: FormTemplate) -> None:
    for page in template.pages:
        kept = [e.box for e in page.elements if isinstance(e, SignatureBox | ClerkBox | QrBox)]
        values = [e for e in page.elements if isinstance(e, FieldBox | CombBox | ChoiceMark)]
        for value in values:
            for box in element_boxes(value):
                # The squares of the 本人確認 are ticked by us only where the town wants it.
                is_tick = isinstance(value, ChoiceMark) and value.variable == CHECKED_BY_CLERKS
                assert is_tick or not any(overlap(box, place) for place in kept), value


def test_no_two_values_share_a_place(template: FormTemplate) -> None:
    for page in template.pages:
        boxes = [e.box for e in page.elements if isinstance(e, FieldBox)]
        for number, box in enumerate(boxes):
            assert not any(overlap(box, other) for other in boxes[number + 1 :]), box


def test_frames_leave_the_edge_a_printer_cannot_reach(template: FormTemplate) -> None:
    width, height = template.size_mm
    frames = [e.box for page in template.pages for e in page.elements if isinstance(e, Frame)]
    assert min(box.x for box in frames) >= 16  # room to file the sheet
    assert max(box.x + box.w for box in frames) <= width - 8
    assert max(box.y + box.h for box in frames) <= height - 8


CHECKED_BY_CLERKS = "identity.boxes"
ONE_SQUARE = {CHECKED_BY_CLERKS, "guide_item.done"}
"""Their other options are left to the hand, or have no square."""
SHOWN_ELSEWHERE = {("F06", "subject.relation")}
"""On F06 the seven roles of tax law stand for the relation; only 本人 has a square of its own."""


def test_no_option_a_clerk_can_choose_is_missing_on_paper(press: Press, template: FormTemplate) -> None:
    elements = [e for page in template.pages for e in page.elements]
    in_words = {e.variable for e in elements if isinstance(e, FieldBox)}
    squares: dict[str, set[str]] = {}
    for mark in elements:
        if isinstance(mark, ChoiceMark) and not mark.facet:
            squares.setdefault(mark.variable, set()).add(mark.option)
    for name, shown in squares.items():
        variable = press.variables.variables[name]
        if (
            name in ONE_SQUARE
            or name in in_words
            or (template.id, name) in SHOWN_ELSEWHERE
            or variable.type is ValueType.SEX
        ):
            continue
        assert shown == {choice.id for choice in variable.choices}, name


def test_the_samples_fit(press: Press, template: FormTemplate) -> None:
    facts, numbers = sample_facts(press.variables)
    filled = press.filler.fill(template, "R8-1121-0001", facts, numbers)
    assert filled.stopping == ()
    assert press.renderer.render(filled).startswith(b"%PDF")
    borne = {
        p.field.split("[")[0]
        for page in filled.pages
        for p in page.placed
        if isinstance(p, PlacedText | PlacedMark)
    }
    expected = {
        name
        for name in template.variables()
        if press.variables.variables[name].sample
        and press.variables.variables[name].type not in {ValueType.CHOICE, ValueType.CHOICES}
    }
    assert expected <= borne


def test_an_empty_form_for_the_hand_can_be_printed(press: Press, template: FormTemplate) -> None:
    filled = fill(press, template, Facts())
    assert filled.stopping == ()
    sheets = sum(1 for page in template.pages if not page.continues)
    assert len(filled.pages) == sheets * (2 if template.terms.copy else 1)
    assert press.renderer.render(filled).startswith(b"%PDF")


def test_the_longest_names_and_addresses_fit_or_stop(press: Press, template: FormTemplate) -> None:
    assert len(LONG_ADDRESS) == 91
    facts, _ = sample_facts(press.variables)
    long = {
        name: LONG_NAME if variable.type is ValueType.NAME else LONG_ADDRESS
        for name, variable in press.variables.variables.items()
        if variable.type in PERSONAL_TYPES
    }
    lists = set(facts.rows)
    facts.values.update({name: text for name, text in long.items() if name.split(".")[0] not in lists})
    for list_name, rows in facts.rows.items():
        for row in rows:
            row.update({name: text for name, text in long.items() if name.startswith(f"{list_name}.")})
    filled = fill(press, template, facts)
    stopped = {finding.field for finding in filled.stopping}
    checked = 0
    for page in filled.pages:
        texts = [p for p in page.placed if isinstance(p, PlacedText)]
        placed = {(p.field, p.box): "".join(p.lines) for p in texts}
        for text in texts:
            name = text.field.partition("[")[0]
            if name in long:
                checked += 1
                assert placed[text.field, text.box] == long[name], text.field
        for box in page.elements:
            if isinstance(box, FieldBox) and box.variable in long and box.row is None:
                checked += 1
                assert placed.get((box.variable, box.box)) == long[box.variable] or box.variable in stopped
    assert checked or template.id in PAPERS


def test_the_long_address_stays_readable_where_people_live(press: Press, template: FormTemplate) -> None:
    """91 characters fit the visitor's own address box of every form, in at most three lines."""
    facts = Facts(values={"visitor.address": LONG_ADDRESS})
    filled = fill(press, template, facts)
    if "visitor.address" not in template.variables():
        return
    sizes = [
        p.size_pt
        for page in filled.pages
        for p in page.placed
        if isinstance(p, PlacedText) and p.field == "visitor.address"
    ]
    assert sizes
    assert min(sizes) >= 7.5


def test_every_value_is_placed_whole(press: Press, template: FormTemplate) -> None:
    facts, _ = sample_facts(press.variables)
    filled = fill(press, template, facts)
    for page in filled.pages:
        for text in (p for p in page.placed if isinstance(p, PlacedText)):
            variable = press.variables.variables.get(text.field)
            if variable is None or variable.source is Source.DERIVED or variable.type not in PERSONAL_TYPES:
                continue
            assert "".join(text.lines) == wording(variable, facts.values[text.field])


F01 = """form.mark town.addressee today visitor.postal visitor.address visitor.kana visitor.name
visitor.birth_date visitor.phone subject.relation subject.relation_other subject.address subject.kana
subject.name subject.birth_date subject.householder_name residence.removed_address
residence.whole_household residence.part_of_household residence.removed residence.recorded_items
person.name person.birth_date residence.wide_area residence.old_register residence.not_resident
residence.show purpose.kind purpose.submit_to residence.third_party_reason
residence.third_party_detail residence.third_party_evidence
requester.corporation requester.corporation_staff agent.kind principal.name principal.address
principal.birth_date fee.residence_certificate"""
F05 = """town.addressee today seal.card_number seal.copies subject.address subject.name subject.kana
subject.birth_date visitor.address visitor.name visitor.phone visitor.birth_date visitor.kana
subject.relation subject.relation_other purpose.kind"""
F06 = """town.addressee today visitor.postal visitor.address visitor.kana visitor.name visitor.birth_date
visitor.phone subject.address subject.name subject.kana subject.birth_date subject.phone tax.address_then
tax.applicant_role tax.year tax.income tax.taxation tax.income_taxation tax.child_allowance tax.payment
tax.payment_items tax.complete tax.valuation tax.public_charge tax.assets tax.name_book
tax.vehicle_inspection tax.plate_number tax.house tax.business tax.property_kind tax.property_scope
asset.place asset.house_number asset.use asset.area purpose.kind purpose.submit_to tax.corporation agent.kind
principal.name principal.address principal.birth_date fee.tax_certificate"""


@pytest.mark.parametrize(("form", "names"), [("F01", F01), ("F05", F05), ("F06", F06)])
def test_every_box_of_the_reference_is_there(press: Press, form: str, names: str) -> None:
    assert [name for name in names.split() if name not in press.shipped(form).variables()] == []


@pytest.mark.parametrize(("form", "variable"), [("F01", "subject.relation"), ("F06", "tax.applicant_role")])
def test_the_second_sheet_is_only_for_those_who_need_it(press: Press, form: str, variable: str) -> None:
    template = press.shipped(form)
    assert len(fill(press, template, Facts(values={variable: "self"})).pages) == 1
    assert len(fill(press, template, Facts(values={variable: "agent"})).pages) == 2


def test_the_handbook_names_every_kind_of_cell_every_style_and_the_shared_blocks() -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "forms-language.md").read_text(encoding="utf-8")
    told = {kind for kind in CELL_CONTENTS if f"`{kind}`" in handbook or f"{kind}:" in handbook}
    assert told == set(CELL_CONTENTS)
    named = set(re.findall(r"^\| `([a-z_]+)` \|", handbook, re.MULTILINE))
    assert {"heading", "page_marks", "visitor", "visitor_narrow", "clerk", "purpose"} <= named
    shared = {path.stem for path in (FORMS / "shared").glob("*.yaml")}
    # Other tables of the handbook: blocks, values, deadlines, whose 個人番号.
    keys = {"gap", "at", "height", "if", "style", "facet", "blank", "text", "from", "before", "until", "when"}
    keys |= {"first_day_counts", "elapsed", "subject", "hand"}
    assert named - keys - set(CELL_CONTENTS) <= shared


@pytest.mark.parametrize(
    ("answers", "principal", "sheets"),
    [
        ({"subject.relation": "self"}, [], 1),
        ({"subject.relation": "household", "subject.name": "見本　次郎"}, [], 1),
        ({"subject.relation": "agent", "agent.kind": "legal", "subject.name": "見本　次郎"}, [], 2),
        (
            {"subject.relation": "agent", "agent.kind": "appointed", "subject.name": "見本　次郎"},
            ["見本　次郎"],
            2,
        ),
        (
            {
                "subject.relation": "agent",
                "agent.kind": "appointed",
                "principal.same": "no",
                "principal.name": "見本　三郎",
                "subject.name": "見本　次郎",
            },
            ["見本　三郎"],
            2,
        ),
    ],
)
def test_who_gave_the_mandate_is_printed_only_when_somebody_did(
    press: Press, answers: dict[str, str], principal: list[str], sheets: int
) -> None:
    case = Case("R8-1121-0001")
    person = Person("架空　花子", "埼玉県深谷市見本９９９番地", BirthDate(1992, 7, 30), Sex.FEMALE)
    now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    case.identify(person, Evidence.of_card("mynumber", now, person))
    case.answer(parse_answers(press.variables, answers))
    filled = fill(press, press.shipped("F01"), gather_facts(press.variables, case, {}))
    texts = [p for page in filled.pages for p in page.placed if isinstance(p, PlacedText)]
    assert ["".join(p.lines) for p in texts if p.field == "principal.name"] == principal
    assert len(filled.pages) == sheets
    needed = {"".join(p.lines) for p in texts if p.field == "subject.name"}
    assert needed == {"架空　花子" if answers["subject.relation"] == "self" else "見本　次郎"}


def test_a_form_is_used_only_while_it_is_valid(press: Press, written: Callable[..., FormTemplate]) -> None:
    form = written(
        HEAD.replace('valid_from: "2026-11-01"', 'valid_from: "2026-11-01"\nvalid_to: "2026-11-30"')
    )
    catalog = FormCatalog({form.id: form})
    assert catalog.by_id("T01", on=dt.date(2026, 11, 30)) is form
    for day in (dt.date(2026, 10, 31), dt.date(2026, 12, 1)):
        with pytest.raises(FormOutOfDateError):
            catalog.by_id("T01", on=day)
    with pytest.raises(UnknownFormError) as caught:
        catalog.by_id("123456789018")
    assert caught.value.details == {"form": "?"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("id: T01", "id: t01", 1),
        ('version: "2026.11"', 'version: "第2版 改"', 3),
        ('version: "2026.11"', 'version: ""', 3),
    ],
)
def test_what_the_log_could_not_take_is_told_by_the_check(
    written: Callable[..., FormTemplate], old: str, new: str, line: int
) -> None:
    with pytest.raises(DataFileError) as caught:
        written(HEAD.replace(old, new))
    assert caught.value.details["line"] == line


def test_words_of_a_template_without_a_glyph_are_told(
    press: Press, written: Callable[..., FormTemplate]
) -> None:
    good = written(HEAD)
    assert words_without_glyph(good, press.shelf) == []
    bad = written(HEAD + "      - {height: 9, width: 60, note: 🏠 住所}\n")
    (problem,) = words_without_glyph(bad, press.shelf)
    assert "U+1F3E0" in problem
    filled = press.filler.fill(bad, "R8-1121-0001", Facts(), {})
    with pytest.raises(RenderError):
        press.renderer.render(filled)


@pytest.mark.parametrize("form", SHIPPED)
def test_every_word_of_the_shipped_forms_has_its_glyphs(press: Press, form: str) -> None:
    assert words_without_glyph(press.shipped(form), press.shelf) == []


@pytest.mark.parametrize("title", ['""', "　", '"一行目\\n二行目"', '"a\\u202eb"', "長" * 61])
def test_a_title_is_one_line_that_can_be_shown(written: Callable[..., FormTemplate], title: str) -> None:
    with pytest.raises(DataFileError) as caught:
        written(HEAD.replace("title: 試験用の様式", f"title: {title}"))
    assert caught.value.details["line"] == 2
