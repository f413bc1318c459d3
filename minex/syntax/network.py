"""The bundled model's arithmetic by NumPy: words to tags and trees, with no spaCy `Doc` between.

spaCy's own way (`nlp.pipe`) gives the same tags and trees, and reads pipelines of another form. This one is
cheaper: what a word by itself gives is remembered, a layer works on so many words as the processor's cache
holds, and the steps of the parser are taken for many sentences at once (:mod:`minex.syntax.transitions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from minex.syntax.parse import Tree
from minex.syntax.transitions import FEATURES, Moves, Scorer, decode, largest

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language

    Floats = NDArray[np.float32]

MOST_WORDS = 30_000
"""So many words are remembered, then all are forgotten."""
ENCODED_AT_ONCE = 1_000
"""Words in a layer at once: a processor's cache holds no more."""
PARSED_AT_ONCE = 4_000
"""Words whose sentences are parsed at once: each takes 12 kB, for what it adds to a state."""

_PIPELINE = ["tok2vec", "tagger", "parser"]
_FORM = {
    "tok2vec.model.@architectures": "spacy.Tok2Vec.v2",
    "tok2vec.model.embed.@architectures": "spacy.MultiHashEmbed.v2",
    "tok2vec.model.encode.@architectures": "spacy.MaxoutWindowEncoder.v2",
    "tok2vec.model.encode.window_size": 1,
    "tagger.model.@architectures": "spacy.Tagger.v2",
    "tagger.model.tok2vec.@architectures": "spacy.Tok2VecListener.v1",
    "parser.model.@architectures": "spacy.TransitionBasedParser.v2",
    "parser.model.extra_state_tokens": False,
    "parser.model.use_upper": True,
    "parser.model.tok2vec.@architectures": "spacy.Tok2VecListener.v1",
}


class Network:
    """The weights of a pipeline, in the order in which they are used.

    Parameters:
        nlp: a pipeline for which :func:`fits` is true; its own layers say what a word is by itself.
    """

    def __init__(self, nlp: Language) -> None:
        pipes: list[Any] = [nlp.get_pipe(name) for name in _PIPELINE]
        (embed, encoder), (_, softmax), (narrow, lower, upper) = (pipe.model.layers for pipe in pipes)
        narrow, softmax = narrow.layers[-1], softmax.layers[0]
        self.words = _Words(nlp, embed, narrow.get_dim("nI"))
        self._layers = [_Layer(layer) for layer in encoder.layers[0].layers]
        self._tags: Sequence[str] = pipes[1].labels
        self._tagging = np.ascontiguousarray(softmax.get_param("W").T), softmax.get_param("b")
        # What a word adds to a state is a product of a product with constants, which is one product.
        wide = np.concatenate([_by_piece(weights) for weights in lower.get_param("W")])
        adding = np.column_stack([wide @ narrow.get_param("W"), wide @ narrow.get_param("b")])
        self._adding = np.ascontiguousarray(adding.T)
        self._no_word = np.concatenate([_by_piece(numbers) for numbers in lower.get_param("pad")[0]])
        self._space = np.empty((0, len(adding)), dtype=np.float32)
        self._moves = Moves.of(pipes[2].move_names)
        self._scorer = Scorer(
            _by_piece(lower.get_param("b")), np.ascontiguousarray(upper.get_param("W").T), upper.get_param("b")
        )

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Tree]:
        """Return the tags and the tree of each sentence; none may be empty."""
        vectors = self._vectors(sentences)
        found: dict[int, Tree] = {}
        # Sentences of one length end at one step.
        order = sorted(range(len(vectors)), key=lambda index: len(vectors[index]))
        for some in _portions([vectors[index] for index in order], PARSED_AT_ONCE):
            for tree in self._trees(some):
                found[order[len(found)]] = tree
        return [found[index] for index in range(len(vectors))]

    def _vectors(self, sentences: Sequence[Sequence[str]]) -> list[Floats]:
        """Return a row of numbers for each word of each sentence: what it is beside its neighbours."""
        padding = len(self._layers)
        found: list[Floats] = []
        for some in _portions(sentences, ENCODED_AT_ONCE):
            rows, starts = self.words.padded(some, padding)
            for layer in self._layers:
                rows = layer(rows)
            found += [rows[start : start + len(words)] for start, words in zip(starts, some, strict=True)]
        return found

    def _trees(self, vectors: Sequence[Floats]) -> Iterator[Tree]:
        lengths = [len(rows) for rows in vectors]
        joined = np.concatenate(vectors)
        weights, bias = self._tagging
        tags = (joined @ weights + bias).argmax(axis=1)
        heads, moves = decode(self._moves, self._scorer, self._table(joined), lengths)
        labels = [*self._moves.labels, "ROOT"]
        start = 0
        for length in lengths:
            end = start + length
            own = heads[start:end] - start - 1
            yield Tree(
                [self._tags[tag] for tag in tags[start:end].tolist()],
                np.where(own < 0, np.arange(length), own).tolist(),
                [labels[move] for move in moves[start:end].tolist()],
            )
            start = end

    def _table(self, vectors: Floats) -> Floats:
        """Return what each word adds as each feature; its memory is used again by the next."""
        count = len(vectors)
        if len(self._space) <= count:
            self._space = np.empty((max(count, PARSED_AT_ONCE) + 1, self._adding.shape[1]), dtype=np.float32)
        table = self._space[: count + 1]
        table[0] = self._no_word
        with_one = np.column_stack([vectors, np.ones(count, dtype=np.float32)])
        np.matmul(with_one, self._adding, out=table[1:])
        return table.reshape(len(table) * FEATURES, -1)


def fits(nlp: Language) -> bool:
    """Return whether a pipeline is of the bundled one's form, of which a :class:`Network` can be made."""
    if nlp.pipe_names != _PIPELINE:
        return False
    parser: Any = nlp.get_pipe("parser")
    return (
        all(_setting(nlp.config["components"], keys) == value for keys, value in _FORM.items())
        and not parser.model.attrs["unseen_classes"]
        and parser.cfg["beam_width"] == 1
        # Where labels say so, spaCy's parser has something to do before or afterwards.
        and not any("||" in name or "subtok" in name for name in parser.move_names)
    )


def _setting(config: Any, keys: str) -> Any:
    for key in keys.split("."):
        config = config.get(key, {})
    return config


class _Words:
    """What each word is by itself, as spaCy's layers have it, worked out once."""

    def __init__(self, nlp: Language, embed: Any, width: int) -> None:
        self._nlp = nlp
        self._embed = embed
        self._rows = np.zeros((1 + MOST_WORDS, width), dtype=np.float32)
        self._places: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._places)

    def padded(self, sentences: Sequence[Sequence[str]], padding: int) -> tuple[Floats, list[int]]:
        """Return the rows of the words of all sentences, empty rows between these, and where each one starts."""
        self._learn({word for words in sentences for word in words})
        rows, starts = [0] * padding, []
        for words in sentences:
            starts.append(len(rows))
            rows += [self._places[word] for word in words]
            rows += [0] * padding
        return self._rows[rows], starts

    def _learn(self, words: set[str]) -> None:
        from spacy.tokens import Doc

        new = sorted(words - self._places.keys())
        if len(self._places) + len(new) > MOST_WORDS:
            self._places.clear()
            new = sorted(words)
        if new:
            (rows,) = self._embed.predict([Doc(self._nlp.vocab, words=new)])
            first = 1 + len(self._places)
            self._rows[first : first + len(new)] = rows
            self._places.update(zip(new, range(first, first + len(new)), strict=True))


class _Layer:
    """The largest of several products of each word and its neighbours, normalized, added to the word."""

    def __init__(self, layer: Any) -> None:
        maxout, norm = (
            next(part for part in layer.walk() if part.name == name) for name in ("maxout", "layernorm")
        )
        self._weights = np.ascontiguousarray(_by_piece(maxout.get_param("W")).T)
        self._bias = _by_piece(maxout.get_param("b"))
        self._gain, self._shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, rows: Floats) -> Floats:
        count, width = rows.shape
        windows = np.zeros((count, 3 * width), dtype=np.float32)
        windows[1:, :width] = rows[:-1]
        windows[:, width : 2 * width] = rows
        windows[:-1, 2 * width :] = rows[1:]
        products = windows @ self._weights
        products += self._bias
        best = largest(products, width)
        best -= best.mean(axis=1, keepdims=True)
        best *= ((best * best).mean(axis=1, keepdims=True) + np.float32(1e-8)) ** np.float32(-0.5)
        best *= self._gain
        best += self._shift
        best += rows
        return best


def _by_piece(array: Any) -> Floats:
    """Return parameters of a maxout layer with its pieces one after the other; thinc has them side by side."""
    return np.ascontiguousarray(np.swapaxes(array, 0, 1)).reshape(-1, *array.shape[2:])


_Sentence = TypeVar("_Sentence", bound=Sized)


def _portions(sentences: Iterable[_Sentence], most: int) -> Iterator[list[_Sentence]]:
    """Yield sentences so many at a time as have no more words than that, but one at least."""
    some: list[_Sentence] = []
    words = 0
    for sentence in sentences:
        if some and words + len(sentence) > most:
            yield some
            some, words = [], 0
        some.append(sentence)
        words += len(sentence)
    if some:
        yield some
