"""The guided first lesson 転入: what to do next, and whether it was done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kakanai.training.observed import Observed

LESSON_CARD: Final = "family-father"
LESSON_EVENT: Final = "move_in"


@dataclass(frozen=True)
class Step:
    """One step: what to do, how, whether it was done, and what to say when something else was done."""

    title: str
    words: str
    is_done: Callable[[Observed], bool]
    astray: Callable[[Observed], str] = field(default=lambda _: "")


def _wrong_card(seen: Observed) -> str:
    return (
        "別の人のカードです。外して、例示　健一のカードを置きます。"
        if seen.card != LESSON_CARD and seen.card
        else ""
    )


def _lost_case(seen: Observed) -> str:
    return "受付が取りやめになりました。カードを置くところからやり直します。" if seen.cancelled else ""


def _wrong_person(seen: Observed) -> str:
    if "C-011" in seen.codes:
        return "暗証番号が違いました。残りの回数を確かめて、1234 を入れます。"
    if seen.is_by_hand or seen.who not in {"", LESSON_CARD}:
        return "別の人を受け付けています。Shift+F9 で取りやめて、例示　健一のカードを読みます。"
    return _wrong_card(seen)


def _wrong_event(seen: Observed) -> str:
    if seen.event and seen.event != LESSON_EVENT:
        return "別のできごとが選ばれています。もう一度そのできごとを押すと外れます。「転入」を選びます。"
    if seen.forms and not seen.event:
        return "手続が1つずつ選ばれています。できごとの「転入」を選ぶと、要る手続がまとめて決まります。"
    return ""


def _paper_waits(seen: Observed) -> str:
    if seen.codes & {"P-022", "P-023"}:
        return "印刷できませんでした。プリンターを直して、もう一度 F8 で印刷します。"
    return ""


STEPS: Final = (
    Step(
        "カードを置く",
        "来庁者のカードをリーダーに置きます。「住民」で 例示　健一 を押すと、カードが置かれます。",
        lambda seen: seen.card == LESSON_CARD or seen.who == LESSON_CARD,
        _wrong_card,
    ),
    Step(
        "カードを読む",
        "①で暗証番号 1234 を入れて Enter を押します。本番では、来庁者が自分で入れます。",
        lambda seen: seen.who == LESSON_CARD,
        _wrong_person,
    ),
    Step(
        "できごとを選ぶ",
        "②（F4）で「転入」を選びます。1 と打って Enter でも選べます。要る手続は聞き取りで決まります。",
        lambda seen: seen.event == LESSON_EVENT,
        _wrong_event,
    ),
    Step(
        "聞き取る",
        "③（F5）で来庁者に聞いて答えを入れます。Enter で次の質問へ進みます。"
        "転出証明書で、1人だけ、はじめは来庁者が世帯主、とすると短く済みます。",
        lambda seen: seen.forms > 0 and seen.unanswered == 0,
        _wrong_event,
    ),
    Step(
        "指摘を確かめる",
        "④に、欄に入らない文字などの指摘が出ます。1つずつ、手書きにするか決めます。なければそのまま進みます。",
        lambda seen: seen.forms > 0 and seen.unanswered == 0 and seen.stopping == 0,
    ),
    Step(
        "印刷する",
        "⑤（F8）で紙を出します。もう一度 F8 か、「印刷する」を押します。紙には「練習」と入ります。",
        lambda seen: seen.has_paper,
        _paper_waits,
    ),
    Step(
        "カードを返す",
        "署名をもらう前に、カードを返します。「住民」の「カードを外す」を押します。",
        lambda seen: not seen.card,
    ),
    Step(
        "受付を終わる",
        "紙に署名をもらったら、⑤で Enter を押して受付を終わります。来庁者の情報は、この PC から消えます。",
        lambda seen: seen.served > 0,
    ),
)
"""転入の最初のレッスン."""


@dataclass
class Lesson:
    """How far the clerk has come; `look` is told what is seen, and moves on by itself."""

    place: int = 0
    is_begun: bool = False
    remark: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether every step was done."""
        return self.place >= len(STEPS)

    @property
    def step(self) -> Step | None:
        """What to do now; None before the beginning and after the end."""
        return STEPS[self.place] if self.is_begun and not self.is_finished else None

    def begin(self) -> None:
        """Begin anew."""
        self.place, self.is_begun, self.remark = 0, True, ""

    def look(self, seen: Observed) -> bool:
        """Check what the clerk did; whether anything to be told has changed.

        A case that was given up takes the lesson back to its first step.
        """
        before = self.place, self.remark
        if not self.is_begun or self.is_finished:
            return False
        if _lost_case(seen) and not seen.has_case:
            self.place, self.remark = 0, _lost_case(seen)
            return (self.place, self.remark) != before
        while (step := self.step) is not None and step.is_done(seen):
            self.place += 1
        step = self.step
        self.remark = step.astray(seen) if step is not None else ""
        return (self.place, self.remark) != before
