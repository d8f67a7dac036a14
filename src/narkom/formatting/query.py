"""The layout of queries, lightly: sorted prefixes, no white space at the end of a line, one line end at the end."""

import re

_PREFIX = re.compile(r"\s*PREFIX\s+(\S*:)\s*(<[^>]*>)\s*$", re.IGNORECASE)


def layout_query(text: str) -> str:
    """Return a query in the canonical layout; prefixes that stand together are sorted by their name."""
    lines: list[str] = []
    block: list[str] = []
    for line in [*(line.rstrip() for line in text.splitlines()), ""]:
        found = _PREFIX.match(line)
        if found:
            block.append(f"PREFIX {found.group(1)} {found.group(2)}")
            continue
        lines += sorted(block)
        block = []
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"
