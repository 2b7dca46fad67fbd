"""How far a print is, told on the way: each document waiting, printing, stuck or done."""

from kakanai.cli.output import Output
from kakanai.printing.by_paper import watch
from kakanai.printing.print_job import Printer
from kakanai.printing.progress import PrintProgress


def follow(printer: Printer, output: Output) -> list[str]:
    """Note every change of the next print; what is returned grows by the states of each, in words."""
    states: list[str] = []

    def told(progress: PrintProgress) -> None:
        states.append("、".join(state.label for _, state in progress.states))
        words = "、".join(f"{form} {state.label}" for form, state in progress.states)
        output.note(f"{'▲ ' if progress.trouble else ''}{progress.printer}　{words}")

    watch(printer, told)
    return states
