"""Printers of the system are told from the ways out of our own, whatever Windows calls them."""

from kakanai.printing.offered_names import FOLDER_CHOICE, TOWN_PRINTER, own_name, printers_among


def test_a_printer_with_brackets_in_its_name_is_a_printer():
    ours = [own_name(TOWN_PRINTER, "A4: Ricoh、A5: Ricoh"), own_name(FOLDER_CHOICE, "C:\\kakanai\\out")]
    assert printers_among(["Ricoh (コピー 1)", *ours, "用紙ごと"]) == ["Ricoh (コピー 1)", "用紙ごと"]
