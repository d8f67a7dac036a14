"""A finding: something in the data that is well-formed and yet wrong."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from narkom.errors import NarkomError
from narkom.reading.sources import Place
from narkom.vocabulary import is_claim, shorten

ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True, order=True)
class Finding:
    """One finding. Findings sort by place; `claim` and `subject` are IRIs, empty where there is none."""

    file: str
    line: int
    claim: str
    subject: str
    check: str
    message: str
    mend: str
    severity: str = ERROR

    def __str__(self) -> str:
        """Return the finding as one line: place, claim or subject, what is wrong, how to mend it."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.severity}: {self.sentences} [{self.check}]"

    @property
    def sentences(self) -> str:
        """The claim or subject, what is wrong and how to mend it, each as a sentence."""
        who = ", ".join(shorten(iri) for iri in dict.fromkeys((self.claim, self.subject)) if iri)
        told = " ".join(_ended(part.strip()) for part in (self.message, self.mend) if part)
        return f"{who}: {told}" if who else told

    def as_dict(self) -> dict:
        """Return the finding as plain data."""
        return asdict(self)


def _ended(sentence: str) -> str:
    """A sentence with one mark at its end."""
    return sentence if sentence.endswith(("?", "!")) else sentence.rstrip(". ") + "."


class FindingsError(NarkomError):
    """The data has errors; each line is one finding."""

    exit_code = 1

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Take the findings in any order."""
        self.findings = sorted(set(findings))
        super().__init__(*(str(finding) for finding in self.findings))


def finding(place: Place, check: str, message: str, mend: str, claim: str = "", subject: str = "") -> Finding:
    """Return an error at a place of the sources; one about a claim's own description has no other subject."""
    claim = claim or (subject if is_claim(subject) else "")
    return Finding(place.file, place.line, claim, "" if subject == claim else subject, check, message, mend)
