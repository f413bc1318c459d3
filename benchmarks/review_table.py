"""How long `minex table` takes on a large database: `python benchmarks/review_table.py [PIECES]`.

Makes a database of that many pieces of evidence (default: a million) of a made-up literature, in which a few
miRNAs and cancers have most of it, as they do in PubMed, and asks for the table of some, and for all of it.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from minex.model import PREDICATE_SIGNS, Triple
from minex.reports.table import ask
from minex.store import Store
from minex.store.schema import FTS_TABLE, TABLES

FACTORS, GENES, CANCERS, PROCESSES = 2_000, 15_000, 400, 200
_SEED = 7


def build(path: Path, pieces: int) -> None:
    """Make a database of `pieces` pieces of evidence."""
    Store.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    chance = random.Random(_SEED)  # noqa: S311 - a made-up literature, no secret
    _fill(connection, "run", [{"id": 1, "status": "done"}])
    kinds = (("MIRNA", "miR-", FACTORS), ("GENE", "GENE", GENES), ("CANCER", "cancer ", CANCERS))
    names: dict[str, list[str]] = {}
    concepts, ancestors = [], []
    for type_, stem, number in (*kinds, ("PROCESS", "process ", PROCESSES), ("CONDITION", "hypoxia", 1)):
        names[type_] = [f"x:{type_}:{n}" for n in range(number)]
        for n, id_ in enumerate(names[type_]):
            name = f"{stem}{n}" if number > 1 else stem
            concepts.append({"id": id_, "type": type_, "name": name, "linked": 1})
            ancestors.append({"concept": id_, "ancestor": id_, "steps": 0})
            # Every tenth cancer and miRNA has nine below it.
            if n % 10 and type_ in ("CANCER", "MIRNA"):
                ancestors.append({"concept": id_, "ancestor": names[type_][n - n % 10], "steps": 1})
    _fill(connection, "concept", concepts)
    _fill(connection, "concept_ancestor", ancestors)
    documents = max(pieces // 5, 1)
    _fill(
        connection,
        "document",
        (
            {"id": f"PMID:{n}", "pmid": str(n), "title": f"Title {n}", "year": 1995 + n % 30, "status": "active"}
            for n in range(1, documents + 1)
        ),
    )

    def one_of(type_: str) -> str:
        return names[type_][int(len(names[type_]) * chance.random() ** 1.8)]

    triples: dict[str, dict[str, object]] = {}
    evidence, contexts = [], []
    for nr in range(1, pieces + 1):
        kind = chance.random()
        subject, object_ = one_of("MIRNA"), one_of("GENE")
        predicate = chance.choice(("targets", "inhibits", "increases", "regulates"))
        if kind < 0.2:
            object_, predicate = one_of("PROCESS"), chance.choice(("promotes", "suppresses"))
        elif kind < 0.3:
            subject, object_ = names["CONDITION"][0], subject
            predicate = chance.choice(("increases", "decreases"))
        elif kind < 0.4:
            object_, predicate = one_of("CANCER"), chance.choice(("up_in", "down_in"))
        triple = Triple.make_id(subject, predicate, object_)
        sign = PREDICATE_SIGNS[predicate]
        triples.setdefault(
            triple,
            {"id": triple, "subject": subject, "predicate": predicate, "object": object_, "sign": sign}
            | {"belief": 0.8, "rolled_belief": 0.9, "evidence_count": 1, "document_count": 1},
        )
        evidence.append(
            {"nr": nr, "id": f"e{nr}", "triple": triple, "document": f"PMID:{chance.randint(1, documents)}"}
            | {"sentence": f"Sentence {nr} says it.", "predicate": predicate, "sign": sign, "confidence": 0.8}
            | {"negated": int(chance.random() < 0.03), "manipulation": "[]", "method": "[]", "also": "[]"}
        )
        if chance.random() < 0.7:
            contexts.append({"evidence": nr, "slot": "cancer", "concept": one_of("CANCER"), "source": "sentence"})
        if chance.random() < 0.2:
            contexts.append({"evidence": nr, "slot": "vesicle", "concept": one_of("GENE"), "source": "sentence"})
    _fill(connection, "triple", triples.values())
    _fill(connection, "evidence", evidence)
    _fill(connection, "context", contexts)
    connection.execute(f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}) VALUES ('rebuild')")  # noqa: S608
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _fill(connection: sqlite3.Connection, name: str, rows: object) -> None:
    table = TABLES[name]
    empty = {name: None if name in table.nullable else _EMPTY[type_] for name, type_ in table.columns.items()}
    if table.key == ("id",) and table.columns["id"] is int:
        empty["id"] = None
    marks = ", ".join(f":{column}" for column in table.columns)
    sql = f"INSERT INTO {name} ({', '.join(chr(34) + c + chr(34) for c in table.columns)}) VALUES ({marks})"  # noqa: S608
    connection.executemany(sql, (empty | row for row in rows))  # type: ignore[attr-defined]


_EMPTY = {int: 0, str: "", float: 0.0}


def main() -> None:
    """Make a database, unless a path is given, and say how long each question takes."""
    pieces = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "large.db"
        if not path.exists():
            build(path, pieces)
        print(f"{pieces:,} pieces of evidence, {path.stat().st_size / 1e6:,.0f} MB")
        with Store.open(path, create=False, readonly=True) as store:
            for words, asked in (
                ("the miRNA with most", {"factors": ["miR-0"]}),
                ("a rare miRNA", {"factors": ["miR-1500"]}),
                ("the cancer with most", {"cancers": ["cancer 0"]}),
                ("a rare cancer", {"cancers": ["cancer 350"]}),
                ("both with most", {"factors": ["miR-0"], "cancers": ["cancer 0"]}),
                ("all of it", {}),
            ):
                start, work = time.perf_counter(), time.process_time()
                table = ask(store, **asked)
                took, worked = time.perf_counter() - start, time.process_time() - work
                print(f"  {words:<22} {took:6.2f} s ({worked:.2f} s of work)  {len(table.rows):,} rows")


if __name__ == "__main__":
    main()
