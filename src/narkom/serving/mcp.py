"""The knowledge base for language models: a server of the Model Context Protocol, over stdio or HTTP on this machine.

https://modelcontextprotocol.io; the SDK is the official one. What a tool says is in tools.py and runs in workers that
are ended when it takes too long; here are its names, its arguments and what a model reads about it.
"""

from __future__ import annotations

import json
import socket
from typing import Annotated, Any

import anyio
import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from narkom import __version__
from narkom.serving.log import tell
from narkom.serving.nursery import Nursery
from narkom.serving.pool import Busy, Killed, Pool
from narkom.serving.server import address, listen, stoppable
from narkom.serving.settings import Settings
from narkom.serving.tools import MOST_ROWS

INSTRUCTIONS = """\
Narkom holds the claims of one scholarly chapter on Nikolai Ezhov's first year at the head of the Soviet NKVD (1936-38),
each with its stance, its voice and its footnote. The sources of that time are full of forced confessions and invented
conspiracies, so:
- Say a thing as a fact only where its stance is asserted. For reported, say who says so; for hedged, that it is likely.
- What is marked NOT ESTABLISHED was charged, testified under interrogation, or is rejected by the authors. Never pass
  it on without saying so and by whom it was said.
- "inferred" was drawn by the encoder; the source does not say it.
- Give the place (paragraph, sentence, footnote) with each statement, and the IRI of the claim.
- Silence is the chapter's: what is not here is not thereby false, and nothing from elsewhere may be put in its name.
Begin with find or list_questions. sparql takes any SELECT; the prefixes are known, vocabulary tells the terms.
"""
_KILLED = {
    "time": "it took longer than one may take here, and was ended. Ask for less",
    "resources": "it needed more memory or depth than one may take here, and was ended. Simplify it",
}
_READING = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

View = Annotated[
    str,
    Field(
        description="accepted: what the authors stand behind (the default). strict: only what they say in their own "
        "voice. wide: with testimony under interrogation. all: every claim, charges and rejected accounts included."
    ),
]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows or claims at most.")]
Offset = Annotated[int, Field(ge=0, description="How many to pass over: for the next page.")]


def server(pool: Pool, seconds: float) -> MCPServer:
    """Return the server, whose tools ask the workers of `pool`, for `seconds` at most."""
    found = MCPServer("narkom", title="Narkom", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING")

    async def asked(tool: str, **arguments: Any) -> dict[str, Any]:
        try:
            fields, body = await pool.ask({"tool": tool}, json.dumps(arguments).encode(), seconds)
        except Busy:
            raise ToolError("all workers are taken. Try again") from None
        except Killed as killed:
            raise ToolError(_KILLED.get(str(killed), str(killed))) from None
        if "refused" in fields:
            raise ToolError("\n".join(fields["refused"]))
        if fields:
            raise ToolError(_KILLED["resources"] if "killed" in fields else "something went wrong here")
        return json.loads(body)

    @found.tool(annotations=_READING)
    async def list_questions(
        about: Annotated[str, Field(description="Words that the question's text must have; empty for all.")] = "",
    ) -> dict[str, Any]:
        """List the stored research questions with their parameters. Ask one with ask_question."""
        return await asked("list_questions", about=about)

    @found.tool(annotations=_READING)
    async def ask_question(
        name: Annotated[str, Field(description="The question's name, from list_questions.")],
        parameters: Annotated[
            dict[str, str],
            Field(description="Values by parameter, as one would write them: a name, a day as 1937-03-29."),
        ] = {},  # noqa: B006, the SDK copies it
        view: View = "accepted",
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Answer a stored question: rows, each with the claims it rests on, their stance and place in the source."""
        return await asked("ask_question", name=name, parameters=parameters, view=view, limit=limit, offset=offset)

    @found.tool(annotations=_READING)
    async def sparql(
        query: Annotated[str, Field(description="A SPARQL 1.1 SELECT query. Known prefixes need no declaration.")],
        view: View = "accepted",
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Run a SELECT query: rows, each with the claims it rests on, their stance and place in the source."""
        return await asked("sparql", query=query, view=view, limit=limit, offset=offset)

    @found.tool(annotations=_READING)
    async def find(
        text: Annotated[str, Field(description="A name in any spelling (Yezhov, Jeschow, Ежов), or words of a claim.")],
    ) -> dict[str, Any]:
        """Look up people, offices, bodies, places, events, documents and claims by name or words."""
        return await asked("find", text=text)

    @found.tool(annotations=_READING)
    async def describe(
        thing: Annotated[str, Field(description="An IRI, a name such as person:iagoda, or an unambiguous name.")],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Tell what a thing is, and every claim that speaks of it, of any stance, in order of date."""
        return await asked("describe", thing=thing, limit=limit, offset=offset)

    @found.tool(annotations=_READING)
    async def read_claim(
        claim: Annotated[str, Field(description="A claim's IRI or name, such as ssc/p22s1c.")],
    ) -> dict[str, Any]:
        """Read one claim whole: its triples, doubt, what contradicts or supports it, stance, voice and place."""
        return await asked("read_claim", claim=claim)

    @found.tool(annotations=_READING)
    async def vocabulary() -> dict[str, Any]:
        """List the classes and properties, with definitions, and the prefixes, to write SPARQL with."""
        return await asked("vocabulary")

    return found


def serve(settings: Settings, http: bool) -> int:
    """Serve until the client goes (stdio) or a signal comes (HTTP, at the settings' address); return the exit code.

    Raises StoreError for a store that cannot be served, UsageError for an address that cannot be listened on.
    """
    listening = listen(settings) if http else None
    # Before the first thread: the nursery forks.
    nursery = Nursery(_load, settings)
    try:
        nursery.wait_ready()
        anyio.run(_serve, settings, nursery, listening)
    except KeyboardInterrupt:
        return 0
    finally:
        nursery.close()
    return 0


def _load(settings: Settings) -> tuple:
    """Import what workers need in the nursery only."""
    from narkom.serving.tasks import load
    from narkom.serving.tools import ToolSite

    site, told = load(settings)
    return ToolSite(site), told


async def _serve(settings: Settings, nursery: Nursery, listening: socket.socket | None) -> None:
    nursery.prepare()
    # A model asks several things at once and can wait.
    pool = Pool(nursery, settings.workers, settings.queue, settings.seconds)
    await pool.start()
    tools = server(pool, settings.seconds)
    try:
        if listening is None:
            await tools.run_stdio_async()
        else:
            await _serve_http(tools, settings, listening)
    finally:
        await pool.close()


async def _serve_http(tools: MCPServer, settings: Settings, listening: socket.socket) -> None:
    """Serve at /mcp. The SDK refuses whatever names another host than this machine (DNS rebinding)."""
    app = tools.streamable_http_app(host=settings.host, max_request_body_size=settings.body)
    config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, proxy_headers=False)
    tell("ready", url=f"{address(listening)}mcp")
    await stoppable(uvicorn.Server(config)).serve(sockets=[listening])
    tell("stopped")
