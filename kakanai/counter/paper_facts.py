"""What the papers beside the forms bear: procedures and documents in words, and what was read of the visitor.

Nothing here is a name, an address or a number: the papers tell of kinds of facts, never of the facts.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from kakanai.cardreader.kinds import CardKind
from kakanai.counter.guide_items import GuideItem
from kakanai.counter.office import Office
from kakanai.forms.filled import FilledForm
from kakanai.identity.evidence import Evidence, Fact, FactSource
from kakanai.identity.wareki import wareki_text
from kakanai.reception.answers import Value
from kakanai.reception.case import Case
from kakanai.reception.checklist import DocumentItem, DocumentState
from kakanai.reception.deadlines import Due
from kakanai.reception.facts import Facts
from kakanai.reception.identity_check import IdentityCheck
from kakanai.reception.terms import DocumentUse
from kakanai.sessionlog.entry import JST

_ROOM = 34
"""Letters for which a line has room; what is more is counted."""
_WEEKDAYS = "月火水木金土日"
_USES = {DocumentUse.SHOW: "見せる", DocumentUse.SUBMIT: "出す", DocumentUse.RETURN: "返す"}
_CARDS = {
    CardKind.MY_NUMBER.value: "マイナンバーカードのICチップ",
    CardKind.DRIVER_LICENCE.value: "運転免許証のICチップ",
    CardKind.RESIDENCE_CARD.value: "在留カードなどのICチップ",
}
_TOLD = {Fact.NAME: "氏名", Fact.ADDRESS: "住所", Fact.BIRTH_DATE: "生年月日", Fact.SEX: "性別"}


def paper_facts(
    office: Office,
    case: Case,
    facts: Facts,
    forms: Sequence[FilledForm],
    *,
    items: Sequence[GuideItem],
    documents: Sequence[DocumentItem],
    check: IdentityCheck | None,
) -> Facts:
    """The facts for the papers of a case: those of the town and the day, and what is told here."""
    opened = (case.opened_at or office.now()).astimezone(JST)
    values: dict[str, Value] = {
        name: value
        for name, value in facts.values.items()
        if name in {"today", "town.name", "town.addressee", "counter.name", "counter.section"}
    }
    values["paper.issued_at"] = f"{wareki_text(opened.date())}　{opened:%H}時{opened:%M}分"
    values["paper.printed"] = "、".join(f"{f.template.title}（{len(f.pages)}枚）" for f in forms)
    values["paper.my_number"] = _number_words(case, forms)
    values["paper.identity"] = check.words() if check else "本人確認の記録はありません"
    sections = dict.fromkeys(office.town.section(item.section).name for item in items if item.section)
    values["paper.sections"] = " → ".join(sections)
    rows: dict[str, list[dict[str, Value]]] = {
        "guide_item": [
            _item_row(office, number, item, _brought(item, documents))
            for number, item in enumerate(items, start=1)
        ],
        "guide_document": [
            _document_row(office, document, items)
            for document in documents
            if document.state in {DocumentState.OPEN, DocumentState.LATER}
        ],
        "taken": list(_taken_rows(case, forms)),
    }
    return Facts(values=values, rows=rows)


def day_words(day: dt.date) -> str:
    """A day with its weekday: 令和8年11月30日（月）."""
    return f"{wareki_text(day)}（{_WEEKDAYS[day.weekday()]}）"


def due_words(dues: Iterable[Due]) -> tuple[str, str]:
    """Until when, and how that is counted; empty where there is no deadline."""
    dated = [due for due in dues if due.last_day is not None]
    if not dated:
        return "", "。".join(due.text for due in dues)
    first = min(dated, key=lambda due: due.open_day or due.last_day or dt.date.max)
    last, opened = first.last_day, first.open_day or first.last_day
    if last is None or opened is None:
        return "", first.text
    words = first.text
    if opened != last:
        words = f"{words}。{day_words(last)}は役場が閉まっているため、次に開く日まで"
    return f"{day_words(opened)}まで", words


def _item_row(office: Office, number: int, item: GuideItem, brought: str) -> dict[str, Value]:
    until, words = due_words(item.dues)
    place, contact = _place(office, item.section)
    row = {
        "number": str(number),
        "title": item.title,
        "place": place,
        "contact": item.notice or contact,
        "done": "yes" if item.is_done else "no",
        # What is taken in today has no deadline any more.
        "due": "きょう受け付けました" if item.is_done else until,
        "due_words": "" if item.is_done else words,
        "why": item.why,
        "bring": f"持ち物：{brought}" if brought else "",
    }
    return {f"guide_item.{name}": value for name, value in row.items() if value}


def _place(office: Office, key: str) -> tuple[str, str]:
    """Where to go, and how to find or call it."""
    if not key:
        return "役場の外", ""
    section = office.town.section(key)
    phone = f"電話 {section.phone}" if section.phone else ""
    return section.name, "　".join(part for part in (section.place, phone) if part)


def _brought(item: GuideItem, documents: Sequence[DocumentItem]) -> str:
    """What is still to be brought for a procedure."""
    missing = {DocumentState.OPEN, DocumentState.LATER}
    wanted = [d for d in documents if d.state in missing and (set(d.needed_by) & {*item.forms, item.title})]
    return _few([document.label for document in wanted], "点（下の表）")


def _few(words: Sequence[str], counted: str) -> str:
    """As many of the words as there is room for, one at least, and how many more there are."""
    shown = next((n for n in range(len(words), 1, -1) if sum(map(len, words[:n])) + n <= _ROOM), 1)
    more = f"　ほか{len(words) - shown}{counted}" if len(words) > shown else ""
    return "、".join(words[:shown]) + more


def _document_row(office: Office, document: DocumentItem, items: Sequence[GuideItem]) -> dict[str, Value]:
    titles = [item.title for item in items if set(document.needed_by) & {*item.forms, item.title}]
    templates = office.forms.templates
    named = titles or [templates[form].title for form in document.needed_by if form in templates]
    said = [*document.notes, *([document.reason] if document.reason else [])]
    notes = f"（{'、'.join(said)}）" if said else ""
    return {
        "guide_document.label": f"{document.label}{notes}",
        "guide_document.use": _USES[document.use],
        "guide_document.needed_by": _few(named, "件"),
        "guide_document.state": document.state.label,
    }


def _taken_rows(case: Case, forms: Sequence[FilledForm]) -> Iterable[dict[str, Value]]:
    if case.person is not None and case.evidence is not None:
        for fact, words in _TOLD.items():
            source = case.evidence.source_of(fact)
            if source is not None:
                is_printed = any(_bears(form, f"visitor.{fact.value}") for form in forms)
                yield _taken(words, _source_words(case.evidence, source), is_printed=is_printed)
    if others := len(case.companions):
        yield _taken("ほかの人", f"いっしょに受け付けた{others}人のカードか聞き取り", is_printed=True)


def _taken(what: str, how: str, *, is_printed: bool) -> dict[str, Value]:
    use = "様式に印刷しました" if is_printed else "窓口の画面で確かめました"
    return {"taken.what": what, "taken.how": how, "taken.use": use}


def _source_words(evidence: Evidence, source: FactSource) -> str:
    return (
        _CARDS.get(str(evidence.card_kind), "カード")
        if source is FactSource.CARD
        else "聞き取り（職員が入力）"
    )


def _bears(form: FilledForm, variable: str) -> bool:
    return any(getattr(placed, "field", "") == variable for page in form.pages for placed in page.placed)


def _number_words(case: Case, forms: Sequence[FilledForm]) -> str:
    others = [one for one in case.companions.values() if one.my_number is not None]
    if case.my_number is None and not others:
        return "読み取っていません。"
    printed = [form for form in forms if form.template.carries_my_number]
    used = "番号の欄がある様式だけに印刷しました。" if printed else "どの紙にも印刷していません。"
    return f"読み取りました。{used}受付が終わると消します。"
