"""How fast minex reads, against the plain way, and whether time and memory stay in proportion.

    python benchmarks/speed.py                                  # fetches the files of update_files.py
    python benchmarks/speed.py --dense abstracts.jsonl          # a corpus other than the demonstration's
    python benchmarks/speed.py --only growth --plot docs/images # pictures of time and memory over 50,000 citations

The plain way is made of the same parts: the same sentences, mentions and rules, but every sentence is parsed. Both
read the same documents by turns, and the ratio is that of the medians of several rounds. Seconds are of processor
time, which other work on the machine disturbs less than the clock; growth also tells the clock. Evidence is
compared piece by piece. `growth` is one run, file to database, over the citations of both files, mixed evenly and
cut into ten parts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from update_files import fetch, resident_megabytes

from minex.formats import read
from minex.jobs.runner import run
from minex.model import Document, Failure, Reading
from minex.pipeline import Pipeline
from minex.resources import find
from minex.store import Store

PARTS = 10


@dataclass(frozen=True)
class Sample:
    """Where a long run stands after so many documents."""

    documents: int
    processor: float
    clock: float
    megabytes: float


def documents_of(path: Path) -> Iterator[Document]:
    return (each for each in read(path) if isinstance(each, Document))


def timed(pipeline: Pipeline, documents: Sequence[Document]) -> tuple[float, list[Reading | Failure]]:
    """Return the processor time of reading documents, and the readings."""
    started = time.process_time()
    readings = list(pipeline.read(documents))
    return time.process_time() - started, readings


def against_plain(
    name: str, documents: Sequence[Document], warm: Sequence[Document], rounds: int
) -> dict[str, object]:
    """Read the same documents both ways by turns; the caches are filled with others before."""
    ways = {"minex": Pipeline(), "plain": Pipeline(plain=True)}
    for pipeline in ways.values():
        timed(pipeline, warm)
    seconds: dict[str, list[float]] = {"minex": [], "plain": []}
    found: dict[str, list[Reading | Failure]] = {}
    for _ in range(rounds):
        for way, pipeline in ways.items():
            took, found[way] = timed(pipeline, documents)
            seconds[way].append(took)
    medians = {way: statistics.median(each) for way, each in seconds.items()}
    evidence = {
        way: [reading.evidence for reading in each if isinstance(reading, Reading)] for way, each in found.items()
    }
    return {
        "corpus": name,
        "documents": len(documents),
        "rounds": rounds,
        "evidence": sum(map(len, evidence["minex"])),
        "evidence_is_the_same": evidence["minex"] == evidence["plain"],
        "seconds": {way: [round(each, 2) for each in times] for way, times in seconds.items()},
        "documents_per_second_of_one_core": {
            way: round(len(documents) / each, 1) for way, each in medians.items()
        },
        "times_the_plain_way": round(medians["plain"] / medians["minex"], 2),
    }


def mixed(old: Path, new: Path, most: int) -> Iterator[Document]:
    """Yield the citations of two files, three of the first for two of the second, as many as are in them."""
    first, second = documents_of(old), documents_of(new)
    taken = 0
    while taken < most:
        group = [*islice(first, 3), *islice(second, 2)]
        if not group:
            return
        yield from group[: most - taken]
        taken += len(group)


def growth(files: Sequence[Path], most: int) -> list[Sample]:
    """Make one run over many documents, in ten parts, and note where it stands as it goes."""
    samples: list[Sample] = []
    pipeline = Pipeline()
    _ = pipeline.versions
    source = mixed(files[0], files[1], most)
    begun, clock = time.process_time(), time.monotonic()
    step, count = max(most // 50, 1), 0

    def sample() -> None:
        now = time.process_time() - begun, time.monotonic() - clock
        samples.append(Sample(count, round(now[0], 2), round(now[1], 2), round(resident_megabytes(), 1)))
        print(json.dumps(asdict(samples[-1])), flush=True)

    def part(_: Path) -> Iterator[Document]:
        nonlocal count
        for document in islice(source, most // PARTS):
            if count % step == 0:
                sample()
            count += 1
            yield document

    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "growth.db") as store:
        run([Path(f"part-{number}") for number in range(PARTS)], store, pipeline, reader=part)
    sample()
    return samples


def straightness(samples: Sequence[Sample]) -> float:
    """Return r² of processor time against documents: 1 for a straight line."""
    documents, seconds = [float(each.documents) for each in samples], [each.processor for each in samples]
    return statistics.correlation(documents, seconds) ** 2


def plot(samples: Sequence[Sample], folder: Path) -> None:
    """Draw time and memory against documents."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "minex"
    from matplotlib import pyplot

    documents = [each.documents for each in samples]
    drawings = (
        ("growth", "seconds of processor time", [each.processor for each in samples]),
        ("memory", "resident memory, MB", [each.megabytes for each in samples]),
    )
    for name, label, values in drawings:
        figure, axes = pyplot.subplots(figsize=(6, 3.2), layout="constrained")
        axes.plot(documents, values, color="#1f5a99", linewidth=1.8)
        axes.set(xlabel="citations read", ylabel=label, xlim=(0, documents[-1]), ylim=(0, max(values) * 1.1))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        for place in range(1, PARTS):
            axes.axvline(documents[-1] * place / PARTS, color="#cccccc", linewidth=0.6, zorder=0)
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(folder / f"speed_{name}.svg", metadata={"Date": None})
        pyplot.close(figure)


def machine() -> str:
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{system}, Python {platform.python_version()}, {load}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", choices=["update", "dense", "growth"], nargs="+")
    parser.add_argument("--documents", type=int, default=500, help="citations of the update file a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, help="so many documents of the dense corpus; default: all")
    parser.add_argument("--dense", type=Path, help="any file that minex reads; default: the demonstration's")
    parser.add_argument("--growth", type=int, default=50_000, help="how many citations the long run has")
    parser.add_argument("--cache", type=Path, default=Path("build/benchmarks"), help="where files are kept")
    parser.add_argument("--plot", type=Path, help="a folder for the pictures")
    arguments = parser.parse_args()
    print(f"# {date.today()}, {machine()}, one process", flush=True)
    wanted = arguments.only or ["update", "dense", "growth"]
    files = fetch(arguments.cache) if {"update", "growth"} & set(wanted) else []
    if "update" in wanted:
        taken = list(islice(documents_of(files[1]), 2 * arguments.documents))
        warm, measured = taken[: arguments.documents], taken[arguments.documents :]
        print(json.dumps(against_plain("update file", measured, warm, arguments.rounds), indent=2), flush=True)
    if "dense" in wanted:
        path = arguments.dense or find("corpus/demo") / "abstracts.jsonl"
        taken = list(islice(documents_of(path), arguments.most))
        half = len(taken) // 2
        figures = against_plain("dense", taken[half:], taken[:half], arguments.rounds)
        print(json.dumps(figures, indent=2), flush=True)
    if "growth" in wanted:
        samples = growth(files, arguments.growth)
        print(json.dumps({"last": asdict(samples[-1]), "r_squared": round(straightness(samples), 5)}), flush=True)
        if arguments.plot:
            plot(samples, arguments.plot)


if __name__ == "__main__":
    main()
