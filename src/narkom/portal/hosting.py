"""What hosts, crawlers and feed readers look for: Apache's settings, robots.txt, the site map, the feed of versions."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from narkom import __version__

# Media types by suffix, as Apache's own table does not have them all, and the encoding of what is text (RFC 6657).
HTACCESS = """\
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
RewriteCond %{HTTP:Accept-Encoding} gzip
RewriteCond %{REQUEST_FILENAME}.gz -f
RewriteRule ^(.+)\\.(css|js|json|jsonld|nq|nt|rdf|svg|trig|ttl|wasm)$ $1.$2.gz [L]
</IfModule>
# Write the folder's own path before the name, where the site does not stand at the root of its host:
# ErrorDocument 404 /404.html
"""


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
