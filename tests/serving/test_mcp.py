"""The server for language models, asked by the SDK's own client over both transports."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from tests.serving.conftest import wait_until

mcp = pytest.importorskip("mcp", reason="the SDK is not installed: pip install 'narkom[mcp]'")

import anyio  # noqa: E402
from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: E402

from narkom.serving.tools import TOOLS  # noqa: E402

ARREST = "SELECT ?day { ?e a nk:Arrest ; nk:person person:iagoda ; nk:earliest ?day }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l"


def command(built: Path, *options: str) -> list[str]:
    return ["-m", "narkom.cli", "mcp", "--store", str(built), *options]


@asynccontextmanager
async def over_stdio(built: Path, *options: str) -> AsyncIterator:
    started = StdioServerParameters(command=sys.executable, args=command(built, *options), env=dict(os.environ))
    async with mcp.Client(stdio_client(started)) as client:
        yield client


@pytest.fixture(scope="module")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory):
    log = tmp_path_factory.mktemp("mcp") / "log"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen([sys.executable, *command(built, "--port", "0")], stderr=out)
    wait_until(lambda: '"ready"' in log.read_text(encoding="utf-8") or process.poll() is not None, 120)
    (ready,) = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if '"ready"' in line]
    yield ready["url"]
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


async def session(client) -> dict:
    """What a model would do: look at the tools, find somebody, ask, read the claim behind the answer."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    found = await client.call_tool("find", {"text": "Jeschow"})
    asked = await client.call_tool("ask_question", {"name": "imputed-to", "parameters": {"accused": "Iagoda"}})
    row = (await client.call_tool("sparql", {"query": ARREST})).structured_content
    read = await client.call_tool("read_claim", {"claim": row["claims"][0]["claim"]})
    return {"tools": tools, "found": found, "asked": asked, "row": row, "read": read}


def check(seen: dict) -> None:
    assert tuple(seen["tools"]) == TOOLS
    for tool in seen["tools"].values():
        assert tool.description and tool.annotations.read_only_hint
        assert all("description" in one for one in tool.input_schema["properties"].values())
    assert seen["found"].structured_content["things"][0]["iri"] == "https://w3id.org/narkom/person/ezhov"
    assert seen["row"]["rows"][0]["values"] == {"day": "1937-03-29"}
    assert seen["read"].structured_content["place"] == "¶ 22, sentence 1, n. 36"
    # A client without structured content reads the text alone: the mark is in both.
    assert "NOT ESTABLISHED" in seen["asked"].content[0].text
    assert json.loads(seen["asked"].content[0].text) == seen["asked"].structured_content
    assert "WARNING" in seen["asked"].structured_content


def test_a_client_over_stdio(built: Path) -> None:
    async def talk() -> None:
        async with over_stdio(built) as client:
            assert "NOT ESTABLISHED" in client.instructions
            check(await session(client))

    anyio.run(talk)


def test_a_client_over_http(address: str) -> None:
    async def talk() -> None:
        async with mcp.Client(address) as client:
            check(await session(client))

    anyio.run(talk)


def test_what_is_wrong_is_told_to_the_model(built: Path) -> None:
    async def talk() -> None:
        async with over_stdio(built) as client:
            for tool, arguments, words in [
                ("sparql", {"query": "SELECT ?x { ?x a nk:Arest }"}, "Did you mean nk:Arrest"),
                ("ask_question", {"name": "carreer"}, "Did you mean career"),
                ("describe", {"thing": "Orlov"}, "orlov-a-g"),
                ("sparql", {"query": ARREST, "limit": 100000}, "limit"),
                ("sparql", {}, "query"),
            ]:
                told = await client.call_tool(tool, arguments)
                assert told.is_error and words in told.content[0].text
                assert "Traceback" not in told.content[0].text

    anyio.run(talk)


def test_a_query_without_end_is_ended_and_the_next_is_answered(built: Path) -> None:
    async def talk() -> None:
        async with over_stdio(built, "--timeout", "2") as client:
            told = await client.call_tool("sparql", {"query": ENDLESS})
            assert told.is_error and "was ended" in told.content[0].text
            found = await client.call_tool("find", {"text": "Ezhov"})
            assert not found.is_error

    anyio.run(talk)


def test_it_listens_on_this_machine_alone_and_to_its_own_name_alone(address: str) -> None:
    host, port = address.split("/")[2].split(":")
    assert host == "127.0.0.1"
    with pytest.raises(OSError):
        socket.create_connection((socket.gethostbyname(socket.gethostname()), int(port)), 5).close()
        # Where the machine's own name is that of the loopback there is no other address to try.
        raise OSError
    # A page of another site that has its name point here (DNS rebinding) is refused.
    refused = httpx.post(address, headers={"Host": "evil.example"}, json={}, trust_env=False)
    assert refused.status_code == 421


def test_it_ends_when_the_client_goes(built: Path) -> None:
    ended = subprocess.run(
        [sys.executable, *command(built)], stdin=subprocess.DEVNULL, capture_output=True, timeout=120
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")


def test_without_a_store_it_says_what_to_do(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, *command(tmp_path / "none")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        text=True,
    )
    assert ended.returncode == 2 and "narkom build" in ended.stderr and "Traceback" not in ended.stderr
