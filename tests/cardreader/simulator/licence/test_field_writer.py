import datetime as dt
import shutil
import subprocess

import pytest

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.simulator.licence.field_writer import era_date, field, jis_text, sized

TEXT = "見本　花子１－２〜ガ".replace("－", "\u2212")


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv of the C library is the other opinion")
def test_text_is_what_iconv_writes_without_its_escapes():
    done = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", "ISO-2022-JP"], input=TEXT.encode(), capture_output=True, check=True
    )
    assert b"\x1b$B" + jis_text("x", "name", TEXT) + b"\x1b(B" == done.stdout


def test_gaiji_codes():
    assert jis_text("x", "name", "\U0010fff1\U0010fff7日\U0010fffa").hex() == "fff1fff7467cfffa"


@pytest.mark.parametrize("text", ["abc", "髙", "ｶﾅ", "①", "\U0010fff0", "\U0010fff8", "a日", "\x1b$B", "～"])
def test_what_has_no_code(text):
    with pytest.raises(SpecimenError) as caught:
        jis_text("x", "name", text)
    assert caught.value.details == {"specimen": "x", "key": "name", "reason": "not-in-jis-x-0208"}


def test_dates_by_their_era():
    days = ["1873-01-01", "1912-07-29", "1912-07-30", "1926-12-25", "1989-01-07", "1989-01-08", "2019-05-01"]
    told = [era_date(dt.date.fromisoformat(day)).decode() for day in days]
    assert told == ["1060101", "1450729", "2010730", "3011225", "3640107", "4010108", "5010501"]
    assert era_date(dt.date(2019, 4, 30)) == b"4310430"
    assert era_date(None) == b"0000000"


def test_fields_and_filler():
    assert field(0x41, b"").hex() == "4100"
    assert field(0x41, bytes(127))[:2].hex() == "417f"
    assert field(0x41, bytes(128))[:4].hex() == "41820080"
    assert field(0x5F40, bytes(2000))[:5].hex() == "5f408207d0"
    assert field(0x100, b"\x01").hex() == "01000101"
    assert sized("x", "k", b"\x01", 4).hex() == "01ffffff"
    with pytest.raises(SpecimenError):
        sized("x", "k", bytes(5), 4)
