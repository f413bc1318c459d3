"""The parse of one sentence: tokens in a tree, the shape that rules walk over.

It is plain tuples, so that matching touches no C objects of spaCy's, a parse can be built by hand in a test,
and memory goes back with spaCy's memory zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from minex.model import Mention
from minex.syntax.mask import MaskedToken
from minex.syntax.repair import repair
from minex.syntax.universal import to_clear

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its text as shown to the parser, its span in the document, its place in the tree."""

    i: int
    text: str
    lower: str
    start: int
    end: int
    tag: str
    dep: str
    head: int
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """What a model says of words: tags, where their heads stand (a root is its own), the labels of these arcs."""

    tags: Sequence[str]
    heads: Sequence[int]
    labels: Sequence[str]

    @classmethod
    def of_doc(cls, doc: Doc) -> Tree:
        """Return what stands in a tagged and parsed Doc."""
        return cls([token.tag_ for token in doc], [token.head.i for token in doc], [token.dep_ for token in doc])


@dataclass(frozen=True, slots=True)
class Referent:
    """What a word such as *it* or *this miRNA* stands for, and by which rule."""

    mentions: tuple[Mention, ...]
    rule: str


@dataclass(frozen=True)
class Parse:
    """The tokens of one sentence with their dependency tree, in CLEAR labels as spaCy's English models use.

    `implied_subject` stands for the subject of clauses that have none, as in the cells of a table; `referents`
    are, by the place of a token, what it stands for without naming it; `mended` is true where the parser's tree
    could not be right.
    """

    tokens: tuple[Token, ...]
    implied_subject: Mention | None = None
    referents: Mapping[int, Referent] = field(default_factory=dict)
    mended: bool = False

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @cached_property
    def children(self) -> tuple[tuple[Token, ...], ...]:
        """For each token the tokens that depend on it, left to right."""
        lists: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                lists[token.head].append(token)
        return tuple(tuple(children) for children in lists)

    @cached_property
    def walks(self) -> dict[object, Any]:
        """What named paths have reached so far: :class:`minex.rules.paths.Walker` keeps it here."""
        return {}

    def head(self, token: Token) -> Token | None:
        """Return the token that this one depends on, None for the root."""
        return None if token.head == token.i else self.tokens[token.head]

    def child(self, token: Token, *deps: str) -> Token | None:
        """Return the first dependent with one of the given labels."""
        return next((child for child in self.children[token.i] if child.dep in deps), None)

    @classmethod
    def of(
        cls,
        masked: Sequence[MaskedToken],
        tree: Tree,
        implied_subject: Mention | None = None,
        *,
        universal: bool = False,
    ) -> Parse:
        """Build the parse of a masked sentence from what a model says of its words.

        Parameters:
            universal: the tree is in Universal Dependencies.
        """
        words = range(len(masked))
        tokens: Sequence[Token] = [
            Token(i, source.word, source.word.lower(), source.start, source.end, tag, label, head, source.mention)
            for i, source, tag, label, head in zip(words, masked, tree.tags, tree.labels, tree.heads, strict=True)
        ]
        clear = to_clear(tokens) if universal else tokens
        mended = repair(clear)
        return cls(mended, implied_subject, mended=mended != tuple(clear))

    @classmethod
    def by_hand(
        cls,
        words: Sequence[str],
        heads: Sequence[int],
        deps: Sequence[str],
        tags: Sequence[str],
        types: dict[int, str] | None = None,
        implied_subject: Mention | None = None,
    ) -> Parse:
        """Build a parse for a test or an example, words one space apart.

        Examples:
            >>> parse = Parse.by_hand(["miR-21", "inhibits", "PTEN"], [1, 1, 1], ["nsubj", "ROOT", "dobj"],
            ...                       ["NN", "VBZ", "NN"], {0: "MIRNA", 2: "GENE"})
            >>> [child.text for child in parse.children[1]]
            ['miR-21', 'PTEN']
        """
        types = types or {}
        tokens: list[Token] = []
        position = 0
        for i, (word, head, dep, tag) in enumerate(zip(words, heads, deps, tags, strict=True)):
            end = position + len(word)
            mention = Mention(position, end, word, types[i], name=word) if i in types else None
            tokens.append(Token(i, word, word.lower(), position, end, tag, dep, head, mention))
            position = end + 1
        return cls(tuple(tokens), implied_subject)

    def mentions(self) -> Iterable[tuple[Token, Mention]]:
        """Yield each token that is a mention, with it."""
        for token in self.tokens:
            if token.mention is not None:
                yield token, token.mention
