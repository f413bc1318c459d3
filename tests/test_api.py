"""A database asked from Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import minex
from minex.api import CONCEPT_COLUMNS, EVIDENCE_COLUMNS, TRIPLE_COLUMNS, Database
from minex.errors import StoreError, UsageError
from minex.store import Store
from minex.store.documentation import VIEWS
from tests.store.build import reading, said
from tests.store.conftest import Shelf, database

__all__ = ["database"]

LUNG, NSCLC = "lung cancer", "lung non-small cell carcinoma"


@pytest.fixture
def db(database: Path) -> Iterator[Database]:
    """Two papers on miR-21 and its arms, one of a subtype of lung cancer."""
    with Store.open(database) as store:
        Shelf(store).write(
            reading(
                "PMID:1",
                [
                    said("miR-21-5p", "targets", "PTEN", cancer=LUNG, vesicle="exosome"),
                    said("miR-21-3p", "inhibits", "TJP1", cancer=NSCLC),
                    said("hypoxia", "increases", "miR-21-5p", cancer=LUNG),
                ],
                date="2017",
            ),
            reading(
                "PMID:2",
                [
                    said("miR-21-5p", "targets", "PTEN", negated=True, cancer=LUNG),
                    said("miR-21-5p", "promotes", "angiogenesis"),
                    said("EGLN1", "suppresses", "angiogenesis", cancer="cancer"),
                ],
                date="2019",
            ),
        )
    with minex.open(database) as opened:
        yield opened


def test_a_name_a_cancer_and_a_sign_narrow_the_triples(db: Database) -> None:
    found = db.triples(factor="miR-21", cancer="lung cancer", sign=-1)
    assert list(zip(found.subject, found.predicate, found.object, strict=True)) == [
        ("miR-21-3p", "inhibits", "TJP1"),
        ("miR-21-5p", "targets", "PTEN"),
    ]


def test_a_frame_says_what_was_collected(db: Database) -> None:
    attrs = db.triples(factor="miR-21", cancer="lung cancer", sign=-1).attrs
    (factor,) = attrs["asked"]["factor"]
    assert set(factor["collected"].values()) == {"miR-21-5p", "miR-21-3p"}
    assert attrs["asked"]["cancer"][0]["collected"] == {"DOID:3908": NSCLC}
    assert any(note.startswith("miR-21 collects what is below it") for note in attrs["notes"])


def test_without_rollup_a_name_is_only_itself(db: Database) -> None:
    assert db.triples(factor="miR-21", rollup=False).empty
    found = db.triples(cancer="lung cancer", rollup=False)
    assert "TJP1" not in set(found.object)
    assert db.triples(factor="miR-21", rollup=False).attrs["notes"] == []


def test_a_factor_is_what_acts_or_what_a_condition_changes(db: Database) -> None:
    assert set(db.triples(factor="miR-21-5p").subject) == {"miR-21-5p", "hypoxia"}
    assert set(db.triples(subject="miR-21-5p").subject) == {"miR-21-5p"}
    assert set(db.triples(object="angiogenesis").subject) == {"miR-21-5p", "EGLN1"}


def test_several_names_may_be_asked_at_once(db: Database) -> None:
    assert set(db.triples(subject=["EGLN1", "miR-21-3p"]).subject) == {"EGLN1", "miR-21-3p"}


def test_counts_are_of_the_evidence_that_was_asked_for(db: Database) -> None:
    (row,) = db.triples(subject="miR-21-5p", object="pten").itertuples()
    assert (row.evidence_count, row.document_count, row.negated_count) == (2, 2, 1)
    assert (row.first_year, row.last_year, sorted(row.pmids.split(", "))) == (2017, 2019, ["1", "2"])


@pytest.mark.parametrize("name", ["MIR-21-5P", "mirbase.mature:MIMAT0000076", " miR-21-5p "])
def test_names_are_found_in_any_case_and_by_id(db: Database, name: str) -> None:
    assert set(db.triples(subject=name).subject) == {"miR-21-5p"}


@pytest.mark.parametrize(("synonym", "name"), [("MMAC1", "PTEN"), ("ZO-1", "TJP1")])
def test_names_are_found_by_their_synonyms(db: Database, synonym: str, name: str) -> None:
    found = db.triples(object=synonym)
    assert set(found.object) == {name}
    assert found.attrs["notes"] == [f"{synonym} is {name}."]


def test_an_unknown_name_is_an_error_with_names_that_are_near(db: Database) -> None:
    with pytest.raises(UsageError, match=r"no cancer in .* called 'lung cancr'; did you mean lung cancer"):
        db.triples(cancer="lung cancr")


def test_a_name_that_the_lexicon_knows_and_the_database_does_not_is_told_so(db: Database) -> None:
    with pytest.raises(UsageError, match=r"p53 is TP53 .*nothing in this database speaks of TP53"):
        db.evidence(factor="p53")


def test_a_name_of_another_type_is_no_factor(db: Database) -> None:
    with pytest.raises(UsageError, match="no factor in this database is called 'angiogenesis'"):
        db.triples(factor="angiogenesis")


@pytest.mark.parametrize("wrong", [{"sign": 2}, {"predicate": "hits"}, {"query": "none"}, {"factor": " "}])
def test_what_cannot_be_asked_is_an_error(db: Database, wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        db.triples(**wrong)  # type: ignore[arg-type]


def test_evidence_has_its_sentence_and_where_it_was_observed(db: Database) -> None:
    found = db.evidence(factor="miR-21", cancer="lung cancer", predicate="targets")
    assert list(found.negated) == [True, False]
    assert list(found.cancers) == [[LUNG], [LUNG]]
    assert list(found.vesicles) == [[], ["exosome"]]
    assert found.sentence[1] == "miR-21-5p targets PTEN in lung cancer through exosome."


def test_a_row_of_the_table_leads_to_its_evidence(db: Database) -> None:
    (row,) = db.table(factor="miR-21-3p").itertuples()
    found = db.evidence(row=row.row_id)
    assert list(found.object) == ["TJP1"]


def test_the_table_is_the_view(db: Database) -> None:
    found = db.table(cancer=LUNG)
    assert list(found.columns) == list(VIEWS["review_table"].columns)
    assert set(found.factor_name) == {"miR-21-5p", "miR-21-3p"}
    merged = db.table(factor="miR-21", cancer=LUNG, merge=True)
    assert list(merged.factor_name) == ["miR-21"]
    assert merged.mechanism[0] == "inhibits PTEN (1 against 1) and TJP1"


def test_concepts_are_what_a_name_means_and_what_is_below_it(db: Database) -> None:
    found = db.concepts("miR-21")
    assert dict(zip(found.name, found.steps, strict=True)) == {"miR-21": 0, "miR-21-5p": 1, "miR-21-3p": 1}
    assert set(db.concepts(type="PROCESS").name) == {"angiogenesis"}


def test_every_column_is_documented(db: Database) -> None:
    frames = {
        "triples": (db.triples(), TRIPLE_COLUMNS),
        "evidence": (db.evidence(), EVIDENCE_COLUMNS),
        "table": (db.table(), VIEWS["review_table"].columns),
        "concepts": (db.concepts(), CONCEPT_COLUMNS),
    }
    for name, (frame, columns) in frames.items():
        assert list(frame.columns) == list(columns), name
        assert frame.attrs["columns"] == columns


def test_an_answer_without_rows_has_its_columns(db: Database) -> None:
    for frame in (db.triples(min_belief=1.0), db.evidence(min_belief=1.0), db.table(factor="PTEN")):
        assert len(frame) == 0
        assert len(frame.columns)


def test_nothing_can_be_written(db: Database) -> None:
    with pytest.raises(UsageError, match="only reading is allowed"):
        db.sql("DELETE FROM triple")
    assert db.sql("SELECT count(*) AS n FROM document").n[0] == 2


def test_a_file_that_is_not_there_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such database"):
        minex.open(tmp_path / "no.db")
    assert list(tmp_path.iterdir()) == []


def test_importing_minex_imports_no_pandas() -> None:
    code = "import sys, minex; sys.exit('pandas' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_what_somebody_judged_wrong_is_in_no_answer(database: Path) -> None:
    with Store.open(database) as store:
        Shelf(store).write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer=LUNG)]))
        ((id_,),) = store.select("SELECT id FROM evidence").rows
        store.judge([(id_, "wrong", "")], "ann")
    with minex.open(database) as opened:
        assert opened.triples().empty
        assert opened.evidence().empty
        assert opened.table().empty
