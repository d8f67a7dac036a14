"""The standard streams and the exit code: what a command says, and whether it could say it."""

import contextlib
import os
import sys
from collections.abc import Callable

from narkom.errors import NarkomError

_INTERRUPTED = 130


def guarded(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; every mistake of user or surroundings is told in a line on stderr."""
    _open_streams()
    try:
        code = _code(command)
        sys.stdout.flush()
    except NarkomError as error:
        return _complain(error.exit_code, *error.lines)
    except BrokenPipeError:
        # The reader of our output has gone (`narkom export | head`): nothing is wrong.
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        return _complain(2, f"the output cannot be written: {error.strerror or error}. Write it to another place")
    except MemoryError:
        return _complain(2, "there is not enough memory for this")
    except RecursionError:
        return _complain(2, "the input is nested too deeply. Simplify it")
    except KeyboardInterrupt:
        return _complain(_INTERRUPTED, "interrupted")
    return code


def _code(command: Callable[[], object]) -> int:
    try:
        command()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return 0


def _open_streams() -> None:
    """Open what the caller closed (`>&-`), or the next file or socket would be taken for it.

    Input is empty then, what goes to stderr is lost, and what goes to stdout fails, so that the loss is told.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        with contextlib.suppress(OSError):
            os.fstat(number)
            continue
        # The lowest free number is taken.
        os.open(os.devnull, mode)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _complain(code: int, *lines: str) -> int:
    # Where stderr is full or gone, the exit code alone tells.
    with contextlib.suppress(OSError):
        print(*lines, sep="\n", file=sys.stderr, flush=True)
    return code


def _discard_output() -> None:
    """Let the interpreter's last flush succeed."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
