"""The errors a user can mend: each prints as one line, without a traceback, and carries an exit code."""


class NarkomError(Exception):
    """A mistake in the input or the surroundings; `lines` are printed on stderr, `exit_code` ends the command."""

    exit_code = 2

    def __init__(self, *lines: str) -> None:
        """Take one or more finished lines, each saying what is wrong and how to mend it."""
        super().__init__("\n".join(lines))
        self.lines = list(lines)


class StoreError(NarkomError):
    """The built store is missing, damaged or cannot be written."""


class UsageError(NarkomError):
    """The command was called with options that do not go together."""
