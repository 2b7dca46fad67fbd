"""住民票 by a proxy with two cards: who came, who needs it, who gave the mandate, and no number of either."""

import re

import pytest

from kakanai.forms.template import SignatureBox
from kakanai.printing.folder import FolderPrinter
from tests.office import make_counter, read_specimen
from tests.walkthrough.printed_lines import printed_lines

PROXY, PROXY_ADDRESS = "試験代理子", "長野県長野市大字見本字架空１２番地"
PRINCIPAL, PRINCIPAL_ADDRESS = "見本頼男", "長野県長野市大字例示３４番地"
NUMBERS = ("100000010060", "100000010078")
ANSWERS = {
    "guide.certificates": ["residence"],
    "visitor.kana": "シケン　ダイリコ",
    "visitor.postal": "380-0801",
    "subject.relation": "agent",
    "subject.kana": "ミホン　ヨリオ",
    "agent.kind": "appointed",
    "residence.whole_household": 1,
}


@pytest.fixture
def counter(tmp_path):
    counter = make_counter(tmp_path / "home")
    yield counter
    counter.office.log.close()


@pytest.fixture
def case(counter):
    case = counter.open_case()
    counter.identify_by_card(case, read_specimen("proxy"))
    counter.choose_event(case, "certificate")
    counter.answer(case, {"guide.certificates": ["residence"]})
    counter.add_person_by_card(case, "subject", read_specimen("principal"))
    counter.answer(case, ANSWERS, strict=True)
    return case


def test_each_is_in_their_own_boxes(counter, case, tmp_path):
    assert case.forms == ("F01",)
    filled = counter.fill(case)
    [document] = counter.release(case, filled, FolderPrinter(tmp_path / "out"))
    lines = printed_lines(document.path)
    second = next(n for n, line in enumerate(lines) if "第三者・法人の請求）" in line)
    first, mandate = lines[:second], lines[second:]
    assert [line for line in first if PROXY_ADDRESS in line] == [f"住所〒380-0801{PROXY_ADDRESS}"]
    assert [line for line in first if PRINCIPAL_ADDRESS in line] == [
        f"住所窓口に来た人と同じ{PRINCIPAL_ADDRESS}"
    ]
    assert [line for line in first if PROXY in line] == [f"氏名{PROXY}"]
    assert [line for line in first if PRINCIPAL in line] == [f"氏名{PRINCIPAL}"]
    assert [line for line in mandate if PROXY in line] == [f"窓口に来た人{PROXY}"]
    assert sum(PRINCIPAL in line for line in mandate) == 2
    assert any(PRINCIPAL_ADDRESS in line for line in mandate)
    assert not any(PROXY_ADDRESS in line for line in mandate)
    digits = re.sub(r"\D", "", "".join(lines))
    assert not any(number in digits for number in NUMBERS)


def test_the_principal_signs_and_brings_the_mandate(counter, case):
    [form] = counter.fill(case)
    assert form.stopping == ()
    signatures = [sum(isinstance(one, SignatureBox) for one in page.elements) for page in form.pages]
    assert signatures == [1, 1]
    assert "委任状" in [item.label for item in counter.documents(case)]


def test_nothing_is_asked_that_the_cards_tell(counter, case):
    left = {q.variable.id for group in counter.questions(case) for q in group.questions}
    told = {"subject.name", "subject.address", "subject.birth_date", "principal.name", "principal.address"}
    assert not left & told
