"""Stored questions: the .rq files under queries/, each with its metadata in its header.

The header is grlc's decorator notation (https://grlc.io): lines that begin with `#+` and together are YAML. A
parameter stands in the query as a one-variable VALUES clause that holds its default, so that the file runs as it is on
any SPARQL 1.1 engine; asking with another value replaces the content of that clause. The default UNDEF leaves the
variable open: it stands for all values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from narkom.errors import NarkomError, UsageError
from narkom.words import choice

KINDS = (
    "person", "body", "office", "group", "alleged", "place", "document", "concept", "event", "claim", "passage", "note",
    "stance", "date", "integer", "text",
)  # fmt: skip
REGISTERED = ("person", "body", "office", "group", "alleged", "place", "document", "concept", "stance")
ALL = "UNDEF"
_NEEDED = {"summary", "summary_ru", "description", "description_ru", "tags"}
_FIELDS = {*_NEEDED, "parameters", "plot", "engines"}
_MEANINGS = ("meaning", "meaning_ru")


class QuestionError(NarkomError):
    """A stored question is missing, malformed, or called with a parameter that does not fit."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, what it may be (some of KINDS), what it means (in English and Russian), its default as it
    stands in the query (ALL where it is left open), and the values it is confined to (empty: any of its kinds)."""

    name: str
    kinds: tuple[str, ...]
    meaning: str
    default: str
    allowed: tuple[str, ...] = ()
    meaning_ru: str = ""

    @property
    def described(self) -> str:
        """Return in a line what may be given, what it means, and what holds without it."""
        return f"{choice(self.kinds)}: {self.meaning} (default: {'all' if self.default == ALL else self.default})"


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question: name (its file's), theme (its folder's), titles and descriptions in English and Russian, and
    the query.

    `plot` says how its answer is drawn, `engines` which engine cannot answer it, and why.
    """

    name: str
    theme: str
    path: Path
    summary: str
    summary_ru: str
    description: str
    description_ru: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    plot: dict
    engines: dict[str, str]
    text: str

    def with_values(self, values: dict[str, str]) -> str:
        """Return the query with the given terms (in SPARQL's notation) in place of the defaults."""
        text = self.text
        for name, term in values.items():
            text = _clause(name).sub(lambda m, term=term: f"{m.group(1)} {term} }}", text)
        return text


def _clause(name: str) -> re.Pattern[str]:
    return re.compile(rf"(VALUES\s+\?{re.escape(name)}\s*\{{)\s*([^}}]*?)\s*\}}")


def without_header(query: str) -> str:
    """Return the text of a stored question without the lines of its header."""
    return "\n".join(line for line in query.splitlines() if not line.startswith("#+")).strip()


def question_files(root: Path) -> list[Path]:
    """Return the stored questions' files under `root`/queries, by theme and name."""
    return sorted((root / "queries").glob("*/*.rq"))


def load_all(root: Path) -> list[Question]:
    """Read every stored question; raises QuestionError for the first that is malformed."""
    return [read_question(path) for path in question_files(root)]


def find_question(root: Path, name: str) -> Question:
    """Return the question of that name; raises UsageError that tells the nearest names."""
    files = {path.stem: path for path in question_files(root)}
    if name in files:
        return read_question(files[name])
    raise UsageError(f"{name}: no such question.{nearest(name, list(files))} `narkom ask` lists them all")


def nearest(name: str, names: list[str]) -> str:
    """Return a question what may be meant, of these names, for a message; nothing where none is near."""
    from rapidfuzz import process

    close = [match[0] for match in process.extract(name, names, limit=3, score_cutoff=45)]
    return f" Did you mean {', '.join(close)}?" if close else ""


def read_question(path: Path) -> Question:
    """Read one .rq file; raises QuestionError with the file, the line where known, and what to mend."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path}: cannot be read: {error}. Check the file and its encoding (UTF-8)") from error
    header = _header(path, text)
    missing = sorted(_NEEDED - set(header))
    unknown = sorted(set(header) - _FIELDS)
    if missing or unknown:
        what = f"lacks {', '.join(missing)}" if missing else f"has unknown fields {', '.join(unknown)}"
        raise QuestionError(f"{path}:1: the header {what}. Fields: {', '.join(sorted(_FIELDS))}")
    parameters = tuple(_parameter(path, text, n, its) for n, its in (header.get("parameters") or {}).items())
    described = (" ".join(header[name].split()) for name in ("description", "description_ru"))
    return Question(
        path.stem, path.parent.name, path, header["summary"], header["summary_ru"], *described,
        tuple(header["tags"]), parameters, header.get("plot") or {}, header.get("engines") or {}, text,
    )  # fmt: skip


def _header(path: Path, text: str) -> dict:
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        header = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise QuestionError(
            f"{path}:{line}: the header is no YAML. Put quotes around a text that has a colon"
        ) from error
    if not isinstance(header, dict):
        raise QuestionError(f"{path}:1: no header. Begin the file with lines such as `#+ summary: …`")
    return header


def _parameter(path: Path, text: str, name: str, its: dict) -> Parameter:
    clause = _clause(name).search(text)
    if not clause:
        raise QuestionError(
            f"{path}: no clause VALUES ?{name} {{ … }} for the parameter {name}. Add it with the default"
        )
    kinds = its.get("kind") if isinstance(its, dict) else None
    kinds = tuple(kinds) if isinstance(kinds, list) else (kinds,)
    if not kinds or not all(isinstance(kind, str) and kind in KINDS for kind in kinds):
        raise QuestionError(f"{path}: the parameter {name} needs a kind or a list of kinds, from {', '.join(KINDS)}")
    missing = [field for field in _MEANINGS if not its.get(field)]
    if missing:
        raise QuestionError(f"{path}: the parameter {name} lacks {' and '.join(missing)}. Add what it means")
    allowed = tuple(map(str, its.get("allowed", ())))
    return Parameter(name, kinds, its["meaning"], clause.group(2), allowed, its["meaning_ru"])
