"""The terms of a form: what is read, what is refused and where, and that every shipped form has them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from kakanai.datafile import DataFileError
from kakanai.forms.template import FormTemplate
from kakanai.forms.terms import FormTerms
from kakanai.forms.terms_reading import TERM_KEYS
from kakanai.reception.identity_rules import IdentityNeed, IdentityRule
from kakanai.reception.life_event import LifeEvent
from kakanai.reception.terms import Deadline, DocumentUse, MetBy, RequiredDocument
from kakanai.reception.town_keys import town_keys
from kakanai.reception.variables import Condition
from kakanai.settings import Paths, load_town
from tests.forms.conftest import FORMS, HEAD, Press

Load = Callable[..., FormTemplate]


def head(more: str) -> str:
    return HEAD.replace("my_number: never\n", f"my_number: never\n{more}\n")


def test_all_terms_are_read(written: Load) -> None:
    template = written(
        head(
            """\
events: [move_in, birth]
fee: [seal_certificate, tax_certificate]
deadline:
  - {text: 14日以内, from: move.date, days: 14, when: {move.kind: move_in|move_within}}
  - {text: 3日前まで, from: move.date, days: 3, before: "yes", first_day_counts: "yes"}
  - {text: 来年の5月まで, until: "2027-05-25"}
  - {text: 経過した日まで, from: move.date, months: 3, elapsed: "yes"}
documents:
  - {label: 本人確認書類, met_by: identity, held: 記録があるため}
  - {label: 委任状, use: submit, when: {subject.relation: agent}}
never_print: [暗証番号]
copy: "yes"
identity:
  - {need: photo, why: 写真付き1点, when: {move.kind: move_in}}"""
        )
    )
    moved_in = Condition("move.kind", frozenset({"move_in", "move_within"}))
    assert template.terms == FormTerms(
        events=(LifeEvent.MOVE_IN, LifeEvent.BIRTH),
        fees=("seal_certificate", "tax_certificate"),
        deadlines=(
            Deadline("14日以内", "move.date", days=14, when=(moved_in,)),
            Deadline("3日前まで", "move.date", days=3, first_day_counts=True, before=True),
            Deadline("来年の5月まで", until=dt.date(2027, 5, 25)),
            Deadline("経過した日まで", "move.date", months=3, elapsed=True),
        ),
        documents=(
            RequiredDocument("本人確認書類", held="記録があるため", met_by=MetBy.IDENTITY),
            RequiredDocument(
                "委任状", DocumentUse.SUBMIT, (Condition("subject.relation", frozenset({"agent"})),)
            ),
        ),
        never_print=("暗証番号",),
        copy=True,
        identity=(
            IdentityRule(
                IdentityNeed.PHOTO, "写真付き1点", (Condition("move.kind", frozenset({"move_in"})),)
            ),
        ),
    )


def test_a_form_may_say_none(written: Load) -> None:
    assert written(head("fee: none\ndeadline: none\ndocuments: none")).terms == FormTerms()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("events: [holiday]", "holiday は使えません"),
        ("fee: dog_walk", "dog_walk は使えません"),
        ("deadline: {text: 14日以内, days: 14}", "from(起点の日の項目)"),
        ("deadline: {text: 14日以内, from: move.date}", "from にはそのどれか"),
        ("deadline: {text: 14日以内, from: visitor.name, days: 14}", "日付の項目"),
        ("deadline: {text: 14日以内, from: move.dat, days: 14}", "日付の項目"),
        ("deadline: {text: いつか, until: あした}", "2026-04-01 の形"),
        ("documents: [{label: 委任状, use: burn}]", "burn は使えません"),
        ("documents: [{label: 委任状, when: {subject.relation: aunt}}]", "項目表にありません"),
        ("deadline: {text: 前まで, from: move.date, months: 1, before: yes}", "days と一緒に"),
        ("documents: [{label: 委任状, met_by: luck}]", "luck は使えません"),
        ("identity: [{need: two, why: 2点}]", "two は使えません"),
        ("never_print: [様式と版]", "印字されます: form.mark"),
        ("copy: perhaps", "yes か no"),
    ],
)
def test_a_mistake_is_shown_in_its_line(written: Load, line: str, problem: str) -> None:
    text = head(line)
    with pytest.raises(DataFileError) as caught:
        written(text)
    details: dict[str, Any] = dict(caught.value.details)
    assert details["line"] == text.splitlines().index(line) + 1
    assert problem in details["problem"]


def test_an_unknown_section_is_refused(written: Load) -> None:
    with pytest.raises(DataFileError) as caught:
        written(HEAD.replace("section: resident", "section: kitchen"))
    assert "kitchen は使えません" in str(caught.value.details["problem"])


@pytest.mark.parametrize("form", sorted(path.parent.name for path in FORMS.glob("F*/form.yaml")))
def test_every_shipped_form_says_its_terms(press: Press, form: str) -> None:
    text = (FORMS / form / "form.yaml").read_text(encoding="utf-8")
    said = {line.split(":")[0] for line in text.splitlines()}
    assert said >= TERM_KEYS - {"never_print", "copy", "identity", "asked_when"}
    assert press.shipped(form).terms.events


def test_the_towns_settings_are_the_same_keys(tmp_path: Any) -> None:
    town = load_town(Paths(tmp_path))
    assert town_keys()["fees"] == set(town.fees)
    assert town_keys()["sections"] == set(town.sections)
