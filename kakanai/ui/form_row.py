"""One form in ④: its pages, and what the clerk must know of it: section, fee, deadline."""

import datetime as dt

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.forms.filled import FilledForm
from kakanai.identity.wareki import wareki_text
from kakanai.reception.answers import Value
from kakanai.reception.deadlines import Due, dues
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import TextLabel


class FormRow(QWidget):
    """Tells, and asks nothing: a deadline that has gone by is said, and stops no printing."""

    def __init__(self, flow: CaseFlow, form: FilledForm) -> None:
        super().__init__()
        self._flow = flow
        self._form = form
        values: dict[str, Value] = flow.facts.values
        holding = dues(form.template.terms.deadlines, values, flow.counter.closed_days)
        today = flow.today
        self.late = [due for due in holding if due.is_over(today)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TextLabel(self._title(), "strong", wrap=True))
        for due in self.late:
            column.addWidget(TextLabel(self._late_words(due), "error", wrap=True))
        self.terms = TextLabel(self._terms(holding, today), "small", wrap=True)
        column.addWidget(self.terms)

    def _title(self) -> str:
        return self.tr("{sign} {form}　{title}　{pages}枚").format(
            sign="×" if self._form.stopping else "✓",
            form=self._form.template.id,
            title=self._form.template.title,
            pages=len(self._form.pages),
        )

    def _late_words(self, due: Due) -> str:
        last = wareki_text(due.open_day or due.last_day) if due.last_day else ""
        words = (
            self.tr("▲ 期限は{last}でした（{text}）。間に合うかを、受け取る課に確かめます。")
            if due.is_before
            else self.tr("▲ 期限は{last}でした（{text}）。遅れたわけを聞きます（③）。")
        )
        return words.format(text=due.text, last=last)

    def _terms(self, holding: list[Due], today: dt.date) -> str:
        template = self._form.template
        town = self._flow.counter.office.town
        parts = [self.tr("受け取る課: {name}").format(name=town.section(template.section).name)]
        parts.append(self.tr("手数料: {fee}").format(fee=self._fee()))
        told = [self._due_words(due) for due in holding if not due.is_over(today)]
        if told:
            parts.append(self.tr("期限: {words}").format(words="、".join(told)))
        if self._is_blank_number():
            parts.append(self.tr("個人番号: 空けて印刷（手書き）"))
        return "　".join(parts)

    def _due_words(self, due: Due) -> str:
        if due.last_day is None:
            return due.text
        last = wareki_text(due.last_day)
        if due.open_day is not None and due.open_day != due.last_day:
            opened = wareki_text(due.open_day)
            return self.tr("{last}（{text}。閉庁日なので、役場が開く日は{opened}）").format(
                last=last, text=due.text, opened=opened
            )
        return self.tr("{last}（{text}）").format(last=last, text=due.text)

    def _fee(self) -> str:
        fees = self._flow.counter.office.town.fees
        yen = sorted({fees[key] for key in self._form.template.terms.fees if key in fees})
        if not any(yen):
            return self.tr("無料")
        return self.tr("{yen}円").format(yen="円・".join(f"{amount:,}" for amount in yen))

    def _is_blank_number(self) -> bool:
        flow = self._flow
        has_none = flow.case is not None and flow.case.my_number is None
        return has_none and self._form.template.id in flow.my_number_forms()
