"""The annotators' working format."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.errors import InputError
from minex.evaluation.gold.passes import Mention, Reader

TEXT = "HIF-1, HIF-2 and HIF-3 increase miR-210 and miR-21."
OURS = """# by nobody
@ R1
M GENE | HIF-1 | HIF1A
M MIRNA | miR-210 | miR-210
M MIRNA | miR-21 | miR-21
S HIF-1 -> increases -> miR-210;miR-21 | hedge | cancer=glioma;lung cancer | method=western blot | from=cited
"""


def read(tmp_path: Path, text: str, units: dict[str, str] | None = None) -> Reader:
    file = tmp_path / "pass.txt"
    file.write_text(text, encoding="utf-8")
    return Reader(file, units)


def test_a_pass_gives_mentions_in_their_places_and_a_statement_for_each_pair(tmp_path: Path) -> None:
    reader = read(tmp_path, OURS, {"R1": TEXT})
    assert reader.errors == []
    unit = reader.units["R1"]
    # `miR-21` stands inside `miR-210`, which is taken: its own place is the next one.
    assert [(each.surface, each.start) for each in unit.mentions] == [
        ("HIF-1", 0),
        ("miR-210", 32),
        ("miR-21", 44),
    ]
    assert [each.names for each in unit.statements] == [("HIF1A", "miR-210"), ("HIF1A", "miR-21")]
    assert unit.statements[0].marks == {"hedge"}
    assert unit.statements[0].fields == {
        "cancer": ["glioma", "lung cancer"],
        "method": ["western blot"],
        "from": ["cited"],
    }


def test_without_the_units_a_pass_is_read_without_places(tmp_path: Path) -> None:
    reader = read(tmp_path, OURS)
    assert reader.errors == []
    assert {each.start for each in reader.units["R1"].mentions} == {None}


def test_the_second_of_one_surface_is_meant_by_its_number(tmp_path: Path) -> None:
    text = "@ R1\nM GENE | HIF | HIF\nM GENE | HIF | HIF\nS HIF#2 -> binds -> HIF | from=own\n"
    unit = read(tmp_path, text, {"R1": TEXT}).units["R1"]
    assert [each.start for each in unit.mentions] == [0, 7]
    assert unit.statements[0].subject == Mention("GENE", "HIF", "HIF", 2, 7)


def test_a_place_may_be_named_by_its_number(tmp_path: Path) -> None:
    unit = read(tmp_path, "@ R1\nM GENE | HIF@@3 | HIF\n", {"R1": TEXT}).units["R1"]
    assert unit.mentions[0].start == TEXT.index("HIF-3")


@pytest.mark.parametrize("nth", ["4", "5", "0", "-1", "x", "²"])
def test_a_place_that_there_is_none_of_is_an_error(tmp_path: Path, nth: str) -> None:
    """Counting went on from the beginning: the fifth of three was the first."""
    reader = read(tmp_path, f"@ R1\nM GENE | HIF@@{nth} | HIF\n", {"R1": TEXT})
    assert len(reader.errors) == 1
    assert reader.errors[0].startswith(f"{tmp_path / 'pass.txt'}:2: ")


def test_a_named_place_that_is_taken_is_an_error(tmp_path: Path) -> None:
    reader = read(tmp_path, "@ R1\nM GENE | HIF-1 | HIF\nM GENE | HIF@@1 | HIF\n", {"R1": TEXT})
    assert reader.errors == [f"{tmp_path / 'pass.txt'}:3: 'HIF' is not in the unit (any more)"]


def test_a_name_that_the_unit_does_not_have_is_written_with_an_at(tmp_path: Path) -> None:
    reader = read(tmp_path, "@ R1\nM MIRNA | miR-21 | miR-21\nS @hypoxia -> increases -> miR-21\n", {"R1": TEXT})
    assert reader.errors == []
    assert reader.units["R1"].statements[0].names == ("hypoxia", "miR-21")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("X what", "lines begin with"),
        ("M GENE | HIF-1", "a mention is"),
        ("M PROTEIN | HIF-1 | HIF1A", "a mention is"),
        ("M GENE |  | HIF1A", "a mention is"),
        ("M GENE | HIF-9 | HIF9", "'HIF-9' is not in the unit"),
        ("S HIF-1 increases miR-210", "a statement is"),
        ("S HIF-1 -> lifts -> miR-210", "a statement is"),
        ("S HIF-1 -> increases -> TP53", "'TP53' is no mention of the unit"),
        ("S HIF-1 -> increases -> @", "'@' is no mention of the unit"),
        ("S HIF-1#2 -> increases -> miR-210", "'HIF-1#2' is no mention"),
        ("S HIF-1 -> increases -> miR-210 | certainly", "unknown: certainly"),
        ("S HIF-1 -> increases -> miR-210 | cancer=", "nothing is given for: cancer"),
        ("S HIF-1 -> increases -> miR-210 | corr=strong", "corr=strong; allowed: -1, 1"),
        ("S HIF-1 -> increases -> miR-210 | from=me", "from=me; allowed: background"),
        ("@", "a unit needs a name of its own"),
        ("@ R1", "a unit needs a name of its own"),
        ("@ R7", "there is no unit R7"),
    ],
)
def test_a_line_that_is_wrong_is_told_with_its_number_and_the_rest_read(
    tmp_path: Path, line: str, words: str
) -> None:
    reader = read(tmp_path, OURS + line + "\n", {"R1": TEXT})
    (error,) = reader.errors
    assert error.startswith(f"{tmp_path / 'pass.txt'}:7: ")
    assert words in error
    assert len(reader.units["R1"].statements) == 2


def test_a_side_that_cannot_act_is_an_error(tmp_path: Path) -> None:
    text = "@ R1\nM PROCESS | increase | x\nM MIRNA | miR-21 | y\nS increase -> increases -> miR-21\n"
    assert "'increase' is a PROCESS, which cannot stand here" in read(tmp_path, text, {"R1": TEXT}).errors[0]


def test_what_follows_a_wrong_unit_is_not_laid_to_the_one_before(tmp_path: Path) -> None:
    reader = read(tmp_path, OURS + "@ R1\nM GENE | HIF-2 | EPAS1\n", {"R1": TEXT})
    assert len(reader.errors) == 1
    assert len(reader.units["R1"].mentions) == 3


def test_a_line_before_any_unit_is_an_error(tmp_path: Path) -> None:
    assert "belongs to no unit" in read(tmp_path, "M GENE | HIF-1 | HIF1A\n").errors[0]


def test_a_restatement_brings_its_text_or_its_row(tmp_path: Path) -> None:
    text = (
        "@ x1 R1 R2\nT TP53 activates BAX.\nM GENE | TP53 | TP53\n"
        "@ x2 R3\nP What exosomes carry\nH Factor | Response\nC miR-210 | Increased\nM MIRNA | miR-210 | miR-210\n"
    )
    reader = read(tmp_path, text)
    assert reader.errors == []
    one, two = reader.units["x1"], reader.units["x2"]
    assert (one.of, one.text, one.mentions[0].start) == (["R1", "R2"], "TP53 activates BAX.", 0)
    assert (two.caption, two.header, two.cells) == (
        "What exosomes carry",
        ["Factor", "Response"],
        ["miR-210", "Increased"],
    )
    assert two.text == "miR-210 | Increased"


def test_a_restatements_mentions_before_its_text_are_an_error(tmp_path: Path) -> None:
    """They were dropped without a word, and the statements pointed at others."""
    reader = read(tmp_path, "@ x1 R1\nM GENE | TP53 | TP53\nT TP53 activates BAX.\n")
    assert "the text of a restatement stands before its mentions" in reader.errors[0]


def test_a_pass_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"@ R1\n\xff")
    with pytest.raises(InputError, match="not UTF-8"):
        Reader(tmp_path / "bad.txt")
    with pytest.raises(InputError, match="cannot be read"):
        Reader(tmp_path / "none.txt")
