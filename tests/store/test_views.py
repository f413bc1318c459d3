from __future__ import annotations

from minex.model import Origin
from tests.store.build import reading, said, tombstone
from tests.store.conftest import Shelf

REVIEW = """
SELECT factor, cancer, response_to_hypoxia, biological_function, mechanism, pmids
FROM review_table ORDER BY factor, cancer
"""


def test_the_review_table_has_a_row_a_factor_and_cancer(shelf: Shelf) -> None:
    lung = "lung cancer"
    shelf.write(
        reading(
            "PMID:1",
            [
                said("hypoxia", "increases", "miR-21-5p", cancer=lung),
                said("miR-21-5p", "inhibits", "TJP1", cancer=lung, vesicle="exosome"),
                said("miR-21-5p", "targets", "EGLN1", cancer=lung),
                said("miR-21-5p", "promotes", "angiogenesis", cancer=lung),
            ],
            date="2017-05",
        ),
        reading(
            "PMID:2",
            [
                said("miR-21-5p", "targets", "EGLN2", cancer=lung),
                said("miR-21-5p", "promotes", "migration", cancer=lung),
                said("EGLN1", "suppresses", "angiogenesis", cancer="cancer"),
            ],
            date="2019",
        ),
    )
    assert shelf.ask(REVIEW) == [
        ("EGLN1", "cancer", "not reported", "suppresses angiogenesis", "", "2"),
        (
            "exosomal miR-21-5p",
            "lung cancer",
            "increased",
            "promotes angiogenesis and migration",
            "inhibits EGLN1, EGLN2 and TJP1",
            "1, 2",
        ),
    ]
    counts = "SELECT evidence_count, document_count, first_year, last_year FROM review_table WHERE vesicle <> ''"
    assert shelf.ask(counts) == [(6, 2, 2017, 2019)]


def test_cells_that_the_literature_contradicts_say_so_with_both_counts(shelf: Shelf) -> None:
    for number, verb in enumerate(("increases", "increases", "decreases")):
        shelf.write(
            reading(
                f"PMID:{number}",
                [
                    said("hypoxia", verb, "miR-21-5p", cancer="lung cancer"),
                    said("miR-21-5p", verb, "PTEN", cancer="lung cancer"),
                ],
            )
        )
    ((_, _, response, _, mechanism, _),) = shelf.ask(REVIEW)
    assert response == "increased (2) and decreased (1)"
    assert mechanism == "increases PTEN (2 against 1); inhibits PTEN (1 against 2)"


def test_an_unsigned_statement_adds_nothing_to_a_signed_one(shelf: Shelf) -> None:
    lung = "lung cancer"
    shelf.write(
        reading(
            "PMID:1",
            [
                said("miR-21-5p", "inhibits", "PTEN", cancer=lung),
                said("miR-21-5p", "regulates", "PTEN", cancer=lung),
                said("miR-21-5p", "regulates", "TJP1", cancer=lung),
            ],
        )
    )
    assert shelf.one("SELECT mechanism FROM review_table") == "inhibits PTEN; regulates TJP1"


def test_normoxia_is_no_hypoxia(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("normoxia", "decreases", "miR-21-5p", cancer="lung cancer")]))
    assert shelf.one("SELECT response_to_hypoxia FROM review_table") == "not reported"


def test_negated_evidence_makes_no_cell_but_is_counted(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer", negated=True)]))
    assert shelf.ask(REVIEW) == []
    assert shelf.ask("SELECT belief, evidence_count, negated_count FROM triple_named") == [(0.0, 1, 1)]
    assert shelf.one("SELECT negated_count FROM cancer_factor") == 1


def test_a_cancer_that_is_the_object_makes_a_row_too(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "up_in", "lung cancer")]))
    rows = shelf.ask("SELECT factor, cancer, relation, relation_sign FROM cancer_factor")
    assert rows == [("miR-21-5p", "lung cancer", "up_in", 1)]
    assert [row[:2] for row in shelf.ask(REVIEW)] == [("miR-21-5p", "lung cancer")]


def test_acting_in_a_cancer_is_told_apart_from_acting_on_it(shelf: Shelf) -> None:
    shelf.write(
        reading(
            "PMID:1",
            [
                said("miR-21-5p", "promotes", "lung cancer"),
                said("miR-21-5p", "targets", "PTEN", cancer="lung cancer"),
                said("hypoxia", "increases", "miR-21-5p", cancer="lung cancer"),
            ],
        )
    )
    relations = shelf.ask("SELECT relation FROM cancer_factor ORDER BY relation")
    assert relations == [("acts_in",), ("promotes",), ("responds_in",)]


def test_predicates_of_one_sign_support_each_other_and_opposite_signs_contradict(shelf: Shelf) -> None:
    shelf.write(
        reading("PMID:1", [said("miR-21-5p", "targets", "PTEN")]),
        reading("PMID:2", [said("miR-21-5p", "decreases", "PTEN")]),
    )
    beliefs = shelf.ask("SELECT predicate, belief, rolled_belief FROM triple_named ORDER BY predicate")
    assert beliefs == [("decreases", 0.8, 0.96), ("targets", 0.8, 0.96)]
    shelf.write(reading("PMID:3", [said("miR-21-5p", "increases", "PTEN")]))
    rows = shelf.ask(
        "SELECT effect, predicates, belief, document_count, contrary_document_count "
        "FROM mirna_target ORDER BY sign"
    )
    assert [row[:2] for row in rows] == [("represses", "decreases,targets"), ("raises", "increases")]
    assert rows[0][2] < 0.96
    assert [row[3:] for row in rows] == [(2, 1), (1, 2)]


def test_asking_for_a_mirna_collects_its_arms_and_says_so(shelf: Shelf) -> None:
    shelf.write(
        reading(
            "PMID:1",
            [
                said("miR-21-5p", "targets", "PTEN"),
                said("miR-21-3p", "targets", "TJP1"),
                said("miR-21", "targets", "EGLN1"),
            ],
        )
    )
    asked = """
        SELECT subject, object, subject_steps FROM triple_rolled
        WHERE subject_asked = 'miR-21' AND object_steps = 0 ORDER BY object
    """
    assert shelf.ask(asked) == [("miR-21", "EGLN1", 0), ("miR-21-5p", "PTEN", 1), ("miR-21-3p", "TJP1", 1)]
    assert shelf.ask("SELECT subject FROM triple_named WHERE subject = 'miR-21'") == [("miR-21",)]
    assert shelf.one("SELECT count(*) FROM triple_rolled WHERE subject_asked = 'miR-21 family'") == 3


def test_methods_of_a_target_are_collected(shelf: Shelf) -> None:
    shelf.write(
        reading(
            "PMID:1", [said("miR-21-5p", "targets", "PTEN", method=("luciferase reporter assay",), direct=True)]
        )
    )
    assert shelf.ask("SELECT methods, direct_count FROM mirna_target") == [("luciferase reporter assay", 1)]


def test_documents_that_do_not_count_are_in_no_view(shelf: Shelf) -> None:
    shelf.write(
        reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")]),
        reading("PMID:2", [said("miR-21-5p", "targets", "PTEN")]),
    )
    shelf.write(tombstone("PMID:1"))
    assert shelf.ask("SELECT belief, evidence_count FROM triple_named") == [(0.8, 1)]
    for view in ("review_table", "cancer_factor", "factor_in_cancer"):
        assert shelf.ask(f"SELECT * FROM {view}") == []
    assert shelf.one("SELECT count(*) FROM evidence WHERE document = 'PMID:1'") == 1


def test_second_hand_statements_are_one_witness(shelf: Shelf) -> None:
    for number in range(5):
        shelf.write(reading(f"PMID:{number}", [said("miR-21-5p", "targets", "PTEN", origin=Origin.CITED)]))
    assert shelf.ask("SELECT belief, document_count FROM triple_named") == [(0.4, 5)]


def test_changes_say_what_came_and_went_with_each_run_and_why(shelf: Shelf) -> None:
    first, fact = shelf.run, said("miR-21-5p", "targets", "PTEN")
    shelf.write(reading("PMID:1", [fact]))
    second = shelf.new_run()
    shelf.write(
        reading("PMID:1", [fact], text="One more sentence."),
        reading("PMID:2", [fact, said("miR-21-5p", "targets", "TJP1")]),
    )
    third = shelf.new_run()
    shelf.write(tombstone("PMID:2"))
    rows = shelf.ask("SELECT run_id, change, object, evidence_added, reasons FROM changes ORDER BY run_id, object")
    assert rows == [
        (first, "new triple", "PTEN", 1, "new"),
        (second, "more evidence", "PTEN", 1, "new"),
        (second, "new triple", "TJP1", 1, "new"),
        (third, "less evidence", "PTEN", -1, "deleted"),
        (third, "gone triple", "TJP1", -1, "deleted"),
    ]
    beliefs = "SELECT belief_before, belief, evidence_count FROM changes WHERE object = 'PTEN' ORDER BY run_id"
    assert shelf.ask(beliefs) == [(0.0, 0.8, 1), (0.8, 0.96, 2), (0.96, 0.8, 1)]


def test_a_denial_counts_against_what_it_denies(shelf: Shelf) -> None:
    lung = "lung cancer"
    for number, negated in enumerate((False, False, True)):
        shelf.write(
            reading(
                f"PMID:{number}",
                [
                    said("hypoxia", "increases", "miR-21-5p", cancer=lung, negated=negated),
                    said("miR-21-5p", "targets", "PTEN", cancer=lung, negated=negated),
                    said("miR-21-5p", "regulates", "TJP1", cancer=lung, negated=negated),
                ],
            )
        )
    ((_, _, response, _, mechanism, pmids),) = shelf.ask(REVIEW)
    assert response == "increased (2 against 1)"
    assert mechanism == "inhibits PTEN (2 against 1); regulates TJP1 (2 against 1)"
    assert pmids == "0, 1, 2"
    assert shelf.ask("SELECT contradicted, negated_count, evidence_count FROM review_table") == [(3, 3, 9)]


def test_what_nobody_contradicts_has_no_counts(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")]))
    assert shelf.ask("SELECT mechanism, contradicted FROM review_table") == [("inhibits PTEN", 0)]


def test_the_level_in_a_cancer_has_a_column_and_what_furthers_the_cancer_is_a_function(shelf: Shelf) -> None:
    shelf.write(
        reading(
            "PMID:1", [said("miR-21-5p", "up_in", "lung cancer"), said("miR-21-5p", "promotes", "lung cancer")]
        ),
        reading("PMID:2", [said("miR-21-5p", "down_in", "lung cancer")]),
    )
    rows = shelf.ask("SELECT level_in_cancer, biological_function, mechanism, contradicted FROM review_table")
    assert rows == [("increased (1) and decreased (1)", "promotes lung cancer", "", 1)]


def test_a_factor_without_a_concept_keeps_its_words(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("proteins", "promotes", "migration", cancer="lung cancer")]))
    rows = shelf.ask("SELECT factor, cancer, biological_function, row_id FROM review_table")
    assert rows == [("proteins", "lung cancer", "promotes migration", "text:GENE:proteins@DOID:1324")]


def test_every_piece_of_evidence_stands_behind_one_cell(shelf: Shelf) -> None:
    lung = "lung cancer"
    shelf.write(
        reading(
            "PMID:1",
            [
                said("hypoxia", "increases", "miR-21-5p", cancer=lung),
                said("normoxia", "decreases", "miR-21-5p", cancer=lung),
                said("miR-21-5p", "promotes", "angiogenesis", cancer=lung),
                said("miR-21-5p", "targets", "PTEN", cancer=lung, negated=True),
                said("miR-21-5p", "carried_by", "exosome", cancer=lung),
                said("miR-21-5p", "up_in", lung),
            ],
        )
    )
    cells = shelf.ask("SELECT cell, subject, predicate, object, negated FROM review_evidence ORDER BY evidence_nr")
    assert cells == [
        ("response_to_hypoxia", "hypoxia", "increases", "miR-21-5p", 0),
        ("", "normoxia", "decreases", "miR-21-5p", 0),
        ("biological_function", "miR-21-5p", "promotes", "angiogenesis", 0),
        ("mechanism", "miR-21-5p", "targets", "PTEN", 1),
        ("factor", "miR-21-5p", "carried_by", "exosome", 0),
        ("level_in_cancer", "miR-21-5p", "up_in", "lung cancer", 0),
    ]
    assert shelf.one("SELECT count(*) FROM review_evidence JOIN review_table USING (row_id)") == 6
