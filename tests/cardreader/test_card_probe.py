"""The walk over cards that are no 個人番号カード, command by command."""

from kakanai.cardreader.card_probe import PROBED_APPLICATIONS, CardProbe
from tests.fakes.scripted_connection import ScriptedConnection

AIDS = {application.label: application.aid for application in PROBED_APPLICATIONS}


def select(label):
    return f"00A4040C{len(AIDS[label]) // 2:02X}{AIDS[label]}"


def walk(*script):
    connection = ScriptedConnection(*script)
    probe = CardProbe(connection)
    probe.run()
    connection.assert_played_out()
    return probe.steps


def refused(*except_for):
    return [(select(label), "6A82") for label in AIDS if label not in except_for]


def test_aids_are_those_of_the_cards():
    # In full length: a shorter one would select by its beginning (JICSAP).
    assert AIDS["text_ap"] == "D3921000310001010408"
    assert AIDS["jpki_ap"] == "D392F000260100000001"
    assert {len(aid) // 2 for label, aid in AIDS.items() if "licence" in label or "residence" in label} == {
        16
    }
    assert len(set(AIDS.values())) == len(AIDS)


def test_on_an_unknown_card_nothing_but_select_is_sent():
    steps = walk(*refused(), ("00A4000002 3F00", "6A82"))
    assert all(step.startswith("select ") for step in steps)


def test_a_card_with_a_master_file_of_another_kind_gets_no_verify():
    walk(
        *refused(),
        ("00A4000002 3F00", "9000"),
        ("00B08A0005", "6A82"),
    )


def test_a_licence():
    script = [
        (select(label), "9000" if label in {"licence_df1", "licence_df2"} else "6A82") for label in AIDS
    ]
    steps = walk(
        *script,
        ("00A4000002 3F00", "9000"),
        ("00B08A0005", "050101 9000"),
        ("00200081", "63C3"),
        ("00200082", "63C2"),
        ("00A4000002 3F00", "9000"),
        ("00B08A00000000", "6700"),
    )
    assert steps[-6:] == [
        "select master_file",
        "peek master_file 000A",
        "tries licence_pin1",
        "tries licence_pin2",
        "select master_file",
        "extended master_file",
    ]


def test_a_card_that_answers_its_first_command_with_6f00_is_asked_once_more():
    first = select("text_ap")
    walk((first, "6F00"), *refused(), ("00A4000002 3F00", "6A82"))
