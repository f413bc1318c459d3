"""The review's table, narrowed: what is asked for is what the view has of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from minex.store.review import REVIEW_EVIDENCE, REVIEW_TABLE, narrowed
from tests.store.build import CONCEPTS, reading, said
from tests.store.conftest import Shelf

IDS = {concept.name: id_ for id_, concept in CONCEPTS.items()}
LUNG, NSCLC = "lung cancer", "lung non-small cell carcinoma"


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    """Factors in cancers, with denials and contradictions; the second paper is of a saved query."""
    shelf.write(
        reading(
            "PMID:1",
            [
                said("miR-21-5p", "targets", "PTEN", cancer=LUNG, vesicle="exosome"),
                said("hypoxia", "increases", "miR-21-5p", cancer=LUNG),
                said("EGLN1", "suppresses", "angiogenesis", cancer="cancer"),
            ],
        ),
        reading(
            "PMID:2",
            [
                said("miR-21-5p", "increases", "PTEN", cancer=NSCLC),
                said("miR-21-3p", "inhibits", "TJP1", cancer=LUNG),
                said("miR-21-5p", "up_in", LUNG),
                said("EGLN1", "inhibits", "TJP1", cancer=LUNG, negated=True),
            ],
        ),
    )
    execute = shelf.store.connection.execute
    execute("INSERT INTO query VALUES ('q', '', '', '', NULL, '', '')")
    execute(
        "INSERT INTO query_hit VALUES ('q', 'PMID:2', 'fetched', '', 1, 1), ('q', 'PMID:1', 'unmatched', '', 1, 1)"
    )
    return shelf


def ids(*names: str, as_: str | None = None) -> str:
    return json.dumps({IDS[name]: IDS[as_ or name] for name in names})


def rows(shelf: Shelf, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    return sorted(shelf.store.select(sql, parameters or {}).rows, key=repr)


@pytest.mark.parametrize("view", [REVIEW_TABLE, REVIEW_EVIDENCE], ids=["table", "evidence"])
@pytest.mark.parametrize(
    ("factors", "cancers"),
    [(["miR-21-5p"], None), (None, [LUNG]), (["miR-21-5p", "EGLN1"], [LUNG, NSCLC]), (["EGLN1"], ["cancer"])],
)
def test_it_is_what_the_view_has(
    shelf: Shelf, view: str, factors: list[str] | None, cancers: list[str] | None
) -> None:
    asked = {name: ids(*value) for name, value in (("factors", factors), ("cancers", cancers)) if value}
    got = rows(shelf, narrowed(view, *asked), asked)
    kept = " AND ".join(
        f"{column} IN ({', '.join(repr(IDS[name]) for name in value)})"
        for column, value in (("factor_id", factors), ("cancer_id", cancers))
        if value
    )
    whole = rows(shelf, f"SELECT * FROM ({view}) WHERE {kept}")
    assert got == whole
    assert got or view is REVIEW_TABLE


def test_a_saved_query_counts_only_its_documents(shelf: Shelf) -> None:
    sql = f"SELECT factor_name, cancer, mechanism, pmids FROM ({narrowed(REVIEW_TABLE, 'query')}) ORDER BY 1, 2"
    assert shelf.store.select(sql, {"query": "q"}).rows == [
        ("miR-21-3p", LUNG, "inhibits TJP1", "2"),
        ("miR-21-5p", LUNG, "", "2"),
        ("miR-21-5p", NSCLC, "increases PTEN", "2"),
    ]


def test_merged_rows_are_of_what_was_asked_for(shelf: Shelf) -> None:
    asked = {
        "factors": ids("miR-21-5p", "miR-21-3p", as_="miR-21"),
        "cancers": ids(LUNG, NSCLC, as_=LUNG),
    }
    sql = narrowed(REVIEW_TABLE, *asked, merge=True)
    # The parent stands in no evidence; whoever asks for it has looked it up.
    (row,) = shelf.store.select(
        f"SELECT factor, cancer, response_to_hypoxia, mechanism, level_in_cancer, document_count FROM ({sql})",
        asked,
    ).rows
    assert row == (
        "exosomal miR-21",
        LUNG,
        "increased",
        "increases PTEN (1 against 1); inhibits PTEN (1 against 1) and TJP1",
        "increased",
        2,
    )


def test_evidence_is_chosen_by_indexes_before_a_table_is_made_of_it(shelf: Shelf) -> None:
    for asked in (("factors",), ("cancers",), ("factors", "cancers"), ("query",)):
        parameters = {name: "q" if name == "query" else "{}" for name in asked}
        plan = shelf.store.connection.execute(f"EXPLAIN QUERY PLAN {narrowed(REVIEW_TABLE, *asked)}", parameters)
        steps = [row[3] for row in plan]
        assert not [step for step in steps if step.startswith(("SCAN e", "SCAN t", "SCAN d"))]


def test_what_somebody_judged_wrong_is_in_no_cell_however_it_is_asked(shelf: Shelf) -> None:
    wrong = "SELECT id FROM evidence WHERE document = 'PMID:1' AND predicate = 'targets'"
    shelf.store.judge([(str(shelf.one(wrong)), "wrong", "")], "ann")
    asked = {"factors": ids("miR-21-5p"), "cancers": ids(LUNG)}
    row = f"WHERE row_id = '{IDS['miR-21-5p']}@{IDS[LUNG]}'"
    for names in (("factors",), ("cancers",), ("factors", "cancers")):
        sql = narrowed(REVIEW_TABLE, *names)
        assert shelf.store.select(f"SELECT mechanism FROM ({sql}) {row}", asked).rows == [("",)]
    assert shelf.ask(f"SELECT mechanism FROM review_table {row}") == [("",)]
