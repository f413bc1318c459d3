"""`minex evaluate`: how good the extraction is, on the gold set and on any annotated corpus."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from minex.cli.options import Database, Lexicon, Model, Ner, Patterns, up_to_date

if TYPE_CHECKING:
    from minex.evaluation.runs import Run
    from minex.model import Failure
    from minex.pipeline import Pipeline


app_evaluate = typer.Typer(invoke_without_command=True)


@app_evaluate.callback()
def evaluate(
    context: typer.Context,
    documents: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--documents", help="A folder with copies of the gold set's two documents (text or PMC XML)."
        ),
    ] = None,
    corpus: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--corpus", help="An annotated corpus: exchange JSONL, PubTator, BioC, brat."),
    ] = None,
    given_mentions: Annotated[
        bool, typer.Option("--given-mentions", help="Take the corpus's mentions as the only candidate arguments.")
    ] = False,
    type_map: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--type-map", help="Foreign mention types: JSON, or lines of foreign<TAB>minex."),
    ] = None,
    half: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--half", min=0, max=1, help="Every second document of the corpus only: 0 or 1."),
    ] = None,
    as_json: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--json", help="Write the run as JSON; - is standard output, and nothing else is shown."),
    ] = None,
    compare: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--compare", help="An earlier run (JSON): show what got better and worse."),
    ] = None,
    floors: Annotated[
        bool, typer.Option("--floors", help="Check gold/floors.toml instead of showing figures.")
    ] = False,
    data: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--data", help="With --floors: the folder that the corpora's paths start from."),
    ] = None,
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
    ner: Ner = False,
) -> None:
    """Measure the extraction; without options on the gold set's restatements, which need no papers.

    Exit status 1 if something could not be read (the rest is evaluated), or if a floor does not hold.

    Example:

        minex evaluate --json run.json
    """
    from minex.errors import UsageError
    from minex.evaluation.compare import load_runs
    from minex.pipeline import Pipeline

    if context.invoked_subcommand:
        given = [name for name, value in context.params.items() if value]
        if given:
            cure = f"write the options after it: minex evaluate {context.invoked_subcommand} ..."
            raise UsageError("before-command", f"{context.invoked_subcommand} has options of its own", cure=cure)
        return
    if corpus is None and (given_mentions or type_map is not None or half is not None):
        raise UsageError("needs-corpus", "--given-mentions, --type-map and --half belong to --corpus")
    if data is not None and not floors:
        raise UsageError("needs-floors", "--data belongs to --floors")
    if floors and any(each is not None for each in (documents, corpus, as_json, compare)):
        raise UsageError("floors-alone", "--floors reads what gold/floors.toml names", cure="give it --data alone")
    if compare is not None and str(as_json) == "-":
        raise UsageError("nothing-shown", "with --json - no comparison is shown", cure="write the run to a file")
    for place in (documents, data):
        if place is not None and not place.is_dir():
            raise UsageError("no-such-folder", "there is no such folder", where=str(place), cure="check the path")
    earlier = load_runs(compare) if compare is not None else []
    pipeline = Pipeline(model, patterns, lexicon, ner=ner)
    if floors:
        _floors(pipeline, data)
        return
    runs = _runs(pipeline, documents, corpus, type_map, given_mentions, half)
    shown = [_tell(run, pipeline, earlier, quiet=str(as_json) == "-") for run in runs]
    if as_json is not None:
        _write(as_json, json.dumps({"runs": shown}, indent=1, ensure_ascii=False))
    if any(run["problems"] for run in shown):
        raise typer.Exit(1)


def _runs(
    pipeline: Pipeline,
    documents: Path | None,
    corpus: Path | None,
    type_map: Path | None,
    given_mentions: bool,
    half: int | None,
) -> list[Run]:
    from minex.evaluation.runs import run_corpus, run_documents, run_restatements
    from minex.exchange.typemap import BUILT_IN, read_type_map

    types = read_type_map(type_map) if type_map is not None else BUILT_IN
    runs = []
    if documents is not None:
        runs.append(run_documents(pipeline, documents))
    if corpus is not None:
        runs.append(run_corpus(pipeline, corpus, types, given_mentions=given_mentions, half=half))
    return runs or [run_restatements(pipeline)]


def _tell(run: Run, pipeline: Pipeline, earlier: list[dict[str, Any]], *, quiet: bool) -> dict[str, Any]:
    from minex.cli.display import printable
    from minex.evaluation import compare, report
    from minex.evaluation.runs import as_json

    result = as_json(run, pipeline)
    if not quiet:
        for line in report.lines(result):
            typer.echo(printable(line))
        before = next((each for each in earlier if compare.same_set(each, result)), None)
        if earlier and before is None:
            typer.echo(f"the earlier run has no set {result['set']}", err=True)
        if before is not None:
            for change in compare.compare(before, result):
                for line in compare.lines(change, result["set"]):
                    typer.echo(printable(line))
    _problems(run.problems)
    return result


def _write(target: Path, text: str) -> None:
    from minex.errors import InputError

    if str(target) == "-":
        typer.echo(text)
        return
    try:
        target.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(
            "unwritable", f"the run cannot be written ({error.strerror})", where=str(target)
        ) from error


def _floors(pipeline: Pipeline, data: Path | None) -> None:
    from minex.cli.display import printable
    from minex.errors import InputError
    from minex.evaluation.floors import check, load_floors
    from minex.evaluation.gold.sets import folder
    from minex.evaluation.runs import as_json, run_corpus, run_documents, run_restatements
    from minex.evaluation.tagging import run_tagging
    from minex.exchange.typemap import BUILT_IN

    shipped, corpora = load_floors(folder() / "floors.toml")
    run = run_restatements(pipeline)
    checks = list(check(shipped, as_json(run, pipeline)))
    failed = bool(run.problems)
    _problems(run.problems)
    for corpus in corpora if data is not None else ():
        place = Path(data or "", corpus.path)
        try:
            if corpus.path == "documents":
                run = run_documents(pipeline, place)
            elif corpus.tagging:
                run = run_tagging(pipeline, place, BUILT_IN, half=corpus.half)
            else:
                run = run_corpus(pipeline, place, BUILT_IN, given_mentions=corpus.given_mentions, half=corpus.half)
        except InputError as error:
            typer.echo(printable(f"minex: {error}"), err=True)
            failed = True
            continue
        # A corpus may be known to have faults: they are told, and its figures have to hold all the same.
        _problems(run.problems)
        checks.extend(check(corpus.floors, as_json(run, pipeline)))
    for each in checks:
        typer.echo(f"{'holds' if each.held else 'FALLS'}  {each}")
    if data is None:
        typer.echo(f"{len(corpora)} corpora were not looked at; say where they are with --data DIR")
    if failed or not all(each.held for each in checks):
        raise typer.Exit(1)


def _problems(problems: Iterable[Failure]) -> None:
    from minex.cli.display import printable

    for each in problems:
        typer.echo(printable(f"minex: {each.where}: {each.message}"), err=True)


@app_evaluate.command()
def tagging(
    corpus: Annotated[
        Path, typer.Option("--corpus", help="An annotated corpus: exchange JSONL, PubTator, IOB, BioC, brat.")
    ],
    type_map: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--type-map", help="Foreign mention types: JSON, or lines of foreign<TAB>minex."),
    ] = None,
    half: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--half", min=0, max=1, help="Every second document only: 0 or 1 (figures without errors)."),
    ] = None,
    as_json: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--json", help="Write the run as JSON; - is standard output, and nothing else is shown."),
    ] = None,
    lexicon: Lexicon = None,
) -> None:
    """Measure the names alone: spans by type, and sets of ids by document where a corpus links its names.

    The corpus is read in two halves of every second document; errors are shown of the first one only.

    Example:

        minex evaluate tagging --corpus corpus.jsonl
    """
    from minex.cli.display import printable
    from minex.evaluation import report
    from minex.evaluation.runs import as_json as run_as_json
    from minex.evaluation.tagging import run_tagging
    from minex.exchange.typemap import BUILT_IN, read_type_map
    from minex.pipeline import Pipeline

    types = read_type_map(type_map) if type_map is not None else BUILT_IN
    pipeline = Pipeline(lexicon=lexicon)
    run = run_tagging(pipeline, corpus, types, half=half)
    result = run_as_json(run, pipeline)
    if str(as_json) != "-":
        for line in report.names(result):
            typer.echo(printable(line))
    _problems(run.problems)
    if as_json is not None:
        _write(as_json, json.dumps({"runs": [result]}, indent=1, ensure_ascii=False))
    if run.problems:
        raise typer.Exit(1)


@app_evaluate.command()
def verdicts(
    database: Database = Path("minex.db"),
    as_json: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--json", help="Write the run as JSON; - is standard output, and nothing else is shown."),
    ] = None,
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
    ner: Ner = False,
) -> None:
    """Measure against people's verdicts: what they judged right should be read again, and what wrong should not.

    Only texts that the database keeps can be read again. Exit status 1 if one of them could not be read.

    Example:

        minex evaluate verdicts --db demo.db
    """
    from minex.cli.display import printable
    from minex.evaluation.verdicts import as_json as run_as_json
    from minex.evaluation.verdicts import lines, run_verdicts
    from minex.pipeline import Pipeline
    from minex.store import Store
    from minex.store.verdicts import counting

    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        given = list(counting(store.connection))
        pipeline = Pipeline(model, patterns, lexicon, ner=ner)
        run = run_verdicts(pipeline, store.rebuild(dict.fromkeys(each.document for each in given)), given)
    result = run_as_json(run, pipeline)
    for line in lines(result) if str(as_json) != "-" else ():
        typer.echo(printable(line))
    _problems(run.problems)
    if as_json is not None:
        _write(as_json, json.dumps(result, indent=1, ensure_ascii=False))
    if run.problems:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(app_evaluate, name="evaluate")
