"""The one error that a user sees: a line that says what is wrong and where, and a hint what to do."""

from __future__ import annotations


class KgError(Exception):
    """Bad usage or bad input. ``str(error)`` is one line; ``hint`` says what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
