"""How figures look and how they are written: legible in print, safe for the colour-blind, always the same.

Colours are those of Okabe and Ito. Nothing is told by colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minex.errors import MinexError, UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK = "#1b2430"
SOFT = "#55606e"
GRID = "#d6dbe1"
UP, DOWN, NEITHER = "#0072b2", "#d55e00", "#6b7280"
PALE = "#9db4c8"
KINDS: dict[str, tuple[str, str]] = {
    "MIRNA": ("miRNA", "#d6e8fb"),
    "GENE": ("gene or protein", "#e9eef3"),
    "LNCRNA": ("lncRNA", "#d5f0e3"),
    "PROCESS": ("process", "#fdeecb"),
    "CANCER": ("cancer", "#fbdcd7"),
    "CONDITION": ("condition", "#e7defa"),
    "VESICLE": ("vesicle", "#d9f1f4"),
}
"""Name and colour of the types of concepts."""
OTHER = ("other", "#eceae6")

WIDTH = 7.2
"""Inches: two columns of most journals."""

FORMATS = (".svg", ".png", ".pdf")
_DATES: dict[str, dict[str, Any]] = {
    # Without these, the time of writing would be in the file.
    ".svg": {"Date": None, "Creator": "minex"},
    ".pdf": {"CreationDate": None, "Creator": "minex", "Producer": None},
    ".png": {"Software": None},
}
_RC: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.linewidth": 0.6,
    # A name is a name, whatever dollars stand in it.
    "text.parse_math": False,
    "svg.hashsalt": "minex",
    "pdf.fonttype": 42,
}


def check_format(output: Path) -> None:
    """Say so if no figure can be written in the format that a file's name asks for.

    Raises:
        UsageError: if the name ends otherwise than `.svg`, `.png` or `.pdf`.
    """
    if output.suffix.lower() not in FORMATS:
        ending = output.suffix or "no ending"
        cure = f"end it in {', '.join(FORMATS)}"
        raise UsageError("plot-format", f"{ending} is no format of a figure", where=str(output), cure=cure)


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with minex's settings, whatever those of the user's matplotlib are.

    Raises:
        MinexError: if matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise MinexError(
            "no-matplotlib",
            "figures need matplotlib, which is not installed",
            cure="pip install 'minex[plot]'",
        ) from error
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RC)
        yield


def written(figure: Figure, suffix: str) -> bytes:
    """Return a figure as a file's content: the same for the same figure."""
    stream = io.BytesIO()
    suffix = suffix.lower()
    figure.savefig(
        stream,
        format=suffix.removeprefix("."),
        dpi=300,
        bbox_inches="tight",
        pad_inches=0.05,
        metadata=_DATES[suffix],
    )
    return stream.getvalue()
