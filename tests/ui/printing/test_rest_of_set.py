"""A printer stops in the middle of a set: what came out stays, the rest follows, or all of it once more."""

import dataclasses
import json

import pytest
from PySide6.QtCore import Qt

from kakanai.app.ways_out import WaysOut
from kakanai.counter.corrections import TO_SHRED_CODE
from kakanai.counter.paper_out import SEEN_ON_PAPER_CODE
from kakanai.ui.case_snapshot import from_body
from kakanai.ui.printing.sheet_panel import sheets_of
from tests.printing.cups_server import COUNTER, PrivateCups
from tests.ui.printing.test_printer_page import keep_picture

pytestmark = pytest.mark.cups

PROCEDURES = ("residence-certificate", "seal-certificate", "pension-exemption")


@pytest.fixture(scope="module")
def cups():
    with PrivateCups() as cups:
        yield cups


@pytest.fixture
def stopped(make_clerk, desk, paths, source, cups):
    """A clerk whose printer broke down after the first of three forms."""
    ways = WaysOut(paths, dataclasses.replace(desk.office.town, printer=COUNTER), simulated=False)
    clerk = make_clerk(dataclasses.replace(desk, printers=ways.names, printer_for=ways.printer))
    clerk.read_card(source)
    clerk.choose(*PROCEDURES, forms=3)
    clerk.press(Qt.Key.Key_F8)
    printing = clerk.talk.printing
    clerk.wait(lambda: printing.printers.findText(COUNTER) >= 0 and printing.print_button.isEnabled())
    clerk.before = len(cups.arrived())
    cups.break_after_one()
    clerk.press(Qt.Key.Key_F8)
    clerk.wait(lambda: clerk.flow.is_part_out)
    yield clerk
    if clerk.flow.case is not None and clerk.flow.is_part_out:
        cups.mend(COUNTER)


def told(clerk):
    """Kind, codes and pages by form of every act of the case that concerns paper."""
    links = clerk.flow.counter.office.log.timeline(clerk.flow.case.number)
    bodies = [(link.kind, json.loads(link.body)) for link in links]
    return [
        (kind, tuple(body.get("codes", ())), {form: pages for form, _, pages in body.get("forms", ())})
        for kind, body in bodies
        if kind.startswith("print") or TO_SHRED_CODE in body.get("codes", ())
    ]


def test_the_rest_is_printed_and_the_set_is_whole(stopped, cups):
    flow, printing = stopped.flow, stopped.talk.printing
    first, second, third = (form.template.id for form in flow.forms)
    assert len(cups.arrived()) == stopped.before + 1
    assert printing.print_button.text() == "残りを印刷する（F8）"
    assert "残り 2様式" in printing._what.text()
    lines = printing.rest.out.text().splitlines()
    assert [line[0] for line in lines] == ["✓", "―", "―"]
    assert f"途中だった帳票: {second}" in printing.rest.unsure.text()
    assert stopped.focused is printing.print_button
    assert printing.rest.isVisible()
    assert printing.rest.all_button.isVisible()
    assert "P-022" in stopped.talk.notice.text
    keep_picture(stopped, "rest-of-set")
    whole = {form.template.id: len(form.pages) for form in flow.forms}
    failed = ("print_failed", ("P-022",), {first: whole[first]})
    assert told(stopped) == [("print_released", (), whole), failed]
    # Put aside now, the case knows the same when it goes on.
    snapshot = from_body(json.loads(json.dumps(flow.body())))
    assert (list(snapshot.rest.out), snapshot.rest.begun) == ([first], (second,))
    cups.mend(COUNTER)
    stopped.press(Qt.Key.Key_F8)
    stopped.wait(lambda: flow.documents)
    assert [one.form for one in flow.documents] == [first, second, third]
    assert len({one.job_id for one in flow.documents}) == 3
    titles = [cups.told(path, "title").split()[1] for path in cups.arrived()[stopped.before :]]
    assert titles == [first, second, third]  # none of them twice
    assert f"{len(sheets_of(flow.documents))}枚" in printing.missing_button.text()
    assert sum(whole.values()) == len(sheets_of(flow.documents))
    assert printing.rest.isHidden()
    assert not flow.to_shred()
    rest = {second: whole[second], third: whole[third]}
    assert told(stopped)[2:] == [("print_released", (), rest), ("print_done", (), rest)]


def test_what_is_seen_on_paper_counts_and_all_of_it_may_come_once_more(stopped, cups):
    flow, printing = stopped.flow, stopped.talk.printing
    first, second, third = (form.template.id for form in flow.forms)
    pages = {form.template.id: len(form.pages) for form in flow.forms}
    assert printing.rest.seen_button.text().startswith(second)
    printing.rest.seen_button.setFocus()
    stopped.enter()
    assert flow.rest_pages() == {third: pages[third]}
    assert printing.rest.unsure.isHidden()
    assert told(stopped)[-1] == ("print_failed", (SEEN_ON_PAPER_CODE,), {second: pages[second]})
    cups.mend(COUNTER)
    printing.rest.all_button.setFocus()
    stopped.enter()
    stopped.wait(lambda: flow.documents)
    assert [one.form for one in flow.documents] == [first, second, third]
    assert len(cups.arrived()) == stopped.before + 4
    assert [one.form for one in flow.to_shred()] == [first, second]
    assert first in printing.shred.text()
    void = {first: pages[first], second: pages[second]}
    assert [acts for acts in told(stopped) if TO_SHRED_CODE in acts[1]] == [
        ("case_corrected", ("K-004", TO_SHRED_CODE), void)
    ]


def test_when_the_last_one_is_seen_the_set_is_done(stopped, cups):
    flow, printing = stopped.flow, stopped.talk.printing
    ids = [form.template.id for form in flow.forms]
    flow.take_as_out(ids[1])
    cups.mend(COUNTER)
    with cups.fault("broken"):
        stopped.press(Qt.Key.Key_F8)
        stopped.wait(lambda: flow.rest.begun == (ids[2],) and not flow.is_printing)
    printing.rest.seen_button.click()
    assert [one.form for one in flow.documents] == ids
    assert stopped.focused is printing.close_button
    assert told(stopped)[-1][:2] == ("print_done", (SEEN_ON_PAPER_CODE,))
    cups.command("/usr/sbin/cupsenable", COUNTER)
