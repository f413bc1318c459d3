"""A mirror, open for asking: which citations match a term, and their records."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from minex.errors import QueryError
from minex.lexicon.meshtree import MeshTree
from minex.mirror import blocks, database
from minex.mirror.compile import Compiler, Match, Where, as_where
from minex.mirror.vocabulary import Vocabulary
from minex.pubmed.fields import BY_WORD
from minex.pubmed.syntax import MOST_CHARACTERS, Leaf, Node, parse
from minex.pubmed.term import check
from minex.store.connection import explained

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n'
_INDEXED = "SELECT {} FROM words CROSS JOIN citation c ON c.id = words.rowid WHERE words MATCH ?"
_SCANNED = "SELECT {} FROM citation c WHERE"
_NUMBERS = re.compile(r"[\s,]*\d+(?:[\s,]+\d+)*[\s,]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """What matches a term: PMIDs in ascending order, and what its asker should know of how it was read."""

    pmids: tuple[int, ...]
    notes: tuple[str, ...] = ()


class Mirror:
    """A folder's mirror; use it in a `with` block.

    Parameters:
        folder: where `minex mirror update` has made it.

    Raises:
        StoreError: if there is none, or it cannot be read.
    """

    def __init__(self, folder: Path, tree: MeshTree | None = None) -> None:
        self.folder = folder
        self.connection = database.open_reader(folder)
        self.vocabulary = Vocabulary(self.connection, tree)

    def __enter__(self) -> Mirror:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self.connection.close()

    def search(self, term: str, today: date | None = None, *, also: Where | None = None) -> Answer:
        """Return what matches a term in PubMed's syntax.

        Parameters:
            today: the day that *last 30 days* is counted from; by default this day.
            also: a further condition on a citation's row.

        Raises:
            QueryError: if the term is wrong, asks for a field that the mirror lacks, or is too large.
        """
        asked, given, notes = self._asked("c.pmid", term, today, also)
        with explained(self.folder / database.NAME):
            found = [row[0] for row in self.connection.execute(asked, given)]
        return Answer(tuple(sorted(found)), notes)

    def count(self, term: str, today: date | None = None) -> Answer:
        """Return how many citations match a term, as the only number of an answer.

        Raises:
            QueryError: as :meth:`search`.
        """
        asked, given, notes = self._asked("count(*)", term, today, None)
        with explained(self.folder / database.NAME):
            return Answer((self.connection.execute(asked, given).fetchone()[0],), notes)

    def records(self, pmids: Iterable[int]) -> dict[int, bytes]:
        """Return the records of some PMIDs, as they stand in PubMed's files but for what minex does not read."""
        with explained(self.folder / database.NAME):
            rows = self.connection.execute(
                "SELECT pmid, block, place FROM citation WHERE pmid IN (SELECT value FROM json_each(?)) "
                "ORDER BY block",
                (json.dumps(list(pmids)),),
            ).fetchall()
            found: dict[int, bytes] = {}
            last, records = -1, list[bytes]()
            for pmid, block, place in rows:
                if block != last:
                    packed = self.connection.execute("SELECT data FROM block WHERE id = ?", (block,)).fetchone()
                    last, records = block, blocks.unpack(packed[0])
                found[pmid] = records[place]
        return dict(sorted(found.items()))

    def buried(self, pmids: Iterable[int]) -> set[int]:
        """Return those of some PMIDs that PubMed has deleted."""
        rows = self.connection.execute(
            "SELECT pmid FROM tombstone WHERE pmid IN (SELECT value FROM json_each(?))", (json.dumps(list(pmids)),)
        )
        return {row[0] for row in rows}

    def _asked(
        self, what: str, term: str, today: date | None, also: Where | None
    ) -> tuple[str, Sequence[object], tuple[str, ...]]:
        compiler = Compiler(self.vocabulary, today or date.today(), self._occurs)
        found = compiler.compiled(tree_of(term))
        notes = tuple(dict.fromkeys(compiler.notes))
        if isinstance(found, Match):
            # The index gives its hits one by one, in order: nothing has to be kept for them.
            tail, given = (f" AND {also.condition}", also.given) if also is not None else ("", ())
            return f"{_INDEXED.format(what)}{tail}", (found.expression, *given), notes
        condition = as_where(found)
        if also is not None:
            condition = Where(f"{condition.condition} AND {also.condition}", (*condition.given, *also.given))
        return f"{_SCANNED.format(what)} {condition.condition}", condition.given, notes

    def _occurs(self, expression: str) -> bool:
        found = self.connection.execute(f"{_INDEXED.format('1')} LIMIT 1", (expression,))
        return found.fetchone() is not None


def tree_of(term: str) -> Node:
    """Return a term's tree, having checked it; a term of nothing but numbers asks for PMIDs.

    Raises:
        QueryError: if something is wrong with it, at the first place.
    """
    if len(term) <= MOST_CHARACTERS:
        for problem in check(term):
            if problem.level == "error":
                where = f"character {problem.position + 1}"
                raise QueryError("query-syntax", problem.message, where=where, cure=problem.cure)
    if _NUMBERS.fullmatch(term) and len(term) <= MOST_CHARACTERS:
        return Leaf(term, BY_WORD["pmid"])
    return parse(term)


def body_of(records: Iterable[bytes]) -> bytes:
    """Return records as one XML body, as efetch gives them."""
    return _HEAD + b"\n".join(records) + b"\n</PubmedArticleSet>\n"
