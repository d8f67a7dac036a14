"""What the default graph of another view has more and less than the accepted one: for who has the accepted alone.

The whole of a view would be as large as the dataset again; the triples that make the difference are few.
"""

import json

from pyoxigraph import Dataset

from narkom.building.snapshot import sorted_view
from narkom.publishing.export import read_quads


def changes(nquads: bytes, views: dict[str, bytes]) -> dict[str, bytes]:
    """Return for each view, by its name, what makes it of the accepted one, as JSON.

    `nquads` are those of a snapshot, `views` the sorted N-Triples of the other default graphs. Each file is
    ``{"more": [triple, …], "less": [triple, …]}`` with the triples as lines of N-Triples, sorted.
    """
    accepted = set(sorted_view(Dataset(read_quads(nquads))).splitlines())
    return {view: _change(accepted, set(triples.splitlines())) for view, triples in views.items()}


def _change(accepted: set[bytes], other: set[bytes]) -> bytes:
    parts = {"more": other - accepted, "less": accepted - other}
    lines = {name: [line.decode() for line in sorted(its)] for name, its in parts.items()}
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()
