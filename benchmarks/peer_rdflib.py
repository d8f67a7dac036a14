"""One question on rdflib's own engine, over an N-Quads file. Prints {"ms": wall time}."""

import json
import sys
import time
from pathlib import Path

import rdflib


def main() -> None:
    """Load the dataset, and run the question once under the clock."""
    data, question = sys.argv[1:]
    dataset = rdflib.Dataset()
    dataset.parse(data, format="nquads")
    query = Path(question).read_text(encoding="utf-8")
    begin = time.perf_counter()
    list(dataset.query(query))
    print(json.dumps({"ms": 1000 * (time.perf_counter() - begin)}))


if __name__ == "__main__":
    main()
