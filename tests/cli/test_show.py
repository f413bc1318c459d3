"""`minex show`: a triple, a document, a concept in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.store import Store
from tests.cli.conftest import Minex
from tests.store.build import reading, said
from tests.store.conftest import Shelf


def test_a_triple_shows_its_sentences_with_their_marks(minex: Minex, demo_db: Path) -> None:
    answer = minex("show", "triple", "miR-21", "targets", "IRF1", "--db", demo_db)
    assert answer.code == 0, answer.err
    assert answer.out.startswith("miR-21 targets IRF1  (")
    assert "[IRF1] is a direct *target* of [miR-21] in macrophages." in answer.out
    assert "only suggested, direct, confidence" in answer.out
    assert answer.out == minex("show", "triple", "miR-21 targets IRF1", "--db", demo_db).out


def test_two_names_show_all_that_is_said_of_them(minex: Minex, demo_db: Path) -> None:
    both = minex("show", "triple", "miR-21", "IRF1", "--db", demo_db).out
    assert both.count("  belief ") > 1
    id_ = both.partition("(")[2].partition(")")[0]
    assert minex("show", "triple", id_, "--db", demo_db).out in both


def test_limit_says_that_there_is_more(minex: Minex, demo_db: Path) -> None:
    answer = minex("show", "triple", "miR-21", "targets", "IRF1", "--limit", "1", "--db", demo_db)
    count = int(answer.out.partition(" for it; ")[2].partition(" ")[0])
    assert f"and {count - 1} pieces of evidence more; --limit shows more" in answer.out


def test_a_document_shows_what_was_read_and_its_evidence(minex: Minex, demo_db: Path) -> None:
    answer = minex("show", "document", "demo:01-mir-135b-myeloma", "--db", demo_db)
    assert "a text: 2 passages, 741 characters" in answer.out
    assert "multiple myeloma (4)" in answer.out
    assert "miR-135b targets HIF1AN\n" in answer.out


def test_a_concept_shows_names_neighbours_and_triples(minex: Minex, demo_db: Path) -> None:
    answer = minex("show", "concept", "HYPOXIA", "--db", demo_db)
    assert answer.out.startswith("hypoxia  (condition, MESH:D000860)\n")
    assert "below it  chronic hypoxia" in answer.out
    assert "hypoxia increases miR-210" in answer.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("triple", "nothing"), "is no triple of this database; give its id, two names, or subject"),
        (("triple", "miR-21", "hypoxai"), "nothing in this database is called 'hypoxai'; did you mean hypoxia"),
        (("document", "1"), "PMID:1 is not in this database; minex why PMID:1 says why"),
        (("document", "miR-21"), "'miR-21' is no id of a document; give 123, PMID:123, PMC1 or a DOI"),
        (
            ("concept", "yeloma"),
            "nothing in this database is called 'yeloma'; did you mean HeLa, multiple",
        ),
    ],
)
def test_what_is_not_there_is_told_with_the_cure(
    minex: Minex, demo_db: Path, words: tuple[str, ...], says: str
) -> None:
    answer = minex("show", *words, "--db", demo_db)
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err


def test_text_of_papers_is_no_command_to_the_terminal(minex: Minex, tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as store:
        title = "[bold]no markup[/bold] \x1b[31m"
        Shelf(store).write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN\x1b]0;x\x07")], title=title))
    for words in (("triple", "miR-21-5p", "PTEN\x1b]0;x\x07"), ("document", "1"), ("concept", "miR-21-5p")):
        answer = minex("show", *words, "--db", tmp_path / "x.db")
        assert answer.code == 0, answer.err
        assert "\x1b" not in answer.out
    assert "[bold]no markup[/bold]" in minex("show", "document", "1", "--db", tmp_path / "x.db").out
