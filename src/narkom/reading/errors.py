"""What can be wrong with a source file before its meaning is looked at."""

from dataclasses import dataclass

from narkom.errors import NarkomError


@dataclass(frozen=True, order=True)
class ReadingError:
    """One fault of one file: where it is, what is wrong, and how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        """Return the fault as one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}. {self.mend}"


class ReadingErrors(NarkomError):
    """The sources cannot be read; `faults` holds every fault that was found, sorted by place."""

    def __init__(self, faults: list[ReadingError]) -> None:
        """Take the faults in any order."""
        self.faults = sorted(faults)
        super().__init__(*(str(fault) for fault in self.faults))
