"""Ages that procedures hang on: what a birth date makes somebody on a day.

A full age is reached with the end of the eve of the birthday (年齢計算ニ関スル法律, given). 75 for
後期高齢者医療 is reached on the birthday itself (高齢者の医療の確保に関する法律50条, given).
"""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kakanai.identity.birth_date import BirthDate
from kakanai.reception.school_years import SchoolYears

AgeRule = Callable[[BirthDate, dt.date], bool | None]
"""Whether it holds on the day; None when the birth date is partly unknown 不詳 or after the day."""


def is_75(born: BirthDate, day: dt.date) -> bool | None:
    """75 or older 後期高齢者医療, from the birthday on."""
    age = born.age_on(day)
    return None if age is None else age >= 75


def is_65(born: BirthDate, day: dt.date) -> bool | None:
    """65 or older 介護保険の第1号, from the eve of the birthday on (介護保険法9条, given)."""
    age = born.legal_age_on(day)
    return None if age is None or born.age_on(day) is None else age >= 65


def is_65_to_74(born: BirthDate, day: dt.date) -> bool | None:
    """65 to 74: may join 後期高齢者医療 with a disability."""
    low, high = is_65(born, day), is_75(born, day)
    return None if low is None or high is None else low and not high


def is_20_to_59(born: BirthDate, day: dt.date) -> bool | None:
    """20 to 59: insured by 国民年金; each age reached on the eve of the birthday (国民年金法8条, given)."""
    age = born.legal_age_on(day)
    return None if age is None or born.age_on(day) is None else 20 <= age < 60


def is_under_15(born: BirthDate, day: dt.date) -> bool | None:
    """Younger than 15: a legal representative acts for them (個人番号カード, 印鑑登録)."""
    age = born.legal_age_on(day)
    return None if age is None or born.age_on(day) is None else age < 15


def _in_years(years: SchoolYears) -> AgeRule:
    def is_in_them(born: BirthDate, day: dt.date) -> bool | None:
        return None if born.age_on(day) is None else years.hold(born, day)

    return is_in_them


AGE_RULES: Mapping[str, AgeRule] = MappingProxyType(
    {
        "75": is_75,
        "65": is_65,
        "65-to-74": is_65_to_74,
        "20-to-59": is_20_to_59,
        "under-15": is_under_15,
        # 児童手当法3条 (given): until the first 31 March after reaching 18; 大学生年代 from then on until 22.
        "allowance-child": _in_years(SchoolYears(until=18)),
        "student-age": _in_years(SchoolYears(after=18, until=22)),
        "preschool": _in_years(SchoolYears(until=6)),
        "elementary": _in_years(SchoolYears(after=6, until=12)),
        "junior-high": _in_years(SchoolYears(after=12, until=15)),
        "school-child": _in_years(SchoolYears(after=6, until=15)),
    }
)
"""Every rule by the name that data files use (`household-75`, `row-preschool`)."""
