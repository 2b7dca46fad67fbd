"""What a window shows, for a walk."""

from benchmarks.walks.clerk import QUESTION, Seen
from kakanai.ui.main_window import MainWindow
from kakanai.ui.people_talk import TOPIC
from kakanai.ui.work_place import WorkPlace


def seen_in(window: MainWindow) -> Seen:
    """What stands on the window now."""
    flow, talk = window.flow, window.conversation
    place = WorkPlace.of(talk)
    screen = window.visitor.window
    return Seen(
        stretch=place.stretch,
        question=place.question,
        is_at_end=place.stretch == QUESTION and talk.question.is_at_end,
        is_asking_key=talk.is_asking_key,
        is_asking_number=talk.shows(talk.collation),
        has_person=flow.person is not None,
        people=len(flow.companions),
        event=flow.life_event,
        forms=tuple(form.template.id for form in flow.forms),
        is_card_there=window.card.state.has_card,
        is_asking_whose=talk.notice.topic == TOPIC,
        can_print=talk.printing.print_button.isEnabled() and not flow.is_printing,
        printed=tuple(document.form for document in flow.documents),
        visitor_board=screen.view.board.name if screen is not None and window.visitor.is_open else "",
        visitor_language=screen.language if screen is not None else "",
    )
