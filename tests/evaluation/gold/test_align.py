"""The gold set laid over copies of its documents."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import InputError
from minex.evaluation.gold.align import Placed, as_json, best_copies, place, place_all
from minex.evaluation.gold.fingerprint import squeeze
from minex.evaluation.gold.records import GoldDocument, Problems, load_document
from minex.model import Document, Passage
from tests.evaluation.gold.writing import HEAD, NAMED, PREDICATES, SENTENCES, unit, units, write


def gold(tmp_path: Path, *lines: dict[str, Any], head: dict[str, Any] = HEAD) -> GoldDocument:
    problems = Problems()
    document = load_document(write(tmp_path / f"{head['document']}.jsonl", head, *lines), problems)
    assert problems.failures == []
    return document


def over(document: GoldDocument, text: str) -> Placed:
    return place(document, Document("copy", (Passage(text),)))


def covered(placed: Placed) -> dict[str, str]:
    return {unit.id: placed.document.text[unit.span.start : unit.span.end] for unit in placed.truth.units}


def told(placed: Placed) -> list[tuple[str, str]]:
    return [(each.code, Path(each.where).name) for each in placed.problems.failures]


def test_units_mentions_and_statements_get_their_places(tmp_path: Path) -> None:
    placed = over(gold(tmp_path, *units()), "Some title.\n" + "\n".join(SENTENCES))
    assert told(placed) == []
    assert placed.share == 1
    assert covered(placed)["R0"] == SENTENCES[0].rstrip(".")
    first = placed.truth.units[0]
    assert [placed.document.text[each.start : each.end] for each in first.mentions] == [
        "miR-21",
        "PTEN",
        "lung cancer",
    ]
    assert [str(each) for each in first.statements] == ["miR-21 inhibits PTEN"]


def test_a_copy_of_a_pdf_with_hyphenated_line_ends_is_no_other_text(tmp_path: Path) -> None:
    text = " ".join(SENTENCES).replace("expression", "expres-\nsion").replace("inhibits PTEN", "in-\nhibits\nPTEN")
    placed = over(gold(tmp_path, *units()), text)
    assert told(placed) == []
    assert covered(placed)["R0"].startswith("miR-21 in-\nhibits\nPTEN")


def test_a_heading_is_not_taken_for_a_word_inside_a_sentence(tmp_path: Path) -> None:
    """The first place of its letters was taken: *Results* inside the abstract, before the heading."""
    text = "The results show that miR-21 inhibits PTEN.\nResults\nResults follow."
    lines = unit("R1", text.split("\n")[0]), unit("R2", "Results"), unit("R3", "Results follow.")
    placed = over(gold(tmp_path, *lines), text)
    assert covered(placed) == {"R1": text.split("\n")[0].rstrip("."), "R2": "Results", "R3": "Results follow"}
    assert [each.id for each in placed.truth.units] == ["R1", "R2", "R3"]
    assert not placed.truth.units[1].span.overlaps(placed.truth.units[0].span)


def test_units_of_the_same_words_are_told_apart_by_their_number(tmp_path: Path) -> None:
    lines = unit("R1", "Cell culture"), unit("R2", "TP53 activates BAX."), unit("R3", "Cell culture", occurrence=2)
    placed = over(gold(tmp_path, *lines), "Cell culture\nTP53 activates BAX.\nCell culture")
    assert [each.id for each in placed.truth.units] == ["R1", "R2", "R3"]
    assert told(over(gold(tmp_path, *lines), "Cell culture\nTP53 activates BAX.")) == [
        ("unplaced", "review.jsonl:4")
    ]


def test_a_fingerprint_that_matches_nothing_is_named_and_the_rest_placed(tmp_path: Path) -> None:
    wrong = unit("R9", SENTENCES[0]) | {"fingerprint": "0" * 16}
    placed = over(gold(tmp_path, *units(), wrong), " ".join(SENTENCES))
    (failure,) = placed.problems.failures
    assert failure.where == f"{tmp_path / 'review.jsonl'}:6"
    assert (
        failure.message
        == "unit R9: no sentence of the text has the fingerprint 0000000000000000, or another unit has it"
    )
    assert len(placed.truth.units) == 4
    assert [each.id for each in placed.unplaced] == ["R9"]


def test_a_mention_that_is_not_there_is_named_and_its_statement_left_out(tmp_path: Path) -> None:
    line = unit("R1", SENTENCES[2], (("TP53", "GENE"), ("MDM2", "GENE")), "activates")
    placed = over(gold(tmp_path, line), SENTENCES[2])
    assert [each.message.split(" (")[0] for each in placed.problems.failures] == [
        "unit R1 has no 'MDM2' number 1",
        "a statement cannot be read",
    ]
    assert [each.text for each in placed.truth.units[0].mentions] == ["TP53"]


def test_mentions_that_overlap_are_named(tmp_path: Path) -> None:
    line = unit("R1", SENTENCES[3], (("breast cancer", "CANCER"), ("cancer", "CANCER")))
    assert told(over(gold(tmp_path, line), SENTENCES[3])) == [("overlap", "review.jsonl:2")]


def test_a_star_at_the_end_of_a_name_belongs_to_the_mention(tmp_path: Path) -> None:
    line = unit("R1", "miR-199a* inhibits MET.", (("miR-199a*", "MIRNA"),))
    (one,) = over(gold(tmp_path, line), "miR-199a* inhibits MET.").truth.units
    assert one.mentions[0].text == "miR-199a*"


def test_two_units_never_stand_in_one_place(tmp_path: Path) -> None:
    twice = unit("R9", SENTENCES[0])
    placed = over(gold(tmp_path, *units(), twice), " ".join(SENTENCES))
    assert told(placed) == [("unplaced", "review.jsonl:6")]


words = st.text(st.sampled_from("abcdefgßéα019"), min_size=2, max_size=9)
sentences = st.lists(words, min_size=3, max_size=9, unique=True).map(" ".join)
documents = st.lists(sentences, min_size=1, max_size=8, unique_by=squeeze)


def rewrapped(text: str, random: Random) -> str:
    """Return a text as a PDF gives it: lines broken anywhere, words broken with a hyphen."""
    copy: list[str] = []
    for before, character in zip(" " + text, text, strict=False):
        if character == " ":
            copy.append(random.choice([" ", " ", "\n"]))
        elif before.isalnum() and random.random() < 0.1:
            copy.append("-\n" + character)
        else:
            copy.append(character)
    return "".join(copy)


@settings(deadline=None)
@given(documents, st.randoms(use_true_random=False))
def test_any_document_is_placed_back_entirely_also_when_it_is_wrapped_anew(
    texts: list[str], random: Random
) -> None:
    lines = [unit(f"R{n}", text, ((text.split()[1], "GENE"),)) for n, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        document = gold(Path(folder), *lines)
    for copy in (". ".join(texts) + ".", rewrapped(". ".join(texts) + ".", random)):
        placed = over(document, copy)
        assert placed.problems.failures == []
        back = {name: squeeze(text) for name, text in covered(placed).items()}
        assert back == {f"R{n}": squeeze(text) for n, text in enumerate(texts)}
        for text, found in zip(texts, sorted(placed.truth.units, key=lambda each: int(each.id[1:])), strict=True):
            assert squeeze(found.mentions[0].text) == squeeze(text.split()[1])


def both(tmp_path: Path) -> list[GoldDocument]:
    other = unit("S1", "KRAS promotes invasion.")
    return [gold(tmp_path, *units()), gold(tmp_path, other, head=HEAD | {"document": "study"})]


def test_copies_are_known_by_what_they_say_whatever_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "b.txt").write_text(" ".join(SENTENCES), encoding="utf-8")
    (folder / "a.txt").write_text("KRAS promotes invasion.", encoding="utf-8")
    (folder / "c.txt").write_text("Something else altogether.", encoding="utf-8")
    placed, failures = place_all(both(tmp_path), folder)
    assert [(each.gold.name, each.share) for each in placed] == [("study", 1), ("review", 1)]
    assert failures == []


def test_a_document_that_no_file_holds_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("KRAS promotes invasion.", encoding="utf-8")
    placed, failures = place_all(both(tmp_path), folder)
    assert [each.gold.name for each in placed] == ["study"]
    assert [(each.code, each.where) for each in failures] == [("missing-document", str(folder))]
    assert "minex gold fetch" in failures[0].message


def test_files_that_cannot_be_read_are_named_and_hidden_ones_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"\xff\xfe\x00broken")
    (folder / "b.pdf").write_bytes(b"%PDF-1.5\n")
    (folder / ".DS_Store").write_bytes(b"\x00\x01")
    (folder / "sub").mkdir()
    os.symlink(folder / "gone", folder / "dead.txt")
    _, failures = place_all([], folder)
    assert sorted(Path(each.where).name for each in failures) == ["a.txt", "b.pdf"]


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the folder cannot be read"):
        place_all([], tmp_path / "none")


def test_of_two_copies_the_fuller_one_is_asked(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text(" ".join(SENTENCES[:2]), encoding="utf-8")
    (folder / "b.txt").write_text(" ".join(SENTENCES), encoding="utf-8")
    placed, _ = place_all([gold(tmp_path, *units())], folder)
    assert [each.share for each in placed] == [0.5, 1]
    assert [each.share for each in best_copies(placed)] == [1]


def test_offsets_are_those_of_the_text_and_of_a_plain_file(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    raw = "A title of ours\n\nmiR-21 in-\nhibits PTEN in lung\ncancer cells. " + " ".join(SENTENCES[1:]) + "\n"
    (folder / "a.txt").write_text(raw, encoding="utf-8")
    ((placed,), _) = place_all([gold(tmp_path, *units())], folder)
    first = next(as_json(placed))
    assert (first["document"], first["unit"], first["statements"]) == ("review", "R0", ["miR-21 inhibits PTEN"])
    assert raw[first["source_start"] : first["source_end"]].startswith("miR-21 in-\nhibits PTEN")
    assert [raw[each["source_start"] : each["source_end"]] for each in first["mentions"]] == [
        "miR-21",
        "PTEN",
        "lung\ncancer",
    ]
    assert placed.document.text[first["start"] : first["end"]] == SENTENCES[0].rstrip(".")


def test_a_long_text_is_searched_in_seconds(tmp_path: Path) -> None:
    texts = [f"Sentence number {n} says {'x' * (n % 300)} and more." for n in range(300)]
    document = gold(tmp_path, *(unit(f"R{n}", text) for n, text in enumerate(texts)))
    begun = perf_counter()
    assert over(document, " ".join(texts * 5)).share == 1
    assert perf_counter() - begun < 60  # about a second on a free core


def test_every_predicate_of_ours_is_placed(tmp_path: Path) -> None:
    placed = over(gold(tmp_path, *units()), " ".join(SENTENCES))
    assert tuple(unit.statements[0].predicate for unit in placed.truth.units) == PREDICATES
    assert [len(unit.mentions) for unit in placed.truth.units] == list(map(len, NAMED))
