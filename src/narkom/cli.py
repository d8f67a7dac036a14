"""The command line. Each verb imports what it needs when it is called, so that a question is answered at once."""

import sys
from pathlib import Path
from typing import Annotated

import typer

import narkom

app = typer.Typer(
    name="narkom",
    help="Claims of scholarly texts about the Soviet state security service, each with its source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Root = Annotated[Path | None, typer.Option(help="Folder that holds ontology/, shapes/, data/ and queries/.")]
EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", help="Ask the engine at this address instead (SPARQL 1.1 Protocol).")
]
DefaultGraphOption = Annotated[
    str | None,
    typer.Option("--default-graph", help="Graph that holds the view, where the engine has no default graph."),
]
TimeoutOption = Annotated[
    int, typer.Option("--timeout", min=1, help="Seconds for an answer, or for each request to an endpoint.")
]
BaseOption = Annotated[str, typer.Option(help="Base of the IRIs, to publish under another host.")]
SparqlOption = Annotated[
    str | None, typer.Option("--sparql", help="Address of the endpoint to describe; default: base + sparql.")
]
StoreOption = Annotated[Path | None, typer.Option(help="Folder of the built store. Default: NARKOM_STORE, or build/.")]


def _version(wanted: bool) -> None:
    if wanted:
        print(f"narkom {narkom.__version__}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """Claims of scholarly texts about the Soviet state security service, each with its source."""


@app.command()
def build(root: Root = None, store: StoreOption = None) -> None:
    """Build the knowledge base from the files. The old one stands until the new one is whole.

    Example: narkom build
    """
    from narkom.commands.build import run

    raise typer.Exit(run(root, store))


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Files that changed; without them, everything.")] = None,
    root: Root = None,
    owl: Annotated[bool, typer.Option(help="Reason with OWL too (needs the extra 'reasoning').")] = True,
    reference: Annotated[bool, typer.Option("--reference", help="Let pyshacl decide on the shapes (slower).")] = False,
    format: Annotated[str, typer.Option(help="text, github, sarif, junit or json.")] = "text",
    report: Annotated[bool, typer.Option("--report", help="Print measures of the whole in place of findings.")] = False,
) -> None:
    """Check dates, references, shapes, rules and consistency. Exit code 1 if there is an error.

    With files, only what concerns them is reported, and OWL is left out: fast enough to run on saving.

    Example: narkom check data/ssc/claims/p22.trig
    """
    from narkom.commands.check import report as print_report
    from narkom.commands.check import run

    if report:
        if files:
            raise typer.BadParameter("it measures the whole: leave out the files", param_hint="--report")
        raise typer.Exit(print_report(root))
    form = _one_of(format, "text", "github", "sarif", "junit", "json")
    raise typer.Exit(run(root, files or [], owl, reference, form))


@app.command()
def format(
    files: Annotated[list[Path] | None, typer.Argument(help="Files to lay out; without them, all.")] = None,
    root: Root = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail if a file is not laid out.")] = False,
) -> None:
    """Lay out data files and queries: sorted prefixes, one statement a line. Comments and meaning stay.

    Example: narkom format --check
    """
    from narkom.commands.format import run

    raise typer.Exit(run(root, files or [], check))


@app.command()
def ask(
    name: Annotated[str | None, typer.Argument(help="Name of a stored question; without it, all are listed.")] = None,
    values: Annotated[list[str] | None, typer.Argument(help="Parameters, as name=value.")] = None,
    view: Annotated[
        str, typer.Option(help="accepted, strict (asserted alone), wide (with testimony) or all.")
    ] = "accepted",
    format: Annotated[
        str, typer.Option(help="table, csv, json, markdown; or what to cite: citation, bibtex, ris, csl-json.")
    ] = "table",
    cite: Annotated[bool, typer.Option(help="Show the claims and footnotes behind each row.")] = True,
    plot: Annotated[Path | None, typer.Option(help="Draw the answer too, into an .svg or .png file.")] = None,
    root: Root = None,
    store: StoreOption = None,
    endpoint: EndpointOption = None,
    default_graph: DefaultGraphOption = None,
    timeout: TimeoutOption = 60,
) -> None:
    """Answer a stored question, each row with its footnotes.

    Example: narkom ask career person=Yezhov
    """
    from narkom.commands.ask import Wishes, run
    from narkom.commands.opening import endpoint_of

    remote = endpoint_of(endpoint, default_graph, timeout)
    wishes = Wishes(_view(view), _output(format), cite, plot, remote, timeout)
    raise typer.Exit(run(name, values or [], root, store, wishes))


@app.command()
def query(
    file: Annotated[str, typer.Argument(help="File with a SELECT query, or - for standard input.")],
    view: Annotated[
        str, typer.Option(help="accepted, strict (asserted alone), wide (with testimony) or all.")
    ] = "accepted",
    format: Annotated[
        str, typer.Option(help="table, csv, json, markdown; or what to cite: citation, bibtex, ris, csl-json.")
    ] = "table",
    cite: Annotated[bool, typer.Option(help="Show the claims and footnotes behind each row.")] = True,
    root: Root = None,
    store: StoreOption = None,
    endpoint: EndpointOption = None,
    default_graph: DefaultGraphOption = None,
    timeout: TimeoutOption = 60,
) -> None:
    """Answer a SPARQL query of your own, each row with its footnotes. Known prefixes need not be declared.

    Example: echo 'SELECT ?who { ?e a nk:Arrest ; nk:person ?who }' | narkom query -
    """
    from narkom.commands.opening import endpoint_of
    from narkom.commands.query import run

    remote = endpoint_of(endpoint, default_graph, timeout)
    raise typer.Exit(run(file, root, store, _view(view), _output(format), cite, remote, timeout))


@app.command()
def cover(
    root: Root = None,
    source: Annotated[Path | None, typer.Option(help="Your own copy of a source, a table of sentences.")] = None,
    key: Annotated[str | None, typer.Option(help="Which source, where there are several.")] = None,
    describe: Annotated[bool, typer.Option("--describe", help="Print the Turtle that describes the copy.")] = False,
    require_full: Annotated[bool, typer.Option("--require-full", help="Fail if a passage has no claim.")] = False,
    format: Annotated[str, typer.Option(help="text, csv or json.")] = "text",
) -> None:
    """Report which passages carry claims; with a copy of a source, whether it is the text that was described.

    Example: narkom cover --source sentences.tsv
    """
    from narkom.commands.cover import run

    raise typer.Exit(run(root, source, key, describe, require_full, _one_of(format, "text", "csv", "json")))


@app.command()
def export(
    format: Annotated[
        str | None, typer.Option(help="turtle (default), trig, nquads, ntriples, jsonld or rdfxml.")
    ] = None,
    view: Annotated[str | None, typer.Option(help="accepted, or all (trig, nquads and jsonld).")] = None,
    profile: Annotated[str | None, typer.Option(help="crm (CIDOC-CRM alone), prov (PROV-O alone) or nanopub.")] = None,
    base: BaseOption = "https://w3id.org/narkom/",
    output: Annotated[Path | None, typer.Option(help="File to write; else stdout.")] = None,
    themes: Annotated[Path | None, typer.Option(help="Folder for the accepted view in Turtle files by theme.")] = None,
    describe: Annotated[
        Path | None, typer.Option(help="Folder for VoID, DCAT, CodeMeta, the questions as data, and the ontology.")
    ] = None,
    sparql: SparqlOption = None,
    root: Root = None,
    store: StoreOption = None,
) -> None:
    """Print the knowledge base in a standard format, the same bytes on every run.

    Example: narkom export --profile crm --output narkom-crm.ttl
    """
    from narkom.commands.export import check_alone, run, run_folders

    if themes or describe:
        check_alone(format, view, profile, output)
        raise typer.Exit(run_folders(root, store, base, sparql, themes, describe))
    usual = "trig" if profile == "nanopub" else "turtle"
    raise typer.Exit(run(store, format or usual, view, base, output, profile))


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="Folder to write into.")] = Path("dist"),
    base: BaseOption = "https://w3id.org/narkom/",
    sparql: SparqlOption = None,
    root: Root = None,
    store: StoreOption = None,
) -> None:
    """Write the whole site for a static host: pages in every language, all exports and descriptions, scripts.

    Example: narkom publish dist
    """
    from narkom.commands.export import run_publish

    raise typer.Exit(run_publish(root, store, folder, base, sparql))


@app.command()
def push(
    endpoint: Annotated[str, typer.Option(help="Address of the engine's SPARQL queries, by which it is verified.")],
    to: Annotated[str | None, typer.Option(help="Address that takes the data; default: that of the queries.")] = None,
    protocol: Annotated[str, typer.Option(help="update (SPARQL Update) or gsp (Graph Store Protocol).")] = "update",
    default_graph: DefaultGraphOption = None,
    view: Annotated[str, typer.Option(help="The default graph: accepted, strict, wide or all.")] = "accepted",
    replace: Annotated[bool, typer.Option("--replace", help="Clear what the engine holds of the project.")] = False,
    as_text: Annotated[
        list[str] | None, typer.Option(help="Datatype that the engine cannot hold, sent as plain text (repeatable).")
    ] = None,
    chunk: Annotated[int, typer.Option(min=1, help="Quads in a chunk.")] = 2000,
    file: Annotated[Path | None, typer.Option(help="Push this sorted N-Quads file instead of the built store.")] = None,
    timeout: TimeoutOption = 60,
    store: StoreOption = None,
) -> None:
    """Load the knowledge base into another engine, and verify it there. A push that broke off goes on where it was.

    Name and password, where the engine wants them: NARKOM_USER, NARKOM_PASSWORD. Exit code 1 if the engine then
    holds something else than was sent.

    Example: narkom push --endpoint http://127.0.0.1:7878/query --to http://127.0.0.1:7878/update
    """
    from narkom.commands.push import run
    from narkom.publishing.push import Wishes
    from narkom.publishing.target import target_of

    protocol = _one_of(protocol, "update", "gsp", option="--protocol")
    target = target_of(endpoint, to, protocol, default_graph, timeout)
    raise typer.Exit(run(target, Wishes(chunk, replace, tuple(as_text or ())), _view(view), file, store))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; only this machine by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8037,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes that answer queries.")] = 8,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds a query may take.")] = 10.0,
    memory: Annotated[int, typer.Option(min=32, help="Megabytes a query may take.")] = 512,
    endpoint: EndpointOption = None,
    default_graph: DefaultGraphOption = None,
    root: Root = None,
    store: StoreOption = None,
) -> None:
    """Serve a SPARQL endpoint, a page for every identifier and the stored questions (needs the extra 'serve').

    Example: narkom serve --port 8037
    """
    from narkom.commands.serve import run

    raise typer.Exit(run(root, store, host, port, workers, timeout, memory, endpoint, default_graph))


@app.command()
def mcp(
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Serve HTTP on this port of this machine; 0 takes a free one.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds an answer may take.")] = 20.0,
    endpoint: EndpointOption = None,
    default_graph: DefaultGraphOption = None,
    root: Root = None,
    store: StoreOption = None,
) -> None:
    """Serve language models: the Model Context Protocol over stdio, or HTTP with --port (needs the extra 'mcp').

    Example: narkom mcp
    """
    from narkom.commands.mcp import run

    raise typer.Exit(run(root, store, port, timeout, endpoint, default_graph))


def _view(value: str) -> str:
    return _one_of(value, "accepted", "strict", "wide", "all", option="--view")


def _output(value: str) -> str:
    return _one_of(value, "table", "csv", "json", "markdown", "citation", "bibtex", "ris", "csl-json")


def _one_of(value: str, *allowed: str, option: str = "--format") -> str:
    if value not in allowed:
        raise typer.BadParameter(f"{value}: choose one of {', '.join(allowed)}", param_hint=option)
    return value


def main() -> None:
    """Run the command; a user's mistake ends in one line and an exit code, never in a traceback."""
    from narkom.commands.streams import guarded

    sys.exit(guarded(app))


if __name__ == "__main__":
    main()
