"""CIDOC-CRM 7.1.2 as a table: the parents of each class and property, and where a property may stand."""

import csv
from functools import cache
from importlib.resources import files

LITERAL = "rdfs:Literal"


class CrmSchema:
    """The classes and properties of CIDOC-CRM by their local names."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        """Take the rows of the table, each with term, kind, super, domain and range."""
        self.parents = {row["term"]: [name for name in row["super"].split(";") if name] for row in rows}
        self.classes = {row["term"] for row in rows if row["kind"] == "class"}
        self.domain = {row["term"]: row["domain"] for row in rows if row["kind"] == "property"}
        self.range = {row["term"]: row["range"] for row in rows if row["kind"] == "property"}

    def above(self, name: str) -> set[str]:
        """Return a class or property and all its parents; KeyError for a name that CRM does not have."""
        found = {name}
        for parent in self.parents[name]:
            found |= self.above(parent)
        return found

    def fits(self, name: str, subject: set[str], value: set[str]) -> bool:
        """Whether a property may stand between a subject and a value of these classes (a literal: {LITERAL})."""
        return self.domain[name] in self._all(subject) and self.range[name] in self._all(value)

    def _all(self, classes: set[str]) -> set[str]:
        return {above for name in classes for above in (self.above(name) if name in self.parents else {name})}


@cache
def crm_schema() -> CrmSchema:
    """Return the table that comes with the package."""
    text = files("narkom.publishing").joinpath("crm-7.1.2-structure.tsv").read_text(encoding="utf-8")
    return CrmSchema(list(csv.DictReader(text.splitlines(), delimiter="\t")))
