"""Read the town's file 町の設定 over the shipped 見本町, and say every mistake in it with its line."""

import datetime as dt
import difflib
import errno
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kakanai.resources import resource_root
from kakanai.settings.database_url import DatabaseUrl
from kakanai.settings.errors import (
    SettingsError,
    TownFileUnreadableError,
    TownReferenceError,
    TownSecretError,
    TownSyntaxError,
    TownValueError,
    UnknownTownKeyError,
)
from kakanai.settings.paths import Paths
from kakanai.settings.town import Settings, Town
from kakanai.settings.town_lines import line_of
from kakanai.settings.town_references import (
    addressee,
    counter_left_out,
    too_long_addressee,
    unknown_references,
)
from kakanai.settings.town_rules import (
    COUNTERS,
    MAX_ADDRESSEE_LENGTH,
    MAX_TEXT_LENGTH,
    PAPERS,
    Kind,
    Tables,
    database_fault,
    fault,
    is_line,
    kind_of,
)

_LONGEST: Final = 1_000_000  # characters; the shipped file has a hundredth of it
_KEPT_FORMS: Final = "filled_forms_days"
_LINE_IN_MESSAGE: Final = re.compile(r"at line (\d+)")


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this installation; creates nothing. Raises what load_town raises."""
    paths = Paths.from_environment(environ)
    return Settings(paths=paths, town=load_town(paths))


def load_town(paths: Paths) -> Town:
    """The shipped 見本町 with the town's own file laid over it, key by key.

    The shipped file decides which names exist and of which type they are, so a misspelt key is never
    passed over in silence.

    Raises:
        SettingsError: a subclass says what is wrong with the town's file, and in which line.
    """
    text = read_town_text(paths.town_file)
    return town_from_text(text, paths.town_file)


def read_town_text(file: Path) -> str:
    """The town's file as text; empty when there is none.

    Raises:
        TownFileUnreadableError: it is there and cannot be read as UTF-8, or is far too long for one.
    """
    try:
        with file.open(encoding="utf-8-sig") as opened:  # Windows editors add the mark
            text = opened.read(_LONGEST + 1)
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise TownFileUnreadableError(file=str(file), reason="not UTF-8") from error
    except OSError as error:
        raise TownFileUnreadableError(
            file=str(file), reason=errno.errorcode.get(error.errno or 0, "EIO")
        ) from error
    if len(text) > _LONGEST:
        raise TownFileUnreadableError(file=str(file), reason="EFBIG")
    return text


def town_from_text(text: str, file: Path) -> Town:
    """The town that this text of its file makes; `file` is only named in errors. Raises as load_town."""
    own = parse_town(text, file)
    for mistake in _mistakes(own, text, file):
        raise mistake
    return _town(merged_with_shipped(own))


def check_town(text: str, file: Path) -> list[SettingsError]:
    """Every mistake of the town's file, in the order of its tables; one alone when it is not TOML."""
    try:
        return list(_mistakes(parse_town(text, file), text, file))
    except SettingsError as error:
        return [error]


@lru_cache(maxsize=1)
def shipped_tables() -> Tables:
    """The tables of the shipped 見本町: all names that there are. Not to be changed."""
    return tomllib.loads(shipped_town_file().read_text(encoding="utf-8"))


def shipped_town_file() -> Path:
    """The commented file of 見本町."""
    return resource_root() / "town" / "mihon.toml"


def merged_with_shipped(own: Tables) -> Tables:
    """The shipped tables with the town's own laid over them; the town's counters replace ours."""
    merged = {table: {**values, **own.get(table, {})} for table, values in shipped_tables().items()}
    if own.get(COUNTERS):
        merged[COUNTERS] = dict(own[COUNTERS])
    return merged


def parse_town(text: str, file: Path) -> Tables:
    """The tables of a town's file, whatever is in them.

    Raises:
        TownSyntaxError: not TOML.
        TownValueError: a value stands above the first heading.
    """
    try:
        parsed = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or a number of thousands of digits
        found = _LINE_IN_MESSAGE.search(str(error))
        line = int(found[1]) if found else len(text.rstrip().splitlines())  # "at end of document"
        raise TownSyntaxError(file=str(file), line=max(line, 1)) from error
    tables: Tables = {}
    for table, values in parsed.items():
        if not isinstance(values, dict):
            raise TownValueError(
                file=str(file),
                line=line_of(text, table, None),
                key=table[:MAX_TEXT_LENGTH],
                expected="[town] などの見出しの下に書きます",
            )
        tables[table] = values
    return tables


def _mistakes(own: Tables, text: str, file: Path) -> Iterator[SettingsError]:
    known = shipped_tables()
    sound: Tables = {}
    for table, values in own.items():
        if table not in known:
            yield _unknown(file, line_of(text, table, None), table, tuple(known))
            continue
        sound[table] = {}
        for key, value in values.items():
            wrong = _wrong_value(file, line_of(text, table, key), table, key, value)
            if wrong:
                yield wrong
            else:
                sound[table][key] = value
    yield from _wrong_together(sound, text, file)


def _wrong_value(file: Path, line: int, table: str, key: str, value: object) -> SettingsError | None:
    """What is wrong with one value by itself; None when it is right."""
    known = shipped_tables()
    if table == COUNTERS and not is_line(key):
        expected = f"窓口の名前は{Kind.LINE.value}"
        return TownValueError(file=str(file), line=line, key=COUNTERS, expected=expected)
    if table != COUNTERS and key not in known[table]:
        return _unknown(file, line, key, tuple(known[table]))
    is_database = kind_of(table, key) is Kind.DATABASE
    if is_database and isinstance(value, str) and database_fault(value) == "password":
        return TownSecretError(file=str(file), line=line, key=f"{table}.{key}")
    if expected := fault(table, key, value):
        return TownValueError(file=str(file), line=line, key=f"{table}.{key}", expected=expected)
    return None


def _wrong_together(own: Tables, text: str, file: Path) -> Iterator[SettingsError]:
    """What is wrong with sound values beside each other."""
    merged = merged_with_shipped(own)
    for wrong in unknown_references(own, merged):
        yield TownReferenceError(
            file=str(file),
            line=line_of(text, wrong.table, wrong.key),
            key=f"{wrong.table}.{wrong.key}",
            given=wrong.given[:MAX_TEXT_LENGTH],
            known="、".join(wrong.known),
        )
    if here := counter_left_out(own, merged):
        yield TownValueError(
            file=str(file),
            line=line_of(text, COUNTERS, None),
            key=COUNTERS,
            expected=f"この窓口（[counter] の counter_name「{here}」）を入れた窓口の並び",
        )
    for key in merged["addressees"]:
        if too_long_addressee(merged, key):
            has_own = key in own.get("addressees", {})
            table, name = ("addressees", key) if has_own else ("town", "mayor_title")
            expected = f"団体名と職名が入ったとき、宛先 {key} が{MAX_ADDRESSEE_LENGTH}字までになる文字"
            yield TownValueError(
                file=str(file), line=line_of(text, table, name), key=f"{table}.{name}", expected=expected
            )


def _unknown(file: Path, line: int, key: str, known: tuple[str, ...]) -> SettingsError:
    nearest = difflib.get_close_matches(key, known, n=1)
    return UnknownTownKeyError(
        file=str(file), line=line, key=key[:MAX_TEXT_LENGTH], nearest=nearest[0] if nearest else ""
    )


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _town(tables: Tables) -> Town:
    """The checked tables as a value; str() only tells the type checker what _mistakes has proved."""
    town, counter, staff, log = tables["town"], tables["counter"], tables["staff"], tables["log"]
    fees = {key: value for key, value in tables["fees"].items() if isinstance(value, int)}
    return Town(
        name=str(town["name"]),
        mayor_title=str(town["mayor_title"]),
        sections=_words(tables["sections"]),
        fees=MappingProxyType(fees),
        counter_name=str(counter["counter_name"]),
        default_clerk=str(counter["default_clerk"]),
        printer=str(counter["printer"]),
        diagnostic_level=str(tables["diagnostic"]["level"]),
        supervisors=frozenset(_texts(counter["supervisors"])),
        administrators=frozenset(_texts(counter["administrators"])),
        verifies_cards=counter["verify_cards"] is True,
        fee_exemptions=tuple(_texts(tables["fee_exemptions"]["reasons"])),
        my_number_forms=frozenset(_texts(tables["my_number"]["forms"])),
        printers=_words(tables["printers"]),
        prints_qr=tables["paper"]["qr"] is True,
        addressees=MappingProxyType({key: addressee(tables, key) for key in tables["addressees"]}),
        section_places=_words(tables["section_places"]),
        section_phones=_words(tables["section_phones"]),
        counters=_words(tables[COUNTERS]),
        prints_identity_check=tables["paper"]["print_identity_check"] is True,
        papers_beside=tuple(paper for paper in PAPERS if paper in _texts(tables["paper"]["beside"])),
        closed_days=frozenset(map(dt.date.fromisoformat, _texts(tables["calendar"]["closed_days"]))),
        idle_lock_minutes=int(str(staff["idle_lock_minutes"])),
        sign_in_by_card=staff["sign_in_by_card"] is True,
        four_eyes=staff["four_eyes"] is True,
        away_sign_in_days=int(str(staff["away_sign_in_days"])),
        review_phrases=tuple(_texts(log["review_phrases"])),
        sign_boxes=tuple(_texts(log["sign_boxes"])),
        open_hours=_hours(str(log["open_hours"])),
        minutes_by_hand_default=int(str(log["minutes_by_hand_default"])),
        minutes_by_hand=_minutes(_texts(log["minutes_by_hand"])),
        disk_low_mib=int(str(log["disk_low_mib"])),
        prefecture=str(town["prefecture"]),
        code=str(town["code"]),
        log_database=_database(str(log["database"])),
        retention_years=_years(tables["retention"]),
        kept_form_days=int(str(tables["retention"][_KEPT_FORMS])),
    )


def _database(value: str) -> DatabaseUrl | None:
    return DatabaseUrl.parse(value) if value else None


def _years(retention: Mapping[str, object]) -> Mapping[str, int]:
    return MappingProxyType({key: int(str(y)) for key, y in retention.items() if key != _KEPT_FORMS})


def _hours(value: str) -> tuple[dt.time, dt.time]:
    begin, _, end = value.partition("-")
    return dt.time.fromisoformat(begin), dt.time.fromisoformat(end)


def _minutes(values: Iterable[str]) -> Mapping[str, int]:
    pairs = (value.partition("=") for value in values)
    return MappingProxyType({form: int(minutes) for form, _, minutes in pairs})


def _words(table: Mapping[str, object]) -> Mapping[str, str]:
    return MappingProxyType({key: str(value) for key, value in table.items()})
