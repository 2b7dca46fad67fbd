"""Save the visitor's screen 来庁者画面 in every language, with a specimen person.

make_screenshots.py starts this; alone it runs as
    PYTHONPATH=. xvfb-run -a -s "-screen 0 1366x900x24" .venv/bin/python docs/screens/visitor_screenshots.py
"""

from pictures import IMAGES, save_picture
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kakanai.forms.language_fonts import language_codes
from kakanai.identity.birth_date import BirthDate
from kakanai.resources import resource_root
from kakanai.ui.pin_prompt import AskedPin, PinMood, PinPrompt
from kakanai.ui.singletons import keep_singletons
from kakanai.ui.theme import apply_theme, load_theme
from kakanai.ui.visitor.phrases import load_phrases
from kakanai.ui.visitor.visitor_view import (
    NEUTRAL,
    Board,
    ShownPerson,
    VisitorView,
    message_view,
    pin_view,
)
from kakanai.ui.visitor.visitor_window import VisitorWindow

_SIZE = QSize(1280, 800)
_SPECIMEN = ShownPerson(
    name="見本　花子",
    kana="ミホン　ハナコ",
    address="見本県見本郡見本町大字見本一丁目２番地３　見本ハイツ１０１号",
    birth_date=BirthDate(1980, 2, 17),
    procedures=("転入", "国民健康保険の加入", "児童手当の認定請求", "子ども医療費の助成", "水道の使用開始"),
)
_WRONG = PinPrompt(AskedPin.MY_NUMBER, 2, 2, can_enter=True, mood=PinMood.WRONG)


def main() -> None:
    """Write visitor-….png below docs."""
    keep_singletons()
    application = QApplication([])
    theme = apply_theme(application, load_theme(resource_root() / "style"))
    window = VisitorWindow("見本町", theme.personal_family)
    window.resize(_SIZE)
    window.show()
    for old in (file for folder in IMAGES for file in folder.glob("visitor-*.png")):
        old.unlink()
    lacking = set(language_codes()) - set(window.languages)
    if lacking:
        raise RuntimeError(f"no font for {', '.join(sorted(lacking))}")
    phrases = {phrase.id: phrase for phrase in load_phrases(resource_root() / "phrases")}
    fee = phrases["fee"].with_amount(300)

    def save(view: VisitorView, name: str) -> None:
        window.show_view(view)
        application.processEvents()
        save_picture(window, f"visitor-{name}")

    for code in window.languages:
        window.use_language(code)
        save(VisitorView(Board.CHECK, person=_SPECIMEN), f"check-{code}")
        save(pin_view(_WRONG), f"pin-{code}")
        save(message_view(fee.japanese, fee.said), f"phrase-{code}")
    window.reset()
    save(NEUTRAL, "neutral")
    window.to_languages.click()
    application.processEvents()
    save_picture(window, "visitor-languages")
    window.toggle_big()
    window.toggle_contrast()
    save(VisitorView(Board.CHECK, person=_SPECIMEN), "check-big-contrast")
    window.close()


if __name__ == "__main__":
    main()
