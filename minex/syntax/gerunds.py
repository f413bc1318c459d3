"""Mends of gerunds: what a gerund is done to, and which gerund another one continues."""

from __future__ import annotations

from minex.syntax.rehang import Tree


def gerund_and_its_object(tree: Tree) -> None:
    """*Silencing X expression raised Y*: of two subjects side by side the second is what the first is done to."""
    for gerund in list(tree.tokens):
        if gerund.tag != "VBG" or gerund.dep != "csubj" or tree.has(gerund.i, frozenset({"dobj", "prep"})):
            continue
        for noun in tree.children(gerund.head):
            first = tree.first_of(noun.i)
            if noun.dep in ("nsubj", "nsubjpass") and noun.tag[:2] == "NN" and first == gerund.i + 1:
                tree.hang(noun.i, gerund.i, "dobj")
                break


def gerund_joins_gerund(tree: Tree) -> None:
    """*by acting as a brake and silencing X*: a gerund with an object continues the gerund before, no noun."""
    for late in list(tree.tokens):
        noun = tree.tokens[late.head]
        if late.tag != "VBG" or late.dep != "conj" or noun.tag[:2] != "NN" or noun.i > late.i:
            continue
        if not tree.has(late.i, frozenset({"dobj"})):
            continue
        above = tree.verb_above(noun.i)
        if above.tag == "VBG" and above.dep in ("pcomp", "advcl", "conj", "acl") and above.i < noun.i:
            tree.hang(late.i, above.i, "conj")
