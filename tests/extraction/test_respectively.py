"""Who goes with whom in lists."""

from __future__ import annotations

from minex.extraction.descent import Argument
from minex.extraction.respectively import is_mutual
from minex.model import Mention


def _named(*kinds: str) -> list[Argument]:
    return [
        Argument(Mention(start=10 * place, end=10 * place + 5, text=f"n{place}", type=kind))
        for place, kind in enumerate(kinds)
    ]


def _pairs(*kinds: str) -> list[tuple[int, int]]:
    named = _named(*kinds)
    return [
        (one, other)
        for one, first in enumerate(named)
        for other, second in enumerate(named)
        if is_mutual(first.mention, second.mention, named)
    ]


def test_each_pair_of_one_kind_is_related_once() -> None:
    assert _pairs("GENE", "GENE", "GENE") == [(0, 1), (0, 2), (1, 2)]


def test_a_mirna_is_related_to_each_gene_and_the_genes_are_not_to_each_other() -> None:
    assert _pairs("MIRNA", "GENE", "GENE") == [(0, 1), (0, 2)]
    assert _pairs("GENE", "MIRNA", "MIRNA") == [(0, 1), (0, 2)]
