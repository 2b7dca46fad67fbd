"""A card that plays a fixed list of exchanges and fails the test on any other command."""

from kakanai.cardreader.apdu import CommandApdu, ResponseApdu
from kakanai.cardreader.connection import ReaderLimits


class ScriptedConnection:
    """A CardConnection; the script holds (command hex, answer hex or the error to raise), in order."""

    reader_name = "scripted"

    def __init__(self, *script, extended=None):
        self._script = list(script)
        self.limits = ReaderLimits(extended)
        self.exchanges = 0
        self.disconnects = 0

    def transmit(self, command: CommandApdu) -> ResponseApdu:
        sent = command.to_bytes().hex().upper()
        assert self.disconnects == 0, f"{sent} was sent after disconnect"
        assert self._script, f"one command too many: {sent}"
        wanted, answer = self._script.pop(0)
        assert sent == wanted.replace(" ", "").upper()
        self.exchanges += 1
        if isinstance(answer, str):
            return ResponseApdu.parse(bytes.fromhex(answer))
        raise answer

    def disconnect(self):
        self.disconnects += 1

    def assert_played_out(self):
        assert self._script == [], f"never sent: {self._script}"
