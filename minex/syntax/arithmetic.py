"""How a model multiplies: by NumPy's BLAS, in one thread.

thinc takes its own, BLIS, which is there for machines without a fast one. NumPy's wheels bring OpenBLAS, made for
the processor at hand: on an x86-64 server it is three times as fast.
More threads gain little on matrices of this size, and with several workers they stand in each other's way.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def use_numpy(nlp: Language) -> None:
    """Let every layer of a pipeline that works on the processor multiply by NumPy."""
    from thinc.api import Model, NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = ops


def one_thread() -> AbstractContextManager[Any]:
    """Return a context in which products of matrices take one thread."""
    return _controller().limit(limits=1, user_api="blas")  # type: ignore[no-any-return]


@lru_cache(maxsize=1)
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
