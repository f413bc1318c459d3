"""What a knowledge base says of a corpus's documents: rows of two names and a PMID, in a table beside the texts.

`corpus.tsv` beside `corpus.jsonl`, the header's last column `PMID`: the names need not stand in the text, for
such bases are made by people who read the whole paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from minex.errors import InputError
from minex.evaluation.corpora.base import GoldRelation
from minex.model import Document, Failure

_PMID = re.compile(r"([0-9]+)(?:\.0)?")


@dataclass(slots=True)
class Knowledge:
    """The relations of each PMID, and what is wrong with rows that could not be read."""

    failures: list[Failure] = field(default_factory=list)
    by_pmid: dict[str, list[GoldRelation]] = field(default_factory=dict)

    def relations_of(self, document: Document) -> Sequence[GoldRelation]:
        """Return what is said of a document, between names."""
        return self.by_pmid.get(document.pmid or document.id, ())


def beside(path: str) -> Knowledge | None:
    """Return the table that stands beside a file under its name, or None if there is none of this kind.

    Raises:
        InputError: if the table cannot be read.
    """
    table = Path(path).with_suffix(".tsv")
    try:
        lines = table.read_text(encoding="utf-8-sig").splitlines() if table != Path(path) else []
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "unreadable", f"the table beside the corpus cannot be read ({error})", where=str(table)
        ) from error
    if not lines or len(header := lines[0].split("\t")) != 3 or header[2].strip().casefold() != "pmid":
        return None
    found = Knowledge()
    seen: set[tuple[str, str, str]] = set()
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        place = f"{table}:{number}"
        row = [cell.strip() for cell in line.split("\t")]
        match = _PMID.fullmatch(row[2]) if len(row) == 3 and all(row) else None
        if match is None:
            found.failures.append(Failure("read", "bad-row", f"{line[:80]!r} is not two names and a PMID", place))
        elif (match[1], row[0], row[1]) not in seen:
            seen.add((match[1], row[0], row[1]))
            relation = GoldRelation(row[0], row[1], directed=True, where=place)
            found.by_pmid.setdefault(match[1], []).append(relation)
    return found
