"""Messages between the server and its workers: a few fields as JSON, and a body of bytes."""

import asyncio
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
    head = _exactly(sock, _HEAD.size)
    if head is None:
        return None
    fields, body = _HEAD.unpack(head)
    data = _exactly(sock, fields + body)
    return None if data is None else (json.loads(data[:fields]), data[fields:])


def _exactly(sock: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = sock.recv(min(size - len(data), 2**16))
        if not piece:
            return None
        data += piece
    return bytes(data)


async def read(reader: asyncio.StreamReader) -> tuple[dict, bytes]:
    """As `receive`, without blocking; raises asyncio.IncompleteReadError when the other side has gone."""
    fields, body = _HEAD.unpack(await reader.readexactly(_HEAD.size))
    return json.loads(await reader.readexactly(fields)), await reader.readexactly(body)
