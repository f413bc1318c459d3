"""The heat map counts papers, says where levels are up or down, and leaves out what fewest papers are about."""

from __future__ import annotations

from minex.reports.figures.heatmap import HeatCell, Heatmap, heatmap
from tests.store.build import reading, said
from tests.store.conftest import Shelf

LUNG, CANCER, MIR21, PTEN = "DOID:1324", "DOID:162", "mirbase:MI0000077", "HGNC:9588"


def test_papers_are_counted_not_sentences(shelf: Shelf) -> None:
    shelf.write(
        reading(
            "PMID:1", [said("miR-21", verb, "PTEN", cancer="lung cancer") for verb in ("targets", "decreases")]
        ),
        reading("PMID:2", [said("miR-21", "promotes", "migration", cancer="lung cancer")]),
    )
    assert heatmap(shelf.store.connection).cells == {(MIR21, LUNG): HeatCell(2)}


def test_levels_are_told_unless_denied(shelf: Shelf) -> None:
    shelf.write(
        reading("PMID:1", [said("miR-21", "up_in", "lung cancer")]),
        reading("PMID:2", [said("miR-21", "down_in", "lung cancer")]),
        reading("PMID:3", [said("PTEN", "up_in", "lung cancer", negated=True)]),
        reading("PMID:4", [said("PTEN", "down_in", "cancer")]),
    )
    cells = heatmap(shelf.store.connection).cells
    assert cells[MIR21, LUNG] == HeatCell(2, 1, 1)
    assert [cells[key].level for key in ((MIR21, LUNG), (PTEN, LUNG), (PTEN, CANCER))] == ["both", "", "down"]


def test_the_busiest_are_shown_and_the_others_counted(shelf: Shelf) -> None:
    shelf.write(
        reading("PMID:1", [said("miR-21", "targets", "PTEN", cancer="lung cancer")]),
        reading("PMID:2", [said("miR-21", "targets", "PTEN", cancer="lung cancer")]),
        reading("PMID:3", [said("EGLN1", "targets", "PTEN", cancer="cancer")]),
    )
    found = heatmap(shelf.store.connection, factors=5, cancers=1)
    assert (found.factors, found.cancers) == (((MIR21, "miR-21"),), ((LUNG, "lung cancer"),))
    assert (found.factors_left_out, found.cancers_left_out) == (1, 1)


def test_darkness_grows_with_papers_from_one_to_five() -> None:
    cells = [HeatCell(number) for number in range(1, 79)]
    found = Heatmap((), (), {("f", str(cell.documents)): cell for cell in cells})
    steps = [found.step(cell) for cell in cells]
    assert (steps[0], steps[-1]) == (1, 5)
    assert steps == sorted(steps)
    assert Heatmap((), (), {}).most == 0
