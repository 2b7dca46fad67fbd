"""What a failure is called in front of people: what happened, and what to do next, by stable code."""

from kakanai.messages.details import CHECKS, KEYS, KINDS, REASONS
from kakanai.messages.message import Message
from kakanai.messages.told import MESSAGES, message_for
from kakanai.messages.usage import UNFORESEEN

__all__ = ["CHECKS", "KEYS", "KINDS", "MESSAGES", "REASONS", "UNFORESEEN", "Message", "message_for"]
