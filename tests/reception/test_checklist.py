"""One list of documents over all forms: each once, and what settles it."""

from kakanai.reception.checklist import DocumentNeed, DocumentState, checklist
from kakanai.reception.terms import DocumentUse, MetBy, RequiredDocument

MANDATE = RequiredDocument("委任状", DocumentUse.SUBMIT)
OTHER_HOUSEHOLD = RequiredDocument("委任状（別の世帯の人は親族でも要る）", DocumentUse.SUBMIT)
IDENTITY = RequiredDocument("窓口に来た人の本人確認書類", met_by=MetBy.IDENTITY)
HELD = RequiredDocument("所得証明書", DocumentUse.SUBMIT, held="役場の記録で確かめられるため")


def nothing(_need: DocumentNeed) -> bool:
    return False


def test_the_same_document_is_told_once_with_what_each_form_says_of_it() -> None:
    needs = [
        DocumentNeed(MANDATE, "F06"),
        DocumentNeed(IDENTITY, "F01"),
        DocumentNeed(OTHER_HOUSEHOLD, "F01"),
    ]
    mandate, identity = checklist(needs, {}, nothing)
    assert (mandate.label, mandate.needed_by) == ("委任状", ("F06", "F01"))
    assert mandate.notes == ("別の世帯の人は親族でも要る",)
    assert mandate.state is identity.state is DocumentState.OPEN
    assert not mandate.is_automatic


def test_what_is_shown_and_what_is_given_back_are_two() -> None:
    returned = RequiredDocument("国保の資格確認書", DocumentUse.RETURN)
    shown = RequiredDocument("国保の資格確認書")
    assert len(checklist([DocumentNeed(returned, "F09"), DocumentNeed(shown, "F10")], {}, nothing)) == 2


def test_what_was_done_at_the_counter_settles_it_and_the_clerk_can_say_otherwise() -> None:
    needs = [DocumentNeed(IDENTITY, "F01")]
    [item] = checklist(needs, {}, lambda need: need.document.met_by is MetBy.IDENTITY)
    assert (item.state, item.is_automatic) == (DocumentState.SEEN, True)
    [item] = checklist(needs, {item.id: DocumentState.LATER}, lambda _need: True)
    assert (item.state, item.is_automatic) == (DocumentState.LATER, False)


def test_what_the_town_may_look_up_itself_waits_for_the_clerk_with_the_reason() -> None:
    needs = [DocumentNeed(HELD, "F18")]
    [item] = checklist(needs, {}, nothing)
    assert (item.state, item.reason) == (DocumentState.OPEN, "役場の記録で確かめられるため")
    [item] = checklist(needs, {item.id: DocumentState.UNNEEDED}, nothing)
    assert (item.state, item.is_automatic) == (DocumentState.UNNEEDED, False)


def test_one_reason_is_told_for_all_that_want_it() -> None:
    wanted = RequiredDocument("所得証明書", DocumentUse.SUBMIT)
    [item] = checklist([DocumentNeed(wanted, "F12"), DocumentNeed(HELD, "F18")], {}, nothing)
    assert (item.state, item.reason) == (DocumentState.OPEN, "役場の記録で確かめられるため")


def test_a_rule_that_says_nothing_of_it_leaves_it_settled() -> None:
    plain = RequiredDocument("窓口に来た人の本人確認書類（写真付きのもの1点）")
    needs = [DocumentNeed(plain, "戸籍の広域交付"), DocumentNeed(IDENTITY, "F01")]
    [item] = checklist(needs, {}, lambda need: need.document.met_by is MetBy.IDENTITY)
    assert item.state is DocumentState.SEEN
    [other] = checklist([DocumentNeed(plain, "戸籍の広域交付")], {}, lambda _need: True)
    assert other.state is DocumentState.OPEN
