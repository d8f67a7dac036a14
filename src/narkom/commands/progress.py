"""Progress on stderr, for people only: nothing is said when stderr is no terminal."""

import sys


def tell(step: str) -> None:
    """Say that a step begins."""
    if sys.stderr.isatty():
        print(f"{step} …", file=sys.stderr, flush=True)
