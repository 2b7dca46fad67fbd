"""School years 学年・年度末 by birth date: until which 31 March somebody is a pupil or a child by law."""

import datetime as dt
from dataclasses import dataclass

from kakanai.identity.birth_date import BirthDate

FIRST_GRADE_AFTER = 6
LAST_ELEMENTARY = 12
LAST_JUNIOR = 15


def school_year_end(birth: BirthDate | None, age: int) -> dt.date | None:
    """The first 31 March since somebody reached an age 達する日以後の最初の3月31日; None: not known.

    An age is reached on the day before the birthday, so who is born on 1 April belongs to those before them
    (given: 年齢計算ニ関スル法律; 学校教育法第17条).
    """
    if birth is None or birth.month is None or birth.day is None:
        return None
    is_late = (birth.month, birth.day) >= (4, 2)
    return dt.date(birth.year + age + is_late, 3, 31)


@dataclass(frozen=True)
class SchoolYears:
    """Those past the end of the school year of one age (`after`) and not past that of another (`until`)."""

    after: int | None = None
    until: int | None = None

    def hold(self, birth: BirthDate | None, day: dt.date) -> bool:
        """Whether somebody is one of them on a day; nobody whose birth date is not wholly known."""
        if school_year_end(birth, 0) is None:
            return False
        begun = school_year_end(birth, self.after) if self.after is not None else None
        ends = school_year_end(birth, self.until) if self.until is not None else None
        return (begun is None or begun < day) and (ends is None or day <= ends)


def grade_of(birth: BirthDate | None, day: dt.date) -> int | None:
    """The grade 学年 from 1 to 9 of compulsory school 小学校・中学校 on a day; None for everybody else."""
    for age in range(FIRST_GRADE_AFTER + 1, LAST_JUNIOR + 1):
        if SchoolYears(age - 1, age).hold(birth, day):
            return age - FIRST_GRADE_AFTER
    return None
