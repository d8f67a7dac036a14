"""An Apache of the test's own on a free port: the site at the host's root and in a folder, identifiers beside both."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

PROGRAM = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
MODULES = Path("/usr/lib/apache2/modules")
_LOADED = ("mpm_event", "authz_core", "alias", "dir", "mime", "negotiation", "env", "setenvif", "headers", "rewrite")
_HERE = Path(__file__).resolve().parents[2]
_CONFIG = """\
ServerRoot "{folder}"
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile "{folder}/pid"
ErrorLog "{folder}/error.log"
{user}
{modules}
TypesConfig /etc/mime.types
DocumentRoot "{folder}/site"
Alias "/below/a/folder/" "{folder}/site/"
Alias "/ids-of-root/" "{folder}/ids-of-root/"
Alias "/ids-of-folder/" "{folder}/ids-of-folder/"
ErrorDocument 404 /404.html
<Directory "{folder}">
  AllowOverride All
  Require all granted
  Options FollowSymLinks
</Directory>
"""


def reason() -> str:
    """Return why there can be no Apache here, empty if there can."""
    if PROGRAM is None:
        return "needs Debian's apache2"
    missing = [name for name in _LOADED if not (MODULES / f"mod_{name}.so").exists()]
    return f"needs Apache's modules {', '.join(missing)}" if missing else ""


@contextlib.contextmanager
def apache(site: Path) -> Iterator[str]:
    """Serve a copy of a site and yield the server's address.

    Below `/` and `/below/a/folder/` stands the site, below `/ids-of-root/` and `/ids-of-folder/` the redirects to it.
    """
    # Not below pytest's folder: Apache gives up root's rights, and could not read there.
    with tempfile.TemporaryDirectory(prefix="apache-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(site, folder / "site")
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        for ids, place in (("ids-of-root", url), ("ids-of-folder", f"{url}/below/a/folder")):
            (folder / ids).mkdir()
            text = (_HERE / "docs" / "w3id" / ".htaccess").read_text(encoding="utf-8")
            assert text.count("https://example.org/narkom]") == 1
            (folder / ids / ".htaccess").write_text(text.replace("https://example.org/narkom]", f"{place}]"))
        modules = "\n".join(f'LoadModule {one}_module "{MODULES}/mod_{one}.so"' for one in _LOADED)
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        config = folder / "apache.conf"
        config.write_text(_CONFIG.format(folder=folder, port=port, modules=modules, user=user))
        process = subprocess.Popen([PROGRAM, "-f", str(config), "-DFOREGROUND"])
        try:
            _wait(process, url, folder / "error.log")
            yield url
        finally:
            process.terminate()
            process.wait(60)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(process: subprocess.Popen, url: str, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(url, trust_env=False)
            return
        time.sleep(0.05)
    raise AssertionError(f"Apache did not start: {log.read_text() if log.exists() else 'no log'}")
