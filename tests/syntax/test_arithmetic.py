"""Which library multiplies changes how long a parse takes, not what it says."""

from __future__ import annotations

import os

import pytest
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info

from minex.model import Mention
from minex.syntax.arithmetic import one_thread
from minex.syntax.pipeline import ParseRequest, load

TEXTS = ("miR-21 inhibits PTEN in glioma.", "The loss of PTEN, which miR-21 lowers, raised growth.", "Yes.")


def test_every_layer_multiplies_by_numpy() -> None:
    layers = [
        layer
        for _, component in load().nlp.pipeline
        for layer in component.model.walk()  # type: ignore[attr-defined]
    ]
    assert len(layers) > 20
    assert not any(layer.ops.use_blis for layer in layers if isinstance(layer.ops, NumpyOps))


def test_both_ways_of_multiplying_give_the_same_trees() -> None:
    requests = [ParseRequest(text, 0, (Mention(0, 6, "miR-21", "MIRNA"),)) for text in TEXTS]
    model = load()
    quick = list(model.parse(requests))
    object.__setattr__(model, "network", None)
    assert list(model.parse(requests)) == quick
    for _, component in model.nlp.pipeline:
        for layer in component.model.walk():  # type: ignore[attr-defined]
            layer.ops = NumpyOps(use_blis=True)
    assert list(model.parse(requests)) == quick


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core")
def test_the_threads_of_who_uses_the_library_are_given_back() -> None:
    def threads() -> set[int]:
        return {int(pool["num_threads"]) for pool in threadpool_info() if pool["user_api"] == "blas"}

    before = threads()
    with one_thread():
        assert threads() == {1}
    assert threads() == before
