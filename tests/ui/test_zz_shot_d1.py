from PySide6.QtCore import Qt
from tests.ui.conftest import *
MOVE = {"guide.move_in_way": "certificate", "guide.people": "1", "guide.living": ["dog","water"], "guide.insurance": "all"}
def test_shot(clerk, source):
    clerk.read_card(source)
    clerk.press(Qt.Key.Key_F4)
    clerk.wait(lambda: clerk.talk.current == 1)
    clerk.qtbot.wait(300)
    clerk.window.grab().save("/tmp/s1.png")
    clerk.type("1"); clerk.window.grab().save("/tmp/s2.png")
    clerk.enter()
    for k,v in MOVE.items(): clerk.flow.answer(k,v)
    clerk.qtbot.wait(1500)
    clerk.press(Qt.Key.Key_Down); clerk.press(Qt.Key.Key_Down)
    clerk.window.grab().save("/tmp/s3.png")
    clerk.type("?")
    clerk.window.grab().save("/tmp/s4.png")
    clerk.type("?")
    clerk.press(Qt.Key.Key_Space)
    clerk.window.grab().save("/tmp/s5.png")
    clerk.enter()
    clerk.qtbot.wait(800)
    clerk.window.grab().save("/tmp/s6.png")
