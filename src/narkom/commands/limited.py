"""Work in a process of its own, so that a query can be ended, and its end is told.

The engine cannot be interrupted, and a query that is nested deeply enough ends the process that it runs in. What is
printed is handed back as text, so that nothing of it stands on the terminal before all is well.
"""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from narkom.errors import NarkomError


class EndedError(NarkomError):
    """The work took too long, or more memory or depth than there is."""


def limited(work: Callable[[], str], seconds: float) -> str:
    """Return what `work` returns; raises what it raises of NarkomError, and EndedError where it had to be ended."""
    # Forked, the child needs to import nothing anew.
    context = get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(work, sending), daemon=True)
    child.start()
    sending.close()
    try:
        if not receiving.poll(seconds):
            raise EndedError(
                f"the answer took longer than {seconds:g} seconds and was given up. "
                "Ask for less, or allow more with --timeout"
            )
        outcome = receiving.recv()
    except EOFError:
        raise EndedError(
            "the engine gave up: the query is nested too deeply, or needs more memory than there is. Simplify it"
        ) from None
    finally:
        child.kill()
        child.join()
    if isinstance(outcome, NarkomError):
        raise outcome
    return outcome


def _work(work: Callable[[], str], sending: Connection) -> None:
    try:
        outcome: str | NarkomError = work()
    except NarkomError as error:
        outcome = error
    except (MemoryError, RecursionError):
        return
    sending.send(outcome)
