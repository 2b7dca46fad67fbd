"""窓口: the whole way, without Qt: card → identity → case → forms → print → log."""

from kakanai.counter.counter import UNFORESEEN_CODE, Counter, PrintedUnloggedError
from kakanai.counter.office import Office

__all__ = ["UNFORESEEN_CODE", "Counter", "Office", "PrintedUnloggedError"]
