"""Variables come from many files: what each may add, and how a name that two have is told."""

from pathlib import Path

import pytest

from kakanai.datafile import DataFileError
from kakanai.reception.answers import parse_value
from kakanai.reception.errors import AnswerFormatError
from kakanai.reception.variables import LISTS, VariableCatalog
from kakanai.reception.variables_file import load_variables

BASE = """\
groups:
  - {id: visitor, label: 窓口に来た人}
variables:
  visitor.name: {label: 氏名, source: card, type: name}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "variables.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "variables").mkdir()
    return tmp_path


def add(folder: Path, name: str, text: str) -> VariableCatalog:
    (folder / "variables" / name).write_text(text, encoding="utf-8")
    return load_variables(folder / "variables.yaml")


ACCOUNT = """\
groups:
  - {id: account, label: 振込口座}
variables:
  account.number: {label: 口座番号, source: asked, type: text, group: account, on_copy: "no"}
  account.holder: {label: 名義, source: asked, type: name, group: visitor}
  funeral.amount: {label: 額, source: asked, type: yen, group: account}
"""


def test_a_file_adds_variables_and_groups_after_the_first(folder: Path) -> None:
    catalog = add(folder, "account.yaml", ACCOUNT)
    assert [group.id for group in catalog.groups] == ["visitor", "account"]
    assert not catalog.variables["account.number"].on_copy
    assert catalog.variables["account.holder"].on_copy


def test_files_may_lean_on_each_other(folder: Path) -> None:
    add(folder, "b.yaml", ACCOUNT)
    catalog = add(
        folder,
        "a.yaml",
        "variables:\n  account.kana: {label: カナ, source: asked, type: kana, group: account, "
        "asked_when: {account.holder: any}}\n",
    )
    assert catalog.variables["account.kana"].group == "account"


def test_a_towns_folder_comes_last(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "x.yaml").write_text("variables:\n  town.own: {label: 町の項目, source: derived, type: text}\n")
    catalog = load_variables(folder / "variables.yaml", own, tmp_path / "absent")
    assert list(catalog.variables)[-1] == "town.own"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (
            "variables:\n  visitor.name: {label: 氏名, source: card, type: name}\n",
            2,
            "visitor.name(variables.yaml の 4 行目)",
        ),
        ("groups:\n  - {id: visitor, label: 客}\nvariables: {}\n", 2, "まとまりが2回あります: visitor"),
        ("variables:\n  a.b: {label: あ, source: asked, type: text, group: nowhere}\n", 2, "nowhere"),
    ],
)
def test_a_mistake_names_its_file_and_line(folder: Path, text: str, line: int, problem: str) -> None:
    with pytest.raises(DataFileError) as caught:
        add(folder, "more.yaml", text)
    assert (caught.value.details["file"], caught.value.details["line"]) == ("variables/more.yaml", line)
    assert problem in str(caught.value.details["problem"])


def test_every_list_counts_its_entries_and_nobody_is_asked_for_the_number(folder: Path) -> None:
    catalog = load_variables(folder / "variables.yaml")
    for name in LISTS:
        assert catalog.variables[f"{name}.row"].list_name == name
        assert catalog.list_fields(name) == ()


@pytest.mark.parametrize(
    ("given", "value"),
    [("50000", 50000), ("50,000円", 50000), ("￥1,234,567", 1234567), ("５００００", 50000), (0, 0)],
)
def test_an_amount_of_money(folder: Path, given: object, value: int) -> None:
    catalog = add(folder, "account.yaml", ACCOUNT)
    assert parse_value(catalog.variables["funeral.amount"], given) == value


@pytest.mark.parametrize("given", ["5万", "-1", "1.5", "5,00", "1" * 13, True, "10 000"])
def test_what_is_no_amount(folder: Path, given: object) -> None:
    catalog = add(folder, "account.yaml", ACCOUNT)
    with pytest.raises(AnswerFormatError):
        parse_value(catalog.variables["funeral.amount"], given)
