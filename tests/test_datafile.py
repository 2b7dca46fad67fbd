import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.datafile import DataFileError, Node, load_data_file, parse_data


def test_every_value_keeps_its_line_and_its_spelling():
    root = parse_data("a: 'no'\nb:\n  - 2026.10\n  - 01\n", "x.yaml").mapping()
    assert root["a"].text() == "no"
    assert [(n.line, n.text()) for n in root["b"].items()] == [(3, "2026.10"), (4, "01")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\na: 2\n", 2),
        ("a: &x 1\nb: *x\n", 1),
        ("&x [*x]\n", 1),
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("", 0),
        ("? [1]\n: 2\n", 1),
    ],
)
def test_mistakes_are_told_with_their_line(text, line):
    with pytest.raises(DataFileError) as caught:
        parse_data(text, "x.yaml")
    assert caught.value.details["line"] == line
    assert caught.value.details["file"] == "x.yaml"


def test_unknown_and_missing_keys():
    node = parse_data("a: 1\nb: 2\n", "x.yaml")
    with pytest.raises(DataFileError) as caught:
        node.mapping(required={"a"}, optional=set())
    assert caught.value.details["line"] == 2
    with pytest.raises(DataFileError, match="F-010"):
        node.mapping(required={"c"})


@pytest.mark.parametrize("text", ["x", "", "1.5", "-1", "10001", "nan"])
def test_numbers_outside_their_bounds(text):
    with pytest.raises(DataFileError):
        Node("x", 1, text_value=text).integer(minimum=0, maximum=10_000)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(DataFileError):
        parse_data(text, "x.yaml")


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 50_000, "- " * 100_000, "x" * 1_000_001])
def test_a_hostile_file_is_refused_and_the_program_lives(text):
    with pytest.raises(DataFileError):
        parse_data(text, "x.yaml")


@pytest.mark.parametrize(
    ("text", "line"), [("a:\n  " + "[" * 50_000, 2), ("\n\n" + "{a: " * 50_000, 3), ("- " * 100_000, 1)]
)
def test_a_nesting_too_deep_is_told_at_its_line(text, line):
    with pytest.raises(DataFileError, match="入れ子") as caught:
        parse_data(text, "x.yaml")
    assert caught.value.details["line"] == line


def test_forty_levels_are_read():
    node = parse_data("[" * 40 + "]" * 40, "x.yaml")
    for _ in range(39):
        (node,) = node.items()
    assert node.items() == []


@pytest.mark.timeout(20)
def test_a_file_without_end_is_not_read_to_its_end(tmp_path):
    for name, content in (("long.yaml", b"# " + b"x" * 1_000_000), ("cut.yaml", "字".encode() * 400_000)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataFileError, match="大きすぎます"):
            load_data_file(tmp_path / name)
    if Path("/dev/zero").exists():
        with pytest.raises(DataFileError, match="大きすぎます"):
            load_data_file(Path("/dev/zero"))


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "sjis.yaml").write_bytes("様式: 1".encode("cp932"))
    for name in ("sjis.yaml", "absent.yaml"):
        with pytest.raises(DataFileError) as caught:
            load_data_file(tmp_path / name)
        assert caught.value.details["file"] == name
