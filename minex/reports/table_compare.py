"""A user's own table held against that of the database: found, missing, contradicted, new."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minex.errors import UsageError
from minex.reports.names import CANCERS, FACTORS, understand
from minex.reports.table import Row, Support, ask, supports
from minex.reports.table_given import Fact, Given, split
from minex.store import Store

_TOGETHER = """
SELECT m.document FROM mention m JOIN document d ON d.id = m.document AND d.status = 'active'
WHERE m.concept IN (SELECT value FROM json_each(?)) AND m.document IN (
    SELECT document FROM mention WHERE concept IN (SELECT value FROM json_each(?)))
LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row or of one thing in it: `found`, `missing` or `contradicted`, and why or by what."""

    line: int
    factor: str
    cancer: str
    column: str
    thing: str
    verdict: str
    note: str


@dataclass
class Comparison:
    """All verdicts, and the rows that only the database has."""

    verdicts: list[Verdict] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)
    rows: int = 0

    def count(self, verdict: str, *, column: str | None = None) -> int:
        """Return how many verdicts of a kind there are, of one column or of all."""
        return sum(each.verdict == verdict and column in (None, each.column) for each in self.verdicts)


def compare(store: Store, given: Sequence[Given], *, query: str | None = None, rollup: bool = True) -> Comparison:
    """Hold rows against the database.

    Parameters:
        query: count only documents that this saved query found.
        rollup: whether a row also stands for arms of its miRNA and subtypes of its cancer.
    """
    result = Comparison(rows=len(given))
    seen = {row_id for each in given for row_id in _judge(store, each, query, rollup, result)}
    result.new = [row for row in ask(store, query=query).rows if row.row_id not in seen]
    return result


def _judge(store: Store, given: Given, query: str | None, rollup: bool, result: Comparison) -> Iterator[str]:
    def tell(column: str, thing: str, verdict: str, note: str = "") -> None:
        result.verdicts.append(Verdict(given.line, given.factor, given.cancer, column, thing, verdict, note))

    names = [given.factor]
    try:
        understand(store.connection, given.factor, FACTORS)
    except UsageError:
        # *TGF-β1 and miR-23a* is two factors, unless some factor has that very name.
        names = split(given.factor)
    told: list[Support] = []
    rows: list[Row] = []
    for name in names:
        try:
            found = ask(store, factors=[name], cancers=[given.cancer], query=query, rollup=rollup).rows
        except UsageError as error:
            tell("row", name, "missing", str(error))
            continue
        if not found:
            tell("row", name, "missing", _why(store, name, given.cancer))
            continue
        rows.extend(found)
        told.extend(supports(store, factors=[name], cancers=[given.cancer], query=query, rollup=rollup))
    if rows:
        tell("row", given.factor, "found", ", ".join(row.row_id for row in rows))
        for fact in given.facts:
            tell(fact.column, fact.thing, *_weigh(store, fact, told))
    yield from (row.row_id for row in rows)


def _weigh(store: Store, fact: Fact, told: Sequence[Support]) -> tuple[str, str]:
    """Return whether a thing that a cell says is found, contradicted or missing, and a note."""
    if fact.column == "response":
        mine = [each for each in told if each.cell == "response_to_hypoxia"]
    else:
        try:
            asked = understand(store.connection, fact.thing)
            things = {name for _, name in (*asked.means, *asked.below)}
        except UsageError as error:
            return "missing", str(error)
        # A process may be said to be a mechanism: what counts is that the row says it.
        mine = [
            each
            for each in told
            if each.cell in ("biological_function", "mechanism") and {each.object, each.subject} & things
        ]
    affirmed = [each for each in mine if not each.negated]
    same = [each for each in affirmed if fact.sign in (0, each.sign)]
    against = [each for each in mine if each.negated] + [each for each in affirmed if each.sign == -fact.sign != 0]
    if same:
        note = f"{len({each.document for each in same})} for"
        return "found", note + (f", {len({each.document for each in against})} against" if against else "")
    if against:
        said = against[0]
        denied = " is denied" if said.negated else ""
        return "contradicted", f"{said.subject} {said.predicate} {said.object}{denied} ({said.document})"
    if affirmed:
        said = affirmed[0]
        return "found", f"without a direction: {said.subject} {said.predicate} {said.object} ({said.document})"
    return "missing", "no evidence in this row says it"


def _why(store: Store, factor: str, cancer: str) -> str:
    """Say where a row stopped: whether any document names both, and what to ask next."""
    ids = [
        json.dumps(list(understand(store.connection, *each).ids))
        for each in ((factor, FACTORS), (cancer, CANCERS))
    ]
    documents = store.select(_TOGETHER, ids).rows
    if documents:
        ((document,),) = documents
        return f"{document} names both, and no rule read it: minex why {document} --pair {factor!r} {cancer!r}"
    return "no document here names both; of one that you know, minex why PMID says where it stopped"
