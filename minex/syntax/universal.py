"""Universal Dependencies to the CLEAR labels that the rules are written in.

scispaCy's parsers learned from a treebank in the first version of Universal Dependencies, where content words
depend on content words: the noun of *by miR-21* hangs on the verb and the preposition on the noun, and in *is a
target* the noun is the head. spaCy's English models and the bundled one have the preposition and the copula as
heads; so do the rules. The second version's names are understood as well.

A step each for what the schemes build differently; each only rehangs tokens in a way that leaves a tree a tree.
Where a tree already has CLEAR's shape (scispaCy's models learned a little of both), nothing is done.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minex.syntax.parse import Token

# Only Universal Dependencies have these; `case` and `nmod` both schemes have.
_TELLTALES = frozenset({"cop", "mwe", "fixed", "obl", "acl:relcl", "nmod:poss"})

# What is only called differently.
_NAMES = {
    "root": "ROOT",
    "acl:relcl": "relcl",
    "amod@nmod": "amod",
    "aux:pass": "auxpass",
    "cc:preconj": "preconj",
    "compound:prt": "prt",
    "csubj:pass": "csubj",
    "csubjpass": "csubj",
    "det:predet": "predet",
    "fixed": "mwe",
    "flat": "compound",
    "goeswith": "compound",
    "iobj": "dative",
    "nmod:npmod": "npadvmod",
    "nmod:poss": "poss",
    "nmod:tmod": "npadvmod",
    "nsubj:pass": "nsubjpass",
    "obj": "dobj",
    "obl": "nmod",
    "obl:agent": "nmod",
    "obl:npmod": "npadvmod",
    "obl:tmod": "npadvmod",
}

# A noun in one of these places may have its preposition before it; a subject or an object cannot.
_WITH_PREPOSITION = frozenset(
    {"nmod", "advcl", "acl", "relcl", "dep", "conj", "appos", "parataxis", "xcomp", "ccomp", "attr", "acomp"}
    | {"ROOT"}
)
_CLAUSES = frozenset({"advcl", "acl", "conj", "ccomp", "xcomp", "dep", "nmod"})
# Prepositions that the second scheme calls a mark where a verb in -ing follows.
# fmt: off
_PREPOSITIONS = frozenset(
    {
        "about", "after", "against", "as", "at", "before", "between", "by", "during", "for", "from", "in",
        "into", "of", "on", "through", "to", "toward", "towards", "upon", "via", "with", "without",
        "despite", "besides", "instead",
    }
)
# fmt: on
# What belongs to a clause and not to the noun or adjective that the clause says.
_OF_THE_CLAUSE = frozenset(
    {"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "cop", "mark", "expl", "advcl", "ccomp", "parataxis"}
)
_PREMODIFIERS = frozenset({"det", "amod", "compound", "nummod", "poss", "predet", "quantmod", "nmod"})
_VERBAL = frozenset({"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "cop"})


def is_universal(labels: Collection[str]) -> bool:
    """Return whether a parser with these labels gives trees in Universal Dependencies.

    Examples:
        >>> is_universal(["nsubj", "dobj", "case", "nmod", "cop"]), is_universal(["nsubj", "prep", "pobj", "case"])
        (True, False)
    """
    return not _TELLTALES.isdisjoint(labels)


def to_clear(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens of a sentence with heads and labels as CLEAR has them.

    Examples:
        >>> from minex.syntax.parse import Parse
        >>> parse = Parse.by_hand(["PTEN", "is", "inhibited", "by", "miR-21"], [2, 2, 2, 4, 2],
        ...                       ["nsubjpass", "auxpass", "ROOT", "case", "nmod"],
        ...                       ["NN", "VBZ", "VBN", "IN", "NN"])
        >>> [(token.text, token.dep, token.head) for token in to_clear(parse.tokens)][3:]
        [('by', 'agent', 2), ('miR-21', 'pobj', 3)]
    """
    tree = _Tree(tokens)
    tree.one_root()
    tree.rename()
    tree.copulas()
    tree.prepositions()
    tree.marks()
    tree.complements()
    tree.lists()
    return tuple(
        replace(token, head=head, dep=dep) for token, head, dep in zip(tokens, tree.heads, tree.deps, strict=True)
    )


class _Tree:
    """Heads and labels of a sentence, to be rehung."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.words = [token.lower for token in tokens]
        self.tags = [token.tag for token in tokens]
        self.heads = [token.head for token in tokens]
        self.deps = [token.dep for token in tokens]

    def children(self, index: int, *deps: str) -> list[int]:
        """Return what depends on a token, left to right, with one of the labels if any are given."""
        return [
            child
            for child, head in enumerate(self.heads)
            if head == index and child != index and (not deps or self.deps[child] in deps)
        ]

    def hang(self, index: int, head: int, dep: str | None = None) -> None:
        """Hang a token on another, if that is not below it."""
        above = head
        while self.heads[above] != above:
            if above == index:
                return
            above = self.heads[above]
        if above != index:
            self.heads[index] = head
            self.deps[index] = dep or self.deps[index]

    def swap(self, index: int, child: int, dep: str) -> None:
        """Put a child in the place of its head, which becomes its child."""
        self.heads[child] = child if self.heads[index] == index else self.heads[index]
        self.deps[child] = self.deps[index]
        self.heads[index], self.deps[index] = child, dep

    def one_root(self) -> None:
        """Hang every further root on the first: the parser was given one sentence."""
        first, *others = [index for index, head in enumerate(self.heads) if head == index] or [0]
        for index in others:
            self.heads[index], self.deps[index] = first, "parataxis"

    def rename(self) -> None:
        """Give the labels that only the name parts their CLEAR names."""
        for index, dep in enumerate(self.deps):
            self.deps[index] = _NAMES.get(dep, dep)
            head = self.heads[index]
            if dep == "neg" and self.tags[index] == "DT":
                self.deps[index] = "det"  # "no effect"
            elif dep == "advmod" and self.words[index] in ("not", "n't"):
                self.deps[index] = "neg"  # the second version's
            elif dep == "mwe" and self.words[index] == "well":
                self.deps[index] = "advmod"
            elif dep == "cc" and self.deps[head] == "conj" and index < head:
                self.heads[index] = self.heads[head]  # the second version hangs it on what follows

    def copulas(self) -> None:
        """*X is a target*: the verb is the head, and the target its attribute."""
        # The lowest first, so that a clause within a clause is whole when its governor moves.
        for verb in sorted(range(len(self.deps)), key=self._depth, reverse=True):
            said = self.heads[verb]
            if self.deps[verb] != "cop" or said == verb:
                continue
            noun = self.tags[said].startswith(("NN", "PRP", "CD", "DT", "WP", "VBG")) or bool(
                self.children(said, "det")
            )
            self.swap(said, verb, "attr" if noun else "acomp")
            first = min((c for c in self.children(said, *_PREMODIFIERS) if c > verb), default=said)
            for child in self.children(said):
                if self._of_the_clause(child, verb, first):
                    self.hang(child, verb, "aux" if self.deps[child] == "cop" else None)

    def _of_the_clause(self, child: int, verb: int, first: int) -> bool:
        dep = self.deps[child]
        if dep in _OF_THE_CLAUSE:
            return True
        if dep == "advmod" and first == self.heads[child]:
            return child < verb  # "is significantly higher" keeps its adverb, "also is high" does not
        if dep in ("neg", "advmod", "punct", "npadvmod", "preconj"):
            return child < first or (dep == "punct" and child > first and not self._within(child, first))
        if dep == "nmod":
            return child < verb
        if dep == "conj":
            return self._is_clause(child)
        if dep == "cc":
            after = [c for c in self.children(self.heads[child], "conj") if c > child]
            return bool(after) and self._is_clause(after[0])
        return False

    def _within(self, mark: int, first: int) -> bool:
        """Return whether a punctuation mark stands inside what a noun says, not after all of it."""
        return any(other > mark for other in self.children(self.heads[mark]) if other > first)

    def _is_clause(self, index: int) -> bool:
        return self.tags[index] in ("VBZ", "VBD", "VBP", "MD") or bool(self.children(index, *_VERBAL))

    def prepositions(self) -> None:
        """*by miR-21*: the preposition hangs on the verb, and the noun on the preposition."""
        for noun in sorted(range(len(self.deps)), key=self._depth):
            cases = [c for c in self.children(noun, "case") if self.tags[c] != "POS"]
            if not cases:
                continue
            if cases[0] > noun or self.deps[noun] not in _WITH_PREPOSITION:
                for case in cases:
                    self.deps[case] = "prep"
                continue
            first = cases[0]
            governor = self.heads[noun]
            self.swap(noun, first, "pcomp" if self.tags[noun].startswith("VB") else "pobj")
            self.deps[first] = self._as_preposition(first, governor)
            last = self._chain(first, cases[1:], noun)
            if last != noun:
                self.heads[noun] = last
            for child in self.children(noun, "neg", "advmod", "preconj"):
                if child < first:
                    self.hang(child, first)

    def _as_preposition(self, first: int, governor: int) -> str:
        """Return the label of a preposition in the place that its noun had."""
        dep = self.deps[first]
        if dep == "ROOT":
            return dep
        if dep == "conj":
            # "in skin and in hair": the two prepositions are coordinated, once the first has its noun below it.
            above = self.heads[governor]
            if self.deps[governor] in ("pobj", "pcomp") and self.deps[above] in ("prep", "agent", "conj"):
                self._move_list(governor, first, above)
            return dep
        passive = self.tags[governor] == "VBN" or bool(self.children(governor, "auxpass"))
        return "agent" if passive and self.words[first] == "by" else "prep"

    def _move_list(self, noun: int, preposition: int, onto: int) -> None:
        self.hang(preposition, onto)
        for child in self.children(noun, "cc"):
            if child < preposition and not any(child < c < preposition for c in self.children(noun, "conj")):
                self.hang(child, onto)

    def _chain(self, first: int, further: list[int], noun: int) -> int:
        """Hang a second preposition on the first, *compared to*, *due to*; return what the noun hangs on."""
        parts = self.children(first, "mwe")
        if parts and self.words[first] == "such":
            # "such as X": "as" is the preposition, and "such" before it.
            self.heads[parts[0]], self.deps[parts[0]] = self.heads[first], self.deps[first]
            self.heads[first], self.deps[first] = parts[0], "amod"
            self.heads[noun] = parts[0]
            if self.heads[parts[0]] == first:
                self.heads[parts[0]] = parts[0]
            return parts[0]
        for part in parts:
            self.deps[part] = "pcomp" if self.tags[first].startswith(("IN", "JJ", "RB")) else "prep"
        last = first
        if parts and self.deps[parts[-1]] == "prep":
            last = parts[-1]
        for case in further:
            if case < noun:
                self.hang(case, last, "prep")
                last = case
            else:
                self.deps[case] = "prep"
        return last

    def marks(self) -> None:
        """*to suppress* has an auxiliary, *by targeting X* a preposition; *because* stays what it is."""
        for mark in range(len(self.deps)):
            clause = self.heads[mark]
            if self.deps[mark] != "mark" or clause == mark:
                continue
            if self.tags[mark] == "TO" and not self.tags[clause].endswith("G"):
                self.deps[mark] = "aux"
            elif (
                self.tags[clause] == "VBG"
                and mark < clause
                and self.words[mark] in _PREPOSITIONS
                and self.deps[clause] in _CLAUSES
                and not self.children(clause, "aux")
            ):
                governor = self.heads[clause]
                self.swap(clause, mark, "pcomp")
                self.deps[mark] = self._as_preposition(mark, governor)
                for child in self.children(clause, "advmod", "neg", "preconj"):
                    if child < mark:
                        self.hang(child, mark)

    def complements(self) -> None:
        """*remained high*, *was found sufficient*: complements without a verb; and what is left over."""
        for index, dep in enumerate(self.deps):
            head = self.heads[index]
            verbal = self.tags[index].startswith("VB") or self.children(index, "aux", "mark")
            if dep == "xcomp" and not verbal:
                if self.children(head, "dobj", "auxpass"):
                    self.deps[index] = "oprd"
                else:
                    self.deps[index] = "attr" if self.tags[index].startswith("NN") else "acomp"
            elif dep == "nmod" and self.tags[head].startswith("VB"):
                self.deps[index] = "npadvmod"
            elif dep == "cop":
                self.deps[index] = "aux"
            elif dep == "mwe":
                self.deps[index] = "advmod"

    def lists(self) -> None:
        """*A, B and C*: each hangs on the one before it, and *and* on the one that it follows."""
        # All lists are looked up before any is rehung: a list within a list stays one.
        lists = [
            ([c for c in self.children(first, "conj") if c > first], self.children(first, "cc", "punct"))
            for first in range(len(self.deps))
        ]
        for members, links in lists:
            for before, member in pairwise(members):
                self.hang(member, before)
                for link in links:
                    if before < link < member:
                        self.hang(link, before)

    def _depth(self, index: int) -> int:
        depth = 0
        while self.heads[index] != index:
            index = self.heads[index]
            depth += 1
        return depth
