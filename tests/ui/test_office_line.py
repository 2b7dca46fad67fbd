"""What stands under the bar: a disk that is nearly full, told before it is full and logged once a day."""

import dataclasses
from pathlib import Path

from kakanai.sessionlog.disk_watch import DiskWatch
from kakanai.sessionlog.entry import EntryKind
from kakanai.ui.office_line import OfficeLine

MIB = 1024 * 1024


class Disk:
    """As much free as a test says."""

    def __init__(self) -> None:
        self.free_mib = 5000

    def watch(self, town) -> DiskWatch:
        return DiskWatch(Path(), town.disk_low_mib, lambda _folder: self.free_mib * MIB)


def noted(office) -> list[int]:
    return [link.seq for link in office.log.links() if link.kind == EntryKind.DISK_LOW.value]


def test_grave_things_stand_first_and_dropped_ones_go(qtbot, theme):
    line = OfficeLine(theme)
    qtbot.addWidget(line)
    assert line.isHidden()
    line.say("disk", "空きが少ない")
    line.say("spool", "つながらない", "danger")
    assert line.text == "× つながらない　▲ 空きが少ない"
    assert line.property("tone") == "danger"
    line.drop("spool", "never told")
    assert line.text == "▲ 空きが少ない"
    assert line.property("tone") == "caution"
    line.drop("disk")
    assert line.isHidden()


def test_a_disk_that_fills_up_is_told_and_logged_once(desk, make_clerk):
    disk = Disk()
    clerk = make_clerk(dataclasses.replace(desk, disk_of=disk.watch))
    window, line = clerk.window, clerk.window.office_line

    def look() -> None:
        clerk.wait(lambda: not window.disk.work.is_busy)
        window.disk.look()
        clerk.wait(lambda: not window.disk.work.is_busy)

    look()
    assert line.isHidden()
    assert not noted(desk.office)
    disk.free_mib = 900
    look()
    assert "残り 900 MiB" in line.text
    assert "L-048" in line.text
    assert line.isVisible()
    disk.free_mib = 20
    look()
    assert line.text.startswith("×")
    assert "L-049" in line.text
    assert len(noted(desk.office)) == 1
    disk.free_mib = 5000
    look()
    assert line.isHidden()


def test_a_log_that_cannot_be_told_keeps_nobody_from_being_warned(desk, make_clerk):
    disk = Disk()
    clerk = make_clerk(dataclasses.replace(desk, disk_of=disk.watch))
    clerk.wait(lambda: not clerk.window.disk.work.is_busy)
    desk.office.log.close()
    disk.free_mib = 20
    clerk.window.disk.look()
    clerk.wait(lambda: "L-049" in clerk.window.office_line.text)
