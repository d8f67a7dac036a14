"""What hosts, crawlers and feed readers look for: Apache's settings, robots.txt, the site map, the feed of versions."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from narkom import __version__
from narkom.portal.figures import FIGURES
from narkom.publishing.files import MEDIA

# What a page may load and do (Content Security Policy, level 3): what is of this host, and pictures made by a script.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# For pages whose libraries place what they draw by styles: the figures and the query editor.
FREE_STYLES = f"{POLICY}; style-src 'self' 'unsafe-inline'"
FREELY_STYLED = (*FIGURES, "sparql")
# For the worker that answers queries: its engine is WebAssembly. A worker is under the policy of its own file.
ENGINE, ENGINE_POLICY = "engine.js", f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"
# What a host tells a browser beside it: to take media types as they are, and not to tell where a reader came from.
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)
# Media types of what a compressed file stands beside. Apache's own table does not have them all.
ZIPPED = {suffix: media for suffix, media in MEDIA.items() if suffix != "html"} | {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "wasm": "application/wasm",
}
# Second pass over a name that was rewritten: what is sent is told as what it holds. Who asks for a compressed file by
# its own name gets it as what it is, a file of gzip's.
_ZIPPED_RULE = """\
RewriteCond %%{ENV:REDIRECT_zipped} 1
RewriteRule \\.%s\\.gz$ - "[T=%s]"
"""
# What is text names its encoding (RFC 6657).
_HTACCESS = """\
Options -MultiViews
DirectoryIndex index.html
AddDefaultCharset utf-8
%(types)s
AddCharset utf-8 .css .csv .html .js .tsv .ttl .txt
<Files SHA256SUMS>
ForceType "text/plain; charset=utf-8"
</Files>
# A compressed file stands beside each larger one, or in its place: it is sent to who takes it, and as what it holds.
<IfModule mod_rewrite.c>
<IfModule mod_headers.c>
RewriteEngine On
%(types_zipped)sRewriteCond %%{HTTP:Accept-Encoding} gzip
RewriteCond %%{REQUEST_FILENAME}.gz -f
RewriteRule ^(.+)\\.(%(zipped)s)$ $1.$2.gz [L,E=zipped:1]
Header always set Content-Encoding gzip env=REDIRECT_zipped
Header merge Vary Accept-Encoding
</IfModule>
</IfModule>
%(headers)s
# Write the folder's own path before the name, where the site does not stand at the root of its host:
# ErrorDocument 404 /404.html
"""


def htaccess(pages: Iterable[bytes]) -> str:
    """Return Apache's settings; `pages` are those that carry a style sheet in themselves."""
    told = {"Content-Security-Policy": policy(pages), **HEADERS}
    lines = [f'Header always set {name} "{value}"' for name, value in told.items()]
    own = {f"{name}.html": FREE_STYLES for name in FREELY_STYLED} | {ENGINE: ENGINE_POLICY}
    for file, its in own.items():
        lines += [f"<Files {file}>", f'Header always set Content-Security-Policy "{its}"', "</Files>"]
    return _HTACCESS % {
        "types": "\n".join(f"AddType {media} .{suffix}" for suffix, media in ZIPPED.items()),
        "zipped": "|".join(ZIPPED),
        "types_zipped": "".join(_ZIPPED_RULE % (suffix, _with_encoding(media)) for suffix, media in ZIPPED.items()),
        "headers": "\n".join(["<IfModule mod_headers.c>", *lines, "</IfModule>"]),
    }


def _with_encoding(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


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
