"""Sentences with their trees in CLEAR labels and in Universal Dependencies, word by word.

A row is a word, its tag, its head and label in CLEAR, its head and label in the first Universal Dependencies.
Heads are counted from 1, and 0 is the root's, as in treebanks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import spacy
from spacy.tokens import Doc

VOCAB = spacy.blank("en").vocab


@dataclass(frozen=True)
class Sentence:
    """A sentence in both schemes, and what it says: subject, predicate, object, `not` if it is denied."""

    text: str
    rows: tuple[tuple[str, str, int, str, int, str], ...]
    says: frozenset[tuple[str, ...]]

    def doc(self, universal: bool) -> Doc:
        """Return the Doc that a parser of a scheme would give."""
        places = [row[4:6] if universal else row[2:4] for row in self.rows]
        return Doc(
            VOCAB,
            words=[row[0] for row in self.rows],
            tags=[row[1] for row in self.rows],
            heads=[head - 1 if head else index for index, (head, _) in enumerate(places)],
            deps=[label for _, label in places],
        )


def _sentence(text: str, tree: str, *says: Sequence[str]) -> Sentence:
    rows = []
    for line in tree.strip().splitlines():
        word, tag, head, label, other, name = line.split()
        rows.append((word, tag, int(head), label, int(other), name))
    return Sentence(text, tuple(rows), frozenset(tuple(each) for each in says))


SENTENCES = [
    _sentence(
        "miR-21 inhibits PTEN.",
        """
        BMP2      NN   2 nsubj   2 nsubj
        inhibits  VBZ  0 ROOT    0 ROOT
        PTEN      NN   2 dobj    2 dobj
        .         .    2 punct   2 punct
        """,
        ("miR-21", "inhibits", "PTEN"),
    ),
    _sentence(
        "PTEN was inhibited by miR-21.",
        """
        PTEN       NN   3 nsubjpass  3 nsubjpass
        was        VBD  3 auxpass    3 auxpass
        inhibited  VBN  0 ROOT       0 ROOT
        by         IN   3 agent      5 case
        BMP2       NN   4 pobj       3 nmod
        .          .    3 punct      3 punct
        """,
        ("miR-21", "inhibits", "PTEN"),
    ),
    _sentence(
        "PTEN is a direct target of miR-21.",
        """
        PTEN    NN   2 nsubj  5 nsubj
        is      VBZ  0 ROOT   5 cop
        a       DT   5 det    5 det
        direct  JJ   5 amod   5 amod
        target  NN   2 attr   0 ROOT
        of      IN   5 prep   7 case
        BMP2    NN   6 pobj   5 nmod
        .       .    2 punct  5 punct
        """,
        ("miR-21", "targets", "PTEN"),
    ),
    _sentence(
        "PTEN is not a target of miR-21.",
        """
        PTEN    NN   2 nsubj  5 nsubj
        is      VBZ  0 ROOT   5 cop
        not     RB   2 neg    5 neg
        a       DT   5 det    5 det
        target  NN   2 attr   0 ROOT
        of      IN   5 prep   7 case
        BMP2    NN   6 pobj   5 nmod
        .       .    2 punct  5 punct
        """,
        ("miR-21", "targets", "PTEN", "not"),
    ),
    _sentence(
        "miR-21 was found to suppress PTEN.",
        """
        BMP2      NN   3 nsubjpass  3 nsubjpass
        was       VBD  3 auxpass    3 auxpass
        found     VBN  0 ROOT       0 ROOT
        to        TO   5 aux        5 mark
        suppress  VB   3 xcomp      3 xcomp
        PTEN      NN   5 dobj       5 dobj
        .         .    3 punct      3 punct
        """,
        ("miR-21", "inhibits", "PTEN"),
    ),
    _sentence(
        "miR-21 promotes invasion by targeting PTEN.",
        """
        BMP2       NN   2 nsubj  2 nsubj
        promotes   VBZ  0 ROOT   0 ROOT
        invasion   NN   2 dobj   2 dobj
        by         IN   2 prep   5 mark
        targeting  VBG  4 pcomp  2 advcl
        PTEN       NN   5 dobj   5 dobj
        .          .    2 punct  2 punct
        """,
        ("miR-21", "promotes", "invasion"),
        ("miR-21", "targets", "PTEN"),
    ),
    _sentence(
        "miR-21 inhibits PTEN, PDCD4 and RECK.",
        """
        BMP2      NN   2 nsubj  2 nsubj
        inhibits  VBZ  0 ROOT   0 ROOT
        PTEN      NN   2 dobj   2 dobj
        ,         ,    3 punct  3 punct
        PDCD4     NN   3 conj   3 conj
        and       CC   5 cc     3 cc
        RECK      NN   5 conj   3 conj
        .         .    2 punct  2 punct
        """,
        ("miR-21", "inhibits", "PTEN"),
        ("miR-21", "inhibits", "PDCD4"),
        ("miR-21", "inhibits", "RECK"),
    ),
    _sentence(
        "The suppression of PTEN by miR-21 was studied.",
        """
        The          DT   2 det        2 det
        suppression  NN   8 nsubjpass  8 nsubjpass
        of           IN   2 prep       4 case
        PTEN         NN   3 pobj       2 nmod
        by           IN   2 prep       6 case
        BMP2         NN   5 pobj       2 nmod
        was          VBD  8 auxpass    8 auxpass
        studied      VBN  0 ROOT       0 ROOT
        .            .    8 punct      8 punct
        """,
        ("miR-21", "inhibits", "PTEN"),
    ),
    _sentence(
        "miR-21, which targets PTEN, was high.",
        """
        BMP2     NN   7 nsubj  8 nsubj
        ,        ,    1 punct  1 punct
        which    WDT  4 nsubj  4 nsubj
        targets  VBZ  1 relcl  1 acl:relcl
        PTEN     NN   4 dobj   4 dobj
        ,        ,    1 punct  1 punct
        was      VBD  0 ROOT   8 cop
        high     JJ   7 acomp  0 ROOT
        .        .    7 punct  8 punct
        """,
        ("miR-21", "targets", "PTEN"),
    ),
    _sentence(
        "Hypoxia inhibits genes such as PTEN.",
        """
        Hypoxia   NN   2 nsubj  2 nsubj
        inhibits  VBZ  0 ROOT   0 ROOT
        genes     NNS  2 dobj   2 dobj
        such      JJ   5 amod   6 case
        as        IN   3 prep   4 mwe
        PTEN      NN   5 pobj   3 nmod
        .         .    2 punct  2 punct
        """,
        ("hypoxia", "inhibits", "PTEN"),
    ),
]

# Constructions without a statement of their own.
TREES = [
    _sentence(
        "due to hypoxia",
        """
        rose     VBD  0 ROOT   0 ROOT
        due      JJ   1 prep   4 case
        to       TO   2 pcomp  2 mwe
        hypoxia  NN   2 pobj   1 nmod
        """,
    ),
    _sentence(
        "compared with control",
        """
        rose      VBD  0 ROOT  0 ROOT
        compared  VBN  1 prep  4 case
        with      IN   2 prep  4 case
        control   NN   3 pobj  1 advcl
        """,
    ),
    _sentence(
        "in skin and in hair",
        """
        rose  VBD  0 ROOT  0 ROOT
        in    IN   1 prep  3 case
        skin  NN   2 pobj  1 nmod
        and   CC   2 cc    3 cc
        in    IN   2 conj  6 case
        hair  NN   5 pobj  3 conj
        """,
    ),
    _sentence(
        "its level had no effect",
        """
        its     PRP$  2 poss   2 nmod:poss
        level   NN    3 nsubj  3 nsubj
        had     VBD   0 ROOT   0 ROOT
        no      DT    5 det    5 neg
        effect  NN    3 dobj   3 dobj
        """,
    ),
    _sentence(
        "it is in the nucleus",
        """
        it       PRP  2 nsubj  5 nsubj
        is       VBZ  0 ROOT   5 cop
        in       IN   2 prep   5 case
        the      DT   5 det    5 det
        nucleus  NN   3 pobj   0 ROOT
        """,
    ),
    _sentence(
        "X was shown to be a target",
        """
        X       NN   3 nsubjpass  3 nsubjpass
        was     VBD  3 auxpass    3 auxpass
        shown   VBN  0 ROOT       0 ROOT
        to      TO   5 aux        7 mark
        be      VB   3 xcomp      7 cop
        a       DT   7 det        7 det
        target  NN   5 attr       3 xcomp
        """,
    ),
    _sentence(
        "X is a target and is a marker",
        """
        X       NN   2 nsubj  4 nsubj
        is      VBZ  0 ROOT   4 cop
        a       DT   4 det    4 det
        target  NN   2 attr   0 ROOT
        and     CC   2 cc     4 cc
        is      VBZ  2 conj   8 cop
        a       DT   8 det    8 det
        marker  NN   6 attr   4 conj
        """,
    ),
    _sentence(
        "X is a target and a marker",
        """
        X       NN   2 nsubj  4 nsubj
        is      VBZ  0 ROOT   4 cop
        a       DT   4 det    4 det
        target  NN   2 attr   0 ROOT
        and     CC   4 cc     4 cc
        a       DT   7 det    7 det
        marker  NN   4 conj   4 conj
        """,
    ),
    _sentence(
        "X remained high",
        """
        X         NN   2 nsubj  2 nsubj
        remained  VBD  0 ROOT   0 ROOT
        high      JJ   2 acomp  2 xcomp
        """,
    ),
    _sentence(
        "the mouse 's tail",
        """
        the    DT   2 det    2 det
        mouse  NN   4 poss   4 nmod:poss
        's     POS  2 case   2 case
        tail   NN   0 ROOT   0 ROOT
        """,
    ),
]
