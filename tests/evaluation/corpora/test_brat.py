"""brat's pairs: mentions in stretches, relations, events made flat, marks and concepts."""

from __future__ import annotations

import pytest

from minex.errors import InputError
from minex.evaluation.corpora import read_corpus
from tests.evaluation.corpora.reading import covered, read_all

TEXT = "miR-21 lowers PTEN in lung and liver cancer\n"
NAMES = "T1\tRNA 0 6\tmiR-21\nT2\tGene 14 18\tPTEN\n"


def pair(folder, annotations, text=TEXT, stem="d", suffix=".ann"):
    (folder / f"{stem}.txt").write_bytes(text.encode())
    path = folder / f"{stem}{suffix}"
    path.write_bytes(annotations.encode())
    return path


def flat(document):
    """Return each relation as two texts with the sign between them."""
    names = [each.text for each in document.mentions]
    return [(names[each.subject], each.sign, names[each.object]) for each in document.relations]


def test_mentions_with_concepts_and_discontinuous_ones(tmp_path):
    notes = "N1\tReference T2 NCBIGene:5728\tPTEN\n#1\tAnnotatorNotes T1\tsure?\n*\tEquiv T1 T2\n"
    path = pair(tmp_path, f"{NAMES}T3\tCancer 22 26;37 43\tlung cancer\n{notes}")
    (found,), failures = read_all(path)
    assert not failures
    assert covered(found) == [("RNA", "miR-21"), ("Gene", "PTEN"), ("Cancer", "lung and liver cancer")]
    assert [each.discontinuous for each in found.mentions] == [False, False, True]
    assert found.mentions[1].concepts == ("NCBIGene:5728",)
    assert [each.id for each in found.mentions] == ["T1", "T2", "T3"]


def test_relations_and_their_marks(tmp_path):
    rest = "R1\tRegulates Arg1:T1 Arg2:T2\t\nR2\tBind Arg1:T1 Arg2:T2\nA1\tNegation R1\nM2\tSpeculation R2\n"
    (found,), failures = read_all(pair(tmp_path, NAMES + rest))
    assert not failures
    one, two = found.relations
    assert (one.subject, one.object, one.type, one.sign, one.directed) == (0, 1, "Regulates", 0, True)
    assert (one.negated, one.hedged, two.negated, two.hedged) == (True, None, None, True)
    assert (two.directed, one.id, one.where.rpartition(":")[2]) == (False, "R1", "3")


def test_events_are_made_flat_and_marked(tmp_path):
    rest = "T3\tNegative_regulation 7 13\tlowers\nE1\tNegative_regulation:T3 Theme:T2 Cause:T1\nM1\tNegation E1\n"
    (found,), failures = read_all(pair(tmp_path, NAMES + rest))
    assert not failures
    assert flat(found) == [("miR-21", -1, "PTEN")]
    (relation,) = found.relations
    assert (relation.type, relation.negated, relation.hedged) == ("Negative_regulation", True, False)
    assert found.mentions[2].trigger


EVENT_TEXT = "A raises loss of B expression and growth of C by D\n"
EVENT_NAMES = (
    "T1\tGene 0 1\tA\nT2\tGene 17 18\tB\nT3\tCell 44 45\tC\nT4\tGene 49 50\tD\n"
    "T5\tPositive_regulation 2 8\traises\nT6\tNegative_regulation 9 13\tloss\n"
    "T7\tGene_expression 19 29\texpression\nT8\tCell_proliferation 34 40\tgrowth\n"
)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            "E1\tPositive_regulation:T5 Cause:T1 Theme:E2\nE2\tNegative_regulation:T6 Theme:E3\n"
            "E3\tGene_expression:T7 Theme:T2\n",
            [("A", -1, "B")],
        ),
        (
            "E1\tPositive_regulation:T5 Cause:E2 Theme:T2\nE2\tNegative_regulation:T6 Theme:T1\n",
            [("A", -1, "B")],
        ),
        (
            "E1\tPositive_regulation:T5 Cause:T1 Theme:E2\nE2\tCell_proliferation:T8 Theme:T3\n",
            [("A", 1, "growth")],
        ),
        ("E1\tBinding:T5 Theme:T1 Theme2:T2 Theme3:T4\n", [("A", 0, "B"), ("A", 0, "D"), ("B", 0, "D")]),
        ("E1\tPositive_regulation:T5 Cause:T1 Theme:T2 Theme2:T4\n", [("A", 1, "B"), ("A", 1, "D")]),
        ("E1\tGene_expression:T7 Theme:T2\n", []),
        ("E1\tPhosphorylation:T5 Cause:T1 Theme:T2\n", [("A", None, "B")]),
        ("E1\tPositive_regulation:T5 Cause:T1 Theme:E2\nE2\tDegradation:T6 Theme:T2\n", [("A", -1, "B")]),
        ("E1\tRegulation:T5 Cause:T1 Theme:E2\nE2\tNegative_regulation:T6 Theme:T2\n", [("A", 0, "B")]),
    ],
)
def test_arguments_that_are_events_compose_their_signs(tmp_path, events, expected):
    (found,), failures = read_all(pair(tmp_path, EVENT_NAMES + events, EVENT_TEXT))
    assert not failures
    assert sorted(flat(found)) == sorted(expected)


@pytest.mark.parametrize(
    ("line", "code", "number"),
    [
        ("T9\tGene 0 99\tmiR-21", "mention-offsets", "3"),
        ("T9\tGene 0 5\tmiR-21", "mention-text", "3"),
        ("T9\tGene 0 x\tmiR-21", "malformed-line", "3"),
        ("what is this", "malformed-line", "3"),
        ("R1\tRegulates Arg1:T1 Arg2:T7", "relation-argument", "3"),
        ("E1\tBinding:T1 Theme:T1 Theme2:T8", "relation-argument", "3"),
        ("E1\tRegulation:T1 Theme:E9 Cause:T2", "unknown-event", "3"),
        ("E1\tRegulation:T1 Theme:E1 Cause:T2", "event-loop", "3"),
        ("A1\tNegation E4", "unknown-event", "3"),
        ("T1\tGene 14 18\tPTEN", "duplicate-key", "3"),
        ("T9\tGene 14 18\tPTEN", "duplicate-mention", "3"),
    ],
)
def test_each_problem_is_told_with_its_line(tmp_path, line, code, number):
    (found,), failures = read_all(pair(tmp_path, f"{NAMES}{line}\nR5\tActivates Arg1:T2 Arg2:T2\n"))
    assert (failures[0].code, failures[0].where.rpartition(":")[2]) == (code, number)
    assert [each.id for each in found.relations] == ["R5"]


def test_line_ends_of_windows_and_offsets_that_count_them_once(tmp_path):
    text = "miR-21\r\nlowers PTEN\r\n"
    (verbatim,), failures = read_all(pair(tmp_path, "T1\tGene 15 19\tPTEN\r\n", text))
    assert (covered(verbatim), failures) == ([("Gene", "PTEN")], [])
    (once,), failures = read_all(pair(tmp_path, "T1\tGene 14 18\tPTEN\r\n", text))
    assert (covered(once), failures) == ([("Gene", "PTEN")], [])


def test_a_folder_is_read_with_all_within_it(tmp_path):
    pair(tmp_path, NAMES, stem="1001")
    (tmp_path / "more").mkdir()
    pair(tmp_path / "more", NAMES, stem="b")
    (tmp_path / "c.ann").write_text("", encoding="utf-8")
    (tmp_path / "e.txt").write_text("alone", encoding="utf-8")
    found, failures = read_all(tmp_path)
    assert [each.document.id for each in found] == ["PMID:1001", "more/b"]
    assert {(each.code, each.document) for each in failures} == {
        ("missing-text", "c"),
        ("missing-annotation", "e"),
    }


@pytest.mark.parametrize("suffix", [".ann", ".txt"])
def test_either_file_names_the_pair(tmp_path, suffix):
    path = pair(tmp_path, NAMES)
    (found,), _ = read_all(path.with_suffix(suffix))
    assert len(found.mentions) == 2


def test_annotations_in_two_files_are_one(tmp_path):
    pair(tmp_path, NAMES, suffix=".a1")
    events = "T3\tRegulation 7 13\tlowers\nE1\tRegulation:T3 Cause:T1 Theme:T2\n"
    (found,), failures = read_all(pair(tmp_path, events, suffix=".a2"))
    assert (flat(found), failures) == ([("miR-21", 0, "PTEN")], [])


def test_a_folder_without_annotations_and_annotations_of_another_name_are_errors(tmp_path):
    with pytest.raises(InputError, match=r"holds no \.ann"):
        read_corpus(tmp_path)
    other = tmp_path / "x.tsv"
    other.write_text(NAMES, encoding="utf-8")
    with pytest.raises(InputError, match=r"name it x\.ann"):
        read_corpus(other)
    lone = tmp_path / "y.ann"
    lone.write_text(NAMES, encoding="utf-8")
    assert [each.code for each in read_all(lone)[1]] == ["missing-text"]


def test_events_that_share_events_do_not_multiply(tmp_path):
    events = "".join(f"E{n}\tRegulation:T1 Theme:E{n + 1} Theme2:E{n + 1} Cause:T1\n" for n in range(1, 18))
    (found,), failures = read_all(pair(tmp_path, f"{NAMES}{events}E18\tRegulation:T1 Theme:T2\n"))
    assert (len(found.relations), failures) == (17, [])
