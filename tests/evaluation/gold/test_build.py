"""Gold files made from adjudicated passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minex.errors import InputError
from minex.evaluation.gold import sets
from minex.evaluation.gold.align import place
from minex.evaluation.gold.build import build, concepts, cut, half_of, read_units
from minex.evaluation.gold.fingerprint import fingerprint
from minex.evaluation.gold.records import Problems
from minex.model import Document, Passage

CONCEPTS = """type	as_annotated	concept	name
MIRNA	miR-21	mirbase.mature:MIMAT0000076	miR-21
GENE	pten	HGNC:9588	PTEN
CANCER	glioma		glioma
CONDITION	hypoxia	MESH:D000860	hypoxia
"""
TEXTS = {"R1": "Results", "R2": "In glioma, miR-21 lowers PTEN, and PTEN falls.", "R3": "Results"}
REVIEW = """@ R1
@ R2
M CANCER | glioma | glioma
M MIRNA | miR-21 | miR-21
M GENE | PTEN | PTEN
M GENE | PTEN | PTEN
S miR-21 -> decreases -> PTEN | direct | cancer=glioma | from=cited
S @hypoxia -> increases -> miR-21 | inferred | manip=mimic | method=western blot
@ R3
"""
RESTATED = """@ R2 R2
T The miRNA miR-21 reduces PTEN.
M MIRNA | miR-21 | miR-21
M GENE | PTEN | PTEN
S miR-21 -> decreases -> PTEN | from=cited
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold folder before it is built, its units beside it."""
    gold = tmp_path / "gold"
    passed = gold / "passes" / "adjudicated"
    passed.mkdir(parents=True)
    (gold / "concepts.tsv").write_text(CONCEPTS, encoding="utf-8")
    units = tmp_path / "units"
    units.mkdir()
    kinds = {"R1": "title", "R2": "text", "R3": "title"}
    rows = "".join(f"{name}\t{kinds[name]}\t\t{text}\n" for name, text in TEXTS.items())
    (units / "review.units.tsv").write_text(rows, encoding="utf-8")
    (units / "study.units.tsv").write_text("S1\ttext\t\tNothing is said.\n", encoding="utf-8")
    for name, text in {
        "review": REVIEW,
        "review.restated": RESTATED,
        "study": "@ S1\n",
        "study.restated": "",
    }.items():
        (passed / f"{name}.txt").write_text(text, encoding="utf-8")
    return gold


def built(folder: Path) -> list[dict[str, object]]:
    build(folder, folder.parent / "units")
    return [json.loads(line) for line in (folder / "review.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_unit_is_written_without_its_text(folder: Path) -> None:
    head, _, unit, again = built(folder)
    assert head["document"] == "review"
    assert unit["fingerprint"] == fingerprint(TEXTS["R2"])
    assert (unit["section"], again["section"], again["occurrence"]) == ("R1", "R3", 2)
    assert unit["half"] == half_of(str(unit["fingerprint"]))
    assert [each["ordinal"] for each in unit["mentions"]] == [1, 1, 1, 2]  # type: ignore[attr-defined]
    assert TEXTS["R2"] not in (folder / "review.jsonl").read_text(encoding="utf-8")
    assert unit["statements"] == [
        {
            "subject": 1,
            "predicate": "decreases",
            "object": 2,
            "marks": ["direct"],
            "context": {"cancer": ["glioma"]},
            "origin": "cited",
        },
        {
            "subject": {"type": "CONDITION", "name": "hypoxia", "concepts": ["MESH:D000860"]},
            "predicate": "increases",
            "object": 1,
            "marks": ["inferred"],
            "manipulation": ["mimic"],
            "method": ["western blot"],
            "origin": "own",
        },
    ]


def test_what_is_built_is_read_without_a_problem_and_placed_in_the_text(folder: Path) -> None:
    built(folder)
    problems = Problems()
    review, study = sets.documents(problems, folder)
    restated = sets.restatements(problems, folder)
    assert problems.failures == []
    placed = place(review, Document("copy", (Passage("\n".join(TEXTS.values())),)))
    assert (placed.share, placed.problems.failures) == (1, [])
    assert [str(each) for each in placed.truth.units[1].statements] == [
        "miR-21 decreases PTEN",
        "hypoxia increases miR-21",
    ]
    assert study.units[0].statements == ()
    assert [str(each) for truth in restated for each in truth.units[0].statements] == ["miR-21 decreases PTEN"]
    assert restated[0].units[0].half == review.units[1].half


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "passes/adjudicated/review.txt",
            "M CANCER | glioma",
            "M CANCER | lymphoma",
            r"review.txt:3: 'lymphoma' is not",
        ),
        ("passes/adjudicated/review.txt", "@hypoxia", "@anoxia", "concepts.tsv has no thing 'anoxia'"),
        ("passes/adjudicated/review.restated.txt", "@ R2 R2", "@ R2 R7", "R2 restates R7, no unit of review"),
        ("passes/adjudicated/review.restated.txt", "@ R2 R2", "@ R2", "R2 restates nothing, no unit of review"),
        ("concepts.tsv", "GENE\tpten", "GENE\tother", "concepts.tsv has no GENE 'PTEN'; add a line"),
        ("concepts.tsv", "\tHGNC:9588", "", r"concepts.tsv:3: a line is: type"),
        ("../units/review.units.tsv", "R2\ttext\t", "R2\ttext", r"review.units.tsv:2: a line is: name"),
        ("../units/review.units.tsv", "R3\t", "R1\t", r"review.units.tsv:3: .* a name stands once"),
    ],
)
def test_whatever_is_wrong_is_told_and_nothing_is_written(
    folder: Path, file: str, old: str, new: str, words: str
) -> None:
    replace(folder / file, old, new)
    with pytest.raises(InputError, match=words):
        build(folder, folder.parent / "units")
    assert not (folder / "review.jsonl").exists()
    assert not (folder / "restatements.jsonl").exists()


def test_files_that_are_not_there_are_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"concepts.tsv: the file cannot be read"):
        concepts(tmp_path)
    with pytest.raises(InputError, match=r"none.tsv: the file cannot be read"):
        read_units(tmp_path / "none.tsv")
    (folder / "passes" / "adjudicated" / "study.txt").unlink()
    with pytest.raises(InputError, match=r"study.txt: the file cannot be read"):
        build(folder, folder.parent / "units")


def test_a_document_is_cut_into_lines_that_can_be_read_back(tmp_path: Path) -> None:
    document = tmp_path / "paper.txt"
    document.write_text("A title\n\nmiR-21 in-\nhibits\tPTEN. TP53 activates BAX.\n", encoding="utf-8")
    file = tmp_path / "units.tsv"
    file.write_text("".join(f"{line}\n" for line in cut(document, "R")), encoding="utf-8")
    rows = read_units(file)
    assert list(rows) == ["R001", "R002", "R003"]
    assert [row[3] for row in rows.values()][1:] == ["miR-21 inhibits PTEN.", "TP53 activates BAX."]
