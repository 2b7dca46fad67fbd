"""Which machine and which account of it this is, told apart without telling who or where."""

import hashlib
import os
import platform
import sys
import uuid
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import winreg

_ID_FILES: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def machine_key() -> str:
    """64 hexadecimal digits, the same as long as the operating system is not installed anew.

    Computers made from one image may share it, if nobody gave them an id of their own; they then wait
    together after failures.
    """
    return _digest("kakanai-machine-1", _machine_id())


def account_key() -> str:
    """64 hexadecimal digits for this account of the operating system on this machine; no name is in it."""
    return _digest("kakanai-account-1", _machine_id(), _account())


def _machine_id() -> str:
    if sys.platform == "win32":
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return _named()
    for file in _ID_FILES:
        try:
            told = file.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if told:
            return told
    return _named()


def _named() -> str:
    return f"{platform.node()} {uuid.getnode():012x}"


def _account() -> str:
    if sys.platform == "win32":
        return f"{os.environ.get('USERDOMAIN', '')}\\{os.environ.get('USERNAME', '')}"
    return str(os.getuid())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
