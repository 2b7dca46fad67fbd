"""The exact exchanges and bytes of each operation, why there are more than the least, and OpenSC beside them.

The counts hold for the shipped specimens: whoever changes a picture or certificate of one changes bytes here.
"""

import base64

import pytest

from benchmarks.card_operations import (
    MODES,
    OPERATIONS,
    Tally,
    TallyConnection,
    measure,
    operation_named,
    runs,
)
from benchmarks.least_exchanges import NeededFile, Plan, plans
from benchmarks.opensc_counts import (
    OPENSC_TOLD_THE_CARD,
    READ_CERTIFICATE,
    SEND_RECIPE,
    CountingCard,
)
from benchmarks.spent_on_top import REASONS, on_top

# APDUs, bytes to the card, bytes from the card.
EXACT = {
    "short APDUs, SFI": {
        "4情報 by PIN": (4, 33, 112),
        "+ 個人番号": (5, 38, 131),
        "+ 個人番号, proof": (14, 135, 1845),
        "4情報 by 照合番号B": (5, 47, 114),
        "+ face": (26, 176, 4924),
        "+ face, proof": (39, 345, 7470),
        "利用者証明用証明書": (6, 40, 1041),
        "the same and its CA": (12, 79, 1976),
        "signature by 署名用 key": (6, 106, 268),
        "マイナ免許証": (27, 154, 5902),
        "運転免許証, PIN1": (14, 106, 1551),
        "運転免許証, PIN1+PIN2": (27, 191, 3830),
        "在留カード, 1st generation": (40, 410, 7230),
        "在留カード, 2nd generation": (51, 545, 9382),
        "pin-status": (17, 151, 34),
    },
    "extended APDUs, SFI": {
        "4情報 by PIN": (4, 35, 112),
        "+ 個人番号": (5, 42, 131),
        "+ 個人番号, proof": (9, 120, 1835),
        "4情報 by 照合番号B": (5, 49, 114),
        "+ face": (8, 90, 4888),
        "+ face, proof": (14, 232, 7420),
        "利用者証明用証明書": (2, 22, 1065),
        "the same and its CA": (5, 48, 2026),
        "signature by 署名用 key": (6, 106, 268),
        "マイナ免許証": (5, 48, 5858),
        "運転免許証, PIN1": (9, 87, 1541),
        "運転免許証, PIN1+PIN2": (14, 138, 3894),
        "在留カード, 1st generation": (16, 220, 12168),
        "在留カード, 2nd generation": (16, 226, 9151),
        "pin-status": (17, 151, 34),
    },
    "short APDUs, no SFI": {
        "4情報 by PIN": (8, 58, 120),
        "+ 個人番号": (10, 70, 141),
        "+ 個人番号, proof": (22, 188, 1861),
        "4情報 by 照合番号B": (10, 79, 124),
        "+ face": (33, 222, 4938),
        "+ face, proof": (50, 419, 7492),
        "利用者証明用証明書": (8, 52, 1045),
        "the same and its CA": (16, 104, 1984),
        "signature by 署名用 key": (12, 195, 280),
        "マイナ免許証": (32, 187, 5912),
        "運転免許証, PIN1": (21, 153, 1565),
        "運転免許証, PIN1+PIN2": (38, 266, 3852),
        "pin-status": (28, 225, 56),
    },
    "extended APDUs, no SFI": {
        "4情報 by PIN": (8, 60, 120),
        "+ 個人番号": (10, 74, 141),
        "+ 個人番号, proof": (17, 173, 1851),
        "4情報 by 照合番号B": (10, 81, 124),
        "+ face": (15, 136, 4902),
        "+ face, proof": (25, 306, 7442),
        "利用者証明用証明書": (4, 36, 1069),
        "the same and its CA": (9, 73, 2034),
        "signature by 署名用 key": (12, 195, 280),
        "マイナ免許証": (10, 83, 5868),
        "運転免許証, PIN1": (16, 136, 1555),
        "運転免許証, PIN1+PIN2": (25, 215, 3916),
        "pin-status": (28, 225, 56),
    },
    "first card on a reader that passes short APDUs only, SFI": {
        "4情報 by PIN": (4, 33, 112),
        "+ 個人番号": (5, 38, 131),
        "+ 個人番号, proof": (15, 142, 1847),
        "4情報 by 照合番号B": (5, 47, 114),
        "+ face": (30, 198, 5500),
        "+ face, proof": (40, 352, 7472),
        "利用者証明用証明書": (7, 47, 1043),
        "the same and its CA": (13, 86, 1978),
        "signature by 署名用 key": (6, 106, 268),
        "マイナ免許証": (28, 161, 5904),
        "運転免許証, PIN1": (15, 113, 1553),
        "運転免許証, PIN1+PIN2": (28, 198, 3832),
        "在留カード, 1st generation": (41, 417, 7232),
        "在留カード, 2nd generation": (52, 552, 9384),
        "pin-status": (17, 151, 34),
    },
    "first card on a reader that passes extended APDUs, SFI": {
        "4情報 by PIN": (4, 33, 112),
        "+ 個人番号": (5, 38, 131),
        "+ 個人番号, proof": (9, 120, 1835),
        "4情報 by 照合番号B": (5, 47, 114),
        "+ face": (9, 95, 5458),
        "+ face, proof": (14, 232, 7420),
        "利用者証明用証明書": (2, 22, 1065),
        "the same and its CA": (5, 48, 2026),
        "signature by 署名用 key": (6, 106, 268),
        "マイナ免許証": (5, 48, 5858),
        "運転免許証, PIN1": (9, 87, 1541),
        "運転免許証, PIN1+PIN2": (14, 138, 3894),
        "在留カード, 1st generation": (16, 220, 12168),
        "在留カード, 2nd generation": (16, 226, 9151),
        "pin-status": (17, 151, 34),
    },
}


def each_run():
    return [pytest.param(one, mode, id=f"{one.name}-{mode.name}") for one, mode in runs()]


def test_every_operation_is_counted_in_every_mode():
    counted = {mode: list(rows) for mode, rows in EXACT.items()}
    assert counted == {mode.name: [one.name for one, at in runs() if at is mode] for mode in MODES}
    assert [one.name for one in OPERATIONS] == list(plans())


@pytest.mark.parametrize(("operation", "mode"), each_run())
def test_exact_counts(operation, mode):
    assert measure(operation, mode) == Tally(*EXACT[mode.name][operation.name])


@pytest.mark.parametrize(("operation", "mode"), each_run())
def test_each_exchange_beyond_the_least_has_its_reason(operation, mode):
    least = plans()[operation.name].apdus(extended=mode.has_extended, sfi=mode.has_sfi)
    reasons = on_top(operation, mode)
    assert EXACT[mode.name][operation.name][0] == least + sum(reasons.values())
    assert reasons.keys() <= REASONS.keys()


@pytest.mark.parametrize(("operation", "mode"), each_run())
def test_no_answer_is_smaller_than_the_least(operation, mode):
    least = plans()[operation.name].from_card(extended=mode.has_extended, sfi=mode.has_sfi)
    assert EXACT[mode.name][operation.name][2] >= least


def test_the_tally_agrees_with_the_session():
    operation, mode = operation_named("+ 個人番号, proof"), MODES[0]
    connection = TallyConnection(operation.specimen, mode.limits(), mode.faults())
    reading = operation.act(connection)
    assert reading.exchanges == connection.exchanges == connection.tally.apdus


@pytest.mark.parametrize(
    ("plan", "extended", "sfi", "apdus"),
    [
        # What programs are known to send: SELECT AP, VERIFY and READ, by short id and by SELECT EF.
        (Plan(1, 1, files=(NeededFile(104),)), False, True, 3),
        (Plan(1, 1, files=(NeededFile(104),)), False, False, 5),
        (Plan(1, 1, files=(NeededFile(104), NeededFile(17))), False, False, 7),
        # An address of 91 characters needs a second READ, a signature its key's SELECT.
        (Plan(1, 1, files=(NeededFile(257),)), False, True, 4),
        (Plan(1, 1, 1), False, False, 5),
        # A certificate of 1571 bytes: SELECT AP, SELECT EF, seven READs; one where APDUs are extended.
        (Plan(1, files=(NeededFile(1571),)), False, False, 9),
        (Plan(1, files=(NeededFile(1571),)), True, True, 2),
        # A file of exactly 256 bytes.
        (Plan(0, files=(NeededFile(256),)), False, True, 1),
    ],
)
def test_the_least_by_known_sequences(plan, extended, sfi, apdus):
    assert plan.apdus(extended=extended, sfi=sfi) == apdus


@pytest.mark.parametrize(("block", "piece", "answer"), [(8, 247, 252), (16, 239, 244)])
def test_enciphered_pieces_fill_a_short_answer(block, piece, answer):
    file = NeededFile(7004, block)
    assert file.pieces(extended=False)[0] == piece
    assert sum(file.pieces(extended=False)) == 7004
    # 86 81 L 01 and the padded cryptogram; one byte more would need another block, which does not fit.
    assert file.answer_bytes(piece) == answer
    assert file.answer_bytes(piece + 1) > 256


@pytest.mark.pcsc
def test_fewer_exchanges_than_opensc_on_the_same_card(pcscd):
    with CountingCard(pcscd) as card:
        short = card.see_ours("certificate", extended=False)
        extended = card.see_ours("certificate", extended=True)
        theirs = card.see(READ_CERTIFICATE)
        theirs_told = card.see(READ_CERTIFICATE, OPENSC_TOLD_THE_CARD)
        recipe = card.see(SEND_RECIPE, OPENSC_TOLD_THE_CARD)
        four = card.see_ours("four", extended=False)
    pem = "".join(line for line in theirs.said.splitlines() if not line.startswith("-"))
    assert bytes.fromhex(short.said) == bytes.fromhex(extended.said) == base64.b64decode(pem)
    # Through the real service the card sees what it sees without it.
    assert short.tally == Tally(*EXACT["short APDUs, SFI"]["利用者証明用証明書"])
    assert extended.tally == Tally(*EXACT["extended APDUs, SFI"]["利用者証明用証明書"])
    assert four.tally == Tally(*EXACT["short APDUs, SFI"]["4情報 by PIN"])
    # OpenSC's own counts depend on its version.
    assert extended.tally.apdus < short.tally.apdus < theirs_told.tally.apdus < theirs.tally.apdus
    # The bare sequence, which asks for no tries, is one exchange less: exactly the least.
    least = plans()["4情報 by PIN"].apdus(extended=False, sfi=True)
    assert (recipe.tally.apdus, four.tally.apdus) == (least, least + 1)
