"""`narkom serve`."""

from pathlib import Path

from narkom.commands.opening import endpoint_of
from narkom.config import find_root, store_folder
from narkom.errors import UsageError
from narkom.serving.settings import Settings

# For the library's own requests to an engine elsewhere; what a client asks has the time that --timeout says.
_SECONDS = 60


def run(
    root: Path | None,
    store: Path | None,
    host: str,
    port: int,
    workers: int,
    seconds: float,
    megabytes: int,
    endpoint: str | None = None,
    default_graph: str | None = None,
) -> int:
    """Serve the knowledge base; return the exit code."""
    place = find_root(root)
    settings = Settings(
        place, store_folder(store, place), host, port, workers, seconds=seconds, memory=megabytes * 2**20,
        endpoint=endpoint_of(endpoint, default_graph, _SECONDS),
    )  # fmt: skip
    try:
        from narkom.serving.server import serve

        return serve(settings)
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is missing: install the extra 'serve' (pip install 'narkom[serve]')") from error
