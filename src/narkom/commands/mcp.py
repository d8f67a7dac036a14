"""`narkom mcp`."""

from pathlib import Path

from narkom.commands.opening import endpoint_of
from narkom.config import find_root, store_folder
from narkom.errors import UsageError
from narkom.serving.settings import Settings

# For the library's own requests to an engine elsewhere; what a model asks has the time that --timeout says.
_SECONDS = 60
_WORKERS = 4


def run(
    root: Path | None,
    store: Path | None,
    port: int | None,
    seconds: float,
    endpoint: str | None = None,
    default_graph: str | None = None,
) -> int:
    """Serve the tools over stdio, or at a port of this machine; return the exit code."""
    place = find_root(root)
    settings = Settings(
        place, store_folder(store, place), port=port or 0, workers=_WORKERS, seconds=seconds,
        endpoint=endpoint_of(endpoint, default_graph, _SECONDS),
    )  # fmt: skip
    try:
        from narkom.serving.mcp import serve
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is missing: install the extra 'mcp' (pip install 'narkom[mcp]')") from error
    return serve(settings, http=port is not None)
