"""The log: one JSON object a line on stderr. It tells what was asked and how it went, never what was answered."""

import json
import logging
import sys
import time


def tell(event: str, **fields: object) -> None:
    """Write one line."""
    now = time.time()
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1000):03}Z"
    line = json.dumps({"time": stamp, "event": event, **fields}, ensure_ascii=True, default=str)
    try:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    except OSError:
        return  # Nobody reads the log any more: serving goes on.


class Lines(logging.Handler):
    """Sends what the libraries log to the same log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, an exception by its name and place alone."""
        fields = {"level": record.levelname.lower(), "message": record.getMessage().splitlines()[0][:300]}
        if record.exc_info and record.exc_info[1] is not None:
            fields["error"] = describe(record.exc_info[1])
        tell("library", **fields)


def describe(error: BaseException) -> str:
    """Return the name of an error and the module and line it came from."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f" at {frame.tb_frame.f_globals.get('__name__')}:{frame.tb_lineno}" if frame else ""
    return f"{type(error).__name__}{place}"
