"""A reader's own copy of a source: a table of numbered sentences, and the form in which they are compared.

The copy is a tab-separated file with a header line and the columns ``paragraph`` (a number, or F1, F2 and so on for
captions), ``sentence`` (from 1), ``markers`` (footnote numbers printed in the sentence), ``notes`` (footnotes that
govern it) and ``text``. The text is under copyright: it is read here and never written.
"""

import csv
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from narkom.reading.errors import ReadingError, ReadingErrors
from narkom.reading.parsing import read_text

COLUMNS = ("paragraph", "sentence", "markers", "notes", "text")
_SUPERSCRIPTS = re.compile("[¹²³⁴-⁹⁰]+")
_UNIFIED = str.maketrans(
    {**dict.fromkeys("‘’‚‛ʹʼ′`", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
    | dict.fromkeys("*\u00ad\u200b\ufeff", "")
)


@dataclass(frozen=True)
class Sentence:
    """One numbered sentence of a reader's copy."""

    paragraph: str
    number: int
    markers: tuple[int, ...]
    notes: tuple[int, ...]
    text: str

    @property
    def local_name(self) -> str:
        """Return the local name of its passage: p22s1, or f1s1 for a caption."""
        return f"{paragraph_name(self.paragraph)}s{self.number}"

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the normalised text in UTF-8, in hexadecimal."""
        return hashlib.sha256(normalise(self.text).encode("utf-8")).hexdigest()


def paragraph_name(label: str) -> str:
    """Return the local name of a paragraph: p22 for 22, f1 for the caption F1."""
    return label.lower() if label[:1] in "Ff" else f"p{label}"


def normalise(text: str) -> str:
    """Return a sentence in the form its digest is taken of, so that two honest copies agree.

    In this order: Unicode NFC; footnote markers (superscript digits) dropped; single quotation marks, apostrophes
    and primes to ', double ones to ", all dashes and hyphens to -, an ellipsis to three full stops; asterisks
    (emphasis), soft hyphens and zero-width characters dropped; runs of white space to one space, none at the ends.
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join(_SUPERSCRIPTS.sub("", composed).translate(_UNIFIED).split())


def read_sentences(path: Path) -> list[Sentence]:
    """Return the sentences of a reader's copy in their order; raises ReadingErrors when it is no such table."""
    name = str(path)
    rows = list(csv.reader(read_text(path, name).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    header = rows[0] if rows else []
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        mend = f"Give a tab-separated table with a header line: {', '.join(COLUMNS)}"
        raise ReadingErrors([ReadingError(name, 1, f"the column {missing[0]} is missing", mend)])
    return [_sentence(row, header, name, line) for line, row in enumerate(rows[1:], start=2)]


def _sentence(row: list[str], header: list[str], name: str, line: int) -> Sentence:
    if len(row) != len(header):
        what = f"{len(row)} columns where the header has {len(header)}"
        raise ReadingErrors([ReadingError(name, line, what, "Separate the columns by single tabs")])
    cells = dict(zip(header, row, strict=True))
    if not re.fullmatch(r"[Ff]?\d+", cells["paragraph"]) or not cells["sentence"].isdigit():
        what = "paragraph or sentence is no number"
        raise ReadingErrors([ReadingError(name, line, what, "Number paragraphs 1, 2 … (F1 …) and sentences from 1")])
    markers, notes = (tuple(int(number) for number in re.findall(r"\d+", cells[key])) for key in ("markers", "notes"))
    return Sentence(cells["paragraph"], int(cells["sentence"]), markers, notes, cells["text"])
