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


class Phrase:
    """A sentence with places to be filled, and what fills them: whoever shows it may say it in another language."""

    def __init__(self, text: str, **values: object) -> None:
        """Take the sentence in English (``{name}: a day is wanted``) and what stands for each name in it."""
        self.text = text
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text.format(**self.values)


class Unfit(UsageError):
    """A question was to be asked with a value that it cannot be asked with."""

    def __init__(self, *phrases: Phrase) -> None:
        """Take what is wrong and how to mend it, which make one line."""
        super().__init__(" ".join(map(str, phrases)))
        self.phrases = phrases
