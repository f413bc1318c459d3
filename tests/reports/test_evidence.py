"""A piece of evidence as people see it: the sentence cut at its marks, with what is needed to judge it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minex.reports.evidence import by_number, of_triples, segments
from tests.store.build import reading, said
from tests.store.conftest import Shelf

SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["subject", "trigger", "also"]))
)


@given(st.text(max_size=40), st.integers(0, 20), SPANS)
def test_the_segments_are_the_sentence_whatever_the_spans(sentence, start, spans):
    cut = segments(sentence, start, spans)
    assert "".join(segment.text for segment in cut) == sentence
    assert all(segment.text for segment in cut)


def test_of_two_spans_that_overlap_the_first_stays():
    cut = segments("miR-21-PTEN", 0, [(0, 6, "subject"), (0, 11, "also"), (7, 11, "object")])
    assert [(segment.text, segment.role) for segment in cut] == [
        ("miR-21", "subject"),
        ("-", ""),
        ("PTEN", "object"),
    ]


def test_a_name_in_the_sentence_before_is_not_marked():
    assert [segment.role for segment in segments("It inhibits PTEN.", 50, [(10, 16, "subject")])] == [""]


def test_a_piece_says_whose_finding_it_is_and_where_it_stands(shelf: Shelf):
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer", hedged=True)]))
    (piece,) = of_triples(shelf.store.connection, [shelf.one("SELECT id FROM triple")])
    assert by_number(shelf.store.connection, [piece.nr, piece.nr + 1]) == [piece]
    assert (piece.subject, piece.predicate, piece.object) == ("miR-21-5p", "targets", "PTEN")
    assert piece.link == "https://pubmed.ncbi.nlm.nih.gov/1/"
    assert piece.marks == ("hedged",)
    assert [(item.slot, item.name) for item in piece.context] == [("cancer", "lung cancer")]
