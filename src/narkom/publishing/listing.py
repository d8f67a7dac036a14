"""The page that lists the files of a publication, so that a folder of them tells a visitor what it holds."""

from collections.abc import Iterable
from html import escape

from narkom.publishing.files import PACKED, held, media_type

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Files – Narkom</title>
<link rel="icon" href="data:,">
<style>body { font: 1rem/1.5 serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
td { padding: .2rem 1rem .2rem 0; vertical-align: top }</style>
</head>
<body>
<p><a href="../index.html">Narkom</a></p>
<h1>Narkom: the files</h1>
<p>The whole knowledge base for programs, in several formats. A name in it that leads here (an assertion, an
association, a record, a time-span, an appellation, a nanopublication) stands in the files of its profile alone:
CIDOC-CRM, PROV or nanopublications. Load any of them into a SPARQL engine to query it.</p>
<table>
"""
_FOOT = '<p><a href="https://creativecommons.org/publicdomain/zero/1.0/" rel="license">Data: CC0 1.0</a></p>\n'


def listing(names: Iterable[str]) -> bytes:
    """Return an HTML page in UTF-8 with a relative link to each named file and what it holds."""
    rows = (
        f'<tr><td><a href="{escape(name)}">{escape(name)}</a></td><td>{escape(held(name))}</td>'
        f"<td>{escape(media_type(name))}{', gzip' if name.endswith(PACKED) else ''}</td></tr>\n"
        for name in sorted(names)
    )
    return f"{_HEAD}{''.join(rows)}</table>\n{_FOOT}</body>\n</html>\n".encode()
