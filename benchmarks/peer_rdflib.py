"""One question on rdflib's own engine, over the default graph of an N-Quads file. Prints {"ms": wall time}."""

import json
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import rdflib


def main() -> None:
    """Load the graph, and run the question once under the clock."""
    data, question = sys.argv[1:]
    quads = ox.parse(path=data, format=ox.RdfFormat.N_QUADS)
    default = (ox.Quad(q.subject, q.predicate, q.object) for q in quads if isinstance(q.graph_name, ox.DefaultGraph))
    text = ox.serialize((q.triple for q in default), format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph()
    graph.parse(data=text, format="nt")
    query = Path(question).read_text(encoding="utf-8")
    begin = time.perf_counter()
    list(graph.query(query))
    print(json.dumps({"ms": 1000 * (time.perf_counter() - begin)}))


if __name__ == "__main__":
    main()
