"""MeSH's tree: what lies below a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.errors import LexiconError
from minex.lexicon.meshtree import Descriptor, MeshTree, dump

LINES = [
    "D000001\tGrowths\tSwelling|Swellings\tC04\t\n",
    "D000002\tLung Growths\t\tC04.588|C08.381\t\n",
    "D000003\tLook-Alikes\t\tC041\t\n",
    "Q000001\tblood\t\t\t\n",
]


def test_a_compiled_tree_is_what_it_was_made_of(tmp_path: Path) -> None:
    (tmp_path / "mesh.xz").write_bytes(dump(LINES))
    tree = MeshTree.load(tmp_path / "mesh.xz")
    assert tree.descriptors["D000001"] == Descriptor("D000001", "Growths", ("C04",), ("Swelling", "Swellings"))
    assert len(tree.descriptors) == 3
    assert dump(LINES) == dump(reversed(LINES))


def test_below_is_by_whole_parts_of_a_place() -> None:
    tree = MeshTree(
        [Descriptor("A", "a", ("C04",)), Descriptor("B", "b", ("C04.1",)), Descriptor("C", "c", ("C041",))]
    )
    assert tree.below("A") == ("A", "B")
    assert tree.below("C") == ("C",)
    assert tree.below("unknown") == ("unknown",)


def test_the_shipped_tree_knows_what_queries_ask() -> None:
    tree = MeshTree.load()
    by_name = {each.name: each.id for each in tree.descriptors.values()}
    for above, below in [
        ("Neoplasms", "Lung Neoplasms"),
        ("Extracellular Vesicles", "Exosomes"),
        ("RNA, Untranslated", "MicroRNAs"),
        ("Macrophages", "Tumor-Associated Macrophages"),
    ]:
        assert by_name[below] in tree.below(by_name[above])


@pytest.mark.parametrize("content", [None, b"no xz at all"])
def test_a_tree_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mesh.xz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LexiconError, match="MeSH's tree"):
        MeshTree.load(path)
