"""The sheets of the town's settings: which settings stand on which, and how they lie there."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kakanai.settings.town_entries import TownEntry
from kakanai.settings.town_rules import Kind
from kakanai.ui.controls import TextLabel
from kakanai.ui.theme import Theme
from kakanai.ui.town_fields import FlagField, LevelField, TownField, WordsField
from kakanai.ui.town_lists import CountersField, FormsField

_LABEL = "measure.town_label_width"
_FEE_LABEL = "measure.fee_label_width"
_BORROWED = ("section_places", "section_phones")

_SHEETS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (QT_TRANSLATE_NOOP("TownSheets", "町・宛先"), ("town", "addressees")),
    (QT_TRANSLATE_NOOP("TownSheets", "課"), ("sections",)),
    (
        QT_TRANSLATE_NOOP("TownSheets", "窓口"),
        (
            "counter.counter_name",
            "counters",
            "counter.default_clerk",
            "counter.supervisors",
            "counter.administrators",
            "counter.verify_cards",
            "staff",
            "diagnostic",
        ),
    ),
    (QT_TRANSLATE_NOOP("TownSheets", "手数料"), ("fees", "fee_exemptions")),
    (QT_TRANSLATE_NOOP("TownSheets", "個人番号"), ("my_number",)),
    (QT_TRANSLATE_NOOP("TownSheets", "印刷"), ("paper", "printers", "counter.printer")),
    (QT_TRANSLATE_NOOP("TownSheets", "閉庁日"), ("calendar",)),
    (QT_TRANSLATE_NOOP("TownSheets", "日報"), ("log",)),
    (QT_TRANSLATE_NOOP("TownSheets", "保存"), ("retention",)),
)
"""The words of each sheet, and the tables or settings on it, in order."""

_WORDS = {
    "addressees": QT_TRANSLATE_NOOP(
        "TownSheets",
        "宛先は、紙に出るとおりに「様」「あて」まで書きます。"
        "{name} は団体名、{mayor_title} は長の職名に替わります。",
    ),
    "sections": QT_TRANSLATE_NOOP(
        "TownSheets", "課の名前・場所・電話は、紙の受付課と問い合わせ先に使います。"
    ),
    "fees": QT_TRANSLATE_NOOP("TownSheets", "1件の手数料です。金額は条例によります。"),
    "my_number": QT_TRANSLATE_NOOP(
        "TownSheets",
        "条例で個人番号を使う様式に印を付けます。法律で決まった様式には、印がなくても欄が出ます。",
    ),
    "calendar": QT_TRANSLATE_NOOP(
        "TownSheets",
        "土曜・日曜と12月29日〜1月3日のほかに、役場が閉まる日（祝日など）です。2027-02-11 の形で書きます。"
        "期限の最後の日が閉庁日なら、次に開く日まで受け付けます。",
    ),
    "printers": QT_TRANSLATE_NOOP(
        "TownSheets", "印刷の画面で最初に選ばれるプリンターです。名前は CUPS のものです。"
    ),
}


def make_sheets(
    entries: Iterable[TownEntry], titles: Mapping[str, str], theme: Theme
) -> tuple[dict[str, QScrollArea], dict[str, TownField]]:
    """The sheets by their words, and the field of every setting by its dotted name."""
    found = {entry.name: entry for entry in entries}
    fields = {name: _field(entry, titles, theme) for name, entry in found.items()}
    sheets: dict[str, QScrollArea] = {}
    for words, parts in _SHEETS:
        column = QVBoxLayout()
        column.setSpacing(theme.px("space.small"))
        for part in parts:
            if part in _WORDS:
                column.addWidget(TextLabel(_tr(_WORDS[part]), "small", wrap=True))
            here = [name for name in found if name == part or found[name].table == part]
            _LAYERS.get(part, _one_below_another)(column, here, fields, theme)
        column.addStretch(1)
        sheets[_tr(words)] = _scrolled(column, theme)
    return sheets, fields


def _tr(words: object) -> str:
    # QT_TRANSLATE_NOOP gives back the words it got, but its stub says object.
    return QCoreApplication.translate("TownSheets", str(words))


def _field(entry: TownEntry, titles: Mapping[str, str], theme: Theme) -> TownField:
    field: TownField
    if isinstance(entry.value, dict):
        field = CountersField(entry, theme)
    elif entry.kind is Kind.FORMS:
        field = FormsField(entry, titles, theme)
    elif entry.kind is Kind.FLAG:
        field = FlagField(entry, theme)
    elif entry.kind is Kind.LEVEL:
        field = LevelField(entry, theme, label=_LABEL)
    else:
        is_bare = entry.table in _BORROWED or entry.table == "sections"
        width = _FEE_LABEL if entry.kind is Kind.FEE else _LABEL
        field = WordsField(entry, theme, label=width, bare=is_bare)
    if entry.kind not in {Kind.LEVEL, Kind.FORMS}:
        field.set_hint(sheet_hint(entry))
    return field


def sheet_hint(entry: TownEntry) -> str:
    """What there is to know of a setting, for somebody who types it on a sheet."""
    # The examples of the shipped file are written as in the file, not as they are typed here.
    words = entry.words.hint.partition("例:")[0]
    return words + _tr(_SEVERAL) if entry.kind in _SEVERAL_KINDS else words


_SEVERAL_KINDS = {
    Kind.CLERKS,
    Kind.WORDS,
    Kind.PAPERS,
    Kind.DAYS,
    Kind.PHRASES,
    Kind.SIGN_BOXES,
    Kind.FORM_MINUTES,
}
_SEVERAL = QT_TRANSLATE_NOOP("TownSheets", "いくつもあるときは「、」でつなぎます。")


def hint_printers(
    fields: Mapping[str, TownField], entries: Mapping[str, TownEntry], printers: list[str]
) -> None:
    """Name the printers there are beside each setting that names one."""
    for name, field in fields.items():
        if printers and (name.startswith("printers.") or name == "counter.printer"):
            found = _tr(_FOUND).format(names="、".join(printers))
            field.set_hint(f"{sheet_hint(entries[name])}。{found}")


_FOUND = QT_TRANSLATE_NOOP("TownSheets", "見つかったプリンター: {names}")


def _one_below_another(
    column: QVBoxLayout, names: list[str], fields: Mapping[str, TownField], theme: Theme
) -> None:
    del theme
    for name in names:
        column.addWidget(fields[name])


def _in_two_columns(
    column: QVBoxLayout, names: list[str], fields: Mapping[str, TownField], theme: Theme
) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px("space.wide"))
    grid.setVerticalSpacing(theme.px("space.tight"))
    half = (len(names) + 1) // 2
    for number, name in enumerate(names):
        grid.addWidget(fields[name], number % half, number // half, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    column.addLayout(grid)


def _sections_in_a_grid(
    column: QVBoxLayout, names: list[str], fields: Mapping[str, TownField], theme: Theme
) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px("space.medium"))
    grid.setVerticalSpacing(theme.px("space.tight"))
    for place, words in enumerate((_tr("受け持つこと"), _tr("課の名前"), _tr("場所"), _tr("電話"))):
        grid.addWidget(TextLabel(words, "strong"), 0, place)
    for row, name in enumerate(names, start=1):
        key = name.removeprefix("sections.")
        label = TextLabel(fields[name].label, wrap=True, exact=True)
        theme.size(label, "setFixedWidth", _LABEL)
        grid.addWidget(label, row, 0)
        for place, table in enumerate(("sections", *_BORROWED), start=1):
            field = fields[f"{table}.{key}"]
            field.set_hint("")
            _name_aloud(field, f"{fields[name].label} {_SECTION_WORDS[table]}")
            grid.addWidget(field, row, place)
    for place in (1, 2, 3):
        grid.setColumnStretch(place, 1)
    column.addLayout(grid)


_SECTION_WORDS = {"sections": "課の名前", "section_places": "場所", "section_phones": "電話"}


def _name_aloud(field: TownField, words: str) -> None:
    if isinstance(field, WordsField):
        field.line.setAccessibleName(words)


_LAYERS: dict[str, Callable[[QVBoxLayout, list[str], Mapping[str, TownField], Theme], None]] = {
    "fees": _in_two_columns,
    "sections": _sections_in_a_grid,
}


def _scrolled(column: QVBoxLayout, theme: Theme) -> QScrollArea:
    body = QWidget()
    body.setObjectName("Page")
    body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    space = theme.px("space.medium")
    column.setContentsMargins(space, space, space, space)
    body.setLayout(column)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area
