"""The names most like one that no list has: the same words in other forms, compared by sequences of characters.

For long names only. Two names are compared if their words begin alike, in any order but with the same head, or if
they differ in spaces alone; how alike they are is the exact product of the tf-idf vectors of their sequences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from minex.lexicon.normalize import key

# scispaCy's own classes cannot serve here: `create_tfidf_ann_index` refuses current versions of scipy, and of the
# names nearest to one its approximate index finds 0.90 where the exact product finds 0.99; sequences of three
# characters say too little of a symbol, so symbols are never compared. No sparse matrix is needed for the product:
# it is asked only of the few names whose words begin alike, and numpy, which is here already, counts the rest.

SHORTEST = 10
"""Names shorter than this are compared with nothing."""
_BEGINNING = 5
_ALIKE = 0.7
_SMALL = frozenset(("of", "the", "and", "in", "with", "to", "for", "a", "an", "s"))
_AFTER_HEAD = re.compile(r"(?<=\w) (?:of|to|in|with|by|from|due) ")
# A *deficient* patient is no deficiency.
_ADJECTIVE = re.compile(r"(?:[ae]nt|ic|al|ive|ed|ous|ar)$")
_END, _BASE = 1, 40
_NUMBERS = np.full(256, 2, np.int64)
for _number, _character in enumerate("\n abcdefghijklmnopqrstuvwxyz0123456789", 1):
    _NUMBERS[ord(_character)] = _number if _number < 2 else _number + 1
_SAME = {"disorder": "disease", "disorders": "diseases"}
_AMERICAN = {"isation": "ization", "aem": "em", "oed": "ed", "oes": "es", "tumour": "tumor", "paed": "ped"}
_BRITISH = re.compile("|".join(_AMERICAN))


class NearNames:
    """Names in normal form (:func:`minex.lexicon.normalize.key`) to find others' likes among.

    Examples:
        >>> near = NearNames(["spinocerebellar ataxia", "deficiency of complement", "congenital hip dysplasia"])
        >>> [(name, round(similarity, 2)) for name, similarity in near.like("complement deficiencies")]
        [('deficiency of complement', 0.79)]
        >>> near.like("spino-cerebellar ataxia")[0][0], near.like("cerebellar ataxia")
        ('spinocerebellar ataxia', [])
    """

    def __init__(self, names: Iterable[str]) -> None:
        long = {name for name in names if len(name) >= SHORTEST}
        # A plural beside its singular adds no words.
        self._names = [name for name in long if name[-1] != "s" or name[:-1] not in long]
        self._by_words: dict[str, list[str]] = {}
        for name in self._names:
            words = _words(name)
            self._by_words.setdefault(_beginnings(words), []).append(name)
            if len(words) < 4:
                self._by_words.setdefault("".join(words), []).append(name)

    def like(self, name: str) -> list[tuple[str, float]]:
        """Return the names that have the same words as one in other forms, and how alike they are, best first."""
        normal = _BRITISH.sub(lambda found: _AMERICAN[found[0]], key(name))
        words, head = _words(normal), _head(normal)
        squashed = "".join(words)
        if len(squashed) < SHORTEST:
            return []
        found = {
            one
            for one in self._by_words.get(_beginnings(words), ())
            if _same_head(head, _head(one)) and _same_words(words, _words(one))
        }
        found.update(self._by_words.get(squashed, ()))
        if not found:
            return []
        own = self._vector(" ".join(words))
        alike = ((one, _product(own, self._vector(" ".join(_words(one))))) for one in found)
        return sorted(alike, key=lambda pair: (-round(pair[1], 6), pair[0]))

    def _vector(self, name: str) -> dict[int, float]:
        vector = {
            code: times * float(self._weights[code])
            for code, times in Counter(_sequences([name]).tolist()).items()
        }
        length = sqrt(sum(weight * weight for weight in vector.values()))
        return {code: weight / length for code, weight in vector.items()}

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        """How much each sequence of characters says: the more, the fewer times names have it."""
        times = np.bincount(_sequences(self._names), minlength=_BASE**3)
        weights: NDArray[np.float64] = np.log((1 + times.sum()) / (1 + times))
        return weights


def _sequences(names: Sequence[str]) -> NDArray[np.int64]:
    """Return the sequences of three characters of names, each as one number: names are letters, digits, spaces."""
    text = "".join(f" {name} \n" for name in names).encode("ascii", "replace")
    points = _NUMBERS[np.frombuffer(text, np.uint8)]
    ends = points == _END
    codes: NDArray[np.int64] = (points[:-2] * _BASE + points[1:-1]) * _BASE + points[2:]
    inside: NDArray[np.int64] = codes[~(ends[:-2] | ends[1:-1] | ends[2:])]
    return inside


def _product(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(weight * other[code] for code, weight in one.items() if code in other)


def _words(normal: str) -> list[str]:
    return [_SAME.get(word, word) for word in normal.split() if word not in _SMALL]


def _head(normal: str) -> str:
    """Return the word that a name is about: the last one, or the last before *of Y*, *to Y*."""
    words = _words(_AFTER_HEAD.split(normal, maxsplit=1)[0])
    return words[-1] if words else ""


def _beginnings(words: Sequence[str]) -> str:
    return " ".join(sorted(word[:_BEGINNING] for word in words))


def _same_words(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether words pair off as forms of one word: *deficiency* and *-cies*, not *fibroma* and *-sis*."""
    return all(_same_word(a, b) for a, b in zip(sorted(one), sorted(other), strict=True))


def _same_head(one: str, other: str) -> bool:
    return _same_word(one, other) and bool(_ADJECTIVE.search(one)) == bool(_ADJECTIVE.search(other))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    common = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    return common >= _BEGINNING and common >= _ALIKE * len(longer)
