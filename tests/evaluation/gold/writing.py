"""Gold files of our own sentences, written for a test."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from minex.evaluation.gold.fingerprint import fingerprint, squeeze

HEAD = {"gold": 1, "document": "review", "doi": "10.1000/ours", "title": "ours"}

SENTENCES = (
    "miR-21 inhibits PTEN in lung cancer cells.",
    "Hypoxia increases the expression of miR-210.",
    "TP53 activates BAX.",
    "miR-155 may target SOCS1 in breast cancer.",
)
NAMED: tuple[tuple[tuple[str, str], ...], ...] = (
    (("miR-21", "MIRNA"), ("PTEN", "GENE"), ("lung cancer", "CANCER")),
    (("Hypoxia", "CONDITION"), ("miR-210", "MIRNA")),
    (("TP53", "GENE"), ("BAX", "GENE")),
    (("miR-155", "MIRNA"), ("SOCS1", "GENE"), ("breast cancer", "CANCER")),
)
PREDICATES = ("inhibits", "increases", "activates", "targets")


def unit(
    id: str, text: str, named: Iterable[tuple[str, str]] = (), predicate: str = "", **more: Any
) -> dict[str, Any]:
    """Return a sentence as a gold file has it; with a predicate, the first two mentions make a statement."""
    mentions = [{"surface": surface, "ordinal": 1, "type": type, "name": surface} for surface, type in named]
    item = {
        "unit": id,
        "kind": "text",
        "section": "",
        "fingerprint": fingerprint(text),
        "length": len(squeeze(text)),
    }
    item |= {"half": "development", "mentions": mentions}
    if predicate:
        item["statements"] = [{"subject": 0, "predicate": predicate, "object": 1, "origin": "own"}]
    return item | more


def restated(
    id: str, text: str, named: Iterable[tuple[str, str]] = (), predicate: str = "", **more: Any
) -> dict[str, Any]:
    """Return a sentence as the restatements have it."""
    mentions = [
        {"start": text.index(surface), "end": text.index(surface) + len(surface), "type": type, "name": surface}
        for surface, type in named
    ]
    item: dict[str, Any] = {"id": id, "of": [id], "half": "development", "text": text, "mentions": mentions}
    if predicate:
        item["statements"] = [{"subject": 0, "predicate": predicate, "object": 1, "origin": "own"}]
    return item | more


def units() -> list[dict[str, Any]]:
    """Return our four sentences as units, of both halves."""
    return [
        unit(f"R{n}", text, named, predicate, half=("development", "held")[n % 2])
        for n, (text, named, predicate) in enumerate(zip(SENTENCES, NAMED, PREDICATES, strict=True))
    ]


def restatements() -> list[dict[str, Any]]:
    """Return our four sentences as restatements, of both halves."""
    return [
        restated(f"R{n}", text, named, predicate, half=("development", "held")[n % 2])
        for n, (text, named, predicate) in enumerate(zip(SENTENCES, NAMED, PREDICATES, strict=True))
    ]


def write(path: Path, *lines: Mapping[str, Any] | str) -> Path:
    """Write a line each; text is written as it is."""
    written = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
    return path


def gold_folder(folder: Path) -> Path:
    """Write a whole gold set of our four sentences, the study being one further sentence."""
    folder.mkdir()
    write(folder / "review.jsonl", HEAD, *units())
    study = unit("S1", "KRAS promotes invasion.", (("KRAS", "GENE"), ("invasion", "PROCESS")), "promotes")
    write(folder / "study.jsonl", HEAD | {"document": "study", "doi": "10.1000/other"}, study)
    write(folder / "restatements.jsonl", *restatements())
    write(folder / "table1.jsonl")
    return folder


def papers(folder: Path) -> Path:
    """Write copies of both documents, as text."""
    folder.mkdir()
    (folder / "one.txt").write_text("A title\n\n" + " ".join(SENTENCES) + "\n", encoding="utf-8")
    (folder / "two.txt").write_text("Another title\n\nKRAS promotes invasion.\n", encoding="utf-8")
    return folder
