"""A stand-in for the module smartcard.scard: a PC/SC service that fails, or hangs, as told."""

import threading

from smartcard import scard


class FakeScard:
    """`statuses` maps a call's name to the statuses its next calls return; an empty list means success.

    A call named in `hanging` returns only once `go_on` is set, and sets `gone_on`.
    """

    def __init__(self, **statuses):
        self.statuses = {name: list(given) for name, given in statuses.items()}
        self.readers = ["Fake 00 00"]
        self.state = scard.SCARD_STATE_PRESENT
        self.answer = [0x90, 0x00]
        self.atr = [0x3B, 0xE0]
        self.protocol = scard.SCARD_PROTOCOL_T1
        self.calls = []
        self.hanging = set()
        self.go_on = threading.Event()
        self.gone_on = threading.Event()

    def __getattr__(self, name):
        return getattr(scard, name)

    def _status(self, name):
        self.calls.append(name)
        if name in self.hanging:
            self.go_on.wait(10)
            self.gone_on.set()
        given = self.statuses.get(name)
        status = given.pop(0) if given else 0
        return status - 0x1_0000_0000 if status & 0x8000_0000 else status

    def SCardEstablishContext(self, scope):
        return self._status("establish"), 7

    def SCardReleaseContext(self, context):
        return self._status("release")

    def SCardListReaders(self, context, groups):
        status = self._status("list")
        return status, [] if status else list(self.readers)

    def SCardGetStatusChange(self, context, timeout, asked):
        assert timeout == 0
        return self._status("change"), [(name, self.state, self.atr) for name, _ in asked]

    def SCardConnect(self, context, name, mode, protocols):
        assert mode == scard.SCARD_SHARE_EXCLUSIVE
        return self._status("connect"), 11, self.protocol

    def SCardTransmit(self, card, header, raw):
        is_t1 = self.protocol == scard.SCARD_PROTOCOL_T1
        assert header == (scard.SCARD_PCI_T1 if is_t1 else scard.SCARD_PCI_T0)
        status = self._status("transmit")
        return status, [] if status else list(self.answer)

    def SCardDisconnect(self, card, disposition):
        assert disposition == scard.SCARD_UNPOWER_CARD
        return self._status("disconnect")
