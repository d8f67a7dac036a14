"""The ontology's documentation as HTML, made by pyLODE from the ontology with its alignments.

pyLODE is the extra `docs`. 3.2.1 is the version that goes with rdflib 7: 3.1 needs rdflib 6, and 3.4.1 looks for a file
that its wheel does not carry.
"""

import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from pyoxigraph import Literal, Triple

from narkom.errors import UsageError
from narkom.publishing.facts import Facts, coin, quads_of
from narkom.publishing.writing import write
from narkom.vocabulary import ONTOLOGY, term

_LABEL, _TITLE = term("rdfs:label"), term("dcterms:title")


def documentation(facts: Facts) -> bytes:
    """Return the page; raises UsageError when pyLODE is not installed or fails.

    It runs in a process of its own, since it sets up logging for the whole process that imports it.
    """
    if find_spec("pylode") is None:
        raise UsageError("pyLODE is missing. Install it: pip install 'narkom[docs]'")
    with tempfile.TemporaryDirectory() as folder:
        source, page = Path(folder, "ontology.ttl"), Path(folder, "ontology.html")
        source.write_bytes(write(quads_of(_terms(facts)), "turtle"))
        command = [sys.executable, "-m", "pylode.cli", "--sort", "-o", str(page), str(source)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not page.exists():
            raise UsageError(f"pyLODE fails: {(done.stderr.strip().splitlines() or ['no message'])[-1]}")
        return page.read_bytes()


def _terms(facts: Facts) -> list[Triple]:
    """Return what is said of the ontology and its terms; its two labels become one, since pyLODE runs them together."""
    found = []
    for subject, its in facts.by_subject.items():
        if subject != coin("ontology") and not subject.value.startswith(ONTOLOGY):
            continue
        for predicate, values in its.items():
            if predicate == _LABEL:
                values = [Literal(" · ".join(value.value for value in _by_language(values)), language="en")]
            elif predicate == _TITLE:
                values = _by_language(values)[:1]
            found.extend(Triple(subject, predicate, value) for value in values)
    return sorted(found, key=str)


def _by_language(labels: list[Literal]) -> list[Literal]:
    return sorted(labels, key=lambda label: label.language or "")
