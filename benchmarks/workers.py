"""One process against worker processes: the same documents read and stored by turns, with memory a worker.

    python benchmarks/workers.py FILE [--workers 2] [--documents 1000] [--rounds 3] [--method spawn]

The rounds alternate, so that other work on the machine spoils both alike; the ratio is that of the medians. Where
the cores are shared, look at the seconds of processor time: those of all processes together are the work done.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from minex.formats import read
from minex.jobs.runner import Pipeline, RunReport, run
from minex.jobs.work import PipelineSettings
from minex.jobs.workers import WorkerPool
from minex.model import Document, Failure
from minex.store import Store


def memory(pid: int) -> dict[str, int]:
    """Return a process's resident megabytes, and those of them that no other process shares (Linux)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return {}
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return {"resident": kilobytes["Rss"] // 1000, "own": own // 1000}


def measure(pipeline: Pipeline, file: Path, skip: int, most: int | None) -> dict[str, float]:
    """Make a run over a part of a file and return its figures."""
    clock = {"first": 0.0}
    started = time.monotonic()

    def note(report: RunReport) -> None:
        if not clock["first"] and report.counts.new:
            clock["first"] = time.monotonic() - started

    def part(path: Path) -> Iterator[Document | Failure]:
        return islice(read(path), skip, None if most is None else skip + most)

    before, workers_before = cpu(), workers_cpu(pipeline)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "x.db") as store:
        report = run([file], store, pipeline, progress=note, reader=part)
    return {
        "documents": report.counts.documents,
        "evidence": report.counts.evidence,
        "seconds": report.seconds,
        "first_result": clock["first"] or report.seconds,
        "processor": cpu() - before,
        "processor_of_workers": workers_cpu(pipeline) - workers_before,
    }


def workers_cpu(pipeline: Pipeline) -> float:
    """Return the processor time of all workers so far (Linux)."""
    pids = pipeline.workers if isinstance(pipeline, WorkerPool) else ()
    fields = [Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for pid in pids]
    return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")


def cpu() -> float:
    """Return the processor time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--documents", type=int, help="so many a round, each round the next ones; default: all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--method", choices=["fork", "spawn"])
    arguments = parser.parse_args()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"# {date.today()}, {machine}, Python {platform.python_version()}")
    started = time.monotonic()
    settings = PipelineSettings()
    found: dict[str, list[dict[str, float]]] = {"alone": [], "workers": []}
    with WorkerPool(settings, arguments.workers, method=arguments.method) as pool:
        alone = settings.load()
        _ = pool.fingerprint, alone.fingerprint
        print(f"# loaded twice in {time.monotonic() - started:.1f} s, parent {memory(os.getpid())} MB")
        for number in range(arguments.rounds):
            skip = number * (arguments.documents or 0)
            for name, pipeline in (("alone", alone), ("workers", pool)):
                figures = measure(pipeline, arguments.file, skip, arguments.documents)
                found[name].append(figures)
                print(json.dumps({name: {key: round(value, 2) for key, value in figures.items()}}), flush=True)
            print(f"# workers: {[memory(pid) for pid in pool.workers]} MB")
    seconds = {name: statistics.median(each["seconds"] for each in rounds) for name, rounds in found.items()}
    print(json.dumps({"ratio": round(seconds["alone"] / seconds["workers"], 2), **seconds}))


if __name__ == "__main__":
    main()
