"""One font, many documents: equal codes for a template's words, nothing of a person kept."""

import gc

from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import PAPER_ROLES, FontShelf
from kakanai.forms.render import Renderer
from kakanai.forms.samples import sample_facts
from tests.forms.conftest import Press
from tests.forms.poppler import text_of

NAME = "渡邊\U000e0108　仮名\u00a0辻\U000e0102"


def test_a_renderer_draws_the_same_the_first_time_and_later(press: Press) -> None:
    facts, numbers = sample_facts(press.variables)
    forms = {
        form: press.filler.fill(press.shipped(form), "R8-1121-0001", facts, numbers)
        for form in ("F05", "F06")
    }
    facts.values["subject.name"] = facts.values["visitor.name"] = NAME
    other = press.filler.fill(press.shipped("F05"), "R8-1121-0002", facts, numbers)
    first, second = Renderer(FontShelf()), Renderer(FontShelf())
    drawn = {form: first.render(filled) for form, filled in forms.items()}
    second.render(other)
    for form in ("F06", "F05"):
        assert second.render(forms[form]) == drawn[form] == first.render(forms[form])
    assert NAME in text_of(second.render(other))


def test_after_a_document_the_fonts_hold_no_character_of_it(press: Press) -> None:
    facts, numbers = sample_facts(press.variables)
    facts.values["subject.name"] = facts.values["visitor.name"] = NAME
    filled = press.filler.fill(press.shipped("F05"), "R8-1121-0001", facts, numbers)
    press.renderer.render(filled)
    gc.collect()
    for role in PAPER_ROLES:
        font = press.shelf.font(role)
        assert set(font.face.charToGlyph) == set(font.face.charWidths) == {0x20}
        assert len(font.state) == 0
        assert font._private == font._original == {}
        assert set(font._known) == {" "}
    kept = {glyph for glyphs in press.shelf.font(FontRole.PERSONAL).face._kept for glyph in glyphs}
    characters = press.shelf.font(FontRole.PERSONAL).face.characters
    assert characters.sequence_glyph(ord("邊"), 0xE0108) not in kept


def test_a_font_is_loaded_in_a_moment_and_once() -> None:
    one, other = FontShelf(), FontShelf()
    assert one.font(FontRole.PERSONAL) is other.font(FontRole.PERSONAL)


def test_a_sequence_is_not_its_base(press: Press) -> None:
    font = press.shelf.font(FontRole.PERSONAL)
    assert font.has("辻")
    assert font.has("辻\U000e0102")
    assert font.has("辻\U000e0103")
    assert not font.has("辻\U000e0100")
    assert not font.has("\U000e0102")
    assert not font.has("辻\U000e0102\U000e0103")
    assert not font.has("")


def test_what_was_asked_of_the_fonts_is_forgotten_when_a_form_is_filled(press: Press) -> None:
    press.sample("F05")
    for role in PAPER_ROLES:
        assert press.shelf.font(role)._known == {}
