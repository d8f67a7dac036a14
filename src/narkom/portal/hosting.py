"""What hosts, crawlers and feed readers look for: Apache's settings, robots.txt, the site map, the feed of versions."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from narkom import __version__
from narkom.portal.figures import FIGURES

# What a page may load and do (Content Security Policy, level 3): what is of this host, and pictures made by a script.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# For pages whose libraries place what they draw by styles: the figures.
FREE_STYLES = f"{POLICY}; style-src 'self' 'unsafe-inline'"
# For the query editor: its engine is WebAssembly.
EDITOR_POLICY = f"{FREE_STYLES}; script-src 'self' 'wasm-unsafe-eval'"
# What a host tells a browser beside it: to take media types as they are, and not to tell where a reader came from.
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)
# Media types by suffix, as Apache's own table does not have them all, and the encoding of what is text (RFC 6657).
_HTACCESS = """\
Options -MultiViews
DirectoryIndex index.html
AddDefaultCharset utf-8
AddType application/ld+json .jsonld
AddType application/n-quads .nq
AddType application/n-triples .nt
AddType application/rdf+xml .rdf
AddType application/trig .trig
AddType application/wasm .wasm
AddType text/turtle .ttl
AddEncoding gzip .gz
AddCharset utf-8 .css .csv .html .js .tsv .ttl .txt
<Files SHA256SUMS>
ForceType "text/plain; charset=utf-8"
</Files>
# A compressed file stands beside each larger one.
<IfModule mod_rewrite.c>
RewriteEngine On
RewriteCond %%{HTTP:Accept-Encoding} gzip
RewriteCond %%{REQUEST_FILENAME}.gz -f
RewriteRule ^(.+)\\.(css|js|json|jsonld|nq|nt|rdf|svg|trig|ttl|wasm)$ $1.$2.gz [L]
</IfModule>
%(headers)s
# Write the folder's own path before the name, where the site does not stand at the root of its host:
# ErrorDocument 404 /404.html
"""


def htaccess(pages: Iterable[bytes]) -> str:
    """Return Apache's settings; `pages` are those that carry a style sheet in themselves."""
    told = {"Content-Security-Policy": policy(pages), **HEADERS}
    lines = [f'Header always set {name} "{value}"' for name, value in told.items()]
    for name in FIGURES:
        lines += [f"<Files {name}.html>", f'Header always set Content-Security-Policy "{FREE_STYLES}"', "</Files>"]
    return _HTACCESS % {"headers": "\n".join(["<IfModule mod_headers.c>", *lines, "</IfModule>"])}


def policy(pages: Iterable[bytes]) -> str:
    """Return the policy for a site where some pages carry a style sheet in themselves: those sheets are let pass."""
    found = {style for page in pages for style in _STYLE.findall(page)}
    digests = sorted(base64.b64encode(hashlib.sha256(style).digest()).decode("ascii") for style in found)
    allowed = ["'self'", *(f"'sha256-{digest}'" for digest in digests)]
    return f"{POLICY}; style-src {' '.join(allowed)}"


def robots(base: str) -> str:
    """Return robots.txt (RFC 9309): everything may be read, and where the site map is."""
    return f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"


def sitemap(pages: Iterable[str], base: str) -> str:
    """Return the site map of some pages (https://www.sitemaps.org/protocol.html)."""
    rows = "".join(f"<url><loc>{escape(base + name)}</loc></url>\n" for name in pages if name.endswith(".html"))
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{rows}</urlset>\n'


def feed(base: str, day: str) -> str:
    """Return the feed of versions in Atom (RFC 4287): an entry for this one, of the day of the data."""
    moment = f"{day or '1970-01-01'}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{base}</id><title>Narkom: versions of the data</title><updated>{moment}</updated>\n"
        f'<author><name>The Narkom contributors</name></author><link rel="self" href="{base}feed.xml"/>\n'
        f"<entry><id>{base}#{__version__}</id><title>Version {__version__}</title><updated>{moment}</updated>"
        f'<link href="{base}"/><summary>All files: {base}dump/</summary></entry>\n</feed>\n'
    )
