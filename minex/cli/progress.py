"""How far a run is, on a terminal: a bar, documents a second, and how long it will take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from minex.jobs.report import RunReport


def words(report: RunReport) -> str:
    """Return a run's figures so far in a line.

    Examples:
        >>> from minex.jobs.report import Counts, RunReport
        >>> words(RunReport(1, counts=Counts(documents=1200, evidence=340), seconds=4.0))
        '1,200 documents (300/s), 340 pieces of evidence'
    """
    counts = report.counts
    rate = counts.documents / report.seconds if report.seconds else 0.0
    failed = f", {counts.failed:,} failed" if counts.failed else ""
    return f"{counts.documents:,} documents ({rate:,.0f}/s), {counts.evidence:,} pieces of evidence{failed}"


@contextmanager
def shown(console: Console | None = None) -> Iterator[Callable[[RunReport], None]]:
    """Give what shows a report: the files' bytes give the share that is done and the time left.

    Nothing is shown where nobody looks on.
    """
    from rich import progress
    from rich.console import Console

    console = console or Console(stderr=True)
    columns = (
        progress.BarColumn(bar_width=20),
        progress.TaskProgressColumn(),
        progress.TextColumn("{task.description}"),
        progress.TimeElapsedColumn(),
        progress.TextColumn("left"),
        progress.TimeRemainingColumn(),
    )
    # Without a thread of its own: a process that has threads is not safely forked.
    with progress.Progress(
        *columns, console=console, transient=True, auto_refresh=False, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("starting", total=None)

        def show(report: RunReport) -> None:
            total = report.bytes_total or None
            bar.update(task, description=words(report), total=total, completed=report.bytes_read, refresh=True)

        yield show
