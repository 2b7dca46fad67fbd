"""The person who is here, fact by fact with its source; beside it what the card shows and its verdict."""

import datetime as dt
import unicodedata

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.cardreader.authenticity.verdict import REVOCATION_NOT_CHECKED
from kakanai.cardreader.driver_licence.changes import ChangeKind
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.kinds import CardKind
from kakanai.identity.evidence import Evidence, Fact, FactSource, ReadBy
from kakanai.identity.from_card import unclear_changes
from kakanai.identity.person import Person
from kakanai.messages import KINDS
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, CARD_SIGN
from kakanai.ui.controls import TextLabel, set_property
from kakanai.ui.hand_entry import both_calendars
from kakanai.ui.picture_box import PictureBox
from kakanai.ui.theme import Theme
from kakanai.ui.verdict_words import TONES, badge_text, left_open

WARNING_SIGN = "⚠"
_SOON_DAYS = 30
_LONG_ADDRESS = 36  # letters; from here on in smaller type, so that four lines fit beside the photo
_GLYPH_ROOM = 430  # pixels beside photo and labels
_READ_BY = {
    ReadBy.PIN: "暗証番号で読み取り",
    ReadBy.COLLATION_B: "照合番号Bで読み取り",
    ReadBy.CARD_NUMBER: "カードの番号で読み取り",
}


class PersonCard(QFrame):
    """Shows the person of a case. Pictures are dropped as soon as the case has none."""

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("PersonCard")
        self._flow = flow
        self._theme = theme
        self.values: dict[str, TextLabel] = {}
        self.signs: dict[str, TextLabel] = {}
        self.photo = PictureBox(self.tr("カードの顔写真"), QSize(112, 140))
        self.glyphs = {
            "name": PictureBox(self.tr("カードの氏名の字形"), QSize(_GLYPH_ROOM, 40), is_glyphs=True),
            "address": PictureBox(self.tr("カードの住所の字形"), QSize(_GLYPH_ROOM, 52), is_glyphs=True),
        }
        self.glyph_words = {key: TextLabel(self.tr("字形"), "small") for key in self.glyphs}
        for label in self.glyph_words.values():
            label.setToolTip(self.tr("カードの字形"))
        self.compare = TextLabel("", "compare", wrap=True)
        self.card_address = TextLabel("", "card-address", wrap=True, exact=True)
        self.verdict = TextLabel("", "verdict")
        self.revocation = TextLabel(REVOCATION_NOT_CHECKED, "small")
        self.expiry = TextLabel("", "expiry")
        self.read_by = TextLabel("", "small")
        self._lay(theme)

    def _lay(self, theme: Theme) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px("space.small"))
        grid.setVerticalSpacing(theme.px("space.tight") // 2)
        grid.setColumnStretch(2, 1)
        small = theme.px("space.small")
        for key, role in (("name", "name"), ("address", "person")):
            value = TextLabel("", role, wrap=True, exact=True)
            value.setFont(theme.personal_font(role))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._add(key, value)
        for key in ("birth_date", "sex"):
            self._add(key, TextLabel())
        self._add("my_number", TextLabel("", "small"))
        self.card_address.setFont(theme.personal_font("large"))
        rest = QHBoxLayout()
        rest.setSpacing(small)
        rest.addWidget(self.values["birth_date"])
        rest.addSpacing(small)
        for label in (TextLabel(self.tr("性別"), "small"), self.signs["sex"], self.values["sex"]):
            rest.addWidget(label)
        rest.addStretch(1)
        for row, (key, words) in enumerate(
            (("name", self.tr("氏名")), ("address", self.tr("住所")), ("birth_date", self.tr("生年月日")))
        ):
            grid.addWidget(TextLabel(words, "small"), row * 3, 0)
            grid.addWidget(self.signs[key], row * 3, 1)
        self._name_line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._name_line.setSpacing(small)
        self._name_line.addWidget(self.values["name"], 1)
        self._name_line.addWidget(self.glyph_words["name"])
        self._name_line.addWidget(self.glyphs["name"])
        grid.addLayout(self._name_line, 0, 2)
        grid.addWidget(self.values["address"], 3, 2)
        grid.addWidget(self.card_address, 4, 2)
        grid.addWidget(self.glyph_words["address"], 5, 0)
        grid.addWidget(self.glyphs["address"], 5, 2)
        grid.addLayout(rest, 6, 2)
        facts = QHBoxLayout()
        facts.setSpacing(theme.px("space.medium"))
        facts.addLayout(grid, 1)
        facts.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        about = QHBoxLayout()
        about.setSpacing(theme.px("space.medium"))
        for label in (self.verdict, self.revocation, self.expiry):
            about.addWidget(label)
        about.addStretch(1)
        source = QHBoxLayout()
        source.setSpacing(theme.px("space.tight"))
        source.addWidget(self.read_by)
        source.addSpacing(theme.px("space.medium"))
        self._number_words = TextLabel(self.tr("個人番号"), "small")
        for label in (self._number_words, self.signs["my_number"], self.values["my_number"]):
            source.addWidget(label)
        source.addStretch(1)
        column = QVBoxLayout(self)
        medium = theme.px("space.medium")
        tight = theme.px("space.tight")
        column.setContentsMargins(medium, tight, medium, tight)
        column.setSpacing(tight // 2)
        column.addLayout(facts)
        column.addWidget(self.compare)
        column.addLayout(about)
        column.addLayout(source)

    def _add(self, key: str, value: TextLabel) -> None:
        self.signs[key], self.values[key] = TextLabel("", "strong"), value

    # --- what is shown ------------------------------------------------------------------

    def show_nobody(self) -> None:
        """Forget person and pictures."""
        for label in (*self.values.values(), *self.signs.values(), self.compare, self.card_address):
            label.clear()
        self.photo.show_picture(None)
        for box in self.glyphs.values():
            box.show_picture(None)

    def show_person(self, person: Person) -> str:
        """Show the person of the case, and give the line that stands for it when folded."""
        case = self._flow.case
        evidence = case.evidence if case else None
        if case is None or evidence is None:
            return ""
        born = both_calendars(person.birth_date) if person.birth_date else ""
        sex = person.sex.label if person.sex is not None else ""
        has_number = case.my_number is not None
        told = {
            "name": person.name,
            "address": self.tr("支援措置のため出しません") if case.is_protected else person.address,
            "birth_date": born or self.tr("不詳"),
            "sex": sex or self.tr("カードにありません"),
            "my_number": self.tr("読み取り済み（画面には出しません）")
            if has_number
            else self.tr("読んでいません"),
        }
        for key, value in told.items():
            self.values[key].setText(value)
            self.signs[key].setText(sign_of(evidence, Fact(key)))
        self._show_pictures(person)
        unclear = self._unclear_address()
        other = case.address_on_card or unclear or self._address_before_change()
        other = "" if case.is_protected else other
        is_long = bool(other) or len(person.address) > _LONG_ADDRESS
        self.values["address"].setFont(self._theme.personal_font("large" if is_long else "person"))
        set_property(self.values["address"], "role", "personal-long" if is_long else "person")
        self._show_address(other, case.address_on_card, unclear)
        self._show_card(evidence)
        mark = f"{WARNING_SIGN} " if evidence.mismatch_accepted or evidence.stale else ""
        sign = sign_of(evidence, Fact.NAME) or ASKED_SIGN
        return f"{mark}{sign} {person.name}　{born}　{sex}".rstrip("　")

    def _show_pictures(self, person: Person) -> None:
        pictures = self._flow.pictures
        self.photo.show_picture(pictures.photo)
        self.glyphs["name"].show_picture(pictures.name)
        self.glyphs["address"].show_picture(pictures.address)
        self.glyph_words["name"].setVisible(bool(pictures.name))
        self.glyph_words["address"].setVisible(bool(pictures.address))
        self._place_name_glyph(person.name)
        is_doubtful = may_differ(person.name) or may_differ(person.address)
        has_glyphs = bool(pictures.name or pictures.address)
        words = ""
        if is_doubtful and has_glyphs:
            words = self.tr("▲ 字形の違いに注意する字があります。カードの字形の画像と見くらべてください。")
        elif is_doubtful:
            words = self.tr("▲ 字形の違いに注意する字があります。カードの券面と見くらべてください。")
        elif pictures.is_damaged:
            words = self.tr("▲ カードの画像の一部を読めません。券面を見て確かめてください。")
        self.compare.setText(words)
        self.compare.setVisible(bool(words))

    def _place_name_glyph(self, name: str) -> None:
        """Beside the name where both fit, else below it."""
        glyph, label = self.glyphs["name"], self.values["name"]
        words = self.glyph_words["name"].sizeHint().width()
        gaps = 2 * self._theme.px("space.small")
        needed = label.fontMetrics().horizontalAdvance(name) + words + glyph.width() + gaps
        is_beside = glyph.is_empty or needed <= _GLYPH_ROOM
        direction = QBoxLayout.Direction
        self._name_line.setDirection(direction.LeftToRight if is_beside else direction.TopToBottom)

    def _unclear_address(self) -> str:
        """The entry of a changed address whose form is unknown, so that no address was taken; "" for none."""
        reading = self._flow.told.reading if self._flow.told else None
        if isinstance(reading, LicenceReading):
            return unclear_changes(reading).get(ChangeKind.ADDRESS, "")
        return ""

    def _address_before_change(self) -> str:
        """What stands on the front of a licence whose address was changed since, "" for none."""
        reading = self._flow.told.reading if self._flow.told else None
        if isinstance(reading, LicenceReading) and reading.address != reading.address_on_face:
            return reading.address_on_face
        return ""

    def _show_address(self, other: str, on_card: str, unclear: str) -> None:
        self.card_address.setVisible(bool(other))
        words = self.tr("免許証の裏面の住所です。表（変更前）: {address}")
        if on_card:
            words = self.tr("{sign} 住所はカードと違う　カード: {address}")
        elif unclear:
            words = self.tr("{sign} 変更の記録の形が分かりません。裏面を見て住所を入れます: {address}")
        self.card_address.setText(words.format(sign=WARNING_SIGN, address=other) if other else "")

    def _show_card(self, evidence: Evidence) -> None:
        found = self._flow.authenticity
        is_by_card = evidence.is_by_card
        for label in (self.verdict, self.revocation):
            label.setVisible(is_by_card)
        if found is not None:
            mark = f"{WARNING_SIGN} " if evidence.mismatch_accepted else ""
            words = self.tr("{badge}（責任者の判断で使用）") if evidence.mismatch_accepted else "{badge}"
            self.verdict.setText(mark + words.format(badge=badge_text(found)))
            self.verdict.setAccessibleName(self.tr("真正性 {label}").format(label=found.verdict.label))
            set_property(self.verdict, "tone", TONES[found.verdict])
            self.revocation.setText("。".join([REVOCATION_NOT_CHECKED, *left_open(found)]))
        else:
            self.revocation.setText(REVOCATION_NOT_CHECKED)
            self.verdict.setText(self.tr("－ 真正性は確かめていません"))
            set_property(self.verdict, "tone", "plain")
        has_number_file = evidence.card_kind == CardKind.MY_NUMBER
        for label in (self._number_words, self.signs["my_number"], self.values["my_number"]):
            label.setVisible(has_number_file)
        kind = KINDS.get(evidence.card_kind or "", "")
        how = _READ_BY.get(evidence.read_by, "")
        self.read_by.setText(f"{kind}　{how}" if is_by_card else self.tr("✎ 職員が入力"))
        self._show_expiry(self._flow.expires_on, self._flow.today)

    def _show_expiry(self, expires_on: dt.date | None, today: dt.date) -> None:
        words, tone = expiry_words(expires_on, today)
        self.expiry.setText(words)
        self.expiry.setVisible(bool(words))
        set_property(self.expiry, "tone", tone)


def expiry_words(expires_on: dt.date | None, today: dt.date) -> tuple[str, str]:
    """How the card's expiry 有効期限 stands, in words, and the tone of them."""
    if expires_on is None:
        return "", "plain"
    left = (expires_on - today).days
    day = f"{expires_on.year}年{expires_on.month}月{expires_on.day}日"
    if left < 0:
        return f"× 期限切れ（{day}まで）", "danger"
    if left < _SOON_DAYS:
        return f"▲ 期限まで {left} 日（{day}）", "caution"
    return f"有効期限 {day}", "plain"


def sign_of(evidence: Evidence, fact: Fact) -> str:
    """The sign of a fact's source, "" when nobody told it."""
    source = evidence.source_of(fact)
    if source is None:
        return ""
    if fact in evidence.stale:
        return WARNING_SIGN
    return CARD_SIGN if source is FactSource.CARD else ASKED_SIGN


def may_differ(text: str) -> bool:
    """Whether a font may well draw the text otherwise than the card does.

    So for variation selectors (IVS), private characters (外字 and 欠字 of a licence), the signs 〓 and □ that
    stand where a character could not be told, and every letter that JIS X 0208 does not have.
    """
    return any(_is_doubtful(one) for one in text)


def _is_doubtful(character: str) -> bool:
    if character in "〓□":
        return True
    category = unicodedata.category(character)
    if category in ("Co", "Cn") or 0xFE00 <= ord(character) <= 0xFE0F or ord(character) >= 0xE0100:
        return True
    try:
        character.encode("shift_jis")  # Python's codec of that name is JIS X 0208 without any addition
    except UnicodeEncodeError:
        return category.startswith("L")
    return False
