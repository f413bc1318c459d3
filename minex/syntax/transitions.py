"""Arc-eager parsing of many sentences at once: each step is a few operations on arrays for all of them.

spaCy's parser takes the same steps sentence by sentence, with a call of BLAS for every row of numbers that a
step adds up; here a step adds them up for a whole batch. The trees are the same: the same features, the same
order of additions, the same moves allowed, the first of equal scores taken. What spaCy's states do for sentences
that are part of a longer text (starts of sentences, moves that mark one) is left out: each sentence is one here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEATURES = 8
"""The first two words left, the three topmost of the stack, and the last dependents of the first of each."""

_SHIFT, _REDUCE, _LEFT, _RIGHT, _BREAK = range(5)
_KINDS = "SDLRB"


@dataclass(frozen=True)
class Moves:
    """The moves that a model scores, in its order: kind and label of each."""

    kinds: NDArray[np.intp]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, names: Sequence[str]) -> Moves:
        """Read moves from spaCy's names for them.

        Examples:
            >>> Moves.of(["S", "D", "L-nsubj", "R-dobj"]).labels
            ('', '', 'nsubj', 'dobj')
        """
        kinds = np.array([_KINDS.index(name[0]) for name in names], dtype=np.intp)
        return cls(kinds, tuple(name[2:] for name in names))

    def forbidden(self) -> NDArray[np.float32]:
        """Return what to add to scores, for each of: may shift (1), may reduce (2), may draw an arc (4)."""
        rows = np.full((8, len(self.kinds)), -np.inf, dtype=np.float32)
        for allowed in range(8):
            for bit, kinds in ((1, (_SHIFT,)), (2, (_REDUCE,)), (4, (_LEFT, _RIGHT))):
                if allowed & bit:
                    rows[allowed, np.isin(self.kinds, kinds)] = 0
        return rows


@dataclass(frozen=True)
class Scorer:
    """What scores the moves of a state: a hidden layer of maxima over pieces, and a layer of moves over it.

    `bias` and the tables that :meth:`scores` is given have the pieces one after the other, not side by side.
    """

    bias: NDArray[np.float32]
    weights: NDArray[np.float32]
    weights_bias: NDArray[np.float32]

    def scores(self, table: NDArray[np.float32], features: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the scores of each state's moves.

        Parameters:
            table: what a word adds as each feature, a row for each word and feature; words count from 1,
                0 is that there is none.
            features: for each feature the words of all states.
        """
        total = np.take(table, features[0] * FEATURES, axis=0, mode="clip")
        row = np.empty_like(total)
        for feature in range(1, FEATURES):
            np.take(table, features[feature] * FEATURES + feature, axis=0, out=row, mode="clip")
            total += row
        total += self.bias
        scores: NDArray[np.float32] = largest(total, len(self.weights)) @ self.weights
        scores += self.weights_bias
        return scores


def largest(pieces: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Return the largest of each row's pieces, number by number.

    Examples:
        >>> largest(np.array([[1, 5, 2, 4]], dtype=np.float32), 2)
        array([[2., 5.]], dtype=float32)
    """
    best = pieces[:, :width].copy()
    for start in range(width, pieces.shape[1], width):
        np.maximum(best, pieces[:, start : start + width], out=best)
    return best


def decode(
    moves: Moves, scorer: Scorer, table: NDArray[np.float32], lengths: Sequence[int]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return each word's head and the move that hung it there, for all sentences one after the other.

    Words count from 1 through all sentences; the head of a root is 0, and its move -1.

    Parameters:
        moves: the moves.
        scorer: what scores them.
        table: see :meth:`Scorer.scores`.
        lengths: the number of words of each sentence, none of them 0.
    """
    forbidden = moves.forbidden()
    count = sum(lengths)
    # All sentences' words left and stacks lie in one array each. A word can be put back before those left,
    # for so many were taken; behind them and below the stack zeros say that there is none.
    left = np.zeros(count + 2 * len(lengths), dtype=np.intp)
    stack = np.zeros(count + 3 * len(lengths), dtype=np.intp)
    head = np.zeros(count + 1, dtype=np.intp)
    move = np.full(count + 1, -1, dtype=np.intp)
    last_left, last_right, before = (np.zeros(count + 1, dtype=np.intp) for _ in range(3))
    put_back = np.zeros(count + 1, dtype=bool)

    ends = np.cumsum(lengths)
    begins = ends - lengths
    order = np.arange(len(lengths))
    front = begins + 2 * order
    top = begins + 3 * order + 2
    for begin, end, place in zip(begins, ends, front, strict=True):
        left[place : place + end - begin] = np.arange(begin + 1, end + 1)

    while len(front):
        first, second = left[front], left[front + 1]
        upper, under, third = stack[top], stack[top - 1], stack[top - 2]
        stacked, more = upper > 0, first > 0
        features = np.stack(
            [first, second, upper, under, third, last_left[first], last_left[upper], last_right[upper]]
        )
        scores = scorer.scores(table, features)
        may_shift = ~stacked | ((second > 0) & ~put_back[first])
        may_reduce = stacked & (~more | (under > 0))
        scores += forbidden[may_shift + 2 * may_reduce + 4 * (stacked & more)]
        chosen = scores.argmax(axis=1)
        kind = moves.kinds[chosen]

        leftward = np.flatnonzero(kind == _LEFT)
        child, over = upper[leftward], first[leftward]
        # A word that had a head is its last dependent to the right: it stood right on it.
        last_right[head[child]] = before[child]
        head[child], move[child], last_left[over], put_back[over] = over, chosen[leftward], child, False

        rightward = np.flatnonzero(kind == _RIGHT)
        child, over = first[rightward], upper[rightward]
        head[child], move[child], before[child], last_right[over] = (
            over,
            chosen[rightward],
            last_right[over],
            child,
        )

        back = np.flatnonzero((kind == _REDUCE) & (head[upper] == 0) & (under > 0))
        front[back] -= 1
        left[front[back]] = upper[back]
        put_back[upper[back]] = True

        pushes = (kind == _RIGHT) | (kind == _SHIFT)
        front += pushes
        top += np.where(pushes, 1, -1)
        stack[top[pushes]] = first[pushes]

        under_way = (stack[top] > 0) | (left[front] > 0)
        if not under_way.all():
            front, top = front[under_way], top[under_way]
    return head[1:], move[1:]
