"""`narkom check`."""

import json
from pathlib import Path

from narkom.building.dataset import derive
from narkom.checking.findings import ERROR, Finding
from narkom.checking.report import full_check
from narkom.commands.progress import tell
from narkom.config import find_root
from narkom.reading.sources import load


def run(root: Path | None, owl: bool, output: str) -> int:
    """Check, print the report as text or json, and return 1 if there is an error in it."""
    sources = load(find_root(root))
    tell("deriving")
    found = full_check(sources, derive(sources), owl, tell)
    errors = sum(one.severity == ERROR for one in found)
    if output == "json":
        print(json.dumps([one.as_dict() for one in found], indent=2, ensure_ascii=False))
    else:
        _print_text(found, errors, len(sources.claims))
    return 1 if errors else 0


def _print_text(found: list[Finding], errors: int, claims: int) -> None:
    for one in found:
        print(one)
    print(f"Checked {claims:,} claims: {errors} errors, {len(found) - errors} warnings.")
