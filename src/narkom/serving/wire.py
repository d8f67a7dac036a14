"""Messages between the server and its workers: a few fields as JSON, and a body of bytes."""

import json
import socket
import struct

_HEAD = struct.Struct(">II")


def pack(fields: dict, body: bytes = b"") -> bytes:
    """Return a message ready to send."""
    text = json.dumps(fields, separators=(",", ":")).encode()
    return _HEAD.pack(len(text), len(body)) + text + body


def receive(sock: socket.socket) -> tuple[dict, bytes] | None:
    """Wait for a message and return its fields and body; None when the other side has gone."""
    data = bytearray()
    while (message := split(data)) is None:
        piece = sock.recv(2**16)
        if not piece:
            return None
        data += piece
    return message


def split(data: bytearray) -> tuple[dict, bytes] | None:
    """Return the fields and body of the message that `data` holds, None while it is not complete."""
    if len(data) < _HEAD.size:
        return None
    fields, body = _HEAD.unpack_from(data)
    middle, end = _HEAD.size + fields, _HEAD.size + fields + body
    if len(data) < end:
        return None
    return json.loads(data[_HEAD.size : middle]), bytes(memoryview(data)[middle:end])
