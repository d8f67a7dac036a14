"""`narkom serve`."""

from pathlib import Path

from narkom.config import find_root, store_folder
from narkom.errors import UsageError
from narkom.serving.settings import Settings


def run(
    root: Path | None,
    store: Path | None,
    host: str,
    port: int,
    workers: int,
    seconds: float,
    megabytes: int,
    freeze: Path | None,
) -> int:
    """Serve the knowledge base, or write its pages into a folder; return the exit code."""
    place = find_root(root)
    settings = Settings(
        place, store_folder(store, place), host, port, workers, seconds=seconds, memory=megabytes * 2**20
    )
    try:
        if freeze is not None:
            from narkom.serving.freeze import write

            return write(settings, freeze)
        from narkom.serving.server import serve

        return serve(settings)
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is missing: install the extra 'serve' (pip install 'narkom[serve]')") from error
