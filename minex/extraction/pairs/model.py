"""The weights: how much each feature speaks for each thing that can be said of a pair.

Multinomial logistic regression, fitted by `training/pairs/fit.py`. A score is a sum, so it can be shown: the
log-odds of a class against *nothing is said* are the sum of its features' weights less those of *nothing*.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from minex.errors import ModelError

BUNDLED = Path(__file__).resolve().parent / "weights.npz"
NOTHING = "nothing"


@dataclass(frozen=True)
class PairModel:
    """A fitted model.

    Attributes:
        classes: what can be said: `+>` (the first raises the second), `-<` (the second lowers the first), `=>`
            (acts on), `u>` and `d>` (its level is up or down in), `c>` (is carried by), `~` (associated), or
            `nothing`.
        rows: the row of each feature.
        weights: features by classes.
        bias: one number a class.
        identity: a digest of the file.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32] = field(repr=False)
    bias: NDArray[np.float32] = field(repr=False)
    identity: str = ""

    def probabilities(self, pairs: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return the probability of each class for the features of each pair: pairs by classes.

        Examples:
            >>> model = PairModel(("nothing", "+>"), {"top=induce": 0}, np.array([[0, 2]], np.float32),
            ...                   np.zeros(2, np.float32))
            >>> [[f"{each:.2f}" for each in row] for row in model.probabilities([["top=induce", "unknown"], []])]
            [['0.12', '0.88'], ['0.50', '0.50']]
        """
        known = self.rows
        rows = [[known[each] for each in set(features) if each in known] for features in pairs]
        sums = np.array([self.weights[sorted(each)].sum(axis=0) for each in rows]) + self.bias
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)

    def speaking(self, features: Iterable[str], said: str) -> list[tuple[str, float]]:
        """Return the features that speak for or against a class, the weightiest first, in log-odds."""
        this, nothing = self.classes.index(said), self.classes.index(NOTHING)
        found = {
            each: float(self.weights[row, this] - self.weights[row, nothing])
            for each in features
            if (row := self.rows.get(each)) is not None
        }
        return sorted(found.items(), key=lambda pair: (-abs(pair[1]), pair[0]))

    def save(self, path: Path) -> None:
        """Write it, in half precision, so that the same weights make the same file."""
        names = np.frombuffer("\n".join(self.rows).encode(), np.uint8)
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                names=names,
                classes=np.array(self.classes),
                weights=self.weights.astype(np.float16),
                bias=self.bias.astype(np.float32),
            )


def read_model(path: Path) -> PairModel:
    """Read a model's file.

    Raises:
        ModelError: if it is missing or is none.
    """
    try:
        data = path.read_bytes()
        with np.load(path, allow_pickle=False) as arrays:
            names = arrays["names"].tobytes().decode().split("\n")
            classes = tuple(str(each) for each in arrays["classes"])
            weights, bias = arrays["weights"].astype(np.float32), arrays["bias"]
        if weights.shape != (len(names), len(classes)) or bias.shape != (len(classes),):
            raise ValueError("its parts do not fit each other")
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise ModelError(
            "pair-model",
            f"the weights of pairs cannot be read ({error})",
            where=str(path),
            cure="install minex again: pip install --force-reinstall minex",
        ) from error
    rows = {name: row for row, name in enumerate(names)}
    return PairModel(classes, rows, weights, bias, hashlib.sha256(data).hexdigest()[:8])


@lru_cache(maxsize=1)
def bundled() -> PairModel:
    """Return the model that ships with minex; one a process."""
    return read_model(BUNDLED)


def fitted(
    classes: Sequence[str], names: Sequence[str], weights: NDArray[np.float32], bias: NDArray[np.float32]
) -> PairModel:
    """Return a model of what a training has found, rows that say next to nothing left out."""
    kept = np.flatnonzero(np.abs(weights).max(axis=1) >= _LEAST)
    rows = {names[row]: place for place, row in enumerate(kept)}
    return PairModel(tuple(classes), rows, weights[kept], bias)


_LEAST = 0.02
