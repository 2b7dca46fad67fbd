"""A small book of guidance on a case of one visitor, for the tests of the engine and the loader."""

import datetime as dt
import shutil
from pathlib import Path

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence
from kakanai.identity.person import Person, Sex
from kakanai.reception.answers import parse_answers
from kakanai.reception.case import Case
from kakanai.reception.guidance_file import load_guidance
from kakanai.reception.guidance_plan import Surroundings, plan
from kakanai.reception.procedure import load_procedures
from kakanai.reception.variables_file import load_variables

TODAY = dt.date(2026, 11, 21)
BOOK = Path(__file__).parent / "guidance_book"
EVENT = (BOOK / "event.yaml").read_text(encoding="utf-8")
VARIABLES = (BOOK / "variables.yaml").read_text(encoding="utf-8")


class Desk:
    """The book on a case of one visitor."""

    def __init__(self, folder, event=EVENT, town="", variables=VARIABLES):
        events = folder / "procedures" / "events"
        events.mkdir(parents=True)
        (folder / "variables.yaml").write_text(variables, encoding="utf-8")
        shutil.copy(BOOK / "procedures.yaml", folder / "procedures" / "p.yaml")
        (events / "e.yaml").write_text(event, encoding="utf-8")
        own = folder / "own"
        own.mkdir()
        if town:
            (own / "town.yaml").write_text(town, encoding="utf-8")
        self.variables = load_variables(folder / "variables.yaml")
        procedures = load_procedures(folder / "procedures", self.variables, own)
        self.book = load_guidance(events, self.variables, procedures, own)
        self.around = Surroundings(self.variables, procedures, {"today": TODAY}, TODAY)
        self.case = Case("R8-1121-0001")
        self.case.event = "move_in"
        person = Person("黒字　太郎", "", BirthDate(1985, 5, 5), Sex.MALE)
        self.case.identify(person, Evidence.of_hand(person, dt.datetime(2026, 11, 21, tzinfo=dt.UTC)))

    def plan(self, **answers):
        given = {key.replace("__", "."): value for key, value in answers.items()}
        self.case.answer(parse_answers(self.variables, given))
        guidance = plan(self.around, self.case, self.book.event("move_in"))
        self.case.choose(guidance.in_effect, settled=guidance.settled)
        return guidance
