"""The parse of one sentence: tokens in a tree, the shape that rules walk over.

A spaCy `Doc` is turned into plain tuples once, so that matching touches no C objects, a parse can be built
by hand in a test, and memory goes back with spaCy's memory zone.
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
    def from_doc(
        cls,
        doc: Doc,
        masked: Sequence[MaskedToken],
        implied_subject: Mention | None = None,
        *,
        universal: bool = False,
    ) -> Parse:
        """Build the parse of a tagged and parsed Doc whose words are those of `masked`.

        Parameters:
            universal: the Doc's tree is in Universal Dependencies.
        """
        if len(doc) != len(masked):
            raise ValueError(f"the Doc has {len(doc)} tokens, {len(masked)} were masked")
        tokens: Sequence[Token] = [
            Token(
                token.i,
                source.word,
                source.word.lower(),
                source.start,
                source.end,
                token.tag_,
                token.dep_,
                token.head.i,
                source.mention,
            )
            for token, source in zip(doc, masked, strict=True)
        ]
        tree = to_clear(tokens) if universal else tokens
        mended = repair(tree)
        return cls(mended, implied_subject, mended=mended != tuple(tree))

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
