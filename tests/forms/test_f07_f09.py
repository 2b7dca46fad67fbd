"""住民異動届 F07 and 国保の届 F09: every box, nobody dropped, and the number only where the law puts it."""

import datetime as dt
import re
import subprocess
from itertools import pairwise

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.catalog import load_form, load_my_number_register
from kakanai.forms.fill import Filler
from kakanai.forms.filled import PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.fonts import FontShelf
from kakanai.forms.render import Renderer
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import Caption, ClerkBox, MyNumberBox, SignatureBox
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.reception.facts import Facts, gather_facts, my_numbers_of
from kakanai.reception.variables_file import load_variables
from kakanai.resources import resource_root

FORMS = resource_root() / "forms"
CASE_NUMBER = "R8-1121-0001"
DIGITS = "314159265352"
BLANK_DATE = "令和　　年　　月　　日"

VARIABLES = load_variables(resource_root() / "reception" / "variables.yaml")
REGISTER = load_my_number_register(FORMS / "my_number.yaml")


def listed(words):
    return words.split()


F07_VARIABLES = listed("""
    today town.addressee move.kind move.special move.date move.new_postal move.new_address
    move.new_householder move.old_address move.old_householder move.domicile move.domicile_head
    move.whole_household member.kana member.name member.birth_date member.sex
    member.relationship member.job member.resident_code member.nationality member.residence_status
    member.residence_card member.article_30_45 member.alias visitor.postal visitor.address visitor.kana
    visitor.name visitor.birth_date visitor.phone notifier.relation notifier.agent_kind
    notifier.principal.address notifier.principal.name notifier.principal.birth_date
""")
F07_CLERK_WORDS = listed("""
    個人番号カード 有 無 券面（職員） 変更済 国保記号番号 後期高齢 介護 基礎年金番号 児童手当 選挙登録
    転出確定通知 住定日 国保 年金 学校 水道 本人確認 聴聞 記号番号・有効期限 手数料・領収
    整理番号・交付番号 受付 入力 審査 交付 受付印 委任状（委任者の自署） 登記事項証明書 戸籍
""")
F09_VARIABLES = listed("""
    today town.addressee insurance.kind insurance.change_items insurance.date householder.address
    householder.name householder.kana householder.birth_date householder.phone insurance.mark_number
    member.kana member.name member.birth_date member.sex member.relationship member.job
    member.health_card insurance.acquire_reason insurance.lose_reason insurance.other_kind
    insurance.other_name insurance.other_insurer_number insurance.other_mark_number
    insurance.other_holder insurance.other_standing insurance.other_date insurance.delivery
    insurance.payment visitor.postal visitor.address visitor.kana visitor.name visitor.birth_date
    visitor.phone notifier.relation notifier.agent_kind notifier.principal.address
    notifier.principal.name notifier.principal.birth_date
""")
F09_CLERK_WORDS = listed("""
    一般 退職 資格喪失証明書 離職票等 母子健康手帳 生保廃止決定通知 新しい資格確認書
    新しい資格情報のお知らせ 番号確認 個人番号カード 通知カード 住民票 住基照会 本人確認 聴聞
    本人確認書類の記号番号・有効期限 整理番号・交付番号 受付 入力 審査 交付 受付印
    委任状（委任者の自署） 登記事項証明書 戸籍
""")


@pytest.fixture(scope="module")
def shelf():
    return FontShelf()


def template_of(form, folder=FORMS):
    return load_form(folder / form / "form.yaml", (folder, FORMS), VARIABLES, REGISTER)


def fill(shelf, form, facts, numbers=None):
    return Filler(shelf, VARIABLES).fill(template_of(form), CASE_NUMBER, facts, numbers or {})


def words_of(pdf):
    """The PDF's text in the order it was drawn, without any white space."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return re.sub(r"\s", "", done.stdout.decode())


NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


def facts_of(answers, number=DIGITS):
    """The facts and numbers of a case whose visitor came with a card."""
    case = Case(CASE_NUMBER)
    person = Person("見本　太郎", "北海道北見市架空町１丁目２番３号", BirthDate(1980, 1, 15), Sex.MALE)
    evidence = Evidence.of_card("mynumber", NOW, person, with_my_number=True)
    case.identify(person, evidence, MyNumber(number))
    case.answer(parse_answers(VARIABLES, answers))
    facts = gather_facts(VARIABLES, case, {"today": "令和8年11月21日"})
    return facts, my_numbers_of(case, facts)


def placed_on(form):
    return [placed for page in form.pages for placed in page.placed]


@pytest.mark.parametrize(("form", "names"), [("F07", F07_VARIABLES), ("F09", F09_VARIABLES)])
def test_every_box_of_the_reference_is_there(form, names):
    borne = set(template_of(form).variables())
    assert [name for name in names if name not in borne] == []


@pytest.mark.parametrize(("form", "words"), [("F07", F07_CLERK_WORDS), ("F09", F09_CLERK_WORDS)])
def test_every_place_for_the_clerk_is_there(form, words):
    captions = {e.text for page in template_of(form).pages for e in page.elements if isinstance(e, Caption)}
    assert [word for word in words if word not in captions] == []


@pytest.mark.parametrize("form", ["F07", "F09"])
def test_every_option_of_every_choice_has_a_square(form):
    template = template_of(form)
    marks = {(e.variable, e.option) for page in template.pages for e in page.elements if hasattr(e, "option")}
    chosen = {name for name, _ in marks if VARIABLES.variables[name].choices}
    assert chosen
    for name in chosen:
        options = {choice.id for choice in VARIABLES.variables[name].choices}
        assert {(name, option) for option in options} <= marks, name


@pytest.mark.parametrize("form", ["F07", "F09"])
@pytest.mark.parametrize(
    ("relation", "sheets"), [("self", 1), ("householder", 1), ("household", 1), ("agent", 2)]
)
def test_the_sample_fits_and_only_a_proxy_gets_a_second_sheet(shelf, form, relation, sheets):
    facts, numbers = sample_facts(VARIABLES)
    facts.values["notifier.relation"] = relation
    filled = fill(shelf, form, facts, numbers)
    assert filled.stopping == ()
    assert len(filled.pages) == sheets
    assert Renderer(shelf).render(filled).startswith(b"%PDF")


@pytest.mark.parametrize("form", ["F07", "F09"])
def test_nothing_is_printed_where_people_sign_and_clerks_write(shelf, form):
    facts, numbers = sample_facts(VARIABLES, people=4)
    pages = fill(shelf, form, facts, numbers).pages
    assert len(pages) == 2
    for page in pages:
        free = [e.box for e in page.elements if isinstance(e, SignatureBox | ClerkBox)]
        assert [e for e in page.elements if isinstance(e, SignatureBox)]
        printed = [box for p in page.placed for box in (p.boxes if isinstance(p, PlacedDigits) else (p.box,))]
        assert [
            (a, b)
            for a in printed
            for b in free
            if a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h
        ] == []


@pytest.mark.parametrize("form", ["F01", "F05", "F06", "F07", "F09"])
def test_whoever_signs_has_a_line_long_and_high_enough(form):
    """forms.md 5.2: a line of 60-90 mm with 12-15 mm of paper."""
    signatures = [e.box for p in template_of(form).pages for e in p.elements if isinstance(e, SignatureBox)]
    assert signatures
    assert all(60 <= box.w - 4 <= 90 and 12 <= box.h <= 15 for box in signatures), signatures


@pytest.mark.parametrize("form", ["F07", "F09"])
def test_six_people_get_two_sheets_and_nobody_is_dropped(shelf, form):
    people = [{"name": f"見本　第{i}子", "kana": "ミホン", "relationship": "子"} for i in "一二三四五六"]
    facts, numbers = facts_of(
        {"member": people, "visitor.is_member": "no", "notifier.relation": "householder"}
    )
    filled = fill(shelf, form, facts, numbers)
    names = [
        p.lines[0] for page in filled.pages for p in page.placed
        if isinstance(p, PlacedText) and p.field.startswith("member.name")
    ]  # fmt: skip
    assert names == [person["name"] for person in people]
    assert len(filled.pages) == 2
    text = words_of(Renderer(shelf).render(filled))
    assert [text.count(person["name"].replace("　", "")) for person in people] == [1] * 6
    assert text.count("1/2") == text.count("2/2") == 1
    # Each sheet goes to the desk on its own feet: the notifier and the kind of notice stand on both.
    assert all(
        any(p.field == "visitor.name" for p in page.placed if isinstance(p, PlacedText))
        for page in filled.pages
    )


@pytest.mark.parametrize("form", ["F07", "F09"])
def test_the_visitor_is_the_first_of_the_people(shelf, form):
    facts, numbers = facts_of({"member": [{"name": "見本　花子"}], "visitor.relationship": "世帯主"})
    rows = {
        p.field: p.lines for p in placed_on(fill(shelf, form, facts, numbers)) if isinstance(p, PlacedText)
    }
    assert rows["member.name[1]"] == ("見本　太郎",)
    assert rows["member.relationship[1]"] == ("世帯主",)
    assert rows["member.name[2]"] == ("見本　花子",)


def test_f09_bears_the_number_of_the_visitor_in_each_role_on_paper_only(shelf):
    """Visitor = 世帯主 = first of the people: two boxes get the digits, the other people's stay empty."""
    facts, numbers = facts_of({"householder.is_visitor": "yes", "member": [{"name": "見本　花子"}]})
    filled = fill(shelf, "F09", facts, numbers)
    assert len([p for p in placed_on(filled) if isinstance(p, PlacedDigits)]) == 2
    paper, preview = Renderer(shelf).render(filled), Renderer(shelf).render(filled, preview=True)
    assert words_of(paper).count(DIGITS) == 2
    shown = words_of(preview)
    assert "見本太郎" in shown
    assert DIGITS not in shown
    assert shown.count("＊" * 12) == 2


def test_nobody_is_taken_for_the_householder_unasked(shelf):
    facts, numbers = facts_of({"member": []})
    assert "householder.name" not in facts.values
    filled = fill(shelf, "F09", facts, numbers)
    assert len([p for p in placed_on(filled) if isinstance(p, PlacedDigits)]) == 1  # the person's own row


def test_f09_of_somebody_elses_household_bears_the_number_once(shelf):
    facts, numbers = facts_of(
        {"member": [], "householder.is_visitor": "no", "householder.name": "見本　次郎"}
    )
    filled = fill(shelf, "F09", facts, numbers)
    assert words_of(Renderer(shelf).render(filled)).count(DIGITS) == 1
    [digits] = [p for p in placed_on(filled) if isinstance(p, PlacedDigits)]
    [member_box] = [
        e
        for e in filled.pages[0].elements
        if isinstance(e, MyNumberBox) and e.role == "member" and e.row == 0
    ]
    assert digits.boxes == member_box.boxes


def test_f07_never_bears_the_number(shelf):
    facts, numbers = facts_of({"member": [{"name": "見本　花子"}]})
    assert numbers
    filled = fill(shelf, "F07", facts, numbers)
    assert not filled.template.carries_my_number
    assert not [p for p in placed_on(filled) if isinstance(p, PlacedDigits)]
    assert DIGITS not in words_of(Renderer(shelf).render(filled))


@pytest.mark.parametrize("rule", ["never", "by-law"])
def test_f07_with_a_number_box_is_refused(tmp_path, rule):
    form = (FORMS / "F07" / "form.yaml").read_text(encoding="utf-8")
    rows = (FORMS / "shared" / "moving_people.yaml").read_text(encoding="utf-8")
    changed = rows.replace("comb: member.resident_code, count: 11", "my_number: member")
    assert changed.count("my_number: member") == 1
    for name, text in (
        ("F07/form.yaml", form.replace("my_number: never", f"my_number: {rule}")),
        ("shared/moving_people.yaml", changed),
    ):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        template_of("F07", tmp_path)
    assert "個人番号" in caught.value.details["problem"]


@pytest.mark.parametrize(
    ("form", "dates"),
    [("F07", {"today", "move.date"}), ("F09", {"today", "insurance.date", "insurance.other_date"})],
)
def test_blank_dates_stay_for_handwriting(shelf, form, dates):
    filled = fill(shelf, form, Facts())
    assert filled.stopping == ()
    texts = [p for p in placed_on(filled) if isinstance(p, PlacedText)]
    assert {p.field for p in texts if p.lines == (BLANK_DATE,)} == dates
    assert not [p for p in placed_on(filled) if isinstance(p, PlacedMark)]
    assert not [p for p in texts if p.field.startswith(("member.", "visitor.birth_date", "householder."))]
    # The era to circle and 年月日 are printed for every person of the sheet and for who signs.
    for unit in "明大昭平令":
        boxes = [e.box for e in filled.pages[0].elements if isinstance(e, Caption) and e.text == unit]
        assert len(boxes) >= 5


@pytest.mark.parametrize("form", ["F07", "F09"])
def test_rows_for_handwriting_are_high_enough(form):
    """forms.md 5.2: people write by hand in 9-12 mm; the rows of names and dates are never lower."""
    page = template_of(form).pages[0]
    tops = sorted({e.box.y for e in page.elements if isinstance(e, Caption) and e.text == "昭"})
    heights = [e.box.h + 0.6 for e in page.elements if isinstance(e, Caption) and e.text == "昭"]
    assert min(heights) >= 9
    assert all(lower - upper >= 9 for upper, lower in pairwise(tops))


@pytest.mark.parametrize("form", ["F07", "F09"])
def test_long_addresses_and_names_of_the_visitor_fit(shelf, form):
    address = "北海道上川郡美瑛町字架空第９９線北３２号　株式会社見本ホールディングス北海道社員寮　" + (
        "架空ヒルズ・ステューディオ・レジデンス　アネックス棟９９９９号室　例示商事株式会社内　見本次郎様方"
    )
    name = "ＶＡＮ　ＤＥＲ　ＥＸＡＭＰＬＥ　ＦＩＣＴＩＴＩＯＵＳ　" + (
        "ＭＡＸＩＭＩＬＩＡＮ　ＡＬＥＸＡＮＤＥＲ　ＢＡＲＴＨＯＬＯＭＥＷ　ＣＨＲＩＳＴＯＰＨＥＲ"
    )
    facts = Facts(
        values=dict.fromkeys(["visitor.address", "householder.address", "move.new_address"], address)
    )
    facts.values |= dict.fromkeys(["visitor.name", "householder.name"], name)
    filled = fill(shelf, form, facts)
    assert filled.stopping == ()
    drawn = {p.field: p for p in placed_on(filled) if isinstance(p, PlacedText)}
    assert "".join(drawn["visitor.address"].lines) == address
    assert drawn["visitor.address"].size_pt >= 7.5
    assert "".join(drawn["visitor.name"].lines) == name
    assert drawn["visitor.name"].size_pt >= 6.5
