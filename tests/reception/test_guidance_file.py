"""The loader of guidance: every mistake with its file and line, and what a town adds or switches off."""

import pytest

from kakanai.datafile import DataFileError
from tests.reception.small_book import EVENT, VARIABLES, Desk


@pytest.mark.parametrize(
    ("wrong", "line", "told"),
    [
        ("id: nowhere", 1, "使えません"),
        ('number: "12"', 3, "1桁"),
        ("starts: kind", 4, "日付の項目"),
        ("ask: [nobody]", 5, "聞き取る項目かリスト"),
        ("ask: [guide.late]", 5, "聞き取る項目かリスト"),
        ("- {id: base, why: い, procedures: [notice]}", 7, "move-in.insurance の形"),
        ("- {id: r.base, why: い, procedures: [nobody]}", 7, "使えません"),
        ("- {id: r.base, why: い}", 7, "どれかを書いて"),
        ("- {id: r.base, why: い, notice: 案内}", 7, "section"),
        ("- {id: r.base, why: い, procedures: [notice], when: {guide.work: rich}}", 7, "項目か値"),
        ("- {id: r.base, why: い, procedures: [notice], when: []}", 7, "when を消して"),
        ("- {id: r.base, why: い, procedures: [notice], when: {member.pupil: yes}}", 7, "who に"),
        ("- {id: r.base, why: い, procedures: [notice], who: {guide.work: none}}", 7, "1つのリスト"),
        ("- {id: r.base, why: い, procedures: [notice], settles: {start: 2026-11-21}}", 7, "選択の項目"),
        ("- {id: r.base, why: い, procedures: [notice], settles: {things: a|x}}", 7, "things"),
        ("- {id: r.base, why: い, procedures: [notice], each: member}", 7, "知らない項目"),
        ("- {id: r.or, why: い, procedures: [notice]}", 12, "2回"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, wrong, line, told):
    lines = EVENT.splitlines()
    place = next(
        n
        for n, one in enumerate(lines)
        if one.strip().startswith("- {id: r.base" if wrong[0] == "-" else wrong.split(":")[0])
    )
    lines[place] = f"  {wrong}" if wrong[0] == "-" else wrong
    with pytest.raises(DataFileError) as caught:
        Desk(tmp_path, event="\n".join(lines))
    assert (caught.value.details["file"], caught.value.details["line"]) == ("events/e.yaml", line)
    assert told in str(caught.value.details["problem"])


def test_a_town_adds_procedures_and_rules_and_switches_rules_off(tmp_path):
    town = """
procedures: [{id: bus, title: バス券, group: 町, forms: [], section: care}]
rules: [{event: move_in, id: town.bus, when: {guide.work: none}, procedures: [bus], why: 町の決まり}]
off: [r.join]
"""
    desk = Desk(tmp_path, town=town)
    guidance = desk.plan(guide__work="none")
    assert [one.id for one in guidance.in_effect] == ["notice", "bus"]


@pytest.mark.parametrize(
    ("town", "told"),
    [
        ("off: [r.nobody]", "使えません"),
        ("rules: [{event: birth, id: t.x, procedures: [notice], why: い}]", "使えません"),
        ("rules: [{id: t.x, procedures: [notice], why: い}]", "event"),
        ("rules: [{event: move_in, id: r.join, procedures: [notice], why: い}]", "2回"),
        ("procedures: [{id: notice, title: 届, group: 町, forms: []}]", "2回"),
        ("events: []", "知らない項目"),
    ],
)
def test_a_mistake_of_the_town_is_told(tmp_path, town, told):
    with pytest.raises(DataFileError) as caught:
        Desk(tmp_path, town=town)
    assert told in str(caught.value.details["problem"])


def test_a_rule_of_a_variable_that_nobody_knows_is_told(tmp_path):
    with pytest.raises(DataFileError) as caught:
        Desk(tmp_path, variables=VARIABLES.replace("notice-late", "notice-later"))
    assert "guide.late" in str(caught.value.details["problem"])
